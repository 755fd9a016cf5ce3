/* What GEOS is asked: is a polygon valid, and where is a point on it. The only file that sees GEOS. */
#include "geo/maker.h"
#include <geos_c.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* One context a thread, freed when the thread ends. */
static _Thread_local GEOSContextHandle_t context;
static pthread_key_t context_key;
static pthread_once_t context_once = PTHREAD_ONCE_INIT;

static void context_free(void *handle)
{
    GEOS_finish_r(handle);
}

static void context_key_make(void)
{
    pthread_key_create(&context_key, context_free);
}

static GEOSContextHandle_t geos(void)
{
    if (!context) {
        pthread_once(&context_once, context_key_make);
        context = GEOS_init_r();
        pthread_setspecific(context_key, context);
    }
    return context;
}

static GEOSGeometry *geos_ring(GEOSContextHandle_t g, const Point *points, uint32_t count)
{
    GEOSCoordSequence *seq = GEOSCoordSeq_create_r(g, count, 2);
    if (!seq)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        GEOSCoordSeq_setXY_r(g, seq, i, points[i].lon / (double)DEGREE, points[i].lat / (double)DEGREE);
    return GEOSGeom_createLinearRing_r(g, seq); /* takes seq */
}

static void destroy_all(GEOSContextHandle_t g, GEOSGeometry **all, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        GEOSGeom_destroy_r(g, all[i]);
}

static GEOSGeometry *geos_part(GEOSContextHandle_t g, const Geometry *geometry, uint32_t part)
{
    uint32_t first = geometry_part_start(geometry, part), count = geometry->part_ends[part] - first;
    GEOSGeometry **rings = heap_zalloc(count * sizeof(GEOSGeometry *));
    GEOSGeometry *made = NULL;
    uint32_t n = 0;
    for (; n < count; n++) {
        uint32_t start = geometry_ring_start(geometry, first + n);
        rings[n] = geos_ring(g, geometry->points + start, geometry->ring_ends[first + n] - start);
        if (!rings[n])
            break;
    }
    if (n == count)
        made = GEOSGeom_createPolygon_r(g, rings[0], rings + 1, count - 1); /* takes the rings */
    else
        destroy_all(g, rings, n);
    free(rings);
    return made;
}

static GEOSGeometry *geos_polygon(GEOSContextHandle_t g, const Geometry *geometry)
{
    if (geometry->part_count == 1)
        return geos_part(g, geometry, 0);
    GEOSGeometry **parts = heap_zalloc(geometry->part_count * sizeof(GEOSGeometry *));
    GEOSGeometry *made = NULL;
    uint32_t n = 0;
    for (; n < geometry->part_count; n++)
        if (!(parts[n] = geos_part(g, geometry, n)))
            break;
    if (n == geometry->part_count)
        made = GEOSGeom_createCollection_r(g, GEOS_MULTIPOLYGON, parts, n); /* takes the parts */
    else
        destroy_all(g, parts, n);
    free(parts);
    return made;
}

/* ---- the quick answer for small rings, which nearly all plots have ---- */

enum { QUICK_POINTS_MAX = 64, QUICK_SPAN_MAX = 1 << 30 };

/* Sign of the turn a → b → c; spans below 2^30 keep the products within 64 bits. */
static int turn_of(Point a, Point b, Point c)
{
    int64_t cross = ((int64_t)b.lon - a.lon) * ((int64_t)c.lat - a.lat) -
                    ((int64_t)b.lat - a.lat) * ((int64_t)c.lon - a.lon);
    return (cross > 0) - (cross < 0);
}

/* Does the way go on after b, and not back along itself? */
static bool goes_on(Point a, Point b, Point c)
{
    int64_t onward = ((int64_t)b.lon - a.lon) * ((int64_t)c.lon - b.lon) +
                     ((int64_t)b.lat - a.lat) * ((int64_t)c.lat - b.lat);
    return turn_of(a, b, c) != 0 || onward > 0;
}

static bool surely_apart(Point a, Point b, Point c, Point d)
{
    if ((a.lon < c.lon && a.lon < d.lon && b.lon < c.lon && b.lon < d.lon) ||
        (a.lon > c.lon && a.lon > d.lon && b.lon > c.lon && b.lon > d.lon) ||
        (a.lat < c.lat && a.lat < d.lat && b.lat < c.lat && b.lat < d.lat) ||
        (a.lat > c.lat && a.lat > d.lat && b.lat > c.lat && b.lat > d.lat))
        return true;
    int to_c = turn_of(a, b, c), to_d = turn_of(a, b, d);
    if (to_c == to_d && to_c != 0)
        return true;
    int to_a = turn_of(c, d, a), to_b = turn_of(c, d, b);
    return to_a == to_b && to_a != 0;
}

