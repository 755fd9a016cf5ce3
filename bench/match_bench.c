/* match_bench ATLAS_FOLDER [BRIEFS 400] [CHECKED 50] [SEED 1] [TIMES 1]: random briefs, each different, of 13
 * conditions and the offer, 5 terms, the top 50; then, where the atlas has the members of bench.part
 * (atlas_load), briefs with a distance to the nearest of them. Bounds are taken from the parcels themselves.
 * Prints p50 and p99 in process, on one thread, with and without the counts per condition; then works CHECKED
 * of the rankings out again row by row through table_value and ends with 1 if a count, a score, a place or an
 * order differs. */
#include "app/entity_json.h"
#include "app/facts.h"
#include "app/query.h"
#include "match/match.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CONDITIONS = 14, TERMS = 5, TOP = 50 };

static const Nearness members = {NEAR_SEGMENT, {"bench.part", 10}};

static uint64_t state;

static uint64_t below(uint64_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % n;
}

static void check(Err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "%s: %s\n", err_name(err), fault_last()->count ? fault_last()->args[0].text : "");
    exit(1);
}

static uint32_t field_of(const char *name)
{
    uint32_t index;
    check(field_named(KIND_PARCEL, str_of(name), &index));
    return index;
}

/* ---- briefs ---- */

