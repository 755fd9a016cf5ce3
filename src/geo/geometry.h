/* geo/geometry.h: points and polygons, WGS84, in whole 1e-7 degrees (about 1 cm).
 * Text and binary forms in and out, measures, validity. Pure functions; geometries live in the arena they
 * were read into. */
#pragma once
#include "base/str.h"
#include "geo/box.h"

enum { GEOMETRY_POINTS_MAX = 1000 * 1000, GEOMETRY_RINGS_MAX = 10 * 1000, DEGREE = 10 * 1000 * 1000 };

typedef struct Point {
    int32_t lon, lat; /* 1e-7 degrees */
} Point;

typedef enum GeometryType {
    GEOM_NONE,
    GEOM_POINT,
    GEOM_POLYGON
} GeometryType; /* polygons may have several parts */

typedef struct Geometry {
    GeometryType type;
    uint32_t point_count, ring_count, part_count;
    const Point *points;       /* a ring's last point repeats its first */
    const uint32_t *ring_ends; /* ring r: points from ring_ends[r - 1] (or 0) to ring_ends[r] */
    const uint32_t
        *part_ends; /* part p: rings from part_ends[p - 1] to part_ends[p]; the first ring is its outside */
} Geometry;

static inline uint32_t geometry_ring_start(const Geometry *geometry, uint32_t ring)
{
    return ring ? geometry->ring_ends[ring - 1] : 0;
}

static inline uint32_t geometry_part_start(const Geometry *geometry, uint32_t part)
{
    return part ? geometry->part_ends[part - 1] : 0;
}

/* Reading. POINT, POLYGON and MULTIPOLYGON; two coordinates, within ±180 and ±90. ERR_GEOMETRY says what was
 * wrong, ERR_LIMIT that there are too many points or rings. A ring must come closed and have four points or
 * more; the outside is turned counter-clockwise, holes clockwise (RFC 7946); nothing else is mended:
 * geometry_check says whether it is valid. */
MUST_USE Err geometry_from_wkt(Arena *arena, Str text, Geometry *ret);
MUST_USE Err geometry_from_geojson(Arena *arena, Str json, Geometry *ret);
MUST_USE Err geometry_from_ewkb(Arena *arena, Str bytes,
                                Geometry *ret); /* little- and big-endian, SRID 4326 or none */

/* Writing: the same geometry gives the same bytes, whatever it was read from. */
void geometry_wkt(Buf *buf, const Geometry *geometry);
void geometry_geojson(Buf *buf, const Geometry *geometry);
void geometry_ewkb(Buf *buf, const Geometry *geometry); /* little-endian, SRID 4326 */

Box geometry_box(const Geometry *geometry); /* not for GEOM_NONE */

/* The point itself, or the area's centroid (of the largest part, by the shoelace formula on the plane of
 * degrees); if that falls outside, a point on the surface (GEOS). */
Point geometry_anchor(const Geometry *geometry);

/* On the authalic sphere (R = 6371007.18 m), by Chamberlain & Duquette 2007, "Some algorithms for polygons on
 * a sphere". */
double geometry_area_m2(const Geometry *geometry);

/* GEOS: simple rings, holes inside, no overlap. ERR_GEOMETRY with the reason and place. */
MUST_USE Err geometry_check(const Geometry *geometry);
bool geometry_contains(const Geometry *polygon, Point point); /* on the edge counts as inside */
bool geometry_touches_box(const Geometry *geometry, Box box); /* exact: shares at least one point */

/* Great circle on the mean sphere (R = 6371008.8 m, IUGG), haversine, rounded to whole metres. */
int64_t distance_m(Point a, Point b);

/* Datums: GCJ-02 (the published algorithm of 2010 by reverse engineering, as in eviltransform) and BD-09,
 * iterated to less than 1 cm. Degrees. Outside China's box all are the identity. */
void gcj02_to_wgs84(double lon, double lat, double *ret_lon, double *ret_lat);
void wgs84_to_gcj02(double lon, double lat, double *ret_lon, double *ret_lat);
void bd09_to_wgs84(double lon, double lat, double *ret_lon, double *ret_lat);
void wgs84_to_bd09(double lon, double lat, double *ret_lon, double *ret_lat);
