/* The list of a kind: what a filter and a box leave, in order, a page of it, and what it comes to. */
#include "app/counts.h"
#include "app/entity_json.h"
#include "app/order.h"
#include "app/query.h"

static Err bad_bbox(Str text)
{
    return fail(ERR_PARAM, "param", "bbox", "value", str_c(text), "want", "west,south,east,north in degrees",
                "example", "112.0,21.4,113.4,22.9", NULL);
}

Err bbox_parse(Str text, Box *ret)
{
    int64_t sides[4];
    Str rest = text;
    for (int i = 0; i < 4; i++) {
        int64_t limit = (i % 2 ? 90 : 180) * (int64_t)DEGREE;
        /* Seven digits are a centimetre; a page may send more. */
        double degrees;
        if (!str_double(str_trim(str_cut(&rest, ',')), &degrees) || degrees < -1000 || degrees > 1000)
            return bad_bbox(text);
        sides[i] = (int64_t)(degrees * DEGREE + (degrees < 0 ? -0.5 : 0.5));
        if (sides[i] < -limit || sides[i] > limit)
            return bad_bbox(text);
    }
    if (rest.len || sides[0] > sides[2] || sides[1] > sides[3])
        return bad_bbox(text);
    *ret = (Box){(int32_t)sides[0], (int32_t)sides[1], (int32_t)sides[2], (int32_t)sides[3]};
    return OK;
}

static void out_page(JsonOut *out, Arena *arena, const Order *order, uint64_t *const *bits, uint32_t found,
                     uint32_t skip, uint32_t limit, bool maybe)
{
    RowRef *rows;
    uint32_t count = order_rows(arena, order, bits, found, skip, limit, &rows);
    for (uint32_t i = 0; i < count; i++)
        out_entity(out, arena, order->atlas, order->kind, rows[i], (EntityJson){.maybe = maybe});
}

Err query_filter(Arena *arena, const Atlas *atlas, Kind kind, Str filter, Str lang, const Filter **ret)
{
    const Filter *parsed;
    Audience audience = atlas_audience(atlas);
    if (str_is(lang, "cql2-json"))
        TRY(filter_parse_json(arena, kind, audience, filter, &parsed));
    else if (lang.len == 0 || str_is(lang, "cql2-text"))
        TRY(filter_parse(arena, kind, audience, filter, &parsed));
    else
        return fail(ERR_PARAM, "param", "filter-lang", "value", str_c(lang), "want", "cql2-text or cql2-json",
                    "example", "cql2-text", NULL);
    TRY(filter_affordable(atlas, kind, parsed));
    *ret = parsed;
    return OK;
}

Err list_filter(Arena *arena, const Atlas *atlas, const ListQuery *query, const Filter **ret,
                const Filter **ret_view)
{
    Box box;
    *ret_view = NULL;
    TRY(query_filter(arena, atlas, query->kind, query->filter, query->filter_lang, ret));
    if (query->bbox.len == 0)
        return OK;
    TRY(bbox_parse(query->bbox, &box));
    *ret_view = filter_box(arena, box);
    *ret = filter_and(arena, *ret_view, *ret);
    return OK;
}

Err query_list(Arena *arena, const Atlas *atlas, const ListQuery *query, JsonOut *out)
{
    const Filter *filter, *all;
    Order order;
    Counts counts;
    TRY(list_filter(arena, atlas, query, &filter, &all));
    TRY(order_parse(atlas, query->kind, query->sort, &order));
    TRY(counts_parse(atlas, query->kind, query->facets, query->sum, query->range, &counts));
    Selection found, in_view;
    filter_run(arena, atlas, query->kind, filter, &found);
    uint32_t total = atlas_count(atlas, query->kind);
    if (all) {
        filter_run(arena, atlas, query->kind, all, &in_view);
        total = in_view.yes_count + in_view.maybe_count;
    }
    out_object(out);
    out_name(out, "kind");
    out_c(out, kind_info(query->kind)->name);
    out_name(out, "total");
    out_int(out, total);
    out_name(out, "yes");
    out_int(out, found.yes_count);
    out_name(out, "maybe");
    out_int(out, found.maybe_count);
    out_name(out, "items");
    out_array(out);
    uint32_t of_yes = found.yes_count > query->offset ? found.yes_count - query->offset : 0;
    of_yes = of_yes < query->limit ? of_yes : query->limit;
    uint32_t skip = query->offset > found.yes_count ? query->offset - found.yes_count : 0;
    out_page(out, arena, &order, found.yes, found.yes_count, query->offset, of_yes, false);
    out_page(out, arena, &order, found.maybe, found.maybe_count, skip, query->limit - of_yes, true);
    out_array_end(out);
    TRY(out_counts(out, arena, &counts, &found));
    out_object_end(out);
    return OK;
}

/* ---- what refers to one ---- */

static Err out_link(JsonOut *out, Arena *arena, const Atlas *atlas, Kind kind, uint32_t field, Str id,
                    uint32_t limit)
{
    const KindInfo *info = kind_info(kind);
    const Filter *filter;
    Selection found;
    Order order;
    TRY(filter_in(arena, kind, field, &id, 1, &filter));
    filter_run(arena, atlas, kind, filter, &found);
    if (found.yes_count == 0)
        return OK;
    TRY(order_parse(atlas, kind, STR(""), &order));
    out_object(out);
    out_name(out, "kind");
    out_c(out, info->name);
    out_name(out, "field");
    out_c(out, info->fields[field].name);
    out_name(out, "total");
    out_int(out, found.yes_count);
    out_name(out, "items");
    out_array(out);
    out_page(out, arena, &order, found.yes, found.yes_count, 0, limit, false);
    out_array_end(out);
    out_object_end(out);
    return OK;
}

Err query_links(Arena *arena, const Atlas *atlas, Kind kind, Str id, uint32_t limit, JsonOut *out)
{
    RowRef at;
    TRY(atlas_find(atlas, kind, id, &at));
    out_object(out);
    out_name(out, "id");
    out_str(out, id);
    out_name(out, "kind");
    out_c(out, kind_info(kind)->name);
    out_name(out, "links");
    out_array(out);
    for (int k = 0; k < KIND_COUNT; k++) {
        const KindInfo *info = kind_info((Kind)k);
        for (uint32_t f = 0; f < info->field_count; f++) {
            const Field *field = &info->fields[f];
            bool refers = (field->type == FIELD_REF || field->type == FIELD_REFS) && field->ref == kind;
            if (refers && field->visibility <= atlas_audience(atlas))
                TRY(out_link(out, arena, atlas, (Kind)k, f, id, limit));
        }
    }
    out_array_end(out);
    out_object_end(out);
    return OK;
}
