#include "atlas/shape.h"
#include <string.h>

/* A packed shape: a varint of (points without closing ones) << 2 | flags; with FLAG_MANY the counts of rings
 * and parts, each ring's points (without the closing one), each part's rings, as varints; then the
 * differences. A single point is the anchor itself: the header 0 and nothing behind it. */
enum { FLAG_MANY = 1, FLAG_VARINT = 2, FLAG_BITS = 2, RING_OPEN_MIN = 3 };

static Err malformed(const char *detail)
{
    return fail(ERR_GEOMETRY, "detail", detail, "example", "POLYGON((0 0, 1 0, 1 1, 0 0))", NULL);
}

static Err check_rings(const Geometry *geometry)
{
    if (geometry->point_count > GEOMETRY_POINTS_MAX || geometry->ring_count > GEOMETRY_RINGS_MAX ||
        geometry->part_count > geometry->ring_count)
        return malformed("too many points, rings or parts");
    uint32_t at = 0, ring_at = 0;
    for (uint32_t r = 0; r < geometry->ring_count; r++) {
        uint32_t end = geometry->ring_ends[r];
        if (end > geometry->point_count || end < at + RING_OPEN_MIN + 1)
            return malformed("a ring has fewer than four points");
        if (memcmp(&geometry->points[at], &geometry->points[end - 1], sizeof(Point)) != 0)
            return malformed("a ring is not closed");
        at = end;
    }
    for (uint32_t p = 0; p < geometry->part_count; p++) {
        if (geometry->part_ends[p] <= ring_at || geometry->part_ends[p] > geometry->ring_count)
            return malformed("a part has no ring");
        ring_at = geometry->part_ends[p];
    }
    if (at != geometry->point_count || ring_at != geometry->ring_count || ring_at == 0)
        return malformed("counts of points, rings and parts do not agree");
    return OK;
}

/* Differences fit in int64; they are stored modulo 2^32 in 16-bit form only when they are small. */
static bool all_small(const Geometry *geometry, Point anchor)
{
    Point last = anchor;
    for (uint32_t r = 0, at = 0; r < geometry->ring_count; at = geometry->ring_ends[r++]) {
        for (; at + 1 < geometry->ring_ends[r]; at++) {
            int64_t lon = (int64_t)geometry->points[at].lon - last.lon;
            int64_t lat = (int64_t)geometry->points[at].lat - last.lat;
            if (lon != (int16_t)lon || lat != (int16_t)lat)
                return false;
            last = geometry->points[at];
        }
    }
    return true;
}

static void pack_points(Buf *buf, const Geometry *geometry, Point anchor, bool small)
{
    enum { CHUNK = 64 };
    int16_t chunk[CHUNK][2];
    uint32_t in_chunk = 0;
    Point last = anchor;
    for (uint32_t r = 0; r < geometry->ring_count; r++) {
        for (uint32_t at = geometry_ring_start(geometry, r); at + 1 < geometry->ring_ends[r]; at++) {
            Point point = geometry->points[at];
            if (small) {
                chunk[in_chunk][0] = (int16_t)(point.lon - last.lon);
                chunk[in_chunk][1] = (int16_t)(point.lat - last.lat);
                if (++in_chunk == CHUNK) {
                    buf_add(buf, chunk, sizeof chunk);
                    in_chunk = 0;
                }
            } else {
                buf_zigzag(buf, (int64_t)point.lon - last.lon);
                buf_zigzag(buf, (int64_t)point.lat - last.lat);
            }
            last = point;
        }
    }
    buf_add(buf, chunk, in_chunk * sizeof chunk[0]);
}

