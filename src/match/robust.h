/* match/robust.h: does first place survive if a weight is a fifth more or less? Only src/match includes it.
 */
#pragma once
#include "match/score.h"

/* A fitting site and its score in the ranking. */
typedef struct Scored {
    RowRef at;
    int32_t score;
} Scored;

/* Fills trials. `fit`: every fitting site, in any order. */
void robust_try(Arena *arena, const Scale *scale, const Scored *fit, uint32_t count, Ranking *ret);
