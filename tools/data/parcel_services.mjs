// What serves a sample plot: state, in-service date, capacity and what is left of it. A plot's services follow from how
// far its land has come, from what its area has at all, and from the day the row was filled in.
import { month, monthText, yearOf } from './months.mjs';

const NOT_APPLICABLE = 'n/a';

/** How far each service is, by land state: weights of done, building, planned, none. */
const PROGRESS = {
  ready: { basic: { done: 100 }, power: { done: 88, building: 12 }, levelling: { done: 100 }, telecom: { done: 94, building: 6 } },
  raw: { basic: { done: 18, building: 50, planned: 32 }, power: { done: 8, building: 42, planned: 50 },
    levelling: { building: 34, planned: 66 }, telecom: { building: 30, planned: 70 } },
  banked: { basic: { building: 28, planned: 62, none: 10 }, power: { building: 14, planned: 74, none: 12 },
    levelling: { planned: 80, none: 20 }, telecom: { planned: 82, none: 18 } },
  early: { basic: { planned: 72, none: 28 }, power: { planned: 76, none: 24 }, levelling: { planned: 45, none: 55 }, telecom: { planned: 60, none: 40 } },
};
const STAGE = { raw: 'raw', banked: 'banked', acquiring: 'early', planned: 'early' };
const ORDER = ['none', 'planned', 'building', 'done'];

const IN_USE = new Set(['built', 'building', 'idle', 'under_used']);

export const stageOf = (landState) => STAGE[landState] ?? 'ready';

/** When a service in that state came or will come into use, and the month that means ("" and null when not known). */
function inService(random, state, seen, opened) {
  if (state === 'none') return { text: NOT_APPLICABLE, at: null };
  if (state === 'done') {
    const at = Math.min(seen - 1, opened + random.int(0, 8));
    if (random.chance(22)) return { text: '', at: null };
    return { text: random.chance(30) ? String(yearOf(at)) : monthText(at), at };
  }
  const at = state === 'building' ? seen + random.int(2, 11) : Math.max(seen + random.int(10, 26), month(2023, 6));
  if (random.chance(state === 'building' ? 12 : 38)) return { text: '', at };
  return { text: state === 'planned' && random.chance(55) ? String(yearOf(at)) : monthText(at), at };
}

/** The less advanced of two states: power is not there before the road is, say. */
const notBefore = (state, other) => (ORDER.indexOf(state) <= ORDER.indexOf(other) ? state : other);

/** What the station has left as the row's day saw it: earlier rows saw more, and figures are rounded as people do. */
function leftOf(left, capacity, seen, step) {
  const seenThen = left + ((capacity - left) * (month(2022, 11) - seen)) / 60;
  return Math.max(step, Math.round(Math.min(seenThen, capacity) / step) * step);
}

/** Capacity and left of one service. `blank`: how often, of 100, what is left was not filled in. */
function load(random, state, station, seen, step, blank) {
  if (state === 'none' || !station) return [NOT_APPLICABLE, NOT_APPLICABLE];
  const [capacity, left] = station;
  const unknown = random.chance(blank);
  if (state === 'planned') return [random.chance(45) ? capacity : '', ''];
  if (state === 'building') return [random.chance(80) ? capacity : '', unknown || random.chance(75) ? '' : leftOf(left, capacity, seen, step)];
  return [random.chance(8) ? '' : capacity, unknown ? '' : leftOf(left, capacity, seen, step)];
}

/** Heat and gas: an area has them or has not; a plot has them no sooner than its other services. */
function piped(random, [reach, station], wanted, stage) {
  if (reach === 'none' || !wanted) return { state: wanted ? 'none' : NOT_APPLICABLE, station: null };
  const state = stage === 'ready' ? reach : notBefore(reach, stage === 'raw' ? 'building' : 'planned');
  return { state: state === 'done' && random.chance(10) ? 'building' : state, station };
}

/** → { cells: the service columns, ready: the month from which all that a works needs is there, or null }. */
export function services(random, area, plot, landState, landUse, seen) {
  const stage = stageOf(landState), progress = PROGRESS[stage];
  const opened = month(2018, 3) + plot.row * 5;
  const basic = random.weighted(progress.basic);
  const state = {
    road: basic, water: basic, rainwater: basic, sewage: stage === 'ready' && random.chance(7) ? 'building' : basic,
    power: IN_USE.has(landState) ? 'done' : notBefore(random.weighted(progress.power), basic),
    telecom: random.weighted(progress.telecom), levelling: random.weighted(progress.levelling),
    tv: stage === 'ready' ? random.of(['done', 'done', 'planned', '', NOT_APPLICABLE]) : random.of(['planned', 'none', '', NOT_APPLICABLE]),
  };
  const process = !/^(W|B)/.test(landUse);
  const heat = piped(random, area.heat, process && /^M[23]/.test(landUse), stage);
  const gas = piped(random, area.gas, process, stage);
  state.heat = heat.state;
  state.gas = gas.state;
  if (stage !== 'ready' && random.chance(10)) state.telecom = '';

  const cells = {};
  let ready = 0;
  for (const [name, value] of Object.entries(state)) {
    const known = ORDER.includes(value);
    const date = known ? inService(random, value, seen, opened) : { text: value, at: null };
    cells[`${name}_state`] = value;
    cells[`${name}_in_service`] = date.text;
    if (['road', 'water', 'sewage', 'power', 'levelling'].includes(name) && value !== 'done')
      ready = date.at === null || ready === null ? null : Math.max(ready, date.at);
  }
  const substation = area.power[plot.row % area.power.length];
  [cells.power_capacity_kva, cells.power_left_kva] = load(random, state.power, substation, seen, 500, 14);
  [cells.water_capacity_m3d, cells.water_left_m3d] = load(random, state.water, area.water, seen, 100, 9);
  [cells.sewage_capacity_m3d, cells.sewage_left_m3d] = load(random, state.sewage, area.sewage, seen, 100, 12);
  [cells.heat_capacity_tph, cells.heat_left_tph] = load(random, state.heat === NOT_APPLICABLE ? 'none' : state.heat, heat.station, seen, 5, 20);
  [cells.gas_capacity_m3h, cells.gas_left_m3h] = load(random, state.gas === NOT_APPLICABLE ? 'none' : state.gas, gas.station, seen, 100, 18);
  return { cells, ready };
}
