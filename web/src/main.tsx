/* main.tsx: reads what the server says of itself, then draws the page of the URL. */
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, getMeta, getModel } from './api';
import { Header } from './components/Header';
import { HelpSheet, helpOpen } from './components/HelpSheet';
import { SourceCard } from './components/SourceCard';
import { ErrorLine } from './components/bits';
import { t } from './i18n';
import { useKeyboard } from './keys';
import { meta, model, say } from './model';
import { HomePage } from './pages/home/HomePage';
import { MatchPage } from './pages/match/MatchPage';
import { closeSource, openSource } from './source';
import { lang, path } from './state';

/* Keys that mean the same everywhere; true when it was one. */
function everywhere(event: KeyboardEvent): boolean {
  if (event.key === 'Escape' && openSource.peek()) {
    closeSource();
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
  useEffect(() => {
    document.title = `${t(path.value === '/match' ? 'nav.match' : 'nav.map')} · ${say(meta.value!.name)}`;
  }, [path.value, lang.value]);
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
      {path.value === '/match' ? <MatchPage /> : <HomePage />}
      <SourceCard />
      <HelpSheet />
    </>
  );
}

const root = document.getElementById('app')!;

async function start() {
  try {
    [meta.value, model.value] = await Promise.all([getMeta(), getModel()]);
    render(<App />, root);
  } catch (error) {
    const problem = error instanceof ApiError ? error : new ApiError('ERR_PAGE', String(error), 0);
    render(<ErrorLine error={problem} retry={() => void start()} />, root);
  }
}
void start();
