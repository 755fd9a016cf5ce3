// Walks the pages as a person would, against the server at LIANPU_URL: map → filter → park → brief → ranking →
// source; by keyboard alone; without WebGL2; at 390 px; in both themes under axe-core. Prints TAP.
import { BASE, drawn, launch } from './browser.mjs';
import { accessible, check, finish, keptPicture, serverAnswers, suite } from './suite.mjs';

const NEED = 'land_use=M2&area_m2=66666.67..&price_fen_m2=..50000&power_left_kva=5000..&port_m=..40000&available_from=..2023-12-31';

const number = (text) => Number((text.match(/[\d,]+/) ?? ['-1'])[0].replaceAll(',', ''));
const visit = (page, address) => page.goto(BASE + address);
const text = (page, selector) => page.locator(selector).first().innerText();

/* The heading of those that fit counts so many. */
const fits = (page, count) => page.waitForFunction((n) => Number(document.querySelector('#group-fit h2')?.innerText.match(/[\d,]+/)?.[0].replaceAll(',', '')) === n, count);

await serverAnswers();
const browser = await launch();
const test = suite(browser);

await test('the map draws counties, parks, ports and counted parcels', async (page) => {
  await visit(page, '/');
  check((await drawn(page, 'region-fill')) > 0, 'no county is drawn');
  check((await drawn(page, 'park')) > 0, 'no park is drawn');
  check((await drawn(page, 'facility')) > 0, 'no port is drawn');
  check((await drawn(page, 'cells')) > 0, 'no cell is drawn');
});

await test('cells at city scale count every parcel that the heading counts', async (page) => {
  await visit(page, '/');
  await drawn(page, 'cells');
  await page.waitForFunction(() => /\d/.test(document.querySelector('h1')?.innerText));
  const { cells, total } = await page.evaluate(async () => {
    const map = document.querySelector('.map-frame').map;
    const seen = new Map();
    for (const { properties, geometry } of map.querySourceFeatures('cells', { sourceLayer: 'parcel' })) {
      seen.set(geometry.coordinates.map((part) => part.toFixed(4)).join(), properties.count);
    }
    const meta = await (await fetch('/api/meta')).json();
    return { cells: [...seen.values()].reduce((sum, n) => sum + n, 0), total: meta.kinds.parcel.count };
  });
  check(cells >= total, `${cells} in cells, ${total} in all`);
});

await test('what the map shows can be kept as a picture, with its heading', async (page) => {
  await visit(page, '/');
  await drawn(page, 'region-fill');
  const { width, height } = await page.locator('.map').boundingBox();
  const kept = await keptPicture(page, page.getByRole('button', { name: '存为图片（PNG）' }));
  check(kept.name === 'map.png' && Math.abs(kept.width - width) <= 2 && kept.height > height + 40 && kept.colours > 5, JSON.stringify(kept));
});

await test('a chain laid over the map tints counties, leaves its planned parks, and lists its firms; Back takes it off', async (page) => {
  await visit(page, '/');
  await page.locator('.chain-choice option[value=battery]').waitFor({ state: 'attached' });
  await page.locator('.chain-choice select').selectOption('battery');
  await page.locator('.legend .ramp').waitFor();
  await page.waitForFunction(() => document.querySelector('.map-frame')?.map?.queryRenderedFeatures({ layers: ['park'] }).length === 2);
  check(/chains=battery/.test(page.url()) && /list=enterprise/.test(page.url()), page.url());
  await page.getByText('中创新航').first().waitFor();
  await page.goBack();
  await page.locator('.legend .ramp').waitFor({ state: 'detached' });
});

await test('the list follows the map', async (page) => {
  await visit(page, '/');
  await drawn(page, 'park');
  await page.waitForFunction(() => document.querySelectorAll('.row').length > 1);
  const before = number(await text(page, 'h1'));
  await page.getByRole('button', { name: '放大' }).click();
  await page.getByRole('button', { name: '放大' }).click();
  await page.waitForFunction((n) => Number((document.querySelector('h1')?.innerText.match(/\d+/) ?? [n])[0]) < n, before);
});

