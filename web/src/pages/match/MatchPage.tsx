/* `/match`: a brief, and the sites that answer it, each with its reasons; what is not known; what excluded the rest. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { postMatch } from '../../api';
import type { Ranking } from '../../api';
import { brief, conditions, contradictions } from '../../brief';
import { ErrorLine, SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { drawing } from '../../map/drawing';
import type { Driver } from '../../map/scene';
import { meta } from '../../model';
import { useResource } from '../../resource';
import { narrow, select, selected } from '../../state';
import { Answer } from './Answer';
import { Balance } from './Balance';
import { BriefForm } from './BriefForm';
import { BriefRow } from './BriefRow';
import { CopyLink } from '../../components/CopyLink';
import { Examples } from './Examples';
import { FitList, NoFit } from './FitList';
import { MatchMap } from './MatchMap';
import { NearList } from './NearList';
import { PlotCard } from './PlotCard';
import { Relaxations } from './Relaxations';
import { SetList } from './SetList';
import { UnknownList } from './UnknownList';
import { WhyPanel } from './WhyPanel';
import { listedIds, toggleOpen } from './match';

const TYPING_WAIT_MS = 120;

export function MatchPage() {
  const driver = useRef<Driver | null>(null);
  const formOpen = useSignal(false);
  const asks = conditions.value.length > 0 && contradictions.value.length === 0;
  const rank = useResource(asks ? JSON.stringify(brief.value) : '', (abort) => postMatch(brief.peek(), abort), TYPING_WAIT_MS);
  const ranking = asks ? rank.data.value : null;
  useMatchKeys(ranking, driver, formOpen);
  // What is drawn is drawn on the map, so nothing may stand before it.
  useEffect(() => {
    if (!drawing.value) return;
    formOpen.value = false;
    document.querySelector('.match-map')?.scrollIntoView({ block: 'nearest' });
  }, [drawing.value]);

  return (
    <main id="main" class="match" tabIndex={-1}>
      <header class="page-head">
        <div>
          <p class="crumb">{t('nav.match')}</p>
          <Answer ranking={ranking} />
          <Beside ranking={ranking} />
        </div>
        <CopyLink />
      </header>
      {rank.error.value && asks && <ErrorLine error={rank.error.value} retry={rank.retry} at={rank.at.value} />}
      {ranking && <Balance ranking={ranking} />}
      {narrow.value && <BriefRow open={formOpen} fit={ranking?.fit ?? null} />}
      <div class="match-columns">
        {!narrow.value && (
          <div class="brief-column">
            <BriefForm />
          </div>
        )}
        {narrow.value && <MatchMap ranking={ranking} driver={driver} />}
        <div class="answer-column">
          {!asks && <Examples />}
          {ranking?.fit === 0 && ranking.sets?.length ? <SetList ranking={ranking} sets={ranking.sets} /> : null}
          {ranking && ranking.fit === 0 && <NothingFits ranking={ranking} />}
          {ranking && ranking.fit > 0 && <FitList ranking={ranking} />}
          {ranking?.sets && (ranking.fit > 0 || !ranking.sets.length) && <SetList ranking={ranking} sets={ranking.sets} />}
          {ranking && ranking.unknown > 0 && <UnknownList ranking={ranking} />}
          {ranking && ranking.fit > 0 && ranking.near > 0 && <NearList ranking={ranking} />}
        </div>
        <div class="map-column">
          {!narrow.value && <MatchMap ranking={ranking} driver={driver} />}
          {ranking && <PlotCard ranking={ranking} />}
          {ranking && <WhyPanel ranking={ranking} />}
        </div>
      </div>
    </main>
  );
}

/* Then what would help stands first. */
function NothingFits({ ranking }: { ranking: Ranking }) {
  return (
    <>
      <section class="card fit" id="group-fit" aria-label={t('group.fit')}>
        <NoFit ranking={ranking} />
        <Relaxations ranking={ranking} />
      </section>
      {ranking.near > 0 && <NearList ranking={ranking} />}
    </>
  );
}

/* What was counted, as of when, and whether it is made up. */
function Beside({ ranking }: { ranking: Ranking | null }) {
  const parcels = meta.value!.kinds.parcel;
  return (
    <p class="beside">
      <span>{t('match.candidates', { n: ranking?.candidates ?? parcels?.count ?? 0 })}</span>
      <span>{t('as_of', { date: ranking?.as_of ?? meta.value!.as_of })}</span>
      {parcels && parcels.illustrative > 0 && <SampleTag text={t(parcels.illustrative === parcels.count ? 'match.all_sample' : 'sample.some')} />}
    </p>
  );
}

function useMatchKeys(ranking: Ranking | null, driver: { current: Driver | null }, formOpen: { value: boolean }) {
  const step = (by: number) => {
    const ids = listedIds(ranking);
    const at = ids.indexOf(selected.peek()?.id ?? '');
    const id = ids[Math.max(0, Math.min(ids.length - 1, at < 0 ? 0 : at + by))];
    if (!id) return;
    select({ kind: 'parcel', id });
    const row = document.querySelector<HTMLElement>(`[data-site="${CSS.escape(id)}"]`);
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector<HTMLElement>('.site-open')?.focus({ preventScroll: true });
  };
  useKeys([
    { keys: ['J'], says: 'key.next_site', does: () => step(1) },
    { keys: ['K'], says: 'key.previous_site', does: () => step(-1) },
    { keys: ['Enter'], says: 'key.expand', does: () => selected.peek() && toggleOpen(selected.peek()!.id) },
    { keys: ['S'], says: 'key.source', does: () => openNearestSource() },
    {
      keys: ['W'],
      says: 'key.weights',
      does: () => {
        if (narrow.peek()) formOpen.value = true;
        setTimeout(() => document.querySelector<HTMLElement>('.weights input[type=range]')?.focus());
      },
    },
    { keys: ['M'], says: 'key.map', does: () => driver.current?.focus() },
    { keys: ['Escape'], says: 'key.deselect', does: () => (formOpen.value ? (formOpen.value = false) : selected.peek() && select(null)) },
  ]);
}

/* The source of the figure in focus, else of the first figure of the site in focus. */
function openNearestSource() {
  const focused = document.activeElement;
  const figure = focused?.matches('.figure') ? focused : (focused?.closest('[data-site]') ?? document.querySelector('[data-site].on') ?? document.querySelector('[data-site]'))?.querySelector('.figure');
  if (figure instanceof HTMLElement) figure.click();
}
