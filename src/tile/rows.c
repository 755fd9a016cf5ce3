/* Rows as features: what of them the map needs, and their shape. */
#include "tile/rows.h"
#include "tile/paths.h"
#include <assert.h>
#include <stdlib.h>

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

/* A property with what is the same for all rows: its key's number, its columns, and for codes the number + 1
 * of each value once it is written. */
typedef struct Bound {
    PropertyForm form;
    uint32_t key;
    uint32_t field;
    const Column *columns[SEGMENTS_MAX];
    uint32_t *numbers[SEGMENTS_MAX];
} Bound;

typedef struct Found {
    uint32_t segment, row;
    bool maybe;
    Str key;
} Found;

typedef struct Work {
    Layer *layer;
    const TileRows *rows;
    Paths paths;
    Arena *shapes; /* emptied after every feature */
    Bound properties[PROPERTIES_MAX];
    uint32_t property_count, id_key, maybe_key;
    Found *found;
    uint32_t found_count, found_room;
    uint32_t segment; /* being searched */
} Work;

static void bind(Work *work, Kind kind, const Property *property)
{
    int field = field_index(kind, str_of(property->field));
    assert(field >= 0 && work->property_count < PROPERTIES_MAX);
    Bound *bound = &work->properties[work->property_count];
    *bound = (Bound){.form = property->form, .field = (uint32_t)field};
    bool seen = false;
    for (uint32_t s = 0; s < work->rows->count; s++) {
        const Column *column = &work->rows->tables[s]->columns[field];
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

static bool note_row(uint32_t row, void *user)
{
    Work *work = user;
    const TileRows *rows = work->rows;
    uint32_t s = work->segment;
    bool yes = bits_get(rows->yes[s], row), maybe = rows->maybe[s] && bits_get(rows->maybe[s], row);
    if (!yes && !maybe)
        return true;
    if (work->found_count == work->found_room) {
        uint32_t room = work->found_room ? work->found_room * 2 : 64;
        Found *found = arena_array(work->layer->arena, Found, room);
        if (work->found_count)
            memcpy(found, work->found, work->found_count * sizeof *found);
        work->found = found;
        work->found_room = room;
    }
    work->found[work->found_count++] = (Found){s, row, maybe, table_key(rows->tables[s], row)};
    return true;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const Found *)a)->key, ((const Found *)b)->key);
}

static void joined_tag(Work *work, const Bound *bound, const Column *column, uint32_t row)
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
    if (len)
        layer_tag(work->layer, bound->key, layer_text(work->layer, (Str){text, len}));
}

static uint32_t code_value(Work *work, const Bound *bound, const Column *column, uint32_t index)
{
    if (bound->form == FORM_OFFER)
        return layer_text(work->layer, str_of(offer_name(column->field->codes->codes[index].offer)));
    return layer_text(work->layer, column_entry(column, index));
}

static void property_tag(Work *work, Bound *bound, uint32_t segment, uint32_t row)
{
    const Column *column = bound->columns[segment];
    if (!column || !bits_get(column->known, row))
        return;
    if (bound->form == FORM_JOINED) {
        joined_tag(work, bound, column, row);
        return;
    }
    int64_t num = column_num(column, row);
    uint32_t entry = (uint32_t)column_stored(column, row), value; /* of the dictionary, if it has one */
    switch (column->field->type) {
    case FIELD_CODE:
        value = bound->numbers[segment][entry];
        if (value == 0)
            value = bound->numbers[segment][entry] = code_value(work, bound, column, entry) + 1;
        value--;
        break;
    case FIELD_NUM:
        value = layer_number(work->layer, num, column->field->decimals);
        break;
    case FIELD_BOOL:
        value = layer_bool(work->layer, num);
        break;
    default:
        value = layer_text(work->layer, column_entry(column, entry));
        break;
    }
    layer_tag(work->layer, bound->key, value);
}

static void feature_write(Work *work, const Found *found)
{
    const Table *table = work->rows->tables[found->segment];
    Geometry shape;
    table_shape(work->shapes, table, found->row, &shape);
    FeatureType type = shape.type == GEOM_POLYGON ? FEATURE_POLYGON : FEATURE_POINT;
    bool any = shape.type == GEOM_POLYGON
                   ? paths_polygon(&work->paths, &shape)
                   : shape.type == GEOM_POINT && paths_point(&work->paths, shape.points[0]);
    arena_reset(work->shapes);
    if (!any)
        return;
    layer_tag(work->layer, work->id_key, layer_text_once(work->layer, found->key));
    for (uint32_t i = 0; i < work->property_count; i++)
        property_tag(work, &work->properties[i], found->segment, found->row);
    if (found->maybe)
        layer_tag(work->layer, work->maybe_key, layer_bool(work->layer, true));
    layer_feature(work->layer, type, work->paths.commands.ptr, work->paths.commands.len);
}

void rows_features(Layer *layer, const TileRows *rows, Kind kind, TileId tile)
{
    Work work = {.layer = layer, .rows = rows};
    Box box = tile_box(tile, TILE_BUFFER);
    for (; work.segment < rows->count; work.segment++)
        if (rows->tables[work.segment]->rows)
            rtree_search(&rows->tables[work.segment]->tree, box, note_row, &work);
    if (work.found_count == 0)
        return;
    qsort(work.found, work.found_count, sizeof *work.found, by_key);
    paths_start(&work.paths, layer->arena, tile);
    work.id_key = layer_key(layer, "id");
    for (uint32_t i = 0; i < sizeof common / sizeof *common; i++)
        bind(&work, kind, &common[i]);
    for (uint32_t i = 0; i < of_kind[kind].count; i++)
        bind(&work, kind, &of_kind[kind].list[i]);
    work.maybe_key = layer_key(layer, "maybe");
    work.shapes = arena_new();
    for (uint32_t i = 0; i < work.found_count && !layer->features.full && !layer->values.full; i++)
        feature_write(&work, &work.found[i]);
    arena_free(work.shapes);
}
