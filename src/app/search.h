/* app/search.h: things of all kinds by what they are called (atlas/names.h). */
#pragma once
#include "atlas/atlas.h"
#include "base/json.h"

enum { SEARCH_LIMIT_MAX = 50, SEARCH_LIMIT_DEFAULT = 8 };

/* `kinds`: names separated by commas, "" for all. At most `limit` of each kind, the best first (atlas/names.h
 * says in which order). Kinds by what their best was found by, exactly or not; reported ones before samples;
 * then as people look for them.
 * ERR_PARAM, ERR_LIMIT (name_query), ERR_KIND_UNKNOWN. */
MUST_USE Err query_search(Arena *arena, const Atlas *atlas, Str text, Str kinds, uint32_t limit,
                          JsonOut *out);
