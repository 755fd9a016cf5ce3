#include "model/words.h"
#include "text/normalise.h"
#include <string.h>

enum { WORD_MAX_BYTES = 200, SPELLINGS_MAX = 6 };

/* Spellings of the units fields have, beside those that fold to the same (m² and ㎡ to m2); other units are
 * other units and are refused, not converted. */
static const struct {
    const char *unit;
    const char *spellings[SPELLINGS_MAX];
} units[] = {
    {"m2", {"m2", "平方米", "平米", "sqm"}},
    {"m", {"m", "米", "metres"}},
    {"kVA", {"kVA", "千伏安"}},
    {"m3/d", {"m3/d", "立方米/日", "立方米/天", "方/日"}},
    {"m3/h", {"m3/h", "立方米/小时", "立方米/时"}},
    {"t/h", {"t/h", "吨/小时", "吨/时"}},
    {"fen/m2", {"fen/m2", "分/m2", "分/平方米"}},
    {"d", {"d", "天", "日", "days"}},
};

static int label_exactly(const CodeList *list, Str text)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (str_is(text, list->codes[i].label.zh) || str_is(text, list->codes[i].label.en))
            return (int)i;
    return -1;
}

static bool folds_to(Arena *arena, const char *word, Str folded)
{
    return str_eq(text_fold(arena, str_of(word)), folded);
}

int code_labelled(const CodeList *list, Str text)
{
    int found = label_exactly(list, text);
    if (found >= 0 || text.len > WORD_MAX_BYTES)
        return found;
    Arena *arena = arena_new();
    Str folded = text_fold(arena, text);
    for (uint32_t i = 0; found < 0 && i < list->count; i++) {
        const Code *code = &list->codes[i];
        if (folds_to(arena, code->code, folded) || folds_to(arena, code->label.zh, folded) ||
            folds_to(arena, code->label.en, folded))
            found = (int)i;
    }
    arena_free(arena);
    return found;
}

bool unit_is(const char *unit, Str text)
{
    if (text.len > WORD_MAX_BYTES)
        return false;
    bool same = false;
    Arena *arena = arena_new();
    Str folded = text_fold(arena, text);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        if (strcmp(units[u].unit, unit) != 0)
            continue;
        for (int s = 0; s < SPELLINGS_MAX && units[u].spellings[s]; s++)
            same = same || folds_to(arena, units[u].spellings[s], folded);
    }
    arena_free(arena);
    return same;
}
