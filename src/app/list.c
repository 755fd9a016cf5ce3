/* The list of a kind: what a filter and a box leave, in order, a page of it, and counts by value. */
#include "app/entity_json.h"
#include "app/query.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- order ---- */

typedef struct Order {
    const Atlas *atlas;
    Kind kind;
    int field; /* -1: by key alone */
    bool down;
} Order;

typedef struct Place {
    RowRef at;
    int64_t num; /* of a number, a date's first day, a code's place in its list */
    Str text;    /* of a text or a reference */
    bool known;
} Place;

static bool sorts_by_text(const Field *field)
{
    return field->type == FIELD_TEXT || field->type == FIELD_REF;
}

static Place place_of(const Order *order, RowRef at)
{
    Place place = {.at = at};
    if (order->field < 0)
        return place;
    const Column *column = &atlas_table(order->atlas, order->kind, at.segment)->columns[order->field];
    place.known = column->values && bits_get(column->known, at.row);
    if (!place.known)
        return place;
    if (sorts_by_text(column->field))
        place.text = column_entry(column, (uint32_t)column_stored(column, at.row));
    else
        place.num = column_num(column, at.row);
    return place;
}

static Str key_of(const Order *order, RowRef at)
{
    return table_key(atlas_table(order->atlas, order->kind, at.segment), at.row);
}

/* Below 0: a comes first. Unknown last, whichever way the order runs; ties by key, upward. */
static int place_cmp(const Order *order, const Place *a, const Place *b)
{
    if (a->known != b->known)
        return a->known ? -1 : 1;
    int by = (a->num > b->num) - (a->num < b->num);
    if (a->text.len || b->text.len)
        by = str_cmp(a->text, b->text);
    if (by)
        return order->down ? -by : by;
    return str_cmp(key_of(order, a->at), key_of(order, b->at));
}

/* The first `most` places in order: a heap whose root is the last of them. */
typedef struct Page {
    const Order *order;
    Place *places;
    uint32_t count, most;
} Page;

static void sift_down(Page *page, uint32_t i)
{
    for (;;) {
        uint32_t last = i, left = 2 * i + 1;
        for (uint32_t child = left; child < left + 2 && child < page->count; child++)
            if (place_cmp(page->order, &page->places[child], &page->places[last]) > 0)
                last = child;
        if (last == i)
            return;
        Place swap = page->places[i];
        page->places[i] = page->places[last];
        page->places[last] = swap;
        i = last;
    }
}

static void page_offer(Page *page, RowRef at)
{
    Place place = place_of(page->order, at);
    if (page->count < page->most) {
        uint32_t i = page->count++;
        page->places[i] = place;
        while (i && place_cmp(page->order, &page->places[i], &page->places[(i - 1) / 2]) > 0) {
            Place swap = page->places[i];
            page->places[i] = page->places[(i - 1) / 2];
            page->places[(i - 1) / 2] = swap;
            i = (i - 1) / 2;
        }
    } else if (place_cmp(page->order, &place, &page->places[0]) < 0) {
        page->places[0] = place;
        sift_down(page, 0);
    }
}

static void page_sort(Page *page)
{
    uint32_t count = page->count;
    while (page->count > 1) {
        Place last = page->places[0];
        page->places[0] = page->places[--page->count];
        page->places[page->count] = last;
        sift_down(page, 0);
    }
    page->count = count;
}

/* By key alone nothing need be compared: each segment knows its keys' order, and the two are merged until the
 * page is full. */
static void page_by_key(Page *page, const Atlas *atlas, Kind kind, uint64_t *const *bits)
{
    uint32_t at[SEGMENTS_MAX] = {0};
    while (page->count < page->most) {
        int best = -1;
        Str least = STR("");
        for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
            const Table *table = atlas_table(atlas, kind, s);
            while (at[s] < table->rows && !bits_get(bits[s], table->by_key[at[s]]))
                at[s]++;
            if (at[s] == table->rows)
                continue;
            Str key = table_key(table, table->by_key[at[s]]);
            if (best < 0 || str_cmp(key, least) < 0) {
                best = (int)s;
                least = key;
            }
        }
        if (best < 0)
            return;
        uint32_t row = atlas_table(atlas, kind, (uint32_t)best)->by_key[at[best]++];
        page->places[page->count++] = (Place){.at = {(uint32_t)best, row}};
    }
}

