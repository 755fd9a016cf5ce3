// city_projects.csv, city_milestones.csv, city_amounts.csv: investments from the first lead to full capacity, as a county
// keeps them: late, unproven, stopped, with another amount in every ledger.
import { dayOf, seenDay, textOf, TODAY, workday } from './days.mjs';
import { ELSEWHERE, elsewhere, firm, lowered } from './enterprises.mjs';
import { Land, muOf } from './land.mjs';
import { COUNTIES, PARKS, parkCentre, pointNear, seatOf, townOf, wktPoint } from './places.mjs';
import { actualDays, EVENT_DAYS, milestonesOf, STAGE_NAME } from './stages.mjs';
import { logNormal, numbered, sample, shuffled, stream } from './streams.mjs';
import { chainTrades, isChemical, isService, otherTrades } from './trades.mjs';
import { segmentsOf } from './segments.mjs';

export const PROJECT_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'visibility', 'precision', 'type', 'field', 'stage', 'stage_confirmed', 'phase', 'investor', 'company', 'region',
  'parks', 'parcels', 'chains', 'segments', 'event', 'invest_fen', 'land_m2', 'signed_on', 'started_on', 'production_on', 'counted_on', 'carrier', 'tenants',
  'tenants_target', 'tenants_by', 'code_name', 'blocked_zh', 'office_zh', 'office_en', 'about_zh', 'about_en', 'as_of', 'locator', 'geometry',
];
export const MILESTONE_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'visibility', 'project', 'stage', 'planned_on', 'actual_on', 'confirmed_on', 'took_d', 'since', 'evidence', 'as_of', 'locator',
];
export const AMOUNT_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'visibility', 'project', 'ledger', 'amount_fen', 'currency', 'amount_original', 'in_totals', 'stated_on', 'as_of', 'locator',
];

const FEN_WAN = 1000000, NONE = 'n/a';

/** [stage, what it stopped as, form, type, how many]: form is how it comes to a site; type as in the list of types. */
const SLOTS = [
  ['lead', '', 'land', 'new', 3], ['lead', '', 'leased', 'new', 1], ['negotiating', '', 'land', 'new', 5], ['negotiating', '', 'expansion', 'expansion', 1],
  ['negotiating', '', 'fund', 'new', 1], ['appraised', '', 'land', 'new', 2], ['appraised', '', 'leased', 'new', 1], ['approved', '', 'land', 'new', 3],
  ['signed', '', 'land', 'new', 5], ['signed', '', 'leased', 'new', 2], ['signed', '', 'upgrade', 'upgrade', 1], ['signed', '', 'fund', 'new', 1],
  ['registered', '', 'land', 'new', 3], ['registered', '', 'leased', 'new', 2], ['registered', '', 'fund', 'new', 1], ['filed', '', 'land', 'new', 2],
  ['filed', '', 'expansion', 'expansion', 1], ['filed', '', 'upgrade', 'upgrade', 2], ['advertised', '', 'land', 'new', 2], ['advertised', '', 'expansion', 'expansion', 1],
  ['land_won', '', 'land', 'new', 3], ['land_won', '', 'expansion', 'expansion', 1], ['handed_over', '', 'land', 'new', 2], ['planning_permit', '', 'land', 'new', 1],
  ['planning_permit', '', 'expansion', 'expansion', 1], ['building_permit', '', 'land', 'new', 2], ['building_permit', '', 'expansion', 'expansion', 1],
  ['started', '', 'land', 'new', 5], ['started', '', 'expansion', 'expansion', 3], ['started', '', 'upgrade', 'upgrade', 2], ['topped_out', '', 'land', 'new', 3],
  ['topped_out', '', 'expansion', 'expansion', 1], ['completed', '', 'land', 'new', 1], ['completed', '', 'expansion', 'expansion', 1],
  ['in_production', '', 'land', 'new', 2], ['in_production', '', 'leased', 'new', 2], ['in_production', '', 'upgrade', 'upgrade', 2],
  ['full_capacity', '', 'land', 'new', 1], ['full_capacity', '', 'expansion', 'expansion', 1], ['signed', 'stalled', 'land', 'new', 1],
  ['land_won', 'stalled', 'land', 'new', 1], ['started', 'stalled', 'land', 'new', 1], ['signed', 'ended', 'leased', 'new', 1], ['registered', 'ended', 'land', 'new', 1],
];

