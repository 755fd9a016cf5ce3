/* tilemath.c: the scheme's known tiles, and the series against the formula. */
#include "geo/tilemath.h"
#include "test.h"
#include <math.h>
#include <stdlib.h>

TEST(tiles_beyond_the_zoom_or_the_grid_are_refused)
{
    CHECK_OK(tile_check(0, 0, 0));
    CHECK_OK(tile_check(22, (1u << 22) - 1, 0));
    CHECK_ERR(tile_check(23, 0, 0), ERR_TILE_RANGE);
    CHECK_ERR(tile_check(0, 1, 0), ERR_TILE_RANGE);
    CHECK_ERR(tile_check(9, 0, 512), ERR_TILE_RANGE);
    CHECK_ERR(tile_check(UINT32_MAX, 0, 0), ERR_TILE_RANGE);
    CHECK_STR(str_of(fault_arg(fault_last(), "z")), "4294967295");
}

TEST(the_world_is_one_tile)
{
    Box box = tile_box((TileId){0, 0, 0}, 0);
    CHECK_EQ(box.west, -1800000000);
    CHECK_EQ(box.east, 1800000000);
    CHECK(box.north >= 850511287 && box.north <= 850511289);
    CHECK(box.south <= -850511287 && box.south >= -850511289);
    TilePoint middle = tile_project((TileId){0, 0, 0}, (Point){0, 0});
    CHECK_EQ(middle.x, 2048);
    CHECK_EQ(middle.y, 2048);
}

TEST(a_known_place_falls_into_the_known_tile)
{
    /* 113.08° E, 22.58° N lies in 12/3334/1785: x = 4096 (113.08 + 180) / 360 = 3334.6, y = 1784.x by the
     * formula. */
    Point place = {1130800000, 225800000};
    double y = (1 - asinh(tan(22.58 * M_PI / 180)) / M_PI) / 2 * 4096;
    TileId tile = {12, 3334, (uint32_t)y};
    TilePoint at = tile_project(tile, place);
    CHECK_EQ(at.x, lround((113.08 + 180) / 360 * 4096 * 4096 - 3334.0 * 4096));
    CHECK_EQ(at.y, lround((y - floor(y)) * 4096));
    Box box = tile_box(tile, 0);
    CHECK(box_holds(box, (Box){place.lon, place.lat, place.lon, place.lat}));
}

TEST(the_box_with_a_buffer_is_wider_by_just_that_buffer)
{
    TileId tile = {14, 13338, 7140};
    Box plain = tile_box(tile, 0), wide = tile_box(tile, TILE_BUFFER);
    int64_t width = (int64_t)plain.east - plain.west, rim = (int64_t)plain.west - wide.west;
    CHECK(llabs(rim - width * TILE_BUFFER / TILE_EXTENT) <= 2);
    CHECK(wide.north > plain.north && wide.south < plain.south && wide.east > plain.east);
}

TEST(the_series_agrees_with_the_formula_to_a_hundredth_of_a_unit_at_every_zoom)
{
    static const double lats[] = {0.001, 22.58, -45, 60, 80, 84.9};
    for (uint32_t z = 0; z <= TILE_ZOOM_MAX; z++)
        for (size_t i = 0; i < sizeof lats / sizeof *lats; i++) {
            double world = (1 - asinh(tan(lats[i] * M_PI / 180)) / M_PI) / 2 * (double)(1u << z);
            TileId tile = {z, 0, (uint32_t)world};
            TileFrame frame = tile_frame(tile);
            Box box = tile_box(tile, TILE_BUFFER);
            for (int k = 0; k <= 40; k++) {
                int32_t lat = (int32_t)(box.south + ((double)box.north - box.south) * k / 40);
                double rad = lat / (double)DEGREE * M_PI / 180;
                double y = ((1 - asinh(tan(rad)) / M_PI) / 2 * (double)(1u << z) - tile.y) * TILE_EXTENT;
                int32_t got = tile_frame_project(&frame, (Point){0, lat}).y;
                if (fabs(lat / (double)DEGREE) < 85.05 && fabs(got - y) > 0.51)
                    test_fail(__FILE__, __LINE__, "zoom %u, latitude %d: %d, not %f", z, lat, got, y);
            }
        }
}

TEST(neighbouring_tiles_agree_on_the_points_they_share)
{
    TileId left = {15, 26676, 14280}, right = {15, 26677, 14280}, below = {15, 26676, 14281};
    Box box = tile_box(left, 0);
    for (int i = 0; i < 1000; i++) {
        Point point = {box.east - 500 + i, box.south - 500 + i};
        TilePoint a = tile_project(left, point), b = tile_project(right, point),
                  c = tile_project(below, point);
        CHECK_EQ(a.x - TILE_EXTENT, b.x);
        CHECK_EQ(a.y, b.y);
        CHECK_EQ(a.y - TILE_EXTENT, c.y);
    }
}
