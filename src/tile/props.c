#include "tile/props.h"
#include "atlas/filter_scan.h"
#include <assert.h>
#include <pthread.h>
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

enum { COMMON = sizeof common / sizeof *common };

/* Which field each property of a kind has, the common ones first: looked up by name once. */
static uint8_t fields_of[KIND_COUNT][PROPS_MAX];
static pthread_once_t fields_once = PTHREAD_ONCE_INIT;

static const Property *property_at(Kind kind, uint32_t i)
{
    return i < COMMON ? &common[i] : &of_kind[kind].list[i - COMMON];
}

static void find_fields(void)
{
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (uint32_t i = 0; i < COMMON + of_kind[kind].count; i++) {
            int field = field_index((Kind)kind, str_of(property_at((Kind)kind, i)->field));
            assert(kind_info((Kind)kind)->geometry == GEOMETRY_NONE || field >= 0);
            fields_of[kind][i] = (uint8_t)(field < 0 ? 0 : field);
        }
}

static void bind(Props *props, Kind kind, uint32_t number)
{
    const Property *property = property_at(kind, number);
    uint32_t field = fields_of[kind][number], seen = 0;
    Prop *prop = &props->list[props->count];
    prop->form = property->form;
    prop->field = &kind_info(kind)->fields[field];
    prop->none = true;
    for (uint32_t s = 0; s < props->rows->count; s++) {
        const Table *table = props->rows->tables[s];
        const Column *column = &table->columns[field];
        prop->columns[s] = column->values ? column : NULL;
        if (!column->values)
            continue; /* hidden from this audience, or no rows */
        seen++;
        prop->none &= column->known_count == 0;
        prop->all_known[s] = column->known_count == table->rows;
        prop->once = seen == 1 && column->dict_count == column->known_count;
        if (column->field->type == FIELD_CODE)
            prop->numbers[s] = arena_zarray(props->layer->arena, uint32_t, column->dict_count);
    }
    if (!seen)
        return;
    prop->key = layer_key(props->layer, property->name);
    props->count++;
}

void props_bind(Props *props, Layer *layer, const TileRows *rows, Kind kind)
{
    props->layer = layer;
    props->rows = rows;
    props->count = 0;
    pthread_once(&fields_once, find_fields);
    for (uint32_t i = 0; i < COMMON + of_kind[kind].count; i++)
        bind(props, kind, i);
}

/* ---- asking memory ahead ---- */

static bool has_dict(const Prop *prop)
{
    return !prop->none && (prop->field->type == FIELD_TEXT || prop->field->type == FIELD_REF);
}

void props_fetch(const Props *props, const TileRow *rows, uint32_t count)
{
    enum { LINE_ROWS = 16 }; /* of four bytes each */
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && rows[i].row / LINE_ROWS == rows[i - 1].row / LINE_ROWS &&
            rows[i].segment == rows[i - 1].segment)
            continue;
        for (uint32_t p = 0; p < props->count; p++) {
            const Column *column = props->list[p].columns[rows[i].segment];
            if (column && !props->list[p].none)
                __builtin_prefetch((const char *)column->values + (size_t)rows[i].row * column->width);
        }
    }
}

void props_fetch_texts(const Props *props, const TileRow *rows, uint32_t count, bool ends)
{
    for (uint32_t p = 0; p < props->count; p++)
        for (uint32_t i = 0; has_dict(&props->list[p]) && i < count; i++) {
            const Column *column = props->list[p].columns[rows[i].segment];
            if (!column || !column->dict_count)
                continue;
            uint64_t entry = column_stored(column, rows[i].row);
            if (ends)
                __builtin_prefetch(column->dict_ends + entry);
            else
                __builtin_prefetch(column->dict_bytes + (entry ? column->dict_ends[entry - 1] : 0));
        }
}

/* ---- values ---- */

static const Column *known_at(const Prop *prop, TileRow at)
{
    const Column *column = prop->columns[at.segment];
    return column && (prop->all_known[at.segment] || bits_get(column->known, at.row)) ? column : NULL;
}

