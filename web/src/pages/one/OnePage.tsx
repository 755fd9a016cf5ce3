/* `/PAGE/ID`: one thing: what is known of it, each with its source, and everything that refers to it. Kinds with more
 * to tell bring their own parts, above the facts or below. */
import type { ComponentChildren } from 'preact';
import type { Entity, Kind, Link } from '../../api';
import { getEntity, getLinks } from '../../api';
import { CopyLink } from '../../components/CopyLink';
import { EntityTable } from '../../components/EntityTable';
import { FieldValue } from '../../components/FieldValue';
import { PageLink } from '../../components/Header';
import { ErrorLine, SampleMark, SampleTag } from '../../components/bits';
import { paramOf } from '../../filters';
import { t } from '../../i18n';
import { useKeys } from '../../keys';
import { inThisLanguage, pathOf, titleOf } from '../../kinds';
import { codeLabel, fieldLabel, fieldsOf, isApproximate, isSample, kindTitle, listOf, model, say, textOf } from '../../model';
import { useResource } from '../../resource';
import { showSource } from '../../source';
import { go, hrefTo, lang } from '../../state';
import { useThingName } from '../../title';
import { grouped } from '../../units';

export interface Parts {
  /* Under the heading, across the page. */
  above?: (entity: Entity, links: Link[]) => ComponentChildren;
  /* Beside the facts. */
  aside?: (entity: Entity, links: Link[]) => ComponentChildren;
  /* Under the facts, across the page. */
  below?: (entity: Entity) => ComponentChildren;
  /* Beside the buttons of the heading. */
  actions?: (entity: Entity) => ComponentChildren;
  /* Shown by a part of its own: left out of the facts, or of what refers to it. */
  facts?: string[];
  links?: Kind[];
  /* How many rows of each kind that refers to it are read; as many as are shown unless said. */
  read?: number;
}

/* Of each kind that refers to one: its page leads to all. */
const ROWS_SHOWN = 8;

export function OnePage({ kind, id, parts = {} }: { kind: Kind; id: string; parts?: Parts }) {
  const one = useResource(`${kind}/${id}`, (abort) => getEntity(kind, id, abort));
  const links = useResource(`links/${kind}/${id}`, (abort) => getLinks(kind, id, parts.read ?? ROWS_SHOWN, abort));
  const entity = one.data.value?.id === id && one.data.value.kind === kind ? one.data.value : null;
  const linked = (links.data.value as { id?: string } | null)?.id === id ? links.data.value!.links : [];
  useKeys([
    { keys: ['U'], says: 'key.up', does: () => go(hrefTo(pathOf(kind))) },
    { keys: ['M'], says: 'key.map', does: () => go(hrefTo('/', { sel: `${kind}:${id}` })) },
  ]);
  return (
    <main id="main" class="sheet" tabIndex={-1}>
      {one.error.value && (one.error.value.status === 404 ? <Gone kind={kind} /> : <ErrorLine error={one.error.value} retry={one.retry} at={one.at.value} />)}
      {entity && (
        <>
          <Head entity={entity} actions={parts.actions?.(entity)} />
          {parts.above?.(entity, linked)}
          <div class="columns">
            <FactsCard entity={entity} without={parts.facts ?? []} />
            {parts.aside?.(entity, linked)}
          </div>
          {parts.below?.(entity)}
          {links.error.value && <ErrorLine error={links.error.value} retry={links.retry} />}
          {linked
            .filter((link) => !parts.links?.includes(link.kind))
            .map((link) => (
              <LinkedCard key={`${link.kind}.${link.field}`} of={entity} link={link} />
            ))}
        </>
      )}
    </main>
  );
}

