#include "app/entity_json.h"

void out_span(JsonOut *out, DateSpan span)
{
    if (out->comma)
        buf_byte(out->buf, ',');
    buf_byte(out->buf, '"');
    buf_date(out->buf, span); /* digits and strokes: nothing to escape */
    buf_byte(out->buf, '"');
    out->comma = true;
}

void out_day(JsonOut *out, int32_t day)
{
    if (day == INT32_MIN)
        out_null(out);
    else
        out_span(out, (DateSpan){day, day});
}

void out_optional(JsonOut *out, const char *name, Str text)
{
    if (text.len == 0)
        return;
    out_name(out, name);
    out_str(out, text);
}

void out_box(JsonOut *out, Box box)
{
    if (!box_valid(box)) {
        out_null(out);
        return;
    }
    const int32_t sides[] = {box.west, box.south, box.east, box.north};
    out_array(out);
    for (int i = 0; i < 4; i++)
        out_fixed(out, sides[i], 7);
    out_array_end(out);
}

void out_label(JsonOut *out, Label label)
{
    out_object(out);
    out_name(out, "zh");
    out_c(out, label.zh);
    out_name(out, "en");
    out_c(out, label.en);
    out_object_end(out);
}

void out_value(JsonOut *out, const Field *field, const Value *value)
{
    switch (field->type) {
    case FIELD_NUM:
        out_fixed(out, value->num, field->decimals);
        return;
    case FIELD_BOOL:
        out_bool(out, value->num != 0);
        return;
    case FIELD_DATE:
        out_span(out, value->date);
        return;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        out_str(out, value->text);
        return;
    case FIELD_CODES:
    case FIELD_REFS:
        break;
    }
    out_array(out);
    for (uint32_t i = 0; i < value->list.count; i++)
        out_str(out, value->list.items[i]);
    out_array_end(out);
}

Str row_text(Arena *arena, const Atlas *atlas, Kind kind, RowRef at, uint32_t field)
{
    Value value;
    table_value(arena, atlas_table(atlas, kind, at.segment), at.row, field, &value);
    return value.state == VALUE_KNOWN ? value.text : STR("");
}

bool sample_names(Str sample, const char *field)
{
    while (sample.len)
        if (str_is(str_cut(&sample, ';'), field))
            return true;
    return false;
}

/* A row's values; and which fields are not just unknown, which most are. */
typedef struct RowValues {
    Value values[FIELDS_MAX]; /* of `some`, and of FIELD_SAMPLE */
    uint32_t some[FIELDS_MAX], count;
} RowValues;

static void read_row(Arena *arena, const Table *table, const KindInfo *info, uint32_t row, RowValues *ret)
{
    ret->count = 0;
    ret->values[FIELD_SAMPLE] = (Value){.state = VALUE_UNKNOWN};
    for (uint32_t f = 0; f < info->field_count; f++) {
        if (!table->columns[f].values)
            continue;
        table_value(arena, table, row, f, &ret->values[f]);
        if (ret->values[f].state != VALUE_UNKNOWN)
            ret->some[ret->count++] = f;
    }
}

static void out_fields(JsonOut *out, const KindInfo *info, const RowValues *row)
{
    const Value *values = row->values;
    out_name(out, "fields");
    out_object(out);
    for (uint32_t i = 0; i < row->count; i++) {
        uint32_t f = row->some[i];
        if (values[f].state != VALUE_KNOWN || f == FIELD_SAMPLE)
            continue;
        out_name(out, info->fields[f].name);
        out_value(out, &info->fields[f], &values[f]);
    }
    out_object_end(out);
    out_name(out, "states");
    out_object(out);
    for (uint32_t i = 0; i < row->count; i++) {
        uint32_t f = row->some[i];
        if (values[f].state != VALUE_NOT_APPLICABLE && values[f].state != VALUE_WITHHELD)
            continue;
        out_name(out, info->fields[f].name);
        out_c(out, values[f].state == VALUE_WITHHELD ? "withheld" : "not_applicable");
    }
    out_object_end(out);
}

