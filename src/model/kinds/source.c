/* 来源: who said it. Its authority decides between two sources that differ. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "类型", "Type", "来源类型", "bureau"), .codes = &list_source_type, .filterable = true},
    {PUBLIC(11, "authority", NUM, "权威度", "Authority", "", "50"), .max = 100},
    {PUBLIC(12, "licence", TEXT, "许可", "Licence", "", "MIT")},
    {PUBLIC(13, "url", TEXT, "网址", "Address", "", "http://dzb.jmrb.com/")},
    {PUBLIC(14, "published", DATE, "发布日期", "Published", "", "2022-11-30"), .filterable = true},
    {PUBLIC(15, "refresh_d", NUM, "更新期", "Refresh period", "", "180"), .unit = "d", .min = 1, .max = 3660},
    {STAFF(16, "rows_visibility", CODE, "行默认公开范围", "Default visibility of its rows", "", "public"),
     .codes = &list_visibility},
    {PUBLIC(17, "office_zh", TEXT, "联系单位", "Office (Chinese)", "", "江门市自然资源局")},
    {PUBLIC(18, "office_en", TEXT, "联系单位（英文）", "Office", "联系单位英文", "Jiangmen Natural Resources Bureau")},
};

const KindInfo kind_source = {
    KIND_SOURCE, "source", {"来源", "source"}, {"来源", "sources"}, "sources", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "type = 'bureau' AND published >= '2022-11'",
};
/* clang-format on */
