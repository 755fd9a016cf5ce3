/* Whatever polygon (EWKB behind a tile's zoom, column and row): its commands keep the rules of MVT 2.1 §4.3.
 */
#include "geo/tilemath.h"
#include "tile/paths.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool good)
{
    if (!good)
        __builtin_trap();
}

static uint64_t varint(const uint8_t **at, const uint8_t *end)
{
    uint64_t n = 0;
    must(varint_read(at, end, &n) && n <= UINT32_MAX);
    return n;
}

/* One ring, its points within the tile and its buffer, each another than the one before; twice its area. */
static int64_t read_ring(const uint8_t **at, const uint8_t *end, int64_t cursor[2])
{
    enum {
        LOW = -TILE_BUFFER - 8,
        HIGH = TILE_EXTENT + TILE_BUFFER + 8
    }; /* a pixel may reach over the edge */
    int64_t first[2] = {0, 0}, sum = 0;
    must(varint(at, end) == (1 << 3 | 1));
    uint64_t count = 1, total = 0;
    for (bool more = true; more; more = total == 1) {
        for (uint64_t i = 0; i < count; i++, total++) {
            int64_t last[2] = {cursor[0], cursor[1]};
            for (int axis = 0; axis < 2; axis++) {
                uint32_t n = (uint32_t)varint(at, end);
                cursor[axis] += (int32_t)(n >> 1 ^ (0 - (n & 1)));
                must(cursor[axis] >= LOW && cursor[axis] <= HIGH);
            }
            if (total == 0)
                memcpy(first, cursor, sizeof first);
            else
                must(cursor[0] != last[0] || cursor[1] != last[1]);
            if (total > 0)
                sum += last[0] * cursor[1] - cursor[0] * last[1];
        }
        if (total == 1) {
            uint64_t command = varint(at, end);
            count = command >> 3;
            must((command & 7) == 2 && count >= 2);
        }
    }
    must(varint(at, end) == (1 << 3 | 7));
    return sum + cursor[0] * first[1] - first[0] * cursor[1];
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 9)
        return 0;
    uint32_t xy[2];
    memcpy(xy, bytes + 1, sizeof xy);
    TileId tile = {bytes[0] % (TILE_ZOOM_MAX + 1), 0, 0};
    tile.x = xy[0] & ((1u << tile.z) - 1);
    tile.y = xy[1] & ((1u << tile.z) - 1);
    Arena *arena = arena_new();
    Geometry geometry;
    Paths paths;
    paths_start(&paths, arena, tile);
    if (geometry_from_ewkb(arena, (Str){(const char *)bytes + 9, size - 9}, &geometry) == OK &&
        geometry.type == GEOM_POLYGON && paths_polygon(&paths, &geometry)) {
        const uint8_t *at = paths.commands.ptr, *end = at + paths.commands.len;
        int64_t cursor[2] = {0, 0};
        for (bool first = true; at < end; first = false) {
            int64_t area = read_ring(&at, end, cursor);
            must(area != 0 && (!first || area > 0));
        }
    }
    arena_free(arena);
    return 0;
}
