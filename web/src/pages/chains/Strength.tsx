/* How strong a segment is: as cells, by their fill, and in a word. */
import type { Entity } from '../../api';
import { Figure } from '../../components/Figure';
import { t } from '../../i18n';
import { strengthOf } from './chain';

const BARS = { strong: 4, growing: 3, weak: 2, gap: 1, unjudged: 0 };

/* Four cells: as many are filled as it is strong; the fill and the word say the same. */
export function StrengthMeter({ segment }: { segment: Entity }) {
  const strength = strengthOf(segment);
  return (
    <span class="meter">
      <span class="meter-cells" aria-hidden="true">
        {[1, 2, 3, 4].map((n) => (
          <i key={n} class={n <= BARS[strength] ? `strength-${strength}` : ''} />
        ))}
      </span>
      {strength === 'unjudged' ? <span class="quiet">{t('strength.unjudged')}</span> : <Figure entity={segment} field="strength" />}
    </span>
  );
}
