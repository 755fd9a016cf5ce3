/* filter_bench FOLDER [TIMES 3]: filters that somebody could ask to keep the server busy, over the parcels of
 * an atlas that atlas_load made. Prints for each what filter_affordable expects, the processor's time it
 * really takes (the median; nothing is run that is expected to take longer than TOO_LONG_MS), and whether it
 * is let in; last the worst that is. One thread, in process. Ends with 1 if one is let in that takes more
 * than WORST_MS. */
#include "atlas/filter.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TIMES_MAX = 100, TOO_LONG_MS = 20 * 1000, WORST_MS = 4 * FILTER_MS_MAX };

static Buf text;
static Box extent;

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

/* ---- what is asked; each appends to `text` ---- */

static void point(double x, double y)
{
    double lon = extent.west + x * ((double)extent.east - extent.west);
    double lat = extent.south + y * ((double)extent.north - extent.south);
    buf_fmt(&text, "%.7f %.7f", lon / DEGREE, lat / DEGREE);
}

/* Rays from the middle, long and short in turn. */
static void star(int corners)
{
    buf_c(&text, "POLYGON((");
    for (int i = 0; i <= corners; i++) {
        double angle = 2 * M_PI * (i % corners) / corners, reach = i % 2 && i < corners ? 0.1 : 0.499;
        buf_c(&text, i ? "," : "");
        point(0.5 + reach * cos(angle), 0.5 + reach * sin(angle));
    }
    buf_c(&text, "))");
}

/* Teeth from the south to the north, all over the extent. */
static void comb(int corners)
{
    int teeth = (corners - 2) / 2;
    buf_c(&text, "POLYGON((");
    point(0, 0);
    buf_c(&text, ",");
    point(1, 0);
    for (int i = 0; i < teeth; i++) {
        buf_c(&text, ",");
        point(1 - (i + 0.3) / teeth, 0.999);
        buf_c(&text, ",");
        point(1 - (i + 0.9) / teeth, 0.001);
    }
    buf_c(&text, ",");
    point(0, 0);
    buf_c(&text, "))");
}

static void place(const char *function, void (*draw)(int), int corners)
{
    buf_fmt(&text, "%s(geometry, ", function);
    draw(corners);
    buf_c(&text, ")");
}

static void repeated(int times, const char *join, const char *condition)
{
    for (int i = 0; i < times; i++)
        buf_fmt(&text, "%s%s", i ? join : "", condition);
}

static void like(const char *left, const char *piece, int pieces)
{
    buf_fmt(&text, "%s LIKE '", left);
    for (int i = 0; i < pieces; i++)
        buf_c(&text, piece);
    buf_c(&text, "%'");
}

static void numbers_in(int count, int factor)
{
    buf_c(&text, "area_m2 IN (");
    for (int i = 0; i < count; i++)
        buf_fmt(&text, "%s%d", i ? "," : "", i * factor);
    buf_c(&text, ")");
}

static void like_many(void)
{
    like("name_zh", "%1%2", 60);
}
static void like_absent(void)
{
    like("name_zh", "%江%门%园", 20);
    buf_c(&text, " AND ");
    like("name_zh", "%0%0%0", 35);
}
static void like_ones(void)
{
    buf_c(&text, "name_zh LIKE '%______________________________________________________________园%'");
}
static void like_folded(void)
{
    like("CASEI(name_zh)", "%9", 3);
}
static void like_twenty(void)
{
    repeated(20, " OR ", "name_zh LIKE '%x%y%'");
}
static void like_thousand(void)
{
    repeated(1000, " OR ", "name_zh LIKE '%x%y%'");
}
static void folded_five(void)
{
    repeated(5, " OR ", "CASEI(name_zh) LIKE '%x%'");
}
static void prefixes(void)
{
    repeated(100, " OR ", "name_zh LIKE '江门园区1%x'");
}
static void star_meets(void)
{
    place("S_INTERSECTS", star, 1000);
}
static void star_within(void)
{
    place("S_WITHIN", star, 1000);
}
static void star_overlaps(void)
{
    place("S_OVERLAPS", star, 1000);
}
static void comb_small(void)
{
    place("S_INTERSECTS", comb, 100);
}
static void comb_meets(void)
{
    place("S_INTERSECTS", comb, 1000);
}
static void comb_within(void)
{
    place("S_WITHIN", comb, 1000);
}
static void comb_touches(void)
{
    place("S_TOUCHES", comb, 1000);
}
static void comb_largest(void)
{
    place("S_INTERSECTS", comb, 2200);
}
static void numbers_sixty(void)
{
    for (int i = 0; i < 12; i++) {
        buf_c(&text, i ? " OR " : "");
        numbers_in(900, 3 + i);
    }
}
static void boxes(void)
{
    repeated(1200, " AND ", "S_INTERSECTS(geometry, BBOX(-180,-90,180,90))");
}
static void boxes_few(void)
{
    repeated(20, " AND ", "S_INTERSECTS(geometry, BBOX(-180,-90,180,90))");
}
static void box_small(void)
{
    buf_c(&text, "S_INTERSECTS(geometry, BBOX(");
    buf_fmt(&text, "%.7f,%.7f,", (extent.west / 2.0 + extent.east / 2.0) / DEGREE,
            (extent.south / 2.0 + extent.north / 2.0) / DEGREE);
    buf_fmt(&text, "%.7f,%.7f))", (extent.west / 2.0 + extent.east / 2.0) / DEGREE + 0.05,
            (extent.south / 2.0 + extent.north / 2.0) / DEGREE + 0.05);
}
static void comparisons(void)
{
    repeated(1900, " OR ", "area_m2 = 7.5");
}
static void dates(void)
{
    repeated(1000, " OR ", "available_from <> '1990-05'");
}
static void everything(void)
{
    for (int i = 0; i < 40; i++) {
        buf_c(&text, i % 2 ? "NOT (" : "(area_m2 > 5 AND ");
    }
    place("S_INTERSECTS", star, 1000);
    buf_c(&text, " OR ");
    numbers_in(1000, 7);
    for (int i = 0; i < 40; i++)
        buf_c(&text, i % 2 ? " OR name_zh = 'x')" : ")");
}

