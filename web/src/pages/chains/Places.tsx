/* Where a chain could go, and what is under way: the parks planned for it with land left, and its projects. */
import type { Entity } from '../../api';
import { getList, quote } from '../../api';
import { CompareButton } from '../../components/CompareButton';
import { RefLink } from '../../components/EntityLink';
import { EntityTable } from '../../components/EntityTable';
import { SumFigure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { SampleMark } from '../../components/bits';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { kindTitle, listOf, meta, nameOf, refName } from '../../model';
import { useResource } from '../../resource';
import { showSource } from '../../source';
import { grouped, totalArea } from '../../units';
import { openNow } from '../park/land';

/* Square metres on offer now and plots, by park of the chain. */
export function useLandOf(chain: Entity) {
  const parks = listOf(chain, 'parks');
  const filter = parks.length ? `park IN (${parks.map(quote).join(', ')}) AND ${openNow()}` : '';
  const land = useResource(filter && `chain-land|${filter}`, (abort) => getList('parcel', { filter, limit: 0, facets: 'park', sum: 'area_m2' }, abort));
  return new Map((land.data.value?.facets?.['park'] ?? []).map((one) => [one.value, { area_m2: one.sums?.['area_m2'] ?? 0, plots: one.count }]));
}

export function ChainParks({ chain }: { chain: Entity }) {
  const parks = listOf(chain, 'parks');
  const land = useLandOf(chain);
  return (
    <section class="card">
      <header>
        <h2>
          {t('chain.parks')} {parks.length > 0 && <span class="quiet">{grouped(parks.length)}</span>}
        </h2>
        {parks.length > 0 && (
          <button type="button" class="figure quiet" aria-haspopup="dialog" onClick={(event) => showSource(event, chain, 'parks')}>
            {t('source.who')} <SampleMark entity={chain} field="parks" />
          </button>
        )}
      </header>
      {parks.length ? (
        <table class="entities middle">
          <caption class="visually-hidden">{t('chain.parks')}</caption>
          <thead>
            <tr>
              <th scope="col">{kindTitle('park')}</th>
              <th scope="col" class="number">
                {t('park.now')}
              </th>
              <th scope="col" class="number">
                {t('parks.plots')}
              </th>
              <th scope="col">
                <span class="visually-hidden">{t('compare.add')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {parks.map((id) => (
              <tr key={id}>
                <th scope="row">
                  <RefLink of={chain} id={id} kind="park" />
                </th>
                <td class="number" data-label={t('park.now')}>
                  <Land chain={chain} park={id} land={land.get(id)} />
                </td>
                <td class="number" data-label={t('parks.plots')}>
                  <PageLink to={pathOf('parcel')} changes={{ park: id }}>
                    {grouped(land.get(id)?.plots ?? 0)}
                  </PageLink>
                </td>
                <td class="number">
                  <CompareButton kind="park" id={id} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="block quiet">
          {t('chain.no_parks')} <PageLink to="/match">{t('nav.match')}</PageLink>
        </p>
      )}
    </section>
  );
}

function Land({ chain, park, land }: { chain: Entity; park: string; land: { area_m2: number; plots: number } | undefined }) {
  if (!land?.plots) return <span class="quiet">{t('chain.no_land')}</span>;
  const area = totalArea(land.area_m2);
  return <SumFigure {...area} sum={{ title: `${refName(chain, park)} ${area.text} ${area.unit}`, how: t('parks.now_how', { date: meta.value!.as_of }), rows: [{ name: t('parks.plots'), value: grouped(land.plots) }] }} />;
}

const PROJECTS_SHOWN = 8;

/* Those of the chosen segment, else of the whole chain, largest first. */
export function ChainProjects({ chain, segment }: { chain: Entity; segment: Entity | undefined }) {
  const of = segment ? { field: 'segments', id: segment.id, name: nameOf(segment) } : { field: 'chains', id: chain.id, name: nameOf(chain) };
  const question = `${of.field} = ${quote(of.id)}`;
  const projects = useResource(`projects|${question}`, async (abort) => ({ question, list: await getList('project', { filter: question, sort: '-invest_fen', limit: PROJECTS_SHOWN }, abort) }));
  const found = projects.data.value?.question === question ? projects.data.value.list : null;
  if (!found) return null;
  return (
    <section class="card">
      <header>
        <h2>
          {t('chain.projects', { name: of.name })} <span class="quiet">{grouped(found.yes)}</span>
        </h2>
        {found.yes > PROJECTS_SHOWN && (
          <PageLink to={pathOf('project')} class="button compact" changes={{ [of.field]: of.id }}>
            {t('one.all', { n: grouped(found.yes) })}
          </PageLink>
        )}
      </header>
      {found.yes ? <EntityTable kind="project" items={found.items.filter((one) => !one.maybe)} caption={t('chain.projects', { name: of.name })} /> : <p class="block quiet">{t('chain.no_projects')}</p>}
    </section>
  );
}
