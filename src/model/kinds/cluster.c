/* 战略性产业集群: the province has 20, the city 8; chains roll up into the city's, those into the province's.
 */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "level", CODE, "层级", "Level", "", "city"), .codes = &list_cluster_level, .filterable = true,
     .required = true},
    {PUBLIC(11, "number", NUM, "序号", "Number", "", "3"), .min = 1, .max = 1000, .filterable = true},
    {PUBLIC(12, "rolls_into", REFS, "归入", "Rolls up into", "上级集群", "gd-01"), .ref = KIND_CLUSTER, .filterable = true},
    ABOUT(13),
};

const KindInfo kind_cluster = {
    KIND_CLUSTER, "cluster", {"产业集群", "cluster"}, {"产业集群", "clusters"}, "clusters", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "level = 'city'",
};
/* clang-format on */
