// city_buildings.csv and city_units.csv: estates of standard factories and what goes with them, floor by floor.
import { dayOf, seenDay, textOf, TODAY, workday } from './days.mjs';
import { COUNTIES, PARKS, parkCentre, pointNear, wktPoint } from './places.mjs';
import { numbered, sample, stream } from './streams.mjs';
import { isChemical, isService } from './trades.mjs';

export const BUILDING_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'precision', 'park', 'region', 'type', 'state', 'storeys', 'floor_area_m2', 'fire_hazard',
  'fire_resistance', 'power_kva', 'sewage_allowed', 'exhaust_allowed', 'built_on', 'office_zh', 'office_en', 'about_zh', 'about_en',
  'as_of', 'locator', 'geometry',
];
export const UNIT_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'building', 'park', 'region', 'storey', 'state', 'area_m2', 'smallest_m2', 'clear_height_m',
  'load_kg_m2', 'column_grid_m', 'crane_t', 'lift_t', 'power_kva', 'rent_fen_m2_month', 'price_fen_m2', 'available_from',
  'confirmed_on', 'let_to', 'as_of', 'locator',
];

const NONE = 'n/a';

/** Estates: [park, or county and place, 中文, English, buildings, years built, types by weight]. */
const ESTATES = [
  ['jm-fengshanhu', '凤山湖配套产业园', 'Fengshan Lake Supplier Estate', 8, [2021, 2023], { standard_factory: 8, dormitory: 1, research: 1 }],
  ['jm-xinhui-mfg', '司前智造标准厂房', 'Siqian Standard Factories', 7, [2018, 2022], { standard_factory: 8, warehouse: 1, dormitory: 1 }],
  ['440705 113.045 22.445', '会城工业园标准厂房', 'Huicheng Standard Factories', 5, [2014, 2019], { standard_factory: 9, dormitory: 1 }],
  ['jm-pilot-hitech-sanjiang', '三江智造港', 'Sanjiang Manufacturing Port', 5, [2022, 2023], { standard_factory: 9, research: 1 }],
  ['jm-newmat', '古井新材料中试基地', 'Gujing New Materials Pilot Base', 3, [2019, 2021], { standard_factory: 1 }],
  ['jm-cluster-pengjiang', '棠下创新工场', 'Tangxia Innovation Works', 8, [2019, 2022], { standard_factory: 7, research: 2, incubator: 1 }],
  ['440703 113.01 22.61', '杜阮五金产业园', 'Duruan Hardware Estate', 5, [2012, 2018], { standard_factory: 8, warehouse: 2 }],
  ['440703 113.13 22.67', '荷塘工业小区', 'Hetang Industrial Estate', 4, [2010, 2016], { standard_factory: 1 }],
  ['jm-hitech', '高新科创园', 'Hi-tech Innovation Park', 7, [2015, 2021], { incubator: 3, research: 3, standard_factory: 2 }],
  ['jm-hitech-ict', '礼乐电子信息产业社区', 'Lile Electronics Estate', 8, [2020, 2023], { accelerator: 6, standard_factory: 3, dormitory: 1 }],
  ['440704 113.15 22.6', '外海光电产业园', 'Waihai Optoelectronics Estate', 5, [2013, 2018], { standard_factory: 8, warehouse: 1, dormitory: 1 }],
  ['jm-heshan-ic', '共和中欧标准厂房', 'Gonghe Sino-European Factories', 9, [2020, 2023], { standard_factory: 8, accelerator: 1, dormitory: 1 }],
  ['jm-yayao', '雅瑶智创园', 'Yayao Smart Park', 6, [2020, 2023], { standard_factory: 7, incubator: 1, research: 1 }],
  ['jm-heshan-glp', '共和高标仓', 'Gonghe Modern Warehouses', 4, [2018, 2021], { warehouse: 1 }],
  ['440784 112.78 22.52', '址山五金标准厂房', 'Zhishan Standard Factories', 4, [2013, 2019], { standard_factory: 1 }],
  ['jm-dahuai', '大槐数控装备产业园', 'Dahuai CNC Equipment Estate', 8, [2020, 2023], { standard_factory: 9, accelerator: 2, dormitory: 1 }],
  ['jm-enping-ip', '恩平电声产业园', 'Enping Electroacoustics Estate', 5, [2016, 2021], { standard_factory: 8, incubator: 1, warehouse: 1 }],
  ['440781 112.79 22.27', '台城新能源汽配产业园', 'Taicheng EV Parts Estate', 6, [2018, 2022], { standard_factory: 9, dormitory: 1 }],
  ['440781 112.8 22.38', '大江标准厂房', 'Dajiang Standard Factories', 4, [2015, 2020], { standard_factory: 9, warehouse: 1 }],
  ['440783 112.65 22.44', '翠山湖标准厂房', 'Cuishan Lake Standard Factories', 5, [2017, 2022], { standard_factory: 9, dormitory: 1 }],
  ['440783 112.76 22.45', '水口水暖卫浴产业园', 'Shuikou Sanitary Ware Estate', 4, [2012, 2019], { standard_factory: 8, warehouse: 2 }],
];

