// What is left when much is missing, against the server at LIANPU_URL: pages without scripts, things that are not there,
// and what can be taken along as a file. Prints TAP.
import { BASE, launch, open } from './browser.mjs';
import { check, crawl, everyPage, finish, say, serverAnswers, suite, visit } from './suite.mjs';

await serverAnswers();
const browser = await launch({ webgl: false });
const test = suite(browser);

/* ---- without scripts: each page says in words what it shows, and its links lead on ---- */
const LIST_ROWS_LEAST = 1;
for (const lang of ['zh', 'en']) {
  await crawl(browser, { lang, javaScriptEnabled: false }, await everyPage(), `can be read without scripts, ${lang}`, async (page, address, wrong) => {
    const reply = await page.goto(`${BASE}${address}?lang=${lang}`);
    if (reply.status() !== 200) wrong.push(`status ${reply.status()}`);
    const text = await page.locator('body').innerText();
    if (!/\d/.test(text) && !['/match', '/compare'].includes(address)) wrong.push(`no figure: ${text.slice(0, 80)}`);
    if ((await page.locator('body a[href^="/"]:visible').count()) < LIST_ROWS_LEAST) wrong.push('no link leads on');
    // One thing says who said it, and as of when.
    if (address.split('/').length > 2 && !/\d{4}/.test(text)) wrong.push('no date');
  });
}
await test('without scripts one comes from the first page to a project and its source', async () => {
  const { page, context } = await open(browser, { lang: 'zh', javaScriptEnabled: false });
  try {
    await page.goto(`${BASE}/?lang=zh`);
    check((await page.locator('body').innerText()).includes('231'), 'the first page has no figures');
    await page.locator('a[href^="/projects"]:visible').first().click();
    await page.locator('a[href^="/projects/jm-calb?"]:visible').first().click();
    const text = await page.locator('body').innerText();
    check(text.includes('200 亿元') && text.includes('江门日报'), text.slice(0, 300));
  } finally {
    await context.close();
  }
});

/* ---- things that are not there ---- */
await test('a thing that does not exist says so, with the way back', async (page) => {
  const reply = await page.goto(`${BASE}/enterprises/none?lang=zh`);
  check(reply.status() === 404, `status ${reply.status()}`);
  await page.getByRole('heading', { name: '没有这一条，或不在公开范围内' }).waitFor();
  await page.locator('main a[href^="/enterprises"]').click();
  await page.locator('.entities').waitFor();
}, { tolerate: /404/ });
await test('an address that is no page says so, with the way to the map', async (page) => {
  for (const address of ['/parks/a/b', '/enterprises/%E0%A4%A', '/parks/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E']) {
    const reply = await page.goto(`${BASE}${address}`);
    check(reply.status() === 404 || reply.status() === 400, `${address}: status ${reply.status()}`);
  }
}, { tolerate: /404|400/ });

/* ---- files ---- */
const { kinds } = await (await fetch(`${BASE}/api/model`)).json();
for (const [page_, file, least] of [['projects?stage=started', 'projects.csv', 'id,'], ['parcels?land_use=M2', 'parcels.geojson', '{']]) {
  await test(`/${page_} is had as ${file}`, async (page) => {
    await visit(page, `/${page_}`, 'zh');
    const name = file.endsWith('.csv') ? 'CSV' : 'GeoJSON';
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()]);
    check(download.suggestedFilename() === file, download.suggestedFilename());
    const stream = await download.createReadStream();
    let text = '';
    for await (const part of stream) text += part;
    check(text.replace(/^\ufeff/, '').startsWith(least) || text.includes('FeatureCollection'), text.slice(0, 80));
  });
}
{
  const wrong = [];
  for (const [kind, { page, geometry }] of Object.entries(kinds)) {
    for (const format of geometry ? ['csv', 'geojson'] : ['csv']) {
      const reply = await fetch(`${BASE}/export/${kind}.${format}`);
      const as = reply.headers.get('content-disposition') ?? '';
      if (!reply.ok || !as.includes(`.${format}`)) wrong.push(`${kind}.${format} of /${page}: ${reply.status} ${as}`);
      await reply.arrayBuffer();
    }
  }
  say(!wrong.length, 'every kind is had as CSV, those with a place as GeoJSON', wrong);
}
await browser.close();
finish();
