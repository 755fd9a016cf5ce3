/* One site: rank, name, score and its parts, five facts, what a start still waits for, warnings in words. */
import type { Entity, Ranking, Site, Warning } from '../../api';
import { askField, askLabel, askName, nearOf } from '../../asks';
import { Swatch } from '../../components/bits';
import { Figure, SumFigure } from '../../components/Figure';
import { Icon } from '../../components/Icon';
import { ServiceGrid } from '../../components/ServiceGrid';
import { t, word } from '../../i18n';
import { codeLabel, countiesOf, fieldLabel, fieldOf, nameOf, offerOf, textOf } from '../../model';
import { showSource } from '../../source';
import { isSelected, select } from '../../state';
import { inWords, shown } from '../../units';
import { ScoreBar } from './ScoreBar';
import type { Step } from './match';
import { factsOf, hovered, isOpen, lit, ownWarnings, stepsOf, toggleOpen } from './match';

export function SiteRow({ ranking, site }: { ranking: Ranking; site: Site }) {
  const { entity, rank, score } = site;
  const open = isOpen(entity.id, rank === 1);
  const on = isSelected(entity);
  const use = entity.fields['land_use'];
  const state = entity.fields['land_state'];
  const steps = site.start ? stepsOf(site.start) : [];
  const left = steps.filter(({ done }) => !done);
  const office = textOf(entity, 'office');
  const warnings = ownWarnings(ranking, site.warnings);
  return (
    <li class={`site${on ? ' on' : ''}${lit.value === entity.id ? ' lit' : ''}`} data-site={entity.id} onPointerEnter={() => (hovered.value = entity.id)} onPointerLeave={() => (hovered.value = '')}>
      <div class="site-head">
        <button
          type="button"
          class="site-open"
          aria-expanded={open}
          onClick={() => {
            select({ kind: 'parcel', id: entity.id });
            toggleOpen(entity.id);
          }}
          onFocus={() => (hovered.value = entity.id)}
          onBlur={() => (hovered.value = '')}
        >
          <span class={`mark mark-fit${on ? ' on' : ''}`}>{rank}</span>
          <span class="site-name">
            <b>{nameOf(entity)}</b>
            <span class="quiet">
              <span>{[countiesOf(entity), typeof use === 'string' ? codeLabel('land_use', use) : ''].filter(Boolean).join(' · ')}</span>
              <span class="state">
                <Swatch offer={offerOf(state)} />
                {typeof state === 'string' ? codeLabel('land_state', state) : t('offer.unknown')}
              </span>
            </span>
          </span>
          <span class="score">
            <b>{score.toFixed(0)}</b> {t('match.points')}
          </span>
          <Icon name={open ? 'up' : 'down'} />
        </button>
      </div>
      <ScoreBar ranking={ranking} parts={site.parts} />
      <dl class="site-facts">
        {factsOf(ranking).map((name) => (
          <div key={name}>
            <dt>{askLabel(name)}</dt>
            <dd>
              {nearOf(name) ? <DistanceFigure ranking={ranking} site={site} name={name} /> : <Figure entity={entity} field={name} />}
            </dd>
          </div>
        ))}
      </dl>
      <p class="site-start">
        <Icon name="clock" size={14} />
        {site.start && (
          <>
            <span>
              {t(site.start.whole ? 'site.earliest' : 'site.not_before')} <Earliest site={site} />
            </span>
            {left.length === 0 && <span class="quiet">{t('site.nothing_left')}</span>}
            {left.length > 0 && open && <span class="quiet steps-left">{t('site.left', { n: left.length })}</span>}
            {left.length > 0 && !open && (
              <span class="quiet">
                {t('site.missing')}
                {left.map((step) => (
                  <StepFigure key={step.what} entity={entity} step={step} label />
                ))}
              </span>
            )}
          </>
        )}
      </p>
      {open && (
        <div class="site-more">
          <ol class="steps">
            {steps.map((step) => (
              <li key={step.what} class={step.done ? 'done' : step.done === null ? 'unsure' : ''}>
                <i aria-hidden="true">{step.done ? <Icon name="check" size={11} /> : step.done === null ? '?' : ''}</i>
                <b>{step.label}</b>
                <StepFigure entity={entity} step={step} />
              </li>
            ))}
          </ol>
          <ServiceGrid entity={entity} />
          {office && (
            <p class="quiet">
              {t('park.office')} <b>{office.text}</b>
            </p>
          )}
        </div>
      )}
      <Warnings warnings={warnings} />
    </li>
  );
}

const StepFigure = ({ entity, step, label = false }: { entity: Entity; step: Step; label?: boolean }) => (
  <button type="button" class="figure" aria-haspopup="dialog" onClick={(event) => showSource(event, entity, step.field)}>
    {label ? `${step.label} ${step.says}` : step.says}
  </button>
);

/* How far it is to what the brief names: reckoned from coordinates. */
function DistanceFigure({ ranking, site, name }: { ranking: Ranking; site: Site; name: string }) {
  const n = ranking.conditions.find((one) => askName(one) === name)?.n;
  const term = ranking.terms.findIndex((one) => askName(one) === name);
  const metres = site.distances?.find((one) => (n !== undefined && one.n === n) || one.term === term)?.m;
  if (metres === undefined) return <span class="unknown">{t('unknown')}</span>;
  const { text, unit } = shown(askField(name)!, metres);
  return <SumFigure text={text} unit={unit} sum={{ title: `${askLabel(name)} ${text} ${unit}`, how: t('ask.how'), rows: [] }} />;
}

/* The last of the steps to come decides; its value is the source. */
function Earliest({ site: { entity, start } }: { site: Site }) {
  if (!start?.earliest) return <b>{t('unknown')}</b>;
  const decides = start.steps.filter(({ done, due }) => !done && due !== undefined).sort((a, b) => b.due!.localeCompare(a.due!))[0];
  return (
    <button type="button" class="figure" aria-haspopup="dialog" onClick={(event) => showSource(event, entity, decides?.field ?? 'available_from')}>
      <b>{start.earliest}</b>
    </button>
  );
}

export function Warnings({ warnings }: { warnings: Warning[] }) {
  return (
    <>
      {warnings.map((warning, n) => (
        <p key={n} class="warning">
          <Icon name={warning.code === 'stale' ? 'clock' : 'alert'} size={14} /> {warningInWords(warning)}
        </p>
      ))}
    </>
  );
}

export function warningInWords(warning: Warning): string {
  const field = warning.field ? fieldOf('parcel', warning.field) : undefined;
  const args = {
    label: warning.field ? fieldLabel('parcel', warning.field) : '',
    value: field && warning.value !== undefined ? inWords(field, warning.value) : (warning.value ?? ''),
    as_of: warning.as_of ?? '',
    months: Math.round((warning.refresh_d ?? 0) / 30),
    until: warning.until ?? '',
  };
  if (warning.code === 'stale') return warning.field ? t('warning.stale_field', args) : t('warning.stale', args);
  if (warning.code === 'promised') return warning.until ? t('warning.promised', args) : t('warning.promised_open');
  if (warning.code === 'unknown_term') return t('warning.unknown_term', args);
  if (warning.code === 'service_due') return t('warning.service_due', args);
  return word(`warning.${warning.code}`, warning.code);
}
