/* `/chains`: every chain with where it is weak, who makes it and where it could go; and how chains roll up. */
import type { Entity } from '../../api';
import { exportUrl, getList, quote } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { EntityLink, RefLink } from '../../components/EntityLink';
import { ErrorLine, SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { isSample, kindTitle, listOf, meta, nameOf } from '../../model';
import { useResource } from '../../resource';
import { lang } from '../../state';
import { grouped } from '../../units';
import { STRENGTHS } from './chain';

const comma = () => (lang.value === 'en' ? ', ' : '\u3001');

async function readAll(signal: AbortSignal) {
  const [chains, clusters, firms] = await Promise.all([
    getList('chain', { sort: 'number', limit: 100 }, signal),
    getList('cluster', { sort: 'number', limit: 100 }, signal),
    getList('enterprise', { limit: 0, facets: 'chains' }, signal),
  ]);
  const strengths = await Promise.all(chains.items.map((chain) => getList('segment', { filter: `chain = ${quote(chain.id)}`, limit: 0, facets: 'strength' }, signal)));
  return {
    chains: chains.items,
    clusters: clusters.items,
    firms: new Map((firms.facets?.['chains'] ?? []).map((one) => [one.value, one.count])),
    segments: new Map(chains.items.map((chain, n) => [chain.id, { total: strengths[n]!.yes, of: new Map((strengths[n]!.facets?.['strength'] ?? []).map((one) => [one.value, one.count])) }])),
  };
}
type All = Awaited<ReturnType<typeof readAll>>;

export function ChainsPage() {
  const read = useResource('chains', readAll);
  const all = read.data.value;
  const gaps = all ? [...all.segments.values()].reduce((sum, one) => sum + (one.of.get('gap') ?? 0), 0) : 0;
  const segments = all ? [...all.segments.values()].reduce((sum, one) => sum + one.total, 0) : 0;
  useKeys([]);
  return (
    <main id="main" class="sheet" tabIndex={-1}>
      <header class="sheet-head">
        <div>
          <p class="crumb">{kindTitle('chain')}</p>
          <h1 aria-live="polite">{all ? t('chains.answer', { n: all.chains.length, segments: grouped(segments), gaps: grouped(gaps) }) : t('list.wait')}</h1>
          <p class="beside">
            <span>{t('as_of', { date: meta.value!.as_of })}</span>
          </p>
        </div>
        <div class="sheet-actions">
          <a class="button" href={exportUrl('chain', 'csv', {})} download>
            CSV
          </a>
          <CopyLink />
        </div>
      </header>
      {read.error.value && <ErrorLine error={read.error.value} retry={read.retry} />}
      {all && (
        <>
          <ul class="chain-list">
            {all.chains.map((chain) => (
              <ChainRow key={chain.id} chain={chain} all={all} />
            ))}
          </ul>
          <RollUp all={all} />
        </>
      )}
    </main>
  );
}

function ChainRow({ chain, all }: { chain: Entity; all: All }) {
  const { total, of } = all.segments.get(chain.id) ?? { total: 0, of: new Map<string, number>() };
  const judged = STRENGTHS.reduce((sum, strength) => sum + (of.get(strength) ?? 0), 0);
  const parks = listOf(chain, 'parks');
  const counties = listOf(chain, 'regions');
  return (
    <li class="card chain-row">
      <h2>
        <EntityLink entity={chain} /> {isSample(chain) && <SampleTag />}
      </h2>
      <p class="quiet">{t('chains.counts', { n: grouped(total), firms: grouped(all.firms.get(chain.id) ?? 0) })}</p>
      <div class="strength-bar" aria-hidden="true">
        {STRENGTHS.map((strength) => (of.get(strength) ?? 0) > 0 && <i key={strength} class={`strength-${strength}`} style={{ flexGrow: of.get(strength)! }} />)}
        {total > judged && <i class="strength-unjudged" style={{ flexGrow: total - judged }} />}
      </div>
      <ul class="strength-counts">
        {STRENGTHS.map((strength) => (
          <li key={strength}>
            <i class={`strength strength-${strength}`} aria-hidden="true" /> {t(`strength.${strength}`)} <b>{grouped(of.get(strength) ?? 0)}</b>
          </li>
        ))}
        {total > judged && (
          <li>
            <i class="strength strength-unjudged" aria-hidden="true" /> {t('strength.unjudged')} <b>{grouped(total - judged)}</b>
          </li>
        )}
      </ul>
      {parks.length > 0 && (
        <p>
          <span class="quiet">{t('chain.parks')}</span>{' '}
          {parks.map((id, n) => (
            <span key={id}>
              {n > 0 && comma()}
              <RefLink of={chain} id={id} kind="park" />
            </span>
          ))}
        </p>
      )}
      {counties.length > 0 && (
        <p>
          <span class="quiet">{t('chains.counties')}</span>{' '}
          {counties.map((id, n) => (
            <span key={id}>
              {n > 0 && comma()}
              <RefLink of={chain} id={id} kind="region" />
            </span>
          ))}
        </p>
      )}
    </li>
  );
}

/* Chains roll up into the city's clusters, those into the province's. */
function RollUp({ all }: { all: All }) {
  const province = all.clusters.filter((one) => one.fields['level'] === 'province');
  const city = all.clusters.filter((one) => one.fields['level'] === 'city');
  if (!province.length) return null;
  const lone = province.filter((one) => !city.some((other) => listOf(other, 'rolls_into').includes(one.id)));
  return (
    <section class="card">
      <header>
        <h2>
          {t('rollup.title')} <span class="quiet">{t('rollup.counts', { province: province.length, city: city.length, chains: all.chains.length })}</span>
        </h2>
      </header>
      <table class="entities">
        <caption class="visually-hidden">{t('rollup.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('rollup.city')}</th>
            <th scope="col">{t('rollup.province')}</th>
            <th scope="col">{kindTitle('chain')}</th>
          </tr>
        </thead>
        <tbody>
          {city.map((cluster) => (
            <tr key={cluster.id}>
              <th scope="row">
                <EntityLink entity={cluster} /> {isSample(cluster) && <SampleTag />}
              </th>
              <td data-label={t('rollup.province')}>
                {listOf(cluster, 'rolls_into').map((id, n) => (
                  <span key={id}>
                    {n > 0 && comma()}
                    <RefLink of={cluster} id={id} kind="cluster" />
                  </span>
                ))}
              </td>
              <td data-label={kindTitle('chain')}>
                {all.chains
                  .filter((chain) => listOf(chain, 'clusters').includes(cluster.id))
                  .map((chain, n) => (
                    <span key={chain.id}>
                      {n > 0 && comma()}
                      <EntityLink entity={chain} />
                    </span>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lone.length > 0 && (
        <p class="block quiet">
          {t('rollup.lone')} {lone.map(nameOf).join(comma())}
        </p>
      )}
    </section>
  );
}
