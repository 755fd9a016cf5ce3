/* api.ts: what the server answers, and the few calls that the pages make. Numbers are in the field's own unit. */
import { lang } from './state';
import { busy } from './busy';

export type Kind =
  | 'source' | 'region' | 'park' | 'facility' | 'parcel' | 'building' | 'unit' | 'enterprise' | 'cluster' | 'chain' | 'segment' | 'flow' | 'role'
  | 'supply' | 'project' | 'milestone' | 'amount' | 'indicator' | 'observation' | 'plan' | 'infra_work' | 'policy' | 'cost' | 'event' | 'train_service';
export type Box = [west: number, south: number, east: number, north: number];
export type Point = [lon: number, lat: number];
export type Value = number | string | boolean | string[];
export interface Bilingual { zh: string; en: string }

export interface Meta {
  name: Bilingual;
  map_approval: string | null;
  today: string;
  as_of: string;
  illustrative: boolean;
  version: string;
  box: Box;
  basemap: Basemap;
  kinds: Record<Kind, { count: number; illustrative: number }>;
}

/* What the map stands on; `under` is the deployment's own, in place of most of it. */
export interface Basemap {
  layers: { name: string; url: string; bytes: number; source: string; licence: string }[];
  credit: string;
  datum: string;
  under: null | (UnderService | UnderFile);
}
interface UnderCommon { datum: string; credit: string }
export interface UnderService extends UnderCommon { type: 'raster'; tiles: string[] }
export interface UnderFile extends UnderCommon { type: 'pmtiles_vector' | 'pmtiles_raster'; url: string; min_zoom: number; max_zoom: number; box: Box }

export type FieldType = 'num' | 'text' | 'bool' | 'date' | 'code' | 'codes' | 'ref' | 'refs';
export interface FieldInfo {
  name: string;
  type: FieldType;
  label: Bilingual;
  unit?: string;
  decimals?: number;
  codes?: string;
  ref?: Kind;
  filterable?: boolean;
  near?: string;
  part?: string;
  attr?: 'state' | 'in_service' | 'capacity' | 'left';
  example?: string;
}
export interface Code { code: string; label: Bilingual; offer?: 'open' | 'promised' | 'closed' }
export interface Model {
  kinds: Record<Kind, { label: Bilingual; plural: Bilingual; page: string; geometry: 'polygon' | 'point' | null; cells_below_zoom?: number; fields: FieldInfo[] }>;
  lists: Record<string, { label: Bilingual; codes: Code[] }>;
}

export interface Entity {
  id: string;
  kind: Kind;
  fields: Record<string, Value>;
  states?: Record<string, 'not_applicable' | 'withheld'>;
  /* Fields whose value is sample data, in a row that is not as a whole; may name "geometry". */
  sample?: string[];
  anchor: Point | null;
  box: Box | null;
  as_of: string;
  refs?: Record<string, { name_zh?: string; name_en?: string; kind: Kind }>;
  maybe?: boolean;
  geometry?: GeoJSON.Geometry | null;
}
/* Null where no number is known. */
export type Range = { least: number; most: number } | null;
export interface FacetValue { value: string; count: number; maybe: number; sums?: Record<string, number>; ranges?: Record<string, Range> }
export interface Total { sum: number; known: number; unknown: number }
export interface List {
  kind: Kind;
  total: number;
  yes: number;
  maybe: number;
  items: Entity[];
  facets?: Record<string, FacetValue[]>;
  /* Rows that do not say, by facet. */
  unknown?: Record<string, number>;
  sums?: Record<string, Total>;
  ranges?: Record<string, Range>;
}
/* The rows of other kinds that refer to one. */
export interface Link { kind: Kind; field: string; total: number; items: Entity[] }

export interface Found {
  id: string;
  kind: Kind;
  name_zh?: string;
  name_en?: string;
  how?: string;
  region?: string;
  anchor?: Point | null;
  pinyin?: string;
  matched: { by: 'name' | 'pinyin' | 'initials' | 'alias' | 'former' | 'code'; text: string; from: number; to: number };
}
export interface SearchAnswer { q: string; tried: string[]; groups: { kind: Kind; total: number; /* There are more; not all were counted. */ total_is_least?: boolean; items: Found[] }[] }

export interface SourceInfo { id: string; name_zh?: string; name_en?: string; type?: string; licence?: string; url?: string }
export type Rule = 'only' | 'authority' | 'as_of' | 'order';
export interface Why {
  value?: Value;
  state?: string;
  source?: SourceInfo;
  as_of?: string;
  locator?: string;
  how?: string;
  why?: Rule;
  others?: { value?: Value; state?: string; source: SourceInfo; as_of?: string; locator?: string; lost: Rule }[];
  derived?: 'distance';
  to?: { id: string; name_zh?: string; name_en?: string };
}

