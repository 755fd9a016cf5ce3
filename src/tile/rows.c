/* Rows → features, a chunk of rows at a time: first all shapes, then one property after another for all rows,
 * then the features. So each loop goes over few columns and waits for many of their cache lines at once. */
#include "tile/rows.h"
#include "atlas/shape.h"
#include "tile/props.h"
#include "tile/rings.h"
#include <string.h>

enum { CHUNK = PROPS_ROWS };
_Static_assert((int)CHUNK <= (int)RINGS_MAX, "a chunk's rings are one batch");

/* What is left of a row's shape within the tile: its commands, in Work.commands. */
typedef struct Drawn {
    FeatureType type;
    uint32_t start, len;
} Drawn;

typedef struct Work {
    Layer *layer;
    const TileRows *rows;
    Props props;
    Paths paths;
    Rings rings;
    Arena *shapes; /* emptied after every shape that is not a plain ring */
    uint32_t id_key, maybe_key;
    Pbf commands;
    TileRow drawn_rows[CHUNK];
    Drawn drawn[CHUNK];
    uint32_t drawn_count;
} Work;

/* A tile's rows lie all over the map, and each is read here for the first time: so first all lines that row
 * numbers lead to are asked for, then those that they lead to. */
static void fetch(const Work *work, const TileRow *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const Table *table = work->rows->tables[rows[i].segment];
        __builtin_prefetch(&table->shape_ends[rows[i].row]);
        __builtin_prefetch(&table->boxes[rows[i].row]);
        __builtin_prefetch(&table->anchors[rows[i].row]);
        __builtin_prefetch(&table->key_ends[rows[i].row]);
    }
    props_fetch(&work->props, rows, count);
    for (uint32_t i = 0; i < count; i++) {
        const Table *table = work->rows->tables[rows[i].segment];
        uint32_t row = rows[i].row;
        __builtin_prefetch(table->shape_bytes + (row ? table->shape_ends[row - 1] : 0));
        __builtin_prefetch(table->key_bytes + (row ? table->key_ends[row - 1] : 0));
    }
    props_fetch_texts(&work->props, rows, count, true);
    props_fetch_texts(&work->props, rows, count, false);
}

/* ---- shapes ---- */

static void drawn_add(Work *work, TileRow row, FeatureType type, uint32_t start)
{
    uint32_t len = (uint32_t)work->commands.len - start;
    if (len == 0)
        return;
    work->drawn_rows[work->drawn_count] = row;
    work->drawn[work->drawn_count++] = (Drawn){type, start, len};
}

/* What paths.h wrote last. */
static void draw_paths(Work *work, TileRow row, FeatureType type)
{
    uint32_t start = (uint32_t)work->commands.len;
    pbf_raw(&work->commands, work->paths.commands.ptr, work->paths.commands.len);
    drawn_add(work, row, type, start);
}

/* A shape that needs more than projecting. */
static void draw_whole(Work *work, TileRow row)
{
    Geometry shape;
    table_shape(work->shapes, work->rows->tables[row.segment], row.row, &shape);
    if (shape.type == GEOM_POLYGON && paths_polygon(&work->paths, &shape))
        draw_paths(work, row, FEATURE_POLYGON);
    else if (shape.type == GEOM_POINT && paths_point(&work->paths, shape.points[0]))
        draw_paths(work, row, FEATURE_POINT);
    arena_reset(work->shapes);
}

/* The i-th ring of the batch. */
static void draw_ring(Work *work, TileRow row, uint32_t i)
{
    const Rings *rings = &work->rings;
    uint32_t start = (uint32_t)work->commands.len;
    if (rings->inside[i] && rings_write(rings, i, &work->commands)) {
        drawn_add(work, row, FEATURE_POLYGON, start);
        return;
    }
    const int32_t *x = rings->x + rings->starts[i], *y = rings->y + rings->starts[i];
    switch (paths_ring(&work->paths, x, y, rings->sizes[i])) {
    case RING_DRAWN:
        draw_paths(work, row, FEATURE_POLYGON);
        break;
    case RING_ELSEWHERE:
        break;
    case RING_VANISHED:
        draw_whole(work, row);
    }
}

