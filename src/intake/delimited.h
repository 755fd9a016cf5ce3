/* intake/delimited.h: a table of text: commas, semicolons, tabs or bars between cells; in UTF-8, GB18030 or
 * UTF-16. What it is, is found by reading all of it once. One thread at a time. */
#pragma once
#include "intake/grid.h"
#include "text/charset.h"

enum {
    DELIMITED_LINE_MAX = 8 * 1024 * 1024, /* bytes of UTF-8 */
    DELIMITED_LOOK_LINES = 100,           /* lines by which the delimiter is chosen */
    DELIMITED_CELL_LINES_MAX = 200,       /* of a cell in quotation marks */
};

typedef struct Delimited Delimited;

typedef struct DelimitedInfo {
    Charset charset;
    bool mark;      /* a byte order mark stood before it */
    char delimiter; /* ',' also of a file with one column */
} DelimitedInfo;

/* Takes the descriptor, which must be seekable. ERR_ENCODING: of no charset that is known; ERR_CSV: it is
 * empty; ERR_LIMIT, ERR_FILE_READ. */
MUST_USE Err delimited_open(int fd, Delimited **ret);
void delimited_close(Delimited *table); /* NULL is fine */
const DelimitedInfo *delimited_info(const Delimited *table);

/* The next row, blank ones too; its number is that of its first line. A quotation mark that is opened and
 * never closed is left out, and the row is split as if it were not there: *ret_stray. ERR_LIMIT says the row.
 */
MUST_USE Err delimited_next(Delimited *table, GridRow *ret, bool *ret_stray, bool *ret_more);
