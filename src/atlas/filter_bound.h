/* atlas/filter_bound.h: inside of a bound filter. Only filter_bind.c, filter_run.c, filter_part.c,
 * ground.c and within.c include it. */
#pragma once
#include "atlas/filter_block.h"

/* Stored values, both ends included. */
typedef struct StoredSpan {
    uint64_t least, greatest;
} StoredSpan;

/* A span as codes (Column.coarse). Codes between low and high are inside it, others outside; those at an end
 * that lies within a code's values must be looked up. */
typedef struct CoarseSpan {
    uint8_t low, high;
    bool low_unsure, high_unsure;
    bool counted;    /* not for who asks about few of the rows */
    uint32_t inside; /* how many known rows store a value of the span */
} CoarseSpan;

typedef enum BoundShape {
    BOUND_TRUE,
    BOUND_FALSE,
    BOUND_MAYBE, /* a field that is hidden: nothing is known of it */
    BOUND_AND,
    BOUND_OR,
    BOUND_NOT,
    BOUND_SPANS, /* a single value, or a dictionary index */
    BOUND_DATES,
    BOUND_MEMBERS, /* a dictionary index, by table */
    BOUND_LIST,
    BOUND_NULL,
    BOUND_CALL,
} BoundShape;

/* A condition that knows itself how to answer; `block` finds its words cleared. */
typedef struct BoundCall {
    void (*block)(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe);
    Truth (*row)(const BoundFilter *bound, uint32_t row);
    uint32_t cost; /* as of filter_cost */
    bool anchored; /* maybe of the rows without a geometry, and of no others */
} BoundCall;

struct BoundFilter {
    BoundShape shape;
    bool negated; /* MEMBERS, LIST, NULL */
    const Table *table;
    const Column *column;
    bool all_known; /* of the column: every row */
    uint32_t count;
    const BoundFilter *const *parts;
    const StoredSpan *spans;  /* sorted, disjoint: where it is yes */
    const StoredSpan *maybes; /* SPANS: where a known value is maybe */
    uint32_t maybe_count;
    const struct CoarseSpan *coarse; /* SPANS with one span: its coarse form; NULL: none */
    const bool *member;              /* MEMBERS, LIST: by dictionary index */
    const BoundCall *call;           /* CALL */
    const void *state;
};
