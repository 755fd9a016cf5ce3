/* atlas/filter_node.h: what a compiled filter is made of. Only the filter_*.c files include it. */
#pragma once
#include "atlas/filter.h"

/* Numbers (scaled) and days: least … greatest, both included. */
typedef struct Span {
    int64_t least, greatest;
} Span;

typedef enum FilterShape {
    SHAPE_TRUE,
    SHAPE_FALSE,
    SHAPE_AND,
    SHAPE_OR,
    SHAPE_NOT,        /* parts[0] */
    SHAPE_SPANS,      /* NUM, BOOL, DATE: in any of the spans */
    SHAPE_TEXTS,      /* the others: equal to any of the texts; of lists: containing any */
    SHAPE_TEXT_RANGE, /* TEXT: from least_text to greatest_text, by bytes */
    SHAPE_OFFER,      /* CODE */
    SHAPE_NULL,
    SHAPE_BOX,
    SHAPE_LIKE,  /* as TEXTS, but matching texts[0], a pattern */
    SHAPE_PLACE, /* the row's shape RELATION place */
} FilterShape;

struct Filter {
    FilterShape shape;
    bool negated; /* SPANS, TEXTS, TEXT_RANGE, LIKE: true of the known values it would be false of; NULL: of
                     the rest */
    bool folded;  /* TEXTS, LIKE: compared as text_search_form has them */
    uint32_t field;
    uint32_t count; /* of what the shape has: parts, spans, texts */
    const Filter *const *parts;
    const Span *spans; /* sorted, apart by at least one value */
    const Str *texts;
    const Str *least_text, *greatest_text; /* NULL: open end */
    bool least_left_out, greatest_left_out;
    Box box;
    Relation relation;     /* PLACE */
    const Geometry *place; /* PLACE */
    bool place_is_box;     /* PLACE: was written as one */
};

/* Sorts and joins in place; drops spans that are inside out. Returns how many are left. */
uint32_t spans_join(Span *spans, uint32_t count);

Filter *filter_node(Arena *arena, FilterShape shape, uint32_t field);

/* Is `text` a value that the field may be compared with for equality? ERR_FILTER_TYPE if it is no code of the
 * field's list. */
MUST_USE Err filter_check_code(const Field *field, Str text);

/* ERR_FILTER_TYPE for what can only be compared with = <> IN: codes, references, lists. */
MUST_USE Err filter_check_order(const Field *field);
