/* map/scene.ts: what a map shows, whoever draws it: WebGL (gl.ts) or SVG (svg.ts). */
import type { Box, Entity, Kind, Point } from '../api';
import type { Lang, Theme, Thing } from '../state';
import type { Ground } from './ground';

export type Layer = 'park' | 'parcel' | 'building' | 'enterprise' | 'project' | 'infra_work' | 'facility';
export const LAYERS: Layer[] = ['park', 'parcel', 'building', 'enterprise', 'project', 'infra_work', 'facility'];
/* What is drawn before anybody chose. */
export const FIRST_LAYERS: Layer[] = ['park', 'parcel', 'facility'];
/* Kinds drawn as plain marks, each with a shape of its own. */
export const MARKS = ['building', 'enterprise', 'project', 'infra_work'] as const;
export type Mark = (typeof MARKS)[number];

export interface Scene {
  lang: Lang;
  theme: Theme;
  layers: Layer[];
  /* CQL2 of the parcels shown; '' for all. */
  parcelFilter: string;
  selected: Thing | null;
  /* A county drawn in bold: the one that the list is narrowed to. */
  county: string;
  counties: Entity[];
  ground: Ground;
  /* Square metres on offer by park, where known: a disc's size. */
  parkArea_m2: ReadonlyMap<string, number>;
  /* Only these parks; all if null. */
  parks: readonly string[] | null;
  /* Counties by step of the ramp, 0 to 4; all of one tint if null. */
  shade: ReadonlyMap<string, number> | null;
}

export interface View { center: Point; zoom: number }

/* Draws into an element it was given. All calls are cheap; the last scene wins. */
export interface Driver {
  /* A deployment's own base map lies under the atlas. */
  hasUnder: boolean;
  draw(scene: Scene): void;
  show(box: Box, animate: boolean): void;
  moveTo(view: View, animate: boolean): void;
  zoomBy(steps: number): void;
  view(): View;
  box(): Box;
  /* Where a place is drawn, in CSS pixels of the element. */
  project(place: Point): { x: number; y: number };
  unproject(x: number, y: number): Point;
  /* What it has drawn, by itself; null if it is part of the page, which a picture of the page shows. */
  capture(): Promise<HTMLCanvasElement | null>;
  focus(): void;
  remove(): void;
}

export interface DriverEvents {
  /* During a movement, once a frame. */
  onMove: () => void;
  /* When it has come to rest. */
  onRest: () => void;
  onPick: (thing: { kind: Kind; id: string } | null) => void;
}

/* Can this browser draw the map in WebGL? Asked once. */
let webGl2: boolean | undefined;
export function hasWebGl2(): boolean {
  if (webGl2 === undefined) {
    try {
      webGl2 = document.createElement('canvas').getContext('webgl2') !== null;
    } catch {
      webGl2 = false;
    }
  }
  return webGl2;
}

/* Closer than the whole city: motorway junctions are many. */
export const JUNCTIONS_FROM_ZOOM = 10.5;

/* At the city's zoom only the names of the few that a whole city has; the harbours of a delta are many. */
export const NAMED_FIRST = ['airport', 'rail_station'];
export const PORT_NAMES_FROM_ZOOM = 9;

/* A disc's radius: its area on the screen follows the land on offer; between what can be hit and what still shows
 * its neighbours. */
export function discRadius_px(area_m2: number | undefined): number {
  const base = 5;
  return area_m2 ? Math.min(16, base + Math.sqrt(area_m2 / 66_667) * 1.1) : base;
}

/* The colours of the page's tokens, as the browser resolves them now. */
export function tokens(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}
