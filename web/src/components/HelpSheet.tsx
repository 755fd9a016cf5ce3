/* `?`: the keys of this page, each as a button that does the same. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { pageKeys } from '../keys';
import { focusSearch } from './SearchSheet';
import { IconButton } from './bits';

export const helpOpen = signal(false);

export function HelpSheet() {
  const sheet = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) sheet.current?.showModal();
    else sheet.current?.close();
  }, [open]);
  const close = () => (helpOpen.value = false);
  return (
    <dialog class="help" ref={sheet} aria-label={t('help.title')} onClose={close} onClick={(event) => event.target === sheet.current && close()}>
      <header>
        <h2>{t('help.title')}</h2>
        <IconButton icon="close" label={t('close')} onClick={close} />
      </header>
      <ul>
        {pageKeys.value.map(({ keys, says, does }) => (
          <li key={says}>
            <button
              type="button"
              onClick={() => {
                close();
                does();
              }}
            >
              <span>{t(says)}</span>
              <span class="key-caps">
                {keys.map((key) => (
                  <kbd key={key}>{key.replace('Escape', 'Esc')}</kbd>
                ))}
              </span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={() => {
              close();
              focusSearch();
            }}
          >
            <span>{t('key.search')}</span>
            <kbd>/</kbd>
          </button>
        </li>
        <li>
          <button type="button" onClick={close}>
            <span>{t('help.esc')}</span>
            <kbd>Esc</kbd>
          </button>
        </li>
      </ul>
      <footer>
        <a href={LICENCES_URL} target="_blank" rel="noreferrer">
          {t('help.licences')}
        </a>
      </footer>
    </dialog>
  );
}
