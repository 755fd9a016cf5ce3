// A project's way: its stages in order, how many days lie between them, and what proves each.
import { textOf, TODAY, workday } from './days.mjs';

/** [stage, days since the one before from–to, evidence by weight ('' none)]. The last gaps are building and running in. */
const WAY = [
  ['lead', 0, 0, {}],
  ['negotiating', 15, 50, {}],
  ['appraised', 5, 25, {}],
  ['approved', 7, 30, {}],
  ['signed', 7, 50, { report: 70, photo: 30 }],
  ['registered', 8, 40, { licence: 1 }],
  ['filed', 10, 50, { filing: 1 }],
  ['advertised', 30, 140, {}],
  ['land_won', 30, 34, {}],
  ['handed_over', 10, 45, { photo: 1 }],
  ['planning_permit', 12, 60, { planning_permit: 1 }],
  ['building_permit', 20, 60, { building_permit: 1 }],
  ['started', 3, 30, { photo: 60, 'photo;report': 40 }],
  ['topped_out', 110, 260, { photo: 80, report: 20 }],
  ['completed', 60, 150, { photo: 1 }],
  ['in_production', 30, 110, { photo: 60, report: 40 }],
  ['full_capacity', 180, 330, { photo: 1 }],
];
export const ORDER = WAY.map(([stage]) => stage);
export const STAGE_NAME = {
  lead: ['线索', 'lead'],
  negotiating: ['在谈', 'negotiating'],
  appraised: ['研判', 'appraised'],
  approved: ['过会', 'approved'],
  signed: ['签约', 'signed'],
  registered: ['注册', 'registered'],
  filed: ['备案', 'filed'],
  advertised: ['挂网', 'land advertised'],
  land_won: ['摘牌', 'land won'],
  handed_over: ['交地', 'land handed over'],
  planning_permit: ['规划许可', 'planning permit'],
  building_permit: ['施工许可', 'building permit'],
  started: ['动工', 'started'],
  topped_out: ['封顶', 'topped out'],
  completed: ['竣工', 'completed'],
  in_production: ['投产', 'in production'],
  full_capacity: ['达产', 'full capacity'],
  counted: ['投资入库', 'counted in investment'],
};
const LAND = new Set(['advertised', 'land_won', 'handed_over', 'planning_permit']);
const SKIPPED = {
  land: new Set(),
  leased: new Set([...LAND, 'building_permit', 'topped_out', 'completed']),
  upgrade: new Set([...LAND, 'registered', 'building_permit', 'topped_out', 'completed', 'full_capacity']),
  expansion: new Set(['registered']), // the firm is there already
  fund: new Set([...LAND, 'filed', 'building_permit', 'started', 'topped_out', 'completed', 'in_production', 'full_capacity']),
};

/** The stages that a project of this form passes. */
export const stagesOf = (form) => WAY.filter(([stage]) => !SKIPPED[form].has(stage));

/** Actual days up to `stage`, the last of them `last`; signing is moved to the day of an event if one is near and it fits. */
export function actualDays(random, form, stage, last, events) {
  const stages = stagesOf(form), end = stages.findIndex(([name]) => name === stage), days = [];
  let at = last;
  for (let i = end; i >= 0; i--) {
    days[i] = workday(at);
    at -= random.int(stages[i][1], Math.max(stages[i][1], stages[i][2]));
  }
  const signing = stages.findIndex(([name]) => name === 'signed'), signed = days[signing];
  let event = null;
  if (signed !== undefined && random.chance(64)) {
    event = events.filter((e) => Math.abs(e.day - signed) < 75 && days[end] + e.day - signed <= TODAY - 3)
      .sort((a, b) => Math.abs(a.day - signed) - Math.abs(b.day - signed))[0] ?? null;
    if (event) days.forEach((day, i) => { days[i] = i === signing ? event.day : workday(day + event.day - signed); });
  }
  for (let i = 1; i <= end; i++) days[i] = Math.max(days[i], days[i - 1] + (i === signing ? 0 : 1));
  return { stages, end, days, event };
}

function evidenceOf(random, weights) {
  return Object.keys(weights).length ? random.weighted(weights) : '';
}

/** Planned day of a stage that was reached: kept in half of the cases, else late. */
const plannedFor = (random, day) =>
  day - (random.chance(52) ? random.int(-8, 3) : random.chance(68) ? random.int(8, 45) : random.int(46, 140));

/** The milestones of a project as rows without keys: what was reached, and the next few that are only planned. */
export function milestonesOf(random, way, { seen, from, stopped }) {
  const { stages, end, days } = way,
    rows = [],
    first = stages.findIndex(([name]) => name === from);
  let plan = days[first]; // no stage is planned before the one before it
  for (let i = first; i <= end; i++) {
    const [stage, , , evidence] = stages[i],
      proven = random.chance(i === end ? 72 : 90),
      confirmed = days[i] + random.int(2, i === end ? 9 : 34);
    plan = Math.max(plan + (i > first ? 3 : 0), plannedFor(random, days[i]));
    const isConfirmed = proven && confirmed <= seen;
    rows.push({
      stage,
      planned_on: stage === 'signed' || random.chance(10) ? '' : textOf(workday(plan)),
      actual_on: textOf(days[i]),
      confirmed_on: isConfirmed ? textOf(confirmed) : '',
      evidence: isConfirmed ? evidenceOf(random, evidence) : '',
    });
  }
  let at = Math.max(days[end], random.chance(30) ? days[end] : TODAY - 20);
  for (let i = end + 1; i <= Math.min(end + 3, stages.length - 1) && !stopped; i++) {
    at += Math.max(6, random.int(stages[i][1], Math.max(stages[i][1], stages[i][2])));
    const text = textOf(workday(at));
    rows.push({
      stage: stages[i][0],
      planned_on: at > TODAY + 200 ? text.slice(0, 7) : text,
      actual_on: '',
      confirmed_on: '',
      evidence: '',
    });
  }
  return rows;
}

/** The days of the sample's six events, and whose they were: a county's event signs the county's projects. */
export const EVENT_DAYS = [
  ['2021-05-28', '440700'],
  ['2021-09-29', '440700'],
  ['2021-12-10', '440705'],
  ['2022-03-25', '440700'],
  ['2022-06-17', '440785'],
  ['2022-09-23', '440700'],
];
