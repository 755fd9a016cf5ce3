/* The code lists of the kinds that came with the whole article: buildings, enterprises, chains, projects,
 * figures. */
#include "model/kinds/kinds.h"

static const Code carrier_type_codes[] = {
    {"standard_factory", {"标准厂房", "Standard factory"}, 0},
    {"accelerator", {"加速器", "Accelerator"}, 0},
    {"incubator", {"孵化器", "Incubator"}, 0},
    {"research", {"研发办公", "Research and offices"}, 0},
    {"warehouse", {"仓库", "Warehouse"}, 0},
    {"dormitory", {"配套宿舍", "Dormitory"}, 0},
};
OPEN_LIST(carrier_type, "载体类型", "Type of building");

static const Code building_state_codes[] = {
    {"planned", {"规划", "Planned"}, 0},
    {"building", {"在建", "Under construction"}, 0},
    {"topped_out", {"封顶", "Topped out"}, 0},
    {"built", {"已建成", "Built"}, 0},
};
LABELS_LIST(building_state, "建设状态", "State of building");

static const Code unit_state_codes[] = {
    {"vacant", {"空置", "Vacant"}, OFFER_OPEN},
    {"coming", {"即将交付", "Coming up"}, OFFER_OPEN},
    {"promised", {"意向锁定", "Promised"}, OFFER_PROMISED},
    {"let", {"已租", "Let"}, OFFER_CLOSED},
    {"sold", {"已售", "Sold"}, OFFER_CLOSED},
    {"own_use", {"自用", "Own use"}, OFFER_CLOSED},
};
OPEN_LIST(unit_state, "招租状态", "State of unit");

/* GB 50016: what may be made or stored inside; 甲 is the most dangerous. */
static const Code fire_hazard_codes[] = {
    {"A", {"甲类", "A (甲)"}, 0}, {"B", {"乙类", "B (乙)"}, 0}, {"C", {"丙类", "C (丙)"}, 0},
    {"D", {"丁类", "D (丁)"}, 0}, {"E", {"戊类", "E (戊)"}, 0},
};
LIST(fire_hazard, "火灾危险性", "Fire hazard class");

/* GB 50016: what the building withstands. */
static const Code fire_resistance_codes[] = {
    {"1", {"一级", "Grade 1"}, 0},
    {"2", {"二级", "Grade 2"}, 0},
    {"3", {"三级", "Grade 3"}, 0},
    {"4", {"四级", "Grade 4"}, 0},
};
LIST(fire_resistance, "耐火等级", "Fire resistance");

static const Code enterprise_type_codes[] = {
    {"company", {"公司", "Company"}, 0},
    {"branch", {"分支机构", "Branch"}, 0},
    {"institution", {"机构", "Institution"}, 0},
    {"foreign", {"境外机构", "Body abroad"}, 0},
};
OPEN_LIST(enterprise_type, "主体类型", "Type of body");

static const Code enterprise_tag_codes[] = {
    {"specialised", {"专精特新", "Specialised and innovative"}, 0},
    {"little_giant", {"专精特新小巨人", "Little giant"}, 0},
    {"high_tech", {"高新技术企业", "High-tech"}, 0},
    {"listed", {"上市", "Listed"}, 0},
    {"above_scale", {"规上", "Above the statistical threshold"}, 0},
    {"foreign_funded", {"外资", "Foreign-funded"}, 0},
};
OPEN_LIST(enterprise_tag, "企业标签", "Tag");

static const Code headquarters_codes[] = {
    {"here", {"总部在本地", "Headquartered here"}, 0},
    {"elsewhere", {"总部在外地", "Headquartered elsewhere"}, 0},
};
LABELS_LIST(headquarters, "总部", "Headquarters");

static const Code cluster_level_codes[] = {
    {"province", {"省", "Province"}, 0},
    {"city", {"市", "City"}, 0},
};
LABELS_LIST(cluster_level, "集群层级", "Level");

static const Code chain_stage_codes[] = {
    {"up", {"上游", "Upstream"}, 0},
    {"mid", {"中游", "Midstream"}, 0},
    {"down", {"下游", "Downstream"}, 0},
};
LIST(chain_stage, "环节位置", "Stage of the chain");

static const Code segment_type_codes[] = {
    {"input", {"原料", "Input"}, 0},
    {"material", {"材料", "Material"}, 0},
    {"part", {"零部件", "Part"}, 0},
    {"equipment", {"设备", "Equipment"}, 0},
    {"service", {"服务", "Service"}, 0},
    {"product", {"产品", "Product"}, 0},
    {"recycling", {"回收利用", "Recycling"}, 0},
};
LIST(segment_type, "环节性质", "Type of segment");

static const Code strength_codes[] = {
    {"strong", {"优势", "Strong"}, 0},
    {"growing", {"成长", "Growing"}, 0},
    {"weak", {"薄弱", "Weak"}, 0},
    {"gap", {"缺口", "Gap"}, 0},
};
LIST(strength, "强弱", "Strength");

