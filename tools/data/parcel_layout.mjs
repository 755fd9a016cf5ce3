// The shapes of the sample plots: rows of blocks between roads of 24 to 30 m, each block a run of plots that adjoin
// (they share their corners exactly, so a run can be assembled). Some blocks are two plots deep.
import { metresPerDegree } from './plane.mjs';

const MU_M2 = 2000 / 3;
const LEAST_MU = 15, GREATEST_MU = 300;
// Twentieths of a log-normal distribution of plot sizes in mu: median 58, sigma 0.65.
const SIZE_MU = [15, 20, 25, 30, 34, 37, 41, 45, 49, 53, 58, 63, 69, 75, 82, 90, 100, 114, 133, 169, 265];

function drawSizeMu(random) {
  const k = random.int(0, SIZE_MU.length - 2);
  return SIZE_MU[k] + (random.int(0, 99) * (SIZE_MU[k + 1] - SIZE_MU[k])) / 100;
}

/** The width that gives a plot of the drawn size, kept within what a plot of that depth looks like. */
function drawWidth(random, depth, scale) {
  const bound = (w) => Math.max(0.45 * depth, Math.min(2.2 * depth, w));
  const width = bound((drawSizeMu(random) * scale * MU_M2) / (100 * depth));
  const area = width * depth;
  if (area < LEAST_MU * MU_M2 * 1.1) return (LEAST_MU * MU_M2 * 1.1) / depth;
  if (area > GREATEST_MU * MU_M2 * 0.95) return (GREATEST_MU * MU_M2 * 0.95) / depth;
  return Math.round(width);
}

/** The dividing lines of a block: [u at its foot, u at its head] each, from left to right. */
function dividers(random, left, depth, scale, plots) {
  const lines = [[left, left + random.int(-6, 6)]];
  let u = left;
  for (let i = 0; i < plots; i++) {
    u += drawWidth(random, depth, scale);
    lines.push([u, u + random.int(-6, 6)]);
  }
  return lines;
}

/** One plot as metres in the area's own frame. A corner plot at a crossing may have its corner cut for sight. */
function plotRing(left, right, foot, head, cut) {
  const corners = [[left[0], foot], [right[0], foot], [right[1], head], [left[1], head]];
  if (!cut) return corners;
  const [x, y] = corners[2];
  return [corners[0], corners[1], [x, y - cut], [x - cut, y], corners[3]];
}

function rowOfBlocks(random, area, foot, letter) {
  const depth = random.of(area.depths), rows = random.chance(30) && depth <= 190 ? 2 : 1;
  const plots = [];
  let u = random.int(0, 40);
  for (let block = 0; u < area.wide; block++) {
    const lines = dividers(random, u, depth, area.scale, random.int(2, 5));
    for (let i = 1; i < lines.length; i++)
      for (let r = 0; r < rows; r++) {
        const last = i === lines.length - 1 && r === rows - 1;
        const cut = last && random.chance(40) ? random.int(10, 18) : 0;
        // A divider runs straight through both rows of a block, so that neighbours keep a common corner.
        const at = ([a, b], k) => a + ((b - a) * k) / rows;
        const side = (line) => [at(line, r), at(line, r + 1)];
        plots.push({ letter, block: `${letter}${block}`, missing: random.chance(9),
          ring: plotRing(side(lines[i - 1]), side(lines[i]), foot + r * depth, foot + (r + 1) * depth, cut) });
      }
    u = Math.max(...lines[lines.length - 1]) + 6 + random.of([24, 26, 30]);
  }
  return { plots, head: foot + rows * depth };
}

/** → [{ letter, block, number, ring }], ring in lon, lat, closed, counter-clockwise; as many as area.count. */
export function layOut(random, area) {
  const [mx, my] = metresPerDegree(area.corner[1]), [cos, sin] = area.turn;
  const place = ([u, v]) => [
    (area.corner[0] + (u * cos - v * sin) / mx).toFixed(6), (area.corner[1] + (u * sin + v * cos) / my).toFixed(6),
  ].map(Number);
  const kept = [];
  let foot = 0;
  for (let row = 0; kept.length < area.count; row++) {
    const { plots, head } = rowOfBlocks(random, area, foot, String.fromCharCode(65 + row));
    let number = 0;
    for (const plot of plots)
      if (!plot.missing && kept.length < area.count) {
        const ring = plot.ring.map(place);
        kept.push({ letter: plot.letter, block: plot.block, number: ++number, row, ring: [...ring, ring[0]] });
      }
    foot = head + random.of([24, 30]);
  }
  return kept;
}
