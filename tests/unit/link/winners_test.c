/* Whose word is believed: by authority, then day, then record; and never a word an audience may not hear. */
#include "link/winners.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

enum { BUREAU = 1, PAPER = 2, SECRET = 3, RECORDS = 8 };

static SourceRule rule_list[] = {
    {.id = BUREAU, .visibility = AUDIENCE_PUBLIC, .authority = 80},
    {.id = PAPER, .visibility = AUDIENCE_PUBLIC, .authority = 50},
    {.id = SECRET, .visibility = AUDIENCE_RESTRICTED, .authority = 100},
};
static const SourceRules rules = {rule_list, 3};

static Arena *arena;
static RecordRow records[RECORDS];
static EntityRow entity;
static Value values[RECORDS][FIELDS_MAX];
static const Value *value_rows[RECORDS];

static void begin(void)
{
    arena_free(arena);
    arena = arena_new();
    memset(records, 0, sizeof records);
    memset(values, 0, sizeof values);
    entity =
        (EntityRow){.id = 1, .kind = KIND_PARCEL, .key = STR("p1"), .winners = STR(""), .records = records};
}

/* A record that says the parcel's area, in m², and maybe its name. */
static void say(int64_t source, Audience visibility, int day, int area_m2, const char *name)
{
    uint32_t r = entity.record_count++;
    Buf buf;
    buf_init(&buf, 10000);
    if (area_m2)
        values[r][field_index(KIND_PARCEL, STR("area_m2"))] =
            (Value){.state = VALUE_KNOWN, .num = area_m2 * 100};
    if (name)
        values[r][FIELD_NAME_ZH] = (Value){.state = VALUE_KNOWN, .text = str_of(name)};
    pack_values(&buf, KIND_PARCEL, values[r]);
    records[r] = (RecordRow){.id = r + 10,
                             .source = source,
                             .visibility = visibility,
                             .as_of = {day, day},
                             .payload = str_copy(arena, buf_view(&buf)),
                             .shape = STR(""),
                             .locator = STR("")};
    value_rows[r] = values[r];
    buf_done(&buf);
}

static Value believed[FIELDS_MAX];

static bool believe(Audience audience, DateSpan *ret_as_of)
{
    Str shape;
    bool visible;
    CHECK_OK(entity_believed(arena, &entity, &rules, audience, believed, &shape, ret_as_of, &visible));
    return visible;
}

static int area(Audience audience)
{
    DateSpan as_of;
    CHECK(believe(audience, &as_of));
    const Value *value = &believed[field_index(KIND_PARCEL, STR("area_m2"))];
    return value->state == VALUE_KNOWN ? (int)(value->num / 100) : -1;
}

TEST(one_record_wins_everything)
{
    begin();
    say(PAPER, AUDIENCE_PUBLIC, 100, 5, "甲");
    DateSpan as_of;
    CHECK_EQ(area(AUDIENCE_PUBLIC), 5);
    CHECK(believe(AUDIENCE_PUBLIC, &as_of));
    CHECK_EQ(as_of.last, 100);
}

TEST(authority_goes_before_the_day)
{
    begin();
    say(BUREAU, AUDIENCE_PUBLIC, 100, 5, NULL);
    say(PAPER, AUDIENCE_PUBLIC, 200, 6, NULL);
    CHECK_EQ(area(AUDIENCE_PUBLIC), 5);
}

TEST(of_one_authority_the_later_day_wins_then_the_later_record)
{
    begin();
    say(PAPER, AUDIENCE_PUBLIC, 200, 6, NULL);
    say(PAPER, AUDIENCE_PUBLIC, 100, 7, NULL);
    CHECK_EQ(area(AUDIENCE_PUBLIC), 6);
    say(PAPER, AUDIENCE_PUBLIC, 200, 8, NULL);
    CHECK_EQ(area(AUDIENCE_PUBLIC), 8);
}

TEST(a_blank_is_no_word)
{
    begin();
    say(BUREAU, AUDIENCE_PUBLIC, 100, 0, "甲");
    say(PAPER, AUDIENCE_PUBLIC, 100, 6, "乙");
    CHECK_EQ(area(AUDIENCE_PUBLIC), 6);
    CHECK_STR(believed[FIELD_NAME_ZH].text, "甲");
}

TEST(each_audience_believes_what_it_may_see)
{
    begin();
    say(PAPER, AUDIENCE_PUBLIC, 100, 5, NULL);
    say(BUREAU, AUDIENCE_STAFF, 100, 6, NULL);
    say(SECRET, AUDIENCE_PUBLIC, 100, 7, NULL);
    CHECK_EQ(area(AUDIENCE_PUBLIC), 5);
    CHECK_EQ(area(AUDIENCE_INVESTOR), 5);
    CHECK_EQ(area(AUDIENCE_STAFF), 6);
    CHECK_EQ(area(AUDIENCE_RESTRICTED), 7);
}

