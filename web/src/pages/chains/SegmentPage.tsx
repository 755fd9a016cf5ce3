/* `/segments/ID`: where it stands in its chain, who supplies it and whom it supplies. */
import type { Entity } from '../../api';
import { PageLink } from '../../components/Header';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { OnePage } from '../one/OnePage';

const PARTS = {
  actions: (segment: Entity) => (
    <PageLink to={pathOf('chain', String(segment.fields['chain']))} class="button primary" changes={{ sel: `segment:${segment.id}` }}>
      {t('segment.in_chain')}
    </PageLink>
  ),
};

export const SegmentPage = ({ id }: { id: string }) => <OnePage kind="segment" id={id} parts={PARTS} />;
