// The shipped data: is it what its scripts make, what the model takes, and what its README says?
//   node tests/data/data_test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { csvRows, geometryOfWkt } from '../../tools/data/csv.mjs';
import { gcj02FromWgs84, wgs84FromGcj02 } from '../../tools/data/datum.mjs';
import {
  areaM2, commonArea, contains, containsAll, edgesOf, metresPerDegree, polygonsOf, regionAreaM2, ringCrossings,
} from '../../tools/data/plane.mjs';
import { readModel } from './model.mjs';
import { DERIVED, FACTS, missing, PLATFORMS } from './article.mjs';
import { finish, test } from './tap.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const file = (name) => readFileSync(`${root}data/jiangmen/${name}`, 'utf8');
const manifest = JSON.parse(file('manifest.json')).files.filter((entry) => !entry.file.endsWith('.yaml')); // chains: the program's own lint
const model = readModel();

function rowsOf(name) {
  if (name.endsWith('.csv')) return csvRows(file(name)).map((row) => ({ ...row, shape: row.geometry && geometryOfWkt(row.geometry) }));
  return JSON.parse(file(name)).features.map((f) => ({ ...f.properties, geometry: 'GeoJSON', shape: f.geometry }));
}

const files = Object.fromEntries(manifest.map((entry) => [entry.file, rowsOf(entry.file)]));
const chains = readdirSync(`${root}data/chains`).map((name) => readFileSync(`${root}data/chains/${name}`, 'utf8'));
const chainOf = (text) => /^ {2}id: (\w+)$/m.exec(text)[1];
const segmentsOf = (text) => [...text.matchAll(/^ {2}- id: (\w+)$/gm)].map((m) => `${chainOf(text)}.${m[1]}`);
const listed = { chain: chains.map(chainOf), segment: chains.flatMap(segmentsOf) }; // in files of their own, not in CSV

const known = {};
function keys(kind) {
  const ofFile = (entry) => files[entry.file].map((row) => row.id);
  return (known[kind] ??= new Set([...(listed[kind] ?? []), ...manifest.filter((e) => e.kind === kind).flatMap(ofFile)]));
}
const PAPER = 'jmnews-2022-11-30';
const counties = files['regions.geojson'].filter((row) => row.level === 'county');
const city = files['regions.geojson'].find((row) => row.level === 'city');
const parcels = files['parcels.csv'];

const runs = (script) => execFileSync(process.execPath, [`${root}tools/data/${script}`, '--check'], { stdio: ['ignore', 'pipe', 'pipe'] });

test('the plots are byte for byte what the generator makes', () => runs('parcels.mjs'));
test('the ports are byte for byte what the script makes of the package', () => runs('ports.mjs'));

// ---- headings and values against the model ----

const DAY = String.raw`\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?`;
const DATE = new RegExp(`^${DAY}(/${DAY})?$`);
const BESIDES = new Set(['id', 'geometry', 'as_of', 'locator', 'shape']);

function problemOf(field, text) {
  if (text === '' || text === 'n/a' || text === 'withheld') return field.required && text === '' ? 'required' : null;
  const items = /S$/.test(field.type) ? text.split(';') : [text];
  if (field.codes) return items.every((c) => model.lists[field.codes].includes(c)) ? null : `not in the list ${field.codes}`;
  if (field.ref) return items.every((key) => keys(field.ref).has(key)) ? null : `no such ${field.ref}`;
  if (field.type === 'DATE') return DATE.test(text) ? null : 'not a date';
  if (field.type !== 'NUM') return null;
  if (!/^-?\d+(\.\d+)?$/.test(text) || (text.split('.')[1] ?? '').length > field.decimals) return `not a number of ${field.decimals} decimals`;
  const scaled = Number(text) * 10 ** field.decimals;
  return field.max && (scaled < field.min || scaled > field.max) ? 'out of bounds' : null;
}

test('every list of the model was read', () => {
  assert.ok(model.lists.land_state.includes('promised') && model.lists.park_tier.includes('pilot_zone'));
  assert.ok(model.kinds.parcel.power_left_kva && model.kinds.park.tiers && model.kinds.parcel.as_of === undefined);
});

for (const { file: name, kind } of manifest)
  test(`${name} has only headings that ${kind} has, and values they take`, () => {
    const wrong = [];
    for (const row of files[name])
      for (const [heading, text] of Object.entries(row)) {
        if (BESIDES.has(heading)) continue;
        const field = model.kinds[kind][heading];
        const problem = field ? problemOf(field, String(text)) : 'no such field';
        if (problem) wrong.push(`${row.id} ${heading} "${text}": ${problem}`);
      }
    assert.deepEqual(wrong.slice(0, 5), []);
  });

