// Every page there is, against the server at LIANPU_URL, each read once in light and Chinese and once in dark and
// English: no figure without a source, axe-core finds nothing, nothing moves, no sideways scroll. Prints TAP.
import { BASE, launch } from './browser.mjs';
import { ask, check, crawl, everyPage, findings, finish, redrawn, serverAnswers, visit } from './suite.mjs';

await serverAnswers();
const pages = [
  ...(await everyPage()),
  '/match?land_use=M2&area_m2=66666.67..',
  '/match?land_use=M2&area_m2=200000..&assemble=1',
  '/compare?ids=park:jm-fengshanhu,parcel:jm-dh-a-01,park:none',
  '/?sel=park:jm-fengshanhu',
  '/projects/jm-calb',
  '/parks/jm-fengshanhu',
  '/chains/battery?sel=segment:battery.cell',
  '/chains/cnc?view=list',
  '/indicators/jm-big-projects',
];

/* ---- no figure without a source ----
 * In <main> a text with a digit in it is the value of a field, and so must stand in a button.figure, but where it is: */
const NO_VALUE = {
  'names, titles and their counts': 'h1, h2, a, .site-name > b, .found-name, .crumb, caption, .visually-hidden, .source-list',
  'what the page counts: rows, kinds, segments, places': [
    'h3 > .quiet, .chip, .rows-head, .rows-break, .counties b, .land-states .quiet, .by-county, .page-head .beside, .balance-part, .balance-whole',
    '.chain-row .quiet, .fit > p.block, .stage-bars, .node-state, .lane > .quiet, .rollup-item.unnamed, .compare .segmented, .segment-card h3, .site-more li .quiet, button.more, .note, .plain-table td, .why td, .maybe-count, .recount .block',
    'td.count',
  ],
  'what was asked, and what the page reckoned from it: the brief, scores, weights': '.brief, .why th .quiet, .unknowns header .quiet, .unknowns .note, .score, .score-bar i, .mark, .examples, .relaxations, .robust, .short-by, .steps-left, .set-owners, .sets .site-start .quiet',
  'how old the answer is': '.beside > span, .warning',
  'codes with their words, and labels of fields': '.site-name .quiet, .fact-label',
  'how much of the year was gone, how far from the best beside it, the number of its source': '.strip-gone, td .away, sup, .compare-foot',
  'rows that are buttons themselves: they open a card with the same as figures': '.row > button, .unknown-row > .site-open',
  'drawings, each with a list beside it, and what machines do not read': 'svg, .map, [aria-hidden=true], kbd, option, .pager, .legend, .ground-list',
  'what explains a page': '.compare > p.quiet, .card > p.block.quiet',
};
const bareNumbers = (page) =>
  page.evaluate((allowed) => {
    const found = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: parent, textContent: text } = walker.currentNode;
      // None: there is nothing to open.
      if (!/\d/.test(text) || text.trim() === '0' || parent.closest('.figure') || parent.closest(allowed)) continue;
      found.push(`${parent.parentElement.className} > ${parent.tagName.toLowerCase()}.${parent.className}: ${text.trim().slice(0, 60)}`);
    }
    return found;
  }, Object.values(NO_VALUE).flat().join(', '));

/* Opens a figure and reads its card: who said it, and as of when. */
async function opens(page, figure) {
  await figure.evaluate((one) => one.click());
  const card = page.locator('.source-card');
  await card.locator('.said, .sum-rows, .sum-how').first().waitFor();
  const reckoned = (await card.locator('.sum-rows, .sum-how').count()) > 0 || /按坐标算出|computed from coordinates/.test(await card.innerText());
  const text = await card.innerText();
  check(reckoned || (/\d{4}/.test(text) && /谁说的|Said by/.test(text)), `no source or no date: ${text.slice(0, 200)}`);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
}

const SAMPLED = 3;
async function sampled(page) {
  const count = await page.evaluate((most) => {
    const all = [...document.querySelectorAll('main .figure')].filter((one) => one.checkVisibility());
    const some = [...new Set(Array.from({ length: most }, (_, n) => all[Math.floor((n * (all.length - 1)) / (most - 1))]))].filter(Boolean);
    some.forEach((one, n) => (one.dataset.sampled = n));
    return some.length;
  }, SAMPLED);
  for (let n = 0; n < count; n++) await opens(page, page.locator(`[data-sampled="${n}"]`));
}

const running = (page) => page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').map((one) => one.animationName ?? one.transitionProperty));

async function read(theme, lang) {
  // One of the places compared is not there.
  const tolerate = /404/;
  // A browser without WebGL2: that map is drawn for the walks, this one here.
  const reader = await launch({ webgl: false });
  await crawl(reader, { theme, lang, tolerate }, pages, `is read in ${theme}, ${lang}`, async (page, address, wrong) => {
    await visit(page, address, lang);
    await ask(wrong, 'numbers without a source', () => bareNumbers(page));
    await ask(wrong, 'axe-core', () => findings(page, ['minor', 'moderate', 'serious', 'critical']));
    await ask(wrong, 'moves though it must not', () => running(page));
    await ask(wrong, 'a figure does not open', () => sampled(page).then(() => []));
    // 320 px: a window of 1280 at 400 %.
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await redrawn(page);
      await ask(wrong, `wider than ${width} px`, () => tooWide(page, width));
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });
  await reader.close();
}

/* What sticks out, if the page can be scrolled sideways. */
function tooWide(page, width) {
  return page.evaluate((most) => {
    if (document.documentElement.scrollWidth <= most) return [];
    const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > most + 1);
    return [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`)];
  }, width);
}

// A processor each.
await Promise.all([read('light', 'zh'), read('dark', 'en')]);
finish();
