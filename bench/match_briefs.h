/* match_briefs.h: random briefs over the parcels of an atlas; bounds are taken from the parcels themselves.
 */
#pragma once
#include "match/match.h"

enum { BENCH_CONDITIONS = 14, BENCH_TERMS = 5, BENCH_TOP = 50 };

/* The members of bench.part (atlas_load). */
extern const Nearness bench_members;

void check(Err err); /* says what failed, and ends the program */

void briefs_seed(uint64_t seed);
uint64_t below(uint64_t n); /* 0 … n - 1 */
uint32_t bench_field(const char *name);

/* 13 conditions and the offer, 5 terms, the top 50; with `near` one is a distance to the nearest member. */
Brief *brief_random(Arena *arena, const Table *table, bool near);

/* Of every sort: 1 to 9 conditions on numbers, dates and codes, on the offer, on distances to facilities, to
 * the members, to one enterprise, inside and outside polygons; up to 6 terms, distances too, now and then all
 * without weight; a top of 1 to 60. Bounds are wide, so that often something fits. Enterprises are drawn from
 * a few of the atlas. */
Brief *brief_mixed(Arena *arena, const Atlas *atlas);

/* The text that brief_parse reads back to the same brief. No via, filter and assemble; the offer is left out:
 * it is there unless it is refused. */
void brief_json(Buf *text, const Brief *brief);
