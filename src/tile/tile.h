/* tile/tile.h: atlas → Mapbox Vector Tile 2.1, one layer per kind that has a geometry, named for the kind.
 * Below the kind's cells_below_zoom a tile holds one point per cell of an 8 × 8 grid with the exact count of
 * rows in it (`count`, and `maybe` for those the filter may be true of), placed at the mean of their anchors:
 * nothing is dropped. A row is counted in the one cell of the one tile that its anchor lies in. */
#pragma once
#include "atlas/filter.h"
#include "geo/tilemath.h"

enum { TILE_BYTES_MAX = 8 * 1024 * 1024 };

/* Appends to `ret`. Properties: id (the key), name_zh, name_en, how, and per kind what the map needs (see
 * rows.c's tables); numbers in the field's own unit; what is not known is left out. Rows the filter may be
 * true of carry maybe = true; a filter that is NULL is true of all. Rows stand in the order of their keys, so
 * that the same rows give the same bytes however the atlas is cut. Shapes are clipped to the tile with
 * TILE_BUFFER. ERR_TILE_RANGE; ERR_LIMIT if the tile passes TILE_BYTES_MAX. An empty tile is zero bytes. */
MUST_USE Err tile_encode(Arena *arena, const Atlas *atlas, Kind kind, TileId tile, const Filter *filter,
                         Buf *ret);
