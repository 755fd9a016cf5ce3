/* The card of what is selected, on the map and in the list alike. */
import { getEntity } from '../../api';
import type { Entity } from '../../api';
import { EntityTags, ErrorLine, IconButton } from '../../components/bits';
import { Figure } from '../../components/Figure';
import { t } from '../../i18n';
import { codeLabel, countiesOf, fieldLabel, nameOf } from '../../model';
import { useResource } from '../../resource';
import { select } from '../../state';
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
      return <FacilityCard facility={entity} />;
  }
}

export function CardHead({ entity, about }: { entity: Entity; about: string[] }) {
  return (
    <header class="card-head">
      <h2>{nameOf(entity)}</h2>
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

function FacilityCard({ facility }: { facility: Entity }) {
  return (
    <>
      <CardHead entity={facility} about={[codeLabel('facility_type', String(facility.fields['type'] ?? '')), countiesOf(facility)]} />
      <dl class="facts">
        {['type', 'un_locode'].filter((name) => facility.fields[name] !== undefined).map((name) => (
          <div key={name}>
            <dt>{fieldLabel('facility', name)}</dt>
            <dd>
              <Figure entity={facility} field={name} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
