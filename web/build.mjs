// web/build.mjs: web/src → web/dist, the files that the server embeds. The same sources give the same bytes:
// names carry a hash of the content, nothing carries a date or a machine's path.
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile, readdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const web = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(web, 'dist');
const FIRST_LOAD_BYTES_MAX = 150 * 1024; // gzip, before the map's own code

const common = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  absWorkingDir: web,
  outdir: dist,
  publicPath: '/',
  entryNames: 'assets/[name]-[hash]',
  chunkNames: 'assets/[name]-[hash]',
  assetNames: 'assets/[name]-[hash]',
  loader: { '.woff2': 'file', '.svg': 'file' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/* The built name of an entry point, as a URL. */
function urlOf(result, entry) {
  for (const [file, info] of Object.entries(result.metafile.outputs)) {
    if (info.entryPoint && path.resolve(web, info.entryPoint) === path.resolve(web, entry)) {
      return '/' + path.relative('dist', file).split(path.sep).join('/');
    }
  }
  throw new Error(`nothing was built from ${entry}`);
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

// The map library's worker is a file of its own: the CSP allows no blob.
const workerEntry = '../node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs';
const worker = await build({ ...common, entryPoints: [workerEntry] });

// The Chinese face is loaded after the page has said what it has to say.
const chineseEntry = 'src/styles/chinese.css';
const chinese = await build({ ...common, entryPoints: [chineseEntry] });

/* What others wrote and is served with the pages, each under its licence. */
async function licences() {
  const modules = path.join(web, '..', 'node_modules');
  const packages = ['preact', '@preact/signals', '@preact/signals-core', 'maplibre-gl', 'pmtiles', 'fflate', '@fontsource-variable/inter', '@fontsource-variable/noto-sans-sc'];
  const parts = [await readFile(path.join(web, '..', 'data', 'basemap', 'README.md'), 'utf8')];
  for (const name of packages) {
    const folder = path.join(modules, name);
    const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? path.join(folder, file) : path.join(web, 'licences', `${name}.txt`); // a package without its own
    parts.push(`${name} ${version}\n\n${(await readFile(text, 'utf8')).trim()}\n`);
  }
  const texts = path.join(web, '..', 'data', 'licences');
  for (const name of ['ODbL-1.0', 'CC-BY-4.0', 'LGPL-3.0', 'GPL-3.0']) parts.push(`${name}\n\n${await readFile(path.join(texts, `${name}.txt`), 'utf8')}`);
  const text = parts.join(`\n${'-'.repeat(80)}\n\n`);
  const name = `assets/licences-${createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase()}.txt`;
  await writeFile(path.join(dist, name), text);
  return '/' + name;
}

const pages = await build({
  ...common,
  splitting: true,
  entryPoints: ['src/main.tsx', 'src/styles/index.css'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { MAP_WORKER_URL: JSON.stringify(urlOf(worker, workerEntry)), CHINESE_FACE_URL: JSON.stringify(urlOf(chinese, chineseEntry)), LICENCES_URL: JSON.stringify(await licences()) },
});
const boot = await build({ ...common, format: 'iife', entryPoints: ['src/boot.ts'] });
const icon = await build({ ...common, entryPoints: ['src/icon.svg'], loader: { '.svg': 'copy' } });

const names = {
  main: urlOf(pages, 'src/main.tsx'),
  style: urlOf(pages, 'src/styles/index.css'),
  boot: urlOf(boot, 'src/boot.ts'),
  icon: urlOf(icon, 'src/icon.svg'),
};
const page = await readFile(path.join(web, 'index.html'), 'utf8');
await writeFile(path.join(dist, 'index.html'), page.replace(/\{\{(\w+)\}\}/g, (_, name) => names[name]));

/* What a browser must fetch before it draws: the page, its style, the entry and what that imports at once. */
async function firstLoadBytes() {
  const outputs = pages.metafile.outputs;
  const wanted = new Set();
  const follow = (file) => {
    if (wanted.has(file)) return;
    wanted.add(file);
    for (const one of outputs[file].imports) if (one.kind === 'import-statement') follow(one.path);
  };
  follow('dist' + names.main);
  const files = [...wanted, 'dist' + names.style, 'dist' + names.boot, 'dist/index.html'];
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(path.join(web, file))).length;
  return bytes;
}

const bytes = await firstLoadBytes();
const count = (await readdir(path.join(dist, 'assets'))).length;
console.log(`web/dist: ${count} assets; first load ${(bytes / 1024).toFixed(1)} KB gzip without the map and fonts`);
if (bytes > FIRST_LOAD_BYTES_MAX) {
  console.error(`the first load is over its ${FIRST_LOAD_BYTES_MAX / 1024} KB`);
  process.exit(1);
}
