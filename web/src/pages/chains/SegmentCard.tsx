/* The chosen segment: how strong it is, who supplies it and whom it supplies, the firms on it. */
import type { Entity } from '../../api';
import { EntityLink, RefLink } from '../../components/EntityLink';
import { IconButton, SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { codeLabel, isSample, nameOf, textOf } from '../../model';
import { showSource } from '../../source';
import { grouped } from '../../units';
import { StrengthMeter } from './Strength';
import { chooseSegment, comma, customersOf, firmsOf, stageOf, strengthOf, suppliersOf } from './chain';
import type { Firm, GraphEdge } from './chain';

interface Props { segment: Entity; edges: GraphEdge[]; byId: Map<string, Entity>; roles: Entity[] }

export function SegmentCard({ segment, edges, byId, roles }: Props) {
  const about = textOf(segment, 'about') ?? textOf(segment, 'basis');
  const firms = firmsOf(roles, segment.id);
  return (
    <section class="card segment-card" aria-label={nameOf(segment)}>
      <header>
        <h2>
          <EntityLink entity={segment} /> <span class="quiet">{stageOf(segment)}</span>
        </h2>
        <IconButton icon="close" label={t('key.deselect')} onClick={() => chooseSegment('')} />
      </header>
      <div class="block">
        <p>
          <StrengthMeter segment={segment} />
        </p>
        {about && (
          <p>
            <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, segment, about.field)}>
              {about.text}
            </button>
          </p>
        )}
        <Near title={t('chain.suppliers')} ids={suppliersOf(edges, segment.id)} byId={byId} />
        <Near title={t('chain.customers')} ids={customersOf(edges, segment.id)} byId={byId} />
      </div>
      <h3>{firmsTitle(firms)}</h3>
      <FirmTable firms={firms} caption={firmsTitle(firms)} />
    </section>
  );
}

export function firmsTitle(firms: Firm[]): string {
  const planned = firms.filter((firm) => firm.planned).length;
  return t('chain.on_it', { n: grouped(firms.length - planned) }) + (planned ? `${comma()}${t('chain.planned', { n: grouped(planned) })}` : '');
}

export function FirmTable({ firms, caption }: { firms: Firm[]; caption: string }) {
  if (!firms.length) return <p class="block quiet">{t('chain.nobody')}</p>;
  return (
    <table class="entities compact">
      <caption class="visually-hidden">{caption}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('parks.firms')}</th>
          <th scope="col">{t('chain.role')}</th>
          <th scope="col">{t('chain.park')}</th>
        </tr>
      </thead>
      <tbody>
        {firms.map(({ id, role, leader, planned }) => (
          <tr key={id}>
            <th scope="row">
              <RefLink of={role} id={id} kind="enterprise" /> {isSample(role) && <SampleTag />}
            </th>
            <td data-label={t('chain.role')}>
              <EntityLink entity={role}>
                {leader && <i class="leader-mark" aria-hidden="true" />}
                <span class={planned ? 'planned' : ''}>{codeLabel('role_type', String(role.fields['type']))}</span>
              </EntityLink>
            </td>
            <td data-label={t('chain.park')}>{typeof role.fields['park'] === 'string' ? <RefLink of={role} id={role.fields['park']} kind="park" /> : <span class="quiet">{'–'}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Near({ title, ids, byId }: { title: string; ids: string[]; byId: Map<string, Entity> }) {
  const found = ids.flatMap((id) => byId.get(id) ?? []);
  if (!found.length) return null;
  return (
    <div class="near">
      <span class="quiet">{title}</span>
      {found.map((one) => (
        <button type="button" key={one.id} class="chip" onClick={() => chooseSegment(one.id)}>
          <i class={`strength strength-${strengthOf(one)}`} aria-hidden="true" />
          {nameOf(one)}
          <span class="visually-hidden"> {t(`strength.${strengthOf(one)}`)}</span>
        </button>
      ))}
    </div>
  );
}
