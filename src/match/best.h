/* match/best.h: the best few of many rows: a heap of bounded size with the worst on top. Only src/match
 * includes it. */
#pragma once
#include "match/match.h"

typedef struct BestEntry {
    int64_t order; /* greater is better */
    Str key;       /* then by key */
    RowRef at;
    uint32_t tag; /* the caller's */
} BestEntry;

typedef struct Best {
    BestEntry *entries;
    uint32_t count, room;
} Best;

void best_init(Arena *arena, uint32_t room, Best *ret);
void best_offer(Best *best, const Table *table, RowRef at, int64_t order, uint32_t tag);
void best_sort(Best *best); /* best first; nothing can be offered then */

/* The order below which nothing is taken any more. INT64_MIN while there is room. */
static inline int64_t best_floor(const Best *best)
{
    return best->count < best->room ? INT64_MIN : best->room ? best->entries[0].order : INT64_MAX;
}
