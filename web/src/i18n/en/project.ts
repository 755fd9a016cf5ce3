/* Projects and what was signed. */
export const project = {
  'project.steps': 'How far it is',
  'project.confirmed': 'confirmed',
  'project.unconfirmed': 'not confirmed',
  'project.to_come': 'to come',
  'project.planned_on': 'Planned',
  'project.actual_on': 'Actual',
  'project.confirmed_on': 'Confirmed',
  'project.took': 'Took',
  'project.took_since': 'Took, since: {stage}',
  'project.evidence': 'Evidence',
  'project.tenants': 'Tenants',
  'project.of': 'of a planned',
  'project.by': 'by',
  'event.kept': 'What was signed, and how far it has come',
  'event.rows': 'Signed projects on record here',
  'event.stage_count': 'By the stage they have reached:',
};
