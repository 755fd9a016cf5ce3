// city_plans.csv: 38 plans of 3 pilot zones, 6 start zones and 11 characteristic parks, all begun, 21 industry plans done, so
// that the rows add up to what the paper reports. Which places those are, the paper says only in part: the rest is invented.
import { dayOf, seenDay, textOf, workday } from './days.mjs';
import { inventedPark } from './parks.mjs';
import { numbered, sample, stream } from './streams.mjs';

export const PLAN_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'type', 'state', 'park', 'region', 'begun_on', 'done_on', 'office_zh', 'office_en', 'as_of',
  'locator',
];

/** [place, English, the article's park or '' for an invented one (parks.mjs), county or '']. */
const PLACES = [
  ['江门高新区—三江睦洲先行启动区', 'Hi-tech Zone–Sanjiang–Muzhou Pilot Zone', 'jm-pilot-hitech-sanjiang', ''],
  ['新会智造产业园先行启动区', 'Xinhui Smart Manufacturing Pilot Zone', 'jm-xinhui-mfg', '440705'],
  ['蓬江—鹤山先行启动区', 'Pengjiang–Heshan Pilot Zone', 'jm-pilot-pengjiang-heshan', ''],
  ['江海启动区', 'Jianghai Start Zone', '', '440704'],
  ['新会启动区', 'Xinhui Start Zone', '', '440705'],
  ['台山启动区', 'Taishan Start Zone', '', '440781'],
  ['开平启动区', 'Kaiping Start Zone', '', '440783'],
  ['鹤山启动区', 'Heshan Start Zone', '', '440784'],
  ['恩平启动区', 'Enping Start Zone', '', '440785'],
  ['新能源电池产业园', 'Battery Park', 'jm-xinhui-mfg', '440705'],
  ['硅能源产业园', 'Silicon Energy Park', 'jm-silicon', ''],
  ['安全应急产业园', 'Safety and Emergency Park', 'jm-safety', '440704'],
  ['智能装备产业园', 'Smart Equipment Park', 'jm-enping-equipment', '440785'],
  ['新一代信息技术产业园', 'Information Technology Park', '', '440704'],
  ['电力装备产业园', 'Power Equipment Park', '', '440781'],
  ['智能家电产业园', 'Smart Appliances Park', '', '440703'],
  ['生物医药产业园', 'Biomedicine Park', '', '440703'],
  ['健康食品产业园', 'Healthy Food Park', '', '440705'],
  ['新能源汽车零部件产业园', 'Electric Vehicle Parts Park', '', '440781'],
  ['水暖卫浴产业园', 'Sanitary Ware Park', '', '440783'],
];

/** The other plans: of which places (by their number above), and how far. */
const OTHERS = [
  ['spatial', '空间规划', 'spatial plan', [0, 1, 2, 3, 9]],
  ['control', '控制性详细规划', 'detailed control plan', [1, 4, 7, 12]],
  ['design', '城市设计', 'urban design', [0, 1, 2]],
  ['environment', '规划环评', 'environmental assessment', [1, 9, 10]],
  ['transport', '综合交通规划', 'transport plan', [0, 2]],
];
const OFFICES = {
  industry: ['江门市工业和信息化局', 'Jiangmen Industry and Information Technology Bureau'],
  environment: ['江门市生态环境局', 'Jiangmen Ecology and Environment Bureau'],
  transport: ['江门市交通运输局', 'Jiangmen Transport Bureau'],
};
const LAND_OFFICE = ['江门市自然资源局', 'Jiangmen Natural Resources Bureau'];

export function planRows() {
  const random = stream(10),
    plans = [];
  const add = (place, type, zh, en, done) => {
    const begun = workday(dayOf('2021-11-10') + random.int(0, 200)),
      done_on = done ? workday(Math.max(begun + random.int(120, 200), dayOf('2022-05-20')) + random.int(0, 40)) : null;
    const [office_zh, office_en] = OFFICES[type] ?? LAND_OFFICE;
    plans.push({
      name_zh: `${place[0]}${zh}`,
      name_en: `${place[1]}: ${en}`,
      type,
      state: done ? 'done' : random.chance(62) ? 'drafted' : 'begun',
      park: place[2] || inventedPark(place[0]),
      region: place[3],
      begun_on: random.chance(92) ? textOf(begun).slice(0, 7) : '',
      done_on: !done ? 'n/a' : random.chance(88) ? textOf(Math.min(done_on, dayOf('2022-11-18'))).slice(0, 7) : '',
      office_zh,
      office_en,
    });
  };
  add(
    ['江门大型产业集聚区', 'Jiangmen Large Industrial Cluster Area', 'jm-cluster-area', '440700'],
    'industry',
    '产业发展规划',
    'industry plan',
    true,
  );
  for (const place of PLACES) add(place, 'industry', '产业规划', 'industry plan', true);
  for (const [type, zh, en, places] of OTHERS) for (const i of places) add(PLACES[i], type, zh, en, false);
  return plans.map((plan, i) => ({
    id: `s-plan-${numbered(i + 1, 2)}`,
    ...plan,
    ...sample('plan', i + 1, textOf(Math.max(seenDay(random), dayOf('2022-11-18')))),
  }));
}
