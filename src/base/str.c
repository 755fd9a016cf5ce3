#include "base/str.h"
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TURNS = 8, TURN_SIZE = 256 };

static char *turn(void)
{
    static _Thread_local char texts[TURNS][TURN_SIZE];
    static _Thread_local unsigned next;
    return texts[next++ % TURNS];
}

Str str_of(const char *c)
{
    return c ? (Str){c, strlen(c)} : (Str){"", 0};
}

bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Names are mostly told apart by their first byte: it is looked at before anything is called. */
bool str_is(Str a, const char *c)
{
    for (size_t i = 0; i < a.len; i++)
        if (c[i] == '\0' || c[i] != a.ptr[i])
            return false;
    return c[a.len] == '\0';
}

bool str_is_caseless(Str a, const char *c)
{
    return a.len == strlen(c) && strncasecmp(a.ptr, c, a.len) == 0;
}

int str_cmp(Str a, Str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str a, const char *prefix)
{
    size_t len = strlen(prefix);
    return a.len >= len && memcmp(a.ptr, prefix, len) == 0;
}

static size_t space_at(const char *at, size_t left)
{
    if (left >= 1 && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        return 1;
    if (left >= 3 && memcmp(at, "\xE3\x80\x80", 3) == 0)
        return 3;
    return 0;
}

int str_distance(Str a, Str b)
{
    enum { LONGEST = 40 };
    int row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            int above = row[j], best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (above + 1 < best)
                best = above + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = above;
            row[j] = best;
        }
    }
    return row[b.len];
}

Str str_trim(Str a)
{
    for (size_t n; (n = space_at(a.ptr, a.len)) > 0;) {
        a.ptr += n;
        a.len -= n;
    }
    for (;;) {
        if (a.len >= 1 && space_at(a.ptr + a.len - 1, 1) == 1)
            a.len -= 1;
        else if (a.len >= 3 && space_at(a.ptr + a.len - 3, 3) == 3)
            a.len -= 3;
        else
            return a;
    }
}

Str str_cut(Str *rest, char at)
{
    const char *hit = rest->len ? memchr(rest->ptr, at, rest->len) : NULL;
    Str head = *rest;
    if (!hit) {
        *rest = (Str){rest->ptr + rest->len, 0};
        return head;
    }
    head.len = (size_t)(hit - head.ptr);
    *rest = (Str){hit + 1, rest->len - head.len - 1};
    return head;
}

Str str_copy(Arena *arena, Str a)
{
    char *to = arena_alloc(arena, a.len + 1);
    if (a.len)
        memcpy(to, a.ptr, a.len);
    to[a.len] = '\0';
    return (Str){to, a.len};
}

const char *str_c(Str a)
{
    char *to = turn();
    size_t len = a.len < TURN_SIZE - 1 ? a.len : TURN_SIZE - 1;
    while (len < a.len && len > 0 && ((unsigned char)a.ptr[len] & 0xC0) == 0x80)
        len--;
    if (len)
        memcpy(to, a.ptr, len);
    to[len] = '\0';
    return to;
}

const char *num_c(int64_t n)
{
    char *to = turn();
    snprintf(to, TURN_SIZE, "%lld", (long long)n);
    return to;
}

bool str_int(Str a, int64_t *ret)
{
    return str_fixed(a, 0, ret);
}

bool str_fixed(Str a, int decimals, int64_t *ret)
{
    size_t i = 0;
    bool minus = a.len > 0 && a.ptr[0] == '-';
    if (minus || (a.len > 0 && a.ptr[0] == '+'))
        i++;
    int64_t n = 0;
    int digits = 0, behind = -1;
    for (; i < a.len; i++) {
        char c = a.ptr[i];
        if (c == '.' && behind < 0) {
            behind = 0;
            continue;
        }
        if (c < '0' || c > '9')
            return false;
        if (behind >= 0 && behind == decimals) {
            if (c != '0')
                return false; /* more digits than the field keeps */
            continue;
        }
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, c - '0', &n))
            return false;
        digits++;
        if (behind >= 0)
            behind++;
    }
    if (digits == 0)
        return false;
    for (int k = behind < 0 ? 0 : behind; k < decimals; k++)
        if (__builtin_mul_overflow(n, 10, &n))
            return false;
    *ret = minus ? -n : n;
    return true;
}

