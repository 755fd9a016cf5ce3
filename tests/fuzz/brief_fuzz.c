/* Whatever the bytes: refused with a code that says why, or a brief within its limits that can be run. The
 * first byte says for which audience. */
#include "match/select.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void run_on_nothing(Arena *arena, const Brief *brief)
{
    const KindInfo *info = kind_info(brief->kind);
    Column *columns = arena_zarray(arena, Column, info->field_count);
    for (uint32_t f = 0; f < info->field_count; f++)
        columns[f] = (Column){.field = &info->fields[f], .width = 1, .values = ""};
    Table table = {.kind = brief->kind, .columns = columns};
    const Table *tables[] = {&table};
    Ranking ranking;
    match_tables(arena, tables, 1, brief, MATCH_EXPLAINED, &ranking);
    if (ranking.candidates != 0 || ranking.site_count != 0)
        __builtin_trap();
}

static bool within_limits(const Brief *brief)
{
    for (uint32_t t = 0; t < brief->term_count; t++)
        if (brief->terms[t].weight < 0 || brief->terms[t].weight > WEIGHT_MAX)
            return false;
    return brief->condition_count <= BRIEF_CONDITIONS_MAX && brief->term_count <= BRIEF_TERMS_MAX &&
           brief->top >= 1 && brief->top <= BRIEF_TOP_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    Arena *arena = arena_new();
    Brief brief;
    Err err = brief_parse(arena, (Audience)(bytes[0] % AUDIENCE_COUNT),
                          (Str){(const char *)bytes + 1, size - 1}, &brief);
    if (err == OK && !within_limits(&brief))
        __builtin_trap();
    if (err == OK)
        run_on_nothing(arena, &brief);
    else if (err_class(err) != CLASS_INPUT && err_class(err) != CLASS_TOO_LARGE)
        __builtin_trap();
    arena_free(arena);
    return 0;
}
