/* figures.ts: what is read off an indicator's observations: the latest, its forecast, how much of its year had gone. */
import type { Entity } from './api';

const actual = (row: Entity) => !['forecast', 'goal'].includes(String(row.fields['reading'] ?? ''));

/* The last day of a period as said: 2022-01/2022-10, 2022-08-06, 2022. */
export function lastDay(period: string): string {
  const end = period.split('/').pop()!;
  if (end.length === 10) return end;
  if (end.length === 4) return `${end}-12-31`;
  const [year, month] = end.split('-').map(Number);
  return `${end}-${String(new Date(Date.UTC(year!, month!, 0)).getUTCDate()).padStart(2, '0')}`;
}
const firstDay = (period: string) => {
  const start = period.split('/')[0]!;
  return start.length === 4 ? `${start}-01-01` : start.length === 7 ? `${start}-01` : start;
};
const endOf = (row: Entity) => (typeof row.fields['period'] === 'string' ? lastDay(row.fields['period']) : '');

/* A value that was reached, else a goal, else what was said without a value (a rank); a reported one before one that was
 * derived; of the period that ends last; of two that end together the one that began first. */
export function latestOf(rows: Entity[], indicator: string): Entity | null {
  const of = rows.filter((row) => row.fields['indicator'] === indicator);
  const all = [of.filter((row) => row.fields['value'] !== undefined && actual(row)), of.filter((row) => row.fields['value'] !== undefined), of].find((some) => some.length) ?? [];
  const reported = all.filter((row) => row.fields['how'] === 'reported');
  const found = reported.length ? reported : all;
  const start = (row: Entity) => (typeof row.fields['period'] === 'string' ? firstDay(row.fields['period']) : '');
  return found.reduce<Entity | null>((best, row) => (!best || endOf(row) > endOf(best) || (endOf(row) === endOf(best) && start(row) < start(best)) ? row : best), null);
}

/* What the whole of that year was expected to come to. */
export function forecastOf(rows: Entity[], latest: Entity): Entity | null {
  const year = endOf(latest).slice(0, 4);
  return rows.find((row) => row.fields['indicator'] === latest.fields['indicator'] && row.fields['reading'] === 'forecast' && row.fields['period'] === year && row.fields['value'] !== undefined) ?? null;
}

/* 10 of 12 months: of a period that began with the year; null of any other, for which a share of the year means
 * nothing. */
export function yearGone(row: Entity): number | null {
  const period = row.fields['period'];
  if (typeof period !== 'string') return null;
  const first = firstDay(period);
  const last = lastDay(period);
  if (!first.endsWith('-01-01') || first.slice(0, 4) !== last.slice(0, 4)) return null;
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const year = first.slice(0, 4);
  return (day(last) - day(first) + 1) / (day(`${year}-12-31`) - day(first) + 1);
}

/* Less of the target than of the year. */
export const behind = (share: number, gone: number) => share < gone;
