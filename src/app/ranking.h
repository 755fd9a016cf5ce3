/* app/ranking.h: a ranking as docs/api.md shows it: sites with their parts and warnings, what is unknown and
 * whom to ask, who is near and what would gain sites, what each condition excludes. The balance candidates =
 * fit + unknown + near + excluded holds in every answer. docs/api-match.md tells every member. */
#pragma once
#include "base/json.h"
#include "match/match.h"

/* as_of: the latest of the kind (INT32_MIN: none). */
void out_ranking(JsonOut *out, Arena *arena, const Atlas *atlas, const Ranking *ranking, int32_t as_of);
