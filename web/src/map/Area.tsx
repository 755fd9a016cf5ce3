/* map/Area.tsx: a drawn area over a map, and the drawing of one: a click is a corner, the first corner again, Enter or a
 * double click ends it, Backspace takes the last one back, Esc leaves. Without a pointer: the map's own view is the area. */
import { useEffect } from 'preact/hooks';
import type { Box, Point } from '../api';
import { t } from '../i18n';
import { corners, drawing } from './drawing';

const CORNERS_MAX = 100;
const CLOSE_PX = 12;

interface Props {
  /* What stands: outlined. */
  areas: Point[][];
  project: (place: Point) => { x: number; y: number };
  unproject: (x: number, y: number) => Point;
  box: () => Box;
  onDrawn: (corners: Point[]) => void;
}

export function Area({ areas, project, unproject, box, onDrawn }: Props) {
  const on = drawing.value !== '';
  const end = (all: readonly Point[]) => {
    drawing.value = '';
    corners.value = [];
    if (all.length >= 3) onDrawn([...all]);
  };
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if ((event.target as HTMLElement).matches('input, select, textarea')) return;
      if (event.key === 'Enter' && corners.peek().length >= 3 && !(event.target as HTMLElement).matches('button')) end(corners.peek());
      else if (event.key === 'Backspace') corners.value = corners.peek().slice(0, -1);
      else if (event.key === 'Escape') end([]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, [on]);

  const click = (event: MouseEvent) => {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const all = corners.peek();
    const first = all[0] && project(all[0]);
    if (all.length >= 3 && first && Math.hypot(first.x - x, first.y - y) < CLOSE_PX) end(all);
    else if (all.length < CORNERS_MAX) corners.value = [...all, unproject(x, y)];
  };
  // The second click of a double click has set the last corner twice.
  const doubleClick = () => corners.peek().length > 3 && end(corners.peek().slice(0, -1));
  const path = (all: readonly Point[]) =>
    all
      .map((corner) => {
        const { x, y } = project(corner);
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      })
      .join(' ');
  const view = () => {
    const [west, south, east, north] = box();
    end([[west, south], [east, south], [east, north], [west, north]]);
  };
  return (
    <>
      <svg class={on ? 'area drawing' : 'area'} aria-hidden="true" onClick={on ? click : undefined} onDblClick={on ? doubleClick : undefined}>
        {areas.map((area, n) => (
          <polygon key={n} points={path(area)} class="area-shape" />
        ))}
        {corners.value.length > 0 && <polygon points={path(corners.value)} class="area-shape begun" />}
        {corners.value.map((corner, n) => {
          const { x, y } = project(corner);
          return <circle key={n} cx={x} cy={y} r={n === 0 ? 6 : 4} class="area-corner" />;
        })}
      </svg>
      {on && (
        <div class="area-bar" role="group" aria-label={t('ask.drawing')}>
          <span>{t(corners.value.length < 3 ? 'ask.draw_corners' : 'ask.draw_close')}</span>
          <button type="button" class="button compact" disabled={corners.value.length < 3} onClick={() => end(corners.peek())}>
            {t('ask.draw_done')}
          </button>
          <button type="button" class="button compact" onClick={view}>
            {t('ask.draw_view')}
          </button>
          <button type="button" class="button compact" onClick={() => end([])}>
            {t('ask.draw_cancel')}
          </button>
        </div>
      )}
    </>
  );
}