static uint32_t code_value(Layer *layer, const Prop *prop, const Column *column, uint32_t index)
{
    if (prop->form == FORM_OFFER)
        return layer_text(layer, str_of(offer_name(column->field->codes->codes[index].offer)));
    return layer_text(layer, column_entry(column, index));
}

static void read_codes(Layer *layer, Prop *prop, const TileRow *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const Column *column = known_at(prop, rows[i]);
        prop->values[i] = NO_VALUE;
        if (!column)
            continue;
        uint32_t code = (uint32_t)column_stored(column, rows[i].row);
        uint32_t *number = &prop->numbers[rows[i].segment][code];
        if (*number == 0)
            *number = code_value(layer, prop, column, code) + 1;
        prop->values[i] = *number - 1;
    }
}

static void read_numbers(Layer *layer, Prop *prop, const TileRow *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const Column *column = known_at(prop, rows[i]);
        prop->values[i] = NO_VALUE;
        if (column && prop->field->type == FIELD_BOOL)
            prop->values[i] = layer_bool(layer, column_num(column, rows[i].row));
        else if (column)
            prop->values[i] = layer_number(layer, column_num(column, rows[i].row), prop->field->decimals);
    }
}

/* A dictionary holds a text once, so its place there stands for it. What a delta has of the base's texts has
 * the place that it has in the base. */
static void read_texts(Layer *layer, Prop *prop, const TileRow *rows, uint32_t count)
{
    enum { OF_DELTA = 1u << 31 };
    const Column *base = prop->columns[0];
    for (uint32_t i = 0; i < count; i++) {
        const Column *column = known_at(prop, rows[i]);
        prop->values[i] = NO_VALUE;
        if (!column)
            continue;
        uint32_t entry = (uint32_t)column_stored(column, rows[i].row), place = entry;
        Str text = column_entry(column, entry);
        if (prop->once) {
            prop->values[i] = layer_text_once(layer, text);
            continue;
        }
        if (column != base && !(base && column_find(base, text, &place)))
            place = entry | OF_DELTA;
        prop->values[i] = layer_text_at(layer, (uint64_t)prop->key << 32 | place, text);
    }
}

static uint32_t joined_value(Layer *layer, const Column *column, uint32_t row)
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
    return len ? layer_text(layer, (Str){text, len}) : NO_VALUE;
}

static void read_lists(Layer *layer, Prop *prop, const TileRow *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const Column *column = known_at(prop, rows[i]);
        prop->values[i] = column ? joined_value(layer, column, rows[i].row) : NO_VALUE;
    }
}

static void read_values(Layer *layer, Prop *prop, const TileRow *rows, uint32_t count)
{
    if (prop->form == FORM_JOINED)
        read_lists(layer, prop, rows, count);
    else if (prop->field->type == FIELD_CODE)
        read_codes(layer, prop, rows, count);
    else if (prop->field->type == FIELD_NUM || prop->field->type == FIELD_BOOL)
        read_numbers(layer, prop, rows, count);
    else
        read_texts(layer, prop, rows, count);
}

LEVELS static void make_tags(Prop *prop, uint32_t *restrict sizes, uint32_t count)
{
    const uint32_t *restrict values = prop->values;
    uint32_t *restrict tags = prop->tags, *restrict tag_sizes = prop->tag_sizes;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t size = values[i] == NO_VALUE ? 0 : tag_size(values[i]);
        tags[i] = tag_bytes(prop->key, values[i]);
        tag_sizes[i] = size;
        sizes[i] += size;
    }
}

void props_read(Props *props, const TileRow *rows, uint32_t count)
{
    memset(props->sizes, 0, sizeof props->sizes);
    for (uint32_t p = 0; p < props->count; p++) {
        if (props->list[p].none)
            continue;
        read_values(props->layer, &props->list[p], rows, count);
        make_tags(&props->list[p], props->sizes, count);
    }
}
