/* map/svg.ts: the same map where there is no WebGL2: SVG, from the API's geometry, in an equirectangular projection
 * about the middle of the first view. Parcels are counted by county; closer in, each is a mark. */
import { getEntity, getList } from '../api';
import type { Box, Entity, Kind, Point } from '../api';
import { CITY_RANK, SEAT_RANK } from './ground';
import { nameOf, offerOf } from '../model';
import { SHAPES } from './images';
import { JUNCTIONS_FROM_ZOOM, MARKS, NAMED_FIRST, PORT_NAMES_FROM_ZOOM, discRadius_px } from './scene';
import type { Driver, DriverEvents, Mark, Scene, View } from './scene';

const NS = 'http://www.w3.org/2000/svg';
/* Marks of single parcels from this zoom on; as many as one answer holds. */
const PARCELS_FROM_ZOOM = 11;
const PARCELS_MAX = 200;
const LETTER_PX = 12;
/* A county's name and count step aside for the parks' discs. */
const COUNTY_SHIFTS: [number, number][] = [[0, 0], [0, 40], [0, -40], [60, 0], [-60, 0], [60, 40], [-60, -40]];
const DISC_PX = 9;
const WORLD_PX = 512; // of zoom 0, as in web maps, so that zooms mean the same in both drivers

const isNamed = (facility: Entity, zoom: number) => zoom >= PORT_NAMES_FROM_ZOOM || NAMED_FIRST.includes(String(facility.fields['type']));

type Attributes = Record<string, string | number | undefined>;
function draw<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes, parent: Element): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, String(value));
  parent.append(element);
  return element;
}

interface Data { counties: Entity[]; parks: Entity[]; facilities: Entity[]; counts: Map<string, number>; parcels: Entity[]; marks: Entity[] }