bool str_double(Str a, double *ret)
{
    static const double tens[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    /* Exact for up to 15 digits and a power of ten up to 22 (Clinger 1990); others go to strtod. */
    size_t i = 0;
    bool minus = a.len > 0 && a.ptr[0] == '-';
    if (minus || (a.len > 0 && a.ptr[0] == '+'))
        i++;
    uint64_t n = 0;
    int digits = 0, behind = -1;
    for (; i < a.len; i++) {
        char c = a.ptr[i];
        if (c == '.' && behind < 0) {
            behind = 0;
        } else if (c >= '0' && c <= '9' && digits < 15) {
            n = n * 10 + (uint64_t)(c - '0');
            digits++;
            behind += behind >= 0;
        } else {
            break;
        }
    }
    if (i == a.len && digits > 0 && behind <= 22) {
        double got = (double)n / tens[behind < 0 ? 0 : behind];
        *ret = minus ? -got : got;
        return true;
    }
    char text[64];
    if (a.len == 0 || a.len >= sizeof text)
        return false;
    for (size_t k = 0; k < a.len; k++) {
        char c = a.ptr[k];
        if (!((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'))
            return false; /* no hex, no nan, no inf */
    }
    memcpy(text, a.ptr, a.len);
    text[a.len] = '\0';
    static locale_t plain;
    if (!plain)
        plain = newlocale(LC_ALL_MASK, "C", NULL);
    char *end = NULL;
    double got = strtod_l(text, &end, plain);
    if (end != text + a.len || !isfinite(got))
        return false;
    *ret = got;
    return true;
}

/* Past what most texts are: eight letters of ASCII, and Chinese characters, whose first byte lies between
 * those of three bytes that may be too long a form or half a pair. */
static const unsigned char *skip_plain(const unsigned char *at, const unsigned char *end)
{
    enum { AT_ONCE = 8, HAN_BYTES = 3 };
    uint64_t eight;
    for (; end - at >= AT_ONCE; at += AT_ONCE) {
        memcpy(&eight, at, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (end - at >= HAN_BYTES &&
           ((at[0] - 0xE1u <= 0xECu - 0xE1u) & ((at[1] & 0xC0) == 0x80) & ((at[2] & 0xC0) == 0x80)))
        at += HAN_BYTES;
    return at;
}

bool str_utf8_valid(Str a)
{
    if (a.len == 0)
        return true;
    const unsigned char *at = (const unsigned char *)a.ptr, *end = at + a.len;
    while ((at = skip_plain(at, end)) < end) {
        if (*at < 0x80) {
            at++;
            continue;
        }
        int more;
        uint32_t code, least;
        if (*at >= 0xC2 && *at <= 0xDF) {
            more = 1, code = *at & 0x1F, least = 0x80;
        } else if (*at >= 0xE0 && *at <= 0xEF) {
            more = 2, code = *at & 0x0F, least = 0x800;
        } else if (*at >= 0xF0 && *at <= 0xF4) {
            more = 3, code = *at & 0x07, least = 0x10000;
        } else {
            return false;
        }
        if (end - at <= more)
            return false;
        for (int i = 1; i <= more; i++) {
            if ((at[i] & 0xC0) != 0x80)
                return false;
            code = code << 6 | (at[i] & 0x3F);
        }
        if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return false;
        at += more + 1;
    }
    return true;
}

void buf_init(Buf *buf, size_t limit)
{
    *buf = (Buf){.limit = limit};
}

void buf_done(Buf *buf)
{
    free(buf->ptr);
    *buf = (Buf){.limit = buf->limit};
}

void buf_clear(Buf *buf)
{
    buf->len = 0;
    buf->full = false;
}

static bool make_room(Buf *buf, size_t more)
{
    if (buf->full || more > buf->limit - buf->len) {
        buf->full = true;
        return false;
    }
    size_t need = buf->len + more;
    if (need > buf->cap) {
        size_t cap = buf->cap ? buf->cap * 2 : 256;
        if (cap < need)
            cap = need;
        if (cap > buf->limit)
            cap = buf->limit;
        buf->ptr = heap_grow(buf->ptr, cap);
        buf->cap = cap;
    }
    return true;
}

/* What is nearly always so, without a call: cap is never above limit. */
static inline bool room_for(Buf *buf, size_t more)
{
    return (!buf->full && more <= buf->cap - buf->len) || make_room(buf, more);
}

void buf_add(Buf *buf, const void *bytes, size_t len)
{
    if (len == 0 || !room_for(buf, len))
        return;
    memcpy(buf->ptr + buf->len, bytes, len);
    buf->len += len;
}

char *buf_more(Buf *buf, size_t len)
{
    if (!room_for(buf, len))
        return NULL;
    buf->len += len;
    return buf->ptr + buf->len - len;
}

void buf_str(Buf *buf, Str s)
{
    buf_add(buf, s.ptr, s.len);
}

void buf_c(Buf *buf, const char *c)
{
    buf_add(buf, c, strlen(c));
}

void buf_byte(Buf *buf, char c)
{
    if (room_for(buf, 1))
        buf->ptr[buf->len++] = c;
}

void buf_int(Buf *buf, int64_t n)
{
    char text[24];
    size_t at = sizeof text;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        text[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (n < 0)
        text[--at] = '-';
    buf_add(buf, text + at, sizeof text - at);
}

void buf_fixed(Buf *buf, int64_t n, int decimals)
{
    if (decimals == 0) {
        buf_int(buf, n);
        return;
    }
    char text[48]; /* from the last digit on; zeros at the end are left out */
    size_t at = sizeof text;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    for (int i = 0; i < decimals; i++, left /= 10)
        if (left % 10 != 0 || at < sizeof text)
            text[--at] = (char)('0' + left % 10);
    if (at < sizeof text)
        text[--at] = '.';
    do {
        text[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (n < 0)
        text[--at] = '-';
    buf_add(buf, text + at, sizeof text - at);
}

void buf_fmt(Buf *buf, const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (len < 0)
        return;
    if ((size_t)len < sizeof text) {
        buf_add(buf, text, (size_t)len);
        return;
    }
    char *more = heap_alloc((size_t)len + 1);
    va_start(ap, fmt);
    vsnprintf(more, (size_t)len + 1, fmt, ap);
    va_end(ap);
    buf_add(buf, more, (size_t)len);
    free(more);
}

void buf_varint(Buf *buf, uint64_t n)
{
    uint8_t bytes[10];
    size_t len = 0;
    while (n >= 0x80) {
        bytes[len++] = (uint8_t)(n | 0x80);
        n >>= 7;
    }
    bytes[len++] = (uint8_t)n;
    buf_add(buf, bytes, len);
}

void buf_zigzag(Buf *buf, int64_t n)
{
    buf_varint(buf, ((uint64_t)n << 1) ^ (uint64_t)(n >> 63));
}

Str buf_view(const Buf *buf)
{
    return (Str){buf->ptr ? buf->ptr : "", buf->len};
}

Err buf_check(const Buf *buf, const char *what)
{
    return buf->full ? fail(ERR_LIMIT, "what", what, "limit", num_c((int64_t)buf->limit), NULL) : OK;
}

bool varint_read(const uint8_t **at, const uint8_t *end, uint64_t *ret)
{
    uint64_t n = 0;
    const uint8_t *p = *at;
    for (int shift = 0; shift < 64 && p < end; shift += 7) {
        uint8_t byte = *p++;
        if (shift == 63 && byte > 1)
            return false;
        n |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *at = p;
            *ret = n;
            return true;
        }
    }
    return false;
}

bool zigzag_read(const uint8_t **at, const uint8_t *end, int64_t *ret)
{
    uint64_t n;
    if (!varint_read(at, end, &n))
        return false;
    *ret = (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
    return true;
}
