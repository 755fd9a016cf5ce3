/* `/events/ID`: what was signed there as published, beside the projects on record and the stage each has reached. */
import type { Entity } from '../../api';
import { getList, quote } from '../../api';
import { Figure, SumFigure } from '../../components/Figure';
import { ErrorLine } from '../../components/bits';
import { t } from '../../i18n';
import { codeLabel } from '../../model';
import { useResource } from '../../resource';
import { grouped } from '../../units';
import { OnePage } from '../one/OnePage';

function Kept({ event }: { event: Entity }) {
  const filter = `event = ${quote(event.id)}`;
  const signed = useResource(`kept|${event.id}`, (abort) => getList('project', { filter, limit: 0, facets: 'stage' }, abort));
  const list = signed.data.value;
  const stages = (list?.facets?.['stage'] ?? []).filter((one) => one.count > 0);
  return (
    <section class="card">
      <header>
        <h2>{t('event.kept')}</h2>
      </header>
      {signed.error.value && <ErrorLine error={signed.error.value} retry={signed.retry} />}
      <dl class="facts three">
        <div>
          <dt>{t('recount.published')}</dt>
          <dd>
            <Figure entity={event} field="signed" />
          </dd>
        </div>
        {list && (
          <div>
            <dt>{t('event.rows')}</dt>
            <dd>
              <SumFigure
                text={grouped(list.yes)}
                unit=""
                sum={{ title: t('event.rows'), how: t('event.stage_count'), rows: stages.map((one) => ({ name: codeLabel('project_stage', one.value), value: grouped(one.count) })) }}
              />
            </dd>
          </div>
        )}
      </dl>
      {stages.length > 0 && (
        <ul class="stage-bars">
          {stages.map((one) => (
            <li key={one.value}>
              <span>{codeLabel('project_stage', one.value)}</span>
              <i style={{ width: `${(one.count / Math.max(...stages.map((each) => each.count))) * 60}%` }} aria-hidden="true" />
              <b>{grouped(one.count)}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const PARTS = { aside: (event: Entity) => <Kept event={event} /> };

export const EventPage = ({ id }: { id: string }) => <OnePage kind="event" id={id} parts={PARTS} />;
