/* tile.c, rows.c, cells.c: what is encoded, decoded again. */
#include "atlas_sample.h"
#include "decode.h"
#include "geo/rtree.h"
#include "test.h"
#include "tile/tile.h"
#include <math.h>
#include <stdio.h>

static Arena *arena;

void tile_decode_fails(int line, const char *what)
{
    test_fail("decode.c", line, "not so: %s", what);
}

static void fresh(void)
{
    arena_free(arena);
    arena = arena_new();
}

static AtlasBuild *sample_begin(void)
{
    AtlasBuild *build;
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 1, NULL, &build));
    return build;
}

static Atlas *sample_finish(AtlasBuild *build)
{
    Atlas *atlas;
    CHECK_OK(atlas_build_finish(build, &atlas));
    return atlas;
}

/* NULL, NULL and 0: unknown. */
static void sample_parcel(AtlasBuild *build, const char *key, const char *wkt, const char *land_use,
                          const char *land_state, int64_t area_hundredths)
{
    Buf fields;
    buf_init(&fields, 1000);
    buf_c(&fields, "name_zh=地块;how=illustrative");
    buf_fmt(&fields, ";land_use=%s;land_state=%s", land_use ? land_use : "unknown",
            land_state ? land_state : "unknown");
    if (area_hundredths) {
        buf_c(&fields, ";area_m2=");
        buf_fixed(&fields, area_hundredths, 2);
    }
    SampleRow row = {KIND_PARCEL, key, str_copy(arena, buf_view(&fields)).ptr, wkt};
    sample_add(arena, build, &row);
    buf_done(&fields);
}

static Str sample_tile(const Atlas *atlas, Kind kind, TileId tile, const Filter *filter)
{
    Buf buf;
    buf_init(&buf, TILE_BYTES_MAX);
    CHECK_OK(tile_encode(arena, atlas, kind, tile, filter, &buf));
    Str bytes = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return bytes;
}

static TileId tile_at(uint32_t z, double lon, double lat)
{
    double n = (double)(1u << z);
    return (TileId){z, (uint32_t)((lon + 180) / 360 * n),
                    (uint32_t)((1 - asinh(tan(lat * M_PI / 180)) / M_PI) / 2 * n)};
}

/* A square plot of `size` degrees with its south-west corner there. */
static const char *square(double lon, double lat, double size)
{
    static char text[8][200];
    static unsigned turn;
    char *to = text[turn++ % 8];
    snprintf(to, sizeof *text, "POLYGON((%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f))", lon, lat,
             lon + size, lat, lon + size, lat + size, lon, lat + size, lon, lat);
    return to;
}

static void check_rings(const TileFeature *feature)
{
    bool outside = false;
    for (uint32_t r = 0; r < feature->ring_count; r++) {
        double area = tile_ring_area_twice(feature, r);
        CHECK(area != 0);
        CHECK(r > 0 || area > 0); /* a feature begins with an outside ring */
        outside = outside || area > 0;
    }
    CHECK(outside);
    for (uint32_t i = 0; i < feature->point_count; i++)
        CHECK(feature->points[i].x >= -TILE_BUFFER && feature->points[i].x <= TILE_EXTENT + TILE_BUFFER &&
              feature->points[i].y >= -TILE_BUFFER && feature->points[i].y <= TILE_EXTENT + TILE_BUFFER);
}

TEST(a_parcel_comes_with_what_the_map_needs_and_nothing_that_is_unknown)
{
    fresh();
    AtlasBuild *build = sample_begin();
    sample_parcel(build, "p-1", square(113.05, 22.5, 0.001), "M2", "serviced", 13333333);
    sample_parcel(build, "p-2", square(113.052, 22.5, 0.001), NULL, NULL, 4000000);
    Atlas *atlas = sample_finish(build);
    TileLayer layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(14, 113.05, 22.5), NULL));
    CHECK_STR(layer.name, "parcel");
    CHECK_EQ(layer.version, 2);
    CHECK_EQ(layer.extent, 4096);
    CHECK_EQ(layer.feature_count, 2);
    const TileFeature *one = &layer.features[0], *two = &layer.features[1];
    CHECK_EQ(one->type, 3);
    CHECK_STR(tile_tag(one, "id")->text, "p-1");
    CHECK_STR(tile_tag(one, "name_zh")->text, "地块");
    CHECK_STR(tile_tag(one, "how")->text, "illustrative");
    CHECK_STR(tile_tag(one, "land_use")->text, "M2");
    CHECK_STR(tile_tag(one, "land_state")->text, "serviced");
    CHECK_STR(tile_tag(one, "offer")->text, "open");
    CHECK(tile_tag(one, "area_m2")->number == 133333.33);
    CHECK_EQ(tile_tag(one, "area_m2")->kind, 'd');
    CHECK_EQ(tile_tag(two, "area_m2")->kind, 'u');
    CHECK_EQ(tile_tag(two, "area_m2")->number, 40000);
    CHECK(!tile_tag(two, "land_use") && !tile_tag(two, "offer") && !tile_tag(two, "name_en") &&
          !tile_tag(two, "maybe"));
    check_rings(one);
    check_rings(two);
    atlas_unref(atlas);
}

