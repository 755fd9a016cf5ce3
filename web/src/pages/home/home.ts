/* home.ts: what the map page's URL says: which list, which filters, which layers, where the map stands. */
import { computed } from '@preact/signals';
import type { Kind } from '../../api';
import type { Key } from '../../i18n';
import { FIRST_LAYERS, LAYERS } from '../../map/scene';
import type { Layer, View } from '../../map/scene';
import { change, param } from '../../state';

export type ListKind = 'park' | 'parcel' | 'building' | 'enterprise' | 'project' | 'infra_work' | 'facility';
export const LIST_KINDS: ListKind[] = ['park', 'parcel', 'building', 'enterprise', 'project', 'infra_work', 'facility'];
export const isListKind = (kind: Kind): kind is ListKind => (LIST_KINDS as Kind[]).includes(kind);

export const listKind = computed<ListKind>(() => LIST_KINDS.find((kind) => kind === param('list')) ?? 'park');
export const setListKind = (kind: ListKind) => change({ list: kind === 'park' ? null : kind });

export const layers = computed<Layer[]>(() => {
  const text = param('layers');
  return text === '' ? FIRST_LAYERS : LAYERS.filter((layer) => text.split(',').includes(layer));
});
export function toggleLayer(layer: Layer) {
  const next = LAYERS.filter((one) => layers.value.includes(one) !== (one === layer));
  change({ layers: next.join() === FIRST_LAYERS.join() ? null : next.join(',') || 'none' }, 'replace');
}

/* Where the map stands: `at=113.06,22.47,10.5`. Moving it is no step in the history. */
export function readView(): View | null {
  const [lon, lat, zoom] = param('at').split(',').map(Number);
  return Number.isFinite(lon) && Number.isFinite(lat) && Number.isFinite(zoom) ? { center: [lon!, lat!], zoom: zoom! } : null;
}
export const writeView = ({ center, zoom }: View) =>
  change({ at: `${center[0].toFixed(4)},${center[1].toFixed(4)},${zoom.toFixed(2)}` }, 'replace');

export const sortOf = computed(() => param('sort'));
export const SORTS: Partial<Record<ListKind, { value: string; key: Key }[]>> = {
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
  building: [
    { value: '', key: 'sort.area' },
    { value: 'name_zh', key: 'sort.name' },
  ],
  project: [
    { value: '', key: 'sort.invest' },
    { value: '-signed_on', key: 'sort.signed' },
    { value: 'name_zh', key: 'sort.name' },
  ],
};
