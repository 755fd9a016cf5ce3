#include "atlas/build.h"
#include "atlas/tasks.h"
#include "atlas/textsort.h"
#include <stdlib.h>
#include <string.h>

enum { LARGE_ROWS = 16 * 1024 };

/* One table on its way into sections. */
typedef struct Freeze {
    AtlasBuild *build;
    TableBuild *table;
    uint32_t *by_key; /* the build's rows in key order */
    uint32_t *order;  /* the build's rows in the segment's order */
    SectionList *lists;
} Freeze;

/* What is encoded apart from the columns; each is one task and one list of sections. */
enum { LIST_NAMES, LIST_KEYS, LIST_PLACES, LIST_TREE, LISTS_OF_TABLE };

static bool in_key_order(const TableBuild *table)
{
    for (uint32_t row = 1; row < table->rows; row++)
        if (str_cmp(build_key(table, row - 1), build_key(table, row)) >= 0)
            return false;
    return true;
}

static Err sort_keys(Freeze *freeze)
{
    const TableBuild *table = freeze->table;
    for (uint32_t row = 0; row < table->rows; row++)
        freeze->by_key[row] = row;
    if (in_key_order(table))
        return OK;
    text_sort(table->keys.ptr, table->key_ends, freeze->by_key, table->rows);
    for (uint32_t i = 1; i < table->rows; i++) {
        Str key = build_key(table, freeze->by_key[i]);
        if (!str_eq(build_key(table, freeze->by_key[i - 1]), key))
            continue;
        char detail[FAULT_TEXT_MAX] = "a key was added twice: ";
        strncat(detail, str_c(key), sizeof detail - strlen(detail) - 1);
        return fail(ERR_BUILD, "detail", detail, NULL);
    }
    return OK;
}

/* Along the Hilbert curve; on the same point by key; rows without a geometry last, by key. */
static void choose_order(Freeze *freeze)
{
    const TableBuild *table = freeze->table;
    uint64_t *places = heap_alloc(table->rows * sizeof *places);
    for (uint32_t i = 0; i < table->rows; i++) {
        uint32_t row = freeze->order[i] = freeze->by_key[i];
        bool has_shape = table->boxes[row].west <= table->boxes[row].east;
        places[i] = has_shape ? hilbert_of(table->anchors[row]) : UINT64_C(1) << 32;
    }
    number_sort(places, freeze->order, table->rows);
    free(places);
}

static void encode_keys(const Freeze *freeze, SectionList *list)
{
    const TableBuild *table = freeze->table;
    uint32_t rows = table->rows, at = 0;
    TableMeta *meta = section_make(list, table->kind, 0, PART_TABLE, sizeof *meta);
    meta->rows = rows;
    uint32_t *ends = section_make(list, table->kind, 0, PART_KEY_ENDS, rows * sizeof *ends);
    char *keys = section_make(list, table->kind, 0, PART_KEYS, table->keys.len);
    uint32_t *by_key = section_make(list, table->kind, 0, PART_BY_KEY, rows * sizeof *by_key);
    Freshness *fresh = section_make(list, table->kind, 0, PART_FRESH, rows * sizeof *fresh);
    uint64_t *digests = section_make(list, table->kind, 0, PART_DIGESTS, rows * sizeof *digests);
    uint32_t *places = heap_alloc(rows * sizeof *places);
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t row = freeze->order[i];
        Str key = build_key(table, row);
        memcpy(keys + at, key.ptr, key.len);
        ends[i] = at += (uint32_t)key.len;
        fresh[i] = table->fresh[row];
        digests[i] = table->digests[row];
        places[row] = i;
    }
    for (uint32_t i = 0; i < rows; i++)
        by_key[i] = places[freeze->by_key[i]];
    free(places);
}

static void encode_places(const Freeze *freeze, SectionList *list)
{
    const TableBuild *table = freeze->table;
    uint32_t rows = table->rows;
    Box *boxes = section_make(list, table->kind, 0, PART_BOXES, rows * sizeof *boxes);
    Point *anchors = section_make(list, table->kind, 0, PART_ANCHORS, rows * sizeof *anchors);
    uint64_t *ends = section_make(list, table->kind, 0, PART_SHAPE_ENDS, rows * sizeof *ends);
    char *shapes = section_make(list, table->kind, 0, PART_SHAPES, table->shapes.len);
    uint64_t at = 0;
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t row = freeze->order[i];
        uint64_t start = row ? table->shape_ends[row - 1] : 0, len = table->shape_ends[row] - start;
        boxes[i] = table->boxes[row];
        anchors[i] = table->anchors[row];
        if (len)
            memcpy(shapes + at, table->shapes.ptr + start, len);
        ends[i] = at += len;
    }
}

