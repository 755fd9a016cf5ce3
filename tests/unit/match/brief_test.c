#include "match/match.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

static Arena *arena;
static Brief brief;

static Err parse(const char *json)
{
    if (!arena)
        arena = arena_new();
    return brief_parse(arena, AUDIENCE_PUBLIC, str_of(json), &brief);
}

static const char *arg(const char *name)
{
    return fault_arg(fault_last(), name);
}

static const char *field_name(uint32_t index)
{
    return kind_info(brief.kind)->fields[index].name;
}

TEST(a_brief_is_read_with_its_conditions_in_order_and_the_offer_behind_them)
{
    CHECK_OK(parse(
        "{\"where\":[{\"field\":\"area_m2\",\"min\":133333.5,\"max\":null},"
        "{\"field\":\"land_use\",\"in\":[\"M1\",\"M2\"]},{\"field\":\"available_from\",\"max\":\"2023-06\"}],"
        "\"filter\":\"far_max >= "
        "2\",\"weigh\":[{\"field\":\"price_fen_m2\",\"weight\":30,\"better\":\"less\"},"
        "{\"field\":\"power_left_kva\",\"weight\":0,\"better\":\"more\"}],\"top\":7}"));
    CHECK_EQ(brief.kind, KIND_PARCEL);
    CHECK_EQ(brief.condition_count, 4);
    CHECK_STR(str_of(field_name(brief.conditions[0].field)), "area_m2");
    CHECK_EQ(brief.conditions[0].least.num, 13333350);
    CHECK_EQ(brief.conditions[0].greatest.state, VALUE_UNKNOWN);
    CHECK_EQ(brief.conditions[1].code_count, 2);
    CHECK_STR(brief.conditions[1].codes[1], "M2");
    CHECK_EQ(brief.conditions[2].greatest.date.last - brief.conditions[2].greatest.date.first, 29);
    CHECK(brief.conditions[3].offer);
    CHECK_STR(str_of(field_name(brief.conditions[3].field)), "land_state");
    CHECK(brief.filter != NULL);
    CHECK_EQ(brief.term_count, 2);
    CHECK_EQ(brief.terms[0].weight, 30);
    CHECK(!brief.terms[0].more);
    CHECK(brief.terms[1].more);
    CHECK_EQ(brief.top, 7);
}

TEST(an_empty_brief_asks_only_whether_a_plot_may_be_had)
{
    CHECK_OK(parse("{}"));
    CHECK_EQ(brief.condition_count, 1);
    CHECK(brief.conditions[0].offer);
    CHECK_EQ(brief.top, 50);
    CHECK_OK(parse("{\"taken\":true,\"where\":[],\"filter\":null}"));
    CHECK_EQ(brief.condition_count, 0);
    CHECK(brief.filter == NULL);
}

TEST(other_kinds_have_no_offer)
{
    CHECK_OK(parse("{\"kind\":\"park\",\"where\":[{\"field\":\"chemical_recognised\",\"in\":[true]}]}"));
    CHECK_EQ(brief.condition_count, 1);
    CHECK_EQ(brief.conditions[0].least.num, 1);
    CHECK_EQ(brief.conditions[0].greatest.num, 1);
    CHECK_ERR(parse("{\"kind\":\"plot\"}"), ERR_KIND_UNKNOWN);
}

#define CHECK_BRIEF(json, what)                                                                              \
    do {                                                                                                     \
        CHECK_ERR(parse(json), ERR_BRIEF);                                                                   \
        CHECK_STR(str_of(arg("detail")), what);                                                              \
        CHECK(arg("example")[0] != '\0');                                                                    \
    } while (0)

