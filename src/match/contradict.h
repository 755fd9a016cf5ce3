/* match/contradict.h: conditions that no site can meet together. Only src/match includes it. */
#pragma once
#include "match/match.h"

/* ERR_CONTRADICTION: first, second (in words of the filter's own text), first_n, second_n (their places). */
MUST_USE Err brief_consistent(Arena *arena, const Brief *brief);
