/* match/select.h: which rows of the tables a brief fits, may fit, or just misses, and why the others are out.
 * Only src/match includes it. */
#pragma once
#include "atlas/filter_block.h"
#include "match/sources.h"

enum { CHECKS_MAX = BRIEF_CONDITIONS_MAX + 1 };

/* Rows, ascending; grows in the arena. */
typedef struct Rows {
    uint32_t *at, count, room;
} Rows;

/* A row that fails one condition, and by how much (NearMiss says what that means). */
typedef struct NearRow {
    uint32_t row;
    uint16_t condition, side;
    int64_t by;
} NearRow;

/* How a near row's distance from a condition's ends is measured. */
typedef struct Measure {
    const Column *column;       /* of the rows themselves; NULL: through sources_condition */
    bool none, date, low, high; /* none: it has no measure; low, high: it has that end */
    bool all_known;             /* of the column: every row */
    int64_t least, greatest;
} Measure;

/* A brief's conditions bound to one table, the filter last; and the live rows that fit, may fit, are near. */
typedef struct Checks {
    Arena *arena;
    const Sources *sources;
    uint32_t segment;
    const Table *table; /* of that segment */
    const Brief *brief;
    uint32_t count;
    const BoundFilter *checks[CHECKS_MAX];
    Rows fit, unknown;
    Measure measures[CHECKS_MAX];
    uint32_t hints[CHECKS_MAX]; /* from one near row's distance to the next: see atlas/nearest.h */
    NearRow *near;              /* explained only */
    uint32_t near_count, near_room;
} Checks;

/* Binds and runs. With `ret_counts` every condition is asked about every row, counts are added to it, and who
 * is near is kept; without, a block is left as soon as nothing in it can fit. The rows are the same. */
void checks_run(Arena *arena, const Sources *sources, uint32_t segment, ConditionCount *ret_counts,
                Checks *ret);

/* explain.c: the part of it that asks about every row; select.c: the other. Blocks from … to - 1. */
typedef struct Questions Questions;
const Questions *explain_questions(Checks *checks, ConditionCount *counts);
void explain_blocks(Checks *checks, const Questions *plan, uint32_t from, uint32_t to,
                    ConditionCount *counts);

/* Appends the rows whose bits are set in a block's bitmap. */
void checks_keep(Checks *checks, const uint64_t *bits, uint32_t block, Rows *rows);

/* The words of a block that the table has. */
uint32_t checks_words(const Table *table, uint32_t block);

/* Which conditions are maybe for this row: bit c, and FILTER_ASKS_BIT. */
uint64_t checks_asks(const Checks *checks, uint32_t row);

/* A condition on a field as a filter of that field's kind. */
const Filter *condition_filter(Arena *arena, Kind kind, const Condition *condition);

/* match_run over tables instead of an atlas; at most SEGMENTS_MAX of them. */
void match_tables(Arena *arena, const Table *const *tables, uint32_t count, const Brief *brief,
                  MatchDetail detail, Ranking *ret);