static void draw_shapes(Work *work, const TileRow *rows, uint32_t count)
{
    enum { PLAIN_POINT = UINT32_MAX - 1, OTHER = UINT32_MAX };
    uint32_t places[CHUNK];
    rings_clear(&work->rings);
    for (uint32_t i = 0; i < count; i++) {
        const Table *table = work->rows->tables[rows[i].segment];
        uint32_t row = rows[i].row;
        uint64_t start = row ? table->shape_ends[row - 1] : 0, size = table->shape_ends[row] - start;
        const uint8_t *shape = table->shape_bytes + start;
        places[i] = work->rings.count;
        if (shape_is_point(shape, size))
            places[i] = PLAIN_POINT;
        else if (!rings_add(&work->rings, shape, size, table->anchors[row], table->boxes[row]))
            places[i] = OTHER;
    }
    rings_project(&work->rings);
    work->commands.len = work->drawn_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        const Table *table = work->rows->tables[rows[i].segment];
        if (places[i] < PLAIN_POINT)
            draw_ring(work, rows[i], places[i]);
        else if (places[i] == OTHER)
            draw_whole(work, rows[i]);
        else if (paths_point(&work->paths, table->anchors[rows[i].row]))
            draw_paths(work, rows[i], FEATURE_POINT);
    }
}

/* ---- features ---- */

static void write_feature(Work *work, uint32_t i, uint32_t id)
{
    Layer *layer = work->layer;
    const Props *props = &work->props;
    const Drawn *drawn = &work->drawn[i];
    uint32_t size = tag_size(id) + props->sizes[i], maybe = NO_VALUE;
    if (work->drawn_rows[i].maybe) {
        maybe = layer_bool(layer, true);
        size += tag_size(maybe);
    }
    uint8_t *at = layer_feature_begin(layer, size, drawn->len);
    if (!at)
        return;
    at = tag_put(at, work->id_key, id);
    for (uint32_t p = 0; p < props->count; p++) {
        const Prop *prop = &props->list[p];
        if (prop->none)
            continue;
        memcpy(at, &prop->tags[i], sizeof prop->tags[i]);
        at += prop->tag_sizes[i];
    }
    if (maybe != NO_VALUE)
        at = tag_put(at, work->maybe_key, maybe);
    layer_feature_end(layer, at, drawn->type, work->commands.ptr + drawn->start, drawn->len);
}

static void write_chunk(Work *work)
{
    uint32_t ids[CHUNK];
    for (uint32_t i = 0; i < work->drawn_count; i++) {
        TileRow at = work->drawn_rows[i];
        ids[i] = layer_text_once(work->layer, table_key(work->rows->tables[at.segment], at.row));
    }
    props_read(&work->props, work->drawn_rows, work->drawn_count);
    for (uint32_t i = 0; i < work->drawn_count; i++)
        write_feature(work, i, ids[i]);
}

void rows_features(Layer *layer, const TileRows *rows, Kind kind, TileId tile, TilePick pick)
{
    Work *work = arena_alloc(layer->arena, sizeof *work);
    work->layer = layer;
    work->rows = rows;
    work->commands = (Pbf){.arena = layer->arena};
    paths_start(&work->paths, layer->arena, tile);
    rings_start(&work->rings, &work->paths.frame, tile);
    work->id_key = layer_key(layer, "id");
    props_bind(&work->props, layer, rows, kind);
    work->maybe_key = layer_key(layer, "maybe");
    work->shapes = arena_new();
    for (uint32_t from = 0; from < pick.count && !layer->features.full && !layer->values.full;
         from += CHUNK) {
        uint32_t count = pick.count - from < CHUNK ? pick.count - from : CHUNK;
        fetch(work, pick.at + from, count);
        draw_shapes(work, pick.at + from, count);
        write_chunk(work);
    }
    arena_free(work->shapes);
}
