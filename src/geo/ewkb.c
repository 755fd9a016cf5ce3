/* Extended well-known binary, as PostGIS writes it: OGC 06-103r4 §8 with the SRID flag in the type. */
#include "geo/maker.h"
#include <math.h>
#include <string.h>

enum { WKB_POINT = 1, WKB_POLYGON = 3, WKB_MULTIPOLYGON = 6, SRID_WGS84 = 4326 };
#define WKB_SRID 0x20000000u

typedef struct Wkb {
    const unsigned char *at, *end;
    bool big; /* byte order of the part being read */
    Maker maker;
} Wkb;

static Err wkb_fail(const char *detail)
{
    return fail(ERR_GEOMETRY, "detail", detail, "example", "0101000020E6100000 and two doubles", NULL);
}

static Err read_u32(Wkb *wkb, uint32_t *ret)
{
    if (wkb->end - wkb->at < 4)
        return wkb_fail("the bytes end too early");
    uint32_t n;
    memcpy(&n, wkb->at, 4);
    wkb->at += 4;
    *ret = wkb->big ? __builtin_bswap32(n) : n;
    return OK;
}

static double read_double(Wkb *wkb)
{
    uint64_t n;
    memcpy(&n, wkb->at, 8);
    wkb->at += 8;
    n = wkb->big ? __builtin_bswap64(n) : n;
    double value;
    memcpy(&value, &n, 8);
    return value;
}

static Err read_points(Wkb *wkb, uint32_t count)
{
    if ((size_t)(wkb->end - wkb->at) / 16 < count)
        return wkb_fail("the bytes end too early");
    for (uint32_t i = 0; i < count; i++) {
        double lon = read_double(wkb) * DEGREE, lat = read_double(wkb) * DEGREE;
        if (!(fabs(lon) < 1e15 && fabs(lat) < 1e15)) /* NaN is how an empty point is written */
            return wkb_fail("a coordinate is not a number within range");
        TRY(maker_point(&wkb->maker, llround(lon), llround(lat)));
    }
    return OK;
}

static Err read_polygon(Wkb *wkb)
{
    uint32_t rings = 0, points = 0;
    TRY(read_u32(wkb, &rings));
    for (uint32_t i = 0; i < rings; i++) {
        TRY(read_u32(wkb, &points));
        TRY(read_points(wkb, points));
        TRY(maker_ring_end(&wkb->maker));
    }
    return maker_part_end(&wkb->maker);
}

static Err read_type(Wkb *wkb, uint32_t *ret)
{
    if (wkb->at == wkb->end || *wkb->at > 1)
        return wkb_fail("the byte order is neither 0 nor 1");
    wkb->big = *wkb->at++ == 0;
    return read_u32(wkb, ret);
}

static Err read_parts(Wkb *wkb)
{
    uint32_t parts = 0, type = 0;
    TRY(read_u32(wkb, &parts));
    for (uint32_t i = 0; i < parts; i++) {
        TRY(read_type(wkb, &type));
        if (type != WKB_POLYGON)
            return wkb_fail("a part of a multipolygon is no polygon of two coordinates");
        TRY(read_polygon(wkb));
    }
    return OK;
}

Err geometry_from_ewkb(Arena *arena, Str bytes, Geometry *ret)
{
    Wkb wkb = {.at = (const unsigned char *)bytes.ptr, .end = (const unsigned char *)bytes.ptr + bytes.len};
    maker_start(&wkb.maker, arena, bytes.len / 16);
    uint32_t type = 0, srid = 0;
    TRY(read_type(&wkb, &type));
    if (type & WKB_SRID) {
        TRY(read_u32(&wkb, &srid));
        if (srid != SRID_WGS84)
            return wkb_fail("the SRID is not 4326");
    }
    type &= ~WKB_SRID;
    if (type == WKB_POINT)
        TRY(read_points(&wkb, 1));
    else if (type == WKB_POLYGON)
        TRY(read_polygon(&wkb));
    else if (type == WKB_MULTIPOLYGON)
        TRY(read_parts(&wkb));
    else
        return wkb_fail("the type is not point, polygon or multipolygon of two coordinates");
    if (wkb.at != wkb.end)
        return wkb_fail("bytes are left over behind the geometry");
    return maker_finish(&wkb.maker, type == WKB_POINT ? GEOM_POINT : GEOM_POLYGON, ret);
}

/* ---- writing ---- */

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "geometry_ewkb writes the machine's own order, which must be little-endian"
#endif

static void write_u32(Buf *buf, uint32_t n)
{
    buf_add(buf, &n, 4);
}

static void write_type(Buf *buf, uint32_t type)
{
    buf_byte(buf, 1);
    write_u32(buf, type);
}

static void write_points(Buf *buf, const Point *points, uint32_t count)
{
    enum { AT_ONCE = 32 };
    double doubles[AT_ONCE * 2];
    for (uint32_t i = 0; i < count;) {
        uint32_t n = 0;
        for (; n < AT_ONCE && i < count; n++, i++) {
            doubles[2 * n] = points[i].lon / (double)DEGREE;
            doubles[2 * n + 1] = points[i].lat / (double)DEGREE;
        }
        buf_add(buf, doubles, n * 16);
    }
}

static void write_polygon(Buf *buf, const Geometry *geometry, uint32_t part)
{
    uint32_t first = geometry_part_start(geometry, part), end = geometry->part_ends[part];
    write_u32(buf, end - first);
    for (uint32_t r = first; r < end; r++) {
        uint32_t start = geometry_ring_start(geometry, r), count = geometry->ring_ends[r] - start;
        write_u32(buf, count);
        write_points(buf, geometry->points + start, count);
    }
}

void geometry_ewkb(Buf *buf, const Geometry *geometry)
{
    if (geometry->type == GEOM_NONE)
        return;
    bool several = geometry->part_count > 1;
    uint32_t type = geometry->type == GEOM_POINT ? WKB_POINT : several ? WKB_MULTIPOLYGON : WKB_POLYGON;
    write_type(buf, type | WKB_SRID);
    write_u32(buf, SRID_WGS84);
    if (type == WKB_POINT) {
        write_points(buf, geometry->points, 1);
        return;
    }
    if (several)
        write_u32(buf, geometry->part_count);
    for (uint32_t p = 0; p < geometry->part_count; p++) {
        if (several)
            write_type(buf, WKB_POLYGON);
        write_polygon(buf, geometry, p);
    }
}
