/* keys.ts: the keys of the page that is open. Each does what a button does too: the help sheet lists them as buttons. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Key as Sentence } from './i18n';

export interface PageKey { keys: string[]; says: Sentence; does: () => void }

/* What the open page listens to; the help sheet shows the same list. */
export const pageKeys = signal<PageKey[]>([]);

export function useKeys(keys: PageKey[]) {
  useEffect(() => {
    pageKeys.value = keys;
  });
  useEffect(() => () => void (pageKeys.value = []), []);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches('input:not([type=range]):not([type=checkbox]), select, textarea') || target.isContentEditable);

/* Listens for the whole page. `first` is asked before the page's own keys: sheets and cards close on Esc. */
export function useKeyboard(first: (event: KeyboardEvent) => boolean) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (first(event)) {
        event.preventDefault();
        return;
      }
      // A sheet has the keys to itself; the browser closes it on Esc.
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const pressed = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      const found = pageKeys.peek().find(({ keys }) => keys.includes(pressed));
      if (!found) return;
      // Enter and space belong to the button that has the focus.
      if (pressed === 'Enter' && (event.target as HTMLElement).closest('button, a, summary, input')) return;
      event.preventDefault();
      found.does();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
