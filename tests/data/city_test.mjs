// The invented city: would somebody from the trade find something silly in it?
//   node tests/data/city_test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KNOWN } from '../../tools/data/city/names.mjs';
import { readChains } from '../../tools/data/city/segments.mjs';
import { isUscc, organisationCheck, usccCheck } from '../../tools/data/city/uscc.mjs';
import { csvRows, geometryOfWkt } from '../../tools/data/csv.mjs';
import { contains } from '../../tools/data/plane.mjs';
import { readModel } from './model.mjs';
import { finish, test } from './tap.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (name) => readFileSync(`${root}data/jiangmen/${name}`, 'utf8');
const rowsOf = (name) => csvRows(text(`city_${name}.csv`));
const NAMES = [
  'clusters', 'chains', 'segments', 'parks', 'enterprises', 'roles', 'supplies', 'buildings', 'units', 'events', 'projects',
  'milestones', 'amounts', 'plans', 'works', 'indicators', 'observations', 'policies', 'costs',
];
const city = Object.fromEntries(NAMES.map((name) => [name, rowsOf(name)]));
const parcels = new Map(csvRows(text('parcels.csv')).map((row) => [row.id, row]));
const manifest = JSON.parse(text('manifest.json')).files, model = readModel(), chains = readChains();
const counties = new Map(JSON.parse(text('regions.geojson')).features.map((f) => [f.properties.id, f.geometry]));
const byId = (name) => new Map(city[name].map((row) => [row.id, row]));
const enterprises = byId('enterprises'), buildings = byId('buildings'), projects = byId('projects'), events = byId('events');
const known = (cell) => cell !== '' && cell !== 'n/a' && cell !== 'withheld';
const list = (cell) => (known(cell) ? cell.split(';') : []);
const share = (rows, is) => rows.filter(is).length / rows.length;
const between = (value, least, most, what) => assert.ok(value >= least && value <= most, `${what}: ${value}, not ${least} to ${most}`);
const TODAY = '2022-11-30';

// ---- the files ----

test('the city is byte for byte what the generator makes', () =>
  execFileSync(process.execPath, [`${root}tools/data/city.mjs`, '--check'], { stdio: ['ignore', 'pipe', 'pipe'] }));

test('every file of the city is in the manifest, of the sample source, and every row says that it is illustrative', () => {
  for (const name of NAMES) {
    assert.equal(manifest.find((entry) => entry.file === `city_${name}.csv`)?.source, 'lianpu-sample', name);
    for (const row of city[name]) assert.equal(row.how, 'illustrative', `${name} ${row.id}`);
  }
});

test('a row of the city’s own has a key of the sample; what is said of others is said of segments, chains and parks alone', () => {
  for (const name of NAMES)
    for (const row of city[name])
      assert.equal(
        row.id.startsWith('s-'),
        !['segments', 'chains'].includes(name) && !(name === 'parks' && !row.name_zh),
        `${name} ${row.id}`,
      );
});

test('no row that is not illustrative refers to one that is', () => {
  for (const entry of manifest) {
    if (!entry.file.endsWith('.csv') || entry.source === 'lianpu-sample') continue;
    const refs = Object.entries(model.kinds[entry.kind]).filter(([, field]) => field.ref).map(([name]) => name);
    for (const row of csvRows(text(entry.file)))
      for (const name of refs) for (const key of list(row[name] ?? '')) assert.doesNotMatch(key, /^s-/, `${entry.file} ${row.id} ${name}`);
  }
});

test('all of it is less than two megabytes', () =>
  between(
    NAMES.reduce((sum, name) => sum + Buffer.byteLength(text(`city_${name}.csv`)), 0),
    500000,
    2000000,
    'bytes',
  ));

test('every thing with a page has a name in both languages, and none is twice the same within its kind', () => {
  for (const name of [
    'enterprises', 'buildings', 'units', 'events', 'projects', 'plans', 'works', 'indicators', 'policies', 'costs', 'clusters',
  ]) {
    for (const row of city[name]) assert.ok(row.name_zh && row.name_en, `${name} ${row.id}`);
    for (const language of ['name_zh', 'name_en'])
      assert.equal(new Set(city[name].map((row) => row[language])).size, city[name].length, `${name} ${language}`);
  }
});

test('English texts are English: no Chinese character stands in them', () => {
  for (const name of NAMES)
    for (const row of city[name])
      for (const [heading, cell] of Object.entries(row))
        if (/_en$/.test(heading)) assert.doesNotMatch(cell, /\p{Script=Han}/u, `${row.id} ${heading}`);
});

