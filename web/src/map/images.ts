/* map/images.ts: the map's small pictures, in the colours of the theme that the page is in. The style calls them
 * `cell:light`, `hatch:dark`: each theme has its own. */
import { ICON_PATHS } from '../components/Icon';
import type { IconName } from '../components/Icon';
import { tokens } from './scene';

const RATIO = 2;

export interface MapImage { data: ImageData; options: Record<string, unknown> }

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  element.width = width * RATIO;
  element.height = height * RATIO;
  const context = element.getContext('2d', { willReadFrequently: true })!;
  context.scale(RATIO, RATIO);
  return context;
}
const finish = (context: CanvasRenderingContext2D, options: Record<string, unknown> = {}): MapImage => ({
  data: context.getImageData(0, 0, context.canvas.width, context.canvas.height),
  options: { pixelRatio: RATIO, ...options },
});

/* Diagonal lines that join at the edges of the tile. */
function hatch(colour: string, ground: string): MapImage {
  const size = 8;
  const c = canvas(size, size);
  c.fillStyle = ground;
  c.fillRect(0, 0, size, size);
  c.strokeStyle = colour;
  c.lineWidth = 2;
  for (const shift of [-size, 0, size]) {
    c.beginPath();
    c.moveTo(shift - 1, size + 1);
    c.lineTo(shift + size + 1, -1);
    c.stroke();
  }
  return finish(c);
}

function dots(colour: string, ground: string): MapImage {
  const c = canvas(8, 8);
  c.fillStyle = ground;
  c.fillRect(0, 0, 8, 8);
  c.fillStyle = colour;
  for (const [x, y] of [[2, 2], [6, 6]] as const) {
    c.beginPath();
    c.arc(x, y, 1, 0, 2 * Math.PI);
    c.fill();
  }
  return finish(c);
}

/* A box that grows with the number in it. */
function cell(colour: (name: string) => string): MapImage {
  const size = 16;
  const c = canvas(size, size);
  c.beginPath();
  c.roundRect(0.75, 0.75, size - 1.5, size - 1.5, 3);
  c.fillStyle = colour('surface');
  c.fill();
  c.strokeStyle = colour('text-2');
  c.lineWidth = 1.25;
  c.stroke();
  const [near, far] = [5 * RATIO, (size - 5) * RATIO];
  return finish(c, { stretchX: [[near, far]], stretchY: [[near, far]], content: [2 * RATIO, 2 * RATIO, (size - 2) * RATIO, (size - 2) * RATIO] });
}

/* A pill with an icon at its left that grows to the right. */
function pill(icon: IconName, colour: (name: string) => string): MapImage {
  const [width, height] = [38, 22];
  const c = canvas(width, height);
  c.beginPath();
  c.roundRect(0.5, 0.5, width - 1, height - 1, (height - 1) / 2);
  c.fillStyle = colour('pill');
  c.fill();
  c.strokeStyle = colour('line');
  c.stroke();
  c.translate(6, 4.5);
  c.scale(13 / 24, 13 / 24);
  c.strokeStyle = colour('growing');
  c.lineWidth = 2.4;
  c.lineCap = c.lineJoin = 'round';
  c.stroke(new Path2D(ICON_PATHS[icon]));
  return finish(c, { stretchX: [[24 * RATIO, 27 * RATIO]], content: [22 * RATIO, 3 * RATIO, 32 * RATIO, 19 * RATIO] });
}

/* A building is a square, a firm a disc, a project a diamond, a work a bar: told by shape, not by colour alone. */
export const SHAPES = {
  building: 'M3 3h10v10H3Z',
  enterprise: 'M8 3a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z',
  project: 'M8 1.5 14.5 8 8 14.5 1.5 8Z',
  infra_work: 'M1.5 6h13v4h-13Z',
} as const;

function shape(path: string, fill: string, edge: string): MapImage {
  const c = canvas(16, 16);
  const drawn = new Path2D(path);
  c.fillStyle = fill;
  c.fill(drawn);
  c.lineWidth = 1.25;
  c.strokeStyle = edge;
  c.stroke(drawn);
  return finish(c);
}

/* Clear: it only takes room. */
export const SPACE_PX = 20;

export const IMAGES = ['space', 'hatch', 'dots', 'cell', 'anchor', 'rail', 'plane', 'road', 'building', 'enterprise', 'project', 'infra_work'] as const;

export function drawImage(name: (typeof IMAGES)[number]): MapImage {
  const colour = tokens();
  switch (name) {
    case 'space':
      return finish(canvas(SPACE_PX, SPACE_PX));
    case 'hatch':
      return hatch(colour('weak'), colour('tint-weak'));
    case 'dots':
      return dots(colour('line-2'), colour('surface'));
    case 'cell':
      return cell(colour);
    case 'building':
    case 'enterprise':
    case 'project':
    case 'infra_work':
      return shape(SHAPES[name], colour('mark'), colour('surface'));
    default:
      return pill(name, colour);
  }
}
