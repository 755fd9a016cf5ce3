/* intake/csv.h: CSV (RFC 4180; LF or CR LF; UTF-8, with or without a byte order mark), row by row.
 * A row is numbered as a spreadsheet does: the headings are row 1, blank rows count, a line break within
 * quotes does not. */
#pragma once
#include "intake/input.h"

enum {
    CSV_CELL_MAX = 4 * 1024 * 1024,
    CSV_ROW_MAX = 8 * 1024 * 1024,
    CSV_COLUMNS_MAX = 256,
};

typedef struct Csv Csv;

Csv *csv_new(Input *input); /* keeps the input; the caller closes it after csv_free */
void csv_free(Csv *csv);    /* NULL is fine */

/* The next row that is not blank. *ret_count 0: the end. The cells are valid until the next call. ERR_CSV (a
 * quotation mark out of place or without its partner), ERR_ENCODING, ERR_LIMIT; each says the row. After an
 * error there is no next row. */
MUST_USE Err csv_next(Csv *csv, const Str **ret_cells, uint32_t *ret_count);
int64_t csv_row(const Csv *csv); /* number of the row last returned, or of the one that failed */
