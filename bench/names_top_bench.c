/* names_top_bench ENTERPRISES.csv [QUERIES 2000] [NO_HITS 60] [COMPARED 200] [FOLDER /tmp]: the 20 largest
 * enterprises with a text in their name, of a generator's file (columns id, name, …, capital; found by their
 * headings). Asked are stretches of 2-6 characters of names, and texts made of frequent pairs that no name
 * has: half of them pairs put together, half chains in which every pair is frequent. COMPARED answers of the
 * former and all of the latter are compared with a pass over all names in order of size. Ends with 1 if one
 * differs. BENCH_SEED chooses the questions. With BENCH_WORK=FOLDER it writes what peers are asked:
 * names.firms, of each enterprise its size, a tab, and its name in search form; and names.asked, of
 * PEER_QUESTIONS stretches and all the others `some` or `none`, a tab, the text, a tab, and the sizes of our
 * answer with blanks between. Sizes are capital in fen.
 *
 * names_top_bench growth ENTERPRISES.csv [QUERIES 500] [FOLDER /tmp]: only how the time grows. */
#include "atlas/names.h"
#include "intake/csv.h"
#include "report.h"
#include "text/normalise.h"
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    LIMIT = 20,
    ROUNDS = 5,
    QUERY_BYTES = 64,
    FREQUENT = 400,
    COLUMNS = 3,
    PAIR_SLOTS = 1 << 22,
    PEER_QUESTIONS = 300
};

typedef struct Firm {
    Str name; /* in search form */
    int64_t capital;
    char key[24];
} Firm;

typedef struct Pair {
    uint64_t chars;
    uint32_t count;
} Pair;

static Firm *firms;
static uint32_t firm_count;
static uint64_t state = 0x243F6A8885A308D3u;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 11) % n);
}

static void check(Err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "%s: %s\n", err_name(err), fault_last()->count ? fault_last()->args[0].text : "");
    exit(1);
}

static double cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* ---- the file ---- */

static void find_columns(Csv *csv, uint32_t columns[COLUMNS])
{
    static const char *const names[COLUMNS] = {"id", "name", "capital"};
    const Str *cells;
    uint32_t count;
    check(csv_next(csv, &cells, &count));
    for (int n = 0; n < COLUMNS; n++) {
        columns[n] = 0;
        while (columns[n] < count && !str_is(cells[columns[n]], names[n]))
            columns[n]++;
        if (columns[n] == count)
            check(fail(ERR_CSV, "row", "1", "detail", names[n], NULL));
    }
}

static void add_firm(Arena *arena, Arena *scratch, AtlasBuild *build, const Str *cells,
                     const uint32_t columns[COLUMNS])
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    Geometry none = {.type = GEOM_NONE};
    Firm *firm = &firms[firm_count++];
    arena_reset(scratch);
    snprintf(firm->key, sizeof firm->key, "e-%.*s", STR_ARG(cells[columns[0]]));
    firm->name = str_copy(arena, text_search_form(scratch, cells[columns[1]]));
    firm->capital = strtoll(str_c(str_copy(scratch, cells[columns[2]])), NULL, 10) * 100;
    values[FIELD_NAME_ZH] = (Value){.state = VALUE_KNOWN, .text = cells[columns[1]]};
    values[field_index(KIND_ENTERPRISE, STR("capital_fen"))] =
        (Value){.state = VALUE_KNOWN, .num = firm->capital};
    check(atlas_build_add(build, KIND_ENTERPRISE, str_of(firm->key), values, &none, (Freshness){{0, 0}, 0}));
}

