// city_projects.csv, city_milestones.csv, city_amounts.csv: investments from the first lead to full capacity, as a county
// keeps them: late, unproven, stopped, with another amount in every ledger.
import { textOf, workday } from './days.mjs';
import { COUNTIES, parkCentre, pointNear, seatOf, townOf, wktPoint } from './places.mjs';
import { segmentsOf } from './segments.mjs';
import { STAGE_NAME } from './stages.mjs';
import { numbered, sample, stream } from './streams.mjs';

export const PROJECT_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'visibility', 'precision', 'type', 'field', 'stage', 'stage_confirmed', 'phase', 'investor',
  'company', 'region', 'parks', 'parcels', 'chains', 'segments', 'event', 'invest_fen', 'land_m2', 'signed_on', 'started_on',
  'production_on', 'counted_on', 'carrier', 'tenants', 'tenants_target', 'tenants_by', 'code_name', 'blocked_zh', 'office_zh',
  'office_en', 'about_zh', 'about_en', 'as_of', 'locator', 'geometry',
];
export const MILESTONE_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'visibility', 'project', 'stage', 'planned_on', 'actual_on', 'confirmed_on', 'took_d', 'since',
  'evidence', 'as_of', 'locator',
];
export const AMOUNT_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'visibility', 'project', 'ledger', 'amount_fen', 'currency', 'amount_original', 'in_totals',
  'stated_on', 'as_of', 'locator',
];

const FEN_WAN = 1000000, NONE = 'n/a';

const BLOCKED = {
  stalled: ['企业融资未到位，动工推迟', '林地调整未批，场地不能平整', '10 千伏线路未迁改，企业要求延期'], ended: ['企业调整投资布局，终止协议', '逾期未缴保证金，协议解除'],
  early: ['用地规模未谈定', '扶持条款待研究', '等待投资方复函', '能耗指标待核'], fund: ['合伙协议未签'], upgrade: ['设备交期延后', '环评补充材料中'],
  leased: ['装修方案未定', '厂房消防改造未验收'], land: ['供电外线未完工', '环评补充材料中', '用地指标未落实', '设计方案修改', '高压线迁改中'],
};

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

