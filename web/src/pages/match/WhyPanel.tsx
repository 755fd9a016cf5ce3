/* Why this many: what each condition alone excludes, what it does not know, and how many only it excludes; what one change
 * would gain; whether first place holds. */
import type { RankedCondition, Ranking } from '../../api';
import { SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { meta } from '../../model';
import { grouped } from '../../units';
import { Relaxations } from './Relaxations';
import { RobustTable } from './RobustTable';
import { conditionLabel, limitsInWords } from './match';

export function WhyPanel({ ranking }: { ranking: Ranking }) {
  const rows = [...ranking.conditions].sort((a, b) => b.excludes - a.excludes || b.unknown - a.unknown);
  return (
    <section class="card why" id="group-why" aria-label={t('why.title', { n: ranking.fit })}>
      <header>
        <h2>{t('why.title', { n: grouped(ranking.fit) })}</h2>
        {(meta.value?.kinds.parcel.illustrative ?? 0) > 0 && <SampleTag />}
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('why.each')}</th>
            <th scope="col" aria-hidden="true" />
            <th scope="col" class="number">
              <span class="visually-hidden">{t('why.excludes')}</span>
            </th>
            <th scope="col" class="number">
              {t('why.only')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((condition) => (
            <Row key={condition.n} condition={condition} candidates={ranking.candidates} />
          ))}
        </tbody>
      </table>
      <p class="why-legend">
        <i class="why-no" aria-hidden="true" /> {t('why.no')} <i class="why-maybe" aria-hidden="true" /> {t('why.maybe')}
      </p>
      {ranking.fit > 0 && <Relaxations ranking={ranking} />}
      {ranking.robust && ranking.robust.trials > 0 && ranking.fit > 1 && <RobustTable ranking={ranking} robust={ranking.robust} />}
    </section>
  );
}

function Row({ condition, candidates }: { condition: RankedCondition; candidates: number }) {
  const share = (count: number) => `${(100 * count) / Math.max(candidates, 1)}%`;
  return (
    <tr>
      <th scope="row">
        {conditionLabel(condition)} <span class="quiet">{condition.offer ? '' : (condition.filter ?? limitsInWords(condition))}</span>
      </th>
      <td aria-hidden="true">
        <span class="why-bar">
          <i class="why-no" style={{ width: share(condition.excludes) }} />
          <i class="why-maybe" style={{ width: share(condition.unknown) }} />
        </span>
      </td>
      <td class="number">
        <b>{grouped(condition.excludes)}</b>
        <span class="maybe-count">{condition.unknown > 0 ? `+${grouped(condition.unknown)}?` : ''}</span>
      </td>
      <td class="number">{grouped(condition.only)}</td>
    </tr>
  );
}