Err shape_pack(Buf *buf, const Geometry *geometry, Point anchor)
{
    if (geometry->type == GEOM_NONE)
        return OK;
    if (geometry->type == GEOM_POINT) {
        if (geometry->point_count != 1)
            return malformed("a point has one position");
        buf_varint(buf, 0);
        return OK;
    }
    TRY(check_rings(geometry));
    bool many = geometry->ring_count > 1, small = all_small(geometry, anchor);
    uint64_t open = geometry->point_count - geometry->ring_count;
    buf_varint(buf, open << FLAG_BITS | (many ? FLAG_MANY : 0) | (small ? 0 : FLAG_VARINT));
    if (many) {
        buf_varint(buf, geometry->ring_count);
        buf_varint(buf, geometry->part_count);
        for (uint32_t r = 0; r < geometry->ring_count; r++)
            buf_varint(buf, geometry->ring_ends[r] - geometry_ring_start(geometry, r) - 1);
        for (uint32_t p = 0; p < geometry->part_count; p++)
            buf_varint(buf, geometry->part_ends[p] - geometry_part_start(geometry, p));
    }
    pack_points(buf, geometry, anchor, small);
    return OK;
}

/* ---- reading ---- */

typedef struct Reader {
    const uint8_t *at, *end;
    Point last;
    bool varint;
    uint32_t open, rings, parts;
    const uint8_t *counts; /* of the rings, when there are many */
} Reader;

/* The varint of up to 32 bits that most counts are; false at the end of the bytes. */
static bool read_count(Reader *reader, uint32_t limit, uint32_t *ret)
{
    uint64_t n;
    if (!varint_read(&reader->at, reader->end, &n) || n > limit)
        return false;
    *ret = (uint32_t)n;
    return true;
}

static bool read_counts(Reader *reader, uint32_t how_many, uint32_t each_min, uint32_t sum)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < how_many; i++) {
        uint32_t count;
        if (!read_count(reader, sum, &count) || count < each_min)
            return false;
        total += count;
    }
    return total == sum;
}

/* Reads and checks all but the differences. */
static bool read_header(Reader *reader)
{
    uint32_t head;
    if (!read_count(reader, (uint32_t)GEOMETRY_POINTS_MAX << FLAG_BITS | 3, &head))
        return false;
    reader->open = head >> FLAG_BITS;
    reader->varint = head & FLAG_VARINT;
    reader->rings = reader->parts = 1;
    if (head == 0)
        return reader->at == reader->end;
    if (reader->open < RING_OPEN_MIN)
        return false;
    if (head & FLAG_MANY) {
        if (!read_count(reader, GEOMETRY_RINGS_MAX, &reader->rings) || reader->rings < 2 ||
            !read_count(reader, reader->rings, &reader->parts) || reader->parts < 1)
            return false;
        reader->counts = reader->at;
        if (!read_counts(reader, reader->rings, RING_OPEN_MIN, reader->open) ||
            !read_counts(reader, reader->parts, 1, reader->rings))
            return false;
    }
    uint64_t left = (uint64_t)(reader->end - reader->at);
    return reader->varint ? left >= 2 * (uint64_t)reader->open : left == 4 * (uint64_t)reader->open;
}

static bool next_point(Reader *reader, Point *ret)
{
    if (!reader->varint) {
        int16_t pair[2];
        memcpy(pair, reader->at, sizeof pair);
        reader->at += sizeof pair;
        reader->last.lon = (int32_t)((uint32_t)reader->last.lon + (uint32_t)pair[0]);
        reader->last.lat = (int32_t)((uint32_t)reader->last.lat + (uint32_t)pair[1]);
    } else {
        int64_t lon, lat;
        if (!zigzag_read(&reader->at, reader->end, &lon) || !zigzag_read(&reader->at, reader->end, &lat))
            return false;
        reader->last.lon = (int32_t)((uint32_t)reader->last.lon + (uint32_t)lon);
        reader->last.lat = (int32_t)((uint32_t)reader->last.lat + (uint32_t)lat);
    }
    *ret = reader->last;
    return true;
}

