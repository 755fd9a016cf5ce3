/* A figure against what it is measured by: a target, the year's forecast; and how far the year had gone. */
import type { Entity } from '../../api';
import { Figure } from '../../components/Figure';
import { behind, yearGone } from '../../figures';
import { t } from '../../i18n';
import { trimmed } from '../../units';

export function goalOf(latest: Entity, forecast: Entity | null): number | null {
  const target = latest.fields['target'];
  const goal = typeof target === 'number' ? target : forecast ? Number(forecast.fields['value']) : 0;
  return goal > 0 ? goal : null;
}

export const isBehind = (latest: Entity, forecast: Entity | null) => {
  const goal = goalOf(latest, forecast);
  const gone = yearGone(latest);
  return goal !== null && gone !== null && behind(Number(latest.fields['value']) / goal, gone);
};

export function Measure({ latest, forecast }: { latest: Entity; forecast: Entity | null }) {
  const goal = goalOf(latest, forecast);
  const gone = yearGone(latest);
  if (goal === null || gone === null) return null;
  const share = Number(latest.fields['value']) / goal;
  return (
    <>
      <div class={behind(share, gone) ? 'bullet late' : 'bullet'} role="img" aria-label={t('strip.bar', { share: trimmed(share * 100, 1), gone: trimmed(gone * 100, 0) })}>
        <i class="bullet-bar" style={{ width: `${Math.min(100, share * 100)}%` }} />
        <i class="bullet-tick" style={{ left: `${gone * 100}%` }} />
      </div>
      <p class="strip-note">
        {typeof latest.fields['target'] === 'number' ? (
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
