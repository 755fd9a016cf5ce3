/* One row of the list: a name, where and what it is, three figures. */
import type { Entity } from '../../api';
import { EntityTags, Swatch } from '../../components/bits';
import { t } from '../../i18n';
import { viewOf } from '../../kinds';
import { codeLabel, countiesOf, fieldFor, fieldLabel, fieldOf, listOf, nameOf, offerOf, textOf } from '../../model';
import { isSelected, lang } from '../../state';
import { inWords, shown, totalArea } from '../../units';
import { parkOffers } from '../park/land';

export function Row({ entity, onChoose }: { entity: Entity; onChoose: (entity: Entity) => void }) {
  const on = isSelected(entity);
  return (
    <li class={on ? 'row on' : 'row'}>
      <button type="button" aria-current={on ? 'true' : undefined} onClick={() => onChoose(entity)}>
        <span class="row-name">
          {nameOf(entity)}
          {entity.kind !== 'parcel' && <EntityTags entity={entity} />}
          {entity.maybe && entity.anchor && <span class="tag">{t('row.maybe')}</span>}
        </span>
        <span class="row-about">{about(entity)}</span>
        {entity.kind === 'park' ? <ParkFigures park={entity} /> : entity.kind === 'parcel' ? <ParcelFigures parcel={entity} /> : <NumberParts entity={entity} />}
      </button>
    </li>
  );
}

function about(entity: Entity) {
  const county = countiesOf(entity);
  switch (entity.kind) {
    case 'park': {
      const tiers = listOf(entity, 'tiers').map((tier) => codeLabel('park_tier', tier));
      return [county, textOf(entity, 'focus')?.text ?? tiers[0]].filter(Boolean).join(' · ');
    }
    case 'parcel': {
      const state = entity.fields['land_state'];
      const use = entity.fields['land_use'];
      return (
        <>
          {[county, typeof use === 'string' ? codeLabel('land_use', use) : t('unknown')].filter(Boolean).join(' · ')}
          <span class="state">
            <Swatch offer={offerOf(state)} />
            {typeof state === 'string' ? codeLabel('land_state', state) : t('offer.unknown')}
          </span>
        </>
      );
    }
    default:
      return [county, ...listed(entity)].filter(Boolean).join(' · ');
  }
}

/* The codes that its kind's table shows: what it is, how far it is. */
function listed(entity: Entity): string[] {
  return viewOf(entity.kind).columns.flatMap((name) => {
    const field = fieldOf(entity.kind, name);
    const value = entity.fields[name];
    return field?.codes && value !== undefined ? [shown(field, value).text] : [];
  });
}

/* Sizes and money that its kind's table shows. */
function NumberParts({ entity }: { entity: Entity }) {
  const names = viewOf(entity.kind).columns.filter((name) => typeof entity.fields[name] === 'number');
  if (!names.length) return null;
  return (
    <span class="row-figures">
      {names.slice(0, 3).map((name) => (
        <Part key={name} {...shown(fieldFor(entity, name)!, entity.fields[name]!)} />
      ))}
    </span>
  );
}

const Part = ({ text, unit, after }: { text: string; unit: string; after?: string }) => (
  <span>
    <b>{text}</b> {unit}
    {after && (lang.value === 'en' ? ` ${after}` : after)}
  </span>
);

function ParkFigures({ park }: { park: Entity }) {
  if (!parkOffers.value) return <span class="row-figures quiet">…</span>;
  const offer = parkOffers.value.get(park.id);
  if (!offer) return <span class="row-figures quiet">{t('park.no_parcels')}</span>;
  const price = fieldOf('parcel', 'price_fen_m2');
  const power = fieldOf('parcel', 'power_left_kva');
  return (
    <span class="row-figures">
      <Part {...totalArea(offer.now_m2)} after={t('row.available')} />
      {price && offer.price_fen_m2 !== null && <Part {...shown(price, offer.price_fen_m2)} after={t('row.from')} />}
      {power && offer.power_left_kva !== null && <Part {...shown(power, offer.power_left_kva)} />}
    </span>
  );
}

function ParcelFigures({ parcel }: { parcel: Entity }) {
  return (
    <span class="row-figures">
      {['area_m2', 'price_fen_m2', 'power_left_kva'].map((name) => {
        const field = fieldOf('parcel', name);
        const value = parcel.fields[name];
        if (!field) return null;
        if (value === undefined) {
          const state = parcel.states?.[name];
          return (
            <span key={name} class={state ? 'quiet' : 'unknown'}>
              {t('row.no_value', { name: fieldLabel('parcel', name), state: state ? t(`state.${state}`) : t('unknown') })}
            </span>
          );
        }
        return typeof value === 'number' ? <Part key={name} {...shown(field, value)} /> : <span key={name}>{inWords(field, value)}</span>;
      })}
    </span>
  );
}
