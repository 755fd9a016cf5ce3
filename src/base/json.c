#include "base/json.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A Json is a json_t by another name: the cast stays in this file. */
static const json_t *in(const Json *value)
{
    return (const json_t *)value;
}

static bool too_deep(Str text)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > JSON_DEPTH_MAX)
                return true;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return false;
}

Err json_parse(Str text, Json **ret)
{
    if (text.len > JSON_BYTES_MAX)
        return fail(ERR_LIMIT, "what", "JSON", "limit", num_c(JSON_BYTES_MAX), NULL);
    if (too_deep(text))
        return fail(ERR_LIMIT, "what", "JSON nesting", "limit", num_c(JSON_DEPTH_MAX), NULL);
    json_error_t error;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!root && !str_utf8_valid(str_of(error.text))) /* what it quotes may end within a character */
        error.text[strcspn(error.text, "'")] = '\0';
    if (!root)
        return fail(ERR_JSON, "line", num_c(error.line), "column", num_c(error.column), "detail", error.text,
                    NULL);
    *ret = (Json *)root;
    return OK;
}

void json_free(Json *document)
{
    json_decref((json_t *)document);
}

JsonKind json_kind(const Json *value)
{
    if (!value)
        return JSON_IS_NULL;
    switch (json_typeof(in(value))) {
    case JSON_OBJECT:
        return JSON_IS_OBJECT;
    case JSON_ARRAY:
        return JSON_IS_ARRAY;
    case JSON_STRING:
        return JSON_IS_STRING;
    case JSON_INTEGER:
    case JSON_REAL:
        return JSON_IS_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_IS_BOOL;
    case JSON_NULL:
        break;
    }
    return JSON_IS_NULL;
}

bool json_bool(const Json *value)
{
    return value && json_is_true(in(value));
}

Str json_text(const Json *value)
{
    if (!value || !json_is_string(in(value)))
        return (Str){"", 0};
    return (Str){json_string_value(in(value)), json_string_length(in(value))};
}

Str json_number_text(const Json *value, char scratch[32])
{
    if (!value || !json_is_number(in(value)))
        return (Str){"", 0};
    int len;
    if (json_is_integer(in(value))) {
        len = snprintf(scratch, 32, "%lld", (long long)json_integer_value(in(value)));
    } else {
        /* 15 significant digits bring every decimal of up to 15 digits back as it was written. */
        double n = json_real_value(in(value));
        len = snprintf(scratch, 32, fabs(n) < 1e15 && fabs(n) >= 1e-6 ? "%.15g" : "%.9f", n);
    }
    if (len < 0 || len >= 32)
        return (Str){"", 0};
    return (Str){scratch, (size_t)len};
}

bool json_int(const Json *value, int64_t *ret)
{
    if (!value || !json_is_integer(in(value)))
        return false;
    *ret = json_integer_value(in(value));
    return true;
}

int json_sign(const Json *value)
{
    double n = value ? json_number_value(in(value)) : 0;
    return (n > 0) - (n < 0);
}

uint32_t json_len(const Json *value)
{
    if (!value)
        return 0;
    return (uint32_t)(json_is_object(in(value)) ? json_object_size(in(value)) : json_array_size(in(value)));
}

const Json *json_at(const Json *array, uint32_t i)
{
    return array ? (const Json *)json_array_get(in(array), i) : NULL;
}

const Json *json_get(const Json *object, const char *name)
{
    return object ? (const Json *)json_object_get(in(object), name) : NULL;
}

bool json_member(const Json *object, uint32_t i, Str *ret_name, const Json **ret_value)
{
    if (!object || !json_is_object(in(object)))
        return false;
    json_t *members = (json_t *)(uintptr_t)object;
    void *at = json_object_iter(members);
    while (at && i--)
        at = json_object_iter_next(members, at);
    if (!at)
        return false;
    *ret_name = (Str){json_object_iter_key(at), json_object_iter_key_len(at)};
    *ret_value = (const Json *)json_object_iter_value(at);
    return true;
}

