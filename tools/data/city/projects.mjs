// What investments there are: each slot gets a site, an investor, a sum, its days and a name. project_rows.mjs writes them down.
import { dayOf, seenDay, TODAY } from './days.mjs';
import { lowered } from './enterprises.mjs';
import { ABROAD, companyOf, parentFirm } from './investors.mjs';
import { Land, muOf } from './land.mjs';
import { COUNTIES, PARKS } from './places.mjs';
import { actualDays, EVENT_DAYS, milestonesOf } from './stages.mjs';
import { logNormal, numbered, shuffled, stream } from './streams.mjs';
import { chainTrades, isChemical, isService, otherTrades } from './trades.mjs';

/** [stage, what it stopped as, form, type, how many]: form is how it comes to a site; type as in the list of types. */
const SLOTS = [
  ['lead', '', 'land', 'new', 3],
  ['lead', '', 'leased', 'new', 1],
  ['negotiating', '', 'land', 'new', 5],
  ['negotiating', '', 'expansion', 'expansion', 1],
  ['negotiating', '', 'fund', 'new', 1],
  ['appraised', '', 'land', 'new', 2],
  ['appraised', '', 'leased', 'new', 1],
  ['approved', '', 'land', 'new', 3],
  ['signed', '', 'land', 'new', 5],
  ['signed', '', 'leased', 'new', 2],
  ['signed', '', 'upgrade', 'upgrade', 1],
  ['signed', '', 'fund', 'new', 1],
  ['registered', '', 'land', 'new', 3],
  ['registered', '', 'leased', 'new', 2],
  ['registered', '', 'fund', 'new', 1],
  ['filed', '', 'land', 'new', 2],
  ['filed', '', 'expansion', 'expansion', 1],
  ['filed', '', 'upgrade', 'upgrade', 2],
  ['advertised', '', 'land', 'new', 2],
  ['advertised', '', 'expansion', 'expansion', 1],
  ['land_won', '', 'land', 'new', 3],
  ['land_won', '', 'expansion', 'expansion', 1],
  ['handed_over', '', 'land', 'new', 2],
  ['planning_permit', '', 'land', 'new', 1],
  ['planning_permit', '', 'expansion', 'expansion', 1],
  ['building_permit', '', 'land', 'new', 2],
  ['building_permit', '', 'expansion', 'expansion', 1],
  ['started', '', 'land', 'new', 5],
  ['started', '', 'expansion', 'expansion', 3],
  ['started', '', 'upgrade', 'upgrade', 2],
  ['topped_out', '', 'land', 'new', 3],
  ['topped_out', '', 'expansion', 'expansion', 1],
  ['completed', '', 'land', 'new', 1],
  ['completed', '', 'expansion', 'expansion', 1],
  ['in_production', '', 'land', 'new', 2],
  ['in_production', '', 'leased', 'new', 2],
  ['in_production', '', 'upgrade', 'upgrade', 2],
  ['full_capacity', '', 'land', 'new', 1],
  ['full_capacity', '', 'expansion', 'expansion', 1],
  ['signed', 'stalled', 'land', 'new', 1],
  ['land_won', 'stalled', 'land', 'new', 1],
  ['started', 'stalled', 'land', 'new', 1],
  ['signed', 'ended', 'leased', 'new', 1],
  ['registered', 'ended', 'land', 'new', 1],
];

const LAND_STATES = {
  approved: ['promised'],
  signed: ['promised'],
  registered: ['promised'],
  filed: ['promised'],
  advertised: ['advertised'],
  land_won: ['supplied'],
  handed_over: ['supplied'],
  planning_permit: ['supplied', 'approved_unbuilt'],
  building_permit: ['approved_unbuilt', 'supplied'],
  started: ['building'],
  topped_out: ['building'],
  completed: ['built'],
  in_production: ['built'],
  full_capacity: ['built'],
};
const EARLY = new Set(['lead', 'negotiating', 'appraised', 'approved']);
const CODE_WORDS = ['青屿', '北辰', '远帆', '海棠', '砺石', '银杉', '翠羽', '朝霞', '飞鹭', '春溪', '秋原', '白塔', '玄武岩', '向日葵', '银河湾', '红树林', '蓝鲸', '白鹤', '石榴'];