const firstCorner = (lot) => {
  const [lon, lat] = /\(\(([\d.]+) ([\d.]+)/.exec(lot.plots[0].geometry).slice(1).map(Number);
  return [Math.round(lon * 10000) / 10000, Math.round(lat * 10000) / 10000];
};

function projectRow(random, one, i) {
  const { slot, site, stage } = one,
    late = one.milestones.some((m) => !m.actual_on && m.planned_on < '2022-11-30');
  const last = one.milestones.filter((m) => m.actual_on).pop(),
    chain = one.trade.chain,
    place = site.lot ? null : site.park ? parkCentre(site.park) : townOf(random, site.region).at;
  const at = site.lot ? firstCorner(site.lot) : pointNear(random, site.region, place ?? seatOf(site.region), 1500);
  one.counted = countedOn(random, one);
  return {
    id: one.id,
    name_zh: one.name.zh,
    name_en: one.name.en,
    visibility: one.secret ? 'staff' : 'public',
    precision: 'approximate',
    type: slot.type,
    field: slot.form === 'fund' ? 'finance' : one.research ? 'technology' : 'industry',
    stage,
    stage_confirmed: last?.confirmed_on ? 'yes' : 'no',
    phase: !one.secret && site.lot && site.lot.areaM2 > 130000 ? '一期' : '',
    investor: one.investor.id ?? '',
    company: one.company?.id ?? '',
    region: site.region,
    parks: slot.form === 'fund' ? NONE : (site.park ?? NONE),
    parcels: site.lot
      ? site.lot.plots.map((p) => p.id).join(';')
      : slot.form === 'leased' || slot.form === 'upgrade' || slot.form === 'fund'
        ? NONE
        : '',
    chains: chain ?? NONE,
    segments:
      chain && slot.form !== 'fund' && !one.carrier
        ? segmentsOf(one.trade, one.product)
            .filter((s) => s.startsWith(`${chain}.`))
            .join(';')
        : NONE,
    event: one.way.event ? one.way.event.id : '',
    invest_fen: random.chance(one.secret ? 70 : 98) ? one.wan * FEN_WAN : '',
    land_m2: site.lot ? site.lot.areaM2 : slot.form === 'land' || slot.form === 'expansion' ? '' : NONE,
    signed_on: dayAt(one, 'signed'),
    started_on: dayAt(one, 'started'),
    production_on: dayAt(one, 'in_production'),
    counted_on: one.counted,
    ...carrierCells(one, i),
    code_name: one.code ? one.code : (site.lot?.code ?? ''),
    blocked_zh: slot.stopped
      ? random.of(BLOCKED[slot.stopped])
      : late
        ? random.of(BLOCKED[one.secret ? 'early' : slot.form === 'expansion' ? 'land' : slot.form])
        : '',
    office_zh: `${COUNTIES[site.region].full}招商服务中心`,
    office_en: `${COUNTIES[site.region].fullEn} Investment Service Centre`,
    geometry: wktPoint(at),
    ...sample('project', i + 1, textOf(one.seen)),
  };
}

export function projectRows(projects) {
  const random = stream(4);
  return projects.map((one, i) => projectRow(random, one, i));
}

const daysBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / 86400000;

export function milestoneRows(projects) {
  const rows = [];
  for (const one of projects) {
    const signed = dayAt(one, 'signed'),
      all = [...one.milestones];
    if (one.counted) all.push({ stage: 'counted', planned_on: '', actual_on: one.counted, confirmed_on: '', evidence: '' });
    for (const m of all) {
      const [zh, en] = STAGE_NAME[m.stage],
        took = m.stage === 'started' && m.actual_on && signed ? daysBetween(signed, m.actual_on) : '';
      rows.push({
        id: `s-ms-${numbered(rows.length + 1, 4)}`,
        name_zh: `${one.name.zh}：${zh}`,
        name_en: `${one.name.en}: ${en}`,
        visibility: one.secret ? 'staff' : 'public',
        project: one.id,
        ...m,
        took_d: took,
        since: took === '' ? '' : 'signed',
        ...sample('milestone', rows.length + 1, textOf(one.seen)),
      });
    }
  }
  return rows;
}

const LEDGERS = {
  signed: ['签约台账', 'signed'],
  filed: ['备案台账', 'filed'],
  land: ['供地台账', 'land'],
  permit: ['施工许可台账', 'building permit'],
  statistics: ['统计台账', 'statistics'],
};

/** What each ledger says: filing has the fixed assets, the permit the building contract, statistics what was counted so far. */
export function amountRows(projects) {
  const random = stream(5),
    rows = [];
  for (const one of projects) {
    const list = [
      ['signed', dayAt(one, 'signed') || '', 1000],
      ['filed', dayAt(one, 'filed'), random.chance(46) ? 1000 : random.int(720, 1060)],
      ['land', dayAt(one, 'land_won'), random.chance(40) ? 1000 : random.int(700, 1000)],
      ['permit', dayAt(one, 'building_permit'), random.int(180, 420)],
      ['statistics', one.counted, random.int(420, 900)],
    ];
    for (const [ledger, day, permille] of list) {
      if (!day && !(ledger === 'signed' && !one.secret)) continue;
      const foreign = ledger === 'signed' && one.investor.foreign,
        wan = Math.round((one.wan * permille) / 10000) * 10 || one.wan,
        [zh, en] = LEDGERS[ledger];
      rows.push({
        id: `s-amt-${numbered(rows.length + 1, 3)}`,
        name_zh: `${one.name.zh}：${zh}`,
        name_en: `${one.name.en}: ${en}`,
        visibility: one.secret ? 'staff' : 'public',
        project: one.id,
        ledger,
        amount_fen: ledger === 'signed' ? one.wan * FEN_WAN : wan * FEN_WAN,
        currency: foreign ? 'USD' : 'CNY',
        amount_original: foreign ? Math.round(one.wan / 7 / 10) * 10 * 10000 : '',
        in_totals: ledger === 'signed' ? 'yes' : 'no',
        stated_on: day,
        ...sample('amount', rows.length + 1, textOf(one.seen)),
      });
    }
  }
  return rows;
}
