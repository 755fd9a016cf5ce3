/* What goes into an atlas comes out of it: every kind, field, type and state. */
#include "atlas_sample.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

enum { MANY_ROWS = 2500 }; /* more than two blocks, and no multiple of 64 */

static const char square[] = "POLYGON((113.0 22.5, 113.001 22.5, 113.001 22.501, 113.0 22.501, 113.0 22.5))";

static uint64_t random_state;

static uint64_t below(uint64_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (random_state >> 33) % n;
}

static RowRef find(const Atlas *atlas, Kind kind, const char *key)
{
    RowRef at = {0, 0};
    CHECK_OK(atlas_find(atlas, kind, str_of(key), &at));
    return at;
}

static Value value_of(Arena *arena, const Atlas *atlas, Kind kind, const char *key, const char *field)
{
    Value value;
    RowRef at = find(atlas, kind, key);
    int index = field_index(kind, str_of(field));
    CHECK(index >= 0);
    table_value(arena, atlas_table(atlas, kind, at.segment), at.row, (uint32_t)index, &value);
    return value;
}

static Str random_text(Arena *arena, const char *stem, uint64_t range)
{
    char *text = arena_alloc(arena, 64);
    return (Str){text, (size_t)snprintf(text, 64, "%s%llu", stem, (unsigned long long)below(range))};
}

static Str random_item(Arena *arena, const Field *field, uint32_t i)
{
    if (field->codes)
        return str_of(field->codes->codes[i % field->codes->count].code);
    char *text = arena_alloc(arena, 64);
    return (Str){text, (size_t)snprintf(text, 64, "ref-%u", i)};
}

static void random_known(Arena *arena, const Field *field, Value *ret)
{
    static const int64_t numbers[] = {0,     1,         -1,        255,       256,
                                      65536, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN + 1};
    int32_t day = date_day(1990, 1, 1) + (int32_t)below(20000);
    switch (field->type) {
    case FIELD_NUM:
        ret->num = numbers[below(field->tag % 10 + 1)]; /* so that columns come in all widths */
        break;
    case FIELD_BOOL:
        ret->num = (int64_t)below(2);
        break;
    case FIELD_DATE:
        ret->date = (DateSpan){day, day + (int32_t)below(400)};
        break;
    case FIELD_TEXT:
        ret->text = random_text(arena, below(9) ? "江门" : "", field->tag % 2 ? 100000 : 5);
        break;
    case FIELD_CODE:
        ret->text = random_item(arena, field, (uint32_t)below(255));
        break;
    case FIELD_REF:
        ret->text = random_text(arena, "园区-", 70000);
        break;
    case FIELD_CODES:
    case FIELD_REFS: {
        uint32_t most = field->codes ? field->codes->count : 300, count = (uint32_t)below(5),
                 first = (uint32_t)below(most);
        Str *items = arena_array(arena, Str, count);
        for (uint32_t i = 0; i < count; i++)
            items[i] = random_item(arena, field, (first + i) % most);
        ret->list.items = items;
        ret->list.count = count;
    }
    }
}

static void random_row(Arena *arena, Kind kind, Value *ret)
{
    for (uint32_t f = 0; f < kind_info(kind)->field_count; f++) {
        const Field *field = &kind_info(kind)->fields[f];
        ret[f] = (Value){.state = field->near ? VALUE_UNKNOWN : (ValueState)below(4)};
        if (ret[f].state == VALUE_KNOWN)
            random_known(arena, field, &ret[f]);
    }
}

static void random_shape(Arena *arena, Geometry *ret)
{
    char wkt[200];
    double lon = 112 + (double)below(20000) / 1e4, lat = 21 + (double)below(20000) / 1e4;
    *ret = (Geometry){.type = GEOM_NONE};
    switch (below(4)) {
    case 0:
        return;
    case 1:
        snprintf(wkt, sizeof wkt, "POINT(%.7f %.7f)", lon, lat);
        break;
    default:
        snprintf(wkt, sizeof wkt, "POLYGON((%.7f %.7f, %.7f %.7f, %.7f %.7f, %.7f %.7f))", lon, lat,
                 lon + 0.002, lat, lon + 0.002, lat + 0.001, lon, lat);
    }
    CHECK_OK(geometry_from_wkt(arena, str_of(wkt), ret));
}

typedef struct Kept {
    char key[32];
    Value values[FIELDS_MAX];
    Geometry shape;
    Freshness fresh;
} Kept;

