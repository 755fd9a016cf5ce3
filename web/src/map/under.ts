/* map/under.ts: a deployment's own base map under the atlas: pictures of a tile service, or a PMTiles file that our server
 * reads in ranges. No boundary of a country or province is drawn from it: a map's boundaries are reviewed, these are not. */
import { addProtocol } from 'maplibre-gl';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { PMTiles, Protocol } from 'pmtiles';
import type { Basemap } from '../api';
import type { Theme } from '../state';

export interface Under {
  sources: Record<string, SourceSpecification>;
  layers: (theme: Theme, colour: (name: string) => string) => LayerSpecification[];
  /* Pictures cover the ground and bring names of their own. */
  pictures: boolean;
}

const PICTURE_PX = 256;
const SERVICE_MAX_ZOOM = 18;

/* Pictures are drawn for a white page: in the dark they are dimmed, not inverted, so that their colours still mean what they do. */
const picture = (id: string, theme: Theme): LayerSpecification => ({
  id,
  type: 'raster',
  source: id,
  paint: theme === 'dark' ? { 'raster-brightness-max': 0.42, 'raster-saturation': -0.5 } : { 'raster-saturation': -0.35, 'raster-opacity': 0.9 },
});

const kind: ExpressionSpecification = ['coalesce', ['get', 'kind'], ['get', 'class'], ''];
const isOneOf = (names: string[]): ExpressionSpecification => ['in', kind, ['literal', names]];
const LARGE = ['highway', 'major_road', 'motorway', 'trunk', 'primary'];
const MIDDLE = ['medium_road', 'secondary', 'tertiary'];
const SMALL = ['minor_road', 'minor', 'service', 'other'];
const RAIL = ['rail', 'transit'];

/* The names that the two usual makers of tiles (Protomaps, OpenMapTiles) give to the same things. */
function shapes(found: Set<string>, colour: (name: string) => string): LayerSpecification[] {
  const each = (names: string[], make: (layer: string) => LayerSpecification) => names.filter((layer) => found.has(layer)).map(make);
  const road = (id: string, kinds: string[], minzoom: number, widths: [number, number], line: string) => (layer: string): LayerSpecification => ({
    id: `under-${id}-${layer}`,
    type: 'line',
    source: 'under',
    'source-layer': layer,
    minzoom,
    filter: ['all', ['==', ['geometry-type'], 'LineString'], isOneOf(kinds)],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': colour(line), 'line-width': ['interpolate', ['linear'], ['zoom'], 8, widths[0], 15, widths[1]] },
  });
  const roads = ['roads', 'transportation'];
  return [
    ...each(['water'], (layer) => ({ id: `under-${layer}`, type: 'fill', source: 'under', 'source-layer': layer, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colour('map-sea') } })),
    ...each(['water', 'waterway', 'physical_line'], (layer) => ({ id: `under-line-${layer}`, type: 'line', source: 'under', 'source-layer': layer, filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': colour('map-sea'), 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.6, 14, 3] } })),
    ...each(['buildings', 'building'], (layer) => ({ id: `under-${layer}`, type: 'fill', source: 'under', 'source-layer': layer, minzoom: 14, paint: { 'fill-color': colour('map-line'), 'fill-opacity': 0.5 } })),
    ...each(roads, road('small', SMALL, 12.5, [0.3, 2], 'map-line')),
    ...each(roads, road('middle', MIDDLE, 10, [0.4, 3], 'map-line')),
    ...each(roads, road('large', LARGE, 7, [0.8, 5], 'map-line')),
    ...each([...roads, 'transit'], (layer) => ({ id: `under-rail-${layer}`, type: 'line', source: 'under', 'source-layer': layer, minzoom: 7, filter: ['all', ['==', ['geometry-type'], 'LineString'], isOneOf(RAIL)], paint: { 'line-color': colour('line-2'), 'line-width': 0.8, 'line-dasharray': [6, 3] } })),
  ];
}

/* Null if there is none, or its file cannot be read: then the map stands on its own ground. */
export async function openUnder(under: Basemap['under']): Promise<Under | null> {
  if (!under) return null;
  if (under.type === 'raster') {
    const ids = under.tiles.map((_, n) => `under-${n}`);
    const sources = Object.fromEntries(ids.map((id, n) => [id, { type: 'raster' as const, tiles: [under.tiles[n]!], tileSize: PICTURE_PX, maxzoom: SERVICE_MAX_ZOOM }]));
    return { sources, pictures: true, layers: (theme) => ids.map((id) => picture(id, theme)) };
  }
  const url = location.origin + under.url;
  const file = new PMTiles(url);
  const protocol = new Protocol();
  protocol.add(file);
  addProtocol('pmtiles', protocol.tile);
  try {
    if (under.type === 'pmtiles_raster') {
      await file.getHeader();
      return { sources: { under: { type: 'raster', url: `pmtiles://${url}`, tileSize: PICTURE_PX } }, pictures: true, layers: (theme) => [picture('under', theme)] };
    }
    const { vector_layers } = (await file.getMetadata()) as { vector_layers?: { id: string }[] };
    const found = new Set((vector_layers ?? []).map(({ id }) => id));
    return { sources: { under: { type: 'vector', url: `pmtiles://${url}` } }, pictures: false, layers: (_, colour) => shapes(found, colour) };
  } catch {
    return null;
  }
}
