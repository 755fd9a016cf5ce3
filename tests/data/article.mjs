// What the article says, in our words, and where it stands in the shipped data. Paragraphs are counted from 1 at the first
// under the byline, sub-headings left out. Checked against the text of the page; the text itself is not shipped.

/** Every platform that it names: key, name, paragraphs. */
export const PLATFORMS = [
  ['jm-cluster-area', '江门大型产业集聚区', [2, 3, 7, 9, 24]],
  ['jm-group-north', '江门大型产业集聚区北组团', [5, 6, 7]],
  ['jm-group-east', '江门大型产业集聚区东组团', [7]],
  ['jm-group-south', '江门大型产业集聚区南组团', [7]],
  ['jm-eu-sme', '中国—欧盟（江门）中小企业国际合作区', [5, 7]],
  ['jm-heshan-ic', '鹤山工业城', [4, 5]],
  ['jm-heshan-eu-light', '鹤山工业城欧资项目轻资产入驻区', [5]],
  ['jm-heshan-eu-dev', '鹤山工业城欧资项目发展区', [5]],
  ['jm-heshan-glp', '鹤山普洛斯物流园', [4]],
  ['jm-zhuxi-logistics', '珠西国际物流中心', [4, 5]],
  ['jm-macao', '粤澳（江门）产业合作示范区', [7]],
  ['jm-pilot-hitech-sanjiang', '江门高新区—三江睦洲联动发展先行启动区', [18]],
  ['jm-xinhui-mfg', '新会智造产业园（新能源电池产业园）', [10, 18]],
  ['jm-pilot-pengjiang-heshan', '蓬江—鹤山先行启动区', [18]],
  ['jm-fengshanhu', '新会智造产业园凤山湖园区', [10, 11, 15, 23]],
  ['jm-enping-equipment', '恩平智能装备产业园', [12, 13]],
  ['jm-enping-ip', '恩平工业园', [12]],
  ['jm-dahuai', '恩平工业园大槐集聚区', [12]],
  ['jm-dahuai-ext', '大槐扩园片区', [12]],
  ['jm-silicon', '广东（江门）硅能源产业园', [18, 23]],
  ['jm-safety', '安全应急产业园', [18]],
  ['jm-newmat', '珠西新材料集聚区', [23]],
  ['jm-cluster-pengjiang', '江门大型产业集聚区蓬江片区', [23]],
  ['jm-hitech', '江门高新区', [18, 23]],
  ['jm-hitech-ict', '江门高新区新一代电子信息技术产业园', [23]],
  ['jm-yayao', '鹤山雅瑶新兴产业园片区', [23]],
];

const yi = (n) => String(Math.round(n * 1e10)); // 亿元 → fen
const has = (text) => ({ has: text }); // the field says this among other things
const JANUARY_TO_OCTOBER = '2022-01/2022-10', FIRST_HALF = '2022-01/2022-06';

