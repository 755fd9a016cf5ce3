#include "intake/rows.h"
#include "intake/csv.h"
#include "intake/draft.h"
#include "intake/geojson_reader.h"
#include "intake/seen.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = CSV_COLUMNS_MAX };

struct RowReader {
    Input *input;
    RowOptions options;
    Csv *csv; /* one of the two */
    GeojsonReader *geojson;
    Arena *headings_arena, *scratch;
    /* Column i of a CSV; of GeoJSON what member i of the last feature was called, since the next one mostly
     * calls it so. */
    Str headings[COLUMNS_MAX];
    Target targets[COLUMNS_MAX];
    uint32_t columns;
    Seen *seen;
    Issues issues;
    Buf payload, shape;
    Draft draft;
};

/* ---- headings ---- */

static bool same_target(Target a, Target b)
{
    return a.what == b.what && (a.what != TARGET_FIELD || a.field == b.field);
}

/* Two columns for one field would leave it to chance which one counts. */
static Err check_twice(const RowReader *reader, uint32_t at, const char *detail)
{
    for (uint32_t i = 0; i < at; i++)
        if (same_target(reader->targets[i], reader->targets[at]))
            return fail(reader->csv ? ERR_CSV : ERR_GEOJSON, "row",
                        num_c(reader->csv ? 1 : geojson_number(reader->geojson)), "detail", detail, "kind",
                        kind_info(reader->options.kind)->name, "field",
                        target_name(reader->options.kind, reader->targets[at]), NULL);
    return OK;
}

static bool has_target(const RowReader *reader, Target target)
{
    for (uint32_t i = 0; i < reader->columns; i++)
        if (same_target(reader->targets[i], target))
            return true;
    return false;
}

static Err require_columns(const RowReader *reader)
{
    const KindInfo *info = kind_info(reader->options.kind);
    if (!has_target(reader, (Target){.what = TARGET_ID}))
        return fail(ERR_FIELD_REQUIRED, "field", "id", "example", "jm-0001", NULL);
    if (!reader->options.has_as_of && !has_target(reader, (Target){.what = TARGET_AS_OF}))
        return fail(ERR_FIELD_REQUIRED, "field", "as_of", "example", "2022-11-30", NULL);
    for (uint32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].required && !has_target(reader, (Target){TARGET_FIELD, i}))
            return fail(ERR_FIELD_REQUIRED, "kind", info->name, "field", info->fields[i].name, "example",
                        info->fields[i].example, NULL);
    return OK;
}

/* What no heading can be; NULL if it may be one. */
static const char *heading_fault(Str heading)
{
    if (heading.len == 0)
        return "a column has no heading";
    if (memchr(heading.ptr, '\r', heading.len))
        return "a carriage return stands without a line feed";
    if (memchr(heading.ptr, ';', heading.len) || memchr(heading.ptr, '\t', heading.len))
        return "cells are not separated by commas";
    return NULL;
}

static Err read_headings(RowReader *reader)
{
    const Str *cells;
    TRY(csv_next(reader->csv, &cells, &reader->columns));
    if (reader->columns == 0)
        return fail(ERR_CSV, "row", "1", "detail", "the file is empty", NULL);
    for (uint32_t i = 0; i < reader->columns; i++) {
        reader->headings[i] = str_copy(reader->headings_arena, str_trim(cells[i]));
        const char *wrong = heading_fault(reader->headings[i]);
        if (wrong)
            return fail(ERR_CSV, "row", num_c(csv_row(reader->csv)), "detail", wrong, NULL);
        TRY(heading_target(reader->options.kind, reader->headings[i], &reader->targets[i]));
        TRY(check_twice(reader, i, "two columns fill the same field"));
    }
    return require_columns(reader);
}

/* What member i of a feature fills. */
static Err member_target(RowReader *reader, uint32_t i, Str name)
{
    if (i >= reader->columns || !str_eq(reader->headings[i], name)) {
        reader->headings[i] = str_copy(reader->headings_arena, name);
        TRY(heading_target(reader->options.kind, name, &reader->targets[i]));
        reader->columns = i + 1; /* the names behind this one are looked up again */
        if (reader->targets[i].what == TARGET_GEOMETRY)
            return fail(ERR_FIELD_UNKNOWN, "field", str_c(name), "kind",
                        kind_info(reader->options.kind)->name, NULL);
        return check_twice(reader, i, "two properties fill the same field");
    }
    return OK;
}

/* ---- open and close ---- */

/* Does the first byte that is no white space open an object, or a list, which is no GeoJSON but JSON? Looks
 * at one chunk at most. */
