/* Icons as 24 × 24 strokes; drawn on pages as SVG and on the map's canvas as paths. Decoration: a word stands beside
 * each, or a label on its button. */
export const ICON_PATHS = {
  anchor: 'M12 8.5V21M12 8.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM7.5 11.5h9M4 14c.6 4.2 3.6 7 8 7s7.4-2.8 8-7',
  rail: 'M7 3.5h10a2 2 0 0 1 2 2V14a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V5.5a2 2 0 0 1 2-2ZM5 10.5h14M8.5 17 6 21M15.5 17l2.5 4M9 13.8h.01M15 13.8h.01',
  plane: 'M12 3c.9 0 1.4 1 1.4 2.2V9.5l7.1 4v2l-7.1-2v4.3l2.1 1.7V21L12 20.2 8.5 21v-1.5l2.1-1.7v-4.3l-7.1 2v-2l7.1-4V5.2C10.6 4 11.1 3 12 3Z',
  road: 'M7 21 9.5 3M17 21 14.5 3M12 4v3M12 10.5v3M12 17v3',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l5 5',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  down: 'm6 9 6 6 6-6',
  up: 'm6 15 6-6 6 6',
  moon: 'M20 14.5A8.2 8.2 0 0 1 9.5 4 8.2 8.2 0 1 0 20 14.5Z',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  link: 'M10 14a4.5 4.5 0 0 0 6.5 0l3-3A4.6 4.6 0 0 0 13 4.5l-1.5 1.4M14 10a4.5 4.5 0 0 0-6.5 0l-3 3a4.6 4.6 0 0 0 6.5 6.5l1.5-1.4',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2',
  alert: 'M12 4 2.8 20h18.4ZM12 10v4.5M12 17.3h.01',
  keyboard: 'M3.5 6.5h17v11h-17ZM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8',
  sliders: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3M15 5v4M9 10v4M15 15v4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  picture: 'M4 5h16v14H4ZM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
  target: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 2v4M12 18v4M2 12h4M18 12h4',
} as const;
export type IconName = keyof typeof ICON_PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={ICON_PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
