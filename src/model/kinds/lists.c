/* The code lists: stages, tiers, states, uses. A code is stored; its label is shown. */
#include "model/kinds/kinds.h"

static const Code how_codes[] = {
    {"reported", {"填报", "Reported"}, 0},
    {"surveyed", {"测绘", "Surveyed"}, 0},
    {"derived", {"推算", "Derived"}, 0},
    {"illustrative", {"示例数据", "Sample data"}, 0},
};
LIST(how, "数据性质", "How it is known");

static const Code visibility_codes[] = {
    {"public", {"公开", "Public"}, 0},
    {"investor", {"投资方", "Investors"}, 0},
    {"staff", {"工作人员", "Staff"}, 0},
    {"restricted", {"限制", "Restricted"}, 0},
};
LIST(visibility, "公开范围", "Visibility");

static const Code precision_codes[] = {
    {"surveyed", {"测绘", "Surveyed"}, 0},
    {"approximate", {"约略", "Approximate"}, 0},
    {"county", {"仅到区县", "County only"}, 0},
};
LIST(precision, "位置精度", "Precision of place");

static const Code region_level_codes[] = {
    {"city", {"地级市", "City"}, 0},
    {"county", {"县（市、区）", "County"}, 0},
    {"town", {"镇街", "Town"}, 0},
};
LABELS_LIST(region_level, "行政级别", "Level");

static const Code park_tier_codes[] = {
    {"cluster_area", {"大型产业集聚区", "Cluster area"}, 0},
    {"group", {"组团", "Group"}, 0},
    {"pilot_zone", {"先行启动区", "Pilot zone"}, 0},
    {"start_zone", {"启动区", "Start zone"}, 0},
    {"characteristic", {"特色产业园", "Characteristic park"}, 0},
    {"industrial", {"工业园", "Industrial park"}, 0},
    {"cooperation", {"合作区", "Cooperation zone"}, 0},
    {"logistics", {"物流园", "Logistics park"}, 0},
    {"chemical", {"化工园区", "Chemical park"}, 0},
    {"section", {"片区", "Section of a park"}, 0},
};
OPEN_LIST(park_tier, "平台层级", "Tier");

static const Code partner_codes[] = {
    {"eu", {"欧盟", "European Union"}, 0},
    {"hkmo", {"港澳", "Hong Kong and Macao"}, 0},
    {"rcep", {"RCEP", "RCEP"}, 0},
    {"shenzhen", {"深圳", "Shenzhen"}, 0},
    {"guangfo", {"广佛", "Guangzhou and Foshan"}, 0},
};
OPEN_LIST(partner, "合作来源", "Partner origin");

static const Code facility_type_codes[] = {
    {"port", {"港口", "Port"}, 0},
    {"rail_station", {"铁路站", "Rail station"}, 0},
    {"airport", {"机场", "Airport"}, 0},
    {"motorway_junction", {"高速出入口", "Motorway junction"}, 0},
};
OPEN_LIST(facility_type, "设施类型", "Type of facility");

/* GB 50137-2011, classes M and W; M0 as cities define new-type industry. */
static const Code land_use_codes[] = {
    {"M0", {"M0 新型产业", "M0 New-type industry"}, 0},
    {"M1", {"M1 一类工业", "M1 Light industry"}, 0},
    {"M2", {"M2 二类工业", "M2 General industry"}, 0},
    {"M3", {"M3 三类工业", "M3 Heavy industry"}, 0},
    {"W1", {"W1 一类物流仓储", "W1 Storage, class 1"}, 0},
    {"W2", {"W2 二类物流仓储", "W2 Storage, class 2"}, 0},
    {"W3", {"W3 三类物流仓储", "W3 Storage, class 3"}, 0},
    {"B2", {"B2 商务", "B2 Business"}, 0},
    {"MX", {"混合用地", "Mixed use"}, 0},
};
OPEN_LIST(land_use, "用地性质", "Land use");

static const Code land_state_codes[] = {
    {"planned", {"规划", "Planned"}, OFFER_OPEN},
    {"acquiring", {"征收", "Being acquired"}, OFFER_OPEN},
    {"banked", {"收储", "In the land bank"}, OFFER_OPEN},
    {"raw", {"生地", "Raw"}, OFFER_OPEN},
    {"serviced", {"熟地", "Serviced"}, OFFER_OPEN},
    {"advertised", {"挂牌", "Advertised"}, OFFER_OPEN},
    {"promised", {"意向锁定", "Promised"}, OFFER_PROMISED},
    {"supplied", {"已供", "Supplied"}, OFFER_CLOSED},
    {"approved_unbuilt", {"已批未建", "Approved, unbuilt"}, OFFER_CLOSED},
    {"building", {"在建", "Under construction"}, OFFER_CLOSED},
    {"built", {"已建成", "Built"}, OFFER_CLOSED},
    {"idle", {"闲置", "Idle"}, OFFER_CLOSED},
    {"under_used", {"低效", "Under-used"}, OFFER_CLOSED},
};
OPEN_LIST(land_state, "土地状态", "Land state");

static const Code service_state_codes[] = {
    {"none", {"未通", "None"}, 0},
    {"planned", {"规划", "Planned"}, 0},
    {"building", {"在建", "Under construction"}, 0},
    {"done", {"已通", "In service"}, 0},
};
LABELS_LIST(service_state, "配套状态", "State of service");

static const Code source_type_codes[] = {
    {"bureau", {"部门", "Bureau"}, 0},
    {"operator", {"园区运营方", "Park operator"}, 0},
    {"paper", {"报纸", "Newspaper"}, 0},
    {"package", {"公开数据包", "Open data package"}, 0},
    {"generator", {"示例生成器", "Sample generator"}, 0},
    {"government", {"政府文件", "Government document"}, 0},
    {"standard", {"标准", "Standard"}, 0},
};
LIST(source_type, "来源类型", "Type of source");
