#include "app/page_text.h"
#include "app/entity_json.h"
#include "app/html.h"
#include "app/order.h"
#include "app/page_parts.h"
#include "app/why.h"

enum { TITLE_MAX_BYTES = 64 * 1024, BODY_MAX_BYTES = 4 * 1024 * 1024, COLUMNS_MAX = 5 };

void page_text_init(PageText *page)
{
    buf_init(&page->title, TITLE_MAX_BYTES);
    buf_init(&page->body, BODY_MAX_BYTES);
}

void page_text_done(PageText *page)
{
    buf_done(&page->title);
    buf_done(&page->body);
}

static void put_heading(const Pen *pen, Label label)
{
    buf_c(pen->buf, "<th scope=\"col\">");
    pen_label(pen, label);
    buf_c(pen->buf, "</th>");
}

/* ---- a list ---- */

/* What a table shows besides the name: the first fields that one can filter by. */
static uint32_t columns_of(Kind kind, uint32_t columns[COLUMNS_MAX])
{
    uint32_t count = 0;
    const KindInfo *info = kind_info(kind);
    for (uint32_t f = FIELDS_COMMON; f < info->field_count && count < COLUMNS_MAX; f++)
        if (info->fields[f].visibility == AUDIENCE_PUBLIC && info->fields[f].filterable &&
            !info->fields[f].part)
            columns[count++] = f;
    return count;
}

static void put_row(const Pen *pen, Kind kind, RowRef at)
{
    uint32_t columns[COLUMNS_MAX], count = columns_of(kind, columns);
    const Table *table = atlas_table(pen->atlas, kind, at.segment);
    Str sample = row_text(pen->arena, pen->atlas, kind, at, FIELD_SAMPLE);
    buf_c(pen->buf, "<tr><th scope=\"row\">");
    pen_open_link(pen, kind, table_key(table, at.row));
    pen_name(pen, kind, at);
    buf_c(pen->buf, "</a></th>");
    for (uint32_t c = 0; c < count; c++) {
        Value value;
        const Field *field = &kind_info(kind)->fields[columns[c]];
        table_value(pen->arena, table, at.row, columns[c], &value);
        buf_c(pen->buf, "<td>");
        pen_value(pen, field, &value, pen_unit_in_row(pen, kind, field, at));
        pen_mark(pen, sample, field);
        buf_c(pen->buf, "</td>");
    }
    buf_c(pen->buf, "<td>");
    pen_how(pen, row_text(pen->arena, pen->atlas, kind, at, FIELD_HOW));
    buf_c(pen->buf, "</td><td>");
    buf_date(pen->buf, table->fresh[at.row].as_of);
    buf_c(pen->buf, "</td></tr>\n");
}

static uint32_t first_rows(const Pen *pen, Kind kind, RowRef **ret)
{
    Selection all;
    const Order by_key = {.atlas = pen->atlas, .kind = kind, .field = -1};
    filter_run(pen->arena, pen->atlas, kind, NULL, &all);
    return order_rows(pen->arena, &by_key, all.yes, all.yes_count, 0, PAGE_ROWS_MAX, ret);
}

static void put_table(const Pen *pen, Kind kind, const RowRef *rows, uint32_t count)
{
    const KindInfo *info = kind_info(kind);
    uint32_t columns[COLUMNS_MAX], column_count = columns_of(kind, columns);
    buf_c(pen->buf, "<table><thead><tr>");
    put_heading(pen, info->label);
    for (uint32_t c = 0; c < column_count; c++)
        put_heading(pen, info->fields[columns[c]].label);
    put_heading(pen, info->fields[FIELD_HOW].label);
    put_heading(pen, (Label){"截至", "As of"});
    buf_c(pen->buf, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < count; i++)
        put_row(pen, kind, rows[i]);
    buf_c(pen->buf, "</tbody></table>\n");
}