const LAND_STATES = {
  approved: ['promised'], signed: ['promised'], registered: ['promised'], filed: ['promised'], advertised: ['advertised'], land_won: ['supplied'],
  handed_over: ['supplied'], planning_permit: ['supplied', 'approved_unbuilt'], building_permit: ['approved_unbuilt', 'supplied'], started: ['building'],
  topped_out: ['building'], completed: ['built'], in_production: ['built'], full_capacity: ['built'],
};
const EARLY = new Set(['lead', 'negotiating', 'appraised', 'approved']);
const CODE_WORDS = ['青屿', '北辰', '远帆', '海棠', '砺石', '银杉', '翠羽', '朝霞', '飞鹭', '春溪', '秋原', '白塔', '玄武岩', '向日葵', '银河湾', '红树林', '蓝鲸', '白鹤', '石榴'];

const BLOCKED = {
  stalled: ['企业融资未到位，动工推迟', '林地调整未批，场地不能平整', '10 千伏线路未迁改，企业要求延期'], ended: ['企业调整投资布局，终止协议', '逾期未缴保证金，协议解除'],
  early: ['用地规模未谈定', '扶持条款待研究', '等待投资方复函', '能耗指标待核'], fund: ['合伙协议未签'], upgrade: ['设备交期延后', '环评补充材料中'],
  leased: ['装修方案未定', '厂房消防改造未验收'], land: ['供电外线未完工', '环评补充材料中', '用地指标未落实', '设计方案修改', '高压线迁改中'],
};

/** What needs much land; all else is content with 120 mu. */
const LARGE = new Set([
  'cell', 'cathode', 'anode', 'precursor', 'copper_foil', 'pack', 'storage', 'recycling', 'pv_module', 'pv_glass', 'pv_frame', 'wheel', 'casting', 'stamping', 'pcb', 'terminal', 'machine', 'special',
  'casting_iron', '物流', '纸业', '家具', '电器',
]);
const LARGE_M2 = 80000;

/** Abroad: names that mean nothing in their languages. */
const ABROAD = [
  { zh: '瓦尔腾罗德精密（德国）有限公司', en: 'Waltenrode Präzision GmbH', city: ['德国', 'Germany'], brand: { zh: '瓦尔腾罗德', en: 'Waltenrode' } },
  { zh: '萨韦拉尼机械（意大利）有限公司', en: 'Savellani Macchine S.r.l.', city: ['意大利', 'Italy'], brand: { zh: '萨韦拉尼', en: 'Savellani' } },
  { zh: '诺达维克系统（瑞典）公司', en: 'Nordavik Systems AB', city: ['瑞典', 'Sweden'], brand: { zh: '诺达维克', en: 'Nordavik' } },
  { zh: '勃兰卡电子（新加坡）有限公司', en: 'Bolanka Electronics Pte. Ltd.', city: ['新加坡', 'Singapore'], brand: { zh: '勃兰卡', en: 'Bolanka' } },
];

/** Who invests from elsewhere. The local ledger has the parent's name and city, but not its code. Of a project under a code name
 * it has not even that: such a parent is never written. */
function parentFirm(context, trade, abroad) {
  const { random, names } = context, foreign = abroad && ABROAD[context.abroad++];
  const brand = foreign ? foreign.brand : names.brand(trade.zh), city = foreign ? foreign.city : null, at = elsewhere(random);
  const [cityEn] = ELSEWHERE[at], shares = random.chance(40);
  const name = foreign || (at === '香港' ? { zh: `${brand.zh}（香港）有限公司`, en: `${brand.en} (Hong Kong) Limited` }
    : { zh: `${at}市${brand.zh}${trade.zh}${shares ? '股份' : ''}有限公司`, en: `${cityEn} ${brand.en} ${trade.en} Co., Ltd.` });
  const product = random.of(trade.products);
  return {
    trade, brand, region: null, park: null, founded: 0, outputWan: 0, above: false, outside: true, place: city ? city[0] : at, seen: seenDay(random), foreign: Boolean(foreign),
    cells: {
      name_zh: name.zh, name_en: name.en, precision: '', type: foreign ? 'foreign' : 'company', uscc: foreign || at === '香港' ? NONE : '', region: NONE, parks: NONE,
      chains: trade.chain ?? NONE, industry: random.chance(70) ? trade.industry : '', tags: !foreign && shares && random.chance(12) ? 'listed' : '', headquarters: 'elsewhere',
      headquarters_zh: city ? city[0] : at, headquarters_en: city ? city[1] : cityEn, founded_on: '', capital_fen: '', product_zh: product.zh, product_en: product.en,
      address_zh: '', output_fen: '', tax_fen: '', employees: '', geometry: '',
    },
  };
}

