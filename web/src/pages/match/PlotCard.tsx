/* The selected site, else the first, at the scale of plots: its outline among its neighbours, each by what may be had. */
import { getEntity, getList } from '../../api';
import type { Box, Entity, Ranking } from '../../api';
import { Figure } from '../../components/Figure';
import { Swatch } from '../../components/bits';
import { t } from '../../i18n';
import { fieldOf, nameOf, offerOf } from '../../model';
import type { Offer } from '../../model';
import { useResource } from '../../resource';
import { selected } from '../../state';
import { inWords } from '../../units';
import { chosenSet, letter, setKey, smallLetter } from './match';

const NEIGHBOURS_MAX = 12;
const WIDTH = 420;
const HEIGHT = 200;

export function PlotCard({ ranking }: { ranking: Ranking }) {
  const listed = [
    ...ranking.sites.map(({ entity, rank }) => ({ entity, mark: String(rank) })),
    ...ranking.unknowns.map(({ entity }, n) => ({ entity, mark: letter(n) })),
    ...ranking.near_misses.map(({ entity }, n) => ({ entity, mark: smallLetter(n) })),
  ];
  const set = ranking.sets?.find((one) => setKey(one) === chosenSet.value);
  const site = listed.find(({ entity }) => entity.id === selected.value?.id) ?? listed[0];
  const own = set?.plots ?? (site ? [site.entity] : []);
  const ids = own.map(({ id }) => id);
  const box = boxOf(own);
  const plots = useResource(box ? ids.join() : '', () => readPlots(ids, box!));
  const found = plots.data.value;
  if (!box || !found || found.length === 0) return null;
  const frame = frameOf(box);
  const others = found.filter(({ id }) => !ids.includes(id));
  const offers = [...new Set(others.map((plot) => offerOf(plot.fields['land_state'])))];
  const title = set ? t('plot.set', { mark: set.rank, n: own.length }) : t('plot.title', { mark: site!.mark });
  return (
    <section class="card plot" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {!set && <Figure entity={site!.entity} field="area_m2" />}
      </header>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('plot.says', { name: own.map(nameOf).join(', '), n: others.length })}>
        <defs>
          <pattern id="plot-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="7" height="7" class="hatch-ground" />
            <rect width="2.4" height="7" class="hatch-line" />
          </pattern>
          <pattern id="plot-dots" width="7" height="7" patternUnits="userSpaceOnUse">
            <rect width="7" height="7" class="dots-ground" />
            <circle cx="2" cy="2" r="1" class="dots-dot" />
          </pattern>
        </defs>
        {found.map((plot) => (
          <Plot key={plot.id} plot={plot} frame={frame} own={ids.includes(plot.id)} />
        ))}
      </svg>
      <p class="plot-legend">
        <span>
          <i class="swatch swatch-own" aria-hidden="true" /> {t('plot.own')}
        </span>
        {offers.map((offer: Offer) => (
          <span key={offer}>
            <Swatch offer={offer} /> {t(`offer.${offer}`)}
          </span>
        ))}
      </p>
    </section>
  );
}

/* The view: the plot's own box, with as much again around it. */
function frameOf(box: Box): Box {
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  const middleLat = (box[1] + box[3]) / 2;
  const stretch = Math.cos((middleLat * Math.PI) / 180);
  const half = Math.max(width * 0.95, ((height * 0.75) / stretch) * (WIDTH / HEIGHT));
  const halfHeight = (half * HEIGHT * stretch) / WIDTH;
  const [lon, lat] = [(box[0] + box[2]) / 2, middleLat];
  return [lon - half, lat - halfHeight, lon + half, lat + halfHeight];
}

/* Round all of them; null where one has no place. */
function boxOf(plots: Entity[]): Box | null {
  const boxes = plots.map(({ box }) => box);
  if (!boxes.length || !boxes.every((box) => box)) return null;
  const side = (n: 0 | 1 | 2 | 3) => boxes.map((box) => box![n]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}

/* Those asked for last, so that they lie over their neighbours. */
async function readPlots(own: string[], box: Box): Promise<Entity[]> {
  const list = await getList('parcel', { bbox: frameOf(box).join(','), limit: NEIGHBOURS_MAX });
  const ids = new Set([...list.items.map((plot) => plot.id), ...own]);
  const plots = await Promise.all([...ids].map((id) => getEntity('parcel', id)));
  return plots.sort((a, b) => Number(own.includes(a.id)) - Number(own.includes(b.id)));
}

function Plot({ plot, frame, own }: { plot: Entity; frame: Box; own: boolean }) {
  const at = ([lon = 0, lat = 0]: GeoJSON.Position) => [((lon - frame[0]) / (frame[2] - frame[0])) * WIDTH, ((frame[3] - lat) / (frame[3] - frame[1])) * HEIGHT] as const;
  const rings = plot.geometry?.type === 'Polygon' ? plot.geometry.coordinates : plot.geometry?.type === 'MultiPolygon' ? plot.geometry.coordinates.flat() : [];
  if (!rings.length) return null;
  const path = rings.map((ring) => `${ring.map((point, n) => `${n ? 'L' : 'M'}${at(point).map((part) => part.toFixed(1)).join(' ')}`).join('')}Z`).join('');
  const [x, y] = plot.anchor ? at(plot.anchor) : [0, 0];
  const m2 = plot.fields['area_m2'];
  const area = fieldOf('parcel', 'area_m2');
  // The last word of a plot's name is what people call it there.
  const short = nameOf(plot).split(' ').at(-1)!;
  const inside = x > 30 && x < WIDTH - 30 && y > 14 && y < HEIGHT - 14;
  return (
    <g>
      <path d={path} class={`plot-shape plot-${own ? 'own' : offerOf(plot.fields['land_state'])}`} />
      {inside && (
        <text x={x} y={y} class="plot-name">
          <tspan x={x}>{short}</tspan>
          {area && m2 !== undefined && (
            <tspan x={x} dy="16" class="plot-area">
              {inWords(area, m2)}
            </tspan>
          )}
        </text>
      )}
    </g>
  );
}
