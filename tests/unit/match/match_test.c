/* Rankings over tables made by hand: what each rule means on a few rows, then random briefs against a ranking
 * worked out row by row from the values as they were written. */
#include "match/match.h"
#include "match/select.h"
#include "test.h"
#include "unit/match/hand_table.h"
#include <stdlib.h>

enum { ROWS = 2500 };

static Arena *arena;

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

static Value code(const char *text)
{
    return (Value){.state = VALUE_KNOWN, .text = str_of(text)};
}

static Brief brief_of(const char *json)
{
    Brief brief;
    CHECK_OK(brief_parse(arena, AUDIENCE_PUBLIC, str_of(json), &brief));
    return brief;
}

static Ranking rank_rows(const HandRow *rows, uint32_t count, const Brief *brief, MatchDetail detail)
{
    Table *table = arena_new_of(arena, Table);
    const Table *tables[] = {table};
    Ranking ranking;
    hand_table(arena, KIND_PARCEL, rows, count, table);
    match_tables(arena, tables, 1, brief, detail, &ranking);
    return ranking;
}

static HandRow *parcels(uint32_t count)
{
    static const char *const keys[] = {"a", "b", "c", "d", "e", "f"};
    HandRow *rows = arena_zarray(arena, HandRow, count);
    for (uint32_t i = 0; i < count; i++) {
        rows[i].key = str_of(keys[i]);
        rows[i].values[field_of("land_state")] = code("serviced");
    }
    return rows;
}

TEST(a_site_whose_power_is_unknown_is_neither_fit_nor_unfit)
{
    HandRow *rows = parcels(1);
    rows[0].values[field_of("area_m2")] = num(4000000);
    Brief brief = brief_of(
        "{\"where\":[{\"field\":\"area_m2\",\"min\":30000},{\"field\":\"power_left_kva\",\"min\":8000}]}");
    Ranking got = rank_rows(rows, 1, &brief, MATCH_EXPLAINED);
    CHECK_EQ(got.fit, 0);
    CHECK_EQ(got.unknown, 1);
    CHECK_EQ(got.excluded, 0);
    CHECK_EQ(got.unknowns[0].asks, 1 << 1);
    CHECK_EQ(got.counts[1].unknown, 1);
}

TEST(a_promised_plot_is_unknown_a_supplied_one_is_excluded_and_taken_asks_neither)
{
    HandRow *rows = parcels(4);
    rows[1].values[field_of("land_state")] = code("promised");
    rows[2].values[field_of("land_state")] = code("supplied");
    rows[3].values[field_of("land_state")] = (Value){.state = VALUE_UNKNOWN};
    Brief brief = brief_of("{}");
    Ranking got = rank_rows(rows, 4, &brief, MATCH_EXPLAINED);
    CHECK_EQ(got.fit, 1);
    CHECK_EQ(got.unknown, 2);
    CHECK_EQ(got.counts[0].excludes, 1);
    CHECK_EQ(got.counts[0].only, 1);
    brief = brief_of("{\"taken\":true}");
    CHECK_EQ(rank_rows(rows, 4, &brief, MATCH_RANKING).fit, 4);
}

TEST(a_row_that_two_conditions_exclude_is_excluded_by_neither_alone)
{
    HandRow *rows = parcels(3);
    uint32_t area = field_of("area_m2"), price = field_of("price_fen_m2");
    for (int i = 0; i < 3; i++) {
        rows[i].values[area] = num(i == 0 ? 100 : 500000);
        rows[i].values[price] = num(i == 2 ? 10 : 90);
    }
    Brief brief = brief_of(
        "{\"where\":[{\"field\":\"area_m2\",\"min\":1000},{\"field\":\"price_fen_m2\",\"max\":50}]}");
    Ranking got = rank_rows(rows, 3, &brief, MATCH_EXPLAINED);
    CHECK_EQ(got.fit, 1);
    CHECK_EQ(got.counts[0].excludes, 1);
    CHECK_EQ(got.counts[0].only, 0);
    CHECK_EQ(got.counts[1].excludes, 2);
    CHECK_EQ(got.counts[1].only, 1);
}

TEST(the_filter_of_a_brief_is_its_last_condition)
{
    HandRow *rows = parcels(2);
    rows[0].values[field_of("far_max")] = num(300);
    Brief brief = brief_of("{\"filter\":\"far_max >= 2\"}");
    Ranking got = rank_rows(rows, 2, &brief, MATCH_EXPLAINED);
    CHECK_EQ(got.fit, 1);
    CHECK_EQ(got.unknown, 1);
    CHECK_EQ(got.counts[1].unknown, 1);
    CHECK(got.unknowns[0].asks == UINT64_C(1) << 63);
}

