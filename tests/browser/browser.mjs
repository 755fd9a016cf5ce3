// Starts Debian's chromium on the server under test, LIANPU_URL. Shared by the walk and the pictures.
import { chromium } from 'playwright-core';

export const BASE = (process.env.LIANPU_URL ?? 'http://127.0.0.1:8787').replace(/\/$/, '');

const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-dev-shm-usage'];
const WITH_WEBGL = ['--enable-unsafe-swiftshader', '--use-angle=swiftshader'];
const WITHOUT_WEBGL = ['--disable-gpu', '--disable-webgl', '--disable-webgl2', '--disable-3d-apis'];

export function launch({ webgl = true } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, ...(webgl ? WITH_WEBGL : WITHOUT_WEBGL)],
  });
}

/* A page in a context of its own; `asked` collects every URL that it requests. */
export async function open(browser, { width = 1440, height = 900, theme = 'light', lang = 'zh', reducedMotion = 'reduce', javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    reducedMotion,
    javaScriptEnabled,
    isMobile: width < 600,
    hasTouch: width < 600,
  });
  const page = await context.newPage();
  const asked = [];
  const problems = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return { page, context, asked, problems };
}

/* Waits until the WebGL map has drawn features of a layer, and says how many. */
export function drawn(page, layer, least = 1) {
  return page
    .waitForFunction(
      ([name, count]) => {
        const map = document.querySelector('.map-frame')?.map;
        if (!map?.isStyleLoaded() || !map.getLayer(name)) return false;
        const found = map.queryRenderedFeatures({ layers: [name] }).length;
        return found >= count && found;
      },
      [layer, least],
      { timeout: 30_000 },
    )
    .then((handle) => handle.jsonValue());
}

/* No tile is on its way and nothing moves. */
export const settled = (page) => page.waitForFunction(() => {
    const map = document.querySelector('.map-frame')?.map;
    return map ? Boolean(map.getLayer('region-fill')) && map.loaded() : document.querySelector('.svg-map') !== null;
  }, null, { timeout: 30_000 });
