#include "geo/maker.h"
#include <math.h>

#define RADIANS (M_PI / 180 / DEGREE)

static const double authalic_radius_m = 6371007.18, mean_radius_m = 6371008.8;

Box geometry_box(const Geometry *geometry)
{
    Point at = geometry->points[0];
    Box box = {at.lon, at.lat, at.lon, at.lat};
    for (uint32_t i = 1; i < geometry->point_count; i++) {
        at = geometry->points[i];
        box.west = at.lon < box.west ? at.lon : box.west;
        box.east = at.lon > box.east ? at.lon : box.east;
        box.south = at.lat < box.south ? at.lat : box.south;
        box.north = at.lat > box.north ? at.lat : box.north;
    }
    return box;
}

/* Chamberlain & Duquette 2007, equation 1, with sines taken from the first point's so that small rings keep
 * their digits. Positive counter-clockwise. */
static double ring_area_m2(const Point *points, uint32_t count)
{
    double sum = 0, base = sin(points[0].lat * RADIANS), sine = 0;
    uint32_t sides = count - 1; /* the last point is the first again */
    for (uint32_t i = 0; i < sides; i++) {
        double next = sin(points[i + 1].lat * RADIANS) - base;
        sum += ((double)points[i + 1].lon - points[i].lon) * RADIANS * (sine + next);
        sine = next;
    }
    return -sum / 2 * authalic_radius_m * authalic_radius_m;
}

double geometry_area_m2(const Geometry *geometry)
{
    double sum = 0;
    for (uint32_t p = 0; p < geometry->part_count; p++)
        for (uint32_t first = geometry_part_start(geometry, p), r = first; r < geometry->part_ends[p]; r++) {
            uint32_t start = geometry_ring_start(geometry, r);
            double area = fabs(ring_area_m2(geometry->points + start, geometry->ring_ends[r] - start));
            sum += r == first ? area : -area;
        }
    return sum > 0 ? sum : 0;
}

/* -1, 0 or 1: does c lie right of, on or left of the line from a to b? Exact. */
static int side_of(Point a, Point b, Point c)
{
    __int128 left = (__int128)((int64_t)b.lon - a.lon) * ((int64_t)c.lat - a.lat);
    __int128 right = (__int128)((int64_t)b.lat - a.lat) * ((int64_t)c.lon - a.lon);
    return (left > right) - (left < right);
}

static Box side_box(Point a, Point b)
{
    return (Box){a.lon < b.lon ? a.lon : b.lon, a.lat < b.lat ? a.lat : b.lat, a.lon > b.lon ? a.lon : b.lon,
                 a.lat > b.lat ? a.lat : b.lat};
}

bool part_contains(const Geometry *geometry, uint32_t part, Point point)
{
    bool inside = false;
    Box spot = {point.lon, point.lat, point.lon, point.lat};
    for (uint32_t r = geometry_part_start(geometry, part); r < geometry->part_ends[part]; r++)
        for (uint32_t i = geometry_ring_start(geometry, r); i + 1 < geometry->ring_ends[r]; i++) {
            Point a = geometry->points[i], b = geometry->points[i + 1];
            if ((a.lat > point.lat && b.lat > point.lat) || (a.lat < point.lat && b.lat < point.lat))
                continue;
            int side = side_of(a, b, point);
            if (side == 0 && box_meets(side_box(a, b), spot))
                return true;
            if ((a.lat > point.lat) != (b.lat > point.lat) && (side > 0) == (b.lat > a.lat))
                inside = !inside;
        }
    return inside;
}

bool geometry_contains(const Geometry *polygon, Point point)
{
    for (uint32_t p = 0; p < polygon->part_count; p++)
        if (part_contains(polygon, p, point))
            return true;
    return false;
}

static bool side_touches_box(Point a, Point b, Box box)
{
    if (!box_meets(side_box(a, b), box))
        return false;
    int first = side_of(a, b, (Point){box.west, box.south});
    return first == 0 || side_of(a, b, (Point){box.east, box.south}) != first ||
           side_of(a, b, (Point){box.east, box.north}) != first ||
           side_of(a, b, (Point){box.west, box.north}) != first;
}

bool geometry_touches_box(const Geometry *geometry, Box box)
{
    if (geometry->type == GEOM_NONE || !box_valid(box))
        return false;
    if (geometry->type == GEOM_POINT)
        return box_holds(box, geometry_box(geometry));
    for (uint32_t r = 0; r < geometry->ring_count; r++)
        for (uint32_t i = geometry_ring_start(geometry, r); i + 1 < geometry->ring_ends[r]; i++)
            if (side_touches_box(geometry->points[i], geometry->points[i + 1], box))
                return true;
    return geometry_contains(geometry, (Point){box.west, box.south});
}

/* Shoelace sums of one part about its first point: twice the area, and the moments. Holes run the other way
 * and so take away. */
typedef struct Moments {
    double area_twice, lon, lat;
} Moments;

static Moments part_moments(const Geometry *geometry, uint32_t part)
{
    Moments sum = {0, 0, 0};
    uint32_t first = geometry_part_start(geometry, part);
    Point at = geometry->points[geometry_ring_start(geometry, first)];
    for (uint32_t r = first; r < geometry->part_ends[part]; r++)
        for (uint32_t i = geometry_ring_start(geometry, r); i + 1 < geometry->ring_ends[r]; i++) {
            Point a = geometry->points[i], b = geometry->points[i + 1];
            double ax = (double)a.lon - at.lon, ay = (double)a.lat - at.lat;
            double bx = (double)b.lon - at.lon, by = (double)b.lat - at.lat;
            double cross = ax * by - bx * ay;
            sum.area_twice += cross;
            sum.lon += (ax + bx) * cross;
            sum.lat += (ay + by) * cross;
        }
    return sum;
}

Point geometry_anchor(const Geometry *geometry)
{
    Point best = geometry->points[0];
    if (geometry->type == GEOM_POINT)
        return best;
    uint32_t part = 0;
    Moments sum = part_moments(geometry, 0);
    for (uint32_t p = 1; p < geometry->part_count; p++) {
        Moments other = part_moments(geometry, p);
        if (other.area_twice > sum.area_twice) {
            sum = other;
            part = p;
        }
    }
    Point first = geometry->points[geometry_ring_start(geometry, geometry_part_start(geometry, part))];
    if (sum.area_twice > 0) {
        double lon = first.lon + sum.lon / (3 * sum.area_twice),
               lat = first.lat + sum.lat / (3 * sum.area_twice);
        if (fabs(lon) <= 180.0 * DEGREE && fabs(lat) <= 90.0 * DEGREE) {
            best = (Point){(int32_t)lround(lon), (int32_t)lround(lat)};
            if (part_contains(geometry, part, best))
                return best;
        }
    }
    /* The rounding to a centimetre can leave a sliver; a corner is always on the surface. */
    if (surface_point(geometry, part, &best) && part_contains(geometry, part, best))
        return best;
    return first;
}

int64_t distance_m(Point a, Point b)
{
    double lat_a = a.lat * RADIANS, lat_b = b.lat * RADIANS;
    double half_lat = sin((lat_b - lat_a) / 2), half_lon = sin(((double)b.lon - a.lon) * RADIANS / 2);
    double h = half_lat * half_lat + cos(lat_a) * cos(lat_b) * half_lon * half_lon;
    return llround(2 * mean_radius_m * asin(sqrt(h < 1 ? h : 1)));
}