const PARK_CHAINS = {
  'jm-fengshanhu': { battery: 1 }, 'jm-xinhui-mfg': { battery: 3, silicon_energy: 4, nev: 3 }, 'jm-newmat': { battery: 1 }, 'jm-pilot-hitech-sanjiang': { silicon_energy: 1, nev: 1 },
  'jm-cluster-pengjiang': { new_it: 6, nev: 2, battery: 1 }, 'jm-hitech-ict': { new_it: 1 }, 'jm-hitech': { new_it: 2, battery: 1 }, 'jm-heshan-ic': { nev: 3, silicon_energy: 5, new_it: 1, other: 3 },
  'jm-yayao': { new_it: 3, other: 1 }, 'jm-dahuai': { cnc: 1 }, 'jm-enping-ip': { new_it: 1, cnc: 1 }, 'jm-dahuai-ext': { cnc: 1 }, 'jm-heshan-glp': { other: 1 },
};

const chainsAt = (park) => PARK_CHAINS[park] ?? { nev: 2, other: 3 };
const isLarge = (trade) => LARGE.has(trade.id) || LARGE.has(trade.zh);

/** What is made there: of the park's chains, or what the county is known for; on much land only what needs it. */
function tradeFor(random, { region, park, lot }) {
  if (park === 'jm-heshan-glp') return otherTrades.find((t) => t.zh === '物流');
  const chain = random.weighted(chainsAt(park)), of = chain === 'other' ? otherTrades : chainTrades.filter((t) => t.chain === chain);
  const fits = of.filter((t) => t.regions[region] && !isService(t) && isChemical(t) === (park === 'jm-newmat'));
  const large = lot && lot.areaM2 > LARGE_M2 ? fits.filter(isLarge) : [], list = large.length ? large : fits.length ? fits : of.filter((t) => !isService(t));
  return list[Number(random.weighted(Object.fromEntries(list.map((t, i) => [i, Math.min(t.weight, 4)]))))];
}

const LEASED_PARKS = ['jm-cluster-pengjiang', 'jm-hitech-ict', 'jm-hitech', 'jm-heshan-ic', 'jm-yayao', 'jm-dahuai', 'jm-enping-ip', 'jm-xinhui-mfg'];

/** Where: a lot of land, the grounds of a firm that is here, or a park's buildings. */
function siteOf(context, slot) {
  const { random, land } = context;
  const wanted = slot.stopped === 'ended' ? null : slot.stopped === 'stalled' && slot.stage === 'started' ? ['building', 'approved_unbuilt'] : LAND_STATES[slot.stage];
  if (slot.form === 'land' || slot.form === 'expansion') {
    const lot = wanted ? land.take(random, wanted, (l) => l.areaM2 > 15000 && l.park !== 'jm-heshan-glp' && (slot.form === 'land' || l.areaM2 < LARGE_M2)) : null;
    if (lot) return { lot, region: lot.region, park: lot.park };
    if (wanted && slot.stage !== 'approved') throw new Error(`no land left for ${slot.stage}`);
  }
  const park = random.of(LEASED_PARKS);
  return { lot: null, region: PARKS[park].region, park };
}

/** A firm that is here already and is large and old enough to grow. */
function growing(context, site) {
  const { random, firms, grown } = context;
  const suits = (f) => f.trade.chain ? chainsAt(site.park)[f.trade.chain] : chainsAt(site.park).other;
  const fits = firms.filter((f) => f.above && !f.branchOf && !grown.has(f) && !isService(f.trade) && f.region === site.region && f.founded < TODAY - 1500);
  const best = fits.filter((f) => suits(f) && f.outputWan > 8000), one = random.of(best.length ? best : fits.filter(suits).length ? fits.filter(suits) : fits);
  grown.add(one);
  return one;
}

