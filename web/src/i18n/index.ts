/* i18n/index.ts: t('key', {n: 3}) in the language of the page. {n} is the argument, {n|site|sites} a word chosen by it. */
import { lang } from '../state';
import type { Lang } from '../state';
import { en } from './en';
import { zh } from './zh';

export type Key = keyof typeof zh;
export type Args = Record<string, string | number>;

export function t(key: Key, args: Args = {}, as: Lang = lang.value): string {
  const text: string = as === 'en' ? en[key] : zh[key];
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const value = args[name] ?? '';
    if (one === undefined) return String(value);
    return String(value).replaceAll(',', '') === '1' ? one : many!;
  });
}

export const has = (key: string): key is Key => key in zh;
/* A sentence of a family: words('state', 'done') is state.done, or what else is given. */
export const word = (key: string, otherwise: string) => (has(key) ? t(key) : otherwise);
