/* Conditions on the distance to the nearest of many places, against distance_m of every row and every place.
 */
#include "atlas/segment.h"
#include "atlas/within.h"
#include "test.h"

enum { ROWS = 3000, PLACES = 700 };

static uint64_t random_state = 11;

static int64_t between(int64_t least, int64_t greatest)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return least + (int64_t)((random_state >> 33) % (uint64_t)(greatest - least + 1));
}

/* Towns of some kilometres: two of them across the date line, one at a pole, one at the equator. */
static Point somewhere(uint32_t town)
{
    static const struct {
        double lon, lat, wide;
    } towns[] = {{120.3, 31.5, 0.2}, {113.2, 23.1, 0.05}, {180, 52, 0.1},
                 {10, 90, 0.1},      {-60, 0, 0.3},       {76, 39.5, 2}};
    const int64_t wide = (int64_t)(towns[town % 6].wide * DEGREE), half_turn = 180 * (int64_t)DEGREE;
    int64_t lon = (int64_t)(towns[town % 6].lon * DEGREE) + between(-wide, wide);
    int64_t lat = (int64_t)(towns[town % 6].lat * DEGREE) + between(-wide, wide);
    lat = lat > half_turn / 2 ? half_turn - lat : lat;
    return (Point){(int32_t)(lon >= half_turn ? lon - 2 * half_turn : lon), (int32_t)lat};
}

/* Rows of one town after another, so that most words lie in one, and some reach from one to the next. */
static Table *make_table(Arena *arena)
{
    Table *table = arena_new_of(arena, Table);
    Point *anchors = arena_array(arena, Point, ROWS);
    Box *boxes = arena_array(arena, Box, ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        Point at = anchors[row] = somewhere(row / 90);
        boxes[row] = row % 401 == 5 ? (Box){1, 1, 0, 0} : (Box){at.lon, at.lat, at.lon, at.lat};
    }
    table->rows = ROWS;
    table->anchors = anchors;
    table->boxes = boxes;
    table_find_places(arena, table);
    return table;
}

static int64_t nearest_of_all(Point at, const Point *places, uint32_t count)
{
    int64_t least = INT64_MAX;
    for (uint32_t i = 0; i < count; i++) {
        int64_t metres = distance_m(at, places[i]);
        least = metres < least ? metres : least;
    }
    return least;
}

static void compare(const Table *table, const BoundFilter *bound, const int64_t *metres, int64_t least,
                    int64_t most)
{
    for (uint32_t block = 0; block * BLOCK_ROWS < ROWS; block++) {
        uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS];
        filter_block(bound, block, yes, maybe);
        for (uint32_t row = block * BLOCK_ROWS; row < ROWS && row < (block + 1) * BLOCK_ROWS; row++) {
            Truth want = !table_has_shape(table, row)                  ? TRUTH_MAYBE
                         : least <= metres[row] && metres[row] <= most ? TRUTH_YES
                                                                       : TRUTH_NO;
            Truth got = bits_get(yes, row % BLOCK_ROWS)     ? TRUTH_YES
                        : bits_get(maybe, row % BLOCK_ROWS) ? TRUTH_MAYBE
                                                            : TRUTH_NO;
            CHECK_EQ(got, want);
            if (row % 7 == 0)
                CHECK_EQ(filter_row(bound, row), want);
        }
    }
}

static void try_places(uint32_t count)
{
    Arena *arena = arena_new();
    const Table *table = make_table(arena);
    Point *places = arena_array(arena, Point, count);
    int64_t *metres = arena_array(arena, int64_t, ROWS);
    for (uint32_t i = 0; i < count; i++)
        places[i] = somewhere(i);
    for (uint32_t row = 0; row < ROWS; row++)
        metres[row] = nearest_of_all(table->anchors[row], places, count);
    const Reach *reach = reach_new(arena, places, count);
    const int64_t bounds[] = {0, 90, 700, 2500, 9000, 60 * 1000, 4000 * 1000, INT64_MAX};
    const uint32_t kinds = sizeof bounds / sizeof *bounds;
    for (uint32_t least = 0; least < kinds; least++)
        for (uint32_t most = least; most < kinds; most++)
            compare(table, ground_within(arena, table, reach, bounds[least], bounds[most]), metres,
                    bounds[least], bounds[most]);
    for (uint32_t i = 0; i < 40; i++) { /* at the very metre of some row */
        int64_t most = metres[between(0, ROWS - 1)];
        compare(table, ground_within(arena, table, reach, 0, most), metres, 0, most);
    }
    arena_free(arena);
}

TEST(rows_within_a_distance_are_those_that_measuring_every_place_tells)
{
    try_places(PLACES);
}

TEST(more_places_than_are_told_apart_around_a_word_change_nothing)
{
    try_places(12 * PLACES);
}

/* Sixteen places of a continent are one cluster, wider than any row is from the nearest of them. */
TEST(places_far_from_each_other_are_told_to_the_metre)
{
    enum { FEW = 16 };
    Arena *arena = arena_new();
    Table *table = make_table(arena);
    Point places[FEW], *anchors = arena_array(arena, Point, ROWS);
    int64_t *metres = arena_array(arena, int64_t, ROWS);
    for (uint32_t i = 0; i < FEW; i++)
        places[i] = (Point){(int32_t)between(1000000000, 1200000000), (int32_t)between(220000000, 420000000)};
    for (uint32_t row = 0; row < ROWS; row++) {
        const Point *near = &places[row / 200 % FEW];
        anchors[row] = (Point){near->lon + (int32_t)between(-200000, 200000),
                               near->lat + (int32_t)between(-200000, 200000)};
        metres[row] = nearest_of_all(anchors[row], places, FEW);
    }
    table->anchors = anchors;
    table_find_places(arena, table);
    const Reach *reach = reach_new(arena, places, FEW);
    for (int64_t most = 100; most < 2500; most += 11)
        compare(table, ground_within(arena, table, reach, 0, most), metres, 0, most);
    arena_free(arena);
}

TEST(a_single_place_is_enough)
{
    try_places(1);
}

TEST(without_a_place_every_row_may_be_within)
{
    Arena *arena = arena_new();
    const Table *table = make_table(arena);
    const BoundFilter *bound = ground_within(arena, table, reach_new(arena, NULL, 0), 0, 100);
    CHECK_EQ(filter_row(bound, 17), TRUTH_MAYBE);
    arena_free(arena);
}
