/* `/indicators/ID`: its latest value against its target, how it was reckoned, its series, and what our own rows say. */
import type { Entity, Link } from '../../api';
import { Figure } from '../../components/Figure';
import { forecastOf, latestOf } from '../../figures';
import { t } from '../../i18n';
import { codeLabel, textOf } from '../../model';
import { showSource } from '../../source';
import { OnePage } from '../one/OnePage';
import { Measure } from './Measure';
import { Recount, ShareCheck } from './Recount';
import { Series } from './Series';

const rowsOf = (links: Link[]) => links.filter((link) => link.kind === 'observation').flatMap((link) => link.items);

function Latest({ indicator, rows }: { indicator: Entity; rows: Entity[] }) {
  const latest = latestOf(rows, indicator.id);
  if (!latest) return null;
  const ratio = textOf(indicator, 'ratio');
  const { rank } = latest.fields;
  return (
    <section class="card latest">
      <div class="block">
        <Figure entity={latest} field="value" class="strip-figure" /> {latest.fields['period'] !== undefined && <Figure entity={latest} field="period" class="quiet" />}{' '}
        {latest.fields['reading'] !== undefined && latest.fields['reading'] !== 'actual' && <span class="tag">{codeLabel('reading', String(latest.fields['reading']))}</span>}
        {rank !== undefined && (
          <span class="quiet">
            {codeLabel('rank_scope', String(latest.fields['rank_scope'] ?? ''))} {t('figures.rank')} <Figure entity={latest} field="rank" />
          </span>
        )}
        <Measure latest={latest} forecast={forecastOf(rows, latest)} />
      </div>
      <ShareCheck latest={latest} />
      {ratio && (
        <p class="block quiet">
          {t('figures.ratio')}{' '}
          <button type="button" class="figure long" aria-haspopup="dialog" onClick={(event) => showSource(event, indicator, ratio.field)}>
            {ratio.text}
          </button>
        </p>
      )}
    </section>
  );
}

const PARTS = {
  above: (indicator: Entity, links: Link[]) => (
    <>
      <Latest indicator={indicator} rows={rowsOf(links)} />
      <Series rows={rowsOf(links)} />
    </>
  ),
  aside: (indicator: Entity, links: Link[]) => <Recount indicator={indicator} latest={latestOf(rowsOf(links), indicator.id)} />,
  read: 200,
  facts: ['rows_kind', 'rows_filter', 'rows_sum', 'ratio_zh', 'ratio_en', 'order', 'headline', 'value_unit'],
};

export const IndicatorPage = ({ id }: { id: string }) => <OnePage kind="indicator" id={id} parts={PARTS} />;
