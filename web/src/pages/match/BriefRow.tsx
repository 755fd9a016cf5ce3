/* On a narrow screen the brief is a row that scrolls, and one button that opens the whole form. */
import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { conditions } from '../../brief';
import { IconButton } from '../../components/bits';
import { Icon } from '../../components/Icon';
import { t } from '../../i18n';
import { askLabel } from '../../asks';
import { BriefForm } from './BriefForm';
import { asShown, limitsInWords } from './match';

export function BriefRow({ open, fit }: { open: Signal<boolean>; fit: number | null }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open.value) sheet.current?.showModal();
    else sheet.current?.close();
  }, [open.value]);
  const show = () => (open.value = true);
  return (
    <>
      {conditions.value.length > 0 && (
        <ul class="brief-row" aria-label={t('brief.title')}>
          {conditions.value.map((condition) => (
            <li key={condition.field}>
              <button type="button" class="chip" onClick={show}>
                {askLabel(condition.field)} {limitsInWords(asShown(condition))}
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="button" class="button brief-open" onClick={show}>
        <Icon name="sliders" /> {conditions.value.length ? t('brief.change', { n: conditions.value.length }) : t('brief.start')}
      </button>
      <dialog class="brief-sheet" ref={sheet} aria-label={t('brief.title')} onClose={() => (open.value = false)}>
        <div class="sheet-close">
          <IconButton icon="close" size={20} label={t('close')} onClick={() => (open.value = false)} />
        </div>
        {open.value && <BriefForm />}
        <footer>
          <button type="button" class="button primary" onClick={() => (open.value = false)}>
            {fit === null ? t('brief.done') : t('brief.see', { n: fit })}
          </button>
        </footer>
      </dialog>
    </>
  );
}
