/* tile/rows.h: what a tile is made from: one kind's tables and which of their rows count. Used within tile
 * only, so that the encoder can be tested on tables made by hand. */
#pragma once
#include "atlas/atlas.h"
#include "geo/tilemath.h"
#include "tile/layer.h"

typedef struct TileRows {
    const Table *tables[SEGMENTS_MAX];
    const uint64_t *yes[SEGMENTS_MAX];   /* of each table's rows */
    const uint64_t *maybe[SEGMENTS_MAX]; /* NULL: none */
    uint32_t count;                      /* of tables */
} TileRows;

/* One feature a row, in the order of the keys. */
void rows_features(Layer *layer, const TileRows *rows, Kind kind, TileId tile);

/* One point a cell of an 8 × 8 grid: `count` of the rows whose anchor lies in it, `maybe`, if there are any,
 * of those the filter may be true of. Cells part the world without gap or overlap, so that counts add up over
 * tiles. In the order of rows from the north, each from the west. */
void rows_cells(Layer *layer, const TileRows *rows, TileId tile);
