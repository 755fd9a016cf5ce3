/* 配套关系: one enterprise supplies another. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "supplier", REF, "供方", "Supplier", "", "jm-ent-0001"), .ref = KIND_ENTERPRISE, .filterable = true,
     .required = true},
    {PUBLIC(11, "customer", REF, "需方", "Customer", "", "jm-ent-0002"), .ref = KIND_ENTERPRISE, .filterable = true,
     .required = true},
    {PUBLIC(12, "segment", REF, "环节", "Segment", "", "battery.case"), .ref = KIND_SEGMENT, .filterable = true},
    {PUBLIC(13, "goods_zh", TEXT, "产品", "Goods (Chinese)", "", "电芯壳体")},
    {PUBLIC(14, "goods_en", TEXT, "产品（英文）", "Goods", "", "Cell cases")},
};

const KindInfo kind_supply = {
    KIND_SUPPLY, "supply", {"配套关系", "supply"}, {"配套关系", "supplies"}, "supplies", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "segment = 'battery.case'",
};
/* clang-format on */
