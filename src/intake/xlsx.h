/* intake/xlsx.h: a workbook (ECMA-376: .xlsx), sheet by sheet and row by row, in memory that does not grow
 * with the rows: only the shared texts are kept. Formulas are not worked out: the value that was kept beside
 * one is read. One thread at a time. */
#pragma once
#include "intake/grid.h"

enum { XLSX_MERGES_MAX = 200000 };

typedef struct Xlsx Xlsx;

/* Takes the descriptor, which must be seekable. Errors of package.h; ERR_WORKBOOK, ERR_LIMIT. */
MUST_USE Err xlsx_open(int fd, Xlsx **ret);
void xlsx_close(Xlsx *xlsx); /* NULL is fine */

/* In their order in the workbook. Borrows until xlsx_close. */
const SheetInfo *xlsx_sheets(const Xlsx *xlsx, uint32_t *ret_count);

/* Begins a sheet; the one before is left. A chart, which has no rows, is an empty sheet. */
MUST_USE Err xlsx_sheet(Xlsx *xlsx, uint32_t sheet);

/* The next row that the file has, also when all its cells are blank. *ret_more false: there was none. After
 * an error there is no next row; ERR_WORKBOOK and ERR_LIMIT say sheet and row. */
MUST_USE Err xlsx_next(Xlsx *xlsx, GridRow *ret, bool *ret_more);
