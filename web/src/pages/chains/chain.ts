/* chain.ts: one chain as its page needs it: segments, who is on each, and which of them lie on one path. */
import type { Entity } from '../../api';
import { call, getList, quote } from '../../api';
import { codeLabel, isSample, refName } from '../../model';
import { change, lang, param, select, selected } from '../../state';

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
  return { id, segments: segments.items, roles: roles.filter((role) => !role.maybe) };
}

export const STRENGTHS = ['strong', 'growing', 'weak', 'gap'] as const;
export type Strength = (typeof STRENGTHS)[number] | 'unjudged';
export const strengthOf = (segment: Entity | undefined): Strength => STRENGTHS.find((one) => one === segment?.fields['strength']) ?? 'unjudged';

/* Strengths and stages that one may narrow to, in the order people say them. */
export const CHOICES = { strength: [...STRENGTHS, 'unjudged'], stage: ['up', 'mid', 'down'] } as const;
export type Narrowing = keyof typeof CHOICES;

/* What is chosen on the page, all in the URL. */
export const chosenOf = (what: Narrowing) => param(what).split(',').filter(Boolean);
export const toggle = (what: Narrowing, value: string) => {
  const now = chosenOf(what);
  change({ [what]: (now.includes(value) ? now.filter((one) => one !== value) : [...now, value]).join(',') || null }, 'replace');
};
export const onlyGaps = () => param('strength') === 'gap';
export const toggleGaps = () => change({ strength: onlyGaps() ? null : 'gap' }, 'replace');
export const isNarrowed = () => param('strength') !== '' || param('stage') !== '';
const holds = (what: Narrowing, value: string) => !chosenOf(what).length || chosenOf(what).includes(value);
export const isShown = (segment: Entity | undefined) => holds('strength', strengthOf(segment)) && holds('stage', String(segment?.fields['stage'] ?? ''));
export const chosenSegment = () => (selected.value?.kind === 'segment' ? selected.value.id : '');
export const chooseSegment = (id: string) => select(id ? { kind: 'segment', id } : null);

export const stageOf = (segment: Entity) => codeLabel('chain_stage', String(segment.fields['stage'] ?? ''));

/* The part of a chain where it is weakest: the stage and type with the most gaps, then the most weak segments; only the
 * stage where two types are equal, nothing where two stages are. */
export function weakestPart(segments: Entity[]): { stage: string; type?: string } | null {
  const badness = (some: Entity[]) => some.reduce((sum, one) => sum + (strengthOf(one) === 'gap' ? 1000 : strengthOf(one) === 'weak' ? 1 : 0), 0);
  const worst = (some: Entity[], field: string) => {
    const values = [...new Set(some.map((one) => String(one.fields[field] ?? '')))];
    const [first, second] = values.map((value) => ({ value, n: badness(some.filter((one) => one.fields[field] === value)) })).sort((a, b) => b.n - a.n);
    return first && first.n > (second?.n ?? 0) ? first.value : null;
  };
  const stage = worst(segments, 'stage');
  if (!stage) return null;
  const type = worst(segments.filter((one) => one.fields['stage'] === stage), 'type');
  return { stage, ...(type ? { type } : {}) };
}

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

/* One firm on a segment, in the most of the roles that it has there. */
export interface Firm { id: string; role: Entity; planned: boolean; leader: boolean }

const RANK = ['leader', 'maker', 'planned'];
const rank = (role: Entity) => RANK.indexOf(String(role.fields['type']));

/* Firms of a segment, each once: leaders first, then makers, then those that plan to. */
export function firmsOf(roles: Entity[], segment: string): Firm[] {
  const firms = new Map<string, Entity>();
  for (const role of roles) {
    if (role.fields['segment'] !== segment) continue;
    const id = String(role.fields['enterprise']);
    const before = firms.get(id);
    if (!before || rank(role) < rank(before)) firms.set(id, role);
  }
  return [...firms]
    .map(([id, role]) => ({ id, role, planned: role.fields['type'] === 'planned', leader: role.fields['type'] === 'leader' }))
    .sort((a, b) => rank(a.role) - rank(b.role) || (refName(a.role, a.id) < refName(b.role, b.id) ? -1 : 1));
}
export const firmNames = (firms: Firm[]) => firms.map((firm) => refName(firm.role, firm.id)).join(comma());

/* Firms that make a thing now, on any of some segments, each once. */
export const makersOn = (roles: Entity[], segments: string[]) =>
  new Set(roles.filter((role) => role.fields['type'] !== 'planned' && segments.includes(String(role.fields['segment']))).map((role) => String(role.fields['enterprise'])));
export const leadersOf = (roles: Entity[]) => roles.filter((role) => role.fields['type'] === 'leader').sort((a, b) => Number(isSample(a)) - Number(isSample(b)));

export const suppliersOf = (edges: GraphEdge[], id: string) => [...new Set(edges.filter((edge) => edge.to === id).map((edge) => edge.from))];
export const customersOf = (edges: GraphEdge[], id: string) => [...new Set(edges.filter((edge) => edge.from === id).map((edge) => edge.to))];

/* Between things named in a row. */
export const comma = () => (lang.value === 'en' ? ', ' : '\u3001');
