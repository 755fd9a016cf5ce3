// city_clusters.csv, city_chains.csv, city_parks.csv: eight clusters for the city into which the chains roll up and which roll up
// into the province's twenty; and of the article's parks what a park's office would say: area, services, when it replies.
import { AREAS } from '../parcel_areas.mjs';
import { PARKS } from './places.mjs';
import { sample, stream } from './streams.mjs';

export const CLUSTER_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'level', 'number', 'rolls_into', 'about_zh', 'about_en', 'as_of', 'locator',
];
export const CHAIN_COLUMNS = ['id', 'how', 'clusters', 'office_zh', 'office_en', 'as_of', 'locator'];

/** The paper says that there are eight, not which. */
const CLUSTERS = [
  ['高端装备制造', 'High-end equipment', 'gd-12;gd-13;gd-17;gd-20', ['cnc']],
  ['新一代信息技术', 'Information technology', 'gd-01;gd-08;gd-11;gd-14', ['new_it']],
  ['新能源汽车及零部件', 'Electric vehicles and parts', 'gd-04', ['nev']],
  ['新能源与电池', 'New energy and batteries', 'gd-16', ['battery', 'silicon_energy']],
  ['新材料与精细化工', 'New materials and fine chemicals', 'gd-02;gd-05;gd-15', []],
  ['智能家电与轻工', 'Appliances and light industry', 'gd-03;gd-06;gd-18', []],
  ['大健康与食品', 'Health and food', 'gd-09;gd-10', []],
  ['安全应急与数字服务', 'Safety and digital services', 'gd-07;gd-19', []],
];

export const clusterRows = () =>
  CLUSTERS.map(([zh, en, into], i) => ({
    id: `s-cluster-${i + 1}`,
    name_zh: `${zh}产业集群（示例）`,
    name_en: `${en} cluster (sample)`,
    level: 'city',
    number: i + 1,
    rolls_into: into,
    about_zh: '报道只说有 8 个，名称为示例。',
    about_en: 'The report says that there are eight; the names are samples.',
    ...sample('cluster', i + 1, '2022-11-30'),
  }));

export const chainRows = () =>
  CLUSTERS.flatMap(([, , , chains], i) =>
    chains.map((id) => ({
      id,
      clusters: `s-cluster-${i + 1}`,
      office_zh: '江门市工业和信息化局',
      office_en: 'Jiangmen Industry and Information Technology Bureau',
      ...sample('chain', i + 1, '2022-11-30'),
    })),
  );

const service = (name, ...loads) => [`${name}_state`, `${name}_in_service`, ...loads];
export const PARK_COLUMNS = [
  'id', 'how', 'office_zh', 'office_en', 'planned_m2', 'reply_d',
  ...service('road'),
  ...service('water', 'water_capacity_m3d', 'water_left_m3d'),
  ...service('rainwater'),
  ...service('sewage', 'sewage_capacity_m3d', 'sewage_left_m3d'),
  ...service('power', 'power_capacity_kva', 'power_left_kva'),
  ...service('heat', 'heat_capacity_tph', 'heat_left_tph'),
  ...service('gas', 'gas_capacity_m3h', 'gas_left_m3h'),
  ...service('telecom'),
  ...service('tv'),
  ...service('levelling'),
  'as_of',
  'locator',
];

/** Planned area in hectares; the part levelled and served so far decides the state of its services. */
const HECTARES = {
  'jm-fengshanhu': 860, 'jm-xinhui-mfg': 2140, 'jm-newmat': 1240, 'jm-pilot-hitech-sanjiang': 1820, 'jm-cluster-pengjiang': 680,
  'jm-hitech': 2300, 'jm-hitech-ict': 320, 'jm-heshan-ic': 2480, 'jm-yayao': 410, 'jm-heshan-glp': 58, 'jm-dahuai': 520,
  'jm-enping-ip': 930, 'jm-dahuai-ext': 340,
};
const EARLY = new Set(['jm-pilot-hitech-sanjiang', 'jm-dahuai-ext']);
const EXTENSION = { zh: '大槐扩园片区', en: 'Dahuai Extension' };

function stateOf(random, early, late) {
  const state = early
    ? random.weighted({ building: 55, planned: 30, done: 15 })
    : late
      ? random.weighted({ done: 60, building: 40 })
      : 'done';
  const date =
    state === 'done'
      ? String(random.int(2015, 2021))
      : state === 'building'
        ? random.of(['2022-12', '2023-03', '2023-06', '2023-09'])
        : random.of(['2023', '2024', '']);
  return { state, date };
}

/** The plots' own areas (parcel_areas.mjs) say what the stations of a park have and what is left. */
function loadsOf(park) {
  const area = AREAS.find((one) => one.park === park);
  if (!area) return null;
  const power = area.power.reduce(([capacity, left], [c, l]) => [capacity + c, left + l], [0, 0]);
  return { power, water: area.water, sewage: area.sewage, heat: area.heat, gas: area.gas };
}

export function parkRows() {
  const random = stream(14);
  return Object.entries(HECTARES).map(([id, hectares], i) => {
    const { zh, en } = PARKS[id] ?? EXTENSION,
      loads = loadsOf(id),
      cells = {};
    for (const name of ['road', 'water', 'rainwater', 'sewage', 'power', 'telecom', 'tv', 'levelling']) {
      const { state, date } = stateOf(random, EARLY.has(id), name === 'sewage' || name === 'levelling');
      Object.assign(cells, { [`${name}_state`]: state, [`${name}_in_service`]: random.chance(86) ? date : '' });
    }
    for (const name of ['heat', 'gas']) {
      const [state, load] = loads?.[name] ?? ['', null];
      Object.assign(cells, {
        [`${name}_state`]: state,
        [`${name}_in_service`]:
          state === 'done'
            ? '2020'
            : state === 'building'
              ? '2023-06'
              : state === 'planned'
                ? '2024'
                : state === 'none'
                  ? 'n/a'
                  : '',
      });
      if (load)
        Object.assign(cells, {
          [name === 'heat' ? 'heat_capacity_tph' : 'gas_capacity_m3h']: load[0],
          [name === 'heat' ? 'heat_left_tph' : 'gas_left_m3h']: load[1],
        });
    }
    if (loads)
      Object.assign(cells, {
        power_capacity_kva: loads.power[0],
        power_left_kva: loads.power[1],
        water_capacity_m3d: loads.water[0],
        water_left_m3d: loads.water[1],
        sewage_capacity_m3d: loads.sewage[0],
        sewage_left_m3d: loads.sewage[1],
      });
    return {
      id,
      office_zh: `${zh}管理办公室`,
      office_en: `${en} Office`,
      planned_m2: hectares * 10000,
      reply_d: random.of([1, 2, 2, 3, 3, 5]),
      ...cells,
      ...sample('park', i + 1, '2022-11-20'),
    };
  });
}
