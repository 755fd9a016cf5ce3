/* What a ranking says besides its sites. */
export const match = {
  'group.near': '差一点',
  'near.says': '只差一个条件',
  'near.over': '高 {amount}',
  'near.under': '少 {amount}',
  'near.far': '远 {amount}',
  'near.close': '近 {amount}',
  'near.late': '晚 {n} 天',
  'near.early': '早 {n} 天',
  'near.no': '不符',

  'relax.title': '放宽一点，多出几处',
  'relax.gains': '多 {n} 处',
  'relax.apply': '采用',
  'relax.none': '只放宽一个条件，哪个都不够；差得最少的是{first}和{second}。',
  'relax.nothing': '只放宽一个条件，哪个都不够。',
  'relax.only_offer': '只有地块腾出来才会多；放宽别的条件都不够。',

  'robust.title': '第一名稳不稳',
  'robust.holds': '{n} 次中 {holds} 次不变。',
  'robust.each': '每个权重各加减 20%。',
  'robust.only': '每个权重各加减 20%。只有把{label}从 {from} 改到 {to} 时，{rank} 号领先 {lead} 分。',

  'step.land': '土地',
  'step.handover': '交地',
  'site.earliest': '最早开工',
  'site.not_before': '不早于',
  'site.left': '还差 {n} 项',
  'site.nothing_left': '土地、道路、供水、供电均已具备',

  'unknown.ask_next': '再问：{offices}',
  'unknown.ask_gains': '{office}（{n} 处）',
  'unknown.nobody': '（未写明单位）',
};
