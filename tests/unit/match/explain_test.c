/* What an explained ranking says beyond the ranking: who is near, what one change would gain, whether first
 * place holds, whom to ask. On a few rows by hand, then on random ones against a pass row by row. */
#include "match/best.h"
#include "match/robust.h"
#include "match/select.h"
#include "test.h"
#include "unit/match/hand_table.h"
#include <stdlib.h>

enum { ROWS = 1300, BRIEFS = 150 };

static Arena *arena;
static Table table;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

static uint32_t field_of(const char *name)
{
    uint32_t index;
    CHECK_OK(field_named(KIND_PARCEL, str_of(name), &index));
    return index;
}

static Value num(int64_t n)
{
    return (Value){.state = VALUE_KNOWN, .num = n};
}

static Value text(const char *c)
{
    return (Value){.state = VALUE_KNOWN, .text = str_of(c)};
}

static HandRow *parcels(uint32_t count)
{
    static const char *const keys[] = {"a", "b", "c", "d", "e", "f"};
    HandRow *rows = arena_zarray(arena, HandRow, count);
    for (uint32_t i = 0; i < count; i++) {
        rows[i].key = str_of(keys[i]);
        rows[i].values[field_of("land_state")] = text("serviced");
    }
    return rows;
}

static Ranking explain(const HandRow *rows, uint32_t count, const char *json)
{
    Brief *brief = arena_new_of(arena, Brief);
    const Table *tables[] = {&table};
    Ranking ranking;
    CHECK_OK(brief_parse(arena, AUDIENCE_PUBLIC, str_of(json), brief));
    hand_table(arena, KIND_PARCEL, rows, count, &table);
    match_tables(arena, tables, 1, brief, MATCH_EXPLAINED, &ranking);
    return ranking;
}

static const char price_at_most[] =
    "{\"where\":[{\"field\":\"price_fen_m2\",\"max\":48000},{\"field\":\"area_m2\",\"min\":1000}]}";

static HandRow *priced(const int64_t *prices, uint32_t count)
{
    HandRow *rows = parcels(count);
    for (uint32_t i = 0; i < count; i++) {
        rows[i].values[field_of("price_fen_m2")] = num(prices[i]);
        rows[i].values[field_of("area_m2")] = num(200000);
    }
    return rows;
}

TEST(a_site_that_fails_one_condition_is_near_and_says_by_how_much)
{
    static const int64_t prices[] = {48000, 49800, 51000, 96000};
    HandRow *rows = priced(prices, 4);
    rows[2].values[field_of("area_m2")] = num(100);
    Ranking got = explain(rows, 4, price_at_most);
    CHECK_EQ(got.fit, 1);
    CHECK_EQ(got.near, 2);
    CHECK_EQ(got.excluded, 1);
    CHECK_EQ(got.near_misses[0].at.row, 1);
    CHECK_EQ(got.near_misses[0].condition, 0);
    CHECK_EQ(got.near_misses[0].side, SIDE_GREATEST);
    CHECK_EQ(got.near_misses[0].by, 1800);
    CHECK_EQ(got.near_misses[0].relative, 37500);
    CHECK_EQ(got.near_misses[1].by, 48000);
}

TEST(who_fails_one_condition_and_is_unknown_in_another_is_not_near)
{
    static const int64_t prices[] = {49800};
    HandRow *rows = priced(prices, 1);
    rows[0].values[field_of("area_m2")] = (Value){.state = VALUE_UNKNOWN};
    Ranking got = explain(rows, 1, price_at_most);
    CHECK_EQ(got.near, 0);
    CHECK_EQ(got.excluded, 1);
    CHECK_EQ(got.counts[0].only, 1);
}

TEST(the_least_change_and_the_best_step_are_told_with_what_they_gain)
{
    static const int64_t prices[] = {48500, 48500, 51000, 57600, 57601, 1};
    Ranking got = explain(priced(prices, 6), 6, price_at_most);
    CHECK_EQ(got.fit, 1);
    CHECK_EQ(got.near, 5);
    CHECK_EQ(got.relaxation_count, 1);
    CHECK_EQ(got.relaxations[0].to, 48500);
    CHECK_EQ(got.relaxations[0].gains, 2);
    CHECK_EQ(got.relaxations[0].far_to, 57600); /* 20 % of 48,000 further */
    CHECK_EQ(got.relaxations[0].far_gains, 4);
}

