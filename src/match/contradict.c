#include "match/contradict.h"
#include "match/select.h"

/* "area_m2 >= 133333.33", "land_use in M1, M2": short enough for a sentence. */
static const char *in_words(const Brief *brief, uint32_t n)
{
    enum { WORDS_MAX = 200 };
    Buf buf;
    buf_init(&buf, WORDS_MAX);
    if (n == brief->condition_count) {
        buf_str(&buf, brief->filter_text);
    } else {
        const Condition *condition = &brief->conditions[n];
        const Field *field = &kind_info(brief->kind)->fields[condition->field];
        const char *before = "";
        buf_c(&buf, field->name);
        if (condition->offer)
            buf_c(&buf, ": taken = false");
        for (uint32_t i = 0; i < condition->code_count; i++) {
            buf_c(&buf, i ? ", " : " = ");
            buf_str(&buf, condition->codes[i]);
        }
        if (condition->least.state == VALUE_KNOWN) {
            buf_c(&buf, " >= ");
            value_text(&buf, field, &condition->least);
            before = ",";
        }
        if (condition->greatest.state == VALUE_KNOWN) {
            buf_c(&buf, before);
            buf_c(&buf, " <= ");
            value_text(&buf, field, &condition->greatest);
        }
    }
    const char *words = str_c(buf_view(&buf));
    buf_done(&buf);
    return words;
}

Err brief_consistent(Arena *arena, const Brief *brief)
{
    const Filter *filters[CHECKS_MAX];
    uint32_t count = brief->condition_count;
    for (uint32_t c = 0; c < count; c++)
        filters[c] = condition_filter(arena, brief->kind, &brief->conditions[c]);
    if (brief->filter)
        filters[count++] = brief->filter;
    for (uint32_t b = 1; b < count; b++)
        for (uint32_t a = 0; a < b; a++)
            if (filter_disjoint(brief->kind, filters[a], filters[b]))
                return fail(ERR_CONTRADICTION, "first", in_words(brief, a), "second", in_words(brief, b),
                            "first_n", num_c(a), "second_n", num_c(b), NULL);
    return OK;
}
