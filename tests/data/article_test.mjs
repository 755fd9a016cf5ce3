// The article, through the program: a new ledger with the sample, each kind exported, every fact of the article in it.
//   node tests/data/article_test.mjs [BUILD_FOLDER]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { csvRows } from '../../tools/data/csv.mjs';
import { DERIVED, FACTS, missing, PLATFORMS } from './article.mjs';
import { finish, test } from './tap.mjs';

const lianpu = resolve(process.argv[2] ?? 'build', 'lianpu');
const folder = mkdtempSync(join(tmpdir(), 'lianpu-article-'));
const ledger = join(folder, 'sample.db');
const run = (...words) => execFileSync(lianpu, words, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });

const exported = {};
const rowOf = (kind, id) =>
  (exported[kind] ??= new Map(csvRows(run('export', '-', '--db', ledger, '--as', kind, '--format', 'csv')).map((row) => [row.id, row]))).get(id);

const problems = (list) =>
  list.flatMap(([kind, id, wanted]) => missing(rowOf(kind, id), wanted).map((problem) => `${kind} ${id}: ${problem}`));

try {
  run('init', ledger, '--sample', 'jiangmen');
  test('every figure of the article and every thing it names is in what the public may export', () => {
    assert.deepEqual(problems(FACTS.map(([, ...fact]) => fact)), []);
  });
  test('every platform that the article names is there by its name', () => {
    assert.deepEqual(problems(PLATFORMS.map(([id, name]) => ['park', id, { name_zh: name }])), []);
  });
  test('what follows from the article is there beside it', () => assert.deepEqual(problems(DERIVED), []));
  test('each fact keeps its paragraph: show --why says who said it, and where', () => {
    for (const [paragraph, kind, id, wanted] of FACTS.filter((_, i) => i % 12 === 0)) {
      const why = run('show', kind, id, '--db', ledger, '--why', '--lang', 'zh').split('\n');
      for (const field of Object.keys(wanted)) {
        const line = why.findIndex((text) => text.includes(`(${field}):`));
        assert.match(why[line + 1] ?? '', new RegExp(`江门日报.*第${paragraph}段`), `${kind} ${id} ${field}`);
      }
    }
  });
  test('without what is invented, the article is there all the same', () => {
    const bare = join(folder, 'bare.db');
    run('init', bare, '--sample', 'jiangmen', '--no-illustrative');
    const rows = new Map(csvRows(run('export', '-', '--db', bare, '--as', 'observation', '--format', 'csv')).map((row) => [row.id, row]));
    for (const [, kind, id, wanted] of FACTS.filter((fact) => fact[1] === 'observation')) assert.deepEqual(missing(rows.get(id), wanted), [], `${kind} ${id}`);
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
