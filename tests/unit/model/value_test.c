/* Cells of files → values → text again; what is refused, and how it is said. */
#include "model/value.h"
#include "test.h"
#include <string.h>

static Arena *arena;

static const Field *field_of(Kind kind, const char *name)
{
    int i = field_index(kind, str_of(name));
    CHECK(i >= 0);
    return &kind_info(kind)->fields[i];
}

static Value parsed(Kind kind, const char *name, const char *text)
{
    Value value;
    if (!arena)
        arena = arena_new();
    CHECK_OK(value_parse(arena, field_of(kind, name), str_of(text), &value));
    return value;
}

static Err refused(Kind kind, const char *name, const char *text)
{
    Value value;
    if (!arena)
        arena = arena_new();
    return value_parse(arena, field_of(kind, name), str_of(text), &value);
}

#define CHECK_ARG(name, want) CHECK_STR(str_of(fault_arg(fault_last(), name)), want)

TEST(a_number_is_scaled_by_its_decimals)
{
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "133333.33").num, 13333333);
    CHECK_EQ(parsed(KIND_PARCEL, "price_fen_m2", "48000").num, 48000);
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", " 5 ").num, 500);
}

TEST(full_width_digits_are_digits)
{
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "１２．５").num, 1250);
}

TEST(the_fields_own_unit_may_stand_behind_a_number)
{
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "3000 m2").num, 300000);
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "3000平方米").num, 300000);
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "3000㎡").num, 300000);
    CHECK_EQ(parsed(KIND_PARCEL, "power_left_kva", "20000kva").num, 200000);
}

TEST(another_unit_is_refused_and_says_which_was_expected)
{
    CHECK_ERR(refused(KIND_PARCEL, "area_m2", "30亩"), ERR_UNIT);
    CHECK_ARG("want", "m2");
    CHECK_ARG("example", "133333.33");
    CHECK_ARG("value", "30亩");
    CHECK_ERR(refused(KIND_PARCEL, "area_m2", "3公顷"), ERR_UNIT);
    CHECK_ERR(refused(KIND_PARCEL, "price_fen_m2", "480 元/m²"), ERR_UNIT);
    CHECK_ERR(refused(KIND_PARCEL, "invest_min_fen_m2", "300万元/亩"), ERR_UNIT);
}

TEST(what_is_no_number_is_refused)
{
    const char *bad[] = {"NaN",   "inf",     "-inf", "1e5", "0x10", "3,000",
                         "3 000", "1.5-3.5", "--1",  ".",   "-",    "约3000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_ERR(refused(KIND_PARCEL, "area_m2", bad[i]), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARCEL, "area_m2", "1.005"), ERR_VALUE);
    CHECK_ARG("want", "a number with fewer decimals");
    CHECK_ERR(refused(KIND_PARCEL, "area_m2", "99999999999999999999"), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARCEL, "far_max", "2倍"), ERR_VALUE);
    CHECK_ARG("want", "a number without a unit");
}

TEST(a_number_outside_its_bounds_says_the_bounds)
{
    CHECK_ERR(refused(KIND_PARCEL, "area_m2", "-5"), ERR_VALUE);
    CHECK_ARG("want", "a number from 0.01 to 1000000000");
    CHECK_ARG("value", "-5");
    CHECK_ERR(refused(KIND_PARCEL, "env_class", "5"), ERR_VALUE);
}

TEST(a_code_may_be_written_by_its_label)
{
    CHECK_STR(parsed(KIND_PARCEL, "land_state", "serviced").text, "serviced");
    CHECK_STR(parsed(KIND_PARCEL, "land_state", "熟地").text, "serviced");
    CHECK_STR(parsed(KIND_PARCEL, "land_state", "in the land bank").text, "banked");
    CHECK_STR(parsed(KIND_PARCEL, "land_use", "ｍ２").text, "M2");
    CHECK_STR(parsed(KIND_PARCEL, "land_use", "M2 二类工业").text, "M2");
}

