/* match/assemble.h: the assembly of a brief: its material out of who is near, and the sets with their values
 * and scores. Only src/match includes it. */
#pragma once
#include "match/select.h"

/* Fills sets and what goes with them. `scaled`: bit t, some site's value of term t is known. Called last. */
void assemble_run(Arena *arena, const Checks *tables, uint32_t count, uint32_t scaled, Ranking *ret);
