/* match.ts: how the groups, rows and parts of an answer are named and ordered; used by every panel of the page. */
import { computed, signal } from '@preact/signals';
import type { BriefCondition, Entity, RankedCondition, Ranking, Warning } from '../../api';
import { t } from '../../i18n';
import { codeLabel, fieldLabel, fieldOf } from '../../model';
import { change, param } from '../../state';
import { limitInWords } from '../../units';
import { weights } from '../../brief';

/* The row that the pointer or the focus is on, whose pin stands out; and the pin, whose row is lit. */
export const hovered = signal('');
export const lit = signal('');

/* Which group the pins are of: `group=fit`. */
export type Group = 'fit' | 'unknown';
export const group = computed<Group | ''>(() => (param('group') === 'fit' || param('group') === 'unknown' ? (param('group') as Group) : ''));

/* Which row is open: the first, unless another was opened or this one closed. */
export function isOpen(id: string, first: boolean): boolean {
  const open = param('open');
  return open === id || (open === '' && first);
}
export function toggleOpen(id: string) {
  const row = document.querySelector(`[data-site="${CSS.escape(id)}"] .site-open`);
  change({ open: row?.getAttribute('aria-expanded') === 'true' ? 'none' : id }, 'replace');
}

export const listedIds = (ranking: Ranking | null): string[] =>
  ranking ? [...ranking.sites.map(({ entity }) => entity.id), ...ranking.unknowns.map(({ entity }) => entity.id)] : [];

/* A, B … Z, then AA: what the unknown are called on the map and in the list. */
export function letter(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : letter(Math.floor(n / 26) - 1) + last;
}

/* Terms by weight, the heaviest first: the order of the parts in a bar, and of its shades. */
export const partOrder = computed(() =>
  weights.value
    .map((weight, n) => ({ ...weight, n }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.n - b.n),
);
export const SHADES = 5;
export const shadeOf = (place: number) => `shade-${Math.min(place, SHADES - 1)}`;

/* "≥ 200 亩", "M2 二类工业", "2023-06-30 前". */
export function limitsInWords(condition: BriefCondition): string {
  const field = fieldOf('parcel', condition.field);
  if (!field) return '';
  if (condition.in) return condition.in.map((code) => (field.codes ? codeLabel(field.codes, code) : code)).join(' / ');
  const end = (value: number | string | null | undefined, sign: string) => (value === undefined || value === null ? '' : `${sign} ${limitInWords(field, value)}`);
  return [end(condition.min, '≥'), end(condition.max, '≤')].filter(Boolean).join(' ');
}
export const conditionLabel = (condition: RankedCondition) =>
  condition.offer ? t('match.offer') : condition.filter ? t('match.filter') : fieldLabel('parcel', condition.field);

/* Five facts over a row: the usual ones, and what else was asked or weighed. */
const FACTS = ['area_m2', 'price_fen_m2', 'power_left_kva', 'port_m'];
const ELSEWHERE = ['available_from', 'land_use', 'land_state'];
export function factsOf(ranking: Ranking): string[] {
  const asked = [...ranking.conditions, ...ranking.terms].map(({ field }) => field).filter((name) => !FACTS.includes(name) && !ELSEWHERE.includes(name));
  return [...FACTS, [...new Set(asked)][0] ?? 'gas_state'];
}

/* Warnings said once at the head of the page, by a tag, or over the list when every row has them. */
const SAID_ELSEWHERE = ['illustrative', 'approximate_place'];
const isStale = ({ code }: Warning) => code === 'stale';
export const allStale = (ranking: Ranking) => ranking.sites.length > 1 && ranking.sites.every(({ warnings }) => warnings.some(isStale));
export const ownWarnings = (ranking: Ranking, warnings: Warning[]) =>
  warnings.filter((warning) => !SAID_ELSEWHERE.includes(warning.code) && !(isStale(warning) && allStale(ranking)));

/* What is still to be done on a plot, of the services that a start waits for. */
const BEFORE_START = ['levelling', 'road', 'water', 'power'];
export interface Step { service: string; label: string; done: boolean; says: string; field: string }
export function stepsOf(entity: Entity): Step[] {
  return BEFORE_START.map((service) => {
    const name = `${service}_state`;
    const state = entity.fields[name] as string | undefined;
    const date = entity.fields[`${service}_in_service`];
    const says = state === undefined ? t('unknown') : `${codeLabel('service_state', state)}${date !== undefined ? ` ${date}` : ''}`;
    return { service, label: fieldLabel('parcel', name), done: state === 'done', says, field: state !== 'done' && date !== undefined ? `${service}_in_service` : name };
  });
}
