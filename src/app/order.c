#include "app/order.h"
#include <string.h>

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

uint32_t order_rows(Arena *arena, const Order *order, uint64_t *const *bits, uint32_t found, uint32_t skip,
                    uint32_t limit, RowRef **ret)
{
    *ret = NULL;
    if (skip >= found || limit == 0)
        return 0;
    Page page = {.order = order, .most = skip + limit < found ? skip + limit : found};
    page.places = arena_array(arena, Place, page.most);
    page_fill(&page, order->atlas, order->kind, bits, found);
    RowRef *rows = arena_array(arena, RowRef, page.count - skip);
    for (uint32_t i = skip; i < page.count; i++)
        rows[i - skip] = page.places[i].at;
    *ret = rows;
    return page.count - skip;
}

Err order_parse(const Atlas *atlas, Kind kind, Str sort, Order *ret)
{
    *ret = (Order){.atlas = atlas, .kind = kind, .field = -1};
    Str name = sort;
    if (name.len == 0)
        return OK;
    if (name.ptr[0] == '-') {
        ret->down = true;
        name = (Str){name.ptr + 1, name.len - 1};
    }
    uint32_t field;
    TRY(field_visible(kind, atlas_audience(atlas), name, &field));
    const Field *f = &kind_info(kind)->fields[field];
    if (!f->filterable || f->type == FIELD_CODES || f->type == FIELD_REFS)
        return fail(ERR_FIELD_NOT_FILTERABLE, "field", f->name, "kind", kind_info(kind)->name, NULL);
    ret->field = (int)field;
    return OK;
}
