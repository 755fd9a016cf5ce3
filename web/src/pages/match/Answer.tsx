/* The heading: the answer itself, whatever it is. */
import type { RankedCondition, Ranking } from '../../api';
import { askField } from '../../asks';
import { conditions, contradictions } from '../../brief';
import { t } from '../../i18n';
import { meta, nameOf } from '../../model';
import { grouped, limitInWords } from '../../units';
import { conditionLabel } from './match';

export function Answer({ ranking }: { ranking: Ranking | null }) {
  return <h1 aria-live="polite">{sentence(ranking)}</h1>;
}

function sentence(ranking: Ranking | null): string {
  const [clash] = contradictions.value;
  if (clash) {
    const field = askField(clash.field)!;
    return t('match.contradiction', { most: limitInWords(field, clash.max!), least: limitInWords(field, clash.min!) });
  }
  if (!conditions.value.length) return t('match.empty', { n: meta.value?.kinds.parcel?.count ?? 0 });
  if (!ranking) return t('match.wait');
  const first = ranking.sites[0];
  if (first) return t(ranking.fit === 1 ? 'match.fit_one' : 'match.fit', { n: ranking.fit, first: nameOf(first.entity) });
  const [set] = ranking.sets ?? [];
  if (set) return t('set.headline', { n: grouped(ranking.sets_count ?? 1), first: nameOf(set.plots[0]!) });
  const worst = worstOf(ranking.conditions);
  return worst ? t('match.none', { label: conditionLabel(worst), n: worst.excludes }) : t('match.none_known', { n: ranking.unknown });
}

export function worstOf(all: RankedCondition[]): RankedCondition | undefined {
  return [...all].filter(({ excludes }) => excludes > 0).sort((a, b) => b.excludes - a.excludes)[0];
}