/** Rent on the ground floor of a standard factory, in tenths of CNY/m² and month. */
const RENT = {
  440703: [150, 185],
  440704: [155, 195],
  440705: [125, 160],
  440781: [105, 130],
  440783: [105, 135],
  440784: [120, 155],
  440785: [95, 125],
};
const RENT_PERCENT = { standard_factory: 100, accelerator: 112, incubator: 120, research: 132, warehouse: 118, dormitory: 96 };

/** storeys, plate m² from–to, metres of clear height [single, ground, second, above], fire hazard by weight. */
const SHAPES = {
  standard_factory: {
    storeys: { 1: 18, 3: 14, 4: 24, 5: 26, 6: 14, 8: 4 },
    plate: [1400, 4200],
    height: [
      [900, 1200],
      [700, 800],
      [550, 600],
      [450, 500],
    ],
    fire: { C: 60, D: 32, E: 8 },
  },
  accelerator: {
    storeys: { 1: 14, 4: 30, 5: 36, 6: 20 },
    plate: [1800, 4400],
    height: [
      [1000, 1200],
      [750, 820],
      [560, 600],
      [480, 540],
    ],
    fire: { C: 70, D: 30 },
  },
  incubator: {
    storeys: { 5: 40, 6: 40, 8: 20 },
    plate: [900, 1800],
    height: [
      [600, 600],
      [540, 600],
      [450, 480],
      [450, 450],
    ],
    fire: { C: 80, E: 20 },
  },
  research: {
    storeys: { 6: 30, 8: 40, 10: 30 },
    plate: [900, 1600],
    height: [
      [540, 540],
      [510, 570],
      [450, 450],
      [450, 450],
    ],
    fire: { E: 1 },
  },
  warehouse: {
    storeys: { 1: 70, 2: 30 },
    plate: [4000, 12000],
    height: [
      [900, 1200],
      [850, 950],
      [750, 850],
      [600, 600],
    ],
    fire: { C: 90, E: 10 },
  },
  dormitory: {
    storeys: { 6: 60, 8: 40 },
    plate: [700, 1100],
    height: [
      [330, 330],
      [330, 330],
      [330, 330],
      [330, 330],
    ],
    fire: { E: 1 },
  },
};
const TYPE_NAME = {
  standard_factory: ['号厂房', 'Factory'],
  accelerator: ['号加速器', 'Accelerator'],
  incubator: ['号孵化楼', 'Incubator'],
  research: ['号研发楼', 'Research Block'],
  warehouse: ['号仓库', 'Warehouse'],
  dormitory: ['号宿舍楼', 'Dormitory'],
};

function stateOf(random, built) {
  if (built < TODAY - 15) return 'built';
  return built < TODAY + 150 ? 'topped_out' : built < TODAY + 420 && random.chance(80) ? 'building' : 'planned';
}

/** An estate's buildings are one after the other: later ones are later built. */
function builtDay(random, [from, to], i, count) {
  const first = dayOf(`${from}-03-01`), last = dayOf(`${to}-10-31`);
  return workday(first + Math.floor(((last - first) * (i * 2 + random.int(0, 2))) / (count * 2)));
}