TEST(what_is_not_understood_is_an_error_and_never_passed_over)
{
    CHECK_BRIEF("{\"were\":[]}", "unknown member: were");
    CHECK_BRIEF("{\"where\":[{\"field\":\"area_m2\",\"maks\":3}]}", "unknown member: maks");
    CHECK_BRIEF("{\"weigh\":[{\"field\":\"area_m2\",\"weight\":3,\"bettr\":\"more\"}]}",
                "unknown member: bettr");
    CHECK_BRIEF("{\"where\":[{\"min\":3}]}", "each entry is an object with a \"field\"");
    CHECK_BRIEF("{\"where\":[3]}", "each entry is an object with a \"field\"");
    CHECK_BRIEF("{\"where\":[{\"field\":\"area_m2\"}]}", "neither \"min\" nor \"max\" nor \"in\": area_m2");
    CHECK_BRIEF("{\"where\":[{\"field\":\"area_m2\",\"min\":null}]}",
                "neither \"min\" nor \"max\" nor \"in\": area_m2");
    CHECK_BRIEF("{\"where\":[{\"field\":\"land_use\",\"in\":[\"M1\"],\"min\":1}]}",
                "\"in\" together with \"min\" or \"max\": land_use");
    CHECK_BRIEF("[]", "a brief is a JSON object");
    CHECK_ERR(parse("{\"where\":"), ERR_JSON);
    CHECK_ERR(parse("{\"top\":1,\"top\":2}"), ERR_JSON);
    CHECK_ERR(parse("{\"where\":[{\"field\":\"area_m2\",\"min\":NaN}]}"), ERR_JSON);
}

static void check_contradiction(const char *json, const char *first, const char *second, const char *places)
{
    CHECK_ERR(parse(json), ERR_CONTRADICTION);
    CHECK_STR(str_of(arg("first")), first);
    CHECK_STR(str_of(arg("second")), second);
    CHECK(arg("first_n")[0] == places[0] && arg("second_n")[0] == places[1]);
}

TEST(two_conditions_that_cannot_both_hold_are_named)
{
    check_contradiction("{\"where\":[{\"field\":\"area_m2\",\"max\":6667},{\"field\":\"far_max\",\"min\":1},"
                        "{\"field\":\"area_m2\",\"min\":133333}]}",
                        "area_m2 <= 6667", "area_m2 >= 133333", "02");
    check_contradiction(
        "{\"where\":[{\"field\":\"land_use\",\"in\":[\"M1\"]}],\"filter\":\"far_max > 1 AND land_use "
        "= 'M2'\"}",
        "land_use = M1", "far_max > 1 AND land_use = 'M2'", "02");
    check_contradiction("{\"where\":[{\"field\":\"available_from\",\"max\":\"2022\"}],\"taken\":true,"
                        "\"filter\":\"available_from >= '2023-01'\"}",
                        "available_from <= 2022", "available_from >= '2023-01'", "01");
    check_contradiction("{\"where\":[{\"field\":\"land_state\",\"in\":[\"built\",\"supplied\"]}]}",
                        "land_state = built, supplied", "land_state: taken = false", "01");
}

TEST(conditions_that_some_value_meets_are_no_contradiction)
{
    CHECK_OK(
        parse("{\"where\":[{\"field\":\"area_m2\",\"max\":20000},{\"field\":\"area_m2\",\"min\":20000}]}"));
    CHECK_OK(parse("{\"where\":[{\"field\":\"land_state\",\"in\":[\"built\",\"promised\"]}]}"));
    CHECK_OK(
        parse("{\"where\":[{\"field\":\"area_m2\",\"max\":1}],\"filter\":\"area_m2 > 5 OR far_max > 1\"}"));
    CHECK_OK(parse("{\"where\":[{\"field\":\"area_m2\",\"max\":1}],\"filter\":\"NOT area_m2 > 5\"}"));
    CHECK_OK(parse("{\"kind\":\"park\",\"where\":[{\"field\":\"tiers\",\"in\":[\"pilot_zone\"]}],"
                   "\"filter\":\"tiers = 'characteristic'\"}"));
}

TEST(a_field_may_stand_once_in_weigh)
{
    CHECK_BRIEF("{\"weigh\":[{\"field\":\"area_m2\",\"weight\":1,\"better\":\"more\"},"
                "{\"field\":\"area_m2\",\"weight\":2,\"better\":\"less\"}]}",
                "twice in \"weigh\": area_m2");
}

