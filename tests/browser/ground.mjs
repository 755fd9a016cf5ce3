// A deployment's own base map, drawn: a PMTiles file of vector tiles that the server reads in ranges, and a tile service on
// another port. Needs the program itself: LIANPU_PROGRAM. Prints TAP.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import { drawn, launch, settled } from './browser.mjs';
import { PROGRAM, freePort, serve } from './own.mjs';
import { check, finish, serverAnswers, suite, visit } from './suite.mjs';

const EXTENT = 4096;
const ZOOM_MAX = 6;

/* A tile with a road from corner to corner, and water over its north-west quarter (MVT 2.1 §4). */
function vectorTile() {
  const zigzag = (n) => (n << 1) ^ (n >> 31);
  const feature = (type, key, shape) => (_, pbf) => {
    pbf.writePackedVarint(2, [0, key]);
    pbf.writeVarintField(3, type);
    pbf.writePackedVarint(4, shape.map((step) => (Array.isArray(step) ? step.map(zigzag) : [step])).flat());
  };
  const [moveTo, lineTo, close] = [(n) => (n << 3) | 1, (n) => (n << 3) | 2, 15];
  const layer = (name, kind, type, shape) => (_, pbf) => {
    pbf.writeStringField(1, name);
    pbf.writeMessage(2, feature(type, 0, shape), null);
    pbf.writeStringField(3, 'kind');
    pbf.writeMessage(4, (_, value) => value.writeStringField(1, kind), null);
    pbf.writeVarintField(5, EXTENT);
    pbf.writeVarintField(15, 2);
  };
  const half = EXTENT / 2;
  const tile = new PbfWriter();
  tile.writeMessage(3, layer('roads', 'highway', 2, [moveTo(1), [0, 0], lineTo(1), [EXTENT, EXTENT]]), null);
  tile.writeMessage(3, layer('water', 'lake', 3, [moveTo(1), [0, 0], lineTo(3), [half, 0], [0, half], [-half, 0], close]), null);
  return gzipSync(tile.finish());
}

/* PMTiles version 3: every tile from 0 to ZOOM_MAX is the same one, said by one run of the root directory. */
function pmtiles() {
  const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
  const tile = vectorTile();
  const count = (4 ** (ZOOM_MAX + 1) - 1) / 3;
  const root = gzipSync(Buffer.from([1, 0, count, tile.length, 1].flatMap(varint)));
  const metadata = gzipSync(JSON.stringify({ vector_layers: [{ id: 'roads', fields: {} }, { id: 'water', fields: {} }] }));
  const head = Buffer.alloc(127);
  head.write('PMTiles\x03', 'latin1');
  const parts = [root, metadata, Buffer.alloc(0), tile];
  let at = head.length;
  parts.forEach((part, n) => {
    head.writeBigUInt64LE(BigInt(at), 8 + 16 * n);
    head.writeBigUInt64LE(BigInt(part.length), 16 + 16 * n);
    at += part.length;
  });
  [BigInt(count), 1n, 1n].forEach((n, i) => head.writeBigUInt64LE(n, 72 + 8 * i));
  head.set([1, 2, 2, 1, 0, ZOOM_MAX], 96); // clustered, gzip inside and for tiles, vector, zooms
  [-180, -85, 180, 85].forEach((degrees, n) => head.writeInt32LE(degrees * 1e7, 102 + 4 * n));
  return Buffer.concat([head, ...parts]);
}

