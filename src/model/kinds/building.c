/* 载体: a building with floor space to let or sell; its units are rows of their own. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "park", REF, "园区", "Park", "所属园区", "jm-enping-daihuai"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(11, "region", REF, "区县", "County", "行政区", "440785"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(12, "project", REF, "载体项目", "Carrier project", "", "jm-shengtaichang"), .ref = KIND_PROJECT,
     .filterable = true},
    {PUBLIC(13, "type", CODE, "类型", "Type", "载体类型", "standard_factory"), .codes = &list_carrier_type,
     .filterable = true},
    {PUBLIC(14, "state", CODE, "状态", "State", "建设状态", "built"), .codes = &list_building_state, .filterable = true},
    {PUBLIC(15, "storeys", NUM, "层数", "Storeys", "地上层数", "5"), .min = 1, .max = 200, .filterable = true},
    {PUBLIC(16, "floor_area_m2", NUM, "建筑面积", "Floor area", "总建筑面积", "24000"), .unit = "m2", .decimals = 2,
     .max = 100000000000, .filterable = true},
    {PUBLIC(17, "fire_hazard", CODE, "火灾危险性", "Fire hazard class", "火灾危险性类别", "C"), .codes = &list_fire_hazard,
     .filterable = true},
    {PUBLIC(18, "fire_resistance", CODE, "耐火等级", "Fire resistance", "", "2"), .codes = &list_fire_resistance,
     .filterable = true},
    {PUBLIC(19, "power_kva", NUM, "配电", "Power", "配电容量", "2000"), .unit = "kVA", .decimals = 1, .max = 100000000000,
     .filterable = true},
    {PUBLIC(20, "sewage_allowed", BOOL, "可排污", "Waste water allowed", "排污", "yes"), .filterable = true},
    {PUBLIC(21, "exhaust_allowed", BOOL, "可排风", "Exhaust allowed", "排风", "no"), .filterable = true},
    {PUBLIC(22, "built_on", DATE, "竣工日期", "Completed on", "竣工时间", "2022-07"), .filterable = true},
    OFFICE(23),
    ABOUT(25),
};

const KindInfo kind_building = {
    KIND_BUILDING, "building", {"载体", "building"}, {"载体", "buildings"}, "buildings", GEOMETRY_POINT, 0, fields, TABLE_SIZE(fields),
    "type = 'standard_factory' AND fire_hazard = 'C'",
};
/* clang-format on */
