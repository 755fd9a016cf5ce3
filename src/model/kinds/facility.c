/* 口岸与枢纽: port, rail station, airport, motorway junction: points that distance is measured to, in a
 * straight line. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "类型", "Type", "设施类型", "port"), .codes = &list_facility_type, .filterable = true,
     .required = true},
    {PUBLIC(11, "un_locode", TEXT, "UN/LOCODE", "UN/LOCODE", "", "CNJMN"), .filterable = true},
    {PUBLIC(12, "region", REF, "所在区县", "County", "区县", "440705"), .ref = KIND_REGION, .filterable = true},
};

const KindInfo kind_facility = {
    KIND_FACILITY, "facility", {"口岸与枢纽", "facility"}, {"口岸与枢纽", "facilities"}, "facilities", GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields),
    "type IN ('port', 'airport')",
};
/* clang-format on */
