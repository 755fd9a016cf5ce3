/* 单元: a floor or part of one, to let or to sell. The operator confirms vacancy, with a date. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "building", REF, "载体", "Building", "楼栋", "jm-bldg-001"), .ref = KIND_BUILDING, .filterable = true,
     .required = true},
    {PUBLIC(11, "park", REF, "园区", "Park", "所属园区", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(12, "region", REF, "区县", "County", "行政区", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(13, "storey", NUM, "楼层", "Storey", "所在层", "3"), .min = -5, .max = 200, .filterable = true},
    {PUBLIC(14, "state", CODE, "招租状态", "State", "出租状态", "vacant"), .codes = &list_unit_state, .filterable = true},
    {PUBLIC(15, "area_m2", NUM, "面积", "Area", "可租面积", "2400"), .unit = "m2", .decimals = 2, .min = 1,
     .max = 100000000000, .filterable = true},
    {PUBLIC(16, "smallest_m2", NUM, "最小分割", "Smallest part", "最小分割面积", "600"), .unit = "m2", .decimals = 2,
     .max = 100000000000, .filterable = true},
    {PUBLIC(17, "clear_height_m", NUM, "层高", "Clear height", "净高", "5.4"), .unit = "m", .decimals = 2, .max = 10000,
     .filterable = true},
    {PUBLIC(18, "load_kg_m2", NUM, "楼面承重", "Floor load", "承重", "800"), .unit = "kg/m2", .max = 100000,
     .filterable = true},
    {PUBLIC(19, "column_grid_m", NUM, "柱距", "Column spacing", "", "8.4"), .unit = "m", .decimals = 2, .max = 10000,
     .filterable = true},
    {PUBLIC(20, "crane_t", NUM, "行车", "Crane", "行车吨位", "10"), .unit = "t", .decimals = 1, .max = 10000,
     .filterable = true},
    {PUBLIC(21, "lift_t", NUM, "货梯", "Goods lift", "货梯载重", "3"), .unit = "t", .decimals = 1, .max = 10000,
     .filterable = true},
    {PUBLIC(22, "power_kva", NUM, "配电", "Power", "", "630"), .unit = "kVA", .decimals = 1, .max = 100000000000,
     .filterable = true},
    {PUBLIC(23, "rent_fen_m2_month", NUM, "租金", "Rent", "月租金", "1500"), .unit = "fen/m2/month", .max = 100000000,
     .filterable = true},
    {PUBLIC(24, "price_fen_m2", NUM, "售价", "Price to buy", "", "380000"), .unit = "fen/m2", .max = 10000000000,
     .filterable = true},
    {PUBLIC(25, "available_from", DATE, "可用时间", "Available from", "可入驻时间", "2022-12"), .filterable = true},
    {PUBLIC(26, "confirmed_on", DATE, "空置确认日期", "Vacancy confirmed on", "", "2022-11-15"), .filterable = true},
    {STAFF(27, "let_to", TEXT, "承租方", "Let to", "", "企业甲")},
};

const KindInfo kind_unit = {
    KIND_UNIT, "unit", {"单元", "unit"}, {"单元", "units"}, "units", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "state = 'vacant' AND area_m2 >= 2000 AND load_kg_m2 >= 800",
};
/* clang-format on */
