/* atlas/filter_block.h: a filter bound to one table, so that it can be asked a block of rows at a time, or
 * one row. Reads only; a bound filter may be asked from any thread. */
#pragma once
#include "atlas/filter.h"

typedef struct BoundFilter BoundFilter;

enum { BLOCK_WORDS = BLOCK_ROWS / 64 };

typedef enum Truth { TRUTH_NO, TRUTH_MAYBE, TRUTH_YES } Truth;

/* Translates values into the table's stored ones, searches the dictionaries and the R-tree. NULL is true of
 * every row. Keeps the table; borrows the filter; the result lives in the arena. */
const BoundFilter *filter_bind(Arena *arena, const Table *table, const Filter *filter);

/* The same for who asks about few of the rows: takes no look at every row or text beforehand, and longer for
 * each that is asked about. Keeps the filter, too. */
const BoundFilter *filter_bind_part(Arena *arena, const Table *table, const Filter *filter);

/* Rows block * BLOCK_ROWS …: writes BLOCK_WORDS words each, disjoint. What they say of rows that are not
 * live, or beyond the table, means nothing. */
void filter_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe);

/* The same without looking any value up: reads a byte a row where filter_block reads the column. */
typedef enum Coarse {
    COARSE_NONE, /* it has no coarse form */
    COARSE_NO,   /* it is no of every row; nothing is written */
    COARSE_YES,  /* or yes */
    COARSE_ROWS, /* no row is maybe; `pass` is written: who is not no for sure, and `unsure`: who of these may
                    be */
    COARSE_MAYBE, /* so are these, and `maybe`, too; in `pass` there are others */
} Coarse;

Coarse filter_coarse(const BoundFilter *bound, uint32_t block, uint64_t *pass, uint64_t *maybe,
                     uint64_t *unsure);

/* How many of all rows, dead ones too, it is no and maybe of, known without reading rows. False: not so. */
bool filter_count(const BoundFilter *bound, uint32_t *ret_no, uint32_t *ret_maybe);

/* What is known of a block before its values are read. */
typedef enum BlockVerdict {
    BLOCK_NO,    /* no row of it passes, and none is maybe */
    BLOCK_YES,   /* all rows pass */
    BLOCK_CHEAP, /* filter_block reads no values: the zone map settles it but for what is not known */
    BLOCK_SCAN,
} BlockVerdict;

BlockVerdict filter_verdict(const BoundFilter *bound, uint32_t block);

/* Roughly what filter_block costs where it must scan; only to be compared. */
uint32_t filter_cost(const BoundFilter *bound);

Truth filter_row(const BoundFilter *bound, uint32_t row);

/* Is it maybe of this row? Sooner told than what else it may be. */
bool filter_maybe(const BoundFilter *bound, uint32_t row);

/* Can it be told, from single fields' values, that no row is true of, or may come to be true of, both? Only
 * of what AND joins; false where it cannot be told. */
bool filter_disjoint(Kind kind, const Filter *a, const Filter *b);

/* All live rows of one table: filter_run for one segment. The bitmaps have bits_words(rows) words. */
void filter_table(Arena *arena, const Table *table, const Filter *filter, uint64_t **ret_yes,
                  uint64_t **ret_maybe);
