/* model/kinds/kinds.h: how the tables of kinds are written down. Only files of this folder and model.c
 * include it. */
#pragma once
#include "model/model.h"

#define NO_LIMIT          .min = 0, .max = 0
#define TABLE_SIZE(table) (uint32_t)(sizeof(table) / sizeof *(table))

/* The fields every kind begins with; tags 2 to 6. */
#define COMMON_FIELDS                                                                                        \
    {.name = "name_zh",                                                                                      \
     .tag = 2,                                                                                               \
     .type = FIELD_TEXT,                                                                                     \
     .label = {"名称", "Name (Chinese)"},                                                                    \
     .filterable = true,                                                                                     \
     .headings = "名称|中文名",                                                                              \
     .example = "凤山湖园区"},                                                                               \
        {.name = "name_en",                                                                                  \
         .tag = 3,                                                                                           \
         .type = FIELD_TEXT,                                                                                 \
         .label = {"英文名", "Name (English)"},                                                              \
         .filterable = true,                                                                                 \
         .headings = "英文名",                                                                               \
         .example = "Fengshan Lake Park"},                                                                   \
        {.name = "how",                                                                                      \
         .tag = 4,                                                                                           \
         .type = FIELD_CODE,                                                                                 \
         .codes = &list_how,                                                                                 \
         .label = {"数据性质", "How it is known"},                                                           \
         .filterable = true,                                                                                 \
         .headings = "数据性质",                                                                             \
         .example = "reported"},                                                                             \
        {.name = "visibility",                                                                               \
         .tag = 5,                                                                                           \
         .type = FIELD_CODE,                                                                                 \
         .codes = &list_visibility,                                                                          \
         .visibility = AUDIENCE_STAFF,                                                                       \
         .label = {"公开范围", "Visibility"},                                                                \
         .headings = "公开范围",                                                                             \
         .example = "public"},                                                                               \
    {                                                                                                        \
        .name = "precision", .tag = 6, .type = FIELD_CODE, .codes = &list_precision,                         \
        .label = {"位置精度", "Precision of place"}, .filterable = true, .headings = "位置精度",             \
        .example = "approximate"                                                                             \
    }

extern const CodeList list_how, list_visibility, list_precision, list_region_level, list_park_tier,
    list_partner, list_facility_type, list_land_use, list_land_state, list_service_state, list_source_type;

extern const KindInfo kind_source, kind_region, kind_park, kind_facility, kind_parcel;
