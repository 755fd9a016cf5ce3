/* 招商项目: an investment. Investor group, site, phase and type make it the same one; its milestones and
 * amounts are rows of their own. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "类型", "Type", "项目类型", "new"), .codes = &list_project_type, .filterable = true},
    {PUBLIC(11, "field", CODE, "领域", "Field", "项目领域", "industry"), .codes = &list_project_field, .filterable = true},
    {PUBLIC(12, "stage", CODE, "阶段", "Stage", "项目阶段", "started"), .codes = &list_project_stage, .filterable = true},
    {PUBLIC(13, "stage_confirmed", BOOL, "阶段有佐证", "Stage confirmed", "", "yes"), .filterable = true},
    {PUBLIC(14, "parent", REF, "总项目", "Parent project", "", "jm-caihong"), .ref = KIND_PROJECT, .filterable = true},
    {PUBLIC(15, "phase", TEXT, "期次", "Phase", "", "一期")},
    {PUBLIC(16, "investor", REF, "投资方", "Investor", "签约企业", "jm-ent-caihong"), .ref = KIND_ENTERPRISE,
     .filterable = true},
    {PUBLIC(17, "company", REF, "项目公司", "Project company", "", "jm-ent-caihong-jm"), .ref = KIND_ENTERPRISE,
     .filterable = true},
    {PUBLIC(18, "region", REF, "区县", "County", "行政区", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(19, "parks", REFS, "园区", "Parks", "落户园区", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(20, "parcels", REFS, "地块", "Parcels", "", "jm-p-001"), .ref = KIND_PARCEL, .filterable = true},
    {PUBLIC(21, "chains", REFS, "产业链", "Chains", "所属产业链", "battery"), .ref = KIND_CHAIN, .filterable = true},
    {PUBLIC(22, "segments", REFS, "环节", "Segments", "", "battery.cell"), .ref = KIND_SEGMENT, .filterable = true},
    {PUBLIC(23, "event", REF, "签约活动", "Signed at", "", "jm-conference-2022"), .ref = KIND_EVENT, .filterable = true},
    {PUBLIC(24, "invest_fen", NUM, "总投资", "Investment", "投资总额|计划总投资", "2000000000000"), MONEY},
    {PUBLIC(25, "land_m2", NUM, "用地面积", "Land", "", "400000"), .unit = "m2", .decimals = 2, .max = 100000000000,
     .filterable = true},
    {PUBLIC(26, "signed_on", DATE, "签约日期", "Signed on", "签约时间", "2021-11"), .filterable = true},
    {PUBLIC(27, "started_on", DATE, "动工日期", "Started on", "动工时间", "2021-12"), .filterable = true},
    {PUBLIC(28, "production_on", DATE, "投产日期", "In production on", "投产时间", "2023-06"), .filterable = true},
    {PUBLIC(29, "counted_on", DATE, "投资入库日期", "Counted in investment on", "", "2022-03"), .filterable = true},
    {PUBLIC(30, "carrier", BOOL, "载体项目", "Carrier", "", "yes"), .filterable = true},
    {PUBLIC(31, "tenants", NUM, "已入驻", "Tenants", "入驻企业数", "10"), .max = 100000, .filterable = true},
    {PUBLIC(32, "tenants_target", NUM, "计划入驻", "Tenants planned", "", "40"), .max = 100000, .filterable = true},
    {PUBLIC(33, "tenants_by", DATE, "入驻期限", "Planned by", "", "2025-07"), .filterable = true},
    {STAFF(34, "code_name", TEXT, "项目代号", "Code name", "", "A 项目")},
    {STAFF(35, "blocked_zh", TEXT, "卡点", "What blocks it", "存在问题", "用地指标")},
    OFFICE(36),
    ABOUT(38),
};

const KindInfo kind_project = {
    KIND_PROJECT, "project", {"项目", "project"}, {"项目", "projects"}, "projects", GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields),
    "stage = 'signed' AND invest_fen >= 10000000000",
};
/* clang-format on */
