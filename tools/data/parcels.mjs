// data/jiangmen/parcels.csv: 412 invented plots, to show what Lianpu does before a city brings its own.
//
//   node tools/data/parcels.mjs [--check]
//
// Every row is tagged illustrative. Nothing in it is taken from a real plot; the same bytes come out of every run.
import { AREAS } from './parcel_areas.mjs';
import { csvText } from './csv.mjs';
import { layOut } from './parcel_layout.mjs';
import { Promises, rowsOf } from './parcel_facts.mjs';
import { areaM2, containsAll } from './plane.mjs';
import { Random } from './random.mjs';
import { finish, readData } from './write.mjs';

const SEED = 20221130;

const service = (name, ...loads) => [`${name}_state`, `${name}_in_service`, ...loads];
const COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'visibility', 'precision', 'park', 'region', 'land_use', 'land_state', 'area_m2', 'far_min',
  'far_max', 'height_max_m', 'price_fen_m2', 'available_from', 'promised_until', 'promised_to', 'env_class', 'invest_min_fen_m2',
  'growth_boundary', 'farmland_overlap', 'redline_overlap', 'office_zh', 'office_en', ...service('road'), ...service('water', 'water_capacity_m3d', 'water_left_m3d'), ...service('rainwater'),
  ...service('sewage', 'sewage_capacity_m3d', 'sewage_left_m3d'), ...service('power', 'power_capacity_kva', 'power_left_kva'),
  ...service('heat', 'heat_capacity_tph', 'heat_left_tph'), ...service('gas', 'gas_capacity_m3h', 'gas_left_m3h'),
  ...service('telecom'), ...service('tv'), ...service('levelling'), 'as_of', 'locator', 'geometry',
];

const geometryOf = (plot) => ({ type: 'Polygon', coordinates: [plot.ring] });
const wkt = (ring) => `POLYGON ((${ring.map(([x, y]) => `${x} ${y}`).join(', ')}))`;

const counties = new Map(JSON.parse(readData('regions.geojson')).features.map((f) => [f.properties.id, f.geometry]));
const random = new Random(SEED), promises = new Promises(), rows = [];
for (const area of AREAS) {
  const plots = layOut(random, area);
  for (const plot of plots)
    if (!containsAll(counties.get(area.region), geometryOf(plot)))
      throw new Error(`${area.code} ${plot.letter}-${plot.number} is not inside ${area.region}: move the area's corner`);
  rowsOf(random, area, plots, promises, (plot) => areaM2(geometryOf(plot))).forEach((row, i) => {
    rows.push({ ...row, locator: `seed ${SEED}, plot ${rows.length + 1}`, geometry: wkt(plots[i].ring) });
  });
}
finish('parcels.csv', csvText(COLUMNS, rows));
