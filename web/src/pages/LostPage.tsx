/* An address that means nothing here. */
import { PageLink } from '../components/Header';
import { t } from '../i18n';

export function LostPage() {
  return (
    <main id="main" class="sheet" tabIndex={-1}>
      <h1>{t('lost.title')}</h1>
      <p>
        <PageLink to="/">{t('lost.home')}</PageLink>
      </p>
    </main>
  );
}
