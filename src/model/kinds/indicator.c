/* 指标: a defined figure. Its values are observations, in its unit. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "value_unit", CODE, "单位", "Unit", "", "fen"), .codes = &list_value_unit, .filterable = true,
     .required = true},
    {PUBLIC(11, "better", CODE, "方向", "Better when", "", "more"), .codes = &list_better, .filterable = true},
    {PUBLIC(12, "definition_zh", TEXT, "口径", "Definition (Chinese)", "", "规模以上工业企业")},
    {PUBLIC(13, "definition_en", TEXT, "口径（英文）", "Definition", "", "Industrial enterprises above the threshold")},
    {PUBLIC(14, "order", NUM, "次序", "Order", "", "1"), .max = 10000, .filterable = true},
    {PUBLIC(15, "headline", BOOL, "首页显示", "On the first page", "", "yes"), .filterable = true},
    {PUBLIC(16, "rows_kind", TEXT, "据以复算的类", "Rows that are counted", "", "project")},
    {PUBLIC(17, "rows_filter", TEXT, "复算条件", "Filter of the rows", "", "type='new'")},
    {PUBLIC(18, "rows_sum", TEXT, "复算合计项", "Field that is summed", "", "invest_fen")},
    {PUBLIC(19, "ratio_zh", TEXT, "比率算法", "Ratio (Chinese)", "", "数值 ÷ 目标")},
    OFFICE(20),
    ABOUT(22),
    {PUBLIC(24, "ratio_en", TEXT, "比率算法（英文）", "Ratio (English)", "", "Value ÷ target")},
};

const KindInfo kind_indicator = {
    KIND_INDICATOR, "indicator", {"指标", "indicator"}, {"指标", "indicators"}, "indicators", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "headline = TRUE",
};
/* clang-format on */
