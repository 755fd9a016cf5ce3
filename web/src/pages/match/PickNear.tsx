/* What a distance is asked to: a segment of a chain, chosen from a list, or an enterprise, sought by name. */
import { useEffect, useId, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { getSearch } from '../../api';
import type { Near } from '../../api';
import { ErrorLine, IconButton } from '../../components/bits';
import { t } from '../../i18n';
import { sourceName } from '../../model';
import { useResource } from '../../resource';
import { PickSegment } from './PickSegment';

const FOUND_MAX = 8;
const TYPING_WAIT_MS = 120;

interface Props {
  kind: 'segment' | 'enterprise';
  onPick: (near: Near) => void;
  onLeave: () => void;
}

export function PickNear({ kind, onPick, onLeave }: Props) {
  return (
    <fieldset class="condition pick-near" onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), onLeave())}>
      <legend>
        {t(kind === 'segment' ? 'ask.add_segment' : 'ask.add_enterprise')}
        <IconButton icon="close" size={13} label={t('close')} onClick={onLeave} />
      </legend>
      {kind === 'segment' ? <PickSegment onPick={(id) => onPick({ segment: id })} /> : <Firms onPick={(id) => onPick({ enterprise: id })} />}
    </fieldset>
  );
}

function Firms({ onPick }: { onPick: (id: string) => void }) {
  const text = useSignal('');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const asked = text.value.trim();
  const answer = useResource(asked && `near|${asked}`, (abort) => getSearch(asked, FOUND_MAX, abort), TYPING_WAIT_MS);
  const firms = asked ? (answer.data.value?.groups.find(({ kind }) => kind === 'enterprise')?.items ?? []) : [];
  return (
    <>
      <input type="search" class="input" aria-label={t('ask.seek_firm')} aria-controls={id} placeholder={t('ask.seek_firm')} value={text.value} autocomplete="off" spellcheck={false} ref={input} onInput={(event) => (text.value = event.currentTarget.value)} />
      {answer.error.value && <ErrorLine error={answer.error.value} retry={answer.retry} />}
      <ul id={id} class="found-firms">
        {firms.map((firm) => (
          <li key={firm.id}>
            <button type="button" onClick={() => onPick(firm.id)}>
              {sourceName(firm)}
            </button>
          </li>
        ))}
      </ul>
      {asked && answer.data.value && !firms.length && <p class="quiet">{t('ask.no_firm')}</p>}
    </>
  );
}
