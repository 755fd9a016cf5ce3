#include "match/hull.h"
#include <stdlib.h>
#include <string.h>

static int point_order(Point a, Point b)
{
    return a.lon != b.lon ? (a.lon > b.lon) - (a.lon < b.lon) : (a.lat > b.lat) - (a.lat < b.lat);
}

static int by_place(const void *a, const void *b)
{
    return point_order(*(const Point *)a, *(const Point *)b);
}

/* Twice the area of the triangle: > 0 where c lies left of the line from a to b. */
static __int128 turn(Point a, Point b, Point c)
{
    return (__int128)((int64_t)b.lon - a.lon) * ((int64_t)c.lat - a.lat) -
           (__int128)((int64_t)b.lat - a.lat) * ((int64_t)c.lon - a.lon);
}

static int64_t cut(__int128 n)
{
    return n > INT64_MAX ? INT64_MAX : n < 0 ? 0 : (int64_t)n;
}

static int64_t area_between(const Point *lower, uint32_t lower_count, const Point *upper,
                            uint32_t upper_count)
{
    __int128 area2 = 0;
    Point from = lower[0];
    for (uint32_t i = 1; i + 1 < lower_count; i++)
        area2 += turn(from, lower[i], lower[i + 1]);
    for (uint32_t i = upper_count - 1; i > 0; i--)
        area2 += turn(from, upper[i], upper[i - 1]);
    return cut(area2);
}

/* points ascending → corners ascending. Lower and upper chains share the first and the last point. */
static uint32_t chains(const Point *points, uint32_t count, Point *lower, Point *upper, Point *ret,
                       int64_t *ret_area2)
{
    uint32_t low = 0, high = 0, kept = 0, i = 0, j = 0;
    for (uint32_t p = 0; p < count; p++) {
        while (low >= 2 && turn(lower[low - 2], lower[low - 1], points[p]) <= 0)
            low--;
        lower[low++] = points[p];
        while (high >= 2 && turn(upper[high - 2], upper[high - 1], points[p]) >= 0)
            high--;
        upper[high++] = points[p];
    }
    *ret_area2 = count > 0 ? area_between(lower, low, upper, high) : 0;
    while (i < low || j < high) {
        int order = i == low ? 1 : j == high ? -1 : point_order(lower[i], upper[j]);
        ret[kept++] = order <= 0 ? lower[i] : upper[j];
        i += order <= 0;
        j += order >= 0;
    }
    return kept;
}

uint32_t hull_join(Hull a, Hull b, Point *scratch, Point *ret_points, int64_t *ret_area2)
{
    uint32_t i = 0, j = 0, count = 0, room = a.count + b.count;
    Point *merged = ret_points;
    while (i < a.count || j < b.count) {
        int order = i == a.count ? 1 : j == b.count ? -1 : point_order(a.points[i], b.points[j]);
        merged[count++] = order <= 0 ? a.points[i] : b.points[j];
        i += order <= 0;
        j += order >= 0;
    }
    return chains(merged, count, scratch, scratch + room, ret_points, ret_area2);
}

void hull_of(Arena *arena, const Geometry *shape, Hull *ret)
{
    uint32_t count = shape->point_count, distinct = 0;
    int64_t area2;
    Point *points = arena_array(arena, Point, count), *scratch = arena_array(arena, Point, 2 * (size_t)count);
    memcpy(points, shape->points, count * sizeof *points);
    qsort(points, count, sizeof *points, by_place);
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || point_order(points[i], points[i - 1]) != 0)
            points[distinct++] = points[i];
    ret->count = chains(points, distinct, scratch, scratch + count, points, &area2);
    ret->points = points;
}

int64_t shape_area2(const Geometry *shape)
{
    __int128 area2 = 0;
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        uint32_t start = geometry_ring_start(shape, r);
        for (uint32_t i = start; i + 1 < shape->ring_ends[r]; i++)
            area2 += turn(shape->points[start], shape->points[i], shape->points[i + 1]);
    }
    return cut(area2);
}
