/* 招商活动: a conference, what was signed there; what was kept follows from the projects. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "类型", "Type", "", "conference"), .codes = &list_event_type, .filterable = true},
    {PUBLIC(11, "held_on", DATE, "日期", "Held on", "举办日期", "2022-08-06"), .filterable = true},
    {PUBLIC(12, "region", REF, "地点", "Place", "", "440700"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(13, "signed", NUM, "签约项目数", "Projects signed", "签约项目", "111"), .max = 100000, .filterable = true},
    {PUBLIC(14, "fields", CODES, "领域", "Fields", "", "industry;technology;finance"), .codes = &list_project_field,
     .filterable = true},
    OFFICE(15),
    ABOUT(17),
};

const KindInfo kind_event = {
    KIND_EVENT, "event", {"招商活动", "event"}, {"招商活动", "events"}, "events", GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields),
    "held_on >= '2022'",
};
/* clang-format on */