static const Code flow_mode_codes[] = {
    {"all_of", {"缺一不可", "All are needed"}, 0},
    {"one_of", {"任一即可", "Any one will do"}, 0},
};
LIST(flow_mode, "供给方式", "Mode of supply");

static const Code role_type_codes[] = {
    {"leader", {"链主", "Chain leader"}, 0},
    {"maker", {"生产", "Maker"}, 0},
    {"planned", {"拟建", "Planned"}, 0},
};
LIST(role_type, "角色", "Role");

static const Code project_type_codes[] = {
    {"new", {"新引进", "New to the city"}, 0},
    {"expansion", {"增资扩产", "Expansion"}, 0},
    {"upgrade", {"技改", "Technical upgrade"}, 0},
};
OPEN_LIST(project_type, "项目类型", "Type of project");

static const Code project_field_codes[] = {
    {"industry", {"产业", "Industry"}, 0},
    {"technology", {"科技", "Technology"}, 0},
    {"finance", {"融资", "Finance"}, 0},
};
OPEN_LIST(project_field, "项目领域", "Field");

/* Not every project passes all; 投资入库 and 规上 are events of statistics beside the others. */
static const Code project_stage_codes[] = {
    {"lead", {"线索", "Lead"}, 0},
    {"negotiating", {"在谈", "Negotiating"}, 0},
    {"appraised", {"研判", "Appraised"}, 0},
    {"approved", {"过会", "Approved by the meeting"}, 0},
    {"signed", {"签约", "Signed"}, 0},
    {"registered", {"注册", "Registered"}, 0},
    {"filed", {"备案", "Filed"}, 0},
    {"advertised", {"挂网", "Land advertised"}, 0},
    {"land_won", {"摘牌", "Land won"}, 0},
    {"handed_over", {"交地", "Land handed over"}, 0},
    {"planning_permit", {"规划许可", "Planning permit"}, 0},
    {"building_permit", {"施工许可", "Building permit"}, 0},
    {"started", {"动工", "Started"}, 0},
    {"topped_out", {"封顶", "Topped out"}, 0},
    {"completed", {"竣工", "Completed"}, 0},
    {"in_production", {"投产", "In production"}, 0},
    {"full_capacity", {"达产", "Full capacity"}, 0},
    {"counted", {"投资入库", "Counted in investment"}, 0},
    {"above_scale", {"规上", "Above the statistical threshold"}, 0},
    {"stalled", {"停滞", "Stalled"}, 0},
    {"ended", {"终止", "Ended"}, 0},
};
OPEN_LIST(project_stage, "项目阶段", "Stage of project");

static const Code evidence_codes[] = {
    {"licence", {"营业执照", "Business licence"}, 0},
    {"filing", {"备案证", "Filing certificate"}, 0},
    {"planning_permit", {"用地规划许可证", "Land planning permit"}, 0},
    {"building_permit", {"施工许可证", "Building permit"}, 0},
    {"photo", {"现场照片", "Photograph"}, 0},
    {"report", {"新闻报道", "News report"}, 0},
};
OPEN_LIST(evidence, "佐证", "Evidence");

static const Code amount_ledger_codes[] = {
    {"reported", {"报道", "Reported"}, 0},
    {"signed", {"签约", "Signed"}, 0},
    {"filed", {"备案", "Filed"}, 0},
    {"land", {"供地", "Land"}, 0},
    {"permit", {"施工许可", "Building permit"}, 0},
    {"statistics", {"统计", "Statistics"}, 0},
};
LIST(amount_ledger, "台账", "Ledger");

static const Code currency_codes[] = {
    {"CNY", {"人民币", "CNY"}, 0},
    {"USD", {"美元", "USD"}, 0},
    {"EUR", {"欧元", "EUR"}, 0},
    {"HKD", {"港元", "HKD"}, 0},
};
LIST(currency, "币种", "Currency");

/* Of an indicator's values: fen as everywhere, shown as 亿元 or bn CNY. */
static const Code value_unit_codes[] = {
    {"count", {"个", "count"}, 0}, {"fen", {"元", "CNY"}, 0},   {"usd", {"美元", "USD"}, 0},
    {"percent", {"%", "%"}, 0},    {"rank", {"位", "rank"}, 0}, {"day", {"天", "days"}, 0},
    {"m2", {"平方米", "m²"}, 0},   {"km", {"公里", "km"}, 0},
};
LIST(value_unit, "单位", "Unit");

static const Code better_codes[] = {
    {"more", {"越大越好", "More"}, 0},
    {"less", {"越小越好", "Less"}, 0},
};
LIST(better, "越…越好", "Better when");

static const Code reading_codes[] = {
    {"actual", {"实际", "Actual"}, 0}, {"at_least", {"超过", "More than"}, 0},
    {"about", {"约", "About"}, 0},     {"forecast", {"预计", "Forecast"}, 0},
    {"goal", {"目标", "Goal"}, 0},
};
LIST(reading, "数值性质", "Reading");