/** Every figure and every other thing that it names: paragraph, kind, key, and what its fields must be. */
export const FACTS = [
  // the cluster area and its figures
  [2, 'observation', 'jm-obs-area-size', { park: 'jm-cluster-area', rank: '1', rank_scope: 'province' }],
  [2, 'observation', 'jm-obs-province-clusters', { region: '440700', value: '20' }],
  [3, 'observation', 'jm-obs-output', { park: 'jm-cluster-area', period: JANUARY_TO_OCTOBER, value: yi(2740.45), reading: 'actual' }],
  [3, 'observation', 'jm-obs-output-forecast', { period: '2022', value: yi(3000), reading: 'forecast', about_zh: has('突破') }],
  [3, 'observation', 'jm-obs-value-added', { period: JANUARY_TO_OCTOBER, value: yi(682.97), share_pct: '60.4', share_of: '440700' }],
  [3, 'observation', 'jm-obs-key-indicators', { period: FIRST_HALF, value: '17' }],
  [3, 'observation', 'jm-obs-first', { period: FIRST_HALF, value: '9', rank: '1', rank_scope: 'province' }],
  // the north group: Europe, trains
  [4, 'enterprise', 'jm-ent-glp', { name_zh: '普洛斯', parks: 'jm-heshan-glp' }],
  [4, 'facility', 'jm-rail-north', { name_zh: '江门北站', type: 'rail_station' }],
  [4, 'train_service', 'jm-train-europe', { facility: 'jm-rail-north', type: 'china_europe', name_zh: has('江门号') }],
  [5, 'train_service', 'jm-train-europe', { since: '2022' }],
  [5, 'train_service', 'jm-train-laos', { facility: 'jm-rail-north', type: 'china_laos', since: '2022', name_zh: has('江门号') }],
  [5, 'park', 'jm-eu-sme', { about_zh: has('工信部'), parents: 'jm-group-north' }],
  [5, 'park', 'jm-heshan-ic', { about_zh: has('欧洲标准') }],
  [5, 'observation', 'jm-obs-eu-trade', { park: 'jm-heshan-ic', value: yi(50), reading: 'at_least' }],
  [7, 'observation', 'jm-obs-eu-projects', { park: 'jm-group-north', value: '155' }],
  [7, 'observation', 'jm-obs-eu-countries', { park: 'jm-group-north', value: '21' }],
  [7, 'observation', 'jm-obs-eu-invest', { park: 'jm-group-north', value: '15100000000' }],
  [7, 'indicator', 'jm-eu-invest', { value_unit: 'usd' }],
  // the three groups
  [7, 'park', 'jm-cluster-area', { about_zh: has('市第十四次党代会提出的“园区再造”') }],
  [7, 'observation', 'jm-obs-groups', { value: '3' }],
  [7, 'park', 'jm-group-north', { partners: 'eu;guangfo' }],
  [7, 'park', 'jm-group-east', { partners: 'shenzhen', about_zh: has('总部、研发在深圳，基地、生产在江门') }],
  [7, 'park', 'jm-group-south', { partners: 'hkmo;rcep' }],
  [7, 'enterprise', 'jm-ent-calb', { name_zh: '中创新航', about_zh: has('从深圳引进') }],
  [7, 'enterprise', 'jm-ent-johnson', { name_zh: '德昌电机', parks: 'jm-group-east', about_zh: has('从深圳引进') }],
  [7, 'enterprise', 'jm-ent-smoore', { name_zh: '麦克韦尔', parks: 'jm-group-east', about_zh: has('从深圳引进') }],
  [7, 'project', 'jm-johnson', { investor: 'jm-ent-johnson', parks: 'jm-group-east', type: 'new' }],
  [7, 'project', 'jm-smoore', { investor: 'jm-ent-smoore', parks: 'jm-group-east', type: 'new' }],
  [7, 'park', 'jm-macao', { about_zh: has('已建成') }],
  [7, 'project', 'jm-rcep', { name_zh: '大广海湾 RCEP 经贸科技文化合作交流中心', parks: 'jm-group-south', invest_fen: yi(120), stage: 'started' }],
  [7, 'amount', 'jm-amount-rcep', { project: 'jm-rcep', amount_fen: yi(120), amount_original: '12000000000', ledger: 'reported' }],
  // plans and works
  [8, 'plan', 'jm-plans-all', { about_zh: has('上海化工园区、苏州工业园') }],
  [9, 'enterprise', 'jm-ent-ccid', { name_zh: '中国电子信息产业发展研究院（赛迪研究院）', aliases: '赛迪研究院', type: 'institution' }],
  [9, 'enterprise', 'jm-ent-xinyiyuan', { name_zh: '苏州工业园区新艺元规划顾问有限公司', type: 'company' }],
  [9, 'enterprise', 'jm-ent-isa', { name_zh: '德国 ISA 意厦国际设计', type: 'foreign', headquarters_zh: '德国' }],
  [9, 'enterprise', 'jm-ent-gdupi', { name_zh: '省城乡规划设计研究院', type: 'institution' }],
  [9, 'enterprise', 'jm-ent-tongji', { name_zh: '同济城市规划设计', type: 'institution' }],
  [9, 'plan', 'jm-plans-all', { stands_for: '38', state: 'begun', park: 'jm-cluster-area',
    makers: 'jm-ent-ccid;jm-ent-xinyiyuan;jm-ent-isa;jm-ent-gdupi;jm-ent-tongji' }],
  [9, 'plan', 'jm-plans-industry', { stands_for: '21', state: 'done', type: 'industry' }],
  [9, 'observation', 'jm-obs-plans', { value: '38' }],
  [9, 'observation', 'jm-obs-industry-plans', { value: '21' }],
  [9, 'observation', 'jm-obs-pilot-zones', { value: '3' }],
  [9, 'observation', 'jm-obs-start-zones', { value: '6' }],
  [9, 'observation', 'jm-obs-char-parks', { value: '11' }],
  [9, 'observation', 'jm-obs-works', { period: JANUARY_TO_OCTOBER, value: '100' }],
  [9, 'observation', 'jm-obs-works-spent', { period: JANUARY_TO_OCTOBER, value: yi(163.04) }],
  [9, 'indicator', 'jm-works', { definition_zh: has('九通一平') }],
  // 中创新航 and who followed it
  [10, 'project', 'jm-calb', { investor: 'jm-ent-calb', region: '440705', parks: 'jm-fengshanhu', invest_fen: yi(200), about_zh: has('近年江门投资额最大') }],
  [10, 'amount', 'jm-amount-calb', { project: 'jm-calb', amount_fen: yi(200), amount_original: '20000000000', ledger: 'reported' }],
  [10, 'project', 'jm-calb-p1', { parent: 'jm-calb', phase: '一期', stage: 'topped_out', about_zh: has('设备陆续搬入') }],
  [10, 'milestone', 'jm-ms-calb-p1-start', { project: 'jm-calb-p1', stage: 'started', since: 'signed', took_d: '50' }],
  [10, 'milestone', 'jm-ms-calb-p1-m1', { project: 'jm-calb-p1', stage: 'topped_out', building_zh: 'M1 主厂房', took_d: '88', since: '' }],
  [10, 'milestone', 'jm-ms-calb-p1-halls', { project: 'jm-calb-p1', stage: 'topped_out', building_zh: '一期所有主厂房' }],
  [11, 'role', 'jm-role-calb', { enterprise: 'jm-ent-calb', chain: 'battery', type: 'leader' }],
  [11, 'enterprise', 'jm-ent-kedali', { name_zh: '科达利', headquarters: 'elsewhere', headquarters_zh: '深圳' }],
  [11, 'enterprise', 'jm-ent-tinci', { name_zh: '天赐', headquarters: 'elsewhere', headquarters_zh: '广州' }],
  [11, 'project', 'jm-kedali', { name_zh: '深圳科达利动力电池精密结构件项目', investor: 'jm-ent-kedali', chains: 'battery', invest_fen: yi(10) }],
  [11, 'project', 'jm-tinci', { aliases: '广州天赐锂电池解液项目', investor: 'jm-ent-tinci', chains: 'battery', invest_fen: yi(15) }],
  [11, 'amount', 'jm-amount-kedali', { project: 'jm-kedali', amount_fen: yi(10), amount_original: '1000000000', ledger: 'reported' }],
  [11, 'amount', 'jm-amount-tinci', { project: 'jm-tinci', amount_fen: yi(15), amount_original: '1500000000', ledger: 'reported' }],
  [11, 'role', 'jm-role-kedali', { enterprise: 'jm-ent-kedali', chain: 'battery', type: 'planned' }],
  [11, 'role', 'jm-role-tinci', { enterprise: 'jm-ent-tinci', chain: 'battery', type: 'planned' }],
  // 恩平
  [12, 'park', 'jm-enping-equipment', { regions: '440785', about_zh: has('约 100 公里'), focus_zh: has('高端数控机床') }],
  [12, 'park', 'jm-dahuai-ext', { parents: 'jm-enping-equipment', about_zh: has('规划') }],
  [12, 'chain', 'cnc', { regions: '440785', parks: 'jm-enping-equipment;jm-dahuai-ext' }],
  [13, 'enterprise', 'jm-ent-shengtaichang', { name_zh: '升泰昌', region: '440785' }],
  [13, 'enterprise', 'jm-ent-enping-assoc', { name_zh: '恩平市智能装备行业协会', about_zh: has('3 年内进驻 40 个') }],
  [13, 'project', 'jm-shengtaichang', { investor: 'jm-ent-shengtaichang', carrier: 'yes', invest_fen: yi(20), tenants: '10', tenants_target: '40', about_zh: has('3 年内') }],
  [13, 'project', 'jm-shengtaichang', { parks: 'jm-enping-equipment', about_zh: has('数控机床、智能装备、自动化、精密仪器、激光与增材') }],
  [13, 'amount', 'jm-amount-shengtaichang', { project: 'jm-shengtaichang', amount_fen: yi(20), amount_original: '2000000000', ledger: 'reported' }],
  [13, 'milestone', 'jm-ms-shengtaichang-land', { project: 'jm-shengtaichang', stage: 'land_won', actual_on: '2021-11' }],
  [13, 'project', 'jm-shengtaichang-p1', { parent: 'jm-shengtaichang', phase: '一期', stage: 'topped_out' }],
  [13, 'milestone', 'jm-ms-shengtaichang-p1-top', { project: 'jm-shengtaichang-p1', stage: 'topped_out', actual_on: '2022-07-09', about_zh: has('10 家') }],
  [13, 'building', 'jm-bldg-shengtaichang-p1', { type: 'accelerator', state: 'topped_out', project: 'jm-shengtaichang-p1', region: '440785' }],
  // characteristic parks, clusters, chains
  [15, 'observation', 'jm-obs-battery-goal', { park: 'jm-fengshanhu', value: yi(1000), reading: 'goal' }],
  [16, 'observation', 'jm-obs-province-clusters', { about_zh: has('广州、深圳、佛山') }],
  [16, 'indicator', 'jm-province-clusters', { definition_zh: has('省制造业高质量发展“十四五”规划') }],
  [17, 'observation', 'jm-obs-core-clusters', { region: '440700', value: '8' }],
  [17, 'observation', 'jm-obs-char-parks', { about_zh: has('2021 年起谋划，所涉领域有安全应急、电力装备、健康食品、生物医药、新能源电池、新一代信息技术、智能家电') }],
  [18, 'observation', 'jm-obs-pilot-zones', { value: '3' }],
  [18, 'observation', 'jm-obs-char-parks', { value: '11' }],
  // 利和兴, the conference, the map
  [19, 'enterprise', 'jm-ent-lihexing', { name_zh: '深圳市利和兴股份有限公司', aliases: '利和兴', headquarters_zh: '深圳' }],
  [19, 'project', 'jm-lihexing-2017', { investor: 'jm-ent-lihexing', about_zh: has('约 2017 年（5 年前）由深圳迁来') }],
  [20, 'project', 'jm-lihexing', { investor: 'jm-ent-lihexing', type: 'expansion', stage: 'signed', signed_on: '2022-08-06', event: 'jm-conference-2022',
    about_zh: has('“总部＋基地”“研发＋生产”') }],
  [20, 'milestone', 'jm-ms-lihexing-signed', { project: 'jm-lihexing', stage: 'signed', actual_on: '2022-08-06' }],
  [20, 'event', 'jm-conference-2022', { name_zh: '江门市全球招商大会', held_on: '2022-08-06', signed: '111' }],
  [20, 'observation', 'jm-obs-signed', { event: 'jm-conference-2022', period: '2022-08-06', value: '111' }],
  [22, 'enterprise', 'jm-ent-invest-centre', { name_zh: '江门市政府投资促进中心', founded_on: '2022', about_zh: has('链长制') }],
  [23, 'event', 'jm-conference-2022', { fields: 'industry;technology;finance', about_zh: has('江门产业招商地图') }],
  [23, 'observation', 'jm-obs-chains', { period: '2022-08-06', value: '15', about_zh: has('新能源电池、新能源汽车、新一代信息技术、硅能源') }],
  [23, 'chain', 'battery', { name_zh: '新能源电池', parks: 'jm-fengshanhu;jm-newmat' }],
  [23, 'chain', 'nev', { name_zh: '新能源汽车' }],
  [23, 'chain', 'new_it', { name_zh: '新一代信息技术', regions: '440703;440704;440784', parks: 'jm-cluster-pengjiang;jm-hitech-ict;jm-yayao' }],
  [23, 'chain', 'silicon_energy', { name_zh: '硅能源', regions: '440705;440784', parks: 'jm-silicon' }],
  [24, 'observation', 'jm-obs-big-projects', { region: '440700', period: JANUARY_TO_OCTOBER, value: '231', target_share_pct: '77' }],
  [24, 'observation', 'jm-obs-area-projects', { park: 'jm-cluster-area', period: JANUARY_TO_OCTOBER, value: '138' }],
  [24, 'observation', 'jm-obs-area-invest', { park: 'jm-cluster-area', period: JANUARY_TO_OCTOBER, value: yi(1062.3) }],
];

/** What follows from it, said by the compilers and not by the paper. */
export const DERIVED = [
  ['observation', 'jm-obs-big-projects', { target: '300' }], // 231 ÷ 77 %
  ['observation', 'jm-obs-city-value-added', { how: 'derived', region: '440700', value: yi(1131), reading: 'about' }], // 682.97 ÷ 60.4 %
];

/** What of `wanted` a row does not say: [] if it says all. */
export function missing(row, wanted) {
  return Object.entries(wanted)
    .filter(([field, value]) => (value.has === undefined ? row?.[field] !== value : !row?.[field]?.includes(value.has)))
    .map(([field, value]) => `${field} is ${JSON.stringify(row?.[field])}, not ${JSON.stringify(value)}`);
}
