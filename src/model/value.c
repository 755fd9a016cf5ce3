#include "model/value.h"
#include "model/words.h"
#include "text/normalise.h"
#include <stdio.h>
#include <string.h>

enum { NUMBER_MAX_BYTES = 100 };

static const Str state_words[][2] = {
    [VALUE_NOT_APPLICABLE] = {{"n/a", 3}, {"不适用", 9}},
    [VALUE_WITHHELD] = {{"withheld", 8}, {"不公开", 9}},
};

static const char *const no_words[] = {"no", "否", "false", "0"};
static const char *const yes_words[] = {"yes", "是", "true", "1"};

/* ---- equality ---- */

bool value_eq(const Field *field, const Value *a, const Value *b)
{
    if (a->state != b->state)
        return false;
    if (a->state != VALUE_KNOWN)
        return true;
    switch (field->type) {
    case FIELD_NUM:
    case FIELD_BOOL:
        return a->num == b->num;
    case FIELD_DATE:
        return a->date.first == b->date.first && a->date.last == b->date.last;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        return str_eq(a->text, b->text);
    case FIELD_CODES:
    case FIELD_REFS:
        break;
    }
    if (a->list.count != b->list.count)
        return false;
    for (uint32_t i = 0; i < a->list.count; i++)
        if (!str_eq(a->list.items[i], b->list.items[i]))
            return false;
    return true;
}

/* ---- value → text ---- */

void value_text(Buf *buf, const Field *field, const Value *value)
{
    if (value->state == VALUE_UNKNOWN)
        return;
    if (value->state != VALUE_KNOWN) {
        buf_str(buf, state_words[value->state][0]);
        return;
    }
    switch (field->type) {
    case FIELD_NUM:
        buf_fixed(buf, value->num, field->decimals);
        break;
    case FIELD_BOOL:
        buf_c(buf, value->num ? yes_words[0] : no_words[0]);
        break;
    case FIELD_DATE:
        buf_date(buf, value->date);
        break;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        buf_str(buf, value->text);
        break;
    case FIELD_CODES:
    case FIELD_REFS:
        for (uint32_t i = 0; i < value->list.count; i++) {
            if (i > 0)
                buf_byte(buf, ';');
            buf_str(buf, value->list.items[i]);
        }
    }
}

Err value_fail_range(const Field *field, const Value *min, const Value *max)
{
    Buf low, high;
    buf_init(&low, FAULT_TEXT_MAX - 1);
    buf_init(&high, FAULT_TEXT_MAX - 1);
    value_text(&low, field, min);
    value_text(&high, field, max);
    Err err = fail(ERR_RANGE, "kind", field_kind_name(field), "field", field->name, "min",
                   str_c(buf_view(&low)), "max", str_c(buf_view(&high)), NULL);
    buf_done(&low);
    buf_done(&high);
    return err;
}

/* ---- text → value ---- */

static Err fail_value(const Field *field, Str text, const char *want)
{
    return fail(ERR_VALUE, "kind", field_kind_name(field), "field", field->name, "value",
                str_utf8_valid(text) ? str_c(text) : "?", "want", want, "example", field->example, NULL);
}

static bool state_parse(Str text, Value *ret)
{
    for (ValueState s = VALUE_NOT_APPLICABLE; s <= VALUE_WITHHELD; s++) {
        for (int w = 0; w < 2; w++) {
            if (str_eq(text, state_words[s][w])) {
                ret->state = s;
                return true;
            }
        }
    }
    return false;
}

static const char *fixed_c(char *to, size_t size, int64_t n, int decimals)
{
    Buf buf;
    buf_init(&buf, size - 1);
    buf_fixed(&buf, n, decimals);
    memcpy(to, buf.ptr, buf.len);
    to[buf.len] = '\0';
    buf_done(&buf);
    return to;
}

static Err number_in_range(const Field *field, Str text, int64_t n, Value *ret)
{
    bool bounded = field->min != 0 || field->max != 0;
    if (bounded && (n < field->min || n > field->max)) {
        char min[32], max[32], want[100];
        snprintf(want, sizeof want, "a number from %s to %s",
                 fixed_c(min, sizeof min, field->min, field->decimals),
                 fixed_c(max, sizeof max, field->max, field->decimals));
        return fail_value(field, text, want);
    }
    *ret = (Value){.state = VALUE_KNOWN, .num = n};
    return OK;
}

static size_t number_prefix(Str text)
{
    size_t i = 0, digits = 0;
    bool point = false;
    if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+'))
        i++;
    for (; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            digits++;
        else if (text.ptr[i] == '.' && !point)
            point = true;
        else
            break;
    }
    return digits ? i : 0;
}

/* Can this be a unit? Digits, signs and separators behind a number make it a number that we do not read; so
 * does an exponent. */
static bool looks_like_unit(Str rest)
{
    unsigned char c = (unsigned char)rest.ptr[0];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80 || c == '%';
    if (!letter)
        return false;
    bool exponent = rest.len >= 2 && (c == 'e' || c == 'E') &&
                    (rest.ptr[1] == '-' || rest.ptr[1] == '+' || (rest.ptr[1] >= '0' && rest.ptr[1] <= '9'));
    return !exponent && c != 'x' && c != 'X'; /* nor hexadecimal */
}

