// The ground under the map: four files, valid, small, in their box, each of one source, with its licence beside it.
//   node tests/data/basemap_test.mjs
// That the script makes them to the byte is for `node tools/data/basemap.mjs --check`, which fetches its packages.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { contains, polygonsOf, ringCrossings } from '../../tools/data/plane.mjs';
import { finish, test } from './tap.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (path) => readFileSync(`${root}${path}`, 'utf8');
const features = (name) => JSON.parse(text(`data/basemap/${name}.geojson`)).features;
const BOX = [111.4, 21.2, 114.7, 23.7];
const GZIP_MAX = { land: 20_000, water: 22_000, rivers: 11_000, places: 15_000 };
const PROPERTIES = { land: [], water: [], rivers: ['level'], places: ['gn', 'name_en', 'name_zh', 'rank'] };

const pointsOf = (c) => (typeof c[0] === 'number' ? [c] : c.flatMap(pointsOf));
const signedArea = (ring) => ring.slice(1).reduce((sum, [x, y], n) => sum + ring[n][0] * y - x * ring[n][1], 0);
const linesOf = ({ type, coordinates }) => (type === 'LineString' ? [coordinates] : coordinates);
const isOn = ([lon, lat], name) => features(name).some(({ geometry }) => contains(geometry, [lon, lat]));

test('the folder holds these files and what is said of them', () => {
  assert.deepEqual(readdirSync(`${root}data/basemap`).sort(), ['README.md', 'land.geojson', 'places.geojson', 'rivers.geojson', 'water.geojson']);
});

for (const name of Object.keys(GZIP_MAX)) {
  test(`${name} is small, in its box, to four decimals, and says no more than it should`, () => {
    const size = gzipSync(text(`data/basemap/${name}.geojson`)).length;
    assert.ok(size < GZIP_MAX[name], `${size} bytes`);
    for (const { geometry, properties } of features(name)) {
      assert.ok(Object.keys(properties).every((key) => PROPERTIES[name].includes(key)), JSON.stringify(properties));
      for (const [lon, lat] of pointsOf(geometry.coordinates)) {
        assert.ok(lon >= BOX[0] && lon <= BOX[2] && lat >= BOX[1] && lat <= BOX[3], `${lon} ${lat}`);
        assert.ok([lon, lat].every((n) => Math.abs(n * 1e4 - Math.round(n * 1e4)) < 1e-6), `${lon} ${lat}`);
      }
    }
  });
}

for (const name of ['land', 'water'])
  test(`every ring of ${name} is closed, crosses nothing of its own and winds as RFC 7946 wants`, () => {
    for (const { geometry } of features(name)) {
      assert.equal(ringCrossings(geometry), 0);
      for (const rings of polygonsOf(geometry))
        rings.forEach((ring, n) => {
          assert.ok(ring.length >= 4);
          assert.deepEqual(ring[0], ring.at(-1));
          assert.equal(signedArea(ring) > 0, n === 0, `ring ${n} at ${ring[0]}`);
        });
    }
  });

test('a river is a line of two points or more, of a level that GSHHG has', () => {
  for (const { geometry, properties } of features('rivers')) {
    assert.ok(linesOf(geometry).every((line) => line.length >= 2));
    assert.ok(Number.isInteger(properties.level) && properties.level >= 0 && properties.level <= 10);
  }
});

test('what everybody knows is land, sea and river is so', () => {
  for (const place of [[112.79, 22.25], [112.3, 22.19], [113.08, 22.58], [112.79, 21.7]]) assert.ok(isOn(place, 'land'), `${place} is land`);
  for (const place of [[113.0, 21.6], [113.75, 22.45], [112.2, 21.5]]) assert.ok(!isOn(place, 'land'), `${place} is sea`);
  assert.ok(isOn([112.84, 22.98], 'water'), 'Xi Jiang');
  assert.ok(isOn([113.07, 22.3], 'water'), 'Yinzhou Lake');
});

test('a place has a name in Latin letters, most have one in Chinese, and the neighbours are there', () => {
  const places = features('places').map(({ properties }) => properties);
  assert.ok(places.every(({ name_en: en, name_zh: zh, rank }) => /^[\p{Script=Latin} '’.()-]+$/u.test(en) && (zh === undefined || /^\p{Script=Han}{2,}$/u.test(zh)) && rank >= 1 && rank <= 5));
  assert.ok(places.filter(({ name_zh: zh }) => zh).length > 0.95 * places.length);
  assert.equal(new Set(places.map(({ gn }) => gn)).size, places.length);
  for (const name of ['广州', '佛山', '中山', '珠海', '澳门', '香港', '深圳', '肇庆', '阳江', '江门'])
    assert.ok(places.some(({ name_zh: zh, rank }) => zh === name && rank <= 2), name);
});

test('each file has its licence beside it, and the notice says which', () => {
  const notice = text('data/licences/NOTICE.md');
  for (const name of Object.keys(GZIP_MAX)) assert.match(notice, new RegExp(`basemap/${name}\\.geojson`));
  for (const [file, words] of Object.entries({ 'ODbL-1.0': 'Open Database License', 'CC-BY-4.0': 'Attribution 4.0 International', 'LGPL-3.0': 'LESSER GENERAL PUBLIC LICENSE', 'GPL-3.0': 'GNU GENERAL PUBLIC LICENSE' })) {
    assert.ok(existsSync(`${root}data/licences/${file}.txt`));
    assert.ok(text(`data/licences/${file}.txt`).includes(words), file);
    assert.ok(notice.includes(`${file}.txt`), file);
  }
});

test('no water is cut by the coast of the land, which is another database', () => {
  const coast = new Set(features('land').flatMap(({ geometry }) => pointsOf(geometry.coordinates)).map(String));
  const shared = features('water').flatMap(({ geometry }) => pointsOf(geometry.coordinates)).filter((point) => coast.has(String(point)));
  assert.ok(shared.length <= 2, `${shared.length} points are both: ${shared.slice(0, 5).join(' | ')}`); // 11 m: chance, not a cut
});

finish();
