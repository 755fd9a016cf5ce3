/* The first page: the city's figures, and the way to every list. */
#include "app/entity_json.h"
#include "app/html.h"
#include "app/order.h"
#include "app/page_parts.h"
#include "app/page_text.h"

/* An observation, and what decides which one is shown of an indicator (as web/src/figures.ts does): a value
 * that was reached before a forecast or a goal, and those before what was said without a value; a reported
 * one before one that was derived; the period that ends last; of two that end together the one that began
 * first; the key. */
typedef struct Reading {
    RowRef at;
    int standing;
    bool reported;
    DateSpan period;
    Str key;
} Reading;

static Value value_of(const Pen *pen, RowRef at, const char *name)
{
    Value value;
    table_value(pen->arena, atlas_table(pen->atlas, KIND_OBSERVATION, at.segment), at.row,
                (uint32_t)field_index(KIND_OBSERVATION, str_of(name)), &value);
    return value;
}

static Reading reading_of(const Pen *pen, RowRef at)
{
    Value value = value_of(pen, at, "value"), period = value_of(pen, at, "period"),
          reading = value_of(pen, at, "reading");
    bool ahead =
        reading.state == VALUE_KNOWN && (str_is(reading.text, "forecast") || str_is(reading.text, "goal"));
    return (Reading){
        .at = at,
        .standing = value.state != VALUE_KNOWN ? 0
                    : ahead                    ? 1
                                               : 2,
        .reported = str_is(row_text(pen->arena, pen->atlas, KIND_OBSERVATION, at, FIELD_HOW), "reported"),
        .period = period.state == VALUE_KNOWN ? period.date : (DateSpan){INT32_MIN, INT32_MIN},
        .key = table_key(atlas_table(pen->atlas, KIND_OBSERVATION, at.segment), at.row),
    };
}

static bool goes_before(const Reading *a, const Reading *b)
{
    if (a->standing != b->standing)
        return a->standing > b->standing;
    if (a->reported != b->reported)
        return a->reported;
    if (a->period.last != b->period.last)
        return a->period.last > b->period.last;
    if (a->period.first != b->period.first)
        return a->period.first < b->period.first;
    return str_cmp(a->key, b->key) < 0;
}

/* False if nothing but sample data is there. */
static bool latest_of(const Pen *pen, Str indicator, Reading *ret)
{
    uint32_t ref = (uint32_t)field_index(KIND_OBSERVATION, STR("indicator"));
    const Filter *filter;
    Selection found;
    bool any = false;
    if (filter_in(pen->arena, KIND_OBSERVATION, ref, &indicator, 1, &filter) != OK)
        return false;
    filter_run(pen->arena, pen->atlas, KIND_OBSERVATION, filter, &found);
    for (uint32_t s = 0; s < atlas_segments(pen->atlas); s++) {
        uint32_t words = bits_words(atlas_table(pen->atlas, KIND_OBSERVATION, s)->rows);
        for (uint32_t w = 0; w < words; w++) {
            for (uint64_t left = found.yes[s][w]; left; left &= left - 1) {
                RowRef at = {s, w * 64 + (uint32_t)__builtin_ctzll(left)};
                if (str_is(row_text(pen->arena, pen->atlas, KIND_OBSERVATION, at, FIELD_HOW), "illustrative"))
                    continue;
                Reading here = reading_of(pen, at);
                if (!any || goes_before(&here, ret))
                    *ret = here;
                any = true;
            }
        }
    }
    return any;
}

static void put_figure(const Pen *pen, const Reading *reading)
{
    uint32_t field = (uint32_t)field_index(KIND_OBSERVATION, STR("value"));
    const Field *info = &kind_info(KIND_OBSERVATION)->fields[field];
    const Table *table = atlas_table(pen->atlas, KIND_OBSERVATION, reading->at.segment);
    Value value = value_of(pen, reading->at, "value");
    buf_c(pen->buf, "<li>");
    pen_open_link(pen, KIND_OBSERVATION, reading->key);
    pen_name(pen, KIND_OBSERVATION, reading->at);
    buf_c(pen->buf, "</a> ");
    if (value.state == VALUE_KNOWN) {
        buf_c(pen->buf, "<b>");
        pen_value(pen, info, &value, pen_unit_in_row(pen, KIND_OBSERVATION, info, reading->at));
        pen_mark(pen, row_text(pen->arena, pen->atlas, KIND_OBSERVATION, reading->at, FIELD_SAMPLE), info);
        buf_c(pen->buf, "</b> ");
    }
    pen_day(pen, table->fresh[reading->at.row].as_of);
    buf_c(pen->buf, "</li>\n");
}

/* The indicators of the first page in their order. */
static uint32_t headlines(const Pen *pen, RowRef **ret)
{
    const Filter *filter;
    Selection found;
    Order order;
    *ret = NULL;
    if (filter_parse(pen->arena, KIND_INDICATOR, atlas_audience(pen->atlas), STR("headline = TRUE"),
                     &filter) != OK ||
        order_parse(pen->atlas, KIND_INDICATOR, STR("order"), &order) != OK)
        return 0;
    filter_run(pen->arena, pen->atlas, KIND_INDICATOR, filter, &found);
    return order_rows(pen->arena, &order, found.yes, found.yes_count, 0, PAGE_ROWS_MAX, ret);
}

static void put_lists(const Pen *pen)
{
    buf_c(pen->buf, "<h2>");
    pen_label(pen, (Label){"全部列表", "All lists"});
    buf_c(pen->buf, "</h2>\n<ul>\n");
    for (int k = 0; k < KIND_COUNT; k++) {
        if (atlas_count(pen->atlas, (Kind)k) == 0)
            continue;
        buf_c(pen->buf, "<li>");
        pen_open_link(pen, (Kind)k, STR(""));
        pen_label(pen, kind_info((Kind)k)->plural);
        buf_fmt(pen->buf, "</a> %u</li>\n", atlas_count(pen->atlas, (Kind)k));
    }
    buf_c(pen->buf, "</ul>\n");
}

void page_home(PageText *page, Arena *arena, const Atlas *atlas, Lang lang)
{
    const Pen pen = {&page->body, arena, atlas, lang};
    RowRef *rows;
    uint32_t count = headlines(&pen, &rows);
    html_text(&page->title, str_of(label_of(lang, (Label){"地图", "Map"})));
    buf_c(pen.buf, "<h1>");
    pen_label(&pen, (Label){"主要指标", "Main figures"});
    buf_c(pen.buf, "</h1>\n<ul>\n");
    for (uint32_t i = 0; i < count; i++) {
        Reading latest;
        const Table *table = atlas_table(atlas, KIND_INDICATOR, rows[i].segment);
        if (latest_of(&pen, table_key(table, rows[i].row), &latest))
            put_figure(&pen, &latest);
    }
    buf_c(pen.buf, "</ul>\n");
    put_lists(&pen);
}

static void lists_under(PageText *page, const Pen *pen, Label title)
{
    html_text(&page->title, str_of(label_of(pen->lang, title)));
    buf_c(pen->buf, "<h1>");
    pen_label(pen, title);
    buf_c(pen->buf, "</h1>\n");
    put_lists(pen);
}

void page_match(PageText *page, Arena *arena, const Atlas *atlas, Lang lang)
{
    const Pen pen = {&page->body, arena, atlas, lang};
    lists_under(page, &pen, (Label){"选址", "Find a site"});
}

void page_compare(PageText *page, Arena *arena, const Atlas *atlas, Lang lang)
{
    const Pen pen = {&page->body, arena, atlas, lang};
    lists_under(page, &pen, (Label){"对比", "Compare"});
}