/* The value of some parcel; of several tries the `rank`-th smallest. */
static Value some_value(Arena *arena, const Table *table, uint32_t field, int tries, int rank)
{
    Value values[8];
    int count = 0;
    bool date = kind_info(KIND_PARCEL)->fields[field].type == FIELD_DATE;
    for (int t = 0; t < 1000 && count < tries; t++) {
        Value value;
        table_value(arena, table, (uint32_t)below(table->rows), field, &value);
        if (value.state != VALUE_KNOWN)
            continue;
        int at = count++;
        for (;
             at > 0 && (date ? values[at - 1].date.first > value.date.first : values[at - 1].num > value.num);
             at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
    return count > rank ? values[rank] : (Value){.state = VALUE_UNKNOWN};
}

static void at_least(Arena *arena, const Table *table, const char *name, Condition *ret)
{
    ret->field = field_of(name);
    ret->least = some_value(arena, table, ret->field, 5, (int)below(3));
}

static void at_most(Arena *arena, const Table *table, const char *name, Condition *ret)
{
    ret->field = field_of(name);
    ret->greatest = some_value(arena, table, ret->field, 5, 2 + (int)below(3));
}

static void any_land_use(Arena *arena, Condition *ret)
{
    ret->field = field_of("land_use");
    const CodeList *list = kind_info(KIND_PARCEL)->fields[ret->field].codes;
    Str *codes = arena_array(arena, Str, 4);
    for (ret->code_count = 0; ret->code_count < 1 + below(3); ret->code_count++)
        codes[ret->code_count] = str_of(list->codes[below(list->count)].code);
    ret->codes = codes;
}

static Brief *random_brief(Arena *arena, const Table *table, bool near)
{
    static const char *const weighed[TERMS] = {"price_fen_m2", "area_m2", "power_left_kva", "port_m",
                                               "motorway_junction_m"};
    Brief *brief = arena_new_of(arena, Brief);
    Condition *c = arena_zarray(arena, Condition, CONDITIONS);
    Term *terms = arena_zarray(arena, Term, TERMS);
    any_land_use(arena, &c[0]);
    at_least(arena, table, "area_m2", &c[1]);
    if (below(2))
        c[1].greatest = some_value(arena, table, c[1].field, 8, 7);
    if (c[1].greatest.state == VALUE_KNOWN && c[1].greatest.num < c[1].least.num)
        c[1].greatest.state = VALUE_UNKNOWN;
    at_least(arena, table, "far_max", &c[2]);
    at_most(arena, table, "price_fen_m2", &c[3]);
    at_least(arena, table, "power_left_kva", &c[4]);
    at_least(arena, table, "water_left_m3d", &c[5]);
    at_least(arena, table, "sewage_left_m3d", &c[6]);
    c[7] = (Condition){.field = field_of("gas_state"), .code_count = 1};
    c[7].codes = arena_copy(arena, &STR("done"), sizeof(Str));
    at_most(arena, table, "port_m", &c[8]);
    at_most(arena, table, "motorway_junction_m", &c[9]);
    at_most(arena, table, "rail_station_m", &c[10]);
    at_most(arena, table, "available_from", &c[11]);
    at_most(arena, table, "env_class", &c[12]);
    c[13] = (Condition){.field = field_of("land_state"), .offer = true};
    for (int t = 0; t < TERMS; t++)
        terms[t] =
            (Term){.field = field_of(weighed[t]), .weight = 1 + (int)below(100), .more = t == 1 || t == 2};
    /* The distance takes the place of the one to a motorway, so that about as many sites fit. */
    if (near)
        c[9] = (Condition){.near = &members,
                           .greatest = {.state = VALUE_KNOWN, .num = 1000 + (int64_t)below(20000)}};
    *brief = (Brief){.kind = KIND_PARCEL,
                     .conditions = c,
                     .condition_count = CONDITIONS,
                     .terms = terms,
                     .term_count = TERMS,
                     .top = TOP};
    return brief;
}

/* ---- the same, row by row ---- */

typedef enum Answer { NO, MAYBE, YES } Answer;

/* The distances of all rows of the base, each asked for alone. */
static const int64_t *distances;

static Answer near_answer(const Condition *condition, RowRef at)
{
    int64_t metres = at.segment == 0 ? distances[at.row] : -1;
    return metres < 0 ? MAYBE : metres <= condition->greatest.num ? YES : NO;
}

static Answer answer(const Condition *condition, const Value *value)
{
    const Field *field = &kind_info(KIND_PARCEL)->fields[condition->field];
    if (value->state == VALUE_NOT_APPLICABLE)
        return NO;
    if (value->state != VALUE_KNOWN)
        return MAYBE;
    if (condition->offer) {
        int offer = field->codes->codes[code_index(field->codes, value->text)].offer;
        return offer == OFFER_OPEN ? YES : offer == OFFER_PROMISED ? MAYBE : NO;
    }
    if (condition->codes) {
        for (uint32_t i = 0; i < condition->code_count; i++)
            if (str_eq(condition->codes[i], value->text))
                return YES;
        return NO;
    }
    bool date = field->type == FIELD_DATE, low = condition->least.state == VALUE_KNOWN;
    bool high = condition->greatest.state == VALUE_KNOWN;
    int64_t least = !low ? INT64_MIN : date ? condition->least.date.first : condition->least.num;
    int64_t most = !high ? INT64_MAX : date ? condition->greatest.date.last : condition->greatest.num;
    int64_t first = date ? value->date.first : value->num, last = date ? value->date.last : value->num;
    return first >= least && last <= most ? YES : last < least || first > most ? NO : MAYBE;
}

typedef struct Slow {
    RowRef at;
    Str key;
    Answer answer;
    Value terms[TERMS];
    int64_t score, high;
} Slow;

typedef struct SlowRanking {
    uint32_t candidates, fit, unknown, near;
    ConditionCount counts[CONDITIONS];
    Slow *rows;
    uint32_t count;
} SlowRanking;

static void slow_row(Arena *scratch, const Table *table, RowRef at, const Brief *brief, SlowRanking *ret)
{
    uint32_t noes = 0, which = 0;
    Answer all = YES, others = YES; /* others: of the conditions that are not false */
    ret->candidates++;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        Value value;
        table_value(scratch, table, at.row, brief->conditions[c].field, &value);
        Answer one = brief->conditions[c].near ? near_answer(&brief->conditions[c], at)
                                               : answer(&brief->conditions[c], &value);
        all = one < all ? one : all;
        others = one == MAYBE ? MAYBE : others;
        ret->counts[c].unknown += one == MAYBE;
        ret->counts[c].excludes += one == NO;
        noes += one == NO;
        which = one == NO ? c : which;
    }
    ret->counts[which].only += noes == 1;
    ret->counts[which].near += noes == 1 && others == YES;
    ret->near += noes == 1 && others == YES;
    if (all == NO)
        return;
    ret->fit += all == YES;
    ret->unknown += all == MAYBE;
    if (ret->count % 65536 == 0)
        ret->rows = heap_grow(ret->rows, (ret->count + 65536) * sizeof *ret->rows);
    Slow *row = &ret->rows[ret->count++];
    *row = (Slow){.at = at, .key = table_key(table, at.row), .answer = all};
    for (uint32_t t = 0; t < brief->term_count; t++)
        table_value(scratch, table, at.row, brief->terms[t].field, &row->terms[t]);
}

static void slow_term(const Brief *brief, uint32_t t, int64_t weights, SlowRanking *slow)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (uint32_t i = 0; i < slow->count; i++) {
        const Value *value = &slow->rows[i].terms[t];
        if (value->state != VALUE_KNOWN)
            continue;
        least = value->num < least ? value->num : least;
        most = value->num > most ? value->num : most;
    }
    __int128 gain = (__int128)SCORE_FULL * brief->terms[t].weight;
    for (uint32_t i = 0; i < slow->count; i++) {
        const Value *value = &slow->rows[i].terms[t];
        __int128 over = brief->terms[t].more ? (__int128)value->num - least : (__int128)most - value->num;
        int64_t full = (int64_t)(gain / weights);
        int64_t part =
            least == most ? full : (int64_t)(gain * over / ((__int128)weights * ((__int128)most - least)));
        slow->rows[i].score += value->state == VALUE_KNOWN ? part : 0;
        slow->rows[i].high += value->state == VALUE_KNOWN            ? part
                              : value->state == VALUE_NOT_APPLICABLE ? 0
                                                                     : full;
    }
}

