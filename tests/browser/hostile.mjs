// A ledger of what nobody should have written: markup, 4,000 characters, right-to-left and zero-width characters in every
// text of every kind, an enterprise on two segments, a park in no county, a row that is not public. Every list and page
// opens, nothing of it runs, nothing sticks out. Needs the program itself: LIANPU_PROGRAM. Prints TAP.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { BASE, launch } from './browser.mjs';
import { PROGRAM, serve } from './own.mjs';
import { ask, check, crawl, everyPage, finish, redrawn, say, serverAnswers, visit } from './suite.mjs';

const run = promisify(execFile);
const AS_OF = '2022-11-30';
const MARKUP = '<img src=x onerror="window.ran=1"><script>window.ran=1</script><svg/onload=window.ran=1>{{ran}}';
const HOSTILE = {
  markup: `${MARKUP}“'"&amp;`,
  long: 'W'.repeat(4_000), // the longest text that is taken
  wide: '长'.repeat(1_333),
  odd: '\u202egnp.exe\u202c 园\u200b区\u200d\ufeff\u2066 مدينة \u2069x',
};

await serverAnswers();
const { kinds } = await fetch(`${BASE}/api/model`).then((reply) => reply.json());
const cell = (text) => `"${String(text).replaceAll('"', '""')}"`;

/* Rows of a kind, a row for each kind of mischief: all its texts hostile, the rest by the model's examples. */
function rowsOf(kind, info) {
  const fields = info.fields.filter(({ near, name }) => !near && name !== 'how' && name !== 'precision');
  const value = (field, mischief) => {
    if (field.type === 'text') return ['rows_kind', 'rows_filter', 'rows_sum', 'uscc'].includes(field.name) ? '' : HOSTILE[mischief];
    // A park in no county; else all refer to what has markup for a name.
    if (kind === 'park' && field.name === 'regions') return '';
    if (field.type === 'ref' || field.type === 'refs') return field.name === 'parent' || field.name === 'parents' ? '' : 'markup';
    return field.example ?? '';
  };
  const keys = Object.keys(HOSTILE);
  const lines = keys.map((key) => [key, AS_OF, ...(info.geometry ? [SHAPE[info.geometry]] : []), ...fields.map((field) => value(field, key))]);
  return [['id', 'as_of', ...(info.geometry ? ['geometry'] : []), ...fields.map(({ name }) => name)], ...lines].map((line) => line.map(cell).join(',')).join('\n') + '\n';
}
const SHAPE = { point: 'POINT(113 22.3)', polygon: 'POLYGON((112.9 22.2,113.1 22.2,113.1 22.4,112.9 22.4,112.9 22.2))' };

const folder = await mkdtemp(path.join(tmpdir(), 'lianpu-hostile-'));
const ledger = path.join(folder, 'hostile.db');
async function add(kind, text, source) {
  const file = path.join(folder, `${kind}.csv`);
  await writeFile(file, text);
  await run(PROGRAM, ['import', file, '--db', ledger, '--as', kind, ...(source ? ['--source', source] : [])]);
}
let server;
try {
  await run(PROGRAM, ['init', ledger]);
  for (const [kind, info] of Object.entries(kinds)) await add(kind, rowsOf(kind, info), kind === 'source' ? '' : 'deployment');
  await add('source', `id,name_zh,type,authority,visibility,rows_visibility,as_of\nsecret,内部台账,bureau,50,staff,staff,${AS_OF}\n`);
  await add('park', `id,name_zh,as_of\nhidden,不公开的园区,${AS_OF}\n`, 'secret');
  await add('role', `id,name_zh,enterprise,segment,chain,type,as_of\nsecond,又一个环节,markup,long,markup,leader,${AS_OF}\n`, 'deployment');
  server = await serve(ledger);
  const { base } = server;

  const bodies = await Promise.all(['hidden', 'no-such'].map(async (id) => {
    const reply = await fetch(`${base}/parks/${id}?lang=zh`);
    return { status: reply.status, body: (await reply.text()).replaceAll(id, 'ID') };
  }));
  say(bodies[0].status === 404 && bodies[1].status === 404 && bodies[0].body === bodies[1].body, 'what is not public is answered as what does not exist: 404, byte for byte', [JSON.stringify(bodies.map(({ status, body }) => [status, body.length]))]);

  const pages = [...(await everyPage(base)), ...Object.values(kinds).flatMap(({ page }) => [`/${page}/long`, `/${page}/odd`]), '/compare?ids=park:markup,park:long,parcel:odd', '/?sel=park:long', '/match?land_use=M2', '/chains/markup?view=list', '/chains/markup?sel=segment:long'];
  const browser = await launch({ webgl: false });
  const open = (some) => crawl(browser, { width: 1440 }, some, 'of the hostile ledger opens, runs nothing, and stays within its width', async (page, address, wrong) => {
    await visit(page, address, 'zh', base);
    await ask(wrong, 'it ran', async () => ((await page.evaluate(() => window.ran)) ? ['window.ran is set'] : []));
    await ask(wrong, 'markup was made of text', () => page.evaluate(() => [...document.querySelectorAll('main img, main script, main svg[onload]')].map((one) => one.outerHTML.slice(0, 80))));
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await redrawn(page);
      await ask(wrong, `wider than ${width} px`, async () => {
        const is = await page.evaluate(() => document.documentElement.scrollWidth);
        return is > width ? [`${is} px`] : [];
      });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    if (/\/markup$/.test(address)) await ask(wrong, 'the heading is not the name as written', async () => ((await page.locator('h1').innerText()).includes('onerror=') ? [] : [await page.locator('h1').innerText()]));
  });
  const all = [...new Set(pages)];
  // A processor each.
  await Promise.all([0, 1].map((half) => open(all.filter((_, n) => n % 2 === half))));
  await browser.close();
} finally {
  server?.stop();
  await rm(folder, { recursive: true, force: true });
}
finish();