/** What needs much land; all else is content with 120 mu. */
const LARGE = new Set([
  'cell', 'cathode', 'anode', 'precursor', 'copper_foil', 'pack', 'storage', 'recycling', 'pv_module', 'pv_glass', 'pv_frame',
  'wheel', 'casting', 'stamping', 'pcb', 'terminal', 'machine', 'special', 'casting_iron', '物流', '纸业', '家具', '电器',
]);
const LARGE_M2 = 80000;

const PARK_CHAINS = {
  'jm-fengshanhu': { battery: 1 },
  'jm-xinhui-mfg': { battery: 3, silicon_energy: 4, nev: 3 },
  'jm-newmat': { battery: 1 },
  'jm-pilot-hitech-sanjiang': { silicon_energy: 1, nev: 1 },
  'jm-cluster-pengjiang': { new_it: 6, nev: 2, battery: 1 },
  'jm-hitech-ict': { new_it: 1 },
  'jm-hitech': { new_it: 2, battery: 1 },
  'jm-heshan-ic': { nev: 3, silicon_energy: 5, new_it: 1, other: 3 },
  'jm-yayao': { new_it: 3, other: 1 },
  'jm-dahuai': { cnc: 1 },
  'jm-enping-ip': { new_it: 1, cnc: 1 },
  'jm-dahuai-ext': { cnc: 1 },
  'jm-heshan-glp': { other: 1 },
};

const chainsAt = (park) => PARK_CHAINS[park] ?? { nev: 2, other: 3 };
const isLarge = (trade) => LARGE.has(trade.id) || LARGE.has(trade.zh);

/** What is made there: of the park's chains, or what the county is known for; on much land only what needs it. */
function tradeFor(random, { region, park, lot }) {
  if (park === 'jm-heshan-glp') return otherTrades.find((t) => t.zh === '物流');
  const chain = random.weighted(chainsAt(park)),
    of = chain === 'other' ? otherTrades : chainTrades.filter((t) => t.chain === chain);
  const fits = of.filter((t) => t.regions[region] && !isService(t) && isChemical(t) === (park === 'jm-newmat'));
  const large = lot && lot.areaM2 > LARGE_M2 ? fits.filter(isLarge) : [],
    list = large.length ? large : fits.length ? fits : of.filter((t) => !isService(t));
  return list[Number(random.weighted(Object.fromEntries(list.map((t, i) => [i, Math.min(t.weight, 4)]))))];
}

const LEASED_PARKS = [
  'jm-cluster-pengjiang', 'jm-hitech-ict', 'jm-hitech', 'jm-heshan-ic', 'jm-yayao', 'jm-dahuai', 'jm-enping-ip', 'jm-xinhui-mfg',
];

/** Where: a lot of land, the grounds of a firm that is here, or a park's buildings. */
function siteOf(context, slot) {
  const { random, land } = context;
  const wanted =
    slot.stopped === 'ended'
      ? null
      : slot.stopped === 'stalled' && slot.stage === 'started'
        ? ['building', 'approved_unbuilt']
        : LAND_STATES[slot.stage];
  if (slot.form === 'land' || slot.form === 'expansion') {
    const lot = wanted
      ? land.take(
          random,
          wanted,
          (l) => l.areaM2 > 15000 && l.park !== 'jm-heshan-glp' && (slot.form === 'land' || l.areaM2 < LARGE_M2),
        )
      : null;
    if (lot) return { lot, region: lot.region, park: lot.park };
    if (wanted && slot.stage !== 'approved') throw new Error(`no land left for ${slot.stage}`);
  }
  const park = random.of(LEASED_PARKS);
  return { lot: null, region: PARKS[park].region, park };
}

/** A firm that is here already and is large and old enough to grow. */
function growing(context, site) {
  const { random, firms, grown } = context;
  const suits = (f) => (f.trade.chain ? chainsAt(site.park)[f.trade.chain] : chainsAt(site.park).other);
  const fits = firms.filter(
    (f) => f.above && !f.branchOf && !grown.has(f) && !isService(f.trade) && f.region === site.region && f.founded < TODAY - 1500,
  );
  const best = fits.filter((f) => suits(f) && f.outputWan > 8000),
    one = random.of(best.length ? best : fits.filter(suits).length ? fits.filter(suits) : fits);
  grown.add(one);
  return one;
}

/** How much more a mu takes where machines are dear, in percent; and the counties where land and building are cheaper. */
const DENSE = { cell: 320, copper_foil: 180, cathode: 160, wafer: 200, pcb: 140 }, CHEAP = new Set(['440781', '440783', '440785']);

