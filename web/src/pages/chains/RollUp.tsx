/* How chains roll up: the province's clusters, the city's, and the chains of each; as a diagram and as the list of it.
 * What is said to exist but is not named stands there dashed. */
import type { ComponentChildren } from 'preact';
import { useSignal } from '@preact/signals';
import type { Entity } from '../../api';
import { EntityLink, RefLink } from '../../components/EntityLink';
import { Figure } from '../../components/Figure';
import { SampleMark, SampleTag, Segmented } from '../../components/bits';
import { t } from '../../i18n';
import { isSample, kindTitle, listOf, nameOf } from '../../model';
import { change, narrow, param } from '../../state';
import { grouped } from '../../units';
import { comma } from './chain';
import type { All } from './ChainsPage';

const isList = () => (param('view') ? param('view') === 'list' : narrow.value);
const showAs = (view: 'graph' | 'list') => change({ view: (view === 'list') === narrow.peek() ? null : view }, 'replace');

export function RollUp({ all }: { all: All }) {
  const province = all.clusters.filter((one) => one.fields['level'] === 'province');
  const city = all.clusters.filter((one) => one.fields['level'] === 'city');
  if (!province.length) return null;
  const columns = { province, city, chains: all.chains };
  return (
    <section class="card rollup-card" aria-label={t('rollup.title')}>
      <header>
        <h2>{t('rollup.title')}</h2>
        <Segmented
          label={t('chain.view')}
          value={isList() ? 'list' : 'graph'}
          onChoose={showAs}
          choices={[
            { value: 'graph', text: t('chain.as_graph') },
            { value: 'list', text: t('chain.as_list') },
          ]}
        />
      </header>
      {isList() ? <RollUpTable {...columns} /> : <Diagram {...columns} all={all} />}
    </section>
  );
}

interface Columns { province: Entity[]; city: Entity[]; chains: Entity[] }

/* ---- diagram ---- */

const ROW_PX = 30;

/* Where each stands in its column: what rolls up together stands together, so that few lines cross. */
function placesOf({ province, city, chains }: Columns, rest: number) {
  const rank = (ids: string[], order: string[]) => Math.min(...ids.map((id) => order.indexOf(id)).filter((at) => at >= 0), order.length);
  const cities = [...city].sort((a, b) => Number(a.fields['number']) - Number(b.fields['number']));
  const cityIds = cities.map((one) => one.id);
  const into = (id: string) => cities.filter((one) => listOf(one, 'rolls_into').includes(id)).map((one) => one.id);
  const provinces = [...province].sort((a, b) => rank(into(a.id), cityIds) - rank(into(b.id), cityIds) || Number(a.fields['number']) - Number(b.fields['number']));
  const right = [...chains].sort((a, b) => rank(listOf(a, 'clusters'), cityIds) - rank(listOf(b, 'clusters'), cityIds));
  const rows = Math.max(provinces.length, cities.length, right.length + (rest > 0 ? 1 : 0));
  const spread = (count: number, n: number) => ((n + 0.5) * rows) / count - 0.5;
  const y = new Map<string, number>();
  provinces.forEach((one, n) => y.set(one.id, spread(provinces.length, n)));
  // A cluster of the city stands at the middle of those of the province that it is part of, and below the one before.
  let below = 0;
  cities.forEach((one, n) => {
    const of = listOf(one, 'rolls_into').flatMap((id) => y.get(id) ?? []);
    const middle = of.length ? of.reduce((sum, at) => sum + at, 0) / of.length : spread(cities.length, n);
    below = Math.min(Math.max(middle, below), rows - (cities.length - n));
    y.set(one.id, below);
    below += 1;
  });
  below = 0;
  right.forEach((one, n) => {
    const of = listOf(one, 'clusters').flatMap((id) => y.get(id) ?? []);
    below = Math.min(Math.max(of[0] ?? spread(right.length, n), below), rows - (right.length - n));
    y.set(one.id, below);
    below += 1;
  });
  return { provinces, cities, right, rows, y };
}

