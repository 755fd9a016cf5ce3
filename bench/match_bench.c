/* match_bench ATLAS_FOLDER [BRIEFS 400] [CHECKED 50] [SEED 1] [TIMES 1]: random briefs, each different, of 13
 * conditions and the offer, 5 terms, the top 50; then, where the atlas has the members of bench.part
 * (atlas_load), briefs with a distance to the nearest of them. Bounds are taken from the parcels themselves.
 * Prints p50 and p99 in process, on one thread, with and without the counts per condition; then works CHECKED
 * of the rankings out again row by row through table_value and ends with 1 if a count, a score, a place or an
 * order differs. With BENCH_BRIEFS_OUT=PREFIX it writes what peers are asked (match_peers.h); BENCH_JOB is
 * the first word of its jobs.
 *
 * match_bench growth ATLAS_FOLDER [BRIEFS 200] [SEED 1]: only what each parcel costs, the shortest of three.
 */
#include "app/facts.h"
#include "app/query.h"
#include "match_briefs.h"
#include "match_peers.h"
#include "match_plain.h"
#include "report.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* What the conditions of a brief would read of one row if all were asked of it: a coarse form's byte, or what
 * is stored, and the bits that say whether it is known and live. */
static double bytes_a_row(const Table *table, const Brief *brief)
{
    double bytes = 1 / 8.0;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Column *column = &table->columns[brief->conditions[c].field];
        if (brief->conditions[c].near)
            return 0;
        bytes += column->coarse ? 1 : column->width * (column->lasts ? 2 : 1);
        bytes += column->known_count < table->rows ? 1 / 8.0 : 0;
        bytes += column->not_applicable ? 1 / 8.0 : 0;
    }
    return bytes;
}

/* The median of the processor's time, for each parcel, and how that compares with reading all from memory. */
static void report_growth(const Atlas *atlas, const char *ending, const double *sorted_us, uint32_t count,
                          const Brief *brief)
{
    enum { MEMORY_GB_S = 17 }; /* what one thread reads straight on, on the machine of RESULTS.md */
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    double ns = sorted_us[count / 2] * 1e3 / table->rows, bytes = bytes_a_row(table, brief);
    char job[80], note[160];
    if (bytes == 0)
        return;
    snprintf(job, sizeof job, "match%s, each of %u parcels", ending, table->rows);
    snprintf(note, sizeof note, "%s; all conditions are %.1f bytes: as if read at %.1f GB/s, %.0f %% of %d",
             times > 1 ? "shortest of some" : "each brief once", bytes, bytes / ns,
             100 * bytes / ns / MEMORY_GB_S, MEMORY_GB_S);
    report(&(Report){.job = job, .value = ns, .unit = "ns", .note = note});
}

static bool growth_only; /* nothing is reported but that */

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
    if (!growth_only)
        report_times(ending, us, cpu, count, note);
    else
        times_of(cpu, count); /* puts them in order */
    report_growth(atlas, ending, cpu, count, briefs[0]);
    free(cpu);
    arena_free(arena);
    free(us);
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

static uint32_t check_briefs(Plain *plain, Brief *const *briefs, uint32_t checked, const char *ending)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < checked; i++)
        wrong += !plain_agrees(plain, briefs[i], true);
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

static int growth(const char *folder, uint32_t count, uint64_t seed)
{
    Atlas *atlas;
    check(atlas_open(folder, AUDIENCE_PUBLIC, &atlas));
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    if (count == 0 || table->rows == 0) {
        fprintf(stderr, "match_bench: no briefs, or no parcels\n");
        return 2;
    }
    Arena *arena = arena_new();
    Brief **briefs = arena_array(arena, Brief *, count);
    briefs_seed(seed);
    make_briefs(arena, table, false, count, briefs);
    growth_only = true;
    times = 3;
    time_all(atlas, briefs, count, MATCH_RANKING, "");
    time_all(atlas, briefs, count, MATCH_EXPLAINED, " explained");
    arena_free(arena);
    atlas_unref(atlas);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "growth") == 0)
        return growth(argv[2], argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 200,
                      argc > 4 ? strtoull(argv[4], NULL, 10) : 1);
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
    Plain *plain = plain_new(atlas);
    uint32_t wrong = check_briefs(plain, briefs, checked, "");
    write_out(atlas, briefs, count, false);
    RowRef segment;
    if (atlas_find(atlas, KIND_SEGMENT, bench_members.key, &segment) == OK) {
        make_briefs(arena, table, true, count, briefs);
        time_all(atlas, briefs, count, MATCH_RANKING, " near");
        time_all(atlas, briefs, count, MATCH_EXPLAINED, " near explained");
        time_answers(atlas, briefs, count, " near answer");
        wrong += check_briefs(plain, briefs, checked, " near");
        write_out(atlas, briefs, count, true);
    }
    plain_free(plain);
    arena_free(arena);
    facts_forget();
    atlas_unref(atlas);
    return wrong > 0;
}
