/* model/kinds/kinds.h: how the tables of kinds are written down. Only this folder and model.c include it. */
#pragma once
#include "model/model.h"

#define TABLE_SIZE(table) (uint32_t)(sizeof(table) / sizeof *(table))

/* clang-format off */

/* A code list; and one of which a deployment may change labels and order, or the codes too. Only model/lists.c writes. */
#define LIST_(id, zh, en, change) CodeList list_##id = {#id, {zh, en}, id##_codes, TABLE_SIZE(id##_codes), change}
#define LIST(id, zh, en) LIST_(id, zh, en, LIST_FIXED)
#define LABELS_LIST(id, zh, en) LIST_(id, zh, en, LIST_LABELS)
#define OPEN_LIST(id, zh, en) LIST_(id, zh, en, LIST_OPEN)

/* One field: tag, name, type, label in Chinese and English, other headings of real sheets (separated by |), example.
 * The macro's name is who may see it: no field is written without saying so. What else is not said is the default: not
 * filterable, no unit. */
#define FIELD_(tag_, name_, type_, zh_, en_, headings_, example_, audience_) \
    .tag = tag_, .name = name_, .type = FIELD_##type_, .visibility = AUDIENCE_##audience_, .label = {zh_, en_}, \
    .headings = headings_, .example = example_
#define PUBLIC(tag, name, type, zh, en, headings, example) \
    FIELD_(tag, name, type, zh, en, headings, example, PUBLIC)
#define STAFF(tag, name, type, zh, en, headings, example) FIELD_(tag, name, type, zh, en, headings, example, STAFF)

/* The fields every kind begins with; tags 2 to 8. */
#define COMMON_FIELDS \
    {PUBLIC(2, "name_zh", TEXT, "名称", "Name (Chinese)", "中文名", "凤山湖园区"), .filterable = true}, \
    {PUBLIC(3, "name_en", TEXT, "英文名", "Name (English)", "", "Fengshan Lake Park"), .filterable = true}, \
    {PUBLIC(4, "how", CODE, "数据性质", "How it is known", "", "reported"), .codes = &list_how, .filterable = true}, \
    {STAFF(5, "visibility", CODE, "公开范围", "Visibility", "", "public"), .codes = &list_visibility}, \
    {PUBLIC(6, "precision", CODE, "位置精度", "Precision of place", "", "approximate"), .codes = &list_precision, \
     .filterable = true}, \
    {PUBLIC(7, "aliases", TEXT, "别名", "Other names", "又名|曾用名", "凤山湖产业园；新会凤山湖")}, \
    {PUBLIC(8, "sample", TEXT, "示例项", "Sample values", "", "planned_m2;office_zh"), .derived = true}

/* An office that answers, a text about the thing: in both languages. Each takes two tags. */
#define OFFICE(tag) \
    {PUBLIC(tag, "office_zh", TEXT, "联系单位", "Office (Chinese)", "", "新会区招商部门")}, \
    {PUBLIC(tag + 1, "office_en", TEXT, "联系单位（英文）", "Office", "联系单位英文", "Xinhui investment office")}
#define ABOUT(tag) \
    {PUBLIC(tag, "about_zh", TEXT, "说明", "About (Chinese)", "备注", "一期主厂房全部封顶")}, \
    {PUBLIC(tag + 1, "about_en", TEXT, "说明（英文）", "About", "说明英文", "The main halls of phase one are topped out")}

/* 九通一平 as dated parts: each service's state, its in-service date and, where it has one, its capacity and what is
 * left of it. Tags 30 to 129. */
#define SERVICE(id, base, zh, en) \
    {PUBLIC(base, #id "_state", CODE, zh, en, zh "状态", "done"), .codes = &list_service_state, .filterable = true, \
     .part = #id, .attr = "state"}, \
    {PUBLIC(base + 1, #id "_in_service", DATE, zh "投用日期", en ", in service", zh "接通日期", "2023-06"), \
     .filterable = true, .part = #id, .attr = "in_service"}

#define CAPACITY(id, base, suffix, unit_, zh, en) \
    {PUBLIC(base + 2, #id "_capacity_" #suffix, NUM, zh "容量", en " capacity", "", "63000"), .unit = unit_, \
     .decimals = 1, .max = 100000000000, .filterable = true, .part = #id, .attr = "capacity"}, \
    {PUBLIC(base + 3, #id "_left_" #suffix, NUM, zh "余量", en " left", "剩余" zh, "20000"), .unit = unit_, \
     .decimals = 1, .max = 100000000000, .filterable = true, .part = #id, .attr = "left"}

/* Metres to the nearest facility of a type, in a straight line. Tags 200 to 203. */
#define NEAR(id, base, zh, en) \
    {PUBLIC(base, id "_m", NUM, "距" zh, "To the nearest " en, "", "12000"), .unit = "m", .max = 21000000, \
     .filterable = true, .derived = true, .near = id}

#define SERVICES \
    SERVICE(road, 30, "道路", "Road"), \
    SERVICE(water, 40, "供水", "Water"), \
    CAPACITY(water, 40, m3d, "m3/d", "供水", "Water"), \
    SERVICE(rainwater, 50, "雨水", "Rainwater"), \
    SERVICE(sewage, 60, "污水", "Sewage"), \
    CAPACITY(sewage, 60, m3d, "m3/d", "污水", "Sewage"), \
    SERVICE(power, 70, "供电", "Power"), \
    CAPACITY(power, 70, kva, "kVA", "供电", "Power"), \
    SERVICE(heat, 80, "供热", "Heat"), \
    CAPACITY(heat, 80, tph, "t/h", "供热", "Heat"), \
    SERVICE(gas, 90, "燃气", "Gas"), \
    CAPACITY(gas, 90, m3h, "m3/h", "燃气", "Gas"), \
    SERVICE(telecom, 100, "通讯", "Telecom"), \
    SERVICE(tv, 110, "有线电视", "Cable TV"), \
    SERVICE(levelling, 120, "平整", "Levelling")
#define DISTANCES \
    NEAR("port", 200, "港口", "port"), \
    NEAR("rail_station", 201, "铁路站", "rail station"), \
    NEAR("airport", 202, "机场", "airport"), \
    NEAR("motorway_junction", 203, "高速出入口", "motorway junction")

/* Money: fen as int64; up to ten thousand billion CNY. */
#define MONEY .unit = "fen", .min = 0, .max = 1000000000000000, .filterable = true

/* clang-format on */

extern CodeList list_how, list_visibility, list_precision, list_region_level, list_park_tier, list_partner,
    list_facility_type, list_land_use, list_land_state, list_service_state, list_source_type,
    list_carrier_type, list_building_state, list_unit_state, list_fire_hazard, list_fire_resistance,
    list_enterprise_type, list_enterprise_tag, list_headquarters, list_cluster_level, list_chain_stage,
    list_segment_type, list_strength, list_flow_mode, list_role_type, list_project_type, list_project_field,
    list_project_stage, list_evidence, list_amount_ledger, list_currency, list_value_unit, list_better,
    list_reading, list_rank_scope, list_plan_type, list_plan_state, list_work_state, list_service,
    list_policy_type, list_review_state, list_cost_type, list_cost_unit, list_event_type, list_train_type;

extern const KindInfo kind_source, kind_region, kind_park, kind_facility, kind_parcel, kind_building,
    kind_unit, kind_enterprise, kind_cluster, kind_chain, kind_segment, kind_flow, kind_role, kind_supply,
    kind_project, kind_milestone, kind_amount, kind_indicator, kind_observation, kind_plan, kind_infra_work,
    kind_policy, kind_cost, kind_event, kind_train_service;
