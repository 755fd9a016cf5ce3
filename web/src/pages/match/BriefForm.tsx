/* The brief as a form: conditions with their units, then what counts and how much. */
import { useSignal } from '@preact/signals';
import { USUAL_FIELDS, canAsk, clearBrief, conditions } from '../../brief';
import { t } from '../../i18n';
import { fieldOf, fieldsOf } from '../../model';
import { AddField } from './AddField';
import { ConditionRow } from './ConditionRow';
import { Weights } from './Weights';

export function BriefForm() {
  // Rows that were added and do not say anything yet: the URL holds only what is asked.
  const added = useSignal<string[]>([]);
  const asked = conditions.value.map(({ field }) => field);
  const rows = [...new Set([...USUAL_FIELDS, ...asked, ...added.value])].filter((name) => fieldOf('parcel', name));
  const left = fieldsOf('parcel').filter((field) => canAsk(field) && !rows.includes(field.name));
  const clear = () => {
    added.value = [];
    clearBrief();
  };
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
        <AddField label={t('brief.add')} fields={left} onAdd={(field) => (added.value = [...added.value, field.name])} />
      </div>
      <Weights />
    </form>
  );
}
