#include "match/contradict.h"
#include "match/select.h"

const char *condition_words(const Brief *brief, uint32_t n)
{
    enum { WORDS_MAX = 200 };
    Buf buf;
    buf_init(&buf, WORDS_MAX);
    if (n == brief->condition_count) {
        buf_str(&buf, brief->filter_text);
    } else {
        const Condition *condition = &brief->conditions[n];
        const Field *field = condition_field(brief, n);
        const char *before = "";
        if (condition->via)
            buf_fmt(&buf, "%s.", condition->via->name);
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

/* May the two be compared? What lies on the ground, and what another row says, only with its like. */
static bool comparable(const Condition *a, const Condition *b)
{
    return !a->near && !b->near && !a->place && !b->place && a->via == b->via;
}

Err brief_consistent(Arena *arena, const Brief *brief)
{
    static const Condition of_filter = {0};
    const Filter *filters[CHECKS_MAX];
    uint32_t count = brief->condition_count;
    for (uint32_t c = 0; c < count; c++) {
        const Condition *asked = &brief->conditions[c];
        bool field = !asked->near && !asked->place;
        filters[c] =
            field ? condition_filter(arena, asked->via ? asked->via->ref : brief->kind, asked) : NULL;
    }
    if (brief->filter)
        filters[count++] = brief->filter;
    for (uint32_t b = 1; b < count; b++)
        for (uint32_t a = 0; a < b; a++) {
            const Condition *one = &brief->conditions[a];
            const Condition *other = b < brief->condition_count ? &brief->conditions[b] : &of_filter;
            if (comparable(one, other) &&
                filter_disjoint(one->via ? one->via->ref : brief->kind, filters[a], filters[b]))
                return fail(ERR_CONTRADICTION, "first", condition_words(brief, a), "second",
                            condition_words(brief, b), "first_n", num_c(a), "second_n", num_c(b), NULL);
        }
    return OK;
}
