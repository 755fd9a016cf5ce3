// city_policies.csv and city_events.csv. The numbers of the documents begin with 示例: nobody takes them for real ones.
import { EVENT_DAYS } from './stages.mjs';
import { COUNTIES, seatOf, wktPoint } from './places.mjs';
import { numbered, sample } from './streams.mjs';

export const POLICY_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'type', 'number_zh', 'issued_on', 'valid_to', 'fair_review', 'reviewed_on', 'regions',
  'chains', 'parks', 'office_zh', 'office_en', 'about_zh', 'about_en', 'as_of', 'locator',
];
export const EVENT_COLUMNS = [
  'id', 'name_zh', 'name_en', 'how', 'precision', 'type', 'held_on', 'region', 'signed', 'fields', 'office_zh', 'office_en',
  'about_zh', 'about_en', 'as_of', 'locator', 'geometry',
];

/** name zh, en, type, issued, valid to, review, reviewed, counties, chains, parks, about zh, en. */
const POLICIES = [
  [
    '促进制造业项目增资扩产若干措施（示例）', 'Measures for expansions of manufacturers (sample)', 'investment', '2022-04-18',
    '2025-04-17', 'passed', '2022-04-08', '440700', '', '',
    '对已投产企业增资扩产的设备投资按比例给予事后奖补，设年度总额。',
    'A share of spending on equipment is paid back after the fact, within a yearly sum.',
  ],
  [
    '新能源电池产业链协同发展办法（示例）', 'Rules for the battery chain (sample)', 'investment', '2022-06-30', '2025-06-29',
    'passed', '2022-06-14', '440705', 'battery', 'jm-fengshanhu;jm-newmat', '支持公共检测、物流和回收平台，对所有企业同等开放。',
    'Supports shared testing, logistics and recycling, open to all firms alike.',
  ],
  [
    '标准厂房租金补贴实施细则（示例）', 'Rent support for standard factories (sample)', 'investment', '2022-03-01', '2024-02-29',
    'passed', '2022-02-16', '440784', '', '',
    '租用标准厂房满一年的企业，按面积给予补贴，不分所有制和来源地。',
    'By floor space after a year of tenancy, whatever the owner or the origin.',
  ],
  [
    '工业用地“标准地”出让指引（示例）', 'Guide to granting standard land (sample)', 'land', '2021-10-12', '2024-10-11', 'passed',
    '2021-09-28', '440700', '', '', '出让前完成区域评估，公告中写明投资强度、能耗和亩均税收。',
    'Regional assessments are done first; the notice states investment, energy and tax per mu.',
  ],
  [
    '“总部+基地”跨市合作支持办法（示例）', 'Support for headquarters there, plants here (sample)', 'investment', '2022-08-22',
    '2025-08-21', 'pending', '', '440703;440704;440705', '', '', '征求意见后待审查。', 'After consultation; under review.',
  ],
  [
    '数控机床首台套应用支持办法（示例）', 'Support for first uses of machine tools (sample)', 'technology', '2022-05-20',
    '2024-05-19', 'passed', '2022-05-09', '440785', 'cnc', 'jm-enping-equipment', '对首次使用目录内装备的企业给予保险补偿。',
    'Insurance for the first users of listed machines.',
  ],
  [
    '制造业技能人才引育办法（示例）', 'Skilled workers for manufacturing (sample)', 'talent', '2021-12-06', '2024-12-05',
    'not_required', '', '440700', '', '', '对个人发放，不涉及经营者。', 'Paid to persons, not to undertakings.',
  ],
  [
    '光伏屋顶并网服务指南（示例）', 'Guide to connecting rooftop solar (sample)', 'energy', '2022-07-11', '', 'not_required', '',
    '440705;440784', 'silicon_energy', 'jm-silicon', '只列办理步骤和时限。', 'Steps and time limits only.',
  ],
  [
    '科技型企业贷款风险补偿（示例）', 'Risk sharing for loans to technical firms (sample)', 'finance', '2020-09-15', '2023-09-14',
    'passed', '2020-09-01', '440700', '', '', '合作银行按比例分担。', 'Shared with the banks that take part.',
  ],
  [
    '中欧班列货物组织补助（示例）', 'Support for freight by the China–Europe trains (sample)', 'trade', '2022-09-02', '2023-12-31',
    'pending', '', '440784', '', 'jm-heshan-ic;jm-zhuxi-logistics', '按标准箱补助，上报审查。', 'By container; sent for review.',
  ],
  [
    '老旧厂房改造升级指引（示例）', 'Guide to renewing old factories (sample)', 'land', '2018-11-19', '2021-11-18', 'none', '',
    '440703', '', '', '已过有效期，未见审查记录。', 'Out of force; no review on record.',
  ],
  [
    '区级招商奖励暂行办法（示例）', 'Provisional district rewards for investors (sample)', 'investment', '2019-05-08', '2022-05-07',
    'none', '', '440704', '', '', '到期后未续，待清理。', 'Not renewed when it ended; to be cleared away.',
  ],
];
const POLICY_OFFICE = {
  investment: ['江门市投资促进部门', 'Jiangmen investment promotion'],
  land: ['江门市自然资源局', 'Jiangmen Natural Resources Bureau'],
  technology: ['江门市科学技术局', 'Jiangmen Science and Technology Bureau'],
  talent: ['江门市人力资源和社会保障局', 'Jiangmen Human Resources Bureau'],
  energy: ['江门市发展和改革局', 'Jiangmen Development and Reform Bureau'],
  finance: ['江门市金融工作局', 'Jiangmen Finance Office'],
  trade: ['江门市商务局', 'Jiangmen Commerce Bureau'],
};

