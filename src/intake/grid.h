/* intake/grid.h: a sheet as it came, whatever kind of file it was in: rows of cells, nothing understood yet.
 */
#pragma once
#include "base/date.h"

enum {
    GRID_SHEETS_MAX = 256,
    GRID_COLUMNS_MAX = 1024,
    GRID_ROWS_MAX = 4 * 1024 * 1024,
    GRID_CELL_MAX = 1024 * 1024, /* bytes */
    GRID_NAME_MAX = 400,         /* bytes of a sheet's name */
};

typedef enum CellType {
    CELL_BLANK,
    CELL_TEXT,
    CELL_NUMBER, /* digits with a point: 12.5 */
    CELL_DATE,   /* 2021-03-15, and T08:30 where there is a time */
    CELL_BOOL,   /* true, false */
    CELL_ERROR,  /* #DIV/0!: what the program that wrote the file could not work out */
} CellType;

typedef struct Cell {
    Str text; /* valid until the next row is read */
    CellType type;
    bool merged;  /* not its own: that of a merged area which begins left of it or above */
    bool formula; /* worked out by the program that wrote the file */
} Cell;

typedef struct GridRow {
    int64_t number; /* as a spreadsheet shows it: from 1, blank rows count */
    const Cell *cells;
    uint32_t count; /* 0 … GRID_COLUMNS_MAX; what stands behind is blank */
} GridRow;

typedef struct SheetInfo {
    Str name;
    bool hidden;
} SheetInfo;

/* The day of a spreadsheet's serial number (1 is 1900-01-01, and 1900 had a February 29; `from_1904`: 0 is
 * 1904-01-01). False before and after the years that dates may have. */
MUST_USE bool grid_serial_day(double serial, bool from_1904, int32_t *ret_day);

/* "AB12" → row 12, column 27 (from 0). False if it is no such place. */
MUST_USE bool grid_place(Str text, int64_t *ret_row, uint32_t *ret_column);
void grid_column_name(uint32_t column, char ret[8]); /* 27 → "AB" */
