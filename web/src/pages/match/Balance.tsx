/* Candidates = fit + unknown + near + excluded, from the answer's own counts: should the sides differ, the line says so. */
import type { Ranking } from '../../api';
import { t } from '../../i18n';
import { change, narrow } from '../../state';
import { grouped } from '../../units';
import { group } from './match';
import type { Group } from './match';

export function Balance({ ranking }: { ranking: Ranking }) {
  const { candidates, fit, unknown, near, excluded } = ranking;
  const difference = candidates - fit - unknown - near - excluded;
  const goTo = (to: Group | 'why') => {
    if (to !== 'why') change({ group: group.value === to ? null : to }, 'replace');
    document.getElementById(`group-${to}`)?.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth', block: 'start' });
  };
  const part = (to: Group | 'why', count: number, mark: string, says: string) => (
    <button type="button" class="balance-part" aria-pressed={to === 'why' ? undefined : group.value === to} onClick={() => goTo(to)}>
      <i class={`mark-small ${mark}`} aria-hidden="true" />
      {says} <b>{grouped(count)}</b>
    </button>
  );
  const sign = (text: string) => <span class="sign">{text}</span>;
  return (
    <section class={difference ? 'balance wrong' : 'balance'} aria-label={t('balance.label')}>
      <span class="balance-whole">
        {narrow.value && `${t('balance.candidates')} `}
        <b>{grouped(candidates)}</b>
      </span>
      {sign('=')}
      {part('fit', fit, 'mark-fit', t('group.fit'))}
      {sign('+')}
      {part('unknown', unknown, 'mark-unknown', t('group.unknown'))}
      {sign('+')}
      {part('near', near, 'mark-near', t('group.near'))}
      {sign('+')}
      {part('why', excluded, 'mark-excluded', t('group.excluded'))}
      <span class="balance-says">{difference ? t('balance.differs', { n: difference }) : t('balance.says')}</span>
    </section>
  );
}
