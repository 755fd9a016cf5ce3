#include "app/table_file.h"
#include "app/csv_cell.h"
#include "app/entity_json.h"
#include "app/order.h"
#include "app/why.h"
#include "geo/geometry.h"
#include <string.h>

enum { SOURCES_MAX = 16, CELL_MAX_BYTES = 64 * 1024 };

typedef struct Work {
    Store *store;
    const Atlas *atlas;
    Kind kind;
    Arena *scratch; /* emptied after each row */
    Buf *out;
    Buf cell;
} Work;

/* The keys of the sources that won a field of the row, joined with ; in the order of the fields. */
static Err sources_of(Work *work, Str id, Buf *ret)
{
    Why why;
    Str seen[SOURCES_MAX];
    uint32_t count = 0;
    buf_clear(ret);
    Err err = app_why(work->store, work->scratch, atlas_audience(work->atlas), work->kind, id, STR(""), &why);
    if (err == ERR_ID_UNKNOWN)
        return OK; /* the ledger has gone on, and no longer has what the atlas still shows */
    TRY(err);
    for (uint32_t i = 0; i < why.count; i++) {
        Str key = why.fields[i].won.source->key;
        bool known = count == SOURCES_MAX;
        for (uint32_t s = 0; s < count && !known; s++)
            known = str_eq(seen[s], key);
        if (known)
            continue;
        seen[count++] = key;
        if (ret->len)
            buf_byte(ret, ';');
        buf_str(ret, key);
    }
    return OK;
}

/* Which values are sample data stands behind the others, as in an answer. */
static bool is_shown(const Work *work, uint32_t field)
{
    return field != FIELD_SAMPLE &&
           kind_info(work->kind)->fields[field].visibility <= atlas_audience(work->atlas);
}

/* ---- CSV ---- */

static void csv_headings(Work *work)
{
    const KindInfo *info = kind_info(work->kind);
    buf_c(work->out, "\xEF\xBB\xBF" /* or a spreadsheet does not read Chinese */
                     "id");
    for (uint32_t f = 0; f < info->field_count; f++)
        if (is_shown(work, f))
            buf_fmt(work->out, ",%s", info->fields[f].name);
    buf_c(work->out,
          info->geometry == GEOMETRY_NONE ? ",as_of,sources,sample\n" : ",lon,lat,as_of,sources,sample\n");
}

/* A spreadsheet runs what begins so. */
static bool like_formula(Str text)
{
    return text.len > 0 && strchr("=+-@\t\r", text.ptr[0]);
}

static void csv_text(Work *work, Str text)
{
    if (!like_formula(text)) {
        csv_cell(work->out, text);
        return;
    }
    Buf safe;
    buf_init(&safe, CELL_MAX_BYTES);
    buf_byte(&safe, '\'');
    buf_str(&safe, text);
    csv_cell(work->out, buf_view(&safe));
    buf_done(&safe);
}

static Err csv_row(Work *work, RowRef at)
{
    const KindInfo *info = kind_info(work->kind);
    const Table *table = atlas_table(work->atlas, work->kind, at.segment);
    Str id = table_key(table, at.row);
    csv_text(work, id);
    for (uint32_t f = 0; f < info->field_count; f++) {
        Value value;
        const Field *field = &info->fields[f];
        if (!is_shown(work, f))
            continue;
        table_value(work->scratch, table, at.row, f, &value);
        buf_clear(&work->cell);
        value_text(&work->cell, field, &value);
        buf_byte(work->out, ',');
        if (field->type == FIELD_NUM)
            csv_cell(work->out, buf_view(&work->cell)); /* a minus is no formula */
        else
            csv_text(work, buf_view(&work->cell));
    }
    if (info->geometry != GEOMETRY_NONE) {
        buf_byte(work->out, ',');
        bool placed = table_has_shape(table, at.row);
        if (placed)
            buf_fixed(work->out, table->anchors[at.row].lon, 7);
        buf_byte(work->out, ',');
        if (placed)
            buf_fixed(work->out, table->anchors[at.row].lat, 7);
    }
    buf_byte(work->out, ',');
    buf_date(work->out, table->fresh[at.row].as_of);
    buf_byte(work->out, ',');
    TRY(sources_of(work, id, &work->cell));
    csv_text(work, buf_view(&work->cell));
    buf_byte(work->out, ',');
    csv_text(work, row_text(work->scratch, work->atlas, work->kind, at, FIELD_SAMPLE));
    buf_byte(work->out, '\n');
    return OK;
}

