/* Puts a place into the comparison tray, or takes it out. The tray is kept by the browser: up to four places. */
import type { Kind } from '../api';
import { inTray, toggleTray, TRAY_MAX, tray } from '../tray';
import { t } from '../i18n';
import { Icon } from './Icon';

export function CompareButton({ kind, id }: { kind: Kind; id: string }) {
  const on = inTray(kind, id);
  const full = tray.value.length >= TRAY_MAX && !on;
  return (
    <button type="button" class="button" aria-pressed={on} disabled={full} title={full ? t('compare.full', { n: TRAY_MAX }) : undefined} onClick={() => toggleTray(kind, id)}>
      <Icon name={on ? 'check' : 'plus'} /> {t(on ? 'compare.in' : 'compare.add')}
    </button>
  );
}
