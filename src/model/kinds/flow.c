/* 供需关系: which segment supplies which. Several one_of flows with the same alternative are one need. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "chain", REF, "产业链", "Chain", "", "battery"), .ref = KIND_CHAIN, .filterable = true,
     .required = true},
    {PUBLIC(11, "from_segment", REF, "供方环节", "From", "", "battery.case"), .ref = KIND_SEGMENT, .filterable = true,
     .required = true},
    {PUBLIC(12, "to_segment", REF, "需方环节", "To", "", "battery.cell"), .ref = KIND_SEGMENT, .filterable = true,
     .required = true},
    {PUBLIC(13, "weight", NUM, "权重", "Weight", "", "20"), .min = 1, .max = 100, .filterable = true},
    {PUBLIC(14, "mode", CODE, "方式", "Mode", "", "all_of"), .codes = &list_flow_mode, .filterable = true},
    {PUBLIC(15, "alternative", TEXT, "替代组", "Alternative", "", "cathode"), .filterable = true},
    {PUBLIC(16, "recycling", BOOL, "回流", "Recycling", "", "no"), .filterable = true},
};

const KindInfo kind_flow = {
    KIND_FLOW, "flow", {"供需关系", "flow"}, {"供需关系", "flows"}, "flows", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "chain = 'battery' AND mode = 'one_of'",
};
/* clang-format on */
