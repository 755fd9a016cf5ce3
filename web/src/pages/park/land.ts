/* land.ts: which plots can be had, as a filter, and what every park has on offer, for all parks at once. */
import { signal } from '@preact/signals';
import { getList } from '../../api';
import { codesOf, meta, offerOf } from '../../model';

/* Plots on offer, with or without a date. */
const onOffer = () => {
  const states = codesOf('land_state')
    .filter(({ code }) => offerOf(code) === 'open')
    .map(({ code }) => `'${code}'`);
  return `land_state IN (${states.join(', ')})`;
};
/* Those that can be had by the picture's own day. */
export const openNow = () => `${onOffer()} AND available_from <= '${meta.value!.as_of}'`;

export interface ParkOffer {
  /* Of all its plots, whatever their state. */
  plots: number;
  now_m2: number;
  /* The cheapest and the one with most power left of those on offer; null if none says. */
  price_fen_m2: number | null;
  power_left_kva: number | null;
}

/* By park; null until it is known. */
export const parkOffers = signal<ReadonlyMap<string, ParkOffer> | null>(null);
let asked = false;

export async function wantParkOffers() {
  if (asked) return;
  asked = true;
  try {
    const [all, open, now] = await Promise.all([
      getList('parcel', { limit: 0, facets: 'park' }),
      getList('parcel', { limit: 0, facets: 'park', filter: onOffer(), range: 'price_fen_m2,power_left_kva' }),
      getList('parcel', { limit: 0, facets: 'park', filter: openNow(), sum: 'area_m2' }),
    ]);
    const [ranges, areas] = [open, now].map((list) => new Map((list.facets?.['park'] ?? []).map((bucket) => [bucket.value, bucket])));
    parkOffers.value = new Map(
      (all.facets?.['park'] ?? []).map(({ value, count }) => [
        value,
        {
          plots: count,
          now_m2: areas!.get(value)?.sums?.['area_m2'] ?? 0,
          price_fen_m2: ranges!.get(value)?.ranges?.['price_fen_m2']?.least ?? null,
          power_left_kva: ranges!.get(value)?.ranges?.['power_left_kva']?.most ?? null,
        },
      ]),
    );
  } catch {
    asked = false; // asked again when a list of parks is next shown
  }
}
