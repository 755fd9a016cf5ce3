#include "app/phrases.h"
#include <string.h>

/* clang-format off */
static const struct {
    const char *en, *zh;
} phrases[] = {
    {"a number", "数字"},
    {"a whole number", "整数"},
    {"a date", "日期"},
};
/* clang-format on */

const char *phrase_in(Lang lang, const char *text)
{
    if (lang == LANG_EN)
        return text;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (strcmp(phrases[i].en, text) == 0)
            return phrases[i].zh;
    return text;
}
