/* CSV as it comes: quotes, line breaks, marks at the start, and files that are broken. */
#include "intake/csv.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

static char text[4096];

/* All rows as text: cells in <>, a row's number before it. */
static Err read_all(Str bytes)
{
    Input *input = input_of(bytes, "test.csv");
    Csv *csv = csv_new(input);
    Buf buf;
    buf_init(&buf, sizeof text - 1);
    Err err;
    for (;;) {
        const Str *cells;
        uint32_t count;
        err = csv_next(csv, &cells, &count);
        if (err != OK || count == 0)
            break;
        buf_fmt(&buf, "%d", (int)csv_row(csv));
        for (uint32_t i = 0; i < count; i++)
            buf_fmt(&buf, "<" STR_FMT ">", STR_ARG(cells[i]));
    }
    memcpy(text, buf_view(&buf).ptr, buf.len);
    text[buf.len] = '\0';
    buf_done(&buf);
    csv_free(csv);
    input_close(input);
    return err;
}

static const char *rows(const char *bytes)
{
    CHECK_OK(read_all(str_of(bytes)));
    return text;
}

#define CHECK_ROW(want)    CHECK_STR(str_of(fault_arg(fault_last(), "row")), want)
#define CHECK_DETAIL(want) CHECK_STR(str_of(fault_arg(fault_last(), "detail")), want)

TEST(rows_end_with_lf_or_crlf_or_the_file)
{
    CHECK_STR(str_of(rows("a,b\nc,d\r\ne,f")), "1<a><b>2<c><d>3<e><f>");
}

TEST(an_empty_file_has_no_rows)
{
    CHECK_STR(str_of(rows("")), "");
    CHECK_STR(str_of(rows("\xEF\xBB\xBF")), "");
}

TEST(blank_rows_are_passed_over_and_counted)
{
    CHECK_STR(str_of(rows("a\n\n\r\nb\n")), "1<a>4<b>");
}

TEST(quoted_cells_keep_commas_quotes_and_line_breaks)
{
    CHECK_STR(str_of(rows("\"a,b\",\"say \"\"hi\"\"\",\"x\ny\"\nz")), "1<a,b><say \"hi\"><x\ny>2<z>");
    CHECK_STR(str_of(rows("\"\",\"\"\"\"\n\"a\"\r\n")), "1<><\">2<a>");
}

TEST(empty_cells_are_cells)
{
    CHECK_STR(str_of(rows(",,\n,x,")), "1<><><>2<><x><>");
}

TEST(a_byte_order_mark_is_no_part_of_the_first_heading)
{
    CHECK_STR(str_of(rows("\xEF\xBB\xBFid,名称\n")), "1<id><名称>");
}

TEST(a_quotation_mark_that_is_not_closed_says_its_row)
{
    CHECK_ERR(read_all(STR("a,b\nc,\"d\ne,f\n")), ERR_CSV);
    CHECK_ROW("2");
    CHECK_DETAIL("a quotation mark is not closed");
}

TEST(a_quotation_mark_out_of_place_is_refused)
{
    CHECK_ERR(read_all(STR("a\n5\" pipe,b\n")), ERR_CSV);
    CHECK_ROW("2");
    CHECK_ERR(read_all(STR("\"a\"b,c\n")), ERR_CSV);
    CHECK_ERR(read_all(STR("\"a\"\rb\n")), ERR_CSV);
}

TEST(text_that_is_not_utf8_says_its_row)
{
    CHECK_ERR(read_all(STR("id,name\n1,\xD0\xC2\xBB\xE1\n")), ERR_ENCODING);
    CHECK_ROW("2");
    CHECK_ERR(read_all(STR("\xFF\xFEi\0d\0")), ERR_ENCODING);
}

TEST(a_line_of_a_hundred_megabytes_is_refused_by_its_limit)
{
    size_t len = 100 * 1024 * 1024;
    char *bytes = malloc(len);
    CHECK(bytes != NULL);
    memset(bytes, 'x', len);
    CHECK_ERR(read_all((Str){bytes, len}), ERR_LIMIT);
    CHECK_STR(str_of(fault_arg(fault_last(), "what")), "one cell");
    bytes[0] = '"';
    CHECK_ERR(read_all((Str){bytes, len}), ERR_LIMIT);
    memset(bytes, ',', len);
    CHECK_ERR(read_all((Str){bytes, len}), ERR_LIMIT);
    CHECK_STR(str_of(fault_arg(fault_last(), "what")), "columns");
    for (size_t i = 0; i < len; i += 1000 * 1000)
        memset(bytes + i, 'x', len - i < 999999 ? len - i : 999999);
    CHECK_ERR(read_all((Str){bytes, len}), ERR_LIMIT);
    CHECK_STR(str_of(fault_arg(fault_last(), "what")), "one row");
    CHECK_ROW("1");
    free(bytes);
}

TEST(rows_across_the_windows_edge_are_whole)
{
    size_t len = 3 * INPUT_CHUNK + 17;
    char *bytes = malloc(len);
    CHECK(bytes != NULL);
    const char *row = "\"ab\"\"c\",d\r\n";
    for (size_t i = 0; i < len; i++)
        bytes[i] = row[i % strlen(row)];
    Input *input = input_of((Str){bytes, len - len % strlen(row)}, "test.csv");
    Csv *csv = csv_new(input);
    int64_t seen = 0;
    for (;;) {
        const Str *cells;
        uint32_t count;
        CHECK_OK(csv_next(csv, &cells, &count));
        if (count == 0)
            break;
        CHECK_EQ(count, 2);
        CHECK_STR(cells[0], "ab\"c");
        CHECK_STR(cells[1], "d");
        seen++;
    }
    CHECK_EQ(seen, len / strlen(row));
    CHECK_EQ(csv_row(csv), seen);
    csv_free(csv);
    input_close(input);
    free(bytes);
}
