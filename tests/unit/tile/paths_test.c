/* paths.c: clipping, orientation, and what is too small to see. */
#include "geo/tilemath.h"
#include "test.h"
#include "tile/paths.h"
#include <math.h>

static const TileId tile = {12, 3334, 1784};
static Arena *arena;

/* A geometry from rings in units of the tile: its corners lie where they project to those units. */
static Point at_unit(double x, double y)
{
    double lon = (tile.x + x / TILE_EXTENT) / 4096 * 360 - 180;
    double lat = atan(sinh(M_PI * (1 - 2 * (tile.y + y / TILE_EXTENT) / 4096))) * 180 / M_PI;
    return (Point){(int32_t)lround(lon * DEGREE), (int32_t)lround(lat * DEGREE)};
}

static Geometry polygon_of(const double (*xy)[2], const uint32_t *ring_counts, uint32_t rings)
{
    uint32_t count = 0, at = 0;
    for (uint32_t r = 0; r < rings; r++)
        count += ring_counts[r] + 1;
    Point *points = arena_array(arena, Point, count);
    uint32_t *ends = arena_array(arena, uint32_t, rings + 1);
    for (uint32_t r = 0, from = 0; r < rings; from += ring_counts[r++]) {
        for (uint32_t i = 0; i <= ring_counts[r]; i++)
            points[at++] = at_unit(xy[from + i % ring_counts[r]][0], xy[from + i % ring_counts[r]][1]);
        ends[r] = at;
    }
    ends[rings] = rings;
    return (Geometry){GEOM_POLYGON, count, rings, 1, points, ends, ends + rings};
}

typedef struct Read {
    int32_t xy[200][2];
    uint32_t count, ring_ends[10], rings;
} Read;

static Read read_back(const Pbf *commands)
{
    Read read = {0};
    const uint8_t *at = commands->ptr, *end = at + commands->len;
    int64_t cursor[2] = {0, 0};
    while (at < end) {
        uint64_t command;
        CHECK(varint_read(&at, end, &command));
        if ((command & 7) == 7) {
            read.ring_ends[read.rings++] = read.count;
            continue;
        }
        for (uint64_t i = 0; i < command >> 3; i++, read.count++)
            for (int axis = 0; axis < 2; axis++) {
                int64_t step;
                CHECK(zigzag_read(&at, end, &step));
                cursor[axis] += step;
                read.xy[read.count][axis] = (int32_t)cursor[axis];
            }
    }
    return read;
}

static double area_twice(const Read *read, uint32_t ring)
{
    uint32_t start = ring ? read->ring_ends[ring - 1] : 0, end = read->ring_ends[ring];
    double sum = 0;
    for (uint32_t i = start; i < end; i++) {
        uint32_t k = i + 1 < end ? i + 1 : start;
        sum += (double)read->xy[i][0] * read->xy[k][1] - (double)read->xy[k][0] * read->xy[i][1];
    }
    return sum;
}

static bool encode(const double (*xy)[2], const uint32_t *ring_counts, uint32_t rings, Read *ret)
{
    arena_free(arena);
    arena = arena_new();
    Geometry polygon = polygon_of(xy, ring_counts, rings);
    Paths paths;
    paths_start(&paths, arena, tile);
    if (!paths_polygon(&paths, &polygon))
        return false;
    *ret = read_back(&paths.commands);
    return true;
}

#define ENCODE(xy, read) encode(xy, (uint32_t[]){sizeof(xy) / sizeof *(xy)}, 1, read)

TEST(a_ring_within_the_tile_keeps_its_corners_and_turns_clockwise_on_the_screen)
{
    static const double square[][2] = {{100, 200}, {200, 200}, {200, 100}, {100, 100}};
    Read read;
    CHECK(ENCODE(square, &read));
    CHECK_EQ(read.rings, 1);
    CHECK_EQ(read.count, 4);
    CHECK_EQ(area_twice(&read, 0), 2 * 100 * 100);
}

