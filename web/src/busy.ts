/* busy.ts: is a call under way? Shown as a 2 px bar, and only once it has taken 300 ms. */
import { computed, effect, signal } from '@preact/signals';

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

const QUIET_MS = 100;
/* Resolves once no call has been under way for a moment. */
export function quiet(): Promise<void> {
  return new Promise((done) => {
    let still: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      clearTimeout(still);
      if (calls.value > 0) return;
      still = setTimeout(() => {
        stop();
        done();
      }, QUIET_MS);
    });
  });
}