static int slow_order(const void *a, const void *b)
{
    const Slow *x = a, *y = b;
    if (x->answer != y->answer)
        return x->answer > y->answer ? -1 : 1;
    int64_t p = x->answer == YES ? x->score : x->high, q = y->answer == YES ? y->score : y->high;
    return p != q ? (p > q ? -1 : 1) : str_cmp(x->key, y->key);
}

static void slow_rank(Arena *scratch, const Atlas *atlas, const Brief *brief, SlowRanking *ret)
{
    int64_t weights = 0;
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, KIND_PARCEL, s);
        for (uint32_t row = 0; row < table->rows; row++)
            if (bits_get(table->live, row))
                slow_row(scratch, table, (RowRef){s, row}, brief, ret);
    }
    for (uint32_t t = 0; t < brief->term_count; t++)
        weights += brief->terms[t].weight;
    for (uint32_t t = 0; t < brief->term_count; t++)
        slow_term(brief, t, weights, ret);
    if (ret->count > 0)
        qsort(ret->rows, ret->count, sizeof *ret->rows, slow_order);
}

static bool same_sites(const Site *sites, uint32_t count, const Slow *want, uint32_t want_count)
{
    if (count != (want_count < TOP ? want_count : TOP))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (sites[i].at.segment != want[i].at.segment || sites[i].at.row != want[i].at.row ||
            sites[i].score != want[i].score || sites[i].score_high != want[i].high)
            return false;
    return true;
}

static bool agrees(Arena *arena, const Atlas *atlas, const Brief *brief)
{
    Arena *scratch = arena_new();
    SlowRanking slow = {0};
    Ranking fast, explained;
    match_run(arena, atlas, brief, MATCH_RANKING, &fast);
    match_run(arena, atlas, brief, MATCH_EXPLAINED, &explained);
    slow_rank(scratch, atlas, brief, &slow);
    bool same = fast.candidates == slow.candidates && fast.fit == slow.fit && fast.unknown == slow.unknown &&
                explained.fit == slow.fit && explained.unknown == slow.unknown && explained.near == slow.near;
    for (uint32_t c = 0; c < CONDITIONS; c++)
        same &= memcmp(&explained.counts[c], &slow.counts[c], sizeof slow.counts[c]) == 0;
    same &= same_sites(fast.sites, fast.site_count, slow.rows, slow.fit) &&
            same_sites(explained.sites, explained.site_count, slow.rows, slow.fit) &&
            same_sites(fast.unknowns, fast.unknown_count, slow.rows + slow.fit, slow.unknown) &&
            same_sites(explained.unknowns, explained.unknown_count, slow.rows + slow.fit, slow.unknown);
    free(slow.rows);
    arena_free(scratch);
    return same;
}

/* ---- timing ---- */

static int double_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Of all threads: a large table is gone over by two. */
static double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int times = 1; /* each brief is run so often in a row, and the shortest taken */

