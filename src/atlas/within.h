/* atlas/within.h: places, and the condition that a row's anchor lies so far from the nearest of them, bound
 * like a filter. A row without a geometry answers maybe. Reads only, from any thread; everything lives in the
 * arena.
 */
#pragma once
#include "atlas/filter_block.h"

/* Some places, to be asked for the distance to the nearest of them. */
typedef struct Reach Reach;

const Reach *reach_new(Arena *arena, const Point *places, uint32_t count);

/* Of how many places it knows. */
uint32_t reach_count(const Reach *reach);

/* Whole metres as distance_m has them; -1 where there is no place. `hint`: see atlas/nearest.h. */
int64_t reach_m(const Reach *reach, Point at, uint32_t *hint);

/* From least to greatest metres from the nearest place; maybe where there is no place. Keeps the reach. */
const BoundFilter *ground_within(Arena *arena, const Table *table, const Reach *reach, int64_t least,
                                 int64_t greatest);
