/* A delta over a base: what it replaces, buries and adds, and that nobody can tell it from a base of the
 * same. */
#include "atlas/picture.h"
#include "atlas_sample.h"
#include "test.h"
#include <stdio.h>

#define PLOT(lon) "POLYGON((" lon "0 22.5, " lon "1 22.5, " lon "1 22.501, " lon "0 22.5))"

static const SampleRow rows[] = {
    {KIND_FACILITY, "port-a", "type=port", "POINT(113 22)"},
    {KIND_FACILITY, "port-b", "type=port", "POINT(113.2 22.5)"},
    {KIND_PARK, "park-a", "tiers=pilot_zone,industrial", "POINT(113.1 22.5)"},
    {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_zh=甲", PLOT("113.01")},
    {KIND_PARCEL, "b", "area_m2=200;land_use=M2", PLOT("113.02")},
    {KIND_PARCEL, "c", "area_m2=300", NULL},
    {KIND_PARCEL, "d", "area_m2=400;available_from=2023", PLOT("113.04")},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

static int64_t number_of(const Atlas *atlas, const char *key, const char *field)
{
    RowRef at;
    Value value;
    CHECK_OK(atlas_find(atlas, KIND_PARCEL, str_of(key), &at));
    table_value(NULL, atlas_table(atlas, KIND_PARCEL, at.segment), at.row,
                (uint32_t)field_index(KIND_PARCEL, str_of(field)), &value);
    CHECK_EQ(value.state, VALUE_KNOWN);
    return value.num;
}

static Atlas *base_in(Arena *arena, const char *name)
{
    char dir[300];
    snprintf(dir, sizeof dir, "%s/%s", test_folder(), name);
    return atlas_of(arena, dir, AUDIENCE_PUBLIC, rows, ROW_COUNT);
}

static char *dir_of(const char *name)
{
    static char dir[300];
    snprintf(dir, sizeof dir, "%s/%s", test_folder(), name);
    return dir;
}

TEST(a_delta_replaces_adds_and_buries)
{
    Arena *arena = arena_new();
    const SampleRow changed[] = {{KIND_PARCEL, "b", "area_m2=222", PLOT("113.05")},
                                 {KIND_PARCEL, "new", "area_m2=500", PLOT("113.06")}};
    const char *const buried[] = {"c", "never-there"};
    Atlas *base = base_in(arena, "x"),
          *atlas = atlas_over(arena, dir_of("x"), base, changed, 2, KIND_PARCEL, buried, 2);
    RowRef at;
    CHECK_EQ(atlas_segments(atlas), 2);
    CHECK_EQ(atlas_commit(atlas), 2);
    CHECK_EQ(atlas->segments[0]->header.commit, 1);
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), 4);
    CHECK_EQ(atlas_table(atlas, KIND_PARCEL, 0)->live_count, 2);
    CHECK_EQ(number_of(atlas, "b", "area_m2"), 22200);
    CHECK_EQ(number_of(atlas, "a", "area_m2"), 10000);
    CHECK_OK(atlas_find(atlas, KIND_PARCEL, STR("new"), &at));
    CHECK_EQ(at.segment, 1);
    CHECK_ERR(atlas_find(atlas, KIND_PARCEL, STR("c"), &at), ERR_ID_UNKNOWN);
    CHECK_EQ(number_of(base, "b", "area_m2"), 20000); /* whoever holds the base alone sees what it was */
    CHECK_EQ(atlas_count(base, KIND_PARCEL), 4);
    atlas_unref(base);
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(a_delta_opened_from_its_files_is_the_same)
{
    Arena *arena = arena_new();
    const SampleRow changed = {KIND_PARCEL, "b", "area_m2=222", PLOT("113.05")};
    const char *const buried[] = {"c"};
    Atlas *base = base_in(arena, "x"),
          *atlas = atlas_over(arena, dir_of("x"), base, &changed, 1, KIND_PARCEL, buried, 1);
    Atlas *opened;
    CHECK_OK(atlas_open(dir_of("x"), AUDIENCE_PUBLIC, &opened));
    CHECK_EQ(atlas_segments(opened), 2);
    CHECK_EQ(atlas_count(opened, KIND_PARCEL), 3);
    CHECK_EQ(number_of(opened, "b", "area_m2"), 22200);
    CHECK(atlas_content(opened) == atlas_content(atlas));
    atlas_unref(base);
    atlas_unref(atlas);
    atlas_unref(opened);
    arena_free(arena);
}

TEST(the_content_is_the_same_however_it_is_cut)
{
    Arena *arena = arena_new();
    const SampleRow before[] = {rows[0], rows[1],
                                rows[2], {KIND_PARCEL, "a", "area_m2=1", NULL},
                                rows[4], {KIND_PARCEL, "gone", "area_m2=9", PLOT("113.09")},
                                rows[6]};
    const SampleRow changed[] = {rows[3], rows[5]};
    const char *const buried[] = {"gone"};
    Atlas *whole = base_in(arena, "whole");
    Atlas *base = atlas_of(arena, dir_of("cut"), AUDIENCE_PUBLIC, before, 7);
    Atlas *cut = atlas_over(arena, dir_of("cut"), base, changed, 2, KIND_PARCEL, buried, 1);
    CHECK(atlas_content(base) != atlas_content(whole));
    CHECK(atlas_content(cut) == atlas_content(whole));
    atlas_unref(whole);
    atlas_unref(base);
    atlas_unref(cut);
    arena_free(arena);
}

TEST(every_change_changes_the_content)
{
    static const SampleRow changes[] = {
        {KIND_PARCEL, "a", "area_m2=101;land_use=M1;name_zh=甲", PLOT("113.01")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M2;name_zh=甲", PLOT("113.01")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_zh=乙", PLOT("113.01")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_en=甲", PLOT("113.01")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_zh=withheld", PLOT("113.01")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_zh=n/a", PLOT("113.01")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M1", PLOT("113.01")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_zh=甲", PLOT("113.02")},
        {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_zh=甲", NULL},
        {KIND_PARCEL, "a2", "area_m2=100;land_use=M1;name_zh=甲", PLOT("113.01")}};
    enum { CHANGES = sizeof changes / sizeof *changes };
    Arena *arena = arena_new();
    Atlas *base = base_in(arena, "x");
    uint64_t seen[CHANGES + 1] = {atlas_content(base)};
    for (uint32_t i = 0; i < CHANGES; i++) {
        Atlas *atlas = atlas_over(arena, dir_of("x"), base, &changes[i], 1, KIND_PARCEL, NULL, 0);
        seen[i + 1] = atlas_content(atlas);
        for (uint32_t j = 0; j <= i; j++)
            CHECK(seen[j] != seen[i + 1]);
        atlas_unref(atlas);
    }
    atlas_unref(base);
    arena_free(arena);
}

TEST(a_delta_of_a_delta_lies_over_the_base_and_forgets_the_first)
{
    Arena *arena = arena_new();
    const SampleRow one = {KIND_PARCEL, "a", "area_m2=1", NULL}, two = {KIND_PARCEL, "b", "area_m2=2", NULL};
    Atlas *base = base_in(arena, "x"),
          *first = atlas_over(arena, dir_of("x"), base, &one, 1, KIND_PARCEL, NULL, 0);
    Atlas *second = atlas_over(arena, dir_of("x"), first, &two, 1, KIND_PARCEL, NULL, 0);
    CHECK_EQ(number_of(second, "a", "area_m2"), 10000);
    CHECK_EQ(number_of(second, "b", "area_m2"), 200);
    atlas_unref(base);
    atlas_unref(first);
    atlas_unref(second);
    arena_free(arena);
}

TEST(a_delta_that_carries_keeps_what_the_one_before_it_said)
{
    Arena *arena = arena_new();
    const SampleRow one[] = {{KIND_PARCEL, "a", "area_m2=1;tv_state=n/a", PLOT("113.07")},
                             {KIND_PARCEL, "d", "area_m2=7", NULL},
                             {KIND_PARCEL, "again", "area_m2=8", NULL},
                             {KIND_PARK, "park-b", "tiers=section,chemical", "POINT(113.3 22.6)"}};
    const SampleRow two = {KIND_PARCEL, "d", "area_m2=77", PLOT("113.08")};
    const char *const buried[] = {"c", "b"};
    Atlas *base = base_in(arena, "x"),
          *first = atlas_over(arena, dir_of("x"), base, one, 4, KIND_PARCEL, buried, 2);
    AtlasBuild *build;
    Atlas *second, *whole;
    CHECK_OK(atlas_build_begin(dir_of("x"), AUDIENCE_PUBLIC, 3, first, &build));
    sample_add(arena, build, &two);
    CHECK_OK(atlas_build_bury(build, KIND_PARCEL, STR("again")));
    CHECK_OK(atlas_build_carry(build));
    CHECK_OK(atlas_build_finish(build, &second));
    const SampleRow all[] = {rows[0], rows[1], rows[2], one[0], two, one[3]};
    whole = atlas_of(arena, dir_of("whole"), AUDIENCE_PUBLIC, all, 6);
    CHECK_EQ(atlas_count(second, KIND_PARCEL), 2);
    CHECK_EQ(number_of(second, "d", "area_m2"), 7700);
    CHECK(atlas_content(second) == atlas_content(whole));
    atlas_unref(base);
    atlas_unref(first);
    atlas_unref(second);
    atlas_unref(whole);
    arena_free(arena);
}

TEST(a_delta_takes_its_distances_from_the_facilities_of_its_base)
{
    Arena *arena = arena_new();
    const SampleRow moved = {KIND_PARCEL, "a", "area_m2=1", "POINT(113 22)"};
    Atlas *base = base_in(arena, "x"),
          *atlas = atlas_over(arena, dir_of("x"), base, &moved, 1, KIND_PARCEL, NULL, 0);
    CHECK_EQ(number_of(atlas, "a", "port_m"), 0);
    CHECK(number_of(base, "a", "port_m") > 10000);
    atlas_unref(base);
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(a_row_without_a_place_or_a_facility_has_no_distance)
{
    Arena *arena = arena_new();
    Atlas *base = base_in(arena, "x");
    RowRef at, facility;
    Value value;
    CHECK_OK(atlas_find(base, KIND_PARCEL, STR("c"), &at));
    uint32_t port = (uint32_t)field_index(KIND_PARCEL, STR("port_m"));
    table_value(arena, atlas_table(base, KIND_PARCEL, 0), at.row, port, &value);
    CHECK_EQ(value.state, VALUE_UNKNOWN);
    CHECK_ERR(atlas_nearest(base, KIND_PARCEL, at, port, &facility), ERR_NOT_FOUND);
    CHECK_OK(atlas_find(base, KIND_PARCEL, STR("a"), &at));
    table_value(arena, atlas_table(base, KIND_PARCEL, 0), at.row,
                (uint32_t)field_index(KIND_PARCEL, STR("airport_m")), &value);
    CHECK_EQ(value.state, VALUE_UNKNOWN);
    CHECK_OK(atlas_nearest(base, KIND_PARCEL, at, port, &facility));
    CHECK_STR(table_key(atlas_table(base, KIND_FACILITY, 0), facility.row), "port-b");
    atlas_unref(base);
    arena_free(arena);
}

TEST(a_delta_takes_no_facility)
{
    Arena *arena = arena_new();
    Atlas *base = base_in(arena, "x");
    AtlasBuild *build;
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    CHECK_OK(atlas_build_begin(dir_of("x"), AUDIENCE_PUBLIC, 2, base, &build));
    CHECK_ERR(atlas_build_add(build, KIND_FACILITY, STR("f"), values, NULL, (Freshness){{1, 1}, 0}),
              ERR_BUILD);
    CHECK_ERR(atlas_build_bury(build, KIND_FACILITY, STR("port-a")), ERR_BUILD);
    atlas_build_abandon(build);
    atlas_unref(base);
    arena_free(arena);
}

TEST(a_delta_that_buries_everything_leaves_nothing)
{
    Arena *arena = arena_new();
    const char *const buried[] = {"a", "b", "c", "d"};
    Atlas *base = base_in(arena, "x"),
          *atlas = atlas_over(arena, dir_of("x"), base, NULL, 0, KIND_PARCEL, buried, 4);
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), 0);
    CHECK_EQ(bits_count(atlas_table(atlas, KIND_PARCEL, 0)->live, 4), 0);
    atlas_unref(base);
    atlas_unref(atlas);
    arena_free(arena);
}
