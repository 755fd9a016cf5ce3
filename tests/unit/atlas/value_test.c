#include "atlas_sample.h"
#include "test.h"

static const char square[] = "POLYGON((113.0 22.5, 113.001 22.5, 113.001 22.501, 113.0 22.501, 113.0 22.5))";

static Value value_of(Arena *arena, const Atlas *atlas, Kind kind, const char *key, const char *field)
{
    RowRef at;
    Value value;
    CHECK_OK(atlas_find(atlas, kind, str_of(key), &at));
    int index = field_index(kind, str_of(field));
    CHECK(index >= 0);
    table_value(arena, atlas_table(atlas, kind, at.segment), at.row, (uint32_t)index, &value);
    return value;
}

TEST(the_four_states_of_a_value_come_back_as_they_went_in)
{
    Arena *arena = arena_new();
    const SampleRow row = {KIND_PARCEL, "a",
                           "area_m2=40000;power_left_kva=unknown;gas_left_m3h=n/a;heat_left_tph=withheld",
                           square};
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &row, 1);
    CHECK_EQ(value_of(arena, atlas, KIND_PARCEL, "a", "area_m2").state, VALUE_KNOWN);
    CHECK_EQ(value_of(arena, atlas, KIND_PARCEL, "a", "area_m2").num, 4000000);
    CHECK_EQ(value_of(arena, atlas, KIND_PARCEL, "a", "power_left_kva").state, VALUE_UNKNOWN);
    CHECK_EQ(value_of(arena, atlas, KIND_PARCEL, "a", "gas_left_m3h").state, VALUE_NOT_APPLICABLE);
    CHECK_EQ(value_of(arena, atlas, KIND_PARCEL, "a", "heat_left_tph").state, VALUE_WITHHELD);
    atlas_unref(atlas);
    arena_free(arena);
}
