// Walks the chains as a person would, against the server at LIANPU_URL: chains → chain → segment → firm → back, by
// mouse and by keyboard alone, in both languages; the graph, its list, the map and the tables are one selection.
// Prints TAP.
import { BASE, drawn, launch } from './browser.mjs';
import { accessible, check, finish, keptPicture, serverAnswers, suite } from './suite.mjs';

const number = (text) => Number((text.match(/[\d,]+/) ?? ['-1'])[0].replaceAll(',', ''));
const visit = (page, address) => page.goto(BASE + address);
const get = (path) => fetch(BASE + path).then((reply) => reply.json());
const answered = (page) => page.locator('h1').filter({ hasText: /\d/ }).waitFor();
const at = (page, pattern) => page.waitForURL((url) => pattern.test(url.pathname + url.search));
const focused = (page) => page.evaluate(() => document.activeElement?.id ?? '');

/* Presses a key until what is focused is what was meant. */
async function tabTo(page, selector, most = 80) {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab does not come to ${selector}`);
}

await serverAnswers();
const browser = await launch();
const test = suite(browser);

await test('the index counts the segments and gaps that its cards count', async (page) => {
  await visit(page, '/chains?lang=zh');
  await answered(page);
  const [chains, segments, gaps] = (await page.locator('h1').innerText()).match(/\d+/g).map(Number);
  const rows = page.locator('.chain-row');
  check((await rows.count()) === chains, 'the heading counts other chains than are shown');
  let [allSegments, allGaps] = [0, 0];
  for (const row of await rows.all()) {
    const parts = (await row.locator('.strength-counts b').allInnerTexts()).map(Number);
    const own = number(await row.locator('.chain-counts a').first().innerText());
    check(parts.reduce((sum, n) => sum + n, 0) === own, 'strengths do not add up to the segments');
    allSegments += own;
    allGaps += parts[3];
    check(allGaps >= 0 && (await row.locator('.chain-places dd').first().locator('a').count()) === parts[3], 'the named gaps are not those counted');
  }
  check(allSegments === segments && allGaps === gaps, `the heading says ${segments} and ${gaps}, the cards ${allSegments} and ${allGaps}`);
});

await test('clusters roll up as a diagram and as the same list', async (page) => {
  await visit(page, '/chains?lang=zh');
  await page.locator('.rollup-item').first().waitFor();
  const said = await page.locator('.rollup h3 .figure').allInnerTexts();
  check(said.map(number).join() === '20,8,15', `what is said of their number is ${said}`);
  const columns = await page.locator('.rollup > ul').evaluateAll((lists) => lists.map((list) => list.querySelectorAll('a').length));
  check(columns[0] === 20 && columns[1] === 8, `the columns hold ${columns}`);
  const lines = await page.locator('.rollup path').count();
  await page.locator('.rollup-card .segmented button').nth(1).click();
  await page.locator('.rollup-card table').waitFor();
  const links = await page.locator('.rollup-card tbody td a').count();
  check(links === lines, `${lines} lines, ${links} links in the list`);
  await page.goBack().catch(() => null);
});

await test('the drawn graph has the segments that the heading counts, none in another lane', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  await answered(page);
  await page.locator('.node').first().waitFor();
  const graph = await get('/api/chain/battery/graph?node=zh');
  const segments = number((await page.locator('h1').innerText()).split('：')[1]);
  check(segments === graph.nodes.length, `the heading says ${segments}, the server draws ${graph.nodes.length}`);
  check((await page.locator('.node').count()) === segments, 'a segment is not drawn');
  const lanes = await page.locator('.lane').evaluateAll((all) => all.map((lane) => lane.getBoundingClientRect()).map(({ left, right }) => [left, right]));
  const order = ['up', 'mid', 'down'];
  for (const node of graph.nodes) {
    const box = await page.locator(`[id="node-${node.segment}"]`).boundingBox();
    const [left, right] = lanes[order.indexOf(node.stage)];
    check(box.x >= left - 1 && box.x + box.width <= right + 1, `${node.segment} leaves its lane`);
  }
});

await test('graph, map, list and tables follow one segment; Back takes it back', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  await page.locator('.node').first().waitFor();
  const graph = await get('/api/chain/battery/graph?node=zh');
  const firms = graph.nodes.find((node) => node.segment === 'battery.cell');
  await page.locator('[id="node-battery.cell"]').click();
  await at(page, /sel=segment:battery\.cell/);
  const card = page.locator('.segment-card');
  await card.waitFor();
  check((await card.locator('tbody tr').count()) === firms.enterprises + firms.planned, 'the card lists other firms than the node counts');
  check(number(await page.locator('.chain-map h2 .quiet').innerText()) === firms.enterprises + firms.planned, 'the map counts other firms');
  check((await page.locator('.edge.on').count()) > 0 && (await page.locator('.edge.off').count()) > 0, 'no path stands out');
  check(Number(await page.locator('.edge.off').first().evaluate((edge) => getComputedStyle(edge).opacity)) === 0.18, 'what is off the path is not faint');
  await page.locator('.graph-head .segmented button').nth(1).click();
  check((await page.locator('tr.on').innerText()).includes('电芯'), 'the list does not show what is chosen');
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes('sel='));
  await page.locator('.openings').waitFor();
});

await test('gaps only: what is no gap stands back, in the graph and in the list', async (page) => {
  await visit(page, '/chains/cnc?lang=zh');
  await page.locator('.node').first().waitFor();
  await page.locator('.narrowing .chip').first().click();
  await at(page, /strength=gap/);
  const gaps = await page.locator('.node-gap').count();
  check(gaps > 0 && (await page.locator('.node:not(.off)').count()) === gaps, 'others than gaps stand out');
  await page.keyboard.press('l');
  await page.locator('table.segments tbody tr').first().waitFor();
  check((await page.locator('table.segments tbody tr').count()) === gaps, 'the list holds other segments');
  await page.locator('.narrowing .plain').click();
  check((await page.locator('table.segments tbody tr').count()) > gaps, 'clearing does not bring the others back');
});

await test('chips of strength and stage are one question, and the URL holds it', async (page) => {
  await visit(page, '/chains/battery?strength=growing&stage=mid&view=list&lang=en');
  const rows = page.locator('table.segments tbody tr');
  await rows.first().waitFor();
  for (const row of await rows.all()) check(/Midstream/.test(await row.innerText()) && /Growing/.test(await row.innerText()), 'a row is neither');
});

await test('by mouse: chains → gap → chain → segment → firm → back', async (page) => {
  await visit(page, '/chains?lang=zh');
  await page.locator('.chain-row h2 a').first().click();
  await at(page, /^\/chains\/battery/);
  await page.locator('.openings .link').first().click();
  await page.locator('.segment-card .near .chip').last().click();
  await page.locator('.segment-card h2 a').click();
  await at(page, /^\/segments\//);
  await page.locator('.standing').waitFor();
  await page.locator('.sheet-actions .primary').click();
  await at(page, /^\/chains\/battery\?.*sel=segment/);
  await page.locator('.segment-card tbody th a').first().click();
  await at(page, /^\/enterprises\//);
  await page.locator('.entities a[href^="/segments/"]').first().waitFor();
  await page.locator('.entities a[href^="/chains/"]').first().waitFor();
  await page.goBack();
  await page.locator('.segment-card').waitFor();
  check(/sel=segment/.test(page.url()), 'Back does not restore the selection');
});

for (const lang of ['zh', 'en']) {
  await test(`by keyboard alone, ${lang}: chains → chain → arrows → segment → firm → back`, async (page) => {
    await visit(page, `/chains?lang=${lang}`);
    await answered(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await at(page, /^\/chains\/battery/);
    await page.locator('.node').first().waitFor();
    await tabTo(page, '.node');
    const first = await focused(page);
    for (let n = 0; n < 8; n++) await page.keyboard.press('ArrowRight');
    const right = await focused(page);
    check(right !== first && right.startsWith('node-'), `arrows lead from ${first} to ${right}`);
    await page.keyboard.press('Enter');
    await at(page, /sel=segment/);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !location.search.includes('sel='));
    check((await focused(page)) === right, 'the focus is lost when the selection is cleared');
    await page.keyboard.press('g');
    await at(page, /strength=gap/);
    await page.keyboard.press('g');
    await page.waitForFunction(() => !location.search.includes('strength='));
    // J and K choose one after the other, in the order in which they are read: on to one that has firms.
    for (let n = 0; n < 60 && !page.url().includes('battery.cell'); n++) await page.keyboard.press('j');
    await at(page, /sel=segment:battery\.cell/);
    await page.locator('.segment-card tbody th a').first().waitFor();
    await tabTo(page, '.segment-card h2 a');
    await page.keyboard.press('Enter');
    await at(page, /^\/segments\/battery\.cell/);
    await page.locator('.standing').waitFor();
    await tabTo(page, 'a[href^="/enterprises/"]', 80);
    await page.keyboard.press('Enter');
    await at(page, /^\/enterprises\//);
    await page.locator('h1').waitFor();
    await page.goBack();
    await at(page, /^\/segments\/battery\.cell/);
  }, { lang });
}

await test('arrow keys come to every segment of every chain', async (page) => {
  for (const chain of ['battery', 'nev', 'new_it', 'silicon_energy', 'cnc']) {
    await visit(page, `/chains/${chain}?view=graph&lang=zh`);
    await page.locator('.node').first().waitFor();
    const lost = await page.evaluate(() => {
      const nodes = [...document.querySelectorAll('.node')];
      const seen = new Set();
      const waiting = [nodes.find((node) => node.tabIndex === 0)];
      while (waiting.length) {
        const node = waiting.pop();
        if (seen.has(node)) continue;
        seen.add(node);
        for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) {
          node.focus();
          node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
          waiting.push(document.activeElement);
        }
      }
      return nodes.filter((node) => !seen.has(node)).map((node) => node.id);
    });
    check(lost.length === 0, `${chain}: ${lost.join(' ')}`);
  }
});

await test('one Tab enters the graph and the next one leaves it', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  await page.locator('.node').first().waitFor();
  check((await page.locator('.node[tabindex="0"]').count()) === 1, 'more than one segment is in the tab order');
});

await test('figures of a chain open their source: dates, firms, buyers, land', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  await page.locator('.openings .figure').first().waitFor();
  await page.locator('.park-land, table.middle .figure').first().waitFor();
  for (const selector of ['.beside .figure', '.chain-facts .figure', '.openings td.number .figure', 'table.middle td.number .figure']) {
    const figure = page.locator(selector).first();
    await figure.click();
    const card = page.locator('.source-card');
    await card.waitFor();
    check((await card.innerText()).length > 8, `${selector} opens an empty card`);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  }
});

await test('no number in a table, or under a heading, stands without a way to its source', async (page) => {
  for (const address of ['/chains?lang=zh', '/chains/battery?lang=zh&view=list', '/chains/battery?lang=zh&sel=segment:battery.cell', '/segments/battery.cell?lang=zh']) {
    await visit(page, address);
    await page.locator('.entities, .chain-row').first().waitFor();
    await page.waitForLoadState('networkidle');
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll('td.number, .beside > span, .chain-facts dd, .flow-weight, .strength-counts li')]
        .filter((cell) => /[1-9]/.test(cell.innerText) && !cell.closest('.visually-hidden') && !cell.querySelector('button, a'))
        .map((cell) => cell.innerText)
        .filter((text) => !/数据截至|强弱未评/.test(text)),
    );
    check(bare.length === 0, `${address}: ${bare.join(' | ')}`);
  }
});

await test('strengths that are sample data are marked so', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  await page.locator('.graph-head .tag').waitFor();
  check((await page.locator('.graph-head .tag').innerText()).includes('示例'), 'nothing says that the strengths are samples');
  await page.locator('.openings .sample-mark').first().waitFor();
});

await test('segments and firms can be had as files, the graph as a picture', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  await page.locator('.sheet-actions a').first().waitFor();
  const links = await page.locator('.sheet-actions a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  const types = await Promise.all(links.map(async (href) => {
    const reply = await fetch(BASE + href);
    return `${reply.status} ${reply.headers.get('content-type').split(';')[0]}`;
  }));
  check(types.join() === '200 image/svg+xml,200 text/csv,200 text/csv', types.join());
  const kept = await keptPicture(page, page.getByRole('button', { name: '图（PNG）' }));
  check(kept.name === 'battery.png' && kept.width > 2000 && kept.colours > 5, JSON.stringify(kept));
});

await test('the map tints counties by the firms listed under it, and draws the parks planned for the chain alone', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  check((await drawn(page, 'region-fill')) > 0, 'no county is drawn');
  const parks = await drawn(page, 'park');
  check(parks === 2, `${parks} parks are drawn`);
  const listed = (await page.locator('.by-county b').allInnerTexts()).map(number).reduce((sum, n) => sum + n, 0);
  const all = number(await page.locator('.chain-map h2 .quiet').innerText());
  check(listed > 0 && listed <= all, `${listed} of ${all} firms are in counties`);
});

const plain = await launch({ webgl: false });
await test('the same without WebGL2', async (page) => {
  await visit(page, '/chains/battery?lang=zh');
  await page.locator('.svg-county.step-4').first().waitFor();
  check((await page.locator('.svg-park').count()) === 2, 'other parks than the chain’s are drawn');
}, { browser: plain });

await test('at 390 px the list comes first, nothing scrolls sideways but the graph in its own box', async (page) => {
  for (const address of ['/chains?lang=zh', '/chains/battery?lang=zh', '/chains/battery?lang=en&view=graph', '/segments/battery.cell?lang=en']) {
    await visit(page, address);
    await page.locator('.segment-line, .node, .chain-row, .standing').first().waitFor();
    const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    check(wide <= inner, `${address} is ${wide} px wide`);
  }
  await visit(page, '/chains/battery?lang=zh');
  const line = page.locator('.segment-line').filter({ hasText: '电芯' });
  await line.click();
  await page.locator('.segment-lines .segment-card').waitFor();
  check((await line.getAttribute('aria-expanded')) === 'true', 'the line does not say that it is open');
}, { width: 390, height: 844 });

await test('a chain, and a segment, that are not there say so', async (page) => {
  for (const address of ['/chains/none', '/segments/none.none']) {
    await visit(page, address + '?lang=zh');
    await page.locator('h1', { hasText: '没有这一条' }).waitFor();
  }
}, { tolerate: /404/ });

await test('an address that names nonsense draws the chain all the same', async (page) => {
  await visit(page, `/chains/battery?lang=zh&sel=segment:${encodeURIComponent('<b>x</b>')}&strength=none&view=zzz`);
  await answered(page);
  await page.locator('.node').first().waitFor();
  check((await page.locator('b', { hasText: '<b>' }).count()) === 0, 'the address is shown as markup');
});

for (const theme of ['light', 'dark']) {
  for (const lang of ['zh', 'en']) {
    await test(`axe-core finds nothing serious on chains in ${theme}, ${lang}`, async (page) => {
      for (const address of ['/chains', '/chains/battery', '/chains/battery?sel=segment:battery.cell', '/chains/nev?view=list&strength=gap', '/segments/battery.lithium_salt']) {
        await visit(page, `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
        await page.locator('.chain-row, .node, .segments, .standing').first().waitFor();
        await page.waitForLoadState('networkidle');
        await accessible(page).catch((error) => {
          throw new Error(`${address}: ${error.message}`);
        });
      }
    }, { theme, lang });
  }
}

await browser.close();
await plain.close();
finish();