static const struct {
    const char *name;
    void (*write)(void);
} asked[] = {
    {"LIKE %1%2 sixty times in one pattern", like_many},
    {"two LIKE of 60 and 105 parts", like_absent},
    {"LIKE with 62 _ in one part", like_ones},
    {"CASEI LIKE %9%9%9%", like_folded},
    {"20 × LIKE %x%y%", like_twenty},
    {"1,000 × LIKE %x%y%", like_thousand},
    {"5 × CASEI LIKE %x%", folded_five},
    {"100 × LIKE with a prefix of 22 bytes", prefixes},
    {"star of 1,000 corners, intersects", star_meets},
    {"star of 1,000 corners, within", star_within},
    {"star of 1,000 corners, overlaps", star_overlaps},
    {"comb of 100 corners, intersects", comb_small},
    {"comb of 1,000 corners, intersects", comb_meets},
    {"comb of 1,000 corners, within", comb_within},
    {"comb of 1,000 corners, touches", comb_touches},
    {"comb of 2,200 corners, intersects", comb_largest},
    {"12 × IN with 900 numbers", numbers_sixty},
    {"a box of 0.05°", box_small},
    {"20 × a box around everything", boxes_few},
    {"1,200 × a box around everything", boxes},
    {"1,900 × area_m2 = 7.5", comparisons},
    {"1,000 × a date <>", dates},
    {"star × IN of 1,000 × depth 60", everything},
};

static double measure(const Atlas *atlas, const Filter *filter, int times)
{
    double took[TIMES_MAX];
    for (int i = 0; i < times; i++) {
        Arena *arena = arena_new();
        Selection found;
        double from = now_ms();
        filter_run(arena, atlas, KIND_PARCEL, filter, &found);
        took[i] = now_ms() - from;
        arena_free(arena);
    }
    qsort(took, (size_t)times, sizeof *took, by_size);
    return took[times / 2];
}

static double estimate(const Atlas *atlas, const Filter *filter)
{
    double ms = 0;
    for (uint32_t s = 0; s < atlas_segments(atlas); s++)
        ms += filter_estimate_ms(atlas_table(atlas, KIND_PARCEL, s), filter);
    return ms;
}

int main(int argc, char **argv)
{
    Atlas *atlas;
    int times = argc > 2 ? atoi(argv[2]) : 3;
    if (argc < 2 || times < 1 || times > TIMES_MAX || atlas_open(argv[1], AUDIENCE_PUBLIC, &atlas) != OK) {
        fprintf(stderr, "usage: filter_bench FOLDER [TIMES]\n");
        return 2;
    }
    extent = rtree_box(&atlas_table(atlas, KIND_PARCEL, 0)->tree);
    printf("%u parcels\n%-42s %12s %12s\n", atlas_count(atlas, KIND_PARCEL), "filter", "expected ms",
           "took ms");
    double worst = 0;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const Filter *filter;
        Arena *arena = arena_new();
        buf_init(&text, 2 * FILTER_BYTES_MAX);
        asked[i].write();
        Err err = filter_parse(arena, KIND_PARCEL, AUDIENCE_PUBLIC, buf_view(&text), &filter);
        if (err != OK) {
            printf("%-42s refused when read: %s %s\n", asked[i].name, err_name(err),
                   fault_arg(fault_last(), "detail"));
        } else {
            double from = now_ms(), expected = estimate(atlas, filter), judged = now_ms() - from;
            bool lets_in = filter_affordable(atlas, KIND_PARCEL, filter) == OK;
            double took = expected < TOO_LONG_MS ? measure(atlas, filter, times) : -1;
            printf("%-42s %12.1f %12.1f   %s (judged in %.2f ms)\n", asked[i].name, expected, took,
                   lets_in ? "let in" : "refused", judged);
            worst = lets_in && took > worst ? took : worst;
        }
        buf_done(&text);
        arena_free(arena);
    }
    printf("the worst that is let in takes %.1f ms of the processor\n", worst);
    atlas_unref(atlas);
    return worst > WORST_MS;
}
