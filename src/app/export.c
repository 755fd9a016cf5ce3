#include "app/export.h"
#include "app/export_row.h"
#include "store/publish.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUT_MAX_BYTES = 64 * 1024 * 1024, FLUSH_BYTES = 256 * 1024, PROGRESS_ROWS = 1000 };

/* Keys are gathered and sorted first, then entities are read one by one: memory holds the keys, not the rows.
 */
typedef struct Ref {
    Str key;
    int64_t id;
} Ref;

typedef struct Export {
    Store *store;
    const ExportOptions *options;
    int fd;
    Arena *arena, *scratch;
    SourceRules rules;
    Ref *refs;
    uint32_t count, room;
    int64_t rows;
    Buf out;
} Export;

/* ---- writing ---- */

static Err flush(Export *export)
{
    TRY(buf_check(&export->out, "one row"));
    for (size_t at = 0; at < export->out.len;) {
        ssize_t put = write(export->fd, export->out.ptr + at, export->out.len - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return fail_write("-", errno);
        at += (size_t)put;
    }
    buf_clear(&export->out);
    return OK;
}

static Err write_row(Export *export, const ExportRow *row)
{
    const ExportOptions *options = export->options;
    if (options->format == EXPORT_CSV) {
        TRY(export_csv_row(&export->out, export->scratch, options->kind, options->audience, row));
    } else {
        buf_c(&export->out, export->rows > 0 ? ",\n" : "\n");
        TRY(export_feature(&export->out, export->scratch, options->kind, options->audience, row));
    }
    export->rows++;
    return export->out.len >= FLUSH_BYTES ? flush(export) : OK;
}

/* ---- one entity ---- */

static Value audience_value(Audience audience)
{
    return (Value){.state = VALUE_KNOWN, .text = str_of(audience_name(audience))};
}

/* Who may see the row: whoever may see each record that won a field of it. */
static Err row_visibility(const Export *export, const EntityRow *entity, Audience *ret)
{
    Winners winners;
    Audience audience = export->options->audience;
    const KindInfo *info = kind_info(entity->kind);
    TRY(winners_unpack(entity->kind, entity, &export->rules, &winners));
    *ret = AUDIENCE_PUBLIC;
    for (uint32_t n = 0; n <= info->field_count; n++) {
        uint32_t f = n < info->field_count ? n : WINNER_GEOMETRY;
        uint16_t record = winners.of[audience][f];
        bool written = f == WINNER_GEOMETRY || export_field(&info->fields[f], audience);
        if (written && record != NO_RECORD && record_seen_by(&export->rules, &entity->records[record]) > *ret)
            *ret = record_seen_by(&export->rules, &entity->records[record]);
    }
    return OK;
}

static Str only_locator(const Export *export, const EntityRow *entity)
{
    const RecordRow *only = NULL;
    for (uint32_t r = 0; r < entity->record_count; r++) {
        if (record_seen_by(&export->rules, &entity->records[r]) > export->options->audience)
            continue;
        if (only)
            return (Str){"", 0};
        only = &entity->records[r];
    }
    return only ? only->locator : (Str){"", 0};
}

static Err export_entity(Export *export, int64_t id)
{
    EntityRow entity;
    ExportRow row;
    Audience seen;
    bool visible;
    arena_reset(export->scratch);
    TRY(store_entity_by_id(export->store, export->scratch, id, &entity));
    TRY(entity_believed(export->scratch, &entity, &export->rules, export->options->audience, row.values,
                        &row.shape, &row.as_of, &visible));
    if (!visible)
        return OK;
    TRY(row_visibility(export, &entity, &seen));
    row.values[FIELD_VISIBILITY] = audience_value(seen);
    row.key = entity.key;
    row.locator = only_locator(export, &entity);
    return write_row(export, &row);
}

/* ---- the kind ---- */

static Err note_key(const EntityRow *entity, void *user)
{
    Export *export = user;
    if (export->count == export->room) {
        export->room = export->room ? export->room * 2 : 1024;
        export->refs = heap_grow(export->refs, export->room * sizeof *export->refs);
    }
    export->refs[export->count++] = (Ref){str_copy(export->arena, entity->key), entity->id};
    return OK;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const Ref *)a)->key, ((const Ref *)b)->key);
}

static Err export_all(Export *export)
{
    const ExportOptions *options = export->options;
    TRY(source_rules_load(export->store, export->arena, &export->rules));
    TRY(store_entities(export->store, options->kind, 0, note_key, export));
    if (export->count > 0)
        qsort(export->refs, export->count, sizeof *export->refs, by_key);
    if (options->format == EXPORT_CSV)
        export_csv_headings(&export->out, options->kind, options->audience);
    else
        buf_c(&export->out, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (uint32_t i = 0; i < export->count; i++) {
        TRY(export_entity(export, export->refs[i].id));
        if (options->progress && i % PROGRESS_ROWS == 0)
            options->progress(i, export->count, options->user);
    }
    if (options->format == EXPORT_GEOJSON)
        buf_c(&export->out, "\n]}\n");
    return flush(export);
}

Err app_export(Store *store, const ExportOptions *options, int fd, int64_t *ret_rows)
{
    Export export = {.store = store, .options = options, .fd = fd};
    TRY(store_snapshot_begin(store));
    export.arena = arena_new();
    export.scratch = arena_new();
    buf_init(&export.out, OUT_MAX_BYTES);
    Err err = export_all(&export);
    store_snapshot_end(store);
    arena_free(export.arena);
    arena_free(export.scratch);
    buf_done(&export.out);
    free(export.refs);
    if (err == OK)
        *ret_rows = export.rows;
    return err;
}

static Err fail_path(Err err, const char *path)
{
    if (err == ERR_DISK_FULL)
        return fail(err, "path", path, NULL);
    if (err == ERR_FILE_WRITE)
        return fail(err, "path", path, "detail", fault_arg(fault_last(), "detail"), NULL);
    return err;
}

Err app_export_file(Store *store, const ExportOptions *options, const char *path, int64_t *ret_rows)
{
    char *temp;
    TRY(publish_begin(path, &temp));
    int fd = open(temp, O_WRONLY | O_CLOEXEC);
    Err err = fd < 0 ? fail_write(path, errno) : app_export(store, options, fd, ret_rows);
    err = fail_path(err, path);
    if (fd >= 0)
        close(fd);
    if (err == OK)
        err = publish_end(temp, path);
    if (err != OK)
        publish_drop(temp);
    free(temp);
    return err;
}

Err export_format_of(const char *path, ExportFormat *ret)
{
    const char *dot = strrchr(path, '.');
    if (dot && strcmp(dot, ".csv") == 0)
        *ret = EXPORT_CSV;
    else if (dot && (strcmp(dot, ".geojson") == 0 || strcmp(dot, ".json") == 0))
        *ret = EXPORT_GEOJSON;
    else
        return fail(ERR_PARAM, "param", "FILE", "value", path, "want", ".csv, .geojson", "example",
                    "parcels.csv", NULL);
    return OK;
}
