/* What narrows a list: one disclosure per field, its values as chips with counts. Counts are under the other filters,
 * and of what the map shows if there is one (`bbox`). */
import { useSignal } from '@preact/signals';
import type { FacetValue, Kind } from '../api';
import { getEntity, getList } from '../api';
import { chosenOf, clearFilters, filterOf, isFiltered, narrowedBy, toggle } from '../filters';
import { t } from '../i18n';
import { titleOf, viewOf } from '../kinds';
import { codeLabel, codesOf, fieldLabel, fieldOf } from '../model';
import { useResource } from '../resource';
import { change, param } from '../state';
import { Icon } from './Icon';

/* A field with more values than this shows those with the most rows; the rest is found by searching. */
const VALUES_MAX = 40;

type Say = (facet: string, value: string) => string;

export function FilterChips({ kind, bbox }: { kind: Kind; bbox?: string }) {
  const open = useSignal('');
  const fields = viewOf(kind).facets;
  const isOpen = fields.includes(open.value);
  const filter = filterOf(kind, open.value);
  const ready = bbox === undefined || bbox !== '';
  const counted = useResource(isOpen && ready ? [kind, open.value, filter, bbox].join('|') : '', (abort) => getList(kind, { bbox, filter, limit: 0, facets: open.value }, abort));
  const facets = counted.data.value?.kind === kind ? (counted.data.value.facets ?? {}) : {};
  const names = useNames(kind, open.value);
  const say: Say = (facet, value) => {
    const field = fieldOf(kind, facet);
    if (field?.codes) return codeLabel(field.codes, value);
    if (field?.type === 'bool') return t(value === 'true' ? 'yes' : 'no');
    return names.get(value) ?? value;
  };
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
          <button type="button" class="plain" onClick={() => clearFilters(kind)}>
            {t('filter.clear')}
          </button>
        )}
      </div>
      {isOpen && facets[open.value] && (
        <div class="filter-values" role="group" aria-label={fieldLabel(kind, open.value)}>
          {valuesOf(kind, open.value, facets[open.value]!.map((one) => ({ ...one, value: String(one.value) }))).map(({ value, count, maybe }) => (
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
function valuesOf(kind: Kind, facet: string, counted: FacetValue[]): FacetValue[] {
  const list = fieldOf(kind, facet)?.codes;
  const missing = chosenOf(facet).filter((value) => !counted.some((one) => one.value === value));
  const all = [...counted, ...missing.map((value) => ({ value, count: 0, maybe: 0 }))];
  if (!list) return all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, VALUES_MAX);
  const order = codesOf(list).map(({ code }) => code);
  return all.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
}

function Chosen({ kind, say }: { kind: Kind; say: Say }) {
  const chosen = narrowedBy(kind).flatMap((facet) => chosenOf(facet).map((value) => ({ facet, value })));
  const text = param('filter');
  if (!chosen.length && !text) return null;
  return (
    <ul class="chosen" aria-label={t('filter.chosen')}>
      {text && <Removable text={text} onRemove={() => change({ filter: null, page: null })} />}
      {chosen.map(({ facet, value }) => (
        <Removable key={facet + value} text={say(facet, value)} onRemove={() => toggle(facet, value)} />
      ))}
    </ul>
  );
}

/* The names of what the open field and the chosen values refer to. */
function useNames(kind: Kind, open: string): ReadonlyMap<string, string> {
  const openRef = fieldOf(kind, open)?.ref;
  const listed = useResource(openRef ? `names|${openRef}` : '', () => getList(openRef!, { limit: 200 }));
  const chosen = narrowedBy(kind).flatMap((facet) => {
    const ref = fieldOf(kind, facet)?.ref;
    return ref ? chosenOf(facet).map((id) => ({ kind: ref, id })) : [];
  });
  const single = useResource(chosen.map((one) => `${one.kind}/${one.id}`).join(' '), async (abort) => {
    const found = await Promise.allSettled(chosen.map((one) => getEntity(one.kind, one.id, abort)));
    return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  });
  return new Map([...(listed.data.value?.items ?? []), ...(single.data.value ?? [])].map((one) => [one.id, titleOf(one)]));
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
