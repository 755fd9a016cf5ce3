#include "app/words.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *label_of(Lang lang, Label label)
{
    return lang == LANG_ZH ? label.zh : label.en;
}

/* 1234567.5 → 1,234,567.5, with no more digits than `decimals`, and none that are 0 at the end. */
static void put_number(Buf *buf, double number, int decimals)
{
    char digits[64];
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(number));
    char *point = strchr(digits, '.');
    size_t whole = point ? (size_t)(point - digits) : strlen(digits);
    size_t end = strlen(digits);
    while (point && end > whole && (digits[end - 1] == '0' || digits[end - 1] == '.'))
        end--;
    if (number < 0 && strspn(digits, "0.") < end)
        buf_c(buf, "−");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buf_byte(buf, ',');
        buf_byte(buf, digits[i]);
    }
    buf_add(buf, digits + whole, end > whole ? end - whole : 0);
}

/* Money in the largest of these that it reaches; figures in CNY. */
static void put_money(Buf *buf, Lang lang, double fen)
{
    static const struct {
        double from;
        const char *name;
    } steps[LANG_COUNT][3] = {{{1e8, "亿元"}, {1e4, "万元"}, {0, "元"}},
                              {{1e9, "bn CNY"}, {1e6, "m CNY"}, {0, "CNY"}}};
    double yuan = fen / 100;
    int i = 0;
    while (i < 2 && fabs(yuan) < steps[lang][i].from)
        i++;
    put_number(buf, i == 2 ? yuan : yuan / steps[lang][i].from, lang == LANG_ZH ? 2 : 3);
    buf_fmt(buf, " %s", steps[lang][i].name);
}

typedef struct UnitWords {
    const char *unit;
    double factor[LANG_COUNT];
    int decimals;
    Label name;
} UnitWords;

static const UnitWords units[] = {
    {"m2", {3.0 / 2000, 1e-4}, 1, {"亩", "ha"}},
    {"fen/m2", {0.01, 0.01}, 0, {"元/m²", "CNY/m²"}},
    {"fen/m2/month", {0.01, 0.01}, 2, {"元/m²·月", "CNY/m² a month"}},
    {"usd", {1e-8, 1e-9}, 3, {"亿美元", "bn USD"}},
    {"percent", {1, 1}, 2, {"%", "%"}},
    {"count", {1, 1}, 0, {"个", ""}},
    {"day", {1, 1}, 0, {"天", "days"}},
    {"d", {1, 1}, 0, {"天", "days"}},
    {"rank", {1, 1}, 0, {"", ""}},
};

static void put_measure(Buf *buf, Lang lang, double number, int decimals, const char *unit)
{
    if (unit && strcmp(unit, "fen") == 0) {
        put_money(buf, lang, number);
        return;
    }
    for (size_t i = 0; unit && i < sizeof units / sizeof *units; i++) {
        if (strcmp(unit, units[i].unit) != 0)
            continue;
        put_number(buf, number * units[i].factor[lang], units[i].decimals);
        const char *name = label_of(lang, units[i].name);
        buf_fmt(buf, "%s%s", name[0] ? " " : "", name);
        return;
    }
    put_number(buf, number, decimals);
    if (unit)
        buf_fmt(buf, " %s", unit);
}

static void put_code(Buf *buf, Lang lang, const CodeList *list, Str code)
{
    int at = code_index(list, code);
    if (at < 0)
        buf_str(buf, code);
    else
        buf_c(buf, label_of(lang, list->codes[at].label));
}

void words_value(Buf *buf, Lang lang, const Field *field, const Value *value, const char *unit)
{
    static const Label states[] = {
        [VALUE_UNKNOWN] = {"未填", "unknown"},
        [VALUE_NOT_APPLICABLE] = {"不适用", "not applicable"},
        [VALUE_WITHHELD] = {"不公开", "not public"},
    };
    if (value->state != VALUE_KNOWN) {
        buf_c(buf, label_of(lang, states[value->state]));
        return;
    }
    switch (field->type) {
    case FIELD_NUM:
        put_measure(buf, lang, (double)value->num / pow(10, field->decimals), field->decimals,
                    unit ? unit : field->unit);
        return;
    case FIELD_BOOL:
        buf_c(buf, label_of(lang, value->num ? (Label){"是", "yes"} : (Label){"否", "no"}));
        return;
    case FIELD_CODE:
        put_code(buf, lang, field->codes, value->text);
        return;
    case FIELD_CODES:
    case FIELD_REFS:
        for (uint32_t i = 0; i < value->list.count; i++) {
            if (i > 0)
                buf_c(buf, label_of(lang, (Label){"、", ", "}));
            if (field->type == FIELD_CODES)
                put_code(buf, lang, field->codes, value->list.items[i]);
            else
                buf_str(buf, value->list.items[i]);
        }
        return;
    case FIELD_TEXT:
    case FIELD_DATE:
    case FIELD_REF:
        value_text(buf, field, value);
    }
}
