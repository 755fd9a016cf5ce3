/* Which kinds the map draws, each with how many there are. */
import { getList } from '../../api';
import { t } from '../../i18n';
import { LAYERS } from '../../map/scene';
import { kindTitle, meta, nameOf } from '../../model';
import { useResource } from '../../resource';
import { grouped } from '../../units';
import { chainShown, showChain } from './chainLayer';
import { layers, toggleLayer } from './home';

const CHAINS_MAX = 200;

/* One of the chains, or none. */
function ChainChoice() {
  const chains = useResource('layer-chains', (abort) => getList('chain', { limit: CHAINS_MAX, sort: 'name_zh' }, abort));
  const items = chains.data.value?.items ?? [];
  if (!items.length) return null;
  const id = chainShown();
  return (
    <label class={id ? 'chip chain-choice on' : 'chip chain-choice'}>
      <span class="visually-hidden">{t('layers.chain')}</span>
      <select value={id} onChange={(event) => showChain(event.currentTarget.value)}>
        <option value="">{t('layers.chain')}</option>
        {items.map((chain) => (
          <option key={chain.id} value={chain.id}>
            {nameOf(chain)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function LayerChips() {
  return (
    <div class="layer-chips" role="group" aria-label={t('layers.label')}>
      {LAYERS.filter((layer) => (meta.value?.kinds[layer]?.count ?? 0) > 0).map((layer) => (
        <button type="button" key={layer} class="chip" aria-pressed={layers.value.includes(layer)} onClick={() => toggleLayer(layer)}>
          <i class={`dot dot-${layer}`} aria-hidden="true" />
          {kindTitle(layer)} <b>{grouped(meta.value?.kinds[layer]?.count ?? 0)}</b>
        </button>
      ))}
      <ChainChoice />
    </div>
  );
}
