/* atlas/filter_build.h: what CQL2 text and CQL2 JSON have in common: literals, and the nodes that conditions
 * become. filter_parse.c and filter_json.c read the two; whatever they read ends here, so that both mean the
 * same and fail the same. Only the filter_*.c files include it. */
#pragma once
#include "atlas/filter_node.h"

typedef struct Compiler {
    Arena *arena;
    Kind kind;
    Audience audience;
    uint32_t nodes, corners; /* so far */
} Compiler;

/* A literal as it was written. */
typedef enum RawType {
    RAW_NUMBER, /* text: its digits */
    RAW_TEXT,
    RAW_BOOL,
    RAW_DATE, /* DATE('…'), {"date": …}: text is what stands within */
    RAW_OTHER,
} RawType;

typedef struct Raw {
    RawType type;
    bool yes; /* BOOL */
    Str text;
    Str near; /* as it stands there, for messages */
} Raw;

/* The values it stands for: a text, or a span. A number between two values has `between`, and floor in least.
 */
typedef struct Literal {
    Span span;
    bool between;
    Str text;
} Literal;

/* What stands left of an operator. */
typedef struct Operand {
    uint32_t field;
    bool folded; /* CASEI(field) */
} Operand;

/* `near` cut at a character's edge for a message. */
const char *raw_near(Str near);

/* As one of the field's. ERR_FILTER_TYPE. Texts are copied. */
MUST_USE Err literal_of(Compiler *compiler, const Field *field, bool folded, const Raw *raw, Literal *ret);
bool literal_is_text(const Field *field); /* else its literals are spans */

/* The values that `op` is true of with this literal on its right; of <> those that = is true of. */
Span literal_span(Literal literal, FilterOp op);

/* ---- nodes; each counts against FILTER_NODES_MAX (ERR_LIMIT) ---- */

/* ERR_FIELD_UNKNOWN, ERR_FIELD_NOT_FILTERABLE. */
MUST_USE Err build_field(const Compiler *compiler, Str name, uint32_t *ret);

/* May it stand in CASEI? ERR_FILTER_OPERATOR for what is no text. */
MUST_USE Err build_folded(const Compiler *compiler, uint32_t field);

/* ERR_FILTER_OPERATOR, ERR_FILTER_TYPE, ERR_RANGE, ERR_LIMIT. */
MUST_USE Err build_compare(Compiler *compiler, Operand left, FilterOp op, const Raw *right,
                           const Filter **ret);
MUST_USE Err build_between(Compiler *compiler, Operand left, const Raw *least, const Raw *greatest,
                           bool negated, const Filter **ret);
MUST_USE Err build_in(Compiler *compiler, Operand left, const Raw *raws, uint32_t count, bool negated,
                      const Filter **ret);
MUST_USE Err build_like(Compiler *compiler, Operand left, const Raw *pattern, bool negated,
                        const Filter **ret);
MUST_USE Err build_null(Compiler *compiler, uint32_t field, bool negated, const Filter **ret);
MUST_USE Err build_join(Compiler *compiler, FilterShape shape, const Filter *const *parts, uint32_t count,
                        const Filter **ret); /* AND, OR, NOT; keeps the parts */
MUST_USE Err build_truth(Compiler *compiler, bool yes, const Filter **ret);
MUST_USE Err build_spans(Compiler *compiler, uint32_t field, Span *spans, uint32_t count, bool negated,
                         const Filter **ret); /* joins the spans in place and keeps them */

/* ---- places (filter_shape.c) ---- */

typedef enum PlaceOp {
    PLACE_INTERSECTS,
    PLACE_WITHIN,
    PLACE_CONTAINS,
    PLACE_EQUALS,
    PLACE_TOUCHES,
    PLACE_OVERLAPS,
    PLACE_DISJOINT,
    PLACE_CROSSES,
    PLACE_OPS
} PlaceOp;

extern const char *const place_op_names[PLACE_OPS]; /* "S_INTERSECTS" */

#define PLACE_WANTED "POINT, POLYGON, MULTIPOLYGON or BBOX"
#define BOX_WANTED   "west, south, east, north with west <= east and south <= north"

typedef struct PlaceLiteral {
    bool is_box;
    Box box;
    Geometry shape;
} PlaceLiteral;

/* ERR_FIELD_UNKNOWN: rows of this kind have no geometry. */
MUST_USE Err build_has_place(const Compiler *compiler);

/* The row's geometry `op` the place, or, if it stands first (`place_first`), the place `op` the geometry.
 * ERR_GEOMETRY for a polygon that is not valid, ERR_LIMIT above FILTER_CORNERS_MAX in one filter. */
MUST_USE Err build_place(Compiler *compiler, PlaceOp op, const PlaceLiteral *place, bool place_first,
                         const Filter **ret);

/* ---- times (filter_time.c) ---- */

typedef enum TimeOp {
    TIME_AFTER,
    TIME_BEFORE,
    TIME_DISJOINT,
    TIME_EQUALS,
    TIME_INTERSECTS,
    TIME_DURING,
    TIME_CONTAINS,
    TIME_FINISHED_BY,
    TIME_FINISHES,
    TIME_MEETS,
    TIME_MET_BY,
    TIME_OVERLAPPED_BY,
    TIME_OVERLAPS,
    TIME_STARTED_BY,
    TIME_STARTS,
    TIME_OPS
} TimeOp;

extern const char *const time_op_names[TIME_OPS]; /* "T_AFTER" */

#define TIME_WANTED      "a field, DATE('2023-06') or INTERVAL('2023-01', '..')"
#define NO_TIMES_OF_DAY  "a date such as DATE('2023-06-30'): times of day are not kept"
#define FUNCTIONS_WANTED "CASEI, or a function S_INTERSECTS, S_WITHIN … or T_BEFORE, T_DURING …"

typedef enum TimeEndType { TIME_OPEN, TIME_DAYS, TIME_FIELD } TimeEndType;

typedef struct TimeEnd {
    TimeEndType type;
    DateSpan days;
    uint32_t field;
    Str near;
} TimeEnd;

typedef struct TimeArg {
    bool interval; /* else begin and end are the same */
    TimeEnd begin, end;
} TimeArg;

/* ERR_FILTER_TYPE: the field holds no dates, or the text is none ("field": "T_…"). */
MUST_USE Err time_field(const Compiler *compiler, uint32_t field, TimeEnd *ret);
MUST_USE Err time_days(const Compiler *compiler, Str text, Str near, TimeEnd *ret);

/* What should stand there instead, or NULL if the two can be compared. */
const char *time_problem(TimeOp op, const TimeArg *a, const TimeArg *b);

/* Of arguments without a problem. ERR_RANGE: an interval that ends before it begins. */
MUST_USE Err build_time(Compiler *compiler, TimeOp op, const TimeArg *a, const TimeArg *b,
                        const Filter **ret);
