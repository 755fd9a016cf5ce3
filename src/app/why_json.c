/* Who said each value of one entity, as docs/api.md shows it: app/why.h's answer from the ledger, and for
 * derived distances the facility they are to, from the atlas. */
#include "app/entity_json.h"
#include "app/query.h"
#include "app/why.h"

typedef struct Context {
    JsonOut *out;
    Arena *arena;
    const Atlas *atlas;
    Kind kind;
    RowRef at;
} Context;

static void out_source(JsonOut *out, const WhySource *source)
{
    out_name(out, "source");
    out_object(out);
    out_name(out, "id");
    out_str(out, source->key);
    out_optional(out, "name_zh", source->name_zh);
    out_optional(out, "name_en", source->name_en);
    out_optional(out, "type", source->type);
    out_optional(out, "licence", source->licence);
    out_optional(out, "url", source->url);
    out_object_end(out);
}

/* What one record said of a field (NULL: of the place): value or state, source, as-of, where in it. */
static void out_said(JsonOut *out, const Field *field, const Said *said)
{
    if (said->value.state != VALUE_KNOWN) {
        out_name(out, "state");
        out_c(out, said->value.state == VALUE_WITHHELD ? "withheld" : "not_applicable");
    } else if (field) {
        out_name(out, "value");
        out_value(out, field, &said->value);
    }
    out_source(out, said->source);
    out_name(out, "as_of");
    out_span(out, said->as_of);
    out_optional(out, "locator", said->locator);
    out_name(out, "how");
    out_str(out, said->how.len ? said->how : STR("reported"));
}

static bool says_the_same(const Field *field, const Said *a, const Said *b)
{
    bool same = field ? value_eq(field, &a->value, &b->value) : str_eq(a->shape, b->shape);
    return same && a->source == b->source && a->as_of.first == b->as_of.first &&
           a->as_of.last == b->as_of.last && str_eq(a->locator, b->locator) && str_eq(a->how, b->how);
}

/* Said before, word for word: by the winner or another one. Two records that differ in what this audience may
 * not see alone must not be told from one. */
static bool is_repeated(const Field *field, const WhyField *why, uint32_t other)
{
    if (says_the_same(field, &why->won, &why->others[other]))
        return true;
    for (uint32_t i = 0; i < other; i++)
        if (says_the_same(field, &why->others[i], &why->others[other]))
            return true;
    return false;
}

static void out_why_field(JsonOut *out, const Field *field, const WhyField *why)
{
    WhyRule rule = WHY_ONLY;
    for (uint32_t i = 0; i < why->other_count && rule == WHY_ONLY; i++)
        if (!is_repeated(field, why, i))
            rule = why->others[i].lost;
    out_name(out, field ? field->name : "geometry");
    out_object(out);
    out_said(out, field, &why->won);
    out_name(out, "why");
    out_c(out, why_rule_name(rule));
    out_name(out, "others");
    out_array(out);
    for (uint32_t i = 0; i < why->other_count; i++) {
        if (is_repeated(field, why, i))
            continue;
        out_object(out);
        out_said(out, field, &why->others[i]);
        out_name(out, "lost");
        out_c(out, why_rule_name(why->others[i].lost));
        out_object_end(out);
    }
    out_array_end(out);
    out_object_end(out);
}

/* ---- derived distances ---- */

static void out_derived(const Context *c, const Field *field, uint32_t index)
{
    Value value;
    RowRef to;
    if (atlas_nearest(c->atlas, c->kind, c->at, index, &to) != OK)
        return; /* unknown: there is no such facility, or the row has no place */
    table_value(c->arena, atlas_table(c->atlas, c->kind, c->at.segment), c->at.row, index, &value);
    out_name(c->out, field->name);
    out_object(c->out);
    out_name(c->out, "value");
    out_value(c->out, field, &value);
    out_name(c->out, "derived");
    out_c(c->out, "distance");
    out_name(c->out, "to");
    out_object(c->out);
    out_name(c->out, "id");
    out_str(c->out, table_key(atlas_table(c->atlas, KIND_FACILITY, to.segment), to.row));
    out_name(c->out, "name_zh");
    out_str(c->out, row_text(c->arena, c->atlas, KIND_FACILITY, to, FIELD_NAME_ZH));
    out_name(c->out, "name_en");
    out_str(c->out, row_text(c->arena, c->atlas, KIND_FACILITY, to, FIELD_NAME_EN));
    out_object_end(c->out);
    out_object_end(c->out);
}

/* ---- the whole ---- */

static void out_derived_fields(const Context *c, int only)
{
    const KindInfo *info = kind_info(c->kind);
    for (uint32_t f = 0; f < info->field_count; f++)
        if (info->fields[f].near && (only < 0 || (uint32_t)only == f))
            out_derived(c, &info->fields[f], f);
}

Err query_why(Arena *arena, Store *store, const Atlas *atlas, Kind kind, Str id, Str field, JsonOut *out)
{
    Context c = {.out = out, .arena = arena, .atlas = atlas, .kind = kind};
    Why why;
    TRY(atlas_find(atlas, kind, id, &c.at));
    TRY(app_why(store, arena, atlas_audience(atlas), kind, id, field, &why));
    const KindInfo *info = kind_info(kind);
    out_object(out);
    out_name(out, "id");
    out_str(out, id);
    out_name(out, "kind");
    out_c(out, info->name);
    out_name(out, "fields");
    out_object(out);
    for (uint32_t i = 0; i < why.count; i++)
        out_why_field(out, why.fields[i].field == WINNER_GEOMETRY ? NULL : &info->fields[why.fields[i].field],
                      &why.fields[i]);
    int only = field.len ? field_index(kind, field) : -1;
    if (!str_is(field, "geometry"))
        out_derived_fields(&c, only);
    out_object_end(out);
    out_object_end(out);
    return OK;
}
