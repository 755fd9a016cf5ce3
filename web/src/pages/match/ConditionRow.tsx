/* One condition: a range with its unit, some codes of a list, or some segments. */
import { useId, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { FieldInfo } from '../../api';
import { askField, askLabel, isOfSegments, nameOfThing } from '../../asks';
import type { AreaName } from '../../asks';
import { ASSEMBLE, assembles, conditionOn, contradictions, dropCondition, setAssembles, setCondition } from '../../brief';
import { IconButton, Segmented } from '../../components/bits';
import { Icon } from '../../components/Icon';
import { t } from '../../i18n';
import { codeLabel, codesOf, meta } from '../../model';
import { fromInput, scaleOf, toInput } from '../../units';
import { PickSegment } from './PickSegment';

type End = 'min' | 'max';

/* Which end is asked for of the usual fields; of any other, both. */
const USUAL_ENDS: Record<string, End[]> = {
  area_m2: ['min', 'max'],
  price_fen_m2: ['max'],
  power_left_kva: ['min'],
  port_m: ['max'],
  available_from: ['max'],
};

export function ConditionRow({ name, extra, onRemove }: { name: string; extra: boolean; onRemove: () => void }) {
  const field = askField(name);
  const clash = contradictions.value.some((condition) => condition.field === name);
  const remove = () => {
    dropCondition(name);
    onRemove();
  };
  const half = name === 'price_fen_m2' || name === 'power_left_kva' || name === 'gas_state' || name === 'port_m';
  return (
    <fieldset class={`condition${half ? ' half' : ''}${clash ? ' clash' : ''}`} data-condition={name}>
      <legend>
        {label(name)}
        {extra && <IconButton icon="close" size={13} label={t('brief.remove', { name: label(name) })} onClick={remove} />}
      </legend>
      {!field ? (
        <Area name={name as AreaName} />
      ) : field.type === 'bool' ? (
        <YesNo field={field} />
      ) : field.type === 'num' || field.type === 'date' ? (
        <>
          <Range field={field} />
          {name === 'area_m2' && (
            <label class="assemble">
              <input type="checkbox" checked={assembles.value} onChange={(event) => setAssembles(event.currentTarget.checked)} />
              {t('set.may', { gap: ASSEMBLE.gap_m })}
            </label>
          )}
        </>
      ) : name === 'gas_state' ? (
        <Connected field={field} />
      ) : isOfSegments(field) ? (
        <SegmentsOf field={field} />
      ) : (
        <Codes field={field} />
      )}
    </fieldset>
  );
}

const label = (name: string) => (name === 'available_from' ? t('brief.available_by') : askLabel(name));

/* A drawn area: the map draws it anew. */
function Area({ name }: { name: AreaName }) {
  return <p class="quiet">{t('ask.corners', { n: conditionOn(name)?.corners?.length ?? 0 })}</p>;
}

function YesNo({ field }: { field: FieldInfo }) {
  return (
    <Segmented
      label={label(field.name)}
      class="wide"
      value={conditionOn(field.name)?.in?.[0] ?? 'any'}
      onChoose={(value) => setCondition({ field: field.name, in: value === 'any' ? [] : [value] })}
      choices={[
        { value: 'true', text: t('yes') },
        { value: 'false', text: t('no') },
        { value: 'any', text: t('brief.any') },
      ]}
    />
  );
}

function Range({ field }: { field: FieldInfo }) {
  const condition = conditionOn(field.name);
  const usual = USUAL_ENDS[field.name] ?? (field.near ? (['max'] as const) : (['min', 'max'] as const));
  // An end that the address sets is shown, whether usual or not.
  const ends = (['min', 'max'] as const).filter((end) => usual.includes(end) || condition?.[end] !== undefined);
  return (
    <div class={`range ends-${ends.length}`}>
      {ends.map((end) => (
        <RangeEnd key={end} field={field} end={end} />
      ))}
    </div>
  );
}

function RangeEnd({ field, end }: { field: FieldInfo; end: End }) {
  const id = useId();
  const condition = conditionOn(field.name);
  const stands = condition?.[end];
  const draft = useSignal<string | null>(null);
  const problem = useSignal(false);
  // The first change since the field was entered is a step in the history; what follows belongs to it.
  const changed = useRef(false);
  // What is being typed stands only while the address says what it said; Back takes precedence.
  const typed = useRef(stands);
  const isTyped = draft.value !== null && typed.current === stands;
  const isDate = field.type === 'date';
  const unit = isDate ? '' : scaleOf(field).unit;

  const type = (text: string) => {
    draft.value = text;
    const value = text.trim() === '' ? undefined : isDate ? (/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text.trim()) ? text.trim() : null) : fromInput(field, text);
    if (value === null) return;
    typed.current = value;
    problem.value = false;
    const { in: _, ...ends } = condition ?? { field: field.name };
    setCondition({ ...ends, field: field.name, [end]: value }, changed.current ? 'replace' : 'push');
    changed.current = true;
  };
  const leave = () => {
    problem.value = draft.value !== null && draft.value.trim() !== '' && (isDate ? !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(draft.value.trim()) : fromInput(field, draft.value) === null);
    if (!problem.value) draft.value = null;
    changed.current = false;
  };
  const example = field.example ? toInput(field, isDate ? field.example : Number(field.example)) : '';
  return (
    <div class="range-end">
      <span class={problem.value ? 'input bad' : 'input'}>
        {(!isDate || end === 'min' || field.name !== 'available_from') && <span aria-hidden="true">{end === 'min' ? '≥' : '≤'}</span>}
        <input
          id={id}
          type="text"
          inputMode={isDate ? 'numeric' : 'decimal'}
          autocomplete="off"
          spellcheck={false}
          placeholder={isDate ? example : ''}
          aria-label={`${label(field.name)} ${t(end === 'min' ? 'brief.at_least' : 'brief.at_most')}${unit ? ` ${unit}` : ''}`}
          aria-invalid={problem.value}
          aria-describedby={problem.value ? `${id}-problem` : undefined}
          value={isTyped ? draft.value! : stands === undefined ? '' : toInput(field, stands)}
          onInput={(event) => type(event.currentTarget.value)}
          onFocus={() => (typed.current = stands)}
          onBlur={leave}
          onKeyDown={(event) => event.key === 'Enter' && leave()}
        />
        {unit && <span class="unit">{unit}</span>}
        {isDate && field.name === 'available_from' && typeof stands === 'string' && <span class="unit">{monthsTo(stands)}</span>}
      </span>
      {problem.value && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {t(isDate ? 'brief.bad_date' : 'brief.bad_number', { label: label(field.name), unit, example })}
        </p>
      )}
    </div>
  );
}

