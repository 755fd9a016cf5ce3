/* Why a row was found, told on what is shown: every character of a name is brought into search form by
 * itself, so that each place of the form leads back to a place of the name. */
#include "atlas/names_form.h"
#include "text/normalise.h"
#include <string.h>

enum { ITEM_CHARS_MAX = 4 * NAME_CHARS_MAX };

/* One name or one of several others: its form, and for each of the form's characters the bytes of the text it
 * comes from. */
typedef struct Item {
    Arena *arena;
    Str text;
    Buf form;
    uint32_t from[ITEM_CHARS_MAX], to[ITEM_CHARS_MAX]; /* bytes of text */
    uint32_t chars[ITEM_CHARS_MAX];
    uint32_t count;
} Item;

static void put_char(Item *item, uint32_t c, uint32_t from, uint32_t to)
{
    bool gap = c < 0x20 || c == ' ';
    if (item->count == ITEM_CHARS_MAX || (gap && (item->count == 0 || item->chars[item->count - 1] == ' ')))
        return;
    item->chars[item->count] = gap ? ' ' : c;
    item->from[item->count] = from;
    item->to[item->count++] = to;
}

static void write_char(Buf *buf, uint32_t c)
{
    if (c < 0x80) {
        buf_byte(buf, (char)c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    buf_byte(buf, (char)(leads[more] | c >> (6 * more)));
    while (more-- > 0)
        buf_byte(buf, (char)(0x80 | (c >> (6 * more) & 0x3F)));
}

static uint32_t char_bytes(Str text, size_t at)
{
    uint32_t len = 1;
    while (at + len < text.len && ((unsigned char)text.ptr[at + len] & 0xC0) == 0x80)
        len++;
    return len;
}

/* Fills the form of text[0 … len) and says how many bytes were read: up to a separator, if those count. */
static size_t read_item(Item *item, Str text, bool separated)
{
    size_t at = 0;
    item->count = 0;
    item->text = text;
    while (at < text.len) {
        uint32_t len = char_bytes(text, at), chars[32];
        Str one = {text.ptr + at, len};
        bool space = len == 1 && (unsigned char)*one.ptr <= ' ';
        Str form = space ? STR(" ") : text_search_form(item->arena, one);
        if (form.len == 0) /* a wide space; a mark by itself */
            form = str_eq(one, STR("　")) ? STR(" ") : form;
        uint32_t count = name_chars(form, 32, chars);
        if (separated && count == 1 && name_separates(chars[0]))
            break;
        for (uint32_t i = 0; i < count; i++)
            put_char(item, chars[i], (uint32_t)at, (uint32_t)(at + len));
        at += len;
    }
    if (item->count && item->chars[item->count - 1] == ' ')
        item->count--;
    item->count = item->count < NAME_CHARS_MAX ? item->count : NAME_CHARS_MAX;
    item->text.len = at;
    buf_clear(&item->form);
    for (uint32_t i = 0; i < item->count; i++)
        write_char(&item->form, item->chars[i]);
    return at;
}

static uint32_t utf16_units(const char *ptr, size_t len)
{
    uint32_t units = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)ptr[i];
        units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

/* The name without what surrounds it, and the place within that. */
static void tell(const Item *item, PieceMatch match, NameMatch *ret)
{
    Str shown = str_trim(item->text);
    size_t cut = (size_t)(shown.ptr - item->text.ptr);
    ret->by = name_by(match.score);
    ret->text = shown;
    ret->from = ret->to = 0;
    if (match.from >= match.to || match.to > item->count || item->from[match.from] < cut)
        return;
    size_t from = item->from[match.from] - cut, to = item->to[match.to - 1] - cut;
    to = to < shown.len ? to : shown.len;
    from = from < to ? from : to;
    ret->from = utf16_units(shown.ptr, from);
    ret->to = ret->from + utf16_units(shown.ptr + from, to - from);
}

typedef struct Explain {
    const NameQuery *query;
    Item *item;
    uint32_t score;
    NameMatch *match;
} Explain;

static void look_at_text(Explain *explain, NameTag tag, Str text)
{
    bool separated = tag > NAME_TAG_EN;
    for (size_t at = 0; at < text.len || at == 0;) {
        at += read_item(explain->item, (Str){text.ptr + at, text.len - at}, separated);
        Str form = buf_view(&explain->item->form);
        PieceMatch match = {NAME_NO_MATCH, 0, 0};
        if (form.len)
            match = name_literal(explain->query, tag, form);
        if (form.len && match.score == NAME_NO_MATCH)
            match = name_sound(explain->query, tag, form);
        if (match.score < explain->score) {
            explain->score = match.score;
            tell(explain->item, match, explain->match);
        }
        if (at >= text.len)
            break;
        at += char_bytes(text, at); /* the separator */
    }
}

bool names_explain(Arena *arena, const Atlas *atlas, Kind kind, RowRef at, const NameQuery *query,
                   NameMatch *ret)
{
    const Table *table = atlas_table(atlas, kind, at.segment);
    const KindInfo *info = kind_info(kind);
    Item *item = arena_alloc(arena, sizeof *item);
    item->arena = arena;
    buf_init(&item->form, ITEM_CHARS_MAX * 4);
    Explain explain = {query, item, NAME_NO_MATCH, ret};
    for (int tag = NAME_TAG_ZH; tag <= NAME_TAG_CODE; tag++)
        for (uint32_t f = 0; f < info->field_count; f++) {
            Value value;
            if (name_tag_of(&info->fields[f]) != (NameTag)tag)
                continue;
            table_value(arena, table, at.row, f, &value);
            if (value.state == VALUE_KNOWN)
                look_at_text(&explain, (NameTag)tag, value.text);
        }
    look_at_text(&explain, NAME_TAG_CODE, table_key(table, at.row));
    buf_done(&item->form);
    return explain.score != NAME_NO_MATCH;
}
