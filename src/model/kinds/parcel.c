/* 地块: a plot, with its land state, planning limits, price and services (九通一平) as dated parts.
 * Each service is a part: its state, its in-service date and, where it has one, its capacity and what is
 * left of it. */
#include "model/kinds/kinds.h"

/* clang-format off */

#define SERVICE(id, base, zh, en) \
    {FIELD(base, #id "_state", CODE, zh, en, zh "状态", "done"), .codes = &list_service_state, .filterable = true, \
     .part = #id, .attr = "state"}, \
    {FIELD(base + 1, #id "_in_service", DATE, zh "投用日期", en ", in service", zh "接通日期", "2023-06"), \
     .filterable = true, .part = #id, .attr = "in_service"}

#define CAPACITY(id, base, suffix, unit_, zh, en) \
    {FIELD(base + 2, #id "_capacity_" #suffix, NUM, zh "容量", en " capacity", "", "63000"), .unit = unit_, \
     .decimals = 1, .max = 100000000000, .filterable = true, .part = #id, .attr = "capacity"}, \
    {FIELD(base + 3, #id "_left_" #suffix, NUM, zh "余量", en " left", "剩余" zh, "20000"), .unit = unit_, \
     .decimals = 1, .max = 100000000000, .filterable = true, .part = #id, .attr = "left"}

#define NEAR(id, base, zh, en) \
    {FIELD(base, id "_m", NUM, "距" zh, "To the nearest " en, "", "12000"), .unit = "m", .max = 21000000, \
     .filterable = true, .near = id}

static const Field fields[] = {
    COMMON_FIELDS,
    {FIELD(10, "park", REF, "园区", "Park", "所属园区", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {FIELD(11, "region", REF, "区县", "County", "行政区", "440705"), .ref = KIND_REGION, .filterable = true},
    {FIELD(12, "land_use", CODE, "用地性质", "Land use", "土地用途", "M2"), .codes = &list_land_use, .filterable = true},
    {FIELD(13, "land_state", CODE, "土地状态", "Land state", "地块状态", "serviced"), .codes = &list_land_state,
     .filterable = true},
    {FIELD(14, "area_m2", NUM, "面积", "Area", "用地面积", "133333.33"), .unit = "m2", .decimals = 2, .min = 1,
     .max = 100000000000, .filterable = true},
    {FIELD(15, "far_min", NUM, "容积率下限", "FAR from", "", "1.5"), .decimals = 2, .max = 10000, .filterable = true},
    {FIELD(16, "far_max", NUM, "容积率上限", "FAR to", "容积率", "3.5"), .decimals = 2, .max = 10000, .filterable = true},
    {FIELD(17, "height_max_m", NUM, "限高", "Height limit", "", "60"), .unit = "m", .decimals = 1, .max = 100000,
     .filterable = true},
    {FIELD(18, "price_fen_m2", NUM, "地价", "Price", "", "48000"), .unit = "fen/m2", .max = 10000000000,
     .filterable = true},
    {FIELD(19, "available_from", DATE, "可供时间", "Available from", "可供地时间", "2023-06-30"), .filterable = true},
    {FIELD(20, "promised_until", DATE, "意向锁定至", "Promised until", "", "2022-12-31"), .filterable = true},
    {FIELD(21, "promised_to", TEXT, "意向项目", "Promised to", "", "项目甲"), .visibility = AUDIENCE_STAFF},
    {FIELD(22, "env_class", NUM, "环境准入等级", "Environment class", "", "2"), .min = 1, .max = 4, .filterable = true},
    {FIELD(23, "invest_min_fen_m2", NUM, "投资强度下限", "Least investment", "投资强度", "450000"), .unit = "fen/m2",
     .max = 1000000000000, .filterable = true},
    {FIELD(24, "office_zh", TEXT, "联系单位", "Office (Chinese)", "", "新会区自然资源局")},
    {FIELD(25, "office_en", TEXT, "联系单位（英文）", "Office", "联系单位英文", "Xinhui Natural Resources Bureau")},
    SERVICE(road, 30, "道路", "Road"),
    SERVICE(water, 40, "供水", "Water"),
    CAPACITY(water, 40, m3d, "m3/d", "供水", "Water"),
    SERVICE(rainwater, 50, "雨水", "Rainwater"),
    SERVICE(sewage, 60, "污水", "Sewage"),
    CAPACITY(sewage, 60, m3d, "m3/d", "污水", "Sewage"),
    SERVICE(power, 70, "供电", "Power"),
    CAPACITY(power, 70, kva, "kVA", "供电", "Power"),
    SERVICE(heat, 80, "供热", "Heat"),
    CAPACITY(heat, 80, tph, "t/h", "供热", "Heat"),
    SERVICE(gas, 90, "燃气", "Gas"),
    CAPACITY(gas, 90, m3h, "m3/h", "燃气", "Gas"),
    SERVICE(telecom, 100, "通讯", "Telecom"),
    SERVICE(tv, 110, "有线电视", "Cable TV"),
    SERVICE(levelling, 120, "平整", "Levelling"),
    NEAR("port", 200, "港口", "port"),
    NEAR("rail_station", 201, "铁路站", "rail station"),
    NEAR("airport", 202, "机场", "airport"),
    NEAR("motorway_junction", 203, "高速出入口", "motorway junction"),
};

const KindInfo kind_parcel = {
    KIND_PARCEL, "parcel", {"地块", "parcel"}, {"地块", "parcels"}, GEOMETRY_POLYGON, 11, fields, TABLE_SIZE(fields),
};
/* clang-format on */
