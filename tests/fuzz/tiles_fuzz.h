/* tests/fuzz/tiles_fuzz.h: what the fuzzers of tiles share: an atlas with a delta, made once, and a look at a
 * tile with every row asked by itself. */
#pragma once
#include "atlas/filter_block.h"
#include "geo/tilemath.h"
#include "tile/tile.h"
#include "unit/tile/decode.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TILES_PARCELS = 500, TILES_FIRMS = TILE_SHAPES_MAX + 300, TILES_CORNERS_MAX = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline void must(bool good)
{
    if (!good)
        __builtin_trap();
}

void tile_decode_fails(int line, const char *what)
{
    fprintf(stderr, "decode.c:%d: not so: %s\n", line, what);
    abort();
}

static inline uint32_t tiles_random(uint32_t limit)
{
    static uint32_t seed = 1;
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(seed >> 8) * limit >> 24);
}

static inline Value tiles_text(Kind kind, const char *field, const char *text, Value *values)
{
    Value value = {.state = VALUE_KNOWN, .text = str_of(text)};
    values[field_index(kind, str_of(field))] = value;
    return value;
}

/* A star: most are small, some reach over many tiles, a few have a hole. */
static inline Geometry tiles_star(Arena *arena, Point middle)
{
    uint32_t corners = 3 + tiles_random(TILES_CORNERS_MAX - 2), rings = tiles_random(8) ? 1 : 2;
    double size = 500 * pow(1.5, tiles_random(18)); /* 1e-7 degrees */
    Point *points = arena_array(arena, Point, rings * (corners + 1));
    uint32_t *ends = arena_array(arena, uint32_t, rings + 1), at = 0;
    for (uint32_t r = 0; r < rings; r++) {
        for (uint32_t i = 0; i <= corners; i++) {
            double turn = 2 * M_PI * (i % corners) / corners * (r ? -1 : 1), far = size / (r ? 3 : 1);
            points[at++] =
                (Point){middle.lon + (int32_t)(far * cos(turn)), middle.lat + (int32_t)(far * sin(turn))};
        }
        ends[r] = at;
    }
    ends[rings] = rings;
    return (Geometry){GEOM_POLYGON, at, rings, 1, points, ends, ends + rings};
}

static inline Point tiles_place(void)
{
    static const Point towns[] = {{1130500000, 225000000}, {1138000000, 0}, {0, 0}, {-1799000000, 845000000}};
    Point town = towns[tiles_random(20) ? 0 : tiles_random(4)];
    int32_t spread = tiles_random(3) ? 300000 : 8000;
    return (Point){town.lon + (int32_t)tiles_random(spread), town.lat + (int32_t)tiles_random(spread)};
}

static inline void tiles_add(AtlasBuild *build, Kind kind, uint32_t number)
{
    static const char *const uses[] = {"M1", "M2", "M3", "W1"}, *const states[] = {"serviced", "promised",
                                                                                   "supplied"};
    Arena *arena = arena_new();
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    char key[24], name[40];
    snprintf(key, sizeof key, "%c-%u", kind == KIND_PARCEL ? 'p' : 'e', number);
    snprintf(name, sizeof name, "地块 %u", tiles_random(200));
    if (tiles_random(5))
        tiles_text(kind, "name_zh", name, values);
    Point at = tiles_place();
    Geometry shape = {.type = GEOM_POINT, .point_count = 1, .points = &at};
    if (kind == KIND_PARCEL) {
        if (tiles_random(6))
            tiles_text(kind, "land_use", uses[tiles_random(4)], values);
        if (tiles_random(6))
            tiles_text(kind, "land_state", states[tiles_random(3)], values);
        if (tiles_random(6))
            values[field_index(kind, STR("area_m2"))] =
                (Value){.state = VALUE_KNOWN, .num = 1 + tiles_random(tiles_random(2) ? 300 : 9000000)};
        shape = tiles_random(12) ? tiles_star(arena, at) : (Geometry){.type = GEOM_NONE};
    }
    must(atlas_build_add(build, kind, str_of(key), values, &shape, (Freshness){{0, 0}, 0}) == OK);
    arena_free(arena);
}

