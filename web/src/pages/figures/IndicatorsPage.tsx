/* `/indicators`: every figure of the city with its latest value, against target and year, and how many are behind. */
import type { Entity } from '../../api';
import { exportUrl, getList } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { Figure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { ErrorLine, SampleTag } from '../../components/bits';
import { forecastOf, latestOf } from '../../figures';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { pathOf } from '../../kinds';
import { codeLabel, indicators, isSample, kindTitle, meta, nameOf, refName } from '../../model';
import { useResource } from '../../resource';
import { Measure, goalOf, isBehind } from './Measure';

interface Line { indicator: Entity; latest: Entity | null; forecast: Entity | null }

export function IndicatorsPage() {
  // What was said of the city comes first; a deployment with samples alone shows those.
  const said = useResource('observations', (abort) => getList('observation', { filter: "how <> 'illustrative'", sort: '-period', limit: 200 }, abort));
  const samples = useResource('sample-observations', (abort) => getList('observation', { filter: "how = 'illustrative' AND region = '440700'", sort: '-period', limit: 200 }, abort));
  const rows = [...(said.data.value?.items ?? []), ...(samples.data.value?.items ?? [])];
  const lines: Line[] = [...indicators.value.values()]
    .sort((a, b) => Number(a.fields['order'] ?? 1e9) - Number(b.fields['order'] ?? 1e9))
    .map((indicator) => {
      const latest = latestOf(rows, indicator.id);
      return { indicator, latest, forecast: latest && forecastOf(rows, latest) };
    });
  const facts = lines.filter(({ indicator }) => !isSample(indicator));
  const samplesOnly = lines.filter(({ indicator }) => isSample(indicator));
  const measured = facts.filter(({ latest, forecast }) => latest && goalOf(latest, forecast) !== null);
  const late = measured.filter(({ latest, forecast }) => isBehind(latest!, forecast));
  useKeys([]);
  return (
    <main id="main" class="sheet" tabIndex={-1}>
      <header class="sheet-head">
        <div>
          <p class="crumb">{kindTitle('indicator')}</p>
          <h1 aria-live="polite">{said.data.value ? t('figures.answer', { n: facts.length, measured: measured.length, late: late.length }) : t('list.wait')}</h1>
          <p class="beside">
            <span>{t('as_of', { date: meta.value!.as_of })}</span>
          </p>
        </div>
        <div class="sheet-actions">
          <a class="button" href={exportUrl('observation', 'csv', { sort: '-period' })} download>
            CSV
          </a>
          <CopyLink />
        </div>
      </header>
      {said.error.value && <ErrorLine error={said.error.value} retry={said.retry} />}
      {[facts, samplesOnly].map(
        (some, n) =>
          some.length > 0 && (
            <ul key={n} class="card figures-list">
              {some.map((line) => (
                <Row key={line.indicator.id} {...line} />
              ))}
            </ul>
          ),
      )}
    </main>
  );
}

function Row({ indicator, latest, forecast }: Line) {
  const place = latest && (latest.fields['park'] ?? latest.fields['region']);
  return (
    <li class="figure-row">
      <div>
        <h2>
          <PageLink to={pathOf('indicator', indicator.id)}>{nameOf(indicator)}</PageLink> {isSample(indicator) && <SampleTag />}
        </h2>
        {latest ? (
          <p class="quiet">
            {place !== undefined && `${refName(latest, String(place))} · `}
            <Figure entity={latest} field="period" />
          </p>
        ) : (
          <p class="quiet">{t('figures.none')}</p>
        )}
      </div>
      <div class="figure-value">
        {latest ? <Figure entity={latest} field="value" class="strip-figure" /> : <span class="unknown">{t('unknown')}</span>}
        {latest?.fields['reading'] !== undefined && latest.fields['reading'] !== 'actual' && <span class="tag">{codeLabel('reading', String(latest.fields['reading']))}</span>}
        {latest?.fields['rank'] !== undefined && (
          <span class="quiet">
            {codeLabel('rank_scope', String(latest.fields['rank_scope'] ?? ''))} {t('figures.rank')} <Figure entity={latest} field="rank" />
          </span>
        )}
      </div>
      <div class="figure-measure">{latest && <Measure latest={latest} forecast={forecast} />}</div>
    </li>
  );
}
