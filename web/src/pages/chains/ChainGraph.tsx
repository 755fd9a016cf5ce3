/* The graph of a chain: lanes for up, mid and downstream; segments as buttons over an SVG of their flows. Arrow keys go
 * to the nearest segment in that direction. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Entity } from '../../api';
import { t } from '../../i18n';
import { codeLabel, nameOf } from '../../model';
import { grouped } from '../../units';
import { chooseSegment, chosenSegment, isShown, nearest, pathOfSegment, strengthOf } from './chain';
import type { Graph, GraphEdge, GraphNode } from './chain';

const LEAST_SCALE = 0.62;
const PADDING_PX = 10;

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

export function ChainGraph({ graph, segments }: { graph: Graph; segments: Map<string, Entity> }) {
  const frame = useRef<HTMLDivElement>(null);
  const scale = useSignal(1);
  const chosen = chosenSegment();
  const path = chosen ? pathOfSegment(graph.edges, chosen) : null;
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const fit = () => (scale.value = Math.max(LEAST_SCALE, Math.min(1, (element.clientWidth - 2 * PADDING_PX) / graph.width)));
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
  const isGap = (id: string) => strengthOf(segments.get(id)) === 'gap';
  const edgeClass = (edge: GraphEdge) =>
    ['edge', isGap(edge.from) || isGap(edge.to) ? 'edge-gap' : '', edge.recycling ? 'edge-back' : '', path ? (path.flows.has(edge.flow) ? 'on' : 'off') : ''].filter(Boolean).join(' ');
  return (
    <div class="graph-frame" ref={frame}>
      <div class="graph-size" style={{ width: `${graph.width * scale.value}px`, height: `${graph.height * scale.value}px` }}>
        <div class="graph" role="group" aria-label={t('chain.graph')} style={{ width: `${graph.width}px`, height: `${graph.height}px`, transform: `scale(${scale.value})` }} onKeyDown={press}>
          {graph.lanes.map((lane) => (
            <div key={lane.stage} class="lane" style={{ left: `${lane.x}px`, top: `${lane.y}px`, width: `${lane.width}px`, height: `${lane.height}px` }}>
              {codeLabel('chain_stage', lane.stage)}
            </div>
          ))}
          <svg width={graph.width} height={graph.height} aria-hidden="true" focusable="false">
            <defs>
              <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                <path d="M0 0 8 4 0 8Z" class="arrow" />
              </marker>
            </defs>
            {graph.edges.map((edge) => (
              <path key={edge.flow} d={pathOf(edge)} class={edgeClass(edge)} marker-end={edge.recycling ? 'url(#arrow)' : undefined} />
            ))}
          </svg>
          {graph.nodes.map((node) => (
            <Node key={node.segment} node={node} segment={segments.get(node.segment)} off={path !== null && !path.segments.has(node.segment)} chosen={chosen === node.segment} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Node({ node, segment, off, chosen }: { node: GraphNode; segment: Entity | undefined; off: boolean; chosen: boolean }) {
  const strength = strengthOf(segment);
  const classes = ['node', `node-${strength}`, off || !isShown(segment) ? 'off' : '', chosen ? 'chosen' : ''].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      id={`node-${node.segment}`}
      class={classes}
      aria-pressed={chosen}
      style={{ left: `${node.x}px`, top: `${node.y}px`, width: `${node.width}px`, height: `${node.height}px` }}
      onClick={() => chooseSegment(chosen ? '' : node.segment)}
    >
      <span class="node-name">{segment ? nameOf(segment) : node.segment}</span>
      <span class="node-state">
        <span>{t(`strength.${strength}`)}</span>
        {node.enterprises > 0 && <b>{t('chain.firms', { n: grouped(node.enterprises) })}</b>}
      </span>
    </button>
  );
}