TEST(a_date_must_move_to_its_last_day)
{
    HandRow *rows = parcels(2);
    DateSpan month, day;
    CHECK(date_parse(STR("2023-08"), &month) && date_parse(STR("2023-08-31"), &day));
    rows[0].values[field_of("available_from")] = (Value){.state = VALUE_KNOWN, .date = month};
    Ranking got = explain(rows, 1, "{\"where\":[{\"field\":\"available_from\",\"max\":\"2023-06-30\"}]}");
    CHECK_EQ(got.near_misses[0].by, 62);
    CHECK_EQ(got.relaxations[0].to, day.last);
    CHECK_EQ(got.relaxations[0].far_gains, 1);
}

TEST(the_code_to_add_is_the_one_that_gains_most)
{
    static const char *const uses[] = {"M1", "M2", "M3", "M3", "B2", "B2"};
    HandRow *rows = parcels(6);
    for (int i = 0; i < 6; i++)
        rows[i].values[field_of("land_use")] = text(uses[i]);
    rows[5].values[field_of("land_state")] = text("built"); /* another condition keeps it out as well */
    Ranking got = explain(rows, 6, "{\"where\":[{\"field\":\"land_use\",\"in\":[\"M1\"]}]}");
    CHECK_EQ(got.near, 4);
    CHECK_EQ(got.near_misses[0].side, SIDE_NONE);
    CHECK_EQ(got.relaxation_count, 1);
    CHECK_STR(got.relaxations[0].add, "M3");
    CHECK_EQ(got.relaxations[0].gains, 2);
}

TEST(where_no_single_change_gains_the_two_nearest_conditions_are_named)
{
    HandRow *rows = parcels(2);
    for (int i = 0; i < 2; i++) {
        rows[i].values[field_of("price_fen_m2")] = num(i ? 60000 : 50000);
        rows[i].values[field_of("area_m2")] = num(i ? 99000 : 50000);
        rows[i].values[field_of("far_max")] = num(i ? 50 : 400);
    }
    Ranking got =
        explain(rows, 2,
                "{\"where\":[{\"field\":\"far_max\",\"min\":1},{\"field\":\"price_fen_m2\",\"max\":48000},"
                "{\"field\":\"area_m2\",\"min\":1000}]}");
    CHECK_EQ(got.near, 0);
    CHECK(got.none != NULL);
    CHECK_EQ(got.none->most, 1);
    CHECK_EQ(got.none->nearest_count, 2);
    CHECK_EQ(got.none->nearest[0], 1);
    CHECK_EQ(got.none->nearest[1], 2);
    CHECK_EQ(got.none->site.row, 0);
}

TEST(first_place_is_tried_with_each_weight_a_fifth_more_and_less)
{
    HandRow *rows = parcels(3);
    static const int64_t prices[] = {100, 140, 200}, areas[] = {1000, 1390, 2000};
    for (int i = 0; i < 3; i++) {
        rows[i].values[field_of("price_fen_m2")] = num(prices[i]);
        rows[i].values[field_of("area_m2")] = num(areas[i]);
    }
    Ranking got = explain(rows, 3,
                          "{\"weigh\":[{\"field\":\"price_fen_m2\",\"weight\":50,\"better\":\"less\"},"
                          "{\"field\":\"area_m2\",\"weight\":50,\"better\":\"more\"}]}");
    CHECK_EQ(got.trial_count, 4);
    CHECK_STR(rows[got.sites[0].at.row].key, "a"); /* by key: a and c both have 50 points */
    CHECK_EQ(got.trials[0].rank, 2);               /* price less: c leads */
    CHECK_EQ(got.trials[0].lead, 5555 - 4444);
    CHECK_EQ(got.trials[1].rank, 1);
    CHECK_EQ(got.trials[3].rank, 2);
    CHECK_EQ(got.trials[3].first.row, 2);
}

TEST(unknowns_are_ranked_by_the_office_that_can_gain_most)
{
    HandRow *rows = parcels(4);
    for (int i = 0; i < 4; i++) {
        rows[i].values[field_of("office_zh")] = text(i < 2 ? "新会区招商部门" : "鹤山市招商部门");
        rows[i].values[field_of("area_m2")] = num(i < 3 ? 100 : 1);
        if (i == 3)
            rows[i].values[field_of("office_zh")] = (Value){.state = VALUE_UNKNOWN};
    }
    Ranking got = explain(rows, 4, "{\"where\":[{\"field\":\"far_max\",\"min\":1}]}");
    CHECK_EQ(got.ask_count, 3);
    CHECK_STR(got.asks[0].zh, "新会区招商部门");
    CHECK_EQ(got.asks[0].gains, 2);
    CHECK_EQ(got.asks[0].conditions, 1);
    CHECK_STR(got.asks[1].zh, "鹤山市招商部门");
    CHECK_EQ(got.asks[2].zh.len, 0);
    CHECK_EQ(got.asks[2].sites, 1);
}

