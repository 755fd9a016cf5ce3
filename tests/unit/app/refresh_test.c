#include "app/app.h"
#include "app/build.h"
#include "app/undo.h"
#include "ledger.h"
#include <stdio.h>
#include <sys/stat.h>

static const char SOURCES[] = "id,name_zh,authority,visibility,rows_visibility,refresh_d\n"
                              "bureau,局,60,public,public,180\n"
                              "secret,密,99,restricted,public,1\n";
static const char PARCELS[] =
    "id,area_m2,geometry\na,100,\"POLYGON((113 22,113.01 22,113.01 22.01,113 22.01,113 "
    "22))\"\nb,200,\"POLYGON((113.1 22,113.11 22,113.11 22.01,113.1 22.01,113.1 22))\"\n";

static Store *store;
static char dir[200], url[200];

static void begin(void)
{
    store = ledger_new("l.db");
    snprintf(url, sizeof url, "%s", store_url(store));
    snprintf(dir, sizeof dir, "%s/atlas", test_folder());
    CHECK_EQ(mkdir(dir, 0700), 0);
    import_good(store, KIND_SOURCE, "", SOURCES);
    import_good(store, KIND_PARCEL, "bureau", PARCELS);
    import_good(store, KIND_FACILITY, "bureau", "id,type,geometry\np,port,POINT(113.2 22)\n");
}

static Atlas *base(void)
{
    Store *reader;
    Atlas *atlas;
    CHECK_OK(store_open(url, STORE_READ, &reader));
    CHECK_OK(build_base(reader, dir, AUDIENCE_PUBLIC, &atlas));
    store_close(reader);
    return atlas;
}

/* *atlas becomes the new one where there is one. */
static DeltaFate delta(Atlas **atlas)
{
    Store *reader;
    DeltaFate fate;
    Atlas *next;
    int64_t commit;
    CHECK_OK(store_open(url, STORE_READ, &reader));
    CHECK_OK(build_delta(reader, dir, *atlas, atlas_commit(*atlas), &fate, &next, &commit));
    store_close(reader);
    if (fate == DELTA_MADE) {
        atlas_unref(*atlas);
        *atlas = next;
        CHECK_EQ(atlas_commit(next), commit);
    }
    return fate;
}

static void same_as_a_fresh_base(Atlas *atlas)
{
    uint64_t content = atlas_content(atlas);
    Atlas *fresh = base();
    CHECK(atlas_content(fresh) == content);
    atlas_unref(fresh);
}

TEST(a_delta_says_what_a_fresh_base_would)
{
    begin();
    Atlas *atlas = base();
    import_good(store, KIND_PARCEL, "bureau",
                "id,area_m2,geometry\na,150,\nc,300,\"POLYGON((113.3 22,113.31 22,113.31 22.01,113.3 "
                "22.01,113.3 22))\"\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    CHECK_EQ(atlas_segments(atlas), 2);
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), 3);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2,geometry\nb,250,\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    same_as_a_fresh_base(atlas);
    atlas_unref(atlas);
    store_close(store);
}

TEST(what_was_taken_back_is_gone_and_what_was_said_before_counts_again)
{
    begin();
    Atlas *atlas = base();
    ImportReport report = {0};
    CHECK_OK(import_text(store, KIND_PARCEL, "bureau", "id,area_m2\na,150\nc,300\n", &report));
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), 3);
    UndoReport undo;
    CHECK_OK(app_undo(store, report.batch, &undo));
    import_report_done(&report);
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), 2);
    RowRef at;
    CHECK_ERR(atlas_find(atlas, KIND_PARCEL, STR("c"), &at), ERR_ID_UNKNOWN);
    same_as_a_fresh_base(atlas);
    atlas_unref(atlas);
    store_close(store);
}

