/* intake/draft.h: one row while it is read cell by cell, and the issues found on the way. Used by
 * rows.c and chain_file.c alone. */
#pragma once
#include "geo/geometry.h"
#include "intake/headings.h"
#include "intake/rows.h"
#include "store/store.h"

enum { DRAFT_PACKED_MAX_BYTES = 4 * 1024 * 1024, DRAFT_SHAPE_MAX_BYTES = 32 * 1024 * 1024 };

typedef struct Draft {
    const RowOptions *options;
    Issues *issues;
    int64_t number;
    Arena *arena; /* for what lives as long as the row is a draft */
    bool bad;
    Value values[FIELDS_MAX];
    Str key, locator;
    Geometry geometry;
    bool has_as_of, geometry_is_json;
    DateSpan as_of;
} Draft;

/* Forgets the row before. Keeps what it is given. */
void draft_begin(Draft *draft, const RowOptions *options, Issues *issues, Arena *arena, int64_t number);

/* One cell. `list`: the file wrote it as a list. `column`: as the file calls it. */
void draft_cell(Draft *draft, Target target, Str column, Str text, bool list);

/* What has to do with the row as a whole: what it must have, what must agree. */
void draft_check(Draft *draft);

/* Adds the calling thread's fault as an issue of this row, which is bad now. */
void draft_reject(Draft *draft, Str column);

/* Is it illustrative where such rows are not wanted? */
bool draft_left_out(const Draft *draft);

/* A good draft as the row that the ledger keeps; its texts are copied into `arena`. `payload` and `shape`:
 * scratch, of the limits above. ERR_LIMIT. */
MUST_USE Err draft_row(const Draft *draft, Arena *arena, Buf *payload, Buf *shape, Row *ret);