export async function createSvgMap(element: HTMLElement, first: Box, scene: Scene, events: DriverEvents): Promise<Driver> {
  const svg = draw('svg', { class: 'svg-map', tabindex: 0, role: 'group', 'aria-label': element.dataset['label'] ?? '' }, element);
  const middleLat = (first[1] + first[3]) / 2;
  const stretch = 1 / Math.cos((middleLat * Math.PI) / 180); // a degree of latitude, in degrees of longitude
  let view: View = { center: [(first[0] + first[2]) / 2, middleLat], zoom: 8 };
  let current = scene;
  let data: Data = { counties: [], parks: [], facilities: [], counts: new Map(), parcels: [], marks: [] };

  const size = () => ({ width: element.clientWidth || 600, height: element.clientHeight || 400 });
  const pxPerDeg = () => (WORLD_PX * 2 ** view.zoom) / 360;
  const project = ([lon, lat]: Point) => {
    const { width, height } = size();
    return { x: width / 2 + (lon - view.center[0]) * pxPerDeg(), y: height / 2 - (lat - view.center[1]) * stretch * pxPerDeg() };
  };
  const unproject = (x: number, y: number): Point => {
    const { width, height } = size();
    return [view.center[0] + (x - width / 2) / pxPerDeg(), view.center[1] - (y - height / 2) / stretch / pxPerDeg()];
  };
  const box = (): Box => {
    const { width, height } = size();
    const [west, north] = unproject(0, 0);
    const [east, south] = unproject(width, height);
    return [west, south, east, north];
  };
  const fit = (target: Box, padding: number) => {
    const { width, height } = size();
    const scale = Math.min((width - padding) / Math.max(target[2] - target[0], 1e-4), (height - padding) / Math.max((target[3] - target[1]) * stretch, 1e-4));
    const zoom = Math.log2((scale * 360) / WORLD_PX);
    view = { center: [(target[0] + target[2]) / 2, (target[1] + target[3]) / 2], zoom: Math.min(15, Math.max(5, zoom)) };
  };

  async function load() {
    const counties = await Promise.all(current.counties.map(({ id }) => getEntity('region', id)));
    const [parks, facilities, counted] = await Promise.all([
      getList('park', { limit: 200 }),
      getList('facility', { limit: 200 }),
      getList('parcel', { limit: 1, facets: 'region', filter: current.parcelFilter }),
    ]);
    const counts = new Map((counted.facets?.['region'] ?? []).map(({ value, count }) => [value, count]));
    data = { ...data, counties, parks: parks.items, facilities: facilities.items, counts };
    paint();
  }
  async function loadParcels() {
    const wanted = current.layers.includes('parcel') && view.zoom >= PARCELS_FROM_ZOOM;
    const found = wanted ? await getList('parcel', { limit: PARCELS_MAX, bbox: box().join(','), filter: current.parcelFilter }) : null;
    const marks = await Promise.all(MARKS.filter((kind) => current.layers.includes(kind)).map((kind) => getList(kind, { limit: PARCELS_MAX, bbox: box().join(',') })));
    data = { ...data, parcels: found?.items ?? [], marks: marks.flatMap((list) => list.items) };
    paint();
  }

  /* A mark that can be chosen with pointer and keyboard. */
  function mark(entity: Entity, parent: Element, classes: string): SVGGElement | null {
    if (!entity.anchor) return null;
    const { x, y } = project(entity.anchor);
    const chosen = current.selected?.kind === entity.kind && current.selected.id === entity.id;
    const group = draw('g', { class: `${classes}${chosen ? ' chosen' : ''}`, transform: `translate(${x} ${y})`, role: 'button', tabindex: 0, 'aria-label': nameOf(entity), 'aria-pressed': String(chosen), 'data-kind': entity.kind, 'data-id': entity.id }, parent);
    const pick = () => events.onPick({ kind: entity.kind as Kind, id: entity.id });
    group.addEventListener('click', (event) => {
      event.stopPropagation();
      pick();
    });
    group.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      pick();
    });
    return group;
  }
  const drawShapes = (shapes: GeoJSON.FeatureCollection, classes: string) => {
    for (const { geometry } of shapes.features) draw('path', { d: pathOf(geometry, project), class: classes }, svg);
  };
  const label = (text: string, parent: Element, x: number, y: number, classes: string) => {
    draw('text', { x, y, class: classes }, parent).textContent = text;
  };
  /* Names that would cover an earlier one are left out; the mark's own label still says them. */
  let taken: Box[] = [];
  function nameBeside(entity: Entity, parent: Element, shift: number) {
    const { x, y } = project(entity.anchor!);
    const text = nameOf(entity);
    const width = [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? LETTER_PX : LETTER_PX * 0.55), 0);
    if (claim([x + shift, y - 8, x + shift + width, y + 8])) label(text, parent, shift, 4, 'svg-name');
  }
  function claim(wanted: Box): boolean {
    if (taken.some((box) => box[0] < wanted[2] && box[2] > wanted[0] && box[1] < wanted[3] && box[3] > wanted[1])) return false;
    taken.push(wanted);
    return true;
  }

  function paint() {
    const { width, height } = size();
    const named: [Entity, Element][] = []; // after the parks' names, which come first
    const focused = document.activeElement?.getAttribute('data-id');
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.replaceChildren();
    taken = [];
    drawShapes(current.ground.land, 'svg-land');
    for (const county of data.counties) {
      const chosen = county.id === current.county;
      draw('path', { d: pathOf(county.geometry, project), class: `svg-county${chosen ? ' chosen' : ''}${current.shade ? ` step-${current.shade.get(county.id) ?? 0}` : ''}` }, svg);
    }
    // The tint ends at the coast: the counties' own outlines are far coarser.
    drawShapes(current.ground.sea, 'svg-sea');
    drawShapes(current.ground.water, 'svg-water');
    drawShapes(current.ground.rivers, 'svg-river');
    const near = view.zoom >= PARCELS_FROM_ZOOM;
    const parks = current.layers.includes('park') ? data.parks.filter(({ id, anchor }) => anchor && (!current.parks || current.parks.includes(id))) : [];
    for (const park of parks) {
      const { x, y } = project(park.anchor!);
      taken.push([x - DISC_PX, y - DISC_PX, x + DISC_PX, y + DISC_PX]);
    }
    if (current.layers.includes('parcel') && near) {
      for (const parcel of data.parcels) {
        const group = mark(parcel, svg, `svg-parcel svg-${offerOf(parcel.fields['land_state'])}`);
        if (group) draw('rect', { x: -6, y: -6, width: 12, height: 12, rx: 2 }, group);
      }
    }
    for (const county of data.counties) {
      if (!county.anchor) continue;
      const anchor = project(county.anchor);
      const [dx, dy] = COUNTY_SHIFTS.find(([dx, dy]) => claim([anchor.x + dx - 28, anchor.y + dy - 18, anchor.x + dx + 28, anchor.y + dy + 24])) ?? [0, 0];
      const { x, y } = { x: anchor.x + dx, y: anchor.y + dy };
      const group = draw('g', { transform: `translate(${x} ${y})` }, svg);
      label(nameOf(county), group, 0, -4, 'svg-county-name');
      const count = data.counts.get(county.id);
      if (current.layers.includes('parcel') && !near && count !== undefined) {
        draw('rect', { x: -16, y: 4, width: 32, height: 20, rx: 3, class: 'svg-cell' }, group);
        label(String(count), group, 0, 18, 'svg-count');
      }
    }
    if (current.layers.includes('facility')) {
      for (const facility of data.facilities) {
        if (facility.fields['type'] === 'motorway_junction' && view.zoom < JUNCTIONS_FROM_ZOOM) continue;
        const group = mark(facility, svg, 'svg-facility');
        if (!group) continue;
        draw('path', { d: 'M-6 -7h12v8c0 3-3 5-6 6-3-1-6-3-6-6z' }, group);
        named.push([facility, group]);
      }
    }
    for (const park of parks) {
      const surveyed = (park.fields['precision'] ?? 'surveyed') === 'surveyed';
      const group = mark(park, svg, surveyed ? 'svg-park' : 'svg-park hollow')!;
      draw('circle', { r: discRadius_px(current.parkArea_m2.get(park.id)) + 4, class: 'svg-ring' }, group);
      draw('circle', { r: 5, class: 'svg-disc' }, group);
      nameBeside(park, group, 12);
    }
    for (const entity of data.marks) {
      if (!current.layers.includes(entity.kind as Mark)) continue;
      const group = mark(entity, svg, 'svg-mark');
      if (group) draw('path', { d: SHAPES[entity.kind as Mark], transform: 'translate(-8 -8)' }, group);
    }
    for (const [facility, group] of named) if (isNamed(facility, view.zoom)) nameBeside(facility, group, 10);
    for (const place of current.ground.places.features) {
      if (place.geometry.type !== 'Point' || Number(place.properties?.['rank']) > (view.zoom < 8.6 ? CITY_RANK : SEAT_RANK)) continue;
      const { x, y } = project(place.geometry.coordinates as Point);
      const text = String(place.properties?.[current.lang === 'en' ? 'name_en' : 'name_zh'] ?? place.properties?.['name_en'] ?? '');
      if (claim([x - 24, y - 8, x + 24, y + 8])) label(text, svg, x, y, 'svg-place');
    }
    if (focused) svg.querySelector<SVGGElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
    events.onMove();
  }

  let restTimer: ReturnType<typeof setTimeout> | undefined;
  function moved() {
    paint();
    clearTimeout(restTimer);
    restTimer = setTimeout(() => {
      events.onRest();
      void loadParcels();
    }, 150);
  }
  function zoomAbout(x: number, y: number, steps: number) {
    const held = unproject(x, y);
    view = { ...view, zoom: Math.min(15, Math.max(5, view.zoom + steps)) };
    const now = unproject(x, y);
    view = { ...view, center: [view.center[0] + held[0] - now[0], view.center[1] + held[1] - now[1]] };
    moved();
  }
  const panBy = (x: number, y: number) => {
    const { width, height } = size();
    view = { ...view, center: unproject(width / 2 + x, height / 2 + y) };
    moved();
  };

  svg.addEventListener('wheel', (event) => {
    event.preventDefault();
    const { left, top } = svg.getBoundingClientRect();
    zoomAbout(event.clientX - left, event.clientY - top, -event.deltaY / 400);
  });
  let drag: { x: number; y: number; far: boolean } | null = null;
  svg.addEventListener('pointerdown', (event) => (drag = { x: event.clientX, y: event.clientY, far: false }));
  svg.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const [dx, dy] = [drag.x - event.clientX, drag.y - event.clientY];
    if (!drag.far && Math.hypot(dx, dy) < 4) return;
    drag = { x: event.clientX, y: event.clientY, far: true };
    panBy(dx, dy);
  });
  const drop = () => (drag = null);
  addEventListener('pointerup', drop);
  svg.addEventListener('click', () => events.onPick(null));
  svg.addEventListener('keydown', (event) => {
    const step = 80;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (!by) return;
    event.preventDefault();
    panBy(by[0]!, by[1]!);
  });
  const resized = new ResizeObserver(() => paint());
  resized.observe(element);

  fit(first, 24);
  await load();
  events.onRest();
  void loadParcels();

  return {
    hasUnder: false,
    draw: (next) => {
      const again = next.parcelFilter !== current.parcelFilter || next.counties.length !== current.counties.length || next.layers.join() !== current.layers.join();
      current = next;
      paint();
      if (again) void load().then(loadParcels);
    },
    show: (target) => {
      fit(target, 80);
      moved();
    },
    moveTo: (next) => {
      view = next;
      moved();
    },
    zoomBy: (steps) => zoomAbout(size().width / 2, size().height / 2, steps),
    view: () => view,
    box,
    project,
    unproject,
    capture: async () => null,
    focus: () => svg.focus(),
    remove: () => {
      resized.disconnect();
      removeEventListener('pointerup', drop);
      svg.remove();
    },
  };
}

function pathOf(geometry: GeoJSON.Geometry | null | undefined, project: (place: Point) => { x: number; y: number }): string {
  const lines = geometry?.type === 'LineString' ? [geometry.coordinates] : geometry?.type === 'MultiLineString' ? geometry.coordinates : [];
  const polygons = geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
  const line = (points: GeoJSON.Position[]) =>
    points
      .map((point, n) => {
        const { x, y } = project([point[0]!, point[1]!]);
        return `${n ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join('');
  return lines.map(line).join('') + polygons.flat().map((ring) => `${line(ring)}Z`).join('');
}
