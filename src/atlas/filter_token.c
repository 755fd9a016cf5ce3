#include "atlas/filter_token.h"
#include <string.h>

enum { SPACE = 1, LETTER, DIGIT };

static const unsigned char classes[256] = {
    [' '] = SPACE,         ['\t'] = SPACE,         ['\r'] = SPACE,
    ['\n'] = SPACE,        ['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER,
    ['0' ... '9'] = DIGIT, ['_'] = LETTER,         [0x80 ... 0xFF] = LETTER,
};

static int class_of(char c)
{
    return classes[(unsigned char)c];
}

static bool is_letter(char c)
{
    return class_of(c) == LETTER;
}

static bool is_digit(char c)
{
    return class_of(c) == DIGIT;
}

size_t token_start(Str text, size_t at)
{
    while (at < text.len && class_of(text.ptr[at]) == SPACE)
        at++;
    return at;
}

static Token token_of(TokenType type, Str text, size_t from, size_t to)
{
    Str raw = {text.ptr + from, to - from};
    return (Token){.type = type, .at = from, .raw = raw, .value = raw};
}

/* A text between quotes; the quote is doubled inside. */
static Token read_quoted(Arena *arena, Str text, size_t *at, char quote)
{
    size_t from = *at, to = from + 1, doubled = 0;
    for (; to < text.len; to++) {
        if (text.ptr[to] != quote)
            continue;
        if (to + 1 == text.len || text.ptr[to + 1] != quote)
            break;
        doubled++;
        to++;
    }
    if (to >= text.len) {
        *at = text.len;
        Token wrong = token_of(TOKEN_WRONG, text, from, text.len);
        wrong.want = quote == '"' ? "a closing \"" : "a closing '";
        return wrong;
    }
    Token token = token_of(quote == '"' ? TOKEN_QUOTED : TOKEN_TEXT, text, from, to + 1);
    token.value = (Str){text.ptr + from + 1, to - from - 1};
    if (doubled) {
        char *plain = arena_alloc(arena, token.value.len);
        size_t len = 0;
        for (size_t i = 0; i < token.value.len; i++) {
            plain[len++] = token.value.ptr[i];
            i += token.value.ptr[i] == quote;
        }
        token.value = (Str){plain, len};
    }
    *at = to + 1;
    /* \' is how some write a quote in a text; here \ is itself, so that a text may end in it. */
    bool goes_on = *at < text.len && (is_letter(text.ptr[*at]) || is_digit(text.ptr[*at]));
    if (goes_on && token.value.len > 0 && text.ptr[to - 1] == '\\') {
        token = token_of(TOKEN_WRONG, text, to - 1, *at);
        token.want = "'' for a quote within a text";
    }
    return token;
}

static Token read_number(Str text, size_t *at)
{
    size_t from = *at, to = from;
    to += text.ptr[to] == '-' || text.ptr[to] == '+';
    while (to < text.len && (is_digit(text.ptr[to]) || text.ptr[to] == '.'))
        to++;
    if (to < text.len && (text.ptr[to] == 'e' || text.ptr[to] == 'E')) {
        size_t digits = to + 1;
        digits += digits < text.len && (text.ptr[digits] == '-' || text.ptr[digits] == '+');
        if (digits < text.len && is_digit(text.ptr[digits]))
            to = digits;
        while (to < text.len && is_digit(text.ptr[to]))
            to++;
    }
    while (to < text.len && is_letter(text.ptr[to]))
        to++; /* a unit stuck to it makes it no number: decimal_read says so */
    *at = to;
    return token_of(TOKEN_NUMBER, text, from, to);
}

static Token read_sign(Str text, size_t *at)
{
    size_t from = *at;
    char c = text.ptr[from], next = from + 1 < text.len ? text.ptr[from + 1] : '\0';
    bool two = (c == '<' && (next == '=' || next == '>')) || (c == '>' && next == '=');
    bool one = strchr("=<>(),", c) != NULL && c != '\0';
    *at = from + (two ? 2 : 1);
    Token token = token_of(one ? TOKEN_SIGN : TOKEN_WRONG, text, from, *at);
    token.want = "a field, a value, an operator or a bracket";
    return token;
}

Token token_next(Arena *arena, Str text, size_t *at)
{
    size_t from = *at = token_start(text, *at);
    if (from == text.len)
        return token_of(TOKEN_END, text, from, from);
    char c = text.ptr[from];
    if (c == '\'' || c == '"')
        return read_quoted(arena, text, at, c);
    if (is_digit(c) || c == '-' || c == '+' || c == '.')
        return read_number(text, at);
    if (!is_letter(c))
        return read_sign(text, at);
    size_t to = from;
    while (to < text.len && class_of(text.ptr[to]) >= LETTER)
        to++;
    *at = to;
    return token_of(TOKEN_NAME, text, from, to);
}

/* Digits without the point, and where the point stands among them. */
typedef struct Digits {
    char digits[400];
    int count, point;
    bool minus, lost; /* lost: digits other than 0 behind those that are kept */
} Digits;

static bool read_exponent(Str text, size_t i, int *ret)
{
    bool minus = i < text.len && text.ptr[i] == '-';
    i += i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+');
    if (i == text.len)
        return false;
    int exponent = 0;
    for (; i < text.len; i++) {
        if (!is_digit(text.ptr[i]))
            return false;
        if (exponent < 100000)
            exponent = exponent * 10 + (text.ptr[i] - '0');
    }
    *ret = minus ? -exponent : exponent;
    return true;
}

static bool read_digits(Str text, Digits *ret)
{
    size_t i = 0;
    int exponent = 0, point = -1, seen = 0;
    ret->count = 0;
    ret->lost = false;
    ret->minus = text.len > 0 && text.ptr[0] == '-';
    i += text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+');
    for (; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '.' && point < 0) {
            point = seen;
            continue;
        }
        if (c == 'e' || c == 'E') {
            if (!read_exponent(text, i + 1, &exponent))
                return false;
            break;
        }
        if (!is_digit(c))
            return false;
        seen++;
        if (ret->count < (int)sizeof ret->digits)
            ret->digits[ret->count++] = c;
        else if (c != '0')
            ret->lost = true;
    }
    ret->point = (point < 0 ? seen : point) + exponent;
    return seen > 0;
}

bool decimal_read(Str text, int decimals, Decimal *ret)
{
    Digits d;
    if (!read_digits(text, &d))
        return false;
    int64_t whole = 0;
    bool rest = d.lost, beyond = false;
    int point = d.point + decimals; /* so many digits stand before it */
    for (int i = 0; i < d.count; i++) {
        if (i >= point)
            rest |= d.digits[i] != '0';
        else
            beyond |= __builtin_mul_overflow(whole, 10, &whole) ||
                      __builtin_add_overflow(whole, d.digits[i] - '0', &whole);
    }
    for (int i = d.count; i < point && whole != 0 && !beyond; i++)
        beyond |= __builtin_mul_overflow(whole, 10, &whole);
    if (beyond)
        *ret = (Decimal){d.minus ? INT64_MIN : INT64_MAX, true};
    else
        *ret = (Decimal){d.minus ? -whole - rest : whole, rest};
    return true;
}
