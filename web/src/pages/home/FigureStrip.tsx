/* The city's figures: each against its target or forecast; else with what was said beside it. */
import type { Entity } from '../../api';
import { getList, quote } from '../../api';
import { Figure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { ErrorLine, SampleMark } from '../../components/bits';
import { forecastOf, latestOf } from '../../figures';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { codeLabel, indicators, nameOf, textOf } from '../../model';
import { useResource } from '../../resource';
import { showSource } from '../../source';
import { Measure, goalOf } from '../figures/Measure';

export function FigureStrip() {
  const shown = [...indicators.value.values()].filter((one) => one.fields['headline'] === true).sort((a, b) => Number(a.fields['order'] ?? 0) - Number(b.fields['order'] ?? 0));
  const ids = shown.map((one) => quote(one.id)).join(', ');
  const said = useResource(ids && `strip|${ids}`, (abort) => getList('observation', { filter: `indicator IN (${ids}) AND how <> 'illustrative'`, sort: '-period', limit: 200 }, abort));
  const rows = said.data.value?.items ?? [];
  if (!shown.length) return null;
  return (
    <section class="strip card" aria-label={t('strip.label')}>
      {said.error.value && <ErrorLine error={said.error.value} retry={said.retry} />}
      {shown.map((indicator) => (
        <Cell key={indicator.id} indicator={indicator} rows={rows} />
      ))}
    </section>
  );
}

function Cell({ indicator, rows }: { indicator: Entity; rows: Entity[] }) {
  const latest = latestOf(rows, indicator.id);
  if (!latest) return null;
  const forecast = forecastOf(rows, latest);
  return (
    <div class="strip-cell">
      <h2>
        <PageLink to={pathOf('indicator', indicator.id)}>{nameOf(indicator)}</PageLink>
      </h2>
      <Figure entity={latest} field="value" class="strip-figure" />
      <div class="strip-measure">
        {goalOf(latest, forecast) === null ? <Beside latest={latest} /> : <Measure latest={latest} forecast={forecast} />}
      </div>
    </div>
  );
}

function Beside({ latest }: { latest: Entity }) {
  const about = textOf(latest, 'about');
  const rank = latest.fields['rank'];
  if (latest.fields['share_pct'] !== undefined) {
    return (
      <p class="strip-note">
        <span>
          {t('strip.share')} <Figure entity={latest} field="share_pct" />
        </span>
      </p>
    );
  }
  if (rank !== undefined) {
    return (
      <p class="strip-note">
        <span>
          {codeLabel('rank_scope', String(latest.fields['rank_scope'] ?? ''))} {t('figures.rank')} <Figure entity={latest} field="rank" />
        </span>
      </p>
    );
  }
  if (!about) return null;
  return (
    <p class="strip-note">
      <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, latest, about.field)}>
        {about.text} <SampleMark entity={latest} field={about.field} />
      </button>
    </p>
  );
}
