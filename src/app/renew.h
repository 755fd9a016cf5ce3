/* app/renew.h: within a transaction: choosing winners anew after sources changed. */
#pragma once
#include "link/winners.h"

/* Loads the rules as they are now and renews every entity of each source whose authority or visibility is not
 * what it was in `before`. `ret` lives in the arena. */
MUST_USE Err renew_sources(Store *store, Arena *arena, const SourceRules *before, SourceRules *ret);