/* Which of the values are sample data, where the row as a whole is not. */
static void out_sample(JsonOut *out, const Value *names)
{
    if (names->state != VALUE_KNOWN)
        return;
    out_name(out, "sample");
    out_array(out);
    for (Str rest = names->text; rest.len;)
        out_str(out, str_cut(&rest, ';'));
    out_array_end(out);
}

/* A thing that another row names. One this audience may not see stays a bare key, as one that does not exist.
 */
static void out_ref(JsonOut *out, Arena *arena, const Atlas *atlas, Kind kind, Str key)
{
    RowRef at;
    if (atlas_find(atlas, kind, key, &at) != OK)
        return;
    out_name_str(out, key);
    out_object(out);
    out_name(out, "name_zh");
    out_str(out, row_text(arena, atlas, kind, at, FIELD_NAME_ZH));
    out_name(out, "name_en");
    out_str(out, row_text(arena, atlas, kind, at, FIELD_NAME_EN));
    out_name(out, "kind");
    out_c(out, kind_info(kind)->name);
    out_object_end(out);
}

enum { REFS_MAX = FIELDS_MAX + LIST_MAX * 4 };

typedef struct Refs {
    Str keys[REFS_MAX];
    uint32_t count;
} Refs;

static bool refs_add(Refs *refs, Str key)
{
    for (uint32_t i = 0; i < refs->count; i++)
        if (str_eq(refs->keys[i], key))
            return false;
    if (refs->count == REFS_MAX)
        return false;
    refs->keys[refs->count++] = key;
    return true;
}

static void out_refs(JsonOut *out, Arena *arena, const Atlas *atlas, const KindInfo *info,
                     const RowValues *row)
{
    const Value *values = row->values;
    Refs refs;
    refs.count = 0;
    out_name(out, "refs");
    out_object(out);
    for (uint32_t n = 0; n < row->count; n++) {
        uint32_t f = row->some[n];
        const Field *field = &info->fields[f];
        if (values[f].state != VALUE_KNOWN)
            continue;
        if (field->type == FIELD_REF && refs_add(&refs, values[f].text))
            out_ref(out, arena, atlas, field->ref, values[f].text);
        for (uint32_t i = 0; field->type == FIELD_REFS && i < values[f].list.count; i++)
            if (refs_add(&refs, values[f].list.items[i]))
                out_ref(out, arena, atlas, field->ref, values[f].list.items[i]);
    }
    out_object_end(out);
}

static void out_place(JsonOut *out, const Table *table, uint32_t row)
{
    bool placed = box_valid(table->boxes[row]);
    out_name(out, "anchor");
    if (placed) {
        out_array(out);
        out_fixed(out, table->anchors[row].lon, 7);
        out_fixed(out, table->anchors[row].lat, 7);
        out_array_end(out);
    } else {
        out_null(out);
    }
    out_name(out, "box");
    out_box(out, table->boxes[row]);
}

static void out_shape(JsonOut *out, Arena *arena, const Table *table, uint32_t row)
{
    Geometry shape;
    table_shape(arena, table, row, &shape);
    out_name(out, "geometry");
    if (shape.type == GEOM_NONE) {
        out_null(out);
        return;
    }
    geometry_geojson(out->buf, &shape);
    out->comma = true;
}

void out_entity(JsonOut *out, Arena *arena, const Atlas *atlas, Kind kind, RowRef at, EntityJson options)
{
    const KindInfo *info = kind_info(kind);
    const Table *table = atlas_table(atlas, kind, at.segment);
    RowValues row;
    read_row(arena, table, info, at.row, &row);
    out_object(out);
    out_name(out, "id");
    out_str(out, table_key(table, at.row));
    out_name(out, "kind");
    out_c(out, info->name);
    out_fields(out, info, &row);
    out_sample(out, &row.values[FIELD_SAMPLE]);
    out_refs(out, arena, atlas, info, &row);
    out_place(out, table, at.row);
    out_name(out, "as_of");
    out_span(out, table->fresh[at.row].as_of);
    if (options.maybe) {
        out_name(out, "maybe");
        out_bool(out, true);
    }
    if (options.geometry)
        out_shape(out, arena, table, at.row);
    out_object_end(out);
}
