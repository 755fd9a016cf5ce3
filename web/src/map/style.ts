/* map/style.ts: a scene as a MapLibre style. A pure function of the scene: the library applies the difference. */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { CELLS_BELOW_ZOOM, SOURCE_MAX_ZOOM } from './gl';
import { SPACE_PX } from './images';
import { FONT_STACK, STRONG_STACK, cityNames, groundLayers, groundSources, nameIn as name, townNames } from './groundStyle';
import type { Colour } from './groundStyle';
import { JUNCTIONS_FROM_ZOOM, MARKS, NAMED_FIRST, PORT_NAMES_FROM_ZOOM, discRadius_px, tokens } from './scene';
import type { Mark, Scene } from './scene';
import type { Under } from './under';

const tilesOf = (kind: string, filter = '') =>
  `${location.origin}/tiles/${kind}/{z}/{x}/{y}.mvt${filter ? `?filter=${encodeURIComponent(filter)}` : ''}`;

export function styleOf(scene: Scene, under: Under | null): StyleSpecification {
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
      ...groundSources(scene, under),
    },
    layers: [
      ...groundLayers(scene, under, colour),
      ...townNames(scene, under, colour),
      ...(scene.layers.includes('parcel') ? parcelLayers(scene, colour) : []),
      ...(scene.layers.includes('facility') ? facilityLayers(scene, colour) : []),
      ...marksOf(scene).flatMap((kind) => markLayers(scene, colour, kind)),
      ...cityNames(scene, under, colour),
      ...(scene.layers.includes('park') ? parkLayers(scene, colour) : []),
      // Names give way to what is drawn after them: towns to ports, ports to cities, then parks, counties, counts; and all to
      // the parks' discs.
      countyNames(colour),
      ...(scene.layers.includes('parcel') ? [cellLayer(scene, colour, farCells), cellLayer(scene, colour, denseCells)] : []),
      ...(scene.layers.includes('park') ? [parkSpace(scene)] : []),
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
      filter: ['!', ['has', 'count']],
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
    { id: 'parcel-unknown', type: 'line', ...source, filter: ['!', ['any', known, ['has', 'count']]], paint: { 'line-color': colour('text-2'), 'line-width': 1, 'line-dasharray': [2, 2] } },
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

/* Far out all plots come as counts; closer, those of a tile that has more of them than can be shown. */
const farCells = { id: 'cells', source: 'cells', maxzoom: CELLS_BELOW_ZOOM };
const denseCells = { id: 'parcel-cells', source: 'parcel', minzoom: CELLS_BELOW_ZOOM };

const cellLayer = (scene: Scene, colour: Colour, where: typeof farCells | typeof denseCells): LayerSpecification => ({
  ...where,
  type: 'symbol',
  'source-layer': 'parcel',
  filter: ['has', 'count'],
  layout: {
    'icon-image': `cell:${scene.theme}`,
    'icon-text-fit': 'both',
    'icon-text-fit-padding': [1, 4, 1, 4],
    'icon-allow-overlap': true,
    'text-allow-overlap': true,
    // Each is drawn; where two would cover each other, one steps aside.
    'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right', 'top-left', 'top-right', 'bottom-left', 'bottom-right'],
    'text-radial-offset': 1.6,
    // What is not known is counted apart, and marked.
    'text-field': ['concat', ['to-string', ['get', 'count']], ['case', ['>', ['coalesce', ['get', 'maybe'], 0], 0], ['concat', '+', ['to-string', ['get', 'maybe']], '?'], '']],
    'text-font': STRONG_STACK,
    'text-size': 13,
  },
  paint: { 'text-color': colour('text-2') },
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
      'text-padding': 6,
      'symbol-sort-key': ['match', ['get', 'type'], 'airport', 0, 'rail_station', 1, 2],
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
  const others: ExpressionSpecification = ['!=', ['get', 'type'], 'motorway_junction'];
  const few: ExpressionSpecification = ['in', ['get', 'type'], ['literal', NAMED_FIRST]];
  const named: FilterSpecification = ['all', others, ['any', isSelected(scene, 'facility'), ['step', ['zoom'], few, PORT_NAMES_FROM_ZOOM, true]]];
  return [mark('junction', junction), mark('facility', others), pill('junction-name', junction), pill('facility-name', named)];
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

const parkFilter = (scene: Scene): FilterSpecification => (scene.parks ? ['in', ['get', 'id'], ['literal', [...scene.parks]]] : true);
function parkRadius(scene: Scene): ExpressionSpecification {
  const sizes = [...scene.parkArea_m2].flatMap(([id, area_m2]) => [id, discRadius_px(area_m2)]);
  return (sizes.length ? ['match', ['get', 'id'], ...sizes, discRadius_px(undefined)] : ['literal', discRadius_px(undefined)]) as unknown as ExpressionSpecification;
}

/* Nothing to see: keeps names and counts off the discs, which the library does not count among what is in the way. */
const parkSpace = (scene: Scene): LayerSpecification => ({
  id: 'park-space',
  type: 'symbol',
  source: 'park',
  'source-layer': 'park',
  filter: parkFilter(scene),
  layout: { 'icon-image': `space:${scene.theme}`, 'icon-size': ['/', ['+', parkRadius(scene), 3], SPACE_PX / 2], 'icon-allow-overlap': true, 'icon-padding': 0 },
});

/* A disc in a pale ring; a ring alone where the place is not surveyed. */
function parkLayers(scene: Scene, colour: Colour): LayerSpecification[] {
  const source = { source: 'park', 'source-layer': 'park' };
  const some = parkFilter(scene);
  const radius = parkRadius(scene);
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
