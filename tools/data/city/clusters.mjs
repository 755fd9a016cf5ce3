// city_clusters.csv, city_chains.csv: eight clusters for the city, into which its chains roll up and which roll up into the
// province's twenty.
import { sample } from './streams.mjs';

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
