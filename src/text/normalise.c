#include "text/normalise.h"
#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* The Han characters of the basic plane; ICU simplifies few beyond it, and none that headings use. Its
 * transliterator takes 30 ms to ask about all of them, which the first commit would wait for: so it was asked
 * beforehand. */
#include "text/simple_table.inc"
enum { HAN_COUNT = HAN_END - HAN_FIRST };

static UChar simple[HAN_COUNT];
static const UNormalizer2 *nfkc, *nfd;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void set_up(void)
{
    UErrorCode error = U_ZERO_ERROR;
    nfkc = unorm2_getNFKCInstance(&error);
    nfd = unorm2_getNFDInstance(&error);
    for (int32_t i = 0; i < HAN_COUNT; i++)
        simple[i] = (UChar)(HAN_FIRST + i);
    for (size_t i = 0; i < sizeof simple_pairs / sizeof *simple_pairs; i++)
        simple[simple_pairs[i][0] - HAN_FIRST] = simple_pairs[i][1];
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

/* Letters of ASCII and Han characters of the basic plane, as UTF-16: nothing that NFKC would change. False if
 * there is anything else, or broken UTF-8. Most names are such, and ICU takes a microsecond for each. */
static bool plain_units(Str text, UChar *units, int32_t *ret_len)
{
    const unsigned char *at = (const unsigned char *)text.ptr, *end = at + text.len;
    int32_t len = 0;
    while (at < end) {
        if (*at < 0x80) {
            units[len++] = *at++;
            continue;
        }
        if (end - at < 3 || (*at & 0xF0) != 0xE0 || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80)
            return false;
        UChar c = (UChar)((*at & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F));
        if (c < HAN_FIRST || c >= HAN_END || (c >= 0x4DC0 && c < 0x4E00)) /* hexagrams lie between */
            return false;
        units[len++] = c;
        at += 3;
    }
    *ret_len = len;
    return true;
}

static Str units_to_str(Arena *arena, const UChar *units, int32_t len)
{
    char *bytes = arena_alloc(arena, (size_t)len * 3 + 1);
    int32_t bytes_len = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(bytes, len * 3 + 1, &bytes_len, units, len, &error);
    return U_SUCCESS(error) ? (Str){bytes, (size_t)bytes_len} : STR("");
}

static UChar *normalise(Arena *arena, const UNormalizer2 *form, const UChar *units, int32_t len,
                        int32_t *ret_len)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t room = len * 2 + 32;
    UChar *to = arena_array(arena, UChar, room);
    int32_t need = unorm2_normalize(form, units, len, to, room, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        error = U_ZERO_ERROR;
        to = arena_array(arena, UChar, need + 1);
        need = unorm2_normalize(form, units, len, to, need + 1, &error);
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
    if (!plain_units(text, units, &len)) {
        u_strFromUTF8WithSub(units, (int32_t)text.len + 1, &len, text.ptr, (int32_t)text.len, 0xFFFD, NULL,
                             &error);
        units = normalise(arena, nfkc, units, len, &len);
    }
    return units_to_str(arena, units, fold_units(units, len));
}

/* In place: letters without their accents, small; one kind of apostrophe. */
static int32_t strip_units(UChar *units, int32_t len)
{
    int32_t to = 0;
    for (int32_t i = 0, next = 0; i < len; i = next) {
        UChar32 c;
        U16_NEXT(units, next, len, c);
        if (u_charType(c) == U_NON_SPACING_MARK)
            continue;
        c = c == 0x2019 || c == 0x2018 || c == 0x02BC ? '\'' : u_tolower(c);
        if (U16_LENGTH(c) <= next - i)
            U16_APPEND_UNSAFE(units, to, c);
    }
    return to;
}

Str text_search_form(Arena *arena, Str text)
{
    Str folded = text_fold(arena, text);
    size_t plain = 0;
    while (plain < folded.len && ((unsigned char)folded.ptr[plain] < 0x80 ||
                                  ((unsigned char)folded.ptr[plain] >= 0xE4 &&
                                   (unsigned char)folded.ptr[plain] <= 0xE9 && folded.len - plain >= 3)))
        plain += (unsigned char)folded.ptr[plain] < 0x80 ? 1 : 3;
    if (plain == folded.len || folded.len > FOLD_BYTES_MAX)
        return folded;
    pthread_once(&once, set_up);
    UErrorCode error = U_ZERO_ERROR;
    int32_t len = 0;
    UChar *units = arena_array(arena, UChar, folded.len + 1);
    u_strFromUTF8WithSub(units, (int32_t)folded.len + 1, &len, folded.ptr, (int32_t)folded.len, 0xFFFD, NULL,
                         &error);
    units = normalise(arena, nfd, units, len, &len);
    len = strip_units(units, len);
    units = normalise(arena, nfkc, units, len, &len);
    return units_to_str(arena, units, fold_units(units, len));
}
