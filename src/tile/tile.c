#include "tile/tile.h"
#include "tile/layer.h"
#include "tile/rows.h"

static uint32_t shapes_max(const KindInfo *info, uint32_t z)
{
    if ((int)z < info->cells_below_zoom)
        return 0;
    return z < TILE_ALL_ZOOM && info->cells_below_zoom > 0 ? TILE_SHAPES_MAX : TILE_ROWS_MAX;
}

static Err encode_cells(Arena *arena, const TileRows *rows, Str name, TileId tile, Buf *ret)
{
    enum { CELLS = 64 };
    Layer layer;
    layer_start(&layer, arena, CELLS, 2 * CELLS);
    rows_cells(&layer, rows, tile);
    return layer_finish(&layer, name, ret);
}

/* Is the tile a small part of what the table covers, so that a filter is best asked of its rows alone? */
static bool is_part(const Table *table, TileId tile)
{
    enum { PARTS = 4 };
    Box all = rtree_box(&table->tree), box = tile_box(tile, 0);
    if (table->rows == 0 || !box_valid(all))
        return true;
    double of_all = ((double)all.east - all.west) * ((double)all.north - all.south);
    return ((double)box.east - box.west) * ((double)box.north - box.south) * PARTS < of_all;
}

Err tile_encode(Arena *arena, const Atlas *atlas, Kind kind, TileId tile, const Filter *filter, Buf *ret)
{
    const KindInfo *info = kind_info(kind);
    TRY(tile_check(tile.z, tile.x, tile.y));
    if (info->geometry == GEOMETRY_NONE)
        return OK;
    TileRows rows = {.count = atlas_segments(atlas)};
    uint32_t limit = shapes_max(info, tile.z);
    for (uint32_t s = 0; s < rows.count; s++) {
        rows.tables[s] = atlas_table(atlas, kind, s);
        if (filter)
            rows.filters[s] = is_part(rows.tables[s], tile) ? filter_bind_part(arena, rows.tables[s], filter)
                                                            : filter_bind(arena, rows.tables[s], filter);
    }
    Str name = str_of(info->name);
    TilePick pick;
    if (limit == 0 || !rows_pick(arena, &rows, tile, limit, &pick))
        return encode_cells(arena, &rows, name, tile, ret);
    if (pick.count == 0)
        return OK;
    enum { VALUES_A_ROW = 4 }; /* name, area, price, power */
    Layer layer;
    layer_start(&layer, arena, pick.count, VALUES_A_ROW * pick.count);
    rows_features(&layer, &rows, kind, tile, pick);
    if (!layer_fits(&layer))
        return encode_cells(arena, &rows, name, tile, ret);
    return layer_finish(&layer, name, ret);
}
