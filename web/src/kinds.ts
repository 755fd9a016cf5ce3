/* kinds.ts: how each kind is shown: what narrows its list, what its table's columns are, what it is called when it has
 * no name. Fields themselves are the server's model. A kind without a line here is shown by its fields as they come. */
import type { Entity, Kind } from './api';
import { fieldFor, model, nameOf, refName } from './model';
import { shown } from './units';

export interface KindView {
  /* Fields whose values narrow the list, as chips. */
  facets: string[];
  /* Of the table, after the name. */
  columns: string[];
  /* The list's order at first. */
  sort?: string;
  /* Numbers that are worth adding up over a list. */
  sums?: string[];
  /* Fields that name it when it has no name. */
  title?: string[];
}

const VIEWS: Partial<Record<Kind, KindView>> = {
  region: { facets: ['level'], columns: ['level', 'parent'] },
  source: { facets: ['type'], columns: ['type', 'published', 'licence'] },
  park: { facets: ['tiers', 'regions', 'partners'], columns: ['tiers', 'regions', 'focus_zh', 'focus_en'], sort: 'name_zh' },
  parcel: { facets: ['land_use', 'land_state', 'region', 'park'], columns: ['region', 'park', 'land_use', 'land_state', 'area_m2', 'price_fen_m2', 'power_left_kva', 'available_from'], sort: '-area_m2', sums: ['area_m2'] },
  facility: { facets: ['type', 'region'], columns: ['type', 'region', 'un_locode'], sort: 'name_zh' },
  building: { facets: ['type', 'state', 'fire_hazard', 'region', 'park'], columns: ['park', 'type', 'state', 'storeys', 'floor_area_m2', 'fire_hazard', 'built_on'], sort: '-floor_area_m2', sums: ['floor_area_m2'] },
  unit: { facets: ['state', 'region', 'park'], columns: ['building', 'storey', 'state', 'area_m2', 'clear_height_m', 'load_kg_m2', 'crane_t', 'rent_fen_m2_month', 'available_from', 'confirmed_on'], sort: 'storey', sums: ['area_m2'], title: ['building', 'storey'] },
  enterprise: { facets: ['tags', 'region', 'chains', 'type', 'headquarters'], columns: ['region', 'parks', 'product_zh', 'product_en', 'tags', 'founded_on'], sort: 'name_zh' },
  cluster: { facets: ['level'], columns: ['level', 'number', 'rolls_into'], sort: 'number' },
  chain: { facets: ['regions', 'clusters'], columns: ['number', 'regions', 'parks'], sort: 'number' },
  segment: { facets: ['chain', 'stage', 'type', 'strength'], columns: ['chain', 'stage', 'type', 'strength'] },
  flow: { facets: ['chain', 'mode', 'recycling'], columns: ['from_segment', 'to_segment', 'weight', 'mode', 'recycling'], title: ['from_segment', 'to_segment'] },
  role: { facets: ['chain', 'type'], columns: ['enterprise', 'type', 'segment', 'chain', 'park'], title: ['enterprise', 'type'] },
  supply: { facets: [], columns: ['supplier', 'customer', 'segment', 'goods_zh', 'goods_en'], title: ['supplier', 'customer'] },
  project: { facets: ['stage', 'type', 'field', 'region', 'chains'], columns: ['stage', 'type', 'region', 'parks', 'invest_fen', 'signed_on', 'started_on'], sort: '-invest_fen', sums: ['invest_fen'] },
  milestone: { facets: ['stage'], columns: ['stage', 'building_zh', 'building_en', 'planned_on', 'actual_on', 'confirmed_on', 'took_d'], title: ['project', 'stage'] },
  amount: { facets: ['ledger'], columns: ['ledger', 'amount_fen', 'currency', 'in_totals', 'stated_on'], title: ['project', 'ledger'] },
  indicator: { facets: ['value_unit', 'headline'], columns: ['value_unit', 'better', 'definition_zh', 'definition_en'], sort: 'order' },
  observation: { facets: ['indicator', 'region', 'reading'], columns: ['indicator', 'period', 'reading', 'value', 'target', 'target_share_pct', 'rank'], sort: '-period', title: ['indicator', 'period'] },
  plan: { facets: ['type', 'state', 'region', 'park'], columns: ['type', 'state', 'park', 'makers', 'begun_on', 'done_on'], sort: 'name_zh' },
  infra_work: { facets: ['service', 'state', 'region', 'park'], columns: ['service', 'state', 'park', 'planned_fen', 'spent_fen', 'due_on', 'done_on'], sort: '-planned_fen', sums: ['planned_fen', 'spent_fen'] },
  policy: { facets: ['type', 'fair_review', 'regions', 'chains'], columns: ['type', 'issued_on', 'valid_to', 'fair_review', 'regions', 'number_zh'], sort: '-issued_on' },
  cost: { facets: ['type', 'region'], columns: ['type', 'region', 'park', 'price_fen', 'price_to_fen', 'valid_from'], sort: 'type', title: ['type', 'region', 'park'] },
  event: { facets: ['type', 'region'], columns: ['type', 'held_on', 'region', 'signed', 'fields'], sort: '-held_on' },
  train_service: { facets: ['type'], columns: ['facility', 'type', 'to_zh', 'to_en', 'since'] },
};

const PLAIN: KindView = { facets: [], columns: [] };
export const viewOf = (kind: Kind): KindView => VIEWS[kind] ?? PLAIN;

/* Of a pair like focus_zh and focus_en the one of this language, if both are named. */
export function inThisLanguage(names: string[], language: 'zh' | 'en') {
  const other = language === 'en' ? 'zh' : 'en';
  return names.filter((name) => !(name.endsWith(`_${other}`) && names.includes(name.replace(/_(zh|en)$/, `_${language}`))));
}

/* What it is called: its name, else what its kind says names it. */
export function titleOf(entity: Entity): string {
  if (entity.fields['name_zh'] !== undefined || entity.fields['name_en'] !== undefined) return nameOf(entity);
  const parts = (viewOf(entity.kind).title ?? []).flatMap((name) => {
    const value = entity.fields[name];
    const field = fieldFor(entity, name);
    if (value === undefined || !field) return [];
    return [field.ref ? refName(entity, String(value)) : Object.values(shown(field, value)).filter(Boolean).join(' ')];
  });
  return parts.length ? parts.join(' · ') : entity.id;
}

/* Pages of kinds, by their name in the URL. */
export const kindOfPage = (page: string): Kind | undefined =>
  (Object.keys(model.value?.kinds ?? {}) as Kind[]).find((kind) => model.value!.kinds[kind].page === page);
export const pathOf = (kind: Kind, id?: string) => `/${model.value!.kinds[kind].page}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
