/* map/ground.ts: the files that the map stands on (web/basemap/README.md), and the names of places in them. */
import placesUrl from '../../basemap/places.geojson';
import riversUrl from '../../basemap/rivers.geojson';
import seaUrl from '../../basemap/sea.geojson';
import waterUrl from '../../basemap/water.geojson';
import type { Entity } from '../api';

export const GROUND = { sea: seaUrl, water: waterUrl, rivers: riversUrl, places: placesUrl };
export const NO_PLACES: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/* The shapes of one file; without it the map is only plainer. */
export async function readGround(url: string): Promise<GeoJSON.FeatureCollection> {
  try {
    return (await (await fetch(url)).json()) as GeoJSON.FeatureCollection;
  } catch {
    return NO_PLACES;
  }
}

const SEAT_RANK = 3;

/* A county's own name stands for it, not that of its seat: cities and seats within a county of the atlas are left out. */
export async function readPlaces(counties: Entity[]): Promise<GeoJSON.FeatureCollection> {
  const all = await readGround(GROUND.places);
  const inCounty = ([lon = 0, lat = 0]: GeoJSON.Position) => counties.some(({ box }) => box && lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3]);
  const features = all.features.filter((place) => Number(place.properties?.['rank']) > SEAT_RANK || (place.geometry.type === 'Point' && !inCounty(place.geometry.coordinates)));
  return { type: 'FeatureCollection', features };
}
