/* The left column: the answer in words, what narrows it, and the rows that the map shows. */
import type { Entity, Found, List, Point } from '../../api';
import type { Box } from '../../api';
import { getList } from '../../api';
import { ErrorLine, SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import type { Args, Key } from '../../i18n';
import { kindTitle, meta, model, nameOf, say } from '../../model';
import type { Resource } from '../../resource';
import { useResource } from '../../resource';
import { change, lang, param } from '../../state';
import { grouped } from '../../units';
import { SearchBox } from '../../components/SearchBox';
import { FilterChips } from '../../components/FilterChips';
import { isFiltered } from '../../filters';
import { LIST_KINDS, SORTS, listKind, setListKind, sortOf } from './home';
import type { ListKind } from './home';
import { parkOffers } from '../park/land';
import { Row } from './Row';

interface Props {
  list: Resource<List>;
  parks: Resource<List>;
  parcels: Resource<List>;
  viewBox: Box | null;
  /* The same, as a query says it. */
  bbox: string;
  onChoose: (entity: Entity) => void;
  onShow: (place: Point) => void;
  onFound: (found: Found) => void;
}

/* The list is said to be cut only when it is. */
const MANY = 1000;

export function Listing(props: Props) {
  const kind = listKind.value;
  const found = props.list.data.value;
  const list = found?.kind === kind ? found : null;
  return (
    <section class="listing" aria-label={t('list.label')}>
      <SearchBox text={param('q')} onText={(q) => change({ q: q || null }, 'replace')} onChoose={props.onFound} />
      <header>
        <p class="crumb">{t('nav.map')}</p>
        <h1 aria-live="polite">{answer(props.parks.data.value, props.parcels.data.value)}</h1>
        <p class="beside">
          <span>{t('list.follows')}</span>
          <span>{t('as_of', { date: meta.value!.as_of })}</span>
          {meta.value!.illustrative && <SampleTag text={t('sample.plots')} />}
        </p>
      </header>
      <label class="list-kind">
        <span>{t('list.which')}</span>
        <select value={kind} onChange={(event) => setListKind(event.currentTarget.value as ListKind)}>
          {LIST_KINDS.filter((one) => (meta.value!.kinds[one]?.count ?? 0) > 0).map((one) => (
            <option key={one} value={one}>
              {`${kindTitle(one)} ${grouped(meta.value!.kinds[one].count)}`}
            </option>
          ))}
        </select>
      </label>
      <FilterChips kind={kind} bbox={props.bbox} />
      {props.list.error.value && <ErrorLine error={props.list.error.value} retry={props.list.retry} at={props.list.at.value} />}
      {list && (list.items.some((entity) => entity.anchor) ? <Rows kind={kind} list={list} onChoose={props.onChoose} /> : <Nothing kind={kind} {...props} />)}
    </section>
  );
}

function answer(parks: List | null, parcels: List | null): string {
  if (!parks || !parcels) return t('home.wait');
  const args: Args = { parks: grouped(parks.yes), parcels: grouped(parcels.yes), maybe: grouped(parcels.maybe) };
  const key: Key = parks.yes + parcels.yes + parcels.maybe === 0 ? 'home.none' : parcels.maybe ? 'home.answer_maybe' : 'home.answer';
  return t(isFiltered('parcel') && key === 'home.answer' ? 'home.answer_filtered' : key, args);
}

/* Parks are ordered by what they have to offer, which the page adds up; everything else by the server. */
function ordered(kind: ListKind, items: Entity[]): Entity[] {
  if (kind !== 'park') return items;
  if (sortOf.value === 'name') return [...items].sort((a, b) => nameOf(a).localeCompare(nameOf(b), lang.value));
  const offers = parkOffers.value;
  return [...items].sort((a, b) => (offers?.get(b.id)?.now_m2 ?? 0) - (offers?.get(a.id)?.now_m2 ?? 0));
}

function Rows({ kind, list, onChoose }: { kind: ListKind; list: List; onChoose: (entity: Entity) => void }) {
  // What has no coordinates may be anywhere: the server lists it as maybe, the page after what is on the map.
  const placed = list.items.filter((entity) => entity.anchor);
  const placeless = list.items.filter((entity) => !entity.anchor);
  const count = list.yes + list.maybe - placeless.length;
  const cut = list.yes + list.maybe > list.items.length;
  return (
    <>
      <div class="rows-head">
        <span>{cut ? t(list.yes + list.maybe > MANY ? 'list.cut_many' : 'list.cut', { shown: list.items.length, n: grouped(list.yes + list.maybe) }) : t('list.count', { n: grouped(count) })}</span>
        {(SORTS[kind]?.length ?? 0) > 1 && (
          <label class="sort">
            <span class="visually-hidden">{t('sort.label')}</span>
            <select value={param('sort')} onChange={(event) => change({ sort: event.currentTarget.value || null }, 'replace')}>
              {SORTS[kind]!.map(({ value, key }) => (
                <option key={value} value={value}>
                  {t(key)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <ul class="rows">
        {ordered(kind, placed).map((entity) => (
          <Row key={entity.id} entity={entity} onChoose={onChoose} />
        ))}
        {placeless.length > 0 && <li class="rows-break">{t('list.no_place', { n: placeless.length })}</li>}
        {placeless.map((entity) => (
          <Row key={entity.id} entity={entity} onChoose={onChoose} />
        ))}
      </ul>
    </>
  );
}

/* Nothing here: say what is nearest, and go there. */
function Nothing({ kind, viewBox, onShow }: Props & { kind: ListKind }) {
  const all = useResource(`nearest|${kind}`, (abort) => getList(kind, { limit: 200 }, abort));
  const [west, south, east, north] = viewBox ?? meta.value!.box;
  const middle: Point = [(west + east) / 2, (south + north) / 2];
  const away = (entity: Entity) => Math.hypot(entity.anchor![0] - middle[0], entity.anchor![1] - middle[1]);
  const nearest = all.data.value?.items.filter((entity) => entity.anchor).sort((a, b) => away(a) - away(b))[0];
  return (
    <div class="nothing">
      <p>{isFiltered(kind) ? t('list.none_filtered') : t('list.none_here', { what: say(model.value!.kinds[kind].label), name: nearest ? nameOf(nearest) : '' })}</p>
      {!isFiltered(kind) && nearest && (
        <button type="button" class="button" onClick={() => onShow(nearest.anchor!)}>
          {t('list.go', { name: nameOf(nearest) })}
        </button>
      )}
    </div>
  );
}
