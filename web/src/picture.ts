/* picture.ts: what is shown, as a PNG. A map comes with its pins, legend, scale and approval number, under the page's heading. What the page lays over the map is drawn by the browser itself, from a copy that carries its styles along. */
import type { Driver } from './map/scene';

const FINE = 2;
const HEAD_PX = 44;
const LINE_PX = 24;
const PAD_PX = 12;
const WIDTHS = ['width', 'inline-size'];
const LEFT_OUT = '.zoom-buttons, .map-error, .map-controls, canvas, [data-popover], [hidden]';

/* A copy with every style written out: a picture knows no style sheets. */
function withStyles(element: Element): Element {
  const copy = element.cloneNode(true) as Element;
  const copies = [copy, ...copy.querySelectorAll('*')];
  [element, ...element.querySelectorAll('*')].forEach((one, n) => {
    const style = getComputedStyle(one);
    // Letters of the legend and the credits may be wider in the copy, which has no fonts of ours.
    const names = one.closest('.map-foot') ? [...style].filter((name) => !WIDTHS.includes(name)) : [...style];
    (copies[n] as HTMLElement | SVGElement).style.cssText = `${names.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')};white-space:nowrap`;
  });
  copy.querySelectorAll(LEFT_OUT).forEach((one) => one.remove());
  return copy;
}

async function drawnByBrowser(element: HTMLElement): Promise<HTMLImageElement> {
  const { clientWidth: width, clientHeight: height } = element;
  const copy = withStyles(element) as HTMLElement;
  Object.assign(copy.style, { position: 'static', margin: '0', border: '0', background: 'transparent', width: `${width}px`, height: `${height}px` });
  // The map's own canvas is drawn beneath: nothing of its frame may cover it.
  copy.querySelector<HTMLElement>('.map-frame')?.style.setProperty('background', 'transparent');
  const text = new XMLSerializer().serializeToString(copy);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${text}</foreignObject></svg>`;
  return imageOf(svg);
}

/* By a data address: a picture from any other one could not be read back from the canvas. */
async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture was made'))), 'image/png'));

/* A drawing of the server's, at twice its size: on paper it is finer than on a screen. */
export async function pngOfSvg(address: string): Promise<Blob> {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
  const image = await imageOf(await reply.text());
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width * FINE, image.height * FINE];
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return pngOf(canvas);
}

export interface PictureWords { heading: string; site: string }

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);

/* The page's heading and the site's name: in one line where there is room, else in two. `height` is what they need. */
function head(pen: CanvasRenderingContext2D, width: number, { heading, site }: PictureWords) {
  const { fontFamily } = getComputedStyle(document.body);
  const [strong, plain] = [`600 16px ${fontFamily}`, `13px ${fontFamily}`];
  const widthOf = (text: string, font: string) => {
    pen.font = font;
    return pen.measureText(text).width;
  };
  const beside = width - PAD_PX - widthOf(site, plain);
  const oneLine = PAD_PX + widthOf(heading, strong) + PAD_PX <= beside;
  const write = (text: string, font: string, tint: string, x: number, y: number) => {
    [pen.font, pen.fillStyle, pen.textBaseline] = [font, colour(tint), 'middle'];
    pen.fillText(text, x, y, width - x - PAD_PX + 1);
  };
  return {
    height: oneLine ? HEAD_PX : HEAD_PX + LINE_PX,
    draw: () => {
      write(heading, strong, 'text', PAD_PX, HEAD_PX / 2);
      write(site, plain, 'text-2', oneLine ? beside : PAD_PX, oneLine ? HEAD_PX / 2 : HEAD_PX / 2 + LINE_PX);
    },
  };
}

export async function pictureOf(map: HTMLElement, driver: Driver, words: PictureWords): Promise<Blob> {
  const { clientWidth: width, clientHeight: height } = map;
  const [under, over] = await Promise.all([driver.capture(), drawnByBrowser(map)]);
  const scale = under ? under.width / width : FINE;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d')!;
  const above = head(pen, width, words);
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round((height + above.height) * scale)];
  pen.scale(scale, scale);
  pen.fillStyle = colour('surface');
  pen.fillRect(0, 0, width, above.height);
  above.draw();
  pen.fillStyle = colour('map-land');
  pen.fillRect(0, above.height, width, height);
  if (under) pen.drawImage(under, 0, above.height, width, height);
  pen.drawImage(over, 0, above.height, width, height);
  return pngOf(canvas);
}

/* Has the browser keep it as a file. */
export function keep(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
