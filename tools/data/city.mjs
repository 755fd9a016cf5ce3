// data/jiangmen/city_*.csv: an invented city, to show what Lianpu does before a city brings its own.
//
//   node tools/data/city.mjs [--check]
//
// Every row is tagged illustrative. No firm, project, building, price or figure in it is real; the same bytes come out of
// every run.
import { csvText } from './csv.mjs';
import { BUILDING_COLUMNS, buildingRows, makeBuildings, UNIT_COLUMNS, unitRows } from './city/buildings.mjs';
import { ENTERPRISE_COLUMNS, enterpriseRows, makeFirms } from './city/enterprises.mjs';
import { finish } from './write.mjs';

const { firms } = makeFirms(1200), buildings = makeBuildings(firms);
finish('city_enterprises.csv', csvText(ENTERPRISE_COLUMNS, enterpriseRows(firms)));
finish('city_buildings.csv', csvText(BUILDING_COLUMNS, buildingRows(buildings)));
finish('city_units.csv', csvText(UNIT_COLUMNS, unitRows(buildings)));
