/* chain.ts: one chain as its page needs it: segments, who is on each, and which of them lie on one path. */
import type { Entity } from '../../api';
import { call } from '../../api';
import { getList, quote } from '../../api';
import { nameOf } from '../../model';
import { change, param, select, selected } from '../../state';

export interface GraphNode { segment: string; x: number; y: number; width: number; height: number; stage: string; step: number; enterprises: number; planned: number; illustrative: boolean }
export interface GraphEdge { flow: string; from: string; to: string; points: [number, number][]; recycling: boolean }
export interface Graph {
  id: string;
  width: number;
  height: number;
  lanes: { stage: string; x: number; y: number; width: number; height: number }[];
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export const getGraph = (id: string, node: string, signal?: AbortSignal) => call<Graph>(`/api/chain/${encodeURIComponent(id)}/graph?node=${node}`, { signal });

const ROLES_PAGE = 200;
const ROLES_PAGES_MAX = 5;

/* All that is on a chain: up to a thousand roles. */
export async function readChain(id: string, signal: AbortSignal) {
  const filter = `chain = ${quote(id)}`;
  const [segments, first] = await Promise.all([getList('segment', { filter, limit: 200 }, signal), getList('role', { filter, limit: ROLES_PAGE }, signal)]);
  const roles = [...first.items];
  for (let page = 1; page < ROLES_PAGES_MAX && roles.length < first.yes; page++) {
    roles.push(...(await getList('role', { filter, limit: ROLES_PAGE, offset: page * ROLES_PAGE }, signal)).items);
  }
  return { segments: segments.items, roles: roles.filter((role) => !role.maybe) };
}

export const STRENGTHS = ['strong', 'growing', 'weak', 'gap'] as const;
export type Strength = (typeof STRENGTHS)[number] | 'unjudged';
export const strengthOf = (segment: Entity | undefined): Strength => STRENGTHS.find((one) => one === segment?.fields['strength']) ?? 'unjudged';

/* What is chosen on the page, all in the URL. */
export const chosenStrengths = () => param('strength').split(',').filter(Boolean);
export const toggleStrength = (strength: string) => {
  const now = chosenStrengths();
  change({ strength: (now.includes(strength) ? now.filter((one) => one !== strength) : [...now, strength]).join(',') || null }, 'replace');
};
export const isShown = (segment: Entity | undefined) => !chosenStrengths().length || chosenStrengths().includes(strengthOf(segment));
export const chosenSegment = () => (selected.value?.kind === 'segment' ? selected.value.id : '');
export const chooseSegment = (id: string) => select(id ? { kind: 'segment', id } : null);

/* Everything that leads to a segment and everything it leads to, with the flows between. */
export function pathOfSegment(edges: GraphEdge[], id: string): { segments: Set<string>; flows: Set<string> } {
  const segments = new Set([id]);
  const flows = new Set<string>();
  for (const [here, there] of [['to', 'from'], ['from', 'to']] as const) {
    const waiting = [id];
    const seen = new Set(waiting);
    while (waiting.length) {
      const now = waiting.pop()!;
      for (const edge of edges) {
        if (edge[here] !== now || edge.recycling) continue;
        flows.add(edge.flow);
        segments.add(edge[there]);
        if (!seen.has(edge[there])) waiting.push(edge[there]);
        seen.add(edge[there]);
      }
    }
  }
  return { segments, flows };
}

/* The node that lies nearest in a direction: what is straight ahead counts for more than what is aside. */
export function nearest(nodes: GraphNode[], from: GraphNode, key: string): GraphNode | null {
  const dx = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const dy = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  let best: GraphNode | null = null;
  let least = Infinity;
  for (const node of nodes) {
    const [x, y] = [node.x - from.x, node.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead <= 0 || node.segment === from.segment) continue;
    const away = ahead + aside * 2;
    if (away < least) [best, least] = [node, away];
  }
  return best;
}

/* Firms of a segment, each once, as the most it is: leaders first, then makers, then those that plan to. */
const RANK = ['leader', 'maker', 'planned'];
export function rolesOf(roles: Entity[], segment: string): Entity[] {
  const firms = new Set<unknown>();
  return roles
    .filter((role) => role.fields['segment'] === segment)
    .sort((a, b) => RANK.indexOf(String(a.fields['type'])) - RANK.indexOf(String(b.fields['type'])) || (nameOf(a) < nameOf(b) ? -1 : 1))
    .filter(({ fields }) => !firms.has(fields['enterprise']) && firms.add(fields['enterprise']));
}
export const leadersOf = (roles: Entity[]) => roles.filter((role) => role.fields['type'] === 'leader');
