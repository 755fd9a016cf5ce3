/* `/parks`: every platform on a map and in a list, with what each has to offer now. */
import { useRef } from 'preact/hooks';
import { getList } from '../../api';
import { SumFigure } from '../../components/Figure';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { MapView } from '../../map/MapView';
import type { Driver } from '../../map/scene';
import { meta } from '../../model';
import { useResource } from '../../resource';
import { go, hrefTo } from '../../state';
import { grouped, totalArea } from '../../units';
import { openNow } from './land';
import { ListPage } from '../list/ListPage';

export function ParksPage() {
  const driver = useRef<Driver | null>(null);
  const land = useResource('parks-land', (abort) => getList('parcel', { filter: openNow(), limit: 0, facets: 'park', sum: 'area_m2' }, abort));
  const firms = useResource('parks-firms', (abort) => getList('enterprise', { limit: 0, facets: 'parks' }, abort));
  const buckets = new Map((land.data.value?.facets?.['park'] ?? []).map((one) => [one.value, one]));
  const counts = new Map((firms.data.value?.facets?.['parks'] ?? []).map((one) => [one.value, one.count]));
  const areas = new Map([...buckets].map(([id, one]) => [id, one.sums?.['area_m2'] ?? 0]));
  return (
    <ListPage
      kind="park"
      above={
        <div class="card list-map">
          <MapView first={meta.value!.box} layers={['park']} parkArea_m2={areas} driver={driver} onPick={(thing) => thing?.kind === 'park' && go(hrefTo(pathOf('park', thing.id)))} />
        </div>
      }
      more={[
        {
          label: t('park.now'),
          cell: (park) => {
            const one = buckets.get(park.id);
            if (!one) return <span class="quiet">–</span>;
            const area = totalArea(one.sums?.['area_m2'] ?? 0);
            return <SumFigure {...area} sum={{ title: `${t('park.now')} ${area.text} ${area.unit}`, how: t('parks.now_how', { date: meta.value!.as_of }), rows: [{ name: t('parks.plots'), value: grouped(one.count) }] }} />;
          },
        },
        { label: t('parks.firms'), cell: (park) => grouped(counts.get(park.id) ?? 0) },
      ]}
    />
  );
}
