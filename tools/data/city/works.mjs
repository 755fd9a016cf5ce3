// city_works.csv: 100 works for the nine services and levelled ground, all begun in January to October 2022. What they have
// spent is 163.04 (100 m CNY) to the last fen, which the paper reports of the real ones; which works these are, it does not say.
import { dayOf, textOf, TODAY, workday } from './days.mjs';
import { COUNTIES, PARKS, parkCentre, pointNear, wktPoint } from './places.mjs';
import { logNormal, numbered, sample, shuffled, stream } from './streams.mjs';

export const WORK_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'precision', 'service', 'state', 'park', 'region', 'planned_fen', 'spent_fen', 'begun_on',
  'due_on', 'done_on', 'office_zh', 'office_en', 'about_zh', 'about_en', 'as_of', 'locator', 'geometry',
];

const SPENT_WAN = 1630400, FEN_WAN = 1000000, MONTH_END = dayOf('2022-10-31');

/** How many works each park has. */
const PARK_WORKS = {
  'jm-fengshanhu': 21, 'jm-xinhui-mfg': 14, 'jm-pilot-hitech-sanjiang': 12, 'jm-newmat': 8, 'jm-cluster-pengjiang': 12,
  'jm-hitech': 5, 'jm-hitech-ict': 6, 'jm-heshan-ic': 12, 'jm-yayao': 6, 'jm-dahuai': 4,
};
const ROADS = ['纵一路', '纵二路', '横一路', '横三路', '园区大道北段', '园区大道南延线', '连接线', '东环路', '滨河路', '创业路'];
const ROADS_EN = [
  'north–south road 1', 'north–south road 2', 'east–west road 1', 'east–west road 3', 'park avenue, north section',
  'park avenue, south extension', 'link road', 'east ring road', 'riverside road', 'Chuangye Road',
];

/** service: [weight, 10,000 CNY at the median, [中文, English, percent of the median], …]. */
const KINDS = {
  road: [30, 22000],
  levelling: [
    18,
    19000,
    ['场地平整一期', 'levelling, phase one'],
    ['场地平整二期', 'levelling, phase two'],
    ['软基处理', 'soft ground treatment', 70],
    ['土石方工程', 'earthworks'],
  ],
  power: [
    14,
    13000,
    ['110 千伏变电站', '110 kV substation', 90],
    ['220 千伏变电站扩建', '220 kV substation extension', 140],
    ['10 千伏专线', '10 kV dedicated lines', 18],
    ['高压线迁改', 'moving of high-voltage lines', 40],
    ['电缆管廊', 'cable ducts', 60],
  ],
  sewage: [
    11,
    9000,
    ['污水处理厂一期', 'sewage works, phase one', 150],
    ['污水管网', 'sewers'],
    ['污水提升泵站', 'sewage pumping station', 40],
    ['工业污水处理厂扩容', 'industrial sewage works extension'],
  ],
  water: [9, 6000, ['供水主管', 'water main'], ['加压泵站', 'booster station', 50], ['工业供水管网', 'industrial water network']],
  rainwater: [8, 5500, ['雨水管渠', 'storm drains'], ['排涝泵站', 'drainage pumping station', 70], ['河道整治', 'channel works']],
  gas: [4, 4500, ['燃气中压管网', 'medium-pressure gas network'], ['燃气调压站', 'gas regulating station', 40]],
  heat: [3, 16000, ['集中供热管网', 'heating network'], ['热电联产供热主管', 'main from the heat and power plant']],
  telecom: [3, 1100, ['通信管道', 'telecom ducts'], ['5G 基站与管线', '5G masts and ducts']],
};
const HEATED = new Set(['jm-fengshanhu', 'jm-newmat', 'jm-heshan-ic']);

/** State and how much of the money is spent, in percent. */
function progress(random) {
  const state = random.weighted({ building: 62, done: 25, late: 13 });
  return {
    state,
    percent: { done: () => random.int(94, 102), building: () => random.int(32, 84), late: () => random.int(28, 62) }[state](),
  };
}