static const char two_terms[] = "{\"weigh\":[{\"field\":\"price_fen_m2\",\"weight\":1,\"better\":\"less\"},"
                                "{\"field\":\"area_m2\",\"weight\":2,\"better\":\"more\"}]}";

TEST(parts_are_cut_to_hundredths_and_sum_to_the_score)
{
    HandRow *rows = parcels(3);
    for (int i = 0; i < 3; i++) {
        rows[i].values[field_of("price_fen_m2")] = num(100 + 50 * i);
        rows[i].values[field_of("area_m2")] = num(1000 - 100 * i);
    }
    Brief brief = brief_of(two_terms);
    Ranking got = rank_rows(rows, 3, &brief, MATCH_RANKING);
    CHECK_EQ(got.site_count, 3);
    CHECK_EQ(got.best[0], 100);
    CHECK_EQ(got.worst[0], 200);
    CHECK_EQ(got.best[1], 1000);
    CHECK_EQ(got.worst[1], 800);
    CHECK_EQ(got.sites[0].parts[0], 3333);
    CHECK_EQ(got.sites[0].parts[1], 6666);
    CHECK_EQ(got.sites[0].score, 9999);
    CHECK_EQ(got.sites[1].parts[0], 1666);
    CHECK_EQ(got.sites[1].score, 1666 + 3333);
    CHECK_EQ(got.sites[2].score, 0);
}

TEST(an_unknown_term_counts_nothing_in_the_score_and_full_in_the_high_one)
{
    HandRow *rows = parcels(3);
    rows[0].values[field_of("area_m2")] = num(100);
    rows[1].values[field_of("area_m2")] = num(200);
    rows[0].values[field_of("price_fen_m2")] = num(7);
    rows[1].values[field_of("price_fen_m2")] = (Value){.state = VALUE_WITHHELD};
    rows[2].values[field_of("price_fen_m2")] = (Value){.state = VALUE_NOT_APPLICABLE};
    Brief brief = brief_of(two_terms);
    Ranking got = rank_rows(rows, 3, &brief, MATCH_RANKING);
    CHECK_STR(rows[got.sites[0].at.row].key, "b");
    CHECK_EQ(got.sites[0].parts[0], -1);
    CHECK_EQ(got.sites[0].score, 6666);
    CHECK_EQ(got.sites[0].score_high, 9999);
    CHECK_EQ(got.sites[1].parts[0], 3333); /* the only price known: worst and best are one */
    CHECK_EQ(got.sites[2].parts[0], 0);
    CHECK_EQ(got.sites[2].score_high, 6666);
}

TEST(the_scale_takes_in_what_may_fit_and_nothing_that_does_not)
{
    HandRow *rows = parcels(3);
    for (int i = 0; i < 3; i++)
        rows[i].values[field_of("price_fen_m2")] = num(100 * (i + 1));
    rows[1].values[field_of("land_state")] = code("promised");
    rows[2].values[field_of("land_state")] = code("supplied");
    Brief brief = brief_of(two_terms);
    Ranking got = rank_rows(rows, 3, &brief, MATCH_RANKING);
    CHECK_EQ(got.best[0], 100);
    CHECK_EQ(got.worst[0], 200);
    CHECK_EQ(got.best[1], 0);
    CHECK_EQ(got.worst[1], 0);
}

TEST(ties_are_in_the_order_of_keys)
{
    HandRow *rows = parcels(5);
    rows[0].key = STR("x10");
    rows[1].key = STR("x2");
    rows[2].key = STR("x");
    rows[3].key = STR("江");
    rows[4].key = STR("X");
    Brief brief =
        brief_of("{\"top\":4,\"weigh\":[{\"field\":\"area_m2\",\"weight\":3,\"better\":\"more\"}]}");
    Ranking got = rank_rows(rows, 5, &brief, MATCH_RANKING);
    CHECK_EQ(got.site_count, 4);
    CHECK_EQ(got.fit, 5);
    static const char *const order[] = {"X", "x", "x10", "x2"};
    for (int i = 0; i < 4; i++)
        CHECK_STR(rows[got.sites[i].at.row].key, order[i]);
}