TEST(a_brief_without_conditions_or_rows_is_explained_too)
{
    Ranking got = explain(NULL, 0, "{\"taken\":true}");
    CHECK_EQ(got.candidates + got.near + got.relaxation_count + got.trial_count + got.ask_count, 0);
    CHECK(got.none == NULL);
    got = explain(parcels(1), 1, "{\"taken\":true}");
    CHECK_EQ(got.fit, 1);
    CHECK(!got.weighed);
}

/* ---- random briefs, row by row ---- */

static Condition random_condition(Dice *dice)
{
    static const char *const names[] = {"area_m2",        "price_fen_m2", "power_left_kva", "port_m",
                                        "available_from", "land_use",     "park",           "far_max"};
    Condition condition = {.field = field_of(names[dice_below(dice, 8)])};
    const Field *field = &kind_info(KIND_PARCEL)->fields[condition.field];
    if (field->type == FIELD_NUM || field->type == FIELD_DATE) {
        if (dice_below(dice, 2))
            condition.least = random_known(arena, dice, field);
        else
            condition.greatest = random_known(arena, dice, field);
        return condition;
    }
    Str *codes = arena_array(arena, Str, 3);
    for (condition.code_count = 0; condition.code_count < 3; condition.code_count++)
        codes[condition.code_count] = random_known(arena, dice, field).text;
    condition.codes = codes;
    return condition;
}

static Brief random_brief(Dice *dice)
{
    static const char *const weighed[] = {"area_m2", "price_fen_m2", "port_m"};
    Brief brief = {.kind = KIND_PARCEL, .top = 1 + dice_below(dice, 60), .term_count = dice_below(dice, 4)};
    Condition *conditions = arena_array(arena, Condition, 6);
    Term *terms = arena_array(arena, Term, 3);
    for (brief.condition_count = 0; brief.condition_count < 1 + dice_below(dice, 5); brief.condition_count++)
        conditions[brief.condition_count] = random_condition(dice);
    for (uint32_t t = 0; t < brief.term_count; t++)
        terms[t] = (Term){.field = field_of(weighed[t]),
                          .weight = (int)dice_below(dice, 4) * 30,
                          .more = dice_below(dice, 2)};
    brief.conditions = conditions;
    brief.terms = terms;
    return brief;
}

/* The one condition that is false of the row, if all others are true of it; else -1. */
static int only_miss(const Brief *brief, const BoundFilter *const *checks, uint32_t row)
{
    int miss = -1;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        Truth truth = filter_row(checks[c], row);
        if (truth == TRUTH_MAYBE || (truth == TRUTH_NO && miss >= 0))
            return -1;
        miss = truth == TRUTH_NO ? (int)c : miss;
    }
    return miss;
}

/* Moves one end of the condition to `to` and counts the misses of it that are then met. */
static uint32_t gained(const Brief *brief, const BoundFilter *const *checks, const Relaxation *by)
{
    Condition moved = brief->conditions[by->condition];
    bool date = kind_info(KIND_PARCEL)->fields[moved.field].type == FIELD_DATE;
    Value to = date ? (Value){.state = VALUE_KNOWN, .date = {(int32_t)by->to, (int32_t)by->to}} : num(by->to);
    uint32_t count = 0;
    if (by->side == SIDE_LEAST)
        moved.least = to;
    else if (by->side == SIDE_GREATEST)
        moved.greatest = to;
    else
        moved.codes = &by->add, moved.code_count = 1;
    const BoundFilter *check = filter_bind(arena, &table, condition_filter(arena, KIND_PARCEL, &moved));
    for (uint32_t row = 0; row < table.rows; row++)
        count += only_miss(brief, checks, row) == (int)by->condition && filter_row(check, row) == TRUTH_YES;
    return count;
}

static void check_relaxations(const Brief *brief, const BoundFilter *const *checks, const Ranking *got)
{
    for (uint32_t i = 0; i < got->relaxation_count; i++) {
        Relaxation one = got->relaxations[i];
        CHECK_EQ(gained(brief, checks, &one), one.gains);
        CHECK(one.gains > 0);
        if (one.side == SIDE_NONE)
            continue;
        int64_t back = one.side == SIDE_LEAST ? 1 : -1;
        one.to += back; /* a little less gains nothing */
        CHECK_EQ(gained(brief, checks, &one), 0);
        if (one.far_gains == 0)
            continue;
        one.to = one.far_to;
        CHECK_EQ(gained(brief, checks, &one), one.far_gains);
        one.to += back;
        CHECK(gained(brief, checks, &one) < one.far_gains);
    }
}

