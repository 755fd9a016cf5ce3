#include "intake/draft.h"
#include <stdio.h>
#include <string.h>

void draft_begin(Draft *draft, const RowOptions *options, Issues *issues, Arena *arena, int64_t number)
{
    uint32_t count = kind_info(options->kind)->field_count;
    draft->options = options;
    draft->issues = issues;
    draft->number = number;
    draft->arena = arena;
    draft->bad = false;
    memset(draft->values, 0, count * sizeof *draft->values);
    draft->key = draft->locator = (Str){"", 0};
    draft->geometry = (Geometry){.type = GEOM_NONE};
    draft->has_as_of = false;
}

void draft_reject(Draft *draft, Str column)
{
    Issues *issues = draft->issues;
    Err code = fault_last()->code;
    draft->bad = true;
    issues->total++;
    if (issues->count == ISSUES_MAX)
        return;
    const char *place = draft->geometry_is_json && code != ERR_GEOJSON ? "feature" : "row";
    if (fail_also(code, place, num_c(draft->number)) == OK)
        return; /* cannot be: code is a failure's */
    Issue *issue = &issues->list[issues->count++];
    issue->row = draft->number;
    snprintf(issue->column, sizeof issue->column, "%s", str_c(column));
    issue->fault = *fault_last();
}

static Err id_cell(Draft *draft, Str text)
{
    text = str_trim(text);
    if (text.len == 0)
        return fail(ERR_FIELD_REQUIRED, "field", "id", "example", "jm-0001", NULL);
    if (!key_valid(text))
        return fail(ERR_VALUE, "field", "id", "value", str_c(text), "want", KEY_WANTED, "example", "jm-0001",
                    NULL);
    draft->key = text;
    return OK;
}

static Err as_of_cell(Draft *draft, Str text)
{
    text = str_trim(text);
    if (text.len == 0)
        return OK;
    if (!date_parse(text, &draft->as_of))
        return fail(ERR_VALUE, "field", "as_of", "value", str_c(text), "want", "a date", "example",
                    "2022-11-30", NULL);
    draft->has_as_of = true;
    return OK;
}

static Err locator_cell(Draft *draft, Str text)
{
    text = str_trim(text);
    if (text.len > LOCATOR_MAX_BYTES)
        return fail(ERR_VALUE, "field", "locator", "value", str_c(text), "want", "a shorter text", "example",
                    "第12段", NULL);
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20)
            return fail(ERR_VALUE, "field", "locator", "value", "?", "want",
                        "text without control characters", "example", "第12段", NULL);
    draft->locator = text;
    return OK;
}

static Err read_geometry(Draft *draft, GeometryKind want, Str text)
{
    if (want == GEOMETRY_NONE)
        return fail(ERR_GEOMETRY, "detail", "this kind has no place on the map", NULL);
    TRY(draft->geometry_is_json ? geometry_from_geojson(draft->arena, text, &draft->geometry)
                                : geometry_from_wkt(draft->arena, text, &draft->geometry));
    if (want == GEOMETRY_POINT && draft->geometry.type != GEOM_POINT)
        return fail(ERR_GEOMETRY, "detail", "a point is expected", NULL);
    if (want == GEOMETRY_POLYGON && draft->geometry.type != GEOM_POLYGON)
        return fail(ERR_GEOMETRY, "detail", "a polygon is expected", NULL);
    return geometry_check(&draft->geometry);
}

/* The example is of the kind's own geometry, in the form that the file has. */
static Err geometry_cell(Draft *draft, Str text)
{
    static const char *const examples[2][2] = {
        {"POINT(113.1 22.5)", "POLYGON((113.1 22.5,113.2 22.5,113.2 22.6,113.1 22.5))"},
        {"{\"type\":\"Point\",\"coordinates\":[113.1,22.5]}",
         "{\"type\":\"Polygon\",\"coordinates\":[[[113.1,22.5],[113.2,22.5],[113.2,22.6],[113.1,22.5]]]}"},
    };
    GeometryKind want = kind_info(draft->options->kind)->geometry;
    text = str_trim(text);
    if (text.len == 0)
        return OK;
    Err err = read_geometry(draft, want, text);
    if (err != ERR_GEOMETRY)
        return err;
    const char *example =
        want == GEOMETRY_NONE ? "" : examples[draft->geometry_is_json][want != GEOMETRY_POINT];
    return fail(err, "detail", fault_arg(fault_last(), "detail"), "example", example, NULL);
}

