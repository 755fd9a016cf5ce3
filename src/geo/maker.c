#include "geo/maker.h"
#include <string.h>

#define EXAMPLE "POLYGON((113.1 22.5,113.2 22.5,113.2 22.6,113.1 22.5))"

void maker_start(Maker *maker, Arena *arena, size_t points_bound)
{
    uint32_t room = points_bound < GEOMETRY_POINTS_MAX ? (uint32_t)points_bound : GEOMETRY_POINTS_MAX;
    uint32_t rings = room / 4 < GEOMETRY_RINGS_MAX ? room / 4 : GEOMETRY_RINGS_MAX;
    char *memory = arena_alloc(arena, room * sizeof(Point) + 2 * rings * sizeof(uint32_t));
    *maker = (Maker){.point_room = room, .ring_room = rings};
    maker->points = (Point *)(void *)memory;
    maker->ring_ends = (uint32_t *)(void *)(memory + room * sizeof(Point));
    maker->part_ends = maker->ring_ends + rings;
}

Err maker_refuse_point(const Maker *maker, int64_t lon, int64_t lat)
{
    bool lon_wrong = lon < -180LL * DEGREE || lon > 180LL * DEGREE;
    if (!lon_wrong && lat >= -90LL * DEGREE && lat <= 90LL * DEGREE)
        return fail(ERR_LIMIT, "what", "points of a geometry", "limit", num_c(maker->point_room), NULL);
    Buf detail;
    buf_init(&detail, 200);
    buf_c(&detail, lon_wrong ? "longitude " : "latitude ");
    buf_fixed(&detail, lon_wrong ? lon : lat, 7);
    buf_c(&detail, lon_wrong ? " is not within -180 and 180; degrees are read, not metres"
                             : " is not within -90 and 90; longitude goes first");
    const char *text = str_c(buf_view(&detail));
    buf_done(&detail);
    return fail(ERR_GEOMETRY, "detail", text, "example", EXAMPLE, NULL);
}

static void ring_turn(Point *points, uint32_t count)
{
    for (uint32_t i = 0, k = count - 1; i < k; i++, k--) {
        Point kept = points[i];
        points[i] = points[k];
        points[k] = kept;
    }
}

Err maker_ring_end(Maker *maker)
{
    uint32_t start = maker->ring_count ? maker->ring_ends[maker->ring_count - 1] : 0;
    uint32_t count = maker->point_count - start;
    Point *points = maker->points + start;
    if (count < 4)
        return fail(ERR_GEOMETRY, "detail", "a ring has fewer than 4 points", "example", EXAMPLE, NULL);
    if (points[0].lon != points[count - 1].lon || points[0].lat != points[count - 1].lat)
        return fail(ERR_GEOMETRY, "detail", "a ring is open: its last point is not its first", "example",
                    EXAMPLE, NULL);
    if (maker->ring_count == maker->ring_room)
        return fail(ERR_LIMIT, "what", "rings of a geometry", "limit", num_c(GEOMETRY_RINGS_MAX), NULL);
    uint32_t part_start = maker->part_count ? maker->part_ends[maker->part_count - 1] : 0;
    bool outside = maker->ring_count == part_start;
    __int128 area = ring_area_twice(points, count);
    if (outside ? area < 0 : area > 0)
        ring_turn(points, count);
    maker->ring_ends[maker->ring_count++] = maker->point_count;
    return OK;
}

Err maker_part_end(Maker *maker)
{
    uint32_t start = maker->part_count ? maker->part_ends[maker->part_count - 1] : 0;
    if (maker->ring_count == start)
        return fail(ERR_GEOMETRY, "detail", "a polygon has no ring", "example", EXAMPLE, NULL);
    maker->part_ends[maker->part_count++] = maker->ring_count;
    return OK;
}

Err maker_finish(const Maker *maker, GeometryType type, Geometry *ret)
{
    if (type == GEOM_POLYGON ? maker->part_count == 0 : maker->point_count != 1)
        return fail(ERR_GEOMETRY, "detail", "the geometry is empty", "example", EXAMPLE, NULL);
    *ret = (Geometry){.type = type,
                      .point_count = maker->point_count,
                      .ring_count = maker->ring_count,
                      .part_count = maker->part_count,
                      .points = maker->points,
                      .ring_ends = maker->ring_ends,
                      .part_ends = maker->part_ends};
    return OK;
}

/* A number with an exponent: the token goes through a double. */
static const char *exponent_read(const char *start, const char *at, const char *end, int64_t *ret)
{
    at++;
    if (at < end && (*at == '+' || *at == '-'))
        at++;
    const char *digits = at;
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    double value;
    if (at == digits || !str_double((Str){start, (size_t)(at - start)}, &value))
        return NULL;
    double scaled = value * DEGREE;
    *ret = scaled > 1e16    ? (int64_t)1e16
           : scaled < -1e16 ? -(int64_t)1e16
                            : (int64_t)__builtin_llround(scaled);
    return at;
}

const char *coordinate_read(const char *at, const char *end, int64_t *ret)
{
    enum { KEPT = 7 };
    static const int64_t tens[KEPT + 1] = {10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};
    const char *start = at;
    bool minus = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    const char *digits = at;
    int64_t whole = 0;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        whole = whole < 100 * DEGREE ? whole * 10 + (*at - '0') : whole;
    ptrdiff_t count = at - digits;
    int64_t value = whole * tens[0];
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        int64_t part = 0;
        while (at < end && *at >= '0' && *at <= '9' && at - fraction < KEPT)
            part = part * 10 + (*at++ - '0');
        count += at - fraction;
        value += part * tens[at - fraction];
        if (at < end && *at >= '0' && *at <= '9') {
            value += *at >= '5';
            while (at < end && *at >= '0' && *at <= '9')
                at++;
        }
    }
    if (count == 0)
        return NULL;
    if (at < end && (*at == 'e' || *at == 'E'))
        return exponent_read(start, at, end, ret);
    *ret = minus ? -value : value;
    return at;
}

int coordinate_text(char to[COORDINATE_TEXT_MAX], int32_t coordinate)
{
    char digits[COORDINATE_TEXT_MAX];
    uint32_t size = coordinate < 0 ? 0u - (uint32_t)coordinate : (uint32_t)coordinate;
    uint32_t whole = size / DEGREE, part = size % DEGREE;
    int len = 0, at = 0;
    if (coordinate < 0)
        to[len++] = '-';
    do {
        digits[at++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole);
    while (at)
        to[len++] = digits[--at];
    if (part == 0)
        return len;
    to[len++] = '.';
    for (uint32_t unit = DEGREE / 10; part; unit /= 10) {
        to[len++] = (char)('0' + part / unit);
        part %= unit;
    }
    return len;
}
