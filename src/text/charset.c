#include "text/charset.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

enum { USUAL_PERCENT = 60, PIVOT = 4096, STEP = 8192 };

const char *charset_name(Charset charset)
{
    static const char *const names[] = {"", "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};
    return names[charset];
}

/* ---- which it is ---- */

/* How long the character is that begins with these bytes; 0: more are needed; -1: it is none. */
static int utf8_length(const unsigned char *c, uint32_t len)
{
    int want = c[0] < 0x80                   ? 1
               : c[0] >= 0xC2 && c[0] < 0xE0 ? 2
               : c[0] >= 0xE0 && c[0] < 0xF0 ? 3
               : c[0] >= 0xF0 && c[0] < 0xF5 ? 4
                                             : -1;
    for (uint32_t i = 1; want > 0 && i < len && i < (uint32_t)want; i++)
        if ((c[i] & 0xC0) != 0x80)
            return -1;
    if (want >= 3 && len >= 2) { /* overlong, surrogates, beyond the last plane */
        if ((c[0] == 0xE0 && c[1] < 0xA0) || (c[0] == 0xED && c[1] >= 0xA0) ||
            (c[0] == 0xF0 && c[1] < 0x90) || (c[0] == 0xF4 && c[1] >= 0x90))
            return -1;
    }
    return want < 0 ? -1 : len >= (uint32_t)want ? want : 0;
}

/* GB 18030-2005: one, two or four bytes. */
static int gb_length(const unsigned char *c, uint32_t len)
{
    if (c[0] < 0x80)
        return 1;
    if (c[0] == 0x80 || c[0] == 0xFF)
        return -1;
    if (len < 2)
        return 0;
    if (c[1] >= 0x40 && c[1] != 0x7F && c[1] != 0xFF)
        return 2;
    if (c[1] < 0x30 || c[1] > 0x39)
        return -1;
    if (len < 4)
        return len == 3 && (c[2] < 0x81 || c[2] == 0xFF) ? -1 : 0;
    return c[2] >= 0x81 && c[2] != 0xFF && c[3] >= 0x30 && c[3] <= 0x39 ? 4 : -1;
}

static void look_utf8(CharsetGuess *guess, unsigned char byte)
{
    guess->utf8[guess->utf8_len++] = byte;
    int length = utf8_length(guess->utf8, guess->utf8_len);
    guess->utf8_wrong |= length < 0;
    if (length != 0)
        guess->utf8_len = 0;
}

static void look_gb(CharsetGuess *guess, unsigned char byte)
{
    guess->gb[guess->gb_len++] = byte;
    int length = gb_length(guess->gb, guess->gb_len);
    guess->gb_wrong |= length < 0;
    if (length == 2) {
        guess->gb_pairs++;
        bool sign = guess->gb[0] >= 0xA1 && guess->gb[0] <= 0xA3,
             han = guess->gb[0] >= 0xB0 && guess->gb[0] <= 0xF7;
        guess->gb_usual += (sign || han) && guess->gb[1] >= 0xA1;
    }
    if (length != 0)
        guess->gb_len = 0;
}

void charset_look(CharsetGuess *guess, const char *bytes, size_t len)
{
    const unsigned char *at = (const unsigned char *)bytes;
    for (size_t i = 0; i < len; i++) {
        if (guess->count + i < sizeof guess->head)
            guess->head[guess->count + i] = at[i];
        guess->zero |= at[i] == 0;
        if (!guess->utf8_wrong)
            look_utf8(guess, at[i]);
        if (!guess->gb_wrong)
            look_gb(guess, at[i]);
    }
    guess->count += len;
}

Charset charset_found(const CharsetGuess *guess, size_t *ret_mark)
{
    const unsigned char *head = guess->head;
    *ret_mark = 0;
    if (guess->count >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF))) {
        *ret_mark = 2;
        return guess->count % 2 == 0 ? (head[0] == 0xFF ? CHARSET_UTF16LE : CHARSET_UTF16BE)
                                     : CHARSET_UNKNOWN;
    }
    if (guess->zero) /* no text has one */
        return CHARSET_UNKNOWN;
    if (!guess->utf8_wrong && guess->utf8_len == 0) {
        *ret_mark = guess->count >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        return CHARSET_UTF8;
    }
    bool usual = guess->gb_usual * 100 >= guess->gb_pairs * USUAL_PERCENT;
    return !guess->gb_wrong && guess->gb_len == 0 && usual ? CHARSET_GB18030 : CHARSET_UNKNOWN;
}

/* ---- as UTF-8 ---- */

struct Decoder {
    UConverter *from, *to;
    UChar pivot[PIVOT];
    UChar *pivot_from, *pivot_to;
    bool begun;
};

Decoder *decoder_new(Charset charset)
{
    static const char *const names[] = {NULL, "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};
    UErrorCode code = U_ZERO_ERROR;
    Decoder *decoder = heap_zalloc(sizeof *decoder);
    assert(charset != CHARSET_UNKNOWN);
    decoder->from = ucnv_open(names[charset], &code);
    decoder->to = ucnv_open("UTF-8", &code);
    assert(U_SUCCESS(code)); /* all of them are built into ICU */
    decoder->pivot_from = decoder->pivot_to = decoder->pivot;
    return decoder;
}

void decoder_free(Decoder *decoder)
{
    if (!decoder)
        return;
    ucnv_close(decoder->from);
    ucnv_close(decoder->to);
    free(decoder);
}

void decoder_add(Decoder *decoder, const char *bytes, size_t len, bool last, Buf *ret)
{
    const char *from = bytes, *end = bytes + len;
    UErrorCode code;
    do {
        char room[STEP], *to = room;
        code = U_ZERO_ERROR;
        ucnv_convertEx(decoder->to, decoder->from, &to, room + sizeof room, &from, end, decoder->pivot,
                       &decoder->pivot_from, &decoder->pivot_to, decoder->pivot + PIVOT, !decoder->begun,
                       last, &code);
        decoder->begun = true;
        buf_add(ret, room, (size_t)(to - room));
    } while (code == U_BUFFER_OVERFLOW_ERROR && !ret->full);
}
