/* brief.ts: what someone asks of a site, as the URL holds it and as the server takes it.
 * /match?area_m2=133333.33..&land_use=M2&price_fen_m2=..48000&w=price_fen_m2:30,power_left_kva:25 */
import { computed } from '@preact/signals';
import type { BriefBody, BriefCondition, BriefTerm, FieldInfo } from './api';
import { AREAS, askField, askable, canAsk, canWeigh, isArea, nearOf, polygonOf, readCorners, writeCorners } from './asks';
import { change, params } from './state';

/* `field` is the name of what is asked (asks.ts); `corners` are those of a drawn area. */
export interface Condition { field: string; min?: number | string; max?: number | string; in?: string[]; corners?: [number, number][] }
export interface Weight { field: string; weight: number; better: 'less' | 'more' }

const TOP = 50;
export const WEIGHT_MAX = 100;

/* The rows that the form always has, in its order; anything else filterable is added by hand. */
export const USUAL_FIELDS = ['land_use', 'area_m2', 'price_fen_m2', 'power_left_kva', 'gas_state', 'port_m', 'available_from'];
const USUAL_WEIGHTS: Weight[] = [
  { field: 'price_fen_m2', weight: 30, better: 'less' },
  { field: 'power_left_kva', weight: 25, better: 'more' },
  { field: 'available_from', weight: 25, better: 'less' },
  { field: 'port_m', weight: 20, better: 'less' },
];

/* Near, cheap and early are better less; what a plot has, more. */
export const usuallyBetter = (field: FieldInfo): 'less' | 'more' =>
  field.near || field.type === 'date' || field.unit?.startsWith('fen') ? 'less' : 'more';

const isRange = (field: FieldInfo) => field.type === 'num' || field.type === 'date';

function parseCondition(name: string, text: string): Condition | null {
  if (isArea(name)) {
    const corners = readCorners(text);
    return corners && { field: name, corners };
  }
  const field = askField(name)!;
  if (!isRange(field)) {
    const codes = text.split(',').filter(Boolean);
    return codes.length ? { field: name, in: codes } : null;
  }
  const [least = '', greatest = ''] = text.split('..');
  const end = (part: string) => (part === '' ? undefined : field.type === 'date' ? part : Number(part));
  const condition: Condition = { field: name, min: end(least), max: end(greatest) };
  return condition.min === undefined && condition.max === undefined ? null : condition;
}

const write = ({ corners, in: codes, min, max }: Condition) =>
  corners ? writeCorners(corners) : codes ? codes.join(',') : min === undefined && max === undefined ? '' : `${min ?? ''}..${max ?? ''}`;

export const conditions = computed<Condition[]>(() => {
  const distances = [...new Set(params.value.keys())].filter((name) => nearOf(name));
  const asked = [...askable(), ...distances, ...AREAS].filter((name) => params.value.has(name) && (isArea(name) || canAsk(name)));
  const order = (name: string) => (USUAL_FIELDS.indexOf(name) + 100) % 100;
  return asked
    .map((name) => parseCondition(name, params.value.get(name)!))
    .filter((condition) => condition !== null)
    .sort((a, b) => order(a.field) - order(b.field));
});
export const conditionOn = (name: string) => conditions.value.find((condition) => condition.field === name);

/* The weights in the order that they are listed in; the longest part of a score comes first in its bar. */
export const weights = computed<Weight[]>(() => {
  const text = params.value.get('w');
  if (text === null) return USUAL_WEIGHTS;
  return text.split(',').flatMap((one) => {
    const [name = '', number = '', better] = one.split(':');
    const field = askField(name);
    const weight = Math.min(WEIGHT_MAX, Math.max(0, Math.round(Number(number))));
    if (!field || !canWeigh(name) || Number.isNaN(weight)) return [];
    return [{ field: name, weight, better: better === 'less' || better === 'more' ? better : usuallyBetter(field) }];
  });
});

export function setCondition(condition: Condition, how: 'push' | 'replace' = 'push') {
  change({ [condition.field]: write(condition) || null }, how);
}
export const dropCondition = (name: string) => change({ [name]: null });

export function setWeights(next: Weight[], how: 'push' | 'replace') {
  const text = next.map(({ field, weight, better }) => {
    const usual = usuallyBetter(askField(field)!);
    return `${field}:${weight}${better === usual ? '' : `:${better}`}`;
  });
  change({ w: text.join(',') }, how);
}

/* Everything but the language goes: conditions, weights, what was selected. */
export function clearBrief() {
  const changes: Record<string, null> = { w: null, sel: null, open: null, group: null, set: null, assemble: null };
  for (const { field } of conditions.peek()) changes[field] = null;
  change(changes);
}

/* Ends that cannot both hold: they are said and shown, and never sent. */
export const contradictions = computed(() =>
  conditions.value.filter(({ min, max }) => min !== undefined && max !== undefined && String(min) !== '' && min > max),
);

/* Plots may be put together to make up the area (`assemble=1`): across a road of so many metres, and so many of them. */
export const ASSEMBLE = { gap_m: 30, max_plots: 12 };
export const assembles = computed(() => params.value.get('assemble') === '1');
export const setAssembles = (on: boolean) => change({ assemble: on ? '1' : null });

const asSent = ({ field, corners, in: codes, ...ends }: Condition): BriefCondition => {
  const near = nearOf(field);
  if (near) return { near, ...ends };
  if (corners) return { [field]: polygonOf(corners) };
  return { field, ...ends, ...(codes && { in: askField(field)?.type === 'bool' ? codes.map((code) => code === 'true') : codes }) };
};

/* The order of the terms here is the order of a site's parts in the answer. */
export const brief = computed<BriefBody>(() => ({
  where: conditions.value.map(asSent),
  weigh: weights.value.map<BriefTerm>(({ field, ...rest }) => {
    const near = nearOf(field);
    return near ? { near, ...rest } : { field, ...rest };
  }),
  top: TOP,
  // There is something to make up only where an area is asked for.
  ...(assembles.value && conditionOn('area_m2')?.min !== undefined && { assemble: ASSEMBLE }),
}));

/* Three needs that the sample city can be asked for; each is a URL like any other. */
export const EXAMPLES = [
  { key: 'battery', query: 'land_use=M2&area_m2=100000..&price_fen_m2=..48000&power_left_kva=10000..&port_m=..40000&available_from=..2023-12-31' },
  { key: 'machine', query: 'land_use=M1,M2&area_m2=30000..&price_fen_m2=..42000&available_from=..2023-12-31&w=price_fen_m2:40,available_from:40,power_left_kva:20' },
  { key: 'logistics', query: 'land_use=W1,W2&area_m2=20000..&port_m=..30000&w=port_m:60,price_fen_m2:40' },
] as const;
