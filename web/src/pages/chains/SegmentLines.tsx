/* The graph as a list where there is no room for a table: a line each, by stage; the chosen one opens under its line. */
import type { Entity } from '../../api';
import { t } from '../../i18n';
import { codeLabel, nameOf } from '../../model';
import { grouped } from '../../units';
import { SegmentCard } from './SegmentCard';
import { CHOICES, chooseSegment, chosenSegment, firmsOf, isShown, strengthOf } from './chain';
import type { GraphEdge } from './chain';

interface Props { segments: Entity[]; roles: Entity[]; edges: GraphEdge[]; byId: Map<string, Entity> }

export function SegmentLines({ segments, roles, edges, byId }: Props) {
  const shown = segments.filter(isShown);
  if (!shown.length) return <p class="block">{t('list.none_match')}</p>;
  return (
    <div class="segment-lines">
      {CHOICES.stage.map((stage) => {
        const here = shown.filter((segment) => segment.fields['stage'] === stage);
        return (
          here.length > 0 && (
            <section key={stage} aria-label={codeLabel('chain_stage', stage)}>
              <h3>
                {codeLabel('chain_stage', stage)} <span class="quiet">{grouped(here.length)}</span>
              </h3>
              <ul>
                {here.map((segment) => (
                  <Line key={segment.id} segment={segment} roles={roles} edges={edges} byId={byId} />
                ))}
              </ul>
            </section>
          )
        );
      })}
    </div>
  );
}

function Line({ segment, roles, edges, byId }: Omit<Props, 'segments'> & { segment: Entity }) {
  const open = chosenSegment() === segment.id;
  const firms = firmsOf(roles, segment.id);
  const making = firms.filter((firm) => !firm.planned).length;
  const strength = strengthOf(segment);
  return (
    <li>
      <button type="button" class="segment-line" aria-expanded={open} onClick={() => chooseSegment(open ? '' : segment.id)}>
        <i class={`strength strength-${strength}`} aria-hidden="true" />
        <b>{nameOf(segment)}</b>
        {firms.some((firm) => firm.leader) && (
          <>
            <i class="leader-mark" aria-hidden="true" />
            <span class="visually-hidden">{t('chain.leader_here')}</span>
          </>
        )}
        <span class="quiet">{t(`strength.${strength}`)}</span>
        <span>{making || !firms.length ? t('chain.firms', { n: grouped(making) }) : t('chain.planned', { n: grouped(firms.length) })}</span>
      </button>
      {open && <SegmentCard segment={segment} edges={edges} byId={byId} roles={roles} />}
    </li>
  );
}