static void encode_tree(const Freeze *freeze, SectionList *list)
{
    const TableBuild *table = freeze->table;
    Box *boxes = heap_alloc(table->rows * sizeof *boxes);
    for (uint32_t i = 0; i < table->rows; i++)
        boxes[i] = table->boxes[freeze->order[i]];
    Arena *arena = arena_new();
    RTree tree;
    rtree_build(arena, boxes, table->rows, &tree);
    free(boxes);
    memcpy(section_make(list, table->kind, 0, PART_TREE, tree.size), tree.bytes, tree.size);
    arena_free(arena);
}

static void freeze_task(uint32_t task, void *user)
{
    Freeze *freeze = user;
    SectionList *list = &freeze->lists[task];
    if (task == LIST_NAMES) { /* the longest: it goes first */
        names_encode(freeze->table, freeze->order, freeze->by_key, list);
    } else if (task == LIST_KEYS) {
        encode_keys(freeze, list);
    } else if (task == LIST_PLACES) {
        encode_places(freeze, list);
    } else if (task == LIST_TREE) {
        encode_tree(freeze, list);
    } else {
        uint32_t field = task - LISTS_OF_TABLE;
        ColumnBuild *column = &freeze->table->columns[field];
        column_encode(column, freeze->table->kind, field + 1, freeze->order, freeze->table->rows, list);
        if (!names_read(column->field)) /* else LIST_NAMES may be at it */
            column_done(column);        /* its memory is needed for the next ones */
    }
}

static int compare_rows(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The base's rows that a delta has anew or buries. */
static void freeze_replaced(const AtlasBuild *build, const TableBuild *table, SectionList *list)
{
    if (!build->base)
        return;
    const Table *under = atlas_table(build->base, table->kind, 0);
    uint32_t count = 0, cap = table->rows;
    uint32_t *rows = heap_alloc(cap * sizeof *rows);
    for (uint32_t row = 0; row < table->rows; row++)
        count += table_find(under, build_key(table, row), &rows[count]);
    const uint8_t *at = NULL;
    for (Str key; build_next_buried(table, &at, &key);) {
        if (count == cap) {
            cap = 2 * cap + 16;
            rows = heap_grow(rows, cap * sizeof *rows);
        }
        count += table_find(under, key, &rows[count]);
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    uint32_t different = 0;
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || rows[i] != rows[i - 1])
            rows[different++] = rows[i];
    if (different)
        memcpy(section_make(list, table->kind, 0, PART_REPLACED, different * sizeof *rows), rows,
               different * sizeof *rows);
    free(rows);
}

/* Each task has a list of its own; the last list is that of freeze_replaced. */
static Err freeze_table(AtlasBuild *build, TableBuild *table)
{
    const uint32_t tasks = LISTS_OF_TABLE + kind_info(table->kind)->field_count;
    Freeze freeze = {.build = build, .table = table};
    freeze.by_key = heap_alloc(table->rows * sizeof *freeze.by_key);
    freeze.order = heap_alloc(table->rows * sizeof *freeze.order);
    Err err;
    TRY_GOTO(sort_keys(&freeze));
    table->list_count = tasks + 1;
    table->lists = freeze.lists = heap_zalloc(table->list_count * sizeof *table->lists);
    freeze_replaced(build, table, &table->lists[tasks]);
    if (table->rows) {
        choose_order(&freeze);
        build_derive(build, table, freeze.order);
        tasks_run(tasks, table->rows >= LARGE_ROWS, freeze_task, &freeze);
    }
    build_drop_rows(table);
done:
    free(freeze.by_key);
    free(freeze.order);
    return err;
}

static Err freeze_once(AtlasBuild *build, TableBuild *table)
{
    if (table->failed)
        return fail(ERR_BUILD, "detail", "a row could not be added", NULL);
    return table->lists ? OK : freeze_table(build, table);
}

Err atlas_build_seal(AtlasBuild *build, Kind kind)
{
    return kind == KIND_FACILITY ? OK : freeze_once(build, &build->tables[kind]);
}

Err build_freeze(AtlasBuild *build)
{
    /* The facilities' places and types are needed by all others: they are last. */
    for (int i = 1; i <= KIND_COUNT; i++)
        TRY(freeze_once(build, &build->tables[(KIND_FACILITY + i) % KIND_COUNT]));
    return OK;
}
