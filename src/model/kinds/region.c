/* 行政区: county and above by GB/T 2260, towns by GB/T 10114. The code is the key. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "level", CODE, "级别", "Level", "行政级别", "county"), .codes = &list_region_level, .filterable = true},
    {PUBLIC(11, "parent", REF, "上级", "Part of", "", "440700"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(12, "short_zh", TEXT, "简称", "Short name", "", "新会")},
};

const KindInfo kind_region = {
    KIND_REGION, "region", {"行政区", "region"}, {"行政区", "regions"}, "regions", GEOMETRY_POLYGON, 0, fields, TABLE_SIZE(fields),
    "level = 'county' OR parent = '440700'",
};
/* clang-format on */