test('no file names a key twice, and every key is one that the model allows', () => {
  for (const [name, rows] of Object.entries(files)) {
    assert.equal(new Set(rows.map((row) => row.id)).size, rows.length, name);
    for (const row of rows) assert.match(row.id, /^[A-Za-z0-9._:-]{1,100}$/);
  }
});

test('every file has a source that is listed, and every row an as-of date and a place in its source', () => {
  for (const entry of manifest) {
    assert.ok(keys('source').has(entry.source), entry.file);
    assert.match(entry.as_of, DATE);
    for (const row of files[entry.file]) {
      assert.match(row.as_of, DATE, `${entry.file} ${row.id}`);
      assert.ok(row.locator, `${entry.file} ${row.id} has no locator`);
    }
  }
});

test('the README counts the rows as they are', () => {
  for (const [, names, counts] of readFileSync(`${root}data/README.md`, 'utf8').matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \| ([\d, ]+) \|/gm)) {
    const listed = names.match(/[\w.]+/g);
    assert.deepEqual(counts.replaceAll(/(\d),(\d{3})/g, '$1$2').split(', ').map(Number), listed.map((name) => files[name].length), names);
  }
});

test('no coordinates without their precision, and none with a precision and no coordinates', () => {
  for (const [name, rows] of Object.entries(files))
    for (const row of rows) assert.equal(Boolean(row.geometry), Boolean(row.precision), `${name} ${row.id}`);
});

test('every source is public, has a licence, and both names', () => {
  for (const row of files['sources.csv']) {
    for (const name of ['name_zh', 'name_en', 'licence', 'authority']) assert.ok(row[name], `${row.id} ${name}`);
    assert.equal(row.visibility, 'public');
    assert.equal(row.rows_visibility, 'public');
  }
});

// ---- boundaries ----

test('GCJ-02 and back is within a centimetre all over the city', () => {
  for (let lon = 111.9; lon < 113.4; lon += 0.1)
    for (let lat = 21.4; lat < 23; lat += 0.1) {
      const back = gcj02FromWgs84(wgs84FromGcj02([lon, lat])), [mx, my] = metresPerDegree(lat);
      assert.ok(Math.hypot((back[0] - lon) * mx, (back[1] - lat) * my) < 0.01);
    }
});

test('the offset at Jiangmen is the published one: about 530 m west to 260 m south', () => {
  const [lon, lat] = wgs84FromGcj02([113.08, 22.58]), [mx, my] = metresPerDegree(22.58);
  assert.ok(Math.abs((113.08 - lon) * mx - 530) < 40 && Math.abs((22.58 - lat) * my + 260) < 80,
    `${(113.08 - lon) * mx} ${(22.58 - lat) * my}`);
});

test('no ring of a region crosses itself, comes by a corner twice or runs back upon itself', () => {
  for (const row of [city, ...counties]) {
    assert.equal(ringCrossings(row.shape), 0, row.id);
    for (const rings of polygonsOf(row.shape))
      for (const ring of rings) {
        assert.deepEqual(ring[0], ring[ring.length - 1], `${row.id}: a ring is open`);
        assert.equal(new Set(ring.map(String)).size, ring.length - 1, row.id);
      }
  }
});

test('the outlines are small, and every coordinate has at most 4 decimals', () => {
  assert.ok(file('regions.geojson').length < 150 * 1024);
  for (const row of [city, ...counties])
    for (const [lon, lat] of polygonsOf(row.shape).flat(2))
      assert.ok(Number(lon.toFixed(4)) === lon && Number(lat.toFixed(4)) === lat, `${row.id} ${lon} ${lat}`);
});

test('counties neither overlap nor gape: every edge has its other side, or is the outline of the city', () => {
  const outline = new Set(edgesOf(city.shape)), all = new Set(counties.flatMap((row) => edgesOf(row.shape)));
  for (const edge of all) {
    const [a, b] = edge.split(' ');
    assert.notEqual(all.has(`${b} ${a}`), outline.has(edge), edge);
  }
  for (const edge of outline) assert.ok(all.has(edge), edge);
});

test('the seven counties fill the city, which is what is published: some 9,500 km² of land', () => {
  const sum = counties.reduce((total, row) => total + regionAreaM2(row.shape), 0);
  assert.equal(counties.length, 7);
  assert.ok(Math.abs(sum / regionAreaM2(city.shape) - 1) < 1e-9);
  assert.ok(Math.abs(sum / 9.535e9 - 1) < 0.02, String(sum));
});

