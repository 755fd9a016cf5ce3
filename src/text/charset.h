/* text/charset.h: which charset a file is in, found by decoding all of it, and its bytes as UTF-8. One thread
 * a value. */
#pragma once
#include "base/str.h"

typedef enum Charset {
    CHARSET_UNKNOWN, /* neither: it must be saved anew */
    CHARSET_UTF8,
    CHARSET_GB18030, /* and so GBK and GB 2312 */
    CHARSET_UTF16LE, /* only with its byte order mark: "Unicode text" of spreadsheets */
    CHARSET_UTF16BE,
} Charset;

const char *charset_name(Charset charset); /* "GB18030" */

/* Takes all bytes of a file, in pieces of any length, then tells. What is UTF-8 to its end is that (a text
 * that is both is far more likely so), else what is GB18030 to its end and mostly of the characters of GB
 * 2312: bytes of other charsets pass as GB18030 too, but as rare characters. */
typedef struct CharsetGuess {
    uint64_t count;               /* bytes seen */
    unsigned char head[4];        /* the first of them */
    unsigned char utf8[4], gb[4]; /* a character that is not whole yet */
    uint32_t utf8_len, gb_len;
    bool utf8_wrong, gb_wrong, zero;
    uint64_t gb_pairs, gb_usual; /* of two bytes; of these, of GB 2312 */
} CharsetGuess;

void charset_look(CharsetGuess *guess, const char *bytes, size_t len);
Charset charset_found(const CharsetGuess *guess,
                      size_t *ret_mark); /* *ret_mark: length of the byte order mark */

/* Bytes of a charset → UTF-8, piece by piece. */
typedef struct Decoder Decoder;

Decoder *decoder_new(Charset charset);
void decoder_free(Decoder *decoder); /* NULL is fine */

/* `last`: these are the last bytes. What is no character of the charset is U+FFFD. Adds to `ret`. */
void decoder_add(Decoder *decoder, const char *bytes, size_t len, bool last, Buf *ret);
