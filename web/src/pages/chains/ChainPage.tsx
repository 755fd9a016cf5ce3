/* `/chains/ID`: one chain, one map. Graph, map and table are one selection: a segment. */
import type { Entity } from '../../api';
import { exportUrl, getEntity, getList, quote } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { EntityLink, RefLink } from '../../components/EntityLink';
import { EntityTable } from '../../components/EntityTable';
import { Figure, SumFigure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { ErrorLine, SampleTag, Segmented } from '../../components/bits';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { pathOf } from '../../kinds';
import { codeLabel, isSample, kindTitle, listOf, meta, nameOf, refName, textOf } from '../../model';
import { useResource } from '../../resource';
import { showSource } from '../../source';
import { change, go, hrefTo, lang, param } from '../../state';
import { grouped, totalArea } from '../../units';
import { Gone } from '../one/OnePage';
import { openNow } from '../park/land';
import { ChainGraph } from './ChainGraph';
import { FirmMap } from './FirmMap';
import { STRENGTHS, chooseSegment, chosenSegment, chosenStrengths, getGraph, isShown, leadersOf, readChain, rolesOf, strengthOf, toggleStrength } from './chain';
import type { Graph } from './chain';

const comma = () => (lang.value === 'en' ? ', ' : '\u3001');

export function ChainPage({ id }: { id: string }) {
  const chain = useResource(`chain/${id}`, (abort) => getEntity('chain', id, abort));
  const graph = useResource(`graph/${id}/${lang.value}`, (abort) => getGraph(id, lang.value, abort));
  const rows = useResource(`rows/${id}`, (abort) => readChain(id, abort));
  const entity = chain.data.value;
  const segments = rows.data.value?.segments ?? [];
  const roles = rows.data.value?.roles ?? [];
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const order = graph.data.value?.nodes.map((node) => node.segment) ?? segments.map((segment) => segment.id);
  const step = (by: number) => {
    const shown = order.filter((one) => isShown(byId.get(one)));
    const at = shown.indexOf(chosenSegment());
    const next = shown[Math.max(0, Math.min(shown.length - 1, at < 0 ? 0 : at + by))];
    if (next) chooseSegment(next);
  };
  useKeys([
    { keys: ['J'], says: 'key.next', does: () => step(1) },
    { keys: ['K'], says: 'key.previous', does: () => step(-1) },
    { keys: ['G'], says: 'key.gaps', does: () => toggleStrength('gap') },
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
          <Head chain={entity} segments={segments} roles={roles} ready={rows.data.value !== null} />
          <div class="card">
            <GraphCard graph={graph.data.value} segments={segments} byId={byId} roles={roles} />
            {graph.error.value && <ErrorLine error={graph.error.value} retry={graph.retry} />}
            {rows.error.value && <ErrorLine error={rows.error.value} retry={rows.retry} />}
          </div>
          <div class="chain-columns">
            <FirmMap chain={entity} roles={roles} />
            <SegmentCard segment={byId.get(chosenSegment())} graph={graph.data.value} byId={byId} roles={roles} />
          </div>
          <Parks chain={entity} />
          <Projects chain={entity} />
        </>
      )}
    </main>
  );
}

/* ---- heading ---- */

function headline(segments: Entity[]): string {
  const count = (strength: string) => segments.filter((segment) => strengthOf(segment) === strength).length;
  const weakest = (['up', 'mid', 'down'] as const)
    .map((stage) => ({ stage, n: segments.filter((segment) => segment.fields['stage'] === stage && ['gap', 'weak'].includes(strengthOf(segment))).length }))
    .sort((a, b) => b.n - a.n)[0];
  const args = { n: grouped(segments.length), gaps: grouped(count('gap')), weak: grouped(count('weak')) };
  if (!count('gap') && !count('weak')) return t('chain.answer_sound', args);
  return t('chain.answer', { ...args, stage: codeLabel('chain_stage', weakest!.stage).toLowerCase() });
}