/** 10,000 CNY. With land: the least a mu asks for and more; without: what a fit-out, a line or a fund takes. */
function investWan(random, slot, site, trade) {
  if (slot.form === 'fund') return random.of([10000, 20000, 50000, 100000]);
  if (slot.form === 'upgrade') return Math.max(1000, Math.round(logNormal(random, 4200, 90) / 100) * 100);
  if (slot.form === 'leased') return Math.max(1000, Math.round(logNormal(random, 7000, 100) / 100) * 100);
  if (!site.lot) return Math.min(500000, Math.max(5000, Math.round(logNormal(random, 42000, 110) / 1000) * 1000));
  const dense = DENSE[trade.id] ?? (trade.chain === 'battery' ? 140 : 100), cheap = CHEAP.has(site.region) ? 80 : 100;
  const wan = (muOf(site.lot.areaM2) * random.int(310, 560) * dense * cheap) / 10000,
    step = wan > 50000 ? 5000 : wan > 20000 ? 1000 : 500;
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

function project(context, slot) {
  const { random } = context,
    site = siteOf(context, slot),
    here = slot.type !== 'new' ? growing(context, site) : null;
  const trade = here ? here.trade : tradeFor(random, site),
    wan = investWan(random, slot, site, trade);
  const old = slot.stopped
    ? random.int(170, 420)
    : EARLY.has(slot.stage)
      ? random.int(4, 80)
      : random.int(5, slot.stage === 'in_production' || slot.stage === 'full_capacity' ? 240 : 100);
  const way = actualDays(
    random,
    slot.form,
    slot.stage,
    TODAY - old,
    context.events.filter((e) => e.region === '440700' || e.region === site.region),
  );
  const research = slot.form === 'leased' && random.chance(35),
    product = random.of(trade.products);
  const investor =
    here ??
    parentFirm(
      context,
      trade,
      context.abroad < ABROAD.length && slot.form === 'land' && !EARLY.has(slot.stage) && random.chance(14),
    );
  const one = { slot, site, trade, wan, way, investor, here, product, research, stage: slot.stopped || slot.stage };
  one.company = here ?? companyOf(context, slot, one);
  one.secret = EARLY.has(slot.stage);
  one.seen = Math.min(TODAY, Math.max(seenDay(random), way.days[way.end] + random.int(10, 30)));
  one.code = one.secret ? CODE_WORDS[context.secrets++] : null;
  one.name = named(slot, investor.brand, product, research);
  if (one.secret)
    one.name = {
      zh: `${one.code}项目（${COUNTIES[site.region].zh}${slot.form === 'fund' ? '产业基金' : spaced(product.zh)}）`,
      en: `Project ${numbered(context.secrets, 2)}, ${COUNTIES[site.region].en}`,
    };
  one.milestones = milestonesOf(random, way, { seen: one.seen, from: one.secret ? 'lead' : 'signed', stopped: slot.stopped });
  return one;
}

export function makeProjects(context) {
  const random = stream(3),
    slots = SLOTS.flatMap(([stage, stopped, form, type, count]) => Array(count).fill({ stage, stopped, form, type }));
  const events = EVENT_DAYS.map(([date, region], i) => ({ day: dayOf(date), region, id: `s-event-${i + 1}` }));
  const own = { ...context, random, land: new Land(), grown: new Set(), events, abroad: 0, secrets: 0 };
  const projects = shuffled(random, slots).map((slot) => project(own, slot));
  const carriers = projects.filter(
    (one) =>
      one.site.lot &&
      one.slot.type === 'new' &&
      ['started', 'topped_out', 'in_production'].includes(one.stage) &&
      one.site.park &&
      !one.investor.foreign,
  );
  [
    [6, 30, '2025-12'],
    [0, 24, '2026-06'],
  ].forEach((cells, i) => makeCarrier(carriers[i], cells));
  projects.forEach((one, i) => {
    one.id = `s-proj-${numbered(i + 1, 2)}`;
  });
  return {
    projects,
    newFirms: projects.flatMap((one) => [
      ...(one.here || one.secret ? [] : [one.investor]),
      ...(one.company && one.company !== one.here ? [one.company] : []),
    ]),
  };
}

/** A carrier is built for tenants: an accelerator, not a plant. */
function makeCarrier(one, cells) {
  one.carrier = cells;
  const park = PARKS[one.site.park];
  one.name = { zh: `${one.investor.brand.zh}·${park.zh}加速器项目`, en: `${one.investor.brand.en} accelerator, ${park.en}` };
}
