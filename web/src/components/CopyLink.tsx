/* The address holds the whole brief: copying it is sharing it. */
import { useSignal } from '@preact/signals';
import { Icon } from './Icon';
import { t } from '../i18n';

const SAYS_FOR_MS = 2500;

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed here, or not a secure page
  }
}

export function CopyLink() {
  const said = useSignal<'' | 'link.copied' | 'link.not_copied'>('');
  const press = async () => {
    said.value = (await copy(location.href)) ? 'link.copied' : 'link.not_copied';
    setTimeout(() => (said.value = ''), SAYS_FOR_MS);
  };
  return (
    <button type="button" class="button copy-link" onClick={() => void press()}>
      <Icon name={said.value === 'link.copied' ? 'check' : 'link'} />
      <span aria-live="polite">{t(said.value || 'link.copy')}</span>
    </button>
  );
}
