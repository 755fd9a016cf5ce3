/* 平台 / 园区: any platform, by tier. One park may have several tiers, lie in several counties and belong to
 * several parks. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "tiers", CODES, "层级", "Tiers", "平台层级", "pilot_zone;characteristic"), .codes = &list_park_tier,
     .filterable = true},
    {PUBLIC(11, "regions", REFS, "所在区县", "Counties", "区县", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(12, "parents", REFS, "隶属", "Part of", "所属平台", "jm-group-east"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(13, "partners", CODES, "合作来源", "Partner origins", "", "eu"), .codes = &list_partner, .filterable = true},
    {PUBLIC(14, "focus_zh", TEXT, "主导产业", "Focus (Chinese)", "", "新能源动力电池"), .filterable = true},
    {PUBLIC(15, "focus_en", TEXT, "主导产业（英文）", "Focus", "主导产业英文", "Traction batteries"), .filterable = true},
    {PUBLIC(16, "chemical_recognised", BOOL, "认定化工园区", "Recognised chemical park", "", "no"), .filterable = true},
    OFFICE(17),
    ABOUT(19),
    {PUBLIC(21, "planned_m2", NUM, "规划面积", "Planned area", "", "10000000"), .unit = "m2", .decimals = 2,
     .max = 1000000000000, .filterable = true},
    {PUBLIC(22, "reply_d", NUM, "答复期限", "Replies within", "答复时限", "2"), .unit = "d", .min = 1, .max = 365},
    {PUBLIC(23, "admits", REFS, "准入目录", "Admits", "园区准入目录|准入产业|准入环节", "battery.cell"), .ref = KIND_SEGMENT,
     .filterable = true},
    SERVICES,
    DISTANCES,
};

const KindInfo kind_park = {
    KIND_PARK, "park", {"园区", "park"}, {"园区", "parks"}, "parks", GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields),
    "tiers = 'pilot_zone' AND NOT chemical_recognised = TRUE",
};
/* clang-format on */
