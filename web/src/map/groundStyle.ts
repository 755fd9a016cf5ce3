/* map/groundStyle.ts: what lies under all that the map is about, as layers: land and sea, the counties, rivers, names. Drawn
 * from the bottom up; names give way from the top down. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { CITY_RANK, SEAT_RANK } from './ground';
import type { Scene } from './scene';
import type { Under } from './under';

export type Colour = (name: string) => string;

/* The library reads a weight from the first family's name: styles/fonts.css calls the same file Semibold too. */
export const FONT_STACK = ['Inter Variable', 'Noto Sans SC Variable'];
export const STRONG_STACK = ['Inter Semibold', 'Noto Sans SC Variable'];

export const nameIn = (scene: Scene): ExpressionSpecification =>
  scene.lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name_zh'], ''] : ['coalesce', ['get', 'name_zh'], ['get', 'name_en'], ''];

export function groundSources({ ground }: Scene, under: Under | null): Record<string, SourceSpecification> {
  return {
    land: { type: 'geojson', data: ground.land },
    sea: { type: 'geojson', data: ground.sea },
    water: { type: 'geojson', data: ground.water },
    rivers: { type: 'geojson', data: ground.rivers },
    places: { type: 'geojson', data: ground.places },
    ...under?.sources,
  };
}

/* One tint, or a step of the ramp for each. */
function countyFill(scene: Scene, colour: Colour): ExpressionSpecification | string {
  if (!scene.shade?.size) return colour(scene.shade ? 'c0' : 'map-county');
  return ['match', ['get', 'id'], ...[...scene.shade].flatMap(([id, step]) => [id, colour(`c${step}`)]), colour('c0')] as unknown as ExpressionSpecification;
}

const REGION = { source: 'region', 'source-layer': 'region' };
const COUNTY: ExpressionSpecification = ['==', ['get', 'level'], 'county'];
const RIVER_WIDTH: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 8, ['match', ['get', 'level'], [0, 1, 2], 1.2, 0.7], 13, ['match', ['get', 'level'], [0, 1, 2], 4, 2]];

/* The tint of a county ends at the coast and at a river's bank: its outline, drawn far coarser, does not. */
function ownGround(scene: Scene, colour: Colour): LayerSpecification[] {
  return [
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colour('map-land') } },
    { id: 'region-fill', type: 'fill', ...REGION, filter: COUNTY, paint: { 'fill-color': countyFill(scene, colour) } },
    { id: 'region-line', type: 'line', ...REGION, filter: COUNTY, paint: { 'line-color': colour('map-county-line'), 'line-width': 1 } },
    { id: 'region-edge', type: 'line', ...REGION, filter: ['==', ['get', 'level'], 'city'], paint: { 'line-color': colour('map-city-line'), 'line-width': 1.4 } },
    { id: 'sea', type: 'fill', source: 'sea', paint: { 'fill-color': colour('map-sea') } },
    { id: 'coast', type: 'line', source: 'land', paint: { 'line-color': colour('map-coast'), 'line-width': 0.75 } },
    { id: 'water', type: 'fill', source: 'water', paint: { 'fill-color': colour('map-sea') } },
    { id: 'river', type: 'line', source: 'rivers', layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': colour('map-river'), 'line-width': RIVER_WIDTH } },
  ];
}

/* Over pictures the counties are a wash, so that the pictures are still read. */
function overPictures(scene: Scene, under: Under, colour: Colour): LayerSpecification[] {
  return [
    ...under.layers(scene.theme, colour),
    { id: 'region-fill', type: 'fill', ...REGION, filter: COUNTY, paint: { 'fill-color': countyFill(scene, colour), 'fill-opacity': scene.shade ? 0.55 : 0.25 } },
    { id: 'region-line', type: 'line', ...REGION, filter: COUNTY, paint: { 'line-color': colour('map-city-line'), 'line-width': 1 } },
    { id: 'region-edge', type: 'line', ...REGION, filter: ['==', ['get', 'level'], 'city'], paint: { 'line-color': colour('map-city-line'), 'line-width': 1.8 } },
  ];
}

export function groundLayers(scene: Scene, under: Under | null, colour: Colour): LayerSpecification[] {
  const own = ownGround(scene, colour);
  const theirs = under?.layers(scene.theme, colour) ?? [];
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': colour('map-land') } },
    // Shapes of a deployment's own come in place of our rivers; until the zoom where it has them, ours would be better than none.
    ...(under?.pictures ? overPictures(scene, under, colour) : theirs.length ? [...own.filter(({ id }) => id !== 'water' && id !== 'river'), ...theirs] : own),
    { id: 'region-chosen', type: 'line', ...REGION, filter: ['all', COUNTY, ['==', ['get', 'id'], scene.county]], paint: { 'line-color': colour('text'), 'line-width': 1.75 } },
  ];
}

/* Weaker than anything the map is about: towns from closer in (a filter sees whole zooms only). */
export const townNames = (scene: Scene, under: Under | null, colour: Colour): LayerSpecification[] =>
  under?.pictures
    ? []
    : [
        {
          id: 'place-name',
          type: 'symbol',
          source: 'places',
          filter: ['all', ['>', ['get', 'rank'], SEAT_RANK], ['<=', ['get', 'rank'], ['step', ['zoom'], 3, 9, 4, 12, 5]]],
          layout: { 'text-field': nameIn(scene), 'text-font': FONT_STACK, 'text-size': 11, 'text-padding': ['interpolate', ['linear'], ['zoom'], 9, 16, 12, 4], 'symbol-sort-key': ['get', 'rank'] },
          paint: { 'text-color': colour('text-3'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.2 },
        },
      ];

/* The cities round about: by them one sees where one is. */
export const cityNames = (scene: Scene, under: Under | null, colour: Colour): LayerSpecification[] =>
  under?.pictures
    ? []
    : [
        {
          id: 'city-name',
          type: 'symbol',
          source: 'places',
          filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 1, 6, CITY_RANK, 8, SEAT_RANK]],
          layout: { 'text-field': nameIn(scene), 'text-font': FONT_STACK, 'text-size': ['match', ['get', 'rank'], 1, 13.5, 2, 13, 11.5], 'text-padding': 8, 'text-letter-spacing': 0.06, 'symbol-sort-key': ['get', 'rank'] },
          paint: { 'text-color': colour('text-3'), 'text-halo-color': colour('map-halo'), 'text-halo-width': 1.4 },
        },
      ];