/** 10,000 CNY. With land: the least a mu asks for and more; without: what a fit-out, a line or a fund takes. */
function investWan(random, slot, site, trade) {
  if (slot.form === 'fund') return random.of([10000, 20000, 50000, 100000]);
  if (slot.form === 'upgrade') return Math.max(1000, Math.round(logNormal(random, 4200, 90) / 100) * 100);
  if (slot.form === 'leased') return Math.max(1000, Math.round(logNormal(random, 7000, 100) / 100) * 100);
  if (!site.lot) return Math.min(500000, Math.max(5000, Math.round(logNormal(random, 42000, 110) / 1000) * 1000));
  const perMu = (random.int(310, 560) * (trade.chain === 'battery' || trade.id === 'pcb' ? 140 : 100) * (site.region === '440785' || site.region > '440780' && site.region < '440784' ? 80 : 100)) / 10000;
  const wan = muOf(site.lot.areaM2) * perMu, step = wan > 50000 ? 5000 : wan > 20000 ? 1000 : 500;
  return Math.min(500000, Math.round(wan / step) * step);
}

const spaced = (zh) => (/^[A-Z]/.test(zh) ? ` ${zh}` : zh);

/** A project is called by who invests and what is to be made. */
function named(slot, who, product, topic) {
  const zh = spaced(product.zh) === product.zh ? who.zh : `${who.zh} `, en = who.en, low = lowered(product.en);
  if (slot.form === 'fund') return { zh: `${who.zh}产业投资基金`, en: `${en} industry fund` };
  if (topic) return { zh: `${zh}${product.zh}研发中心项目`, en: `${en} research centre: ${low}` };
  if (slot.type === 'expansion') return { zh: `${zh}${product.zh}增资扩产项目`, en: `${en} expansion: ${low}` };
  if (slot.type === 'upgrade') return { zh: `${zh}${product.zh}智能化技术改造项目`, en: `${en} upgrade: ${low}` };
  return { zh: `${zh}${product.zh}生产基地项目`, en: `${en} plant: ${low}` };
}

function company(context, slot, one) {
  const { random } = context, { way, investor, trade, site } = one, at = way.stages.findIndex(([stage]) => stage === 'registered');
  if (at < 0 || way.days[at] === undefined || at > way.end) return null;
  const running = one.stage === 'in_production' || one.stage === 'full_capacity';
  const made = firm(context, trade, {
    region: site.region, park: site.park && PARKS[site.park] ? site.park : null, brand: slot.form === 'fund' ? investor.brand : investor.brand, founded: way.days[at], above: running, head: investor.foreign ? '香港' : investor.place,
    word: slot.form === 'fund' ? { zh: '产业投资', en: 'Industry Investment' } : trade,
  });
  made.parentFirm = investor;
  if (investor.foreign) Object.assign(made.cells, { headquarters_zh: investor.cells.headquarters_zh, headquarters_en: investor.cells.headquarters_en });
  if (!made.cells.tags.includes('foreign_funded') && (investor.foreign || investor.place === '香港')) made.cells.tags = [...made.cells.tags.split(';').filter(Boolean), 'foreign_funded'].join(';');
  if (!running) { made.cells.tags = investor.foreign || investor.place === '香港' ? 'foreign_funded' : ''; made.outputWan = 0; Object.assign(made.cells, { output_fen: '', tax_fen: '', employees: '' }); }
  made.cells.founded_on = textOf(way.days[at]);
  const capitalWan = [1000, 2000, 3000, 5000, 10000, 20000, 30000].filter((wan) => wan <= one.wan / 4).pop() ?? 500;
  made.cells.capital_fen = capitalWan * FEN_WAN;
  if (slot.form === 'fund') made.cells.industry = '6760', made.cells.product_zh = '产业投资', made.cells.product_en = 'Industry investment';
  made.seen = Math.min(TODAY, Math.max(made.seen, way.days[at] + 25));
  return made;
}

function project(context, slot) {
  const { random } = context, site = siteOf(context, slot), here = slot.type !== 'new' ? growing(context, site) : null;
  const trade = here ? here.trade : tradeFor(random, site), wan = investWan(random, slot, site, trade);
  const old = slot.stopped ? random.int(170, 420) : EARLY.has(slot.stage) ? random.int(4, 80) : random.int(5, slot.stage === 'in_production' || slot.stage === 'full_capacity' ? 240 : 100);
  const way = actualDays(random, slot.form, slot.stage, TODAY - old, context.events.filter((e) => e.region === '440700' || e.region === site.region));
  const research = slot.form === 'leased' && random.chance(35), product = random.of(trade.products);
  const investor = here ?? parentFirm(context, trade, context.abroad < ABROAD.length && slot.form === 'land' && !EARLY.has(slot.stage) && random.chance(14));
  const one = { slot, site, trade, wan, way, investor, here, product, research, stage: slot.stopped || slot.stage };
  one.company = here ?? company(context, slot, one);
  one.secret = EARLY.has(slot.stage);
  one.seen = Math.min(TODAY, Math.max(seenDay(random), way.days[way.end] + random.int(10, 30)));
  one.code = one.secret ? CODE_WORDS[context.secrets++] : null;
  one.name = named(slot, investor.brand, product, research);
  if (one.secret) one.name = { zh: `${one.code}项目（${COUNTIES[site.region].zh}${slot.form === 'fund' ? '产业基金' : spaced(product.zh)}）`, en: `Project ${numbered(context.secrets, 2)}, ${COUNTIES[site.region].en}` };
  one.milestones = milestonesOf(random, way, { seen: one.seen, from: one.secret ? 'lead' : 'signed', stopped: slot.stopped });
  return one;
}

