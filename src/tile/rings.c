#include "tile/rings.h"
#include "atlas/filter_scan.h"
#include "atlas/shape.h"

void rings_start(Rings *rings, const TileFrame *frame, TileId tile)
{
    rings->frame = frame;
    rings->within = tile_box(tile, TILE_BUFFER - 1);
    rings_clear(rings);
}

void rings_clear(Rings *rings)
{
    rings->count = rings->used = 0;
}

/* Within 2^19 units of the tile: see project(). */
static bool in_reach(const TileFrame *frame, Box box)
{
    const double reach = 1 << 19;
    return tile_frame_near(frame, box) && box.west * frame->lon_scale + frame->lon_offset > -reach &&
           box.east * frame->lon_scale + frame->lon_offset < reach;
}

bool rings_add(Rings *rings, const uint8_t *shape, uint64_t size, Point anchor, Box box)
{
    enum { AGAIN = 2 };
    if (rings->count == RINGS_MAX || rings->used + RING_POINTS_MAX + AGAIN > RINGS_ROOM ||
        !in_reach(rings->frame, box))
        return false;
    int32_t *lon = rings->lon + rings->used, *lat = rings->lat + rings->used;
    uint32_t n = shape_ring(shape, size, anchor, RING_POINTS_MAX, lon, lat);
    if (n == 0)
        return false;
    for (uint32_t i = 0; i < AGAIN; i++) {
        lon[n + i] = lon[i];
        lat[n + i] = lat[i];
    }
    rings->inside[rings->count] = box_holds(rings->within, box);
    rings->starts[rings->count] = rings->used;
    rings->sizes[rings->count++] = n;
    rings->used += n + AGAIN;
    return true;
}

/* The very sums of tile_frame_project near the tile's middle, and its rounding: all values are within ±2^20
 * here, so that a 32-bit conversion does. */
LEVELS static void project(const TileFrame *frame, const int32_t *restrict lon, const int32_t *restrict lat,
                           uint32_t n, int32_t *restrict x, int32_t *restrict y)
{
    const double a0 = frame->series[0], a1 = frame->series[1], a2 = frame->series[2], a3 = frame->series[3],
                 a4 = frame->series[4];
    const double middle = frame->lat_middle, scale = frame->lon_scale, offset = frame->lon_offset;
    const double up = 0x1p31 + 0.5, down = 0x1p31 - 0x1p20;
    for (uint32_t i = 0; i < n; i++) {
        double d = lat[i] - middle;
        double fx = lon[i] * scale + offset, fy = a0 + d * (a1 + d * (a2 + d * (a3 + d * a4)));
        x[i] = (int32_t)(fx + up - down) - (1 << 20);
        y[i] = (int32_t)(fy + up - down) - (1 << 20);
    }
}

/* Of points within the tile products fit; what comes of others is not used. */
LEVELS static void measure(const int32_t *restrict x, const int32_t *restrict y, uint32_t n,
                           int32_t *restrict areas, int32_t *restrict turns)
{
    const uint32_t *restrict a = (const uint32_t *)x, *restrict b = (const uint32_t *)y;
    for (uint32_t i = 0; i + 2 < n; i++) {
        areas[i] = (int32_t)(a[i] * b[i + 1] - a[i + 1] * b[i]);
        turns[i] =
            (int32_t)((a[i + 1] - a[i]) * (b[i + 2] - b[i + 1]) - (b[i + 1] - b[i]) * (a[i + 2] - a[i + 1]));
    }
}

/* Adds up of each ring what was measured of its points. */
static void add_up(Rings *rings, bool *ret_ways)
{
    ret_ways[0] = ret_ways[1] = false;
    for (uint32_t r = 0; r < rings->count; r++) {
        const int32_t *areas = rings->cross[0] + rings->starts[r],
                      *turns = rings->cross[1] + rings->starts[r];
        uint32_t area = 0, flat = 0;
        for (uint32_t i = 0; i < rings->sizes[r]; i++) {
            area += (uint32_t)areas[i];
            flat |= turns[i] == 0;
        }
        rings->areas[r] = (int32_t)area;
        rings->flat[r] = flat;
        ret_ways[(int32_t)area < 0] |= rings->inside[r];
    }
}

/* Two numbers below 2^14 as varints, one behind the other. */
static inline uint32_t pair_of(uint32_t p, uint32_t q)
{
    uint32_t p_two = p > 0x7F, q_two = q > 0x7F;
    uint32_t first = (p & 0x7F) | p_two << 7 | p >> 7 << 8, second = (q & 0x7F) | q_two << 7 | q >> 7 << 8;
    return first | second << (8 + 8 * p_two);
}

static inline uint32_t pair_size(uint32_t p, uint32_t q)
{
    return 2u + (p > 0x7F) + (q > 0x7F);
}

/* With sign 1 from each point to the next, with -1 back. */
LEVELS static void write_steps(const int32_t *restrict x, const int32_t *restrict y, uint32_t n, int32_t sign,
                               uint32_t *restrict steps, uint32_t *restrict sizes)
{
    for (uint32_t i = 0; i + 1 < n; i++) {
        uint32_t p = zigzag32((x[i + 1] - x[i]) * sign), q = zigzag32((y[i + 1] - y[i]) * sign);
        steps[i] = pair_of(p, q);
        sizes[i] = pair_size(p, q);
    }
}

void rings_project(Rings *rings)
{
    uint32_t n = rings->used;
    bool ways[2];
    project(rings->frame, rings->lon, rings->lat, n, rings->x, rings->y);
    measure(rings->x, rings->y, n, rings->cross[0], rings->cross[1]);
    add_up(rings, ways);
    for (int back = 0; back < 2; back++)
        if (ways[back])
            write_steps(rings->x, rings->y, n, back ? -1 : 1, rings->steps[back], rings->step_sizes[back]);
}

bool rings_write(const Rings *rings, uint32_t i, Pbf *out)
{
    enum { MOVE_ONE = 1 << 3 | 1, LINE_TO = 2, CLOSE = 1 << 3 | 7 };
    uint32_t n = rings->sizes[i], start = rings->starts[i];
    if (rings->flat[i] || rings->areas[i] == 0 || !pbf_room(out, (n + 2) * 4 + VARINT_MAX))
        return false;
    bool back = rings->areas[i] < 0;
    uint32_t first = start + (back ? n - 1 : 0), from = start + (back ? n - 2 : 0);
    const uint32_t *step = rings->steps[back] + from, *size = rings->step_sizes[back] + from;
    uint8_t *at = out->ptr + out->len;
    *at++ = MOVE_ONE;
    uint32_t p = zigzag32(rings->x[first]), q = zigzag32(rings->y[first]), pair = pair_of(p, q);
    memcpy(at, &pair, sizeof pair);
    at += pair_size(p, q);
    p = (n - 1) << 3 | LINE_TO;
    pair = pair_of(p, 0);
    memcpy(at, &pair, sizeof pair);
    at += pair_size(p, 0) - 1;
    for (ptrdiff_t k = 0, way = back ? -1 : 1, end = way * (ptrdiff_t)(n - 1); k != end; k += way) {
        memcpy(at, &step[k], sizeof *step);
        at += size[k];
    }
    *at++ = CLOSE;
    out->len = (size_t)(at - out->ptr);
    return true;
}
