// city_costs.csv: what power, gas, water, labour, rent and haulage cost, by county, with the day from which it holds.
import { COUNTIES } from './places.mjs';
import { numbered, sample, stream } from './streams.mjs';

export const COST_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'type', 'region', 'park', 'price_fen', 'price_to_fen', 'per', 'valid_from', 'valid_to',
  'about_zh', 'about_en', 'as_of', 'locator',
];

/** Level of a county's prices, in percent, and its straight distance class to the container ports (CNY per TEU to 南沙). */
const LEVEL = {
  440703: [106, 1150],
  440704: [108, 1100],
  440705: [100, 1050],
  440781: [90, 1450],
  440783: [90, 1400],
  440784: [98, 1100],
  440785: [84, 1650],
};

const ROWS = [
  [
    'power',
    '大工业用电，35 千伏',
    'Large industry power, 35 kV',
    'kWh',
    [6160, 6640],
    100,
    [
      '电度电价，平段，含输配电价和代征；购电月月不同',
      'Energy charge, flat period, with grid fee and levies; the purchase price changes monthly',
    ],
  ],
  [
    'power',
    '大工业用电，1–10 千伏',
    'Large industry power, 1–10 kV',
    'kWh',
    [6410, 6890],
    100,
    ['电度电价，平段', 'Energy charge, flat period'],
  ],
  [
    'power',
    '大工业用电，容量电价',
    'Large industry power, capacity charge',
    'kVA_month',
    [230000, null],
    100,
    ['按变压器容量', 'By transformer capacity'],
  ],
  [
    'gas',
    '工业用管道天然气',
    'Piped gas for industry',
    'm3',
    [36500, 43500],
    100,
    ['随气源价格联动', 'Follows the price at source'],
  ],
  ['water', '工业用水', 'Water for industry', 't', [22500, 27500], null, ['不含污水处理费', 'Without sewage charge']],
  ['sewage', '污水处理费（非居民）', 'Sewage charge, not households', 't', [12000, 14000], null, null],
  [
    'wage',
    '普工',
    'General workers',
    'month',
    [45000000, 56000000],
    1,
    ['含加班，不含社保', 'With overtime, without social insurance'],
  ],
  ['wage', '技工', 'Skilled workers', 'month', [62000000, 86000000], 1, null],
  ['wage', '工程技术人员', 'Engineers', 'month', [85000000, 130000000], 1, null],
  ['rent', '标准厂房首层', 'Standard factory, ground floor', 'm2_month', [125000, 160000], 1, null],
  ['rent', '标准厂房二层以上', 'Standard factory, upper floors', 'm2_month', [105000, 135000], 1, null],
  [
    'transport',
    '集装箱拖运至南沙港',
    'Container haulage to Nansha',
    'teu',
    null,
    null,
    ['单程，含过路费', 'One way, with tolls'],
  ],
  [
    'transport',
    '集装箱拖运至盐田港',
    'Container haulage to Yantian',
    'teu',
    null,
    null,
    ['单程，含过路费', 'One way, with tolls'],
  ],
];

/** Prices above are in hundredths of a fen; the field has two decimals. */
const fen = (hundredths) => (hundredths / 100).toFixed(2).replace(/\.?0+$/, '');

function range(random, [type, zh, , , between, scaling], region) {
  const [level, haul] = LEVEL[region];
  if (type === 'transport') {
    const yuan = Math.round(((zh.includes('盐田') ? haul * 18 : haul * 10) / 10 + random.int(-40, 40)) / 50) * 50;
    return [yuan * 10000, (yuan + 250) * 10000];
  }
  const percent = scaling === 1 ? level : scaling === null ? 94 + random.int(0, 12) : 100,
    step = type === 'wage' ? 1000000 : type === 'rent' ? 5000 : type === 'power' ? 1 : 500;
  return between.map((v) => (v === null ? null : Math.round((v * percent) / 100 / step) * step));
}

const STEAM = { 440705: ['jm-newmat', [2150000, 2450000]] };

export function costRows() {
  const random = stream(13),
    rows = [];
  const add = (cells) =>
    rows.push({
      id: `s-cost-${numbered(rows.length + 1, 3)}`,
      ...cells,
      ...sample('cost', rows.length + 1, cells.as_of ?? '2022-11-15'),
    });
  for (const region of Object.keys(COUNTIES)) {
    const county = COUNTIES[region];
    for (const row of ROWS) {
      const [type, zh, en, per, , , about] = row,
        [from, to] = range(random, row, region),
        tariff = ['power', 'gas', 'water', 'sewage'].includes(type);
      add({
        name_zh: `${county.full}：${zh}`,
        name_en: `${county.fullEn}: ${en}`,
        type,
        region,
        park: 'n/a',
        price_fen: fen(from),
        price_to_fen: to === null ? 'n/a' : random.chance(94) ? fen(to) : '',
        per,
        valid_from:
          type === 'power'
            ? '2022-11-01'
            : tariff
              ? random.of(['2021-01-01', '2021-07-01', '2022-01-01', '2020-01-01'])
              : '2022-07',
        valid_to: type === 'power' ? '2022-11-30' : '',
        about_zh: about?.[0] ?? '',
        about_en: about?.[1] ?? '',
      });
    }
    if (STEAM[region])
      add({
        name_zh: `${county.full}：园区蒸汽`,
        name_en: `${county.fullEn}: steam`,
        type: 'steam',
        region,
        park: STEAM[region][0],
        price_fen: fen(STEAM[region][1][0]),
        price_to_fen: fen(STEAM[region][1][1]),
        per: 't', valid_from: '2022-08', valid_to: '', about_zh: '随煤、气价调整', about_en: 'Adjusted with coal and gas',
      });
  }
  return rows;
}
