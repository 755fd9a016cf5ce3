/* 九通一平 of one plot or park: each service's state, what is left of it, when it comes. What nobody filled in is dashed. */
import type { Entity } from '../api';
import { t } from '../i18n';
import { codeLabel, fieldOf, SERVICES, say, serviceField } from '../model';
import { showSource } from '../source';
import { inWords } from '../units';
import { SampleMark } from './bits';

export function ServiceGrid({ entity }: { entity: Entity }) {
  const states = SERVICES.map((service) => entity.fields[`${service}_state`] as string | undefined);
  const count = (state: string | undefined) => states.filter((one) => one === state).length;
  return (
    <section class="services-block">
      <h3>
        {t('services.title')}{' '}
        <span class="quiet">{t('services.count', { done: count('done'), building: count('building'), unknown: count(undefined) })}</span>
      </h3>
      <ul class="services">
        {SERVICES.map((service) => (
          <Service key={service} entity={entity} service={service} />
        ))}
      </ul>
    </section>
  );
}

function Service({ entity, service }: { entity: Entity; service: string }) {
  const name = `${service}_state`;
  const field = fieldOf(entity.kind, name);
  const state = entity.fields[name] as string | undefined;
  const left = serviceField(service, 'left');
  const leftValue = left && entity.fields[left.name];
  const date = entity.fields[`${service}_in_service`];
  const label = field ? say(field.label) : service;
  if (state === undefined && !entity.states?.[name]) {
    return (
      <li class="service service-unknown">
        <b>{label}</b>
        <span>{t('unknown')}</span>
      </li>
    );
  }
  const about = state === 'done' && leftValue !== undefined ? left!.name : date !== undefined && state !== 'done' ? `${service}_in_service` : name;
  return (
    <li class={`service service-${state ?? 'withheld'}`}>
      <button type="button" class="figure" aria-haspopup="dialog" onClick={(event) => showSource(event, entity, about)}>
        <b>{label}</b>
        <span>
          {state === 'done' && leftValue !== undefined
            ? t('services.left', { left: inWords(left!, leftValue) })
            : state === undefined
              ? t(`state.${entity.states![name]!}`)
              : `${codeLabel('service_state', state)}${date !== undefined && state !== 'done' ? ` ${date}` : ''}`}{' '}
          <SampleMark entity={entity} field={about} />
        </span>
      </button>
    </li>
  );
}
