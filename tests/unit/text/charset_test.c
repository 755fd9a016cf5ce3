/* Which charset bytes are in, in pieces of every length, and the same text out of each. */
#include "test.h"
#include "text/charset.h"
#include <string.h>

static const char utf8[] = "江门市,有限公司\r\n㐂𠮷 €";
static const char gb[] =
    "\xBD\xAD\xC3\xC5\xCA\xD0,\xD3\xD0\xCF\xDE\xB9\xAB\xCB\xBE\r\n\x81\x39\xEF\x31\x95\x34\xB2\x35 \xA2\xE3";
static const char big5[] =
    "\xA6\xBF\xAA\xF9\xA5\xAB,\xA6\xB3\xAD\xAD\xA4\xBD\xA5\x71"; /* the first line, in Big5 */

static Charset found(const char *bytes, size_t len, size_t piece, size_t *ret_mark)
{
    CharsetGuess guess = {0};
    for (size_t at = 0; at < len; at += piece)
        charset_look(&guess, bytes + at, len - at < piece ? len - at : piece);
    return charset_found(&guess, ret_mark);
}

TEST(a_text_is_known_whatever_the_pieces_it_comes_in)
{
    size_t mark;
    for (size_t piece = 1; piece < sizeof utf8; piece++) {
        CHECK_EQ(found(utf8, sizeof utf8 - 1, piece, &mark), CHARSET_UTF8);
        CHECK_EQ(mark, 0);
        CHECK_EQ(found(gb, sizeof gb - 1, piece, &mark), CHARSET_GB18030);
    }
    CHECK_EQ(found("id,name\n", 8, 3, &mark), CHARSET_UTF8);
    CHECK_EQ(found("", 0, 1, &mark), CHARSET_UTF8);
}

TEST(byte_order_marks_are_measured)
{
    size_t mark;
    CHECK_EQ(found("\xEF\xBB\xBFid", 5, 2, &mark), CHARSET_UTF8);
    CHECK_EQ(mark, 3);
    CHECK_EQ(found("\xFF\xFEi\0d\0", 6, 5, &mark), CHARSET_UTF16LE);
    CHECK_EQ(mark, 2);
    CHECK_EQ(found("\xFE\xFF\0i\0d", 6, 1, &mark), CHARSET_UTF16BE);
    CHECK_EQ(found("\xFF\xFEi", 3, 3, &mark), CHARSET_UNKNOWN);
}

TEST(what_is_neither_is_not_guessed)
{
    size_t mark;
    CHECK_EQ(found(big5, sizeof big5 - 1, 4, &mark), CHARSET_UNKNOWN);
    CHECK_EQ(found("id\0name", 7, 7, &mark), CHARSET_UNKNOWN);
    CHECK_EQ(found("caf\xE9 au lait", 12, 5, &mark), CHARSET_UNKNOWN); /* Latin-1: E9 20 is no pair */
    CHECK_EQ(found("\xBD\xAD\xC3", 3, 3, &mark), CHARSET_UNKNOWN);     /* cut short */
    CHECK_EQ(found("\xED\xA0\x80", 3, 3, &mark), CHARSET_UNKNOWN);     /* a surrogate */
}

TEST(every_charset_gives_the_same_text_in_pieces_of_every_length)
{
    static const char little[] = "\x5F\x6C\xE8\x95\x02\x5E,\0"; /* 江门市, */
    for (size_t piece = 1; piece < sizeof gb; piece++) {
        Buf out;
        buf_init(&out, 1000);
        Decoder *decoder = decoder_new(CHARSET_GB18030);
        for (size_t at = 0; at < sizeof gb - 1; at += piece) {
            size_t len = sizeof gb - 1 - at < piece ? sizeof gb - 1 - at : piece;
            decoder_add(decoder, gb + at, len, at + len == sizeof gb - 1, &out);
        }
        decoder_free(decoder);
        CHECK_STR(buf_view(&out), utf8);
        buf_clear(&out);
        decoder = decoder_new(CHARSET_UTF16LE);
        for (size_t at = 0; at < 8; at += piece)
            decoder_add(decoder, little + at, 8 - at < piece ? 8 - at : piece, at + piece >= 8, &out);
        decoder_free(decoder);
        CHECK_STR(buf_view(&out), "江门市,");
        buf_done(&out);
    }
}

TEST(a_long_text_is_decoded_whole)
{
    Buf in, out, want;
    buf_init(&in, 1 << 20);
    buf_init(&out, 1 << 20);
    buf_init(&want, 1 << 20);
    for (int i = 0; i < 20000; i++) {
        buf_add(&in, gb, 6);
        buf_c(&want, "江门市");
    }
    Decoder *decoder = decoder_new(CHARSET_GB18030);
    decoder_add(decoder, in.ptr, in.len, true, &out);
    decoder_free(decoder);
    CHECK(str_eq(buf_view(&out), buf_view(&want)));
    buf_done(&in);
    buf_done(&out);
    buf_done(&want);
}
