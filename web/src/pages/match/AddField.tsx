/* A list of the fields that are not in the brief yet: choosing one adds it. */
import type { FieldInfo } from '../../api';
import { say } from '../../model';

export function AddField({ label, fields, onAdd }: { label: string; fields: FieldInfo[]; onAdd: (field: FieldInfo) => void }) {
  return (
    <label class="add-field">
      <span class="visually-hidden">{label}</span>
      <select
        value=""
        onChange={(event) => {
          const chosen = fields.find((field) => field.name === event.currentTarget.value);
          event.currentTarget.value = '';
          if (chosen) onAdd(chosen);
        }}
      >
        <option value="">{`+ ${label}`}</option>
        {fields.map((field) => (
          <option key={field.name} value={field.name}>
            {say(field.label)}
          </option>
        ))}
      </select>
    </label>
  );
}
