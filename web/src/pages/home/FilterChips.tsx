/* What narrows the list: one disclosure per field, its values as chips with counts. Counts are of what the map shows
 * under the other filters. */
import { useSignal } from '@preact/signals';
import type { FacetValue } from '../../api';
import { Icon } from '../../components/Icon';
import { t } from '../../i18n';
import { codeLabel, codesOf, fieldLabel, fieldOf } from '../../model';
import { getList } from '../../api';
import { useResource } from '../../resource';
import { lang } from '../../state';
import { FACETS, chosenOf, clearFilters, filterOf, isFiltered, onePark, toggle } from './home';
import type { ListKind } from './home';
import { change } from '../../state';

type Names = ReadonlyMap<string, string>;

export function FilterChips({ kind, bbox }: { kind: ListKind; bbox: string }) {
  const open = useSignal('');
  const isOpen = FACETS[kind].includes(open.value);
  const filter = filterOf(kind, open.value);
  const counted = useResource(isOpen && bbox ? [kind, open.value, filter, bbox].join('|') : '', (abort) => getList(kind, { bbox, filter, limit: 1, facets: open.value }, abort));
  const facets = counted.data.value?.facets ?? {};
  const counties = useResource('counties', () => getList('region', { limit: 200 }));
  const park = useResource(onePark.value && `park|${onePark.value}`, () => getList('park', { limit: 200 }));
  const nameIn = lang.value === 'en' ? 'name_en' : 'name_zh';
  const names: Names = new Map([...(counties.data.value?.items ?? []), ...(park.data.value?.items ?? [])].map((one) => [one.id, String(one.fields[nameIn] ?? one.id)]));
  const say = (facet: string, value: string) => {
    const list = fieldOf(kind, facet)?.codes;
    return list ? codeLabel(list, value) : (names.get(value) ?? value);
  };
  const fields = FACETS[kind];
  return (
    <div class="filters">
      <div class="filter-fields" role="group" aria-label={t('filter.label')}>
        {fields.map((facet) => (
          <button type="button" key={facet} class="chip" aria-expanded={open.value === facet} onClick={() => (open.value = open.value === facet ? '' : facet)}>
            {fieldLabel(kind, facet)}
            {chosenOf(facet).length > 0 && <b>{chosenOf(facet).length}</b>}
            <Icon name={open.value === facet ? 'up' : 'down'} size={14} />
          </button>
        ))}
        {isFiltered(kind) && (
          <button type="button" class="plain" onClick={clearFilters}>
            {t('filter.clear')}
          </button>
        )}
      </div>
      {isOpen && facets[open.value] && (
        <div class="filter-values" role="group" aria-label={fieldLabel(kind, open.value)}>
          {valuesOf(kind, open.value, facets[open.value] ?? []).map(({ value, count, maybe }) => (
            <button type="button" key={value} class="chip" aria-pressed={chosenOf(open.value).includes(value)} onClick={() => toggle(open.value, value)}>
              {say(open.value, value)} <b>{count}</b>
              {maybe > 0 && <span class="quiet">{`+${maybe}?`}</span>}
            </button>
          ))}
        </div>
      )}
      <Chosen kind={kind} say={say} />
    </div>
  );
}

/* In the list's own order where it has one; a chosen value stays, even at nought. */
function valuesOf(kind: ListKind, facet: string, counted: FacetValue[]): FacetValue[] {
  const list = fieldOf(kind, facet)?.codes;
  const missing = chosenOf(facet).filter((value) => !counted.some((one) => one.value === value));
  const all = [...counted, ...missing.map((value) => ({ value, count: 0, maybe: 0 }))];
  if (!list) return all.sort((a, b) => (a.value < b.value ? -1 : 1));
  const order = codesOf(list).map(({ code }) => code);
  return all.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
}

function Chosen({ kind, say }: { kind: ListKind; say: (facet: string, value: string) => string }) {
  const chosen = FACETS[kind].flatMap((facet) => chosenOf(facet).map((value) => ({ facet, value })));
  const inPark = kind === 'parcel' && onePark.value;
  if (!chosen.length && !inPark) return null;
  return (
    <ul class="chosen" aria-label={t('filter.chosen')}>
      {inPark && <Removable text={say('park', onePark.value)} onRemove={() => change({ park: null })} />}
      {chosen.map(({ facet, value }) => (
        <Removable key={facet + value} text={say(facet, value)} onRemove={() => toggle(facet, value)} />
      ))}
    </ul>
  );
}

function Removable({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <li>
      <button type="button" class="chip on" aria-label={t('filter.remove', { name: text })} onClick={onRemove}>
        {text} <Icon name="close" size={13} />
      </button>
    </li>
  );
}