static Atlas *load(Arena *arena, const char *path, const char *folder)
{
    AtlasBuild *build;
    Atlas *atlas;
    Input *input;
    const Str *cells;
    uint32_t columns[COLUMNS], count, room = 0;
    Arena *scratch = arena_new();
    check(atlas_build_begin(folder, AUDIENCE_PUBLIC, 1, NULL, &build));
    check(input_open(path, &input));
    Csv *csv = csv_new(input);
    find_columns(csv, columns);
    for (;;) {
        check(csv_next(csv, &cells, &count));
        if (count == 0)
            break;
        if (firm_count == room) {
            room = 2 * room + 1024;
            firms = heap_grow(firms, room * sizeof *firms);
        }
        add_firm(arena, scratch, build, cells, columns);
    }
    csv_free(csv);
    input_close(input);
    arena_free(scratch);
    int64_t start = clock_now_ns();
    check(atlas_build_finish(build, &atlas));
    double finish = (double)(clock_now_ns() - start) / 1e9;
    uint64_t bytes = atlas_bytes(atlas);
    atlas_unref(atlas);
    start = clock_now_ns();
    check(atlas_open(folder, AUDIENCE_PUBLIC, &atlas));
    printf("%u enterprises: finished in %.2f s, opened in %.3f s; %.0f bytes a row\n", firm_count, finish,
           (double)(clock_now_ns() - start) / 1e9, (double)bytes / firm_count);
    return atlas;
}

static int firm_order(const void *a, const void *b)
{
    const Firm *x = a, *y = b;
    return x->capital != y->capital ? (x->capital < y->capital ? 1 : -1) : strcmp(x->key, y->key);
}

/* Names too: the pass then reads straight on. */
static void sort_firms(Arena *arena)
{
    qsort(firms, firm_count, sizeof *firms, firm_order);
    for (uint32_t i = 0; i < firm_count; i++)
        firms[i].name = str_copy(arena, firms[i].name);
}

/* ---- questions ---- */