/* ---- GeoJSON ---- */

static void out_properties(Work *work, JsonOut *out, RowRef at)
{
    const KindInfo *info = kind_info(work->kind);
    const Table *table = atlas_table(work->atlas, work->kind, at.segment);
    for (uint32_t f = 0; f < info->field_count; f++) {
        Value value;
        table_value(work->scratch, table, at.row, f, &value);
        if (!is_shown(work, f) || value.state != VALUE_KNOWN)
            continue;
        out_name(out, info->fields[f].name);
        out_value(out, &info->fields[f], &value);
    }
}

static Err feature(Work *work, RowRef at)
{
    const Table *table = atlas_table(work->atlas, work->kind, at.segment);
    Str id = table_key(table, at.row);
    JsonOut out = json_out(work->out);
    out_object(&out);
    out_name(&out, "type");
    out_c(&out, "Feature");
    out_name(&out, "id");
    out_str(&out, id);
    out_name(&out, "properties");
    out_object(&out);
    out_properties(work, &out, at);
    out_name(&out, "as_of");
    out_span(&out, table->fresh[at.row].as_of);
    out_name(&out, "sources");
    TRY(sources_of(work, id, &work->cell));
    out_str(&out, buf_view(&work->cell));
    out_optional(&out, "sample", row_text(work->scratch, work->atlas, work->kind, at, FIELD_SAMPLE));
    out_object_end(&out);
    out_name(&out, "geometry");
    Geometry shape;
    table_shape(work->scratch, table, at.row, &shape);
    if (shape.type == GEOM_NONE)
        out_null(&out);
    else
        geometry_geojson(work->out, &shape);
    buf_byte(work->out, '}');
    return OK;
}

/* ---- the file ---- */

static Err write_rows(Work *work, TableFormat format, const RowRef *rows, uint32_t count)
{
    if (format == TABLE_CSV)
        csv_headings(work);
    else
        buf_c(work->out, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (uint32_t i = 0; i < count; i++) {
        if (format == TABLE_GEOJSON)
            buf_c(work->out, i ? ",\n" : "\n");
        TRY(format == TABLE_CSV ? csv_row(work, rows[i]) : feature(work, rows[i]));
        arena_reset(work->scratch);
        if (work->out->full)
            break; /* whoever sends it says so */
    }
    if (format == TABLE_GEOJSON)
        buf_c(work->out, "\n]}\n");
    return OK;
}

Err table_file(Arena *arena, Store *store, const Atlas *atlas, const ListQuery *query, TableFormat format,
               Buf *out)
{
    const Filter *filter, *view;
    Selection found;
    Order order;
    RowRef *rows;
    TRY(list_filter(arena, atlas, query, &filter, &view));
    TRY(order_parse(atlas, query->kind, query->sort, &order));
    filter_run(arena, atlas, query->kind, filter, &found);
    if (found.yes_count > FILE_ROWS_MAX)
        return fail(ERR_LIMIT, "what", "rows of one file", "limit", num_c(FILE_ROWS_MAX), NULL);
    uint32_t count = order_rows(arena, &order, found.yes, found.yes_count, 0, found.yes_count, &rows);
    Work work = {.store = store, .atlas = atlas, .kind = query->kind, .scratch = arena_new(), .out = out};
    buf_init(&work.cell, CELL_MAX_BYTES);
    Err err = write_rows(&work, format, rows, count);
    buf_done(&work.cell);
    arena_free(work.scratch);
    return err;
}
