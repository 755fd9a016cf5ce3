/* lazy.tsx: a component that is fetched when it is first shown. */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { ApiError } from './api';
import { busy } from './busy';
import { ErrorLine } from './components/bits';

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<{ page: ComponentType<P> } | null>(null);
  const failed = signal(false);
  let under_way = false;
  const start = () => {
    if (under_way) return;
    under_way = true;
    failed.value = false;
    const done = busy();
    load()
      .then(
        (page) => (loaded.value = { page }),
        () => (failed.value = true),
      )
      .finally(() => {
        under_way = false;
        done();
      });
  };
  return function Lazy(props: P) {
    if (loaded.value) {
      const { page: Page } = loaded.value;
      return <Page {...props} />;
    }
    if (failed.value) return <ErrorLine error={new ApiError('ERR_OFFLINE', '', 0)} retry={start} />;
    start();
    return <main id="main" class="sheet" tabIndex={-1} aria-busy="true" />;
  };
}
