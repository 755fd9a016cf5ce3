/* match/contradict.h: conditions that no site can meet together. Only src/match includes it. */
#pragma once
#include "match/match.h"

/* ERR_CONTRADICTION: first, second (in words of the filter's own text), first_n, second_n (their places). */
MUST_USE Err brief_consistent(Arena *arena, const Brief *brief);

/* "area_m2 >= 133333.33", "land_use = M1, M2": condition n (condition_count: the filter), short enough for a
 * sentence; in one of the turns of str_c. */
const char *condition_words(const Brief *brief, uint32_t n);
