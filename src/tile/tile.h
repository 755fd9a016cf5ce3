/* tile/tile.h: atlas → Mapbox Vector Tile 2.1, one layer per kind that has a geometry, named for the kind.
 *
 * A tile holds shapes or cells, and drops nothing. Shapes: every row whose shape reaches the tile. Cells: one
 * point per cell of an 8 × 8 grid with the exact count of rows in it (`count`, and `maybe` for those the
 * filter may be true of), placed at the mean of their anchors; a row is counted in the one cell of the one
 * tile that its anchor lies in. Cells it is below the kind's cells_below_zoom; from there on where more rows
 * reach the tile, after the filter, than a map can show: TILE_SHAPES_MAX, from TILE_ALL_ZOOM on and for kinds
 * that are never counted TILE_ROWS_MAX; or where the shapes would pass TILE_BYTES_MAX. Which of the two
 * follows from the rows alone, so neighbours may differ, and no row is in neither. docs/design/tiles.md tells
 * how. */
#pragma once
#include "atlas/filter.h"
#include "geo/tilemath.h"

enum {
    TILE_BYTES_MAX = 8 * 1024 * 1024,
    TILE_SHAPES_MAX = 4096,
    TILE_ALL_ZOOM = 14, /* the map asks for no closer tiles: from here on every shape */
    TILE_ROWS_MAX = 65536,
};

/* Appends to `ret`. Properties of a shape: id (the key), name_zh, name_en, how, and per kind what the map
 * needs (see rows.c's tables); numbers in the field's own unit; what is not known is left out. Rows the
 * filter may be true of carry maybe = true; a filter that is NULL is true of all. Rows stand in the order of
 * the atlas, along the Hilbert curve, and the same rows give the same bytes however the atlas is cut. Shapes
 * are clipped to the tile with TILE_BUFFER. ERR_TILE_RANGE; ERR_LIMIT if ret has no room. An empty tile is
 * zero bytes. */
MUST_USE Err tile_encode(Arena *arena, const Atlas *atlas, Kind kind, TileId tile, const Filter *filter,
                         Buf *ret);
