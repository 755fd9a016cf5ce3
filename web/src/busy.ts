/* busy.ts: is a call under way? Shown as a 2 px bar, and only once it has taken 300 ms. */
import { computed, signal } from '@preact/signals';

const SHOW_AFTER_MS = 300;
const calls = signal(0);
const slow = signal(false);
let timer: ReturnType<typeof setTimeout> | undefined;

export const isSlow = computed(() => slow.value && calls.value > 0);

/* Counts a call in; the returned function counts it out. */
export function busy(): () => void {
  if (calls.value++ === 0) timer = setTimeout(() => (slow.value = true), SHOW_AFTER_MS);
  return () => {
    if (--calls.value > 0) return;
    clearTimeout(timer);
    slow.value = false;
  };
}
