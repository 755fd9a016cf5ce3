#include "app/page_parts.h"
#include "app/entity_json.h"
#include "app/html.h"
#include <string.h>

enum { WORDS_MAX_BYTES = 64 * 1024 };

void pen_label(const Pen *pen, Label label)
{
    html_text(pen->buf, str_of(label_of(pen->lang, label)));
}

void pen_open_link(const Pen *pen, Kind kind, Str id)
{
    buf_fmt(pen->buf, "<a href=\"/%s", kind_info(kind)->page);
    if (id.len) {
        buf_byte(pen->buf, '/');
        html_path(pen->buf, id);
    }
    buf_fmt(pen->buf, "?lang=%s\">", lang_name(pen->lang));
}

Str pen_name_of(const Pen *pen, Kind kind, RowRef at)
{
    bool zh = pen->lang == LANG_ZH;
    Str name = row_text(pen->arena, pen->atlas, kind, at, zh ? FIELD_NAME_ZH : FIELD_NAME_EN);
    if (name.len == 0)
        name = row_text(pen->arena, pen->atlas, kind, at, zh ? FIELD_NAME_EN : FIELD_NAME_ZH);
    return name.len ? name : table_key(atlas_table(pen->atlas, kind, at.segment), at.row);
}

void pen_name(const Pen *pen, Kind kind, RowRef at)
{
    buf_c(pen->buf, "<bdi>");
    html_text(pen->buf, pen_name_of(pen, kind, at));
    buf_c(pen->buf, "</bdi>");
}

void pen_ref(const Pen *pen, Kind kind, Str key)
{
    RowRef at;
    if (atlas_find(pen->atlas, kind, key, &at) != OK) {
        html_text(pen->buf, key);
        return;
    }
    pen_open_link(pen, kind, key);
    pen_name(pen, kind, at);
    buf_c(pen->buf, "</a>");
}

void pen_value(const Pen *pen, const Field *field, const Value *value, const char *unit)
{
    bool known = value->state == VALUE_KNOWN;
    if (known && field->type == FIELD_REF) {
        pen_ref(pen, field->ref, value->text);
        return;
    }
    if (known && field->type == FIELD_REFS) {
        for (uint32_t i = 0; i < value->list.count; i++) {
            buf_c(pen->buf, i ? label_of(pen->lang, (Label){"、", ", "}) : "");
            pen_ref(pen, field->ref, value->list.items[i]);
        }
        return;
    }
    Buf words;
    buf_init(&words, WORDS_MAX_BYTES);
    words_value(&words, pen->lang, field, value, unit);
    html_text(pen->buf, buf_view(&words));
    buf_done(&words);
}

const char *pen_unit(const Pen *pen, Kind kind, const Field *field, Str indicator)
{
    RowRef at;
    bool reads =
        kind == KIND_OBSERVATION && (strcmp(field->name, "value") == 0 || strcmp(field->name, "target") == 0);
    if (!reads || atlas_find(pen->atlas, KIND_INDICATOR, indicator, &at) != OK)
        return NULL;
    uint32_t unit = (uint32_t)field_index(KIND_INDICATOR, STR("value_unit"));
    return str_c(row_text(pen->arena, pen->atlas, KIND_INDICATOR, at, unit));
}

const char *pen_unit_in_row(const Pen *pen, Kind kind, const Field *field, RowRef at)
{
    if (kind != KIND_OBSERVATION)
        return NULL;
    uint32_t ref = (uint32_t)field_index(KIND_OBSERVATION, STR("indicator"));
    return pen_unit(pen, kind, field, row_text(pen->arena, pen->atlas, kind, at, ref));
}

void pen_how(const Pen *pen, Str how)
{
    const Field *field = &kind_info(KIND_PARK)->fields[FIELD_HOW]; /* every kind's is the same */
    int code = code_index(field->codes, how);
    if (code >= 0)
        pen_label(pen, field->codes->codes[code].label);
}

void pen_mark(const Pen *pen, Str sample, const Field *field)
{
    if (sample_names(sample, field->name))
        pen_label(pen, (Label){"（示例）", " (sample)"});
}

void pen_day(const Pen *pen, DateSpan as_of)
{
    pen_label(pen, (Label){"截至 ", "as of "});
    buf_date(pen->buf, as_of);
}