test('a point lies in its county, and has a precision', () => {
  for (const name of ['enterprises', 'buildings', 'projects', 'works'])
    for (const row of city[name]) {
      assert.equal(Boolean(row.geometry), Boolean(row.precision), `${name} ${row.id}`);
      if (row.geometry) assert.ok(contains(counties.get(row.region), geometryOfWkt(row.geometry).coordinates), `${name} ${row.id}`);
    }
});

test('no row was seen after the day of the sample', () => {
  for (const name of NAMES) for (const row of city[name]) assert.ok(row.as_of <= TODAY, `${name} ${row.id} ${row.as_of}`);
});

// ---- enterprises ----

test('the checks of both codes are those of the standards', () => {
  assert.equal(organisationCheck('D2143569'), 'X'); // the example of GB 11714-1997
  assert.equal(usccCheck('91350100M000100Y4'), '3'); // the example of GB 32100-2015
  assert.ok(!isUscc('91350100M000100Y44') && !isUscc('91350100M000100I43'));
});

test('there are 1,200 enterprises; a code, where there is one, is valid and registered in Jiangmen, and nobody else’s', () => {
  const codes = city.enterprises.map((row) => row.uscc).filter(known);
  assert.equal(city.enterprises.length, 1200);
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) assert.ok(isUscc(code) && /^914407(00|0[345]|8[1345])/.test(code), code);
  between(codes.length, 1080, 1180, 'codes');
});

test('a code was given after the enterprise was founded: those from before the reform have digits, the others MA', () => {
  for (const row of city.enterprises)
    if (known(row.uscc) && row.founded_on)
      assert.equal(row.uscc.slice(8, 10) === 'MA', row.founded_on >= '2016', `${row.id} ${row.uscc} ${row.founded_on}`);
});

test('no name holds that of a firm which everybody knows', () => {
  for (const row of city.enterprises)
    for (const name of KNOWN)
      assert.ok(
        !row.name_zh
          .replace(/^(江门市|广东|..市)/, '')
          .replace(/..分公司$/, '')
          .includes(name),
        `${row.name_zh} ${name}`,
      );
});

test('a branch names its parent, has its parent’s name in its own and no capital; a firm that is no branch is not called one', () => {
  for (const row of city.enterprises) {
    assert.equal(row.type === 'branch', row.name_zh.endsWith('分公司'), row.name_zh);
    if (row.type !== 'branch') continue;
    assert.ok(row.name_zh.startsWith(enterprises.get(row.parent).name_zh));
    assert.equal(row.capital_fen, 'n/a');
    assert.notEqual(row.region, enterprises.get(row.parent).region);
  }
});

test('some 字号 stand in two counties, as two firms', () => {
  const bare = city.enterprises
    .filter((row) => row.type === 'company' && known(row.region))
    .map((row) => [/^(?:江门市(?:.{2}区)?|广东|.{2}市)?(.{2})/.exec(row.name_zh)[1], row.region]);
  assert.ok(bare.some(([name, region]) => bare.some(([other, elsewhere]) => other === name && elsewhere !== region)));
});

const here = city.enterprises.filter((row) => known(row.region));

test('tags hang together: a little giant is specialised and high-tech; above the threshold is an output of 20 m CNY or more', () => {
  for (const row of here) {
    const tags = list(row.tags);
    if (tags.includes('little_giant')) assert.ok(tags.includes('specialised') && tags.includes('high_tech'), row.id);
    if (known(row.output_fen)) assert.equal(tags.includes('above_scale'), Number(row.output_fen) >= 2e9, `${row.id} ${row.output_fen}`);
  }
});

test('tags are about as common as in the city', () => {
  const tagged = (tag) => here.filter((row) => list(row.tags).includes(tag)).length;
  between(tagged('above_scale') / here.length, 0.34, 0.5, 'above the threshold');
  between(tagged('high_tech') / here.length, 0.15, 0.3, 'high-tech');
  between(tagged('specialised') / here.length, 0.04, 0.12, 'specialised');
  between(tagged('little_giant'), 8, 30, 'little giants');
  between(tagged('listed'), 4, 12, 'listed');
  between(tagged('foreign_funded') / here.length, 0.03, 0.12, 'foreign-funded');
});

