#include "atlas/build.h"
#include "atlas/shape.h"
#include "base/hash.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const Box no_box = {1, 1, 0, 0};

static void table_init(TableBuild *table, Kind kind, Audience audience)
{
    const KindInfo *info = kind_info(kind);
    table->kind = kind;
    table->columns = heap_zalloc(info->field_count * sizeof *table->columns);
    for (uint32_t f = 0; f < info->field_count; f++)
        column_init(&table->columns[f], &info->fields[f], info->fields[f].visibility > audience);
    buf_init(&table->keys, UINT32_MAX);
    buf_init(&table->shapes, SIZE_MAX / 2);
    buf_init(&table->buried, UINT32_MAX);
}

void build_drop_rows(TableBuild *table)
{
    for (uint32_t f = 0; f < kind_info(table->kind)->field_count; f++)
        column_done(&table->columns[f]);
    buf_done(&table->keys);
    buf_done(&table->shapes);
    buf_done(&table->buried);
    void *arrays[] = {table->key_ends, table->fresh,   table->digests,
                      table->boxes,    table->anchors, table->shape_ends};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
    table->key_ends = NULL;
    table->fresh = NULL;
    table->digests = NULL;
    table->boxes = NULL;
    table->anchors = NULL;
    table->shape_ends = NULL;
    table->rows = table->cap = 0;
}

void build_drop_sections(TableBuild *table)
{
    for (uint32_t i = 0; i < table->list_count; i++)
        section_list_done(&table->lists[i]);
    free(table->lists);
    table->lists = NULL;
    table->list_count = 0;
}

Err atlas_build_begin(const char *dir, Audience audience, int64_t commit, Atlas *base, AtlasBuild **ret)
{
    if (base && atlas_audience(base) != audience)
        return fail(ERR_BUILD, "detail", "the base is of another audience", NULL);
    if (strlen(dir) > PATH_MAX_BYTES - 2 * SEGMENT_NAME_MAX)
        return fail_write(dir, ENAMETOOLONG);
    if (mkdir(dir, 0755) != 0 && errno != EEXIST)
        return fail_write(dir, errno);
    AtlasBuild *build = heap_zalloc(sizeof *build);
    build->dir = heap_alloc(strlen(dir) + 1);
    strcpy(build->dir, dir);
    build->audience = audience;
    build->commit = commit;
    build->base = base ? atlas_ref(base) : NULL;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        table_init(&build->tables[kind], (Kind)kind, audience);
    *ret = build;
    return OK;
}

void atlas_build_abandon(AtlasBuild *build)
{
    if (!build)
        return;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        build_drop_rows(&build->tables[kind]);
        build_drop_sections(&build->tables[kind]);
        free(build->tables[kind].columns);
    }
    atlas_unref(build->base);
    free(build->dir);
    free(build);
}

static void more_rows(TableBuild *table)
{
    enum { FIRST = 64 };
    table->cap = table->cap ? table->cap * 2 : FIRST;
    table->key_ends = heap_grow(table->key_ends, table->cap * sizeof *table->key_ends);
    table->fresh = heap_grow(table->fresh, table->cap * sizeof *table->fresh);
    table->digests = heap_grow(table->digests, table->cap * sizeof *table->digests);
    table->boxes = heap_grow(table->boxes, table->cap * sizeof *table->boxes);
    table->anchors = heap_grow(table->anchors, table->cap * sizeof *table->anchors);
    table->shape_ends = heap_grow(table->shape_ends, table->cap * sizeof *table->shape_ends);
}

static Err add_shape(TableBuild *table, uint32_t row, const Geometry *shape)
{
    table->boxes[row] = no_box;
    table->anchors[row] = (Point){0, 0};
    if (shape && shape->type != GEOM_NONE) {
        Point anchor = geometry_anchor(shape);
        TRY(shape_pack(&table->shapes, shape, anchor));
        table->boxes[row] = geometry_box(shape);
        table->anchors[row] = anchor;
    }
    table->shape_ends[row] = table->shapes.len;
    return OK;
}

/* What a row's digest is taken of: numbers for the key, the freshness, the shape and every value it has. */
typedef struct Words {
    uint64_t at[8 + 2 * FIELDS_MAX];
    uint32_t count;
} Words;

