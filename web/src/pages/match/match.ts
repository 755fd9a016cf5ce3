/* match.ts: how the groups, rows and parts of an answer are named and ordered; used by every panel of the page. */
import { computed, signal } from '@preact/signals';
import type { Bilingual, PlotSet, RankedCondition, Ranking, Start, Warning } from '../../api';
import { t } from '../../i18n';
import { askField, askLabel, askName, isArea, isOfSegments, nameOfThing, nearOf } from '../../asks';
import { codeLabel, fieldLabel, fieldOf, say } from '../../model';
import { change, param } from '../../state';
import { limitInWords } from '../../units';
import { weights } from '../../brief';
import type { Condition } from '../../brief';

/* The row that the pointer or the focus is on, whose pin stands out; and the pin, whose row is lit. */
export const hovered = signal('');
export const lit = signal('');

/* Which group the pins are of: `group=fit`. */
export const GROUPS = ['fit', 'unknown', 'near'] as const;
export type Group = (typeof GROUPS)[number];
export const group = computed<Group | ''>(() => GROUPS.find((one) => one === param('group')) ?? '');

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
  ranking ? [...ranking.sites, ...ranking.unknowns, ...ranking.near_misses].map(({ entity }) => entity.id) : [];

/* A set of plots is named by its plots, in the answer's order; the chosen one stands in the address. */
export const setKey = (set: PlotSet) => set.plots.map(({ id }) => id).join('+');
export const chosenSet = computed(() => param('set'));
export const chooseSet = (key: string) => change({ set: key || null }, 'replace');

/* A, B … Z, then AA: what the unknown are called on the map and in the list. */
export function letter(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : letter(Math.floor(n / 26) - 1) + last;
}

/* The same in small: what the near misses are called. */
export const smallLetter = (n: number) => letter(n).toLowerCase();

/* Terms by weight, the heaviest first: the order of the parts in a bar, and of its shades. */
export const partOrder = computed(() =>
  weights.value
    .map((weight, n) => ({ ...weight, n }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.n - b.n),
);
export const SHADES = 5;
export const shadeOf = (place: number) => `shade-${Math.min(place, SHADES - 1)}`;

/* A condition of the brief as one of an answer. */
export const asShown = ({ field, ...rest }: Condition) => ({ ...rest, ...(nearOf(field) ? { distance_to: nearOf(field)! } : isArea(field) ? {} : { field }) });

/* "≥ 200 亩", "M2 二类工业", "2023-06-30 前". */
export function limitsInWords(condition: Pick<RankedCondition, 'field' | 'distance_to' | 'inside' | 'outside' | 'in' | 'min' | 'max'>): string {
  const field = askField(askName(condition));
  if (!field) return '';
  // A yes or no is answered as a range of one.
  if (field.type === 'bool') return t((condition.in?.[0] ?? condition.min) === false || String(condition.in?.[0] ?? condition.min) === 'false' ? 'no' : 'yes');
  if (condition.in) return condition.in.map((code) => (field.codes ? codeLabel(field.codes, String(code)) : isOfSegments(field) ? nameOfThing('segment', String(code)) : String(code))).join(' / ');
  const end = (value: number | string | null | undefined, sign: string) => (value === undefined || value === null ? '' : `${sign} ${limitInWords(field, value)}`);
  return [end(condition.min, '≥'), end(condition.max, '≤')].filter(Boolean).join(' ');
}
export const conditionLabel = (condition: RankedCondition) =>
  condition.offer ? t('match.offer') : condition.filter ? t('match.filter') : askLabel(askName(condition));

/* Five facts over a row: the usual ones, and what else was asked or weighed. */
const FACTS = ['area_m2', 'price_fen_m2', 'power_left_kva', 'port_m'];
const ELSEWHERE = ['available_from', 'land_use', 'land_state'];
export function factsOf(ranking: Ranking): string[] {
  const asked = [...ranking.conditions, ...ranking.terms].map(askName).filter((name) => name && !FACTS.includes(name) && !ELSEWHERE.includes(name) && !isArea(name) && !name.startsWith('park.'));
  return [...FACTS, [...new Set(asked)][0] ?? 'gas_state'];
}

/* Warnings said once at the head of the page, by a tag, or over the list when every row has them. */
const SAID_ELSEWHERE = ['illustrative', 'approximate_place'];
const isStale = ({ code }: Warning) => code === 'stale';
export const allStale = (ranking: Ranking) => ranking.sites.length > 1 && ranking.sites.every(({ warnings }) => warnings.some(isStale));
export const ownWarnings = (ranking: Ranking, warnings: Warning[]) =>
  warnings.filter((warning) => !SAID_ELSEWHERE.includes(warning.code) && !(isStale(warning) && allStale(ranking)));

/* Offices as they stand in a line; one that is longer is read whole where its source opens. */
const OFFICE_CHARACTERS_MAX = 60;
export const officeName = (office: Bilingual) => {
  const name = [...say(office)];
  return name.length > OFFICE_CHARACTERS_MAX ? `${name.slice(0, OFFICE_CHARACTERS_MAX).join('')}…` : name.join('');
};

/* The steps before a start in words: what it is, how far it is, and who owes it. */
export interface Step { what: string; label: string; done: boolean | null; says: string; field: string }
export function stepsOf(start: Pick<Start, 'steps'>): Step[] {
  return start.steps.map(({ what, field, state, done, due, office }) => {
    const codes = fieldOf('parcel', what === 'land' ? 'land_state' : `${what}_state`)?.codes;
    const said = state === undefined ? (due === undefined ? t('unknown') : '') : codes ? codeLabel(codes, state) : state;
    return {
      what,
      field,
      done,
      label: what === 'land' ? t('step.land') : what === 'handover' ? t('step.handover') : fieldLabel('parcel', `${what}_state`),
      says: [said, due ?? '', done || !office ? '' : `\u00b7 ${officeName(office)}`].filter(Boolean).join(' '),
    };
  });
}
