#include "app/export_row.h"
#include "app/csv_cell.h"
#include "base/json.h"
#include "geo/geometry.h"
#include <string.h>

enum { CELL_MAX_BYTES = 32 * 1024 * 1024 };

bool export_field(const Field *field, Audience audience)
{
    /* Of a row's visibility an audience learns what it can see: that the row is for it. */
    bool visibility = strcmp(field->name, "visibility") == 0;
    return !field->derived && (visibility || field->visibility <= audience);
}

/* ---- CSV ---- */

void export_csv_headings(Buf *buf, Kind kind, Audience audience)
{
    const KindInfo *info = kind_info(kind);
    buf_c(buf, "id");
    for (uint32_t f = 0; f < info->field_count; f++) {
        if (export_field(&info->fields[f], audience)) {
            buf_byte(buf, ',');
            buf_c(buf, info->fields[f].name);
        }
    }
    buf_c(buf, info->geometry == GEOMETRY_NONE ? ",as_of,locator\n" : ",as_of,locator,geometry\n");
}

static Err put_shape(Buf *buf, Arena *scratch, Str ewkb, void (*write)(Buf *, const Geometry *))
{
    Geometry shape;
    TRY(geometry_from_ewkb(scratch, ewkb, &shape));
    write(buf, &shape);
    return OK;
}

Err export_csv_row(Buf *buf, Arena *scratch, Kind kind, Audience audience, const ExportRow *row)
{
    const KindInfo *info = kind_info(kind);
    Err err = OK;
    Buf cell;
    buf_init(&cell, CELL_MAX_BYTES);
    csv_cell(buf, row->key);
    for (uint32_t f = 0; f < info->field_count; f++) {
        if (!export_field(&info->fields[f], audience))
            continue;
        buf_clear(&cell);
        value_text(&cell, &info->fields[f], &row->values[f]);
        buf_byte(buf, ',');
        csv_cell(buf, buf_view(&cell));
    }
    buf_byte(buf, ',');
    buf_date(buf, row->as_of);
    buf_byte(buf, ',');
    csv_cell(buf, row->locator);
    if (info->geometry != GEOMETRY_NONE) {
        buf_clear(&cell);
        buf_byte(buf, ',');
        if (row->shape.len > 0)
            err = put_shape(&cell, scratch, row->shape, geometry_wkt);
        csv_cell(buf, buf_view(&cell));
    }
    buf_byte(buf, '\n');
    if (err == OK)
        err = buf_check(&cell, "one cell");
    buf_done(&cell);
    return err;
}

/* ---- GeoJSON ---- */

static void put_json(JsonOut *out, Arena *scratch, const Field *field, const Value *value)
{
    if (value->state == VALUE_KNOWN && field->type == FIELD_NUM) {
        out_fixed(out, value->num, field->decimals);
    } else if (value->state == VALUE_KNOWN && field->type == FIELD_BOOL) {
        out_bool(out, value->num != 0);
    } else if (value->state == VALUE_KNOWN && (field->type == FIELD_CODES || field->type == FIELD_REFS)) {
        out_array(out);
        for (uint32_t i = 0; i < value->list.count; i++)
            out_str(out, value->list.items[i]);
        out_array_end(out);
    } else {
        Buf text;
        buf_init(&text, CELL_MAX_BYTES);
        value_text(&text, field, value);
        out_str(out, str_copy(scratch, buf_view(&text)));
        buf_done(&text);
    }
}

static void put_properties(JsonOut *out, Arena *scratch, Kind kind, Audience audience, const ExportRow *row)
{
    const KindInfo *info = kind_info(kind);
    Buf day;
    buf_init(&day, 64);
    buf_date(&day, row->as_of);
    out_object(out);
    for (uint32_t f = 0; f < info->field_count; f++) {
        const Field *field = &info->fields[f];
        if (!export_field(field, audience) || row->values[f].state == VALUE_UNKNOWN)
            continue;
        out_name(out, field->name);
        put_json(out, scratch, field, &row->values[f]);
    }
    out_name(out, "as_of");
    out_str(out, buf_view(&day));
    if (row->locator.len > 0) {
        out_name(out, "locator");
        out_str(out, row->locator);
    }
    out_object_end(out);
    buf_done(&day);
}

Err export_feature(Buf *buf, Arena *scratch, Kind kind, Audience audience, const ExportRow *row)
{
    JsonOut out = json_out(buf);
    out_object(&out);
    out_name(&out, "type");
    out_c(&out, "Feature");
    out_name(&out, "id");
    out_str(&out, row->key);
    out_name(&out, "properties");
    put_properties(&out, scratch, kind, audience, row);
    out_name(&out, "geometry");
    if (row->shape.len > 0)
        TRY(put_shape(buf, scratch, row->shape, geometry_geojson));
    else
        out_null(&out);
    buf_byte(buf, '}');
    return OK;
}
