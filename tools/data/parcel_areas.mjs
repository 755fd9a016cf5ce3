// Where the sample plots lie and what kind of ground each area is. All of it is invented: it is what such areas look like
// in a natural-resources bureau's ledger, not what lies there.
//
// corner: lon, lat of the area's lower left; turn: [cos, sin] of its rotation (Pythagorean, so exact); rows are `wide`
// metres long and one of `depths` deep; plots are `scale` percent of the usual size. uses, states: weights. price: CNY/m² of
// general industrial land; invest: 10,000 CNY/mu. Utilities are what the area's stations have: [capacity, left]; power has
// one a substation, shared by several rows. heat, gas: how far the area is served.

const READY = { serviced: 26, advertised: 8, promised: 24, supplied: 12, approved_unbuilt: 5, building: 9, built: 8, raw: 5, banked: 3, idle: 1, under_used: 1 };
const HALF_READY = { serviced: 18, advertised: 7, promised: 16, supplied: 7, approved_unbuilt: 4, building: 6, built: 4, raw: 14, banked: 13, acquiring: 6, planned: 5, idle: 1, under_used: 1 };
const EARLY = { serviced: 5, advertised: 3, promised: 9, raw: 20, banked: 20, acquiring: 20, planned: 25, supplied: 2, building: 1 };
const OLD = { serviced: 14, advertised: 6, promised: 16, supplied: 12, building: 8, built: 16, idle: 8, under_used: 12, approved_unbuilt: 4, banked: 4 };

