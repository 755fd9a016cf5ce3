/* match_check ATLAS_FOLDER [BRIEFS 5000] [SEED 1]: that many random briefs of every sort (brief_mixed), and
 * as many of the sort that match_bench times, every one worked out again row by row, explained and all
 * (match_plain.h); what changed weights do to first place, of every tenth. Meant for an atlas of 50,000
 * parcels. Ends with 1 if anything differs. */
#include "match_briefs.h"
#include "match_plain.h"
#include "report.h"
#include <stdio.h>
#include <stdlib.h>

enum { TRIED = 10 };

typedef enum Sort { MIXED, TIMED, TIMED_NEAR, SORTS } Sort;

static const char *const jobs[SORTS] = {"match, every sort, row by row", "match, small, row by row",
                                        "match near, small, row by row"};

static uint32_t check_sort(Plain *plain, const Atlas *atlas, Sort sort, uint32_t count)
{
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    Arena *arena = arena_new();
    uint32_t wrong = 0;
    int64_t start = clock_now_ns();
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(arena);
        Brief *brief =
            sort == MIXED ? brief_mixed(arena, atlas) : brief_random(arena, table, sort == TIMED_NEAR);
        wrong += !plain_agrees(plain, brief, i % TRIED == 0);
    }
    char note[80];
    snprintf(note, sizeof note, "%u parcels, %.0f s", table->rows, (double)(clock_now_ns() - start) / 1e9);
    report(&(Report){.job = jobs[sort], .compared = count, .wrong = wrong, .note = note});
    arena_free(arena);
    return wrong;
}

int main(int argc, char **argv)
{
    Atlas *atlas;
    RowRef segment;
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 5000;
    if (argc < 2 || count == 0) {
        fprintf(stderr, "usage: match_check ATLAS_FOLDER [BRIEFS] [SEED]\n");
        return 2;
    }
    briefs_seed(argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
    check(atlas_open(argv[1], AUDIENCE_PUBLIC, &atlas));
    Plain *plain = plain_new(atlas);
    uint32_t wrong = 0;
    bool members = atlas_find(atlas, KIND_SEGMENT, bench_members.key, &segment) == OK;
    for (Sort sort = MIXED; sort < (members ? SORTS : TIMED_NEAR); sort++)
        wrong += check_sort(plain, atlas, sort, sort == MIXED ? count : (count + 4) / 5);
    plain_free(plain);
    atlas_unref(atlas);
    return wrong > 0;
}