TEST(without_weights_the_larger_plot_comes_first_and_an_unknown_area_last)
{
    HandRow *rows = parcels(4);
    rows[1].values[field_of("area_m2")] = num(100);
    rows[2].values[field_of("area_m2")] = num(300);
    rows[3].values[field_of("area_m2")] = num(100);
    Brief brief = brief_of("{\"weigh\":[{\"field\":\"price_fen_m2\",\"weight\":0,\"better\":\"less\"}]}");
    Ranking got = rank_rows(rows, 4, &brief, MATCH_RANKING);
    static const uint32_t order[] = {2, 1, 3, 0};
    for (int i = 0; i < 4; i++) {
        CHECK_EQ(got.sites[i].at.row, order[i]);
        CHECK_EQ(got.sites[i].score_high, 0);
    }
}

TEST(a_scale_wider_than_64_bits_of_product_is_still_exact)
{
    HandRow *rows = parcels(3);
    uint32_t field = field_of("invest_min_fen_m2");
    rows[0].values[field] = num(-INT64_C(4000000000000000000));
    rows[1].values[field] = num(INT64_C(4000000000000000000));
    rows[2].values[field] = num(0);
    Brief brief =
        brief_of("{\"weigh\":[{\"field\":\"invest_min_fen_m2\",\"weight\":100,\"better\":\"more\"}]}");
    Ranking got = rank_rows(rows, 3, &brief, MATCH_RANKING);
    CHECK_EQ(got.sites[0].score, 10000);
    CHECK_EQ(got.sites[1].score, 5000);
    CHECK_EQ(got.sites[2].score, 0);
}

TEST(no_rows_rank_to_nothing)
{
    Brief brief = brief_of(two_terms);
    Ranking got = rank_rows(NULL, 0, &brief, MATCH_EXPLAINED);
    CHECK_EQ(got.candidates, 0);
    CHECK_EQ(got.site_count, 0);
    CHECK_EQ(got.unknown_count, 0);
}

/* ---- random briefs ---- */

static bool may_be_asked(const Field *field)
{
    return field->filterable && field->visibility == AUDIENCE_PUBLIC;
}

static void random_condition(Dice *dice, const KindInfo *info, Condition *ret)
{
    *ret = (Condition){0};
    do {
        ret->field = dice_below(dice, info->field_count);
    } while (!may_be_asked(&info->fields[ret->field]));
    const Field *field = &info->fields[ret->field];
    if (field->type == FIELD_NUM || field->type == FIELD_DATE) {
        /* wide enough that a row has a chance to pass many of them */
        if (dice_below(dice, 2) == 0)
            ret->least = random_known(arena, dice, field);
        else
            ret->greatest = random_known(arena, dice, field);
        return;
    }
    if (field->type == FIELD_BOOL) {
        ret->least = ret->greatest = num(dice_below(dice, 2));
        return;
    }
    Field single = *field;
    single.type = field->type == FIELD_CODES  ? FIELD_CODE
                  : field->type == FIELD_REFS ? FIELD_REF
                                              : field->type;
    Str *codes = arena_array(arena, Str, 8);
    ret->code_count = 1 + dice_below(dice, 8);
    for (uint32_t i = 0; i < ret->code_count; i++)
        codes[i] = random_known(arena, dice, &single).text;
    ret->codes = codes;
}

static Brief random_brief(Dice *dice, Kind kind)
{
    static const char *const filters[] = {"name_zh < 'b' OR how IN ('reported', 'surveyed')",
                                          "NOT how = 'derived'", "name_zh IS NULL OR name_en >= 'a'"};
    const KindInfo *info = kind_info(kind);
    Brief brief = {.kind = kind, .top = 1 + dice_below(dice, 60)};
    Condition *conditions = arena_zarray(arena, Condition, 8);
    Term *terms = arena_zarray(arena, Term, 5);
    for (uint32_t i = dice_below(dice, 7); i > 0; i--)
        random_condition(dice, info, &conditions[brief.condition_count++]);
    if (kind == KIND_PARCEL && dice_below(dice, 2))
        conditions[brief.condition_count++] = (Condition){.field = field_of("land_state"), .offer = true};
    if (dice_below(dice, 3) == 0)
        CHECK_OK(
            filter_parse(arena, kind, AUDIENCE_PUBLIC, str_of(filters[dice_below(dice, 3)]), &brief.filter));
    /* parks have neither numbers nor dates to weigh */
    for (uint32_t i = kind == KIND_PARK ? 0 : dice_below(dice, 6); i > 0; i--) {
        Term *term = &terms[brief.term_count++];
        do {
            term->field = dice_below(dice, info->field_count);
        } while (info->fields[term->field].type != FIELD_NUM && info->fields[term->field].type != FIELD_DATE);
        term->weight = (int)dice_below(dice, 5) * 25;
        term->more = dice_below(dice, 2);
    }
    brief.conditions = conditions;
    brief.terms = terms;
    return brief;
}

