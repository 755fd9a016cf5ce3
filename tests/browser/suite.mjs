// What the browser's tests share: a test in a page of its own, axe-core, the count at the end. Prints TAP.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { BASE, open } from './browser.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MACHINE = new URL(BASE).hostname;
const PATIENCE_MS = 20_000;

let count = 0;
let failed = 0;
const everAsked = new Set();

export function say(holds, sentence, why = []) {
  if (!holds) failed++;
  console.log(`${holds ? 'ok' : 'not ok'} ${++count} - ${sentence}`);
  if (!holds) for (const line of why) console.log(String(line).replace(/^/gm, '# '));
}

/* test(sentence, body(page, { asked, context }), { theme, lang, width, browser, tolerate }): fails if the page complains. */
export const suite = (standard) =>
  async function test(sentence, body, options = {}) {
    const { page, context, asked, problems } = await open(options.browser ?? standard, options);
    page.setDefaultTimeout(PATIENCE_MS);
    watch(page);
    try {
      await body(page, { asked, context });
      const bad = problems.filter((problem) => !options.tolerate?.test(problem));
      if (bad.length) throw new Error(`the page complained: ${bad.join(' | ')}`);
      say(true, sentence);
    } catch (error) {
      say(false, sentence, [error.stack ?? error]);
    } finally {
      asked.forEach((url) => everAsked.add(url));
      await context.close();
    }
  };

const STILL_MS = 40;
const inFlight = new WeakMap();
/* What a page waits for; tiles, and the map's worker, which outlive a page, are no part of what it says. */
export function watch(page) {
  const flying = new Set();
  inFlight.set(page, flying);
  page.on('request', (request) => !/-worker-|\/tiles\//.test(request.url()) && flying.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => flying.delete(request));
}

/* Opens an address of the server under test and waits until it has said what it has to say. */
export async function visit(page, address, lang, base = BASE) {
  inFlight.get(page)?.clear();
  await page.goto(`${base}${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
  await answered(page);
}
/* Nothing is asked for any more, and the heading is no longer "Reading …". */
export async function answered(page) {
  await page.locator('h1').first().waitFor();
  const end = Date.now() + PATIENCE_MS;
  for (let still = 0; still < 3; still = inFlight.get(page).size ? 0 : still + 1) {
    check(Date.now() < end, `still waits for ${[...inFlight.get(page)].map((one) => one.url()).join(' ')}`);
    await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy=true]') && !/^(正在|Reading)/.test(document.querySelector('h1').innerText));
    await new Promise((done) => setTimeout(done, STILL_MS));
  }
}
/* What a button keeps as a PNG: its name, its size, and how many colours a row of it through the middle has. */
export async function keptPicture(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const bytes = await readFile(await download.path());
  check(bytes.subarray(1, 4).toString() === 'PNG', 'it is no PNG');
  const colours = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, 1);
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, -Math.floor(image.height / 2));
    return new Set(new Uint32Array(pen.getImageData(0, 0, image.width, 1).data.buffer)).size;
  }, bytes.toString('base64'));
  return { name: download.suggestedFilename(), width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), colours };
}

/* The page has been laid out anew. */
export const redrawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/* The first page, those without a kind, and of each kind its list and its first thing. */
export async function everyPage(base = BASE) {
  const json = async (path) => (await fetch(base + path)).json();
  const { kinds } = await json('/api/model');
  const pages = ['/', '/match', '/compare', '/about-data'];
  for (const [kind, { page }] of Object.entries(kinds)) {
    const { items } = await json(`/api/${kind}?limit=1`);
    pages.push(`/${page}`, ...items.map(({ id }) => `/${page}/${encodeURIComponent(id)}`));
  }
  return pages;
}

/* Reads pages one after another in one context, a test each; body(page, address, wrong) adds what is wrong. */
export async function crawl(browser, options, pages, sentence, body) {
  const { page, context, asked, problems } = await open(browser, options);
  page.setDefaultTimeout(PATIENCE_MS);
  watch(page);
  for (const address of pages) {
    const wrong = [];
    problems.length = 0;
    try {
      await body(page, address, wrong);
    } catch (error) {
      wrong.push(error.stack ?? error);
    }
    wrong.push(...problems.filter((problem) => !options.tolerate?.test(problem)).map((problem) => `the page complained: ${problem}`));
    say(!wrong.length, `${address} ${sentence}`, wrong);
  }
  asked.forEach((url) => everAsked.add(url));
  await context.close();
}
/* Adds what a question finds, or why it could not be asked. */
export async function ask(wrong, what, question) {
  try {
    wrong.push(...(await question()).slice(0, 8).map((one) => `${what}: ${one}`));
  } catch (error) {
    wrong.push(`${what}: ${error.message ?? error}`);
  }
}

export function check(holds, says) {
  if (!holds) throw new Error(says);
}

/* axe-core's findings of these impacts, in a line each; of all rules unless some are named. The library runs in a world of its own, so that the CSP stands. */
export async function findings(page, impacts, rules = null) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await session.send('Runtime.evaluate', { contextId, expression: axeSource });
  const { result } = await session.send('Runtime.evaluate', {
    contextId,
    awaitPromise: true,
    returnByValue: true,
    expression: `axe.run(document, { resultTypes: ['violations']${rules ? `, runOnly: ${JSON.stringify(rules)}` : ''} }).then((r) => r.violations
      .filter((v) => ${JSON.stringify(impacts)}.includes(v.impact))
      .map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join('; ')))`,
  });
  await session.detach();
  check(Array.isArray(result.value), `axe did not run: ${JSON.stringify(result)}`);
  return result.value;
}
export async function accessible(page, impacts = ['serious', 'critical']) {
  const found = await findings(page, impacts);
  check(found.length === 0, found.join('\n'));
}

export async function serverAnswers() {
  if (await fetch(`${BASE}/healthz`).then((reply) => reply.ok, () => false)) return;
  console.log(`Bail out! no server answers at ${BASE}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/* Ends the run: no request may have left the machine. */
export function finish() {
  const foreign = [...everAsked].filter((url) => !url.startsWith('data:') && !url.startsWith('blob:') && new URL(url).hostname !== MACHINE);
  say(foreign.length === 0 && everAsked.size > 100, 'no request of all of the above left the machine', [`${everAsked.size} addresses were asked for`, ...foreign]);
  console.log(`1..${count}`);
  console.log(`${count - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
