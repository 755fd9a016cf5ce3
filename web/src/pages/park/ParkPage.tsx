/* `/parks/ID`: what it has to offer now, its land by state, services with what is left, floor space, costs, whom to ask. */
import type { Entity } from '../../api';
import { getList, quote } from '../../api';
import { CompareButton } from '../../components/CompareButton';
import { EntityTable } from '../../components/EntityTable';
import { Figure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { ServiceGrid } from '../../components/ServiceGrid';
import { ErrorLine, SampleMark } from '../../components/bits';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { fieldsOf, listOf, textOf } from '../../model';
import { useResource } from '../../resource';
import { showSource } from '../../source';
import { grouped } from '../../units';
import { LandByState, Offered } from '../home/ParkCard';
import { parkLand, wantParkLand } from '../home/parkland';
import { OnePage } from '../one/OnePage';
import { useEffect } from 'preact/hooks';

const ROWS = 6;

function Land({ park }: { park: Entity }) {
  useEffect(() => void wantParkLand(park.id), [park.id]);
  const land = parkLand.value.get(park.id);
  if (!land) return null;
  return (
    <section class="card park-land">
      <header>
        <h2>{t('park.offer')}</h2>
        {land.parcels.length > 0 && (
          <PageLink to={pathOf('parcel')} class="button compact" changes={{ park: park.id }}>
            {t('park.parcels', { n: grouped(land.parcels.length) })}
          </PageLink>
        )}
      </header>
      {land.parcels.length > 0 ? (
        <>
          <Offered park={park} land={land} />
          <LandByState land={land} />
        </>
      ) : (
        <p class="block quiet">{t('park.no_parcels_long')}</p>
      )}
    </section>
  );
}

/* The park's own services; those of single plots are on the plots. */
function Services({ park }: { park: Entity }) {
  const known = fieldsOf('park').some((field) => field.part && park.fields[field.name] !== undefined);
  return known ? (
    <section class="card">
      <div class="block">
        <ServiceGrid entity={park} />
      </div>
    </section>
  ) : null;
}

function Contact({ park }: { park: Entity }) {
  const office = textOf(park, 'office');
  if (!office) return null;
  return (
    <section class="card">
      <header>
        <h2>{t('park.contact')}</h2>
      </header>
      <p class="block">
        <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, park, office.field)}>
          <b>{office.text}</b> <SampleMark entity={park} field={office.field} />
        </button>
        {park.fields['reply_d'] !== undefined && (
          <>
            {' · '}
            {t('park.reply')} <Figure entity={park} field="reply_d" />
          </>
        )}
      </p>
    </section>
  );
}

/* Floor space that can be had, largest first. */
function Floors({ park }: { park: Entity }) {
  const filter = `park = ${quote(park.id)} AND state IN ('vacant', 'coming')`;
  const units = useResource(`floors|${park.id}`, (abort) => getList('unit', { filter, sort: '-area_m2', limit: ROWS }, abort));
  const found = units.data.value;
  if (units.error.value) return <ErrorLine error={units.error.value} retry={units.retry} />;
  if (!found?.yes) return null;
  return (
    <section class="card">
      <header>
        <h2>
          {t('park.floors')} <span class="quiet">{grouped(found.yes)}</span>
        </h2>
        <PageLink to={pathOf('unit')} class="button compact" changes={{ park: park.id, state: 'vacant,coming' }}>
          {t('one.all', { n: grouped(found.yes) })}
        </PageLink>
      </header>
      <EntityTable kind="unit" items={found.items} caption={t('park.floors')} />
    </section>
  );
}

function Costs({ park }: { park: Entity }) {
  const counties = listOf(park, 'regions');
  const where = [`park = ${quote(park.id)}`, ...(counties.length ? [`region IN (${counties.map(quote).join(', ')})`] : [])].join(' OR ');
  const costs = useResource(`costs|${park.id}`, (abort) => getList('cost', { filter: where, sort: 'type', limit: 40 }, abort));
  const found = costs.data.value;
  if (!found?.yes) return null;
  const rows = found.items.filter((one) => !one.maybe);
  return (
    <section class="card">
      <header>
        <h2>{t('park.costs')}</h2>
      </header>
      <EntityTable kind="cost" items={rows} without={['region', 'park']} caption={t('park.costs')} />
    </section>
  );
}

const PARTS = {
  above: (park: Entity) => (
    <>
      <div class="columns">
        <Land park={park} />
        <div class="stack">
          <Contact park={park} />
          <Services park={park} />
        </div>
      </div>
      <Floors park={park} />
    </>
  ),
  below: (park: Entity) => <Costs park={park} />,
  actions: (park: Entity) => <CompareButton kind="park" id={park.id} />,
  facts: ['office_zh', 'office_en', 'reply_d'],
  links: ['parcel' as const, 'unit' as const, 'cost' as const],
};

export const ParkPage = ({ id }: { id: string }) => <OnePage kind="park" id={id} parts={PARTS} />;
