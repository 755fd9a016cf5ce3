/* What a filter is expected to cost, and what is refused for it. How near the expectation is to the
 * processor's time says bench/filter_bench.c. */
#include "atlas/filter.h"
#include "atlas_sample.h"
#include "test.h"
#include <stdio.h>

enum { ROWS = 20 * 1000 };

static Arena *arena;
static Atlas *atlas;

static void begin(void)
{
    arena = arena_new();
    SampleRow *rows = arena_array(arena, SampleRow, ROWS);
    for (int i = 0; i < ROWS; i++) {
        char *text = arena_alloc(arena, 240);
        snprintf(text, 40, "plot-%05d", i);
        snprintf(text + 40, 60, "name_zh=第%d号地块;area_m2=%d", i, i + 1);
        rows[i] = (SampleRow){KIND_PARCEL, text, text + 40, i % 2 ? text + 100 : NULL};
        if (i % 2)
            snprintf(text + 100, 140, "POLYGON((%.3f 22,%.4f 22,%.4f 22.001,%.3f 22))", 110 + i / 1000.0,
                     110.0005 + i / 1000.0, 110.0005 + i / 1000.0, 110 + i / 1000.0);
    }
    atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, ROWS);
}

static void end(void)
{
    atlas_unref(atlas);
    arena_free(arena);
}

static const Filter *filter_of(int times, const char *condition)
{
    Buf text;
    const Filter *filter;
    buf_init(&text, FILTER_BYTES_MAX);
    for (int i = 0; i < times; i++)
        buf_fmt(&text, "%s%s", i ? " OR " : "", condition);
    CHECK_OK(filter_parse(arena, KIND_PARCEL, AUDIENCE_PUBLIC, buf_view(&text), &filter));
    buf_done(&text);
    return filter;
}

static double expected_ms(int times, const char *condition)
{
    return filter_estimate_ms(atlas_table(atlas, KIND_PARCEL, 0), filter_of(times, condition));
}

static Err judged(int times, const char *condition)
{
    return filter_affordable(atlas, KIND_PARCEL, filter_of(times, condition));
}

TEST(a_filter_that_takes_too_long_is_refused_with_what_takes_longest_and_what_to_do)
{
    begin();
    CHECK_OK(judged(1, "CASEI(name_zh) LIKE '%x%'"));
    CHECK_ERR(judged(1500, "CASEI(name_zh) LIKE '%x%'"), ERR_FILTER_COST);
    CHECK_STR(str_of(fault_arg(fault_last(), "what")), "CASEI");
    CHECK_STR(str_of(fault_arg(fault_last(), "limit")), "500");
    CHECK_ERR(judged(1900, "name_zh LIKE '%x%y%z%'"), ERR_FILTER_COST);
    CHECK_STR(str_of(fault_arg(fault_last(), "what")), "LIKE");
    CHECK_STR(str_of(fault_arg(fault_last(), "detail")),
              "let the pattern begin with a character, not with %, or use fewer LIKE");
    CHECK_OK(filter_affordable(atlas, KIND_PARCEL, NULL));
    end();
}

TEST(what_can_be_settled_by_few_rows_is_expected_to_be_cheap)
{
    begin();
    CHECK(expected_ms(1, "name_zh LIKE '第77%'") < expected_ms(1, "name_zh LIKE '%第77%'") / 4);
    CHECK(expected_ms(1, "CASEI(name_zh) = 'x'") > 10 * expected_ms(1, "name_zh = 'x'"));
    CHECK(expected_ms(1, "S_WITHIN(geometry, POLYGON((0 0,1 0,1 1,0 0)))") <
          expected_ms(1, "S_WITHIN(geometry, POLYGON((100 0,140 0,140 50,100 50,100 0)))") / 3);
    CHECK(expected_ms(1, "area_m2 > 1e9") < expected_ms(1, "area_m2 IN (1, 3, 5, 7, 9, 11, 13, 15)") / 2);
    end();
}