static void page_fill(Page *page, const Atlas *atlas, Kind kind, uint64_t *const *bits, uint32_t found)
{
    enum { FEW = 4096 };
    if (page->order->field < 0 && found > FEW) {
        page_by_key(page, atlas, kind, bits);
        return;
    }
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        uint32_t words = bits_words(atlas_table(atlas, kind, s)->rows);
        for (uint32_t w = 0; w < words; w++)
            for (uint64_t left = bits[s][w]; left; left &= left - 1)
                page_offer(page, (RowRef){s, w * 64 + (uint32_t)__builtin_ctzll(left)});
    }
    page_sort(page);
}

static void out_page(JsonOut *out, Arena *arena, const Order *order, uint64_t *const *bits, uint32_t found,
                     uint32_t skip, uint32_t limit, bool maybe)
{
    if (skip >= found || limit == 0)
        return;
    Page page = {.order = order, .most = skip + limit < found ? skip + limit : found};
    page.places = arena_array(arena, Place, page.most);
    page_fill(&page, order->atlas, order->kind, bits, found);
    for (uint32_t i = skip; i < page.count; i++)
        out_entity(out, arena, order->atlas, order->kind, page.places[i].at, (EntityJson){.maybe = maybe});
}

static Err order_parse(const Atlas *atlas, const ListQuery *query, Order *ret)
{
    *ret = (Order){.atlas = atlas, .kind = query->kind, .field = -1};
    Str name = query->sort;
    if (name.len == 0)
        return OK;
    if (name.ptr[0] == '-') {
        ret->down = true;
        name = (Str){name.ptr + 1, name.len - 1};
    }
    uint32_t field;
    TRY(field_visible(query->kind, atlas_audience(atlas), name, &field));
    const Field *f = &kind_info(query->kind)->fields[field];
    if (!f->filterable || f->type == FIELD_CODES || f->type == FIELD_REFS)
        return fail(ERR_FIELD_NOT_FILTERABLE, "field", f->name, "kind", kind_info(query->kind)->name, NULL);
    ret->field = (int)field;
    return OK;
}

/* ---- facets ---- */

typedef struct Bucket {
    Str value;
    uint32_t count, maybe;
} Bucket;

static int bucket_cmp(const void *a, const void *b)
{
    return str_cmp(((const Bucket *)a)->value, ((const Bucket *)b)->value);
}

static void count_values(const Table *table, const Column *column, const uint64_t *bits, uint32_t *counts)
{
    for (uint32_t w = 0; w < bits_words(table->rows); w++) {
        for (uint64_t left = bits[w] & column->known[w]; left; left &= left - 1) {
            uint32_t row = w * 64 + (uint32_t)__builtin_ctzll(left);
            if (!column->list_ends) {
                counts[column_stored(column, row)]++;
                continue;
            }
            for (uint32_t i = row ? column->list_ends[row - 1] : 0; i < column->list_ends[row]; i++)
                counts[column_stored(column, i)]++;
        }
    }
}

/* The values of both segments, together: sorted by text and equal ones joined; codes keep the order of their
 * list. */
