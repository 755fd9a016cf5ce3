/* What both fuzzers of filters do with what they read. */
#pragma once
#include "atlas/filter_block.h"
#include <string.h>

/* A table without rows: binding must not look at any. */
static inline void bind_to_nothing(Arena *arena, Kind kind, const Filter *filter)
{
    const KindInfo *info = kind_info(kind);
    Column *columns = arena_zarray(arena, Column, info->field_count);
    for (uint32_t f = 0; f < info->field_count; f++)
        columns[f] = (Column){.field = &info->fields[f], .width = 1, .values = ""};
    Table table = {.kind = kind, .columns = columns};
    uint64_t *yes, *maybe;
    filter_table(arena, &table, filter, &yes, &maybe);
    if (filter_estimate_ms(&table, filter) != 0)
        __builtin_trap();
}

static inline void check_fault(Err err)
{
    if (err_class(err) != CLASS_INPUT && err_class(err) != CLASS_TOO_LARGE)
        __builtin_trap();
    if (fault_last()->code != err || fault_last()->count == 0)
        __builtin_trap();
    for (int i = 0; i < fault_last()->count; i++)
        if (!str_utf8_valid(str_of(fault_last()->args[i].text)))
            __builtin_trap();
}

static inline Str written(Arena *arena, Kind kind, const Filter *filter, bool as_json)
{
    Buf buf;
    buf_init(&buf, 16 * FILTER_BYTES_MAX);
    JsonOut out = json_out(&buf);
    if (as_json)
        filter_write_json(&out, kind, filter);
    else
        filter_write_text(&buf, kind, filter);
    Str text = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return text;
}

/* What is written is read again, and as text it stays what it is. */
static inline void check_written(Arena *arena, Kind kind, Audience audience, const Filter *filter)
{
    const Filter *again;
    Str text = written(arena, kind, filter, false), json = written(arena, kind, filter, true);
    if (text.len <= FILTER_BYTES_MAX) {
        if (filter_parse(arena, kind, audience, text, &again) != OK)
            __builtin_trap();
        if (!str_eq(written(arena, kind, again, false), text))
            __builtin_trap();
    }
    bool zero = memchr(text.ptr, '\0', text.len) != NULL; /* the reader of JSON takes none in a text */
    if (!zero && json.len <= FILTER_BYTES_MAX && filter_parse_json(arena, kind, audience, json, &again) != OK)
        __builtin_trap();
}
