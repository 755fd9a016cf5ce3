/* resource.ts: an answer that follows its question. While the next one is under way, and after an error, the last
 * one stays. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { ApiError } from './api';

export interface Resource<T> {
  data: ReadonlySignal<T | null>;
  error: ReadonlySignal<ApiError | null>;
  /* When `data` was received, as 14:05; said beside a stale answer. */
  at: ReadonlySignal<string>;
  retry: () => void;
}

const clock = () => new Date().toTimeString().slice(0, 5);

/* Asks again whenever `question` changes; '' asks nothing. `ask` reads the question, not the page's state. */
export function useResource<T>(question: string, ask: (abort: AbortSignal) => Promise<T>, wait_ms = 0): Resource<T> {
  const data = useSignal<T | null>(null);
  const error = useSignal<ApiError | null>(null);
  const at = useSignal('');
  const attempt = useSignal(0);
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    if (!question) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      latest.current(abort.signal).then(
        (answer) => {
          if (abort.signal.aborted) return;
          data.value = answer;
          error.value = null;
          at.value = clock();
        },
        (problem) => {
          if (abort.signal.aborted) return;
          error.value = problem instanceof ApiError ? problem : new ApiError('ERR_PAGE', String(problem), 0);
        },
      );
    }, data.peek() === null ? 0 : wait_ms);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [question, attempt.value]);

  return { data, error, at, retry: () => attempt.value++ };
}
