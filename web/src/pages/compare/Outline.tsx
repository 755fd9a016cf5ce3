/* The shape of a place, all in boxes of one size; a place known as a point is a disc. */
import type { Entity } from '../../api';
import { t } from '../../i18n';
import { titleOf } from '../../kinds';

const WIDTH = 116;
const HEIGHT = 78;
const MARGIN = 8;

export function Outline({ entity }: { entity: Entity }) {
  const shape = entity.geometry;
  const rings = shape?.type === 'Polygon' ? shape.coordinates : shape?.type === 'MultiPolygon' ? shape.coordinates.flat() : [];
  const label = t('compare.outline', { name: titleOf(entity) });
  if (!rings.length || !entity.box) {
    return (
      <svg class="outline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {entity.anchor && <circle cx={WIDTH / 2} cy={HEIGHT / 2} r="7" class="outline-point" />}
      </svg>
    );
  }
  const [west, south, east, north] = entity.box;
  const stretch = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((WIDTH - 2 * MARGIN) / ((east - west) * stretch || 1e-9), (HEIGHT - 2 * MARGIN) / (north - south || 1e-9));
  const x = (lon: number) => WIDTH / 2 + (lon - (west + east) / 2) * stretch * scale;
  const y = (lat: number) => HEIGHT / 2 - (lat - (south + north) / 2) * scale;
  const path = rings.map((ring) => `${ring.map(([lon = 0, lat = 0], n) => `${n ? 'L' : 'M'}${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('')}Z`).join('');
  return (
    <svg class="outline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path d={path} class="outline-shape" />
    </svg>
  );
}
