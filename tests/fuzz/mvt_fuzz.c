/* Tiles of an atlas of two kinds with a delta, read back by a decoder that shares nothing with the encoder
 * and compared with every row. The input: kind, zoom, which row the tile lies over, which neighbour of that
 * tile; then a filter, which is left out if it is none. */
#include "tiles_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    enum { HEAD = 5, DEEPEST = 20 };
    if (size < HEAD)
        return 0;
    Atlas *atlas = tiles_atlas();
    Arena *arena = arena_new();
    Kind kind = bytes[0] % 16 == 1 ? KIND_ENTERPRISE : KIND_PARCEL; /* the crowd takes its time */
    const Table *table = atlas_table(atlas, kind, 0);
    uint32_t row = (uint32_t)(bytes[2] | bytes[3] << 8) % rtree_count(&table->tree);
    TileId tile = {.z = bytes[1] % (DEEPEST + 1)};
    double world[2];
    tiles_world(table->anchors[row], world);
    tile.x = ((uint32_t)(world[0] * (1u << tile.z)) + bytes[4] % 3 - 1) & ((1u << tile.z) - 1);
    tile.y = ((uint32_t)(world[1] * (1u << tile.z)) + bytes[4] / 3 % 3 - 1) & ((1u << tile.z) - 1);
    const Filter *filter = NULL;
    if (filter_parse(arena, kind, AUDIENCE_PUBLIC, (Str){(const char *)bytes + HEAD, size - HEAD}, &filter) !=
        OK)
        filter = NULL;
    Buf out;
    buf_init(&out, TILE_BYTES_MAX);
    must(tile_encode(arena, atlas, kind, tile, filter, &out) == OK);
    tiles_check(arena, atlas, kind, tile, filter, buf_view(&out));
    buf_done(&out);
    arena_free(arena);
    return 0;
}
