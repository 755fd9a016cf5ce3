/* Does first place survive 20 % on each weight? */
import type { Ranking, Robust } from '../../api';
import { t } from '../../i18n';
import { askLabel, askName } from '../../asks';

export function RobustTable({ ranking, robust }: { ranking: Ranking; robust: Robust }) {
  const terms = [...new Set(robust.each.map(({ term }) => term))];
  const trial = (term: number, up: boolean) => robust.each.find((one) => one.term === term && one.weight > ranking.terms[term]!.weight === up)!;
  const label = (term: number) => askLabel(askName(ranking.terms[term]!));
  const turned = robust.each.filter(({ rank }) => rank !== 1);
  const [only] = turned;
  return (
    <div class="robust">
      <h3>{t('robust.title')}</h3>
      <p class="block">
        <b>{t('robust.holds', { n: robust.trials, holds: robust.holds })}</b>{' '}
        {turned.length === 1 && only ? t('robust.only', { label: label(only.term), from: ranking.terms[only.term]!.weight, to: only.weight, rank: only.rank, lead: (only.lead ?? 0).toFixed(1) }) : t('robust.each')}
      </p>
      <table>
        <thead>
          <tr>
            <td />
            {terms.map((term) => (
              <th key={term} scope="col">
                {label(term)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[false, true].map((up) => (
            <tr key={String(up)}>
              <th scope="row">{up ? '+20%' : '−20%'}</th>
              {terms.map((term) => {
                const { rank } = trial(term, up);
                return (
                  <td key={term} class={rank === 1 ? 'holds' : 'turns'}>
                    {rank}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