static const Code rank_scope_codes[] = {
    {"province", {"全省", "The province"}, 0},
    {"city", {"全市", "The city"}, 0},
    {"country", {"全国", "The country"}, 0},
};
LIST(rank_scope, "排名范围", "Ranked among");

static const Code plan_type_codes[] = {
    {"industry", {"产业规划", "Industry plan"}, 0},
    {"spatial", {"空间规划", "Spatial plan"}, 0},
    {"control", {"控制性详细规划", "Detailed control plan"}, 0},
    {"design", {"城市设计", "Urban design"}, 0},
    {"environment", {"规划环评", "Environmental assessment"}, 0},
    {"transport", {"交通规划", "Transport plan"}, 0},
};
OPEN_LIST(plan_type, "规划类型", "Type of plan");

static const Code plan_state_codes[] = {
    {"begun", {"已启动", "Begun"}, 0},
    {"drafted", {"形成初稿", "Drafted"}, 0},
    {"done", {"编制完成", "Done"}, 0},
};
LABELS_LIST(plan_state, "规划状态", "State of plan");

static const Code work_state_codes[] = {
    {"planned", {"前期", "Planned"}, 0},
    {"building", {"在建", "Under construction"}, 0},
    {"late", {"滞后", "Late"}, 0},
    {"done", {"完工", "Done"}, 0},
};
LABELS_LIST(work_state, "工程状态", "State of work");

/* 九通一平 as Jiangmen counts it; local lists differ. */
static const Code service_codes[] = {
    {"road", {"道路", "Road"}, 0},
    {"water", {"供水", "Water"}, 0},
    {"rainwater", {"雨水", "Rainwater"}, 0},
    {"sewage", {"污水", "Sewage"}, 0},
    {"power", {"供电", "Power"}, 0},
    {"heat", {"供热", "Heat"}, 0},
    {"gas", {"燃气", "Gas"}, 0},
    {"telecom", {"通讯", "Telecom"}, 0},
    {"tv", {"有线电视", "Cable TV"}, 0},
    {"levelling", {"平整", "Levelling"}, 0},
};
LABELS_LIST(service, "配套", "Service");

static const Code policy_type_codes[] = {
    {"investment", {"招商引资", "Investment"}, 0},
    {"land", {"用地", "Land"}, 0},
    {"talent", {"人才", "Talent"}, 0},
    {"finance", {"金融", "Finance"}, 0},
    {"technology", {"科技创新", "Technology"}, 0},
    {"trade", {"外贸", "Trade"}, 0},
    {"energy", {"用能", "Energy"}, 0},
};
OPEN_LIST(policy_type, "政策类型", "Type of policy");

static const Code review_state_codes[] = {
    {"passed", {"已审查通过", "Passed"}, 0},
    {"pending", {"审查中", "Pending"}, 0},
    {"not_required", {"不需审查", "Not required"}, 0},
    {"none", {"未审查", "Not reviewed"}, 0},
};
LIST(review_state, "公平竞争审查", "Fair-competition review");

static const Code cost_type_codes[] = {
    {"power", {"电", "Electricity"}, 0}, {"gas", {"气", "Gas"}, 0},
    {"water", {"水", "Water"}, 0},       {"sewage", {"污水处理", "Sewage"}, 0},
    {"steam", {"蒸汽", "Steam"}, 0},     {"wage", {"工资", "Wage"}, 0},
    {"rent", {"租金", "Rent"}, 0},       {"transport", {"运输", "Transport"}, 0},
};
OPEN_LIST(cost_type, "要素", "Type of cost");

static const Code cost_unit_codes[] = {
    {"kWh", {"千瓦时", "kWh"}, 0},
    {"m3", {"立方米", "m³"}, 0},
    {"t", {"吨", "tonne"}, 0},
    {"month", {"人·月", "person and month"}, 0},
    {"m2_month", {"平方米·月", "m² and month"}, 0},
    {"kVA_month", {"千伏安·月", "kVA and month"}, 0},
    {"teu", {"标准箱", "TEU"}, 0},
};
LIST(cost_unit, "计价单位", "Per");

static const Code event_type_codes[] = {
    {"conference", {"招商大会", "Investment conference"}, 0},
    {"roadshow", {"推介会", "Roadshow"}, 0},
    {"visit", {"考察", "Visit"}, 0},
    {"signing", {"签约仪式", "Signing"}, 0},
};
OPEN_LIST(event_type, "活动类型", "Type of event");

static const Code train_type_codes[] = {
    {"china_europe", {"中欧班列", "China–Europe"}, 0},
    {"china_laos", {"中老班列", "China–Laos"}, 0},
    {"sea_rail", {"海铁联运", "Sea–rail"}, 0},
};
OPEN_LIST(train_type, "班列类型", "Type of train");
