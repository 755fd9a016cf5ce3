// web/check.mjs: what the compiler cannot see. Every sentence exists in both languages with the same
// arguments, every sentence is used, and no Chinese is written outside src/i18n.
import { build } from 'esbuild';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const src = path.join(path.dirname(fileURLToPath(import.meta.url)), 'src');
const problems = [];

async function sentences(lang) {
  const { outputFiles } = await build({ entryPoints: [path.join(src, 'i18n', lang, 'index.ts')], bundle: true, format: 'esm', write: false });
  const url = 'data:text/javascript;base64,' + Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(url))[lang];
}

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(full);
    else if (/\.tsx?$/.test(entry.name)) yield full;
  }
}

/* {n} and {n|one|many} name the same argument. */
const argumentsOf = (text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((m) => m[1]))].sort().join(',');

const [zh, en] = [await sentences('zh'), await sentences('en')];
for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
  if (!(key in zh)) problems.push(`${key} has no Chinese`);
  else if (!(key in en)) problems.push(`${key} has no English`);
  else if (!zh[key] || !en[key]) problems.push(`${key} is empty`);
  else if (argumentsOf(zh[key]) !== argumentsOf(en[key])) problems.push(`${key} takes other arguments in English`);
  if (/[\u4e00-\u9fff]/.test(en[key] ?? '') && key !== 'lang.other') problems.push(`${key} has Chinese in English`);
}

let code = '';
for await (const file of sources(src)) {
  const text = await readFile(file, 'utf8');
  if (file.includes(`${path.sep}i18n${path.sep}`)) continue;
  code += text;
  const bare = text.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/^\s*\/\/.*$/gm, '');
  bare.split('\n').forEach((line, n) => {
    if (/[\u4e00-\u9fff]/.test(line)) {
      problems.push(`${path.relative(src, file)}:${n + 1} has Chinese outside i18n`);
    }
  });
}
// A key made of parts, like `short.${name}`, is used as a whole family.
const families = [...code.matchAll(/`(\w+\.[\w.]*)\$\{/g)].map((m) => m[1]);
for (const key of Object.keys(zh)) {
  if (!code.includes(`'${key}'`) && !families.some((f) => key.startsWith(f))) problems.push(`${key} is never used`);
}

for (const line of problems) console.error(line);
console.log(`${Object.keys(zh).length} sentences in two languages, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