function Head({ chain, segments, roles, ready }: { chain: Entity; segments: Entity[]; roles: Entity[]; ready: boolean }) {
  const leaders = leadersOf(roles);
  const office = textOf(chain, 'office');
  const basis = textOf(chain, 'basis');
  const clusters = listOf(chain, 'clusters');
  return (
    <header class="sheet-head">
      <div>
        <p class="crumb">
          <PageLink to={pathOf('chain')}>{kindTitle('chain')}</PageLink> · {nameOf(chain)}
        </p>
        <h1 aria-live="polite">{ready ? `${nameOf(chain)}${lang.value === 'en' ? ': ' : '\uff1a'}${headline(segments)}` : nameOf(chain)}</h1>
        <p class="beside">
          {leaders.length > 0 && (
            <span>
              {t('chain.leaders')}{' '}
              {leaders.slice(0, 4).map((role, n) => (
                <span key={role.id}>
                  {n > 0 && comma()}
                  <RefLink of={role} id={String(role.fields['enterprise'])} kind="enterprise" /> {isSample(role) && <SampleTag />}
                </span>
              ))}
            </span>
          )}
          {clusters.length > 0 && (
            <span>
              {t('chain.cluster')}{' '}
              {clusters.map((one, n) => (
                <span key={one}>
                  {n > 0 && comma()}
                  <RefLink of={chain} id={one} kind="cluster" />
                </span>
              ))}
            </span>
          )}
          {chain.fields['valid_from'] !== undefined && (
            <span>
              {t('chain.version')} <Figure entity={chain} field="valid_from" />
            </span>
          )}
          {office && (
            <span>
              {t('chain.office')}{' '}
              <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, chain, office.field)}>
                {office.text}
              </button>
            </span>
          )}
        </p>
        {basis && (
          <p class="about">
            <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, chain, basis.field)}>
              {basis.text}
            </button>
          </p>
        )}
      </div>
      <div class="sheet-actions">
        <a class="button" href={`/api/chain/${encodeURIComponent(chain.id)}/graph.svg?lang=${lang.value}`} target="_blank" rel="noreferrer">
          {t('chain.print')}
        </a>
        <a class="button" href={exportUrl('segment', 'csv', { filter: `chain = ${quote(chain.id)}` })} download>
          CSV
        </a>
        <CopyLink />
      </div>
    </header>
  );
}

/* ---- graph or list ---- */

interface GraphCardProps { graph: Graph | null; segments: Entity[]; byId: Map<string, Entity>; roles: Entity[] }
function GraphCard({ graph, segments, byId, roles }: GraphCardProps) {
  const asList = param('view') === 'list';
  return (
    <>
      <header class="graph-head">
        <h2>{t('chain.graph')}</h2>
        <div class="legend-chips" role="group" aria-label={t('chain.strengths')}>
          {STRENGTHS.map((strength) => {
            const n = segments.filter((segment) => strengthOf(segment) === strength).length;
            return (
              <button type="button" key={strength} class="chip" aria-pressed={chosenStrengths().includes(strength)} onClick={() => toggleStrength(strength)}>
                <i class={`strength strength-${strength}`} aria-hidden="true" />
                {t(`strength.${strength}`)} <b>{grouped(n)}</b>
              </button>
            );
          })}
          {chosenStrengths().length > 0 && (
            <button type="button" class="plain" onClick={() => change({ strength: null }, 'replace')}>
              {t('filter.clear')}
            </button>
          )}
        </div>
        <Segmented
          label={t('chain.view')}
          value={asList ? 'list' : 'graph'}
          onChoose={(view) => change({ view: view === 'list' ? 'list' : null }, 'replace')}
          choices={[
            { value: 'graph', text: t('chain.as_graph') },
            { value: 'list', text: t('chain.as_list') },
          ]}
        />
      </header>
      {asList ? <SegmentTable segments={segments} roles={roles} graph={graph} byId={byId} /> : graph && segments.length > 0 && <ChainGraph graph={graph} segments={byId} />}
    </>
  );
}

