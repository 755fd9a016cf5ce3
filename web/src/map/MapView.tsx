/* map/MapView.tsx: a map with its controls. WebGL if the browser has it, else SVG; the page need not know which. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Basemap, Box, Entity, Point } from '../api';
import { getList } from '../api';
import { ErrorLine, IconButton } from '../components/bits';
import { t } from '../i18n';
import { meta, say } from '../model';
import { useResource } from '../resource';
import { lang, select, selected, theme } from '../state';
import type { Thing } from '../state';
import { PageLink } from '../components/Header';
import { Area } from './Area';
import { NO_GROUND, readGround } from './ground';
import { Pins } from './Pins';
import type { Pin } from './Pins';
import { ScaleBar } from './ScaleBar';
import { hasWebGl2 } from './scene';
import type { Driver, DriverEvents, Layer, Scene, View } from './scene';

const NO_COUNTIES: Entity[] = [];
const NO_AREAS: ReadonlyMap<string, number> = new Map();

interface Props {
  /* The view at first: where the URL says, else this box. */
  first: Box;
  firstView?: View | null;
  layers: Layer[];
  parcelFilter?: string;
  county?: string;
  parkArea_m2?: ReadonlyMap<string, number>;
  parks?: readonly string[];
  shade?: ReadonlyMap<string, number>;
  pins?: Pin[];
  onPin?: (pin: Pin) => void;
  onHoverPin?: (pin: Pin | null) => void;
  /* Areas that stand, and what to do with one that was drawn (drawing.ts says when). */
  areas?: Point[][];
  onDrawn?: (corners: Point[]) => void;
  onRest?: (view: View, box: Box) => void;
  onPick?: (thing: Thing | null) => void;
  driver: { current: Driver | null };
  legend?: ComponentChildren;
  children?: ComponentChildren;
}

/* Equal for maps that say the same, however often they are made. */
const same = (map: ReadonlyMap<string, number> | undefined) => map && [...map].join(';');

/* Whose the ground is: of what is drawn. */
const creditOf = (basemap: Basemap | undefined, driver: Driver | null) => [driver?.hasUnder && basemap?.under?.credit, basemap?.credit].filter(Boolean).join(' · ');

async function createDriver(element: HTMLElement, first: Box, scene: Scene, events: DriverEvents): Promise<Driver> {
  if (hasWebGl2()) {
    const { createGlMap } = await import('./gl');
    return createGlMap(element, first, scene, events);
  }
  const { createSvgMap } = await import('./svg');
  return createSvgMap(element, first, scene, events);
}

/* The code for it is loaded when it is asked for. */
async function keepPicture(frame: HTMLElement, driver: Driver | null) {
  if (!driver || !meta.value) return;
  const { keep, pictureOf } = await import('../picture');
  const { name, as_of } = meta.value;
  const heading = document.querySelector('h1')?.textContent ?? '';
  keep(await pictureOf(frame.parentElement!, driver, { heading, site: `${say(name)} · ${t('as_of', { date: as_of })}` }), `${location.pathname.slice(1).replaceAll('/', '-') || 'map'}.png`);
}

export function MapView(props: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useSignal<View | null>(null);
  const failed = useSignal(false);
  const legendOpen = useSignal(false);
  const latest = useRef(props);
  latest.current = props;

  const counties = useResource('counties', () => getList('region', { filter: "level = 'county'", limit: 200 }));
  const ground = useResource(counties.data.value ? 'ground' : '', () => readGround(counties.data.value!.items));
  const scene = useMemo<Scene>(
    () => ({
      lang: lang.value,
      theme: theme.value,
      layers: props.layers,
      parcelFilter: props.parcelFilter ?? '',
      selected: selected.value,
      county: props.county ?? '',
      counties: counties.data.value?.items ?? NO_COUNTIES,
      ground: ground.data.value ?? NO_GROUND,
      parkArea_m2: props.parkArea_m2 ?? NO_AREAS,
      parks: props.parks ?? null,
      shade: props.shade ?? null,
    }),
    [lang.value, theme.value, props.layers.join(), props.parcelFilter, selected.value, props.county, counties.data.value, ground.data.value, same(props.parkArea_m2), props.parks?.join(), same(props.shade)],
  );
  const sceneNow = useRef(scene);
  sceneNow.current = scene;

  // The driver is made once the counties are known: they are the picture's ground.
  const ready = counties.data.value !== null;
  useEffect(() => {
    const element = frame.current;
    if (!ready || !element) return;
    let gone = false;
    const { driver } = latest.current;
    const events: DriverEvents = {
      onMove: () => driver.current && (view.value = driver.current.view()),
      onRest: () => {
        if (!driver.current) return;
        const now = driver.current.view();
        view.value = now;
        latest.current.onRest?.(now, driver.current.box());
      },
      onPick: (thing) => (latest.current.onPick ?? select)(thing),
    };
    createDriver(element, latest.current.first, sceneNow.current, events).then(
      (made) => {
        if (gone) return made.remove();
        driver.current = made;
        made.draw(sceneNow.current);
        if (latest.current.firstView) made.moveTo(latest.current.firstView, false);
        events.onRest();
      },
      () => (failed.value = true),
    );
    return () => {
      gone = true;
      driver.current?.remove();
      driver.current = null;
    };
  }, [ready]);
  useEffect(() => props.driver.current?.draw(scene), [scene]);

  return (
    <div class="map">
      <div class="map-frame" ref={frame} data-label={t('map.label')} data-ready={view.value !== null} />
      {view.value && props.pins && props.driver.current && (
        <Pins pins={props.pins} project={props.driver.current.project} onPin={props.onPin!} onHover={props.onHoverPin!} />
      )}
      {view.value && props.onDrawn && props.driver.current && <Area areas={props.areas ?? []} project={props.driver.current.project} unproject={props.driver.current.unproject} box={props.driver.current.box} onDrawn={props.onDrawn} />}
      {(counties.error.value || failed.value) && (
        <div class="map-error">
          {counties.error.value ? <ErrorLine error={counties.error.value} retry={counties.retry} /> : <p class="error-line">{t('map.failed')}</p>}
        </div>
      )}
      {props.children}
      <div class="zoom-buttons">
        <IconButton icon="plus" size={18} label={t('map.in')} onClick={() => props.driver.current?.zoomBy(1)} />
        <IconButton icon="minus" size={18} label={t('map.out')} onClick={() => props.driver.current?.zoomBy(-1)} />
        <IconButton icon="picture" size={18} label={t('map.png')} onClick={() => void keepPicture(frame.current!, props.driver.current)} />
      </div>
      <div class="map-foot">
        {/* On a small screen it would cover what it explains. */}
        {props.legend && (
          <button type="button" class="legend-button" aria-expanded={legendOpen.value} onClick={() => (legendOpen.value = !legendOpen.value)}>
            {t('legend.label')}
          </button>
        )}
        {props.legend && <div class={legendOpen.value ? 'legend-box open' : 'legend-box'}>{props.legend}</div>}
        <div class="approvals">
          <p>{meta.value?.map_approval ? t('map.approval', { number: meta.value.map_approval }) : t('map.no_approval')}</p>
          <p>
            <PageLink to="/about-data">{creditOf(meta.value?.basemap, props.driver.current)}</PageLink>
          </p>
        </div>
      </div>
      {view.value && <ScaleBar view={view.value} />}
    </div>
  );
}
