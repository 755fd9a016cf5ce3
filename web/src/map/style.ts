/* map/style.ts: a scene as a MapLibre style. A pure function of the scene: the library applies the difference. */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { CELLS_BELOW_ZOOM, SOURCE_MAX_ZOOM } from './gl';
import { GROUND } from './ground';
import { JUNCTIONS_FROM_ZOOM, MARKS, discRadius_px, tokens } from './scene';
import type { Mark, Scene } from './scene';

/* The library reads a weight from the first family's name: styles/fonts.css calls the same file Semibold too. */
export const FONT_STACK = ['Inter Variable', 'Noto Sans SC Variable'];
export const STRONG_STACK = ['Inter Semibold', 'Noto Sans SC Variable'];

const tilesOf = (kind: string, filter = '') =>
  `${location.origin}/tiles/${kind}/{z}/{x}/{y}.mvt${filter ? `?filter=${encodeURIComponent(filter)}` : ''}`;

type Colour = (name: string) => string;

export function styleOf(scene: Scene): StyleSpecification {
  const colour = tokens();
  const filter = scene.parcelFilter;
  return {
    version: 8,
    sources: {
      region: { type: 'vector', tiles: [tilesOf('region')], maxzoom: SOURCE_MAX_ZOOM },
      park: { type: 'vector', tiles: [tilesOf('park')], maxzoom: SOURCE_MAX_ZOOM },
      facility: { type: 'vector', tiles: [tilesOf('facility')], maxzoom: SOURCE_MAX_ZOOM },
      ...Object.fromEntries(marksOf(scene).map((kind) => [kind, { type: 'vector' as const, tiles: [tilesOf(kind)], maxzoom: SOURCE_MAX_ZOOM }])),
      // The cells and the plots are two sources, so that one never stands in for the other while a tile loads.
      cells: { type: 'vector', tiles: [tilesOf('parcel', filter)], maxzoom: CELLS_BELOW_ZOOM - 1 },
      parcel: { type: 'vector', tiles: [tilesOf('parcel', filter)], minzoom: CELLS_BELOW_ZOOM, maxzoom: SOURCE_MAX_ZOOM },
      county: { type: 'geojson', data: countyLabels(scene) },
      sea: { type: 'geojson', data: location.origin + GROUND.sea },
      water: { type: 'geojson', data: location.origin + GROUND.water },
      rivers: { type: 'geojson', data: location.origin + GROUND.rivers },
      places: { type: 'geojson', data: scene.places },
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': colour('map-land') } },
      { id: 'sea', type: 'fill', source: 'sea', paint: { 'fill-color': colour('map-sea') } },
      { id: 'coast', type: 'line', source: 'sea', paint: { 'line-color': colour('map-line'), 'line-width': 0.75 } },
      ...regionLayers(scene, colour),
      // Rivers over the counties' tint, under everything that stands there.
      { id: 'water', type: 'fill', source: 'water', paint: { 'fill-color': colour('map-sea') } },
      { id: 'river', type: 'line', source: 'rivers', paint: { 'line-color': colour('map-sea'), 'line-width': ['interpolate', ['linear'], ['zoom'], 8, ['match', ['get', 'level'], [0, 1, 2], 1.2, 0.6], 13, ['match', ['get', 'level'], [0, 1, 2], 4, 2]] } },
      placeNames(scene, colour),
      ...(scene.layers.includes('parcel') ? parcelLayers(scene, colour) : []),
      ...(scene.layers.includes('facility') ? facilityLayers(scene, colour) : []),
      ...marksOf(scene).flatMap((kind) => markLayers(scene, colour, kind)),
      ...(scene.layers.includes('park') ? parkLayers(scene, colour) : []),
      // Names give way to what is drawn after them: ports to parks, parks to counties, all to counts.
      countyNames(colour),
      ...(scene.layers.includes('parcel') ? [cellLayer(scene, colour)] : []),
    ],
  };
}

const marksOf = (scene: Scene) => MARKS.filter((kind) => scene.layers.includes(kind));