test('output is skewed as firms are; tax is 1 to 5 % of it, and a head makes 0.3 to 2 m CNY', () => {
  const rows = here.filter((row) => known(row.output_fen)),
    output = rows.map((row) => Number(row.output_fen)).sort((a, b) => a - b);
  const total = output.reduce((a, b) => a + b, 0),
    top = output.slice(-Math.ceil(output.length / 10)).reduce((a, b) => a + b, 0);
  between(top / total, 0.35, 0.8, 'the share of the largest tenth');
  for (const row of rows) {
    if (known(row.tax_fen)) between(Number(row.tax_fen) / Number(row.output_fen), 0.008, 0.05, `${row.id} tax`);
    if (known(row.employees) && Number(row.employees) > 5)
      between(Number(row.output_fen) / 1e8 / Number(row.employees), 0.3, 2, `${row.id} a head`);
  }
});

test('industry codes are four digits of manufacturing or of the services that go with it', () => {
  for (const row of city.enterprises)
    if (known(row.industry)) assert.match(row.industry, /^(1[345]|1[789]|2[0-9]|3[0-9]|4[012]|48|54|65|67|72|74)\d\d$/, row.id);
});

test('what a county is known for is there: taps in 开平, microphones in 恩平, tangerine peel in 新会, footwear in 鹤山', () => {
  const most = (industry) => {
    const rows = here.filter((row) => row.industry === industry), count = {};
    for (const row of rows) count[row.region] = (count[row.region] ?? 0) + 1;
    return Object.entries(count).sort((a, b) => b[1] - a[1])[0][0];
  };
  assert.deepEqual(['3352', '3934', '1422', '1953'].map(most), ['440783', '440785', '440705', '440784']);
});

test('enterprises have the blanks that a ledger has', () => {
  between(share(here, (row) => row.output_fen === ''), 0.2, 0.5, 'output unknown');
  between(share(here, (row) => row.uscc === ''), 0.005, 0.06, 'code unknown');
  between(share(here, (row) => row.founded_on.length === 7 || row.founded_on === ''), 0.02, 0.12, 'founding day unknown');
  between(share(here, (row) => row.former_names !== ''), 0.01, 0.06, 'former names');
});

// ---- chains ----

test('a role is on a segment of its chain; a leader makes something there as well', () => {
  const ids = new Set(chains.segments.map((s) => s.id));
  for (const role of city.roles) {
    assert.ok(ids.has(role.segment) && role.segment.startsWith(`${role.chain}.`), role.id);
    assert.ok(enterprises.has(role.enterprise));
    if (role.type === 'leader')
      assert.ok(
        city.roles.some(
          (other) => other.type === 'maker' && other.enterprise === role.enterprise && other.segment === role.segment,
        ),
        role.id,
      );
  }
  for (const chain of new Set(chains.segments.map((s) => s.chain)))
    between(city.roles.filter((role) => role.type === 'leader' && role.chain === chain).length, 1, 3, chain);
});

test('a supply follows a flow of the chain, between two firms that are on its ends', () => {
  const at = new Map();
  for (const role of city.roles) at.set(role.enterprise, [...(at.get(role.enterprise) ?? []), role.segment]);
  for (const row of city.supplies) {
    assert.notEqual(row.supplier, row.customer);
    assert.ok(at.get(row.supplier).includes(row.segment), row.id);
    assert.ok(chains.flows.some((flow) => flow.from === row.segment && at.get(row.customer).includes(flow.to)), row.id);
  }
  between(city.supplies.length, 150, 600, 'supplies');
});

test('segments without a maker here are gaps, and every chain has some; what is strong has many or much', () => {
  const stage = new Map(chains.segments.map((s) => [s.id, s]));
  for (const row of city.segments) {
    const makers = city.roles.filter((role) => role.type === 'maker' && role.segment === row.id).length;
    assert.deepEqual([row.chain, row.stage], [stage.get(row.id).chain, stage.get(row.id).stage]);
    assert.equal(row.strength === 'gap', makers === 0, row.id);
    if (row.strength === 'strong') assert.ok(makers > 6, row.id);
  }
  for (const chain of new Set(chains.segments.map((s) => s.chain)))
    between(
      share(
        city.segments.filter((row) => row.chain === chain),
        (row) => row.strength === 'gap',
      ),
      0.1,
      0.7,
      chain,
    );
});

test('the city has eight clusters, and each of the province’s twenty is rolled up into exactly once', () => {
  assert.equal(city.clusters.length, 8);
  assert.deepEqual(
    city.clusters.flatMap((row) => list(row.rolls_into)).sort(),
    Array.from({ length: 20 }, (_, i) => `gd-${String(i + 1).padStart(2, '0')}`),
  );
});

// ---- buildings and units ----

const unitsOf = (building) => city.units.filter((row) => row.building === building.id);

