/* match_bench ATLAS_FOLDER [BRIEFS 400] [CHECKED 50] [SEED 1] [TIMES 1]: random briefs, each different, of 13
 * conditions and the offer, 5 terms, the top 50; then, where the atlas has the members of bench.part
 * (atlas_load), briefs with a distance to the nearest of them. Bounds are taken from the parcels themselves.
 * Prints p50 and p99 in process, on one thread, with and without the counts per condition; then works CHECKED
 * of the rankings out again row by row through table_value and ends with 1 if a count, a score, a place or an
 * order differs. With BENCH_BRIEFS_OUT=PREFIX it writes
 * what peers are asked (match_peers.h); BENCH_JOB is the first word of its jobs. */
#include "app/facts.h"
#include "app/query.h"
#include "match_briefs.h"
#include "match_peers.h"
#include "report.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
    Value terms[BENCH_TERMS];
    int64_t score, high;
} Slow;

typedef struct SlowRanking {
    uint32_t candidates, fit, unknown, near;
    ConditionCount counts[BENCH_CONDITIONS];
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
    if (count != (want_count < BENCH_TOP ? want_count : BENCH_TOP))
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
    for (uint32_t c = 0; c < BENCH_CONDITIONS; c++)
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

/* The first word of the jobs: BENCH_JOB. */
static const char *job_base = "match";

static void report_times(const char *ending, double *us, double *cpu_us, uint32_t count, const char *note)
{
    char job[64], text[200];
    Times times = times_of(us, count), cpu = times_of(cpu_us, count);
    snprintf(job, sizeof job, "%s%s", job_base, ending);
    snprintf(text, sizeof text, "%s; of the processor %.2f / %.2f ms", note, cpu.p50_us / 1e3,
             cpu.p99_us / 1e3);
    report(&(Report){.job = job, .times = times, .note = text});
}

static void report_checked(const char *ending, uint32_t compared, uint32_t wrong)
{
    char job[64];
    snprintf(job, sizeof job, "%s%s, row by row", job_base, ending);
    report(&(Report){.job = job, .compared = compared, .wrong = wrong});
}

/* Of all threads: a large table is gone over by two. */
static double cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int times = 1; /* each brief is run so often in a row, and the shortest taken */

static void time_all(const Atlas *atlas, Brief *const *briefs, uint32_t count, MatchDetail detail,
                     const char *ending)
{
    double *us = heap_alloc(count * sizeof *us), *cpu = heap_alloc(count * sizeof *cpu);
    uint64_t fit = 0, unknown = 0;
    Arena *arena = arena_new();
    for (uint32_t i = 0; i < count; i++) {
        Ranking ranking = {0};
        for (int n = 0; n < times; n++) {
            arena_reset(arena);
            int64_t start = clock_now_ns();
            double began = cpu_us();
            match_run(arena, atlas, briefs[i], detail, &ranking);
            double spent = cpu_us() - began, took = (double)(clock_now_ns() - start) / 1e3;
            cpu[i] = n == 0 || spent < cpu[i] ? spent : cpu[i];
            us[i] = n == 0 || took < us[i] ? took : us[i];
        }
        fit += ranking.fit;
        unknown += ranking.unknown;
    }
    char note[80];
    snprintf(note, sizeof note, "%llu fit and %llu may", (unsigned long long)(fit / count),
             (unsigned long long)(unknown / count));
    report_times(ending, us, cpu, count, note);
    free(cpu);
    arena_free(arena);
    free(us);
}

/* Row by row; and of some rows by measuring every member. False: these differ. */
static bool measure_all(Arena *arena, const Atlas *atlas)
{
    enum { MEASURED = 200 };
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0), *firms = atlas_table(atlas, KIND_ENTERPRISE, 0);
    const Table *roles = atlas_table(atlas, KIND_ROLE, 0);
    Brief brief = {.kind = KIND_PARCEL, .top = 1, .condition_count = 1};
    Condition condition = {.near = &bench_members, .greatest = {.state = VALUE_KNOWN, .num = INT64_MAX}};
    Ranking ranking;
    int64_t *all = heap_alloc(table->rows * sizeof *all);
    brief.conditions = &condition;
    match_run(arena, atlas, &brief, MATCH_RANKING, &ranking);
    for (uint32_t row = 0; row < table->rows; row++)
        if (!match_distance(&ranking, (RowRef){0, row}, &bench_members, &all[row]))
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

static void time_answers(Atlas *atlas, Brief *const *briefs, uint32_t count, const char *ending)
{
    double *us = heap_alloc(count * sizeof *us), *cpu = heap_alloc(count * sizeof *cpu);
    uint64_t bytes = 0;
    Arena *arena = arena_new();
    Buf text, answer;
    Facts facts;
    facts_of(atlas, &facts); /* as a server that has answered before */
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(arena);
        buf_init(&text, BRIEF_BYTES_MAX);
        buf_init(&answer, 64 << 20);
        brief_json(&text, briefs[i]);
        Err err = OK;
        for (int n = 0; n < times; n++) {
            arena_reset(arena);
            buf_clear(&answer);
            JsonOut out = json_out(&answer);
            int64_t start = clock_now_ns();
            double began = cpu_us();
            err = query_match(arena, atlas, buf_view(&text), &out);
            double spent = cpu_us() - began, took = (double)(clock_now_ns() - start) / 1e3;
            cpu[i] = n == 0 || spent < cpu[i] ? spent : cpu[i];
            us[i] = n == 0 || took < us[i] ? took : us[i];
        }
        if (err != ERR_RANGE && err != ERR_CONTRADICTION) /* a bound may lie above its other end */
            check(err);
        bytes += answer.len;
        buf_done(&text);
        buf_done(&answer);
    }
    char note[80];
    snprintf(note, sizeof note, "answers of %llu bytes", (unsigned long long)(bytes / count));
    report_times(ending, us, cpu, count, note);
    arena_free(arena);
    free(us);
    free(cpu);
}

