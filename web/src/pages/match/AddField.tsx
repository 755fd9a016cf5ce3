/* A list of what is not in the brief yet: choosing one adds it. */
import { optionLabel } from '../../asks';

interface Props {
  label: string;
  names: string[];
  onAdd: (name: string) => void;
  /* Choices besides, which ask for more before they say anything. */
  others?: { value: string; text: string }[];
}

export function AddField({ label, names, others = [], onAdd }: Props) {
  return (
    <label class="add-field">
      <span class="visually-hidden">{label}</span>
      <select
        value=""
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          event.currentTarget.value = '';
          if (chosen) onAdd(chosen);
        }}
      >
        <option value="">{`+ ${label}`}</option>
        {others.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
        {names.map((name) => (
          <option key={name} value={name}>
            {optionLabel(name)}
          </option>
        ))}
      </select>
    </label>
  );
}