/* One short ring whose sides meet only at shared corners is valid. False means: ask GEOS. */
static bool surely_valid(const Geometry *geometry)
{
    if (geometry->ring_count != 1 || geometry->point_count > QUICK_POINTS_MAX)
        return false;
    Box box = geometry_box(geometry);
    if ((int64_t)box.east - box.west >= QUICK_SPAN_MAX || (int64_t)box.north - box.south >= QUICK_SPAN_MAX)
        return false;
    const Point *p = geometry->points;
    uint32_t sides = geometry->point_count - 1;
    for (uint32_t i = 0; i < sides; i++) {
        if (!goes_on(p[i], p[i + 1], i + 2 <= sides ? p[i + 2] : p[1]))
            return false; /* back, or a point twice */
        for (uint32_t k = i + 2; k < sides; k++)
            if (!(i == 0 && k == sides - 1) && !surely_apart(p[i], p[i + 1], p[k], p[k + 1]))
                return false;
    }
    return true;
}

/* GEOS's words in ours, which app/phrases.c knows. */
static const char *said_of(const char *reason)
{
    static const char *const words[][2] = {
        {"Self-intersection", "its outline crosses or touches itself"},
        {"Ring Self-intersection", "its outline crosses or touches itself"},
        {"Too few points in geometry component", "a ring has fewer than 3 different points"},
        {"Hole lies outside shell", "a hole lies outside its outline"},
        {"Holes are nested", "a hole lies within another"},
        {"Nested shells", "one part lies within another"},
        {"Duplicate Rings", "a ring stands twice"},
        {"Interior is disconnected", "its holes cut it in two"},
    };
    for (size_t i = 0; reason && i < sizeof words / sizeof *words; i++)
        if (strcmp(reason, words[i][0]) == 0)
            return words[i][1];
    return "it is not valid";
}

static Err check_fail(GEOSContextHandle_t g, const char *reason, const GEOSGeometry *place)
{
    Buf detail;
    buf_init(&detail, 200);
    buf_c(&detail, said_of(reason));
    double lon, lat;
    if (place && GEOSGeomGetX_r(g, place, &lon) == 1 && GEOSGeomGetY_r(g, place, &lat) == 1 &&
        isfinite(lon) && isfinite(lat)) {
        buf_c(&detail, " at ");
        buf_fixed(&detail, llround(lon * DEGREE), 7);
        buf_byte(&detail, ' ');
        buf_fixed(&detail, llround(lat * DEGREE), 7);
    }
    const char *text = str_c(buf_view(&detail));
    buf_done(&detail);
    return fail(ERR_GEOMETRY, "detail", text, "example",
                "POLYGON((113.1 22.5,113.2 22.5,113.2 22.6,113.1 22.5))", NULL);
}

Err geometry_check(const Geometry *geometry)
{
    if (geometry->type != GEOM_POLYGON || surely_valid(geometry))
        return OK;
    GEOSContextHandle_t g = geos();
    GEOSGeometry *polygon = geos_polygon(g, geometry), *place = NULL;
    char *reason = NULL;
    Err err = OK;
    if (!polygon || GEOSisValidDetail_r(g, polygon, 0, &reason, &place) != 1)
        err = check_fail(g, reason, place);
    GEOSGeom_destroy_r(g, place);
    GEOSFree_r(g, reason);
    GEOSGeom_destroy_r(g, polygon);
    return err;
}

bool surface_point(const Geometry *geometry, uint32_t part, Point *ret)
{
    GEOSContextHandle_t g = geos();
    GEOSGeometry *polygon = geos_part(g, geometry, part);
    GEOSGeometry *point = polygon ? GEOSPointOnSurface_r(g, polygon) : NULL;
    double lon = NAN, lat = NAN;
    if (point && GEOSisEmpty_r(g, point) == 0) {
        GEOSGeomGetX_r(g, point, &lon);
        GEOSGeomGetY_r(g, point, &lat);
    }
    GEOSGeom_destroy_r(g, point);
    GEOSGeom_destroy_r(g, polygon);
    if (!(fabs(lon) <= 180 && fabs(lat) <= 90))
        return false;
    *ret = (Point){(int32_t)lround(lon * DEGREE), (int32_t)lround(lat * DEGREE)};
    return true;
}
