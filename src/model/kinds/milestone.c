/* 节点: a stage of a project with three dates: planned, actual, confirmed. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "project", REF, "项目", "Project", "", "jm-caihong"), .ref = KIND_PROJECT, .filterable = true,
     .required = true},
    {PUBLIC(11, "stage", CODE, "阶段", "Stage", "", "started"), .codes = &list_project_stage, .filterable = true,
     .required = true},
    {PUBLIC(12, "building_zh", TEXT, "单体", "Building (Chinese)", "", "M1 主厂房")},
    {PUBLIC(13, "building_en", TEXT, "单体（英文）", "Building", "", "M1 main hall")},
    {PUBLIC(14, "planned_on", DATE, "计划日期", "Planned", "计划时间", "2022-03"), .filterable = true},
    {PUBLIC(15, "actual_on", DATE, "实际日期", "Actual", "实际时间", "2022-02-20"), .filterable = true},
    {PUBLIC(16, "confirmed_on", DATE, "确认日期", "Confirmed", "", "2022-03-01"), .filterable = true},
    {PUBLIC(17, "took_d", NUM, "用时", "Took", "用时天数", "50"), .unit = "d", .max = 100000, .filterable = true},
    {PUBLIC(18, "since", CODE, "自", "Since", "", "signed"), .codes = &list_project_stage, .filterable = true},
    {PUBLIC(19, "evidence", CODES, "佐证", "Evidence", "", "building_permit"), .codes = &list_evidence,
     .filterable = true},
    ABOUT(20),
};

const KindInfo kind_milestone = {
    KIND_MILESTONE, "milestone", {"节点", "milestone"}, {"节点", "milestones"}, "milestones", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "stage = 'started' AND actual_on IS NULL",
};
/* clang-format on */
