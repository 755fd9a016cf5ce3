/* 地块: a plot, with its land state, planning limits, price and services. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "park", REF, "园区", "Park", "所属园区", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(11, "region", REF, "区县", "County", "行政区", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(12, "land_use", CODE, "用地性质", "Land use", "土地用途", "M2"), .codes = &list_land_use, .filterable = true},
    {PUBLIC(13, "land_state", CODE, "土地状态", "Land state", "地块状态", "serviced"), .codes = &list_land_state,
     .filterable = true},
    {PUBLIC(14, "area_m2", NUM, "面积", "Area", "用地面积", "133333.33"), .unit = "m2", .decimals = 2, .min = 1,
     .max = 100000000000, .filterable = true},
    {PUBLIC(15, "far_min", NUM, "容积率下限", "FAR from", "", "1.5"), .decimals = 2, .max = 10000, .filterable = true},
    {PUBLIC(16, "far_max", NUM, "容积率上限", "FAR to", "容积率", "3.5"), .decimals = 2, .max = 10000, .filterable = true},
    {PUBLIC(17, "height_max_m", NUM, "限高", "Height limit", "", "60"), .unit = "m", .decimals = 1, .max = 100000,
     .filterable = true},
    {PUBLIC(18, "price_fen_m2", NUM, "地价", "Price", "", "48000"), .unit = "fen/m2", .max = 10000000000,
     .filterable = true},
    {PUBLIC(19, "available_from", DATE, "可供时间", "Available from", "可供地时间", "2023-06-30"), .filterable = true},
    {PUBLIC(20, "promised_until", DATE, "意向锁定至", "Promised until", "", "2022-12-31"), .filterable = true},
    {STAFF(21, "promised_to", TEXT, "意向项目", "Promised to", "", "项目甲")},
    {PUBLIC(22, "env_class", NUM, "环境准入等级", "Environment class", "", "2"), .min = 1, .max = 4, .filterable = true},
    {PUBLIC(23, "invest_min_fen_m2", NUM, "投资强度下限", "Least investment", "投资强度", "450000"), .unit = "fen/m2",
     .max = 1000000000000, .filterable = true},
    OFFICE(24),
    {PUBLIC(27, "growth_boundary", BOOL, "城镇开发边界内", "Within the urban growth boundary", "城镇开发边界", "yes"), .filterable = true},
    {PUBLIC(28, "farmland_overlap", BOOL, "占用永久基本农田", "On permanent basic farmland", "永久基本农田", "no"), .filterable = true},
    {PUBLIC(29, "redline_overlap", BOOL, "占用生态保护红线", "Within the ecological red line", "生态保护红线", "no"),
     .filterable = true},
    SERVICES,
    DISTANCES,
};

const KindInfo kind_parcel = {
    KIND_PARCEL, "parcel", {"地块", "parcel"}, {"地块", "parcels"}, "parcels", GEOMETRY_POLYGON, 11, fields, TABLE_SIZE(fields),
    "area_m2 >= 30000 AND land_use IN ('M1', 'M2')",
};
/* clang-format on */