static size_t char_bytes(const char *at)
{
    unsigned char lead = (unsigned char)*at;
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Where each character of the name begins, and its end. */
static uint32_t chars_of(Str name, size_t *ret_starts, uint32_t most)
{
    uint32_t count = 0;
    for (size_t at = 0; at < name.len && count < most; at += char_bytes(name.ptr + at))
        ret_starts[count++] = at;
    ret_starts[count] = name.len;
    return count;
}

static void ask_stretch(char *to)
{
    size_t starts[65];
    Str name = firms[below(firm_count)].name;
    uint32_t count = chars_of(name, starts, 64), len = 2 + below(5);
    len = len < count ? len : count;
    uint32_t from = below(count - len + 1);
    snprintf(to, QUERY_BYTES, "%.*s", (int)(starts[from + len] - starts[from]), name.ptr + starts[from]);
}

static int pair_order(const void *a, const void *b)
{
    const Pair *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
                                : (x->chars > y->chars) - (x->chars < y->chars);
}

/* The most frequent pairs of three-byte characters; returns how many. */
static uint32_t find_frequent(Pair ret[FREQUENT])
{
    Pair *pairs = heap_zalloc(PAIR_SLOTS * sizeof *pairs);
    for (uint32_t i = 0; i < firm_count; i++) {
        size_t starts[65];
        uint32_t count = chars_of(firms[i].name, starts, 64);
        for (uint32_t c = 0; c + 1 < count; c++) {
            uint64_t chars = 0;
            if (starts[c + 1] - starts[c] != 3 || starts[c + 2] - starts[c + 1] != 3)
                continue;
            memcpy(&chars, firms[i].name.ptr + starts[c], 6);
            uint32_t slot = (uint32_t)(chars * 0x9E3779B97F4A7C15u >> 42);
            while (pairs[slot].count && pairs[slot].chars != chars)
                slot = (slot + 1) % PAIR_SLOTS;
            pairs[slot].chars = chars;
            pairs[slot].count++;
        }
    }
    qsort(pairs, PAIR_SLOTS, sizeof *pairs, pair_order);
    uint32_t count = 0;
    for (; count < FREQUENT && pairs[count].count; count++)
        ret[count] = pairs[count];
    free(pairs);
    return count;
}

static bool occurs(const char *text)
{
    size_t len = strlen(text);
    for (uint32_t i = 0; i < firm_count; i++)
        if (memmem(firms[i].name.ptr, firms[i].name.len, text, len))
            return true;
    return false;
}

/* Two or three pairs together, or each beginning with the character that the one before ends with. */
static void ask_pairs(const Pair *pairs, uint32_t count, bool chain, char *to)
{
    uint32_t at = below(count), more = 1 + below(2);
    memcpy(to, &pairs[at].chars, 6);
    to[6] = '\0';
    for (uint32_t tries = 0; more && tries < 10000; tries++) {
        uint32_t next = below(count);
        const char *chars = (const char *)&pairs[next].chars;
        size_t len = strlen(to);
        if (chain && memcmp(to + len - 3, chars, 3) != 0)
            continue;
        snprintf(to + len, QUERY_BYTES - len, "%.*s", chain ? 3 : 6, chain ? chars + 3 : chars);
        more--;
    }
}

/* ---- answers ---- */

/* What a pass over all firms says: the first LIMIT, those called exactly so before the others. */
static uint32_t pass(Str text, uint32_t counted, Str *ret_keys)
{
    uint32_t total = 0, kept = 0;
    for (int turn = 0; turn < 2; turn++)
        for (uint32_t i = 0; i < firm_count && total < counted; i++) {
            const Firm *firm = &firms[i];
            bool exact = firm->name.len == text.len;
            if ((turn == 0) != exact || !memmem(firm->name.ptr, firm->name.len, text.ptr, text.len))
                continue;
            total++;
            if (kept < LIMIT)
                ret_keys[kept++] = str_of(firm->key);
        }
    return total;
}

static bool same_as_pass(Arena *arena, const Atlas *atlas, const char *text)
{
    NameQuery query;
    NameHits found;
    Str keys[LIMIT];
    check(name_query(arena, str_of(text), &query));
    names_search(arena, atlas, KIND_ENTERPRISE, &query, LIMIT, &found);
    uint32_t total = pass(query.text, found.total + 1, keys);
    bool same = found.total_is_least ? total > found.total : total == found.total;
    same &= found.count == (total < LIMIT ? total : LIMIT);
    for (uint32_t i = 0; same && i < found.count; i++)
        same = str_eq(found.hits[i].key, keys[i]);
    if (!same)
        printf("\"%s\": %u found, %u by the pass, or others\n", text, found.total, total);
    return same;
}

/* ---- times ---- */

/* Of each question: asked for the first time, by the clock and of the processor; and then the median of the
 * processor's time of several rounds, all other questions between two of its turns. Microseconds. */
typedef struct Took {
    double *clock, *cpu, *again;
} Took;

static int double_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void time_all(const Atlas *atlas, const char (*texts)[QUERY_BYTES], uint32_t count, Took *ret)
{
    double *rounds = heap_alloc((size_t)count * ROUNDS * sizeof *rounds);
    Arena *arena = arena_new();
    *ret = (Took){heap_alloc(count * sizeof(double)), heap_alloc(count * sizeof(double)),
                  heap_alloc(count * sizeof(double))};
    for (uint32_t round = 0; round < ROUNDS; round++)
        for (uint32_t i = 0; i < count; i++) {
            NameQuery query;
            NameHits found;
            arena_reset(arena);
            int64_t began = clock_now_ns();
            double start = cpu_us();
            check(name_query(arena, str_of(texts[i]), &query));
            names_search(arena, atlas, KIND_ENTERPRISE, &query, LIMIT, &found);
            rounds[i * ROUNDS + round] = cpu_us() - start;
            if (round == 0)
                ret->clock[i] = (double)(clock_now_ns() - began) / 1e3;
        }
    for (uint32_t i = 0; i < count; i++) {
        ret->cpu[i] = rounds[i * ROUNDS];
        qsort(&rounds[i * ROUNDS], ROUNDS, sizeof *rounds, double_order);
        ret->again[i] = rounds[i * ROUNDS + ROUNDS / 2];
    }
    arena_free(arena);
    free(rounds);
}

static void free_took(Took *took)
{
    free(took->clock);
    free(took->cpu);
    free(took->again);
}

static uint32_t length_of(const char *text)
{
    size_t starts[QUERY_BYTES + 1];
    return chars_of(str_of(text), starts, QUERY_BYTES);
}

/* Of the questions with least … most characters. */
static void report_took(const char *job, const char (*texts)[QUERY_BYTES], uint32_t count, const Took *took,
                        uint32_t least, uint32_t most)
{
    double *us[3] = {0};
    const double *from[3] = {took->clock, took->cpu, took->again};
    Times times[3];
    char note[160];
    for (int k = 0; k < 3; k++) {
        uint32_t n = 0;
        us[k] = heap_alloc(count * sizeof(double));
        for (uint32_t i = 0; i < count; i++)
            if (length_of(texts[i]) >= least && length_of(texts[i]) <= most)
                us[k][n++] = from[k][i];
        times[k] = times_of(us[k], n);
        free(us[k]);
    }
    snprintf(note, sizeof note, "each for the first time; of the processor %.1f / %.1f, again %.1f / %.1f µs",
             times[1].p50_us, times[1].p99_us, times[2].p50_us, times[2].p99_us);
    if (times->n > 0)
        report(&(Report){.job = job, .times = *times, .note = note});
}

/* ---- what peers are asked ---- */

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file)
        return file;
    perror(path);
    exit(1);
}

