/* The card of what is selected, on the map and in the list alike. */
import { getEntity } from '../../api';
import type { Entity } from '../../api';
import { EntityTags, ErrorLine, IconButton } from '../../components/bits';
import { FieldValue } from '../../components/FieldValue';
import { PageLink } from '../../components/Header';
import { t } from '../../i18n';
import { inThisLanguage, pathOf, titleOf, viewOf } from '../../kinds';
import { countiesOf, fieldLabel, model, nameOf, say, textOf } from '../../model';
import { useResource } from '../../resource';
import { lang, select } from '../../state';
import type { Thing } from '../../state';
import { ParcelCard } from './ParcelCard';
import { ParkCard } from './ParkCard';

export function ThingCard({ thing }: { thing: Thing }) {
  const entity = useResource(`${thing.kind}/${thing.id}`, (abort) => getEntity(thing.kind, thing.id, abort));
  const found = entity.data.value;
  return (
    <section class="thing-card" aria-label={found ? nameOf(found) : t('card.label')}>
      <div class="card-close">
        <IconButton icon="close" label={t('key.deselect')} onClick={() => select(null)} />
      </div>
      {entity.error.value && <ErrorLine error={entity.error.value} retry={entity.retry} />}
      {found && <Body entity={found} />}
      {found && (
        <footer>
          <PageLink to={pathOf(found.kind, found.id)} class="button primary">
            {t('card.open')}
          </PageLink>
        </footer>
      )}
    </section>
  );
}

function Body({ entity }: { entity: Entity }) {
  switch (entity.kind) {
    case 'park':
      return <ParkCard park={entity} />;
    case 'parcel':
      return <ParcelCard parcel={entity} />;
    default:
      return <PlainCard entity={entity} />;
  }
}

export function CardHead({ entity, about }: { entity: Entity; about: string[] }) {
  return (
    <header class="card-head">
      <h2>{titleOf(entity)}</h2>
      <p class="quiet">
        {about.filter(Boolean).map((part, n) => (
          <span key={n}>{part}</span>
        ))}
      </p>
      <p class="tags">
        <EntityTags entity={entity} />
      </p>
    </header>
  );
}

/* Any other kind: what it is, its table's figures, and the way to its page. */
function PlainCard({ entity }: { entity: Entity }) {
  const names = inThisLanguage(
    viewOf(entity.kind).columns.filter((name) => entity.fields[name] !== undefined),
    lang.value,
  );
  const about = textOf(entity, 'about');
  return (
    <>
      <CardHead entity={entity} about={[say(model.value!.kinds[entity.kind].label), countiesOf(entity)]} />
      <dl class="fact-rows">
        {names.map((name) => (
          <div key={name}>
            <dt>{fieldLabel(entity.kind, name)}</dt>
            <dd>
              <FieldValue entity={entity} field={name} />
            </dd>
          </div>
        ))}
        {about && (
          <div>
            <dt>{t('park.here')}</dt>
            <dd>
              <FieldValue entity={entity} field={about.field} />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}
