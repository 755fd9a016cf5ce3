/* intake/rows.h: a file (CSV or GeoJSON) → checked rows, packed as the ledger keeps them.
 *
 * Besides the kind's fields a file may give: `id` (it must), `geometry` (WKT in a CSV), `as_of`, `locator`. A
 * heading that nobody knows refuses the whole file. A bad cell is an issue: it says row, column, value, what
 * was expected and an example; its row is bad, the others go on. One thread at a time. */
#pragma once
#include "intake/input.h"
#include "model/value.h"

enum { ISSUES_MAX = 100 /* told; all are counted */ };

typedef struct RowOptions {
    Kind kind;
    bool has_as_of;       /* else every row must give its own */
    DateSpan as_of;       /* of rows that give none */
    Audience visibility;  /* of rows that give none */
    bool no_illustrative; /* leave out rows whose `how` is illustrative */
} RowOptions;

typedef struct Row {
    int64_t number; /* as csv.h and geojson_reader.h number them */
    Str key, locator;
    Str payload; /* pack_values */
    Str shape;   /* EWKB, or "" */
    DateSpan as_of;
    Audience visibility;
} Row;

typedef enum RowFate { ROW_GOOD, ROW_BAD, ROW_LEFT_OUT, ROWS_END } RowFate;

typedef struct Issue {
    int64_t row;
    char column[64]; /* as the file calls it; "" for the row as a whole */
    Fault fault;     /* with `row` among its arguments */
} Issue;

typedef struct Issues {
    Issue *list;
    uint32_t count; /* in list */
    int64_t total;
} Issues;

typedef struct RowReader RowReader;

/* Keeps the input; the caller closes it after rows_close. Reads the headings of a CSV: ERR_FIELD_UNKNOWN,
 * ERR_FIELD_DERIVED, ERR_FIELD_REQUIRED (no column for it), ERR_CSV, ERR_ENCODING, ERR_LIMIT; an empty file
 * is ERR_CSV. */
MUST_USE Err rows_open(Input *input, const RowOptions *options, RowReader **ret);
void rows_close(RowReader *reader); /* NULL is fine */

/* The next row; on ROW_GOOD its texts lie in `arena`. Errors are the file's as a whole: nothing can be read
 * after one. */
MUST_USE Err rows_next(RowReader *reader, Arena *arena, Row *ret, RowFate *ret_fate);

/* Borrows until the reader is closed. */
const Issues *rows_issues(const RowReader *reader);
