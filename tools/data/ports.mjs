// data/jiangmen/facilities.csv: seaports within 150 km of Jiangmen, from npm sea-ports (MIT).
//
//   node tools/data/ports.mjs [--check]
//
// The package warns that not all its coordinates are right. What was seen to be wrong is left out here, by code and with
// the reason; the rest is taken as the package gives it.
import ports from 'sea-ports';
import { csvText } from './csv.mjs';
import { contains, metresPerDegree } from './plane.mjs';
import { finish, readData } from './write.mjs';

// The package states no date; what it needs to be developed (eslint 6.6) is of late 2019.
const AS_OF = '2019';
const CENTRE = [113.0833, 22.5833]; // Jiangmen
const WITHIN_M = 150000;

const LEFT_OUT = {
  CNSWA: 'an airport (Jieyang), placed in Guangzhou',
  CNZHA: 'an airport (Zhanjiang), placed in Guangzhou',
  CNSZX: 'the code of the city of Shenzhen under the name of its airport',
  CNGGY: 'Gongyi lies in Taishan; placed 90 km off, north of Guangzhou',
  CNLAN: 'Lanshi lies in Foshan; placed in Dongguan',
  CNJXN: 'Jiaoxin lies in Guangzhou; placed in Zhongshan',
  CNGOG: 'Gongming is a district without a shore',
  CNLGH: 'Longhua is a district without a shore',
};

const columns = ['id', 'name_en', 'how', 'precision', 'type', 'un_locode', 'region', 'as_of', 'locator', 'geometry'];
const counties = JSON.parse(readData('regions.geojson')).features.filter((f) => f.properties.level === 'county');
const [mx, my] = metresPerDegree(CENTRE[1]);

const rows = [];
for (const [code, port] of Object.entries(ports.JSON).sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (!port.coordinates || LEFT_OUT[code]) continue;
  const [lon, lat] = port.coordinates;
  if (Math.hypot((lon - CENTRE[0]) * mx, (lat - CENTRE[1]) * my) > WITHIN_M) continue;
  rows.push({
    id: code, name_en: port.name, how: 'reported', precision: 'approximate', type: 'port', un_locode: code,
    region: counties.find((f) => contains(f.geometry, port.coordinates))?.properties.id,
    as_of: AS_OF, locator: `lib/ports.json ${code}`, geometry: `POINT (${lon} ${lat})`,
  });
}
finish('facilities.csv', csvText(columns, rows));