TEST(a_park_is_a_point_with_its_tiers_joined)
{
    fresh();
    AtlasBuild *build = sample_begin();
    sample_add(arena, build,
               &(SampleRow){KIND_PARK, "park-1", "tiers=pilot_zone,characteristic;precision=approximate",
                            "POINT(113.05 22.5)"});
    Atlas *atlas = sample_finish(build);
    TileId tile = tile_at(9, 113.05, 22.5);
    TileLayer layer = tile_decode(arena, sample_tile(atlas, KIND_PARK, tile, NULL));
    CHECK_EQ(layer.feature_count, 1);
    CHECK_EQ(layer.features[0].type, 1);
    CHECK_STR(tile_tag(&layer.features[0], "tiers")->text, "pilot_zone;characteristic");
    CHECK_STR(tile_tag(&layer.features[0], "precision")->text, "approximate");
    TilePoint want = tile_project(tile, (Point){1130500000, 225000000});
    CHECK_EQ(layer.features[0].points[0].x, want.x);
    CHECK_EQ(layer.features[0].points[0].y, want.y);
    atlas_unref(atlas);
}

TEST(features_stand_along_the_hilbert_curve_and_the_same_rows_give_the_same_bytes)
{
    fresh();
    Str tiles[2];
    for (int turn = 0; turn < 2; turn++) {
        AtlasBuild *build = sample_begin();
        for (int i = 0; i < 50; i++) {
            int k = turn ? 49 - i : i; /* rows come in another order */
            char key[16];
            snprintf(key, sizeof key, "p-%02d", k * 37 % 50);
            sample_parcel(build, key, square(113.05 + 0.0011 * k, 22.5, 0.001), "M1", "raw", 1000 + k);
        }
        Atlas *atlas = sample_finish(build);
        tiles[turn] = sample_tile(atlas, KIND_PARCEL, tile_at(12, 113.06, 22.5), NULL);
        atlas_unref(atlas);
    }
    CHECK(str_eq(tiles[0], tiles[1]));
    TileLayer layer = tile_decode(arena, tiles[0]);
    CHECK(layer.feature_count > 10);
    for (uint32_t i = 1; i < layer.feature_count; i++) {
        Str keys[] = {tile_tag(&layer.features[i - 1], "id")->text, tile_tag(&layer.features[i], "id")->text};
        uint32_t places[2];
        for (int n = 0; n < 2; n++) {
            int64_t k; /* key k * 37 % 50 stands at k, and 37 × 23 is 1 modulo 50 */
            CHECK(str_int((Str){keys[n].ptr + 2, keys[n].len - 2}, &k));
            k = k * 23 % 50;
            places[n] = hilbert_of((Point){(int32_t)(1130505000 + 11000 * k), 225005000});
        }
        CHECK(places[0] < places[1] || (places[0] == places[1] && str_cmp(keys[0], keys[1]) < 0));
    }
}

TEST(a_value_that_many_rows_share_is_written_once)
{
    fresh();
    AtlasBuild *build = sample_begin();
    for (int i = 0; i < 20; i++) {
        char key[16];
        snprintf(key, sizeof key, "p-%02d", i);
        sample_parcel(build, key, square(113.05 + 0.0001 * i, 22.5, 0.0001), "M1", "serviced", 500000);
    }
    Atlas *atlas = sample_finish(build);
    TileLayer layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(14, 113.051, 22.5), NULL));
    CHECK_EQ(layer.feature_count, 20);
    CHECK_EQ(layer.value_count, 20 + 6); /* ids; name, how, use, state, offer, area */
    atlas_unref(atlas);
}

