// city_parks.csv: of the article's parks what a park's office would say: area, services, when it replies. And the parks that
// the article counts without naming them: 6 start zones and 7 of the 11 characteristic parks; of these even the names are invented.
import { AREAS } from '../parcel_areas.mjs';
import { COUNTIES, PARKS } from './places.mjs';
import { numbered, sample, stream } from './streams.mjs';

const service = (name, ...loads) => [`${name}_state`, `${name}_in_service`, ...loads];
export const PARK_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'tiers', 'regions', 'parents', 'focus_zh', 'focus_en', 'office_zh', 'office_en', 'planned_m2',
  'reply_d', ...service('road'), ...service('water', 'water_capacity_m3d', 'water_left_m3d'), ...service('rainwater'),
  ...service('sewage', 'sewage_capacity_m3d', 'sewage_left_m3d'), ...service('power', 'power_capacity_kva', 'power_left_kva'),
  ...service('heat', 'heat_capacity_tph', 'heat_left_tph'), ...service('gas', 'gas_capacity_m3h', 'gas_left_m3h'),
  ...service('telecom'), ...service('tv'), ...service('levelling'), 'as_of', 'locator',
];

/** Planned area of the article's parks, in hectares. */
const HECTARES = {
  'jm-fengshanhu': 860, 'jm-xinhui-mfg': 2140, 'jm-newmat': 1240, 'jm-pilot-hitech-sanjiang': 1820, 'jm-cluster-pengjiang': 680,
  'jm-hitech': 2300, 'jm-hitech-ict': 320, 'jm-heshan-ic': 2480, 'jm-yayao': 410, 'jm-heshan-glp': 58, 'jm-dahuai': 520,
  'jm-enping-ip': 930, 'jm-dahuai-ext': 340,
};
const EXTENSION = { zh: '大槐扩园片区', en: 'Dahuai Extension' };

/** [tier, 中文, English, county, hectares, focus 中文, English]. */
const INVENTED = [
  ['start_zone', '江海启动区', 'Jianghai Start Zone', '440704', 410, '电子信息', 'Electronics'],
  ['start_zone', '新会启动区', 'Xinhui Start Zone', '440705', 620, '先进制造', 'Advanced manufacturing'],
  ['start_zone', '台山启动区', 'Taishan Start Zone', '440781', 560, '汽车零部件', 'Vehicle parts'],
  ['start_zone', '开平启动区', 'Kaiping Start Zone', '440783', 480, '水暖卫浴与食品', 'Sanitary ware and food'],
  ['start_zone', '鹤山启动区', 'Heshan Start Zone', '440784', 540, '机械与新材料', 'Machinery and materials'],
  ['start_zone', '恩平启动区', 'Enping Start Zone', '440785', 390, '智能装备与电声', 'Equipment and electroacoustics'],
  ['characteristic', '新一代信息技术产业园', 'Information Technology Park', '440704', 260, '新一代信息技术', 'Information technology'],
  ['characteristic', '电力装备产业园', 'Power Equipment Park', '440781', 310, '电力装备', 'Power equipment'],
  ['characteristic', '智能家电产业园', 'Smart Appliances Park', '440703', 230, '智能家电', 'Smart appliances'],
  ['characteristic', '生物医药产业园', 'Biomedicine Park', '440703', 150, '生物医药', 'Biomedicine'],
  ['characteristic', '健康食品产业园', 'Healthy Food Park', '440705', 280, '健康食品', 'Healthy food'],
  ['characteristic', '新能源汽车零部件产业园', 'Electric Vehicle Parts Park', '440781', 350, '新能源汽车零部件', 'Electric vehicle parts'],
  ['characteristic', '水暖卫浴产业园', 'Sanitary Ware Park', '440783', 220, '水暖卫浴', 'Sanitary ware'],
];

/** The keys of invented parks by their name. */
export const inventedPark = (zh) => `s-park-${numbered(1 + INVENTED.findIndex((row) => row[1] === zh), 2)}`;

const EARLY = new Set(['jm-pilot-hitech-sanjiang', 'jm-dahuai-ext']);
const LATE_SERVICES = new Set(['sewage', 'levelling']);
const STATES = {
  early: { building: 55, planned: 30, done: 15 },
  late: { done: 60, building: 40 },
  ready: { done: 1 },
  start_zone: { planned: 55, building: 45 },
};
const DATES = {
  done: ['2015', '2016', '2017', '2018', '2019', '2020', '2021'], building: ['2022-12', '2023-03', '2023-06', '2023-09'],
  planned: ['2023', '2024', ''], none: ['n/a'], '': [''],
};

function serviceCells(random, name, state) {
  return { [`${name}_state`]: state, [`${name}_in_service`]: random.chance(86) || state === 'none' ? random.of(DATES[state]) : '' };
}

/** The plots' own areas (parcel_areas.mjs) say what the stations of a park have, and what is left. */
function loadCells(park) {
  const area = AREAS.find((one) => one.park === park);
  if (!area) return {};
  const sum = (k) => area.power.reduce((total, station) => total + station[k], 0),
    [, heat] = area.heat,
    [, gas] = area.gas;
  return {
    power_capacity_kva: sum(0),
    power_left_kva: sum(1),
    water_capacity_m3d: area.water[0],
    water_left_m3d: area.water[1],
    sewage_capacity_m3d: area.sewage[0],
    sewage_left_m3d: area.sewage[1],
    ...(heat ? { heat_capacity_tph: heat[0], heat_left_tph: heat[1] } : {}),
    ...(gas ? { gas_capacity_m3h: gas[0], gas_left_m3h: gas[1] } : {}),
  };
}

function servicesOf(random, park, stage) {
  const area = AREAS.find((one) => one.park === park), cells = {};
  for (const name of ['road', 'water', 'rainwater', 'sewage', 'power', 'telecom', 'tv', 'levelling']) {
    const weights = STATES[stage === 'ready' && LATE_SERVICES.has(name) ? 'late' : stage];
    Object.assign(cells, serviceCells(random, name, random.weighted(weights)));
  }
  for (const name of ['heat', 'gas']) Object.assign(cells, serviceCells(random, name, area ? area[name][0] : ''));
  return { ...cells, ...loadCells(park) };
}

export function parkRows() {
  const random = stream(14);
  const named = Object.entries(HECTARES).map(([id, hectares], i) => {
    const { zh, en } = PARKS[id] ?? EXTENSION;
    return {
      id, office_zh: `${zh}管理办公室`, office_en: `${en} Office`, planned_m2: hectares * 10000, reply_d: random.of([1, 2, 2, 3, 3, 5]),
      ...servicesOf(random, id, EARLY.has(id) ? 'early' : 'ready'), ...sample('park', i + 1, '2022-11-20'),
    };
  });
  const invented = INVENTED.map(([tier, zh, en, region, hectares, focus_zh, focus_en], i) => ({
    id: inventedPark(zh), name_zh: `${zh}（示例）`, name_en: `${en} (sample)`, tiers: tier, regions: region,
    parents: tier === 'start_zone' ? 'jm-cluster-area' : '', focus_zh, focus_en, office_zh: `${COUNTIES[region].full}招商服务中心`,
    office_en: `${COUNTIES[region].fullEn} Investment Service Centre`, planned_m2: hectares * 10000, reply_d: random.of([2, 3, 5]),
    ...servicesOf(random, null, tier === 'start_zone' ? 'start_zone' : 'early'), ...sample('park', named.length + i + 1, '2022-11-20'),
  }));
  return [...named, ...invented];
}