function countyLabels(scene: Scene): GeoJSON.FeatureCollection {
  const features = scene.counties
    .filter((county) => county.anchor)
    .map((county): GeoJSON.Feature => ({
      type: 'Feature',
      properties: { name: (scene.lang === 'en' ? county.fields['name_en'] : county.fields['name_zh']) ?? county.id },
      geometry: { type: 'Point', coordinates: county.anchor! },
    }));
  return { type: 'FeatureCollection', features };
}

const isSelected = (scene: Scene, kind: string): ExpressionSpecification => [
  '==',
  ['get', 'id'],
  scene.selected?.kind === kind ? scene.selected.id : '',
];
const name = (scene: Scene): ExpressionSpecification =>
  scene.lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name_zh'], ''] : ['coalesce', ['get', 'name_zh'], ['get', 'name_en'], ''];

/* One tint, or a step of the ramp for each. */
function countyFill(scene: Scene, colour: Colour): ExpressionSpecification | string {
  if (!scene.shade?.size) return colour(scene.shade ? 'c0' : 'map-county');
  return ['match', ['get', 'id'], ...[...scene.shade].flatMap(([id, step]) => [id, colour(`c${step}`)]), colour('c0')] as unknown as ExpressionSpecification;
}

function regionLayers(scene: Scene, colour: Colour): LayerSpecification[] {
  const source = { source: 'region', 'source-layer': 'region' };
  const county: FilterSpecification = ['==', ['get', 'level'], 'county'];
  const city: FilterSpecification = ['==', ['get', 'level'], 'city'];
  return [
    { id: 'region-fill', type: 'fill', ...source, filter: county, paint: { 'fill-color': countyFill(scene, colour) } },
    { id: 'region-line', type: 'line', ...source, filter: county, paint: { 'line-color': colour('map-county-line'), 'line-width': 1 } },
    { id: 'region-edge', type: 'line', ...source, filter: city, paint: { 'line-color': colour('map-city-line'), 'line-width': 1.4 } },
    {
      id: 'region-chosen',
      type: 'line',
      ...source,
      filter: ['all', county, ['==', ['get', 'id'], scene.county]],
      paint: { 'line-color': colour('text'), 'line-width': 1.75 },
    },
  ];
}

/* By what may be had: solid tint, dotted, hatched, grey; dashed where the state is not known. */
function parcelLayers(scene: Scene, colour: Colour): LayerSpecification[] {
  const source = { source: 'parcel', 'source-layer': 'parcel', minzoom: CELLS_BELOW_ZOOM };
  const preparing: ExpressionSpecification = ['in', ['coalesce', ['get', 'land_state'], ''], ['literal', ['planned', 'acquiring']]];
  const known: ExpressionSpecification = ['has', 'land_state'];
  const patterned = (id: string, image: string, filter: FilterSpecification): LayerSpecification => ({
    id,
    type: 'fill',
    ...source,
    filter,
    paint: { 'fill-pattern': `${image}:${scene.theme}` },
  });
  return [
    {
      id: 'parcel-fill',
      type: 'fill',
      ...source,
      paint: { 'fill-color': ['match', ['coalesce', ['get', 'offer'], ''], 'open', colour('plot-open'), 'closed', colour('taken'), colour('surface')] },
    },
    patterned('parcel-preparing', 'dots', preparing),
    patterned('parcel-promised', 'hatch', ['==', ['get', 'offer'], 'promised']),
    {
      id: 'parcel-line',
      type: 'line',
      ...source,
      filter: known,
      paint: {
        'line-color': ['case', preparing, colour('line-2'), ['match', ['get', 'offer'], 'open', colour('brand'), 'promised', colour('weak'), colour('line-2')]],
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.6, 14, 1.4],
      },
    },
    { id: 'parcel-unknown', type: 'line', ...source, filter: ['!', known], paint: { 'line-color': colour('text-2'), 'line-width': 1, 'line-dasharray': [2, 2] } },
    { id: 'parcel-chosen', type: 'line', ...source, filter: isSelected(scene, 'parcel'), paint: { 'line-color': colour('text'), 'line-width': 3 } },
    {
      id: 'parcel-name',
      type: 'symbol',
      ...source,
      minzoom: 13.5,
      layout: { 'text-field': name(scene), 'text-font': FONT_STACK, 'text-size': 12, 'text-max-width': 7 },
      paint: { 'text-color': colour('text'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.5 },
    },
  ];
}