TEST(an_empty_tile_is_no_bytes)
{
    fresh();
    AtlasBuild *build = sample_begin();
    sample_parcel(build, "p-1", square(113.05, 22.5, 0.001), "M2", "serviced", 13333333);
    sample_parcel(build, "p-2", NULL, "M2", "serviced", 13333333);
    Atlas *atlas = sample_finish(build);
    CHECK_EQ(sample_tile(atlas, KIND_PARCEL, tile_at(14, 10, 50), NULL).len, 0);
    CHECK_EQ(sample_tile(atlas, KIND_PARCEL, tile_at(5, 10, 50), NULL).len, 0);
    CHECK_EQ(sample_tile(atlas, KIND_SOURCE, tile_at(14, 10, 50), NULL).len, 0);
    CHECK_EQ(sample_tile(atlas, KIND_PARK, tile_at(0, 10, 50), NULL).len, 0);
    Buf buf;
    buf_init(&buf, 1000);
    CHECK_ERR(tile_encode(arena, atlas, KIND_PARCEL, (TileId){3, 8, 0}, NULL, &buf), ERR_TILE_RANGE);
    buf_done(&buf);
    atlas_unref(atlas);
}

TEST(a_filter_leaves_rows_out_and_marks_those_it_may_be_true_of)
{
    fresh();
    AtlasBuild *build = sample_begin();
    sample_parcel(build, "p-1", square(113.05, 22.5, 0.001), "M2", NULL, 1);
    sample_parcel(build, "p-2", square(113.052, 22.5, 0.001), "M1", NULL, 1);
    sample_parcel(build, "p-3", square(113.054, 22.5, 0.001), NULL, NULL, 1);
    Atlas *atlas = sample_finish(build);
    const Filter *filter;
    CHECK_OK(filter_parse(arena, KIND_PARCEL, AUDIENCE_PUBLIC, STR("land_use = 'M2'"), &filter));
    TileLayer layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(14, 113.05, 22.5), filter));
    CHECK_EQ(layer.feature_count, 2);
    CHECK_STR(tile_tag(&layer.features[0], "id")->text, "p-1");
    CHECK(!tile_tag(&layer.features[0], "maybe"));
    CHECK_STR(tile_tag(&layer.features[1], "id")->text, "p-3");
    CHECK_EQ(tile_tag(&layer.features[1], "maybe")->number, 1);
    layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(8, 113.05, 22.5), filter));
    CHECK_EQ(layer.feature_count, 1);
    CHECK_EQ(tile_tag(&layer.features[0], "count")->number, 1);
    CHECK_EQ(tile_tag(&layer.features[0], "maybe")->number, 1);
    atlas_unref(atlas);
}

TEST(cells_hold_every_row_once_over_all_tiles_of_a_zoom)
{
    fresh();
    AtlasBuild *build = sample_begin();
    uint32_t seed = 1;
    enum { ROWS = 700 };
    for (int i = 0; i < ROWS; i++) {
        char key[16];
        snprintf(key, sizeof key, "p-%03d", i);
        seed = seed * 1664525 + 1013904223;
        double lon = 112 + (seed >> 8) % 15000 / 10000.0;
        seed = seed * 1664525 + 1013904223;
        double lat = 21.8 + (seed >> 8) % 11000 / 10000.0;
        if (i % 7 == 0) /* on the very edges of tiles: the first corner is the middle */
            lon = 112.5, lat = 22.5;
        sample_parcel(build, key, square(lon - 0.0005, lat - 0.0005, 0.001), "M1", NULL, 1);
    }
    Atlas *atlas = sample_finish(build);
    for (uint32_t z = 0; z < 11; z++) {
        TileId low = tile_at(z, 111.9, 23), high = tile_at(z, 113.6, 21.7);
        double sum = 0;
        for (uint32_t x = low.x; x <= high.x; x++)
            for (uint32_t y = low.y; y <= high.y; y++) {
                Str bytes = sample_tile(atlas, KIND_PARCEL, (TileId){z, x, y}, NULL);
                if (bytes.len == 0)
                    continue;
                TileLayer layer = tile_decode(arena, bytes);
                CHECK(layer.feature_count <= 64);
                for (uint32_t i = 0; i < layer.feature_count; i++) {
                    TileXY at = layer.features[i].points[0];
                    CHECK(at.x >= 0 && at.x <= TILE_EXTENT && at.y >= 0 && at.y <= TILE_EXTENT);
                    CHECK_EQ(layer.features[i].type, 1);
                    sum += tile_tag(&layer.features[i], "count")->number;
                }
            }
        CHECK_EQ(sum, ROWS);
    }
    atlas_unref(atlas);
}

