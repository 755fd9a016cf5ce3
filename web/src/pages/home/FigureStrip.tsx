/* The city's figures: each with its target or forecast as a bar, and how much of the year had gone as a tick. */
import type { Entity } from '../../api';
import { getList, quote } from '../../api';
import { Figure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { ErrorLine } from '../../components/bits';
import { behind, forecastOf, latestOf, yearGone } from '../../figures';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { codeLabel, fieldFor, indicators, nameOf, textOf } from '../../model';
import { useResource } from '../../resource';
import { inWords, trimmed } from '../../units';

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
  return (
    <div class="strip-cell">
      <h2>
        <PageLink to={pathOf('indicator', indicator.id)}>{nameOf(indicator)}</PageLink>
      </h2>
      <Figure entity={latest} field="value" class="strip-figure" />
      <div class="strip-measure">
        <Measure latest={latest} forecast={forecastOf(rows, latest)} />
      </div>
    </div>
  );
}

/* Against a target if there is one, else against the year's forecast, else what was said beside the figure. */
function Measure({ latest, forecast }: { latest: Entity; forecast: Entity | null }) {
  const value = Number(latest.fields['value']);
  const target = latest.fields['target'];
  const goal = typeof target === 'number' ? target : forecast ? Number(forecast.fields['value']) : null;
  const gone = yearGone(latest);
  if (goal === null || !goal || gone === null) return <Beside latest={latest} />;
  const share = value / goal;
  return (
    <>
      <div class={behind(share, gone) ? 'bullet late' : 'bullet'} role="img" aria-label={t('strip.bar', { share: trimmed(share * 100, 1), gone: trimmed(gone * 100, 0) })}>
        <i class="bullet-bar" style={{ width: `${Math.min(100, share * 100)}%` }} />
        <i class="bullet-tick" style={{ left: `${gone * 100}%` }} />
      </div>
      <p class="strip-note">
        {typeof target === 'number' ? (
          <span>
            {t('strip.target')} <Figure entity={latest} field="target" /> {latest.fields['target_share_pct'] !== undefined && <Figure entity={latest} field="target_share_pct" />}
          </span>
        ) : (
          <span>
            {t('strip.forecast')} <Figure entity={forecast!} field="value" />
          </span>
        )}
        <span class="strip-gone">{t('strip.gone', { gone: trimmed(gone * 100, 0) })}</span>
      </p>
    </>
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
    const field = fieldFor(latest, 'rank')!;
    return <p class="strip-note">{t('strip.rank', { among: codeLabel('rank_scope', String(latest.fields['rank_scope'] ?? '')), rank: inWords(field, rank) })}</p>;
  }
  return <p class="strip-note">{about?.text}</p>;
}
