/* The bar on top of every page: whose map this is, where one can go, language, theme, keys. */
import { useEffect, useRef } from 'preact/hooks';
import { isSlow } from '../busy';
import type { Kind } from '../api';
import { t } from '../i18n';
import type { Key } from '../i18n';
import { pathOf } from '../kinds';
import { kindTitle, meta, model, say } from '../model';
import { go, hrefTo, lang, path, setLang, setTheme, theme, tight } from '../state';
import { tray } from '../tray';
import { grouped } from '../units';
import { helpOpen } from './HelpSheet';
import { searchOpen } from './SearchSheet';
import { Icon } from './Icon';
import { IconButton } from './bits';

export function PageLink(props: { to: string; class?: string; current?: boolean; children: preact.ComponentChildren; changes?: Record<string, string> }) {
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

/* The pages that most people come for; all others are under 更多. */
const MAIN: { to: string; key: Key }[] = [
  { to: '/', key: 'nav.map' },
  { to: '/chains', key: 'nav.chains' },
  { to: '/parks', key: 'nav.parks' },
  { to: '/match', key: 'nav.match' },
  { to: '/policies', key: 'nav.policies' },
  { to: '/indicators', key: 'nav.indicators' },
];
const MORE: Kind[] = ['project', 'enterprise', 'building', 'infra_work', 'plan', 'event', 'cost', 'facility', 'train_service', 'cluster', 'parcel', 'region'];

const isAt = (to: string) => path.value === to || (to !== '/' && path.value.startsWith(`${to}/`));

const MainLinks = () => (
  <>
    {MAIN.map(({ to, key }) => (
      <PageLink key={to} to={to} current={isAt(to)}>
        {t(key)}
      </PageLink>
    ))}
  </>
);

/* Where there is no room for them the main pages are in the menu too. */
function MoreMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current && (menu.current.open = false);
  useEffect(() => {
    const outside = (event: Event) => !menu.current?.contains(event.target as Node) && close();
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    event.stopPropagation();
    close();
    menu.current.querySelector('summary')?.focus();
  };
  const kinds = MORE.filter((kind) => model.value && (meta.value?.kinds[kind]?.count ?? 0) > 0);
  return (
    <details class="more-menu" ref={menu} onKeyDown={onKey}>
      <summary>
        {t(tight.value ? 'nav.menu' : 'nav.more')} <Icon name="down" size={14} />
      </summary>
      <div class="more-list" onClick={close}>
        {tight.value && <MainLinks />}
        {kinds.map((kind) => (
          <PageLink key={kind} to={pathOf(kind)} current={isAt(pathOf(kind))}>
            {kindTitle(kind)} <span class="quiet">{grouped(meta.value!.kinds[kind].count)}</span>
          </PageLink>
        ))}
        <PageLink to="/about-data" current={isAt('/about-data')}>
          {t('nav.about')}
        </PageLink>
      </div>
    </details>
  );
}

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
        {!tight.value && <MainLinks />}
        <MoreMenu />
      </nav>
      <div class="top-end">
        {(tray.value.length > 0 || path.value === '/compare') && (
          <PageLink to="/compare" class="plain tray" current={path.value === '/compare'} changes={{ ids: tray.value.join(',') }}>
            {t('nav.compare')} <b>{tray.value.length}</b>
          </PageLink>
        )}
        {path.value !== '/' && <IconButton icon="search" size={18} label={t('search.open')} onClick={() => (searchOpen.value = true)} />}
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
