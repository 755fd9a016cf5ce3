/* The heading of a chain: the answer, whose chain it is, which clusters it is part of, since when it is drawn so. */
import type { ComponentChildren } from 'preact';
import type { Entity } from '../../api';
import { exportUrl, getList, quote } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { RefLink } from '../../components/EntityLink';
import { Figure, SumFigure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { SampleMark, SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { codeLabel, isSample, kindTitle, listOf, nameOf, textOf } from '../../model';
import { useResource } from '../../resource';
import { showSource } from '../../source';
import { lang, theme } from '../../state';
import { useThingName } from '../../title';
import { grouped } from '../../units';
import { CHOICES, comma, leadersOf, makersOn, strengthOf, weakestPart } from './chain';

const LEADERS_SHOWN = 4;

/* 40 segments, 3 gaps, weakest in upstream materials. */
function headline(segments: Entity[]): string {
  const gaps = segments.filter((segment) => strengthOf(segment) === 'gap').length;
  const args = { n: grouped(segments.length), gaps: grouped(gaps) };
  const part = weakestPart(segments);
  if (!part) return t(gaps ? 'chain.answer_gaps' : 'chain.answer_sound', args);
  const words = [codeLabel('chain_stage', part.stage), ...(part.type ? [codeLabel('segment_type', part.type)] : [])];
  return t('chain.answer', { ...args, where: lang.value === 'en' ? (words[1] ? `${words[0]} (${words[1]})` : words[0]!).toLowerCase() : words.join('') });
}

export function ChainHead({ chain, segments, roles }: { chain: Entity; segments: Entity[]; roles: Entity[] }) {
  const basis = textOf(chain, 'basis');
  const unjudged = segments.filter((segment) => strengthOf(segment) === 'unjudged').length;
  const drawing = `/api/chain/${encodeURIComponent(chain.id)}/graph.svg?lang=${lang.value}&theme=${theme.value}`;
  useThingName(nameOf(chain));
  const of = { filter: `chain = ${quote(chain.id)}` };
  return (
    <>
      <header class="sheet-head">
        <div>
          <p class="crumb">
            <PageLink to={pathOf('chain')}>{kindTitle('chain')}</PageLink> · {nameOf(chain)}
          </p>
          <h1 aria-live="polite">{segments.length ? `${nameOf(chain)}${lang.value === 'en' ? ': ' : '\uff1a'}${headline(segments)}` : nameOf(chain)}</h1>
          <p class="beside">
            <Firms chain={chain} segments={segments} roles={roles} />
            {unjudged > 0 && <span>{t('chain.unjudged', { n: grouped(unjudged) })}</span>}
            {chain.fields['valid_from'] !== undefined && (
              <span>
                {t('chain.version')} <Figure entity={chain} field="valid_from" />
              </span>
            )}
            <span>{t('as_of', { date: chain.as_of })}</span>
          </p>
        </div>
        <div class="sheet-actions">
          <a class="button" href={drawing} target="_blank" rel="noreferrer">
            {t('chain.print')}
          </a>
          <button type="button" class="button" onClick={() => void import('../../picture').then(async ({ keep, pngOfSvg }) => keep(await pngOfSvg(drawing), `${chain.id}.png`))}>
            {t('chain.png')}
          </button>
          <a class="button" href={exportUrl('segment', 'csv', of)} download>
            {t('chain.csv_segments')}
          </a>
          <a class="button" href={exportUrl('role', 'csv', of)} download>
            {t('chain.csv_firms')}
          </a>
          <CopyLink />
        </div>
      </header>
      <dl class="card chain-facts">
        <Leaders roles={roles} />
        <Office chain={chain} />
        <Clusters chain={chain} />
        <Fact title={t('chains.counties')}>
          <Refs of={chain} field="regions" kind="region" />
        </Fact>
        {basis && (
          <Fact title={t('chain.basis')} wide>
            <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, chain, basis.field)}>
              {basis.text}
            </button>
          </Fact>
        )}
      </dl>
    </>
  );
}