JsonOut json_out(Buf *buf)
{
    return (JsonOut){.buf = buf};
}

static void before_value(JsonOut *out)
{
    if (out->comma)
        buf_byte(out->buf, ',');
    out->comma = true;
}

static void open_with(JsonOut *out, char c)
{
    before_value(out);
    buf_byte(out->buf, c);
    out->comma = false;
}

static void close_with(JsonOut *out, char c)
{
    buf_byte(out->buf, c);
    out->comma = true;
}

void out_object(JsonOut *out)
{
    open_with(out, '{');
}

void out_object_end(JsonOut *out)
{
    close_with(out, '}');
}

void out_array(JsonOut *out)
{
    open_with(out, '[');
}

void out_array_end(JsonOut *out)
{
    close_with(out, ']');
}

static void escape(Buf *buf, char c)
{
    switch (c) {
    case '"':
        buf_c(buf, "\\\"");
        break;
    case '\\':
        buf_c(buf, "\\\\");
        break;
    case '\n':
        buf_c(buf, "\\n");
        break;
    default:
        buf_fmt(buf, "\\u%04x", c);
    }
}

/* Eight bytes at once: none is a control, a quote or a backslash (Mycroft's test for a byte below n, and for
 * 0). */
static bool all_plain(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
    uint64_t word, quote, slash;
    memcpy(&word, at, sizeof word);
    quote = word ^ ones * '"';
    slash = word ^ ones * '\\';
    return (((word - ones * 0x20) | (quote - ones) | (slash - ones)) & ~word & high) == 0;
}

static size_t plain_length(Str text, size_t from)
{
    size_t at = from;
    while (at + 8 <= text.len && all_plain(text.ptr + at))
        at += 8;
    for (; at < text.len; at++) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c < 0x20 || c == '"' || c == '\\')
            break;
    }
    return at - from;
}

static void escaped(Buf *buf, Str text)
{
    buf_byte(buf, '"');
    for (size_t at = 0; at < text.len;) {
        size_t len = plain_length(text, at);
        buf_add(buf, text.ptr + at, len);
        at += len;
        if (at < text.len)
            escape(buf, text.ptr[at++]);
    }
    buf_byte(buf, '"');
}

/* With the comma before it, and a colon behind a name. Nearly every text is plain, and room is asked for
 * once. */
static void quoted(JsonOut *out, Str text, bool name)
{
    if (plain_length(text, 0) < text.len) {
        if (out->comma)
            buf_byte(out->buf, ',');
        escaped(out->buf, text);
        if (name)
            buf_byte(out->buf, ':');
    } else {
        char *at = buf_more(out->buf, text.len + 2 + out->comma + name);
        if (!at)
            return;
        if (out->comma)
            *at++ = ',';
        *at++ = '"';
        if (text.len > 0)
            memcpy(at, text.ptr, text.len);
        at += text.len;
        *at++ = '"';
        if (name)
            *at = ':';
    }
    out->comma = !name;
}

void out_name_str(JsonOut *out, Str name)
{
    quoted(out, name, true);
}

void out_name(JsonOut *out, const char *name)
{
    out_name_str(out, str_of(name));
}

void out_str(JsonOut *out, Str text)
{
    quoted(out, text, false);
}

void out_c(JsonOut *out, const char *text)
{
    out_str(out, str_of(text));
}

void out_int(JsonOut *out, int64_t n)
{
    before_value(out);
    buf_int(out->buf, n);
}

void out_fixed(JsonOut *out, int64_t n, int decimals)
{
    before_value(out);
    buf_fixed(out->buf, n, decimals);
}

void out_bool(JsonOut *out, bool b)
{
    before_value(out);
    buf_c(out->buf, b ? "true" : "false");
}

void out_null(JsonOut *out)
{
    before_value(out);
    buf_c(out->buf, "null");
}

void out_raw(JsonOut *out, Str json)
{
    before_value(out);
    buf_str(out->buf, json);
}