await test('map to filter to park to brief to ranking to the source of a figure', async (page) => {
  await visit(page, '/');
  await drawn(page, 'park');
  await page.getByLabel('列出什么').selectOption('parcel');
  await page.getByRole('button', { name: '用地性质' }).click();
  const m2 = page.locator('.filter-values .chip', { hasText: 'M2' });
  const expected = number((await m2.innerText()).replace(/M2 \S+/, ''));
  await m2.click();
  await page.waitForFunction((n) => document.querySelector('.rows-head')?.innerText.includes(String(n)), expected);
  check((await page.evaluate(() => document.querySelector('.map-frame').map.getStyle().sources.cells.tiles[0])).includes('land_use'), 'the map is not filtered');
  await page.getByRole('button', { name: '清空' }).click();

  await page.getByLabel('列出什么').selectOption('park');
  await page.locator('.row button').first().click();
  await page.locator('.thing-card .facts').first().waitFor();
  check(page.url().includes('sel=park'), 'the selection is not in the address');
  await drawn(page, 'park-chosen');
  await page.locator('.thing-card .facts .figure').first().click();
  await page.getByRole('dialog').locator('.sum-rows').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: '选址' }).click();
  await page.locator('.examples a').first().click();
  await page.locator('.site').first().waitFor();
  check(/处可建/.test(await text(page, 'h1')), 'the heading is not the answer');
  const [all, ...groups] = (await text(page, '.balance')).match(/\d[\d,]*/g).map(number);
  check(groups.length === 4 && all === groups.reduce((sum, n) => sum + n), `${all} ≠ ${groups.join(' + ')}`);
  await page.locator('.site .figure[data-field=price_fen_m2]').first().click();
  const card = page.getByRole('dialog');
  await card.locator('.said').waitFor();
  check(/谁说的/.test(await card.innerText()) && /\d{4}-\d{2}-\d{2}/.test(await card.innerText()), 'no source or date');
  await page.keyboard.press('Escape');
  check((await page.locator('.source-card').count()) === 0, 'Esc does not close');
  check(await page.evaluate(() => document.activeElement.matches('.figure')), 'focus did not go back to the figure');
});

await test('a plot chosen on the map is the plot chosen in the list', async (page) => {
  await visit(page, '/?list=parcel');
  await drawn(page, 'cells');
  await page.locator('.row button').nth(1).click();
  await drawn(page, 'parcel-chosen');
  await page.waitForTimeout(500);
  const other = await page.evaluate(() => {
    const map = document.querySelector('.map-frame').map;
    const chosen = new URL(location.href).searchParams.get('sel').slice('parcel:'.length);
    for (const feature of map.queryRenderedFeatures({ layers: ['parcel-fill'] })) {
      if (feature.properties.id === chosen) continue;
      const ring = feature.geometry.type === 'Polygon' ? feature.geometry.coordinates[0] : feature.geometry.coordinates[0][0];
      const middle = ring.reduce((sum, [x, y]) => [sum[0] + x / ring.length, sum[1] + y / ring.length], [0, 0]);
      const at = map.project(middle);
      if (at.x < 60 || at.y < 80 || at.x > 450 || at.y > 500) continue;
      const hit = map.queryRenderedFeatures(at, { layers: ['parcel-fill'] })[0];
      if (hit?.properties.id === feature.properties.id) return { id: feature.properties.id, x: at.x, y: at.y };
    }
    return null;
  });
  check(other, 'no other plot in view');
  const frame = await page.locator('.map-frame').boundingBox();
  await page.mouse.click(frame.x + other.x, frame.y + other.y);
  await page.waitForFunction((id) => new URL(location.href).searchParams.get('sel') === `parcel:${id}`, other.id);
  await page.locator('.row.on').waitFor();
});