export interface Near { kind?: string; type?: string; segment?: string; enterprise?: string }
export interface Polygon { type: 'Polygon'; coordinates: [number, number][][] }
/* On a field, on a distance, or on a drawn area. */
export interface BriefCondition { field?: string; near?: Near; inside?: Polygon; outside?: Polygon; min?: number | string; max?: number | string; in?: (string | boolean)[] }
export interface BriefTerm { field?: string; near?: Near; weight: number; better: 'less' | 'more' }
export interface BriefBody { where: BriefCondition[]; weigh: BriefTerm[]; top: number; assemble?: { gap_m: number; max_plots: number } }
/* `near` here counts the near misses: no to it, yes to all others. */
export interface RankedCondition extends Omit<BriefCondition, 'near'> { distance_to?: Near; n: number; offer?: boolean; filter?: string; excludes: number; unknown: number; only: number; near: number }
export interface Warning { code: string; field?: string; value?: string; as_of?: string; refresh_d?: number; until?: string | null }
/* What a start waits for: land, services, handover; `field` is whose value tells it, `office` owes what is not done. */
export interface StartStep { what: string; field: string; state?: string; done: boolean | null; due?: string; office?: Bilingual | null }
export interface Start { steps: StartStep[]; earliest: string | null; /* False: some step is neither done nor dated. */ whole: boolean }
export interface Site { rank: number; entity: Entity; score: number; parts: (number | null)[]; warnings: Warning[]; start?: Start; distances?: Distance[] }
/* Metres to what a condition, or a term, asks the distance to. */
export interface Distance { n?: number; term?: number; m: number }
/* One condition short, by `by` in the field's unit (dates: days); left out where there is no measure. */
export interface NearMiss { entity: Entity; n: number; end?: 'min' | 'max'; by?: number; distances?: Distance[] }
/* One condition changed alone: an end moved, or a code added. */
export interface Relaxation {
  n: number;
  field?: string;
  distance_to?: Near;
  end?: 'min' | 'max';
  from?: number | string;
  least?: { to: number | string; gains: number };
  step?: { to: number | string; gains: number };
  add?: string;
  gains?: number;
}
/* Adjoining plots put together; `exact`: no other set of as few as six plots round this one is tighter. */
export interface PlotSet {
  rank: number;
  plots: Entity[];
  area_m2: number;
  compactness: number;
  exact: boolean;
  score?: number;
  parts?: (number | null)[];
  owners: { office: Bilingual | null; plots: number }[];
  /* Metres: the widest that must be crossed. */
  gap: number;
  states: { state: string | null; plots: number }[];
  start?: { steps: (StartStep & { plot: number })[]; earliest: string | null; whole: boolean };
}
export interface Robust { trials: number; holds: number; each: { term: number; weight: number; first: string; rank: number; lead: number | null }[] }
export interface UnknownSite {
  entity: Entity;
  score: number;
  /* Left out when it is the score. */
  score_high?: number;
  parts: (number | null)[];
  asks: number[];
  office: Bilingual | null;
  warnings: Warning[];
}
export interface Ranking {
  kind: Kind;
  candidates: number;
  fit: number;
  unknown: number;
  near: number;
  excluded: number;
  as_of: string;
  conditions: RankedCondition[];
  terms: { field?: string; distance_to?: Near; weight: number; better: 'less' | 'more'; share: number; worst: number | string | null; best: number | string | null }[];
  sites: Site[];
  unknowns: UnknownSite[];
  near_misses: NearMiss[];
  relaxations: Relaxation[];
  /* Nothing fits, and nothing is one condition short. */
  none?: { most: number; nearest: number[]; site?: string };
  ask: { office: Bilingual | null; sites: number; gains: number; asks: number[] }[];
  robust?: Robust;
  /* Only where the brief asks for plots to be put together. */
  sets?: PlotSet[];
  sets_count?: number;
  sets_bounded?: boolean;
}

/* What went wrong, in the server's own sentence; `sentence` is empty when the server was not reached. */
export class ApiError extends Error {
  constructor(readonly code: string, readonly sentence: string, readonly status: number) {
    super(code);
  }
}

export async function call<T>(url: string, init: RequestInit): Promise<T> {
  const done = busy();
  try {
    const reply = await fetch(url, { ...init, headers: { ...init.headers, 'Accept-Language': lang.peek() } });
    if (reply.ok) return (await reply.json()) as T;
    const body = await reply.json().catch(() => null);
    throw new ApiError(body?.error?.code ?? 'ERR_HTTP', body?.error?.sentence ?? '', reply.status);
  } catch (error) {
    if (error instanceof ApiError || (error as Error).name === 'AbortError') throw error;
    throw new ApiError('ERR_OFFLINE', '', 0);
  } finally {
    done();
  }
}

export type Query = Record<string, string | number | undefined>;
function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export const getMeta = () => call<Meta>('/api/meta', {});
export const getModel = () => call<Model>('/api/model', {});
export const getList = (kind: Kind, query: Query, signal?: AbortSignal) => call<List>(withQuery(`/api/${kind}`, query), { signal });
export const getEntity = (kind: Kind, id: string, signal?: AbortSignal) => call<Entity>(`/api/${kind}/${encodeURIComponent(id)}`, { signal });
export const getWhy = (kind: Kind, id: string, field: string, signal?: AbortSignal) =>
  call<{ fields: Record<string, Why> }>(withQuery(`/api/${kind}/${encodeURIComponent(id)}/why`, { field }), { signal });
export const getLinks = (kind: Kind, id: string, limit: number, signal?: AbortSignal) => call<{ links: Link[] }>(withQuery(`/api/${kind}/${encodeURIComponent(id)}/links`, { limit }), { signal });
export const getSearch = (q: string, limit: number, signal?: AbortSignal) => call<SearchAnswer>(withQuery('/api/search', { q, limit }), { signal });
/* Where the rows that a list shows can be had as a file. */
export const exportUrl = (kind: Kind, ending: 'csv' | 'geojson', query: Query) => withQuery(`/export/${kind}.${ending}`, query);
export const postMatch = (brief: BriefBody, signal?: AbortSignal) =>
  call<Ranking>('/api/match', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(brief), signal });

/* A text as a CQL2 literal. */
export const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
