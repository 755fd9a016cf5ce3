/* Writes tiles as files, with what must be read from them, for other people's readers (tests/tiles/run.sh):
 * into the folder that LIANPU_TILES names, else this test's own. */
#include "atlas_sample.h"
#include "geo/rtree.h"
#include "test.h"
#include "tile/tile.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `shows` is what the properties must be, as JSON members behind the id. */
typedef struct Shown {
    SampleRow row;
    const char *shows;
} Shown;

static const Shown rows[] = {
    {{KIND_PARCEL, "a-plain",
      "name_zh=甲地块;name_en=Plot A;how=illustrative;land_use=M2;land_state=serviced;area_m2=133333.33;"
      "price_fen_m2=48000;power_left_kva=20000",
      "POLYGON((113.05 22.5,113.06 22.5,113.06 22.51,113.05 22.51,113.05 22.5))"},
     "\"name_zh\":\"甲地块\",\"name_en\":\"Plot "
     "A\",\"how\":\"illustrative\",\"land_use\":\"M2\",\"land_state\":\"serviced\","
     "\"offer\":\"open\",\"area_m2\":133333.33,\"price_fen_m2\":48000,\"power_left_kva\":20000"},
    {{KIND_PARCEL, "b-hole", "area_m2=40000",
      "POLYGON((113.03 22.5,113.04 22.5,113.04 22.51,113.03 22.51,113.03 22.5),(113.033 22.503,113.033 "
      "22.507,"
      "113.037 22.507,113.037 22.503,113.033 22.503))"},
     "\"area_m2\":40000"},
    {{KIND_PARCEL, "c-two", "how=reported",
      "MULTIPOLYGON(((113.05 22.52,113.055 22.52,113.055 22.525,113.05 22.52)),((113.06 22.52,113.065 22.52,"
      "113.065 22.525,113.06 22.525,113.06 22.52)))"},
     "\"how\":\"reported\""},
    {{KIND_PARCEL, "d-comb", "",
      "POLYGON((112.9 22.48,113.2 22.48,113.2 22.49,113.19 22.485,112.91 22.485,112.9 22.49,112.9 22.48))"},
     ""},
    {{KIND_PARCEL, "e-nowhere", "name_zh=无图形", ""}, "\"name_zh\":\"无图形\""},
    {{KIND_PARK, "park-a", "name_zh=园区;tiers=pilot_zone,characteristic;precision=approximate",
      "POINT(113.05 22.5)"},
     "\"name_zh\":\"园区\",\"tiers\":\"pilot_zone;characteristic\",\"precision\":\"approximate\""},
    {{KIND_FACILITY, "port-a", "name_zh=港;type=port", "POINT(113.1 22.45)"},
     "\"name_zh\":\"港\",\"type\":\"port\""},
    {{KIND_REGION, "440705", "name_zh=新会区;level=county",
      "POLYGON((112.8 22,113.2 22.1,113.15 22.6,113 22.4,112.85 22.65,112.8 22))"},
     "\"name_zh\":\"新会区\",\"level\":\"county\""},
};

enum { ROWS = sizeof rows / sizeof *rows };

static const struct {
    Kind kind;
    TileId tile;
} tiles[] = {
    {KIND_PARCEL, {12, 3334, 1785}},   {KIND_PARCEL, {13, 6668, 3570}}, {KIND_PARCEL, {13, 6667, 3570}},
    {KIND_PARCEL, {16, 53348, 28561}}, {KIND_PARCEL, {9, 416, 223}},    {KIND_PARCEL, {0, 0, 0}},
    {KIND_PARK, {9, 416, 223}},        {KIND_PARK, {0, 0, 0}},          {KIND_FACILITY, {11, 1667, 892}},
    {KIND_REGION, {9, 416, 223}},      {KIND_REGION, {7, 104, 55}},     {KIND_REGION, {12, 3334, 1785}},
};

static void write_feature(Buf *buf, const Shown *shown, const Geometry *shape, bool *comma)
{
    buf_c(buf, *comma ? "," : "");
    buf_fmt(buf, "{\"properties\":{\"id\":\"%s\"%s%s},\"geometry\":", shown->row.key,
            *shown->shows ? "," : "", shown->shows);
    geometry_geojson(buf, shape);
    buf_c(buf, "}");
    *comma = true;
}