await test('Back restores the brief, the selection and the page', async (page) => {
  await visit(page, `/match?${NEED}`);
  await page.locator('.site').first().waitFor();
  const before = await text(page, 'h1');
  await page.locator('.site-open').nth(1).click();
  await page.getByLabel(/^面积 至少/).fill('400');
  await page.waitForFunction((h1) => document.querySelector('h1').innerText !== h1, before);
  await page.goBack();
  await page.waitForFunction((h1) => document.querySelector('h1')?.innerText === h1, before);
  check((await page.getByLabel(/^面积 至少/).inputValue()) === '100', 'the area is not as it was');
  await page.getByRole('link', { name: '地图', exact: true }).click();
  await page.goBack();
  await page.locator('.site').first().waitFor();
  check((await text(page, 'h1')) === before, 'the answer is another one');
});

await test('the address holds everything: opened anew it shows the same', async (page, { context }) => {
  await visit(page, `/match?${NEED}&w=price_fen_m2:60,port_m:40:more`);
  await page.locator('.site').first().waitFor();
  const again = await context.newPage();
  await again.goto(page.url());
  await again.locator('.site').first().waitFor();
  check((await text(page, '.sites')) === (await text(again, '.sites')), 'the ranking differs');
});

await test('a weight moves by one with an arrow and by five with Shift, and the answer follows', async (page) => {
  await visit(page, `/match?${NEED}`);
  const slider = page.getByRole('slider').first();
  await page.locator('.site').first().waitFor();
  const before = await text(page, '.score b');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  check((await slider.inputValue()) === '31', `31 expected, ${await slider.inputValue()} found`);
  for (let n = 0; n < 8; n++) await page.keyboard.press('Shift+ArrowRight');
  check((await slider.inputValue()) === '71', `71 expected, ${await slider.inputValue()} found`);
  await page.waitForFunction((score) => document.querySelector('.score b').innerText !== score, before);
});

await test('all weights at nought: ordered by area, and said so', async (page) => {
  await visit(page, `/match?${NEED}&w=price_fen_m2:0,port_m:0`);
  await page.getByText('按面积从大到小排').first().waitFor();
  await page.locator('.site').first().waitFor();
  const areas = (await page.locator('.site .figure[data-field=area_m2] b').allInnerTexts()).map(Number);
  check(areas.length > 1 && areas.every((area, n) => n === 0 || area <= areas[n - 1]), areas.join());
});

await test('conditions that cannot both hold are framed and nothing is ranked', async (page) => {
  await visit(page, '/match?area_m2=133333.33..6666.67');
  check((await text(page, 'h1')) === '“≤ 10 亩”与“≥ 200 亩”不能同时成立，请改一个', await text(page, 'h1'));
  check((await page.locator('.condition.clash').count()) === 1 && (await page.locator('.site').count()) === 0, 'not framed');
});

await test('a condition is relaxed by a button, and gains as many sites as was said', async (page) => {
  await visit(page, '/match?land_use=M2&area_m2=66666.67..&price_fen_m2=..48000');
  const row = page.locator('.relaxations li').first();
  const gains = number(await row.locator('.gains').innerText());
  const before = number(await text(page, '#group-fit h2'));
  await row.getByRole('button').click();
  await fits(page, before + gains);
  await page.goBack();
  await fits(page, before);
});

await test('a near miss says how far it is from fitting, and is an amber diamond on the map', async (page) => {
  await visit(page, '/match?land_use=M2&area_m2=66666.67..&price_fen_m2=..48000');
  const row = page.locator('#group-near .unknown-row').first();
  check(/^(高|少) [\d.,]+ (元\/m²|亩)$/.test(await row.locator('.short-by').innerText()), await row.innerText());
  await page.locator('.balance-part', { hasText: '差一点' }).click();
  await page.locator('.pin-near').first().waitFor();
  check((await page.locator('.pin-fit').count()) === 0, 'pins of other groups are left');
});

