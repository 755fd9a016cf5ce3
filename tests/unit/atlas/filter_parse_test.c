#include "atlas/filter.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

static Arena *arena;

static Err parse(const char *text)
{
    const Filter *filter;
    if (!arena)
        arena = arena_new();
    return filter_parse(arena, KIND_PARCEL, AUDIENCE_PUBLIC, str_of(text), &filter);
}

static const char *arg(const char *name)
{
    return fault_arg(fault_last(), name);
}

#define CHECK_SYNTAX(text, byte, wanted)                                                                     \
    do {                                                                                                     \
        CHECK_ERR(parse(text), ERR_FILTER_SYNTAX);                                                           \
        CHECK_STR(str_of(arg("at")), byte);                                                                  \
        CHECK_STR(str_of(arg("want")), wanted);                                                              \
    } while (0)

TEST(every_form_of_the_grammar_is_read)
{
    static const char *const texts[] = {
        "",
        "  ",
        "area_m2 >= 30000",
        "AREA_M2 IS NULL OR area_m2 = 1",
        "area_m2 IS NOT NULL",
        "area_m2=1.5e4 and (land_use <> 'M1' or not (far_max<2.5))",
        "NOT NOT area_m2 < 1",
        "land_use IN ('M1','M2') AND land_use NOT IN ( 'M3' )",
        "price_fen_m2 BETWEEN 10 AND 20 AND area_m2 NOT BETWEEN -1 AND +1",
        "available_from <= DATE('2023-06') AND available_from > '2022'",
        "name_zh = 'it''s' AND name_zh > '江' AND \"name_zh\" BETWEEN 'a' AND 'b'",
        "S_INTERSECTS(geometry, BBOX(112, 22, 113.5, 23))",
        "s_intersects(geometry,bbox(-180,-90,180,90)) AND TRUE OR FALSE",
        "name_zh LIKE '%产业_' AND name_zh NOT LIKE 'a\\%b\\\\'",
        "CASEI(name_en) = CASEI('Park') OR casei(name_en) IN (CASEI('a'), 'b') AND ACCENTI(CASEI(name_en)) "
        "LIKE 'é%'",
        "land_use LIKE 'M%' AND name_en <> CASEI('x')",
        "S_WITHIN(geometry, POLYGON((112 22, 113 22, 113 23, 112 22), (112.7 22.3, 112.8 22.3, 112.8 22.4, "
        "112.7 22.3)))",
        "S_CONTAINS(POINT(112 22), geometry) OR s_disjoint(geometry, MULTIPOLYGON(((1 1,2 1,2 2,1 1)),((3 "
        "3,4 3,4 4,3 3))))",
        "S_TOUCHES(geometry, BBOX(1,2,3,4)) OR S_CROSSES(geometry, POINT(1 2)) OR S_EQUALS(geometry, POINT(1 "
        "2))",
        "T_BEFORE(available_from, DATE('2023-06')) OR T_AFTER(DATE('2023-06-01'), available_from)",
        "T_DURING(available_from, INTERVAL('2023','..')) AND T_INTERSECTS(INTERVAL(available_from,'..'), "
        "INTERVAL('2023','2024'))",
        "t_starts(INTERVAL(available_from, available_from), INTERVAL('2023-01-01', '2023-12-31'))",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (i != 3) /* names of fields are as they are written in the model */
            CHECK_OK(parse(texts[i]));
    CHECK_ERR(parse(texts[3]), ERR_FIELD_UNKNOWN);
}

TEST(a_syntax_error_names_its_byte_what_stands_there_and_what_was_expected)
{
    CHECK_SYNTAX("area_m2 >> 3", "9", "a number");
    CHECK_STR(str_of(arg("near")), ">");
    CHECK_STR(str_of(arg("example")), "area_m2 >= 30000 AND land_use IN ('M1', 'M2')");
    CHECK_SYNTAX("area_m2 >=", "10", "a number");
    CHECK_SYNTAX("area_m2 > NaN", "10", "a number");
    CHECK_SYNTAX("(area_m2 = 1", "12", "AND, OR or )");
    CHECK_SYNTAX("area_m2 = 1)", "11", "AND, OR or the end");
    CHECK_SYNTAX("area_m2 = 1 area_m2 = 2", "12", "AND, OR or the end");
    CHECK_SYNTAX("area_m2", "7", "= <> < <= > >= IN BETWEEN LIKE or IS");
    CHECK_SYNTAX("area_m2 NOT = 3", "12", "IN, BETWEEN or LIKE");
    CHECK_SYNTAX("area_m2 IS 3", "11", "NULL or NOT NULL");
    CHECK_SYNTAX("AND", "0", "a field, NOT, S_INTERSECTS or (");
    CHECK_SYNTAX("land_use IN ()", "13", "a text in single quotes");
    CHECK_SYNTAX("land_use IN ('M1'", "17", ", or )");
    CHECK_SYNTAX("land_use = 'M1", "11", "a closing '");
    CHECK_SYNTAX("land_use ; 'M1'", "9", "a field, a value, an operator or a bracket");
    CHECK_SYNTAX("area_m2 BETWEEN 1, 2", "17", "AND");
    CHECK_SYNTAX("name_zh = '\xff'", "0", "UTF-8");
}

TEST(what_stands_near_an_error_is_never_cut_within_a_character)
{
    CHECK_SYNTAX("area_m2 = 面积面积面积面积面积面积面积面积面积面积面积面积", "10", "a number");
    CHECK(str_utf8_valid(str_of(arg("near"))));
    CHECK_STR(str_of(arg("near")), "面积面积面积面积面积");
}

TEST(a_box_must_lie_on_the_earth_and_the_right_way_round)
{
    CHECK_SYNTAX("S_INTERSECTS(geometry, BBOX(113, 22, 112, 23))", "28",
                 "west, south, east, north with west <= east and south <= north");
    CHECK_SYNTAX("S_INTERSECTS(geometry, BBOX(112, 22, 181, 23))", "37", "degrees from -180 to 180");
    CHECK_SYNTAX("S_INTERSECTS(geometry, BBOX(112, -91, 113, 23))", "33", "degrees from -90 to 90");
    CHECK_SYNTAX("S_INTERSECTS(place, BBOX(112, 22, 113, 23))", "13", "geometry");
    const Filter *filter;
    CHECK_ERR(filter_parse(arena, KIND_SOURCE, AUDIENCE_PUBLIC, STR("S_INTERSECTS(geometry, BBOX(1,2,3,4))"),
                           &filter),
              ERR_FIELD_UNKNOWN);
}

TEST(what_is_wrong_in_a_function_is_said_at_its_place)
{
    CHECK_SYNTAX("S_INTERSECTS(geometry, LINESTRING(1 2, 3 4))", "23",
                 "POINT, POLYGON, MULTIPOLYGON or BBOX");
    CHECK_SYNTAX("S_NEAR(geometry, POINT(1 2))", "0",
                 "CASEI, or a function S_INTERSECTS, S_WITHIN … or T_BEFORE, T_DURING …");
    CHECK_SYNTAX("available_from > TIMESTAMP('2023-06-30T00:00:00Z')", "17",
                 "a date such as DATE('2023-06-30'): times of day are not kept");
    CHECK_SYNTAX("T_AFTER(available_from, TIMESTAMP('2023-06-30T00:00:00Z'))", "24",
                 "a date such as DATE('2023-06-30'): times of day are not kept");
    CHECK_SYNTAX("T_AFTER(available_from, available_from)", "8",
                 "a field on one side, and dates on the other");
    CHECK_SYNTAX("T_MEETS(available_from, INTERVAL('2023','2024'))", "8",
                 "INTERVAL(field, field), or T_INTERSECTS or T_DURING");
    CHECK_SYNTAX("T_DURING(available_from, DATE('2023'))", "9",
                 "INTERVAL('2023-01', '2023-12'), or T_INTERSECTS");
    CHECK_SYNTAX("name_en = 'it\\'s'", "13", "'' for a quote within a text");
    CHECK_ERR(parse("S_WITHIN(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))"), ERR_GEOMETRY);
    CHECK_STR(str_of(arg("detail")), "its outline crosses or touches itself at 1 1");
    CHECK_ERR(parse("S_WITHIN(geometry, POLYGON((0 0, 2 2, 2 0, 0 0"), ERR_GEOMETRY);
    CHECK_ERR(parse("S_WITHIN(geometry, BBOX(1, 1, 1, 2))"), ERR_GEOMETRY);
    CHECK_ERR(parse("T_DURING(available_from, INTERVAL('2024', '2023'))"), ERR_RANGE);
    CHECK_STR(str_of(arg("min")), "'2024'");
}

TEST(an_operator_that_a_field_does_not_take_is_refused_with_one_that_it_does)
{
    CHECK_ERR(parse("area_m2 LIKE '3%'"), ERR_FILTER_OPERATOR);
    CHECK_STR(str_of(arg("field")), "area_m2");
    CHECK_STR(str_of(arg("want")), "= <> < <= > >= IN BETWEEN");
    CHECK_ERR(parse("CASEI(area_m2) = 3"), ERR_FILTER_OPERATOR);
    CHECK_ERR(parse("CASEI(name_en) < 'a'"), ERR_FILTER_OPERATOR);
    CHECK_ERR(parse("CASEI(name_en) BETWEEN 'a' AND 'b'"), ERR_FILTER_OPERATOR);
    CHECK_ERR(parse("T_AFTER(area_m2, DATE('2023'))"), ERR_FILTER_OPERATOR);
}

#define CHECK_TYPE(text, in_field, wanted)                                                                   \
    do {                                                                                                     \
        CHECK_ERR(parse(text), ERR_FILTER_TYPE);                                                             \
        CHECK_STR(str_of(arg("field")), in_field);                                                           \
        CHECK_STR(str_of(arg("want")), wanted);                                                              \
    } while (0)

TEST(a_value_of_the_wrong_type_is_refused_with_the_field_and_what_it_takes)
{
    CHECK_TYPE("area_m2 = '30000'", "area_m2", "a number in m2, without its unit");
    CHECK_TYPE("area_m2 > 45亩", "area_m2", "a number in m2, without its unit");
    CHECK_STR(str_of(arg("value")), "45亩");
    CHECK_TYPE("area_m2 > 1e", "area_m2", "a number in m2, without its unit");
    CHECK_TYPE("area_m2 > 1.2.3", "area_m2", "a number in m2, without its unit");
    CHECK_TYPE("available_from < '2023-02-30'", "available_from",
               "a date such as '2023-06-30', '2023-06' or '2023'");
    CHECK_TYPE("available_from < 2023", "available_from", "a date such as '2023-06-30', '2023-06' or '2023'");
    CHECK_TYPE("park = 5", "park", "a text in single quotes");
    CHECK_TYPE("gas_state = 'on'", "gas_state", "one of 'none', 'planned', 'building', 'done'");
    CHECK_TYPE("gas_state < 'done'", "gas_state", "= <> IN: its values have no order");
    CHECK_TYPE("name_en LIKE 5", "name_en", "a pattern in quotes, such as '%a_'");
    CHECK_TYPE("name_en LIKE 'a\\'", "name_en", "a pattern; a \\ stands before a character, \\\\ for itself");
    CHECK_TYPE("park BETWEEN 'a' AND 'b'", "park", "= <> IN: its values have no order");
}

TEST(ends_the_wrong_way_round_are_an_error)
{
    CHECK_ERR(parse("area_m2 BETWEEN 20 AND 10"), ERR_RANGE);
    CHECK_STR(str_of(arg("field")), "area_m2");
    CHECK_STR(str_of(arg("min")), "20");
    CHECK_STR(str_of(arg("max")), "10");
    CHECK_ERR(parse("available_from BETWEEN '2023-02' AND '2023-01'"), ERR_RANGE);
    CHECK_OK(parse("available_from BETWEEN '2023-02' AND '2023'"));
}

TEST(a_hidden_field_does_not_exist_for_who_may_not_see_it)
{
    const Filter *filter;
    Fault hidden, absent;
    CHECK_ERR(parse("visibility = 'staff'"), ERR_FIELD_UNKNOWN);
    hidden = *fault_last();
    CHECK_ERR(parse("visibilitu = 'staff'"), ERR_FIELD_UNKNOWN);
    absent = *fault_last();
    CHECK_STR(str_of(fault_arg(&hidden, "hint")), fault_arg(&absent, "hint"));
    CHECK_EQ(hidden.count, absent.count);
    CHECK_ERR(parse("promised_to = 'x'"), ERR_FIELD_UNKNOWN);
    CHECK_ERR(filter_parse(arena, KIND_PARCEL, AUDIENCE_STAFF, STR("promised_to = 'x'"), &filter),
              ERR_FIELD_NOT_FILTERABLE);
    CHECK_ERR(parse("office_zh = 'x'"), ERR_FIELD_NOT_FILTERABLE);
}

TEST(a_misspelt_field_gets_the_nearest_name_as_a_hint)
{
    CHECK_ERR(parse("aera_m2 = 1"), ERR_FIELD_UNKNOWN);
    CHECK_STR(str_of(arg("hint")), "area_m2");
}

static char *repeated(const char *before, const char *middle, const char *behind, int times)
{
    char *text = heap_zalloc((strlen(before) + strlen(behind)) * (size_t)times + strlen(middle) + 1),
         *at = text;
    for (int i = 0; i < times; i++)
        at = stpcpy(at, before);
    at = stpcpy(at, middle);
    for (int i = 0; i < times; i++)
        at = stpcpy(at, behind);
    return text;
}

TEST(nesting_has_a_limit_whatever_it_is_made_of)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"NOT ", ""}, {"NOT(", ")"}};
    for (int i = 0; i < 3; i++) {
        char *text = repeated(pairs[i][0], "area_m2 = 1", pairs[i][1], 10000);
        CHECK_ERR(parse(text), ERR_FILTER_DEPTH);
        CHECK_STR(str_of(arg("limit")), "64");
        free(text);
    }
    char *deepest = repeated("(", "area_m2 = 1", ")", FILTER_DEPTH_MAX);
    CHECK_OK(parse(deepest));
    free(deepest);
    char *one_more = repeated("(", "area_m2 = 1", ")", FILTER_DEPTH_MAX + 1);
    CHECK_ERR(parse(one_more), ERR_FILTER_DEPTH);
    free(one_more);
}

