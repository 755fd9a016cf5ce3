/* 规划: one of the plans of a place, by whom, and how far. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "类型", "Type", "规划类型", "industry"), .codes = &list_plan_type, .filterable = true},
    {PUBLIC(11, "state", CODE, "状态", "State", "编制状态", "done"), .codes = &list_plan_state, .filterable = true},
    {PUBLIC(12, "park", REF, "园区", "Park", "", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(13, "region", REF, "区县", "County", "", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(14, "makers", REFS, "编制单位", "Makers", "", "jm-ent-ccid"), .ref = KIND_ENTERPRISE, .filterable = true},
    {PUBLIC(15, "begun_on", DATE, "启动日期", "Begun on", "", "2022-03"), .filterable = true},
    {PUBLIC(16, "done_on", DATE, "完成日期", "Done on", "", "2022-09"), .filterable = true},
    {PUBLIC(17, "stands_for", NUM, "代表数量", "Stands for how many", "", "38"), .min = 1, .max = 100000,
     .filterable = true},
    OFFICE(18),
    ABOUT(20),
};

const KindInfo kind_plan = {
    KIND_PLAN, "plan", {"规划", "plan"}, {"规划", "plans"}, "plans", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "type = 'industry' AND state = 'done'",
};
/* clang-format on */
