/* What counts, and how much: a slider and a number for each, shown as shares of 100. */
import { useRef } from 'preact/hooks';
import { askField, askLabel, askable, canWeigh } from '../../asks';
import { WEIGHT_MAX, conditions, setWeights, usuallyBetter, weights } from '../../brief';
import type { Weight } from '../../brief';
import { IconButton } from '../../components/bits';
import { t } from '../../i18n';
import { AddField } from './AddField';
import { partOrder, shadeOf } from './match';

const NEW_WEIGHT = 10;
const SHIFT_STEP = 5;
const TERMS_MAX = 12;

export function Weights() {
  const all = weights.value;
  const sum = all.reduce((total, { weight }) => total + weight, 0);
  const put = (n: number, next: Weight | null, how: 'push' | 'replace') => setWeights(all.flatMap((one, at) => (at === n ? (next ? [next] : []) : [one])), how);
  const left = [...askable(), ...conditions.value.map(({ field }) => field)].filter((name, n, names) => canWeigh(name) && names.indexOf(name) === n && !all.some(({ field }) => field === name));
  return (
    <section class="weights" aria-label={t('weights.title')}>
      <header>
        <h2>{t('weights.title')}</h2>
        <span class="quiet">{sum === 100 ? t('weights.total') : t('weights.sum', { sum })}</span>
      </header>
      {sum === 0 && <p class="problem calm">{t('weights.zero')}</p>}
      {all.map((weight, n) => (
        <WeightRow key={weight.field} weight={weight} share={sum ? (100 * weight.weight) / sum : 0} exact={sum === 100} onPut={(next, how) => put(n, next, how)} />
      ))}
      {all.length < TERMS_MAX && (
        <AddField label={t('weights.add')} names={left} onAdd={(name) => setWeights([...all, { field: name, weight: NEW_WEIGHT, better: usuallyBetter(askField(name)!) }], 'push')} />
      )}
    </section>
  );
}

interface RowProps { weight: Weight; share: number; exact: boolean; onPut: (next: Weight | null, how: 'push' | 'replace') => void }

function WeightRow({ weight, share, exact, onPut }: RowProps) {
  const changed = useRef(false);
  const label = askLabel(weight.field);
  const place = partOrder.value.findIndex(({ field }) => field === weight.field);
  const set = (value: number) => {
    if (Number.isNaN(value)) return;
    onPut({ ...weight, weight: Math.min(WEIGHT_MAX, Math.max(0, Math.round(value))) }, changed.current ? 'replace' : 'push');
    changed.current = true;
  };
  const leave = () => (changed.current = false);
  // The browser moves a slider by one; with Shift by five.
  const press = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by || !event.shiftKey) return;
    event.preventDefault();
    set(weight.weight + by * SHIFT_STEP);
  };
  const turned = weight.better === 'less' ? 'more' : 'less';
  return (
    <div class="weight" data-weight={weight.field}>
      <i class={`shade ${place < 0 ? 'shade-none' : shadeOf(place)}`} aria-hidden="true" />
      <span class="weight-name">
        {label}
        <button type="button" class="turn" title={t(`weights.${turned}`)} aria-label={`${label} ${t(`weights.is_${weight.better}`)} ${t(`weights.${turned}`)}`} onClick={() => onPut({ ...weight, better: turned }, 'push')}>
          {t(`weights.is_${weight.better}`)}
        </button>
      </span>
      <input type="range" min={0} max={WEIGHT_MAX} step={1} value={weight.weight} aria-label={label} aria-valuetext={t('weights.says', { n: weight.weight, share: share.toFixed(0) })} onInput={(event) => set(event.currentTarget.valueAsNumber)} onKeyDown={press} onBlur={leave} onPointerDown={leave} style={{ '--part': `${weight.weight}%` }} />
      <span class="weight-number">
        <input type="number" min={0} max={WEIGHT_MAX} step={1} value={weight.weight} aria-label={t('weights.number', { label })} onInput={(event) => set(event.currentTarget.valueAsNumber)} onBlur={leave} />
        {!exact && <span class="share">{t('weights.share', { n: share.toFixed(0) })}</span>}
      </span>
      <IconButton icon="close" size={13} label={t('brief.remove', { name: label })} onClick={() => onPut(null, 'push')} />
    </div>
  );
}
