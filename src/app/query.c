#include "app/query.h"
#include "app/basemap.h"
#include "app/entity_json.h"
#include "app/facts.h"

static const Label OWN_NAME = {"链谱 · 产业招商地图", "Lianpu · Investment Map"};

Label app_name(const AppConfig *config)
{
    return (Label){config->name.zh ? config->name.zh : OWN_NAME.zh,
                   config->name.en ? config->name.en : OWN_NAME.en};
}

static void out_kind_counts(JsonOut *out, const Facts *facts)
{
    out_name(out, "kinds");
    out_object(out);
    for (int k = 0; k < KIND_COUNT; k++) {
        out_name(out, kind_info((Kind)k)->name);
        out_object(out);
        out_name(out, "count");
        out_int(out, facts->kinds[k].count);
        out_name(out, "illustrative");
        out_int(out, facts->kinds[k].illustrative);
        out_object_end(out);
    }
    out_object_end(out);
}

void query_meta(const AppConfig *config, Atlas *atlas, JsonOut *out)
{
    Facts facts;
    facts_of(atlas, &facts);
    uint32_t illustrative = 0;
    int32_t as_of = INT32_MIN;
    for (int k = 0; k < KIND_COUNT; k++) {
        illustrative += facts.kinds[k].illustrative;
        if (k != KIND_SOURCE) /* a source's own row is no fact about the place */
            as_of = facts.kinds[k].as_of > as_of ? facts.kinds[k].as_of : as_of;
    }
    out_object(out);
    out_name(out, "name");
    out_label(out, app_name(config));
    out_name(out, "map_approval");
    if (config->map_approval && config->map_approval[0])
        out_c(out, config->map_approval);
    else
        out_null(out);
    out_name(out, "today");
    out_day(out, date_today());
    out_name(out, "as_of");
    out_day(out, as_of);
    out_name(out, "illustrative");
    out_bool(out, illustrative > 0);
    out_name(out, "version");
    out_c(out, LIANPU_VERSION);
    out_name(out, "box");
    out_box(out, facts.box);
    out_name(out, "basemap");
    basemap_json(config->basemap, out);
    out_kind_counts(out, &facts);
    out_object_end(out);
}

static void out_field(JsonOut *out, const Field *field)
{
    static const char *const types[] = {"text", "num", "bool", "date", "code", "codes", "ref", "refs"};
    out_object(out);
    out_name(out, "name");
    out_c(out, field->name);
    out_name(out, "type");
    out_c(out, types[field->type]);
    out_name(out, "label");
    out_label(out, field->label);
    out_optional(out, "unit", str_of(field->unit));
    if (field->type == FIELD_NUM) {
        out_name(out, "decimals");
        out_int(out, field->decimals);
    }
    out_optional(out, "codes", str_of(field->codes ? field->codes->name : NULL));
    if (field->type == FIELD_REF || field->type == FIELD_REFS)
        out_optional(out, "ref", str_of(kind_info(field->ref)->name));
    out_name(out, "filterable");
    out_bool(out, field->filterable);
    out_optional(out, "near", str_of(field->near));
    out_optional(out, "part", str_of(field->part));
    out_optional(out, "attr", str_of(field->attr));
    out_optional(out, "example", str_of(field->example));
    out_object_end(out);
}

static void out_kind(JsonOut *out, const KindInfo *info, Audience audience)
{
    static const char *const geometries[] = {NULL, "point", "polygon"};
    out_object(out);
    out_name(out, "label");
    out_label(out, info->label);
    out_name(out, "plural");
    out_label(out, info->plural);
    out_name(out, "page");
    out_c(out, info->page);
    out_name(out, "geometry");
    if (geometries[info->geometry])
        out_c(out, geometries[info->geometry]);
    else
        out_null(out);
    out_name(out, "cells_below_zoom");
    out_int(out, info->cells_below_zoom);
    out_name(out, "fields");
    out_array(out);
    for (uint32_t f = 0; f < info->field_count; f++)
        if (info->fields[f].visibility <= audience && f != FIELD_SAMPLE)
            out_field(out, &info->fields[f]);
    out_array_end(out);
    out_object_end(out);
}

static bool list_used(const CodeList *list, Audience audience)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        const KindInfo *info = kind_info((Kind)k);
        for (uint32_t f = 0; f < info->field_count; f++)
            if (info->fields[f].codes == list && info->fields[f].visibility <= audience)
                return true;
    }
    return false;
}

static void out_list(JsonOut *out, const CodeList *list)
{
    out_name(out, list->name);
    out_object(out);
    out_name(out, "label");
    out_label(out, list->label);
    out_name(out, "codes");
    out_array(out);
    for (uint32_t c = 0; c < list->count; c++) {
        out_object(out);
        out_name(out, "code");
        out_c(out, list->codes[c].code);
        out_name(out, "label");
        out_label(out, list->codes[c].label);
        out_optional(out, "offer", str_of(offer_name(list->codes[c].offer)));
        out_object_end(out);
    }
    out_array_end(out);
    out_object_end(out);
}

void query_model(Audience audience, JsonOut *out)
{
    out_object(out);
    out_name(out, "kinds");
    out_object(out);
    for (int k = 0; k < KIND_COUNT; k++) {
        out_name(out, kind_info((Kind)k)->name);
        out_kind(out, kind_info((Kind)k), audience);
    }
    out_object_end(out);
    out_name(out, "lists");
    out_object(out);
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    for (uint32_t i = 0; i < count; i++)
        if (list_used(lists[i], audience))
            out_list(out, lists[i]);
    out_object_end(out);
    out_object_end(out);
}

Err query_entity(Arena *arena, const Atlas *atlas, Kind kind, Str id, JsonOut *out)
{
    RowRef at;
    TRY(atlas_find(atlas, kind, id, &at));
    out_entity(out, arena, atlas, kind, at, (EntityJson){.geometry = true});
    return OK;
}
