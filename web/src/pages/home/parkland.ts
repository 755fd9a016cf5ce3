/* parkland.ts: what one park has to offer, plot by plot, for the park that is looked at (lists of parks: park/land.ts). */
import { signal } from '@preact/signals';
import { getList, quote } from '../../api';
import { lastDay } from '../../figures';
import type { Entity } from '../../api';
import { meta, offerOf } from '../../model';
import type { Offer } from '../../model';

export interface ParkLand {
  parcels: Entity[];
  /* Plots in each state of offer, and their land. */
  byOffer: Record<Offer, { count: number; area_m2: number }>;
  /* On offer, and available by the picture's own day: figures of 2022 are not judged by a later clock. */
  now: Entity[];
  now_m2: number;
  /* On offer without a date: not counted as available. */
  undated: number;
  /* Of those on offer; null if none says. */
  cheapest: Entity | null;
  mostPower: Entity | null;
  /* Fewer parcels were read than there are. */
  partial: boolean;
}

const PAGE = 200;
const PAGES_MAX = 5;

/* By park; a park that is being asked for is not in it yet. */
export const parkLand = signal<ReadonlyMap<string, ParkLand>>(new Map());
const asked = new Set<string>();

export async function wantParkLand(id: string) {
  if (asked.has(id)) return;
  asked.add(id);
  try {
    const land = await read(id);
    parkLand.value = new Map(parkLand.peek()).set(id, land);
  } catch {
    asked.delete(id); // asked again when it is next shown
  }
}

async function read(id: string): Promise<ParkLand> {
  const parcels: Entity[] = [];
  for (let page = 0; page < PAGES_MAX; page++) {
    const list = await getList('parcel', { filter: `park = ${quote(id)}`, limit: PAGE, offset: page * PAGE });
    parcels.push(...list.items.filter((parcel) => !parcel.maybe));
    if (parcels.length >= list.yes || !list.items.length) return addUp(parcels, false);
  }
  return addUp(parcels, true);
}

const areaOf = (parcel: Entity) => Number(parcel.fields['area_m2'] ?? 0);

/* A partial date is past when its last day is: 2023-06 on the 30th. */
const isPast = (date: unknown, day: string) => typeof date === 'string' && lastDay(date) <= day;

export function addUp(parcels: Entity[], partial: boolean): ParkLand {
  const day = meta.peek()?.as_of ?? '';
  const empty = () => ({ count: 0, area_m2: 0 });
  const byOffer: ParkLand['byOffer'] = { open: empty(), preparing: empty(), promised: empty(), closed: empty(), unknown: empty() };
  for (const parcel of parcels) {
    const group = byOffer[offerOf(parcel.fields['land_state'])];
    group.count++;
    group.area_m2 += areaOf(parcel);
  }
  const open = parcels.filter((parcel) => offerOf(parcel.fields['land_state']) === 'open');
  const now = open.filter((parcel) => isPast(parcel.fields['available_from'], day));
  const best = (field: string, sign: 1 | -1) =>
    open
      .filter((parcel) => typeof parcel.fields[field] === 'number')
      .reduce<Entity | null>((one, other) => (!one || sign * Number(other.fields[field]) < sign * Number(one.fields[field]) ? other : one), null);
  return {
    parcels,
    byOffer,
    now,
    now_m2: now.reduce((sum, parcel) => sum + areaOf(parcel), 0),
    undated: open.filter((parcel) => parcel.fields['available_from'] === undefined).length,
    cheapest: best('price_fen_m2', 1),
    mostPower: best('power_left_kva', -1),
    partial,
  };
}
