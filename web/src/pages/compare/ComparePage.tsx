/* `/compare?ids=park:a,parcel:b`: up to four places side by side. What is best in a row is marked only where better is
 * defined; what nobody said stays dashed; sources are numbered, so that paper keeps them. */
import { useEffect, useRef } from 'preact/hooks';
import type { Entity, Kind, Why } from '../../api';
import { getEntity, getWhy } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { EntityLink } from '../../components/EntityLink';
import { FieldValue } from '../../components/FieldValue';
import { ErrorLine, IconButton, SampleTag, Segmented } from '../../components/bits';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { titleOf } from '../../kinds';
import { countiesOf, fieldFor, fieldLabel, fieldOf, isSample, meta, model, say, sourceName } from '../../model';
import { useResource } from '../../resource';
import { change, lang, param } from '../../state';
import { inWords } from '../../units';
import { setTray, tray, TRAY_MAX } from '../../tray';
import { Outline } from './Outline';
import { bestOf, differs, rowsOf } from './rows';
import type { Group, Row } from './rows';

interface Place { name: string; kind: Kind; id: string; entity: Entity | null; why: Record<string, Why> }

function placesAsked(): { name: string; kind: Kind; id: string }[] {
  const kinds = model.value!.kinds;
  return param('ids')
    .split(',')
    .slice(0, TRAY_MAX)
    .flatMap((name) => {
      const at = name.indexOf(':');
      const kind = name.slice(0, at) as Kind;
      return at > 0 && kind in kinds ? [{ name, kind, id: name.slice(at + 1) }] : [];
    });
}

async function read(asked: ReturnType<typeof placesAsked>, abort: AbortSignal): Promise<Place[]> {
  return Promise.all(
    asked.map(async (place) => {
      try {
        const [entity, why] = await Promise.all([getEntity(place.kind, place.id, abort), getWhy(place.kind, place.id, '', abort)]);
        return { ...place, entity, why: why.fields };
      } catch (error) {
        if ((error as { status?: number }).status === 404) return { ...place, entity: null, why: {} };
        throw error;
      }
    }),
  );
}

export function ComparePage() {
  const asked = placesAsked();
  const names = asked.map(({ name }) => name);
  // An address without places takes those of the tray; one with places fills it.
  useEffect(() => {
    if (names.length) setTray(names);
    else if (tray.peek().length) change({ ids: tray.peek().join(',') }, 'replace');
  }, [names.join(',')]);
  const got = useResource(names.join(','), (abort) => read(asked, abort));
  const places = (got.data.value ?? []).filter((place) => names.includes(place.name));
  const entities = places.flatMap(({ entity }) => (entity ? [entity] : []));
  const onlyDifferences = param('only') === 'differences';
  const table = useRef<HTMLTableElement>(null);

  const remove = (name: string) => {
    const left = names.filter((one) => one !== name);
    if (!left.length) setTray(left);
    change({ ids: left.join(',') || null });
  };
  const headings = () => [...(table.current?.querySelectorAll<HTMLElement>('.compare-place a') ?? [])];
  const move = (by: number) => {
    const all = headings();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]?.focus();
  };
  useKeys([
    { keys: ['ArrowRight'], says: 'key.column_next', does: () => move(1) },
    { keys: ['ArrowLeft'], says: 'key.column_previous', does: () => move(-1) },
    {
      keys: ['X'],
      says: 'key.remove',
      does: () => {
        const at = headings().indexOf(document.activeElement as HTMLElement);
        if (places[at]) remove(places[at].name);
      },
    },
    { keys: ['D'], says: 'key.differences', does: () => change({ only: onlyDifferences ? null : 'differences' }, 'replace') },
    { keys: ['P'], says: 'key.print', does: () => print() },
  ]);
  const all = rowsOf(entities).filter(({ field }) => !field.endsWith(lang.value === 'en' ? '_zh' : '_en'));
  const different = all.filter(({ field }) => differs(entities, field));
  return (
    <main id="main" class="sheet compare" tabIndex={-1}>
      <header class="sheet-head">
        <div>
          <p class="crumb">{t('nav.compare')}</p>
          <h1 aria-live="polite">{headline(names.length, entities)}</h1>
          <p class="beside">
            <span>{t('as_of', { date: meta.value!.as_of })}</span>
            {entities.some(isSample) && <SampleTag text={t('sample.some')} />}
          </p>
        </div>
        {entities.length > 1 && (
          <div class="sheet-actions">
            <Segmented
              label={t('compare.field')}
              value={onlyDifferences ? 'differences' : 'all'}
              onChoose={(value) => change({ only: value === 'all' ? null : value }, 'replace')}
              choices={[
                { value: 'all', text: t('compare.all_rows', { n: all.length }) },
                { value: 'differences', text: t('compare.only_differences_n', { n: different.length }) },
              ]}
            />
            <button type="button" class="button" onClick={() => print()}>
              {t('compare.print')}
            </button>
            <CopyLink />
          </div>
        )}
      </header>
      {got.error.value && <ErrorLine error={got.error.value} retry={got.retry} />}
      {names.length < 2 && <p class="quiet">{t('compare.how', { n: TRAY_MAX })}</p>}
      {places.length > 0 && <Table table={table} places={places} rows={onlyDifferences ? different : all} onRemove={remove} />}
    </main>
  );
}

