#include "tile/tile.h"
#include "tile/layer.h"
#include "tile/rows.h"

Err tile_encode(Arena *arena, const Atlas *atlas, Kind kind, TileId tile, const Filter *filter, Buf *ret)
{
    const KindInfo *info = kind_info(kind);
    TRY(tile_check(tile.z, tile.x, tile.y));
    if (info->geometry == GEOMETRY_NONE)
        return OK;
    TileRows rows = {.count = atlas_segments(atlas)};
    Selection selection = {0};
    if (filter)
        filter_run(arena, atlas, kind, filter, &selection);
    for (uint32_t s = 0; s < rows.count; s++) {
        rows.tables[s] = atlas_table(atlas, kind, s);
        rows.yes[s] = filter ? selection.yes[s] : rows.tables[s]->live;
        rows.maybe[s] = selection.maybe_count ? selection.maybe[s] : NULL;
    }
    Layer layer;
    layer_start(&layer, arena);
    if ((int)tile.z < info->cells_below_zoom)
        rows_cells(&layer, &rows, tile);
    else
        rows_features(&layer, &rows, kind, tile);
    return layer_finish(&layer, str_of(info->name), ret);
}
