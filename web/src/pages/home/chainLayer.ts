/* chainLayer.ts: one chain laid over the map (`chains=ID`): counties by its firms, and only the parks planned for it. */
import { getEntity, getList, quote } from '../../api';
import type { Entity } from '../../api';
import { listOf } from '../../model';
import { useResource } from '../../resource';
import { change, param } from '../../state';
import { shadesOf } from '../chains/ramp';

export const chainShown = () => (param('chains').includes(',') ? '' : param('chains'));

/* The list beside the map is then of its firms. */
export const showChain = (id: string) => change({ chains: id || null, list: id ? 'enterprise' : null });

export interface ChainLayer { chain: Entity; parks: string[]; shade: Map<string, number>; width: number }

export function useChainLayer(): ChainLayer | null {
  const id = chainShown();
  const read = useResource(id && `chain-layer|${id}`, async (abort) => {
    const [chain, firms] = await Promise.all([getEntity('chain', id, abort), getList('enterprise', { filter: `chains = ${quote(id)}`, limit: 0, facets: 'region' }, abort)]);
    const counts = new Map((firms.facets?.['region'] ?? []).map(({ value, count }) => [value, count]));
    return { chain, parks: listOf(chain, 'parks'), ...shadesOf(counts) };
  });
  return id && read.data.value?.chain.id === id ? read.data.value : null;
}