const cellLayer = (scene: Scene, colour: Colour): LayerSpecification => ({
  id: 'cells',
  type: 'symbol',
  source: 'cells',
  'source-layer': 'parcel',
  maxzoom: CELLS_BELOW_ZOOM,
  layout: {
    'icon-image': `cell:${scene.theme}`,
    'icon-text-fit': 'both',
    'icon-text-fit-padding': [1, 4, 1, 4],
    'icon-allow-overlap': true,
    'text-allow-overlap': true,
    // Each is drawn; where two would cover each other, one steps aside.
    'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
    'text-radial-offset': 1.5,
    // What is not known is counted apart, and marked.
    'text-field': ['concat', ['to-string', ['get', 'count']], ['case', ['>', ['coalesce', ['get', 'maybe'], 0], 0], ['concat', '+', ['to-string', ['get', 'maybe']], '?'], '']],
    'text-font': STRONG_STACK,
    'text-size': 13,
  },
  paint: { 'text-color': colour('text-2') },
});

/* Towns and neighbouring cities, the smaller ones closer in (a filter sees whole zooms only): weaker than anything the map is about. */
const placeNames = (scene: Scene, colour: Colour): LayerSpecification => ({
  id: 'place-name',
  type: 'symbol',
  source: 'places',
  filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 1, 7, 2, 8, 3, 10, 4, 12, 5]],
  layout: {
    'text-field': name(scene),
    'text-font': FONT_STACK,
    'text-size': ['match', ['get', 'rank'], 1, 13, 2, 12.5, 3, 12, 11],
    'text-padding': 6,
    'symbol-sort-key': ['get', 'rank'],
  },
  paint: { 'text-color': colour('text-3'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.2 },
});

