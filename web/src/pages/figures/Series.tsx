/* An indicator's values over time as bars; the same values stand in the table below it. Only actual values of one
 * place are a series: what was forecast or aimed at is drawn as an outline. */
import type { Entity } from '../../api';
import { lastDay } from '../../figures';
import { t } from '../../i18n';
import { fieldFor, refName } from '../../model';
import { inWords } from '../../units';

const WIDTH = 640;
const HEIGHT = 180;
const FOOT = 22;
const BARS_MAX = 36;
const OUTLINED = ['forecast', 'goal'];

const placeOf = (row: Entity) => String(row.fields['park'] ?? row.fields['region'] ?? '');
const endOf = (row: Entity) => lastDay(String(row.fields['period'] ?? ''));

/* The place with the most values; of equals the first by id. */
function oneSeries(rows: Entity[]): Entity[] {
  const places = new Map<string, Entity[]>();
  for (const row of rows) {
    if (typeof row.fields['value'] !== 'number' || typeof row.fields['period'] !== 'string') continue;
    places.set(placeOf(row), [...(places.get(placeOf(row)) ?? []), row]);
  }
  const longest = [...places.entries()].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))[0];
  return (longest?.[1] ?? []).sort((a, b) => (endOf(a) < endOf(b) ? -1 : 1)).slice(-BARS_MAX);
}

export function Series({ rows }: { rows: Entity[] }) {
  const series = oneSeries(rows);
  if (series.length < 2) return null;
  const most = Math.max(...series.map((row) => Number(row.fields['value'])), 0);
  const step = WIDTH / series.length;
  const height = (row: Entity) => (most ? (Number(row.fields['value']) / most) * (HEIGHT - FOOT - 16) : 0);
  const place = placeOf(series[0]!);
  const first = series[0]!;
  const last = series[series.length - 1]!;
  const said = (row: Entity) => `${String(row.fields['period'])}: ${inWords(fieldFor(row, 'value')!, row.fields['value']!)}`;
  return (
    <section class="card">
      <header>
        <h2>
          {t('series.title')} <span class="quiet">{refName(first, place)}</span>
        </h2>
      </header>
      <svg class="series" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('series.says', { first: said(first), last: said(last) })}>
        <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} class="series-axis" />
        {series.map((row, n) => (
          <g key={row.id} transform={`translate(${n * step + step * 0.15} ${HEIGHT - FOOT - height(row)})`}>
            <rect width={step * 0.7} height={height(row)} rx="2" class={OUTLINED.includes(String(row.fields['reading'])) ? 'series-bar outlined' : 'series-bar'}>
              <title>{said(row)}</title>
            </rect>
          </g>
        ))}
        <text x="0" y={HEIGHT - 5} class="series-label">
          {String(first.fields['period'])}
        </text>
        <text x={WIDTH} y={HEIGHT - 5} text-anchor="end" class="series-label">
          {String(last.fields['period'])}
        </text>
      </svg>
    </section>
  );
}
