/* units.ts: values as people read and write them. Inside: m², fen, metres, kVA. Outside: 亩, 元/m², km in Chinese;
 * ha, CNY/m², km in English. 1 亩 = 2000/3 m². */
import type { FieldInfo, Value } from './api';
import { has, t } from './i18n';
import type { Key } from './i18n';
import { codeLabel } from './model';
import { lang } from './state';
import type { Lang } from './state';

/* What a value of one unit of the field's is in the unit shown, and how many decimals are shown of it. */
interface Scale { factor: number; unit: string; decimals: number }

const MU_M2 = 2000 / 3;

export function scaleOf(field: FieldInfo, as: Lang = lang.value): Scale {
  const say = (key: Key) => t(key, {}, as);
  switch (field.unit) {
    case 'm2':
      return as === 'zh' ? { factor: 1 / MU_M2, unit: say('unit.mu'), decimals: 1 } : { factor: 1e-4, unit: say('unit.ha'), decimals: 1 };
    case 'fen/m2':
      // Investment per area is said in 万元/亩, land prices are not.
      if (field.name.startsWith('invest') && as === 'zh') return { factor: (MU_M2 * 0.01) / 1e4, unit: say('unit.wan_mu'), decimals: 0 };
      return { factor: 0.01, unit: say('unit.yuan_m2'), decimals: 0 };
    case 'm':
      return field.near ? { factor: 0.001, unit: 'km', decimals: 1 } : { factor: 1, unit: 'm', decimals: 0 };
    case 'm3/d':
      return { factor: 1, unit: 'm³/d', decimals: 0 };
    case 'm3/h':
      return { factor: 1, unit: 'm³/h', decimals: 0 };
    case 'm2 of floor':
      return { factor: 1, unit: 'm²', decimals: 0 };
    case 'fen':
      return { factor: 0.01 / MONEY[as].steps[0]!.from, unit: say(MONEY[as].steps[0]!.key), decimals: MONEY[as].decimals };
    case 'fen/m2/month':
      return { factor: 0.01, unit: say('unit.yuan_m2_month'), decimals: 2 };
    case 'usd':
      return as === 'zh' ? { factor: 1e-8, unit: say('unit.usd'), decimals: 2 } : { factor: 1e-9, unit: say('unit.usd'), decimals: 3 };
    case '%':
    case 'percent':
      return { factor: 1, unit: '%', decimals: 2 };
    case 'kg/m2':
      return { factor: 1, unit: 'kg/m²', decimals: 0 };
    case 'count':
      return { factor: 1, unit: as === 'zh' ? say('unit.count') : '', decimals: 0 };
    case 'day':
    case 'd':
      return { factor: 1, unit: say('unit.day'), decimals: 0 };
    default:
      if (field.unit?.startsWith('fen/')) {
        const per = `unit.${field.unit}`;
        return { factor: 0.01, unit: has(per) ? say(per) : field.unit, decimals: 2 };
      }
      return { factor: 1, unit: field.unit ?? '', decimals: field.unit === 't/h' ? 1 : field.unit ? 0 : (field.decimals ?? 0) };
  }
}

/* Money is said in the largest of these that it reaches: 亿元, 万元, 元; bn, m, CNY. */
const MONEY: Record<Lang, { steps: { from: number; key: Key }[]; decimals: number; last: { from: number; key: Key } }> = {
  zh: { steps: [{ from: 1e8, key: 'unit.yi' }, { from: 1e4, key: 'unit.wan' }], decimals: 2, last: { from: 1, key: 'unit.yuan' } },
  en: { steps: [{ from: 1e9, key: 'unit.yi' }, { from: 1e6, key: 'unit.wan' }], decimals: 3, last: { from: 1, key: 'unit.yuan' } },
};
export function money(fen: number, as: Lang = lang.value): Shown {
  const { steps, decimals, last } = MONEY[as];
  const step = steps.find(({ from }) => Math.abs(fen) / 100 >= from) ?? last;
  return { text: trimmed(fen / 100 / step.from, decimals), unit: t(step.key, {}, as) };
}

/* No more digits than the value has. */
export function trimmed(value: number, decimals: number): string {
  return grouped(value, decimals).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/* 1234567.8 → 1,234,567.8; the same in every browser and language. */
export function grouped(value: number, decimals = 0): string {
  const [whole = '', part] = Math.abs(value).toFixed(decimals).split('.');
  const sign = value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0 ? '−' : '';
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? `.${part}` : '');
}

/* Units whose values are written with as many digits as they have. */
const TRIMMED = ['usd', '%', 'percent', 'fen/m2/month'];

export interface Shown { text: string; unit: string }

export function shown(field: FieldInfo, value: Value): Shown {
  if (typeof value === 'number') {
    if (field.unit === 'fen') return money(value);
    const scale = scaleOf(field);
    if (TRIMMED.includes(field.unit ?? '') || field.unit?.startsWith('fen/')) return { text: trimmed(value * scale.factor, scale.decimals), unit: scale.unit };
    return { text: grouped(value * scale.factor, scale.decimals), unit: scale.unit };
  }
  if (typeof value === 'boolean') return { text: t(value ? 'yes' : 'no'), unit: '' };
  if (field.codes) {
    const codes = Array.isArray(value) ? value : [value];
    return { text: codes.map((code) => codeLabel(field.codes!, code)).join(lang.value === 'en' ? ', ' : '、'), unit: '' };
  }
  return { text: Array.isArray(value) ? value.join(lang.value === 'en' ? ', ' : '、') : value, unit: '' };
}

/* "456 元/m²": a space before the unit, in both languages. */
export function inWords(field: FieldInfo, value: Value): string {
  const { text, unit } = shown(field, value);
  return unit ? `${text} ${unit}` : text;
}

/* A limit that someone set: no more digits than it has. "200 亩", "40 km". */
export function limitInWords(field: FieldInfo, value: number | string): string {
  if (typeof value === 'string') return value;
  const { unit } = scaleOf(field);
  const [whole = '', part] = toInput(field, value).split('.');
  const text = grouped(Number(whole)) + (part ? `.${part}` : '');
  return unit ? `${text} ${unit}` : text;
}

/* An input's text for a value, and back; null when the text is no number above or at 0. No more digits than the
 * scale needs, so that 133333.33 m² is read as 200 亩. */
export function toInput(field: FieldInfo, value: number | string): string {
  if (typeof value === 'string') return value;
  const scale = scaleOf(field);
  return String(Number((value * scale.factor).toFixed(Math.max(2, scale.decimals))));
}
export function fromInput(field: FieldInfo, text: string): number | null {
  const plain = text.replaceAll(',', '').replaceAll('\uff0c', '').trim();
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const value = Number(plain) / scaleOf(field).factor;
  return Number(value.toFixed(field.decimals ?? 0));
}

/* A total in one unit less precise than its parts: 642 亩, 42.8 ha. */
export function totalArea(area_m2: number): Shown {
  return lang.value === 'zh'
    ? { text: grouped(area_m2 / MU_M2), unit: t('unit.mu') }
    : { text: grouped(area_m2 * 1e-4, 1), unit: t('unit.ha') };
}
