/* The graph as a table: the same segments, who supplies them and whom they supply. */
import type { Entity } from '../../api';
import { Figure, SumFigure } from '../../components/Figure';
import { t } from '../../i18n';
import { codeLabel, nameOf, refName } from '../../model';
import { grouped } from '../../units';
import { StrengthMeter } from './Strength';
import { CHOICES, chooseSegment, chosenSegment, comma, customersOf, firmsOf, isShown, suppliersOf } from './chain';
import type { GraphEdge } from './chain';

interface Props { segments: Entity[]; roles: Entity[]; edges: GraphEdge[] }

export function SegmentTable({ segments, roles, edges }: Props) {
  const order = (segment: Entity) => CHOICES.stage.indexOf(segment.fields['stage'] as 'up');
  const shown = segments.filter(isShown).sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const names = (ids: string[]) => ids.flatMap((id) => byId.get(id) ?? []).map(nameOf).join(comma());
  if (!shown.length) return <p class="block">{t('list.none_match')}</p>;
  return (
    <table class="entities segments">
      <caption class="visually-hidden">{t('chain.as_list')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('chain.segment')}</th>
          <th scope="col">{t('chain.stage')}</th>
          <th scope="col">{t('chain.strength')}</th>
          <th scope="col" class="number">
            {t('parks.firms')}
          </th>
          <th scope="col">{t('chain.suppliers')}</th>
          <th scope="col">{t('chain.customers')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((segment) => (
          <tr key={segment.id} class={chosenSegment() === segment.id ? 'on' : ''}>
            <th scope="row">
              <button type="button" class="link" aria-pressed={chosenSegment() === segment.id} onClick={() => chooseSegment(chosenSegment() === segment.id ? '' : segment.id)}>
                {nameOf(segment)}
              </button>
            </th>
            <td data-label={t('chain.stage')}>
              <Figure entity={segment} field="stage" />
            </td>
            <td data-label={t('chain.strength')}>
              <StrengthMeter segment={segment} />
            </td>
            <td class="number" data-label={t('parks.firms')}>
              <FirmCount segment={segment} roles={roles} />
            </td>
            <td data-label={t('chain.suppliers')}>{names(suppliersOf(edges, segment.id)) || '–'}</td>
            <td data-label={t('chain.customers')}>{names(customersOf(edges, segment.id)) || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/* How many make it, opening into who they are. */
export function FirmCount({ segment, roles }: { segment: Entity; roles: Entity[] }) {
  const firms = firmsOf(roles, segment.id);
  const planned = firms.filter((firm) => firm.planned).length;
  if (!firms.length) return <span class="quiet">{'0'}</span>;
  const making = grouped(firms.length - planned);
  return (
    <span>
      <SumFigure
        text={making}
        unit=""
        sum={{
          title: `${nameOf(segment)} ${t('chain.firms', { n: making })}${planned ? `${comma()}${t('chain.planned', { n: grouped(planned) })}` : ''}`,
          how: t('chain.firms_how'),
          rows: firms.map((firm) => ({ name: refName(firm.role, firm.id), value: codeLabel('role_type', String(firm.role.fields['type'])) })),
        }}
      />
      {planned > 0 && <span class="quiet"> {t('chain.planned', { n: grouped(planned) })}</span>}
    </span>
  );
}