static void time_all(const Atlas *atlas, Brief *const *briefs, uint32_t count, MatchDetail detail,
                     const char *name)
{
    double *ms = heap_alloc(count * sizeof *ms), *cpu = heap_alloc(count * sizeof *cpu);
    uint64_t fit = 0, unknown = 0;
    Arena *arena = arena_new();
    for (uint32_t i = 0; i < count; i++) {
        Ranking ranking = {0};
        for (int n = 0; n < times; n++) {
            arena_reset(arena);
            int64_t start = clock_now_ns();
            double began = cpu_ms();
            match_run(arena, atlas, briefs[i], detail, &ranking);
            double spent = cpu_ms() - began, took = (double)(clock_now_ns() - start) / 1e6;
            cpu[i] = n == 0 || spent < cpu[i] ? spent : cpu[i];
            ms[i] = n == 0 || took < ms[i] ? took : ms[i];
        }
        fit += ranking.fit;
        unknown += ranking.unknown;
    }
    qsort(ms, count, sizeof *ms, double_order);
    qsort(cpu, count, sizeof *cpu, double_order);
    printf("%-10s p50 %.3f ms  p99 %.3f ms  of the processor p50 %.3f  p99 %.3f  (mean fit %llu, unknown "
           "%llu)\n",
           name, ms[count / 2], ms[count * 99 / 100], cpu[count / 2], cpu[count * 99 / 100],
           (unsigned long long)(fit / count), (unsigned long long)(unknown / count));
    free(cpu);
    arena_free(arena);
    free(ms);
}

/* Row by row; and of some rows by measuring every member. False: these differ. */
static bool measure_all(Arena *arena, const Atlas *atlas)
{
    enum { MEASURED = 200 };
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0), *firms = atlas_table(atlas, KIND_ENTERPRISE, 0);
    const Table *roles = atlas_table(atlas, KIND_ROLE, 0);
    Brief brief = {.kind = KIND_PARCEL, .top = 1, .condition_count = 1};
    Condition condition = {.near = &members, .greatest = {.state = VALUE_KNOWN, .num = INT64_MAX}};
    Ranking ranking;
    int64_t *all = heap_alloc(table->rows * sizeof *all);
    brief.conditions = &condition;
    match_run(arena, atlas, &brief, MATCH_RANKING, &ranking);
    for (uint32_t row = 0; row < table->rows; row++)
        if (!match_distance(&ranking, (RowRef){0, row}, &members, &all[row]))
            all[row] = -1;
    distances = all;
    for (uint32_t i = 0; i < MEASURED; i++) {
        uint32_t row = (uint32_t)below(table->rows);
        int64_t least = INT64_MAX;
        for (uint32_t role = 0; role < roles->rows; role++) {
            uint32_t firm;
            if (table_find(firms, table_key(roles, role), &firm)) { /* a role is called as its enterprise */
                int64_t metres = distance_m(table->anchors[row], firms->anchors[firm]);
                least = metres < least ? metres : least;
            }
        }
        if (all[row] != least)
            return false;
    }
    return true;
}

/* ---- the whole answer, from the brief's text to the answer's ---- */

static void write_condition(JsonOut *out, const Condition *condition)
{
    const Field *field = &kind_info(KIND_PARCEL)->fields[condition->field];
    static const Field metres = {.name = "near_m", .type = FIELD_NUM};
    out_object(out);
    if (condition->near) {
        out_name(out, "near");
        out_raw(out, STR("{\"segment\":\"bench.part\"}"));
        field = &metres;
    } else {
        out_name(out, "field");
        out_c(out, field->name);
    }
    if (condition->codes) {
        out_name(out, "in");
        out_array(out);
        for (uint32_t i = 0; i < condition->code_count; i++)
            out_str(out, condition->codes[i]);
        out_array_end(out);
    }
    if (condition->least.state == VALUE_KNOWN) {
        out_name(out, "min");
        out_value(out, field, &condition->least);
    }
    if (condition->greatest.state == VALUE_KNOWN) {
        out_name(out, "max");
        out_value(out, field, &condition->greatest);
    }
    out_object_end(out);
}

static void write_brief(Buf *text, const Brief *brief)
{
    JsonOut out = json_out(text);
    out_object(&out);
    out_name(&out, "where");
    out_array(&out);
    for (uint32_t c = 0; c < brief->condition_count; c++)
        if (!brief->conditions[c].offer)
            write_condition(&out, &brief->conditions[c]);
    out_array_end(&out);
    out_name(&out, "weigh");
    out_array(&out);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        out_object(&out);
        out_name(&out, "field");
        out_c(&out, kind_info(KIND_PARCEL)->fields[brief->terms[t].field].name);
        out_name(&out, "weight");
        out_int(&out, brief->terms[t].weight);
        out_name(&out, "better");
        out_c(&out, brief->terms[t].more ? "more" : "less");
        out_object_end(&out);
    }
    out_array_end(&out);
    out_object_end(&out);
}