TEST(a_delta_carries_over_the_one_before_but_for_what_changed_again)
{
    begin();
    Atlas *atlas = base();
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\na,150\nc,300\nd,400\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\nd,450\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), 4);
    same_as_a_fresh_base(atlas);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\na,100\n"); /* what the base says */
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    same_as_a_fresh_base(atlas);
    CHECK_EQ(delta_rows(atlas), 3);
    atlas_unref(atlas);
    store_close(store);
}

static const char *sample_of(Arena *arena, const Atlas *atlas, const char *key)
{
    RowRef at;
    Value value;
    CHECK_OK(atlas_find(atlas, KIND_PARCEL, str_of(key), &at));
    table_value(arena, atlas_table(atlas, KIND_PARCEL, at.segment), at.row, FIELD_SAMPLE, &value);
    return value.state == VALUE_KNOWN ? str_copy(arena, value.text).ptr : "";
}

TEST(a_sample_value_of_a_reported_row_is_marked_for_those_who_see_it_win)
{
    begin();
    Arena *arena = arena_new();
    import_good(store, KIND_PARCEL, "bureau", "id,how\na,reported\nb,illustrative\n");
    Atlas *atlas = base();
    CHECK_STR(str_of(sample_of(arena, atlas, "a")), "");
    import_good(store, KIND_PARCEL, "deployment",
                "id,price_fen_m2,how\na,100,illustrative\nb,100,illustrative\n");
    import_good(store, KIND_PARCEL, "deployment", "id,how\na,reported\n");
    import_good(store, KIND_PARCEL, "secret", "id,area_m2,how\na,1,illustrative\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    CHECK_STR(str_of(sample_of(arena, atlas, "a")), "price_fen_m2");
    CHECK_STR(str_of(sample_of(arena, atlas, "b")), ""); /* the row says it of itself as a whole */
    same_as_a_fresh_base(atlas);
    atlas_unref(atlas);
    arena_free(arena);
    store_close(store);
}

TEST(a_source_that_turns_out_to_make_samples_needs_a_base)
{
    begin();
    Arena *arena = arena_new();
    import_good(store, KIND_PARCEL, "bureau", "id,how\na,reported\n");
    Atlas *atlas = base();
    import_good(store, KIND_SOURCE, "", "id,type,visibility\nbureau,operator,public\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    import_good(store, KIND_SOURCE, "", "id,type,visibility\nbureau,generator,restricted\n");
    CHECK_EQ(delta(&atlas), DELTA_SAME);
    import_good(store, KIND_SOURCE, "", "id,type,visibility\nbureau,generator,public\n");
    CHECK_EQ(delta(&atlas), DELTA_TOO_BIG);
    atlas_unref(atlas);
    atlas = base();
    CHECK_STR(str_of(sample_of(arena, atlas, "a")), "area_m2;geometry");
    atlas_unref(atlas);
    arena_free(arena);
    store_close(store);
}

TEST(a_commit_that_the_audience_may_not_see_makes_no_atlas)
{
    begin();
    Atlas *atlas = base();
    import_good(store, KIND_PARCEL, "secret",
                "id,area_m2,geometry\na,1,\"POLYGON((1 1,1.01 1,1.01 1.01,1 1.01,1 "
                "1))\"\nhidden,2,\"POLYGON((1 2,1.01 2,1.01 2.01,1 2.01,1 2))\"\n");
    import_good(store, KIND_FACILITY, "secret", "id,type,geometry\nq,port,POINT(113 22)\n");
    import_good(store, KIND_PARCEL, "bureau", "id,visibility,promised_to\nb,staff,某公司\n");
    CHECK_EQ(delta(&atlas), DELTA_SAME);
    same_as_a_fresh_base(atlas);
    atlas_unref(atlas);
    store_close(store);
}

TEST(a_facility_or_a_refresh_period_calls_for_a_base)
{
    begin();
    Atlas *atlas = base();
    import_good(store, KIND_FACILITY, "bureau", "id,type,geometry\nq,port,POINT(113 22)\n");
    CHECK_EQ(delta(&atlas), DELTA_TOO_BIG);
    atlas_unref(atlas);
    atlas = base();
    import_good(store, KIND_SOURCE, "", "id,name_zh\nbureau,新名\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    import_good(store, KIND_SOURCE, "", "id,refresh_d\nbureau,30\n");
    CHECK_EQ(delta(&atlas), DELTA_TOO_BIG);
    atlas_unref(atlas);
    store_close(store);
}

static void add_many(int from, int count)
{
    Buf rows;
    buf_init(&rows, 1 << 20);
    buf_c(&rows, "id,area_m2\n");
    for (int i = from; i < from + count; i++)
        buf_fmt(&rows, "n%d,%d\n", i, i + 1);
    buf_byte(&rows, '\0');
    import_good(store, KIND_PARCEL, "bureau", rows.ptr);
    buf_done(&rows);
}

TEST(more_rows_than_a_delta_takes_call_for_a_base)
{
    begin();
    Atlas *atlas = base();
    add_many(0, DELTA_ROWS_MAX + 1);
    CHECK_EQ(delta(&atlas), DELTA_TOO_BIG);
    atlas_unref(atlas);
    store_close(store);
}

TEST(a_delta_is_full_when_commits_together_have_changed_so_many_rows)
{
    begin();
    Atlas *atlas = base();
    add_many(0, DELTA_ROWS_MAX - 1);
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\na,150\nn1,20\nn2,20\n");
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    CHECK_EQ(delta_rows(atlas), DELTA_ROWS_MAX);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\na,160\nn1,30\n"); /* in it already */
    CHECK_EQ(delta(&atlas), DELTA_MADE);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\nb,250\n");
    CHECK_EQ(delta(&atlas), DELTA_TOO_BIG);
    atlas_unref(atlas);
    store_close(store);
}

static App *app_of(const char *atlas_dir)
{
    App *app;
    const AppConfig config = {.url = url, .atlas_dir = atlas_dir};
    CHECK_OK(app_open(&config, &app));
    return app;
}

static uint32_t parcels_of(App *app, Audience audience)
{
    Atlas *atlas;
    CHECK_OK(app_view(app, audience, &atlas));
    uint32_t count = atlas_count(atlas, KIND_PARCEL);
    atlas_unref(atlas);
    return count;
}

TEST(each_audience_has_the_atlas_of_what_it_may_see)
{
    begin();
    import_good(store, KIND_PARCEL, "secret", "id,area_m2\nhidden,2\n");
    App *app = app_of(dir);
    CHECK_EQ(parcels_of(app, AUDIENCE_PUBLIC), 2);
    CHECK_EQ(parcels_of(app, AUDIENCE_RESTRICTED), 3);
    app_close(app);
    store_close(store);
}

TEST(an_atlas_on_disk_is_used_again_and_brought_up_to_date)
{
    begin();
    App *app = app_of(dir);
    AppStats stats;
    app_stats(app, &stats);
    CHECK_EQ(stats.base_builds, 1);
    app_close(app);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\nc,2\n");
    app = app_of(dir);
    app_stats(app, &stats);
    CHECK_EQ(stats.base_builds, 0);
    CHECK_EQ(stats.delta_builds, 1);
    CHECK_EQ(parcels_of(app, AUDIENCE_PUBLIC), 3);
    app_close(app);
    store_close(store);
}

TEST(an_atlas_of_another_ledger_with_as_many_commits_is_not_used)
{
    begin();
    App *app = app_of(dir);
    app_close(app);
    store_close(store);
    store = ledger_new("other.db");
    snprintf(url, sizeof url, "%s", store_url(store));
    import_good(store, KIND_SOURCE, "", SOURCES);
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\nx,1\n");
    import_good(store, KIND_FACILITY, "bureau", "id,type,geometry\nr,port,POINT(110.2 22)\n");
    app = app_of(dir);
    CHECK_EQ(parcels_of(app, AUDIENCE_PUBLIC), 1);
    app_close(app);
    store_close(store);
}
