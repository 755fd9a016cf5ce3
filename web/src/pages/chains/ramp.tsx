/* Counties tinted by how many firms of a chain they have: five steps of the ramp, and what they mean. */
import { t } from '../../i18n';

const STEPS = 4;

/* None, then four equal parts of the largest count. */
export function shadesOf(counts: ReadonlyMap<string, number>): { shade: Map<string, number>; width: number } {
  const width = Math.max(1, Math.ceil(Math.max(0, ...counts.values()) / STEPS));
  return { shade: new Map([...counts].map(([id, n]) => [id, Math.ceil(n / width)])), width };
}

export const RampLegend = ({ width }: { width: number }) => (
  <li>
    <span>{t('chain.legend')}</span>
    <span class="ramp">
      {[0, 1, 2, 3, 4].map((n) => (
        <span key={n}>
          <i class={`step-${n}`} />
          {n === 0 ? '0' : n === STEPS ? `${(n - 1) * width + 1}+` : (n - 1) * width + 1}
        </span>
      ))}
    </span>
  </li>
);
