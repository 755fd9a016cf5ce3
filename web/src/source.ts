/* source.ts: which figure's source is open. Every figure opens the same card, one at a time. */
import { signal } from '@preact/signals';
import type { Entity } from './api';

/* How a figure that the page itself added up came about: one line, and the rows it is made of. */
export interface Sum { title: string; how: string; rows: { name: string; value: string }[]; note?: string }
export interface OpenSource {
  at: HTMLElement;
  of: { entity: Entity; field: string } | { sum: Sum };
}
export const openSource = signal<OpenSource | null>(null);

/* Opens the card of a figure beside what was pressed. */
export const showSource = (event: Event, entity: Entity, field: string) => (openSource.value = { at: event.currentTarget as HTMLElement, of: { entity, field } });

/* Closes the card; focus goes back to the figure. */
export function closeSource() {
  const at = openSource.peek()?.at;
  openSource.value = null;
  at?.focus();
}
