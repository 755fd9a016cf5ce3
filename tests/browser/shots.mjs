// Takes a picture of every page in both themes, widths and languages: node tests/browser/shots.mjs FOLDER [name …]
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { BASE, drawn, launch, open, settled } from './browser.mjs';

const [folder = 'shots', ...only] = process.argv.slice(2);
const NEED = 'land_use=M2&area_m2=66666.67..&price_fen_m2=..50000&power_left_kva=5000..&port_m=..40000&available_from=..2023-12-31';

const park = async (page) => {
  await page.locator('.row button').first().click();
  await page.locator('.thing-card .facts').first().waitFor();
};
const PAGES = {
  home: { url: '/', layer: 'park' },
  'home-park': { url: '/', layer: 'park', then: park },
  'home-parcel': {
    url: '/?list=parcel',
    layer: 'park',
    async then(page) {
      await park(page);
      await drawn(page, 'parcel-fill');
    },
  },
  'match-empty': { url: '/match' },
  match: { url: `/match?${NEED}` },
  'match-source': {
    url: `/match?${NEED}`,
    async then(page) {
      await page.locator('.site .figure[data-field=power_left_kva]').nth(1).click();
      await page.locator('.source-card .said').waitFor();
    },
  },
  'match-none': { url: `/match?${NEED}&area_m2=9000000..` },
  'match-clash': { url: '/match?area_m2=133333.33..6666.67&land_use=M2' },
};

await mkdir(folder, { recursive: true });
const browser = await launch();
for (const [name, { url, layer, then }] of Object.entries(PAGES)) {
  if (only.length && !only.includes(name)) continue;
  for (const width of [1440, 390]) {
    for (const theme of ['light', 'dark']) {
      for (const lang of ['zh', 'en']) {
        const { page, context, problems } = await open(browser, { width, height: width < 600 ? 844 : 1000, theme, lang });
        try {
          const address = url.replace(/area_m2=66666\.67\.\.(?=.*area_m2)/, '');
          await page.goto(`${BASE}${address}${address.includes('?') ? '&' : '?'}lang=${lang}`);
          await page.locator('h1').waitFor();
          if (layer) await drawn(page, layer);
          await then?.(page);
          await page.waitForTimeout(600);
          await settled(page).catch(() => {});
          await page.screenshot({ path: path.join(folder, `${name}-${width}-${theme}-${lang}.png`), fullPage: true });
        } catch (error) {
          problems.push(String(error));
        }
        for (const problem of problems) console.error(`${name} ${width} ${theme} ${lang}: ${problem}`);
        await context.close();
      }
    }
  }
}
await browser.close();