static uint32_t place_of(const Shown *shown)
{
    Arena *arena = arena_new();
    Geometry shape;
    CHECK_OK(geometry_from_wkt(arena, str_of(shown->row.wkt), &shape));
    uint32_t place = hilbert_of(geometry_anchor(&shape));
    arena_free(arena);
    return place;
}

/* Of rows with a shape: in the order of a tile. */
static int by_place(const void *a, const void *b)
{
    const Shown *const *x = a, *const *y = b;
    uint32_t i = place_of(*x), j = place_of(*y);
    return i != j ? (i > j) - (i < j) : strcmp((*x)->row.key, (*y)->row.key);
}

/* What must be read: the rows that touch the tile with its buffer, or of cells how many there are. */
static void write_expected(Arena *arena, Buf *buf, Kind kind, TileId tile, const char *name)
{
    bool comma = false, cells = (int)tile.z < kind_info(kind)->cells_below_zoom;
    const Shown *placed[ROWS];
    uint32_t count = 0, placed_count = 0;
    for (uint32_t i = 0; i < ROWS; i++)
        if (rows[i].row.kind == kind && *rows[i].row.wkt)
            placed[placed_count++] = &rows[i];
    qsort(placed, placed_count, sizeof *placed, by_place);
    buf_fmt(buf, "{\"file\":\"%s\",\"z\":%u,\"x\":%u,\"y\":%u,\"layer\":\"%s\",\"features\":[", name, tile.z,
            tile.x, tile.y, kind_info(kind)->name);
    for (uint32_t i = 0; i < placed_count; i++) {
        Geometry shape;
        CHECK_OK(geometry_from_wkt(arena, str_of(placed[i]->row.wkt), &shape));
        Point anchor = geometry_anchor(&shape);
        count += box_holds(tile_box(tile, 0), (Box){anchor.lon, anchor.lat, anchor.lon, anchor.lat});
        if (!cells && geometry_touches_box(&shape, tile_box(tile, TILE_BUFFER)))
            write_feature(buf, placed[i], &shape, &comma);
    }
    buf_c(buf, "]");
    if (cells)
        buf_fmt(buf, ",\"count\":%u", count);
    buf_c(buf, "}");
}

static void write_file(const char *folder, const char *name, Str bytes)
{
    char path[500];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    CHECK(file);
    CHECK_EQ(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    CHECK_EQ(fclose(file), 0);
}

TEST(tiles_are_written_for_other_readers)
{
    const char *folder = getenv("LIANPU_TILES") ? getenv("LIANPU_TILES") : test_folder();
    Arena *arena = arena_new();
    SampleRow plain[ROWS];
    for (uint32_t i = 0; i < ROWS; i++)
        plain[i] = rows[i].row;
    char atlas_folder[500];
    snprintf(atlas_folder, sizeof atlas_folder, "%s", test_folder());
    Atlas *atlas = atlas_of(arena, atlas_folder, AUDIENCE_PUBLIC, plain, ROWS);
    Buf expected, bytes;
    buf_init(&expected, 1024 * 1024);
    buf_init(&bytes, TILE_BYTES_MAX);
    buf_c(&expected, "[");
    for (uint32_t i = 0; i < sizeof tiles / sizeof *tiles; i++) {
        char name[100];
        TileId tile = tiles[i].tile;
        snprintf(name, sizeof name, "%s-%u-%u-%u.mvt", kind_info(tiles[i].kind)->name, tile.z, tile.x,
                 tile.y);
        buf_clear(&bytes);
        CHECK_OK(tile_encode(arena, atlas, tiles[i].kind, tile, NULL, &bytes));
        CHECK(bytes.len > 0);
        write_file(folder, name, buf_view(&bytes));
        buf_c(&expected, i ? ",\n" : "");
        write_expected(arena, &expected, tiles[i].kind, tile, name);
    }
    buf_c(&expected, "]\n");
    CHECK_OK(buf_check(&expected, "expected.json"));
    write_file(folder, "expected.json", buf_view(&expected));
    buf_done(&expected);
    buf_done(&bytes);
    atlas_unref(atlas);
    arena_free(arena);
}
