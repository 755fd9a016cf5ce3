/* 口岸与枢纽: port, rail station, airport, motorway junction: points that distance is measured to, in a
 * straight line. */
#include "model/kinds/kinds.h"

static const Field fields[] = {
    COMMON_FIELDS,
    {.name = "type",
     .tag = 10,
     .type = FIELD_CODE,
     .codes = &list_facility_type,
     .label = {"类型", "Type"},
     .filterable = true,
     .required = true,
     .headings = "类型",
     .example = "port"},
    {.name = "un_locode",
     .tag = 11,
     .type = FIELD_TEXT,
     .label = {"UN/LOCODE", "UN/LOCODE"},
     .filterable = true,
     .headings = "UN/LOCODE",
     .example = "CNJMN"},
    {.name = "region",
     .tag = 12,
     .type = FIELD_REF,
     .ref = KIND_REGION,
     .label = {"所在区县", "County"},
     .filterable = true,
     .headings = "所在区县|区县",
     .example = "440705"},
};

const KindInfo kind_facility = {KIND_FACILITY, "facility", {"口岸与枢纽", "facility"}, {"口岸与枢纽", "facilities"}, GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields)};
/* clang-format on */
