// Where things lie: counties, their towns (centres after GeoNames, rounded to 0.01°), parks, and points around them.
import { csvRows, geometryOfWkt } from '../csv.mjs';
import { contains, metresPerDegree } from '../plane.mjs';
import { readData } from '../write.mjs';

export const COUNTIES = {
  440703: { zh: '蓬江', full: '蓬江区', en: 'Pengjiang', fullEn: 'Pengjiang District' },
  440704: { zh: '江海', full: '江海区', en: 'Jianghai', fullEn: 'Jianghai District' },
  440705: { zh: '新会', full: '新会区', en: 'Xinhui', fullEn: 'Xinhui District' },
  440781: { zh: '台山', full: '台山市', en: 'Taishan', fullEn: 'Taishan' },
  440783: { zh: '开平', full: '开平市', en: 'Kaiping', fullEn: 'Kaiping' },
  440784: { zh: '鹤山', full: '鹤山市', en: 'Heshan', fullEn: 'Heshan' },
  440785: { zh: '恩平', full: '恩平市', en: 'Enping', fullEn: 'Enping' },
};

/** [town, lon, lat, weight]: the towns where industry is. */
const TOWNS = {
  440703: [
    ['棠下镇', 113.03, 22.68, 36],
    ['荷塘镇', 113.13, 22.67, 26],
    ['杜阮镇', 113.01, 22.61, 26],
    ['环市街道', 113.07, 22.62, 8],
    ['潮连街道', 113.12, 22.64, 4],
  ],
  440704: [
    ['外海街道', 113.14, 22.59, 40],
    ['礼乐街道', 113.08, 22.54, 36],
    ['江南街道', 113.1, 22.57, 24],
  ],
  440705: [
    ['会城街道', 113.03, 22.46, 28],
    ['大泽镇', 112.93, 22.52, 14],
    ['司前镇', 112.86, 22.49, 18],
    ['双水镇', 112.99, 22.43, 14],
    ['崖门镇', 113.05, 22.3, 10],
    ['三江镇', 113.1, 22.44, 7],
    ['睦洲镇', 113.16, 22.46, 5],
    ['罗坑镇', 112.92, 22.46, 4],
  ],
  440781: [
    ['台城街道', 112.78, 22.26, 36],
    ['大江镇', 112.8, 22.38, 22],
    ['水步镇', 112.8, 22.33, 24],
    ['四九镇', 112.86, 22.22, 6],
    ['斗山镇', 112.83, 22.07, 6],
    ['冲蒌镇', 112.81, 22.13, 6],
  ],
  440783: [
    ['水口镇', 112.76, 22.45, 40],
    ['长沙街道', 112.68, 22.38, 18],
    ['三埠街道', 112.69, 22.36, 12],
    ['沙塘镇', 112.59, 22.45, 8],
    ['月山镇', 112.73, 22.48, 14],
    ['苍城镇', 112.55, 22.47, 8],
  ],
  440784: [
    ['沙坪街道', 112.96, 22.77, 26],
    ['雅瑶镇', 113.0, 22.71, 16],
    ['桃源镇', 112.91, 22.72, 12],
    ['鹤城镇', 112.82, 22.64, 16],
    ['共和镇', 112.88, 22.58, 16],
    ['址山镇', 112.78, 22.52, 14],
  ],
  440785: [
    ['恩城街道', 112.31, 22.19, 46],
    ['圣堂镇', 112.37, 22.29, 12],
    ['沙湖镇', 112.44, 22.38, 14],
    ['横陂镇', 112.32, 22.05, 8],
    ['大槐镇', 112.23, 22.1, 20],
  ],
};

/** Parks where enterprises, buildings and works are put: those of the article that have a place. town: for addresses. */
export const PARKS = {
  'jm-fengshanhu': { region: '440705', zh: '凤山湖园区', en: 'Fengshan Lake Park', town: '大泽镇' },
  'jm-xinhui-mfg': { region: '440705', zh: '新会智造产业园', en: 'Xinhui Smart Manufacturing Park', town: '司前镇' },
  'jm-newmat': { region: '440705', zh: '珠西新材料集聚区', en: 'Zhuxi New Materials Cluster', town: '古井镇' },
  'jm-pilot-hitech-sanjiang': { region: '440705', zh: '三江睦洲先行启动区', en: 'Sanjiang–Muzhou Pilot Zone', town: '三江镇', at: [113.115, 22.455] },
  'jm-cluster-pengjiang': { region: '440703', zh: '蓬江片区', en: 'Pengjiang Section', town: '棠下镇' },
  'jm-hitech': { region: '440704', zh: '江门高新区', en: 'Jiangmen Hi-tech Zone', town: '外海街道', at: [113.13, 22.585] },
  'jm-hitech-ict': { region: '440704', zh: '高新区电子信息产业园', en: 'Hi-tech Zone Electronics Park', town: '礼乐街道', at: [113.1, 22.54] },
  'jm-heshan-ic': { region: '440784', zh: '鹤山工业城', en: 'Heshan Industrial City', town: '共和镇' },
  'jm-yayao': { region: '440784', zh: '雅瑶新兴产业园', en: 'Yayao Emerging Industries Park', town: '雅瑶镇' },
  'jm-heshan-glp': { region: '440784', zh: '鹤山普洛斯物流园', en: 'GLP Logistics Park Heshan', town: '共和镇' },
  'jm-dahuai': { region: '440785', zh: '大槐集聚区', en: 'Dahuai Cluster', town: '大槐镇' },
  'jm-enping-ip': { region: '440785', zh: '恩平工业园', en: 'Enping Industrial Park', town: '恩城街道' },
};

const shapes = new Map(JSON.parse(readData('regions.geojson')).features.map((f) => [f.properties.id, f.geometry]));
const centres = new Map(csvRows(readData('park_places.csv')).filter((row) => row.geometry)
  .map((row) => [row.id, geometryOfWkt(row.geometry).coordinates]));

/** A point within `reach` metres of [lon, lat] and inside the county; on a grid of 10⁻⁴ degrees, about 10 m. */
export function pointNear(random, region, [lon, lat], reach) {
  const [mx, my] = metresPerDegree(lat);
  for (let i = 0; i < 200; i++) {
    const x = random.int(-reach, reach), y = random.int(-reach, reach);
    const at = [lon + x / mx, lat + y / my].map((c) => Math.round(c * 10000) / 10000);
    if (x * x + y * y <= reach * reach && contains(shapes.get(region), at)) return at;
  }
  throw new Error(`no point of ${region} near ${lon} ${lat}`);
}

export const parkCentre = (park) => PARKS[park].at ?? centres.get(park);
export const wktPoint = ([lon, lat]) => `POINT (${lon} ${lat})`;

export function townOf(random, region) {
  const towns = TOWNS[region], weights = Object.fromEntries(towns.map(([name, , , weight]) => [name, weight]));
  const name = random.weighted(weights), [, lon, lat] = towns.find((town) => town[0] === name);
  return { name, at: [lon, lat] };
}

/** The county's seat, for what is only known to the county. */
export const seatOf = (region) => TOWNS[region][0].slice(1, 3);

export const addressOf = (region, town, street, number) => {
  const county = region < '440780' ? `江门市${COUNTIES[region].full}` : COUNTIES[region].full;
  return `${county}${town}${street}${number}号`;
};
