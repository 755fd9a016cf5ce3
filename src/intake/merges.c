#include "intake/merges.h"
#include <stdlib.h>
#include <string.h>

void merges_begin(Merges *merges)
{
    if (!merges->arena)
        merges->arena = arena_new();
    arena_reset(merges->arena);
    merges->count = merges->next = merges->active_count = 0;
}

void merges_done(Merges *merges)
{
    arena_free(merges->arena);
    free(merges->list);
    *merges = (Merges){0};
}

bool merges_add(Merges *merges, Str area)
{
    Merge merge = {0};
    Str from = str_cut(&area, ':');
    if (!grid_place(from, &merge.first_row, &merge.first_column) ||
        !grid_place(area, &merge.last_row, &merge.last_column) || merge.last_row < merge.first_row ||
        merge.last_column < merge.first_column || merge.first_column >= GRID_COLUMNS_MAX)
        return false;
    if (merge.last_column >= GRID_COLUMNS_MAX)
        merge.last_column = GRID_COLUMNS_MAX - 1;
    if (merges->count == merges->room) {
        merges->room = 2 * merges->room + 64;
        merges->list = heap_grow(merges->list, merges->room * sizeof *merges->list);
    }
    merges->list[merges->count++] = merge;
    return true;
}

static int by_first_row(const void *a, const void *b)
{
    const Merge *x = a, *y = b;
    if (x->first_row != y->first_row)
        return x->first_row < y->first_row ? -1 : 1;
    return (x->first_column > y->first_column) - (x->first_column < y->first_column);
}

void merges_sort(Merges *merges)
{
    if (merges->count > 0)
        qsort(merges->list, merges->count, sizeof *merges->list, by_first_row);
}

/* Those that ended above go, those that begin here come. */
static Err enter_row(Merges *merges, int64_t row)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < merges->active_count; i++)
        if (merges->list[merges->active[i]].last_row >= row)
            merges->active[kept++] = merges->active[i];
    merges->active_count = kept;
    for (; merges->next < merges->count && merges->list[merges->next].first_row <= row; merges->next++) {
        if (merges->list[merges->next].last_row < row)
            continue; /* its rows were not in the file */
        if (merges->active_count == GRID_COLUMNS_MAX)
            return fail(ERR_WORKBOOK, "detail", "its merged areas lie upon each other", NULL);
        merges->active[merges->active_count++] = merges->next;
    }
    return OK;
}

static void fill_one(Merges *merges, Merge *merge, int64_t row, Cell *cells, uint32_t *count)
{
    uint32_t from = merge->first_column;
    if (row == merge->first_row) {
        if (from < *count) {
            merge->shown = cells[from];
            merge->shown.text = str_copy(merges->arena, cells[from].text);
            merge->shown.merged = true;
        }
        from++;
    }
    if (merge->shown.type == CELL_BLANK)
        return;
    while (*count <= merge->last_column)
        cells[(*count)++] = (Cell){0};
    for (uint32_t c = from; c <= merge->last_column; c++)
        cells[c] = merge->shown;
}

Err merges_fill(Merges *merges, int64_t row, Cell *cells, uint32_t *count)
{
    TRY(enter_row(merges, row));
    for (uint32_t i = 0; i < merges->active_count; i++)
        fill_one(merges, &merges->list[merges->active[i]], row, cells, count);
    return OK;
}
