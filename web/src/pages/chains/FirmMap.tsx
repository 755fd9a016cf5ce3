/* The chain on the map: counties by the number of its firms, the firms of the chosen segment as dots, the parks planned
 * for it with what each has to offer. Under it the same as a list. */
import { useRef } from 'preact/hooks';
import type { Entity } from '../../api';
import { getEntity, getList, quote } from '../../api';
import { PageLink } from '../../components/Header';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { MapView } from '../../map/MapView';
import type { Pin } from '../../map/Pins';
import type { Driver } from '../../map/scene';
import { listOf, meta, nameOf, refName } from '../../model';
import { useResource } from '../../resource';
import { go, hrefTo } from '../../state';
import { grouped } from '../../units';
import { useLandOf } from './Places';
import { firmsOf } from './chain';
import { RampLegend, shadesOf } from './ramp';

const PAGE = 200;
const PAGES_MAX = 5;

/* Firms said to be of the chain; and apart those that have a role in it without being said to be. */
async function readFirms(chain: string, roles: Entity[], signal: AbortSignal) {
  const filter = `chains = ${quote(chain)}`;
  const first = await getList('enterprise', { filter, limit: PAGE }, signal);
  const firms = first.items.filter((firm) => !firm.maybe);
  for (let page = 1; page < PAGES_MAX && page * PAGE < first.yes; page++) {
    firms.push(...(await getList('enterprise', { filter, limit: PAGE, offset: page * PAGE }, signal)).items.filter((firm) => !firm.maybe));
  }
  const known = new Set(firms.map((firm) => firm.id));
  const missing = [...new Set(roles.map((role) => String(role.fields['enterprise'])))].filter((id) => !known.has(id));
  const found = await Promise.allSettled(missing.map((id) => getEntity('enterprise', id, signal)));
  return { id: chain, firms, others: found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])) };
}

export function FirmMap({ chain, roles, segment }: { chain: Entity; roles: Entity[]; segment: Entity | undefined }) {
  const driver = useRef<Driver | null>(null);
  const read = useResource(`chain-firms|${chain.id}`, (abort) => readFirms(chain.id, roles, abort));
  const land = useLandOf(chain);
  const known = read.data.value?.id === chain.id ? read.data.value : { firms: [], others: [] };
  const wanted = segment ? new Set(firmsOf(roles, segment.id).map((firm) => firm.id)) : null;
  const shown = wanted ? [...known.firms, ...known.others].filter((firm) => wanted.has(firm.id)) : known.firms;
  const counts = new Map<string, number>();
  for (const firm of shown) for (const region of listOf(firm, 'region')) counts.set(region, (counts.get(region) ?? 0) + 1);
  const placed = shown.filter((firm) => firm.anchor);
  const { shade, width } = shadesOf(counts);
  const pins: Pin[] = wanted ? placed.map((firm) => ({ id: firm.id, place: firm.anchor!, group: 'dot', text: '', title: nameOf(firm), chosen: false })) : [];
  const regionName = (id: string) => refName(shown.find((firm) => listOf(firm, 'region').includes(id))!, id);
  const title = segment ? t('chain.map_of', { name: nameOf(segment) }) : t('chain.map');
  return (
    <section class="card chain-map" aria-label={title}>
      <header>
        <h2>
          {title} <span class="quiet">{t('chain.firms', { n: grouped(shown.length) })}</span>
        </h2>
      </header>
      <div class="map-box">
        <MapView
          first={meta.value!.box}
          layers={['park']}
          parks={listOf(chain, 'parks')}
          parkArea_m2={new Map([...land].map(([id, one]) => [id, one.area_m2]))}
          shade={shade}
          driver={driver}
          pins={pins}
          onPin={(pin) => go(hrefTo(pathOf('enterprise', pin.id)))}
          onHoverPin={() => undefined}
          onPick={(thing) => thing && go(hrefTo(pathOf(thing.kind, thing.id)))}
          legend={<Legend width={width} dots={wanted !== null} parks={listOf(chain, 'parks').length > 0} />}
        />
      </div>
      <ul class="by-county" aria-label={t('chain.by_county')}>
        {[...counts]
          .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
          .map(([id, n]) => (
            <li key={id}>
              <i class={`step-mark step-${shade.get(id) ?? 0}`} aria-hidden="true" />{' '}
              {wanted ? (
                <>
                  {regionName(id)} <b>{grouped(n)}</b>
                </>
              ) : (
                <PageLink to={pathOf('enterprise')} changes={{ chains: chain.id, region: id }}>
                  {regionName(id)} <b>{grouped(n)}</b>
                </PageLink>
              )}
            </li>
          ))}
        {shown.length === 0 && <li class="quiet">{t('chain.nobody')}</li>}
        {shown.length > placed.length && <li class="quiet">{t('list.no_place', { n: grouped(shown.length - placed.length) })}</li>}
      </ul>
    </section>
  );
}

function Legend({ width, dots, parks }: { width: number; dots: boolean; parks: boolean }) {
  return (
    <ul class="legend" aria-label={t('legend.label')}>
      <RampLegend width={width} />
      {dots && (
        <li>
          <i class="pin-sample" /> {t('chain.legend_dot')}
        </li>
      )}
      {parks && (
        <li>
          <i class="dot dot-park" /> {t('legend.park')}
        </li>
      )}
    </ul>
  );
}