/* A base, and over it a delta that replaces some rows, buries some and adds some. */
static inline Atlas *tiles_atlas(void)
{
    static Atlas *both;
    if (both)
        return both;
    char folder[] = "/tmp/tiles-fuzz-XXXXXX";
    AtlasBuild *build;
    Atlas *base;
    must(mkdtemp(folder) != NULL && atlas_build_begin(folder, AUDIENCE_PUBLIC, 1, NULL, &build) == OK);
    for (uint32_t i = 0; i < TILES_PARCELS; i++)
        tiles_add(build, KIND_PARCEL, i);
    for (uint32_t i = 0; i < TILES_FIRMS; i++)
        tiles_add(build, KIND_ENTERPRISE, i);
    must(atlas_build_finish(build, &base) == OK);
    must(atlas_build_begin(folder, AUDIENCE_PUBLIC, 2, base, &build) == OK);
    for (uint32_t i = 0; i < TILES_PARCELS + 60; i += 9)
        tiles_add(build, KIND_PARCEL, i);
    for (uint32_t i = 4; i < TILES_PARCELS; i += 50) {
        char key[24];
        snprintf(key, sizeof key, "p-%u", i);
        if (i % 9)
            must(atlas_build_bury(build, KIND_PARCEL, str_of(key)) == OK);
    }
    must(atlas_build_finish(build, &both) == OK);
    atlas_unref(base);
    return both;
}

/* ---- looking at a tile ---- */

typedef struct TilesView {
    const Atlas *atlas;
    Kind kind;
    TileId tile;
    const BoundFilter *filters[SEGMENTS_MAX];
} TilesView;

/* Where a point lies in the square of the world, from its north-west. */
static inline void tiles_world(Point at, double ret[2])
{
    double lat = at.lat / (double)DEGREE * M_PI / 180;
    lat =
        fmin(fmax(lat, -1.4844222297), 1.4844222297); /* where the square ends: the outermost tile goes on */
    ret[0] = (at.lon / (double)DEGREE + 180) / 360;
    ret[1] = (1 - asinh(tan(lat)) / M_PI) / 2;
}

/* Of a row's anchor; worked out once. */
static inline const double *tiles_anchor(Kind kind, const Table *table, uint32_t s, uint32_t row)
{
    enum { ROWS = TILES_PARCELS + TILES_FIRMS };
    static double worlds[2][SEGMENTS_MAX][ROWS][2];
    static bool there[2][SEGMENTS_MAX];
    int k = kind == KIND_PARCEL;
    for (uint32_t i = 0; !there[k][s] && i < table->rows; i++)
        tiles_world(table->anchors[i], worlds[k][s][i]);
    there[k][s] = true;
    return worlds[k][s][row];
}

/* Is it in the tile even if its edges were so much further in (rim > 0) or out? In parts of a tile. */
static inline bool tiles_in(const TilesView *view, const double world[2], double rim)
{
    double tiles = (double)(1u << view->tile.z);
    double x = world[0] * tiles - view->tile.x, y = world[1] * tiles - view->tile.y;
    return x > rim && x < 1 - rim && y > rim && y < 1 - rim;
}

static inline Truth tiles_truth(const TilesView *view, uint32_t s, uint32_t row)
{
    const Table *table = atlas_table(view->atlas, view->kind, s);
    if (!bits_get(table->live, row) || !table_has_shape(table, row))
        return TRUTH_NO;
    return filter_row(view->filters[s], row);
}

static inline bool tiles_same(const TileFeature *feature, const char *name, const Value *value, int decimals)
{
    const TileTag *tag = tile_tag(feature, name);
    if (value->state != VALUE_KNOWN)
        return tag == NULL;
    if (!tag)
        return false;
    return tag->kind == 's' ? str_eq(tag->text, value->text)
                            : tag->number == (double)value->num / pow(10, decimals);
}

static inline void tiles_check_feature(Arena *arena, const TilesView *view, const TileFeature *feature)
{
    static const char *const of_parcel[] = {"name_zh", "land_use", "land_state", "area_m2", NULL};
    static const char *const of_firm[] = {"name_zh", NULL};
    RowRef at;
    must(atlas_find(view->atlas, view->kind, tile_tag(feature, "id")->text, &at) == OK);
    const Table *table = atlas_table(view->atlas, view->kind, at.segment);
    Truth truth = tiles_truth(view, at.segment, at.row);
    must(truth != TRUTH_NO && (tile_tag(feature, "maybe") != NULL) == (truth == TRUTH_MAYBE));
    must(box_meets(table->boxes[at.row], tile_box(view->tile, TILE_BUFFER)));
    for (const char *const *name = view->kind == KIND_PARCEL ? of_parcel : of_firm; *name; name++) {
        Value value;
        uint32_t field = (uint32_t)field_index(view->kind, str_of(*name));
        table_value(arena, table, at.row, field, &value);
        must(tiles_same(feature, *name, &value, kind_info(view->kind)->fields[field].decimals));
    }
    for (uint32_t r = 0; r < feature->ring_count; r++)
        must(tile_ring_area_twice(feature, r) != 0 && (r > 0 || tile_ring_area_twice(feature, r) > 0));
    for (uint32_t i = 0; i < feature->point_count; i++)
        must(abs(feature->points[i].x - TILE_EXTENT / 2) <= TILE_EXTENT / 2 + TILE_BUFFER + 8 &&
             abs(feature->points[i].y - TILE_EXTENT / 2) <= TILE_EXTENT / 2 + TILE_BUFFER + 8);
}

