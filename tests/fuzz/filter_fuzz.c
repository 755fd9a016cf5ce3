/* Whatever the text, for every kind: refused with a code that says why, or a filter that may be asked of a
 * table. The first byte says which kind and audience. */
#include "atlas/filter_block.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A table without rows: binding must not look at any. */
static void bind_to_nothing(Arena *arena, Kind kind, const Filter *filter)
{
    const KindInfo *info = kind_info(kind);
    Column *columns = arena_zarray(arena, Column, info->field_count);
    for (uint32_t f = 0; f < info->field_count; f++)
        columns[f] = (Column){.field = &info->fields[f], .width = 1, .values = ""};
    Table table = {.kind = kind, .columns = columns};
    uint64_t *yes, *maybe;
    filter_table(arena, &table, filter, &yes, &maybe);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    Kind kind = (Kind)(bytes[0] % KIND_COUNT);
    Audience audience = (Audience)(bytes[0] / KIND_COUNT % AUDIENCE_COUNT);
    Arena *arena = arena_new();
    const Filter *filter = NULL;
    Err err = filter_parse(arena, kind, audience, (Str){(const char *)bytes + 1, size - 1}, &filter);
    if (err == OK)
        bind_to_nothing(arena, kind, filter);
    else if (err_class(err) != CLASS_INPUT && err_class(err) != CLASS_TOO_LARGE)
        __builtin_trap();
    if (err != OK && (fault_last()->code != err || fault_last()->count == 0))
        __builtin_trap();
    for (int i = 0; err != OK && i < fault_last()->count; i++)
        if (!str_utf8_valid(str_of(fault_last()->args[i].text)))
            __builtin_trap();
    arena_free(arena);
    return 0;
}