test('there are 120 buildings, each with 3 to 12 units that lie in it and do not exceed it', () => {
  assert.equal(city.buildings.length, 120);
  for (const row of city.buildings) {
    const units = unitsOf(row), area = units.reduce((sum, unit) => sum + Number(unit.area_m2), 0);
    between(units.length, 3, 12, row.id);
    between(area / Number(row.floor_area_m2), 0.9, 1, `${row.id} area`);
    for (const unit of units) {
      between(Number(unit.storey), 1, Number(row.storeys), unit.id);
      assert.deepEqual([unit.park, unit.region], [row.park, row.region]);
    }
  }
});

test('what is built was built before it was seen; what is not, comes later', () => {
  for (const row of city.buildings)
    if (known(row.built_on))
      assert.ok(
        row.state === 'built' ? row.built_on <= row.as_of : row.built_on >= '2022-11',
        `${row.id} ${row.state} ${row.built_on} ${row.as_of}`,
      );
  for (const unit of city.units)
    if (unit.state === 'coming')
      assert.notEqual(
        buildings.get(unit.building).state === 'built' && buildings.get(unit.building).type !== 'dormitory',
        true,
        unit.id,
      );
});

test('clear heights are 4.5 to 12 m where things are made or stored, and floors bear less the higher they are', () => {
  for (const row of city.buildings) {
    const units = unitsOf(row),
      plant = row.type !== 'dormitory';
    for (const unit of units) if (plant && known(unit.clear_height_m)) between(Number(unit.clear_height_m), 4.5, 12, unit.id);
    for (const low of units)
      for (const high of units)
        if (Number(low.storey) < Number(high.storey) && known(low.load_kg_m2) && known(high.load_kg_m2))
          assert.ok(Number(low.load_kg_m2) >= Number(high.load_kg_m2), `${low.id} ${high.id}`);
  }
});

test('a crane runs on ground floors alone, with the height that it needs', () => {
  for (const unit of city.units) {
    if (!known(unit.crane_t) || Number(unit.crane_t) === 0) continue;
    assert.equal(unit.storey, '1', unit.id);
    if (known(unit.clear_height_m)) assert.ok(Number(unit.clear_height_m) >= 7, unit.id);
  }
  between(city.units.filter((unit) => Number(unit.crane_t) > 0).length, 30, 200, 'units with a crane');
});

test('rents are 9 to 25 CNY a m² and month in halves, dearer in town than in 恩平, and none is asked for what is taken', () => {
  const mean = (region) => {
    const rents = city.units
      .filter(
        (unit) =>
          unit.region === region &&
          buildings.get(unit.building).type === 'standard_factory' &&
          /^\d/.test(unit.rent_fen_m2_month),
      )
      .map((unit) => Number(unit.rent_fen_m2_month));
    return rents.reduce((a, b) => a + b, 0) / rents.length;
  };
  for (const unit of city.units) {
    if (/^\d/.test(unit.rent_fen_m2_month))
      assert.ok(unit.rent_fen_m2_month >= 900 && unit.rent_fen_m2_month <= 2500 && unit.rent_fen_m2_month % 50 === 0, unit.id);
    if (['let', 'sold', 'own_use'].includes(unit.state))
      assert.deepEqual([unit.rent_fen_m2_month, unit.price_fen_m2], ['n/a', 'n/a'], unit.id);
  }
  assert.ok(mean('440704') > mean('440784') && mean('440784') > mean('440785'));
});

test('a let unit is free, if it says so, after its lease; an open one can be had, and its smallest part fits in it', () => {
  for (const unit of city.units) {
    if (unit.state === 'let' && known(unit.available_from)) assert.ok(unit.available_from > '2022-12', unit.id);
    if (unit.state === 'coming' && known(unit.available_from)) assert.ok(unit.available_from >= '2022', unit.id);
    if (known(unit.smallest_m2)) assert.ok(Number(unit.smallest_m2) <= Number(unit.area_m2), unit.id);
    assert.equal(unit.let_to !== '' && unit.state !== 'let', false, unit.id);
  }
});

test('a tenant is a firm of the sample, takes one unit, and no foundry is on an upper floor', () => {
  const names = new Map(city.enterprises.map((row) => [row.name_zh, row])),
    tenants = city.units.filter((unit) => unit.let_to);
  assert.equal(new Set(tenants.map((unit) => unit.let_to)).size, tenants.length);
  for (const unit of tenants) {
    const firm = names.get(unit.let_to);
    assert.ok(firm && firm.region === unit.region, unit.id);
    if (unit.storey !== '1' && unit.park !== 'jm-newmat')
      assert.doesNotMatch(firm.industry, /^(33[69]|37|26(?!8)|30|31)/, `${unit.id} ${unit.let_to}`);
  }
});

