// What the browser's tests share: a test in a page of its own, axe-core, the count at the end. Prints TAP.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { BASE, open } from './browser.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ORIGIN = new URL(BASE).origin;
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

export function check(holds, says) {
  if (!holds) throw new Error(says);
}

/* axe-core's findings of these impacts, in a line each. The library runs in a world of its own, so that the CSP stands. */
export async function findings(page, impacts) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await session.send('Runtime.evaluate', { contextId, expression: axeSource });
  const { result } = await session.send('Runtime.evaluate', {
    contextId,
    awaitPromise: true,
    returnByValue: true,
    expression: `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations
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
  const foreign = [...everAsked].filter((url) => !url.startsWith('data:') && !url.startsWith('blob:') && new URL(url).origin !== ORIGIN);
  say(foreign.length === 0 && everAsked.size > 100, 'no request of all of the above left the machine', [`${everAsked.size} addresses were asked for`, ...foreign]);
  console.log(`1..${count}`);
  console.log(`${count - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
