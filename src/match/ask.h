/* match/ask.h: the unknown sites by whom to ask. Only src/match includes it. */
#pragma once
#include "match/office.h"
#include "match/select.h"

/* Fills asks. */
void ask_rank(Arena *arena, Offices *offices, const Checks *tables, uint32_t count, Ranking *ret);