/* What decides between them, in words. */
function headline(asked: number, entities: Entity[]): string {
  if (!asked) return t('compare.none');
  if (asked === 1) return t('compare.one');
  const parts = (['port_m', 'price_fen_m2', 'power_left_kva', 'available_from'] as const).flatMap((field) => {
    const best = bestOf(entities, { group: 'land', field, better: field === 'power_left_kva' ? 'more' : 'less' });
    const one = best.size === 1 && entities.find(({ id }) => best.has(id));
    return one ? [t(`compare.wins.${field}`, { name: titleOf(one) })] : [];
  });
  return parts.length ? parts.slice(0, 3).join(lang.value === 'en' ? '; ' : '\uff0c') : t('compare.title', { n: entities.length });
}

interface TableProps { table: { current: HTMLTableElement | null }; places: Place[]; rows: Row[]; onRemove: (name: string) => void }
function Table({ table, places, rows, onRemove }: TableProps) {
  const notes: string[] = [];
  const noteOf = (why: Why | undefined): number | null => {
    if (!why?.source) return null;
    const text = [sourceName(why.source), why.as_of].filter(Boolean).join(' ');
    if (!notes.includes(text)) notes.push(text);
    return notes.indexOf(text) + 1;
  };
  const entities = places.flatMap(({ entity }) => (entity ? [entity] : []));
  const groups = [...new Set(rows.map(({ group }) => group))];
  const body = groups.map((group) => ({ group, rows: rows.filter((row) => row.group === group) }));
  const cells = body.map(({ group, rows: some }) => (
    <tbody key={group}>
      <tr class="compare-group">
        <th colSpan={places.length + 1} scope="colgroup">
          {t(`compare.group.${group satisfies Group}`)}
        </th>
      </tr>
      {some.map((row) => {
        const best = bestOf(entities, row);
        return (
          <tr key={row.field}>
            <th scope="row">{fieldLabel(entities.find(({ kind }) => fieldOf(kind, row.field))!.kind, row.field)}</th>
            {places.map((place) => (
              <td key={place.name} class={place.entity && best.has(place.entity.id) ? 'best' : ''}>
                {place.entity && <Cell entity={place.entity} row={row} best={best} entities={entities} note={noteOf(place.why[row.field])} />}
              </td>
            ))}
          </tr>
        );
      })}
    </tbody>
  ));
  return (
    <div class="card compare-box" tabIndex={0} role="region" aria-label={t('nav.compare')}>
      <table class="compare-table" ref={(made) => void (table.current = made)}>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t('compare.field')}</span>
            </th>
            {places.map((place) => (
              <th key={place.name} scope="col" class="compare-place">
                <Heading place={place} onRemove={() => onRemove(place.name)} />
              </th>
            ))}
          </tr>
        </thead>
        {cells}
      </table>
      <footer class="compare-foot">
        <h2>{t('compare.sources')}</h2>
        <ol>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ol>
        <p class="quiet">{meta.value!.map_approval ? t('map.approval', { number: meta.value!.map_approval }) : t('map.no_approval')}</p>
      </footer>
    </div>
  );
}

function Heading({ place, onRemove }: { place: Place; onRemove: () => void }) {
  const { entity } = place;
  const name = entity ? titleOf(entity) : place.id;
  return (
    <>
      <div class="compare-name">
        <div>
          {entity ? <EntityLink entity={entity} /> : <b>{place.id}</b>} {entity && isSample(entity) && <SampleTag />}
          <p class="quiet">{entity ? [say(model.value!.kinds[entity.kind].label), countiesOf(entity)].filter(Boolean).join(' · ') : t('compare.gone')}</p>
        </div>
        <IconButton icon="close" label={t('compare.remove', { name })} onClick={onRemove} />
      </div>
      {entity && <Outline entity={entity} />}
    </>
  );
}

interface CellProps { entity: Entity; row: Row; best: Set<string>; entities: Entity[]; note: number | null }
function Cell({ entity, row, best, entities, note }: CellProps) {
  const { field } = row;
  if (!fieldOf(entity.kind, field)) return <span class="quiet">{t('state.not_applicable')}</span>;
  return (
    <>
      <FieldValue entity={entity} field={field} />
      {note !== null && <sup>{note}</sup>}
      {best.has(entity.id) ? <span class="best-mark">{t('compare.best')}</span> : <Away entity={entity} row={row} best={entities.find(({ id }) => best.has(id))} />}
    </>
  );
}

/* How far from the best: 38 元/m². */
function Away({ entity, row, best }: { entity: Entity; row: Row; best: Entity | undefined }) {
  const value = entity.fields[row.field];
  const top = best?.fields[row.field];
  const field = fieldFor(entity, row.field);
  if (!field || typeof value !== 'number' || typeof top !== 'number') return null;
  return <span class="quiet away">{t('compare.away', { difference: inWords(field, Math.abs(value - top)) })}</span>;
}

