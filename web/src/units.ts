/* units.ts: values as people read and write them. Inside: m², fen, metres, kVA. Outside: 亩, 元/m², km in Chinese;
 * ha, CNY/m², km in English. 1 亩 = 2000/3 m². */
import type { FieldInfo, Value } from './api';
import { t } from './i18n';
import { codeLabel } from './model';
import { lang } from './state';
import type { Lang } from './state';

/* What a value of one unit of the field's is in the unit shown, and how many decimals are shown of it. */
interface Scale { factor: number; unit: string; decimals: number }

const MU_M2 = 2000 / 3;

export function scaleOf(field: FieldInfo, as: Lang = lang.value): Scale {
  const say = (key: 'unit.mu' | 'unit.ha' | 'unit.yuan_m2' | 'unit.wan_mu' | 'unit.day') => t(key, {}, as);
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
    case 'd':
      return { factor: 1, unit: say('unit.day'), decimals: 0 };
    default:
      return { factor: 1, unit: field.unit ?? '', decimals: field.unit === 't/h' ? 1 : field.unit ? 0 : (field.decimals ?? 0) };
  }
}

/* 1234567.8 → 1,234,567.8; the same in every browser and language. */
export function grouped(value: number, decimals = 0): string {
  const [whole = '', part] = Math.abs(value).toFixed(decimals).split('.');
  const sign = value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0 ? '−' : '';
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? `.${part}` : '');
}

export interface Shown { text: string; unit: string }

export function shown(field: FieldInfo, value: Value): Shown {
  if (typeof value === 'number') {
    const scale = scaleOf(field);
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