function building(random, estate, i) {
  const [where, zh, en, count, years, types] = estate,
    park = where.startsWith('jm-') ? where : null;
  const region = park ? PARKS[park].region : where.split(' ')[0];
  const type = random.weighted(types),
    shape = SHAPES[type],
    built = builtDay(random, years, i, count),
    state = stateOf(random, built);
  const storeys = Number(random.weighted(shape.storeys)),
    plate = random.int(shape.plate[0] / 20, shape.plate[1] / 20) * 20 * (storeys === 1 && type !== 'warehouse' ? 2 : 1);
  const [typeZh, typeEn] = type === 'standard_factory' && zh.endsWith('厂房') ? ['号楼', 'Building'] : TYPE_NAME[type],
    plant = type !== 'dormitory' && type !== 'research';
  const chemical = where === 'jm-newmat';
  return {
    region,
    park,
    type,
    state,
    storeys,
    plate,
    built,
    seen: state === 'built' ? Math.max(seenDay(random), Math.min(built + 12, TODAY)) : seenDay(random),
    zh: `${zh}${i + 1}${typeZh}`,
    en: `${en}, ${typeEn} ${i + 1}`,
    estate,
    cells: {
      park: park ?? NONE,
      region,
      type,
      state,
      storeys,
      floor_area_m2: plate * storeys,
      fire_hazard:
        type === 'dormitory'
          ? NONE
          : random.chance(92)
            ? chemical
              ? random.weighted({ B: 2, C: 1 })
              : random.weighted(shape.fire)
            : '',
      fire_resistance: chemical ? 1 : random.chance(93) ? random.weighted({ 1: 25, 2: 75 }) : '',
      power_kva: random.chance(86)
        ? ([630, 800, 1000, 1250, 1600, 2000, 2500, 3150].find((kva) => kva >= (plate * storeys * (plant ? 90 : 60)) / 1000) ??
          4000)
        : '',
      sewage_allowed: !plant ? 'no' : random.chance(12) ? '' : random.chance(chemical ? 100 : 40) ? 'yes' : 'no',
      exhaust_allowed: !plant ? 'no' : random.chance(12) ? '' : random.chance(60) ? 'yes' : 'no',
      built_on: state === 'planned' ? String(textOf(built)).slice(0, 4) : random.chance(90) ? textOf(built).slice(0, 7) : '',
    },
  };
}

function offices(one) {
  const county = COUNTIES[one.region];
  const zh = one.park ? `${PARKS[one.park].zh}管理办公室` : `${county.full}招商服务中心`,
    en = one.park ? `${PARKS[one.park].en} Office` : `${county.fullEn} Investment Service Centre`;
  return { office_zh: zh, office_en: en };
}

/** How a storey is cut: units per storey so that a building has 3 to 12. */
function cuts(random, { storeys, type }) {
  if (storeys === 1) return [random.int(3, type === 'warehouse' ? 4 : 6)];
  if (storeys === 2) return [2, random.int(1, 3)];
  const most = Math.floor(12 / storeys);
  return Array.from({ length: storeys }, () => Math.max(1, random.int(1, Math.max(1, Math.min(most, 3)))));
}

function heightOf(random, one, storey) {
  const rows = SHAPES[one.type].height, [least, most] = rows[one.storeys === 1 ? 0 : Math.min(storey, 3)];
  return random.int(least / 10, most / 10) / 10;
}

/** kg/m², falling with the storey; the slab of a single storey lies on the ground. */
function loadOf(random, one, storey) {
  if (one.type === 'dormitory') return NONE;
  if (one.type === 'research') return storey === 1 ? 500 : 350;
  if (one.storeys === 1) return random.of([3000, 3000, 5000]);
  if (one.type === 'warehouse') return storey === 1 ? 3000 : 2000;
  if (one.type === 'incubator') return storey === 1 ? 800 : storey === 2 ? 600 : 500;
  return [random.of([1500, 2000, 2500]), random.of([1000, 1200]), 800, 650, 500][Math.min(storey, 5) - 1];
}

function rentOf(random, one, storey) {
  const [least, most] = RENT[one.region], tenths = (random.int(least, most) * RENT_PERCENT[one.type]) / 100;
  const lower = one.type === 'standard_factory' || one.type === 'accelerator' ? Math.min(storey - 1, 4) * 7 : 0;
  return Math.max(90, Math.min(250, Math.round((tenths - lower) / 5) * 5)) * 10;
}

