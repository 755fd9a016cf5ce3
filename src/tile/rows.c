/* Rows → features, a chunk of rows at a time: first all shapes, then one property after another for all rows,
 * then the features. So each loop goes over few columns and waits for many of their cache lines at once. */
#include "tile/rows.h"
#include "atlas/shape.h"
#include "tile/rings.h"
#include <assert.h>
#include <string.h>

/* How a property comes from its field. */
typedef enum PropertyForm {
    FORM_PLAIN,  /* as it is: text, code, number, yes or no */
    FORM_JOINED, /* codes with ; between */
    FORM_OFFER,  /* open, promised or closed: what the land state means */
} PropertyForm;

typedef struct Property {
    const char *name, *field;
    PropertyForm form;
} Property;

static const Property common[] = {
    {"name_zh", "name_zh", FORM_PLAIN},
    {"name_en", "name_en", FORM_PLAIN},
    {"how", "how", FORM_PLAIN},
};

static const Property of_parcel[] = {
    {"land_use", "land_use", FORM_PLAIN},         {"land_state", "land_state", FORM_PLAIN},
    {"offer", "land_state", FORM_OFFER},          {"area_m2", "area_m2", FORM_PLAIN},
    {"price_fen_m2", "price_fen_m2", FORM_PLAIN}, {"power_left_kva", "power_left_kva", FORM_PLAIN},
};
static const Property of_park[] = {{"tiers", "tiers", FORM_JOINED}, {"precision", "precision", FORM_PLAIN}};
static const Property of_facility[] = {{"type", "type", FORM_PLAIN}};
static const Property of_building[] = {{"type", "type", FORM_PLAIN}, {"state", "state", FORM_PLAIN}};
static const Property of_enterprise[] = {{"type", "type", FORM_PLAIN}, {"tags", "tags", FORM_JOINED}};
static const Property of_project[] = {{"type", "type", FORM_PLAIN}, {"stage", "stage", FORM_PLAIN}};
static const Property of_infra_work[] = {{"service", "service", FORM_PLAIN}, {"state", "state", FORM_PLAIN}};
static const Property of_event[] = {{"type", "type", FORM_PLAIN}};
static const Property of_region[] = {{"level", "level", FORM_PLAIN}};

static const struct {
    const Property *list;
    uint32_t count;
} of_kind[KIND_COUNT] = {
    [KIND_PARCEL] = {of_parcel, sizeof of_parcel / sizeof *of_parcel},
    [KIND_PARK] = {of_park, sizeof of_park / sizeof *of_park},
    [KIND_FACILITY] = {of_facility, sizeof of_facility / sizeof *of_facility},
    [KIND_REGION] = {of_region, sizeof of_region / sizeof *of_region},
    [KIND_BUILDING] = {of_building, sizeof of_building / sizeof *of_building},
    [KIND_ENTERPRISE] = {of_enterprise, sizeof of_enterprise / sizeof *of_enterprise},
    [KIND_PROJECT] = {of_project, sizeof of_project / sizeof *of_project},
    [KIND_INFRA_WORK] = {of_infra_work, sizeof of_infra_work / sizeof *of_infra_work},
    [KIND_EVENT] = {of_event, sizeof of_event / sizeof *of_event},
};

enum { PROPERTIES_MAX = LAYER_KEYS_MAX - 2 };

enum { CHUNK = RINGS_MAX, NO_VALUE = UINT32_MAX };

/* A property with what is the same for all rows: its key's number, its columns, for codes the number + 1 of
 * each value once it is written; and the values' numbers for the chunk in hand. */
typedef struct Bound {
    PropertyForm form;
    uint32_t key;
    const Field *field;
    const Column *columns[SEGMENTS_MAX];
    uint32_t *numbers[SEGMENTS_MAX];
    uint32_t values[CHUNK];
} Bound;

/* What is left of a row's shape within the tile: its commands, in Work.commands. */
typedef struct Drawn {
    TileRow row;
    FeatureType type;
    uint32_t start, len;
} Drawn;

