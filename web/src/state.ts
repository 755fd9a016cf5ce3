/* state.ts: the URL is the state. Everything a person chose is read from it, and a change is a new URL, so that
 * Back, a copied link and a reload all restore the page. Only the theme, and a first guess of the language, are kept
 * by the browser. */
import { computed, signal } from '@preact/signals';
import type { Kind } from './api';

export type Lang = 'zh' | 'en';
export type Theme = 'light' | 'dark';
type Change = Record<string, string | null>;

const stored = (key: string) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const store = (key: string, value: string) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    /* storage may be forbidden: the choice then lasts as long as the page */
  }
};

const url = signal(new URL(location.href));
addEventListener('popstate', () => (url.value = new URL(location.href)));

export const path = computed(() => url.value.pathname.replace(/(.)\/$/, '$1'));
export const params = computed(() => url.value.searchParams);
export const param = (name: string) => params.value.get(name) ?? '';

/* Commas, colons and dots are legal in a query and read better unescaped. */
const readable = (search: URLSearchParams) => {
  const text = search.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%7E', '~').replaceAll('%3B', ';');
  return text ? `?${text}` : '';
};

export function hrefTo(to: string, changes: Change = {}): string {
  const search = new URLSearchParams();
  if (params.value.get('lang')) search.set('lang', lang.value);
  for (const [name, value] of Object.entries(changes)) if (value) search.set(name, value);
  return to + readable(search);
}

function show(href: string, how: 'push' | 'replace') {
  if (href === location.pathname + location.search) return;
  if (how === 'push') history.pushState(null, '', href);
  else history.replaceState(null, '', href);
  url.value = new URL(location.href);
}

export function go(href: string) {
  show(href, 'push');
  scrollTo(0, 0);
}

/* Changes some parameters of this page; null or '' removes one. 'replace' for what a person does continuously. */
export function change(changes: Change, how: 'push' | 'replace' = 'push') {
  const search = new URLSearchParams(params.peek());
  for (const [name, value] of Object.entries(changes)) {
    if (value) search.set(name, value);
    else search.delete(name);
  }
  show(path.peek() + readable(search), how);
}

const guessed: Lang = (stored('lang') ?? navigator.language).startsWith('en') ? 'en' : 'zh';
export const lang = computed<Lang>(() => {
  const asked = params.value.get('lang');
  return asked === 'en' || asked === 'zh' ? asked : guessed;
});
export function setLang(to: Lang) {
  store('lang', to);
  change({ lang: to }, 'replace');
}

const darkWished = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = signal<Theme>(darkWished.matches ? 'dark' : 'light');
darkWished.addEventListener('change', () => (systemTheme.value = darkWished.matches ? 'dark' : 'light'));
const storedTheme = stored('theme');
const chosenTheme = signal<Theme | null>(storedTheme === 'light' || storedTheme === 'dark' ? storedTheme : null);
export const theme = computed<Theme>(() => chosenTheme.value ?? systemTheme.value);
export function setTheme(to: Theme) {
  store('theme', to);
  chosenTheme.value = to;
  document.documentElement.dataset['theme'] = to;
}

function media(query: string) {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => (matches.value = list.matches));
  return matches;
}
export const narrow = media('(max-width: 860px)');
/* No room for all of the header's links. */
export const tight = media('(max-width: 1100px)');

/* What is selected, on the map and in the list alike: `park:jm-fengshanhu` in the URL. */
export interface Thing { kind: Kind; id: string }
export const selected = computed<Thing | null>(() => {
  const text = params.value.get('sel') ?? '';
  const at = text.indexOf(':');
  return at > 0 ? { kind: text.slice(0, at) as Kind, id: text.slice(at + 1) } : null;
});
export const select = (thing: Thing | null) => change({ sel: thing && `${thing.kind}:${thing.id}` });
export const isSelected = (thing: Thing) => selected.value?.id === thing.id && selected.value.kind === thing.kind;