static Kept *make_rows(Arena *arena, Kind kind, uint32_t count)
{
    Kept *rows = arena_zarray(arena, Kept, count);
    for (uint32_t i = 0; i < count; i++) {
        int32_t day = date_day(2020, 1, 1) + (int32_t)below(1000);
        snprintf(rows[i].key, sizeof rows[i].key, "键-%u", i * 7919 % count);
        random_row(arena, kind, rows[i].values);
        random_shape(arena, &rows[i].shape);
        rows[i].fresh = (Freshness){{day, day + (int32_t)below(3)}, (int32_t)below(400)};
    }
    return rows;
}

static Str wkt_of(Arena *arena, const Geometry *geometry)
{
    Buf text;
    buf_init(&text, 1 << 20);
    if (geometry->type != GEOM_NONE)
        geometry_wkt(&text, geometry);
    Str copy = str_copy(arena, buf_view(&text));
    buf_done(&text);
    return copy;
}

static void check_row(Arena *arena, const Atlas *atlas, Kind kind, const Kept *kept)
{
    RowRef at = find(atlas, kind, kept->key);
    const Table *table = atlas_table(atlas, kind, at.segment);
    CHECK(str_is(table_key(table, at.row), kept->key));
    for (uint32_t f = 0; f < kind_info(kind)->field_count; f++) {
        const Field *field = &kind_info(kind)->fields[f];
        Value got, unknown = {.state = VALUE_UNKNOWN};
        if (field->near)
            continue;
        table_value(arena, table, at.row, f, &got);
        if (!value_eq(field, &got, field->visibility > atlas_audience(atlas) ? &unknown : &kept->values[f]))
            test_fail(__FILE__, __LINE__, "%s.%s of %s is another", kind_info(kind)->name, field->name,
                      kept->key);
    }
    Geometry shape;
    table_shape(arena, table, at.row, &shape);
    CHECK(str_eq(wkt_of(arena, &shape), wkt_of(arena, &kept->shape)));
    CHECK_EQ(table_has_shape(table, at.row), kept->shape.type != GEOM_NONE);
    CHECK(memcmp(&table->fresh[at.row], &kept->fresh, sizeof kept->fresh) == 0);
}

static void round_trip(Kind kind, Audience audience, uint32_t count)
{
    Arena *arena = arena_new();
    random_state = (uint64_t)kind + 1;
    Kept *rows = make_rows(arena, kind, count);
    AtlasBuild *build;
    Atlas *atlas;
    CHECK_OK(atlas_build_begin(test_folder(), audience, 7, NULL, &build));
    for (uint32_t i = 0; i < count; i++)
        CHECK_OK(
            atlas_build_add(build, kind, str_of(rows[i].key), rows[i].values, &rows[i].shape, rows[i].fresh));
    CHECK_OK(atlas_build_finish(build, &atlas));
    atlas_unref(atlas);
    CHECK_OK(atlas_open(test_folder(), audience, &atlas));
    CHECK_EQ(atlas_count(atlas, kind), count);
    for (uint32_t i = 0; i < count; i++)
        check_row(arena, atlas, kind, &rows[i]);
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(every_field_of_a_source_comes_back)
{
    round_trip(KIND_SOURCE, AUDIENCE_RESTRICTED, MANY_ROWS);
}

TEST(every_field_of_a_region_comes_back)
{
    round_trip(KIND_REGION, AUDIENCE_RESTRICTED, MANY_ROWS);
}

TEST(every_field_and_list_of_a_park_comes_back)
{
    round_trip(KIND_PARK, AUDIENCE_RESTRICTED, MANY_ROWS);
}

TEST(every_field_of_a_facility_comes_back)
{
    round_trip(KIND_FACILITY, AUDIENCE_RESTRICTED, MANY_ROWS);
}

TEST(every_field_of_a_parcel_comes_back)
{
    round_trip(KIND_PARCEL, AUDIENCE_RESTRICTED, MANY_ROWS);
}

TEST(what_the_public_may_not_see_comes_back_as_unknown)
{
    round_trip(KIND_PARCEL, AUDIENCE_PUBLIC, 300);
}

TEST(tables_of_one_two_and_sixty_four_rows_come_back)
{
    static const uint32_t counts[] = {1, 2, 63, 64, 65};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        round_trip(KIND_PARK, AUDIENCE_PUBLIC, counts[i]);
}

TEST(the_four_states_of_a_value_are_four)
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

TEST(a_partial_date_keeps_its_first_and_last_day)
{
    Arena *arena = arena_new();
    const SampleRow row = {KIND_PARCEL, "a", "available_from=2023-06", square};
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &row, 1);
    Value value = value_of(arena, atlas, KIND_PARCEL, "a", "available_from");
    CHECK_EQ(value.date.first, date_day(2023, 6, 1));
    CHECK_EQ(value.date.last, date_day(2023, 6, 30));
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(what_is_hidden_changes_no_digest)
{
    Arena *arena = arena_new();
    char other[300];
    snprintf(other, sizeof other, "%s/other", test_folder());
    const SampleRow with = {KIND_PARCEL, "a", "area_m2=3;promised_to=SecretProject", square};
    const SampleRow without = {KIND_PARCEL, "a", "area_m2=3", square};
    Atlas *a = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &with, 1);
    Atlas *b = atlas_of(arena, other, AUDIENCE_PUBLIC, &without, 1);
    CHECK(atlas_content(a) == atlas_content(b));
    CHECK_EQ(atlas_bytes(a), atlas_bytes(b));
    atlas_unref(a);
    atlas_unref(b);
    arena_free(arena);
}