// ---- the article ----

test('every platform that the article names is listed, with its paragraphs', () => {
  const parks = new Map(files['parks.csv'].map((row) => [row.id, row]));
  for (const [id, name, paragraphs] of PLATFORMS) {
    assert.equal(parks.get(id)?.name_zh, name);
    assert.equal(parks.get(id).locator, paragraphs.map((n) => `第${n}段`).join('、'));
  }
  assert.equal(parks.size, PLATFORMS.length);
});

const saidBy = (source) => manifest.filter((entry) => entry.source === source);
const rowSaid = (source, kind, id) =>
  saidBy(source).filter((entry) => entry.kind === kind).flatMap((entry) => files[entry.file]).find((row) => row.id === id);

test('every figure of the article and every thing it names is a record, with its paragraph', () => {
  const wrong = FACTS.flatMap(([paragraph, kind, id, wanted]) => {
    const row = rowSaid(PAPER, kind, id), place = row?.locator.split('、').includes(`第${paragraph}段`);
    return [...(place ? [] : ['the paragraph is not named']), ...missing(row, wanted)].map((problem) => `${paragraph} ${kind} ${id}: ${problem}`);
  });
  assert.deepEqual(wrong, []);
});

test('what follows from the article is said by the compilers, as derived', () => {
  for (const [kind, id, wanted] of DERIVED) assert.deepEqual(missing(rowSaid('lianpu-compilers', kind, id), { how: 'derived', ...wanted }), [], id);
});

test('no figure and no date is put into the paper’s mouth that the list of what it says does not have', () => {
  const stray = [];
  for (const entry of saidBy(PAPER))
    for (const row of files[entry.file])
      for (const [heading, text] of Object.entries(row)) {
        if (BESIDES.has(heading) || !/^(NUM|DATE)$/.test(model.kinds[entry.kind][heading].type) || text === '' || text === 'n/a') continue;
        const listed = FACTS.some(([, kind, id, wanted]) => kind === entry.kind && id === row.id && wanted[heading] === text);
        if (!listed && text !== '2022-11-30') stray.push(`${row.id} ${heading} ${text}`); // the day of the report itself
      }
  assert.deepEqual(stray, []);
});

test('what the paper says is reported, in both languages, each paragraph one of its 25', () => {
  for (const entry of saidBy(PAPER))
    for (const row of files[entry.file]) {
      assert.ok(row.how === 'reported' || row.how === '', `${entry.file} ${row.id}`);
      for (const place of row.locator.split('、')) assert.ok(/^第([1-9]|1\d|2[0-5])段$/.test(place), `${row.id} ${row.locator}`);
      for (const zh of Object.keys(row).filter((heading) => heading.endsWith('_zh') && heading !== 'name_zh' && row[heading]))
        assert.ok(row[zh.replace(/_zh$/, '_en')], `${row.id} has ${zh} and no English`);
    }
});

test('everything real that has a Chinese name has an English one once all files are in', () => {
  const english = new Set(manifest.flatMap((e) => files[e.file].filter((row) => row.name_en).map((row) => `${e.kind} ${row.id}`)));
  for (const entry of manifest.filter((e) => e.kind !== 'chain' && e.source !== 'lianpu-sample'))
    for (const row of files[entry.file]) if (row.name_zh) assert.ok(english.has(`${entry.kind} ${row.id}`), `${entry.kind} ${row.id}`);
});

test('the first page has six to eight figures, and every indicator its order, unit and definition', () => {
  const uses = files['indicator_uses.csv'];
  assert.ok(uses.filter((row) => row.headline === 'yes').length >= 6 && uses.filter((row) => row.headline === 'yes').length <= 8);
  assert.equal(new Set(uses.map((row) => row.order)).size, uses.length);
  assert.deepEqual(uses.map((row) => [row.id, row.value_unit]), files['indicators.csv'].map((row) => [row.id, row.value_unit]));
  for (const row of files['indicators.csv']) assert.ok(row.definition_zh && row.definition_en, row.id);
  for (const row of uses) assert.equal(Boolean(row.ratio_zh), Boolean(row.ratio_en), row.id);
});