test('fire classes: no dangerous goods but on the ground for new materials', () => {
  for (const row of city.buildings) if (row.fire_hazard === 'A' || row.fire_hazard === 'B') assert.equal(row.park, 'jm-newmat', row.id);
});

test('vacancies were confirmed by the row’s own day; some long ago, some never', () => {
  const open = city.units.filter((unit) => ['vacant', 'coming', 'promised'].includes(unit.state));
  for (const unit of city.units) if (known(unit.confirmed_on)) assert.ok(unit.confirmed_on <= unit.as_of, unit.id);
  between(share(open, (unit) => unit.confirmed_on === ''), 0.06, 0.22, 'never confirmed');
  between(share(open, (unit) => known(unit.confirmed_on) && unit.confirmed_on < '2022-06'), 0.03, 0.35, 'confirmed before June');
  between(share(city.units, (unit) => unit.state === 'vacant'), 0.1, 0.28, 'vacant');
  between(share(open, (unit) => unit.rent_fen_m2_month === ''), 0.03, 0.18, 'rent unknown');
});

// ---- projects ----

const STAGES = model.lists.project_stage, way = STAGES.slice(0, STAGES.indexOf('full_capacity') + 1);
const milestonesOf = (project) => city.milestones.filter((row) => row.project === project.id);
const reached = (project) => milestonesOf(project).filter((row) => row.actual_on && row.stage !== 'counted');
const stageReached = (project) => reached(project).map((row) => row.stage).sort((a, b) => way.indexOf(a) - way.indexOf(b)).pop();

test('there are 80 projects, in every stage that a project can be in', () => {
  assert.equal(city.projects.length, 80);
  for (const stage of [...way, 'stalled', 'ended'])
    assert.ok(
      city.projects.some((row) => row.stage === stage),
      stage,
    );
  for (const [field, lists] of [
    ['type', 'project_type'],
    ['field', 'project_field'],
  ])
    for (const code of model.lists[lists])
      assert.ok(
        city.projects.some((row) => row[field] === code),
        code,
      );
});

test('a project’s stage is the last that its milestones say was reached', () => {
  for (const project of city.projects)
    if (!['stalled', 'ended'].includes(project.stage)) assert.equal(stageReached(project), project.stage, project.id);
});

test('stages are reached in their order, on working days, and planned in their order', () => {
  for (const project of city.projects) {
    const rows = milestonesOf(project)
      .filter((row) => row.stage !== 'counted')
      .sort((a, b) => way.indexOf(a.stage) - way.indexOf(b.stage));
    for (let i = 1; i < rows.length; i++) {
      if (rows[i].actual_on)
        assert.ok(rows[i - 1].actual_on < rows[i].actual_on, `${rows[i].id} ${rows[i - 1].actual_on} ${rows[i].actual_on}`);
      if (rows[i].planned_on && rows[i - 1].planned_on)
        assert.ok(rows[i - 1].planned_on.slice(0, 7) <= rows[i].planned_on.slice(0, 7), rows[i].id);
    }
    for (const row of rows)
      if (row.actual_on) assert.ok(![0, 6].includes(new Date(row.actual_on).getUTCDay()), `${row.id} ${row.actual_on}`);
  }
});

test('a milestone that is confirmed was reached before and has what proves it where that is a paper; what is not, has none', () => {
  const PAPERS = { registered: 'licence', filed: 'filing', planning_permit: 'planning_permit', building_permit: 'building_permit' };
  for (const row of city.milestones) {
    if (row.confirmed_on) assert.ok(row.actual_on && row.actual_on <= row.confirmed_on && row.confirmed_on <= row.as_of, row.id);
    else assert.equal(row.evidence, '', row.id);
    if (row.confirmed_on && PAPERS[row.stage]) assert.equal(row.evidence, PAPERS[row.stage], row.id);
    if (row.actual_on) assert.ok(row.actual_on <= row.as_of, row.id);
  }
});