export const AREAS = [
  { code: 'FSH', zh: '凤山湖园区', en: 'Fengshan Lake Park', park: 'jm-fengshanhu', region: '440705', count: 92,
    corner: [112.88, 22.512], turn: [112 / 113, 15 / 113], wide: 3000, depths: [240, 300, 400], scale: 300,
    uses: { M2: 76, M1: 15, W1: 5, M0: 4 }, states: READY, price: 480, invest: 350,
    power: [[126000, 41000], [126000, 27000], [100000, 6500]], water: [50000, 14000], sewage: [20000, 5200],
    heat: ['building', [120, 60]], gas: ['done', [12000, 4200]] },
  { code: 'NM', zh: '珠西新材料集聚区', en: 'Zhuxi New Materials Cluster', park: 'jm-newmat', region: '440705', count: 44,
    corner: [113.112, 22.336], turn: [60 / 61, -11 / 61], wide: 1500, depths: [190, 240, 300], scale: 150,
    uses: { M3: 46, M2: 47, W2: 4, W3: 3 }, states: HALF_READY, price: 465, invest: 320,
    power: [[126000, 36000], [100000, 12000]], water: [40000, 9000], sewage: [15000, 2600],
    heat: ['done', [220, 65]], gas: ['done', [15000, 5600]] },
  { code: 'SM', zh: '三江睦洲片区', en: 'Sanjiang–Muzhou', park: 'jm-pilot-hitech-sanjiang', region: '440705', count: 40,
    corner: [113.114, 22.447], turn: [144 / 145, 17 / 145], wide: 1500, depths: [150, 190, 240, 300], scale: 110,
    uses: { M1: 44, M2: 46, M0: 6, W1: 4 }, states: EARLY, price: 530, invest: 360,
    power: [[126000, 52000]], water: [30000, 11000], sewage: [10000, 3400],
    heat: ['none'], gas: ['planned', [8000, 6400]] },
  { code: 'ICT', zh: '高新区电子信息园', en: 'Hi-tech Zone Electronics Park', park: 'jm-hitech-ict', region: '440704', count: 34,
    corner: [113.098, 22.534], turn: [60 / 61, 11 / 61], wide: 1300, depths: [100, 120, 150, 190], scale: 62,
    uses: { M1: 58, M0: 26, M2: 14, B2: 2 }, states: OLD, price: 630, invest: 450,
    power: [[100000, 9500], [126000, 24000]], water: [60000, 15000], sewage: [40000, 8800],
    heat: ['none'], gas: ['done', [9000, 2100]] },
  { code: 'PJ', zh: '蓬江片区', en: 'Pengjiang Section', park: 'jm-cluster-pengjiang', region: '440703', count: 38,
    corner: [113.02, 22.66], turn: [84 / 85, 13 / 85], wide: 1400, depths: [100, 120, 150, 190], scale: 66,
    uses: { M1: 54, M2: 24, M0: 18, W1: 2, MX: 2 }, states: HALF_READY, price: 600, invest: 420,
    power: [[126000, 21000], [80000, 7000]], water: [40000, 9500], sewage: [20000, 4100],
    heat: ['none'], gas: ['done', [8000, 2600]] },
  { code: 'HS', zh: '鹤山工业城', en: 'Heshan Industrial City', park: 'jm-heshan-ic', region: '440784', count: 48,
    corner: [112.846, 22.586], turn: [40 / 41, 9 / 41], wide: 1700, depths: [190, 240, 320], scale: 165,
    uses: { M2: 62, M1: 26, W1: 7, M0: 5 }, states: READY, price: 470, invest: 320,
    power: [[126000, 33000], [100000, 21500]], water: [30000, 8200], sewage: [15000, 3700],
    heat: ['planned', [80, 80]], gas: ['done', [7000, 1900]] },
  { code: 'GLP', zh: '普洛斯物流园', en: 'GLP Logistics Park', park: 'jm-heshan-glp', region: '440784', count: 8,
    corner: [112.872, 22.607], turn: [40 / 41, 9 / 41], wide: 800, depths: [190, 240], scale: 130,
    uses: { W1: 90, W2: 10 }, states: { built: 50, building: 20, supplied: 15, serviced: 15 }, price: 450, invest: 220,
    power: [[40000, 14000]], water: [30000, 8200], sewage: [15000, 3700], heat: ['none'], gas: ['none'] },
  { code: 'YY', zh: '雅瑶新兴产业园', en: 'Yayao Emerging Industries Park', park: 'jm-yayao', region: '440784', count: 24,
    corner: [112.984, 22.705], turn: [144 / 145, -17 / 145], wide: 1200, depths: [100, 120, 150, 190], scale: 70,
    uses: { M1: 66, M2: 26, M0: 8 }, states: HALF_READY, price: 510, invest: 340,
    power: [[80000, 11500]], water: [20000, 5100], sewage: [10000, 2200], heat: ['none'], gas: ['building', [5000, 3800]] },
  { code: 'DH', zh: '大槐集聚区', en: 'Dahuai Cluster', park: 'jm-dahuai', region: '440785', count: 34,
    corner: [112.214, 22.103], turn: [24 / 25, 7 / 25], wide: 1500, depths: [150, 240, 320], scale: 150,
    uses: { M2: 72, M1: 24, W1: 4 }, states: READY, price: 330, invest: 250,
    power: [[80000, 26000]], water: [20000, 8900], sewage: [10000, 4300], heat: ['none'], gas: ['planned', [4000, 3600]] },
  { code: 'DX', zh: '大槐扩园片区', en: 'Dahuai Extension', park: 'jm-dahuai-ext', region: '440785', count: 24,
    corner: [112.234, 22.078], turn: [24 / 25, 7 / 25], wide: 1500, depths: [240, 300, 400], scale: 250,
    uses: { M2: 80, M1: 20 }, states: EARLY, price: 310, invest: 250,
    power: [[100000, 62000]], water: [20000, 8900], sewage: [10000, 6000], heat: ['none'], gas: ['planned', [4000, 3600]] },
  { code: 'TS', zh: '水步工业片区', en: 'Shuibu Industrial Area', region: '440781', count: 14,
    corner: [112.79, 22.313], turn: [60 / 61, -11 / 61], wide: 900, depths: [120, 150, 190], scale: 85,
    uses: { M2: 66, M1: 30, W1: 4 }, states: HALF_READY, price: 385, invest: 260,
    power: [[80000, 17000]], water: [15000, 4600], sewage: [8000, 1900], heat: ['none'], gas: ['building', [3500, 2600]] },
  { code: 'KP', zh: '水口工业片区', en: 'Shuikou Industrial Area', region: '440783', count: 12,
    corner: [112.752, 22.464], turn: [84 / 85, 13 / 85], wide: 900, depths: [100, 120, 150], scale: 75,
    uses: { M2: 64, M1: 32, W1: 4 }, states: OLD, price: 400, invest: 280,
    power: [[63000, 9000]], water: [20000, 5400], sewage: [10000, 2400], heat: ['none'], gas: ['done', [4000, 900]] },
];

/** Who is asked about a plot, and about its power. */
export const OFFICES = {
  440703: { land: ['江门市自然资源局蓬江分局', 'Jiangmen Natural Resources Bureau, Pengjiang Branch'], power: ['江门蓬江供电局', 'Pengjiang Power Supply Bureau'] },
  440704: { land: ['江门市自然资源局江海分局', 'Jiangmen Natural Resources Bureau, Jianghai Branch'], power: ['江门江海供电局', 'Jianghai Power Supply Bureau'] },
  440705: { land: ['新会区自然资源局', 'Xinhui Natural Resources Bureau'], power: ['江门新会供电局', 'Xinhui Power Supply Bureau'] },
  440781: { land: ['台山市自然资源局', 'Taishan Natural Resources Bureau'], power: ['江门台山供电局', 'Taishan Power Supply Bureau'] },
  440783: { land: ['开平市自然资源局', 'Kaiping Natural Resources Bureau'], power: ['江门开平供电局', 'Kaiping Power Supply Bureau'] },
  440784: { land: ['鹤山市自然资源局', 'Heshan Natural Resources Bureau'], power: ['江门鹤山供电局', 'Heshan Power Supply Bureau'] },
  440785: { land: ['恩平市自然资源局', 'Enping Natural Resources Bureau'], power: ['江门恩平供电局', 'Enping Power Supply Bureau'] },
};
