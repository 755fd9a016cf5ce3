/* `/segments/ID`: where it stands in its chain: who supplies it, whom it supplies, who is on it. */
import type { Entity, Link } from '../../api';
import { getList, quote } from '../../api';
import { EntityLink, RefLink } from '../../components/EntityLink';
import { Figure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { codeLabel, nameOf } from '../../model';
import { useResource } from '../../resource';
import { OnePage } from '../one/OnePage';
import { FirmTable, firmsTitle } from './SegmentCard';
import { StrengthMeter } from './Strength';
import { firmsOf, stageOf, strengthOf } from './chain';

/* More flows or roles than this has no segment. */
const READ = 200;

const flowsOf = (links: Link[], field: string) => links.find((link) => link.kind === 'flow' && link.field === field)?.items ?? [];

function Standing({ segment, links }: { segment: Entity; links: Link[] }) {
  const chain = String(segment.fields['chain']);
  const around = useResource(`around|${chain}`, (abort) => getList('segment', { filter: `chain = ${quote(chain)}`, limit: 200 }, abort));
  const byId = new Map((around.data.value?.items ?? []).map((one) => [one.id, one]));
  const roles = links.find((link) => link.kind === 'role')?.items ?? [];
  const firms = firmsOf(roles, segment.id);
  return (
    <>
      <section class="card" aria-label={t('segment.standing')}>
        <header>
          <h2>
            {t('segment.standing')} <RefLink of={segment} id={chain} kind="chain" />
          </h2>
        </header>
        <div class="standing">
          <Side title={t('chain.suppliers')} flows={flowsOf(links, 'to_segment')} other="from_segment" byId={byId} none={t('segment.no_suppliers')} />
          <div class={`standing-here node-${strengthOf(segment)}`}>
            <b>{nameOf(segment)}</b>
            <StrengthMeter segment={segment} />
            <span class="quiet">{stageOf(segment)}</span>
          </div>
          <Side title={t('chain.customers')} flows={flowsOf(links, 'from_segment')} other="to_segment" byId={byId} none={t('segment.no_customers')} />
        </div>
        <p class="block quiet">{t('segment.weights')}</p>
      </section>
      <section class="card" aria-label={firmsTitle(firms)}>
        <header>
          <h2>{firmsTitle(firms)}</h2>
        </header>
        <FirmTable firms={firms} caption={firmsTitle(firms)} />
      </section>
    </>
  );
}

/* What flows in, or out: heaviest first, what flows back last. */
function Side({ title, flows, other, byId, none }: { title: string; flows: Entity[]; other: 'from_segment' | 'to_segment'; byId: Map<string, Entity>; none: string }) {
  const weight = (flow: Entity) => Number(flow.fields['weight'] ?? 0);
  const rows = [...flows].sort((a, b) => Number(a.fields['recycling'] ?? false) - Number(b.fields['recycling'] ?? false) || weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
  return (
    <div class="standing-side">
      <h3>{title}</h3>
      {rows.length === 0 && <p class="quiet">{none}</p>}
      <ul>
        {rows.map((flow) => {
          const id = String(flow.fields[other]);
          const strength = strengthOf(byId.get(id));
          return (
            <li key={flow.id}>
              <span>
                <i class={`strength strength-${strength}`} aria-hidden="true" /> <RefLink of={flow} id={id} kind="segment" /> <span class="quiet">{t(`strength.${strength}`)}</span>{' '}
                {flow.fields['recycling'] === true && <span class="tag">{t('segment.back')}</span>}
              </span>
              <span class="flow-weight">
                {flow.fields['mode'] === 'one_of' && <span class="quiet">{codeLabel('flow_mode', 'one_of')}</span>}
                {flow.fields['weight'] !== undefined && (
                  <>
                    <i class="weight-bar" aria-hidden="true">
                      <i style={{ width: `${Math.min(100, weight(flow))}%` }} />
                    </i>
                    <Figure entity={flow} field="weight" />
                  </>
                )}
                <EntityLink entity={flow}>{t('segment.flow')}</EntityLink>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const PARTS = {
  above: (segment: Entity, links: Link[]) => <Standing segment={segment} links={links} />,
  actions: (segment: Entity) => (
    <PageLink to={pathOf('chain', String(segment.fields['chain']))} class="button primary" changes={{ sel: `segment:${segment.id}` }}>
      {t('segment.in_chain')}
    </PageLink>
  ),
  links: ['flow' as const, 'role' as const],
  read: READ,
};

export const SegmentPage = ({ id }: { id: string }) => <OnePage kind="segment" id={id} parts={PARTS} />;
