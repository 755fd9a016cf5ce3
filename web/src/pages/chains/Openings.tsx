/* Where the chain could be filled: its gaps and weak segments, those first that most firms here buy from. */
import type { Entity } from '../../api';
import { SumFigure } from '../../components/Figure';
import { t } from '../../i18n';
import { nameOf, refName } from '../../model';
import { grouped } from '../../units';
import { StrengthMeter } from './Strength';
import { chooseSegment, customersOf, firmsOf, makersOn, stageOf, strengthOf } from './chain';
import type { GraphEdge } from './chain';

interface Props { segments: Entity[]; edges: GraphEdge[]; byId: Map<string, Entity>; roles: Entity[] }

export function Openings({ segments, edges, byId, roles }: Props) {
  const open = segments
    .filter((segment) => ['gap', 'weak'].includes(strengthOf(segment)))
    .map((segment) => ({ segment, gap: strengthOf(segment) === 'gap', buyers: makersOn(roles, customersOf(edges, segment.id)).size }))
    .sort((a, b) => Number(b.gap) - Number(a.gap) || b.buyers - a.buyers || (a.segment.id < b.segment.id ? -1 : 1));
  return (
    <section class="card openings" aria-label={t('chain.openings')}>
      <header>
        <h2>
          {t('chain.openings')} <span class="quiet">{t('chain.openings_how')}</span>
        </h2>
      </header>
      {open.length ? (
        <table class="entities compact">
          <caption class="visually-hidden">{t('chain.openings')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('chain.segment')}</th>
              <th scope="col">{t('chain.stage')}</th>
              <th scope="col">{t('chain.strength')}</th>
              <th scope="col" class="number">
                {t('chain.buyers')}
              </th>
              <th scope="col" class="number">
                {t('chain.coming')}
              </th>
            </tr>
          </thead>
          <tbody>
            {open.map(({ segment, buyers }) => (
              <tr key={segment.id}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => chooseSegment(segment.id)}>
                    {nameOf(segment)}
                  </button>
                </th>
                <td data-label={t('chain.stage')}>{stageOf(segment)}</td>
                <td data-label={t('chain.strength')}>
                  <StrengthMeter segment={segment} />
                </td>
                <td class="number" data-label={t('chain.buyers')}>
                  {buyers ? <Buyers segment={segment} buyers={buyers} edges={edges} byId={byId} roles={roles} /> : <span class="quiet">{'0'}</span>}
                </td>
                <td class="number" data-label={t('chain.coming')}>
                  <Planned segment={segment} roles={roles} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="block quiet">{t('chain.no_openings')}</p>
      )}
    </section>
  );
}

function Planned({ segment, roles }: { segment: Entity; roles: Entity[] }) {
  const planned = firmsOf(roles, segment.id).filter((firm) => firm.planned);
  if (!planned.length) return <span class="quiet">{'0'}</span>;
  const n = grouped(planned.length);
  return <SumFigure text={n} unit="" sum={{ title: `${nameOf(segment)}: ${t('chain.planned', { n })}`, how: t('chain.planned_how'), rows: planned.map((firm) => ({ name: refName(firm.role, firm.id), value: '' })) }} />;
}

function Buyers({ segment, buyers, edges, byId, roles }: { segment: Entity; buyers: number; edges: GraphEdge[]; byId: Map<string, Entity>; roles: Entity[] }) {
  const rows = customersOf(edges, segment.id).flatMap((id) => {
    const customer = byId.get(id);
    return customer ? [{ name: nameOf(customer), value: t('chain.firms', { n: grouped(makersOn(roles, [id]).size) }) }] : [];
  });
  return <SumFigure text={grouped(buyers)} unit="" sum={{ title: `${t('chain.buyers')}: ${nameOf(segment)} ${grouped(buyers)}`, how: t('chain.buyers_how'), rows }} />;
}
