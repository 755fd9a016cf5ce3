#include "text/normalise.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utrans.h>

/* The Han characters of the basic plane; ICU simplifies few beyond it, and none that headings use. */
enum { HAN_FIRST = 0x3400, HAN_END = 0xA000, HAN_COUNT = HAN_END - HAN_FIRST };

static UChar simple[HAN_COUNT];
static const UNormalizer2 *nfkc;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* ICU's transliterator takes microseconds a character, so it is asked about each once: all of them in one
 * text, every one on a line of its own. */
static void fill_simple(UTransliterator *trans)
{
    enum { ROOM = HAN_COUNT * 4 };
    UChar *all = heap_alloc(ROOM * sizeof *all);
    int32_t len = 2 * HAN_COUNT, limit = len;
    for (int32_t i = 0; i < HAN_COUNT; i++) {
        all[2 * i] = (UChar)(HAN_FIRST + i);
        all[2 * i + 1] = '\n';
    }
    UErrorCode error = U_ZERO_ERROR;
    utrans_transUChars(trans, all, &len, ROOM, 0, &limit, &error);
    for (int32_t i = 0, at = 0; U_SUCCESS(error) && i < HAN_COUNT && at < len; i++) {
        int32_t start = at;
        while (at < len && all[at] != '\n')
            at++;
        if (at == start + 1) /* one unit for one: anything else is left as it is */
            simple[i] = all[start];
        at++;
    }
    free(all);
}

static void set_up(void)
{
    UErrorCode error = U_ZERO_ERROR;
    nfkc = unorm2_getNFKCInstance(&error);
    for (int32_t i = 0; i < HAN_COUNT; i++)
        simple[i] = (UChar)(HAN_FIRST + i);
    error = U_ZERO_ERROR;
    UTransliterator *trans =
        utrans_openU(u"Traditional-Simplified", -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (U_SUCCESS(error))
        fill_simple(trans);
    utrans_close(trans);
    /* Some simplified forms are themselves simplified further; folding twice must change nothing. */
    for (int32_t i = 0; i < HAN_COUNT; i++)
        for (int turns = 0; turns < 4; turns++) {
            UChar c = simple[i];
            if (c >= HAN_FIRST && c < HAN_END)
                simple[i] = simple[c - HAN_FIRST];
        }
}

static bool is_space(UChar c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0x1680;
}

/* Small letters, simple characters, single spaces; in place. Returns the new length. */
static int32_t fold_units(UChar *units, int32_t len)
{
    int32_t to = 0;
    bool gap = false;
    for (int32_t i = 0; i < len; i++) {
        UChar c = units[i];
        if (is_space(c)) {
            gap = to > 0;
            continue;
        }
        if (gap)
            units[to++] = ' ';
        gap = false;
        if (c >= 'A' && c <= 'Z')
            c = (UChar)(c - 'A' + 'a');
        else if (c >= HAN_FIRST && c < HAN_END)
            c = simple[c - HAN_FIRST];
        units[to++] = c;
    }
    return to;
}

static Str fold_ascii(Arena *arena, Str text)
{
    UChar *units = arena_alloc(arena, (text.len + 1) * sizeof *units);
    for (size_t i = 0; i < text.len; i++)
        units[i] = (UChar)(unsigned char)text.ptr[i];
    int32_t len = fold_units(units, (int32_t)text.len);
    char *bytes = (char *)units; /* byte i is written after unit i was read */
    for (int32_t i = 0; i < len; i++)
        bytes[i] = (char)units[i];
    return (Str){bytes, (size_t)len};
}

static UChar *normalise(Arena *arena, const UChar *units, int32_t len, int32_t *ret_len)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t room = len * 2 + 32;
    UChar *to = arena_array(arena, UChar, room);
    int32_t need = unorm2_normalize(nfkc, units, len, to, room, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        error = U_ZERO_ERROR;
        to = arena_array(arena, UChar, need + 1);
        need = unorm2_normalize(nfkc, units, len, to, need + 1, &error);
    }
    *ret_len = U_SUCCESS(error) ? need : 0;
    return to;
}

Str text_fold(Arena *arena, Str text)
{
    if (text.len > FOLD_BYTES_MAX)
        return str_trim(text);
    size_t plain = 0;
    while (plain < text.len && (unsigned char)text.ptr[plain] < 0x80)
        plain++;
    if (plain == text.len)
        return fold_ascii(arena, text);
    pthread_once(&once, set_up);
    UErrorCode error = U_ZERO_ERROR;
    int32_t len = 0;
    UChar *units = arena_array(arena, UChar, text.len + 1);
    u_strFromUTF8WithSub(units, (int32_t)text.len + 1, &len, text.ptr, (int32_t)text.len, 0xFFFD, NULL,
                         &error);
    units = normalise(arena, units, len, &len);
    len = fold_units(units, len);
    int32_t bytes_len = 0;
    char *bytes = arena_alloc(arena, (size_t)len * 3 + 1);
    error = U_ZERO_ERROR;
    u_strToUTF8(bytes, len * 3 + 1, &bytes_len, units, len, &error);
    return U_SUCCESS(error) ? (Str){bytes, (size_t)bytes_len} : str_trim(text);
}
