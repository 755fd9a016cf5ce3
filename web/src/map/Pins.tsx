/* map/Pins.tsx: numbered marks over a map; the same things as in the list. What would cover each other is one mark
 * with a count, which opens into its list. */
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Point } from '../api';
import { t } from '../i18n';

export interface Pin { id: string; place: Point; group: 'fit' | 'unknown' | 'near' | 'dot'; /* '' for a plain dot. */ text: string; title: string; chosen: boolean }

const APART_PX = 22;

interface Cluster { x: number; y: number; pins: Pin[] }

/* Greedy, in order of rank; the chosen one always stands alone. */
function clustered(pins: Pin[], project: (place: Point) => { x: number; y: number }): Cluster[] {
  const clusters: Cluster[] = [];
  for (const pin of pins) {
    const { x, y } = project(pin.place);
    const near = pin.chosen ? undefined : clusters.find((c) => !c.pins[0]!.chosen && Math.hypot(c.x - x, c.y - y) < APART_PX);
    if (near) near.pins.push(pin);
    else clusters.push({ x, y, pins: [pin] });
  }
  return clusters;
}

/* What is under a mark, read out. */
function labelOf(here: Pin[]): string {
  const [first] = here as [Pin];
  if (here.length === 1) return `${first.text} ${first.title}`.trim();
  return `${first.text ? `${first.text}+${here.length - 1} ` : ''}${t('map.pins', { n: here.length, first: first.title })}`;
}

interface Props {
  pins: Pin[];
  project: (place: Point) => { x: number; y: number };
  onPin: (pin: Pin) => void;
  /* The pin that the pointer or the focus is on; null when it leaves. */
  onHover: (pin: Pin | null) => void;
}

export function Pins({ pins, project, onPin, onHover }: Props) {
  const open = useSignal('');
  const layer = useRef<HTMLDivElement>(null);
  const close = (event: KeyboardEvent) => {
    event.preventDefault();
    open.value = '';
    (event.currentTarget as HTMLElement).querySelector('button')?.focus();
  };
  // A list opens towards the middle of the map.
  const towards = (x: number, y: number) => `${x > (layer.current?.clientWidth ?? 0) / 2 ? ' to-left' : ''}${y > (layer.current?.clientHeight ?? 0) / 2 ? ' to-top' : ''}`;
  return (
    <div class="pins" ref={layer}>
      {clustered(pins, project).map(({ x, y, pins: here }) => {
        const first = here[0]!;
        const alone = here.length === 1;
        const isOpen = open.value === first.id && !alone;
        return (
          <div key={first.id} class={`pin-place${first.chosen ? ' chosen' : ''}${isOpen ? ' open' : ''}`} style={{ transform: `translate(${Math.round(x)}px, ${Math.round(y)}px)` }} onKeyDown={(event) => isOpen && event.key === 'Escape' && close(event)}>
            <button
              type="button"
              class={`pin pin-${first.group}${first.chosen ? ' chosen' : ''}${alone ? ' alone' : ''}`}
              aria-label={labelOf(here)}
              aria-expanded={alone ? undefined : isOpen}
              title={alone ? first.title : undefined}
              data-pin={first.id}
              onPointerEnter={() => onHover(first)}
              onPointerLeave={() => onHover(null)}
              onFocus={() => onHover(first)}
              onBlur={() => onHover(null)}
              onClick={() => (alone ? onPin(first) : (open.value = isOpen ? '' : first.id))}
            >
              <span>{first.text || (alone ? '' : here.length)}</span>
              {!alone && first.text && <span class="pin-count">{`+${here.length - 1}`}</span>}
            </button>
            {isOpen && (
              <ul class={`pin-list${towards(x, y)}`} data-popover>
                {here.map((pin) => (
                  <li key={pin.id}>
                    <button
                      type="button"
                      onClick={() => {
                        open.value = '';
                        onPin(pin);
                      }}
                    >
                      {pin.text && <span class={`mark mark-${pin.group}`}>{pin.text}</span>} {pin.title}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </div>
  );
}
