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

/* The text that brief_parse reads back to the same brief. Of near only segments, of codes no BOOL, no place
 * and no filter. */
void brief_json(Buf *text, const Brief *brief);
