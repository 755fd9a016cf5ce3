// city_enterprises.csv: firms that do not exist, of the trades that the city has.
import { dayOf, seenDay, textOf, TODAY, workday } from './days.mjs';
import { companyName, Names, prefixOf } from './names.mjs';
import { addressOf, COUNTIES, PARKS, parkCentre, pointNear, seatOf, townOf, wktPoint } from './places.mjs';
import { logNormal, numbered, sample, shuffled, stream } from './streams.mjs';
import { chainTrades, isChemical, isService, otherTrades, sizeOf } from './trades.mjs';
import { newUscc } from './uscc.mjs';

export const ENTERPRISE_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'precision', 'type', 'uscc', 'former_names', 'parent', 'region', 'parks', 'chains', 'industry',
  'tags', 'headquarters', 'headquarters_zh', 'headquarters_en', 'founded_on', 'capital_fen', 'product_zh', 'product_en',
  'address_zh', 'output_fen', 'tax_fen', 'employees', 'as_of', 'locator', 'geometry',
];

const FEN_WAN = 1000000; // fen in 10,000 CNY
const STREETS = ['工业大道', '兴业路', '创新路', '科园路', '金瓯路', '连海路', '建设路', '环城北路', '胜利南路', '龙湾工业路', '东华一路', '新兴路', '富业路', '明珠大道'];
const CAPITAL_WAN = [200, 300, 500, 500, 800, 1000, 1000, 1500, 2000, 3000, 5000, 8000, 10000, 15000, 20000, 30000, 50000];
const SMALL_CAPITAL_WAN = [10, 30, 50, 50, 100, 100, 100, 100, 158, 200, 200, 300, 500, 500, 600, 1000];

/** Cities whose firms have plants here, as they do in life: the delta's. */
export const ELSEWHERE = {
  深圳: ['Shenzhen', 30, '440300'], 广州: ['Guangzhou', 20, '440100'], 佛山: ['Foshan', 16, '440600'], 中山: ['Zhongshan', 12, '442000'],
  东莞: ['Dongguan', 9, '441900'], 香港: ['Hong Kong', 9, null], 珠海: ['Zhuhai', 4, '440400'],
};
export const elsewhere = (random) =>
  random.weighted(Object.fromEntries(Object.entries(ELSEWHERE).map(([city, [, weight]]) => [city, weight])));

const CHAIN_PARKS = {
  battery: { 440703: ['jm-cluster-pengjiang'], 440704: ['jm-hitech'], 440705: ['jm-fengshanhu', 'jm-fengshanhu', 'jm-xinhui-mfg'] },
  nev: { 440705: ['jm-xinhui-mfg', 'jm-pilot-hitech-sanjiang'] },
  new_it: { 440703: ['jm-cluster-pengjiang'], 440704: ['jm-hitech-ict'], 440784: ['jm-yayao', 'jm-heshan-ic'] },
  silicon_energy: { 440705: ['jm-xinhui-mfg', 'jm-pilot-hitech-sanjiang'] },
  cnc: { 440785: ['jm-dahuai', 'jm-dahuai', 'jm-enping-ip'] },
};
const parksOf = (region) =>
  Object.keys(PARKS).filter((park) => PARKS[park].region === region && park !== 'jm-heshan-glp' && park !== 'jm-newmat');

function parkFor(random, trade, region) {
  if (isChemical(trade) && region === '440705') return 'jm-newmat';
  if (trade.zh === '物流' && region === '440784') return random.chance(50) ? 'jm-heshan-glp' : null;
  if (!random.chance(trade.chain ? 62 : 24)) return null;
  const parks = CHAIN_PARKS[trade.chain]?.[region] ?? parksOf(region);
  return parks.length ? random.of(parks) : null;
}

/** Where it is: a park or a town, a point there; of one in sixty only the county is known. */
export function placeOf(random, region, park) {
  if (!park && random.chance(2)) {
    const known = random.chance(60);
    return { town: null, park, precision: known ? 'county' : '', geometry: known ? wktPoint(seatOf(region)) : '' };
  }
  const town = park ? { name: PARKS[park].town, at: parkCentre(park) } : townOf(random, region);
  return { town: town.name, park, precision: 'approximate', geometry: wktPoint(pointNear(random, region, town.at, park ? 1600 : 2400)) };
}

function foundedDay(random, above) {
  const year = Number(random.weighted(above
    ? { 1993: 2, 1996: 3, 1999: 5, 2001: 6, 2003: 9, 2005: 10, 2007: 10, 2009: 10, 2011: 11, 2013: 11, 2015: 12, 2017: 12, 2019: 9 }
    : { 1998: 3, 2002: 5, 2005: 6, 2008: 8, 2011: 11, 2013: 13, 2015: 16, 2017: 20, 2019: 20, 2021: 17 })) + random.int(0, 1);
  return Math.min(workday(dayOf(`${year}-01-01`) + random.int(4, 355)), TODAY - 40);
}