typedef struct Work {
    Layer *layer;
    const TileRows *rows;
    Paths paths;
    Rings *rings;
    Arena *shapes; /* emptied after every shape that is not a plain ring */
    Bound properties[PROPERTIES_MAX];
    uint32_t property_count, id_key, maybe_key;
    Pbf commands;
    Drawn drawn[CHUNK];
    uint32_t drawn_count;
} Work;

static void bind(Work *work, Kind kind, const Property *property)
{
    int field = field_index(kind, str_of(property->field));
    assert(field >= 0 && work->property_count < PROPERTIES_MAX);
    Bound *bound = &work->properties[work->property_count];
    bound->form = property->form;
    bound->field = &kind_info(kind)->fields[field];
    bool seen = false;
    for (uint32_t s = 0; s < work->rows->count; s++) {
        const Column *column = &work->rows->tables[s]->columns[field];
        bound->columns[s] = NULL;
        if (!column->values)
            continue; /* hidden from this audience, or no rows */
        seen = true;
        bound->columns[s] = column;
        if (column->field->type == FIELD_CODE)
            bound->numbers[s] = arena_zarray(work->layer->arena, uint32_t, column->dict_count);
    }
    if (!seen)
        return;
    bound->key = layer_key(work->layer, property->name);
    work->property_count++;
}

/* ---- shapes ---- */

static void drawn_add(Work *work, TileRow row, FeatureType type, uint32_t start)
{
    uint32_t len = (uint32_t)work->commands.len - start;
    if (len)
        work->drawn[work->drawn_count++] = (Drawn){row, type, start, len};
}

/* A shape that needs more than projecting. */
static void draw_whole(Work *work, TileRow row)
{
    uint32_t start = (uint32_t)work->commands.len;
    Geometry shape;
    table_shape(work->shapes, work->rows->tables[row.segment], row.row, &shape);
    bool any = shape.type == GEOM_POLYGON
                   ? paths_polygon(&work->paths, &shape)
                   : shape.type == GEOM_POINT && paths_point(&work->paths, shape.points[0]);
    arena_reset(work->shapes);
    if (any)
        pbf_raw(&work->commands, work->paths.commands.ptr, work->paths.commands.len);
    drawn_add(work, row, shape.type == GEOM_POLYGON ? FEATURE_POLYGON : FEATURE_POINT, start);
}

static void draw_point(Work *work, TileRow row, Point at)
{
    uint32_t start = (uint32_t)work->commands.len;
    if (paths_point(&work->paths, at))
        pbf_raw(&work->commands, work->paths.commands.ptr, work->paths.commands.len);
    drawn_add(work, row, FEATURE_POINT, start);
}

static void draw_shapes(Work *work, const TileRow *rows, uint32_t count)
{
    enum { PLAIN_POINT = UINT32_MAX - 1, OTHER = UINT32_MAX };
    uint32_t places[CHUNK];
    rings_clear(work->rings);
    for (uint32_t i = 0; i < count; i++) {
        const Table *table = work->rows->tables[rows[i].segment];
        uint32_t row = rows[i].row;
        uint64_t start = row ? table->shape_ends[row - 1] : 0, size = table->shape_ends[row] - start;
        const uint8_t *shape = table->shape_bytes + start;
        places[i] = work->rings->count;
        if (shape_is_point(shape, size))
            places[i] = PLAIN_POINT;
        else if (!rings_add(work->rings, shape, size, table->anchors[row], table->boxes[row]))
            places[i] = OTHER;
    }
    rings_project(work->rings);
    work->commands.len = work->drawn_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = (uint32_t)work->commands.len;
        if (places[i] == PLAIN_POINT)
            draw_point(work, rows[i], work->rows->tables[rows[i].segment]->anchors[rows[i].row]);
        else if (places[i] == OTHER || !rings_write(work->rings, places[i], &work->commands))
            draw_whole(work, rows[i]);
        else
            drawn_add(work, rows[i], FEATURE_POLYGON, start);
    }
}

/* ---- properties ---- */