function unitState(random, one) {
  if (one.type === 'dormitory') return one.state === 'built' ? random.weighted({ let: 60, vacant: 25, own_use: 15 }) : 'coming';
  if (one.state !== 'built') return random.weighted({ coming: 68, promised: 32 });
  const old = one.built < dayOf('2019-01-01');
  return random.weighted(
    old ? { let: 68, vacant: 12, promised: 5, own_use: 9, sold: 6 } : { let: 46, vacant: 28, promised: 14, own_use: 4, sold: 8 },
  );
}

/** From when it can be had. What is let has none, or the end of its lease, which lies ahead. */
function availableFrom(random, one, state) {
  if (state === 'sold' || state === 'own_use') return NONE;
  if (state === 'let') return random.chance(82) ? NONE : textOf(TODAY + random.int(60, 900)).slice(0, 7);
  if (state === 'vacant')
    return random.chance(22)
      ? ''
      : textOf(random.chance(60) ? one.seen - random.int(20, 300) : TODAY + random.int(5, 45)).slice(0, 7);
  if (state === 'promised' && one.state === 'built')
    return random.chance(50) ? '' : textOf(TODAY + random.int(30, 120)).slice(0, 7);
  const ready = Math.max(one.built + random.int(30, 90), TODAY + 20);
  return one.state === 'planned' ? textOf(ready).slice(0, 4) : random.chance(16) ? '' : textOf(ready).slice(0, 7);
}

function unit(random, one, storey, part, area, shared) {
  const state = unitState(random, one),
    open = state === 'vacant' || state === 'coming' || state === 'promised',
    plant = one.type !== 'dormitory' && one.type !== 'research';
  const rent = open ? (random.chance(9) ? '' : random.chance(4) ? 'withheld' : rentOf(random, one, storey)) : NONE;
  const forSale = (one.type === 'standard_factory' || one.type === 'accelerator') && random.chance(22);
  const confirmed = Math.max(one.built < TODAY ? Math.min(one.built, one.seen) : 0, one.seen - random.int(0, 20));
  return {
    state,
    confirmed,
    seen: one.seen,
    open,
    cells: {
      storey,
      state,
      area_m2: area,
      smallest_m2: open ? (random.chance(20) ? '' : Math.max(Math.floor(area / random.of([1, 2, 3]) / 10) * 10, 60)) : NONE,
      clear_height_m: random.chance(95) ? shared.height : '',
      load_kg_m2: random.chance(92) ? shared.load : '',
      column_grid_m: one.type === 'dormitory' ? NONE : random.chance(78) ? shared.grid : '',
      crane_t: storey === 1 && shared.crane ? (random.chance(90) ? shared.crane : '') : plant ? 0 : NONE,
      lift_t: one.storeys === 1 ? NONE : plant ? (random.chance(92) ? shared.lift : '') : one.type === 'research' ? 1.6 : NONE,
      power_kva: random.chance(70)
        ? ([50, 80, 100, 160, 200, 250, 315, 400, 500, 630, 800].find((kva) => kva >= (area * (plant ? 85 : 50)) / 1000) ?? 1000)
        : '',
      rent_fen_m2_month: rent,
      price_fen_m2: open && forSale ? random.int(52, 88) * 5000 : NONE,
      available_from: availableFrom(random, one, state),
      confirmed_on: open ? (random.chance(13) ? '' : textOf(confirmed)) : random.chance(50) ? textOf(confirmed) : '',
    },
  };
}

function unitsOf(random, one) {
  const grid = random.of([8, 8.4, 9]),
    lift = random.of([2, 3, 3, 5]),
    units = [];
  cuts(random, one).forEach((parts, i) => {
    const storey = i + 1,
      height = heightOf(random, one, storey),
      load = loadOf(random, one, storey);
    const crane =
      storey === 1 && height >= 7.5 && one.type !== 'warehouse' && random.chance(one.storeys === 1 ? 72 : 34)
        ? random.of(one.storeys === 1 ? [5, 10, 10, 16, 20] : [3, 5])
        : null;
    const whole = Math.floor((one.plate * random.int(955, 990)) / 1000);
    for (let part = 1; part <= parts; part++) {
      const area = Math.floor(whole / parts) + (part === 1 ? whole % parts : 0);
      const cutNote =
        parts > 1
          ? [`${storey} 层 ${String.fromCharCode(64 + part)} 单元`, `floor ${storey}, unit ${String.fromCharCode(64 + part)}`]
          : [`${storey} 层整层`, `floor ${storey}`];
      units.push({
        ...unit(random, one, storey, part, area, { height, load, grid, lift, crane }),
        zh: `${one.zh} ${cutNote[0]}`,
        en: `${one.en}, ${cutNote[1]}`,
      });
    }
  });
  return units;
}

