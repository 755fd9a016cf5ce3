#include "model/words.h"
#include <string.h>

enum { WORD_MAX_BYTES = 200 };

/* Spellings of the units fields have; other units are other units and are refused, not converted. */
static const struct {
    const char *unit;
    const char *spellings[8];
} units[] = {
    {"m2", {"m2", "m²", "㎡", "平方米", "平米", "sqm"}},
    {"m", {"m", "米", "metres"}},
    {"kVA", {"kVA", "千伏安"}},
    {"m3/d", {"m3/d", "m³/d", "立方米/日", "立方米/天", "方/日"}},
    {"m3/h", {"m3/h", "m³/h", "立方米/小时", "立方米/时"}},
    {"t/h", {"t/h", "吨/小时", "吨/时"}},
    {"fen/m2", {"fen/m2", "fen/m²", "分/m2", "分/m²", "分/平方米"}},
    {"d", {"d", "天", "日", "days"}},
};

void words_fold(Buf *buf, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char *at = (const unsigned char *)text.ptr + i;
        if (*at == 0xEF && text.len - i >= 3 && (at[1] == 0xBC || at[1] == 0xBD)) {
            unsigned code = 0xF000u | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu); /* U+FF01 … U+FF5E */
            unsigned ascii = code - 0xFF01u + '!';
            if (code >= 0xFF01u && ascii <= '~') {
                buf_byte(buf, (char)(ascii >= 'A' && ascii <= 'Z' ? ascii + 32 : ascii));
                i += 2;
                continue;
            }
        }
        buf_byte(buf, (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at));
    }
}

/* Both folded, are they the same? */
static bool same_word(Buf *scratch, Str folded, const char *word)
{
    buf_clear(scratch);
    words_fold(scratch, str_of(word));
    return str_eq(folded, buf_view(scratch));
}

int code_labelled(const CodeList *list, Str text)
{
    if (text.len > WORD_MAX_BYTES || !str_utf8_valid(text))
        return -1;
    Buf folded, scratch;
    int found = -1;
    buf_init(&folded, WORD_MAX_BYTES * 4);
    buf_init(&scratch, WORD_MAX_BYTES * 4);
    words_fold(&folded, text);
    for (uint32_t i = 0; found < 0 && i < list->count; i++) {
        const Code *code = &list->codes[i];
        if (same_word(&scratch, buf_view(&folded), code->code) ||
            same_word(&scratch, buf_view(&folded), code->label.zh) ||
            same_word(&scratch, buf_view(&folded), code->label.en))
            found = (int)i;
    }
    buf_done(&folded);
    buf_done(&scratch);
    return found;
}

bool unit_is(const char *unit, Str text)
{
    if (text.len > WORD_MAX_BYTES)
        return false;
    Buf folded, scratch;
    bool same = false;
    buf_init(&folded, WORD_MAX_BYTES * 4);
    buf_init(&scratch, WORD_MAX_BYTES * 4);
    words_fold(&folded, text);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        if (strcmp(units[u].unit, unit) != 0)
            continue;
        for (int s = 0; s < 8 && units[u].spellings[s]; s++)
            same = same || same_word(&scratch, buf_view(&folded), units[u].spellings[s]);
    }
    buf_done(&folded);
    buf_done(&scratch);
    return same;
}
