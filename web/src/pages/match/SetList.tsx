/* Adjoining plots that make up the area together: which, how compact, whose, and how sure it is that there is no tighter set. */
import { useSignal } from '@preact/signals';
import type { PlotSet, Ranking } from '../../api';
import { EntityLink } from '../../components/EntityLink';
import { SumFigure } from '../../components/Figure';
import { Icon } from '../../components/Icon';
import { t } from '../../i18n';
import { codeLabel, countiesOf, fieldOf, nameOf } from '../../model';
import { lang } from '../../state';
import { grouped, inWords, shown } from '../../units';
import { chosenSet, chooseSet, officeName, setKey, stepsOf } from './match';
import { ScoreBar } from './ScoreBar';

const SHOWN_FIRST = 4;

export function SetList({ ranking, sets }: { ranking: Ranking; sets: PlotSet[] }) {
  const all = useSignal(false);
  const rows = all.value ? sets : sets.slice(0, SHOWN_FIRST);
  const more = sets.length - rows.length;
  return (
    <section class="card sets" id="group-set" aria-label={t('set.title')}>
      <header>
        <h2>
          {t('set.title')} <span class="quiet">{grouped(ranking.sets_count ?? sets.length)}</span>
        </h2>
        <span class="quiet">{t('set.says')}</span>
      </header>
      {ranking.sets_bounded && <p class="note">{t('set.bounded')}</p>}
      {sets.length === 0 && <p class="block quiet">{t('set.none')}</p>}
      <ol>
        {rows.map((set) => (
          <Row key={setKey(set)} ranking={ranking} set={set} />
        ))}
      </ol>
      {more > 0 && (
        <button type="button" class="more" onClick={() => (all.value = true)}>
          {t('set.more', { n: more })} <Icon name="down" size={14} />
        </button>
      )}
    </section>
  );
}

function Row({ ranking, set }: { ranking: Ranking; set: PlotSet }) {
  const on = chosenSet.value === setKey(set);
  const [first] = set.plots;
  const area = shown(fieldOf('parcel', 'area_m2')!, set.area_m2);
  return (
    <li class={on ? 'site on' : 'site'}>
      <div class="site-head">
        <button type="button" class="site-open" aria-pressed={on} onClick={() => chooseSet(on ? '' : setKey(set))}>
          <span class="mark mark-set">{set.rank}</span>
          <span class="site-name">
            <b>{set.plots.map((plot, n) => (n ? nameOf(plot).split(' ').at(-1) : nameOf(plot))).join(lang.value === 'en' ? ', ' : '\u3001')}</b>
            <span class="quiet">
              {countiesOf(first!)} · {t('set.plots', { n: set.plots.length })}
            </span>
          </span>
          {set.score !== undefined && (
            <span class="score">
              <b>{set.score.toFixed(0)}</b> {t('match.points')}
            </span>
          )}
        </button>
      </div>
      {set.parts && <ScoreBar ranking={ranking} parts={set.parts} />}
      <dl class="site-facts">
        <div>
          <dt>{t('set.area')}</dt>
          <dd>
            <SumFigure
              {...area}
              sum={{ title: `${t('set.area')} ${area.text} ${area.unit}`, how: t('set.area_how'), rows: set.plots.map((plot) => ({ name: nameOf(plot), value: plot.fields['area_m2'] === undefined ? t('unknown') : inWords(fieldOf('parcel', 'area_m2')!, plot.fields['area_m2']) })) }}
            />
          </dd>
        </div>
        <div>
          <dt>{t('set.compactness')}</dt>
          <dd>
            <SumFigure text={set.compactness.toFixed(2)} unit="" sum={{ title: `${t('set.compactness')} ${set.compactness.toFixed(2)}`, how: t('set.compactness_how'), rows: [] }} />
          </dd>
        </div>
        <div>
          <dt>{t('set.gap')}</dt>
          <dd>
            <SumFigure text={grouped(set.gap, 1)} unit="m" sum={{ title: `${t('set.gap')} ${grouped(set.gap, 1)} m`, how: t('set.gap_how'), rows: [] }} />
          </dd>
        </div>
      </dl>
      {set.start && (
        <p class="site-start">
          <Icon name="clock" size={14} />
          <span>
            {t(set.start.whole ? 'site.earliest' : 'site.not_before')}{' '}
            {set.start.earliest ? <SumFigure text={set.start.earliest} unit="" sum={{ title: `${t('site.earliest')} ${set.start.earliest}`, how: t('set.start_how'), rows: stepsOf(set.start).map((step, n) => ({ name: `${nameOf(set.plots[set.start!.steps[n]!.plot]!).split(' ').at(-1)} · ${step.label}`, value: step.says })) }} /> : t('unknown')}
          </span>
          <span class="quiet">{set.states.map(({ state, plots }) => t('set.owner', { office: state ? codeLabel('land_state', state) : t('offer.unknown'), n: plots })).join(lang.value === 'en' ? ', ' : '\u3001')}</span>
        </p>
      )}
      <p class="quiet set-owners">
        {t('set.owners')} {set.owners.map(({ office, plots }) => t('set.owner', { office: office ? officeName(office) : t('unknown.nobody'), n: plots })).join(lang.value === 'en' ? ', ' : '\u3001')}
      </p>
      {on && (
        <ul class="set-plots">
          {set.plots.map((plot) => (
            <li key={plot.id}>
              <EntityLink entity={plot} />
            </li>
          ))}
        </ul>
      )}
      {!set.exact && (
        <p class="warning">
          <Icon name="alert" size={14} /> {t('set.not_exact')}
        </p>
      )}
    </li>
  );
}
