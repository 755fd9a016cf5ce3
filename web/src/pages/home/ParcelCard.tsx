/* A plot: its figures, its services, what is not filled in. */
import type { Entity } from '../../api';
import { EntityTags, Swatch } from '../../components/bits';
import { Figure } from '../../components/Figure';
import { ServiceGrid } from '../../components/ServiceGrid';
import { t } from '../../i18n';
import { codeLabel, countiesOf, fieldLabel, fieldsOf, nameOf, offerOf, refName, textOf } from '../../model';

/* Beside the three of the head. */
const MORE = ['available_from', 'promised_until', 'far_min', 'far_max', 'height_max_m', 'env_class', 'invest_min_fen_m2'];

export function ParcelCard({ parcel }: { parcel: Entity }) {
  const park = parcel.fields['park'];
  const state = parcel.fields['land_state'];
  const use = parcel.fields['land_use'];
  const distances = fieldsOf('parcel').filter((field) => field.near && parcel.fields[field.name] !== undefined);
  const office = textOf(parcel, 'office');
  // Said when it is so, and missed only where it would be expected.
  const rows = [...MORE.filter((name) => name === 'available_from' || parcel.fields[name] !== undefined || parcel.states?.[name]), ...distances.map((field) => field.name)];
  return (
    <>
      <header class="card-head">
        <h2>{nameOf(parcel)}</h2>
        <p class="quiet">
          {typeof park === 'string' && <span>{refName(parcel, park)}</span>}
          <span>{countiesOf(parcel)}</span>
        </p>
        <p class="tags">
          <span class="state">
            <Swatch offer={offerOf(state)} />
            {typeof state === 'string' ? codeLabel('land_state', state) : t('offer.unknown')}
          </span>
          <span>{typeof use === 'string' ? codeLabel('land_use', use) : t('unknown')}</span>
          <EntityTags entity={parcel} />
        </p>
      </header>
      <dl class="facts three">
        {['area_m2', 'price_fen_m2', 'power_left_kva'].map((name) => (
          <div key={name}>
            <dt>{fieldLabel('parcel', name)}</dt>
            <dd>
              <Figure entity={parcel} field={name} />
            </dd>
          </div>
        ))}
      </dl>
      <div class="block">
        <ServiceGrid entity={parcel} />
      </div>
      <dl class="block pairs">
        {['land_use', 'land_state', ...rows].map((name) => (
          <div key={name}>
            <dt>{fieldLabel('parcel', name)}</dt>
            <dd>
              <Figure entity={parcel} field={name} />
            </dd>
          </div>
        ))}
        {office && (
          <div>
            <dt>{t('park.office')}</dt>
            <dd>
              <Figure entity={parcel} field={office.field} />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}
