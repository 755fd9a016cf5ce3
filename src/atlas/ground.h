/* atlas/ground.h: conditions on where a row's anchor lies, and on what it names, bound like filters. A row
 * without a geometry answers maybe. Reads only, from any thread; everything lives in the arena. */
#pragma once
#include "atlas/filter_block.h"
#include "geo/relate.h"

/* The anchor in the region (its edge counts as inside), or not. Keeps the region. */
const BoundFilter *ground_inside(Arena *arena, const Table *table, const Region *region, bool outside);

/* By the entry of a REF column's dictionary: truths[entry]. Unknown is maybe, not applicable is no. Keeps the
 * truths. */
const BoundFilter *ground_lookup(Arena *arena, const Table *table, const Column *column,
                                 const uint8_t *truths);