static bool unpack_rings(Reader *reader, Point *points, uint32_t *ring_ends, uint32_t *part_ends)
{
    Reader counts = {.at = reader->counts, .end = reader->end};
    uint32_t at = 0, end = 0;
    for (uint32_t r = 0; r < reader->rings; r++) {
        uint32_t open = reader->open;
        if (reader->counts && !read_count(&counts, open, &open))
            return false;
        uint32_t start = at;
        for (uint32_t i = 0; i < open; i++)
            if (!next_point(reader, &points[at++]))
                return false;
        points[at++] = points[start];
        ring_ends[r] = at;
    }
    for (uint32_t p = 0; p < reader->parts; p++) {
        uint32_t rings = reader->rings;
        if (reader->counts && !read_count(&counts, rings, &rings))
            return false;
        part_ends[p] = end += rings;
    }
    return reader->at == reader->end;
}

bool shape_unpack(Arena *arena, const uint8_t *bytes, uint64_t size, Point anchor, Geometry *ret)
{
    Reader reader = {.at = bytes, .end = bytes + size, .last = anchor};
    *ret = (Geometry){.type = GEOM_NONE};
    if (size == 0)
        return true;
    if (!read_header(&reader))
        return false;
    if (reader.open == 0) {
        const Point *point = arena_copy(arena, &anchor, sizeof anchor);
        *ret = (Geometry){.type = GEOM_POINT, .point_count = 1, .points = point};
        return true;
    }
    uint32_t point_count = reader.open + reader.rings;
    uint64_t bytes_needed =
        (uint64_t)point_count * sizeof(Point) + ((uint64_t)reader.rings + reader.parts) * sizeof(uint32_t);
    Point *points = arena_alloc(arena, bytes_needed); /* one piece: points, ring ends, part ends */
    uint32_t *ring_ends = (uint32_t *)(points + point_count), *part_ends = ring_ends + reader.rings;
    if (!unpack_rings(&reader, points, ring_ends, part_ends))
        return false;
    *ret = (Geometry){.type = GEOM_POLYGON,
                      .point_count = point_count,
                      .ring_count = reader.rings,
                      .part_count = reader.parts,
                      .points = points,
                      .ring_ends = ring_ends,
                      .part_ends = part_ends};
    return true;
}

uint32_t shape_ring(const uint8_t *bytes, uint64_t size, Point anchor, uint32_t room, int32_t *ret_lon,
                    int32_t *ret_lat)
{
    /* The head of so few points is one byte or two. */
    enum { POINTS_TWO_BYTES = 1 << (14 - FLAG_BITS) };
    if (size < 2)
        return 0;
    uint32_t head = bytes[0] & 0x7F, len = 1;
    if (bytes[0] & 0x80) {
        if (bytes[1] & 0x80)
            return 0;
        head |= (uint32_t)bytes[1] << 7;
        len = 2;
    }
    uint32_t open = head >> FLAG_BITS;
    if (head & (FLAG_MANY | FLAG_VARINT) || open < RING_OPEN_MIN || open > room || open >= POINTS_TWO_BYTES ||
        size != len + 4 * (uint64_t)open)
        return 0;
    uint32_t lon = (uint32_t)anchor.lon, lat = (uint32_t)anchor.lat;
    for (uint32_t i = 0; i < open; i++) {
        int16_t pair[2];
        memcpy(pair, bytes + len + 4 * i, sizeof pair);
        ret_lon[i] = (int32_t)(lon += (uint32_t)pair[0]);
        ret_lat[i] = (int32_t)(lat += (uint32_t)pair[1]);
    }
    return open;
}

bool shape_valid(const uint8_t *bytes, uint64_t size, Point anchor, Box box)
{
    Reader reader = {.at = bytes, .end = bytes + size, .last = anchor};
    if (!read_header(&reader))
        return false;
    Box got = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    if (reader.open == 0)
        got = (Box){anchor.lon, anchor.lat, anchor.lon, anchor.lat};
    for (uint32_t i = 0; i < reader.open; i++) {
        Point point;
        if (!next_point(&reader, &point))
            return false;
        got.west = point.lon < got.west ? point.lon : got.west;
        got.east = point.lon > got.east ? point.lon : got.east;
        got.south = point.lat < got.south ? point.lat : got.south;
        got.north = point.lat > got.north ? point.lat : got.north;
    }
    return reader.at == reader.end && memcmp(&got, &box, sizeof box) == 0;
}