/** Output, tax, employees and capital hang together: tax is 1.2–4.4 % of output, a head makes 0.4–1.6 m CNY. */
function size(random, trade, above) {
  const outputWan = above
    ? Math.min(950000, Math.max(2000 + random.int(0, 400), logNormal(random, 66 * sizeOf(trade), 120)))
    : Math.min(1960, Math.max(60, logNormal(random, 640, 66)));
  const perHead = isService(trade) ? random.int(40, 90) : trade.chain ? random.int(70, 160) : random.int(45, 110);
  const capitalWan = above
    ? ([...CAPITAL_WAN].reverse().find((wan) => wan * random.int(3, 9) <= outputWan) ?? 200)
    : random.of(SMALL_CAPITAL_WAN);
  return {
    outputWan,
    capitalWan,
    employees: Math.max(3, Math.floor(outputWan / perHead)),
    taxWan: Math.floor((outputWan * random.int(12, 44)) / 1000),
  };
}

/** A little giant is specialised too, and what is specialised is high-tech. */
function tagsOf(random, trade, above, outputWan, foreign) {
  const technical = trade.chain && !isService(trade),
    tags = [];
  const specialised = above && outputWan < 80000 && random.chance(technical ? 24 : 9);
  if (specialised) tags.push('specialised');
  if (specialised && technical && random.chance(26)) tags.push('little_giant');
  if (specialised || random.chance(above ? (technical ? 48 : 22) : technical ? 16 : 4)) tags.push('high_tech');
  if (above) tags.push('above_scale');
  if (foreign) tags.push('foreign_funded');
  return tags;
}

/** One firm's cells. `at`: { region, park, zh, en, brand, founded, above, head } overrides what would be drawn. */
export function firm(context, trade, at) {
  const { random, names, codes } = context;
  const { region } = at, above = at.above ?? random.chance(trade.chain ? 58 : 36);
  const founded = at.founded ?? foundedDay(random, above), year = Number(textOf(founded).slice(0, 4)), young = year > 2021;
  const sizes = size(random, trade, above), brand = at.brand ?? names.brand(trade.zh);
  const prefix = prefixOf(random, region, sizes.outputWan > 40000);
  const form = sizes.outputWan > 15000 && random.chance(30) ? 'shares' : 'limited';
  const name = companyName(prefix, brand, at.word ?? trade, form);
  const head = at.head ?? (random.chance(10) ? elsewhere(random) : null);
  const place = placeOf(random, region, at.park === undefined ? parkFor(random, trade, region) : at.park);
  const seen = Math.min(TODAY, Math.max(seenDay(random), workday(founded + 20)));
  const products = trade.products.length > 1 && random.chance(30) ? trade.products.slice(0, 2) : [random.of(trade.products)];
  return {
    trade, brand, founded, form, prefix, seen, ...sizes, above, park: place.park, region, town: place.town,
    cells: {
      name_zh: name.zh, name_en: name.en, precision: place.precision, type: 'company',
      uscc: random.chance(97) ? newUscc(random, prefix.code, year, codes) : '',
      region, parks: place.park ?? 'n/a', chains: trade.chain ?? 'n/a', industry: random.chance(96) ? trade.industry : '',
      tags: tagsOf(random, trade, above, sizes.outputWan, head === '香港' || random.chance(6)).join(';'),
      headquarters: head ? 'elsewhere' : random.chance(96) ? 'here' : '', headquarters_zh: head ?? 'n/a',
      headquarters_en: head ? ELSEWHERE[head][0] : 'n/a', founded_on: dateKnown(random, founded),
      capital_fen: random.chance(95) ? sizes.capitalWan * FEN_WAN : '', product_zh: products.map((p) => p.zh).join('、'),
      product_en: products.map((p, i) => (i ? lowered(p.en) : p.en)).join(', '),
      address_zh: place.town && random.chance(92) ? addressOf(region, place.town, random.of(STREETS), random.int(1, 168)) : '',
      output_fen: random.chance(above ? 84 : 52) && !young ? sizes.outputWan * FEN_WAN : '',
      tax_fen: random.chance(above ? 78 : 40) && !young ? sizes.taxWan * FEN_WAN : '',
      employees: random.chance(82) ? sizes.employees : '', geometry: place.geometry,
    },
  };
}

/** Within a sentence: Sewers → sewers, but LED stays LED. */
export const lowered = (en) => (/^[A-Z][A-Z]/.test(en) ? en : en[0].toLowerCase() + en.slice(1));