function Head({ entity, actions }: { entity: Entity; actions?: ComponentChildren }) {
  const info = model.value!.kinds[entity.kind];
  const about = textOf(entity, 'about');
  useThingName(titleOf(entity));
  const tags = fieldsOf(entity.kind).filter((field) => field.codes && !['how', 'precision'].includes(field.name) && !field.part && entity.fields[field.name] !== undefined);
  return (
    <header class="sheet-head">
      <div>
        <p class="crumb">
          <PageLink to={pathOf(entity.kind)}>{kindTitle(entity.kind)}</PageLink>
        </p>
        <h1>{titleOf(entity)}</h1>
        <p class="beside">
          {tags.map((field) => (
            <span key={field.name}>
              {listOf(entity, field.name)
                .map((code) => codeLabel(field.codes!, code))
                .join(lang.value === 'en' ? ', ' : '\u3001')}
            </span>
          ))}
          <span>{t('as_of', { date: entity.as_of })}</span>
          {isSample(entity) && <SampleTag />}
          {info.geometry && (entity.anchor ? isApproximate(entity) && <span class="place">{t('place.approximate')}</span> : <span class="place">{t('place.none')}</span>)}
        </p>
        {about && (
          <p class="about">
            <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, entity, about.field)}>
              {about.text} <SampleMark entity={entity} field={about.field} />
            </button>
          </p>
        )}
      </div>
      <div class="sheet-actions">
        {actions}
        {entity.anchor && (
          <PageLink to="/" class="button" changes={{ sel: `${entity.kind}:${entity.id}`, at: `${entity.anchor[0].toFixed(4)},${entity.anchor[1].toFixed(4)},11` }}>
            {t('list.on_map')}
          </PageLink>
        )}
        <CopyLink />
      </div>
    </header>
  );
}

const HIDDEN = ['name_zh', 'name_en', 'how', 'precision', 'about_zh', 'about_en'];

/* Every field that is known, or said to be not applicable or withheld; services have a part of their own. */
export function FactsCard({ entity, without = [] }: { entity: Entity; without?: string[] }) {
  const names = fieldsOf(entity.kind)
    .filter((field) => !field.part && !HIDDEN.includes(field.name) && !without.includes(field.name))
    .map((field) => field.name)
    .filter((name) => entity.fields[name] !== undefined || entity.states?.[name]);
  const shownNames = inThisLanguage(names, lang.value);
  if (!shownNames.length) return null;
  return (
    <section class="card facts-card">
      <header>
        <h2>{t('one.facts')}</h2>
      </header>
      <dl class="fact-rows">
        {shownNames.map((name) => (
          <div key={name}>
            <dt>
              <button type="button" class="fact-label" aria-haspopup="dialog" onClick={(event) => showSource(event, entity, name)}>
                {fieldLabel(entity.kind, name)}
              </button>
            </dt>
            <dd>
              <FieldValue entity={entity} field={name} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/* Rows of another kind that refer to this one. */
export function LinkedCard({ of, link }: { of: Entity; link: Link }) {
  const title = kindTitle(link.kind);
  const items = link.items.slice(0, ROWS_SHOWN);
  const more = link.total > items.length;
  const twice = fieldsOf(link.kind).filter((field) => field.ref === of.kind).length > 1;
  return (
    <section class="card">
      <header>
        <h2>
          {title} <span class="quiet">{grouped(link.total)}</span>
          {twice && <span class="quiet"> {fieldLabel(link.kind, link.field)}</span>}
        </h2>
        {more && (
          <PageLink to={pathOf(link.kind)} class="button compact" changes={{ [paramOf(link.field)]: of.id }}>
            {t('one.all', { n: grouped(link.total) })}
          </PageLink>
        )}
      </header>
      <EntityTable kind={link.kind} items={items} without={[link.field]} caption={title} />
    </section>
  );
}

export function Gone({ kind }: { kind: Kind }) {
  return (
    <>
      <h1>{t('one.gone')}</h1>
      <p>
        <PageLink to={pathOf(kind)}>{t('one.see_all', { what: say(model.value!.kinds[kind].plural) })}</PageLink>
      </p>
    </>
  );
}
