/* One condition short: which, and by how much. */
import { useSignal } from '@preact/signals';
import type { NearMiss, Ranking } from '../../api';
import { askField, askName } from '../../asks';
import { Icon } from '../../components/Icon';
import { t } from '../../i18n';
import { countiesOf, nameOf } from '../../model';
import { isSelected, select } from '../../state';
import { grouped, inWords } from '../../units';
import { conditionLabel, hovered, lit, smallLetter } from './match';

const SHOWN_FIRST = 5;

export function NearList({ ranking }: { ranking: Ranking }) {
  const all = useSignal(false);
  const rows = all.value ? ranking.near_misses : ranking.near_misses.slice(0, SHOWN_FIRST);
  const more = ranking.near_misses.length - rows.length;
  return (
    <section class="card unknowns" id="group-near" aria-label={t('group.near')}>
      <header>
        <h2>
          {t('group.near')} <span class="quiet">{grouped(ranking.near)}</span>
        </h2>
        <span class="quiet">{t('near.says')}</span>
      </header>
      <ol>
        {rows.map((site, n) => (
          <Row key={site.entity.id} ranking={ranking} site={site} mark={smallLetter(n)} />
        ))}
      </ol>
      {more > 0 && (
        <button type="button" class="more" onClick={() => (all.value = true)}>
          {t('match.more', { n: more })} <Icon name="down" size={14} />
        </button>
      )}
      {ranking.near > ranking.near_misses.length && all.value && <p class="note">{t('match.first', { shown: ranking.near_misses.length, n: grouped(ranking.near) })}</p>}
    </section>
  );
}

function Row({ ranking, site, mark }: { ranking: Ranking; site: NearMiss; mark: string }) {
  const { entity } = site;
  const on = isSelected(entity);
  const condition = ranking.conditions.find(({ n }) => n === site.n)!;
  const name = askName(condition);
  return (
    <li class={`unknown-row${on ? ' on' : ''}${lit.value === entity.id ? ' lit' : ''}`} data-site={entity.id} onPointerEnter={() => (hovered.value = entity.id)} onPointerLeave={() => (hovered.value = '')}>
      <button type="button" class="site-open" aria-pressed={on} onClick={() => select(on ? null : { kind: 'parcel', id: entity.id })}>
        <span class={`mark mark-near${on ? ' on' : ''}`}>
          <span>{mark}</span>
        </span>
        <span class="site-name">
          <b>{nameOf(entity)}</b>
          <span class="quiet">
            {countiesOf(entity)} · {conditionLabel(condition)} {valueOf(site, name)}
          </span>
        </span>
        <span class="short-by">{shortBy(site, name)}</span>
      </button>
    </li>
  );
}

/* What it has of what was asked; of what does not apply there is none. */
function valueOf({ entity, n, distances }: NearMiss, name: string): string {
  const field = askField(name);
  const value = entity.fields[name] ?? distances?.find((one) => one.n === n)?.m;
  if (field && value !== undefined) return inWords(field, value);
  return entity.states?.[name] ? t(`state.${entity.states[name]!}`) : '';
}

/* "高 18 元/m²", "晚 62 天", "少 3,500 kVA"; "不符" where there is no measure. */
function shortBy({ end, by }: NearMiss, name: string): string {
  const field = askField(name);
  if (!end || by === undefined || !field) return t('near.no');
  if (field.type === 'date') return t(end === 'max' ? 'near.late' : 'near.early', { n: grouped(by) });
  const amount = inWords(field, by);
  if (field.near) return t(end === 'max' ? 'near.far' : 'near.close', { amount });
  return t(end === 'max' ? 'near.over' : 'near.under', { amount });
}
