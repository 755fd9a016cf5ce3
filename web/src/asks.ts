/* asks.ts: what can be asked of a site, each by one name, as the URL holds it: a field of the plot (area_m2), a field of
 * its park (park.chemical_recognised), the distance to a segment's firms or to one of them (near~segment~battery.cell,
 * near~enterprise~jm-calb), a drawn area (inside, outside). */
import { signal } from '@preact/signals';
import { getEntity } from './api';
import type { Entity, FieldInfo, Near, Polygon, RankedCondition } from './api';
import { t } from './i18n';
import { fieldLabel, fieldOf, fieldsOf, nameOf, say } from './model';

const OF_PARK = 'park.';
/* A park's gates: whether it may take chemicals, which segments its catalogue admits, and what it is. */
export const GATES = ['park.chemical_recognised', 'park.admits', 'park.tiers', 'park.partners'];
export const AREAS = ['inside', 'outside'] as const;
export type AreaName = (typeof AREAS)[number];
export const isArea = (name: string): name is AreaName => (AREAS as readonly string[]).includes(name);

export function nearOf(name: string): Near | null {
  const [tag, kind = '', ...rest] = name.split('~');
  const id = rest.join('~');
  return tag === 'near' && id && (kind === 'segment' || kind === 'enterprise') ? { [kind]: id } : null;
}
export const nearName = (near: Near) => (near.segment ? `near~segment~${near.segment}` : `near~enterprise~${near.enterprise ?? ''}`);

/* Of a condition, term or relaxation of an answer. */
export const askName = (one: Pick<RankedCondition, 'field' | 'distance_to' | 'inside' | 'outside'>): string =>
  one.field ?? (one.distance_to ? nearName(one.distance_to) : one.inside ? 'inside' : one.outside ? 'outside' : '');

/* Segments and firms that distances are asked to, by `kind/id`, as soon as they are read. */
const things = signal<ReadonlyMap<string, Entity>>(new Map());
const wanted = new Set<string>();
function thing(kind: 'segment' | 'enterprise', id: string): Entity | undefined {
  const key = `${kind}/${id}`;
  if (!wanted.has(key)) {
    wanted.add(key);
    getEntity(kind, id).then(
      (entity) => (things.value = new Map(things.peek()).set(key, entity)),
      () => undefined, // the brief's own answer says that it is not there
    );
  }
  return things.value.get(key);
}

export function askLabel(name: string): string {
  const near = nearOf(name);
  if (near?.segment) return t('ask.near_segment', { name: nameOfThing('segment', near.segment) });
  if (near?.enterprise) return t('ask.near_enterprise', { name: nameOfThing('enterprise', near.enterprise) });
  if (isArea(name)) return t(`ask.${name}`);
  if (name.startsWith(OF_PARK)) return t('ask.of_park', { name: fieldLabel('park', name.slice(OF_PARK.length)) });
  return fieldLabel('parcel', name);
}
export function nameOfThing(kind: 'segment' | 'enterprise', id: string): string {
  const found = thing(kind, id);
  return found ? nameOf(found) : id;
}

/* As a field, with its unit and its codes; undefined for what is no value (a drawn area) or not there. */
export function askField(name: string): FieldInfo | undefined {
  if (nearOf(name)) {
    const label = { zh: askLabel(name), en: askLabel(name) };
    return { name, type: 'num', label, unit: 'm', decimals: 0, filterable: true, near: 'place', example: '20000' };
  }
  if (!name.startsWith(OF_PARK)) return fieldOf('parcel', name);
  const field = fieldOf('park', name.slice(OF_PARK.length));
  return field && { ...field, name };
}

const isRange = (field: FieldInfo) => field.type === 'num' || field.type === 'date';
export const isOfSegments = (field: FieldInfo) => field.type === 'refs' && field.ref === 'segment';
const isChoice = (field: FieldInfo) => field.type === 'code' || field.type === 'codes' || field.type === 'bool' || isOfSegments(field);
export const canAsk = (name: string) => {
  const field = askField(name);
  return Boolean(field?.filterable) && (isRange(field!) || isChoice(field!));
};
export const canWeigh = (name: string) => {
  const field = askField(name);
  return Boolean(field?.filterable) && isRange(field!);
};
/* All that has a name of its own; distances and areas are made as they are asked for. */
export const askable = () => [...fieldsOf('parcel').map(({ name }) => name), ...GATES].filter(canAsk);
export const optionLabel = (name: string) => (name.startsWith(OF_PARK) ? askLabel(name) : say(askField(name)!.label));

/* Corners as the URL holds them: 112.9000,22.3000;… The ring is closed where it is sent. */
export const writeCorners = (corners: [number, number][]) => corners.map(([lon, lat]) => `${lon.toFixed(5)},${lat.toFixed(5)}`).join(';');
export function readCorners(text: string): [number, number][] | null {
  const corners = text.split(';').map((one) => one.split(',').map(Number) as [number, number]);
  return corners.length >= 3 && corners.every((corner) => corner.length === 2 && corner.every(Number.isFinite)) ? corners : null;
}
export const polygonOf = (corners: [number, number][]): Polygon => ({ type: 'Polygon', coordinates: [[...corners, corners[0]!]] });