test('a project’s own dates are those of its milestones, and the days from signing to start are what lies between', () => {
  for (const project of city.projects) {
    const at = Object.fromEntries(milestonesOf(project).map((row) => [row.stage, row]));
    for (const [field, stage] of [
      ['signed_on', 'signed'],
      ['started_on', 'started'],
      ['production_on', 'in_production'],
      ['counted_on', 'counted'],
    ])
      assert.equal(project[field], at[stage]?.actual_on ?? '', `${project.id} ${field}`);
    if (at.started?.actual_on)
      assert.equal(Number(at.started.took_d), (Date.parse(project.started_on) - Date.parse(project.signed_on)) / 86400000);
    if (project.counted_on) assert.ok(project.counted_on > project.started_on, project.id);
    const last = reached(project).find((row) => row.stage === stageReached(project));
    assert.equal(project.stage_confirmed, last.confirmed_on ? 'yes' : 'no', project.id);
  }
});

test('the sample is no record: from signing to start a new plant takes 100 to 500 days', () => {
  const days = city.milestones
    .filter((row) => row.took_d && projects.get(row.project).type === 'new' && known(projects.get(row.project).land_m2))
    .map((row) => Number(row.took_d))
    .sort((a, b) => a - b);
  between(days[Math.floor(days.length / 2)], 150, 330, 'the median');
  between(days[0], 80, 300, 'the fastest');
});

test('things are late as in life: a third of what was reached came after its plan, and some plans have passed with nothing done', () => {
  const done = city.milestones.filter((row) => row.actual_on && row.planned_on);
  between(
    share(done, (row) => row.actual_on > row.planned_on),
    0.25,
    0.75,
    'late',
  );
  between(
    city.milestones.filter((row) => !row.actual_on && row.planned_on < TODAY && row.planned_on.length === 10).length,
    10,
    80,
    'overdue',
  );
  between(
    share(city.projects, (row) => row.stage_confirmed === 'no'),
    0.2,
    0.5,
    'unconfirmed',
  );
});

const LAND = {
  promised: ['approved', 'signed', 'registered', 'filed', 'stalled'],
  advertised: ['advertised'],
  supplied: ['land_won', 'handed_over', 'planning_permit', 'building_permit', 'stalled'],
  approved_unbuilt: ['planning_permit', 'building_permit', 'stalled'],
  building: ['started', 'topped_out', 'stalled'],
  built: ['completed', 'in_production', 'full_capacity'],
};

test('a project’s plots are the sample’s own, in its county and park, nobody else’s, and as far as the project is', () => {
  const taken = new Set();
  for (const project of city.projects) {
    const plots = list(project.parcels).map((id) => parcels.get(id));
    for (const plot of plots) {
      assert.ok(plot && !taken.has(plot.id) && plot.visibility === 'public', project.id);
      taken.add(plot.id);
      assert.deepEqual([plot.region, plot.park], [project.region, project.parks], project.id);
      assert.ok(LAND[plot.land_state]?.includes(project.stage), `${project.id} ${project.stage} on ${plot.land_state}`);
    }
    if (plots.length)
      assert.ok(
        Math.abs(plots.reduce((sum, plot) => sum + Number(plot.area_m2), 0) - Number(project.land_m2)) < 0.01,
        project.id,
      );
  }
  between(taken.size, 50, 120, 'plots');
});

test('a new plant that has started has its land, unless it moves into a building', () => {
  for (const project of city.projects)
    if (project.started_on && project.parcels !== 'n/a') assert.ok(list(project.parcels).length, project.id);
});

test('a promised plot is promised to the project that has it', () => {
  for (const project of city.projects)
    for (const id of list(project.parcels))
      if (parcels.get(id).land_state === 'promised' && project.visibility === 'public')
        assert.equal(parcels.get(id).promised_to, project.code_name, project.id);
});

test('investment is 0.1 to 50 (100 m CNY), mostly below 10; on land 200 to 1,000 (10,000 CNY) a mu, for cells up to 1,900', () => {
  const amounts = city.projects
    .filter((row) => known(row.invest_fen))
    .map((row) => Number(row.invest_fen) / 1e10)
    .sort((a, b) => a - b);
  for (const amount of amounts) between(amount, 0.1, 50, 'amount');
  between(amounts[Math.floor(amounts.length / 2)], 1, 5, 'the median');
  assert.ok(amounts[amounts.length - 1] > 10);
  for (const row of city.projects)
    if (known(row.invest_fen) && known(row.land_m2))
      between(Number(row.invest_fen) / 1e6 / (Number(row.land_m2) * 0.0015), 200, row.segments === 'battery.cell' ? 1900 : 1000, row.id);
});