const dayAt = (one, stage) => {
  const i = one.way.stages.findIndex(([name]) => name === stage);
  return i >= 0 && i <= one.way.end ? textOf(one.way.days[i]) : '';
};

/** Counted in investment some weeks after the start, three times in four; not before it is worth 5 m CNY. */
function countedOn(random, one) {
  const started = dayAt(one, 'started');
  if (!started || random.chance(25)) return '';
  const day = workday(Date.parse(`${started}T00:00:00Z`) / 86400000 + random.int(20, 75));
  return day <= one.seen ? textOf(day) : '';
}

function carrierCells(one, i) {
  if (!one.carrier) return { carrier: i % 7 === 3 ? '' : 'no' };
  return { carrier: 'yes', tenants: one.carrier[0], tenants_target: one.carrier[1], tenants_by: one.carrier[2] };
}

function projectRow(random, one, i) {
  const { slot, site, stage } = one, late = one.milestones.some((m) => !m.actual_on && m.planned_on < '2022-11-30');
  const last = one.milestones.filter((m) => m.actual_on).pop(), chain = one.trade.chain, place = site.lot ? null : site.park ? parkCentre(site.park) : townOf(random, site.region).at;
  const at = site.lot ? firstCorner(site.lot) : pointNear(random, site.region, place ?? seatOf(site.region), 1500);
  one.counted = countedOn(random, one);
  return {
    id: one.id, name_zh: one.name.zh, name_en: one.name.en, visibility: one.secret ? 'staff' : 'public', precision: 'approximate', type: slot.type,
    field: slot.form === 'fund' ? 'finance' : one.research ? 'technology' : 'industry', stage, stage_confirmed: last?.confirmed_on ? 'yes' : 'no', phase: !one.secret && site.lot && site.lot.areaM2 > 130000 ? '一期' : '',
    investor: one.investor.id ?? '', company: one.company?.id ?? '', region: site.region, parks: slot.form === 'fund' ? NONE : site.park ?? NONE, parcels: site.lot ? site.lot.plots.map((p) => p.id).join(';') : slot.form === 'leased' || slot.form === 'upgrade' || slot.form === 'fund' ? NONE : '',
    chains: chain ?? NONE, segments: chain && slot.form !== 'fund' && !one.carrier ? segmentsOf(one.trade, one.product).filter((s) => s.startsWith(`${chain}.`)).join(';') : NONE,
    event: one.way.event ? one.way.event.id : '', invest_fen: random.chance(one.secret ? 70 : 98) ? one.wan * FEN_WAN : '', land_m2: site.lot ? site.lot.areaM2 : slot.form === 'land' || slot.form === 'expansion' ? '' : NONE,
    signed_on: dayAt(one, 'signed'), started_on: dayAt(one, 'started'), production_on: dayAt(one, 'in_production'), counted_on: one.counted, ...carrierCells(one, i),
    code_name: one.code ? one.code : site.lot?.code ?? '', blocked_zh: slot.stopped ? random.of(BLOCKED[slot.stopped]) : late ? random.of(BLOCKED[one.secret ? 'early' : slot.form === 'expansion' ? 'land' : slot.form]) : '',
    office_zh: `${COUNTIES[site.region].full}招商服务中心`, office_en: `${COUNTIES[site.region].fullEn} Investment Service Centre`, geometry: wktPoint(at), ...sample('project', i + 1, textOf(one.seen)),
  };
}

