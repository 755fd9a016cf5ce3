/* Rows of one kind as a table: the name, then the columns of its kind. A heading that the server can sort by is a
 * button. On a narrow screen each row becomes a small card, its headings before its values. */
import type { ComponentChildren } from 'preact';
import type { Entity, Kind } from '../api';
import { t } from '../i18n';
import { inThisLanguage, titleOf, viewOf } from '../kinds';
import { fieldLabel, fieldOf, isSample, kindLabel } from '../model';
import { change, lang, param } from '../state';
import { SampleTag } from './bits';
import { EntityLink } from './EntityLink';
import { FieldValue } from './FieldValue';
import { Icon } from './Icon';

interface Props {
  kind: Kind;
  items: Entity[];
  /* Columns left out because they say the same in every row. */
  without?: string[];
  sortable?: boolean;
  caption: string;
  /* Columns of what is counted elsewhere for each row. */
  more?: { label: string; cell: (entity: Entity) => ComponentChildren }[];
}

export function EntityTable({ kind, items, without = [], sortable = false, caption, more = [] }: Props) {
  const columns = inThisLanguage(viewOf(kind).columns, lang.value).filter((name) => fieldOf(kind, name) && !without.includes(name));
  const named = kind !== 'flow' && kind !== 'observation' && kind !== 'amount' && kind !== 'milestone';
  return (
    <table class="entities">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{named ? kindLabel(kind) : t('table.which')}</th>
          {columns.map((name) => (
            <Heading key={name} kind={kind} name={name} sortable={sortable} />
          ))}
          {more.map(({ label }) => (
            <th key={label} scope="col" class="number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((entity) => (
          <tr key={entity.id}>
            <th scope="row">
              <EntityLink entity={entity}>{titleOf(entity)}</EntityLink> {isSample(entity) && <SampleTag />}
              {entity.maybe && <span class="tag">{t('row.maybe')}</span>}
            </th>
            {columns.map((name) => (
              <td key={name} class={fieldOf(kind, name)!.type === 'num' ? 'number' : ''} data-label={fieldLabel(kind, name)}>
                <FieldValue entity={entity} field={name} />
              </td>
            ))}
            {more.map(({ label, cell }) => (
              <td key={label} class="number count" data-label={label}>
                {cell(entity)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Heading({ kind, name, sortable }: { kind: Kind; name: string; sortable: boolean }) {
  const field = fieldOf(kind, name)!;
  const label = fieldLabel(kind, name);
  const number = field.type === 'num' ? 'number' : '';
  const orders = sortable && field.filterable && field.type !== 'codes' && field.type !== 'refs';
  if (!orders) {
    return (
      <th scope="col" class={number}>
        {label}
      </th>
    );
  }
  const now = param('sort') || viewOf(kind).sort || '';
  const up = now === name;
  const down = now === `-${name}`;
  return (
    <th scope="col" class={number} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button type="button" onClick={() => change({ sort: down ? name : up ? `-${name}` : field.type === 'num' ? `-${name}` : name, page: null }, 'replace')}>
        {label}
        {(up || down) && <Icon name={up ? 'up' : 'down'} size={13} />}
      </button>
    </th>
  );
}