/* How many rows must count in the tile, and may: what lies on an edge to rounding may be its neighbour's. */
typedef struct TilesTally {
    uint32_t yes_least, yes_most, maybe_least, maybe_most, drawn;
} TilesTally;

static inline TilesTally tiles_tally(const TilesView *view, double rim)
{
    TilesTally tally = {0};
    Box around = tile_box(view->tile, TILE_BUFFER);
    for (uint32_t s = 0; s < atlas_segments(view->atlas); s++) {
        const Table *table = atlas_table(view->atlas, view->kind, s);
        for (uint32_t row = 0; row < table->rows; row++) {
            Truth truth = tiles_truth(view, s, row);
            if (truth == TRUTH_NO)
                continue;
            const double *world = tiles_anchor(view->kind, table, s, row);
            bool sure = tiles_in(view, world, rim), can = tiles_in(view, world, -rim);
            tally.yes_least += sure && truth == TRUTH_YES;
            tally.yes_most += can && truth == TRUTH_YES;
            tally.maybe_least += sure && truth == TRUTH_MAYBE;
            tally.maybe_most += can && truth == TRUTH_MAYBE;
            tally.drawn += box_meets(table->boxes[row], around);
        }
    }
    return tally;
}

static inline bool tiles_has_cells(const TilesView *view, uint32_t drawn)
{
    int below = kind_info(view->kind)->cells_below_zoom;
    if ((int)view->tile.z < below)
        return true;
    return drawn > (uint32_t)(view->tile.z < TILE_ALL_ZOOM ? TILE_SHAPES_MAX : TILE_ROWS_MAX);
}

static inline void tiles_check_cells(const TileLayer *layer, const TilesTally *tally)
{
    double yes = 0, maybe = 0;
    for (uint32_t i = 0; i < layer->feature_count; i++) {
        const TileTag *of_yes = tile_tag(&layer->features[i], "count"),
                      *of_maybe = tile_tag(&layer->features[i], "maybe");
        must(of_yes != NULL && layer->features[i].type == 1);
        yes += of_yes->number;
        maybe += of_maybe ? of_maybe->number : 0;
    }
    must(yes >= tally->yes_least && yes <= tally->yes_most);
    must(maybe >= tally->maybe_least && maybe <= tally->maybe_most);
}

static inline int tiles_by_id(const void *a, const void *b)
{
    const TileFeature *x = a, *y = b;
    return str_cmp(tile_tag(x, "id")->text, tile_tag(y, "id")->text);
}

/* Every row whose anchor lies well within has a feature, and no row has two. */
static inline void tiles_check_shapes(Arena *arena, const TilesView *view, TileLayer *layer, uint32_t drawn)
{
    const double well = 16.0 / TILE_EXTENT; /* what has shrunk to a pixel stands about its middle */
    for (uint32_t i = 0; i < layer->feature_count; i++)
        tiles_check_feature(arena, view, &layer->features[i]);
    must(layer->feature_count <= drawn);
    if (layer->feature_count)
        qsort(layer->features, layer->feature_count, sizeof *layer->features, tiles_by_id);
    for (uint32_t i = 1; i < layer->feature_count; i++)
        must(tiles_by_id(&layer->features[i - 1], &layer->features[i]) < 0);
    TilesTally sure = tiles_tally(view, well);
    must(layer->feature_count >= sure.yes_least + sure.maybe_least);
}

static inline void tiles_check(Arena *arena, const Atlas *atlas, Kind kind, TileId tile, const Filter *filter,
                               Str bytes)
{
    const double edge = 1e-7; /* of a tile: more than rounding to 1e-7 degrees up to zoom 10 needs no care */
    TilesView view = {.atlas = atlas, .kind = kind, .tile = tile};
    for (uint32_t s = 0; s < atlas_segments(atlas); s++)
        view.filters[s] = filter_bind(arena, atlas_table(atlas, kind, s), filter);
    TilesTally tally = tiles_tally(&view, edge * (1u << tile.z));
    TileLayer layer = {0};
    if (bytes.len)
        layer = tile_decode(arena, bytes);
    must(!bytes.len || (layer.version == 2 && layer.extent == TILE_EXTENT && layer.feature_count > 0 &&
                        str_is(layer.name, kind_info(kind)->name)));
    if (tiles_has_cells(&view, tally.drawn))
        tiles_check_cells(&layer, &tally);
    else
        tiles_check_shapes(arena, &view, &layer, tally.drawn);
}