/* How far off a date is, if it is to come. */
function monthsTo(date: string): string {
  const today = meta.value?.today ?? '';
  const months = (Number(date.slice(0, 4)) - Number(today.slice(0, 4))) * 12 + Number(date.slice(5, 7) || 12) - Number(today.slice(5, 7));
  return months > 0 ? t('brief.months', { n: months }) : '';
}

/* Gas is there, or it does not matter. */
function Connected({ field }: { field: FieldInfo }) {
  const asked = conditionOn(field.name)?.in ?? [];
  if (asked.length && (asked.length > 1 || asked[0] !== 'done')) return <Codes field={field} />;
  return (
    <Segmented
      label={label(field.name)}
      class="wide"
      value={asked.length ? 'done' : 'any'}
      onChoose={(value) => setCondition({ field: field.name, in: value === 'done' ? ['done'] : [] })}
      choices={[
        { value: 'done', text: t('brief.connected') },
        { value: 'any', text: t('brief.any') },
      ]}
    />
  );
}

/* The chosen codes, and a button that shows the others. */
function Codes({ field }: { field: FieldInfo }) {
  const open = useSignal(false);
  const asked = conditionOn(field.name)?.in ?? [];
  const codes = codesOf(field.codes!).map(({ code }) => code);
  const toggle = (code: string) => setCondition({ field: field.name, in: codes.filter((one) => asked.includes(one) !== (one === code)) });
  const shown = open.value ? codes : codes.filter((code) => asked.includes(code));
  return (
    <div class="code-chips">
      {shown.map((code) => (
        <button type="button" key={code} class="chip" aria-pressed={asked.includes(code)} onClick={() => toggle(code)}>
          {codeLabel(field.codes!, code)}
          {asked.includes(code) && <Icon name="close" size={12} />}
        </button>
      ))}
      <button type="button" class="chip dashed" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        {open.value ? t('brief.fewer') : asked.length ? t('brief.more_codes') : t('brief.choose')}
        <Icon name={open.value ? 'up' : 'down'} size={13} />
      </button>
    </div>
  );
}

/* Any of the chosen will do. */
function SegmentsOf({ field }: { field: FieldInfo }) {
  const asked = conditionOn(field.name)?.in ?? [];
  return (
    <>
      {asked.length > 0 && (
        <div class="code-chips">
          {asked.map((id) => (
            <button type="button" key={id} class="chip" aria-pressed="true" onClick={() => setCondition({ field: field.name, in: asked.filter((one) => one !== id) })}>
              {nameOfThing('segment', id)}
              <Icon name="close" size={12} />
            </button>
          ))}
        </div>
      )}
      <PickSegment onPick={(id) => setCondition({ field: field.name, in: [...new Set([...asked, id])] })} />
    </>
  );
}
