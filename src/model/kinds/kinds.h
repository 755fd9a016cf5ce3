/* model/kinds/kinds.h: how the tables of kinds are written down. Only this folder and model.c include it. */
#pragma once
#include "model/model.h"

#define TABLE_SIZE(table) (uint32_t)(sizeof(table) / sizeof *(table))

/* clang-format off */

/* One field: tag, name, type, label in Chinese and English, other headings of real sheets (separated by |), example.
 * What is not said is the default: public, not filterable, no unit. */
#define FIELD(tag_, name_, type_, zh_, en_, headings_, example_) \
    .tag = tag_, .name = name_, .type = FIELD_##type_, .label = {zh_, en_}, .headings = headings_, .example = example_

/* The fields every kind begins with; tags 2 to 6. */
#define COMMON_FIELDS \
    {FIELD(2, "name_zh", TEXT, "名称", "Name (Chinese)", "中文名", "凤山湖园区"), .filterable = true}, \
    {FIELD(3, "name_en", TEXT, "英文名", "Name (English)", "", "Fengshan Lake Park"), .filterable = true}, \
    {FIELD(4, "how", CODE, "数据性质", "How it is known", "", "reported"), .codes = &list_how, .filterable = true}, \
    {FIELD(5, "visibility", CODE, "公开范围", "Visibility", "", "public"), .codes = &list_visibility, \
     .visibility = AUDIENCE_STAFF}, \
    {FIELD(6, "precision", CODE, "位置精度", "Precision of place", "", "approximate"), .codes = &list_precision, \
     .filterable = true}

/* clang-format on */

extern const CodeList list_how, list_visibility, list_precision, list_region_level, list_park_tier,
    list_partner, list_facility_type, list_land_use, list_land_state, list_service_state, list_source_type;

extern const KindInfo kind_source, kind_region, kind_park, kind_facility, kind_parcel;
