/* What the marks mean at this zoom: colour, shape and word. */
import { Swatch } from '../../components/bits';
import { t } from '../../i18n';
import { hasWebGl2 } from '../../map/scene';
import type { Offer } from '../../model';
import { model } from '../../model';
import { RampLegend } from '../chains/ramp';
import { layers } from './home';

const OFFERS: Offer[] = ['open', 'preparing', 'promised', 'closed', 'unknown'];

export function Legend({ zoom, width }: { zoom: number; /* Of a step of the ramp; 0: no chain is shown. */ width: number }) {
  const cells = zoom < (model.value?.kinds.parcel.cells_below_zoom ?? 11);
  const shows = layers.value;
  if (!shows.length && !width) return null;
  return (
    <ul class="legend" aria-label={t('legend.label')}>
      {width > 0 && <RampLegend width={width} />}
      {shows.includes('park') && (
        <>
          <li>
            <i class="dot dot-park" /> {t('legend.park')}
          </li>
          <li>
            <i class="dot dot-hollow" /> {t('legend.approximate')}
          </li>
        </>
      )}
      {shows.includes('facility') && (
        <li class="of-facility">
          <i class="dot dot-facility" /> {t('legend.facility')}
        </li>
      )}
      {shows.includes('parcel') &&
        (cells ? (
          <li>
            <i class="cell-mark">21</i> {t(hasWebGl2() ? 'legend.cell' : 'legend.county')}
          </li>
        ) : (
          OFFERS.map((offer) => (
            <li key={offer}>
              <Swatch offer={offer} /> {t(`offer.${offer}`)}
            </li>
          ))
        ))}
    </ul>
  );
}