static uint32_t gather(Arena *arena, const Atlas *atlas, Kind kind, const Field *field, uint32_t index,
                       const Selection *found, Bucket **ret)
{
    uint32_t count = 0, room = 0;
    for (uint32_t s = 0; s < atlas_segments(atlas); s++)
        room += atlas_table(atlas, kind, s)->columns[index].dict_count + 2;
    Bucket *buckets = arena_array(arena, Bucket, room);
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, kind, s);
        const Column *column = &table->columns[index];
        if (!column->values)
            continue;
        uint32_t values = field->type == FIELD_BOOL ? 2 : column->dict_count;
        uint32_t *yes = arena_zarray(arena, uint32_t, values + 1),
                 *maybe = arena_zarray(arena, uint32_t, values + 1);
        count_values(table, column, found->yes[s], yes);
        count_values(table, column, found->maybe[s], maybe);
        for (uint32_t v = 0; v < values; v++) {
            Str text = field->type == FIELD_BOOL ? (v ? STR("true") : STR("false")) : column_entry(column, v);
            if (yes[v] || maybe[v])
                buckets[count++] = (Bucket){text, yes[v], maybe[v]};
        }
    }
    if (count)
        qsort(buckets, count, sizeof *buckets, bucket_cmp);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept && str_eq(buckets[kept - 1].value, buckets[i].value)) {
            buckets[kept - 1].count += buckets[i].count;
            buckets[kept - 1].maybe += buckets[i].maybe;
        } else {
            buckets[kept++] = buckets[i];
        }
    }
    *ret = buckets;
    return kept;
}

static void out_bucket(JsonOut *out, const Field *field, const Bucket *bucket)
{
    out_object(out);
    out_name(out, "value");
    if (field->type == FIELD_BOOL)
        out_bool(out, str_is(bucket->value, "true"));
    else
        out_str(out, bucket->value);
    out_name(out, "count");
    out_int(out, bucket->count);
    out_name(out, "maybe");
    out_int(out, bucket->maybe);
    out_object_end(out);
}

static void out_facet(JsonOut *out, const Field *field, const Bucket *buckets, uint32_t count)
{
    out_name(out, field->name);
    out_array(out);
    for (uint32_t c = 0; field->codes && c < field->codes->count; c++)
        for (uint32_t i = 0; i < count; i++)
            if (str_is(buckets[i].value, field->codes->codes[c].code))
                out_bucket(out, field, &buckets[i]);
    for (uint32_t i = 0; !field->codes && i < count; i++)
        out_bucket(out, field, &buckets[i]);
    out_array_end(out);
}

static Err facets_parse(const Atlas *atlas, const ListQuery *query, uint32_t *fields, uint32_t *ret_count)
{
    uint32_t count = 0;
    for (Str rest = query->facets; rest.len;) {
        Str name = str_trim(str_cut(&rest, ','));
        uint32_t index;
        TRY(field_visible(query->kind, atlas_audience(atlas), name, &index));
        const Field *field = &kind_info(query->kind)->fields[index];
        if (!field->filterable || field->type == FIELD_NUM || field->type == FIELD_DATE ||
            field->type == FIELD_TEXT)
            return fail(ERR_FIELD_NOT_FILTERABLE, "field", field->name, "kind", kind_info(query->kind)->name,
                        NULL);
        for (uint32_t i = 0; i < count; i++)
            if (fields[i] == index)
                return fail(ERR_PARAM, "param", "facets", "value", str_c(name), "want", "named once", NULL);
        if (count == LIST_FACETS_MAX)
            return fail(ERR_LIMIT, "what", "facets", "limit", num_c(LIST_FACETS_MAX), NULL);
        fields[count++] = index;
    }
    *ret_count = count;
    return OK;
}

Err query_list(Arena *arena, const Atlas *atlas, const ListQuery *query, JsonOut *out)
{
    const Filter *filter, *all = NULL;
    Order order;
    uint32_t facets[LIST_FACETS_MAX], facet_count = 0;
    TRY(filter_parse(arena, query->kind, atlas_audience(atlas), query->filter, &filter));
    if (query->bbox.len) {
        Box box;
        TRY(bbox_parse(query->bbox, &box));
        all = filter_box(arena, box);
        filter = filter_and(arena, all, filter);
    }
    TRY(order_parse(atlas, query, &order));
    TRY(facets_parse(atlas, query, facets, &facet_count));
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
    out_name(out, "facets");
    out_object(out);
    for (uint32_t i = 0; i < facet_count; i++) {
        const Field *field = &kind_info(query->kind)->fields[facets[i]];
        Bucket *buckets;
        uint32_t count = gather(arena, atlas, query->kind, field, facets[i], &found, &buckets);
        out_facet(out, field, buckets, count);
    }
    out_object_end(out);
    out_object_end(out);
    return OK;
}
