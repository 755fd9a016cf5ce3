/* 要素成本: a tariff or price level, for a place and a time. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "要素", "Type", "", "power"), .codes = &list_cost_type, .filterable = true,
     .required = true},
    {PUBLIC(11, "region", REF, "地区", "County", "区县", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(12, "park", REF, "园区", "Park", "", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(13, "price_fen", NUM, "价格", "Price", "", "65"), .unit = "fen", .decimals = 2, .max = 100000000000,
     .filterable = true},
    {PUBLIC(14, "price_to_fen", NUM, "价格上限", "Price up to", "", "72"), .unit = "fen", .decimals = 2,
     .max = 100000000000, .filterable = true},
    {PUBLIC(15, "per", CODE, "计价单位", "Per", "", "kWh"), .codes = &list_cost_unit, .filterable = true,
     .required = true},
    {PUBLIC(16, "valid_from", DATE, "执行日期", "Valid from", "", "2022-01-01"), .filterable = true},
    {PUBLIC(17, "valid_to", DATE, "有效期至", "Valid until", "", "2022-12-31"), .filterable = true},
    ABOUT(18),
};

const KindInfo kind_cost = {
    KIND_COST, "cost", {"要素成本", "cost"}, {"要素成本", "costs"}, "costs", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "type = 'power' AND region = '440705'",
};
/* clang-format on */
