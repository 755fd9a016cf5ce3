/* A published figure beside what this atlas's own rows come to. They differ for a reason that a reader can open: the
 * rows are listed, and how many of them are samples is said. */
import type { Entity, Kind } from '../../api';
import { getList } from '../../api';
import { Figure, SumFigure } from '../../components/Figure';
import { PageLink } from '../../components/Header';
import { ErrorLine } from '../../components/bits';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { codeLabel, fieldFor, kindTitle, model } from '../../model';
import { useResource } from '../../resource';
import type { Sum } from '../../source';
import { grouped, shown, trimmed } from '../../units';

const textOfField = (entity: Entity, name: string) => String(entity.fields[name] ?? '');

export const isCounted = (indicator: Entity) => textOfField(indicator, 'rows_kind') in (model.value?.kinds ?? {});

export function useRecount(indicator: Entity) {
  const kind = textOfField(indicator, 'rows_kind') as Kind;
  const filter = textOfField(indicator, 'rows_filter');
  const sum = textOfField(indicator, 'rows_sum');
  return useResource(isCounted(indicator) ? `recount|${kind}|${filter}|${sum}` : '', (abort) => getList(kind, { filter, sum, limit: 0, facets: 'how' }, abort));
}

export function Recount({ indicator, latest }: { indicator: Entity; latest: Entity | null }) {
  const counted = useRecount(indicator);
  if (!isCounted(indicator)) return null;
  const kind = textOfField(indicator, 'rows_kind') as Kind;
  const filter = textOfField(indicator, 'rows_filter');
  const sum = textOfField(indicator, 'rows_sum');
  const list = counted.data.value;
  const ours = list ? (sum ? (list.sums?.[sum]?.sum ?? 0) : list.yes) : null;
  const samples = list?.facets?.['how']?.find((one) => one.value === 'illustrative')?.count ?? 0;
  const valueField = latest && fieldFor(latest, 'value');
  const said = latest ? Number(latest.fields['value']) : null;
  const inUnit = (value: number) => (valueField ? shown(valueField, value) : { text: grouped(value), unit: '' });
  const words = (value: number) => Object.values(inUnit(value)).filter(Boolean).join(' ');
  const difference = (published: number, counted_here: number): Sum => ({
    title: `${t('recount.difference')} ${words(counted_here - published)}`,
    how: t('recount.how_difference'),
    rows: [
      { name: t('recount.ours'), value: words(counted_here) },
      { name: t('recount.published'), value: words(published) },
    ],
  });
  return (
    <section class="card recount">
      <header>
        <h2>{t('recount.title')}</h2>
      </header>
      {counted.error.value && <ErrorLine error={counted.error.value} retry={counted.retry} />}
      {list && ours !== null && (
        <dl class="facts three">
          <div>
            <dt>{t('recount.published')}</dt>
            <dd>{latest ? <Figure entity={latest} field="value" /> : <span class="unknown">{t('unknown')}</span>}</dd>
          </div>
          <div>
            <dt>{t('recount.ours')}</dt>
            <dd>
              <SumFigure
                {...inUnit(ours)}
                sum={{
                  title: `${t('recount.ours')} ${inUnit(ours).text}`,
                  how: t(sum ? 'recount.how_sum' : 'recount.how_count', { what: kindTitle(kind), filter: filter || t('recount.all'), field: sum }),
                  rows: (list.facets?.['how'] ?? []).map((one) => ({ name: codeLabel('how', one.value), value: grouped(one.count) })),
                  note: list.maybe ? t('recount.maybe', { n: grouped(list.maybe) }) : '',
                }}
              />
            </dd>
          </div>
          <div>
            <dt>{t('recount.difference')}</dt>
            <dd>{said === null ? <span class="unknown">{t('unknown')}</span> : said === ours ? <b>{t('recount.same')}</b> : <SumFigure {...inUnit(ours - said)} sum={difference(said, ours)} />}</dd>
          </div>
        </dl>
      )}
      {list && (
        <p class="block quiet">
          {t('recount.rows', { n: grouped(list.yes), what: kindTitle(kind), samples: grouped(samples) })}{' '}
          <PageLink to={pathOf(kind)} changes={{ filter }}>
            {t('recount.see')}
          </PageLink>
        </p>
      )}
    </section>
  );
}

/* What follows from the figure's own parts: 231 of 300 is 77 %. */
export function ShareCheck({ latest }: { latest: Entity }) {
  const { value, target, target_share_pct: said } = latest.fields;
  if (typeof value !== 'number' || typeof target !== 'number' || typeof said !== 'number' || !target) return null;
  const ours = (value / target) * 100;
  const agrees = Math.abs(ours - said) < 0.5;
  return (
    <p class={agrees ? 'block quiet' : 'block warning'}>
      <span>
        {t('recount.share')} <Figure entity={latest} field="target_share_pct" /> · <Figure entity={latest} field="value" /> ÷ <Figure entity={latest} field="target" /> = {trimmed(ours, 2)} % · {t(agrees ? 'recount.agrees' : 'recount.differs')}
      </span>
    </p>
  );
}
