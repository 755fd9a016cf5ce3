/* 行政区: county and above by GB/T 2260, towns by GB/T 10114. The code is the key. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {FIELD(10, "level", CODE, "级别", "Level", "行政级别", "county"), .codes = &list_region_level, .filterable = true},
    {FIELD(11, "parent", REF, "上级", "Part of", "", "440700"), .ref = KIND_REGION, .filterable = true},
    {FIELD(12, "short_zh", TEXT, "简称", "Short name", "", "新会")},
};

const KindInfo kind_region = {
    KIND_REGION, "region", {"行政区", "region"}, {"行政区", "regions"}, GEOMETRY_POLYGON, 0, fields, TABLE_SIZE(fields),
};
/* clang-format on */
