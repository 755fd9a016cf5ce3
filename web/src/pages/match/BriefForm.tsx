/* The brief as a form: conditions with their units, then what counts and how much. */
import { useSignal } from '@preact/signals';
import type { Ranking } from '../../api';
import { USUAL_FIELDS, canAsk, clearBrief, conditions } from '../../brief';
import { t } from '../../i18n';
import { fieldOf, fieldsOf, say } from '../../model';
import { ConditionRow } from './ConditionRow';
import { Weights } from './Weights';

export function BriefForm({ ranking }: { ranking: Ranking | null }) {
  // Rows that were added and do not say anything yet: the URL holds only what is asked.
  const added = useSignal<string[]>([]);
  const asked = conditions.value.map(({ field }) => field);
  const rows = [...new Set([...USUAL_FIELDS, ...asked, ...added.value])].filter((name) => fieldOf('parcel', name));
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
        <AddCondition rows={rows} onAdd={(name) => (added.value = [...added.value, name])} />
      </div>
      <Weights ranking={ranking} />
    </form>
  );
}

function AddCondition({ rows, onAdd }: { rows: string[]; onAdd: (name: string) => void }) {
  const left = fieldsOf('parcel').filter((field) => canAsk(field) && !rows.includes(field.name));
  return (
    <label class="add-field">
      <span class="visually-hidden">{t('brief.add')}</span>
      <select
        value=""
        onChange={(event) => {
          onAdd(event.currentTarget.value);
          event.currentTarget.value = '';
        }}
      >
        <option value="">{`+ ${t('brief.add')}`}</option>
        {left.map((field) => (
          <option key={field.name} value={field.name}>
            {say(field.label)}
          </option>
        ))}
      </select>
    </label>
  );
}