function SegmentTable({ segments, roles, graph, byId }: { segments: Entity[]; roles: Entity[]; graph: Graph | null; byId: Map<string, Entity> }) {
  const stages = ['up', 'mid', 'down'];
  const shown = segments.filter(isShown).sort((a, b) => stages.indexOf(String(a.fields['stage'])) - stages.indexOf(String(b.fields['stage'])) || (a.id < b.id ? -1 : 1));
  const near = (id: string, here: 'from' | 'to', there: 'from' | 'to') => (graph?.edges ?? []).filter((edge) => edge[here] === id).map((edge) => byId.get(edge[there])).filter((one) => one !== undefined);
  return (
    <table class="entities">
      <caption class="visually-hidden">{t('chain.as_list')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('chain.segment')}</th>
          <th scope="col">{t('chain.stage')}</th>
          <th scope="col">{t('chain.strength')}</th>
          <th scope="col" class="number">
            {t('parks.firms')}
          </th>
          <th scope="col">{t('chain.suppliers')}</th>
          <th scope="col">{t('chain.customers')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((segment) => (
          <tr key={segment.id} class={chosenSegment() === segment.id ? 'on' : ''}>
            <th scope="row">
              <button type="button" class="link" aria-pressed={chosenSegment() === segment.id} onClick={() => chooseSegment(segment.id)}>
                {nameOf(segment)}
              </button>
            </th>
            <td data-label={t('chain.stage')}>
              <Figure entity={segment} field="stage" />
            </td>
            <td data-label={t('chain.strength')}>
              <i class={`strength strength-${strengthOf(segment)}`} aria-hidden="true" /> {strengthOf(segment) === 'unjudged' ? t('strength.unjudged') : <Figure entity={segment} field="strength" />}
            </td>
            <td class="number" data-label={t('parks.firms')}>
              {grouped(rolesOf(roles, segment.id).length)}
            </td>
            <td data-label={t('chain.suppliers')}>{near(segment.id, 'to', 'from').map(nameOf).join(comma())}</td>
            <td data-label={t('chain.customers')}>{near(segment.id, 'from', 'to').map(nameOf).join(comma())}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/* ---- the chosen segment ---- */

function SegmentCard({ segment, graph, byId, roles }: { segment: Entity | undefined; graph: Graph | null; byId: Map<string, Entity>; roles: Entity[] }) {
  if (!segment) {
    return (
      <section class="card segment-card">
        <p class="block quiet">{t('chain.choose')}</p>
        <ul class="block gap-list">
          {[...byId.values()]
            .filter((one) => strengthOf(one) === 'gap')
            .map((one) => (
              <li key={one.id}>
                <button type="button" class="link" onClick={() => chooseSegment(one.id)}>
                  <i class="strength strength-gap" aria-hidden="true" /> {nameOf(one)}
                </button>{' '}
                <span class="quiet">{codeLabel('chain_stage', String(one.fields['stage']))}</span>
              </li>
            ))}
        </ul>
      </section>
    );
  }
  const about = textOf(segment, 'about') ?? textOf(segment, 'basis');
  const firms = rolesOf(roles, segment.id);
  return (
    <section class="card segment-card" aria-label={nameOf(segment)}>
      <header>
        <h2>
          <i class={`strength strength-${strengthOf(segment)}`} aria-hidden="true" /> {nameOf(segment)} <span class="quiet">{codeLabel('chain_stage', String(segment.fields['stage']))}</span>
        </h2>
        <EntityLink entity={segment}>{t('card.open')}</EntityLink>
      </header>
      <div class="block">
        {strengthOf(segment) === 'unjudged' ? <p class="quiet">{t('strength.unjudged_long')}</p> : <p>{t('chain.strength')} <Figure entity={segment} field="strength" /></p>}
        {about && (
          <p>
            <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, segment, about.field)}>
              {about.text}
            </button>
          </p>
        )}
        <Near title={t('chain.suppliers')} ids={(graph?.edges ?? []).filter((edge) => edge.to === segment.id).map((edge) => edge.from)} byId={byId} />
        <Near title={t('chain.customers')} ids={(graph?.edges ?? []).filter((edge) => edge.from === segment.id).map((edge) => edge.to)} byId={byId} />
      </div>
      <h3 class="block">{t('chain.on_it', { n: grouped(firms.length) })}</h3>
      {firms.length ? (
        <ul class="firm-list">
          {firms.map((role) => (
            <li key={role.id}>
              <RefLink of={role} id={String(role.fields['enterprise'])} kind="enterprise" />{' '}
              <span class={role.fields['type'] === 'leader' ? 'tag-solid' : 'quiet'}>{codeLabel('role_type', String(role.fields['type']))}</span> {isSample(role) && <SampleTag />}
            </li>
          ))}
        </ul>
      ) : (
        <p class="block quiet">{t('chain.nobody')}</p>
      )}
    </section>
  );
}

function Near({ title, ids, byId }: { title: string; ids: string[]; byId: Map<string, Entity> }) {
  const found = [...new Set(ids)].map((id) => byId.get(id)).filter((one) => one !== undefined);
  if (!found.length) return null;
  return (
    <p class="near">
      <span class="quiet">{title}</span>{' '}
      {found.map((one) => (
        <button type="button" key={one.id} class="chip" onClick={() => chooseSegment(one.id)}>
          <i class={`strength strength-${strengthOf(one)}`} aria-hidden="true" />
          {nameOf(one)}
        </button>
      ))}
    </p>
  );
}

/* ---- where it could go ---- */

function Parks({ chain }: { chain: Entity }) {
  const parks = listOf(chain, 'parks');
  const filter = parks.length ? `park IN (${parks.map(quote).join(', ')}) AND ${openNow()}` : '';
  const land = useResource(filter && `chain-land|${filter}`, (abort) => getList('parcel', { filter, limit: 0, facets: 'park', sum: 'area_m2' }, abort));
  if (!parks.length) return null;
  const buckets = land.data.value?.facets?.['park'] ?? [];
  return (
    <section class="card">
      <header>
        <h2>
          {t('chain.parks')}{' '}
          <button type="button" class="figure quiet" aria-haspopup="dialog" onClick={(event) => showSource(event, chain, 'parks')}>
            {grouped(parks.length)}
          </button>
        </h2>
      </header>
      <ul class="park-land-list">
        {parks.map((id) => {
          const one = buckets.find((bucket) => bucket.value === id);
          const area = totalArea(one?.sums?.['area_m2'] ?? 0);
          return (
            <li key={id}>
              <RefLink of={chain} id={id} kind="park" />
              <span>
                {t('park.now')} <SumFigure {...area} sum={{ title: `${refName(chain, id)} ${area.text} ${area.unit}`, how: t('parks.now_how', { date: meta.value!.as_of }), rows: [{ name: t('parks.plots'), value: grouped(one?.count ?? 0) }] }} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Projects({ chain }: { chain: Entity }) {
  const filter = `chains = ${quote(chain.id)}`;
  const projects = useResource(`chain-projects|${chain.id}`, (abort) => getList('project', { filter, sort: '-invest_fen', limit: 8 }, abort));
  const found = projects.data.value;
  if (!found?.yes) return null;
  return (
    <section class="card">
      <header>
        <h2>
          {kindTitle('project')} <span class="quiet">{grouped(found.yes)}</span>
        </h2>
        <PageLink to={pathOf('project')} class="button compact" changes={{ chains: chain.id }}>
          {t('one.all', { n: grouped(found.yes) })}
        </PageLink>
      </header>
      <EntityTable kind="project" items={found.items.filter((one) => !one.maybe)} caption={kindTitle('project')} />
    </section>
  );
}
