/* The sites that meet everything, best first. */
import { useSignal } from '@preact/signals';
import { getList, quote } from '../../api';
import type { Ranking } from '../../api';
import { conditions } from '../../brief';
import { Icon } from '../../components/Icon';
import { t } from '../../i18n';
import { codeLabel, codesOf, fieldLabel, fieldOf } from '../../model';
import { useResource } from '../../resource';
import { grouped } from '../../units';
import { worstOf } from './Answer';
import { PartsLegend } from './ScoreBar';
import { SiteRow } from './SiteRow';
import { allStale, conditionLabel, limitsInWords } from './match';

const SHOWN_FIRST = 6;
const TOO_MANY = 200;

export function FitList({ ranking }: { ranking: Ranking }) {
  const all = useSignal(false);
  const sites = all.value ? ranking.sites : ranking.sites.slice(0, SHOWN_FIRST);
  const more = ranking.sites.length - sites.length;
  return (
    <section class="card fit" id="group-fit" aria-label={t('group.fit')}>
      <header>
        <h2>
          {t('group.fit')} <span class="quiet">{grouped(ranking.fit)}</span>
        </h2>
        <PartsLegend />
      </header>
      {ranking.fit > ranking.sites.length && <p class="note">{t('match.first', { shown: ranking.sites.length, n: grouped(ranking.fit) })}</p>}
      {ranking.fit > TOO_MANY && <Splitter />}
      {allStale(ranking) && <p class="note">{t('warning.all_stale', staleRange(ranking))}</p>}
      <ol class="sites">
        {sites.map((site) => (
          <SiteRow key={site.entity.id} ranking={ranking} site={site} />
        ))}
      </ol>
      {more > 0 && (
        <button type="button" class="more" onClick={() => (all.value = true)}>
          {t('match.more', { n: more })} <Icon name="down" size={14} />
        </button>
      )}
    </section>
  );
}

/* From when to when the listed plots were last reported. */
function staleRange(ranking: Ranking): { from: string; to: string } {
  const dates = ranking.sites.flatMap(({ warnings }) => warnings.filter(({ code }) => code === 'stale').map(({ as_of }) => as_of ?? '')).sort();
  return { from: dates[0] ?? '', to: dates.at(-1) ?? '' };
}

export function NoFit({ ranking }: { ranking: Ranking }) {
  const worst = worstOf(ranking.conditions);
  return (
    <p class="block">
      {worst ? t('match.none_help', { condition: [conditionLabel(worst), worst.offer ? '' : limitsInWords(worst)].filter(Boolean).join(' '), only: worst.only }) : t('match.none_known', { n: ranking.unknown })}
    </p>
  );
}

/* Of what was not asked, the one value that would cut the answer nearest to in half. */
function Splitter() {
  const asked = conditions.value;
  const facets = ['land_use', 'power_state', 'gas_state', 'water_state', 'levelling_state'].filter((name) => !asked.some(({ field }) => field === name) && fieldOf('parcel', name));
  // Of the plots that can be had, as the ranking is.
  const open = codesOf('land_state').filter(({ offer }) => offer === 'open').map(({ code }) => quote(code));
  const filter = asked
    .filter(({ field }) => fieldOf('parcel', field))
    .flatMap(({ field, min, max, in: codes }) => {
      const literal = (value: number | string) => (typeof value === 'number' ? String(value) : quote(value));
      if (codes) return [`${field} IN (${codes.map(quote).join(', ')})`];
      return [min !== undefined ? `${field} >= ${literal(min)}` : '', max !== undefined ? `${field} <= ${literal(max)}` : ''];
    })
    .concat(open.length ? `land_state IN (${open.join(', ')})` : '')
    .filter(Boolean)
    .join(' AND ');
  const counted = useResource(`${facets.join()}|${filter}`, (abort) => getList('parcel', { limit: 1, filter, facets: facets.join(',') }, abort));
  const list = counted.data.value;
  const best = list
    ? facets
        .flatMap((name) => (list.facets?.[name] ?? []).map(({ value, count }) => ({ name, value, count })))
        .sort((a, b) => Math.abs(a.count - list.yes / 2) - Math.abs(b.count - list.yes / 2))[0]
    : undefined;
  if (!best) return null;
  const field = fieldOf('parcel', best.name)!;
  return <p class="note">{t('match.split', { label: fieldLabel('parcel', best.name), value: codeLabel(field.codes!, best.value), n: grouped(best.count) })}</p>;
}