TEST(an_atlas_without_a_row_has_tables_that_can_be_asked)
{
    Atlas *atlas = atlas_of(NULL, test_folder(), AUDIENCE_PUBLIC, NULL, 0);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const Table *table = atlas_table(atlas, (Kind)kind, 0);
        RowRef at;
        CHECK_EQ(table->rows, 0);
        CHECK_EQ(table->live_count, 0);
        CHECK_EQ(atlas_count(atlas, (Kind)kind), 0);
        CHECK_ERR(atlas_find(atlas, (Kind)kind, STR("a"), &at), ERR_ID_UNKNOWN);
        for (uint32_t f = 0; f < kind_info((Kind)kind)->field_count; f++)
            if (kind_info((Kind)kind)->fields[f].visibility == AUDIENCE_PUBLIC)
                CHECK(table->columns[f].values && table->columns[f].known_count == 0);
    }
    atlas_unref(atlas);
}

TEST(zone_maps_hold_the_least_and_greatest_of_each_block)
{
    Arena *arena = arena_new();
    random_state = 5;
    Kept *rows = make_rows(arena, KIND_PARCEL, MANY_ROWS);
    AtlasBuild *build;
    Atlas *atlas;
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 7, NULL, &build));
    for (uint32_t i = 0; i < MANY_ROWS; i++)
        CHECK_OK(atlas_build_add(build, KIND_PARCEL, str_of(rows[i].key), rows[i].values, &rows[i].shape,
                                 rows[i].fresh));
    CHECK_OK(atlas_build_finish(build, &atlas));
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    const Column *column = &table->columns[field_index(KIND_PARCEL, STR("available_from"))];
    for (uint32_t b = 0; b * BLOCK_ROWS < MANY_ROWS; b++) {
        uint64_t least = UINT64_MAX, greatest = 0;
        Column lasts = *column;
        lasts.values = column->lasts;
        for (uint32_t i = b * BLOCK_ROWS; i < (b + 1) * BLOCK_ROWS && i < MANY_ROWS; i++) {
            if (!bits_get(column->known, i))
                continue;
            least = column_stored(column, i) < least ? column_stored(column, i) : least;
            greatest = column_stored(&lasts, i) > greatest ? column_stored(&lasts, i) : greatest;
        }
        CHECK_EQ(column->block_least[b], least);
        CHECK_EQ(column->block_greatest[b], greatest);
    }
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(dictionaries_are_in_byte_order_and_codes_in_their_lists)
{
    Arena *arena = arena_new();
    const SampleRow rows[] = {{KIND_PARCEL, "b", "name_zh=乙;land_use=M2", NULL},
                              {KIND_PARCEL, "a", "name_zh=丙;land_use=M1", NULL},
                              {KIND_PARCEL, "c", "name_zh=甲;land_use=M2", NULL}};
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, 3);
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    const Column *names = &table->columns[FIELD_NAME_ZH];
    uint32_t at = 9;
    CHECK_EQ(names->dict_count, 3);
    for (uint32_t i = 1; i < 3; i++)
        CHECK(str_cmp(column_entry(names, i - 1), column_entry(names, i)) < 0);
    CHECK(column_find(names, STR("甲"), &at));
    CHECK_STR(column_entry(names, at), "甲");
    CHECK(!column_find(names, STR("丁"), &at));
    int field = field_index(KIND_PARCEL, STR("land_use"));
    const Column *use = &table->columns[field];
    CHECK(column_find(use, STR("M2"), &at));
    CHECK_EQ(at, code_index(use->field->codes, STR("M2")));
    CHECK_STR(column_entry(use, at), "M2");
    CHECK_STR(table_key(table, table->by_key[0]), "a");
    CHECK_STR(table_key(table, 0), "a"); /* without geometry rows stand in key order */
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(the_same_rows_in_another_order_give_the_same_file)
{
    Arena *arena = arena_new();
    random_state = 11;
    Kept *rows = make_rows(arena, KIND_PARCEL, 500);
    Atlas *atlases[2];
    for (uint32_t turn = 0; turn < 2; turn++) {
        AtlasBuild *build;
        char dir[300];
        snprintf(dir, sizeof dir, "%s/%u", test_folder(), turn);
        CHECK_OK(atlas_build_begin(dir, AUDIENCE_PUBLIC, 7, NULL, &build));
        for (uint32_t i = 0; i < 500; i++) {
            const Kept *row = &rows[turn ? 499 - i : i];
            CHECK_OK(
                atlas_build_add(build, KIND_PARCEL, str_of(row->key), row->values, &row->shape, row->fresh));
        }
        CHECK_OK(atlas_build_finish(build, &atlases[turn]));
    }
    const Table *a = atlas_table(atlases[0], KIND_PARCEL, 0), *b = atlas_table(atlases[1], KIND_PARCEL, 0);
    CHECK_EQ(atlas_bytes(atlases[0]), atlas_bytes(atlases[1]));
    CHECK(memcmp(a->digests, b->digests, 500 * sizeof *a->digests) == 0);
    CHECK(memcmp(a->key_bytes, b->key_bytes, a->key_ends[499]) == 0);
    CHECK(atlas_content(atlases[0]) == atlas_content(atlases[1]));
    atlas_unref(atlases[0]);
    atlas_unref(atlases[1]);
    arena_free(arena);
}