const UPSTAIRS = new Set([
  'bms', 'pack', 'storage', 'harness', 'cockpit', 'drive', 'charger', 'lamp', '五金制品', '照明', '电器', '电器制造', '服装',
  '印刷', '塑料制品', '塑胶包装', '包装制品', '日化', '食品', '医疗科技', '生物科技', '玩具', '乐器', '安全科技', '电线电缆',
  '防护用品', '模具', '机械制造', '电气设备',
]);
const OFFICES = new Set(['software', 'sensor', '工业设计', '检测技术', '供应链管理', 'pv_service']);
const named = (set, trade) => set.has(trade.id) || set.has(trade.zh);

/** No foundry on the fourth floor, no plant in offices, no chemicals but where they may be. */
function suits(one, storey, trade) {
  if (one.type === 'research') return named(OFFICES, trade);
  if (one.type === 'incubator') return named(OFFICES, trade) || trade.chain === 'new_it' || trade.id === 'bms';
  if (one.type === 'warehouse') return trade.zh === '物流' || trade.zh === '供应链管理';
  if (one.park === 'jm-newmat') return isChemical(trade) || trade.id === 'cathode' || trade.id === 'anode';
  if (storey > 1) return named(UPSTAIRS, trade) || (trade.chain === 'new_it' && !isService(trade));
  return !isService(trade) && !isChemical(trade) && !['造船', '纸业', '陶瓷', '建材', '水泥制品', '集装箱配件', '表面处理', '化纤', '饲料'].includes(trade.zh);
}

/** Firms of the same park or county take what is let; each takes one unit. */
function tenants(random, buildings, firms) {
  const free = new Map();
  for (const firm of firms) for (const key of [firm.park, firm.region]) if (key) free.set(key, [...(free.get(key) ?? []), firm]);
  const used = new Set();
  for (const one of buildings)
    for (const u of one.units) {
      if (u.state !== 'let' || one.type === 'dormitory') continue;
      const fits = [...(free.get(one.park) ?? []), ...(free.get(one.region) ?? [])].filter(
        (firm) => !used.has(firm) && firm.outputWan > 0 && firm.founded < u.confirmed && suits(one, u.cells.storey, firm.trade),
      );
      const small = fits.filter(
        (firm) => firm.outputWan * 10 < u.cells.area_m2 * 120 && firm.outputWan * 10 > u.cells.area_m2 * 8,
      );
      if (!small.length || random.chance(14)) continue;
      const firm = random.of(small.slice(0, 30));
      used.add(firm);
      u.cells.let_to = firm.cells.name_zh;
    }
}

export function makeBuildings(firms) {
  const random = stream(2),
    buildings = [];
  for (const estate of ESTATES)
    for (let i = 0; i < estate[3]; i++) {
      const one = building(random, estate, i),
        centre = one.park ? parkCentre(one.park) : estate[0].split(' ').slice(1).map(Number);
      one.at =
        i === 0
          ? pointNear(random, one.region, centre, 1500)
          : pointNear(random, one.region, buildings[buildings.length - i].at, 260);
      one.units = unitsOf(random, one);
      buildings.push(one);
    }
  tenants(random, buildings, firms);
  return buildings;
}

export function buildingRows(buildings) {
  buildings.forEach((one, i) => {
    one.id = `s-bldg-${numbered(i + 1, 3)}`;
  });
  return buildings.map((one, i) => ({
    id: one.id,
    name_zh: one.zh,
    name_en: one.en,
    precision: 'approximate',
    ...one.cells,
    ...offices(one),
    geometry: wktPoint(one.at),
    ...sample('building', i + 1, textOf(one.seen)),
  }));
}

export function unitRows(buildings) {
  const all = buildings.flatMap((one) => one.units.map((u) => ({ u, one })));
  return all.map(({ u, one }, i) => ({
    id: `s-unit-${numbered(i + 1, 4)}`,
    name_zh: u.zh,
    name_en: u.en,
    building: one.id,
    park: one.park ?? NONE,
    region: one.region,
    ...u.cells,
    ...sample('unit', i + 1, textOf(u.seen)),
  }));
}
