#include "sample.h"
#include "test.h"

AtlasBuild *sample_begin(void)
{
    AtlasBuild *build;
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 1, NULL, &build));
    return build;
}

static void set(Arena *arena, Kind kind, Value *values, const char *name, const char *text)
{
    int field = field_index(kind, str_of(name));
    CHECK(field >= 0);
    CHECK_OK(value_parse(arena, &kind_info(kind)->fields[field], str_of(text), &values[field]));
}

static void add(AtlasBuild *build, Arena *arena, Kind kind, const char *key, const char *wkt,
                const Value *values)
{
    Geometry shape = {.type = GEOM_NONE};
    if (wkt)
        CHECK_OK(geometry_from_wkt(arena, str_of(wkt), &shape));
    Freshness fresh = {.as_of = {19000, 19000}};
    CHECK_OK(atlas_build_add(build, kind, str_of(key), values, &shape, fresh));
}

void sample_parcel(AtlasBuild *build, const char *key, const char *wkt, const char *land_use,
                   const char *land_state, int64_t area_hundredths)
{
    Arena *arena = arena_new();
    Value values[FIELDS_MAX] = {0};
    set(arena, KIND_PARCEL, values, "name_zh", "地块");
    set(arena, KIND_PARCEL, values, "how", "illustrative");
    if (land_use)
        set(arena, KIND_PARCEL, values, "land_use", land_use);
    if (land_state)
        set(arena, KIND_PARCEL, values, "land_state", land_state);
    if (area_hundredths) {
        Value *area = &values[field_index(KIND_PARCEL, STR("area_m2"))];
        *area = (Value){.state = VALUE_KNOWN, .num = area_hundredths};
    }
    add(build, arena, KIND_PARCEL, key, wkt, values);
    arena_free(arena);
}

void sample_park(AtlasBuild *build, const char *key, const char *wkt, const char *tiers)
{
    Arena *arena = arena_new();
    Value values[FIELDS_MAX] = {0};
    set(arena, KIND_PARK, values, "name_zh", "新会园区");
    set(arena, KIND_PARK, values, "name_en", "Xinhui Park");
    set(arena, KIND_PARK, values, "how", "reported");
    set(arena, KIND_PARK, values, "precision", "approximate");
    if (tiers)
        set(arena, KIND_PARK, values, "tiers", tiers);
    add(build, arena, KIND_PARK, key, wkt, values);
    arena_free(arena);
}

Atlas *sample_finish(AtlasBuild *build)
{
    Atlas *atlas;
    CHECK_OK(atlas_build_finish(build, &atlas));
    return atlas;
}

Str sample_tile(Arena *arena, const Atlas *atlas, Kind kind, TileId tile, const Filter *filter)
{
    Buf buf;
    buf_init(&buf, TILE_BYTES_MAX);
    CHECK_OK(tile_encode(arena, atlas, kind, tile, filter, &buf));
    Str bytes = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return bytes;
}