function dates(random, state) {
  if (state === 'done') {
    const begun = workday(dayOf('2022-01-05') + random.int(0, 75)),
      done = workday(Math.min(begun + random.int(110, 225), MONTH_END - 4));
    return { begun, done, due: done + random.int(-25, 30) };
  }
  const begun = workday(dayOf('2022-01-05') + random.int(0, state === 'late' ? 110 : 280));
  return {
    begun,
    done: null,
    due:
      state === 'late'
        ? Math.min(begun + random.int(120, 190), MONTH_END - 6)
        : Math.max(begun + random.int(240, 620), TODAY + 20),
  };
}

/** About log-normal, but no more than twice and a half the median: these are single works, not programmes. */
const moneyAtMost = (random, median) => Math.min(logNormal(random, median, 66), Math.floor((median * 5) / 2));

function work(random, park, used) {
  const services = Object.fromEntries(
    Object.entries(KINDS)
      .filter(([s]) => s !== 'heat' || HEATED.has(park))
      .map(([s, [weight]]) => [s, weight]),
  );
  for (;;) {
    const service = random.weighted(services),
      [, median, ...names] = KINDS[service],
      i = random.int(0, (names.length || ROADS.length) - 1);
    const [zh, en, percentOfIt] = names.length ? names[i] : [ROADS[i], ROADS_EN[i]],
      key = `${park} ${zh}`;
    if (used.has(key)) continue;
    used.add(key);
    const { state, percent } = progress(random),
      when = dates(random, state),
      months = Math.max(1, Math.floor((MONTH_END - when.begun) / 30));
    const weight = Math.max(
      200,
      Math.floor(
        (moneyAtMost(random, Math.floor((median * (percentOfIt ?? 100)) / 100)) *
          (state === 'done' ? 60 : 100) *
          Math.min(months + 2, 10)) /
          1000,
      ),
    );
    return {
      park,
      service,
      state,
      percent,
      when,
      weight,
      at: pointNear(random, PARKS[park].region, parkCentre(park), 1800),
      zh: `${PARKS[park].zh}${/^[0-9A-Z]/.test(zh) ? ' ' : ''}${zh}工程`.replace('工程工程', '工程'),
      en: `${PARKS[park].en}: ${en}`,
    };
  }
}

export function workRows() {
  const random = stream(11),
    used = new Set();
  const works = shuffled(
    random,
    Object.entries(PARK_WORKS).flatMap(([park, count]) => Array(count).fill(park)),
  ).map((park) => work(random, park, used));
  const sum = works.reduce((total, one) => total + one.weight, 0);
  for (const one of works) one.spentWan = Math.max(60, Math.floor((one.weight * SPENT_WAN) / sum / 10) * 10);
  const largest = works.reduce(
    (a, b) => (b.state === 'building' && b.spentWan > a.spentWan ? b : a),
    works.find((one) => one.state === 'building'),
  );
  largest.spentWan += SPENT_WAN - works.reduce((total, one) => total + one.spentWan, 0);
  return works.map((one, i) => {
    const region = PARKS[one.park].region,
      county = COUNTIES[region],
      plannedWan = Math.max(100, Math.round((one.spentWan * 100) / one.percent / 50) * 50);
    return {
      id: `s-work-${numbered(i + 1, 3)}`,
      name_zh: one.zh,
      name_en: one.en,
      precision: 'approximate',
      service: one.service,
      state: one.state,
      park: one.park,
      region,
      planned_fen: random.chance(95) ? plannedWan * FEN_WAN : '',
      spent_fen: one.spentWan * FEN_WAN,
      begun_on: textOf(one.when.begun).slice(0, 7),
      due_on: random.chance(93) ? textOf(one.when.due).slice(0, 7) : '',
      done_on: one.when.done ? textOf(one.when.done).slice(0, 7) : 'n/a',
      office_zh: one.service === 'power' ? `江门${county.zh}供电局` : `${PARKS[one.park].zh}管理办公室`,
      office_en: one.service === 'power' ? `${county.en} Power Supply Bureau` : `${PARKS[one.park].en} Office`,
      ...(one.state === 'late'
        ? random.of([
            { about_zh: '管线迁改滞后', about_en: 'Moving of lines is behind' },
            { about_zh: '征地未交', about_en: 'Land not yet handed over' },
            { about_zh: '材料涨价，重新招标', about_en: 'Tendered again as materials rose' },
          ])
        : {}),
      ...sample('work', i + 1, '2022-10-31'),
      geometry: wktPoint(one.at),
    };
  });
}
