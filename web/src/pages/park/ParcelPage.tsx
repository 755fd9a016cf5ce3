/* `/parcels/ID`: what is known of a plot, its services, and the way into a comparison. */
import type { Entity } from '../../api';
import { CompareButton } from '../../components/CompareButton';
import { ServiceGrid } from '../../components/ServiceGrid';
import { Outline } from '../compare/Outline';
import { OnePage } from '../one/OnePage';

const PARTS = {
  actions: (parcel: Entity) => <CompareButton kind="parcel" id={parcel.id} />,
  aside: (parcel: Entity) => (
    <section class="card">
      <div class="block">
        <Outline entity={parcel} />
        <ServiceGrid entity={parcel} />
      </div>
    </section>
  ),
};

export const ParcelPage = ({ id }: { id: string }) => <OnePage kind="parcel" id={id} parts={PARTS} />;
