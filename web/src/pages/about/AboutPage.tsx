/* `/about-data`: whose figures these are, what is a sample, how blanks are meant, and under what licence all of it is. */
import type { Entity, Kind } from '../../api';
import { exportUrl, getList } from '../../api';
import { PageLink } from '../../components/Header';
import { ErrorLine, SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { pathOf } from '../../kinds';
import { codeLabel, isSample, kindTitle, meta, model, nameOf } from '../../model';
import { useResource } from '../../resource';
import { grouped } from '../../units';

const STATES = ['unknown', 'not_applicable', 'withheld', 'sample', 'derived', 'approximate'] as const;

const GROUND = ['sea', 'water', 'places'] as const;

export function AboutPage() {
  const sources = useResource('sources', (abort) => getList('source', { limit: 200 }, abort));
  const kinds = (Object.keys(model.value!.kinds) as Kind[]).filter((kind) => (meta.value!.kinds[kind]?.count ?? 0) > 0);
  const all = kinds.reduce((sum, kind) => sum + meta.value!.kinds[kind].count, 0);
  const samples = kinds.reduce((sum, kind) => sum + meta.value!.kinds[kind].illustrative, 0);
  return (
    <main id="main" class="sheet" tabIndex={-1}>
      <header class="sheet-head">
        <div>
          <p class="crumb">{t('nav.about')}</p>
          <h1>{t('about.answer', { n: grouped(all), samples: grouped(samples), sources: sources.data.value?.yes ?? '…' })}</h1>
          <p class="beside">
            <span>{t('as_of', { date: meta.value!.as_of })}</span>
            <span>{meta.value!.map_approval ? t('map.approval', { number: meta.value!.map_approval }) : t('map.no_approval')}</span>
          </p>
        </div>
      </header>
      {sources.error.value && <ErrorLine error={sources.error.value} retry={sources.retry} />}
      <section class="card">
        <header>
          <h2>{t('about.sources')}</h2>
        </header>
        <ul class="source-list">{sources.data.value?.items.map((source) => <SourceRow key={source.id} source={source} />)}</ul>
      </section>
      <div class="columns">
        <section class="card">
          <header>
            <h2>{t('about.rows')}</h2>
          </header>
          <table class="entities plain-table">
            <thead>
              <tr>
                <th scope="col">{t('about.kind')}</th>
                <th scope="col" class="number">
                  {t('about.count')}
                </th>
                <th scope="col" class="number">
                  {t('about.of_samples')}
                </th>
                <th scope="col">{t('about.files')}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map((kind) => (
                <tr key={kind}>
                  <th scope="row">
                    <PageLink to={pathOf(kind)}>{kindTitle(kind)}</PageLink>
                  </th>
                  <td class="number" data-label={t('about.count')}>
                    {grouped(meta.value!.kinds[kind].count)}
                  </td>
                  <td class="number" data-label={t('about.of_samples')}>
                    {grouped(meta.value!.kinds[kind].illustrative)}
                  </td>
                  <td data-label={t('about.files')}>
                    <a href={exportUrl(kind, 'csv', {})} download aria-label={`${kindTitle(kind)} CSV`}>
                      CSV
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section class="card">
          <header>
            <h2>{t('about.reading')}</h2>
          </header>
          <dl class="block said">
            {STATES.map((state) => (
              <>
                <dt>{t(`about.word.${state}`)}</dt>
                <dd>{t(`about.means.${state}`)}</dd>
              </>
            ))}
          </dl>
          <h3 class="block">{t('about.ground')}</h3>
          <ul class="block ground-list">
            {GROUND.map((layer) => (
              <li key={layer}>{t(`about.ground.${layer}`)}</li>
            ))}
          </ul>
          <p class="block">
            <a href={LICENCES_URL} target="_blank" rel="noreferrer">
              {t('help.licences')}
            </a>
          </p>
        </section>
      </div>
    </main>
  );
}

function SourceRow({ source }: { source: Entity }) {
  const { url, licence, published, type } = source.fields;
  return (
    <li>
      <h3>
        <PageLink to={pathOf('source', source.id)}>{nameOf(source)}</PageLink> {isSample(source) && <SampleTag />}
      </h3>
      <p class="quiet">{[type !== undefined && codeLabel('source_type', String(type)), published, licence].filter(Boolean).join(' · ')}</p>
      {typeof url === 'string' && /^https?:/.test(url) && (
        <p>
          <a href={url} target="_blank" rel="noreferrer noopener">
            {url}
          </a>
        </p>
      )}
    </li>
  );
}
