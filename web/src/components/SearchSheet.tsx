/* Search on the pages that have no search field of their own: a sheet that `/` and the header's button open. */
import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { pathOf } from '../kinds';
import { go, hrefTo } from '../state';
import { SearchBox } from './SearchBox';

export const searchOpen = signal(false);

/* The page's own search field if it has one, else the sheet. */
export function focusSearch() {
  const field = document.querySelector<HTMLInputElement>('main .search input');
  if (field) field.focus();
  else searchOpen.value = true;
}

export function SearchSheet() {
  const sheet = useRef<HTMLDialogElement>(null);
  const text = useSignal('');
  const open = searchOpen.value;
  useEffect(() => {
    if (!open) {
      sheet.current?.close();
      return;
    }
    sheet.current?.showModal();
    sheet.current?.querySelector('input')?.focus();
  }, [open]);
  const close = () => (searchOpen.value = false);
  return (
    <dialog class="search-sheet" ref={sheet} aria-label={t('search.label')} onClose={close} onClick={(event) => event.target === sheet.current && close()}>
      {open && (
        <SearchBox
          text={text.value}
          onText={(now) => (text.value = now)}
          onChoose={(found) => {
            close();
            text.value = '';
            go(hrefTo(pathOf(found.kind, found.id)));
          }}
        />
      )}
    </dialog>
  );
}
