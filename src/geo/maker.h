/* geo/maker.h: puts a geometry together ring by ring for the readers of text and bytes, and holds the rules
 * they share: range, closing, orientation, limits. Used within geo only. */
#pragma once
#include "geo/geometry.h"

typedef struct Maker {
    Point *points;
    uint32_t *ring_ends, *part_ends;
    uint32_t point_count, ring_count, part_count;
    uint32_t point_room, ring_room;
} Maker;

/* Room for as many points as the input can hold (its bytes or commas bound it), at most GEOMETRY_POINTS_MAX.
 * A finished ring has four points or more, so that the room for rings and parts follows. */
void maker_start(Maker *maker, Arena *arena, size_t points_bound);

/* Coordinates in 1e-7 degrees, of any size. ERR_GEOMETRY if out of range, ERR_LIMIT if there are too many. */
MUST_USE Err maker_refuse_point(const Maker *maker, int64_t lon, int64_t lat);

MUST_USE static inline Err maker_point(Maker *maker, int64_t lon, int64_t lat)
{
    bool inside =
        lon >= -180LL * DEGREE && lon <= 180LL * DEGREE && lat >= -90LL * DEGREE && lat <= 90LL * DEGREE;
    if (!inside || maker->point_count == maker->point_room)
        return maker_refuse_point(maker, lon, lat);
    maker->points[maker->point_count++] = (Point){(int32_t)lon, (int32_t)lat};
    return OK;
}

/* Ends a ring: the first of a part is turned counter-clockwise, the others clockwise. ERR_GEOMETRY if it is
 * too short or open. */
MUST_USE Err maker_ring_end(Maker *maker);
MUST_USE Err maker_part_end(Maker *maker); /* ERR_GEOMETRY if the part has no ring */
MUST_USE Err maker_finish(const Maker *maker, GeometryType type, Geometry *ret);

/* Reads a decimal number at `at`, rounded half away from zero to 1e-7. Returns the byte behind it; NULL if
 * there is no number. Beyond ±10^9 it stays there: out of range all the same. */
const char *coordinate_read(const char *at, const char *end, int64_t *ret);

enum { COORDINATE_TEXT_MAX = 14 };
int coordinate_text(char to[COORDINATE_TEXT_MAX], int32_t coordinate); /* shortest; returns its length */

/* Twice the ring's signed area in squared 1e-7 degrees; positive is counter-clockwise. Exact. */
static inline __int128 ring_area_twice(const Point *points, uint32_t count)
{
    __int128 sum = 0;
    if (count == 0)
        return 0;
    Point at = points[0];
    for (uint32_t i = 1; i + 1 < count; i++) {
        int64_t ax = (int64_t)points[i].lon - at.lon, ay = (int64_t)points[i].lat - at.lat;
        int64_t bx = (int64_t)points[i + 1].lon - at.lon, by = (int64_t)points[i + 1].lat - at.lat;
        sum += (__int128)ax * by - (__int128)bx * ay;
    }
    return sum;
}

/* Does the point lie in part `part` or on its edge? */
bool part_contains(const Geometry *geometry, uint32_t part, Point point);

/* A point on the part's surface, wherever it is; false if GEOS finds none (the part is not valid). */
MUST_USE bool surface_point(const Geometry *geometry, uint32_t part, Point *ret);