function Diagram({ all, ...columns }: Columns & { all: All }) {
  const lit = useSignal('');
  const said = (indicator: string) => all.said.get(indicator);
  // Those of the chains here that the report counts among its own; how many more there are, it says without names.
  const named = columns.chains.filter((chain) => chain.fields['how'] === 'reported').length;
  const rest = Math.max(0, Number(said('jm-chains')?.fields['value'] ?? 0) - named);
  const { provinces, cities, right, rows, y } = placesOf(columns, rest);
  const lines = [
    ...cities.flatMap((one) => listOf(one, 'rolls_into').map((id) => ({ from: id, to: one.id, column: 0 }))),
    ...right.flatMap((one) => listOf(one, 'clusters').map((id) => ({ from: id, to: one.id, column: 1 }))),
  ].filter((line) => y.has(line.from) && y.has(line.to));
  // Lit: the one under the pointer or the focus, what is part of it and what it is part of.
  const before = new Set([lit.value]);
  const after = new Set([lit.value]);
  for (const line of lines) if (after.has(line.from)) after.add(line.to);
  for (const line of [...lines].reverse()) if (before.has(line.to)) before.add(line.from);
  const isLit = (line: { from: string; to: string }) => (before.has(line.from) && before.has(line.to)) || (after.has(line.from) && after.has(line.to));
  const item = (one: Entity) => (
    <li key={one.id} class={`rollup-item${isSample(one) ? ' sample' : ''}${lit.value && !before.has(one.id) && !after.has(one.id) ? ' off' : ''}`} style={{ top: `${y.get(one.id)! * ROW_PX}px` }} title={nameOf(one)} onPointerEnter={() => (lit.value = one.id)} onPointerLeave={() => (lit.value = '')} onFocusIn={() => (lit.value = one.id)} onFocusOut={() => (lit.value = '')}>
      <EntityLink entity={one} />
      {isSample(one) && <span class="visually-hidden"> {t('sample')}</span>}
    </li>
  );
  const height = { height: `${rows * ROW_PX}px` };
  return (
    <div class="rollup-frame">
      <div class="rollup">
        <Head title={t('rollup.province')} of={said('jm-province-clusters')} n={provinces.length} />
        <span />
        <Head title={t('rollup.city')} of={said('jm-core-clusters')} n={cities.length} note={cities.some(isSample) ? t('rollup.names_sample') : ''} />
        <span />
        <Head title={kindTitle('chain')} of={said('jm-chains')} n={right.length} note={t('rollup.drawn', { n: right.length })} />
        <ul style={height}>{provinces.map(item)}</ul>
        <Lines lines={lines.filter((line) => line.column === 0)} y={y} rows={rows} isLit={isLit} dimmed={lit.value !== ''} />
        <ul style={height}>{cities.map(item)}</ul>
        <Lines lines={lines.filter((line) => line.column === 1)} y={y} rows={rows} isLit={isLit} dimmed={lit.value !== ''} />
        <ul style={height}>
          {right.map(item)}
          {rest > 0 && (
            <li class="rollup-item unnamed" style={{ top: `${(rows - 1) * ROW_PX}px` }}>
              {t('rollup.unnamed', { n: grouped(rest) })}
            </li>
          )}
        </ul>
      </div>
    </div>
  );
}

function Head({ title, of, n, note = '' }: { title: string; of: Entity | undefined; n: number; note?: ComponentChildren }) {
  return (
    <h3>
      {title} {of ? <Figure entity={of} field="value" /> : <b>{grouped(n)}</b>} {note && <span class="quiet">{note}</span>}
    </h3>
  );
}

interface LinesProps { lines: { from: string; to: string }[]; y: Map<string, number>; rows: number; isLit: (line: { from: string; to: string }) => boolean; dimmed: boolean }
function Lines({ lines, y, rows, isLit, dimmed }: LinesProps) {
  return (
    <svg viewBox={`0 0 100 ${rows}`} preserveAspectRatio="none" style={{ height: `${rows * ROW_PX}px` }} aria-hidden="true" focusable="false">
      {lines.map((line) => {
        const [from, to] = [y.get(line.from)! + 0.5, y.get(line.to)! + 0.5];
        return <path key={line.from + line.to} d={from === to ? `M0 ${from}H100` : `M0 ${from}C50 ${from} 50 ${to} 100 ${to}`} class={`edge${isLit(line) ? ' on' : dimmed ? ' off' : ''}`} vector-effect="non-scaling-stroke" />;
      })}
    </svg>
  );
}

/* ---- list ---- */

function RollUpTable({ province, city, chains }: Columns) {
  const lone = province.filter((one) => !city.some((other) => listOf(other, 'rolls_into').includes(one.id)));
  return (
    <>
      <table class="entities">
        <caption class="visually-hidden">{t('rollup.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('rollup.city')}</th>
            <th scope="col">{t('rollup.part_of')}</th>
            <th scope="col">{kindTitle('chain')}</th>
          </tr>
        </thead>
        <tbody>
          {city.map((cluster) => {
            const own = chains.filter((chain) => listOf(chain, 'clusters').includes(cluster.id));
            return (
              <tr key={cluster.id}>
                <th scope="row">
                  <EntityLink entity={cluster} /> {isSample(cluster) && <SampleTag />}
                </th>
                <td data-label={t('rollup.part_of')}>
                  <span>
                    {listOf(cluster, 'rolls_into').map((id, n) => (
                      <span key={id}>
                        {n > 0 && comma()}
                        <RefLink of={cluster} id={id} kind="cluster" />
                      </span>
                    ))}
                  </span>
                </td>
                <td data-label={kindTitle('chain')}>
                  <span>
                    {own.length === 0 && <span class="quiet">{'–'}</span>}
                    {own.map((chain, n) => (
                      <span key={chain.id}>
                        {n > 0 && comma()}
                        <EntityLink entity={chain} /> <SampleMark entity={chain} field="clusters" />
                      </span>
                    ))}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {lone.length > 0 && (
        <p class="block quiet">
          {t('rollup.lone')} {lone.map(nameOf).join(comma())}
        </p>
      )}
    </>
  );
}