await serverAnswers();
const browser = await launch();
const test = suite(browser);
const folder = await mkdtemp(path.join(tmpdir(), 'lianpu-ground-'));
const servers = [];
try {
  const ledger = path.join(folder, 'ground.db');
  execFileSync(PROGRAM, ['init', ledger, '--sample', 'jiangmen'], { stdio: 'ignore' });
  const file = path.join(folder, 'delta.pmtiles');
  await writeFile(file, pmtiles());
  const own = await serve(ledger, ['--basemap', file, '--basemap-datum', 'wgs84', '--basemap-credit', '本地矢量图']);
  servers.push(own);

  for (const theme of ['light', 'dark']) {
    await test(`roads and water of a PMTiles file lie under the atlas, ${theme}, and its owner is named`, async (page) => {
      await visit(page, '/', 'zh', own.base);
      await drawn(page, 'under-large-roads');
      await drawn(page, 'under-water');
      await settled(page);
      const order = await page.evaluate(() => document.querySelector('.map-frame').map.getStyle().layers.map(({ id }) => id));
      check(order.indexOf('under-large-roads') < order.indexOf('park'), 'the base map lies over the parks');
      check((await page.locator('.approvals').innerText()).includes('本地矢量图 · © OpenStreetMap'), await page.locator('.approvals').innerText());
    }, { theme });
  }

  const pictures = [];
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4UaEBAAN0AWnL+tDXAAAAAElFTkSuQmCC', 'base64'); // one orange pixel
  const port = await freePort();
  const service = createServer((request, reply) => {
    pictures.push({ url: request.url, referer: request.headers.referer });
    reply.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(picture);
  });
  await new Promise((done) => service.listen(port, '127.0.0.1', done));
  servers.push({ stop: () => service.close() });
  const address = (layer) => `http://127.0.0.1:${port}/${layer}?z={z}&x={x}&y={y}&tk={key}`;
  const using = await serve(ledger, ['--basemap-url', `${address('vec')} ${address('cva')}`, '--basemap-datum', 'cgcs2000', '--basemap-credit', '图片服务'], { LIANPU_BASEMAP_KEY: 'k1' });
  servers.push(using);

  await test('pictures of a tile service lie under the atlas, asked for with the key and the site alone', async (page) => {
    await visit(page, '/', 'en', using.base);
    await page.waitForFunction(() => document.querySelector('.map-frame')?.map?.areTilesLoaded());
    await settled(page);
    const layers = await page.evaluate(() => document.querySelector('.map-frame').map.getStyle().layers.map(({ id, type }) => `${id} ${type}`));
    check(layers.includes('under-0 raster') && layers.includes('under-1 raster'), layers.join(', '));
    check(!layers.some((one) => one.startsWith('place-name')), 'names are drawn twice');
    check(pictures.some(({ url }) => /^\/vec\?z=\d+&x=\d+&y=\d+&tk=k1$/.test(url)) && pictures.some(({ url }) => url.startsWith('/cva?')), JSON.stringify(pictures.slice(0, 3)));
    check(pictures.every(({ referer }) => referer === `${using.base}/`), JSON.stringify(pictures[0]));
    check((await page.locator('.approvals').innerText()).includes('图片服务'), 'no credit');
  });

  const plain = await launch({ webgl: false });
  await test('without WebGL the map stands on its own ground and credits that alone', async (page) => {
    await visit(page, '/', 'zh', own.base);
    await page.locator('.svg-map .svg-sea').first().waitFor({ state: 'attached' });
    const said = await page.locator('.approvals').innerText();
    check(said.includes('OpenStreetMap') && !said.includes('本地矢量图'), said);
  }, { browser: plain });
  await plain.close();

  await writeFile(file, pmtiles().fill(0xff, 127, 300));
  const broken = await serve(ledger, ['--basemap', file, '--basemap-datum', 'wgs84', '--basemap-credit', '坏文件']);
  servers.push(broken);
  await test('a file whose directory cannot be read leaves the map on its own ground', async (page) => {
    await visit(page, '/', 'zh', broken.base);
    await drawn(page, 'region-fill');
    const layers = await page.evaluate(() => document.querySelector('.map-frame').map.getStyle().layers.map(({ id }) => id));
    check(layers.includes('water') && !layers.some((id) => id.startsWith('under-')), layers.join(', '));
    check(!(await page.locator('.approvals').innerText()).includes('坏文件'), 'what is not drawn is credited');
  });
} finally {
  servers.forEach(({ stop }) => stop());
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
finish();
