/* Projects and what was signed. */
export const project = {
  'project.steps': '进展',
  'project.confirmed': '已确认',
  'project.unconfirmed': '未确认',
  'project.to_come': '未到',
  'project.planned_on': '计划',
  'project.actual_on': '实际',
  'project.confirmed_on': '确认',
  'project.took': '用时',
  'project.took_since': '自{stage}起用时',
  'project.evidence': '佐证',
  'project.tenants': '入驻',
  'project.of': '，计划',
  'project.by': '期限',
  'event.kept': '签了多少，走到哪一步',
  'event.rows': '本图登记的签约项目',
  'event.stage_count': '按现在的阶段：',
};