TEST(a_long_chain_is_not_deep_but_has_a_limit_too)
{
    char *fine = repeated("env_class=1 OR ", "env_class=2", "", 1500);
    CHECK_OK(parse(fine));
    free(fine);
    char *many = repeated("env_class=1 OR ", "env_class=2", "", 2500);
    CHECK_ERR(parse(many), ERR_LIMIT);
    free(many);
    char *list = repeated("1,", "1)", "", FILTER_IN_MAX);
    char *text = repeated("env_class IN (", list, "", 1);
    CHECK_ERR(parse(text), ERR_LIMIT);
    free(list);
    free(text);
    char *large = repeated(" ", "", "", FILTER_BYTES_MAX + 1);
    CHECK_ERR(parse(large), ERR_LIMIT);
    free(large);
}

TEST(the_pieces_without_text_are_checked_the_same_way)
{
    const Filter *filter;
    uint32_t area, gas, park;
    CHECK_OK(field_named(KIND_PARCEL, STR("area_m2"), &area));
    CHECK_OK(field_named(KIND_PARCEL, STR("gas_state"), &gas));
    CHECK_OK(field_named(KIND_PARCEL, STR("park"), &park));
    Value low = {.state = VALUE_KNOWN, .num = 100}, high = {.state = VALUE_KNOWN, .num = 200};
    CHECK_OK(filter_between(arena, KIND_PARCEL, area, &low, &high, &filter));
    CHECK_OK(filter_between(arena, KIND_PARCEL, area, NULL, &high, &filter));
    CHECK_ERR(filter_between(arena, KIND_PARCEL, area, &high, &low, &filter), ERR_RANGE);
    CHECK_STR(str_of(arg("min")), "2");
    CHECK_ERR(filter_between(arena, KIND_PARCEL, gas, NULL, NULL, &filter), ERR_FILTER_TYPE);
    Str codes[] = {STR("done"), STR("dome")};
    CHECK_OK(filter_in(arena, KIND_PARCEL, gas, codes, 1, &filter));
    CHECK_ERR(filter_in(arena, KIND_PARCEL, gas, codes, 2, &filter), ERR_FILTER_TYPE);
    CHECK_OK(filter_in(arena, KIND_PARCEL, park, codes, 2, &filter));
    CHECK_ERR(filter_in(arena, KIND_PARCEL, area, codes, 1, &filter), ERR_FILTER_TYPE);
}

TEST(the_example_that_each_kind_gives_is_a_filter)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        const Filter *filter;
        CHECK_OK(filter_parse(arena, (Kind)k, AUDIENCE_PUBLIC, str_of(kind_info((Kind)k)->filter_example),
                              &filter));
    }
}
