/* match/robust.h: does first place survive if a weight is a fifth more or less? Only src/match includes it.
 */
#pragma once
#include "match/survivors.h"

/* Fills trials. `fit`: every fitting site, with its estimate. */
void robust_try(Arena *arena, const Scale *scale, const Survivors *fit, const double *estimates,
                Ranking *ret);
