// The way through the city, against the server at LIANPU_URL: search → firm → segment → chain → park → plot →
// comparison → source, by mouse and by keyboard alone, in both languages; and back, step by step. Prints TAP.
import { launch } from './browser.mjs';
import { answered, check, finish, serverAnswers, suite, visit } from './suite.mjs';

await serverAnswers();
const browser = await launch({ webgl: false });
const test = suite(browser);
const TABS_MAX = 160;

const at = (page, pattern) => page.waitForURL((url) => pattern.test(url.pathname + url.search));
/* The heading and the address, once they stand: the map's list waits until the map does. */
const STANDS_MS = 400;
async function standing(page) {
  await answered(page);
  await page.waitForFunction((least) => {
    const now = `${location.href} ${document.querySelector('h1')?.innerText}`;
    if (window.stood?.says !== now) window.stood = { says: now, since: performance.now() };
    return performance.now() - window.stood.since > least;
  }, STANDS_MS);
}
/* Where the map is looking is rounded anew whenever it is moved. */
const place = (address) => address.replace(/([?&]at=)(-?[\d.]+),(-?[\d.]+),([\d.]+)/, (_, at, ...parts) => at + parts.map((part) => Number(part).toFixed(1)).join());

/* Each step: where one stands before it, what leads on, and where to. */
const STEPS = [
  { to: /^\/segments\/battery\./, by: 'main a[href^="/segments/battery."]' },
  { to: /^\/chains\/battery\?.*sel=segment/, by: '.sheet-actions a.primary' },
  { to: /^\/parks\/jm-/, by: 'main a[href^="/parks/jm-fengshanhu"], main a[href^="/parks/jm-"]' },
  { to: /^\/parcels\?.*park=/, by: '.park-land header a', add: true },
  { to: /^\/parcels\/.+/, by: '.entities tbody th a', key: 'j' },
  { to: /^\/compare\?.*ids=park:.+,parcel:/, by: 'a.tray', add: true },
];

/* What one sees of a step; Back must bring it again. */
async function seen(page) {
  await standing(page);
  return { heading: await page.locator('h1').innerText(), address: page.url(), chosen: await page.locator('.node[aria-pressed=true]').evaluateAll((all) => all.map(({ id }) => id)) };
}

async function backAgain(page, trail) {
  for (const step of trail.reverse()) {
    await page.goBack();
    const now = await seen(page);
    check(place(now.address) === place(step.address), `Back is at ${now.address}, not at ${step.address}`);
    check(now.heading === step.heading, `Back to ${step.address}: "${now.heading}", not "${step.heading}"`);
    check(now.chosen.join() === step.chosen.join(), `Back to ${step.address}: ${now.chosen} is chosen, not ${step.chosen}`);
  }
}

const isFirm = (lang) => (lang === 'zh' ? /^中创新航$/ : /^CALB$/);

async function readsSource(page) {
  const card = page.locator('.source-card');
  await card.locator('.said').waitFor();
  const text = await card.innerText();
  check(/谁说的|Said by/.test(text) && /\d{4}-\d{2}/.test(text), `no source or no date: ${text}`);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  check(await page.evaluate(() => document.activeElement.matches('.figure')), 'the focus does not go back to the figure');
}

async function walk(lang) {
  await test(`by mouse, ${lang}: search, firm, segment, chain, park, plot, comparison, source, and Back to each`, async (page) => {
    await visit(page, '/', lang);
    await page.locator('.search input').fill('zhongchuangxinhang');
    await page.locator('.found').first().waitFor();
    const trail = [await seen(page)];
    await page.locator('.found').filter({ has: page.locator('.found-name', { hasText: isFirm(lang) }) }).first().click();
    // A firm with a place is chosen on the map; its card leads to its page.
    await at(page, /sel=enterprise:jm-ent-calb/);
    await page.locator('.thing-card footer a').first().waitFor();
    trail.push(await seen(page));
    await page.locator('.thing-card footer a').first().click();
    await at(page, /^\/enterprises\/jm-ent-calb/);
    for (const { to, by, add } of STEPS) {
      await page.locator(by).first().waitFor();
      trail.push(await seen(page));
      if (add) await page.locator('.sheet-actions button[aria-pressed=false]').click();
      await page.locator(by).first().click();
      await at(page, to);
    }
    await page.locator('.compare-table td .figure').first().click();
    await readsSource(page);
    await backAgain(page, trail);
  }, { lang });

  await test(`by keyboard alone, ${lang}: search, firm, segment, chain, park, plot, comparison, source, and Back to each`, async (page) => {
    await visit(page, '/', lang);
    await page.keyboard.press('?');
    await page.locator('dialog.help[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog.help[open]').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    const found = page.waitForResponse((reply) => new URL(reply.url()).searchParams.get('q') === 'zhongchuangxinhang');
    await page.keyboard.type('zhongchuangxinhang');
    await found;
    const trail = [await seen(page)];
    const name = page.locator('.found[aria-selected=true] .found-name');
    await name.waitFor();
    for (let n = 0; n < 40 && !isFirm(lang).test(await name.innerText()); n++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await at(page, /sel=enterprise:jm-ent-calb/);
    await page.locator('.thing-card footer a').first().waitFor();
    trail.push(await seen(page));
    await tabTo(page, '.thing-card footer a');
    await page.keyboard.press('Enter');
    await at(page, /^\/enterprises\/jm-ent-calb/);
    for (const { to, by, add, key } of STEPS) {
      await page.locator(by).first().waitFor();
      trail.push(await seen(page));
      if (/^\/chains\//.test(new URL(page.url()).pathname)) await arrows(page);
      if (add) {
        await tabTo(page, '.sheet-actions button[aria-pressed]');
        await page.keyboard.press('Enter');
        await page.locator('a.tray').waitFor();
      }
      if (key) await page.keyboard.press(key);
      else await tabTo(page, by);
      await page.keyboard.press('Enter');
      await at(page, to);
    }
    await page.locator('.compare-table td .figure').first().waitFor();
    await page.keyboard.press('ArrowRight');
    check(await page.evaluate(() => document.activeElement.matches('.compare-place a')), 'an arrow does not go to a column');
    await tabTo(page, '.compare-table td .figure');
    await page.keyboard.press('Enter');
    await readsSource(page);
    await backAgain(page, trail);
  }, { lang });
}

/* Presses Tab until what has the focus fits; round the page once at most. */
async function tabTo(page, selector) {
  for (let n = 0; n < TABS_MAX; n++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((one) => document.activeElement?.matches(one) ?? false, selector)) return;
  }
  throw new Error(`Tab does not reach ${selector} on ${page.url()}`);
}

/* The graph is walked by arrows; the chosen segment stays chosen. */
async function arrows(page) {
  await page.locator('.node').first().waitFor();
  await tabTo(page, '.node');
  const first = await page.evaluate(() => document.activeElement.id);
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
  const last = await page.evaluate(() => document.activeElement.id);
  check(last.startsWith('node-'), `arrows lead from ${first} out of the graph`);
}

await Promise.all([walk('zh'), walk('en')]);
await browser.close();
finish();
