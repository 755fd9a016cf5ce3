/* The brief as a form: conditions with their units, then what counts and how much. */
import { useSignal } from '@preact/signals';
import { askable, isArea, nearName } from '../../asks';
import { USUAL_FIELDS, clearBrief, conditions, setCondition } from '../../brief';
import { t } from '../../i18n';
import { fieldOf } from '../../model';
import { drawing } from '../../map/drawing';
import { AddField } from './AddField';
import { ConditionRow } from './ConditionRow';
import { PickNear } from './PickNear';
import { Weights } from './Weights';

/* Far enough to be worth asking, near enough to exclude something. */
const NEAR_AT_FIRST_M = 20_000;

export function BriefForm() {
  // Rows that were added and do not say anything yet: the URL holds only what is asked.
  const added = useSignal<string[]>([]);
  const picking = useSignal<'segment' | 'enterprise' | ''>('');
  const asked = conditions.value.map(({ field }) => field);
  const rows = [...new Set([...USUAL_FIELDS.filter((name) => fieldOf('parcel', name)), ...asked, ...added.value])];
  const left = askable().filter((name) => !rows.includes(name));
  const clear = () => {
    added.value = [];
    picking.value = '';
    clearBrief();
  };
  const add = (choice: string) => {
    if (choice === 'segment' || choice === 'enterprise') picking.value = choice;
    else if (isArea(choice)) drawing.value = choice;
    else added.value = [...added.value, choice];
  };
  const others = [
    { value: 'segment', text: t('ask.add_segment') },
    { value: 'enterprise', text: t('ask.add_enterprise') },
    { value: 'inside', text: t('ask.add_inside') },
    { value: 'outside', text: t('ask.add_outside') },
  ].filter(({ value }) => !asked.includes(value));
  return (
    <form class="brief card" aria-label={t('brief.title')} onSubmit={(event) => event.preventDefault()}>
      <header>
        <h2>{t('brief.title')}</h2>
        <button type="button" class="plain" onClick={clear}>
          {t('brief.clear')}
        </button>
      </header>
      <div class="condition-rows">
        {rows.map((name) => (
          <ConditionRow key={name} name={name} extra={!USUAL_FIELDS.includes(name)} onRemove={() => (added.value = added.value.filter((one) => one !== name))} />
        ))}
        {picking.value ? (
          <PickNear
            kind={picking.value}
            onPick={(near) => {
              picking.value = '';
              setCondition({ field: nearName(near), max: NEAR_AT_FIRST_M });
            }}
            onLeave={() => (picking.value = '')}
          />
        ) : (
          <AddField label={t('brief.add')} names={left} others={others} onAdd={add} />
        )}
      </div>
      <Weights />
    </form>
  );
}