await test('a distance to the firms of a segment is asked for, weighed, shown on each site and kept in the address', async (page) => {
  await visit(page, '/match?land_use=M2');
  await page.locator('.condition-rows .add-field select').selectOption('segment');
  await page.locator('.pick-near option[value="battery.cell"]').waitFor({ state: 'attached' });
  await page.locator('.pick-near select').selectOption('battery.cell');
  await page.locator('.site-facts dt', { hasText: '距电芯企业' }).first().waitFor();
  await page.locator('.weights .add-field select').selectOption('near~segment~battery.cell');
  await page.locator('.parts-legend', { hasText: '距电芯企业' }).waitFor();
  const address = page.url();
  check(/near~segment~battery\.cell=\.\.20000/.test(address) && /near~segment~battery\.cell:10/.test(address), address);
  const before = await text(page, 'h1');
  await page.goto(address);
  await page.waitForFunction((said) => document.querySelector('h1')?.innerText === said, before);
});

await test('a park whose catalogue nobody has sent is asked about, neither taken nor left out', async (page) => {
  await visit(page, '/match?land_use=M2');
  await page.locator('.site').first().waitFor();
  const before = number(await text(page, '#group-fit h2'));
  await page.locator('.condition-rows .add-field select').selectOption('park.admits');
  const row = page.locator('[data-condition="park.admits"]');
  await row.locator('option[value="battery.cell"]').waitFor({ state: 'attached' });
  await row.locator('select').selectOption('battery.cell');
  await row.locator('.chip', { hasText: '电芯' }).waitFor();
  await page.locator('#group-unknown .unknown-row', { hasText: '准入目录' }).first().waitFor();
  check((await page.locator('.site').count()) === 0 && /park\.admits=battery\.cell/.test(page.url()), page.url());
  await row.locator('.chip').click();
  await fits(page, before);
});

await test('an area is drawn on the map, with the pointer or as the view, and asks for what lies inside', async (page) => {
  await visit(page, '/match?land_use=M2');
  await page.locator('.map-frame[data-ready=true]').waitFor();
  await page.locator('.site').first().waitFor();
  const all = number(await text(page, '#group-fit h2'));
  await page.locator('.condition-rows .add-field select').selectOption('inside');
  const { x, y, width, height } = await page.locator('.match-map').boundingBox();
  for (const [across, down] of [[0.5, 0.35], [0.95, 0.45], [0.5, 0.6]]) await page.mouse.click(x + width * across, y + height * down);
  await page.keyboard.press('Enter');
  await page.locator('.area-shape').waitFor();
  check(/inside=/.test(page.url()), page.url());
  await page.locator('[data-condition=inside] .icon-button').click();
  await fits(page, all);
  await page.locator('.condition-rows .add-field select').selectOption('inside');
  await page.getByRole('button', { name: '用当前视野' }).click();
  await page.locator('[data-condition=inside]').waitFor();
});

await test('plots are put together where none is large enough, drawn as one, and their areas add up', async (page) => {
  await visit(page, '/match?land_use=M2&area_m2=200000..');
  await page.getByLabel(/可由相邻地块拼合/).check();
  await page.locator('.sets .site').first().waitFor();
  check(/可拼合 \d+ 组/.test(await text(page, 'h1')), await text(page, 'h1'));
  await page.locator('.sets .site-open').first().click();
  const plots = await page.locator('.set-plots li').count();
  await page.waitForFunction((count) => document.querySelectorAll('.plot-own').length === count, plots);
  check(plots >= 2 && /assemble=1/.test(page.url()) && /set=/.test(page.url()), page.url());
  await page.locator('.sets .site-facts .figure').first().click();
  const rows = await page.getByRole('dialog').locator('.sum-rows').innerText();
  const parts = rows.match(/[\d.,]+ 亩/g).map(number).reduce((sum, n) => sum + n, 0);
  const said = number(await page.locator('.sets .site-facts .figure').first().innerText());
  check(Math.abs(parts - said) < 0.2 * plots && said >= 300, `${rows} make ${said}`);
});

