#include "base/date.h"
#include "base/json.h"
#include "test.h"
#include <stdio.h>

/* The number as UTF-8 of `bytes` bytes, whether it should have so many or not. */
static size_t put_code(char *to, uint32_t code, uint32_t bytes)
{
    static const uint32_t heads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (uint32_t i = bytes - 1; i > 0; i--, code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3F));
    to[0] = (char)(heads[bytes] | code);
    return bytes;
}

TEST(utf8_is_every_number_in_its_shortest_form_but_halves_of_pairs)
{
    static const uint32_t ends[] = {0, 0x80, 0x800, 0x10000, 0x110000, 0x200000};
    uint32_t wrong = 0;
    for (uint32_t bytes = 1; bytes <= 4; bytes++)
        for (uint32_t code = 0; code < ends[bytes] + (bytes == 4 ? 0x1000 : 0); code++) {
            char text[16] = "\xE4\xB8\xADplain ";
            size_t len = 9;
            len += put_code(text + len, code, bytes);
            bool want = code >= ends[bytes - 1] && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
            wrong += str_utf8_valid((Str){text, len}) != want;
            wrong += bytes > 1 && str_utf8_valid((Str){text, len - 1}); /* cut short */
        }
    CHECK_EQ(wrong, 0);
}

TEST(a_decimal_is_kept_as_a_scaled_integer_and_comes_back_the_same)
{
    int64_t n;
    CHECK(str_fixed(STR("12.5"), 2, &n));
    CHECK_EQ(n, 1250);
    Buf buf;
    buf_init(&buf, 100);
    buf_fixed(&buf, n, 2);
    buf_byte(&buf, ' ');
    buf_fixed(&buf, -5, 2);
    CHECK_STR(buf_view(&buf), "12.5 -0.05");
    buf_done(&buf);
}

TEST(a_number_with_more_digits_than_the_field_keeps_is_refused)
{
    int64_t n;
    CHECK(!str_fixed(STR("1.234"), 2, &n));
    CHECK(str_fixed(STR("1.230"), 2, &n));
    CHECK(!str_fixed(STR("1e3"), 2, &n));
    CHECK(!str_fixed(STR("NaN"), 2, &n));
    CHECK(!str_fixed(STR(""), 2, &n));
    CHECK(!str_fixed(STR("99999999999999999999"), 0, &n));
}

TEST(a_month_is_the_span_of_its_days)
{
    DateSpan span;
    CHECK(date_parse(STR("2024-02"), &span));
    CHECK_EQ(span.last - span.first, 28);
    Buf buf;
    buf_init(&buf, 100);
    buf_date(&buf, span);
    CHECK_STR(buf_view(&buf), "2024-02");
    buf_done(&buf);
    CHECK(!date_parse(STR("2023-02-29"), &span));
    CHECK(!date_parse(STR("2023-13"), &span));
}

TEST(a_period_is_two_dates_and_reads_back_as_written)
{
    static const char *const periods[] = {"2022-01/2022-10", "2022-01-03/2022-10-05", "2021/2023",
                                          "2022-01-01/2022-10-05"};
    static const char *const shown[] = {"2022-01/2022-10", "2022-01-03/2022-10-05", "2021-01/2023-12",
                                        "2022-01-01/2022-10-05"};
    for (size_t i = 0; i < 4; i++) {
        DateSpan span;
        Buf buf;
        CHECK(date_parse(str_of(periods[i]), &span));
        buf_init(&buf, 100);
        buf_date(&buf, span);
        CHECK_STR(buf_view(&buf), shown[i]);
        buf_done(&buf);
    }
    DateSpan span;
    CHECK(!date_parse(STR("2022-10/2022-01"), &span));
    CHECK(!date_parse(STR("2022-10/"), &span));
    CHECK(!date_parse(STR("2022/2023/2024"), &span));
}

TEST(a_buffer_at_its_limit_stays_whole_and_says_so)
{
    Buf buf;
    buf_init(&buf, 4);
    buf_c(&buf, "abc");
    buf_c(&buf, "de");
    CHECK_STR(buf_view(&buf), "abc");
    CHECK_ERR(buf_check(&buf, "text"), ERR_LIMIT);
    buf_done(&buf);
}

TEST(a_duplicate_key_in_json_is_an_error_with_its_place)
{
    Json *json;
    CHECK_ERR(json_parse(STR("{\"a\":1,\n\"a\":2}"), &json), ERR_JSON);
    CHECK_STR(str_of(fault_arg(fault_last(), "line")), "2");
}

TEST(what_a_json_error_quotes_is_not_cut_within_a_character)
{
    Json *json;
    CHECK_ERR(json_parse(STR("{\"\\\xDD\x90\": 1}"), &json), ERR_JSON);
    CHECK(str_utf8_valid(str_of(fault_arg(fault_last(), "detail"))));
}

TEST(json_text_is_escaped_so_that_it_reads_back)
{
    Buf buf;
    buf_init(&buf, 1000);
    JsonOut out = json_out(&buf);
    out_object(&out);
    out_name(&out, "a");
    out_str(&out, STR("quote \" back \\ line \n 面积"));
    out_name(&out, "b");
    out_array(&out);
    out_fixed(&out, 1250, 2);
    out_null(&out);
    out_array_end(&out);
    out_object_end(&out);
    Json *json;
    CHECK_OK(json_parse(buf_view(&buf), &json));
    CHECK_STR(json_text(json_get(json, "a")), "quote \" back \\ line \n 面积");
    char scratch[32];
    CHECK_STR(json_number_text(json_at(json_get(json, "b"), 0), scratch), "12.5");
    json_free(json);
    buf_done(&buf);
}

TEST(each_character_that_must_be_escaped_is_wherever_it_stands)
{
    for (int c = 1; c < 0x80; c++) {
        for (size_t at = 0; at < 20; at++) {
            char text[] = "abcdefghijklmnopqrst", got[64], want[64];
            text[at] = (char)c;
            Buf buf;
            buf_init(&buf, 1000);
            JsonOut out = json_out(&buf);
            out_str(&out, (Str){text, 20});
            snprintf(got, sizeof got, STR_FMT, STR_ARG(buf_view(&buf)));
            const char *named = c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : NULL;
            char code[8];
            snprintf(code, sizeof code, "\\u%04x", c);
            snprintf(want, sizeof want, "\"%.*s%s%s\"", (int)at, text,
                     named      ? named
                     : c < 0x20 ? code
                                : (const char[]){(char)c, '\0'},
                     text + at + 1);
            CHECK_STR(str_of(got), want);
            buf_done(&buf);
        }
    }
}
