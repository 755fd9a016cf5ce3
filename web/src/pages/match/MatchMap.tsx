/* The answer on the map: the same marks as in the list. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Box, Point, Ranking } from '../../api';
import type { AreaName } from '../../asks';
import { conditions, setCondition } from '../../brief';
import { t } from '../../i18n';
import { drawing } from '../../map/drawing';
import { MapView } from '../../map/MapView';
import type { Pin } from '../../map/Pins';
import type { Driver, Layer } from '../../map/scene';
import { meta, model, nameOf } from '../../model';
import { select, selected } from '../../state';
import { group, hovered, letter, lit, smallLetter } from './match';

const FACILITIES: Layer[] = ['facility'];
const WITH_PLOTS: Layer[] = ['facility', 'parcel'];
/* Room around the outermost pins, in degrees. */
const MARGIN_DEG = 0.03;

export function MatchMap({ ranking, driver }: { ranking: Ranking | null; driver: { current: Driver | null } }) {
  const zoom = useSignal(0);
  // What is drawn is for the condition that asked for it.
  const asked = useRef<AreaName | ''>('');
  if (drawing.value) asked.current = drawing.value;
  const pins = useMemo(() => (ranking ? pinsOf(ranking) : []), [ranking, group.value, selected.value, hovered.value]);
  const places = pins.map(({ place }) => place);
  const ids = pins.map(({ id }) => id).join();
  const shownFor = useRef('');

  // The map goes to an answer when the answer becomes another, not when a weight moves within it.
  useEffect(() => {
    const key = [...ids.split(',')].sort().join();
    if (!places.length || key === shownFor.current || !driver.current) return;
    shownFor.current = key;
    driver.current.show(boxOf(places), true);
  }, [ids, zoom.value > 0]);

  const near = zoom.value >= (model.value?.kinds.parcel.cells_below_zoom ?? 11);
  return (
    <div class="match-map card">
      <MapView
        first={meta.value!.box}
        layers={near ? WITH_PLOTS : FACILITIES}
        driver={driver}
        pins={pins}
        areas={conditions.value.flatMap(({ corners }) => (corners ? [corners] : []))}
        onDrawn={(corners) => asked.current && setCondition({ field: asked.current, corners })}
        onPin={(pin) => {
          select({ kind: 'parcel', id: pin.id });
          document.querySelector(`[data-site="${CSS.escape(pin.id)}"]`)?.scrollIntoView({ block: 'nearest' });
        }}
        onHoverPin={(pin) => (lit.value = pin?.id ?? '')}
        onPick={(thing) => thing?.kind === 'parcel' && select(thing)}
        onRest={(view) => (zoom.value = view.zoom)}
        legend={
          <ul class="legend" aria-label={t('legend.label')}>
            <li>
              <i class="mark mark-fit small">1</i> {t('group.fit')}
            </li>
            <li>
              <i class="mark mark-unknown small">A</i> {t('group.unknown')}
            </li>
            <li>
              <i class="mark mark-near small">
                <span>a</span>
              </i>{' '}
              {t('group.near')}
            </li>
          </ul>
        }
      />
    </div>
  );
}

function pinsOf(ranking: Ranking): Pin[] {
  const chosen = (id: string) => selected.value?.id === id || hovered.value === id;
  const fit = ranking.sites.map(({ entity, rank }) => ({ entity, text: String(rank), group: 'fit' as const }));
  const unknown = ranking.unknowns.map(({ entity }, n) => ({ entity, text: letter(n), group: 'unknown' as const }));
  const near = ranking.near_misses.map(({ entity }, n) => ({ entity, text: smallLetter(n), group: 'near' as const }));
  return [...fit, ...unknown, ...near]
    .filter((pin) => (group.value === '' || pin.group === group.value) && pin.entity.anchor)
    .map((pin) => ({ id: pin.entity.id, place: pin.entity.anchor!, group: pin.group, text: pin.text, title: nameOf(pin.entity), chosen: chosen(pin.entity.id) }))
    // A chosen pin takes its own place first; the others then give way.
    .sort((a, b) => Number(b.chosen) - Number(a.chosen));
}

function boxOf(places: Point[]): Box {
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  return [Math.min(...lons) - MARGIN_DEG, Math.min(...lats) - MARGIN_DEG, Math.max(...lons) + MARGIN_DEG, Math.max(...lats) + MARGIN_DEG];
}
