/* match/select.h: which rows of the tables a brief fits, may fit, and why the others are out. Only src/match
 * includes it. */
#pragma once
#include "atlas/filter_block.h"
#include "match/match.h"

enum { CHECKS_MAX = BRIEF_CONDITIONS_MAX + 1 };

/* A brief's conditions bound to one table, the filter last; and the live rows that fit or may fit, ascending.
 */
typedef struct Checks {
    const Table *table;
    uint32_t count;
    const BoundFilter *checks[CHECKS_MAX];
    uint32_t *fit, *unknown;
    uint32_t fit_count, unknown_count;
} Checks;

/* Binds and runs. With `ret_counts` every condition is asked about every row and counts are added to it;
 * without, a block is left as soon as nothing in it can fit. The rows are the same. */
void checks_run(Arena *arena, const Table *table, const Brief *brief, ConditionCount *ret_counts,
                Checks *ret);

/* Which conditions are maybe for this row: bit c, and FILTER_ASKS_BIT. */
uint64_t checks_asks(const Checks *checks, const Brief *brief, uint32_t row);

/* match_run over tables instead of an atlas; at most SEGMENTS_MAX of them. */
void match_tables(Arena *arena, const Table *const *tables, uint32_t count, const Brief *brief,
                  MatchDetail detail, Ranking *ret);
