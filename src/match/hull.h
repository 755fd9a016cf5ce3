/* match/hull.h: convex hulls in whole numbers, for compactness. Points are 1e-7 degrees: the ratio of two
 * areas is the same on every equirectangular projection, whatever its standard parallel, so none is needed.
 * Exact. Only src/match includes it. */
#pragma once
#include "geo/geometry.h"

/* The corners of a convex hull by (lon, lat), ascending: what a merge needs. */
typedef struct Hull {
    const Point *points;
    uint32_t count;
} Hull;

/* Of a polygon. Lives in the arena. */
void hull_of(Arena *arena, const Geometry *shape, Hull *ret);

/* Of two hulls together. ret_points has room for both; returns how many, with twice the hull's area in square
 * units. Andrew's monotone chain (1979) over a merge: linear. `scratch` has room for twice both. */
uint32_t hull_join(Hull a, Hull b, Point *scratch, Point *ret_points, int64_t *ret_area2);

/* Twice the area of a polygon, holes taken off, in square units. */
int64_t shape_area2(const Geometry *shape);