TEST(an_entity_of_secret_records_is_not_there_for_the_public)
{
    begin();
    say(BUREAU, AUDIENCE_STAFF, 100, 5, NULL);
    DateSpan as_of;
    CHECK(!believe(AUDIENCE_PUBLIC, &as_of));
    CHECK(!believe(AUDIENCE_INVESTOR, &as_of));
    CHECK(believe(AUDIENCE_STAFF, &as_of));
}

TEST(a_field_above_the_audience_is_not_told)
{
    begin();
    say(PAPER, AUDIENCE_PUBLIC, 100, 5, NULL);
    int secret = field_index(KIND_PARCEL, STR("promised_to"));
    values[0][secret] = (Value){.state = VALUE_KNOWN, .text = STR("项目甲")};
    Buf buf;
    buf_init(&buf, 1000);
    pack_values(&buf, KIND_PARCEL, values[0]);
    records[0].payload = buf_view(&buf);
    DateSpan as_of;
    CHECK(believe(AUDIENCE_PUBLIC, &as_of));
    CHECK_EQ(believed[secret].state, VALUE_UNKNOWN);
    CHECK(believe(AUDIENCE_STAFF, &as_of));
    CHECK_STR(believed[secret].text, "项目甲");
    buf_done(&buf);
}

static Str packed(Winners *winners)
{
    Buf buf;
    buf_init(&buf, 100000);
    winners_choose(KIND_PARCEL, &entity, value_rows, &rules, winners);
    winners_pack(&buf, KIND_PARCEL, &entity, winners);
    Str copy = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return copy;
}

TEST(packed_winners_come_back_equal)
{
    begin();
    say(PAPER, AUDIENCE_PUBLIC, 100, 5, "甲");
    say(BUREAU, AUDIENCE_STAFF, 100, 6, NULL);
    Winners winners, back;
    entity.winners = packed(&winners);
    CHECK_OK(winners_unpack(KIND_PARCEL, &entity, &rules, &back));
    CHECK(memcmp(winners.of, back.of, sizeof winners.of) == 0);
    CHECK(memcmp(winners.visible, back.visible, sizeof winners.visible) == 0);
    CHECK_EQ(area(AUDIENCE_PUBLIC), 5);
    CHECK_EQ(area(AUDIENCE_STAFF), 6);
}

TEST(winners_that_do_not_fit_the_records_are_corrupt)
{
    begin();
    say(PAPER, AUDIENCE_PUBLIC, 100, 5, "甲");
    say(BUREAU, AUDIENCE_STAFF, 100, 6, NULL);
    Winners winners, back;
    Str whole = packed(&winners);
    for (size_t len = 1; len < whole.len; len++) {
        entity.winners = (Str){whole.ptr, len};
        CHECK_ERR(winners_unpack(KIND_PARCEL, &entity, &rules, &back), ERR_DB_CORRUPT);
    }
    entity.winners = whole;
    records[1].id++;
    CHECK_ERR(winners_unpack(KIND_PARCEL, &entity, &rules, &back), ERR_DB_CORRUPT);
}

TEST(winners_chosen_before_a_record_was_hidden_show_nobody_too_much)
{
    begin();
    say(PAPER, AUDIENCE_PUBLIC, 100, 5, "甲");
    say(BUREAU, AUDIENCE_PUBLIC, 100, 6, NULL);
    Winners winners, back;
    entity.winners = packed(&winners);
    records[1].visibility = AUDIENCE_STAFF;
    CHECK_ERR(winners_unpack(KIND_PARCEL, &entity, &rules, &back), ERR_DB_CORRUPT);
}

/* The metamorphosis: whatever secret records are added, an audience below them believes the same. */
TEST(a_secret_record_changes_no_public_value)
{
    srand(7);
    for (int round = 0; round < 500; round++) {
        begin();
        int open = 1 + rand() % 4;
        for (int i = 0; i < open; i++)
            say(1 + rand() % 2, AUDIENCE_PUBLIC, rand() % 3, rand() % 3, rand() % 2 ? "甲" : NULL);
        int before = area(AUDIENCE_PUBLIC);
        Value name = believed[FIELD_NAME_ZH];
        DateSpan day, day_after;
        CHECK(believe(AUDIENCE_PUBLIC, &day));
        while (entity.record_count < RECORDS)
            say(1 + rand() % 3, AUDIENCE_INVESTOR + (Audience)(rand() % 3), rand() % 9, 1 + rand() % 9, "乙");
        Winners winners;
        if (round % 2)
            entity.winners = packed(&winners);
        CHECK_EQ(area(AUDIENCE_PUBLIC), before);
        CHECK(value_eq(&kind_info(KIND_PARCEL)->fields[FIELD_NAME_ZH], &name, &believed[FIELD_NAME_ZH]));
        CHECK(believe(AUDIENCE_PUBLIC, &day_after));
        CHECK_EQ(day_after.last, day.last);
    }
}
