/* The graph of a chain: lanes for up, mid and downstream; segments as buttons over an SVG of their flows. One segment
 * is in the tab order; arrow keys go from it to the nearest one in that direction. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Entity } from '../../api';
import { t } from '../../i18n';
import { codeLabel, nameOf } from '../../model';
import { grouped } from '../../units';
import { chooseSegment, chosenSegment, firmNames, firmsOf, isShown, nearest, pathOfSegment, strengthOf } from './chain';
import type { Graph, GraphEdge, GraphNode } from './chain';

/* Drawn smaller than this a name no longer fits its button: from there on the graph scrolls in its own box. */
const LEAST_SCALE = 0.78;
/* A narrow graph is drawn wider, not taller. */
const MOST_SCALE = 1.35;
const PADDING_PX = 10; // .graph-frame's
const PRINTED_PX = 960; // a landscape A4 between its margins and the page's own

interface Props { graph: Graph; segments: Map<string, Entity>; roles: Entity[] }

export function ChainGraph({ graph, segments, roles }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const scale = useSignal(1);
  const last = useSignal('');
  const chosen = chosenSegment();
  const path = chosen ? pathOfSegment(graph.edges, chosen) : null;
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const fit = () => (scale.value = Math.max(LEAST_SCALE, Math.min(MOST_SCALE, (element.clientWidth - 2 * PADDING_PX) / graph.width)));
    fit();
    const watch = new ResizeObserver(fit);
    watch.observe(element);
    return () => watch.disconnect();
  }, [graph.width]);
  useEffect(() => {
    const node = graph.nodes.find(({ segment }) => segment === chosen);
    const element = frame.current;
    if (!node || !element) return;
    const [from, to] = [node.x * scale.peek(), (node.x + node.width) * scale.peek()];
    if (from < element.scrollLeft || to > element.scrollLeft + element.clientWidth) element.scrollLeft = (from + to - element.clientWidth) / 2;
  }, [chosen, graph]);

  const press = (event: KeyboardEvent) => {
    const at = graph.nodes.find((node) => `node-${node.segment}` === (event.target as HTMLElement).id);
    if (!at || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const to = nearest(graph.nodes, at, event.key);
    if (to) document.getElementById(`node-${to.segment}`)?.focus();
  };
  const inOrder = [last.value, chosen].find((id) => id && graph.nodes.some((node) => node.segment === id)) ?? firstOf(graph.nodes);
  const isGap = (id: string) => strengthOf(segments.get(id)) === 'gap';
  const isOn = (id: string) => (path ? path.segments.has(id) : isShown(segments.get(id)));
  const edgeClass = (edge: GraphEdge) => {
    const on = path ? path.flows.has(edge.flow) : isOn(edge.from) && isOn(edge.to);
    return ['edge', isGap(edge.from) || isGap(edge.to) ? 'edge-gap' : '', edge.recycling ? 'edge-back' : '', on ? (path ? 'on' : '') : 'off'].filter(Boolean).join(' ');
  };
  return (
    <div class="graph-frame" ref={frame}>
      <div class="graph" role="group" aria-label={t('chain.graph')} aria-describedby="graph-keys" style={{ '--kx': scale.value, '--ky': Math.min(1, scale.value), '--print-kx': PRINTED_PX / graph.width, '--print-ky': Math.min(1, PRINTED_PX / graph.width), ...placed({ x: 0, y: 0, ...graph }) }} onKeyDown={press}>
        {graph.lanes.map((lane) => (
          <div key={lane.stage} class="lane" style={placed(lane)}>
            {codeLabel('chain_stage', lane.stage)} <span class="quiet">{grouped(graph.nodes.filter((node) => node.stage === lane.stage).length)}</span>
          </div>
        ))}
        <svg viewBox={`0 0 ${graph.width} ${graph.height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0 8 4 0 8Z" class="arrow" />
            </marker>
          </defs>
          {graph.edges.map((edge) => (
            <path key={edge.flow} d={pathOf(edge)} class={edgeClass(edge)} vector-effect="non-scaling-stroke" marker-end={edge.recycling ? 'url(#arrow)' : undefined} />
          ))}
        </svg>
        {graph.edges.filter((edge) => edge.recycling).map((edge) => (
          <span key={edge.flow} class={`back-label${path && !path.flows.has(edge.flow) ? ' off' : ''}`} style={labelPlace(edge)}>
            {t('chain.back', { from: nameById(segments, edge.from), to: nameById(segments, edge.to) })}
          </span>
        ))}
        {graph.nodes.map((node) => (
          <Node
            key={node.segment}
            node={node}
            segment={segments.get(node.segment)}
            roles={roles}
            on={isOn(node.segment)}
            chosen={chosen === node.segment}
            inOrder={inOrder === node.segment}
            onFocus={() => (last.value = node.segment)}
          />
        ))}
      </div>
      <p id="graph-keys" class="quiet graph-keys">
        {t('chain.keys')}
      </p>
    </div>
  );
}

const nameById = (segments: Map<string, Entity>, id: string) => {
  const found = segments.get(id);
  return found ? nameOf(found) : id;
};
/* The top left one: where reading begins. */
const firstOf = (nodes: GraphNode[]) => nodes.reduce<GraphNode | null>((best, node) => (!best || node.x < best.x || (node.x === best.x && node.y < best.y) ? node : best), null)?.segment;

/* Layout's units; chains.css multiplies them by --kx and --ky, so that letters keep their size. */
const placed = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({ '--x': x, '--y': y, '--w': width, '--h': height });

/* Along the lowest level run of a return flow. */
function labelPlace(edge: GraphEdge) {
  const y = Math.max(...edge.points.map((point) => point[1]));
  const xs = edge.points.filter((point) => point[1] === y).map((point) => point[0]);
  return { '--x': (Math.min(...xs) + Math.max(...xs)) / 2, '--y': y };
}

/* A level run where two points have one height, else an S with level ends; return flows keep their corners. */
function pathOf(edge: GraphEdge): string {
  const [first, ...rest] = edge.points;
  let [x, y] = first!;
  let d = `M${x} ${y}`;
  for (const [nextX, nextY] of rest) {
    if (edge.recycling || nextY === y) d += `L${nextX} ${nextY}`;
    else d += `C${(x + nextX) / 2} ${y} ${(x + nextX) / 2} ${nextY} ${nextX} ${nextY}`;
    [x, y] = [nextX, nextY];
  }
  return d;
}

interface NodeProps { node: GraphNode; segment: Entity | undefined; roles: Entity[]; on: boolean; chosen: boolean; inOrder: boolean; onFocus: () => void }
function Node({ node, segment, roles, on, chosen, inOrder, onFocus }: NodeProps) {
  const strength = strengthOf(segment);
  const name = segment ? nameOf(segment) : node.segment;
  const leaders = firmsOf(roles, node.segment).filter((firm) => firm.leader);
  const classes = ['node', `node-${strength}`, on ? '' : 'off', chosen ? 'chosen' : ''].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      id={`node-${node.segment}`}
      class={classes}
      aria-pressed={chosen}
      title={leaders.length ? `${t('chain.leaders')} ${firmNames(leaders)}` : name}
      tabIndex={inOrder ? 0 : -1}
      style={placed(node)}
      onFocus={onFocus}
      onClick={() => chooseSegment(chosen ? '' : node.segment)}
    >
      <span class="node-name">{name}</span>{' '}
      <span class="node-state">
        <span>{t(`strength.${strength}`)}</span>{' '}
        {leaders.length > 0 && <i class="leader-mark" />}
        {node.enterprises > 0 ? <b>{t('chain.firms', { n: grouped(node.enterprises) })}</b> : node.planned > 0 && <b>{t('chain.planned', { n: grouped(node.planned) })}</b>}
      </span>
      {leaders.length > 0 && (
        <span class="visually-hidden">
          {' '}
          {t('chain.leaders')} {firmNames(leaders)}
        </span>
      )}
    </button>
  );
}