/* What is no plain number: full-width digits, or a unit behind it. */
static Err number_slowly(Arena *arena, const Field *field, Str text, Value *ret)
{
    int64_t n;
    if (text.len > NUMBER_MAX_BYTES)
        return fail_value(field, text, "a number");
    Str plain = text_fold(arena, text);
    Str number = {plain.ptr, number_prefix(plain)};
    Str unit = str_trim((Str){plain.ptr + number.len, plain.len - number.len});
    if (number.len == 0 || (unit.len > 0 && !looks_like_unit(unit)))
        return fail_value(field, text, "a number");
    if (unit.len > 0 && !field->unit)
        return fail_value(field, text, "a number without a unit");
    if (unit.len > 0 && !unit_is(field->unit, unit))
        return fail(ERR_UNIT, "kind", field_kind_name(field), "field", field->name, "value", str_c(text),
                    "want", field->unit, "example", field->example, NULL);
    if (str_fixed(number, field->decimals, &n))
        return number_in_range(field, text, n, ret);
    if (!memchr(number.ptr, '.', number.len))
        return fail_value(field, text, "a smaller number");
    return fail_value(field, text, field->decimals ? "a number with fewer decimals" : "a whole number");
}

static Err number_parse(Arena *arena, const Field *field, Str text, Value *ret)
{
    int64_t n;
    if (str_fixed(text, field->decimals, &n))
        return number_in_range(field, text, n, ret);
    return number_slowly(arena, field, text, ret);
}

static Err bool_parse(const Field *field, Str text, Value *ret)
{
    for (size_t i = 0; i < sizeof yes_words / sizeof *yes_words; i++) {
        bool yes = str_is(text, yes_words[i]);
        if (yes || str_is(text, no_words[i])) {
            *ret = (Value){.state = VALUE_KNOWN, .num = yes};
            return OK;
        }
    }
    return fail_value(field, text, "yes or no");
}

static Err date_value_parse(const Field *field, Str text, Value *ret)
{
    DateSpan date;
    if (!date_parse(text, &date))
        return fail_value(field, text, "a date");
    *ret = (Value){.state = VALUE_KNOWN, .date = date};
    return OK;
}

static Err text_parse(const Field *field, Str text, Value *ret)
{
    if (text.len > TEXT_MAX_BYTES)
        return fail_value(field, text, "a shorter text");
    if (!str_utf8_valid(text))
        return fail_value(field, text, "UTF-8 text");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == 0x7F || (c < 0x20 && c != '\n' && c != '\r' && c != '\t'))
            return fail_value(field, text, "text without control characters");
    }
    *ret = (Value){.state = VALUE_KNOWN, .text = text};
    return OK;
}

static Err fail_code(const Field *field, Str text)
{
    Buf want;
    buf_init(&want, FAULT_TEXT_MAX - 1);
    buf_c(&want, "one of ");
    buf_codes(&want, field->codes);
    Err err = fail_value(field, text, str_c(buf_view(&want)));
    buf_done(&want);
    return err;
}

static Err code_parse(const Field *field, Str text, Str *ret)
{
    int at = code_index(field->codes, text);
    if (at < 0)
        at = code_labelled(field->codes, text);
    if (at < 0)
        return fail_code(field, text);
    *ret = str_of(field->codes->codes[at].code);
    return OK;
}

static Err ref_parse(const Field *field, Str text, Str *ret)
{
    if (!key_valid(text))
        return fail_value(field, text, KEY_WANTED);
    *ret = text;
    return OK;
}

/* The next item's end: ; or the full-width ； (EF BC 9B). */
static Str next_item(Str *rest)
{
    for (size_t i = 0; i < rest->len; i++) {
        size_t mark = rest->ptr[i] == ';' ? 1 : 0;
        if (rest->len - i >= 3 && memcmp(rest->ptr + i, "；", 3) == 0)
            mark = 3;
        if (mark) {
            Str item = {rest->ptr, i};
            *rest = (Str){rest->ptr + i + mark, rest->len - i - mark};
            return str_trim(item);
        }
    }
    Str item = *rest;
    *rest = (Str){rest->ptr + rest->len, 0};
    return str_trim(item);
}

static bool has_item(const Str *items, uint32_t count, Str item)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(items[i], item))
            return true;
    return false;
}

static Err list_parse(Arena *arena, const Field *field, Str text, Value *ret)
{
    Str items[LIST_MAX], item;
    uint32_t count = 0;
    for (Str rest = text; rest.len > 0;) {
        Str one = next_item(&rest);
        if (one.len == 0)
            continue; /* "a;b;" is a list of two */
        TRY(field->type == FIELD_CODES ? code_parse(field, one, &item) : ref_parse(field, one, &item));
        if (has_item(items, count, item))
            continue;
        if (count == LIST_MAX)
            return fail_value(field, text, "a shorter list");
        items[count++] = item;
    }
    if (count == 0)
        return fail_value(field, text, "a list");
    *ret = (Value){.state = VALUE_KNOWN, .list = {arena_copy(arena, items, count * sizeof *items), count}};
    return OK;
}

Err value_parse(Arena *arena, const Field *field, Str text, Value *ret)
{
    Value value = {.state = VALUE_KNOWN};
    text = str_trim(text);
    if (text.len == 0) {
        *ret = (Value){.state = VALUE_UNKNOWN};
        return OK;
    }
    if (state_parse(text, ret))
        return OK;
    switch (field->type) {
    case FIELD_NUM:
        return number_parse(arena, field, text, ret);
    case FIELD_BOOL:
        return bool_parse(field, text, ret);
    case FIELD_DATE:
        return date_value_parse(field, text, ret);
    case FIELD_TEXT:
        return text_parse(field, text, ret);
    case FIELD_CODE:
        TRY(code_parse(field, text, &value.text));
        break;
    case FIELD_REF:
        TRY(ref_parse(field, text, &value.text));
        break;
    case FIELD_CODES:
    case FIELD_REFS:
        return list_parse(arena, field, text, ret);
    }
    *ret = value;
    return OK;
}