TEST(a_hole_turns_the_other_way)
{
    static const double both[][2] = {{100, 400}, {400, 400}, {400, 100}, {100, 100},
                                     {200, 200}, {300, 200}, {300, 300}, {200, 300}};
    Read read;
    CHECK(encode(both, (uint32_t[]){4, 4}, 2, &read));
    CHECK_EQ(read.rings, 2);
    CHECK_EQ(area_twice(&read, 0), 2 * 300 * 300);
    CHECK_EQ(area_twice(&read, 1), -2 * 100 * 100);
}

TEST(what_reaches_out_of_the_tile_is_cut_at_the_buffer)
{
    static const double wide[][2] = {{-1000, 5000}, {2000, 5000}, {2000, -3000}, {-1000, -3000}};
    Read read;
    CHECK(ENCODE(wide, &read));
    CHECK_EQ(read.count, 4);
    CHECK_EQ(area_twice(&read, 0), 2LL * (2000 + 64) * (4096 + 128));
}

TEST(a_polygon_around_the_tile_fills_it)
{
    static const double round[][2] = {{-90000, 95000}, {94000, 90000}, {91000, -90000}, {-92000, -97000}};
    Read read;
    CHECK(ENCODE(round, &read));
    CHECK_EQ(read.count, 4);
    CHECK_EQ(area_twice(&read, 0), 2LL * (4096 + 128) * (4096 + 128));
}

TEST(a_slanted_edge_is_cut_where_it_crosses)
{
    static const double triangle[][2] = {{-1064, 1000}, {936, 1000}, {-1064, -1000}};
    Read read;
    CHECK(ENCODE(triangle, &read));
    CHECK_EQ(read.count, 3); /* the slant is y = x + 64 */
    CHECK_EQ(area_twice(&read, 0), 1000 * 1000);
    for (uint32_t i = 0; i < read.count; i++)
        CHECK(read.xy[i][0] >= -64 && read.xy[i][1] >= -64);
}

TEST(what_lies_beside_the_tile_is_left_out_even_if_its_box_meets_it)
{
    static const double beside[][2] = {{5000, 5000}, {9000, 5000}, {9000, 1000}, {5000, 1000}};
    static const double corner[][2] = {{4000, 9000}, {9000, 9000}, {9000, 4000}};
    Read read;
    CHECK(!ENCODE(beside, &read));
    CHECK(!ENCODE(corner, &read));
}

TEST(points_that_fall_together_or_on_a_straight_way_are_written_once)
{
    static const double dense[][2] = {{100, 200}, {100.1, 200.1}, {150, 200},    {200, 200},
                                      {200, 150}, {200, 100},     {200.2, 99.8}, {100, 100}};
    Read read;
    CHECK(ENCODE(dense, &read));
    CHECK_EQ(read.count, 4);
    CHECK_EQ(area_twice(&read, 0), 2 * 100 * 100);
}

TEST(a_polygon_too_small_to_see_becomes_one_pixel_in_its_place)
{
    static const double dot[][2] = {{1000.1, 1000.2}, {1000.2, 1000.2}, {1000.2, 1000.1}, {1000.1, 1000.1}};
    static const double sliver[][2] = {{1000, 1000.2}, {1400, 1000.2}, {1400, 1000.1}, {1000, 1000.1}};
    Read read;
    CHECK(ENCODE(dot, &read));
    CHECK_EQ(read.count, 4);
    CHECK_EQ(area_twice(&read, 0), 2 * 8 * 8);
    CHECK_EQ(read.xy[0][0], 996);
    CHECK(ENCODE(sliver, &read));
    CHECK_EQ(area_twice(&read, 0), 2 * 8 * 8);
    CHECK(read.xy[0][0] == 1196 || read.xy[0][0] == 1204);
}