/* The one feature of a tile of one row. */
static TileFeature one_of(const SampleRow *row, uint32_t zoom)
{
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, row, 1);
    Str bytes = sample_tile(atlas, row->kind, tile_at(zoom, 113.05, 22.5), NULL);
    atlas_unref(atlas);
    TileLayer layer = tile_decode(arena, bytes);
    CHECK_EQ(layer.feature_count, 1);
    return layer.features[0];
}

TEST(a_point_of_every_kind_comes_with_what_tells_it_from_others_of_its_kind)
{
    const struct {
        SampleRow row;
        const char *first, *is, *second, *also; /* a property and its value; two of them */
    } cases[] = {
        {{KIND_BUILDING, "b", "type=incubator;state=built", NULL}, "type", "incubator", "state", "built"},
        {{KIND_ENTERPRISE, "e", "type=company;tags=high_tech,above_scale", NULL},
         "tags",
         "high_tech;above_scale",
         "type",
         "company"},
        {{KIND_PROJECT, "p", "type=new;stage=started", NULL}, "type", "new", "stage", "started"},
        {{KIND_INFRA_WORK, "w", "service=power;state=building", NULL},
         "service",
         "power",
         "state",
         "building"},
        {{KIND_EVENT, "v", "type=conference;name_zh=大会", NULL}, "type", "conference", "name_zh", "大会"},
    };
    fresh();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SampleRow row = cases[i].row;
        row.wkt = "POINT(113.05 22.5)";
        TileFeature got = one_of(&row, 12);
        CHECK_STR(tile_tag(&got, "id")->text, row.key);
        CHECK_STR(tile_tag(&got, cases[i].first)->text, cases[i].is);
        CHECK_STR(tile_tag(&got, cases[i].second)->text, cases[i].also);
    }
}

TEST(enterprises_are_counted_in_cells_as_parcels_are_until_they_stand_apart)
{
    fresh();
    SampleRow row = {KIND_ENTERPRISE, "e", "type=company", "POINT(113.05 22.5)"};
    for (uint32_t zoom = 3; zoom < 14; zoom++) {
        TileFeature got = one_of(&row, zoom);
        CHECK((tile_tag(&got, "count") != NULL) == (zoom < 11));
        CHECK((tile_tag(&got, "id") != NULL) == (zoom >= 11));
    }
    row.kind = KIND_PROJECT; /* few, so each is shown */
    row.fields = "type=new";
    TileFeature far = one_of(&row, 5);
    CHECK(tile_tag(&far, "id") != NULL);
}

TEST(a_row_on_the_corner_of_four_tiles_is_counted_in_one_of_them)
{
    fresh();
    AtlasBuild *build = sample_begin();
    sample_parcel(build, "p-1", square(-0.0005, -0.0005, 0.001), "M1", NULL, 1); /* its middle is 0, 0 */
    Atlas *atlas = sample_finish(build);
    for (uint32_t z = 1; z < 11; z++) {
        uint32_t middle = 1u << (z - 1), tiles = 0;
        for (uint32_t x = middle - 1; x <= middle; x++)
            for (uint32_t y = middle - 1; y <= middle; y++)
                tiles += sample_tile(atlas, KIND_PARCEL, (TileId){z, x, y}, NULL).len > 0;
        CHECK_EQ(tiles, 1);
    }
    atlas_unref(atlas);
}

TEST(a_cells_point_is_the_mean_of_the_anchors_in_it)
{
    fresh();
    AtlasBuild *build = sample_begin();
    sample_parcel(build, "p-1", square(113.05, 22.5, 0.001), NULL, NULL, 1);
    sample_parcel(build, "p-2", square(113.054, 22.502, 0.001), NULL, NULL, 1);
    Atlas *atlas = sample_finish(build);
    TileId tile = tile_at(9, 113.05, 22.5);
    TileLayer layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile, NULL));
    CHECK_EQ(layer.feature_count, 1);
    TilePoint want = tile_project(tile, (Point){1130525000, 225015000});
    CHECK_EQ(layer.features[0].points[0].x, want.x);
    CHECK_EQ(layer.features[0].points[0].y, want.y);
    atlas_unref(atlas);
}

