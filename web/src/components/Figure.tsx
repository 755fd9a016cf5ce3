/* A figure: one number, one unit, one source. Its dotted underline opens who said it. */
import type { Entity } from '../api';
import { t } from '../i18n';
import { fieldFor } from '../model';
import { openSource, showSource } from '../source';
import type { Sum } from '../source';
import { shown } from '../units';
import { SampleMark } from './bits';

export function Figure({ entity, field: name, class: extra = '' }: { entity: Entity; field: string; class?: string }) {
  const field = fieldFor(entity, name);
  const value = entity.fields[name];
  const state = entity.states?.[name];
  if (!field || (value === undefined && !state)) return <span class={`unknown ${extra}`}>{t('unknown')}</span>;
  const { text, unit } = value === undefined ? { text: t(`state.${state!}`), unit: '' } : shown(field, value);
  return (
    <button type="button" class={`figure ${extra}`} data-field={name} aria-haspopup="dialog" onClick={(event) => showSource(event, entity, name)}>
      <b>{text}</b>
      {unit && <span class="unit"> {unit}</span>} <SampleMark entity={entity} field={name} />
    </button>
  );
}

/* A figure that the page added up from rows; it opens into them. */
export function SumFigure({ text, unit, sum }: { text: string; unit: string; sum: Sum }) {
  const open = (event: Event) => (openSource.value = { at: event.currentTarget as HTMLElement, of: { sum } });
  return (
    <button type="button" class="figure" aria-haspopup="dialog" onClick={open}>
      <b>{text}</b>
      {unit && <span class="unit"> {unit}</span>}
    </button>
  );
}