typedef struct Slow {
    Str key;
    int64_t base, score;
} Slow;

static int slow_order(const void *a, const void *b)
{
    const Slow *x = a, *y = b;
    return x->score != y->score ? (x->score > y->score ? -1 : 1) : str_cmp(x->key, y->key);
}

static int64_t slow_score(const Ranking *got, uint32_t row, uint32_t changed, int fifths)
{
    const Brief *brief = got->brief;
    int64_t weights = 0, sum = 0;
    for (uint32_t t = 0; t < brief->term_count; t++)
        weights += brief->terms[t].weight * (t == changed ? fifths : 5);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        Value value;
        table_value(arena, &table, row, brief->terms[t].field, &value);
        __int128 gain = (__int128)SCORE_FULL * brief->terms[t].weight * (t == changed ? fifths : 5);
        __int128 range = (__int128)got->best[t] - got->worst[t];
        if (value.state == VALUE_KNOWN)
            sum += (int64_t)(range == 0 ? gain / weights
                                        : gain * ((__int128)value.num - got->worst[t]) / (weights * range));
    }
    return sum;
}

static void check_trial(const Brief *brief, const BoundFilter *const *checks, const Ranking *got,
                        const Trial *trial)
{
    Slow *slow = arena_array(arena, Slow, table.rows);
    uint32_t count = 0, before = 0;
    for (uint32_t row = 0; row < table.rows; row++) {
        bool fits = true;
        for (uint32_t c = 0; c < brief->condition_count; c++)
            fits &= filter_row(checks[c], row) == TRUTH_YES;
        if (fits)
            slow[count++] = (Slow){table_key(&table, row), slow_score(got, row, 0, 5),
                                   slow_score(got, row, trial->term, trial->more ? 6 : 4)};
    }
    qsort(slow, count, sizeof *slow, slow_order);
    CHECK_STR(table_key(&table, trial->first.row), str_c(slow[0].key));
    Slow former = slow[0];
    for (uint32_t i = 1; i < count; i++) {
        bool ahead = slow[i].base > slow[0].base ||
                     (slow[i].base == slow[0].base && str_cmp(slow[i].key, slow[0].key) < 0);
        before += ahead;
        if (slow[i].base > former.base ||
            (slow[i].base == former.base && str_cmp(slow[i].key, former.key) < 0))
            former = slow[i];
    }
    CHECK_EQ(trial->rank, before + 1);
    CHECK_EQ(trial->lead, before > 0  ? slow[0].score - former.score
                          : count > 1 ? slow[0].score - slow[1].score
                                      : -1);
}

TEST(random_briefs_are_explained_as_worked_out_row_by_row)
{
    Dice dice = {77};
    const Table *tables[] = {&table};
    HandRow *rows = random_rows(arena, &dice, KIND_PARCEL, ROWS);
    hand_table(arena, KIND_PARCEL, rows, ROWS, &table);
    uint32_t relaxed = 0, tried = 0;
    for (int i = 0; i < BRIEFS; i++) {
        Brief brief = random_brief(&dice);
        const BoundFilter *checks[CHECKS_MAX];
        uint32_t near = 0;
        Ranking got;
        for (uint32_t c = 0; c < brief.condition_count; c++)
            checks[c] =
                filter_bind(arena, &table, condition_filter(arena, KIND_PARCEL, &brief.conditions[c]));
        match_tables(arena, tables, 1, &brief, MATCH_EXPLAINED, &got);
        for (uint32_t row = 0; row < ROWS; row++)
            near += only_miss(&brief, checks, row) >= 0;
        CHECK_EQ(got.near, near);
        for (uint32_t n = 0; n < got.near_miss_count; n++) {
            CHECK_EQ(only_miss(&brief, checks, got.near_misses[n].at.row), (int)got.near_misses[n].condition);
            CHECK(n == 0 || got.near_misses[n - 1].relative <= got.near_misses[n].relative);
        }
        check_relaxations(&brief, checks, &got);
        for (uint32_t t = 0; t < got.trial_count; t++)
            check_trial(&brief, checks, &got, &got.trials[t]);
        relaxed += got.relaxation_count;
        tried += got.trial_count;
    }
    CHECK(relaxed > BRIEFS && tried > BRIEFS);
}