/* A table cut in two (the second replaces and adds rows), seen by the oracle as one list of rows. */
typedef struct Case {
    Kind kind;
    const HandRow *rows;
    uint32_t count;
    const Brief *brief;
    const Table *whole;
    const BoundFilter *filter; /* bound to `whole` */
} Case;

static Truth want_condition(const Case *c, const Condition *condition, const Value *value)
{
    const Field *field = &kind_info(c->kind)->fields[condition->field];
    if (value->state == VALUE_NOT_APPLICABLE)
        return TRUTH_NO;
    if (value->state != VALUE_KNOWN)
        return TRUTH_MAYBE;
    if (condition->offer) {
        int offer = field->codes->codes[code_index(field->codes, value->text)].offer;
        return offer == OFFER_OPEN ? TRUTH_YES : offer == OFFER_PROMISED ? TRUTH_MAYBE : TRUTH_NO;
    }
    for (uint32_t i = 0; i < condition->code_count; i++) {
        bool list = field->type == FIELD_CODES || field->type == FIELD_REFS;
        if (!list && str_eq(value->text, condition->codes[i]))
            return TRUTH_YES;
        for (uint32_t k = 0; list && k < value->list.count; k++)
            if (str_eq(value->list.items[k], condition->codes[i]))
                return TRUTH_YES;
    }
    if (condition->codes)
        return TRUTH_NO;
    bool date = field->type == FIELD_DATE, all = true, any = true;
    int64_t first = date ? value->date.first : value->num, last = date ? value->date.last : value->num;
    if (condition->least.state == VALUE_KNOWN) {
        int64_t least = date ? condition->least.date.first : condition->least.num;
        all &= first >= least;
        any &= last >= least;
    }
    if (condition->greatest.state == VALUE_KNOWN) {
        int64_t greatest = date ? condition->greatest.date.last : condition->greatest.num;
        all &= last <= greatest;
        any &= first <= greatest;
    }
    return all ? TRUTH_YES : any ? TRUTH_MAYBE : TRUTH_NO;
}

typedef struct Wanted {
    Site site;
    Str key;
    Truth truth;
    int64_t order;
} Wanted;

static void want_truth(const Case *c, uint32_t row, ConditionCount *counts, Wanted *ret)
{
    uint32_t noes = 0, which = 0, checks = c->brief->condition_count + (c->brief->filter != NULL);
    *ret = (Wanted){.key = c->rows[row].key, .truth = TRUTH_YES};
    for (uint32_t i = 0; i < checks; i++) {
        bool last = i == c->brief->condition_count;
        Truth truth = last ? filter_row(c->filter, row)
                           : want_condition(c, &c->brief->conditions[i],
                                            &c->rows[row].values[c->brief->conditions[i].field]);
        if (truth == TRUTH_NO) {
            noes++;
            which = i;
            counts[i].excludes++;
        } else if (truth == TRUTH_MAYBE) {
            counts[i].unknown++;
            ret->site.asks |= UINT64_C(1) << (last ? 63 : i);
        }
        ret->truth = truth < ret->truth ? truth : ret->truth;
    }
    if (noes == 1)
        counts[which].only++;
}

static int64_t term_value(const Case *c, uint32_t term, uint32_t row, ValueState *ret_state)
{
    uint32_t field = c->brief->terms[term].field;
    const Value *value = &c->rows[row].values[field];
    *ret_state = value->state;
    return kind_info(c->kind)->fields[field].type == FIELD_DATE ? value->date.first : value->num;
}

static void want_scale(const Case *c, const Wanted *wanted, Ranking *ret)
{
    for (uint32_t t = 0; t < c->brief->term_count; t++) {
        bool any = false;
        for (uint32_t r = 0; r < c->count; r++) {
            ValueState state;
            int64_t value = term_value(c, t, r, &state);
            if (wanted[r].truth == TRUTH_NO || state != VALUE_KNOWN)
                continue;
            bool more = c->brief->terms[t].more;
            if (!any || (more ? value > ret->best[t] : value < ret->best[t]))
                ret->best[t] = value;
            if (!any || (more ? value < ret->worst[t] : value > ret->worst[t]))
                ret->worst[t] = value;
            any = true;
        }
    }
}

