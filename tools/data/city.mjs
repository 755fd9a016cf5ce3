// data/jiangmen/city_*.csv: an invented city, to show what Lianpu does before a city brings its own.
//
//   node tools/data/city.mjs [--check]
//
// Every row is tagged illustrative. No firm, project, building, price or figure in it is real; the same bytes come out of
// every run. It reads regions.geojson, park_places.csv, parcels.csv and data/chains: run it again when one of them changes.
import { csvText } from './csv.mjs';
import { BUILDING_COLUMNS, buildingRows, makeBuildings, UNIT_COLUMNS, unitRows } from './city/buildings.mjs';
import { CHAIN_COLUMNS, chainRows, CLUSTER_COLUMNS, clusterRows } from './city/clusters.mjs';
import { COST_COLUMNS, costRows } from './city/costs.mjs';
import { ENTERPRISE_COLUMNS, enterpriseRows, makeFirms } from './city/enterprises.mjs';
import { INDICATOR_COLUMNS, indicatorRows, OBSERVATION_COLUMNS, observationRows } from './city/figures.mjs';
import { PARK_COLUMNS, parkRows } from './city/parks.mjs';
import { PLAN_COLUMNS, planRows } from './city/plans.mjs';
import { EVENT_COLUMNS, eventRows, POLICY_COLUMNS, policyRows } from './city/policies.mjs';
import { AMOUNT_COLUMNS, amountRows, MILESTONE_COLUMNS, milestoneRows, PROJECT_COLUMNS, projectRows } from './city/project_rows.mjs';
import { makeProjects } from './city/projects.mjs';
import { makeRoles, ROLE_COLUMNS, roleRows, SEGMENT_COLUMNS, segmentRows, SUPPLY_COLUMNS, supplyRows } from './city/roles.mjs';
import { WORK_COLUMNS, workRows } from './city/works.mjs';
import { finish } from './write.mjs';

const FIRMS = 1200, OF_PROJECTS = 80; // the firms that come with projects: parents elsewhere, companies here

const { context, firms: here } = makeFirms(FIRMS - OF_PROJECTS);
const { projects, newFirms } = makeProjects({ ...context, firms: here });
if (newFirms.length !== OF_PROJECTS) throw new Error(`the projects bring ${newFirms.length} firms`);
const firms = [...here, ...newFirms], enterprises = enterpriseRows(firms), buildings = makeBuildings(firms), roles = makeRoles(firms);

const FILES = [
  ['clusters', CLUSTER_COLUMNS, clusterRows()],
  ['chains', CHAIN_COLUMNS, chainRows()],
  ['segments', SEGMENT_COLUMNS, segmentRows(roles)],
  ['parks', PARK_COLUMNS, parkRows()],
  ['enterprises', ENTERPRISE_COLUMNS, enterprises],
  ['roles', ROLE_COLUMNS, roleRows(roles)],
  ['supplies', SUPPLY_COLUMNS, supplyRows(roles)],
  ['buildings', BUILDING_COLUMNS, buildingRows(buildings)],
  ['units', UNIT_COLUMNS, unitRows(buildings)],
  ['events', EVENT_COLUMNS, eventRows(projects)],
  ['projects', PROJECT_COLUMNS, projectRows(projects)],
  ['milestones', MILESTONE_COLUMNS, milestoneRows(projects)],
  ['amounts', AMOUNT_COLUMNS, amountRows(projects)],
  ['plans', PLAN_COLUMNS, planRows()],
  ['works', WORK_COLUMNS, workRows()],
  ['indicators', INDICATOR_COLUMNS, indicatorRows()],
  ['observations', OBSERVATION_COLUMNS, observationRows()],
  ['policies', POLICY_COLUMNS, policyRows()],
  ['costs', COST_COLUMNS, costRows()],
];
for (const [name, columns, rows] of FILES) finish(`city_${name}.csv`, csvText(columns, rows));
