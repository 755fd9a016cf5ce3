/* atlas/filter.h: conditions over one kind, compiled once and run over an atlas.
 *
 * The text is CQL2 (OGC 21-065r2), the part of it that Lianpu has: = <> < <= > >=, AND OR NOT, IN, BETWEEN,
 * IS [NOT] NULL, S_INTERSECTS(geometry, BBOX(west, south, east, north)); dates as DATE('2023-06') or a plain
 * '2023-06-30'. Units are the field's own. A comparison with an unknown or withheld value is maybe; with one
 * that does not apply it is false; a partial date is maybe where its days disagree. AND, OR, NOT are
 * Kleene's. */
#pragma once
#include "atlas/atlas.h"

typedef struct Filter Filter;

enum { FILTER_BYTES_MAX = 16 * 1024, FILTER_DEPTH_MAX = 64, FILTER_NODES_MAX = 2000, FILTER_IN_MAX = 1000 };

typedef enum FilterOp { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE } FilterOp;

/* "" gives a filter that is true of every row. ERR_FILTER_SYNTAX (with the byte it failed at),
 * ERR_FILTER_DEPTH, ERR_FILTER_TYPE, ERR_FIELD_UNKNOWN (also for a field the audience may not see),
 * ERR_FIELD_NOT_FILTERABLE, ERR_LIMIT. */
MUST_USE Err filter_parse(Arena *arena, Kind kind, Audience audience, Str text, const Filter **ret);

/* The same pieces, for whoever builds a filter without text. Numbers are scaled as the field is. */
MUST_USE Err
filter_between(Arena *arena, Kind kind, uint32_t field, const Value *least, const Value *greatest,
               const Filter **ret); /* either end may be NULL; inclusive; ERR_RANGE if least > greatest */
MUST_USE Err filter_in(Arena *arena, Kind kind, uint32_t field, const Str *codes, uint32_t count,
                       const Filter **ret);
const Filter *filter_box(Arena *arena, Box box);
const Filter *filter_and(Arena *arena, const Filter *a, const Filter *b); /* NULL is true */

/* Which live rows it is true of, and which it may be true of: two bitmaps per segment, disjoint. */
typedef struct Selection {
    uint64_t *yes[SEGMENTS_MAX], *maybe[SEGMENTS_MAX];
    uint32_t yes_count, maybe_count;
} Selection;

void filter_run(Arena *arena, const Atlas *atlas, Kind kind, const Filter *filter, Selection *ret);
