/* match/near.h: near misses and what they lack. Only src/match includes it. */
#pragma once
#include "match/select.h"

/* Fills measures: once, before rows are measured. */
void near_prepare(Checks *checks);

/* How far this row is from meeting the condition, which is false of it. `hint`: see atlas/nearest.h. */
void near_measure(const Checks *checks, uint32_t condition, uint32_t row, uint32_t *hint, NearRow *ret);

/* NearMiss.relative of it. */
int64_t near_relative(const Brief *brief, uint32_t condition, Side side, int64_t by);

/* Fill near_misses, relaxations and none, from the near rows of all tables. */
void near_rank(Arena *arena, const Checks *tables, uint32_t count, Ranking *ret);
void near_relax(Arena *arena, const Checks *tables, uint32_t count, Ranking *ret);
void near_none(Arena *arena, const Checks *tables, uint32_t count, Ranking *ret);
