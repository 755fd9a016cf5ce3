/* A score as its parts, in order of weight; the bar is 100 long, so that bars compare. What is not known is dashed. */
import { t } from '../../i18n';
import { askLabel } from '../../asks';
import type { Ranking } from '../../api';
import { partOrder, shadeOf } from './match';

/* A narrower part has no room for its number. */
const NUMBER_FROM = 4;

export function ScoreBar({ ranking, parts }: { ranking: Ranking; parts: (number | null)[] }) {
  const shown = partOrder.value
    .filter(({ n }) => n < parts.length)
    .map(({ field, n }, place) => ({ field, place, part: parts[n] ?? null, share: ranking.terms[n]?.share ?? 0 }));
  const says = shown.map(({ field, part }) => `${askLabel(field)} ${part === null ? t('unknown') : part.toFixed(0)}`).join(', ');
  return (
    <div class="score-bar" role="img" aria-label={says}>
      {shown.map(({ field, place, part, share }) =>
        part === null ? (
          <i key={field} class="part-unknown" style={{ width: `${share}%` }}>
            ?
          </i>
        ) : (
          part > 0 && (
            <i key={field} class={shadeOf(place)} style={{ width: `${part}%` }}>
              {part >= NUMBER_FROM ? part.toFixed(0) : ''}
            </i>
          )
        ),
      )}
    </div>
  );
}

export function PartsLegend() {
  return (
    <ul class="parts-legend" aria-label={t('weights.title')}>
      {partOrder.value.map(({ field }, place) => (
        <li key={field}>
          <i class={`shade ${shadeOf(place)}`} aria-hidden="true" /> {askLabel(field)}
        </li>
      ))}
    </ul>
  );
}