#define CHECK_FIELD(json, code, in_field)                                                                    \
    do {                                                                                                     \
        CHECK_ERR(parse(json), code);                                                                        \
        CHECK_STR(str_of(arg("field")), in_field);                                                           \
    } while (0)

TEST(a_wrong_value_names_its_field_and_what_is_expected)
{
    CHECK_FIELD("{\"where\":[{\"field\":\"area_m2\",\"min\":\"many\"}]}", ERR_VALUE, "area_m2");
    CHECK_STR(str_of(arg("want")), "a number (m2), up to 2 digits behind the point");
    CHECK_STR(str_of(arg("value")), "many");
    CHECK_FIELD("{\"where\":[{\"field\":\"area_m2\",\"min\":\"NaN\"}]}", ERR_VALUE, "area_m2");
    CHECK_FIELD("{\"where\":[{\"field\":\"area_m2\",\"min\":true}]}", ERR_VALUE, "area_m2");
    CHECK_FIELD("{\"where\":[{\"field\":\"area_m2\",\"min\":1e300}]}", ERR_VALUE, "area_m2");
    CHECK_FIELD("{\"where\":[{\"field\":\"price_fen_m2\",\"max\":1.5}]}", ERR_VALUE, "price_fen_m2");
    CHECK_FIELD("{\"where\":[{\"field\":\"land_use\",\"in\":[\"M9\"]}]}", ERR_VALUE, "land_use");
    CHECK_STR(str_of(arg("want")), "one of M0, M1, M2, M3, W1, W2, W3, B2, MX");
    CHECK_FIELD("{\"where\":[{\"field\":\"land_use\",\"in\":[]}]}", ERR_VALUE, "land_use");
    CHECK_FIELD("{\"where\":[{\"field\":\"land_use\",\"in\":\"M1\"}]}", ERR_VALUE, "land_use");
    CHECK_FIELD("{\"where\":[{\"field\":\"land_use\",\"min\":1}]}", ERR_VALUE, "land_use");
    CHECK_FIELD("{\"where\":[{\"field\":\"area_m2\",\"in\":[1]}]}", ERR_VALUE, "area_m2");
    CHECK_FIELD("{\"where\":[{\"field\":\"available_from\",\"max\":2023}]}", ERR_VALUE, "available_from");
    CHECK_FIELD("{\"where\":[{\"field\":\"available_from\",\"max\":\"2023-02-30\"}]}", ERR_VALUE,
                "available_from");
    CHECK_FIELD("{\"top\":0}", ERR_VALUE, "top");
    CHECK_FIELD("{\"top\":201}", ERR_VALUE, "top");
    CHECK_FIELD("{\"taken\":1}", ERR_VALUE, "taken");
    CHECK_FIELD("{\"kind\":null}", ERR_VALUE, "kind");
    CHECK_FIELD("{\"filter\":3}", ERR_VALUE, "filter");
    CHECK_FIELD("{\"where\":{}}", ERR_VALUE, "where");
}

TEST(a_unit_behind_a_number_is_an_error_that_names_the_right_unit)
{
    CHECK_FIELD("{\"where\":[{\"field\":\"area_m2\",\"min\":\"200 亩\"}]}", ERR_UNIT, "area_m2");
    CHECK_STR(str_of(arg("want")), "m2");
    CHECK_STR(str_of(arg("value")), "200 亩");
    CHECK_FIELD("{\"where\":[{\"field\":\"power_left_kva\",\"min\":\"20MW\"}]}", ERR_UNIT, "power_left_kva");
    CHECK_STR(str_of(arg("want")), "kVA");
}

