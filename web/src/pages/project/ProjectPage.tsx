/* `/projects/ID`: how far it is, stage by stage, each with its three dates; a carrier's tenants against their target. */
import type { Entity, Link } from '../../api';
import { FieldValue } from '../../components/FieldValue';
import { Figure } from '../../components/Figure';
import { SampleTag } from '../../components/bits';
import { t } from '../../i18n';
import { codeLabel, codesOf, isSample, textOf } from '../../model';
import { OnePage } from '../one/OnePage';

const orderOf = (milestone: Entity) => codesOf('project_stage').findIndex(({ code }) => code === milestone.fields['stage']);

function Milestones({ rows }: { rows: Entity[] }) {
  const steps = [...rows].sort((a, b) => orderOf(a) - orderOf(b) || (a.id < b.id ? -1 : 1));
  if (!steps.length) return null;
  return (
    <section class="card">
      <header>
        <h2>{t('project.steps')}</h2>
      </header>
      <ol class="project-steps">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
    </section>
  );
}

/* Done is solid, confirmed besides has a tick; what is to come is dashed; what is past its plan says so. */
function Step({ step }: { step: Entity }) {
  const { planned_on: planned, actual_on: actual, confirmed_on: confirmed, took_d: took } = step.fields;
  const done = actual !== undefined || took !== undefined || (step.fields['how'] === 'reported' && planned === undefined);
  const building = textOf(step, 'building');
  const about = textOf(step, 'about');
  return (
    <li class={confirmed !== undefined ? 'project-step done confirmed' : done ? 'project-step done' : 'project-step'}>
      <div>
        <b>{codeLabel('project_stage', String(step.fields['stage']))}</b>
        {building && <span class="quiet"> {building.text}</span>} {isSample(step) && <SampleTag />}
        <span class="quiet"> {t(confirmed !== undefined ? 'project.confirmed' : done ? 'project.unconfirmed' : 'project.to_come')}</span>
      </div>
      <dl class="project-dates">
        {(['planned_on', 'actual_on', 'confirmed_on'] as const).map(
          (name) =>
            step.fields[name] !== undefined && (
              <div key={name}>
                <dt>{t(`project.${name}`)}</dt>
                <dd>
                  <Figure entity={step} field={name} />
                </dd>
              </div>
            ),
        )}
        {took !== undefined && (
          <div>
            <dt>{step.fields['since'] !== undefined ? t('project.took_since', { stage: codeLabel('project_stage', String(step.fields['since'])) }) : t('project.took')}</dt>
            <dd>
              <Figure entity={step} field="took_d" />
            </dd>
          </div>
        )}
        {step.fields['evidence'] !== undefined && (
          <div>
            <dt>{t('project.evidence')}</dt>
            <dd>
              <FieldValue entity={step} field="evidence" />
            </dd>
          </div>
        )}
      </dl>
      {about && (
        <p class="quiet">
          <FieldValue entity={step} field={about.field} />
        </p>
      )}
    </li>
  );
}

function Tenants({ project }: { project: Entity }) {
  const { tenants, tenants_target: target } = project.fields;
  if (typeof tenants !== 'number' || typeof target !== 'number' || !target) return null;
  return (
    <section class="card">
      <header>
        <h2>{t('project.tenants')}</h2>
      </header>
      <div class="block">
        <p>
          <Figure entity={project} field="tenants" /> {t('project.of')} <Figure entity={project} field="tenants_target" />
          {project.fields['tenants_by'] !== undefined && (
            <>
              {' '}
              · {t('project.by')} <Figure entity={project} field="tenants_by" />
            </>
          )}
        </p>
        <div class="bullet" role="img" aria-label={`${tenants} / ${target}`}>
          <i class="bullet-bar" style={{ width: `${Math.min(100, (tenants / target) * 100)}%` }} />
        </div>
      </div>
    </section>
  );
}

const PARTS = {
  above: (_project: Entity, links: Link[]) => <Milestones rows={links.filter((link) => link.kind === 'milestone').flatMap((link) => link.items)} />,
  aside: (project: Entity) => <Tenants project={project} />,
  links: ['milestone' as const],
  read: 50,
};

export const ProjectPage = ({ id }: { id: string }) => <OnePage kind="project" id={id} parts={PARTS} />;
