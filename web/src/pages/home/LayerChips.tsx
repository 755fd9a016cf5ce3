/* Which kinds the map draws, each with how many there are. */
import { t } from '../../i18n';
import { LAYERS } from '../../map/scene';
import { kindTitle, meta } from '../../model';
import { grouped } from '../../units';
import { layers, toggleLayer } from './home';

export function LayerChips() {
  return (
    <div class="layer-chips" role="group" aria-label={t('layers.label')}>
      {LAYERS.filter((layer) => (meta.value?.kinds[layer]?.count ?? 0) > 0).map((layer) => (
        <button type="button" key={layer} class="chip" aria-pressed={layers.value.includes(layer)} onClick={() => toggleLayer(layer)}>
          <i class={`dot dot-${layer}`} aria-hidden="true" />
          {kindTitle(layer)} <b>{grouped(meta.value?.kinds[layer]?.count ?? 0)}</b>
        </button>
      ))}
    </div>
  );
}
