/* 角色: an enterprise makes what a segment is, leads its chain, or plans to. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "enterprise", REF, "企业", "Enterprise", "", "jm-ent-0001"), .ref = KIND_ENTERPRISE,
     .filterable = true, .required = true},
    {PUBLIC(11, "segment", REF, "环节", "Segment", "", "battery.cell"), .ref = KIND_SEGMENT, .filterable = true},
    {PUBLIC(12, "chain", REF, "产业链", "Chain", "", "battery"), .ref = KIND_CHAIN, .filterable = true,
     .required = true},
    {PUBLIC(13, "type", CODE, "角色", "Role", "", "leader"), .codes = &list_role_type, .filterable = true,
     .required = true},
    {PUBLIC(14, "park", REF, "园区", "Park", "", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
};

const KindInfo kind_role = {
    KIND_ROLE, "role", {"角色", "role"}, {"角色", "roles"}, "roles", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "type = 'leader'",
};
/* clang-format on */