static void time_answers(Atlas *atlas, Brief *const *briefs, uint32_t count, const char *name)
{
    double *ms = heap_alloc(count * sizeof *ms), *cpu = heap_alloc(count * sizeof *cpu);
    uint64_t bytes = 0;
    Arena *arena = arena_new();
    Buf text, answer;
    Facts facts;
    facts_of(atlas, &facts); /* as a server that has answered before */
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(arena);
        buf_init(&text, BRIEF_BYTES_MAX);
        buf_init(&answer, 64 << 20);
        write_brief(&text, briefs[i]);
        Err err = OK;
        for (int n = 0; n < times; n++) {
            arena_reset(arena);
            buf_clear(&answer);
            JsonOut out = json_out(&answer);
            int64_t start = clock_now_ns();
            double began = cpu_ms();
            err = query_match(arena, atlas, buf_view(&text), &out);
            double spent = cpu_ms() - began, took = (double)(clock_now_ns() - start) / 1e6;
            cpu[i] = n == 0 || spent < cpu[i] ? spent : cpu[i];
            ms[i] = n == 0 || took < ms[i] ? took : ms[i];
        }
        if (err != ERR_RANGE && err != ERR_CONTRADICTION) /* a bound may lie above its other end */
            check(err);
        bytes += answer.len;
        buf_done(&text);
        buf_done(&answer);
    }
    qsort(ms, count, sizeof *ms, double_order);
    qsort(cpu, count, sizeof *cpu, double_order);
    printf("%-10s p50 %.3f ms  p99 %.3f ms  of the processor p50 %.3f  p99 %.3f  (mean answer %llu bytes)\n",
           name, ms[count / 2], ms[count * 99 / 100], cpu[count / 2], cpu[count * 99 / 100],
           (unsigned long long)(bytes / count));
    arena_free(arena);
    free(ms);
    free(cpu);
}

static void make_briefs(Arena *arena, const Table *table, bool near, uint32_t count, Brief **ret)
{
    for (uint32_t i = 0; i < count; i++)
        ret[i] = random_brief(arena, table, near);
}

static uint32_t check_briefs(Arena *arena, const Atlas *atlas, Brief *const *briefs, uint32_t checked)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < checked; i++)
        wrong += !agrees(arena, atlas, briefs[i]);
    printf("%u of %u checked rankings differ from the row-by-row ones\n", wrong, checked);
    return wrong;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: match_bench ATLAS_FOLDER [BRIEFS] [CHECKED] [SEED] [TIMES]\n");
        return 2;
    }
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 400;
    uint32_t checked = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 50;
    state = (argc > 4 ? strtoull(argv[4], NULL, 10) : 1) * 0x9E3779B97F4A7C15u + 1;
    times = argc > 5 ? (int)strtol(argv[5], NULL, 10) : 1;
    Atlas *atlas;
    check(atlas_open(argv[1], AUDIENCE_PUBLIC, &atlas));
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    if (count == 0 || checked > count || table->rows == 0) {
        fprintf(stderr, "match_bench: no briefs, fewer briefs than are checked, or no parcels\n");
        return 2;
    }
    Arena *arena = arena_new();
    Brief **briefs = arena_array(arena, Brief *, count);
    make_briefs(arena, table, false, count, briefs);
    printf("%u parcels, %u briefs\n", atlas_count(atlas, KIND_PARCEL), count);
    time_all(atlas, briefs, count, MATCH_RANKING, "ranking");
    time_all(atlas, briefs, count, MATCH_EXPLAINED, "explained");
    time_answers(atlas, briefs, count, "answer");
    uint32_t wrong = check_briefs(arena, atlas, briefs, checked);
    RowRef segment;
    if (atlas_find(atlas, KIND_SEGMENT, members.key, &segment) == OK) {
        make_briefs(arena, table, true, count, briefs);
        time_all(atlas, briefs, count, MATCH_RANKING, "near");
        time_all(atlas, briefs, count, MATCH_EXPLAINED, "near, expl.");
        time_answers(atlas, briefs, count, "near, answ.");
        if (checked > 0 && !measure_all(arena, atlas))
            wrong += printf("a distance differs from that to the nearest of all members\n") > 0;
        wrong += check_briefs(arena, atlas, briefs, checked);
    }
    arena_free(arena);
    facts_forget();
    atlas_unref(atlas);
    return wrong > 0;
}
