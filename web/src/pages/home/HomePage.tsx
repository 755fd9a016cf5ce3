/* `/`: the map, and the list of what it shows. */
import { useEffect, useRef } from 'preact/hooks';
import { computed, useSignal } from '@preact/signals';
import { getList } from '../../api';
import type { Box, Entity, Found } from '../../api';
import { useKeys } from '../../keys';
import { MapView } from '../../map/MapView';
import type { Driver } from '../../map/scene';
import { meta } from '../../model';
import { useResource } from '../../resource';
import { go, hrefTo, narrow, param, select, selected } from '../../state';
import { filterOf } from '../../filters';
import { pathOf, viewOf } from '../../kinds';
import { isListKind, layers, listKind, readView, sortOf, writeView } from './home';
import { useChainLayer } from './chainLayer';
import { FigureStrip } from './FigureStrip';
import { LayerChips } from './LayerChips';
import { Legend } from './Legend';
import { Listing } from './Listing';
import { parkOffers, wantParkOffers } from '../park/land';
import { ThingCard } from './ThingCard';

/* A list shows this many; the count above it is of all. */
export const SHOWN_MAX = 100;
const MOVE_WAIT_MS = 150;
/* What the card of the selected covers of the map, and how near the edge counts as out of sight. */
const CARD_PX = 430;
const EDGE_PX = 30;
const PLOT_ZOOM = 13;

const round = (box: Box) => box.map((part) => part.toFixed(4)).join(',');

export function HomePage() {
  const driver = useRef<Driver | null>(null);
  // Until the map stands, the list is of where it will stand.
  const box = useSignal<Box | null>(readView() ? null : meta.value!.box);
  const zoom = useSignal(0);
  const kind = listKind.value;
  const filter = filterOf(kind);
  const parcelFilter = filterOf('parcel');
  const bbox = box.value ? round(box.value) : '';
  const sort = kind === 'park' ? '' : sortOf.value || viewOf(kind).sort || 'name_zh';

  const list = useResource(
    bbox && [kind, filter, bbox, sort].join('|'),
    (abort) => getList(kind, { bbox, filter, sort, limit: SHOWN_MAX }, abort),
    MOVE_WAIT_MS,
  );
  // The answer in the heading counts parks and plots, whichever of them is listed.
  const parks = useResource(bbox && `park|${filterOf('park')}|${bbox}`, (abort) => getList('park', { bbox, filter: filterOf('park'), limit: 1 }, abort), MOVE_WAIT_MS);
  const parcels = useResource(bbox && `parcel|${parcelFilter}|${bbox}`, (abort) => getList('parcel', { bbox, filter: parcelFilter, limit: 1 }, abort), MOVE_WAIT_MS);

  const items = list.data.value?.kind === kind ? list.data.value.items : [];
  useEffect(() => {
    if (kind === 'park') void wantParkOffers();
  }, [list.data.value, kind]);

  const goTo = (entity: Entity) => {
    select({ kind: entity.kind, id: entity.id });
    if (entity.anchor) bringIntoView(driver.current, entity.anchor, entity.kind === 'parcel');
  };
  // What is on the map is shown there; all else has its own page.
  const choose = (found: Found) => {
    if (!found.anchor || !isListKind(found.kind)) {
      go(hrefTo(pathOf(found.kind, found.id)));
      return;
    }
    select({ kind: found.kind, id: found.id });
    bringIntoView(driver.current, found.anchor, found.kind === 'parcel');
  };
  const step = (by: number) => {
    const at = items.findIndex((item) => item.id === selected.value?.id);
    const next = items[Math.max(0, Math.min(items.length - 1, at < 0 ? 0 : at + by))];
    if (next) goTo(next);
  };
  useKeys([
    { keys: [']', 'J'], says: 'key.next', does: () => step(1) },
    { keys: ['[', 'K'], says: 'key.previous', does: () => step(-1) },
    { keys: ['L'], says: 'key.list', does: () => document.querySelector<HTMLElement>('.rows button')?.focus() },
    { keys: ['M'], says: 'key.map', does: () => driver.current?.focus() },
    { keys: ['+', '='], says: 'map.in', does: () => driver.current?.zoomBy(1) },
    { keys: ['-'], says: 'map.out', does: () => driver.current?.zoomBy(-1) },
    { keys: ['Escape'], says: 'key.deselect', does: () => selected.value && select(null) },
  ]);

  // Back to an address with another place: the map goes there.
  const asked = param('at');
  const written = useRef('');
  useEffect(() => {
    const view = readView();
    if (view && asked !== written.current) driver.current?.moveTo(view, true);
  }, [asked]);

  const layer = useChainLayer();
  const card = selected.value && <ThingCard key={`${selected.value.kind}:${selected.value.id}`} thing={selected.value} />;
  return (
    <main id="main" class="home-page" tabIndex={-1}>
      <FigureStrip />
      <div class="home">
        <Listing list={list} onFound={choose} parks={parks} parcels={parcels} onChoose={goTo} onShow={(place) => driver.current?.moveTo({ center: place, zoom: 10.5 }, true)} viewBox={box.value} bbox={bbox} />
        <div class="home-map">
          <MapView
            first={meta.value!.box}
            firstView={readView()}
            layers={layers.value}
            parcelFilter={parcelFilter}
            county={param('region').includes(',') ? '' : param('region')}
            parkArea_m2={areas.value}
            parks={layer?.parks}
            shade={layer?.shade}
            driver={driver}
            onRest={(view, now) => {
              box.value = now;
              zoom.value = view.zoom;
              writeView(view);
              written.current = param('at');
            }}
            legend={<Legend zoom={zoom.value} width={layer?.width ?? 0} />}
          >
            <LayerChips />
          </MapView>
          {!narrow.value && card}
        </div>
        {narrow.value && card}
      </div>
    </main>
  );
}

/* The discs' sizes on the map. */
const areas = computed(() => new Map([...(parkOffers.value ?? [])].map(([id, offer]) => [id, offer.now_m2])));

/* Moves the map only if the place is hidden; a plot is looked at from closer. */
function bringIntoView(driver: Driver | null, place: [number, number], close: boolean) {
  if (!driver) return;
  const frame = document.querySelector('.home-map')!;
  const free_px = frame.clientWidth - (narrow.peek() ? 0 : CARD_PX);
  const { x, y } = driver.project(place);
  const seen = x > EDGE_PX && x < free_px - EDGE_PX && y > EDGE_PX && y < frame.clientHeight - EDGE_PX;
  const view = driver.view();
  const zoom = close ? Math.max(view.zoom, PLOT_ZOOM) : view.zoom;
  if (seen && zoom === view.zoom) return;
  // The middle of what the card leaves free.
  const [west, , east] = driver.box();
  const degPerPx = (east - west) / frame.clientWidth / 2 ** (zoom - view.zoom);
  driver.moveTo({ center: [place[0] + ((frame.clientWidth - free_px) / 2) * degPerPx, place[1]], zoom }, true);
}
