/* A park: what it has to offer now, its land by state, its services, who says what of it. */
import { useEffect } from 'preact/hooks';
import type { Entity } from '../../api';
import { SampleMark, SampleTag, Swatch } from '../../components/bits';
import { Figure, SumFigure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { openSource, showSource } from '../../source';
import type { Sum } from '../../source';
import { t } from '../../i18n';
import { SERVICES, codeLabel, countiesOf, fieldLabel, fieldOf, isSample, listOf, nameOf, offerOf, refName, say, textOf } from '../../model';
import type { Offer } from '../../model';
import { lang } from '../../state';
import { grouped, inWords, totalArea } from '../../units';
import { CardHead } from './ThingCard';
import { parkLand, wantParkLand } from './parkland';
import type { ParkLand } from './parkland';

const OFFERS: Offer[] = ['open', 'preparing', 'promised', 'closed', 'unknown'];
const PARTS_SHOWN_MAX = 12;

export function ParkCard({ park }: { park: Entity }) {
  useEffect(() => void wantParkLand(park.id), [park.id]);
  const land = parkLand.value.get(park.id);
  const tiers = listOf(park, 'tiers').map((tier) => codeLabel('park_tier', tier));
  return (
    <>
      <CardHead entity={park} about={[countiesOf(park), tiers.join(lang.value === 'en' ? ', ' : '、')]} />
      {land && land.parcels.length > 0 && (
        <>
          <Offered park={park} land={land} />
          <LandByState land={land} />
          <Services land={land} />
        </>
      )}
      {land && !land.parcels.length && <p class="block quiet">{t('park.no_parcels_long')}</p>}
      <Here park={park} />
      {land && land.parcels.length > 0 && (
        <footer>
          <PageLink to="/" class="button primary" changes={{ list: 'parcel', park: park.id, sel: `park:${park.id}` }}>
            {t('park.parcels', { n: grouped(land.parcels.length) })}
          </PageLink>
        </footer>
      )}
    </>
  );
}

export function Offered({ park, land }: { park: Entity; land: ParkLand }) {
  const total = totalArea(land.now_m2);
  const sum: Sum = {
    title: `${t('park.now')} ${total.text} ${total.unit}`,
    how: t('park.now_how', { n: land.now.length, park: nameOf(park) }),
    rows: plotRows(land.now),
    note: [land.undated ? t('park.undated', { n: land.undated }) : '', land.partial ? t('park.partial', { n: land.parcels.length }) : ''].filter(Boolean).join(' '),
  };
  return (
    <dl class="facts three">
      <div>
        <dt>{t('park.now')}</dt>
        <dd>
          <SumFigure {...total} sum={sum} />
        </dd>
      </div>
      <div>
        <dt>{t('park.price')}</dt>
        <dd>{land.cheapest ? <Figure entity={land.cheapest} field="price_fen_m2" /> : <span class="unknown">{t('unknown')}</span>}</dd>
      </div>
      <div>
        <dt>{t('park.power')}</dt>
        <dd>{land.mostPower ? <Figure entity={land.mostPower} field="power_left_kva" /> : <span class="unknown">{t('unknown')}</span>}</dd>
      </div>
    </dl>
  );
}

export function LandByState({ land }: { land: ParkLand }) {
  const all_m2 = land.parcels.reduce((sum, parcel) => sum + Number(parcel.fields['area_m2'] ?? 0), 0);
  const shownOffers = OFFERS.filter((offer) => land.byOffer[offer].count > 0);
  return (
    <section class="block">
      <h3>
        {t('park.land')} <LandSum title={t('park.land')} m2={all_m2} rows={shownOffers.map((offer) => ({ name: t(`offer.${offer}`), value: inTotal(land.byOffer[offer].area_m2) }))} /> <span class="quiet">{t('park.plots', { n: land.parcels.length })}</span>
        {land.parcels.some(isSample) && <SampleTag />}
      </h3>
      <div class="land-bar" aria-hidden="true">
        {shownOffers.map((offer) => (
          <i key={offer} class={`swatch-${offer}`} style={{ flexGrow: land.byOffer[offer].area_m2 / all_m2 }} />
        ))}
      </div>
      <ul class="land-states">
        {shownOffers.map((offer) => {
          const plots = land.parcels.filter((parcel) => offerOf(parcel.fields['land_state']) === offer);
          return (
            <li key={offer}>
              <Swatch offer={offer} /> {t(`offer.${offer}`)} <LandSum title={t(`offer.${offer}`)} m2={land.byOffer[offer].area_m2} rows={plotRows(plots)} /> <span class="quiet">{t('park.plots', { n: land.byOffer[offer].count })}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const inTotal = (m2: number) => {
  const { text, unit } = totalArea(m2);
  return `${text} ${unit}`;
};

/* The areas of some plots; it opens into them. */
const LandSum = ({ title, m2, rows }: { title: string; m2: number; rows: Sum['rows'] }) => <SumFigure {...totalArea(m2)} sum={{ title: `${title} ${inTotal(m2)}`, how: t('park.land_how'), rows }} />;

function plotRows(plots: Entity[]): Sum['rows'] {
  const areaField = fieldOf('parcel', 'area_m2')!;
  const rows = plots.slice(0, PARTS_SHOWN_MAX).map((parcel) => ({ name: nameOf(parcel), value: parcel.fields['area_m2'] === undefined ? t('unknown') : inWords(areaField, parcel.fields['area_m2']) }));
  const more = plots.length - rows.length;
  return more > 0 ? [...rows, { name: t('park.more_rows', { n: more }), value: '' }] : rows;
}

/* On how many of the park's plots each service is there. */
function Services({ land }: { land: ParkLand }) {
  const n = land.parcels.length;
  return (
    <section class="block">
      <h3>
        {t('services.title')} <span class="quiet">{t('services.of_plots', { n })}</span>
      </h3>
      <ul class="services">
        {SERVICES.map((service) => {
          const states = land.parcels.map((parcel) => parcel.fields[`${service}_state`]);
          const done = states.filter((state) => state === 'done').length;
          const unknown = states.filter((state) => state === undefined).length;
          const building = states.filter((state) => state === 'building').length;
          const label = say(fieldOf('parcel', `${service}_state`)?.label ?? { zh: service, en: service });
          const kind = unknown === n ? 'unknown' : done * 2 >= n ? 'done' : building > 0 ? 'building' : 'planned';
          const sum: Sum = {
            title: label,
            how: t('services.how', { n }),
            rows: [
              ...['done', 'building', 'planned', 'none'].map((state) => ({ name: codeLabel('service_state', state), value: grouped(states.filter((one) => one === state).length) })),
              { name: t('unknown'), value: grouped(unknown) },
            ],
          };
          return (
            <li key={service} class={`service service-${kind}`}>
              <button type="button" class="figure" aria-haspopup="dialog" onClick={(event) => (openSource.value = { at: event.currentTarget, of: { sum } })}>
                <b>{label}</b>
                <span>{unknown === n ? t('unknown') : t('services.share', { done, n })}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/* What is said of it: each with its source, like any figure. */
function Here({ park }: { park: Entity }) {
  const focus = textOf(park, 'focus');
  const about = textOf(park, 'about');
  const office = textOf(park, 'office');
  const parents = listOf(park, 'parents').map((id) => refName(park, id));
  const texts = [
    focus && { label: fieldLabel('park', focus.field).replace(/\s*[(\uff08].*/, ''), ...focus },
    park.fields['partners'] !== undefined && { label: fieldLabel('park', 'partners'), field: 'partners', text: listOf(park, 'partners').map((code) => codeLabel('partner', code)).join(lang.value === 'en' ? ', ' : '、') },
    parents.length > 0 && { label: fieldLabel('park', 'parents'), field: 'parents', text: parents.join(lang.value === 'en' ? ', ' : '、') },
    about && { label: t('park.here'), ...about },
    office && { label: t('park.office'), ...office },
  ].filter((text) => text !== null && text !== false);
  if (!texts.length) return null;
  return (
    <dl class="block said">
      {texts.map(({ label, field, text }) => (
        <>
          <dt>{label}</dt>
          <dd>
            <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, park, field)}>
              {text} <SampleMark entity={park} field={field} />
            </button>
          </dd>
        </>
      ))}
    </dl>
  );
}
