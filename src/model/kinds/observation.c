/* 数值: what an indicator was, for a place and a period; with target, share of it, and rank where they were
 * said. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "indicator", REF, "指标", "Indicator", "", "jm-output"), .ref = KIND_INDICATOR, .filterable = true,
     .required = true},
    {PUBLIC(11, "region", REF, "地区", "Region", "区县", "440700"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(12, "park", REF, "园区", "Park", "", "jm-cluster-area"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(13, "event", REF, "活动", "Event", "", "jm-conference-2022"), .ref = KIND_EVENT, .filterable = true},
    {PUBLIC(14, "period", DATE, "时期", "Period", "", "2022-01/2022-10"), .filterable = true},
    {PUBLIC(15, "reading", CODE, "数值性质", "Reading", "", "actual"), .codes = &list_reading, .filterable = true},
    {PUBLIC(16, "value", NUM, "数值", "Value", "实际值", "231"), .decimals = 2, .min = -90000000000000000,
     .max = 90000000000000000, .filterable = true},
    {PUBLIC(17, "target", NUM, "目标", "Target", "目标值", "300"), .decimals = 2, .max = 90000000000000000,
     .filterable = true},
    {PUBLIC(18, "target_share_pct", NUM, "完成率", "Share of target", "完成目标", "77"), .unit = "%", .decimals = 2,
     .max = 10000000, .filterable = true},
    {PUBLIC(19, "share_pct", NUM, "占比", "Share", "", "60.4"), .unit = "%", .decimals = 2, .max = 10000000,
     .filterable = true},
    {PUBLIC(20, "share_of", REF, "占何地", "Share of", "", "440700"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(21, "rank", NUM, "排名", "Rank", "", "1"), .min = 1, .max = 100000, .filterable = true},
    {PUBLIC(22, "rank_of", NUM, "参与排名数", "Of how many", "", "21"), .min = 1, .max = 100000, .filterable = true},
    {PUBLIC(23, "rank_scope", CODE, "排名范围", "Ranked among", "", "province"), .codes = &list_rank_scope,
     .filterable = true},
    ABOUT(24),
};

const KindInfo kind_observation = {
    KIND_OBSERVATION, "observation", {"数值", "observation"}, {"数值", "observations"}, "observations", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "indicator = 'jm-output' AND period >= '2022'",
};
/* clang-format on */
