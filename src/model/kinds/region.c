/* 行政区: county and above by GB/T 2260, towns by GB/T 10114. The code is the key. */
#include "model/kinds/kinds.h"

static const Field fields[] = {
    COMMON_FIELDS,
    {.name = "level",
     .tag = 10,
     .type = FIELD_CODE,
     .codes = &list_region_level,
     .label = {"级别", "Level"},
     .filterable = true,
     .headings = "级别",
     .example = "county"},
    {.name = "parent",
     .tag = 11,
     .type = FIELD_REF,
     .ref = KIND_REGION,
     .label = {"上级", "Part of"},
     .filterable = true,
     .headings = "上级",
     .example = "440700"},
    {.name = "short_zh",
     .tag = 12,
     .type = FIELD_TEXT,
     .label = {"简称", "Short name"},
     .headings = "简称",
     .example = "新会"},
};

const KindInfo kind_region = {KIND_REGION, "region", {"行政区", "region"}, {"行政区", "regions"}, GEOMETRY_POLYGON, 0, fields, TABLE_SIZE(fields)};
/* clang-format on */
