/* Readers go on reading while a writer commits deltas and swaps them in. Under TSan this is the proof that
 * the swap needs no more than the holder. */
#include "atlas/holder.h"
#include "atlas_sample.h"
#include "test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { READERS = 3, COMMITS = 40, PARCELS = 1500 };

typedef struct Readers {
    AtlasHolder *holder;
    atomic_bool over;
    atomic_uint wrong, rounds;
} Readers;

/* Every atlas ever shown holds PARCELS live parcels, all of one area but the first, which tells the commit.
 */
static uint32_t count_wrong(Arena *arena, const Atlas *atlas)
{
    uint32_t field = (uint32_t)field_index(KIND_PARCEL, STR("area_m2")), live = 0, wrong = 0;
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, KIND_PARCEL, s);
        const Column *column = &table->columns[field];
        for (uint32_t row = 0; row < table->rows; row++) {
            if (!bits_get(table->live, row))
                continue;
            live++;
            wrong += !str_is(table_key(table, row), "p-0") && column_num(column, row) != 100;
        }
    }
    RowRef at;
    Value value = {.state = VALUE_UNKNOWN};
    if (atlas_find(atlas, KIND_PARCEL, STR("p-0"), &at) == OK)
        table_value(arena, atlas_table(atlas, KIND_PARCEL, at.segment), at.row, field, &value);
    wrong += value.state != VALUE_KNOWN || value.num != atlas_commit(atlas) * 100;
    return wrong + (live != PARCELS) + (atlas_count(atlas, KIND_PARCEL) != PARCELS);
}

static void *read_on(void *user)
{
    Readers *readers = user;
    Arena *arena = arena_new();
    while (!atomic_load(&readers->over)) {
        Atlas *atlas = holder_get(readers->holder);
        Atlas *again = atlas_ref(atlas); /* as a request does that hands its atlas on */
        atomic_fetch_add(&readers->wrong, count_wrong(arena, atlas));
        atlas_unref(atlas);
        atomic_fetch_add(&readers->wrong, count_wrong(arena, again));
        atlas_unref(again);
        atomic_fetch_add(&readers->rounds, 1);
        arena_reset(arena);
    }
    arena_free(arena);
    return NULL;
}

static Atlas *first_atlas(Arena *arena)
{
    SampleRow *rows = arena_array(arena, SampleRow, PARCELS);
    for (uint32_t i = 0; i < PARCELS; i++) {
        char *key = arena_alloc(arena, 16);
        snprintf(key, 16, "p-%u", i);
        rows[i] = (SampleRow){KIND_PARCEL, key, "area_m2=1", "POINT(113 22.5)"};
    }
    return atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, PARCELS);
}

static void commit(Arena *arena, AtlasHolder *holder)
{
    char fields[40];
    Atlas *was = holder_get(holder);
    snprintf(fields, sizeof fields, "area_m2=%lld", (long long)atlas_commit(was) + 1);
    const SampleRow row = {KIND_PARCEL, "p-0", fields, "POINT(113 22.5)"};
    Atlas *now = atlas_over(arena, test_folder(), was, &row, 1, KIND_PARCEL, NULL, 0);
    atlas_unref(was);
    holder_swap(holder, now);
    atlas_sweep(test_folder());
}

TEST(readers_see_whole_atlases_while_a_writer_swaps_them)
{
    Arena *arena = arena_new();
    Readers readers = {.holder = holder_new(first_atlas(arena))};
    pthread_t threads[READERS];
    for (int i = 0; i < READERS; i++)
        CHECK_EQ(pthread_create(&threads[i], NULL, read_on, &readers), 0);
    for (int i = 0; i < COMMITS || atomic_load(&readers.rounds) < COMMITS; i++)
        commit(arena, readers.holder);
    atomic_store(&readers.over, true);
    for (int i = 0; i < READERS; i++)
        CHECK_EQ(pthread_join(threads[i], NULL), 0);
    CHECK_EQ(atomic_load(&readers.wrong), 0);
    holder_free(readers.holder);
    arena_free(arena);
}

TEST(a_holder_of_nothing_gives_nothing)
{
    AtlasHolder *holder = holder_new(NULL);
    CHECK(holder_get(holder) == NULL);
    holder_swap(holder, NULL);
    holder_free(holder);
    holder_free(NULL);
}

/* Building a large atlas runs on two threads. */
TEST(a_large_build_is_the_same_on_two_threads)
{
    enum { ROWS = 20000 };
    Arena *arena = arena_new();
    AtlasBuild *build;
    Atlas *atlas;
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    uint32_t area = (uint32_t)field_index(KIND_PARCEL, STR("area_m2"));
    const SampleRow port = {KIND_FACILITY, "port", "type=port", "POINT(113 22)"};
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 1, NULL, &build));
    sample_add(arena, build, &port);
    for (int32_t i = 0; i < ROWS; i++) {
        char key[24];
        Str text = {key, (size_t)snprintf(key, sizeof key, "p-%d", i)};
        Point at = {1130000000 + i % 200 * 1000, 225000000 + i / 200 * 1000};
        Geometry shape = {.type = GEOM_POINT, .point_count = 1, .points = &at};
        values[area] = (Value){.state = VALUE_KNOWN, .num = i};
        CHECK_OK(atlas_build_add(build, KIND_PARCEL, text, values, &shape, (Freshness){{1, 1}, 0}));
    }
    CHECK_OK(atlas_build_finish(build, &atlas));
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    const Column *ports = &table->columns[field_index(KIND_PARCEL, STR("port_m"))];
    for (uint32_t row = 0; row < ROWS; row++)
        CHECK_EQ(column_num(ports, row), distance_m(table->anchors[row], (Point){1130000000, 220000000}));
    atlas_unref(atlas);
    arena_free(arena);
}
