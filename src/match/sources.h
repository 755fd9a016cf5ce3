/* match/sources.h: where the values of conditions and terms come from: a row's own columns, the row that it
 * names, or the ground. Resolved once for a run, before any row is asked. Only src/match includes it. */
#pragma once
#include "atlas/ground.h"
#include "atlas/within.h"
#include "match/match.h"

struct Sources {
    const Brief *brief;
    const Atlas *atlas; /* NULL: there are only tables, nothing can be named, and there are no places */
    const Table *const *tables;
    uint32_t table_count;
    const Reach *condition_reach[BRIEF_CONDITIONS_MAX], *term_reach[BRIEF_TERMS_MAX];
    const Region *regions[BRIEF_CONDITIONS_MAX];
    const RowRef *named[BRIEF_CONDITIONS_MAX][SEGMENTS_MAX]; /* of `via`: by its dictionary's entries */
};

enum { NAMED_NOTHING = SEGMENTS_MAX }; /* the segment of an entry that names no row of the atlas */

const Sources *sources_new(Arena *arena, const Atlas *atlas, const Table *const *tables, uint32_t count,
                           const Brief *brief);

/* A condition over one segment. */
const BoundFilter *sources_bind(Arena *arena, const Sources *sources, uint32_t segment, uint32_t condition);

/* The number, day or distance that a condition or a term is about, in one row. A date has two days; of all
 * else first and last are one. `hint`: see atlas/nearest.h. VALUE_KNOWN, VALUE_NOT_APPLICABLE, or
 * VALUE_UNKNOWN (so withheld). */
ValueState sources_condition(const Sources *sources, RowRef at, uint32_t condition, uint32_t *hint,
                             int64_t *ret_first, int64_t *ret_last);
ValueState sources_term(const Sources *sources, RowRef at, uint32_t term, int64_t *ret);

/* The same of many rows of one segment; values of what is not known mean nothing. */
void sources_term_rows(const Sources *sources, uint32_t segment, uint32_t term, const uint32_t *rows,
                       uint32_t count, int64_t *ret_values, uint8_t *ret_states);

/* The column of a condition on codes, and the row of it; false if it is not known. */
bool sources_column(const Sources *sources, RowRef at, uint32_t condition, const Column **ret_column,
                    uint32_t *ret_row);

/* match/places.c: the places of a Nearness, dead rows and rows without geometry left out. Finding the members
 * of a segment takes a search for each: what was found is remembered for the content of the atlas
 * (PLACES_KEPT sets, the one unused for longest makes room). It lives as long as the arena. Any thread. */
const Reach *places_reach(Arena *arena, const Atlas *atlas, const Nearness *near);
