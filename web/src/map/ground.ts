/* map/ground.ts: what the map stands on: land, inland water, rivers and names of places (data/basemap/README.md). */
import type { Box, Entity } from '../api';
import { meta } from '../model';

type Shapes = GeoJSON.FeatureCollection;

export interface Ground {
  land: Shapes;
  /* All that is not land, far past the land's own box: laid over a county's tint, it ends the tint at the coast. */
  sea: Shapes;
  water: Shapes;
  rivers: Shapes;
  places: Shapes;
  /* Where the land is known; null if it is not. */
  box: Box | null;
}

const NOTHING: Shapes = { type: 'FeatureCollection', features: [] };
export const NO_GROUND: Ground = { land: NOTHING, sea: NOTHING, water: NOTHING, rivers: NOTHING, places: NOTHING, box: null };

/* The shapes of one file; without it the map is only plainer. */
async function read(name: string): Promise<Shapes> {
  const layer = meta.value?.basemap.layers.find((one) => one.name === name);
  try {
    return layer ? ((await (await fetch(layer.url)).json()) as Shapes) : NOTHING;
  } catch {
    return NOTHING;
  }
}

const polygonsOf = (shapes: Shapes) => shapes.features.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : []));
const BEYOND_DEG = 20;
const reversed = (ring: GeoJSON.Position[]) => [...ring].reverse();

function seaAround(land: Shapes, [west, south, east, north]: Box): Shapes {
  const [w, s, e, n] = [west - BEYOND_DEG, south - BEYOND_DEG, east + BEYOND_DEG, north + BEYOND_DEG];
  const edge: GeoJSON.Position[] = [[w, s], [e, s], [e, n], [w, n], [w, s]];
  const polygons = polygonsOf(land);
  // The land is the sea's holes; a hole of the land is sea again.
  const sea = [[edge, ...polygons.map((rings) => reversed(rings[0]!))], ...polygons.flatMap((rings) => rings.slice(1).map((hole) => [reversed(hole)]))];
  return { type: 'FeatureCollection', features: sea.map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } })) };
}

function boxOf(shapes: Shapes): Box | null {
  const points = polygonsOf(shapes).flatMap((rings) => rings[0]!);
  if (!points.length) return null;
  const [lons, lats] = [points.map(([lon]) => lon!), points.map(([, lat]) => lat!)];
  const least = (all: number[]) => all.reduce((a, b) => Math.min(a, b));
  const most = (all: number[]) => all.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}

/* Of a place's rank: 1 and 2 cities, 3 seats of counties, 4 towns. */
export const CITY_RANK = 2;
export const SEAT_RANK = 3;
const TOWN_RANK = 4;

/* A county's own name stands for it, not that of its seat: in a county of the atlas the seat is a town among towns, and the
 * city and what is called like a county are left out. */
function placesBeside(all: Shapes, counties: Entity[]): Shapes {
  const inCounty = ([lon = 0, lat = 0]: GeoJSON.Position) => counties.some(({ box }) => box && lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3]);
  const called = new Set(counties.map((county) => String(county.fields['short_zh'] ?? county.fields['name_zh'])));
  const features = all.features.flatMap((place): GeoJSON.Feature[] => {
    const rank = Number(place.properties?.['rank']);
    if (rank > SEAT_RANK || place.geometry.type !== 'Point' || !inCounty(place.geometry.coordinates)) return [place];
    if (rank <= CITY_RANK || called.has(String(place.properties?.['name_zh']))) return [];
    return [{ ...place, properties: { ...place.properties, rank: TOWN_RANK } }];
  });
  return { type: 'FeatureCollection', features };
}

export async function readGround(counties: Entity[]): Promise<Ground> {
  const [land, water, rivers, places] = await Promise.all(['land', 'water', 'rivers', 'places'].map(read));
  const box = boxOf(land!);
  return { land: land!, sea: box ? seaAround(land!, box) : NOTHING, water: water!, rivers: rivers!, places: placesBeside(places!, counties), box };
}
