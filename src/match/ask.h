/* match/ask.h: the unknown sites by whom to ask. Only src/match includes it. */
#pragma once
#include "match/office.h"
#include "match/select.h"

/* The office that owes a condition's value of a row; NULL: nobody is named. */
const Office *ask_office(Offices *offices, const Brief *brief, RowRef at, uint32_t condition);

/* Fills asks. */
void ask_rank(Arena *arena, Offices *offices, const Checks *tables, uint32_t count, Ranking *ret);