TEST(a_kind_that_was_sealed_takes_no_more_rows_and_comes_back_with_the_others)
{
    Arena *arena = arena_new();
    AtlasBuild *build;
    Atlas *atlas;
    const SampleRow station = {KIND_FACILITY, "f", "type=port", "POINT(112.51 22.5)"},
                    plot = {KIND_PARCEL, "p", "area_m2=3", "POINT(112.5 22.5)"},
                    park = {KIND_PARK, "k", "", NULL};
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 7, NULL, &build));
    sample_add(arena, build, &station);
    sample_add(arena, build, &plot);
    CHECK_OK(atlas_build_seal(build, KIND_PARCEL));
    CHECK_ERR(atlas_build_add(build, KIND_PARCEL, STR("q"), (Value[FIELDS_MAX]){{.state = VALUE_UNKNOWN}},
                              NULL, (Freshness){{1, 1}, 0}),
              ERR_BUILD);
    sample_add(arena, build, &park);
    CHECK_OK(atlas_build_finish(build, &atlas));
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), 1);
    CHECK_EQ(atlas_count(atlas, KIND_PARK), 1);
    CHECK_EQ(atlas_count(atlas, KIND_FACILITY), 1);
    RowRef at;
    CHECK_OK(atlas_nearest(atlas, KIND_PARCEL, (RowRef){0, 0},
                           (uint32_t)field_index(KIND_PARCEL, STR("port_m")), &at));
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(a_key_added_twice_fails_the_build)
{
    Arena *arena = arena_new();
    AtlasBuild *build;
    Atlas *atlas;
    const SampleRow row = {KIND_PARCEL, "twice", "area_m2=3", square};
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 7, NULL, &build));
    sample_add(arena, build, &row);
    sample_add(arena, build, &row);
    CHECK_ERR(atlas_build_finish(build, &atlas), ERR_BUILD);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "twice"));
    CHECK_ERR(atlas_open(test_folder(), AUDIENCE_PUBLIC, &atlas), ERR_NOT_FOUND);
    arena_free(arena);
}

TEST(a_code_outside_its_list_and_a_key_that_is_none_are_refused)
{
    AtlasBuild *build;
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    Freshness fresh = {{19000, 19000}, 0};
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 7, NULL, &build));
    CHECK_ERR(atlas_build_add(build, KIND_PARCEL, STR("a b"), values, NULL, fresh), ERR_BUILD);
    values[FIELD_HOW] = (Value){.state = VALUE_KNOWN, .text = STR("guessed")};
    CHECK_ERR(atlas_build_add(build, KIND_PARCEL, STR("a"), values, NULL, fresh), ERR_BUILD);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "how"));
    atlas_build_abandon(build);
}