const firstCorner = (lot) => {
  const [lon, lat] = /\(\(([\d.]+) ([\d.]+)/.exec(lot.plots[0].geometry).slice(1).map(Number);
  return [Math.round(lon * 10000) / 10000, Math.round(lat * 10000) / 10000];
};

export function makeProjects(context) {
  const random = stream(3), slots = SLOTS.flatMap(([stage, stopped, form, type, count]) => Array(count).fill({ stage, stopped, form, type }));
  const events = EVENT_DAYS.map(([date, region], i) => ({ day: dayOf(date), region, id: `s-event-${i + 1}` }));
  const own = { ...context, random, land: new Land(), grown: new Set(), events, abroad: 0, secrets: 0 };
  const projects = shuffled(random, slots).map((slot) => project(own, slot));
  const carriers = projects.filter((one) => one.site.lot && one.slot.type === 'new' && ['started', 'topped_out', 'in_production'].includes(one.stage) && one.site.park && !one.investor.foreign);
  [[6, 30, '2025-12'], [0, 24, '2026-06']].forEach((cells, i) => makeCarrier(carriers[i], cells));
  projects.forEach((one, i) => { one.id = `s-proj-${numbered(i + 1, 2)}`; });
  return { projects, newFirms: projects.flatMap((one) => [...(one.here || one.secret ? [] : [one.investor]), ...(one.company && one.company !== one.here ? [one.company] : [])]) };
}

/** A carrier is built for tenants: an accelerator, not a plant. */
function makeCarrier(one, cells) {
  one.carrier = cells;
  const park = PARKS[one.site.park];
  one.name = { zh: `${one.investor.brand.zh}·${park.zh}加速器项目`, en: `${one.investor.brand.en} accelerator, ${park.en}` };
}

export function projectRows(projects) {
  const random = stream(4);
  return projects.map((one, i) => projectRow(random, one, i));
}

const daysBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / 86400000;

export function milestoneRows(projects) {
  const rows = [];
  for (const one of projects) {
    const signed = dayAt(one, 'signed'), all = [...one.milestones];
    if (one.counted) all.push({ stage: 'counted', planned_on: '', actual_on: one.counted, confirmed_on: '', evidence: '' });
    for (const m of all) {
      const [zh, en] = STAGE_NAME[m.stage], took = m.stage === 'started' && m.actual_on && signed ? daysBetween(signed, m.actual_on) : '';
      rows.push({
        id: `s-ms-${numbered(rows.length + 1, 4)}`, name_zh: `${one.name.zh}：${zh}`, name_en: `${one.name.en}: ${en}`, visibility: one.secret ? 'staff' : 'public', project: one.id, ...m,
        took_d: took, since: took === '' ? '' : 'signed', ...sample('milestone', rows.length + 1, textOf(one.seen)),
      });
    }
  }
  return rows;
}

const LEDGERS = { signed: ['签约台账', 'signed'], filed: ['备案台账', 'filed'], land: ['供地台账', 'land'], permit: ['施工许可台账', 'building permit'], statistics: ['统计台账', 'statistics'] };

/** What each ledger says: filing has the fixed assets, the permit the building contract, statistics what was counted so far. */
export function amountRows(projects) {
  const random = stream(5), rows = [];
  for (const one of projects) {
    const list = [['signed', dayAt(one, 'signed') || '', 1000], ['filed', dayAt(one, 'filed'), random.chance(46) ? 1000 : random.int(720, 1060)], ['land', dayAt(one, 'land_won'), random.chance(40) ? 1000 : random.int(700, 1000)],
      ['permit', dayAt(one, 'building_permit'), random.int(180, 420)], ['statistics', one.counted, random.int(420, 900)]];
    for (const [ledger, day, permille] of list) {
      if (!day && !(ledger === 'signed' && !one.secret)) continue;
      const foreign = ledger === 'signed' && one.investor.foreign, wan = Math.round((one.wan * permille) / 10000) * 10 || one.wan, [zh, en] = LEDGERS[ledger];
      rows.push({
        id: `s-amt-${numbered(rows.length + 1, 3)}`, name_zh: `${one.name.zh}：${zh}`, name_en: `${one.name.en}: ${en}`, visibility: one.secret ? 'staff' : 'public', project: one.id, ledger,
        amount_fen: ledger === 'signed' ? one.wan * FEN_WAN : wan * FEN_WAN, currency: foreign ? 'USD' : 'CNY', amount_original: foreign ? Math.round(one.wan / 7 / 10) * 10 * 10000 : '',
        in_totals: ledger === 'signed' ? 'yes' : 'no', stated_on: day, ...sample('amount', rows.length + 1, textOf(one.seen)),
      });
    }
  }
  return rows;
}
