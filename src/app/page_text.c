#include "app/page_text.h"
#include "app/entity_json.h"
#include "app/order.h"
#include "app/why.h"
#include "app/words.h"
#include <string.h>

enum { TITLE_MAX_BYTES = 16 * 1024, BODY_MAX_BYTES = 4 * 1024 * 1024, COLUMNS_MAX = 5 };

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

static void put_text(Buf *buf, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            buf_c(buf, "&amp;");
            break;
        case '<':
            buf_c(buf, "&lt;");
            break;
        case '>':
            buf_c(buf, "&gt;");
            break;
        case '"':
            buf_c(buf, "&quot;");
            break;
        case '\'':
            buf_c(buf, "&#39;");
            break;
        default:
            buf_byte(buf, text.ptr[i]);
        }
    }
}

static void put_label(Buf *buf, Lang lang, Label label)
{
    put_text(buf, str_of(label_of(lang, label)));
}

/* A part of an address: what is not plain is percent-encoded. */
static void put_path(Buf *buf, Str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("-_.", c);
        if (plain && c) {
            buf_byte(buf, (char)c);
            continue;
        }
        buf_byte(buf, '%');
        buf_byte(buf, hex[c >> 4]);
        buf_byte(buf, hex[c & 15]);
    }
}

static void open_link(Buf *buf, Lang lang, Kind kind, Str id)
{
    buf_fmt(buf, "<a href=\"/%s", kind_info(kind)->page);
    if (id.len) {
        buf_byte(buf, '/');
        put_path(buf, id);
    }
    buf_fmt(buf, "?lang=%s\">", lang_name(lang));
}

/* Its name in this language, else in the other, else its key. */
static Str name_of(Arena *arena, const Atlas *atlas, Lang lang, Kind kind, RowRef at)
{
    Str name = row_text(arena, atlas, kind, at, lang == LANG_ZH ? FIELD_NAME_ZH : FIELD_NAME_EN);
    if (name.len == 0)
        name = row_text(arena, atlas, kind, at, lang == LANG_ZH ? FIELD_NAME_EN : FIELD_NAME_ZH);
    return name.len ? name : table_key(atlas_table(atlas, kind, at.segment), at.row);
}

static void put_ref(Buf *buf, Arena *arena, const Atlas *atlas, Lang lang, Kind kind, Str key)
{
    RowRef at;
    if (atlas_find(atlas, kind, key, &at) != OK) {
        put_text(buf, key);
        return;
    }
    open_link(buf, lang, kind, key);
    put_text(buf, name_of(arena, atlas, lang, kind, at));
    buf_c(buf, "</a>");
}

static void put_value(Buf *buf, Arena *arena, const Atlas *atlas, Lang lang, const Field *field,
                      const Value *value, const char *unit)
{
    bool known = value->state == VALUE_KNOWN;
    if (known && field->type == FIELD_REF) {
        put_ref(buf, arena, atlas, lang, field->ref, value->text);
        return;
    }
    if (known && field->type == FIELD_REFS) {
        for (uint32_t i = 0; i < value->list.count; i++) {
            buf_c(buf, i ? label_of(lang, (Label){"、", ", "}) : "");
            put_ref(buf, arena, atlas, lang, field->ref, value->list.items[i]);
        }
        return;
    }
    Buf words;
    buf_init(&words, TITLE_MAX_BYTES);
    words_value(&words, lang, field, value, unit);
    put_text(buf, buf_view(&words));
    buf_done(&words);
}

/* ---- units of observations ---- */

static const char *unit_of(Arena *arena, const Atlas *atlas, Kind kind, const Field *field, Str indicator)
{
    RowRef at;
    bool reads =
        kind == KIND_OBSERVATION && (strcmp(field->name, "value") == 0 || strcmp(field->name, "target") == 0);
    if (!reads || atlas_find(atlas, KIND_INDICATOR, indicator, &at) != OK)
        return NULL;
    return str_c(
        row_text(arena, atlas, KIND_INDICATOR, at, (uint32_t)field_index(KIND_INDICATOR, STR("value_unit"))));
}

static const char *unit_in_row(Arena *arena, const Atlas *atlas, Kind kind, const Field *field, RowRef at)
{
    if (kind != KIND_OBSERVATION)
        return NULL;
    uint32_t ref = (uint32_t)field_index(KIND_OBSERVATION, STR("indicator"));
    return unit_of(arena, atlas, kind, field, row_text(arena, atlas, kind, at, ref));
}

/* ---- how it is known ---- */

static void put_how(Buf *buf, Lang lang, Str how)
{
    const Field *field = &kind_info(KIND_PARK)->fields[FIELD_HOW]; /* every kind's is the same */
    int code = code_index(field->codes, how);
    if (code >= 0)
        put_label(buf, lang, field->codes->codes[code].label);
}

