/* app/table_file.h: what a list shows, as a file to read elsewhere: CSV for a spreadsheet, GeoJSON for a map.
 * Made from the audience's atlas and, for the sources, from the ledger. (`lianpu export`, which import reads
 * back, is app/export.h.) */
#pragma once
#include "app/query.h"

enum { FILE_ROWS_MAX = 20000 }; /* a larger list is refused: narrow it, or use `lianpu export` */

typedef enum TableFormat { TABLE_CSV, TABLE_GEOJSON } TableFormat;

/* The rows that the query's filter and box are true of, in its order (limit and offset are not read).
 * Columns: id, the fields this audience may see in the model's order, as_of, sources (those that a value of
 * the row is from), sample (the fields whose value is sample data in a row that is not). In CSV a text that a
 * spreadsheet would take for a formula begins with an apostrophe. ERR_LIMIT, and the list's errors. */
MUST_USE Err table_file(Arena *arena, Store *store, const Atlas *atlas, const ListQuery *query,
                        TableFormat format, Buf *out);