static Err add_values(TableBuild *table, uint32_t row, const Value *values, Words *words)
{
    uint32_t count = kind_info(table->kind)->field_count;
    for (uint32_t f = 0; f < count; f++) {
        ColumnBuild *column = &table->columns[f];
        if (values[f].state == VALUE_UNKNOWN || column->hidden || column->field->near)
            continue;
        words->at[words->count++] = (uint64_t)column->field->tag << 8 | values[f].state;
        TRY(column_set(column, row, &values[f], &words->at[words->count++]));
    }
    return OK;
}

static uint64_t digest_row(const TableBuild *table, uint32_t row, Str key, Words *words)
{
    uint64_t start = row ? table->shape_ends[row - 1] : 0;
    Freshness fresh = table->fresh[row];
    words->at[words->count++] = hash64(key.ptr, key.len);
    words->at[words->count++] = hash64(buf_view(&table->shapes).ptr + start, table->shape_ends[row] - start);
    words->at[words->count++] =
        (uint64_t)(uint32_t)table->anchors[row].lon << 32 | (uint32_t)table->anchors[row].lat;
    words->at[words->count++] = (uint64_t)(uint32_t)fresh.as_of.first << 32 | (uint32_t)fresh.as_of.last;
    words->at[words->count++] = (uint32_t)fresh.refresh_d;
    return hash64_seed(words->at, words->count * sizeof *words->at, (uint64_t)table->kind);
}

static Err check_row(const AtlasBuild *build, Kind kind, Str key)
{
    if (build->base && kind == KIND_FACILITY)
        return fail(ERR_BUILD, "detail", "a facility changes distances everywhere: build a base", NULL);
    if (!key_valid(key))
        return fail(ERR_BUILD, "detail", "a key that is none", NULL);
    return OK;
}

static Err check_fresh(Freshness fresh)
{
    if (fresh.as_of.first > fresh.as_of.last || fresh.as_of.first < date_day(DATE_YEAR_MIN, 1, 1) ||
        fresh.as_of.last > date_day(DATE_YEAR_MAX, 12, 31) || fresh.refresh_d < 0)
        return fail(ERR_BUILD, "detail", "an as-of date that is out of range", NULL);
    return OK;
}

Err atlas_build_add(AtlasBuild *build, Kind kind, Str key, const Value *values, const Geometry *shape,
                    Freshness fresh)
{
    TableBuild *table = &build->tables[kind];
    TRY(check_row(build, kind, key));
    TRY(check_fresh(fresh));
    if (table->failed || table->lists)
        return fail(ERR_BUILD, "detail",
                    table->failed ? "a row before this one failed" : "the table is sealed", NULL);
    if (table->rows == ROWS_MAX)
        return fail(ERR_LIMIT, "what", kind_info(kind)->name, "limit", num_c(ROWS_MAX), NULL);
    if (table->rows == table->cap)
        more_rows(table);
    uint32_t row = table->rows;
    Words words = {.count = 0};
    table->failed = true; /* until the row is in as a whole */
    TRY(add_shape(table, row, shape));
    TRY(add_values(table, row, values, &words));
    buf_str(&table->keys, key);
    TRY(buf_check(&table->keys, "keys"));
    table->failed = false;
    table->key_ends[row] = (uint32_t)table->keys.len;
    table->fresh[row] = fresh;
    table->digests[row] = digest_row(table, row, key, &words);
    table->rows++;
    return OK;
}

Err atlas_build_bury(AtlasBuild *build, Kind kind, Str key)
{
    TRY(check_row(build, kind, key));
    if (!build->base)
        return OK; /* a base holds what was added and nothing else */
    buf_varint(&build->tables[kind].buried, key.len);
    buf_str(&build->tables[kind].buried, key);
    return buf_check(&build->tables[kind].buried, "keys");
}

Str build_key(const TableBuild *table, uint32_t row)
{
    uint32_t start = row ? table->key_ends[row - 1] : 0;
    return (Str){table->keys.ptr + start, table->key_ends[row] - start};
}

bool build_next_buried(const TableBuild *table, const uint8_t **at, Str *ret_key)
{
    const uint8_t *start = (const uint8_t *)table->buried.ptr,
                  *end = start ? start + table->buried.len : start;
    uint64_t len;
    if (!*at)
        *at = start;
    if (*at == end || !varint_read(at, end, &len))
        return false;
    *ret_key = (Str){(const char *)*at, len};
    *at += len;
    return true;
}
