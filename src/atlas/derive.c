#include "atlas/build.h"
#include "atlas/nearest.h"
#include "atlas/tasks.h"
#include "base/hash.h"
#include <string.h>

enum { CHUNK_ROWS = 8192, NO_DISTANCE = -1 };

typedef struct Derived {
    uint32_t field;
    const Nearest *nearest; /* NULL: there is no facility of this type */
    int32_t *metres;        /* by row of the build */
    int8_t *states;
} Derived;

typedef struct Derive {
    TableBuild *table;
    const uint32_t *order;
    Derived fields[FIELDS_MAX];
    uint32_t count;
} Derive;

static uint32_t facility_type_field(void)
{
    int at = field_index(KIND_FACILITY, STR("type"));
    return at < 0 ? 0 : (uint32_t)at;
}

/* Places of the facilities of this type, from the rows being built. */
static uint32_t places_of_build(const TableBuild *table, int code, Point *places)
{
    const ColumnBuild *types = &table->columns[facility_type_field()];
    uint32_t count = 0;
    for (uint32_t row = 0; row < table->rows; row++)
        if (nums_get(&types->states, row) == VALUE_KNOWN && nums_get(&types->values, row) == code &&
            table->boxes[row].west <= table->boxes[row].east)
            places[count++] = table->anchors[row];
    return count;
}

/* The same from the live rows of an atlas. */
static uint32_t places_of_atlas(const Atlas *atlas, int code, Point *places)
{
    uint32_t count = 0;
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, KIND_FACILITY, s);
        const Column *types = &table->columns[facility_type_field()];
        for (uint32_t row = 0; row < table->rows; row++)
            if (bits_get(table->live, row) && table_has_shape(table, row) && bits_get(types->known, row) &&
                column_stored(types, row) == (uint64_t)code)
                places[count++] = table->anchors[row];
    }
    return count;
}

static const Nearest *nearest_of(Arena *arena, const AtlasBuild *build, const char *type)
{
    const Field *types = &kind_info(KIND_FACILITY)->fields[facility_type_field()];
    int code = types->codes ? code_index(types->codes, str_of(type)) : -1;
    const TableBuild *facilities = &build->tables[KIND_FACILITY];
    uint32_t most = build->base ? atlas_count(build->base, KIND_FACILITY) : facilities->rows;
    Point *places = arena_array(arena, Point, most);
    uint32_t count = 0;
    if (code >= 0)
        count = build->base ? places_of_atlas(build->base, code, places)
                            : places_of_build(facilities, code, places);
    Nearest *nearest = NULL;
    if (count)
        nearest_build(arena, places, count, &nearest);
    return nearest;
}

/* In Hilbert order a row's nearest place is mostly that of the row before. */
static void derive_chunk(uint32_t chunk, void *user)
{
    Derive *derive = user;
    TableBuild *table = derive->table;
    uint32_t hints[FIELDS_MAX] = {0};
    uint32_t start = chunk * CHUNK_ROWS, end = start + CHUNK_ROWS;
    for (uint32_t i = start; i < end && i < table->rows; i++) {
        uint32_t row = derive->order[i];
        int64_t all[FIELDS_MAX];
        bool placed = table->boxes[row].west <= table->boxes[row].east;
        NearestFrom from;
        nearest_from(table->anchors[row], &from);
        for (uint32_t d = 0; d < derive->count; d++) {
            Derived *field = &derive->fields[d];
            all[d] = NO_DISTANCE;
            if (field->nearest && placed)
                all[d] = nearest_m(field->nearest, &from, &hints[d]);
            if (all[d] == NO_DISTANCE)
                continue;
            field->metres[row] = (int32_t)all[d];
            field->states[row] = VALUE_KNOWN;
        }
        table->digests[row] = hash64_seed(all, derive->count * sizeof *all, table->digests[row]);
    }
}

void build_derive(AtlasBuild *build, TableBuild *table, const uint32_t *order)
{
    const KindInfo *info = kind_info(table->kind);
    Derive derive = {.table = table, .order = order};
    Arena *arena = arena_new();
    for (uint32_t f = 0; f < info->field_count; f++) {
        if (!info->fields[f].near || table->columns[f].hidden)
            continue;
        Derived *field = &derive.fields[derive.count++];
        field->field = f;
        field->nearest = nearest_of(arena, build, info->fields[f].near);
        if (!field->nearest)
            continue;
        field->metres = heap_zalloc(table->rows * sizeof *field->metres);
        field->states = heap_zalloc(table->rows);
        table->columns[f].values = (Nums){field->metres, table->rows, sizeof *field->metres};
        table->columns[f].states = (Nums){field->states, table->rows, 1};
    }
    if (derive.count)
        tasks_run((table->rows + CHUNK_ROWS - 1) / CHUNK_ROWS, true, derive_chunk, &derive);
    arena_free(arena);
}

/* Is this facility of the type, and this far? */
static bool is_at(const Table *table, uint32_t row, const Column *types, uint32_t code, Point from,
                  int64_t metres)
{
    return bits_get(table->live, row) && table_has_shape(table, row) && bits_get(types->known, row) &&
           column_stored(types, row) == code && distance_m(from, table->anchors[row]) == metres;
}

Err atlas_nearest(const Atlas *atlas, Kind kind, RowRef at, uint32_t field, RowRef *ret_facility)
{
    const Table *table = atlas_table(atlas, kind, at.segment);
    const Column *column = &table->columns[field];
    RowRef found = {0, 0};
    Str found_key = {NULL, 0};
    uint32_t code = 0;
    bool known = column->field->near && column->values && bits_get(column->known, at.row);
    for (uint32_t s = 0; known && s < atlas_segments(atlas); s++) {
        const Table *facilities = atlas_table(atlas, KIND_FACILITY, s);
        const Column *types = &facilities->columns[facility_type_field()];
        if (!column_find(types, str_of(column->field->near), &code))
            continue;
        for (uint32_t row = 0; row < facilities->rows; row++) {
            if (!is_at(facilities, row, types, code, table->anchors[at.row], column_num(column, at.row)))
                continue;
            Str key = table_key(facilities, row);
            if (found_key.ptr && str_cmp(key, found_key) >= 0)
                continue;
            found = (RowRef){s, row};
            found_key = key;
        }
    }
    if (!found_key.ptr)
        return fail(ERR_NOT_FOUND, "what", column->field->name, NULL);
    *ret_facility = found;
    return OK;
}
