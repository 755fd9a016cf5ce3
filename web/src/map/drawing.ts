/* map/drawing.ts: an area being drawn on a map: which condition it is for, and its corners so far. */
import { signal } from '@preact/signals';
import type { AreaName } from '../asks';
import type { Point } from '../api';

/* '' when nothing is drawn. */
export const drawing = signal<AreaName | ''>('');
export const corners = signal<readonly Point[]>([]);
