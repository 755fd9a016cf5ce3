/* Nothing asked yet: all plots by county, and three needs to begin with. Or what was asked cannot be: say so. */
import { getList } from '../../api';
import { EXAMPLES, contradictions } from '../../brief';
import { ErrorLine } from '../../components/bits';
import { t } from '../../i18n';
import { lang, go } from '../../state';
import { useResource } from '../../resource';
import { grouped } from '../../units';

export function Examples() {
  if (contradictions.value.length) {
    return (
      <section class="card block nothing" aria-label={t('group.fit')}>
        <p>{t('match.contradiction_help')}</p>
      </section>
    );
  }
  return (
    <>
      <section class="card examples" aria-label={t('examples.title')}>
        <header>
          <h2>{t('examples.title')}</h2>
        </header>
        <ul>
          {EXAMPLES.map(({ key, query }) => {
            const href = `/match?${query}&lang=${lang.value}`;
            return (
              <li key={key}>
                <a
                  href={href}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    go(href);
                  }}
                >
                  <b>{t(`example.${key}`)}</b>
                  <span>{t(`example.${key}.about`)}</span>
                </a>
              </li>
            );
          })}
        </ul>
      </section>
      <Counties />
    </>
  );
}

function Counties() {
  const counted = useResource('counties', (abort) => Promise.all([getList('parcel', { limit: 1, facets: 'region' }, abort), getList('region', { limit: 200 }, abort)]));
  const [parcels, regions] = counted.data.value ?? [];
  const nameOf = new Map(regions?.items.map((region) => [region.id, String(region.fields[lang.value === 'en' ? 'name_en' : 'name_zh'] ?? region.id)]));
  const rows = [...(parcels?.facets?.['region'] ?? [])].sort((a, b) => b.count - a.count);
  const most = rows[0]?.count ?? 1;
  return (
    <section class="card counties" aria-label={t('counties.title')}>
      <header>
        <h2>
          {t('counties.title')} <span class="quiet">{t('park.plots', { n: grouped(parcels?.yes ?? 0) })}</span>
        </h2>
      </header>
      {counted.error.value && <ErrorLine error={counted.error.value} retry={counted.retry} />}
      <ul>
        {rows.map(({ value, count }) => (
          <li key={value}>
            <span>{nameOf.get(value) ?? value}</span>
            <i class="bar" aria-hidden="true">
              <i style={{ width: `${(100 * count) / most}%` }} />
            </i>
            <b>{grouped(count)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
