/* A sound segment is written once; each input is a list of changes to its bytes. Checksums are not looked at,
 * as if somebody had made the file to mislead. What still opens is read like an engine reads it. */
#include "atlas/atlas.h"
#include "atlas/segment.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { CHANGE = 8, SOUND_MAX = 1 << 20 };

static char *sound;
static size_t sound_size;

typedef struct Row {
    Kind kind;
    const char *key, *wkt;
    const char *fields[12]; /* name, value, … */
} Row;

static const Row rows[] = {
    {KIND_FACILITY, "port-a", "POINT(113 22)", {"type", "port", "un_locode", "CNJMN"}},
    {KIND_REGION,
     "440705",
     "MULTIPOLYGON(((113 22, 114 22, 114 23, 113 22)), ((115 22, 116 22, 116 23, 115 22)))",
     {"level", "county", "name_zh", "新会区"}},
    {KIND_PARK,
     "park-a",
     "POINT(113.1 22.5)",
     {"tiers", "pilot_zone;industrial", "regions", "440705;440704"}},
    {KIND_PARCEL,
     "a",
     "POLYGON((113.01 22.5, 113.02 22.5, 113.02 22.501, 113.01 22.5))",
     {"area_m2", "100", "land_use", "M1", "name_zh", "甲", "available_from", "2023", "gas_left_m3h", "n/a"}},
    {KIND_PARCEL,
     "b",
     NULL,
     {"area_m2", "99999999", "available_from", "2024-02", "heat_left_tph", "withheld"}},
    {KIND_PARCEL, "c", "POINT(113.3 22.4)", {"park", "park-a", "name_zh", "乙", "power_state", "done"}},
};

static void must(bool so)
{
    if (!so)
        abort();
}

static void add(Arena *arena, AtlasBuild *build, const Row *row)
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    Geometry shape = {.type = GEOM_NONE};
    for (int i = 0; row->fields[i]; i += 2) {
        int field = field_index(row->kind, str_of(row->fields[i]));
        must(field >= 0 && value_parse(arena, &kind_info(row->kind)->fields[field],
                                       str_of(row->fields[i + 1]), &values[field]) == OK);
    }
    must(!row->wkt || geometry_from_wkt(arena, str_of(row->wkt), &shape) == OK);
    must(atlas_build_add(build, row->kind, str_of(row->key), values, &shape,
                         (Freshness){{19000, 19030}, 90}) == OK);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    char dir[] = "/tmp/lianpu-fuzz-XXXXXX", path[300], name[ATLAS_NAME_MAX];
    Arena *arena = arena_new();
    AtlasBuild *build;
    must(mkdtemp(dir) && atlas_build_begin(dir, AUDIENCE_PUBLIC, 1, NULL, &build) == OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add(arena, build, &rows[i]);
    must(atlas_build_write(build, name) == OK);
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "rb");
    must(file);
    sound = malloc(SOUND_MAX);
    sound_size = fread(sound, 1, SOUND_MAX, file);
    fclose(file);
    must(unlink(path) == 0 && rmdir(dir) == 0 && sound_size > 0);
    arena_free(arena);
    return 0;
}

static bool seen(uint32_t row, void *user)
{
    *(uint32_t *)user += row;
    return true;
}

static void read_table(Arena *arena, const Table *table)
{
    const Box world = {INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX};
    uint32_t sum = 0, found;
    rtree_search(&table->tree, world, seen, &sum);
    for (uint32_t row = 0; row < table->rows; row++) {
        Value value;
        Geometry shape;
        for (uint32_t f = 0; f < kind_info(table->kind)->field_count; f++) {
            table_value(arena, table, row, f, &value);
            Buf text;
            buf_init(&text, 1 << 20);
            value_text(&text, &kind_info(table->kind)->fields[f], &value);
            buf_done(&text);
        }
        table_shape(arena, table, row, &shape);
        if (shape.type != GEOM_NONE)
            geometry_box(&shape);
        table_find(table, table_key(table, row), &found);
    }
}

/* A change: three bytes of place, one of how many of the four bytes behind it are put there. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(sound_size);
    memcpy(bytes, sound, sound_size);
    for (; size >= CHANGE; data += CHANGE, size -= CHANGE) {
        size_t at = ((size_t)data[0] | (size_t)data[1] << 8 | (size_t)data[2] << 16) % sound_size;
        for (size_t i = 0; i <= data[3] % 4 && at + i < sound_size; i++)
            bytes[at + i] = (char)data[4 + i];
    }
    size_t cut = size ? data[0] % sound_size : 0; /* an odd byte at the end cuts the file */
    Segment *segment;
    if (segment_from_bytes(bytes, sound_size - cut, "fuzz", AUDIENCE_PUBLIC, false, &segment) == OK) {
        Arena *arena = arena_new();
        for (int kind = 0; kind < KIND_COUNT; kind++)
            read_table(arena, &segment->tables[kind]);
        arena_free(arena);
        segment_unref(segment);
    }
    free(bytes);
    return 0;
}
