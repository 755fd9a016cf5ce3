/* `/chains`: every chain with where it is weak, who makes it and where it could go; and how chains roll up. */
import type { Entity } from '../../api';
import { exportUrl, getList, quote } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { EntityLink, RefLink } from '../../components/EntityLink';
import { Figure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { ErrorLine, SampleMark, SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { pathOf } from '../../kinds';
import { isSample, isSampleValue, kindTitle, listOf, meta, nameOf } from '../../model';
import { useResource } from '../../resource';
import { grouped } from '../../units';
import { RollUp } from './RollUp';
import { CHOICES, comma, strengthOf } from './chain';
import type { Strength } from './chain';

const SEGMENTS_PAGE = 200;
const SEGMENTS_PAGES_MAX = 10;

async function readAll(signal: AbortSignal) {
  const [chains, clusters, firms, said, first] = await Promise.all([
    getList('chain', { sort: 'number', limit: 100 }, signal),
    getList('cluster', { sort: 'number', limit: 100 }, signal),
    getList('enterprise', { limit: 0, facets: 'chains' }, signal),
    getList('observation', { filter: `indicator IN (${SAID.map(quote).join(', ')})`, limit: 50 }, signal),
    getList('segment', { limit: SEGMENTS_PAGE }, signal),
  ]);
  const segments = [...first.items];
  for (let page = 1; page < SEGMENTS_PAGES_MAX && segments.length < first.yes; page++) {
    segments.push(...(await getList('segment', { limit: SEGMENTS_PAGE, offset: page * SEGMENTS_PAGE }, signal)).items);
  }
  return {
    chains: chains.items,
    clusters: clusters.items,
    firms: new Map((firms.facets?.['chains'] ?? []).map((one) => [one.value, one.count])),
    segments,
    /* What was said of how many there are, by indicator. */
    said: new Map(said.items.map((one) => [String(one.fields['indicator']), one])),
  };
}
export type All = Awaited<ReturnType<typeof readAll>>;

/* How many clusters and chains the city says that it has: more than are drawn here. */
const SAID = ['jm-province-clusters', 'jm-core-clusters', 'jm-chains'];

export function ChainsPage() {
  const read = useResource('chains', readAll);
  const all = read.data.value;
  const gaps = all?.segments.filter((segment) => strengthOf(segment) === 'gap').length ?? 0;
  const said = all?.said.get('jm-chains');
  useKeys([
    { keys: ['J'], says: 'key.next', does: () => focusChain(1) },
    { keys: ['K'], says: 'key.previous', does: () => focusChain(-1) },
  ]);
  return (
    <main id="main" class="sheet" tabIndex={-1}>
      <header class="sheet-head">
        <div>
          <p class="crumb">{kindTitle('chain')}</p>
          <h1 aria-live="polite">{all ? t('chains.answer', { n: all.chains.length, segments: grouped(all.segments.length), gaps: grouped(gaps) }) : t('list.wait')}</h1>
          <p class="beside">
            {said && (
              <span>
                {t('chains.said')} <Figure entity={said} field="value" />
              </span>
            )}
            <span>{t('as_of', { date: meta.value!.as_of })}</span>
            {all?.segments.some((segment) => isSampleValue(segment, 'strength')) && <SampleTag text={t('chain.sample_strength')} />}
          </p>
        </div>
        <div class="sheet-actions">
          <a class="button" href={exportUrl('chain', 'csv', {})} download>
            CSV
          </a>
          <a class="button" href={exportUrl('segment', 'csv', {})} download>
            {t('chain.csv_segments')}
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

function focusChain(by: number) {
  const links = [...document.querySelectorAll<HTMLElement>('.chain-row h2 a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))]?.focus();
}

function ChainRow({ chain, all }: { chain: Entity; all: All }) {
  const segments = all.segments.filter((segment) => segment.fields['chain'] === chain.id);
  const of = (strength: Strength) => segments.filter((segment) => strengthOf(segment) === strength);
  const gaps = of('gap');
  return (
    <li class="card chain-row">
      <h2>
        {chain.fields['number'] !== undefined && <span class="quiet number">{String(chain.fields['number'])}</span>} <EntityLink entity={chain} /> {isSample(chain) && <SampleTag />}
      </h2>
      <p class="chain-counts">
        <PageLink to={pathOf('segment')} changes={{ chain: chain.id }}>
          {t('chains.segments', { n: grouped(segments.length) })}
        </PageLink>
        <PageLink to={pathOf('enterprise')} changes={{ chains: chain.id }}>
          {t('chains.firms', { n: grouped(all.firms.get(chain.id) ?? 0) })}
        </PageLink>
      </p>
      <div class="strength-bar" aria-hidden="true">
        {CHOICES.strength.map((strength) => of(strength).length > 0 && <i key={strength} class={`strength-${strength}`} style={{ flexGrow: of(strength).length }} />)}
      </div>
      <ul class="strength-counts">
        {CHOICES.strength.map((strength) => (
          <li key={strength}>
            <PageLink to={pathOf('chain', chain.id)} changes={{ strength }}>
              <i class={`strength strength-${strength}`} aria-hidden="true" /> {t(`strength.${strength}`)} <b>{grouped(of(strength).length)}</b>
            </PageLink>
          </li>
        ))}
      </ul>
      <dl class="chain-places">
        <div>
          <dt>{t('strength.gap')}</dt>
          <dd>
            {gaps.length === 0 && <span class="quiet">{'–'}</span>}
            {gaps.map((segment, n) => (
              <span key={segment.id}>
                {n > 0 && comma()}
                <PageLink to={pathOf('chain', chain.id)} changes={{ sel: `segment:${segment.id}` }}>
                  {nameOf(segment)}
                </PageLink>
              </span>
            ))}
          </dd>
        </div>
        <Places chain={chain} title={t('chain.parks')} field="parks" kind="park" />
        <Places chain={chain} title={t('chains.counties')} field="regions" kind="region" />
      </dl>
    </li>
  );
}

function Places({ chain, title, field, kind }: { chain: Entity; title: string; field: 'parks' | 'regions'; kind: 'park' | 'region' }) {
  const ids = listOf(chain, field);
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {ids.length === 0 && <span class="unknown">{t('unknown')}</span>}
        {ids.map((id, n) => (
          <span key={id}>
            {n > 0 && comma()}
            <RefLink of={chain} id={id} kind={kind} />
          </span>
        ))}{' '}
        <SampleMark entity={chain} field={field} />
      </dd>
    </div>
  );
}