await test('whether first place holds is told for every weight, up and down', async (page) => {
  await visit(page, `/match?${NEED}`);
  await page.locator('.robust').waitFor();
  const places = await page.locator('.robust tbody td').allInnerTexts();
  const said = await text(page, '.robust .block');
  check(said.startsWith(`${places.length} 次中 ${places.filter((one) => one === '1').length} 次不变`), `${said}: ${places.join()}`);
});

await test('no fit: the heading names the condition that excludes most', async (page) => {
  await visit(page, '/match?area_m2=90000000..&land_use=M2');
  await page.locator('.balance').waitFor();
  check(/只“面积”一条就排除 \d+ 处/.test(await text(page, 'h1')), await text(page, 'h1'));
});

await test('a bad number is answered beside its field, with the unit and an example', async (page) => {
  await visit(page, '/match');
  await page.getByLabel(/^地价 至多/).fill('abc');
  await page.getByLabel(/^地价 至多/).blur();
  check(/单位 元\/m²，例：480/.test(await text(page, '.problem')), 'no sentence');
});

await test('nothing in view: the nearest is named, and a button goes there', async (page) => {
  await visit(page, '/?at=114.4,21.6,11');
  await page.locator('.nothing .button').click();
  await page.locator('.row').first().waitFor();
});

await test('a filter survives the change of language, and every word changes', async (page) => {
  await visit(page, '/?list=parcel&land_use=M2');
  await page.locator('.row').first().waitFor();
  await page.getByRole('button', { name: 'EN' }).click();
  await page.getByRole('heading', { level: 1, name: /in view/ }).waitFor();
  check(page.url().includes('lang=en') && page.url().includes('land_use=M2'), page.url());
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  const rest = (await page.locator('main').innerText()).match(/[\u4e00-\u9fff]+/g);
  check(!rest, `Chinese is left: ${rest?.join(' ')}`);
});

await test('English /match has no Chinese left', async (page) => {
  await visit(page, `/match?${NEED}&lang=en`);
  await page.locator('.site').first().waitFor();
  const rest = (await page.locator('main').innerText()).match(/[\u4e00-\u9fff]+/g);
  check(!rest, `Chinese is left: ${rest?.join(' ')}`);
}, { lang: 'en' });

await test('the theme follows the system until a button says otherwise, and is kept', async (page) => {
  await visit(page, '/match');
  await page.locator('h1').waitFor();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check((await ground()) === 'rgb(13, 19, 17)', await ground());
  await page.getByRole('button', { name: '换成浅色' }).click();
  check((await ground()) === 'rgb(244, 245, 242)', await ground());
  await page.reload();
  await page.locator('h1').waitFor();
  check((await ground()) === 'rgb(244, 245, 242)', 'not kept');
}, { theme: 'dark' });

await test('with the keyboard alone: from the top of the map page to a source on /match', async (page) => {
  await visit(page, '/');
  await page.locator('.row').first().waitFor();
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.matches('.skip')), 'the first stop is not the skip link');
  await page.keyboard.press('l');
  check(await page.evaluate(() => document.activeElement.matches('.row button')), 'L does not go to the list');
  await page.keyboard.press('Enter');
  await page.locator('.thing-card').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.thing-card').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '键盘操作' }).waitFor();
  await page.keyboard.press('Escape');

  await visit(page, `/match?${NEED}`);
  await page.locator('.site').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  check((await page.locator('.site.on').count()) === 1, 'J selects no site');
  check(await page.evaluate(() => document.activeElement.closest('.site.on') !== null), 'focus is elsewhere');
  await page.keyboard.press('s');
  await page.locator('.source-card .said').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('w');
  await page.waitForFunction(() => document.activeElement.matches('input[type=range]'));
  await page.locator('.map-frame[data-ready=true]').waitFor();
  await page.keyboard.press('m');
  check(await page.evaluate(() => document.activeElement.closest('.map') !== null), 'M does not go to the map');
});

