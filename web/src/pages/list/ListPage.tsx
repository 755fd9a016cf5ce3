/* `/PAGE`: every row of one kind: how many, what narrows them, the rows as a table, and the same as a file. */
import type { ComponentChildren } from 'preact';
import type { Entity, Kind, Total as ListTotal } from '../../api';
import { exportUrl, getList } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { EntityTable } from '../../components/EntityTable';
import { SumFigure } from '../../components/Figure';
import { FilterChips } from '../../components/FilterChips';
import { PageLink } from '../../components/Header';
import { ErrorLine, SampleTag } from '../../components/bits';
import { filterOf, isFiltered } from '../../filters';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { viewOf } from '../../kinds';
import { fieldLabel, fieldOfRows, isSample, kindTitle, meta, model, say } from '../../model';
import { useResource } from '../../resource';
import { change, go, hrefTo, param } from '../../state';
import { grouped, shown } from '../../units';

const PAGE_ROWS = 50;
/* The server skips no more than this many. */
const OFFSET_MAX = 10_000;

interface Props {
  kind: Kind;
  /* Between the filters and the table. */
  above?: ComponentChildren;
  more?: Parameters<typeof EntityTable>[0]['more'];
}

export function ListPage({ kind, above, more }: Props) {
  const info = model.value!.kinds[kind];
  const filter = filterOf(kind);
  const sort = param('sort') || viewOf(kind).sort || '';
  const sums = viewOf(kind).sums ?? [];
  const page = Math.max(0, Math.min(Number(param('page')) - 1 || 0, OFFSET_MAX / PAGE_ROWS));
  const list = useResource([kind, filter, sort, page].join('|'), (abort) => getList(kind, { filter, sort, sum: sums.join(','), limit: PAGE_ROWS, offset: page * PAGE_ROWS }, abort));
  const found = list.data.value?.kind === kind ? list.data.value : null;
  const all = found ? found.yes + found.maybe : 0;
  const pages = Math.ceil(Math.min(all, OFFSET_MAX) / PAGE_ROWS);
  const turn = (by: number) => page + by >= 0 && page + by < pages && change({ page: page + by === 0 ? null : String(page + by + 1) });
  useKeys([
    { keys: ['J'], says: 'key.next', does: () => focusRow(1) },
    { keys: ['K'], says: 'key.previous', does: () => focusRow(-1) },
    { keys: ['['], says: 'key.page_back', does: () => void turn(-1) },
    { keys: [']'], says: 'key.page_on', does: () => void turn(1) },
    ...(info.geometry ? [{ keys: ['M'], says: 'key.map' as const, does: () => go(onMap(kind)) }] : []),
  ]);
  return (
    <main id="main" class="sheet" tabIndex={-1}>
      <header class="sheet-head">
        <div>
          <p class="crumb">{kindTitle(kind)}</p>
          <h1 aria-live="polite">{found ? answer(kind, found.yes, found.maybe) : t('list.wait')}</h1>
          <p class="beside">
            <span>{t('as_of', { date: meta.value!.as_of })}</span>
            {sums.map((name) => found?.sums?.[name] && <Total key={name} kind={kind} name={name} total={found.sums[name]} />)}
            {sampleNote(found?.items ?? []) && <SampleTag text={t('sample.some')} />}
          </p>
        </div>
        <div class="sheet-actions">
          {info.geometry && (
            <PageLink to="/" class="button" changes={{ list: kind, ...chosen() }}>
              {t('list.on_map')}
            </PageLink>
          )}
          <a class="button" href={exportUrl(kind, 'csv', { filter, sort })} download>
            CSV
          </a>
          {info.geometry && (
            <a class="button" href={exportUrl(kind, 'geojson', { filter, sort })} download>
              GeoJSON
            </a>
          )}
          <CopyLink />
        </div>
      </header>
      <FilterChips kind={kind} />
      {above}
      {list.error.value && <ErrorLine error={list.error.value} retry={list.retry} at={list.at.value} />}
      {found && (
        <div class="card">
          {found.items.length ? <EntityTable kind={kind} items={found.items} more={more} sortable caption={say(info.plural)} /> : <p class="block">{t(isFiltered(kind) ? 'list.none_match' : 'list.none_yet')}</p>}
        </div>
      )}
      {pages > 1 && (
        <nav class="pager" aria-label={t('pager.label')}>
          <button type="button" class="button" disabled={page === 0} onClick={() => turn(-1)}>
            {t('pager.back')}
          </button>
          <span>{t('pager.where', { page: page + 1, pages })}</span>
          <button type="button" class="button" disabled={page + 1 >= pages} onClick={() => turn(1)}>
            {t('pager.on')}
          </button>
        </nav>
      )}
    </main>
  );
}

function answer(kind: Kind, yes: number, maybe: number) {
  const { label, plural } = model.value!.kinds[kind];
  const args = { n: grouped(yes), maybe: grouped(maybe), what: say(yes === 1 ? label : plural) };
  if (!isFiltered(kind)) return t('list.answer', args);
  return t(maybe ? 'list.answer_maybe' : 'list.answer_filtered', args);
}

/* A sum over all that the list holds, not over this page of it. */
function Total({ kind, name, total }: { kind: Kind; name: string; total: ListTotal }) {
  if (!total.known) return null;
  const sum = shown(fieldOfRows(kind, name)!, total.sum);
  const label = fieldLabel(kind, name);
  return (
    <span>
      {t('list.sum', { what: label })}{' '}
      <SumFigure
        {...sum}
        sum={{ title: `${label} ${sum.text} ${sum.unit}`, how: t('list.sum_how', { what: kindTitle(kind) }), rows: [{ name: t('list.sum_known'), value: grouped(total.known) }, { name: t('unknown'), value: grouped(total.unknown) }] }}
      />
    </span>
  );
}

const sampleNote = (items: Entity[]) => items.some(isSample);

/* The filters of this list, for the map. */
const chosen = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([name]) => !['lang', 'sort', 'page', 'list', 'sel', 'at'].includes(name)));
const onMap = (kind: Kind) => hrefTo('/', { list: kind, ...chosen() });

function focusRow(by: number) {
  const links = [...document.querySelectorAll<HTMLElement>('.entities tbody th a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))]?.focus();
}

export const listTitle = (kind: Kind) => say(model.value!.kinds[kind].plural);
