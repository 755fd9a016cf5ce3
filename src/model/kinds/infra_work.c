/* 配套工程: one work for one service of a park, money planned and spent, and how far. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "service", CODE, "配套", "Service", "", "power"), .codes = &list_service, .filterable = true},
    {PUBLIC(11, "state", CODE, "状态", "State", "工程状态", "building"), .codes = &list_work_state, .filterable = true},
    {PUBLIC(12, "park", REF, "园区", "Park", "", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(13, "region", REF, "区县", "County", "", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(14, "planned_fen", NUM, "计划投资", "Money planned", "总投资", "12000000000"), MONEY},
    {PUBLIC(15, "spent_fen", NUM, "完成投资", "Money spent", "累计完成投资", "9600000000"), MONEY},
    {PUBLIC(16, "begun_on", DATE, "开工日期", "Begun on", "开工时间", "2022-02"), .filterable = true},
    {PUBLIC(17, "due_on", DATE, "计划完工", "Due on", "", "2023-06"), .filterable = true},
    {PUBLIC(18, "done_on", DATE, "实际完工", "Done on", "", "2022-10"), .filterable = true},
    OFFICE(19),
    ABOUT(21),
};

const KindInfo kind_infra_work = {
    KIND_INFRA_WORK, "infra_work", {"配套工程", "infrastructure work"}, {"配套工程", "infrastructure works"}, "works", GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields),
    "service = 'power' AND state = 'late'",
};
/* clang-format on */
