/* intake/merges.h: merged areas of a sheet: which cells show the value of another. Used by xlsx.c alone. */
#pragma once
#include "intake/grid.h"

typedef struct Merge {
    int64_t first_row, last_row;
    uint32_t first_column, last_column;
    Cell shown; /* of its first cell, once that was read; its text is the merge's own */
} Merge;

typedef struct Merges {
    Merge *list; /* by first row, once they are sorted */
    uint32_t count, room;
    uint32_t next;                     /* of those that begin below the row last filled */
    uint32_t active[GRID_COLUMNS_MAX]; /* that the row last filled lies in */
    uint32_t active_count;
    Arena *arena;
} Merges;

void merges_begin(Merges *merges); /* of a sheet */
void merges_done(Merges *merges);

/* "A1:C3". False if it is no area of at least two cells, which says nothing; beyond GRID_COLUMNS_MAX it is
 * cut. */
bool merges_add(Merges *merges, Str area);
void merges_sort(Merges *merges);

/* Fills the cells of a row that show another's value; rows come in order. `cells` has GRID_COLUMNS_MAX
 * places, of which *count are used; more may be used then. ERR_WORKBOOK: areas lie upon each other. */
MUST_USE Err merges_fill(Merges *merges, int64_t row, Cell *cells, uint32_t *count);
