/* rings.c against paths.c: two ways to the same commands. */
#include "atlas/shape.h"
#include "test.h"
#include "tile/rings.h"
#include <math.h>

static uint32_t seed = 7;

static double random_unit(void)
{
    seed = seed * 1664525 + 1013904223;
    return (double)(seed >> 8) / (1 << 24);
}

static Point at_unit(TileId tile, double x, double y)
{
    double tiles = (double)(1u << tile.z);
    double lon = (tile.x + x / TILE_EXTENT) / tiles * 360 - 180;
    double lat = atan(sinh(M_PI * (1 - 2 * (tile.y + y / TILE_EXTENT) / tiles))) * 180 / M_PI;
    return (Point){(int32_t)lround(lon * DEGREE), (int32_t)lround(lat * DEGREE)};
}

/* A star about somewhere in the tile, now one way round and now the other. */
static Geometry star(Arena *arena, TileId tile, uint32_t corners, double size)
{
    Point *points = arena_array(arena, Point, corners + 1);
    uint32_t *ends = arena_array(arena, uint32_t, 2);
    double x = 4300 * random_unit() - 100, y = 4300 * random_unit() - 100;
    bool back = random_unit() < 0.5;
    for (uint32_t i = 0; i < corners; i++) {
        double turn = 2 * M_PI * (back ? corners - i : i) / corners, far = size * (0.5 + random_unit());
        points[i] = at_unit(tile, x + far * cos(turn), y + far * sin(turn));
    }
    points[corners] = points[0];
    ends[0] = corners + 1;
    ends[1] = 1;
    return (Geometry){GEOM_POLYGON, corners + 1, 1, 1, points, ends, ends + 1};
}

static Box box_of(const Geometry *shape)
{
    Box box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (uint32_t i = 0; i < shape->point_count; i++) {
        Point at = shape->points[i];
        box = box_join(box, (Box){at.lon, at.lat, at.lon, at.lat});
    }
    return box;
}

TEST(a_ring_of_a_batch_has_the_commands_it_has_alone)
{
    uint32_t taken = 0, written = 0, tries = 0;
    for (uint32_t z = 7; z <= 20; z++) {
        TileId tile = {z, (uint32_t)(0.815 * (1u << z)), (uint32_t)(0.436 * (1u << z))};
        Arena *arena = arena_new();
        Rings *rings = arena_new_of(arena, Rings);
        Paths paths;
        paths_start(&paths, arena, tile);
        rings_start(rings, &paths.frame, tile);
        for (int turn = 0; turn < 200; turn++, tries++) {
            Geometry shape = star(arena, tile, 3 + (uint32_t)(12 * random_unit()), 100 * random_unit());
            Point anchor = geometry_anchor(&shape);
            Buf packed;
            buf_init(&packed, 10000);
            CHECK_OK(shape_pack(&packed, &shape, anchor));
            rings_clear(rings);
            bool take = rings_add(rings, (const uint8_t *)packed.ptr, packed.len, anchor, box_of(&shape));
            take = take && rings->inside[0];
            taken += take;
            rings_project(rings);
            Pbf commands = {.arena = arena};
            if (take && rings_write(rings, 0, &commands)) {
                written++;
                CHECK(paths_polygon(&paths, &shape));
                CHECK_EQ(commands.len, paths.commands.len);
                CHECK(memcmp(commands.ptr, paths.commands.ptr, commands.len) == 0);
            }
            buf_done(&packed);
        }
        arena_free(arena);
    }
    CHECK(taken > tries / 3 && written > taken / 2); /* else nothing was compared */
}

TEST(what_is_no_plain_ring_is_left_to_the_other_way)
{
    Arena *arena = arena_new();
    Rings *rings = arena_new_of(arena, Rings);
    TileId tile = {14, 13352, 7143};
    TileFrame frame = tile_frame(tile);
    rings_start(rings, &frame, tile);
    Geometry shape = star(arena, tile, 5, 10);
    Point anchor = geometry_anchor(&shape);
    Box box = box_of(&shape);
    Buf packed;
    buf_init(&packed, 10000);
    CHECK_OK(shape_pack(&packed, &shape, anchor));
    const uint8_t *bytes = (const uint8_t *)packed.ptr;
    CHECK(!rings_add(rings, bytes, packed.len - 1, anchor, box));
    CHECK(!rings_add(rings, bytes, 0, anchor, box));
    CHECK(!rings_add(rings, (const uint8_t *)"", 1, anchor, box));
    CHECK(!rings_add(rings, bytes, packed.len, anchor,
                     (Box){box.west, box.south, box.east + 10 * DEGREE, box.north}));
    for (int i = 0; i < RINGS_MAX; i++)
        CHECK(rings_add(rings, bytes, packed.len, anchor, tile_box(tile, 0)));
    CHECK(!rings_add(rings, bytes, packed.len, anchor, tile_box(tile, 0)));
    buf_done(&packed);
    arena_free(arena);
}
