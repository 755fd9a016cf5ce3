/* geo/rtree.h: a packed Hilbert R-tree (Kamel & Faloutsos 1993; packing as in flatbush), built once and then
 * only read, from any thread. Items are row numbers; the tree knows nothing of parks. Its bytes are
 * position-free, so a file can be mapped and used as it is. */
#pragma once
#include "base/str.h"
#include "geo/geometry.h"

typedef struct RTree {
    const void *bytes; /* header and nodes, 8-byte aligned */
    uint64_t size;
} RTree;

typedef bool RTreeVisit(uint32_t row, void *user); /* false stops */

/* Row i covers boxes[i]; a box with west > east is no item (a row without a geometry). Borrows boxes; the
 * tree lives in the arena. */
void rtree_build(Arena *arena, const Box *boxes, uint32_t count, RTree *ret);

/* Trusts nothing: ERR_SEGMENT if the bytes are not a tree over `rows` rows. */
MUST_USE Err rtree_open(const void *bytes, uint64_t size, uint32_t rows, RTree *ret);

void rtree_search(const RTree *tree, Box box, RTreeVisit *visit, void *user);

uint32_t rtree_count(const RTree *tree); /* of its items */
Box rtree_box(const RTree *tree);        /* around all items; west > east if there are none */

/* Hilbert order of a point, 16 bits an axis over the whole world. */
uint32_t hilbert_of(Point point);