test('the province has twenty clusters: ten pillars, ten emerging', () => {
  const province = files['clusters.csv'].filter((row) => row.level === 'province');
  assert.deepEqual(province.map((row) => Number(row.number)), Array.from({ length: 20 }, (_, i) => i + 1));
  assert.equal(province.filter((row) => row.about_zh.includes('支柱')).length, 10);
});

test('what the article does not say (a place, an English name) is said by the compilers alone', () => {
  for (const row of files['parks.csv']) assert.ok(row.geometry === undefined && row.name_en === undefined);
  assert.deepEqual(files['park_places.csv'].map((row) => row.id), files['parks.csv'].map((row) => row.id));
  for (const row of files['park_places.csv']) assert.ok(row.name_en, row.id);
});

test('a park that has a place lies in one of its counties', () => {
  const said = new Map(files['parks.csv'].map((row) => [row.id, row.regions]));
  for (const row of files['park_places.csv']) {
    if (!row.shape) continue;
    const regions = (said.get(row.id) || row.regions).split(';').filter(Boolean);
    const at = counties.find((county) => contains(county.shape, row.shape.coordinates));
    assert.ok(at && (regions.length === 0 || regions.includes(at.id)), row.id);
  }
});

// ---- facilities ----

test('a facility is in the county it names, and in none if it names none', () => {
  for (const name of ['facilities.csv', 'facility_places.csv'])
    for (const row of files[name]) {
      if (!row.shape) continue;
      const at = counties.find((county) => contains(county.shape, row.shape.coordinates));
      assert.equal(at?.id ?? '', row.region, row.id);
    }
});

test('no airport passes as a port', () => {
  for (const row of files['facilities.csv']) assert.doesNotMatch(row.name_en, /Apt|Airport/);
});

test('every facility has a name in both languages once all files are in', () => {
  const rows = ['facilities.csv', 'article_facilities.csv', 'facility_places.csv'].flatMap((name) => files[name]);
  for (const id of keys('facility'))
    for (const name of ['name_zh', 'name_en']) assert.ok(rows.some((row) => row.id === id && row[name]), `${id} ${name}`);
});

// ---- the plots ----

test('there are 412 plots, all tagged illustrative, all of the sample source', () => {
  assert.equal(parcels.length, 412);
  for (const row of parcels) assert.equal(row.how, 'illustrative');
  assert.equal(manifest.find((entry) => entry.file === 'parcels.csv').source, 'lianpu-sample');
});

test('every plot lies wholly in its county', () => {
  const shapes = new Map(counties.map((row) => [row.id, row.shape]));
  for (const row of parcels) assert.ok(containsAll(shapes.get(row.region), row.shape), row.id);
});

test('every plot of a park lies within 6 km of the park and in one of its counties', () => {
  const said = new Map(files['parks.csv'].map((row) => [row.id, row.regions]));
  const places = new Map(files['park_places.csv'].map((row) => [row.id, row]));
  for (const row of parcels) {
    if (row.park === 'n/a') continue;
    const place = places.get(row.park), [lon, lat] = polygonsOf(row.shape)[0][0][0], [mx, my] = metresPerDegree(lat);
    assert.ok((said.get(row.park) || place.regions).split(';').includes(row.region), `${row.id}: ${row.park}`);
    const [x, y] = place.shape.coordinates;
    assert.ok(Math.hypot((lon - x) * mx, (lat - y) * my) < 6000, `${row.id} is far from ${row.park}`);
  }
});