static void want_score(const Case *c, const Ranking *scale, uint32_t row, Wanted *wanted)
{
    int64_t weights = 0;
    for (uint32_t t = 0; t < c->brief->term_count; t++)
        weights += c->brief->terms[t].weight;
    for (uint32_t t = 0; t < c->brief->term_count && weights > 0; t++) {
        ValueState state;
        __int128 value = term_value(c, t, row, &state), worst = scale->worst[t], best = scale->best[t];
        __int128 gain = (__int128)10000 * c->brief->terms[t].weight;
        int32_t full = (int32_t)(gain / weights);
        int32_t part = state == VALUE_KNOWN && worst != best
                           ? (int32_t)(gain * (value - worst) / (weights * (best - worst)))
                       : state == VALUE_KNOWN          ? full
                       : state == VALUE_NOT_APPLICABLE ? 0
                                                       : -1;
        wanted->site.parts[t] = part;
        wanted->site.score += part < 0 ? 0 : part;
        wanted->site.score_high += part < 0 ? full : part;
    }
    for (uint32_t t = 0; t < c->brief->term_count && weights == 0; t++) {
        ValueState state;
        (void)term_value(c, t, row, &state);
        wanted->site.parts[t] = state == VALUE_KNOWN || state == VALUE_NOT_APPLICABLE ? 0 : -1;
    }
    int area = field_index(c->kind, STR("area_m2"));
    wanted->order = wanted->truth == TRUTH_YES ? wanted->site.score : wanted->site.score_high;
    if (weights == 0)
        wanted->order = area >= 0 && c->rows[row].values[area].state == VALUE_KNOWN
                            ? c->rows[row].values[area].num
                            : INT64_MIN;
}

static int wanted_order(const void *a, const void *b)
{
    const Wanted *x = a, *y = b;
    if (x->truth != y->truth)
        return x->truth > y->truth ? -1 : 1;
    if (x->order != y->order)
        return x->order > y->order ? -1 : 1;
    return str_cmp(x->key, y->key);
}

static void write_site(Buf *buf, const Brief *brief, Str key, const Site *site)
{
    buf_fmt(buf, "%.*s %d %d %llx", STR_ARG(key), site->score, site->score_high,
            (unsigned long long)site->asks);
    for (uint32_t t = 0; t < brief->term_count; t++)
        buf_fmt(buf, " %d", site->parts[t]);
    buf_byte(buf, '\n');
}

static void write_head(Buf *buf, const Ranking *ranking)
{
    const Brief *brief = ranking->brief;
    buf_fmt(buf, "%u %u %u %u\n", ranking->candidates, ranking->fit, ranking->unknown,
            ranking->near + ranking->excluded);
    for (uint32_t i = 0; i <= BRIEF_CONDITIONS_MAX; i++)
        if (i < brief->condition_count + (brief->filter != NULL))
            buf_fmt(buf, "%u %u %u\n", ranking->counts[i].excludes, ranking->counts[i].unknown,
                    ranking->counts[i].only);
    for (uint32_t t = 0; t < brief->term_count; t++)
        buf_fmt(buf, "%lld %lld\n", (long long)ranking->worst[t], (long long)ranking->best[t]);
}

/* All that a ranking says, in words that do not depend on where its rows lie. */
static void dump(Buf *buf, const Ranking *ranking, const Table *const *tables)
{
    write_head(buf, ranking);
    for (uint32_t i = 0; i < ranking->site_count; i++) {
        RowRef at = ranking->sites[i].at;
        write_site(buf, ranking->brief, table_key(tables[at.segment], at.row), &ranking->sites[i]);
    }
    buf_c(buf, "--\n");
    for (uint32_t i = 0; i < ranking->unknown_count; i++) {
        RowRef at = ranking->unknowns[i].at;
        write_site(buf, ranking->brief, table_key(tables[at.segment], at.row), &ranking->unknowns[i]);
    }
}

static void dump_wanted(Buf *buf, const Case *c)
{
    Ranking ranking = {.brief = c->brief, .candidates = c->count};
    Wanted *wanted = arena_array(arena, Wanted, c->count);
    for (uint32_t r = 0; r < c->count; r++) {
        want_truth(c, r, ranking.counts, &wanted[r]);
        ranking.fit += wanted[r].truth == TRUTH_YES;
        ranking.unknown += wanted[r].truth == TRUTH_MAYBE;
        ranking.excluded += wanted[r].truth == TRUTH_NO;
    }
    want_scale(c, wanted, &ranking);
    for (uint32_t r = 0; r < c->count; r++)
        want_score(c, &ranking, r, &wanted[r]);
    qsort(wanted, c->count, sizeof *wanted, wanted_order);
    write_head(buf, &ranking);
    for (uint32_t i = 0; i < ranking.fit && i < c->brief->top; i++)
        write_site(buf, c->brief, wanted[i].key, &wanted[i].site);
    buf_c(buf, "--\n");
    for (uint32_t i = 0; i < ranking.unknown && i < c->brief->top; i++)
        write_site(buf, c->brief, wanted[ranking.fit + i].key, &wanted[ranking.fit + i].site);
}