TEST(min_above_max_is_an_error)
{
    CHECK_FIELD("{\"where\":[{\"field\":\"area_m2\",\"min\":20.5,\"max\":10}]}", ERR_RANGE, "area_m2");
    CHECK_STR(str_of(arg("min")), "20.5");
    CHECK_STR(str_of(arg("max")), "10");
    CHECK_FIELD("{\"where\":[{\"field\":\"available_from\",\"min\":\"2023-07\",\"max\":\"2023-06\"}]}",
                ERR_RANGE, "available_from");
    CHECK_OK(parse("{\"where\":[{\"field\":\"available_from\",\"min\":\"2023-07\",\"max\":\"2023\"}]}"));
}

TEST(weights_are_whole_numbers_from_0_to_100_on_numbers_and_dates)
{
    CHECK_FIELD("{\"weigh\":[{\"field\":\"area_m2\",\"weight\":101,\"better\":\"more\"}]}", ERR_VALUE,
                "area_m2");
    CHECK_FIELD("{\"weigh\":[{\"field\":\"area_m2\",\"weight\":-1,\"better\":\"more\"}]}", ERR_VALUE,
                "area_m2");
    CHECK_FIELD("{\"weigh\":[{\"field\":\"area_m2\",\"weight\":1.5,\"better\":\"more\"}]}", ERR_VALUE,
                "area_m2");
    CHECK_FIELD("{\"weigh\":[{\"field\":\"area_m2\",\"weight\":5,\"better\":\"big\"}]}", ERR_VALUE,
                "area_m2");
    CHECK_FIELD("{\"weigh\":[{\"field\":\"area_m2\",\"weight\":5}]}", ERR_VALUE, "area_m2");
    CHECK_FIELD("{\"weigh\":[{\"field\":\"land_use\",\"weight\":5,\"better\":\"more\"}]}", ERR_VALUE,
                "land_use");
    CHECK_OK(parse("{\"weigh\":[{\"field\":\"available_from\",\"weight\":100,\"better\":\"less\"}]}"));
}

TEST(a_hidden_field_does_not_exist_in_a_brief_either)
{
    CHECK_FIELD("{\"where\":[{\"field\":\"promised_to\",\"in\":[\"x\"]}]}", ERR_FIELD_UNKNOWN, "promised_to");
    CHECK_FIELD("{\"weigh\":[{\"field\":\"visibility\",\"weight\":1,\"better\":\"more\"}]}",
                ERR_FIELD_UNKNOWN, "visibility");
    CHECK_FIELD("{\"where\":[{\"field\":\"office_zh\",\"in\":[\"x\"]}]}", ERR_FIELD_NOT_FILTERABLE,
                "office_zh");
    CHECK_FIELD("{\"where\":[{\"field\":\"aera_m2\",\"min\":1}]}", ERR_FIELD_UNKNOWN, "aera_m2");
    CHECK_STR(str_of(arg("hint")), "area_m2");
}

TEST(the_filter_of_a_brief_fails_as_a_filter_does)
{
    CHECK_ERR(parse("{\"filter\":\"area_m2 >\"}"), ERR_FILTER_SYNTAX);
    CHECK_STR(str_of(arg("at")), "9");
}

TEST(a_brief_has_limits)
{
    char *text = heap_zalloc(BRIEF_BYTES_MAX + 3);
    memset(text, ' ', BRIEF_BYTES_MAX + 1);
    memcpy(text, "{}", 2);
    CHECK_ERR(parse(text), ERR_LIMIT);
    free(text);
    Buf json;
    buf_init(&json, BRIEF_BYTES_MAX);
    buf_c(&json, "{\"where\":[");
    for (int i = 0; i < BRIEF_CONDITIONS_MAX + 1; i++)
        buf_c(&json, i ? ",1" : "1");
    buf_c(&json, "]}");
    CHECK_ERR(brief_parse(arena, AUDIENCE_PUBLIC, buf_view(&json), &brief), ERR_LIMIT);
    CHECK_STR(str_of(arg("what")), "where");
    buf_done(&json);
}

TEST(a_brief_that_fails_leaves_the_result_untouched)
{
    CHECK_OK(parse("{\"top\":9}"));
    CHECK_ERR(parse("{\"top\":10,\"weigh\":[1]}"), ERR_BRIEF);
    CHECK_EQ(brief.top, 9);
}