const dateKnown = (random, day) => (random.chance(3) ? '' : random.chance(4) ? textOf(day).slice(0, 7) : textOf(day));

/** An older name: another trade or another prefix, as before a firm moved on. */
function formerName(random, one) {
  const old = random.of(['五金厂', '电子厂', '塑料制品有限公司', '贸易有限公司', '实业有限公司', '机械有限公司']);
  return `${random.chance(50) ? '江门市' : one.prefix.zh}${one.brand.zh}${old}`;
}

/** `count` branches of firms in another county; a branch has no capital of its own. */
function branches(context, firms, count) {
  const { random, codes } = context,
    out = [];
  const parents = shuffled(
    random,
    firms.filter((one) => one.above && one.founded < dayOf('2018-01-01')),
  ).slice(0, count);
  for (const parent of parents) {
    const region = random.of(Object.keys(COUNTIES).filter((key) => key !== parent.region));
    const place = placeOf(random, region, null),
      founded = workday(parent.founded + random.int(400, 1500)),
      county = COUNTIES[region];
    out.push({
      trade: parent.trade,
      brand: parent.brand,
      region,
      park: null,
      branchOf: parent,
      founded,
      seen: Math.min(TODAY, Math.max(seenDay(random), founded + 30)),
      cells: {
        ...parent.cells,
        name_zh: `${parent.cells.name_zh}${county.zh}分公司`,
        name_en: `${parent.cells.name_en}, ${county.en} Branch`,
        type: 'branch',
        uscc: newUscc(random, region, Number(textOf(founded).slice(0, 4)), codes),
        region,
        parks: 'n/a',
        chains: parent.cells.chains,
        tags: '',
        headquarters: 'here',
        headquarters_zh: 'n/a',
        headquarters_en: 'n/a',
        founded_on: textOf(founded),
        capital_fen: 'n/a',
        precision: place.precision,
        geometry: place.geometry,
        address_zh: place.town ? addressOf(region, place.town, random.of(STREETS), random.int(1, 168)) : '',
        output_fen: '',
        tax_fen: '',
        employees: random.chance(60) ? random.int(6, 60) : '',
        former_names: '',
      },
    });
  }
  return out;
}

/** The trades of `count` firms: the chains' as many as they say, the rest by weight. */
function tradesFor(random, count) {
  const list = chainTrades.flatMap((trade) => Array(trade.weight).fill(trade));
  const weights = Object.fromEntries(otherTrades.map((trade) => [trade.id, trade.weight]));
  const byId = new Map(otherTrades.map((trade) => [trade.id, trade]));
  while (list.length < count) list.push(byId.get(random.weighted(weights)));
  return shuffled(random, list);
}

const LISTED = 7, BRANCHES = 26, SAME_NAME = 8;

/** `total` firms: ordinary ones, some with a namesake in another county, and branches. */
export function makeFirms(total) {
  const random = stream(1),
    context = { random, names: new Names(random), codes: new Set() },
    firms = [];
  for (const trade of tradesFor(random, total - BRANCHES - SAME_NAME)) {
    const one = firm(context, trade, { region: random.weighted(trade.regions) });
    if (one.founded < dayOf('2019-01-01') && random.chance(5)) one.cells.former_names = formerName(random, one);
    firms.push(one);
  }
  for (const one of shuffled(
    random,
    firms.filter((f) => !f.trade.chain && f.brand.zh.length === 2),
  ).slice(0, SAME_NAME)) {
    const trade = random.of(otherTrades.filter((t) => t.id !== one.trade.id));
    const region = random.weighted(
      Object.fromEntries(
        Object.entries(trade.regions)
          .filter(([key]) => key !== one.region)
          .concat([['440785', 1]]),
      ),
    );
    if (region !== one.region) firms.push(firm(context, trade, { region, brand: one.brand, head: null }));
  }
  const large = [...firms]
    .filter((f) => f.form === 'shares' && f.founded < dayOf('2016-01-01'))
    .sort((a, b) => b.outputWan - a.outputWan);
  for (const one of large.slice(0, LISTED)) one.cells.tags = ['listed', ...one.cells.tags.split(';').filter(Boolean)].join(';');
  return { context, firms: [...firms, ...branches(context, firms, total - firms.length)] };
}

/** The rows, numbered in their order; each firm keeps its key as `id`. */
export function enterpriseRows(firms) {
  firms.forEach((one, i) => { one.id = `s-ent-${numbered(i + 1, 4)}`; });
  return firms.map((one, i) => ({
    id: one.id, ...one.cells, parent: one.branchOf ? one.branchOf.id : one.parentFirm ? one.parentFirm.id : '',
    ...sample('enterprise', i + 1, textOf(Math.min(one.seen, TODAY))),
  }));
}
