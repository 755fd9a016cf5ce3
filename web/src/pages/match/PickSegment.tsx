/* A segment, chosen from the list of all chains'. */
import { getList } from '../../api';
import { ErrorLine } from '../../components/bits';
import { t } from '../../i18n';
import { nameOf } from '../../model';
import { useResource } from '../../resource';
import { lang } from '../../state';

const SEGMENTS_MAX = 200;

export function PickSegment({ onPick }: { onPick: (id: string) => void }) {
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
