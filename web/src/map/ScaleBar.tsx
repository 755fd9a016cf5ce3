/* map/ScaleBar.tsx: a round distance at the middle of the view. */
import { t } from '../i18n';
import type { View } from './scene';

const EQUATOR_M = 40_075_016.686;
const WORLD_PX = 512;
const WIDTH_MAX_PX = 90;

export function ScaleBar({ view }: { view: View }) {
  const metresPerPx = (EQUATOR_M * Math.cos((view.center[1] * Math.PI) / 180)) / (WORLD_PX * 2 ** view.zoom);
  const most = WIDTH_MAX_PX * metresPerPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const length_m = [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
  const text = length_m >= 1000 ? `${length_m / 1000} km` : `${length_m} m`;
  return (
    <div class="scale-bar" style={{ width: `${length_m / metresPerPx}px` }} role="img" aria-label={t('map.scale', { length: text })}>
      {text}
    </div>
  );
}