static void list_under(PageText *page, const Pen *pen, Kind kind, Label title)
{
    static const Label more = {"<p>下面是前 %u 个；全部：<a href=\"/export/%s.csv\">CSV</a></p>\n",
                               "<p>The first %u are below; all: <a href=\"/export/%s.csv\">CSV</a></p>\n"};
    uint32_t all = atlas_count(pen->atlas, kind);
    RowRef *rows;
    uint32_t count = first_rows(pen, kind, &rows);
    html_text(&page->title, str_of(label_of(pen->lang, title)));
    buf_c(pen->buf, "<h1>");
    pen_label(pen, title);
    buf_fmt(pen->buf, " %u</h1>\n", all);
    if (count < all)
        buf_fmt(pen->buf, label_of(pen->lang, more), count, kind_info(kind)->name);
    put_table(pen, kind, rows, count);
}

void page_list(PageText *page, Arena *arena, const Atlas *atlas, Lang lang, Kind kind)
{
    const Pen pen = {&page->body, arena, atlas, lang};
    list_under(page, &pen, kind, kind_info(kind)->plural);
}

void page_about(PageText *page, Arena *arena, const Atlas *atlas, Lang lang)
{
    const Pen pen = {&page->body, arena, atlas, lang};
    list_under(page, &pen, KIND_SOURCE, (Label){"数据与来源", "Data and sources"});
}

/* ---- one thing ---- */

static void put_source(const Pen *pen, const Said *said)
{
    pen_ref(pen, KIND_SOURCE, said->source->key);
    if (said->locator.len) {
        buf_c(pen->buf, " · ");
        html_text(pen->buf, said->locator);
    }
}

/* What a generator says is sample data, and what is not said to be otherwise was reported. */
static Str said_how(const Said *said)
{
    if (str_is(said->source->type, "generator"))
        return STR("illustrative");
    return said->how.len ? said->how : STR("reported");
}

static void put_said(const Pen *pen, const Why *why, const WhyField *one, Str indicator)
{
    const Field *field = &kind_info(why->kind)->fields[one->field];
    buf_c(pen->buf, "<tr><th scope=\"row\">");
    pen_label(pen, field->label);
    buf_c(pen->buf, "</th><td>");
    pen_value(pen, field, &one->won.value, pen_unit(pen, why->kind, field, indicator));
    buf_c(pen->buf, "</td><td>");
    put_source(pen, &one->won);
    buf_c(pen->buf, "</td><td>");
    pen_how(pen, said_how(&one->won));
    buf_c(pen->buf, "</td><td>");
    buf_date(pen->buf, one->won.as_of);
    buf_c(pen->buf, "</td></tr>\n");
}

static void put_facts(const Pen *pen, const Why *why, Str indicator)
{
    buf_c(pen->buf, "<table><thead><tr>");
    put_heading(pen, (Label){"项", "Field"});
    put_heading(pen, (Label){"值", "Value"});
    put_heading(pen, (Label){"来源", "Source"});
    put_heading(pen, kind_info(why->kind)->fields[FIELD_HOW].label);
    put_heading(pen, (Label){"截至", "As of"});
    buf_c(pen->buf, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < why->count; i++)
        if (why->fields[i].field != WINNER_GEOMETRY)
            put_said(pen, why, &why->fields[i], indicator);
    buf_c(pen->buf, "</tbody></table>\n");
}

Err page_one(PageText *page, Arena *arena, const Atlas *atlas, Store *store, Lang lang, Kind kind, Str id)
{
    const Pen pen = {&page->body, arena, atlas, lang};
    RowRef at;
    Why why;
    TRY(atlas_find(atlas, kind, id, &at));
    TRY(app_why(store, arena, atlas_audience(atlas), kind, id, STR(""), &why));
    Str indicator = STR("");
    if (kind == KIND_OBSERVATION)
        indicator = row_text(arena, atlas, kind, at, (uint32_t)field_index(kind, STR("indicator")));
    html_text(&page->title, pen_name_of(&pen, kind, at));
    buf_c(pen.buf, "<p>");
    pen_open_link(&pen, kind, STR(""));
    pen_label(&pen, kind_info(kind)->plural);
    buf_c(pen.buf, "</a></p>\n<h1>");
    pen_name(&pen, kind, at);
    buf_c(pen.buf, "</h1>\n");
    put_facts(&pen, &why, indicator);
    return OK;
}
