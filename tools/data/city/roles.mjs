// city_roles.csv, city_supplies.csv, city_segments.csv: who makes what on the five chains, who supplies whom, and how strong
// each segment is here by that.
import { textOf } from './days.mjs';
import { PARKS } from './places.mjs';
import { readChains, segmentsOf } from './segments.mjs';
import { numbered, sample, shuffled, stream } from './streams.mjs';

export const ROLE_COLUMNS = ['id', 'name_zh', 'name_en', 'how', 'enterprise', 'segment', 'chain', 'type', 'park', 'as_of', 'locator'];
export const SUPPLY_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'supplier', 'customer', 'segment', 'goods_zh', 'goods_en', 'as_of', 'locator',
];
export const SEGMENT_COLUMNS = ['id', 'how', 'chain', 'stage', 'strength', 'basis_zh', 'basis_en', 'as_of', 'locator'];

const LEADERS = 2; // of each chain, by output, among those whose product draws the others
const LEADING = {
  battery: ['cell', 'cathode', 'module_pack'],
  cnc: ['machining_centre', 'lathe', 'forming'],
  nev: ['motor', 'chassis', 'casting', 'harness'],
  new_it: ['pcb', 'display', 'terminal', 'telecom'],
  silicon_energy: ['module', 'glass', 'inverter'],
};

/** What a firm makes, as products of its trade: from its own row. */
const productsOf = (one) => one.trade.products.filter((p) => one.cells.product_zh.split('、').includes(p.zh));

const shortName = (one) => ({ zh: one.brand.zh, en: one.brand.en });

function makers(firms) {
  const roles = [];
  for (const one of firms) {
    if (!one.trade.chain || one.branchOf || one.outside) continue;
    const at = new Map();
    for (const product of productsOf(one))
      for (const segment of segmentsOf(one.trade, product)) if (!at.has(segment)) at.set(segment, product);
    const second = [...at.keys()].filter((s) => !s.startsWith(`${one.trade.chain}.`));
    for (const segment of second) if (!one.above) at.delete(segment); // a small firm serves one chain
    for (const segment of at.keys()) roles.push({ one, segment, type: one.parentFirm && one.outputWan === 0 ? 'planned' : 'maker' });
  }
  return roles;
}

function leaders(roles) {
  const out = [];
  for (const [chain, leading] of Object.entries(LEADING)) {
    const of = roles.filter(
      (r) => r.type === 'maker' && r.one.trade.chain === chain && leading.some((name) => r.segment === `${chain}.${name}`),
    );
    const firms = [...new Set(of.map((r) => r.one))].sort((a, b) => b.outputWan - a.outputWan).slice(0, LEADERS);
    for (const one of firms) out.push({ one, segment: of.find((r) => r.one === one).segment, type: 'leader' });
  }
  return out;
}

const TYPE_NAME = { maker: ['生产', 'maker'], leader: ['链主', 'chain leader'], planned: ['拟建', 'planned'] };

export function makeRoles(firms) {
  const made = makers(firms);
  return [...leaders(made), ...made];
}

export function roleRows(roles) {
  const { segments } = readChains(),
    names = new Map(segments.map((s) => [s.id, s]));
  return roles.map(({ one, segment, type }, i) => {
    const known = names.get(segment),
      [zh, en] = TYPE_NAME[type],
      who = shortName(one);
    if (!known) throw new Error(`no such segment: ${segment}`);
    return {
      id: `s-role-${numbered(i + 1, 4)}`,
      name_zh: `${who.zh}：${known.name_zh}（${zh}）`,
      name_en: `${who.en}: ${known.name_en} (${en})`,
      enterprise: one.id,
      segment,
      chain: known.chain,
      type,
      park: one.park && PARKS[one.park] ? one.park : 'n/a',
      ...sample('role', i + 1, textOf(one.seen)),
    };
  });
}

/** Along each flow some customers name one or two suppliers here: nearer ones and larger ones first drawn. */
export function supplyRows(roles) {
  const random = stream(6),
    { flows } = readChains(),
    rows = [],
    pairs = new Set(),
    made = roles.filter((r) => r.type === 'maker');
  const bySegment = new Map();
  for (const role of made) bySegment.set(role.segment, [...(bySegment.get(role.segment) ?? []), role.one]);
  for (const flow of flows) {
    const suppliers = bySegment.get(flow.from) ?? [],
      customers = bySegment.get(flow.to) ?? [];
    for (const customer of customers) {
      if (!random.chance(customer.above ? 46 : 20)) continue;
      const near = suppliers.filter((s) => s !== customer && s.region === customer.region),
        pool = near.length && random.chance(60) ? near : suppliers.filter((s) => s !== customer);
      for (const supplier of shuffled(random, pool).slice(0, random.chance(26) ? 2 : 1)) {
        const pair = `${supplier.id} ${customer.id} ${flow.from}`;
        if (pairs.has(pair)) continue;
        pairs.add(pair);
        const goods = productsOf(supplier).find((p) => segmentsOf(supplier.trade, p).includes(flow.from)),
          a = shortName(supplier),
          b = shortName(customer);
        rows.push({
          id: `s-sup-${numbered(rows.length + 1, 4)}`,
          name_zh: `${a.zh} → ${b.zh}：${goods.zh}`,
          name_en: `${a.en} → ${b.en}: ${goods.en}`,
          supplier: supplier.id,
          customer: customer.id,
          segment: flow.from,
          goods_zh: goods.zh,
          goods_en: goods.en,
          ...sample('supply', rows.length + 1, textOf(Math.max(supplier.seen, customer.seen))),
        });
      }
    }
  }
  return rows;
}

/** What nobody here makes is a gap only if a plant for it could be sought: not ores bought from elsewhere, services or end uses. */
const GAP_TYPES = new Set(['material', 'part', 'equipment']), GAP_PRODUCTS = new Set(['nev.passenger', 'silicon_energy.solar_devices']);
const isJudged = (segment, roles) =>
  roles.some((r) => r.segment === segment.id && r.type === 'maker') || GAP_TYPES.has(segment.type) || GAP_PRODUCTS.has(segment.id);

/** By the sample's makers: none is a gap, one or two weak unless they are large; many, or much output, strong. */
export function segmentRows(roles) {
  const { segments } = readChains();
  const judged = segments.filter((s) => isJudged(s, roles));
  return judged.map((segment, i) => {
    const here = roles.filter((r) => r.segment === segment.id && r.type === 'maker'),
      output = here.reduce((sum, r) => sum + r.one.outputWan, 0);
    const strength = !here.length
      ? 'gap'
      : here.length > 6 && output > 60000
        ? 'strong'
        : here.length > 2 || output > 60000
          ? 'growing'
          : 'weak';
    return {
      id: segment.id,
      chain: segment.chain,
      stage: segment.stage,
      strength,
      basis_zh: `示例企业 ${here.length} 家`,
      basis_en: here.length === 1 ? '1 sample firm' : `${here.length || 'No'} sample firms`,
      ...sample('segment', i + 1, '2022-11-30'),
    };
  });
}
