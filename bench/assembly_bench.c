/* assembly_bench ATLAS_FOLDER [BRIEFS 40] [SEED 1]: random briefs that put plots together: a least area far
 * above a plot's, a gap, sometimes a land use and a most price. Prints, of processor time in process, the
 * whole match with and without the assembly, what the sets are made of, and how many answers are bounded. */
#include "match/match.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Each draws the same numbers whether it assembles or not. */
static void write_brief(Buf *buf, const Table *table, int64_t reach, bool assemble)
{
    static const char *const uses[] = {"M0", "M1", "M2", "W1"};
    uint64_t mu = 100 + below(900), gap = below(201), price = 300 + below(4000), use = below(4),
             with = below(4);
    Point at = table->anchors[below(table->rows)];
    double w = (double)(at.lon - reach * DEGREE / 10) / DEGREE,
           e = (double)(at.lon + reach * DEGREE / 10) / DEGREE,
           s = (double)(at.lat - reach * DEGREE / 10) / DEGREE,
           n = (double)(at.lat + reach * DEGREE / 10) / DEGREE;
    buf_clear(buf);
    buf_fmt(buf, "{\"where\":[{\"field\":\"area_m2\",\"min\":%llu}", (unsigned long long)(mu * 2000 / 3));
    if (with & 1)
        buf_fmt(buf, ",{\"field\":\"land_use\",\"in\":[\"%s\",\"M1\"]}", uses[use]);
    if (with & 2)
        buf_fmt(buf, ",{\"field\":\"price_fen_m2\",\"max\":%llu}", (unsigned long long)price * 100);
    if (reach > 0)
        buf_fmt(buf,
                ",{\"inside\":{\"type\":\"Polygon\",\"coordinates\":[[[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],"
                "[%.7f,%.7f],[%.7f,%.7f]]]}}",
                w, s, e, s, e, n, w, n, w, s);
    buf_c(buf, "],\"weigh\":[{\"field\":\"price_fen_m2\",\"weight\":3,\"better\":\"less\"},"
               "{\"field\":\"power_left_kva\",\"weight\":1,\"better\":\"more\"}]");
    if (assemble)
        buf_fmt(buf, ",\"assemble\":{\"gap_m\":%llu}", (unsigned long long)gap);
    buf_c(buf, "}");
}

static int time_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double run(const Atlas *atlas, Arena *arena, Str json, Ranking *ret)
{
    static Brief brief;
    check(brief_parse(arena, AUDIENCE_PUBLIC, json, &brief));
    double from = now_ms();
    match_run(arena, atlas, &brief, MATCH_EXPLAINED, ret);
    return now_ms() - from;
}

int main(int argc, char **argv)
{
    enum { BRIEFS_MAX = 10000 };
    static double with[BRIEFS_MAX], without[BRIEFS_MAX];
    uint64_t material = 0, sets = 0, exact = 0, larger = 0;
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 40, bounded = 0;
    Atlas *atlas;
    Buf brief;
    if (argc < 2 || count == 0 || count > BRIEFS_MAX)
        return 2;
    check(atlas_open(argv[1], AUDIENCE_PUBLIC, &atlas));
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    int64_t reach = argc > 4 ? strtol(argv[4], NULL, 10) : 4;
    buf_init(&brief, 10000);
    for (uint32_t i = 0; i < count; i++) {
        Ranking got;
        Arena *arena = arena_new();
        uint64_t seed = (argc > 3 ? strtoull(argv[3], NULL, 10) : 1) * UINT64_C(0x9E3779B97F4A7C15) + i;
        state = seed;
        write_brief(&brief, table, reach, false);
        without[i] = run(atlas, arena, buf_view(&brief), &got);
        state = seed;
        write_brief(&brief, table, reach, true);
        with[i] = run(atlas, arena, buf_view(&brief), &got);
        material += got.material_count;
        sets += got.sets_found;
        bounded += got.sets_bounded;
        for (uint32_t s = 0; s < got.sets_found; s++) {
            exact += got.sets[s].exact;
            larger += got.sets[s].count > 6;
        }
        arena_free(arena);
    }
    buf_done(&brief);
    qsort(with, count, sizeof *with, time_order);
    qsort(without, count, sizeof *without, time_order);
    printf("%u briefs: p50 %.1f ms, p99 %.1f ms; without the assembly %.1f, %.1f ms\n", count,
           with[count / 2], with[count * 99 / 100], without[count / 2], without[count * 99 / 100]);
    printf("a brief: %.0f plots of material, %.0f sets, of these %.0f exact, %.1f of more than six plots; %u "
           "answers "
           "bounded\n",
           (double)material / count, (double)sets / count, (double)exact / count, (double)larger / count,
           bounded);
    atlas_unref(atlas);
    return 0;
}
