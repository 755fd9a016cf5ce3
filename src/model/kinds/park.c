/* 平台 / 园区: any platform, by tier. One park may have several tiers, lie in several counties and belong to
 * several parks. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {FIELD(10, "tiers", CODES, "层级", "Tiers", "平台层级", "pilot_zone;characteristic"), .codes = &list_park_tier,
     .filterable = true},
    {FIELD(11, "regions", REFS, "所在区县", "Counties", "区县", "440705"), .ref = KIND_REGION, .filterable = true},
    {FIELD(12, "parents", REFS, "隶属", "Part of", "所属平台", "jm-group-east"), .ref = KIND_PARK, .filterable = true},
    {FIELD(13, "partners", CODES, "合作来源", "Partner origins", "", "eu"), .codes = &list_partner, .filterable = true},
    {FIELD(14, "focus_zh", TEXT, "主导产业", "Focus (Chinese)", "", "新能源动力电池"), .filterable = true},
    {FIELD(15, "focus_en", TEXT, "主导产业（英文）", "Focus", "主导产业英文", "Traction batteries"), .filterable = true},
    {FIELD(16, "chemical_recognised", BOOL, "认定化工园区", "Recognised chemical park", "", "no"), .filterable = true},
    {FIELD(17, "office_zh", TEXT, "联系单位", "Office (Chinese)", "", "新会区招商部门")},
    {FIELD(18, "office_en", TEXT, "联系单位（英文）", "Office", "联系单位英文", "Xinhui investment office")},
    {FIELD(19, "about_zh", TEXT, "说明", "About (Chinese)", "", "一期主厂房全部封顶")},
    {FIELD(20, "about_en", TEXT, "说明（英文）", "About", "说明英文", "The main halls of phase one are topped out")},
};

const KindInfo kind_park = {
    KIND_PARK, "park", {"园区", "park"}, {"园区", "parks"}, GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields),
};
/* clang-format on */
