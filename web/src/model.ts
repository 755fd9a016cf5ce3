/* model.ts: the fields and code lists as the server declares them, and names in the language of the page. */
import { signal } from '@preact/signals';
import type { Bilingual, Entity, FieldInfo, Kind, Meta, Model } from './api';
import { has, t } from './i18n';
import { lang } from './state';

/* Set once, before the pages are drawn. */
export const meta = signal<Meta | null>(null);
export const model = signal<Model | null>(null);

export const say = (text: Bilingual) => text[lang.value] || text.zh || text.en;

/* A kind's plural, or the word for one of it, where a sentence begins with it. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const kindTitle = (kind: Kind) => capital(say(model.value!.kinds[kind].plural));
export const kindLabel = (kind: Kind) => capital(say(model.value!.kinds[kind].label));

export const fieldsOf = (kind: Kind): FieldInfo[] => model.value?.kinds[kind]?.fields ?? [];
export const fieldOf = (kind: Kind, name: string): FieldInfo | undefined => fieldsOf(kind).find((field) => field.name === name);

/* A field as it is meant for this one thing: the value of an observation is in its indicator's unit, a tariff is per
 * something, floors are said in m² where land is not. */
export function fieldFor(entity: Entity, name: string): FieldInfo | undefined {
  const field = fieldOfRows(entity.kind, name);
  if (!field) return undefined;
  if (entity.kind === 'observation' && (name === 'value' || name === 'target')) return { ...field, unit: unitOfIndicator(String(entity.fields['indicator'])) };
  if (entity.kind === 'cost' && field.unit === 'fen') return { ...field, unit: `fen/${String(entity.fields['per'] ?? '')}` };
  return field;
}
export function fieldOfRows(kind: Kind, name: string): FieldInfo | undefined {
  const field = fieldOf(kind, name);
  return field?.unit === 'm2' && (kind === 'building' || kind === 'unit') ? { ...field, unit: 'm2 of floor' } : field;
}

/* Read once, with the model: there are few. */
export const indicators = signal<ReadonlyMap<string, Entity>>(new Map());
const unitOfIndicator = (id: string) => String(indicators.value.get(id)?.fields['value_unit'] ?? '');

/* The name that fits over a figure; the model's own label is the long one. */
export function fieldLabel(kind: Kind, name: string): string {
  const short = `short.${name}`;
  if (kind === 'parcel' && has(short)) return t(short);
  const field = fieldOf(kind, name);
  return field ? say(field.label) : name;
}

export const codesOf = (list: string) => model.value?.lists[list]?.codes ?? [];
export function codeLabel(list: string, code: string): string {
  const found = codesOf(list).find((one) => one.code === code);
  return found ? say(found.label) : code;
}

export type Offer = 'open' | 'preparing' | 'promised' | 'closed' | 'unknown';
/* May a plot in this state be had? Planned and being acquired can be asked for, but are not there yet. */
export function offerOf(landState: unknown): Offer {
  if (typeof landState !== 'string') return 'unknown';
  if (landState === 'planned' || landState === 'acquiring') return 'preparing';
  return codesOf('land_state').find((one) => one.code === landState)?.offer ?? 'unknown';
}

interface Named { name_zh?: unknown; name_en?: unknown }
function pick(named: Named | undefined, id: string): string {
  const [first, second] = lang.value === 'en' ? [named?.name_en, named?.name_zh] : [named?.name_zh, named?.name_en];
  return String(first || second || id);
}
export const nameOf = (entity: Entity) => pick(entity.fields, entity.id);
export const sourceName = (source: { id: string } & Named) => pick(source, source.id);
export const refName = (entity: Entity, id: string) => pick(entity.refs?.[id], id);

/* A list-valued field as an array, empty when unknown. */
export function listOf(entity: Entity, name: string): string[] {
  const value = entity.fields[name];
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}
/* The text of this language, of a pair of fields like focus_zh and focus_en. */
export function textOf(entity: Entity, stem: string): { field: string; text: string } | null {
  for (const field of lang.value === 'en' ? [`${stem}_en`, `${stem}_zh`] : [`${stem}_zh`, `${stem}_en`]) {
    const value = entity.fields[field];
    if (typeof value === 'string' && value) return { field, text: value };
  }
  return null;
}
export const countiesOf = (entity: Entity) =>
  [...listOf(entity, 'regions'), ...listOf(entity, 'region')].map((id) => refName(entity, id)).join(lang.value === 'en' ? ', ' : '、');

export const isSample = (entity: Entity) => entity.fields['how'] === 'illustrative';
export const isSampleValue = (entity: Entity, field: string) => entity.sample?.includes(field) ?? false;
export const isApproximate = (entity: Entity) => entity.fields['precision'] !== undefined && entity.fields['precision'] !== 'surveyed';

/* 九通一平 in the order people say it. */
export const SERVICES = ['road', 'water', 'rainwater', 'sewage', 'power', 'heat', 'gas', 'telecom', 'tv', 'levelling'] as const;
export const serviceField = (service: string, attr: string) =>
  fieldsOf('parcel').find((field) => field.part === service && field.attr === attr);