static Err sniff(Input *input, bool *ret_json)
{
    size_t len;
    TRY(input_fill(input, 3));
    const char *bytes = input_window(input, &len);
    size_t at = input_mark(input);
    while (at < len && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t'))
        at++;
    *ret_json = at < len && (bytes[at] == '{' || bytes[at] == '[');
    return OK;
}

Err rows_open(Input *input, const RowOptions *options, RowReader **ret)
{
    bool json;
    TRY(sniff(input, &json));
    RowReader *reader = heap_zalloc(sizeof *reader);
    reader->input = input;
    reader->options = *options;
    reader->headings_arena = arena_new();
    reader->scratch = arena_new();
    reader->seen = seen_new();
    reader->issues.list = heap_alloc(ISSUES_MAX * sizeof *reader->issues.list);
    buf_init(&reader->payload, DRAFT_PACKED_MAX_BYTES);
    buf_init(&reader->shape, DRAFT_SHAPE_MAX_BYTES);
    reader->draft.geometry_is_json = json;
    if (json)
        reader->geojson = geojson_new(input);
    else
        reader->csv = csv_new(input);
    Err err = json ? OK : read_headings(reader);
    if (err == OK)
        *ret = reader;
    else
        rows_close(reader);
    return err;
}

void rows_close(RowReader *reader)
{
    if (!reader)
        return;
    csv_free(reader->csv);
    geojson_free(reader->geojson);
    arena_free(reader->headings_arena);
    arena_free(reader->scratch);
    seen_free(reader->seen);
    free(reader->issues.list);
    buf_done(&reader->payload);
    buf_done(&reader->shape);
    free(reader);
}

const Issues *rows_issues(const RowReader *reader)
{
    return &reader->issues;
}

/* ---- rows ---- */

/* An id twice in one file: the first row stands, the others are told with both numbers. */
static void check_seen(RowReader *reader)
{
    Draft *draft = &reader->draft;
    if (draft->key.len == 0)
        return;
    int64_t before = seen_add(reader->seen, draft->key, draft->number);
    if (!before)
        return;
    char want[FAULT_TEXT_MAX];
    snprintf(want, sizeof want, "an id that row %s does not have", num_c(before));
    if (fail(ERR_VALUE, "field", "id", "value", str_c(draft->key), "want", want, NULL) != OK)
        draft_reject(draft, STR("id"));
}

static Err finish_row(RowReader *reader, Arena *arena, Row *ret, RowFate *ret_fate)
{
    Draft *draft = &reader->draft;
    check_seen(reader);
    draft_check(draft);
    *ret_fate = draft->bad ? ROW_BAD : draft_left_out(draft) ? ROW_LEFT_OUT : ROW_GOOD;
    if (*ret_fate != ROW_GOOD)
        return OK;
    return draft_row(draft, arena, &reader->payload, &reader->shape, ret);
}

static Err csv_row_next(RowReader *reader, Arena *arena, Row *ret, RowFate *ret_fate)
{
    const Str *cells;
    uint32_t count;
    Draft *draft = &reader->draft;
    TRY(csv_next(reader->csv, &cells, &count));
    if (count == 0) {
        *ret_fate = ROWS_END;
        return OK;
    }
    arena_reset(reader->scratch);
    draft_begin(draft, &reader->options, &reader->issues, reader->scratch, csv_row(reader->csv));
    for (uint32_t i = 0; i < count && i < reader->columns; i++)
        draft_cell(draft, reader->targets[i], reader->headings[i], cells[i], false);
    if (count != reader->columns &&
        fail(ERR_CSV, "detail",
             count < reader->columns ? "the row has fewer cells than headings"
                                     : "the row has more cells than headings",
             "cells", num_c(count), "headings", num_c(reader->columns), NULL) != OK)
        draft_reject(draft, STR(""));
    return finish_row(reader, arena, ret, ret_fate);
}

static Err feature_next(RowReader *reader, Arena *arena, Row *ret, RowFate *ret_fate)
{
    Feature feature;
    bool more;
    Draft *draft = &reader->draft;
    arena_reset(reader->scratch);
    TRY(geojson_next(reader->geojson, reader->scratch, &feature, &more));
    if (!more) {
        *ret_fate = ROWS_END;
        return OK;
    }
    draft_begin(draft, &reader->options, &reader->issues, reader->scratch, geojson_number(reader->geojson));
    for (uint32_t i = 0; i < feature.count; i++) {
        const Member *member = &feature.members[i];
        Err err = member_target(reader, i, member->name);
        if (err != OK)
            return fail_also(err, "feature", num_c(draft->number));
        if (reader->targets[i].what == TARGET_ID && feature.id.len > 0 && !str_eq(feature.id, member->text))
            return fail(ERR_GEOJSON, "row", num_c(draft->number), "detail", "its two ids differ", NULL);
        draft_cell(draft, reader->targets[i], member->name, member->text, member->list);
    }
    if (feature.id.len > 0)
        draft_cell(draft, (Target){.what = TARGET_ID}, STR("id"), feature.id, false);
    draft_cell(draft, (Target){.what = TARGET_GEOMETRY}, STR("geometry"), feature.geometry, false);
    return finish_row(reader, arena, ret, ret_fate);
}

Err rows_next(RowReader *reader, Arena *arena, Row *ret, RowFate *ret_fate)
{
    return reader->csv ? csv_row_next(reader, arena, ret, ret_fate)
                       : feature_next(reader, arena, ret, ret_fate);
}