export function policyRows() {
  return POLICIES.map(([zh, en, type, issued, valid, review, reviewed, regions, chains, parks, aboutZh, aboutEn], i) => ({
    id: `s-policy-${numbered(i + 1, 2)}`,
    name_zh: zh,
    name_en: en,
    type,
    number_zh: `示例〔${issued.slice(0, 4)}〕${i + 1}号`,
    issued_on: issued,
    valid_to: valid,
    fair_review: review,
    reviewed_on: reviewed || (review === 'passed' ? '' : 'n/a'),
    regions,
    chains: chains || 'n/a',
    parks: parks || 'n/a',
    office_zh: POLICY_OFFICE[type][0],
    office_en: POLICY_OFFICE[type][1],
    about_zh: aboutZh,
    about_en: aboutEn,
    ...sample('policy', i + 1, '2022-11-20'),
  }));
}

const EVENTS = [
  ['江门市产业链招商推介会（示例）', 'Jiangmen chains roadshow (sample)', 'roadshow'],
  ['江门市秋季项目集中签约（示例）', 'Jiangmen autumn signing (sample)', 'signing'],
  ['新会区冬季项目集中签约（示例）', 'Xinhui winter signing (sample)', 'signing'],
  ['江门市春季项目集中签约（示例）', 'Jiangmen spring signing (sample)', 'signing'],
  ['恩平市智能装备产业考察与签约（示例）', 'Enping smart equipment visit and signing (sample)', 'visit'],
  ['江门—深圳产业合作推介会（示例）', 'Jiangmen–Shenzhen roadshow (sample)', 'conference'],
];

/** What was signed is counted from the sample's own projects. */
export function eventRows(projects) {
  return EVENTS.map(([zh, en, type], i) => {
    const region = EVENT_DAYS[i][1];
    const id = `s-event-${i + 1}`,
      there = projects.filter(
        (one) => one.way.event?.id === id && one.way.end >= one.way.stages.findIndex(([stage]) => stage === 'signed'),
      );
    const fields = ['industry', 'technology', 'finance'].filter((field) =>
      there.some((one) => (one.slot.form === 'fund' ? 'finance' : one.research ? 'technology' : 'industry') === field),
    );
    const county = COUNTIES[region];
    return {
      id,
      name_zh: zh,
      name_en: en,
      precision: 'county',
      type,
      held_on: EVENT_DAYS[i][0],
      region,
      signed: there.length,
      fields: fields.join(';'),
      office_zh: county ? `${county.full}招商服务中心` : '江门市投资促进部门',
      office_en: county ? `${county.fullEn} Investment Service Centre` : 'Jiangmen investment promotion',
      geometry: wktPoint(seatOf(county ? region : '440703')),
      ...sample('event', i + 1, '2022-11-15'),
    };
  });
}
