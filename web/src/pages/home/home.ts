/* home.ts: what the map page's URL says: which list, which filters, which layers, where the map stands. */
import { computed } from '@preact/signals';
import { quote } from '../../api';
import type { Key } from '../../i18n';
import { LAYERS } from '../../map/scene';
import type { Layer, View } from '../../map/scene';
import { change, param } from '../../state';

export type ListKind = 'park' | 'parcel' | 'facility';
export const LIST_KINDS: ListKind[] = ['park', 'parcel', 'facility'];

/* The fields that narrow each list, as chips. */
export const FACETS: Record<ListKind, string[]> = {
  parcel: ['land_use', 'land_state', 'region'],
  park: ['tiers', 'regions'],
  facility: ['type', 'region'],
};

export const listKind = computed<ListKind>(() => LIST_KINDS.find((kind) => kind === param('list')) ?? 'park');
export const setListKind = (kind: ListKind) => change({ list: kind === 'park' ? null : kind });

/* One county narrows all three lists, whatever they call the field. */
const paramOf = (facet: string) => (facet === 'regions' ? 'region' : facet);
export const chosenOf = (facet: string): string[] => param(paramOf(facet)).split(',').filter(Boolean);
export function toggle(facet: string, value: string) {
  const chosen = chosenOf(facet);
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  change({ [paramOf(facet)]: next.join(',') || null });
}
export const onePark = computed(() => param('park'));
export const clearFilters = () => change({ land_use: null, land_state: null, region: null, regions: null, tiers: null, type: null, park: null });

/* The chips of this list as one CQL2 text; without one facet's, to count what that facet's other values would give. */
export function filterOf(kind: ListKind, except = ''): string {
  const parts = FACETS[kind].flatMap((facet) => {
    const chosen = chosenOf(facet);
    if (!chosen.length || facet === except) return [];
    // A field with several values holds a value if any of them is it.
    if (facet === 'tiers' || facet === 'regions') return [`(${chosen.map((value) => `${facet} = ${quote(value)}`).join(' OR ')})`];
    return [`${facet} IN (${chosen.map(quote).join(', ')})`];
  });
  if (kind === 'parcel' && onePark.value) parts.push(`park = ${quote(onePark.value)}`);
  return parts.join(' AND ');
}
export const isFiltered = (kind: ListKind) => filterOf(kind) !== '';

export const layers = computed<Layer[]>(() => {
  const text = param('layers');
  return text === '' ? LAYERS : LAYERS.filter((layer) => text.split(',').includes(layer));
});
export function toggleLayer(layer: Layer) {
  const next = LAYERS.filter((one) => layers.value.includes(one) !== (one === layer));
  change({ layers: next.length === LAYERS.length ? null : next.join(',') || 'none' }, 'replace');
}

/* Where the map stands: `at=113.06,22.47,10.5`. Moving it is no step in the history. */
export function readView(): View | null {
  const [lon, lat, zoom] = param('at').split(',').map(Number);
  return Number.isFinite(lon) && Number.isFinite(lat) && Number.isFinite(zoom) ? { center: [lon!, lat!], zoom: zoom! } : null;
}
export const writeView = ({ center, zoom }: View) =>
  change({ at: `${center[0].toFixed(4)},${center[1].toFixed(4)},${zoom.toFixed(2)}` }, 'replace');

export const sortOf = computed(() => param('sort'));
export const SORTS: Record<ListKind, { value: string; key: Key }[]> = {
  park: [
    { value: '', key: 'sort.available' },
    { value: 'name', key: 'sort.name' },
  ],
  parcel: [
    { value: '', key: 'sort.area' },
    { value: 'price_fen_m2', key: 'sort.price' },
    { value: '-power_left_kva', key: 'sort.power' },
    { value: 'available_from', key: 'sort.date' },
  ],
  facility: [{ value: '', key: 'sort.name' }],
};