TEST(an_unknown_code_is_refused_with_the_known_ones)
{
    CHECK_ERR(refused(KIND_PARCEL, "land_use", "Z9"), ERR_VALUE);
    CHECK_ARG("want", "one of M0, M1, M2, M3, W1, W2, W3, B2, MX");
}

TEST(a_partial_date_is_a_span)
{
    DateSpan span = parsed(KIND_PARCEL, "available_from", "2023-02").date;
    CHECK_EQ(span.first, date_day(2023, 2, 1));
    CHECK_EQ(span.last, date_day(2023, 2, 28));
    CHECK_ERR(refused(KIND_PARCEL, "available_from", "2023-02-30"), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARCEL, "available_from", "2023/13"), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARCEL, "available_from", "2023-06/2022-06"), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARCEL, "available_from", "2021/2022/2023"), ERR_VALUE);
}

TEST(a_list_keeps_its_order_and_drops_repeats)
{
    Value list = parsed(KIND_PARK, "regions", "440705；440703; 440705;");
    CHECK_EQ(list.list.count, 2);
    CHECK_STR(list.list.items[0], "440705");
    CHECK_STR(list.list.items[1], "440703");
    CHECK_ERR(refused(KIND_PARK, "regions", "44 07"), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARK, "regions", ";"), ERR_VALUE);
}

TEST(unknown_not_applicable_and_withheld_are_three_things)
{
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "").state, VALUE_UNKNOWN);
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "　").state, VALUE_UNKNOWN);
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "n/a").state, VALUE_NOT_APPLICABLE);
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "不适用").state, VALUE_NOT_APPLICABLE);
    CHECK_EQ(parsed(KIND_PARCEL, "area_m2", "不公开").state, VALUE_WITHHELD);
    Value unknown = parsed(KIND_PARCEL, "area_m2", ""), withheld = parsed(KIND_PARCEL, "area_m2", "withheld");
    CHECK(!value_eq(field_of(KIND_PARCEL, "area_m2"), &unknown, &withheld));
}

TEST(text_with_control_characters_or_without_end_is_refused)
{
    char longest[TEXT_MAX_BYTES + 2];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    CHECK_ERR(refused(KIND_PARK, "about_zh", longest), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARK, "about_zh", "a\x01"), ERR_VALUE);
    CHECK_ERR(refused(KIND_PARK, "about_zh", "\xFF"), ERR_VALUE);
    CHECK_STR(parsed(KIND_PARK, "about_zh", "两行\n文字").text, "两行\n文字");
}

TEST(what_value_text_writes_value_parse_reads)
{
    static const struct {
        Kind kind;
        const char *field, *text;
    } cases[] = {
        {KIND_PARCEL, "area_m2", "133333.33"},
        {KIND_PARCEL, "area_m2", "0.01"},
        {KIND_PARCEL, "land_use", "MX"},
        {KIND_PARCEL, "available_from", "2023"},
        {KIND_PARCEL, "available_from", "2023-06"},
        {KIND_PARCEL, "available_from", "2023-06-03/2023-07-31"},
        {KIND_PARCEL, "gas_left_m3h", "n/a"},
        {KIND_PARCEL, "promised_to", "withheld"},
        {KIND_PARK, "tiers", "pilot_zone;group"},
        {KIND_PARK, "chemical_recognised", "no"},
        {KIND_PARK, "parents", "甲-1;jm:东"},
        {KIND_PARK, "name_zh", "“引号”, 逗号; 分号"},
        {KIND_PARCEL, "area_m2", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Value value = parsed(cases[i].kind, cases[i].field, cases[i].text);
        Buf buf;
        buf_init(&buf, 1000);
        value_text(&buf, field_of(cases[i].kind, cases[i].field), &value);
        CHECK_STR(buf_view(&buf), cases[i].text);
        buf_done(&buf);
    }
}
