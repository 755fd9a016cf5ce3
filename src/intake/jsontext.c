#include "intake/jsontext.h"
#include <string.h>

void jsontext_space(JsonText *text)
{
    while (text->at < text->end &&
           (*text->at == ' ' || *text->at == '\n' || *text->at == '\r' || *text->at == '\t'))
        text->at++;
}

static bool take(JsonText *text, char c)
{
    if (text->at == text->end || *text->at != c)
        return false;
    text->at++;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool pass_escape(JsonText *text)
{
    if (text->at == text->end)
        return false;
    char c = *text->at++;
    if (c != 'u')
        return c != '\0' && strchr("\"\\/bfnrt", c) != NULL;
    for (int i = 0; i < 4; i++, text->at++)
        if (text->at == text->end || hex_digit(*text->at) < 0)
            return false;
    return true;
}

static bool pass_string(JsonText *text)
{
    if (!take(text, '"'))
        return false;
    while (text->at < text->end) {
        unsigned char c = (unsigned char)*text->at++;
        if (c == '"')
            return true;
        if (c < 0x20 || (c == '\\' && !pass_escape(text)))
            return false;
    }
    return false;
}

static bool pass_digits(JsonText *text)
{
    const char *from = text->at;
    while (text->at < text->end && *text->at >= '0' && *text->at <= '9')
        text->at++;
    return text->at > from;
}

static bool pass_number(JsonText *text)
{
    take(text, '-');
    if (!take(text, '0') && !pass_digits(text))
        return false;
    if (take(text, '.') && !pass_digits(text))
        return false;
    if (take(text, 'e') || take(text, 'E')) {
        if (!take(text, '-'))
            take(text, '+');
        return pass_digits(text);
    }
    return true;
}

static bool pass_word(JsonText *text)
{
    static const char *const words[] = {"true", "false", "null"};
    for (int i = 0; i < 3; i++) {
        size_t len = strlen(words[i]);
        if ((size_t)(text->end - text->at) >= len && memcmp(text->at, words[i], len) == 0) {
            text->at += len;
            return true;
        }
    }
    return false;
}

static bool pass_value(JsonText *text, int depth);

static bool pass_members(JsonText *text, char close, int depth)
{
    bool named = close == '}';
    jsontext_space(text);
    if (take(text, close))
        return true;
    for (;;) {
        jsontext_space(text);
        if (named) {
            if (!pass_string(text))
                return false;
            jsontext_space(text);
            if (!take(text, ':'))
                return false;
        }
        if (!pass_value(text, depth))
            return false;
        jsontext_space(text);
        if (take(text, close))
            return true;
        if (!take(text, ','))
            return false;
    }
}

static bool pass_value(JsonText *text, int depth)
{
    jsontext_space(text);
    if (text->at == text->end || depth > JSON_DEPTH_MAX)
        return false;
    switch (*text->at) {
    case '{':
        text->at++;
        return pass_members(text, '}', depth + 1);
    case '[':
        text->at++;
        return pass_members(text, ']', depth + 1);
    case '"':
        return pass_string(text);
    case 't':
    case 'f':
    case 'n':
        return pass_word(text);
    default:
        return pass_number(text);
    }
}

bool jsontext_value(JsonText *text, Str *ret_slice)
{
    jsontext_space(text);
    const char *from = text->at;
    if (!pass_value(text, 0))
        return false;
    *ret_slice = (Str){from, (size_t)(text->at - from)};
    return true;
}

bool jsontext_begin(Str slice, char bracket, JsonText *ret)
{
    *ret = (JsonText){slice.ptr, slice.ptr + slice.len};
    return take(ret, bracket);
}

/* At a member or at the closing bracket; a comma stands before every member but the first, whose predecessor
 * is the opening bracket. */
static bool step(JsonText *text, char close, bool *ret_more)
{
    char before = text->at[-1];
    jsontext_space(text);
    *ret_more = false;
    if (take(text, close))
        return true;
    if (before != '{' && before != '[' && !take(text, ','))
        return false;
    *ret_more = true;
    return true;
}

bool jsontext_item(JsonText *text, Str *ret_value, bool *ret_more)
{
    return step(text, ']', ret_more) && (!*ret_more || jsontext_value(text, ret_value));
}

bool jsontext_member(JsonText *text, Str *ret_name, Str *ret_value, bool *ret_more)
{
    if (!step(text, '}', ret_more))
        return false;
    if (!*ret_more)
        return true;
    jsontext_space(text);
    const char *from = text->at;
    if (!pass_string(text))
        return false;
    *ret_name = (Str){from, (size_t)(text->at - from)};
    jsontext_space(text);
    return take(text, ':') && jsontext_value(text, ret_value);
}

static uint32_t read_hex(const char *at)
{
    uint32_t code = 0;
    for (int i = 0; i < 4; i++)
        code = code << 4 | (uint32_t)hex_digit(at[i]);
    return code;
}

static size_t put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xE0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3F));
        to[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 0x3F));
    to[2] = (char)(0x80 | (code >> 6 & 0x3F));
    to[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

/* at stands behind \u, in a string that pass_string has seen whole. */
static bool unescape_unicode(const char **at, const char *end, uint32_t *ret)
{
    uint32_t code = read_hex(*at);
    *at += 4;
    if (code >= 0xDC00 && code <= 0xDFFF)
        return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u')
            return false;
        uint32_t low = read_hex(*at + 2);
        if (low < 0xDC00 || low > 0xDFFF)
            return false;
        *at += 6;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    *ret = code;
    return true;
}

bool jsontext_string(Arena *arena, Str slice, Str *ret)
{
    Str raw = {slice.ptr + 1, slice.len - 2};
    if (raw.len == 0 || !memchr(raw.ptr, '\\', raw.len)) {
        *ret = raw;
        return true;
    }
    char *text = arena_alloc(arena, raw.len), *to = text;
    const char *at = raw.ptr, *end = raw.ptr + raw.len;
    while (at < end) {
        uint32_t code = 0;
        if (*at != '\\') {
            *to++ = *at++;
            continue;
        }
        char c = at[1];
        at += 2;
        if (c == 'u' && !unescape_unicode(&at, end, &code))
            return false;
        static const char from[] = "bfnrt", into[] = "\b\f\n\r\t";
        const char *hit = strchr(from, c);
        if (c == 'u')
            to += put_utf8(to, code);
        else
            *to++ = hit ? into[hit - from] : c;
    }
    *ret = (Str){text, (size_t)(to - text)};
    return true;
}

Str jsontext_number(Arena *arena, Str slice)
{
    enum { LONGEST = 60 };
    Str rest = slice;
    Str mantissa = str_cut(&rest, memchr(slice.ptr, 'e', slice.len) ? 'e' : 'E');
    int64_t power;
    if (mantissa.len == slice.len || mantissa.len > LONGEST / 2 || !str_int(rest, &power) ||
        power > LONGEST / 2 || power < -LONGEST / 2)
        return slice;
    /* digits without the point, and where the point belongs */
    char digits[LONGEST], text[2 * LONGEST];
    int count = 0, point = -1;
    size_t len = 0, i = mantissa.ptr[0] == '-' ? 1 : 0;
    for (; i < mantissa.len; i++) {
        if (mantissa.ptr[i] == '.')
            point = count;
        else
            digits[count++] = mantissa.ptr[i];
    }
    point = (point < 0 ? count : point) + (int)power;
    if (mantissa.ptr[0] == '-')
        text[len++] = '-';
    if (point <= 0)
        text[len++] = '0';
    for (int d = 0; d < point; d++)
        text[len++] = d < count ? digits[d] : '0';
    if (point < count) {
        text[len++] = '.';
        for (int d = point; d < count; d++)
            text[len++] = d < 0 ? '0' : digits[d];
    }
    return str_copy(arena, (Str){text, len});
}
