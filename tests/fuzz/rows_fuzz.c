/* A file of any bytes imported as any kind (the first byte chooses): rows whose payload unpacks, or an error;
 * and a value that is written as text reads back as itself. */
#include "intake/rows.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_row(Arena *arena, Kind kind, const Row *row)
{
    static Value values[FIELDS_MAX];
    const KindInfo *info = kind_info(kind);
    if (!key_valid(row->key) || unpack_values(arena, kind, row->payload, values) != OK)
        abort();
    for (uint32_t f = 0; f < info->field_count; f++) {
        Value again;
        Buf text;
        buf_init(&text, 1024 * 1024);
        value_text(&text, &info->fields[f], &values[f]);
        if (value_parse(arena, &info->fields[f], buf_view(&text), &again) != OK ||
            !value_eq(&info->fields[f], &values[f], &again))
            abort();
        buf_done(&text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len == 0)
        return 0;
    RowOptions options = {
        .kind = (Kind)(bytes[0] % KIND_COUNT), .has_as_of = true, .visibility = AUDIENCE_PUBLIC};
    Input *input = input_of((Str){(const char *)bytes + 1, len - 1}, "fuzz");
    Arena *arena = arena_new();
    RowReader *reader = NULL;
    Row row;
    RowFate fate = ROW_GOOD;
    if (rows_open(input, &options, &reader) == OK) {
        while (rows_next(reader, arena, &row, &fate) == OK && fate != ROWS_END) {
            if (fate == ROW_GOOD)
                check_row(arena, options.kind, &row);
            arena_reset(arena);
        }
        if (rows_issues(reader)->count > ISSUES_MAX)
            abort();
    }
    rows_close(reader);
    arena_free(arena);
    input_close(input);
    return 0;
}
