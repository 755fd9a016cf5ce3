/* What a distance is asked to: a segment of a chain, chosen from a list, or an enterprise, sought by name. */
import { useEffect, useId, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { getList, getSearch } from '../../api';
import type { Near } from '../../api';
import { ErrorLine, IconButton } from '../../components/bits';
import { t } from '../../i18n';
import { nameOf, sourceName } from '../../model';
import { useResource } from '../../resource';
import { lang } from '../../state';

const SEGMENTS_MAX = 200;
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
      {kind === 'segment' ? <Segments onPick={(id) => onPick({ segment: id })} /> : <Firms onPick={(id) => onPick({ enterprise: id })} />}
    </fieldset>
  );
}

function Segments({ onPick }: { onPick: (id: string) => void }) {
  const chains = useResource('near-chains', (abort) => getList('chain', { limit: SEGMENTS_MAX, sort: 'name_zh' }, abort));
  const segments = useResource('near-segments', (abort) => getList('segment', { limit: SEGMENTS_MAX, sort: 'name_zh' }, abort));
  const error = chains.error.value ?? segments.error.value;
  if (error) return <ErrorLine error={error} retry={() => (chains.retry(), segments.retry())} />;
  const of = (id: string) => (segments.data.value?.items ?? []).filter(({ fields }) => fields['chain'] === id).sort((a, b) => nameOf(a).localeCompare(nameOf(b), lang.value));
  return (
    <select aria-label={t('ask.choose_segment')} value="" onChange={(event) => onPick(event.currentTarget.value)}>
      <option value="">{t('ask.choose_segment')}</option>
      {(chains.data.value?.items ?? []).map((chain) => (
        <optgroup key={chain.id} label={nameOf(chain)}>
          {of(chain.id).map((segment) => (
            <option key={segment.id} value={segment.id}>
              {nameOf(segment)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
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
