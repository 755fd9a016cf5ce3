/* The bar on top of every page: whose map this is, where one can go, language, theme, keys. */
import type { Path } from '../state';
import { isSlow } from '../busy';
import { t } from '../i18n';
import { meta, say } from '../model';
import { go, hrefTo, lang, path, setLang, setTheme, theme } from '../state';
import { helpOpen } from './HelpSheet';
import { IconButton } from './bits';

export function PageLink(props: { to: Path; class?: string; current?: boolean; children: preact.ComponentChildren; changes?: Record<string, string> }) {
  const href = hrefTo(props.to, props.changes);
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} class={props.class} aria-current={props.current ? 'page' : undefined} onClick={follow}>
      {props.children}
    </a>
  );
}

const Logo = () => (
  <svg class="logo" width="26" height="26" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="M4.5 18.5h5l2.5-6 2.5-6h5" class="logo-line" />
    <circle cx="4.5" cy="18.5" r="2.8" class="logo-end" />
    <circle cx="12" cy="12.5" r="2.4" class="logo-mid" />
    <circle cx="19.5" cy="6" r="2.8" class="logo-end" />
  </svg>
);

export function Header() {
  const other = lang.value === 'zh' ? 'en' : 'zh';
  return (
    <header class="top">
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <PageLink to="/" class="brand">
        <Logo />
        <span>{meta.value ? say(meta.value.name) : ''}</span>
      </PageLink>
      <nav class="pages" aria-label={t('nav.label')}>
        <PageLink to="/" current={path.value === '/'}>
          {t('nav.map')}
        </PageLink>
        <PageLink to="/match" current={path.value === '/match'}>
          {t('nav.match')}
        </PageLink>
      </nav>
      <div class="top-end">
        <IconButton icon="keyboard" size={18} label={t('help.open')} class="wide-only" onClick={() => (helpOpen.value = true)} />
        <button type="button" class="plain" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLang(other)}>
          {t('lang.other')}
        </button>
        <IconButton icon={theme.value === 'dark' ? 'sun' : 'moon'} size={18} label={t(theme.value === 'dark' ? 'theme.light' : 'theme.dark')} onClick={() => setTheme(theme.value === 'dark' ? 'light' : 'dark')} />
      </div>
      <div class={isSlow.value ? 'busy-bar on' : 'busy-bar'} role="presentation" />
    </header>
  );
}