test('no two plots overlap', () => {
  const boxed = parcels.map((row) => {
    const ring = polygonsOf(row.shape)[0][0], xs = ring.map((c) => c[0]), ys = ring.map((c) => c[1]);
    return { id: row.id, ring, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
  });
  const [mx, my] = metresPerDegree(22.4);
  for (let i = 0; i < boxed.length; i++)
    for (let j = i + 1; j < boxed.length; j++) {
      const a = boxed[i], b = boxed[j];
      if (a.box[2] < b.box[0] || b.box[2] < a.box[0] || a.box[3] < b.box[1] || b.box[3] < a.box[1]) continue;
      const common = commonArea(a.ring, b.ring) * mx * my;
      assert.ok(common < 1, `${a.id} and ${b.id} share ${common.toFixed(1)} m²`); // corners are rounded to 0.1 m
    }
});

test('a plot is 15 to 300 mu, and its area is that of its outline', () => {
  for (const row of parcels) {
    const stated = Number(row.area_m2), mu = stated / (2000 / 3);
    assert.ok(mu >= 15 && mu <= 300, `${row.id}: ${mu} mu`);
    assert.ok(Math.abs(areaM2(row.shape) - stated) < 0.01, row.id);
  }
});

test('most plots adjoin another, so that they can be assembled', () => {
  const sides = new Map();
  const name = (a, b) => [a, b].map(String).sort().join(' ');
  for (const row of parcels)
    for (const edge of edgesOf(row.shape)) {
      const side = name(...edge.split(' '));
      sides.set(side, [...(sides.get(side) ?? []), row.id]);
    }
  const adjoining = new Set([...sides.values()].filter((ids) => ids.length > 1).flat());
  assert.ok(adjoining.size > parcels.length * 0.7, String(adjoining.size));
});

const CLOSED = ['supplied', 'approved_unbuilt', 'building', 'built', 'idle', 'under_used'];
const EARLY = ['planned', 'acquiring'];

test('heavy industry only where the ground is for new materials', () => {
  for (const row of parcels) if (row.land_use === 'M3' || row.land_use === 'W3') assert.equal(row.park, 'jm-newmat', row.id);
});

test('serviced land is levelled, and has road, water and power or has them under way', () => {
  for (const row of parcels) {
    if (!['serviced', 'advertised', 'promised'].includes(row.land_state)) continue;
    assert.equal(row.levelling_state, 'done', row.id);
    assert.equal(row.road_state, 'done', row.id);
    assert.match(row.power_state, /^(done|building)$/, row.id);
  }
});

test('on planned land nothing is in service, and on raw land nothing is levelled', () => {
  for (const row of parcels) {
    if (EARLY.includes(row.land_state))
      for (const [heading, text] of Object.entries(row)) if (/_state$/.test(heading) && heading !== 'land_state') assert.notEqual(text, 'done', `${row.id} ${heading}`);
    if (row.land_state === 'raw') assert.notEqual(row.levelling_state, 'done', row.id);
  }
});

test('what is taken has no price on offer and no day from which it can be had', () => {
  for (const row of parcels) {
    if (!CLOSED.includes(row.land_state)) continue;
    assert.deepEqual([row.price_fen_m2, row.available_from], ['n/a', 'n/a'], row.id);
  }
});

test('a price on offer is 250 to 2,000 CNY/m² in whole 5 CNY', () => {
  for (const row of parcels)
    if (/^\d/.test(row.price_fen_m2)) assert.ok(row.price_fen_m2 >= 25000 && row.price_fen_m2 <= 200000 && row.price_fen_m2 % 500 === 0, row.id);
});

test('only the promised are promised to someone: a code name, no firm and no person', () => {
  for (const row of parcels) {
    assert.equal(row.promised_to !== '', row.land_state === 'promised', row.id);
    assert.match(row.promised_to, /^(项目[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])?$/);
  }
});

test('a capacity is never less than what is left of it', () => {
  for (const row of parcels)
    for (const [heading, text] of Object.entries(row)) {
      const left = Number(row[heading.replace('_capacity_', '_left_')]);
      if (heading.includes('_capacity_') && Number(text) && left) assert.ok(left <= Number(text), `${row.id} ${heading}`);
    }
});

test('what is in service was so by the row’s own day; what is not comes later', () => {
  for (const row of parcels)
    for (const [heading, date] of Object.entries(row)) {
      if (!heading.endsWith('_in_service') || !/^\d/.test(date)) continue;
      const state = row[heading.replace('_in_service', '_state')], day = row.as_of.slice(0, date.length);
      assert.ok(state === 'done' ? date <= day : date >= day, `${row.id} ${heading} ${state} ${date}, seen ${row.as_of}`);
    }
});

test('it has the blanks that real ledgers have', () => {
  const share = (some, all) => parcels.filter((row) => all(row) && some(row)).length / parcels.filter(all).length;
  const powered = share((row) => row.power_left_kva === '', (row) => row.power_state === 'done');
  assert.ok(powered > 0.1 && powered < 0.2, `power left unknown: ${powered}`);
  assert.ok(parcels.some((row) => row.price_fen_m2 === 'withheld') && parcels.some((row) => row.gas_state === 'n/a'));
  assert.ok(parcels.some((row) => row.land_state === 'promised' && row.promised_until === ''));
  assert.ok(parcels.some((row) => row.as_of < '2022-05-31') && parcels.every((row) => row.as_of <= '2022-11-30'));
  for (const state of model.lists.land_state) assert.ok(parcels.some((row) => row.land_state === state), state);
  assert.ok(share((row) => row.visibility === 'public', () => true) > 0.9 && parcels.some((row) => row.visibility === 'staff'));
});

finish();
