/* `/chains/ID`: one chain, one map. Graph, map and tables are one selection: a segment. */
import type { Entity } from '../../api';
import { getEntity } from '../../api';
import { ErrorLine, SampleTag, Segmented } from '../../components/bits';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { pathOf } from '../../kinds';
import { codeLabel, isSampleValue } from '../../model';
import { useResource } from '../../resource';
import { change, go, hrefTo, lang, narrow, param } from '../../state';
import { grouped } from '../../units';
import { Gone } from '../one/OnePage';
import { ChainGraph } from './ChainGraph';
import { ChainHead } from './ChainHead';
import { ChainParks, ChainProjects } from './Places';
import { FirmMap } from './FirmMap';
import { Openings } from './Openings';
import { SegmentCard } from './SegmentCard';
import { SegmentLines } from './SegmentLines';
import { SegmentTable } from './SegmentTable';
import { CHOICES, chooseSegment, chosenOf, chosenSegment, getGraph, isNarrowed, isShown, onlyGaps, readChain, strengthOf, toggle, toggleGaps } from './chain';
import type { Graph } from './chain';

const NO_ROWS: Entity[] = [];

const List = (props: Parameters<typeof SegmentLines>[0]) => (narrow.value ? <SegmentLines {...props} /> : <SegmentTable {...props} />);

export function ChainPage({ id }: { id: string }) {
  const chain = useResource(`chain/${id}`, (abort) => getEntity('chain', id, abort));
  const graph = useResource(`graph/${id}/${lang.value}`, (abort) => getGraph(id, lang.value, abort));
  const rows = useResource(`rows/${id}`, (abort) => readChain(id, abort));
  // An answer that follows its question may still be that of the chain before.
  const entity = chain.data.value?.id === id ? chain.data.value : null;
  const drawn = graph.data.value?.id === id ? graph.data.value : null;
  const read = rows.data.value?.id === id ? rows.data.value : null;
  const segments = read?.segments ?? NO_ROWS;
  const roles = read?.roles ?? NO_ROWS;
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const chosen = byId.get(chosenSegment());
  const step = (by: number) => {
    const shown = inReadingOrder(drawn, segments).filter((one) => isShown(byId.get(one)));
    const at = shown.indexOf(chosenSegment());
    const next = shown[Math.max(0, Math.min(shown.length - 1, at < 0 ? 0 : at + by))];
    if (next) chooseSegment(next);
  };
  useKeys([
    { keys: ['J'], says: 'key.next', does: () => step(1) },
    { keys: ['K'], says: 'key.previous', does: () => step(-1) },
    { keys: ['G'], says: 'key.gaps', does: toggleGaps },
    { keys: ['L'], says: 'key.as_list', does: () => showAs(isList() ? 'graph' : 'list') },
    { keys: ['U'], says: 'key.up', does: () => go(hrefTo(pathOf('chain'))) },
    { keys: ['Escape'], says: 'key.deselect', does: () => chosenSegment() && chooseSegment('') },
  ]);
  if (chain.error.value) {
    return (
      <main id="main" class="sheet" tabIndex={-1}>
        {chain.error.value.status === 404 ? <Gone kind="chain" /> : <ErrorLine error={chain.error.value} retry={chain.retry} />}
      </main>
    );
  }
  return (
    <main id="main" class="sheet chain" tabIndex={-1}>
      {entity && (
        <>
          <ChainHead chain={entity} segments={segments} roles={roles} />
          {graph.error.value && <ErrorLine error={graph.error.value} retry={graph.retry} />}
          {rows.error.value && <ErrorLine error={rows.error.value} retry={rows.retry} />}
          {read && (
            <>
              <section class="card graph-card" aria-label={t('chain.graph')}>
                <GraphHead segments={segments} />
                {isList() ? <List segments={segments} roles={roles} edges={drawn?.edges ?? []} byId={byId} /> : drawn && <ChainGraph graph={drawn} segments={byId} roles={roles} />}
              </section>
              <div class="chain-columns">
                <FirmMap chain={entity} roles={roles} segment={chosen} />
                {chosen && !(isList() && narrow.value) ? <SegmentCard segment={chosen} edges={drawn?.edges ?? []} byId={byId} roles={roles} /> : <Openings segments={segments} edges={drawn?.edges ?? []} byId={byId} roles={roles} />}
              </div>
              <ChainParks chain={entity} />
              <ChainProjects chain={entity} segment={chosen} />
            </>
          )}
        </>
      )}
    </main>
  );
}

/* On a narrow screen the list comes first; either way the URL may say otherwise. */
const isList = () => (param('view') ? param('view') === 'list' : narrow.value);
const showAs = (view: 'graph' | 'list') => change({ view: (view === 'list') === narrow.peek() ? null : view }, 'replace');

/* Column by column, each from the top. */
const inReadingOrder = (graph: Graph | null, segments: Entity[]) =>
  graph ? [...graph.nodes].sort((a, b) => a.x - b.x || a.y - b.y).map((node) => node.segment) : segments.map((segment) => segment.id);

function GraphHead({ segments }: { segments: Entity[] }) {
  const sample = segments.some((segment) => isSampleValue(segment, 'strength'));
  return (
    <header class="graph-head">
      <h2>
        {t('chain.graph')} {sample && <SampleTag text={t('chain.sample_strength')} />}
      </h2>
      <Segmented
        label={t('chain.view')}
        value={isList() ? 'list' : 'graph'}
        onChoose={showAs}
        choices={[
          { value: 'graph', text: t('chain.as_graph') },
          { value: 'list', text: t('chain.as_list') },
        ]}
      />
      <div class="narrowing">
        <button type="button" class="chip" aria-pressed={onlyGaps()} onClick={toggleGaps}>
          {t('key.gaps')}
        </button>
        <span role="group" aria-label={t('chain.strength')}>
          {CHOICES.strength.map((strength) => (
            <button type="button" key={strength} class="chip" aria-pressed={chosenOf('strength').includes(strength)} onClick={() => toggle('strength', strength)}>
              <i class={`strength strength-${strength}`} aria-hidden="true" />
              {t(`strength.${strength}`)} <b>{grouped(segments.filter((segment) => strengthOf(segment) === strength).length)}</b>
            </button>
          ))}
        </span>
        <span role="group" aria-label={t('chain.stage')}>
          {CHOICES.stage.map((stage) => (
            <button type="button" key={stage} class="chip" aria-pressed={chosenOf('stage').includes(stage)} onClick={() => toggle('stage', stage)}>
              {codeLabel('chain_stage', stage)} <b>{grouped(segments.filter((segment) => segment.fields['stage'] === stage).length)}</b>
            </button>
          ))}
        </span>
        {isNarrowed() && (
          <button type="button" class="plain" onClick={() => change({ strength: null, stage: null }, 'replace')}>
            {t('filter.clear')}
          </button>
        )}
        <span class="leader-note quiet">
          <i class="leader-mark" aria-hidden="true" /> {t('chain.leader_here')}
        </span>
      </div>
    </header>
  );
}
