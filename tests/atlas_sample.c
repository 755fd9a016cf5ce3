#include "atlas_sample.h"
#include "geo/geometry.h"
#include "test.h"

static void set_field(Arena *arena, Kind kind, Str name, Str text, Value *values)
{
    int field = field_index(kind, name);
    if (field < 0)
        test_fail(__FILE__, __LINE__, "a sample row has no field \"%.*s\"", STR_ARG(name));
    if (str_is(text, "unknown"))
        return;
    char *copy = arena_copy(arena, text.ptr, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (copy[i] == ',' && (kind_info(kind)->fields[field].type == FIELD_CODES ||
                               kind_info(kind)->fields[field].type == FIELD_REFS))
            copy[i] = ';';
    CHECK_OK(value_parse(arena, &kind_info(kind)->fields[field], (Str){copy, text.len}, &values[field]));
}

void sample_add(Arena *arena, AtlasBuild *build, const SampleRow *row)
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    for (Str rest = str_of(row->fields); rest.len;) {
        Str value = str_cut(&rest, ';');
        Str name = str_cut(&value, '=');
        set_field(arena, row->kind, name, value, values);
    }
    Geometry shape = {.type = GEOM_NONE};
    if (row->wkt && *row->wkt)
        CHECK_OK(geometry_from_wkt(arena, str_of(row->wkt), &shape));
    int32_t day = date_day(2022, 11, 30);
    CHECK_OK(atlas_build_add(build, row->kind, str_of(row->key), values, &shape, (Freshness){{day, day}, 0}));
}

Atlas *atlas_of(Arena *arena, const char *folder, Audience audience, const SampleRow *rows, uint32_t count)
{
    AtlasBuild *build;
    Atlas *atlas = NULL;
    CHECK_OK(atlas_build_begin(folder, audience, 1, NULL, &build));
    for (uint32_t i = 0; i < count; i++)
        sample_add(arena, build, &rows[i]);
    CHECK_OK(atlas_build_finish(build, &atlas));
    return atlas;
}

Atlas *atlas_over(Arena *arena, const char *folder, Atlas *base, const SampleRow *rows, uint32_t count,
                  Kind buried_kind, const char *const *buried, uint32_t buried_count)
{
    AtlasBuild *build;
    Atlas *atlas = NULL;
    CHECK_OK(atlas_build_begin(folder, atlas_audience(base), atlas_commit(base) + 1, base, &build));
    for (uint32_t i = 0; i < count; i++)
        sample_add(arena, build, &rows[i]);
    for (uint32_t i = 0; i < buried_count; i++)
        CHECK_OK(atlas_build_bury(build, buried_kind, str_of(buried[i])));
    CHECK_OK(atlas_build_finish(build, &atlas));
    return atlas;
}