static uint32_t joined_value(Work *work, const Column *column, uint32_t row)
{
    char text[1024];
    size_t len = 0;
    for (uint32_t i = row ? column->list_ends[row - 1] : 0; i < column->list_ends[row]; i++) {
        Str entry = column_entry(column, (uint32_t)column_stored(column, i));
        if (len + entry.len + 1 > sizeof text)
            break;
        if (len)
            text[len++] = ';';
        memcpy(text + len, entry.ptr, entry.len);
        len += entry.len;
    }
    return len ? layer_text(work->layer, (Str){text, len}) : NO_VALUE;
}

static uint32_t code_value(Work *work, const Bound *bound, const Column *column, uint32_t index)
{
    if (bound->form == FORM_OFFER)
        return layer_text(work->layer, str_of(offer_name(column->field->codes->codes[index].offer)));
    return layer_text(work->layer, column_entry(column, index));
}

static uint32_t value_of(Work *work, const Bound *bound, TileRow at)
{
    const Column *column = bound->columns[at.segment];
    if (!column || !bits_get(column->known, at.row))
        return NO_VALUE;
    if (bound->form == FORM_JOINED)
        return joined_value(work, column, at.row);
    uint32_t entry, *number;
    switch (bound->field->type) {
    case FIELD_CODE:
        entry = (uint32_t)column_stored(column, at.row);
        number = &bound->numbers[at.segment][entry];
        if (*number == 0)
            *number = code_value(work, bound, column, entry) + 1;
        return *number - 1;
    case FIELD_NUM:
        return layer_number(work->layer, column_num(column, at.row), bound->field->decimals);
    case FIELD_BOOL:
        return layer_bool(work->layer, column_num(column, at.row));
    default:
        return layer_text(work->layer, column_entry(column, (uint32_t)column_stored(column, at.row)));
    }
}

/* ---- features ---- */

static void write_chunk(Work *work)
{
    Layer *layer = work->layer;
    uint32_t ids[CHUNK];
    for (uint32_t i = 0; i < work->drawn_count; i++) {
        TileRow at = work->drawn[i].row;
        ids[i] = layer_text_once(layer, table_key(work->rows->tables[at.segment], at.row));
    }
    for (uint32_t p = 0; p < work->property_count; p++)
        for (uint32_t i = 0; i < work->drawn_count; i++)
            work->properties[p].values[i] = value_of(work, &work->properties[p], work->drawn[i].row);
    for (uint32_t i = 0; i < work->drawn_count; i++) {
        const Drawn *drawn = &work->drawn[i];
        layer_tag(layer, work->id_key, ids[i]);
        for (uint32_t p = 0; p < work->property_count; p++)
            if (work->properties[p].values[i] != NO_VALUE)
                layer_tag(layer, work->properties[p].key, work->properties[p].values[i]);
        if (drawn->row.maybe)
            layer_tag(layer, work->maybe_key, layer_bool(layer, true));
        layer_feature(layer, drawn->type, work->commands.ptr + drawn->start, drawn->len);
    }
}

void rows_features(Layer *layer, const TileRows *rows, Kind kind, TileId tile, TilePick pick)
{
    Work *work = arena_alloc(layer->arena, sizeof *work);
    work->layer = layer;
    work->rows = rows;
    work->commands = (Pbf){.arena = layer->arena};
    work->property_count = 0;
    paths_start(&work->paths, layer->arena, tile);
    work->rings = arena_alloc(layer->arena, sizeof *work->rings);
    rings_start(work->rings, tile);
    work->id_key = layer_key(layer, "id");
    for (uint32_t i = 0; i < sizeof common / sizeof *common; i++)
        bind(work, kind, &common[i]);
    for (uint32_t i = 0; i < of_kind[kind].count; i++)
        bind(work, kind, &of_kind[kind].list[i]);
    work->maybe_key = layer_key(layer, "maybe");
    work->shapes = arena_new();
    for (uint32_t from = 0; from < pick.count && !layer->features.full && !layer->values.full;
         from += CHUNK) {
        draw_shapes(work, pick.at + from, pick.count - from < CHUNK ? pick.count - from : CHUNK);
        write_chunk(work);
    }
    arena_free(work->shapes);
}