TEST(a_spike_left_along_the_edge_by_the_clip_is_taken_off)
{
    /* A comb whose teeth reach out of the tile to the west: the clip leaves two teeth and a way between them.
     */
    static const double comb[][2] = {{-500, 1000}, {-500, 900}, {-300, 900}, {-300, 500},
                                     {-500, 500},  {-500, 400}, {500, 400},  {500, 1000}};
    Read read;
    CHECK(ENCODE(comb, &read));
    CHECK_EQ(read.count, 4);
    CHECK_EQ(area_twice(&read, 0), 2 * 564 * 600);
}

TEST(neighbouring_polygons_are_cut_at_the_same_point)
{
    static const double left[][2] = {{-700, 3000}, {-500, 3001}, {1234, 777}, {-900, 100}};
    static const double right[][2] = {{1234, 777}, {-500, 3001}, {1500, 3500}};
    Read a, b;
    CHECK(ENCODE(left, &a));
    CHECK(ENCODE(right, &b));
    bool shared = false;
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t k = 0; k < b.count; k++)
            shared = shared || (a.xy[i][0] == -64 && b.xy[k][0] == -64 && a.xy[i][1] == b.xy[k][1]);
    CHECK(shared);
}

TEST(a_cut_is_rounded_to_the_nearest_unit)
{
    static const double slant[][2] = {{-65, 100}, {-60, 108}, {500, 100}}; /* at x = -64: 101.6 */
    Read read;
    bool found = false;
    CHECK(ENCODE(slant, &read));
    for (uint32_t i = 0; i < read.count; i++)
        found = found || (read.xy[i][0] == -64 && read.xy[i][1] == 102);
    CHECK(found);
}

/* Even-odd; `near` is set if the place is within 3 units of an edge, where rounding decides. */
static bool holds(const double (*xy)[2], uint32_t count, double x, double y, bool *near)
{
    bool inside = false;
    for (uint32_t i = 0; i < count; i++) {
        const double *a = xy[i], *b = xy[(i + 1) % count];
        double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
        double t = length > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        *near = *near || hypot(a[0] + t * dx - x, a[1] + t * dy - y) < 3;
        if ((a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / dy * dx)
            inside = !inside;
    }
    return inside;
}

static uint32_t seed = 7;

static double random_to(double limit)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) / (double)(1 << 24) * limit;
}

/* A star about a place near the tile, its reach another in every direction. */
static uint32_t random_star(double (*xy)[2])
{
    uint32_t count = 3 + (uint32_t)random_to(20);
    double x = random_to(8000) - 2000, y = random_to(8000) - 2000, reach = pow(10, 1 + random_to(2.7));
    for (uint32_t i = 0; i < count; i++) {
        double turn = 2 * M_PI * i / count, r = reach * (0.05 + random_to(0.95));
        xy[i][0] = x + r * cos(turn);
        xy[i][1] = y + r * sin(turn);
    }
    return count;
}

TEST(every_place_of_the_tile_lies_in_the_clipped_polygon_just_if_it_lies_in_the_whole)
{
    double xy[24][2], got[200][2];
    uint32_t drawn = 0;
    for (int turn = 0; turn < 1000; turn++) {
        uint32_t count = random_star(xy);
        Read read = {0};
        encode((const double(*)[2])xy, &count, 1, &read);
        drawn += read.rings;
        CHECK(read.rings <= 1);
        for (uint32_t i = 0; i < read.count; i++) {
            got[i][0] = read.xy[i][0];
            got[i][1] = read.xy[i][1];
            CHECK(got[i][0] >= -64 - 8 && got[i][0] <= 4160 + 8 && got[i][1] >= -64 - 8 &&
                  got[i][1] <= 4160 + 8);
        }
        for (int k = 0; k < 100; k++) {
            double x = random_to(TILE_EXTENT), y = random_to(TILE_EXTENT);
            bool near = false, want = holds((const double(*)[2])xy, count, x, y, &near);
            bool have = holds((const double(*)[2])got, read.count, x, y, &near);
            if (!near)
                CHECK_EQ(have, want);
        }
    }
    CHECK(drawn > 300);
}