TEST(a_delta_gives_the_same_bytes_as_a_base_of_the_same_rows)
{
    fresh();
    AtlasBuild *build = sample_begin();
    for (int i = 0; i < 20; i++) {
        char key[16];
        snprintf(key, sizeof key, "p-%02d", i);
        sample_parcel(build, key, square(113.05 + 0.0011 * i, 22.5, 0.001), i == 5 ? "M1" : "M2", NULL,
                      1000 + i);
    }
    Atlas *whole = sample_finish(build);
    TileId near = tile_at(13, 113.06, 22.5), far = tile_at(9, 113.06, 22.5);
    Str want_near = sample_tile(whole, KIND_PARCEL, near, NULL);
    Str want_far = sample_tile(whole, KIND_PARCEL, far, NULL);
    atlas_unref(whole);

    build = sample_begin();
    for (int i = 0; i < 21; i++) {
        char key[16];
        snprintf(key, sizeof key, "p-%02d", i);
        if (i != 7)
            sample_parcel(build, key, square(113.05 + 0.0011 * i, 22.5, 0.001), "M2", NULL, 1000 + i);
    }
    Atlas *base = sample_finish(build), *both;
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 2, base, &build));
    sample_parcel(build, "p-05", square(113.05 + 0.0011 * 5, 22.5, 0.001), "M1", NULL, 1005);
    sample_parcel(build, "p-07", square(113.05 + 0.0011 * 7, 22.5, 0.001), "M2", NULL, 1007);
    CHECK_OK(atlas_build_bury(build, KIND_PARCEL, STR("p-20")));
    CHECK_OK(atlas_build_finish(build, &both));
    CHECK_EQ(atlas_segments(both), 2);
    CHECK(str_eq(sample_tile(both, KIND_PARCEL, near, NULL), want_near));
    CHECK(str_eq(sample_tile(both, KIND_PARCEL, far, NULL), want_far));
    atlas_unref(base);
    atlas_unref(both);
}

/* `count` plots side by side in one tile of zoom 12, and so in one of 14. */
static Atlas *crowd(uint32_t count)
{
    AtlasBuild *build = sample_begin();
    for (uint32_t i = 0; i < count; i++) {
        char key[16];
        snprintf(key, sizeof key, "p-%05u", i);
        sample_parcel(build, key, square(113.05 + 0.0001 * (i % 70), 22.5 + 0.0001 * (i / 70), 0.00008),
                      i % 100 ? "M1" : "M2", NULL, 1000 + i);
    }
    return sample_finish(build);
}

TEST(a_close_tile_with_more_rows_than_a_map_can_show_counts_them_and_from_zoom_14_on_shows_each)
{
    fresh();
    Atlas *atlas = crowd(TILE_SHAPES_MAX + 1);
    TileLayer layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(12, 113.05, 22.5), NULL));
    double sum = 0;
    CHECK(layer.feature_count <= 64);
    for (uint32_t i = 0; i < layer.feature_count; i++)
        sum += tile_tag(&layer.features[i], "count")->number;
    CHECK_EQ(sum, TILE_SHAPES_MAX + 1);
    const Filter *filter;
    CHECK_OK(filter_parse(arena, KIND_PARCEL, AUDIENCE_PUBLIC, STR("land_use = 'M2'"), &filter));
    layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(12, 113.05, 22.5), filter));
    CHECK_EQ(layer.feature_count, (TILE_SHAPES_MAX + 100) / 100);
    CHECK(tile_tag(&layer.features[0], "id") != NULL);
    layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(14, 113.053, 22.503), NULL));
    CHECK_EQ(layer.feature_count, TILE_SHAPES_MAX + 1);
    atlas_unref(atlas);
}

TEST(a_close_tile_with_as_many_rows_as_a_map_can_show_shows_each)
{
    fresh();
    Atlas *atlas = crowd(TILE_SHAPES_MAX);
    TileLayer layer = tile_decode(arena, sample_tile(atlas, KIND_PARCEL, tile_at(12, 113.05, 22.5), NULL));
    CHECK_EQ(layer.feature_count, TILE_SHAPES_MAX);
    atlas_unref(atlas);
}

TEST(a_tile_past_its_limit_is_refused)
{
    fresh();
    AtlasBuild *build = sample_begin();
    sample_parcel(build, "p-1", square(113.05, 22.5, 0.001), NULL, NULL, 1);
    Atlas *atlas = sample_finish(build);
    Buf buf;
    buf_init(&buf, 20);
    CHECK_ERR(tile_encode(arena, atlas, KIND_PARCEL, tile_at(14, 113.05, 22.5), NULL, &buf), ERR_LIMIT);
    CHECK_EQ(buf.len, 0); /* nothing half-made */
    buf_done(&buf);
    atlas_unref(atlas);
}