static Err field_cell(Draft *draft, uint32_t i, Str text, bool list)
{
    const Field *field = &kind_info(draft->options->kind)->fields[i];
    bool lists = field->type == FIELD_CODES || field->type == FIELD_REFS;
    if (list && !lists && text.len > 0)
        return fail(ERR_VALUE, "kind", field_kind_name(field), "field", field->name, "value", str_c(text),
                    "want", "one value", "example", field->example, NULL);
    return value_parse(draft->arena, field, text, &draft->values[i]);
}

static Err cell(Draft *draft, Target target, Str text, bool list)
{
    switch (target.what) {
    case TARGET_FIELD:
        return field_cell(draft, target.field, text, list);
    case TARGET_ID:
        return id_cell(draft, text);
    case TARGET_GEOMETRY:
        return geometry_cell(draft, text);
    case TARGET_AS_OF:
        return as_of_cell(draft, text);
    case TARGET_LOCATOR:
        break;
    }
    return locator_cell(draft, text);
}

void draft_cell(Draft *draft, Target target, Str column, Str text, bool list)
{
    if (cell(draft, target, text, list) != OK)
        draft_reject(draft, column);
}

/* X_min and X_max of one thing: far_min, far_max. */
static void check_pair(Draft *draft, const Field *least, const Value *value)
{
    char name[64];
    size_t len = strlen(least->name);
    if (value->state != VALUE_KNOWN || len < 4 || len >= sizeof name ||
        strcmp(least->name + len - 4, "_min") != 0)
        return;
    memcpy(name, least->name, len - 3);
    memcpy(name + len - 3, "max", 4);
    int other = field_index(draft->options->kind, str_of(name));
    if (other < 0 || draft->values[other].state != VALUE_KNOWN || value->num <= draft->values[other].num)
        return;
    if (value_fail_range(least, value, &draft->values[other]) != OK)
        draft_reject(draft, str_of(least->name));
}

static void require(Draft *draft, bool there, const char *field, const char *example)
{
    if (!there && fail(ERR_FIELD_REQUIRED, "kind", kind_info(draft->options->kind)->name, "field", field,
                       "example", example, NULL) != OK)
        draft_reject(draft, str_of(field));
}

void draft_check(Draft *draft)
{
    const KindInfo *info = kind_info(draft->options->kind);
    if (draft->bad)
        return; /* what is missing may just have been refused */
    require(draft, draft->key.len > 0, "id", "jm-0001");
    require(draft, draft->has_as_of || draft->options->has_as_of, "as_of", "2022-11-30");
    for (uint32_t i = 0; i < info->field_count; i++) {
        const Field *field = &info->fields[i];
        if (field->required)
            require(draft, draft->values[i].state != VALUE_UNKNOWN, field->name, field->example);
        if (field->type == FIELD_NUM)
            check_pair(draft, field, &draft->values[i]);
    }
}

bool draft_left_out(const Draft *draft)
{
    const Value *how = &draft->values[FIELD_HOW];
    return draft->options->no_illustrative && how->state == VALUE_KNOWN && str_is(how->text, "illustrative");
}

Err draft_row(const Draft *draft, Arena *arena, Buf *payload, Buf *shape, Row *ret)
{
    buf_clear(payload);
    buf_clear(shape);
    pack_values(payload, draft->options->kind, draft->values);
    if (draft->geometry.type != GEOM_NONE)
        geometry_ewkb(shape, &draft->geometry);
    TRY(buf_check(payload, "one row"));
    TRY(buf_check(shape, "geometry"));
    const Value *visibility = &draft->values[FIELD_VISIBILITY];
    *ret = (Row){
        .number = draft->number,
        .key = str_copy(arena, draft->key),
        .locator = str_copy(arena, draft->locator),
        .payload = str_copy(arena, buf_view(payload)),
        .shape = str_copy(arena, buf_view(shape)),
        .as_of = draft->has_as_of ? draft->as_of : draft->options->as_of,
        .visibility = draft->options->visibility,
    };
    /* Not applicable and withheld are no audience: such a row is for the fewest. */
    if (visibility->state == VALUE_KNOWN)
        return audience_named(visibility->text, &ret->visibility);
    if (visibility->state != VALUE_UNKNOWN)
        ret->visibility = AUDIENCE_RESTRICTED;
    return OK;
}
