// city_indicators.csv, city_observations.csv: monthly figures by county, January to October 2022. Counties add up to the city;
// where the paper has a figure for the city they add up to that: 231 projects; an industrial value added of 682.97 ÷ 60.4 %.
import { dayOf, textOf } from './days.mjs';
import { COUNTIES } from './places.mjs';
import { numbered, sample, stream } from './streams.mjs';

export const INDICATOR_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'value_unit', 'better', 'definition_zh', 'definition_en', 'order', 'headline', 'as_of',
  'locator',
];
export const OBSERVATION_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'indicator', 'region', 'period', 'reading', 'value', 'target', 'target_share_pct', 'rank',
  'rank_of', 'rank_scope', 'as_of', 'locator',
];

const FEN_WAN = 1000000, MONTHS = 10;
/** Shares of the counties and of the months, in thousandths. */
const COUNTY = { 440703: 192, 440704: 148, 440705: 305, 440781: 103, 440783: 86, 440784: 128, 440785: 38 };
const MONTH = [96, 80, 105, 95, 99, 111, 98, 99, 109, 108];

/** total: of ten months, in `step`s; what is not a total is a level that counties have by themselves. */
const INDICATORS = [
  {
    id: 's-ind-added', zh: '全市规上工业增加值', en: 'Industrial value added of the city', unit: 'fen', better: 'more',
    total: 11307450,
    scale: FEN_WAN,
    noise: 60,
    def: ['全部规模以上工业企业的增加值，按月', 'Value added by all industrial enterprises above the threshold, monthly'],
  },
  {
    id: 's-ind-invest', zh: '工业投资', en: 'Industrial investment', unit: 'fen', better: 'more', total: 4863200,
    scale: FEN_WAN,
    noise: 180,
    target: 6200000,
    def: ['工业固定资产投资，按月', 'Fixed-asset investment in industry, monthly'],
  },
  {
    id: 's-ind-projects', zh: '引进亿元以上项目', en: 'Projects of CNY 100 m or more', unit: 'count', better: 'more', total: 231,
    scale: 1, noise: 420, target: 300,
    def: ['当月引进、投资一亿元以上的项目', 'Projects of CNY 100 m or more brought in during the month'],
  },
  {
    id: 's-ind-started', zh: '亿元以上项目动工', en: 'Projects of CNY 100 m or more started', unit: 'count', better: 'more',
    total: 147, scale: 1, noise: 500, target: 200,
    def: ['当月动工的亿元以上项目', 'Projects of CNY 100 m or more begun during the month'],
  },
  {
    id: 's-ind-land', zh: '供应工业用地', en: 'Industrial land supplied', unit: 'm2', better: 'more', total: 341200, scale: 10,
    noise: 620,
    def: ['当月出让的工业用地面积', 'Industrial land granted during the month'],
  },
  {
    id: 's-ind-fdi', zh: '实际使用外资', en: 'Foreign capital used', unit: 'usd', better: 'more', total: 53800, scale: 10000,
    noise: 560,
    def: ['当月实际使用外资', 'Foreign capital used during the month'],
  },
  {
    id: 's-ind-days', zh: '签约到动工平均天数', en: 'Days from signing to start', unit: 'day', better: 'less',
    level: [150, 260],
    def: ['当月动工项目自签约起的平均天数', 'Mean days since signing of the projects begun during the month'],
  },
  {
    id: 's-ind-vacancy', zh: '标准厂房空置率', en: 'Vacancy of standard factories', unit: 'percent', better: 'less',
    level: [90, 240],
    tenths: true,
    def: ['月末空置面积占可租售面积', 'Vacant floor space at the end of the month, of all that is let or sold'],
  },
];

export const indicatorRows = () =>
  INDICATORS.map((one, i) => ({
    id: one.id,
    name_zh: one.zh,
    name_en: one.en,
    value_unit: one.unit,
    better: one.better,
    definition_zh: one.def[0],
    definition_en: one.def[1],
    order: 101 + i,
    headline: 'no',
    ...sample('indicator', i + 1, '2022-11-30'),
  }));

