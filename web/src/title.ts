/* title.ts: a page of one thing is called what the thing is, in the browser's tab too. */
import { useEffect } from 'preact/hooks';
import { signal } from '@preact/signals';

/* '' on pages that are of no one thing. */
export const thingName = signal('');

export function useThingName(name: string) {
  useEffect(() => {
    thingName.value = name;
    return () => {
      if (thingName.peek() === name) thingName.value = '';
    };
  }, [name]);
}
