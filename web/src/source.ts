/* source.ts: which figure's source is open. Every figure opens the same card, one at a time. */
import { signal } from '@preact/signals';
import type { Kind } from './api';

/* How a figure that the page itself added up came about: one line, and the rows it is made of. */
export interface Sum { title: string; how: string; rows: { name: string; value: string }[]; note?: string }
export interface OpenSource {
  at: HTMLElement;
  of: { kind: Kind; id: string; name: string; field: string } | { sum: Sum };
}
export const openSource = signal<OpenSource | null>(null);

/* Closes the card; focus goes back to the figure. */
export function closeSource() {
  const at = openSource.peek()?.at;
  openSource.value = null;
  at?.focus();
}
