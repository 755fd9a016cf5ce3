/* 地块: a plot, with its land state, planning limits, price and services (九通一平) as dated parts.
 * Each service is a part: its state, its in-service date and, where it has one, its capacity and what is left
 * of it. */
#include "model/kinds/kinds.h"

#define SERVICE(id, base, zh, en)                                                                            \
    {.name = #id "_state",                                                                                   \
     .tag = base,                                                                                            \
     .type = FIELD_CODE,                                                                                     \
     .codes = &list_service_state,                                                                           \
     .label = {zh, en},                                                                                      \
     .filterable = true,                                                                                     \
     .headings = zh "|" zh "状态",                                                                           \
     .part = #id,                                                                                            \
     .attr = "state",                                                                                        \
     .example = "done"},                                                                                     \
    {                                                                                                        \
        .name = #id "_in_service", .tag = base + 1, .type = FIELD_DATE,                                      \
        .label = {zh "投用日期", en ", in service"}, .filterable = true,                                     \
        .headings = zh "投用日期|" zh "接通日期", .part = #id, .attr = "in_service", .example = "2023-06"    \
    }

#define CAPACITY(id, base, suffix, unit_, zh, en)                                                            \
    {.name = #id "_capacity_" #suffix,                                                                       \
     .tag = base + 2,                                                                                        \
     .type = FIELD_NUM,                                                                                      \
     .unit = unit_,                                                                                          \
     .max = 100000000000,                                                                                    \
     .decimals = 1,                                                                                          \
     .label = {zh "容量", en " capacity"},                                                                   \
     .filterable = true,                                                                                     \
     .headings = zh "容量",                                                                                  \
     .part = #id,                                                                                            \
     .attr = "capacity",                                                                                     \
     .example = "63000"},                                                                                    \
    {                                                                                                        \
        .name = #id "_left_" #suffix, .tag = base + 3, .type = FIELD_NUM, .unit = unit_,                     \
        .max = 100000000000, .decimals = 1, .label = {zh "余量", en " left"}, .filterable = true,            \
        .headings = zh "余量|剩余" zh "容量", .part = #id, .attr = "left", .example = "20000"                \
    }

#define NEAR(id, base, zh, en)                                                                               \
    {                                                                                                        \
        .name = id "_m", .tag = base, .type = FIELD_NUM, .unit = "m", .max = 21000000,                       \
        .label = {"距" zh, "To the nearest " en}, .filterable = true, .near = id, .example = "12000"         \
    }

static const Field fields[] = {
    COMMON_FIELDS,
    {.name = "park",
     .tag = 10,
     .type = FIELD_REF,
     .ref = KIND_PARK,
     .label = {"园区", "Park"},
     .filterable = true,
     .headings = "园区|所属园区",
     .example = "jm-fengshanhu"},
    {.name = "region",
     .tag = 11,
     .type = FIELD_REF,
     .ref = KIND_REGION,
     .label = {"区县", "County"},
     .filterable = true,
     .headings = "区县|行政区",
     .example = "440705"},
    {.name = "land_use",
     .tag = 12,
     .type = FIELD_CODE,
     .codes = &list_land_use,
     .label = {"用地性质", "Land use"},
     .filterable = true,
     .headings = "用地性质|土地用途",
     .example = "M2"},
    {.name = "land_state",
     .tag = 13,
     .type = FIELD_CODE,
     .codes = &list_land_state,
     .label = {"土地状态", "Land state"},
     .filterable = true,
     .headings = "土地状态|地块状态",
     .example = "serviced"},
    {.name = "area_m2",
     .tag = 14,
     .type = FIELD_NUM,
     .decimals = 2,
     .unit = "m2",
     .min = 1,
     .max = 100000000000,
     .label = {"面积", "Area"},
     .filterable = true,
     .headings = "面积",
     .example = "133333.33"},
    {.name = "far_min",
     .tag = 15,
     .type = FIELD_NUM,
     .decimals = 2,
     .max = 10000,
     .label = {"容积率下限", "FAR from"},
     .filterable = true,
     .headings = "容积率下限",
     .example = "1.5"},
    {.name = "far_max",
     .tag = 16,
     .type = FIELD_NUM,
     .decimals = 2,
     .max = 10000,
     .label = {"容积率上限", "FAR to"},
     .filterable = true,
     .headings = "容积率上限|容积率",
     .example = "3.5"},
    {.name = "height_max_m",
     .tag = 17,
     .type = FIELD_NUM,
     .decimals = 1,
     .unit = "m",
     .max = 100000,
     .label = {"限高", "Height limit"},
     .filterable = true,
     .headings = "限高",
     .example = "60"},
    {.name = "price_fen_m2",
     .tag = 18,
     .type = FIELD_NUM,
     .unit = "fen/m2",
     .max = 10000000000,
     .label = {"地价", "Price"},
     .filterable = true,
     .headings = "地价",
     .example = "48000"},
    {.name = "available_from",
     .tag = 19,
     .type = FIELD_DATE,
     .label = {"可供时间", "Available from"},
     .filterable = true,
     .headings = "可供时间|可供地时间",
     .example = "2023-06-30"},
    {.name = "promised_until",
     .tag = 20,
     .type = FIELD_DATE,
     .label = {"意向锁定至", "Promised until"},
     .filterable = true,
     .headings = "意向锁定至",
     .example = "2022-12-31"},
    {.name = "promised_to",
     .tag = 21,
     .type = FIELD_TEXT,
     .visibility = AUDIENCE_STAFF,
     .label = {"意向项目", "Promised to"},
     .headings = "意向项目",
     .example = "项目甲"},
    {.name = "env_class",
     .tag = 22,
     .type = FIELD_NUM,
     .min = 1,
     .max = 4,
     .label = {"环境准入等级（1 最严）", "Environment class (1 strictest)"},
     .filterable = true,
     .headings = "环境准入等级",
     .example = "2"},
    {.name = "invest_min_fen_m2",
     .tag = 23,
     .type = FIELD_NUM,
     .unit = "fen/m2",
     .max = 1000000000000,
     .label = {"投资强度下限", "Least investment"},
     .filterable = true,
     .headings = "投资强度",
     .example = "450000"},
    {.name = "office_zh",
     .tag = 24,
     .type = FIELD_TEXT,
     .label = {"联系单位", "Office (Chinese)"},
     .headings = "联系单位",
     .example = "新会区自然资源局"},
    {.name = "office_en",
     .tag = 25,
     .type = FIELD_TEXT,
     .label = {"联系单位（英文）", "Office"},
     .headings = "联系单位英文",
     .example = "Xinhui Natural Resources Bureau"},
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
    KIND_PARCEL, "parcel", {"地块", "parcel"}, {"地块", "parcels"}, GEOMETRY_POLYGON,
    11,          fields,   TABLE_SIZE(fields)};