await test('the focus is seen wherever it goes', async (page) => {
  await visit(page, `/match?${NEED}`);
  await page.locator('.site').first().waitFor();
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate(() => {
      const focused = document.activeElement;
      const seen = (one) => one && getComputedStyle(one).outlineStyle !== 'none';
      return seen(focused) || seen(focused.closest('.input')) ? '' : focused.outerHTML.slice(0, 120);
    });
    check(!unseen, `no ring on ${unseen}`);
  }
});

for (const theme of ['light', 'dark']) {
  for (const lang of ['zh', 'en']) {
    await test(`axe-core finds nothing serious on / in ${theme}, ${lang}`, async (page) => {
      await visit(page, `/?lang=${lang}`);
      await drawn(page, 'park');
      await page.locator('.row button').first().click();
      await page.locator('.thing-card .facts').first().waitFor();
      await accessible(page);
    }, { theme, lang });
    await test(`axe-core finds nothing serious on /match in ${theme}, ${lang}`, async (page) => {
      await visit(page, `/match?${NEED}&lang=${lang}`);
      await page.locator('.site .figure').first().click();
      await page.locator('.source-card .said').waitFor();
      await accessible(page);
      await page.goto(`${BASE}/match?lang=${lang}`);
      await page.locator('.examples').waitFor();
      await accessible(page);
    }, { theme, lang });
  }
}

for (const address of ['/', '/?list=parcel', '/match', `/match?${NEED}`]) {
  for (const lang of ['zh', 'en']) {
    await test(`390 px has no horizontal scroll: ${address.slice(0, 20)} ${lang}`, async (page) => {
      await visit(page, `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
      await page.locator('.row, .site, .examples a').first().waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= 390, `${wide} px wide`);
    }, { width: 390, height: 844, lang });
  }
}

await test('at 390 px the brief is changed in a sheet that counts live', async (page) => {
  await visit(page, `/match?${NEED}`);
  await page.getByRole('button', { name: /改条件与权重/ }).click();
  const foot = page.getByRole('button', { name: /^看 \d+ 处$/ });
  const before = await foot.innerText();
  await page.getByLabel(/^面积 至少/).fill('300');
  await page.waitForFunction((old) => ![...document.querySelectorAll('button')].some((one) => one.innerText === old), before);
  await foot.click();
  await page.locator('.brief-row').waitFor();
}, { width: 390, height: 844 });

const withoutWebGl = await launch({ webgl: false });
await test('without WebGL2 the same map is drawn as SVG, and a park on it can be chosen', async (page) => {
  await visit(page, '/');
  await page.locator('.svg-map .svg-county').first().waitFor();
  check((await page.locator('.svg-map .svg-county').count()) >= 7, 'counties are missing');
  check((await page.locator('.svg-map .svg-cell').count()) >= 1, 'no counts');
  await page.locator('.svg-map [data-kind=park]').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.thing-card').waitFor();
  await accessible(page);
}, { browser: withoutWebGl });
await test('without WebGL2 it can be kept as a picture too', async (page) => {
  await visit(page, '/');
  await page.locator('.svg-county').first().waitFor();
  const kept = await keptPicture(page, page.getByRole('button', { name: '存为图片（PNG）' }));
  check(kept.width > 1000 && kept.colours > 5, JSON.stringify(kept));
}, { browser: withoutWebGl });

await test('without WebGL2 the ranked sites are pins on the SVG map', async (page) => {
  await visit(page, `/match?${NEED}`);
  await page.locator('.svg-map .svg-county').first().waitFor();
  await page.locator('.pin').first().waitFor();
}, { browser: withoutWebGl });
await withoutWebGl.close();

await test('a server that fails is answered by a sentence in place, and a second try', async (page) => {
  await page.route('**/api/match', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'ERR_BUSY', sentence: '现在查询的人多', args: {} }, request: 'x' }) }), { times: 1 });
  await visit(page, `/match?${NEED}`);
  await page.getByText('现在查询的人多').waitFor();
  await page.getByRole('button', { name: '重试' }).click();
  await page.locator('.site').first().waitFor();
}, { tolerate: /503/ });

await browser.close();
finish();
