/* main.tsx: reads what the server says of itself, then draws the page of the URL. */
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, getList, getMeta, getModel } from './api';
import { Header } from './components/Header';
import { HelpSheet, helpOpen } from './components/HelpSheet';
import { SearchSheet, focusSearch } from './components/SearchSheet';
import { SourceCard } from './components/SourceCard';
import { ErrorLine } from './components/bits';
import { t } from './i18n';
import { chineseFace } from './fonts';
import { useKeyboard } from './keys';
import { indicators, kindTitle, meta, model, say } from './model';
import { PageOf } from './pages/pages';
import { routeOf } from './routes';
import type { Route } from './routes';
import { closeSource, openSource } from './source';
import { lang, path } from './state';
import { thingName } from './title';

/* Keys that mean the same everywhere; true when it was one. */
function everywhere(event: KeyboardEvent): boolean {
  if (event.key === 'Escape' && openSource.peek()) {
    closeSource();
    return true;
  }
  if (event.key === '/' && !(event.target as HTMLElement).matches('input, select, textarea')) {
    focusSearch();
    return true;
  }
  if (event.key === '?' && !(event.target as HTMLElement).matches('input, select')) {
    helpOpen.value = !helpOpen.peek();
    return true;
  }
  return false;
}

function App() {
  useKeyboard(everywhere);
  useEffect(() => {
    document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
  }, [lang.value]);
  const route = routeOf(path.value);
  useEffect(() => {
    document.title = `${thingName.value || pageName(route)} · ${say(meta.value!.name)}`;
  }, [thingName.value, path.value, lang.value]);
  const arrived = useRef(false);
  useEffect(() => {
    openSource.value = null;
    // A new page is read from its beginning.
    if (arrived.current) document.getElementById('main')?.focus({ preventScroll: true });
    arrived.current = true;
  }, [path.value]);
  return (
    <>
      <Header />
      <PageOf key={`${route.name}/${route.kind ?? ''}/${route.id ?? ''}`} route={route} />
      <SourceCard />
      <HelpSheet />
      <SearchSheet />
    </>
  );
}

function pageName(route: Route): string {
  switch (route.name) {
    case 'home':
      return t('nav.map');
    case 'match':
      return t('nav.match');
    case 'compare':
      return t('nav.compare');
    case 'about':
      return t('nav.about');
    case 'lost':
      return t('lost.title');
    default:
      return kindTitle(route.kind!);
  }
}

const root = document.getElementById('app')!;

async function start() {
  try {
    const [about, tables, figures] = await Promise.all([getMeta(), getModel(), getList('indicator', { limit: 200 })]);
    meta.value = about;
    model.value = tables;
    indicators.value = new Map(figures.items.map((one) => [one.id, one]));
    render(<App />, root);
    void chineseFace();
  } catch (error) {
    const problem = error instanceof ApiError ? error : new ApiError('ERR_PAGE', String(error), 0);
    render(<ErrorLine error={problem} retry={() => void start()} />, root);
  }
}
void start();