static void make_briefs(Arena *arena, const Table *table, bool near, uint32_t count, Brief **ret)
{
    for (uint32_t i = 0; i < count; i++)
        ret[i] = brief_random(arena, table, near);
}

static uint32_t check_briefs(Arena *arena, const Atlas *atlas, Brief *const *briefs, uint32_t checked,
                             const char *ending)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < checked; i++)
        wrong += !agrees(arena, atlas, briefs[i]);
    if (checked > 0)
        report_checked(ending, checked, wrong);
    return wrong;
}

/* What was asked, for others. */
static void write_out(const Atlas *atlas, Brief *const *briefs, uint32_t count, bool near)
{
    char prefix[1024];
    const char *out = getenv("BENCH_BRIEFS_OUT");
    if (!out || !*out)
        return;
    snprintf(prefix, sizeof prefix, "%s%s", out, near ? ".near" : "");
    peers_write_bodies(prefix, briefs, count);
    if (!near)
        peers_write(prefix, atlas, briefs, count);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: match_bench ATLAS_FOLDER [BRIEFS] [CHECKED] [SEED] [TIMES]\n");
        return 2;
    }
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 400;
    uint32_t checked = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 50;
    briefs_seed(argc > 4 ? strtoull(argv[4], NULL, 10) : 1);
    times = argc > 5 ? (int)strtol(argv[5], NULL, 10) : 1;
    if (getenv("BENCH_JOB") && *getenv("BENCH_JOB"))
        job_base = getenv("BENCH_JOB");
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
    time_all(atlas, briefs, count, MATCH_RANKING, "");
    time_all(atlas, briefs, count, MATCH_EXPLAINED, " explained");
    time_answers(atlas, briefs, count, " answer");
    uint32_t wrong = check_briefs(arena, atlas, briefs, checked, "");
    write_out(atlas, briefs, count, false);
    RowRef segment;
    if (atlas_find(atlas, KIND_SEGMENT, bench_members.key, &segment) == OK) {
        make_briefs(arena, table, true, count, briefs);
        time_all(atlas, briefs, count, MATCH_RANKING, " near");
        time_all(atlas, briefs, count, MATCH_EXPLAINED, " near explained");
        time_answers(atlas, briefs, count, " near answer");
        if (checked > 0 && !measure_all(arena, atlas))
            wrong += printf("a distance differs from that to the nearest of all members\n") > 0;
        wrong += check_briefs(arena, atlas, briefs, checked, " near");
        write_out(atlas, briefs, count, true);
    }
    arena_free(arena);
    facts_forget();
    atlas_unref(atlas);
    return wrong > 0;
}