static void check_same(const Buf *got, const Buf *want, const char *what, int n)
{
    if (!str_eq(buf_view(got), buf_view(want)))
        test_fail(__FILE__, __LINE__, "brief %d, %s:\n%.400s\nnot\n%.400s", n, what, got->ptr, want->ptr);
}

/* Base: every row, some of them with other values, and those buried; delta: the rows in their right form. */
static void cut_in_two(Dice *dice, const Case *c, Table *base, Table *delta)
{
    HandRow *old = arena_copy(arena, c->rows, c->count * sizeof *old);
    HandRow *fresh = arena_array(arena, HandRow, c->count);
    bool *buried = arena_zarray(arena, bool, c->count + 1);
    HandRow *kept = arena_array(arena, HandRow, c->count + 1);
    uint32_t fresh_count = 0, kept_count = 0;
    for (uint32_t r = 0; r < c->count; r++) {
        uint32_t roll = dice_below(dice, 20);
        if (roll < 2)
            fresh[fresh_count++] = c->rows[r]; /* changed or added since the base */
        if (roll == 0)
            continue; /* added: the base has no such row */
        if (roll == 1) {
            const Field *fields = kind_info(c->kind)->fields;
            for (uint32_t f = 0; f < kind_info(c->kind)->field_count; f++)
                old[r].values[f] = random_value(arena, dice, &fields[f]);
            buried[kept_count] = true;
        }
        kept[kept_count++] = old[r];
    }
    hand_table(arena, c->kind, kept, kept_count, base);
    hand_table(arena, c->kind, fresh, fresh_count, delta);
    for (uint32_t r = 0; r < kept_count; r++)
        if (buried[r])
            hand_bury(base, r);
}

static void check_brief(Dice *dice, const Case *c, int n, bool cut)
{
    Buf want, got;
    Ranking ranking;
    Table base, delta;
    const Table *one[] = {c->whole}, *two[] = {&base, &delta};
    buf_init(&want, 1 << 20);
    buf_init(&got, 1 << 20);
    dump_wanted(&want, c);
    match_tables(arena, one, 1, c->brief, MATCH_EXPLAINED, &ranking);
    dump(&got, &ranking, one);
    check_same(&got, &want, "explained", n);
    CHECK_EQ(ranking.candidates, ranking.fit + ranking.unknown + ranking.near + ranking.excluded);
    ConditionCount counts[BRIEF_CONDITIONS_MAX + 1];
    memcpy(counts, ranking.counts, sizeof counts);
    match_tables(arena, one, 1, c->brief, MATCH_RANKING, &ranking);
    memcpy(ranking.counts, counts, sizeof counts); /* the only difference there may be */
    buf_clear(&got);
    dump(&got, &ranking, one);
    check_same(&got, &want, "ranking only", n);
    if (cut) {
        cut_in_two(dice, c, &base, &delta);
        match_tables(arena, two, 2, c->brief, MATCH_EXPLAINED, &ranking);
        buf_clear(&got);
        dump(&got, &ranking, two);
        check_same(&got, &want, "base and delta", n);
    }
    buf_done(&want);
    buf_done(&got);
}

TEST(random_briefs_rank_as_worked_out_row_by_row_however_the_rows_are_cut)
{
    static const Kind kinds[] = {KIND_PARCEL, KIND_PARK, KIND_SOURCE};
    Dice dice = {1130};
    for (int k = 0; k < 3; k++) {
        HandRow *rows = random_rows(arena, &dice, kinds[k], ROWS);
        Table whole;
        hand_table(arena, kinds[k], rows, ROWS, &whole);
        for (int i = 0; i < 120; i++) {
            Brief brief = random_brief(&dice, kinds[k]);
            Case c = {kinds[k], rows, ROWS, &brief, &whole, filter_bind(arena, &whole, brief.filter)};
            check_brief(&dice, &c, i, i % 20 == 0);
        }
    }
}