/* Nothing if an enterprise is called exactly so: it comes first, whatever its size. */
static bool write_asked(FILE *out, const Atlas *atlas, const char *text, const char *kind)
{
    Arena *arena = arena_new();
    NameQuery query;
    NameHits found;
    check(name_query(arena, str_of(text), &query));
    names_search(arena, atlas, KIND_ENTERPRISE, &query, LIMIT, &found);
    bool exact = false;
    for (uint32_t i = 0; i < found.count; i++)
        exact |= found.hits[i].chars == length_of(text);
    if (!exact) {
        fprintf(out, "%s\t%s\t", kind, text);
        for (uint32_t i = 0; i < found.count; i++)
            fprintf(out, "%s%" PRId64, i ? " " : "", found.hits[i].size);
        fprintf(out, "\n");
    }
    arena_free(arena);
    return !exact;
}

static void write_peers(const char *folder, const Atlas *atlas, const char (*texts)[QUERY_BYTES],
                        uint32_t count, uint32_t no_hits)
{
    FILE *out = create(folder, "names.firms"), *asked = create(folder, "names.asked");
    for (uint32_t i = 0; i < firm_count; i++)
        fprintf(out, "%" PRId64 "\t" STR_FMT "\n", firms[i].capital, STR_ARG(firms[i].name));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count && kept < PEER_QUESTIONS; i++)
        kept += write_asked(asked, atlas, texts[i], "some");
    for (uint32_t i = 0; i < no_hits; i++)
        write_asked(asked, atlas, texts[count + i], "none");
    if (fclose(out) || fclose(asked)) {
        perror(folder);
        exit(1);
    }
}

static uint32_t count_wrong(const Atlas *atlas, const char (*texts)[QUERY_BYTES], uint32_t count)
{
    Arena *arena = arena_new();
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(arena);
        wrong += !same_as_pass(arena, atlas, texts[i]);
    }
    arena_free(arena);
    return wrong;
}

static void remove_atlas(const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *one; dir && (one = readdir(dir));)
        if (one->d_name[0] != '.')
            (void)unlinkat(dirfd(dir), one->d_name, 0);
    if (dir)
        closedir(dir);
    (void)rmdir(folder);
}

/* How long a question takes beside what a pass over all names in search form would read, at a thread's pace.
 */
