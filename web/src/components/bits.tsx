/* Small pieces that every page is made of. */
import type { ComponentChildren } from 'preact';
import type { ApiError, Entity } from '../api';
import { t } from '../i18n';
import { isApproximate, isSample, isSampleValue } from '../model';
import type { Offer } from '../model';
import { Icon } from './Icon';
import type { IconName } from './Icon';

/* Dashed: this was made up to show the page. */
export const SampleTag = ({ text }: { text?: string }) => <span class="tag">{text ?? t('sample')}</span>;

/* The same of one value, in a row that is no sample as a whole. Inside the figure, so that it is read out with it. */
export const SampleMark = ({ entity, field }: { entity: Entity; field: string }) => (isSampleValue(entity, field) ? <span class="tag sample-mark">{t('sample.value')}</span> : null);

export function EntityTags({ entity }: { entity: Entity }) {
  return (
    <>
      {isSample(entity) && <SampleTag />}
      {!entity.anchor ? <span class="place">{t('place.none')}</span> : isApproximate(entity) && <span class="place">{t('place.approximate')}</span>}
    </>
  );
}

/* The mark of a land state: the same fill or hatch as on the map. */
export const Swatch = ({ offer }: { offer: Offer }) => <i class={`swatch swatch-${offer}`} aria-hidden="true" />;

export function IconButton(props: { icon: IconName; label: string; onClick: () => void; class?: string; size?: number; expanded?: boolean; pressed?: boolean }) {
  return (
    <button type="button" class={`icon-button ${props.class ?? ''}`} aria-label={props.label} title={props.label} aria-expanded={props.expanded} aria-pressed={props.pressed} onClick={props.onClick}>
      <Icon name={props.icon} size={props.size ?? 16} />
    </button>
  );
}

interface Choice<T extends string> { value: T; text: ComponentChildren }
/* One of a few, as radio buttons drawn in a row. */
export function Segmented<T extends string>(props: { label: string; choices: Choice<T>[]; value: T; onChoose: (value: T) => void; class?: string }) {
  return (
    <div class={`segmented ${props.class ?? ''}`} role="group" aria-label={props.label}>
      {props.choices.map(({ value, text }) => (
        <button type="button" key={value} aria-pressed={value === props.value} onClick={() => props.onChoose(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}

/* A sentence in the place of what failed, and a way to try again; the rest of the page stays usable. */
export function ErrorLine({ error, retry, at }: { error: ApiError; retry: () => void; at?: string }) {
  const sentence = error.sentence || t('error.offline');
  return (
    <p class="error-line" role="alert">
      <Icon name="alert" />
      <span>
        {sentence}
        {at && ` ${t('error.stale', { at })}`}
      </span>
      <button type="button" class="button compact" onClick={retry}>
        {t('retry')}
      </button>
    </p>
  );
}
