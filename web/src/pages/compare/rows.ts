/* rows.ts: what is compared, in which groups, and which value of a row is the best: only where better is defined. */
import type { Entity } from '../../api';
import { SERVICES, fieldOf } from '../../model';

export type Group = 'land' | 'services' | 'distance' | 'time' | 'contact';
export interface Row { group: Group; field: string; better?: 'less' | 'more' }

const SERVICE_ROWS: Row[] = SERVICES.flatMap((service) => [
  { group: 'services' as const, field: `${service}_state` },
  ...['kva', 'm3d', 'tph', 'm3h'].map((unit) => ({ group: 'services' as const, field: `${service}_left_${unit}`, better: 'more' as const })),
  { group: 'services' as const, field: `${service}_in_service` },
]);

export const ROWS: Row[] = [
  { group: 'land', field: 'region' },
  { group: 'land', field: 'regions' },
  { group: 'land', field: 'park' },
  { group: 'land', field: 'tiers' },
  { group: 'land', field: 'focus_zh' },
  { group: 'land', field: 'focus_en' },
  { group: 'land', field: 'land_use' },
  { group: 'land', field: 'land_state' },
  { group: 'land', field: 'area_m2' },
  { group: 'land', field: 'planned_m2' },
  { group: 'land', field: 'price_fen_m2', better: 'less' },
  { group: 'land', field: 'invest_min_fen_m2', better: 'less' },
  { group: 'land', field: 'far_min' },
  { group: 'land', field: 'far_max' },
  { group: 'land', field: 'height_max_m' },
  ...SERVICE_ROWS,
  { group: 'distance', field: 'port_m', better: 'less' },
  { group: 'distance', field: 'rail_station_m', better: 'less' },
  { group: 'distance', field: 'airport_m', better: 'less' },
  { group: 'distance', field: 'motorway_junction_m', better: 'less' },
  { group: 'time', field: 'available_from', better: 'less' },
  { group: 'time', field: 'promised_until' },
  { group: 'contact', field: 'office_zh' },
  { group: 'contact', field: 'office_en' },
  { group: 'contact', field: 'reply_d', better: 'less' },
];

export const said = (entity: Entity, field: string) => entity.fields[field] ?? entity.states?.[field];

/* Rows that at least one of them has a word for. */
export const rowsOf = (entities: Entity[]) => ROWS.filter(({ field }) => entities.some((entity) => fieldOf(entity.kind, field) && said(entity, field) !== undefined));

export const differs = (entities: Entity[], field: string) => new Set(entities.map((entity) => JSON.stringify(said(entity, field) ?? null))).size > 1;

/* Those whose value is best; none if fewer than two are known, or all are the same. */
export function bestOf(entities: Entity[], { field, better }: Row): Set<string> {
  const known = entities.filter((entity) => ['number', 'string'].includes(typeof entity.fields[field]));
  if (!better || known.length < 2 || !differs(known, field)) return new Set();
  const value = (entity: Entity) => entity.fields[field] as number | string;
  const best = known.reduce((one, other) => ((better === 'less' ? value(other) < value(one) : value(other) > value(one)) ? other : one));
  return new Set(known.filter((entity) => value(entity) === value(best)).map((entity) => entity.id));
}