/* Firms said to be of the chain; and how many of all have a segment here. */
function Firms({ chain, segments, roles }: { chain: Entity; segments: Entity[]; roles: Entity[] }) {
  const read = useResource(`firm-count|${chain.id}`, async (abort) => ({ id: chain.id, n: (await getList('enterprise', { filter: `chains = ${quote(chain.id)}`, limit: 0 }, abort)).yes }));
  const on = (some: Entity[]) => makersOn(roles, some.map((segment) => segment.id)).size;
  const n = grouped(on(segments));
  return (
    <>
      {read.data.value?.id === chain.id && (
        <span>
          <PageLink to={pathOf('enterprise')} changes={{ chains: chain.id }}>
            {t('chains.firms', { n: grouped(read.data.value.n) })}
          </PageLink>
        </span>
      )}
      {segments.length > 0 && (
        <span>
          {t('chain.makers')}{' '}
          <SumFigure
            text={n}
            unit=""
            sum={{
              title: `${t('chain.makers')} ${n}`,
              how: t('chain.makers_how'),
              rows: CHOICES.stage.map((stage) => ({ name: codeLabel('chain_stage', stage), value: grouped(on(segments.filter((segment) => segment.fields['stage'] === stage))) })),
            }}
          />
        </span>
      )}
    </>
  );
}

function Fact({ title, wide = false, children }: { title: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <div class={wide ? 'wide' : ''}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Refs({ of, field, kind }: { of: Entity; field: string; kind: 'region' | 'cluster' }) {
  const ids = listOf(of, field);
  if (!ids.length) return <span class="unknown">{t('unknown')}</span>;
  return (
    <>
      {ids.map((id, n) => (
        <span key={id}>
          {n > 0 && comma()}
          <RefLink of={of} id={id} kind={kind} />
        </span>
      ))}{' '}
      <SampleMark entity={of} field={field} />
    </>
  );
}

function Leaders({ roles }: { roles: Entity[] }) {
  const leaders = leadersOf(roles);
  return (
    <Fact title={t('chain.leaders')}>
      {leaders.length === 0 && <span class="unknown">{t('unknown')}</span>}
      {leaders.slice(0, LEADERS_SHOWN).map((role) => (
        <span key={role.id} class="line">
          <RefLink of={role} id={String(role.fields['enterprise'])} kind="enterprise" /> {isSample(role) && <SampleTag />}
        </span>
      ))}
      {leaders.length > LEADERS_SHOWN && <span class="quiet">{t('chain.more', { n: grouped(leaders.length - LEADERS_SHOWN) })}</span>}
    </Fact>
  );
}

function Office({ chain }: { chain: Entity }) {
  const office = textOf(chain, 'office');
  return (
    <Fact title={t('chain.office')}>
      {office ? (
        <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, chain, office.field)}>
          {office.text} <SampleMark entity={chain} field={office.field} />
        </button>
      ) : (
        <span class="unknown">{t('unknown')}</span>
      )}
    </Fact>
  );
}

/* What it is part of: the city's cluster, and through that the province's. */
function Clusters({ chain }: { chain: Entity }) {
  const clusters = useResource('clusters', (abort) => getList('cluster', { sort: 'number', limit: 100 }, abort));
  const own = (clusters.data.value?.items ?? []).filter((one) => listOf(chain, 'clusters').includes(one.id));
  return (
    <Fact title={t('chain.cluster')}>
      <Refs of={chain} field="clusters" kind="cluster" />
      {own.map((cluster) => listOf(cluster, 'rolls_into').length > 0 && (
        <span key={cluster.id} class="line">
          <span class="quiet">{t('rollup.into')}</span> <Refs of={cluster} field="rolls_into" kind="cluster" />
        </span>
      ))}
    </Fact>
  );
}
