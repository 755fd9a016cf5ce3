/* tile/rows.h: what a tile is made from: one kind's tables and which of their rows count. Used within tile
 * only. */
#pragma once
#include "atlas/filter_block.h"
#include "geo/tilemath.h"
#include "tile/layer.h"

typedef struct TileRows {
    const Table *tables[SEGMENTS_MAX];
    const BoundFilter *filters[SEGMENTS_MAX]; /* NULL: true of every row */
    uint32_t count;                           /* of tables */
} TileRows;

/* Of one block (BLOCK_WORDS words each) of table `s`: the live rows that count, and those that may. Disjoint;
 * 0 beyond the table. */
void rows_block(const TileRows *rows, uint32_t s, uint32_t block, uint64_t *yes, uint64_t *maybe);

typedef struct TileRow {
    uint32_t row;
    uint16_t segment; /* which table */
    bool maybe;
} TileRow;

typedef struct TilePick {
    const TileRow *at;
    uint32_t count;
} TilePick;

/* The rows whose box meets the tile with its buffer, in the order in which an atlas keeps its rows: along the
 * Hilbert curve of their anchors, on the same place by key. So the same rows come in the same order, however
 * the atlas is cut. False if there are more than `limit`. */
bool rows_pick(Arena *arena, const TileRows *rows, TileId tile, uint32_t limit, TilePick *ret);

/* One feature a row, in their order. A row of whose shape nothing is left here has none. */
void rows_features(Layer *layer, const TileRows *rows, Kind kind, TileId tile, TilePick pick);

/* One point a cell of an 8 × 8 grid: `count` of the rows whose anchor lies in it, `maybe`, if there are any,
 * of those the filter may be true of. Cells part the world without gap or overlap, so that counts add up over
 * tiles. In the order of rows from the north, each from the west. */
void rows_cells(Layer *layer, const TileRows *rows, TileId tile);
