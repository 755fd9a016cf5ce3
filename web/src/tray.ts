/* tray.ts: the places a person wants to compare, kept by the browser. The page of a comparison has them in its URL. */
import { signal } from '@preact/signals';
import type { Kind } from './api';

export const TRAY_MAX = 4;
const KEY = 'tray';

const nameOf = (kind: Kind, id: string) => `${kind}:${id}`;

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, TRAY_MAX) : [];
  } catch {
    return []; // not allowed, or not ours
  }
}

export const tray = signal<string[]>(read());
export const inTray = (kind: Kind, id: string) => tray.value.includes(nameOf(kind, id));

export function setTray(names: string[]) {
  tray.value = names.slice(0, TRAY_MAX);
  try {
    localStorage.setItem(KEY, JSON.stringify(tray.value));
  } catch {
    /* it then lasts as long as the page */
  }
}
export const toggleTray = (kind: Kind, id: string) => {
  const name = nameOf(kind, id);
  setTray(tray.peek().includes(name) ? tray.peek().filter((one) => one !== name) : [...tray.peek(), name]);
};
