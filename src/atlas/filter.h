/* atlas/filter.h: conditions over one kind, compiled once and run over an atlas.
 *
 * They are CQL2 (OGC 21-065r2), as text or as JSON, the part of it that docs/filter.md lists: = <> < <= > >=,
 * AND OR NOT, [NOT] IN, [NOT] BETWEEN, [NOT] LIKE, IS [NOT] NULL, TRUE, FALSE, CASEI; S_INTERSECTS and its
 * like with BBOX, POINT, POLYGON, MULTIPOLYGON; T_BEFORE and its like with DATE and INTERVAL; dates as
 * DATE('2023-06') or a plain '2023-06-30'. Units are the field's own.
 *
 * A row answers yes, maybe or no. AND, OR, NOT are Kleene's.
 *     the value is      comparison, IN, BETWEEN, LIKE, T_…, also with NOT     IS NULL
 *     known             yes or no; see dates                                  no
 *     unknown           maybe                                                 yes
 *     withheld          maybe                                                 no: there is a value
 *     not applicable    no                                                    no: there is known to be none
 * So `gas_left_m3h <> 5` is no where gas does not apply, and `NOT gas_left_m3h = 5` is yes there.
 *
 * A date that is only partly known is a day somewhere in its span. The literal '2023-06' is all its days: =
 * asks whether the day is one of them, < whether it is before them all, <= whether it is not after them all.
 * Where the days of the span disagree the answer is maybe. An interval goes from the first day of its first
 * date to the last of its last; T_… asks of each end of the row what CQL2 says, and an end that nothing is
 * asked of may be unknown.
 *
 * A list (tiers, regions) = 'x' when it contains x, <> 'x' when it does not; IN and LIKE when any of it is
 * meant. Texts compare by bytes; in CASEI, on either side, by text_search_form: without case, accents, width
 * and traditional forms. Places relate as geo/relate.h says, exactly, by the row's own shape; a row without
 * geometry answers maybe, also to S_DISJOINT. */
#pragma once
#include "atlas/atlas.h"
#include "base/json.h"
#include "geo/relate.h"

typedef struct Filter Filter;

enum {
    FILTER_BYTES_MAX = 64 * 1024,
    FILTER_DEPTH_MAX = 64,
    FILTER_NODES_MAX = 2000,
    FILTER_IN_MAX = 1000,
    FILTER_CORNERS_MAX = 4000, /* of all its polygons */
    FILTER_MS_MAX = 500,       /* that it may be expected to take */
    FILTER_MEMORY_MAX = 256 * 1024 * 1024,
};

typedef enum FilterOp { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE } FilterOp;

/* "" gives a filter that is true of every row. The filter lives in the arena; `text` is borrowed.
 * ERR_FILTER_SYNTAX (at: the byte it failed at, from 0; near: what stands there; want: what was expected),
 * ERR_FILTER_DEPTH, ERR_FILTER_TYPE (field, want, value), ERR_FILTER_OPERATOR (field, op, want), ERR_RANGE
 * (BETWEEN or INTERVAL ends the wrong way round), ERR_GEOMETRY (a polygon that crosses itself, with its
 * place), ERR_FIELD_UNKNOWN (also for a field the audience may not see), ERR_FIELD_NOT_FILTERABLE, ERR_LIMIT.
 */
MUST_USE Err filter_parse(Arena *arena, Kind kind, Audience audience, Str text, const Filter **ret);

/* The same from CQL2 JSON: {"op": "and", "args": […]}. Faults name the place as a JSON pointer: ERR_JSON,
 * ERR_FILTER_JSON (pointer, near, want, example), and the others with `pointer`. */
MUST_USE Err filter_parse_json(Arena *arena, Kind kind, Audience audience, Str text, const Filter **ret);

/* The same from a value of a document; `pointer` is where it stands there ("/filter"; "" for all of it).
 * Borrows both. */
MUST_USE Err filter_read_json(Arena *arena, Kind kind, Audience audience, const Json *value,
                              const char *pointer, const Filter **ret);

/* Writes a filter that one of these made, so that reading it gives the same filter again; numbers of more
 * than 15 digits are exact in text only. */
void filter_write_text(Buf *buf, Kind kind, const Filter *filter);
void filter_write_json(JsonOut *out, Kind kind, const Filter *filter);

/* The same pieces, for whoever builds a filter without text. Numbers are scaled as the field is; texts are
 * copied. Visibility is the caller's affair: a hidden field reads as unknown. */

/* Either end may be NULL; inclusive; a date's ends are the first and the last of their days. ERR_RANGE if
 * least > greatest; ERR_FILTER_TYPE for lists, codes and references. */
MUST_USE Err filter_between(Arena *arena, Kind kind, uint32_t field, const Value *least,
                            const Value *greatest, const Filter **ret);

/* Any of these codes, keys or texts. ERR_FILTER_TYPE for a code that is not in the field's list, or a field
 * that is a number or a date; ERR_LIMIT above FILTER_IN_MAX. */
MUST_USE Err filter_in(Arena *arena, Kind kind, uint32_t field, const Str *codes, uint32_t count,
                       const Filter **ret);

/* May the plot be had, by the Code.offer of a CODE field: open is yes, promised and unknown are maybe, closed
 * is no. */
const Filter *filter_offer(Arena *arena, uint32_t field);
const Filter *filter_box(Arena *arena, Box box);

/* The row's shape `relation` this place, which must be valid and is kept. */
const Filter *filter_place(Arena *arena, Relation relation, const Geometry *place);
const Filter *filter_and(Arena *arena, const Filter *a, const Filter *b); /* NULL is true; keeps both */

/* Which live rows it is true of, and which it may be true of: two bitmaps per segment, disjoint. */
typedef struct Selection {
    uint64_t *yes[SEGMENTS_MAX], *maybe[SEGMENTS_MAX];
    uint32_t yes_count, maybe_count;
} Selection;

/* Would running it over this atlas keep within FILTER_MS_MAX and FILTER_MEMORY_MAX? Judged from the sizes of
 * columns and dictionaries and from a sample of the rows; costs far less than running it. NULL is fine.
 * ERR_FILTER_COST (what takes longest, detail: what to do about it, ms, limit), ERR_LIMIT. */
MUST_USE Err filter_affordable(const Atlas *atlas, Kind kind, const Filter *filter);
double filter_estimate_ms(const Table *table, const Filter *filter);

/* `filter` may be NULL (true of every row). The bitmaps live in the arena. */
void filter_run(Arena *arena, const Atlas *atlas, Kind kind, const Filter *filter, Selection *ret);
