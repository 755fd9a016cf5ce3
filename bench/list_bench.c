/* list_bench FOLDER [TIMES 20]: lists of parcels as the pages ask for them, over an atlas that atlas_load
 * made: whole, filtered, counted by value, added up, in order. Prints the processor's time of each; then
 * adds the areas up row by row and ends with 1 if a sum differs. One thread, in process. */
#include "app/query.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ANSWER_MAX_BYTES = 32 * 1024 * 1024, TIMES_MAX = 1000 };

#define TEXT(text)                                                                                           \
    {                                                                                                        \
        text, sizeof(text) - 1                                                                               \
    }
#define FILTERED    .limit = 50, .filter = TEXT("land_use = 'M2' AND area_m2 >= 20000")
#define BY_TWO      .facets = TEXT("land_use,land_state")
#define SUM_OF_FOUR .sum = TEXT("area_m2,price_fen_m2,power_left_kva,water_left_m3d")

static const struct {
    const char *name;
    ListQuery query;
} lists[] = {
    {"the first 50 by key", {.limit = 50}},
    {"the first 50 by area", {.limit = 50, .sort = TEXT("-area_m2")}},
    {"two conditions", {FILTERED}},
    {"sum of one", {.sum = TEXT("area_m2")}},
    {"sum of four", {SUM_OF_FOUR}},
    {"counted by two", {BY_TWO}},
    {"counted by two, sum of one", {BY_TWO, .sum = TEXT("area_m2")}},
    {"counted by two, sum of four", {BY_TWO, SUM_OF_FOUR}},
    {"two conditions, counted by two, sum of one", {FILTERED, BY_TWO, .sum = TEXT("area_m2")}},
};

static void check(Err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "list_bench: %s\n", err_name(err));
    exit(1);
}

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static Str answer(Arena *arena, const Atlas *atlas, ListQuery query, Buf *buf)
{
    arena_reset(arena);
    buf_clear(buf);
    JsonOut out = json_out(buf);
    query.kind = KIND_PARCEL;
    check(query_list(arena, atlas, &query, &out));
    return buf_view(buf);
}

static void measure(Arena *arena, const Atlas *atlas, int times, Buf *buf)
{
    static double took[TIMES_MAX];
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t len = 0;
        for (int n = 0; n < times; n++) {
            double start = now_ms();
            len = answer(arena, atlas, lists[i].query, buf).len;
            took[n] = now_ms() - start;
        }
        qsort(took, (size_t)times, sizeof *took, by_size);
        printf("%-42s p50 %7.2f  least %7.2f  most %7.2f ms, %zu bytes\n", lists[i].name, took[times / 2],
               took[0], took[times - 1], len);
    }
}

/* The sum of a field, row by row, as an answer writes it. */
static void check_sum(Arena *arena, const Atlas *atlas, const char *name, Buf *buf)
{
    uint32_t field = (uint32_t)field_index(KIND_PARCEL, str_of(name));
    const Field *info = &kind_info(KIND_PARCEL)->fields[field];
    int64_t sum = 0;
    uint32_t known = 0, rows = 0;
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, KIND_PARCEL, s);
        for (uint32_t row = 0; row < table->rows; row++) {
            Value value;
            if (!bits_get(table->live, row))
                continue;
            rows++;
            table_value(arena, table, row, field, &value);
            known += value.state == VALUE_KNOWN;
            sum += value.state == VALUE_KNOWN ? value.num : 0;
        }
    }
    Buf want;
    buf_init(&want, 1000);
    JsonOut out = json_out(&want);
    out_object(&out);
    out_name(&out, "sum");
    out_fixed(&out, sum, info->decimals);
    out_name(&out, "known");
    out_int(&out, known);
    out_name(&out, "unknown");
    out_int(&out, rows - known);
    out_object_end(&out);
    Str got = answer(arena, atlas, (ListQuery){.sum = str_of(name)}, buf);
    Str text = buf_view(&want);
    bool same = memmem(got.ptr, got.len, text.ptr, text.len) != NULL;
    printf("%s: " STR_FMT " %s\n", name, STR_ARG(text), same ? "as row by row" : "DIFFERS");
    buf_done(&want);
    if (!same)
        exit(1);
}

int main(int argc, char **argv)
{
    int times = argc > 2 ? atoi(argv[2]) : 20;
    if (argc < 2 || times < 1 || times > TIMES_MAX) {
        fprintf(stderr, "usage: list_bench FOLDER [TIMES]\n");
        return 2;
    }
    Atlas *atlas;
    check(atlas_open(argv[1], AUDIENCE_PUBLIC, &atlas));
    printf("%u parcels\n", atlas_count(atlas, KIND_PARCEL));
    Arena *arena = arena_new();
    Buf buf;
    buf_init(&buf, ANSWER_MAX_BYTES);
    measure(arena, atlas, times, &buf);
    check_sum(arena, atlas, "area_m2", &buf);
    check_sum(arena, atlas, "power_left_kva", &buf);
    buf_done(&buf);
    arena_free(arena);
    atlas_unref(atlas);
    return 0;
}
