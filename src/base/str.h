/* base/str.h: UTF-8 text that is borrowed (Str), and text or bytes that grow (Buf).
 * A Str is not NUL-terminated and owns nothing. Numbers are read and written without regard to the locale. */
#pragma once
#include "base/arena.h"
#include "base/err.h"

typedef struct Str {
    const char *ptr;
    size_t len;
} Str;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_FMT      "%.*s"
#define STR_ARG(s)   (int)(s).len, (s).ptr

Str str_of(const char *c); /* borrows; NULL gives the empty Str */
bool str_eq(Str a, Str b);
bool str_is(Str a, const char *c);
bool str_is_caseless(Str a, const char *c); /* letters A–Z in any case */
int str_cmp(Str a, Str b);                  /* by bytes: the one order of keys everywhere */
bool str_starts(Str a, const char *prefix);
/* Levenshtein distance in bytes of two short names; names longer than 40 count as far apart. */
int str_distance(Str a, Str b);
Str str_trim(Str a);               /* spaces, tabs, CR, LF, and U+3000 */
Str str_cut(Str *rest, char at);   /* up to `at`; rest goes behind it, or becomes empty */
Str str_copy(Arena *arena, Str a); /* copies, and puts a NUL behind */
const char *str_c(Str a);          /* a NUL-ended copy in one of 8 turns of this thread; cut at 255 bytes */
const char *num_c(int64_t n);      /* likewise, decimal */
MUST_USE bool str_int(Str a, int64_t *ret);   /* whole text, optional sign; false if not or out of range */
MUST_USE bool str_double(Str a, double *ret); /* whole text, finite */
bool str_utf8_valid(Str a);                   /* no overlong, no surrogate, nothing above U+10FFFF */

/* A number with up to `decimals` digits behind the point, as int64 in units of 10^-decimals.
 * False if it is no number, has more digits than that, or is out of range: "12.5", 2 → 1250. */
MUST_USE bool str_fixed(Str a, int decimals, int64_t *ret);

/* Bytes that grow up to `limit`. Past it the buffer keeps what it had and `full` stays set: whoever writes
 * much asks once at the end. */
typedef struct Buf {
    char *ptr;
    size_t len, cap, limit;
    bool full;
} Buf;

void buf_init(Buf *buf, size_t limit);
void buf_done(Buf *buf);
void buf_clear(Buf *buf); /* length 0, keeps the memory */
void buf_add(Buf *buf, const void *bytes, size_t len);
char *buf_more(Buf *buf, size_t len); /* so many bytes more, for the caller to fill; NULL past the limit */
void buf_str(Buf *buf, Str s);
void buf_c(Buf *buf, const char *c);
void buf_byte(Buf *buf, char c);
void buf_int(Buf *buf, int64_t n);
void buf_fixed(Buf *buf, int64_t n, int decimals); /* shortest: 1250, 2 → 12.5 */
void buf_fmt(Buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_varint(Buf *buf, uint64_t n); /* LEB128 */
void buf_zigzag(Buf *buf, int64_t n);
Str buf_view(const Buf *buf);                             /* borrows until the next write */
MUST_USE Err buf_check(const Buf *buf, const char *what); /* ERR_LIMIT if it ran full */

/* Reads what buf_varint wrote; moves *at. False at the end of the bytes or past 64 bits. */
MUST_USE bool varint_read(const uint8_t **at, const uint8_t *end, uint64_t *ret);
MUST_USE bool zigzag_read(const uint8_t **at, const uint8_t *end, int64_t *ret);