test('what is not signed is for the staff alone, with its milestones and amounts, under a code name and without its investor', () => {
  for (const project of city.projects) {
    const early = ['lead', 'negotiating', 'appraised', 'approved'].includes(project.stage);
    assert.equal(project.visibility, early ? 'staff' : 'public', project.id);
    for (const row of [...milestonesOf(project), ...city.amounts.filter((a) => a.project === project.id)])
      assert.equal(row.visibility, project.visibility, row.id);
    if (early)
      assert.ok(
        project.code_name && project.name_zh.startsWith(project.code_name) && !(project.investor && project.type === 'new'),
        project.id,
      );
    if (early) assert.ok(!project.name_en.includes(enterprises.get(project.investor)?.name_en.split(' ')[1] ?? '\0'), project.id);
  }
});

test('a new project that is registered has its own company, founded on that day, of the parent that signed', () => {
  for (const project of city.projects) {
    const registered = milestonesOf(project).find((row) => row.stage === 'registered' && row.actual_on);
    if (project.type !== 'new' || !registered) continue;
    const company = enterprises.get(project.company);
    assert.deepEqual(
      [company.founded_on, company.parent, company.region],
      [registered.actual_on, project.investor, project.region],
      project.id,
    );
  }
});

test('who expands is here already: founded years before, above the threshold, on a chain the project names', () => {
  for (const project of city.projects.filter((row) => row.type !== 'new')) {
    const firm = enterprises.get(project.company);
    assert.equal(project.investor, project.company);
    assert.ok(list(firm.tags).includes('above_scale') && firm.region === project.region && firm.chains === project.chains, project.id);
    if (known(firm.founded_on) && project.signed_on) assert.ok(firm.founded_on < project.signed_on, project.id);
  }
});

test('amounts differ by ledger; one of a project is counted in totals, and it is the project’s', () => {
  for (const project of city.projects) {
    const rows = city.amounts.filter((row) => row.project === project.id);
    assert.equal(rows.filter((row) => row.in_totals === 'yes').length, project.visibility === 'staff' ? 0 : 1, project.id);
    for (const row of rows) if (row.in_totals === 'yes' && known(project.invest_fen)) assert.equal(row.amount_fen, project.invest_fen);
    const of = Object.fromEntries(rows.map((row) => [row.ledger, Number(row.amount_fen)]));
    if (of.permit) assert.ok(of.permit < of.signed, project.id);
    if (of.statistics) assert.ok(project.counted_on && of.statistics < of.signed, project.id);
  }
  between(city.amounts.filter((row) => row.currency === 'USD').length, 1, 8, 'in dollars');
});

test('what was signed at an event was signed on its day, and the event counts it', () => {
  for (const project of city.projects)
    if (project.event) assert.equal(project.signed_on, events.get(project.event).held_on, project.id);
  for (const event of city.events)
    assert.equal(Number(event.signed), city.projects.filter((row) => row.event === event.id && row.signed_on).length, event.id);
  assert.equal(city.events.length, 6);
});

test('a carrier has no more tenants than it plans, and none before it is topped out', () => {
  const carriers = city.projects.filter((row) => row.carrier === 'yes');
  assert.equal(carriers.length, 2);
  for (const row of carriers) assert.ok(Number(row.tenants) <= Number(row.tenants_target));
});

// ---- plans, works, figures ----

test('38 plans are begun, and 21 industry plans and no others are done', () => {
  const done = city.plans.filter((row) => row.state === 'done');
  assert.deepEqual([city.plans.length, done.length], [38, 21]);
  for (const row of done) assert.equal(row.type, 'industry');
  for (const row of city.plans) if (known(row.begun_on) && known(row.done_on)) assert.ok(row.begun_on < row.done_on, row.id);
});

test('100 works were begun in January to October 2022 and have spent 163.04 (100 m CNY) to the last fen', () => {
  assert.equal(city.works.length, 100);
  assert.equal(city.works.reduce((sum, row) => sum + Number(row.spent_fen), 0), 1630400000000);
  for (const row of city.works) assert.ok(row.begun_on >= '2022-01' && row.begun_on <= '2022-10', row.id);
});

test('a work that is done says when, and spent about its plan; one that is late is past its day; the others spent less', () => {
  for (const row of city.works) {
    assert.equal(known(row.done_on), row.state === 'done', row.id);
    if (known(row.done_on)) assert.ok(row.done_on > row.begun_on && row.done_on <= '2022-10', row.id);
    if (row.state === 'late' && known(row.due_on)) assert.ok(row.due_on <= '2022-10', row.id);
    if (row.state === 'building' && known(row.due_on)) assert.ok(row.due_on > '2022-11', row.id);
    if (!known(row.planned_fen)) continue;
    const part = Number(row.spent_fen) / Number(row.planned_fen);
    if (row.state === 'done') between(part, 0.85, 1.1, row.id);
    else between(part, 0.05, 0.98, row.id);
  }
  between(share(city.works, (row) => Number(row.spent_fen) > Number(row.planned_fen || 1e18)), 0, 0.1, 'over the plan');
});