/* Behind a value that is sample data in a row that is not. */
static void put_mark(Buf *buf, Lang lang, Str sample, const Field *field)
{
    if (sample_names(sample, field->name))
        put_label(buf, lang, (Label){"（示例）", " (sample)"});
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

static void put_row(Buf *buf, Arena *arena, const Atlas *atlas, Lang lang, Kind kind, RowRef at)
{
    uint32_t columns[COLUMNS_MAX], count = columns_of(kind, columns);
    const Table *table = atlas_table(atlas, kind, at.segment);
    Str sample = row_text(arena, atlas, kind, at, FIELD_SAMPLE);
    buf_c(buf, "<tr><th scope=\"row\">");
    open_link(buf, lang, kind, table_key(table, at.row));
    put_text(buf, name_of(arena, atlas, lang, kind, at));
    buf_c(buf, "</a></th>");
    for (uint32_t c = 0; c < count; c++) {
        Value value;
        const Field *field = &kind_info(kind)->fields[columns[c]];
        table_value(arena, table, at.row, columns[c], &value);
        buf_c(buf, "<td>");
        put_value(buf, arena, atlas, lang, field, &value, unit_in_row(arena, atlas, kind, field, at));
        put_mark(buf, lang, sample, field);
        buf_c(buf, "</td>");
    }
    buf_c(buf, "<td>");
    put_how(buf, lang, row_text(arena, atlas, kind, at, FIELD_HOW));
    buf_c(buf, "</td><td>");
    buf_date(buf, table->fresh[at.row].as_of);
    buf_c(buf, "</td></tr>\n");
}

static void put_heading(Buf *buf, Lang lang, Label label)
{
    buf_c(buf, "<th scope=\"col\">");
    put_label(buf, lang, label);
    buf_c(buf, "</th>");
}

static uint32_t first_rows(Arena *arena, const Atlas *atlas, Kind kind, RowRef **ret)
{
    Selection all;
    const Order by_key = {.atlas = atlas, .kind = kind, .field = -1};
    filter_run(arena, atlas, kind, NULL, &all);
    return order_rows(arena, &by_key, all.yes, all.yes_count, 0, PAGE_ROWS_MAX, ret);
}

void page_list(PageText *page, Arena *arena, const Atlas *atlas, Lang lang, Kind kind)
{
    const KindInfo *info = kind_info(kind);
    uint32_t columns[COLUMNS_MAX], column_count = columns_of(kind, columns), all = atlas_count(atlas, kind);
    RowRef *rows;
    uint32_t count = first_rows(arena, atlas, kind, &rows);
    Buf *buf = &page->body;
    put_label(&page->title, lang, info->plural);
    buf_c(buf, "<h1>");
    put_label(buf, lang, info->plural);
    buf_fmt(buf, " %u</h1>\n", all);
    if (count < all)
        buf_fmt(buf,
                label_of(lang,
                         (Label){"<p>下面是前 %u 个；全部：<a href=\"/export/%s.csv\">CSV</a></p>\n",
                                 "<p>The first %u are below; all: <a href=\"/export/%s.csv\">CSV</a></p>\n"}),
                count, info->name);
    buf_c(buf, "<table><thead><tr>");
    put_heading(buf, lang, info->label);
    for (uint32_t c = 0; c < column_count; c++)
        put_heading(buf, lang, info->fields[columns[c]].label);
    put_heading(buf, lang, info->fields[FIELD_HOW].label);
    put_heading(buf, lang, (Label){"截至", "As of"});
    buf_c(buf, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < count; i++)
        put_row(buf, arena, atlas, lang, kind, rows[i]);
    buf_c(buf, "</tbody></table>\n");
}

/* ---- one thing ---- */

static void put_source(Buf *buf, Arena *arena, const Atlas *atlas, Lang lang, const Said *said)
{
    put_ref(buf, arena, atlas, lang, KIND_SOURCE, said->source->key);
    if (said->locator.len) {
        buf_c(buf, " · ");
        put_text(buf, said->locator);
    }
}

/* What a generator says is sample data, and what is not said to be otherwise was reported. */
static Str said_how(const Said *said)
{
    if (str_is(said->source->type, "generator"))
        return STR("illustrative");
    return said->how.len ? said->how : STR("reported");
}

static void put_said(Buf *buf, Arena *arena, const Atlas *atlas, Lang lang, const Why *why,
                     const WhyField *one, Str indicator)
{
    const Field *field = &kind_info(why->kind)->fields[one->field];
    buf_c(buf, "<tr><th scope=\"row\">");
    put_label(buf, lang, field->label);
    buf_c(buf, "</th><td>");
    put_value(buf, arena, atlas, lang, field, &one->won.value,
              unit_of(arena, atlas, why->kind, field, indicator));
    buf_c(buf, "</td><td>");
    put_source(buf, arena, atlas, lang, &one->won);
    buf_c(buf, "</td><td>");
    put_how(buf, lang, said_how(&one->won));
    buf_c(buf, "</td><td>");
    buf_date(buf, one->won.as_of);
    buf_c(buf, "</td></tr>\n");
}

Err page_one(PageText *page, Arena *arena, const Atlas *atlas, Store *store, Lang lang, Kind kind, Str id)
{
    RowRef at;
    Why why;
    TRY(atlas_find(atlas, kind, id, &at));
    TRY(app_why(store, arena, atlas_audience(atlas), kind, id, STR(""), &why));
    Buf *buf = &page->body;
    Str indicator = STR("");
    if (kind == KIND_OBSERVATION)
        indicator = row_text(arena, atlas, kind, at, (uint32_t)field_index(kind, STR("indicator")));
    put_text(&page->title, name_of(arena, atlas, lang, kind, at));
    buf_c(buf, "<p>");
    open_link(buf, lang, kind, STR(""));
    put_label(buf, lang, kind_info(kind)->plural);
    buf_c(buf, "</a></p>\n<h1>");
    put_text(buf, name_of(arena, atlas, lang, kind, at));
    buf_c(buf, "</h1>\n<table><thead><tr>");
    put_heading(buf, lang, (Label){"项", "Field"});
    put_heading(buf, lang, (Label){"值", "Value"});
    put_heading(buf, lang, (Label){"来源", "Source"});
    put_heading(buf, lang, kind_info(kind)->fields[FIELD_HOW].label);
    put_heading(buf, lang, (Label){"截至", "As of"});
    buf_c(buf, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < why.count; i++)
        if (why.fields[i].field != WINNER_GEOMETRY)
            put_said(buf, arena, atlas, lang, &why, &why.fields[i], indicator);
    buf_c(buf, "</tbody></table>\n");
    return OK;
}

/* ---- the first page ---- */

static bool is_true(Arena *arena, const Atlas *atlas, Kind kind, RowRef at, const char *name)
{
    Value value;
    table_value(arena, atlas_table(atlas, kind, at.segment), at.row,
                (uint32_t)field_index(kind, str_of(name)), &value);
    return value.state == VALUE_KNOWN && value.num != 0;
}

static void put_observations(Buf *buf, Arena *arena, const Atlas *atlas, Lang lang, Str indicator)
{
    uint32_t ref = (uint32_t)field_index(KIND_OBSERVATION, STR("indicator"));
    uint32_t value_at = (uint32_t)field_index(KIND_OBSERVATION, STR("value"));
    const Filter *filter;
    Selection found;
    if (filter_in(arena, KIND_OBSERVATION, ref, &indicator, 1, &filter) != OK)
        return;
    filter_run(arena, atlas, KIND_OBSERVATION, filter, &found);
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, KIND_OBSERVATION, s);
        for (uint32_t n = 0; n < table->rows; n++) {
            RowRef at = {s, table->by_key[n]};
            if (!bits_get(found.yes[s], at.row) ||
                str_is(row_text(arena, atlas, KIND_OBSERVATION, at, FIELD_HOW), "illustrative"))
                continue;
            Value value;
            const Field *field = &kind_info(KIND_OBSERVATION)->fields[value_at];
            table_value(arena, table, at.row, value_at, &value);
            buf_c(buf, "<li>");
            open_link(buf, lang, KIND_OBSERVATION, table_key(table, at.row));
            put_text(buf, name_of(arena, atlas, lang, KIND_OBSERVATION, at));
            buf_c(buf, "</a> <b>");
            put_value(buf, arena, atlas, lang, field, &value,
                      unit_in_row(arena, atlas, KIND_OBSERVATION, field, at));
            put_mark(buf, lang, row_text(arena, atlas, KIND_OBSERVATION, at, FIELD_SAMPLE), field);
            buf_c(buf, "</b></li>\n");
        }
    }
}