static int growth(const char *path, uint32_t count, const char *at)
{
    enum { MEMORY_GB_S = 17 }; /* on the machine of RESULTS.md */
    char folder[200], job[80], note[160];
    Took took;
    uint64_t bytes = 0;
    snprintf(folder, sizeof folder, "%s/names-XXXXXX", at);
    if (count == 0 || !mkdtemp(folder)) {
        perror(folder);
        return 2;
    }
    Arena *arena = arena_new();
    Atlas *atlas = load(arena, path, folder);
    char(*texts)[QUERY_BYTES] = heap_zalloc(count * sizeof *texts);
    for (uint32_t i = 0; i < count; i++)
        ask_stretch(texts[i]);
    time_all(atlas, texts, count, &took);
    Times again = times_of(took.again, count);
    for (uint32_t i = 0; i < firm_count; i++)
        bytes += firms[i].name.len;
    snprintf(job, sizeof job, "names, among %u enterprises", firm_count);
    snprintf(
        note, sizeof note,
        "of the processor; %.4f ns for each enterprise, %.1f bytes of its name: at %d GB/s %.0f µs for all",
        again.p50_us * 1e3 / firm_count, (double)bytes / firm_count, MEMORY_GB_S,
        (double)bytes / MEMORY_GB_S / 1e3);
    report(&(Report){.job = job, .times = again, .cpu = true, .note = note});
    free_took(&took);
    free(texts);
    free(firms);
    atlas_unref(atlas);
    remove_atlas(folder);
    arena_free(arena);
    return 0;
}

int main(int argc, char **argv)
{
    char folder[200];
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (getenv("BENCH_SEED"))
        state ^= strtoull(getenv("BENCH_SEED"), NULL, 10) * 0x9E3779B97F4A7C15u;
    if (argc > 2 && strcmp(argv[1], "growth") == 0)
        return growth(argv[2], argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 500,
                      argc > 4 ? argv[4] : "/tmp");
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 2000;
    uint32_t no_hits = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 60;
    uint32_t compared = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 200;
    snprintf(folder, sizeof folder, "%s/names-XXXXXX", argc > 5 ? argv[5] : "/tmp");
    if (argc < 2 || count == 0 || no_hits == 0 || !mkdtemp(folder)) {
        fprintf(stderr, "usage: names_top_bench ENTERPRISES.csv [QUERIES] [NO_HITS] [COMPARED] [FOLDER]\n");
        return 2;
    }
    Arena *arena = arena_new();
    Pair pairs[FREQUENT];
    Took took;
    Atlas *atlas = load(arena, argv[1], folder);
    char(*texts)[QUERY_BYTES] = heap_zalloc(((size_t)count + no_hits) * sizeof *texts);
    for (uint32_t i = 0; i < count; i++)
        ask_stretch(texts[i]);
    time_all(atlas, texts, count, &took);
    report_took("names", texts, count, &took, 2, 6);
    report_took("names 2 characters", texts, count, &took, 2, 2);
    report_took("names 3-6 characters", texts, count, &took, 3, 6);
    free_took(&took);

    uint32_t pair_count = find_frequent(pairs), tries = 0;
    for (uint32_t i = 0; i < no_hits && tries < 100 * no_hits; tries++) {
        ask_pairs(pairs, pair_count, i % 2, texts[count + i]);
        i += !occurs(texts[count + i]);
    }
    time_all(atlas, texts + count, no_hits, &took);
    report_took("names no hit", texts + count, no_hits, &took, 2, QUERY_BYTES);
    free_took(&took);
    if (getenv("BENCH_WORK"))
        write_peers(getenv("BENCH_WORK"), atlas, texts, count, no_hits);
    sort_firms(arena);
    uint32_t first = compared < count ? count - compared : 0; /* and all without a hit */
    uint32_t wrong = count_wrong(atlas, texts + first, count + no_hits - first);
    report(&(Report){.job = "names, a pass over all", .compared = count + no_hits - first, .wrong = wrong});
    atlas_unref(atlas);
    remove_atlas(folder);
    free(texts);
    free(firms);
    arena_free(arena);
    return wrong > 0;
}
