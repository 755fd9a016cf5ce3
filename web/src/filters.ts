/* filters.ts: a list's chips, as the URL holds them, and the CQL2 text that they make. A parameter is named for its
 * field; one county narrows every list, whatever the kind calls the field. */
import { quote } from './api';
import type { Kind } from './api';
import { viewOf } from './kinds';
import { fieldOf } from './model';
import { change, param } from './state';

export const paramOf = (facet: string) => (facet === 'regions' ? 'region' : facet === 'parks' ? 'park' : facet);
export const chosenOf = (facet: string): string[] => param(paramOf(facet)).split(',').filter(Boolean);

export function toggle(facet: string, value: string) {
  const chosen = chosenOf(facet);
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  change({ [paramOf(facet)]: next.join(',') || null, page: null });
}

/* Besides its chips a list may be narrowed to what refers to one thing: `?project=jm-caihong`. */
export function narrowedBy(kind: Kind): string[] {
  const facets = viewOf(kind).facets;
  const taken = new Set(facets.map(paramOf));
  const one = (name: string) => fieldOf(kind, name)?.ref !== undefined && !taken.has(paramOf(name)) && param(paramOf(name)) !== '';
  return [...facets, ...REFERRING.filter((name) => one(name))];
}
const REFERRING = ['park', 'parks', 'region', 'chain', 'chains', 'segment', 'segments', 'enterprise', 'project', 'building', 'indicator', 'event', 'investor', 'company', 'parent', 'parents', 'makers', 'facility', 'supplier', 'customer', 'clusters', 'rolls_into', 'parcels', 'from_segment', 'to_segment'];

export const clearFilters = (kind: Kind) => change(Object.fromEntries([...narrowedBy(kind).map(paramOf), 'filter', 'page'].map((name) => [name, null])));

/* The chips of this list, and a filter that was given as text (`?filter=`), as one CQL2 text; without one facet's, to count what that facet's other values would give. */
export function filterOf(kind: Kind, except = ''): string {
  const text = param('filter');
  const chips = narrowedBy(kind)
    .flatMap((facet) => {
      const chosen = chosenOf(facet);
      const field = fieldOf(kind, facet);
      if (!chosen.length || !field || facet === except) return [];
      if (field.type === 'bool') return [`${facet} IN (${chosen.map((value) => (value === 'true' ? 'TRUE' : 'FALSE')).join(', ')})`];
      // A field with several values holds a value if any of them is it.
      if (field.type === 'codes' || field.type === 'refs') return [`(${chosen.map((value) => `${facet} = ${quote(value)}`).join(' OR ')})`];
      return [`${facet} IN (${chosen.map(quote).join(', ')})`];
    });
  return [...chips, ...(text ? [`(${text})`] : [])].join(' AND ');
}
export const isFiltered = (kind: Kind) => filterOf(kind) !== '';