void page_home(PageText *page, Arena *arena, const Atlas *atlas, Lang lang)
{
    Buf *buf = &page->body;
    RowRef *rows;
    uint32_t count = first_rows(arena, atlas, KIND_INDICATOR, &rows);
    put_label(&page->title, lang, (Label){"地图", "Map"});
    buf_c(buf, "<h1>");
    put_label(buf, lang, (Label){"主要指标", "Main figures"});
    buf_c(buf, "</h1>\n<ul>\n");
    for (uint32_t i = 0; i < count; i++)
        if (is_true(arena, atlas, KIND_INDICATOR, rows[i], "headline"))
            put_observations(buf, arena, atlas, lang,
                             table_key(atlas_table(atlas, KIND_INDICATOR, rows[i].segment), rows[i].row));
    buf_c(buf, "</ul>\n<h2>");
    put_label(buf, lang, (Label){"全部列表", "All lists"});
    buf_c(buf, "</h2>\n<ul>\n");
    for (int k = 0; k < KIND_COUNT; k++) {
        if (atlas_count(atlas, (Kind)k) == 0)
            continue;
        buf_c(buf, "<li>");
        open_link(buf, lang, (Kind)k, STR(""));
        put_label(buf, lang, kind_info((Kind)k)->plural);
        buf_fmt(buf, "</a> %u</li>\n", atlas_count(atlas, (Kind)k));
    }
    buf_c(buf, "</ul>\n");
}