const countyNames = (colour: Colour): LayerSpecification => ({
  id: 'county-name',
  type: 'symbol',
  source: 'county',
  layout: { 'text-field': ['get', 'name'], 'text-font': STRONG_STACK, 'text-size': 13.5, 'text-padding': 2, 'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.8 },
  paint: { 'text-color': colour('text'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.6 },
});

/* A mark for each; its name in a pill where there is room. Motorway junctions are many: only from closer. */
function facilityLayers(scene: Scene, colour: Colour): LayerSpecification[] {
  const source = { source: 'facility', 'source-layer': 'facility' };
  const icon = (image: string) => `${image}:${scene.theme}`;
  const junction: FilterSpecification = ['==', ['get', 'type'], 'motorway_junction'];
  const pill = (id: string, filter: FilterSpecification): LayerSpecification => ({
    id,
    type: 'symbol',
    ...source,
    filter,
    ...(id === 'junction-name' ? { minzoom: JUNCTIONS_FROM_ZOOM } : {}),
    layout: {
      'icon-image': ['match', ['get', 'type'], 'rail_station', icon('rail'), 'airport', icon('plane'), 'motorway_junction', icon('road'), icon('anchor')],
      'icon-text-fit': 'both',
      'icon-text-fit-padding': [1, 1, 1, 1],
      'text-field': name(scene),
      'text-font': FONT_STACK,
      'text-size': 12,
      'text-max-width': 20,
      'text-variable-anchor': ['bottom', 'top', 'left', 'right'],
      'text-radial-offset': 0.9,
    },
    paint: { 'text-color': ['case', isSelected(scene, 'facility'), colour('text'), colour('growing')] },
  });
  const mark = (id: string, filter: FilterSpecification): LayerSpecification => ({
    id,
    type: 'circle',
    ...source,
    filter,
    ...(id === 'junction' ? { minzoom: JUNCTIONS_FROM_ZOOM } : {}),
    paint: {
      'circle-radius': ['case', isSelected(scene, 'facility'), 7, 4],
      'circle-color': colour('growing'),
      'circle-stroke-color': ['case', isSelected(scene, 'facility'), colour('text'), colour('surface')],
      'circle-stroke-width': ['case', isSelected(scene, 'facility'), 2, 1.25],
    },
  });
  const others: FilterSpecification = ['!=', ['get', 'type'], 'motorway_junction'];
  return [mark('junction', junction), mark('facility', others), pill('junction-name', junction), pill('facility-name', others)];
}

/* A mark of the kind's own shape, and closer in its name. What comes counted in cells stands with its number. */
function markLayers(scene: Scene, colour: Colour, kind: Mark): LayerSpecification[] {
  const source = { source: kind, 'source-layer': kind };
  const counted: ExpressionSpecification = ['has', 'count'];
  return [
    {
      id: `${kind}-mark`,
      type: 'symbol',
      ...source,
      filter: ['!', counted],
      layout: { 'icon-image': `${kind}:${scene.theme}`, 'icon-allow-overlap': true, 'icon-size': ['case', isSelected(scene, kind), 1.5, 1] },
    },
    {
      id: `${kind}-name`,
      type: 'symbol',
      ...source,
      filter: ['!', counted],
      minzoom: 12.5,
      layout: { 'text-field': name(scene), 'text-font': FONT_STACK, 'text-size': 11.5, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.9, 'text-max-width': 12 },
      paint: { 'text-color': colour('text-2'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.4 },
    },
    {
      id: `${kind}-cells`,
      type: 'symbol',
      ...source,
      filter: counted,
      layout: {
        'icon-image': `${kind}:${scene.theme}`,
        'text-field': ['to-string', ['get', 'count']],
        'text-font': STRONG_STACK,
        'text-size': 12,
        'text-anchor': 'left',
        'text-offset': [0.8, 0],
      },
      paint: { 'text-color': colour('text-2'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.6 },
    },
    {
      id: `${kind}-chosen`,
      type: 'circle',
      ...source,
      filter: isSelected(scene, kind),
      paint: { 'circle-radius': 12, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': colour('text'), 'circle-stroke-width': 2 },
    },
  ];
}

/* A disc in a pale ring; a ring alone where the place is not surveyed. */
function parkLayers(scene: Scene, colour: Colour): LayerSpecification[] {
  const source = { source: 'park', 'source-layer': 'park' };
  const some: FilterSpecification = scene.parks ? ['in', ['get', 'id'], ['literal', [...scene.parks]]] : true;
  const sizes = [...scene.parkArea_m2].flatMap(([id, area_m2]) => [id, discRadius_px(area_m2)]);
  const radius = (sizes.length ? ['match', ['get', 'id'], ...sizes, discRadius_px(undefined)] : discRadius_px(undefined)) as unknown as ExpressionSpecification;
  const surveyed: ExpressionSpecification = ['==', ['coalesce', ['get', 'precision'], 'surveyed'], 'surveyed'];
  return [
    { id: 'park-ring', type: 'circle', ...source, filter: some, paint: { 'circle-radius': ['+', radius, 4], 'circle-color': colour('gap'), 'circle-opacity': 0.2 } },
    {
      id: 'park',
      type: 'circle',
      ...source,
      filter: some,
      paint: {
        'circle-radius': 5,
        'circle-color': ['case', surveyed, colour('gap'), colour('surface')],
        'circle-stroke-color': ['case', surveyed, colour('surface'), colour('gap')],
        'circle-stroke-width': ['case', surveyed, 1.5, 2.25],
      },
    },
    {
      id: 'park-chosen',
      type: 'circle',
      ...source,
      filter: isSelected(scene, 'park'),
      paint: { 'circle-radius': ['+', radius, 6], 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': colour('text'), 'circle-stroke-width': 2 },
    },
    {
      id: 'park-name',
      type: 'symbol',
      ...source,
      filter: some,
      layout: {
        'text-field': name(scene),
        'text-font': FONT_STACK,
        'text-size': 12,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 1.1,
        'text-justify': 'auto',
        'text-max-width': 12,
      },
      paint: { 'text-color': colour('text-2'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.5 },
    },
  ];
}
