/* match/milp.h: the most of a sum of 0/1 choices under limits, by CBC (COIN-OR branch and cut, EPL-2.0). The
 * only file that includes its header is milp.c.
 *
 * CBC looks at its clock between steps, and one step over a large problem may take a minute; so it runs in a
 * child process that is killed when the time is up. What it prints goes nowhere, and what it does to memory
 * ends with it. One thread at a time for each Milp. */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

enum { MILP_COLUMNS_MAX = 128 * 1024, MILP_ROWS_MAX = 128 * 1024 };

typedef struct Milp Milp;

/* Lives in the arena. */
Milp *milp_new(Arena *arena);

/* One more choice, numbered from 0, that gains so much. Gains are whole, |gain| < 2^53. */
uint32_t milp_column(Milp *milp, int64_t gain);

/* Another gain for a column: the same problem with another aim. */
void milp_gain(Milp *milp, uint32_t column, int64_t gain);

/* The sum of weights over the chosen of these columns is at most `most`. Copies; columns are all different.
 */
void milp_row(Milp *milp, uint32_t count, const uint32_t *columns, const int64_t *weights, int64_t most);

typedef struct MilpAnswer {
    bool
        found; /* `chosen` is filled. CBC computes in floating point: the caller checks it in whole numbers */
    bool *chosen;  /* per column; in the arena of the Milp */
    bool optimal;  /* CBC has proved that nothing gains more */
    bool bounded;  /* `bound` is filled: nothing gains more than this */
    int64_t bound; /* the gain of what is chosen where it is optimal */
} MilpAnswer;

/* Solves within `seconds` of wall time, from a choice that keeps the limits (`start`; borrows). Never fails:
 * where no process can be made, nothing is found and nothing is bounded. */
void milp_solve(Milp *milp, const bool *start, double seconds, MilpAnswer *ret);
