/* A field's value wherever it is shown: a figure that opens its source, or, for a reference, links to what it names. */
import type { Entity } from '../api';
import { t } from '../i18n';
import { fieldFor, listOf } from '../model';
import { lang } from '../state';
import { SampleMark } from './bits';
import { RefLink } from './EntityLink';
import { Figure } from './Figure';

export function FieldValue({ entity, field: name }: { entity: Entity; field: string }) {
  const field = fieldFor(entity, name);
  const value = entity.fields[name];
  if (!field?.ref || value === undefined) return <Figure entity={entity} field={name} class={field?.type === 'text' ? 'long' : ''} />;
  const ids = listOf(entity, name);
  if (!ids.length) return <span class="unknown">{t('unknown')}</span>;
  return (
    <span>
      {ids.map((id, n) => (
        <span key={id}>
          {n > 0 && (lang.value === 'en' ? ', ' : '\u3001')}
          <RefLink of={entity} id={id} kind={field.ref!} />
        </span>
      ))}{' '}
      <SampleMark entity={entity} field={name} />
    </span>
  );
}
