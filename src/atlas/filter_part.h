/* atlas/filter_part.h: conditions that are settled row by row, for who asks about a small part of a table:
 * places, LIKE and CASEI, whose answer for the whole table takes a look at every shape or every text. Only
 * filter_bind.c includes it. */
#pragma once
#include "atlas/filter_bound.h"
#include "atlas/filter_node.h"

/* BOX, PLACE, LIKE or folded TEXTS, the latter two of a column that is not hidden. Keeps the filter's place.
 */
const BoundFilter *part_bind(Arena *arena, const Table *table, const Filter *filter);
