#include "tile/rings.h"
#include "atlas/filter_scan.h"
#include "atlas/shape.h"

void rings_start(Rings *rings, TileId tile)
{
    rings->frame = tile_frame(tile);
    rings->within = tile_box(tile, TILE_BUFFER - 1);
    rings_clear(rings);
}

void rings_clear(Rings *rings)
{
    rings->count = rings->used = 0;
}

bool rings_add(Rings *rings, const uint8_t *shape, uint64_t size, Point anchor, Box box)
{
    enum { AGAIN = 2 };
    if (rings->count == RINGS_MAX || rings->used + RING_POINTS_MAX + AGAIN > RINGS_ROOM ||
        !tile_frame_near(&rings->frame, box) || !box_holds(rings->within, box))
        return false;
    int32_t *lon = rings->lon + rings->used, *lat = rings->lat + rings->used;
    uint32_t n = shape_ring(shape, size, anchor, RING_POINTS_MAX, lon, lat);
    if (n == 0)
        return false;
    for (uint32_t i = 0; i < AGAIN; i++) {
        lon[n + i] = lon[i];
        lat[n + i] = lat[i];
    }
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

LEVELS static void measure(const int32_t *restrict x, const int32_t *restrict y, uint32_t n,
                           int32_t *restrict areas, uint8_t *restrict flat)
{
    for (uint32_t i = 0; i + 1 < n; i++)
        areas[i] = x[i] * y[i + 1] - x[i + 1] * y[i];
    for (uint32_t i = 0; i + 2 < n; i++)
        flat[i] = (x[i + 1] - x[i]) * (y[i + 2] - y[i + 1]) == (y[i + 1] - y[i]) * (x[i + 2] - x[i + 1]);
}

void rings_project(Rings *rings)
{
    project(&rings->frame, rings->lon, rings->lat, rings->used, rings->x, rings->y);
    measure(rings->x, rings->y, rings->used, rings->areas, rings->flat);
}

/* Below 2^14: no branch to be guessed wrong. Writes a byte that does not count behind those that do. */
static inline uint8_t *short_put(uint8_t *at, uint32_t n)
{
    uint32_t two = n > 0x7F;
    at[0] = (uint8_t)((n & 0x7F) | two << 7);
    at[1] = (uint8_t)(n >> 7);
    return at + 1 + two;
}

bool rings_write(const Rings *rings, uint32_t i, Pbf *out)
{
    enum { MOVE_ONE = 1 << 3 | 1, LINE_TO = 2, CLOSE = 1 << 3 | 7 };
    uint32_t n = rings->sizes[i], start = rings->starts[i], flat = 0;
    const int32_t *x = rings->x + start, *y = rings->y + start;
    int32_t area = 0;
    for (uint32_t k = 0; k < n; k++) {
        area += rings->areas[start + k];
        flat |= rings->flat[start + k];
    }
    if (flat || area == 0 || !pbf_room(out, (n + 2) * 4))
        return false;
    uint8_t *at = out->ptr + out->len;
    int32_t step = area > 0 ? 1 : -1, from = area > 0 ? 0 : (int32_t)n - 1;
    *at++ = MOVE_ONE;
    at = short_put(at, zigzag32(x[from]));
    at = short_put(at, zigzag32(y[from]));
    at = short_put(at, (n - 1) << 3 | LINE_TO);
    for (uint32_t k = 1; k < n; k++, from += step) {
        at = short_put(at, zigzag32(x[from + step] - x[from]));
        at = short_put(at, zigzag32(y[from + step] - y[from]));
    }
    *at++ = CLOSE;
    out->len = (size_t)(at - out->ptr);
    return true;
}
