#include "geo/tilemath.h"
#include <math.h>

#define RADIANS (M_PI / 180 / DEGREE)

/* atan(sinh(pi)): where the square of Web Mercator ends. */
enum { LAT_MAX = 850511287 };

Err tile_check(uint32_t z, uint32_t x, uint32_t y)
{
    if (z <= TILE_ZOOM_MAX && x < 1u << z && y < 1u << z)
        return OK;
    return fail(ERR_TILE_RANGE, "z", num_c(z), "x", num_c(x), "y", num_c(y), NULL);
}

/* Latitude → y in the whole world's square, 0 at the north edge and 1 at the south. */
static double world_y(double lat)
{
    return 0.5 - atanh(sin(lat * RADIANS)) / (2 * M_PI);
}

static double lat_of_world_y(double y)
{
    return atan(sinh(M_PI * (1 - 2 * y))) / RADIANS;
}

static int32_t clamp(double value, int32_t limit)
{
    return value > limit ? limit : value < -limit ? -limit : (int32_t)value;
}

Box tile_box(TileId tile, uint32_t buffer)
{
    double tiles = (double)(1u << tile.z), rim = buffer / (double)TILE_EXTENT;
    double west = (tile.x - rim) / tiles * 360 - 180, east = (tile.x + 1 + rim) / tiles * 360 - 180;
    double north = lat_of_world_y((tile.y - rim) / tiles), south = lat_of_world_y((tile.y + 1 + rim) / tiles);
    return (Box){clamp(floor(west * DEGREE), 180 * DEGREE), clamp(floor(south), 90 * DEGREE),
                 clamp(ceil(east * DEGREE), 180 * DEGREE), clamp(ceil(north), 90 * DEGREE)};
}

/* From zoom 7 on a tile spans less than 3°, and the Taylor series of Mercator's y about its middle, to the
 * fourth power, is within a hundredth of a tile unit as far as a tile's height from there. */
enum { NEAR_ZOOM = 7 };

TileFrame tile_frame(TileId tile)
{
    double tiles = (double)(1u << tile.z), units = tiles * TILE_EXTENT;
    TileFrame frame = {.lon_scale = units / (360.0 * DEGREE),
                       .lon_offset = units / 2 - (double)tile.x * TILE_EXTENT,
                       .near = -1,
                       .y_scale = units,
                       .y_offset = -(double)tile.y * TILE_EXTENT};
    if (tile.z < NEAR_ZOOM)
        return frame;
    /* y' = -sec φ / 2π; sec' = sec tan; then by hand. */
    frame.lat_middle = round(lat_of_world_y((tile.y + 0.5) / tiles));
    frame.near = fabs(lat_of_world_y(tile.y / tiles) - lat_of_world_y((tile.y + 1) / tiles));
    double phi = frame.lat_middle * RADIANS, sec = 1 / cos(phi), tan_ = tan(phi), k = -units / (2 * M_PI);
    double r = RADIANS, sec3 = sec * sec * sec;
    frame.series[0] = world_y(frame.lat_middle) * units + frame.y_offset;
    frame.series[1] = k * sec * r;
    frame.series[2] = k * sec * tan_ * r * r / 2;
    frame.series[3] = k * (2 * sec3 - sec) * r * r * r / 6;
    frame.series[4] = k * sec * tan_ * (6 * sec * sec - 1) * r * r * r * r / 24;
    return frame;
}

/* Rounded to the nearest whole, halves up; far points of a polygon that reaches out of the tile are kept
 * within ±2^30 so that clipping can work with them. The detour over 2^31 makes it positive, where cutting is
 * rounding down: floor() is a call on plain x86-64. */
static inline int32_t nearest(double value)
{
    value = value < -0x1p30 ? -0x1p30 : value;
    value = value > 0x1p30 ? 0x1p30 : value;
    return (int32_t)((int64_t)(value + (0x1p31 + 0.5)) - INT64_C(0x80000000));
}

TilePoint tile_frame_project(const TileFrame *frame, Point point)
{
    double x = point.lon * frame->lon_scale + frame->lon_offset, y;
    double lat = point.lat > LAT_MAX ? LAT_MAX : point.lat < -LAT_MAX ? -LAT_MAX : point.lat;
    double d = lat - frame->lat_middle;
    if (fabs(d) < frame->near) {
        y = frame->series[0] +
            d * (frame->series[1] + d * (frame->series[2] + d * (frame->series[3] + d * frame->series[4])));
    } else {
        y = world_y(lat) * frame->y_scale + frame->y_offset;
    }
    return (TilePoint){nearest(x), nearest(y)};
}

TilePoint tile_project(TileId tile, Point point)
{
    TileFrame frame = tile_frame(tile);
    return tile_frame_project(&frame, point);
}
