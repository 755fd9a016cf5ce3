/* The chain on the map: the firms of the chosen segment, else of all of them, and the parks. */
import { useRef } from 'preact/hooks';
import type { Entity } from '../../api';
import { getList, quote } from '../../api';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { MapView } from '../../map/MapView';
import type { Pin } from '../../map/Pins';
import type { Driver } from '../../map/scene';
import { meta, nameOf } from '../../model';
import { useResource } from '../../resource';
import { go, hrefTo } from '../../state';
import { chosenSegment, rolesOf } from './chain';

/* Two pages of firms are drawn; a longer list stands in the table. */
const PAGE = 200;

export function FirmMap({ chain, roles }: { chain: Entity; roles: Entity[] }) {
  const driver = useRef<Driver | null>(null);
  const segment = chosenSegment();
  const wanted = segment ? new Set(rolesOf(roles, segment).map((role) => String(role.fields['enterprise']))) : null;
  const filter = `chains = ${quote(chain.id)}`;
  const firms = useResource(`chain-firms|${chain.id}`, async (abort) => {
    const pages = await Promise.all([0, 1].map((page) => getList('enterprise', { filter, limit: PAGE, offset: page * PAGE }, abort)));
    return pages.flatMap((page) => page.items);
  });
  const placed = (firms.data.value ?? []).filter((firm) => firm.anchor && !firm.maybe);
  const shown = wanted ? placed.filter((firm) => wanted.has(firm.id)) : placed;
  const pins: Pin[] = shown.map((firm, n) => ({ id: firm.id, place: firm.anchor!, group: 'fit', text: String(n + 1), title: nameOf(firm), chosen: false }));
  return (
    <section class="card chain-map" aria-label={t('map.label')}>
      <MapView
        first={meta.value!.box}
        layers={['park']}
        driver={driver}
        pins={pins}
        onPin={(pin) => go(hrefTo(pathOf('enterprise', pin.id)))}
        onHoverPin={() => undefined}
        onPick={(thing) => thing && go(hrefTo(pathOf(thing.kind, thing.id)))}
      />
    </section>
  );
}
