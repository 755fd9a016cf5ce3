// What a sample plot's row says, apart from its shape and services: state, limits, price, promise, dates, office.
import { OFFICES } from './parcel_areas.mjs';
import { dayText, lastDay, month, monthText, yearOf } from './months.mjs';
import { services, stageOf } from './parcel_services.mjs';

const NOT_APPLICABLE = 'n/a', WITHHELD = 'withheld';
const CLOSED = new Set(['supplied', 'approved_unbuilt', 'building', 'built', 'idle', 'under_used']);
const FEN_M2_PER_WAN_MU = 1500; // 10,000 CNY a mu = 1,000,000 fen / (2000/3 m²)
const STEMS = [...'甲乙丙丁戊己庚辛壬癸'], BRANCHES = [...'子丑寅卯辰巳午未申酉戌亥'];

/** FAR from, FAR to, height, environment class, price factor in %, investment factor in %. */
const USES = {
  M0: [[2, 2.5], [4, 5], [80, 100], 1, 128, 110],
  M1: [[1.5, 2], [3, 3.5], [50, 60], 1, 100, 100],
  M2: [[1, 1.2, 1.5], [2.5, 3], [50, 60], 2, 100, 100],
  M3: [[0.8, 1], [1.5, 2], [40], 3, 98, 110],
  W1: [[1, 1.2], [2, 2.5], [36, 40], 1, 104, 60],
  W2: [[0.8, 1], [1.5, 2], [24, 36], 2, 104, 60],
  W3: [[0.5, 0.6], [1, 1.2], [24], 3, 104, 60],
  B2: [[2], [3.5], [100], 1, 260, 100],
  MX: [[2], [3.5, 4], [80], 1, 160, 100],
};

/** Which rows are old: two in three of the last three months, one in six from before May. */
function monthSeen(random) {
  return random.weighted({ 9: 16, 10: 26, 11: 22, 8: 8, 7: 6, 6: 5, 5: 3, 4: 4, 3: 5, 2: 3, 1: 2 });
}

/** Plots of a block tend to share their state; adjoining promised plots are one project's. */
class Block {
  constructor(random, area) {
    this.random = random;
    this.area = area;
    this.seen = month(2022, Number(monthSeen(random)));
    this.day = random.int(1, 28);
    this.use = random.weighted(area.uses);
    this.state = random.weighted(area.states);
    this.promise = null;
  }

  step(promises) {
    const { random, area } = this;
    if (!random.chance(58)) this.state = random.weighted(area.states);
    if (random.chance(22)) this.use = random.weighted(area.uses);
    if (this.state !== 'promised') this.promise = null;
    else if (!this.promise || random.chance(20)) this.promise = promises.next(random, this.seen);
  }
}

/** Code names 项目甲子, 项目乙丑, … in order, each with a term after the day its first row was seen, or none. */
export class Promises {
  constructor() { this.count = 0; }

  next(random, seen) {
    const k = this.count++;
    const to = `项目${STEMS[k % 10]}${BRANCHES[k % 12]}`;
    const until = [month(2022, 6), month(2022, 9), month(2022, 12), month(2023, 1), month(2023, 3), month(2023, 6)]
      .filter((at) => at > seen && at <= seen + 12);
    return { to, until: random.chance(90) ? lastDay(random.of(until)) : '' };
  }
}

function price(random, area, use, state) {
  if (CLOSED.has(state)) return NOT_APPLICABLE;
  if (random.chance(stageOf(state) === 'early' ? 55 : 6)) return '';
  if (random.chance(state === 'promised' ? 9 : 4)) return WITHHELD;
  const yuan = (area.price * USES[use][4] * random.int(94, 107)) / 10000;
  return Math.round(yuan / 5) * 500;
}

function limits(random, area, use, state) {
  const [least, most, height, environment, , invest] = USES[use];
  const drawn = {
    far_min: random.of(least), far_max: random.of(most), height_max_m: random.of(height),
    env_class: environment, invest_min_fen_m2: Math.round((area.invest * invest) / 100 / 10) * 10 * FEN_M2_PER_WAN_MU,
  };
  const noPlanYet = stageOf(state) === 'early' && random.chance(40);
  if (noPlanYet) drawn.far_min = drawn.far_max = drawn.height_max_m = '';
  if (random.chance(16)) drawn.height_max_m = '';
  if (random.chance(10)) drawn.env_class = '';
  if (CLOSED.has(state)) drawn.invest_min_fen_m2 = NOT_APPLICABLE;
  else if (noPlanYet || random.chance(12)) drawn.invest_min_fen_m2 = '';
  return drawn;
}

/** What closes a plot to building at all: looked up once the land is acquired, not known before. */
const gates = (state) =>
  stageOf(state) === 'early' ? { growth_boundary: '', farmland_overlap: '', redline_overlap: '' } : { growth_boundary: 'yes', farmland_overlap: 'no', redline_overlap: 'no' };

/** From when it can be had: not before its services are there, and not before the row's own day. */
function availableFrom(random, state, seen, ready) {
  if (CLOSED.has(state)) return NOT_APPLICABLE;
  const wait = { advertised: 2, serviced: 1, promised: 3, raw: 3, banked: 8, acquiring: 14, planned: 18 }[state];
  if (ready === null || random.chance({ planned: 55, acquiring: 40, banked: 30 }[state] ?? 12)) return '';
  const at = Math.max(seen + wait + random.int(0, 3), ready);
  if (stageOf(state) === 'early') return random.chance(60) ? String(yearOf(at)) : monthText(at);
  return random.chance(45) ? monthText(at) : lastDay(at);
}

function visibility(random) {
  return random.weighted({ public: 965, investor: 20, staff: 15 });
}

function plotRow(random, area, plot, block, areaM2) {
  const { state, use, seen, promise } = block;
  const label = `${plot.letter}-${String(plot.number).padStart(2, '0')}`;
  const { cells, ready } = services(random, area, plot, state, use, seen);
  const offices = OFFICES[area.region];
  const [office_zh, office_en] = cells.power_left_kva === '' && cells.power_state === 'done' ? offices.power : offices.land;
  const drawn = stageOf(state) === 'early' || (state === 'banked' && random.chance(50));
  return {
    id: `jm-${area.code.toLowerCase()}-${label.toLowerCase()}`, name_zh: `${area.zh} ${label}`, name_en: `${area.en} ${label}`,
    how: 'illustrative', visibility: visibility(random), precision: drawn ? 'approximate' : 'surveyed',
    park: area.park ?? NOT_APPLICABLE, region: area.region, land_use: use, land_state: state, area_m2: areaM2.toFixed(2),
    ...limits(random, area, use, state), ...gates(state), price_fen_m2: price(random, area, use, state),
    available_from: availableFrom(random, state, seen, ready),
    promised_until: promise ? promise.until : NOT_APPLICABLE, promised_to: promise?.to ?? '',
    office_zh, office_en, ...cells, as_of: dayText(seen, block.day),
  };
}

/** The rows of one area's plots, in their order. */
export function rowsOf(random, area, plots, promises, areaOf) {
  const rows = [];
  let block = null, name = null;
  for (const plot of plots) {
    if (plot.block !== name) {
      block = new Block(random, area);
      name = plot.block;
    }
    block.step(promises);
    rows.push(plotRow(random, area, plot, block, areaOf(plot)));
  }
  return rows;
}