test('counties add up to the city, month by month, in whatever adds up', () => {
  const adds = new Set(city.indicators.filter((row) => !['day', 'percent'].includes(row.value_unit)).map((row) => row.id)),
    sums = new Map();
  for (const row of city.observations.filter((o) => adds.has(o.indicator))) {
    const key = `${row.indicator} ${row.period}`,
      pair = sums.get(key) ?? [0, 0];
    pair[row.region === '440700' ? 0 : 1] += Number(row.value);
    sums.set(key, pair);
  }
  assert.equal(sums.size, 6 * 10 + 3);
  for (const [key, [whole, parts]] of sums) assert.equal(whole, parts, key);
});

test('months add up to what the paper says of the city: 231 projects of 300, and 682.97 ÷ 60.4 % of value added', () => {
  const total = (id) =>
    city.observations
      .filter((row) => row.indicator === id && row.region === '440700' && row.period.length === 7)
      .reduce((sum, row) => sum + Number(row.value), 0);
  assert.equal(total('s-ind-projects'), 231);
  between(total('s-ind-added') / ((68297000000 * 100) / 0.604), 0.9999, 1.0001, 'value added');
  const year = city.observations.find((row) => row.indicator === 's-ind-projects' && row.region === '440700' && row.target);
  assert.deepEqual([year.value, year.target, year.target_share_pct], ['231', '300', '77.0']);
});

test('costs: every county has power at 35 and 10 kV, the higher voltage cheaper, and 恩平 is cheaper to live in than 江海', () => {
  const price = (region, what) => Number(city.costs.find((row) => row.region === region && row.name_zh.includes(what)).price_fen);
  for (const region of counties.keys()) {
    if (region === '440700') continue;
    assert.ok(price(region, '35 千伏') < price(region, '1–10 千伏'), region);
    between(price(region, '35 千伏'), 50, 80, region);
    between(price(region, '普工'), 300000, 600000, region);
    between(price(region, '南沙港'), 80000, 220000, region);
  }
  assert.ok(price('440785', '普工') < price('440704', '普工'));
  for (const row of city.costs) if (known(row.price_to_fen)) assert.ok(Number(row.price_to_fen) >= Number(row.price_fen), row.id);
});

test('no policy can be taken for a real one; those without a review, or with one pending, are among them', () => {
  assert.equal(city.policies.length, 12);
  for (const row of city.policies) {
    assert.match(row.number_zh, /^示例〔\d{4}〕\d+号$/);
    assert.match(row.name_zh, /（示例）$/);
    if (known(row.reviewed_on)) assert.ok(row.fair_review === 'passed' && row.reviewed_on <= row.issued_on, row.id);
  }
  for (const state of model.lists.review_state) assert.ok(city.policies.some((row) => row.fair_review === state), state);
});

test('with the parks that are invented there are as many start zones and characteristic parks as the paper counts', () => {
  const parks = [...csvRows(text('parks.csv')), ...city.parks];
  for (const [tier, count] of [
    ['pilot_zone', 3],
    ['start_zone', 6],
    ['characteristic', 11],
  ])
    assert.equal(parks.filter((row) => list(row.tiers ?? '').includes(tier)).length, count, tier);
  for (const row of city.parks)
    assert.equal(row.name_zh.endsWith('（示例）') && row.name_en.endsWith('(sample)'), row.id.startsWith('s-'), row.id);
});

test('a plan is of a park that there is', () => {
  const parks = new Set([...csvRows(text('parks.csv')), ...city.parks].map((row) => row.id));
  for (const row of city.plans) assert.ok(parks.has(row.park), row.id);
});

test('a park’s loads left are no more than it has, and it replies within a week', () => {
  for (const row of city.parks) {
    between(Number(row.reply_d), 1, 7, row.id);
    for (const [heading, cell] of Object.entries(row)) {
      const left = row[heading.replace('_capacity_', '_left_')];
      if (heading.includes('_capacity_') && known(cell)) assert.ok(Number(left) <= Number(cell), `${row.id} ${heading}`);
    }
  }
});

test('no person is named: texts speak of offices and firms', () => {
  for (const name of NAMES)
    for (const row of city[name])
      for (const cell of Object.values(row)) assert.doesNotMatch(cell, /先生|女士|经理|董事长|书记|@/, `${name} ${row.id}`);
});

finish();