/** Splits `total` by weights into integers that add up to it: the largest remainders get what is left (Hamilton). */
export function split(total, weights) {
  const sum = weights.reduce((a, b) => a + b, 0), parts = weights.map((w) => Math.floor((total * w) / sum));
  const order = weights.map((w, i) => [(total * w) % sum, i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (let k = 0, left = total - parts.reduce((a, b) => a + b, 0); k < left; k++) parts[order[k][1]]++;
  return parts;
}

const monthText = (m) => `2022-${numbered(m + 1, 2)}`;
const lastOf = (m) => textOf(dayOf(`2022-${numbered(m + 2, 2)}-12`)); // reported on the 12th of the month after

/** → { county: [ten values] }, in steps. */
function tableOf(random, one) {
  const keys = Object.keys(COUNTY);
  if (one.total) {
    const weights = keys.flatMap((key) =>
      MONTH.map((share) => Math.floor((COUNTY[key] * share * (1000 + random.int(-one.noise, one.noise))) / 1000)),
    );
    const parts = split(one.total, weights);
    return Object.fromEntries(keys.map((key, i) => [key, parts.slice(i * MONTHS, (i + 1) * MONTHS)]));
  }
  return Object.fromEntries(
    keys.map((key) => {
      let level = random.int(one.level[0], one.level[1]);
      return [key, Array.from({ length: MONTHS }, () => (level = Math.max(one.level[0] - 20, level + random.int(-9, 8))))];
    }),
  );
}

const ranksOf = (values) => values.map((v) => (v === null ? '' : 1 + values.filter((other) => other !== null && other < v).length));

function monthRows(random, one, table) {
  const keys = Object.keys(COUNTY),
    rows = [];
  for (let m = 0; m < MONTHS; m++) {
    const values = keys.map((key) => (!one.total && random.chance(5) ? null : table[key][m])),
      known = values.filter((v) => v !== null),
      ranks = one.total ? [] : ranksOf(values);
    const sum = known.reduce((a, b) => a + b, 0),
      city = one.total ? sum : Math.round(sum / known.length),
      text = (v) => (v === null ? '' : one.tenths ? (v / 10).toFixed(1) : v * (one.scale ?? 1));
    rows.push({ region: '440700', name: ['全市', 'Jiangmen'], m, value: text(city) });
    keys.forEach((key, i) =>
      rows.push({
        region: key,
        name: [COUNTIES[key].zh, COUNTIES[key].en],
        m,
        value: text(values[i]),
        ...(ranks[i] ? { rank: ranks[i], rank_of: known.length, rank_scope: 'city' } : {}),
      }),
    );
  }
  return rows;
}

/** The city's months first, then each county's: a series stands together. */
const byRegion = (rows) => ['440700', ...Object.keys(COUNTY)].flatMap((region) => rows.filter((row) => row.region === region));

/** The year so far against the year's target, by county. */
function soFarRows(one, table) {
  const keys = Object.keys(COUNTY),
    targets = split(
      one.target,
      keys.map((key) => COUNTY[key]),
    );
  const soFar = keys.map((key) => table[key].reduce((a, b) => a + b, 0));
  const row = (region, name, value, target) => ({
    region,
    name,
    value: value * one.scale,
    target: target * one.scale,
    target_share_pct: (Math.round((value * 1000) / target) / 10).toFixed(1),
  });
  return [
    row(
      '440700',
      ['全市', 'Jiangmen'],
      soFar.reduce((a, b) => a + b, 0),
      one.target,
    ),
    ...keys.map((key, i) => row(key, [COUNTIES[key].zh, COUNTIES[key].en], soFar[i], targets[i])),
  ];
}

export function observationRows() {
  const random = stream(12),
    rows = [];
  const add = (one, { m, name, ...cells }) => {
    const when = m === undefined ? ['2022 年 1–10 月', 'January to October 2022'] : [`2022 年 ${m + 1} 月`, monthText(m)];
    rows.push({
      id: `s-obs-${numbered(rows.length + 1, 4)}`,
      name_zh: `${name[0]}${one.zh.replace('全市', '')}，${when[0]}`,
      name_en: `${one.en.replace(' of the city', '')}, ${name[1]}, ${when[1]}`,
      indicator: one.id,
      period: m === undefined ? '2022-01/2022-10' : monthText(m),
      reading: 'actual',
      ...cells,
      ...sample('observation', rows.length + 1, m === undefined ? '2022-11-12' : lastOf(m)),
    });
  };
  for (const one of INDICATORS) {
    const table = tableOf(random, one);
    for (const row of byRegion(monthRows(random, one, table))) add(one, row);
    if (one.target) for (const row of soFarRows(one, table)) add(one, row);
  }
  return rows;
}
