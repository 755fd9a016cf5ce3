/* map/gl.ts: the map in WebGL, from the server's vector tiles. Loaded only when a map is to be drawn. */
import maplibre from './maplibre';
import { IMAGES, drawImage } from './images';
import type { Driver, DriverEvents, Scene } from './scene';
import { FONT_STACK } from './groundStyle';
import { styleOf } from './style';
import type { Under } from './under';
import { chineseFace } from '../fonts';
import { meta } from '../model';
import type { Box, Kind, Point } from '../api';
import type { Theme } from '../state';

/* Below this zoom parcels come as counts in cells. */
export const CELLS_BELOW_ZOOM = 11;
export const SOURCE_MAX_ZOOM = 14;
const CELL_LAYERS = ['cells', 'parcel-cells'];
const PICK_PX = 5;
/* Kept free of what is shown: the controls above, the legend below. */
const AROUND_PX = { top: 50, right: 56, bottom: 96, left: 40 };
const PICK_LAYERS: [layer: string, kind: Kind][] = [
  ['park', 'park'],
  ['park-ring', 'park'],
  ['facility', 'facility'],
  ['facility-name', 'facility'],
  ['junction', 'facility'],
  ['junction-name', 'facility'],
  ['building-mark', 'building'],
  ['enterprise-mark', 'enterprise'],
  ['project-mark', 'project'],
  ['infra_work-mark', 'infra_work'],
  ['parcel-fill', 'parcel'],
];

const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/* Names on the map are drawn on a canvas, which does not wait for fonts: have them before the first name. */
async function fontsReady(scene: Scene) {
  await chineseFace();
  const names = scene.counties.map((county) => `${county.fields['name_zh'] ?? ''}${county.fields['name_en'] ?? ''}`).join('');
  await Promise.all(FONT_STACK.slice(0, 2).map((family) => document.fonts.load(`13px "${family}"`, `${names}0123456789`))).catch(() => []);
}

/* Those of a theme, once; they must be there before a style names them. */
function addImages(map: InstanceType<typeof maplibre.Map>, theme: Theme) {
  for (const name of IMAGES) {
    const id = `${name}:${theme}`;
    if (map.hasImage(id)) continue;
    const { data, options } = drawImage(name);
    map.addImage(id, data, options);
  }
}

/* The code for a deployment's own base map is loaded only where there is one. */
async function openUnder(): Promise<Under | null> {
  const own = meta.value?.basemap.under;
  return own ? (await import('./under')).openUnder(own) : null;
}

const SEA_DEG = 0.8;
const MARGIN_DEG = 0.1;
/* No further than the ground is known, but as far as the atlas goes; south of it there is sea. */
function keepOnGround(map: InstanceType<typeof maplibre.Map>, { ground }: Scene) {
  const atlas = meta.value?.box;
  if (!ground.box || !atlas || map.getMaxBounds()) return;
  const [west, south, east, north] = ground.box;
  map.setMaxBounds([
    [Math.min(west, atlas[0] - MARGIN_DEG), Math.min(south, atlas[1] - MARGIN_DEG) - SEA_DEG],
    [Math.max(east, atlas[2] + MARGIN_DEG), Math.max(north, atlas[3] + MARGIN_DEG)],
  ]);
}

export async function createGlMap(element: HTMLElement, first: Box, scene: Scene, events: DriverEvents): Promise<Driver> {
  maplibre.setWorkerUrl(MAP_WORKER_URL);
  const [under] = await Promise.all([openUnder(), fontsReady(scene)]);
  const map = new maplibre.Map({
    container: element,
    style: { version: 8, sources: {}, layers: [] },
    bounds: first,
    fitBoundsOptions: { padding: 12 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    minZoom: 5,
    maxZoom: 17,
    localIdeographFontFamily: false, // the layers' own fonts, so that their weight holds for Chinese too
    locale: { 'Map.Title': element.dataset['label'] ?? '' },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await map.once('style.load');
  addImages(map, scene.theme);
  map.setStyle(styleOf(scene, under), { diff: true });
  if (!under) keepOnGround(map, scene);
  map.on('move', events.onMove);
  map.on('moveend', events.onRest);

  const pickedAt = (x: number, y: number): { kind: Kind; id: string } | null => {
    const layers = PICK_LAYERS.filter(([layer]) => map.getLayer(layer));
    const around: [[number, number], [number, number]] = [
      [x - PICK_PX, y - PICK_PX],
      [x + PICK_PX, y + PICK_PX],
    ];
    for (const [layer, kind] of layers) {
      const [hit] = map.queryRenderedFeatures(kind === 'parcel' ? [x, y] : around, { layers: [layer] });
      if (hit) return { kind, id: String(hit.properties['id']) };
    }
    return null;
  };
  const cellAt = (point: { x: number; y: number }) => {
    const drawn = CELL_LAYERS.filter((layer) => map.getLayer(layer));
    return drawn.length > 0 && map.queryRenderedFeatures([point.x, point.y], { layers: drawn }).length > 0;
  };
  map.on('click', (event) => {
    const cell = cellAt(event.point);
    const picked = pickedAt(event.point.x, event.point.y);
    // A count is opened by going closer, until its plots are seen.
    if (!picked && cell) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 1.5, animate: !reducedMotion() });
    else events.onPick(picked);
  });
  map.on('mousemove', (event) => {
    map.getCanvas().style.cursor = cellAt(event.point) || pickedAt(event.point.x, event.point.y) ? 'pointer' : '';
  });

  const driver: Driver = {
    hasUnder: under !== null,
    draw: (next) => {
      addImages(map, next.theme);
      map.setStyle(styleOf(next, under), { diff: true });
      if (!under) keepOnGround(map, next);
    },
    show: (box, animate) => map.fitBounds(box, { padding: AROUND_PX, maxZoom: 15, animate: animate && !reducedMotion() }),
    moveTo: ({ center, zoom }, animate) => map.easeTo({ center, zoom, animate: animate && !reducedMotion() }),
    zoomBy: (steps) => map.easeTo({ zoom: map.getZoom() + steps, animate: !reducedMotion() }),
    view: () => ({ center: [map.getCenter().lng, map.getCenter().lat], zoom: map.getZoom() }),
    box: () => {
      const bounds = map.getBounds();
      return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    },
    project: (place) => map.project(place),
    unproject: (x, y) => map.unproject([x, y]).toArray() as Point,
    // What was drawn is there only until the frame ends.
    capture: () =>
      new Promise((done) => {
        map.once('render', () => {
          const copy = document.createElement('canvas');
          [copy.width, copy.height] = [map.getCanvas().width, map.getCanvas().height];
          copy.getContext('2d')!.drawImage(map.getCanvas(), 0, 0);
          done(copy);
        });
        map.triggerRepaint();
      }),
    focus: () => map.getCanvas().focus(),
    remove: () => map.remove(),
  };
  // For tests: what is drawn can only be asked of the library.
  (element as HTMLElement & { map?: unknown }).map = map;
  return driver;
}
