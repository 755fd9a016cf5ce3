/* Tables of text: every delimiter and charset, cells over several lines, and marks that are never closed. */
#include "intake/delimited.h"
#include "test.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int file_of(const char *bytes, size_t len)
{
    char path[400];
    snprintf(path, sizeof path, "%s/a.csv", test_folder());
    FILE *file = fopen(path, "wb");
    CHECK(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
    return open(path, O_RDONLY | O_CLOEXEC);
}

static Delimited *opened(const char *bytes, size_t len)
{
    Delimited *table = NULL;
    CHECK_OK(delimited_open(file_of(bytes, len), &table));
    return table;
}

/* All rows as "1:a|b\n3:c|d\n", a stray mark's with a ! behind the number. */
static const char *rows_of(Delimited *table)
{
    static char text[4000];
    size_t at = 0;
    text[0] = '\0';
    for (;;) {
        GridRow row;
        bool stray, more;
        CHECK_OK(delimited_next(table, &row, &stray, &more));
        if (!more)
            return text;
        at +=
            (size_t)snprintf(text + at, sizeof text - at, "%lld%s:", (long long)row.number, stray ? "!" : "");
        for (uint32_t i = 0; i < row.count; i++)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s", i ? "|" : "",
                                   STR_ARG(row.cells[i].text));
        at += (size_t)snprintf(text + at, sizeof text - at, "\n");
    }
}

static void reads(const char *bytes, size_t len, const char *rows)
{
    Delimited *table = opened(bytes, len);
    CHECK_STR(str_of(rows_of(table)), rows);
    delimited_close(table);
}

#define READS(literal, rows) reads(literal, sizeof(literal) - 1, rows)

TEST(cells_are_split_at_what_most_lines_have_equally_often)
{
    READS("a,b,c\n1,2,3\n", "1:a|b|c\n2:1|2|3\n");
    READS("a;b\n1,5;2\n2,5;3\n3;4\n", "1:a|b\n2:1,5|2\n3:2,5|3\n4:3|4\n");
    READS("a\tb\nx, y\tz\n", "1:a|b\n2:x, y|z\n");
    READS("a|b\n1|2", "1:a|b\n2:1|2\n");
    READS("one\ntwo\n", "1:one\n2:two\n");
}

TEST(lines_end_with_lf_cr_lf_or_cr_and_blank_ones_count)
{
    READS("a,b\r\n\r\n1,2\r\n", "1:a|b\n2:\n3:1|2\n");
    READS("a,b\r1,2\r", "1:a|b\n2:1|2\n");
    READS("a,b\n1,2", "1:a|b\n2:1|2\n");
    READS("a,b\n,\n", "1:a|b\n2:|\n");
}

TEST(a_cell_in_quotation_marks_may_hold_marks_delimiters_and_lines)
{
    READS("a,b\n\"x, \"\"y\"\"\",2\n\"two\nlines\",3\n4,5\n", "1:a|b\n2:x, \"y\"|2\n3:two\nlines|3\n5:4|5\n");
}

TEST(a_mark_that_is_never_closed_ends_with_its_line_and_is_told)
{
    READS("a,b\n\"x,1\n2,3\n\"q\",4\n", "1:a|b\n2!:x|1\n3:2|3\n4:q|4\n");
    READS("a,b\n1,\"x\n", "1:a|b\n2!:1|x\n");
    READS("a,b\nit\"s,1\n", "1:a|b\n2:it\"s|1\n");
}

TEST(every_charset_gives_the_same_rows)
{
    const char *want = "1:企业|县\n2:甲|新会\n";
    READS("企业,县\n甲,新会\n", want);
    READS("\xEF\xBB\xBF企业,县\n甲,新会\n", want);
    READS("\xC6\xF3\xD2\xB5,\xCF\xD8\n\xBC\xD7,\xD0\xC2\xBB\xE1\n", want);
    READS("\xFF\xFE\x01\x4F\x1A\x4E\t\0\xBF\x53\n\0\x32\x75\t\0\xB0\x65\x1A\x4F\n\0", want);
    Delimited *table = opened("\xC6\xF3;\xD2\xB5\n", 6);
    CHECK_EQ(delimited_info(table)->charset, CHARSET_GB18030);
    CHECK_EQ(delimited_info(table)->delimiter, ';');
    delimited_close(table);
}

TEST(what_is_no_text_or_too_much_is_refused)
{
    Delimited *table;
    CHECK_ERR(delimited_open(file_of("", 0), &table), ERR_CSV);
    CHECK_ERR(delimited_open(file_of("a\0b", 3), &table), ERR_ENCODING);
    size_t len = DELIMITED_LINE_MAX + 1000;
    char *much = malloc(len);
    memset(much, 'x', len);
    CHECK_ERR(delimited_open(file_of(much, len), &table), ERR_LIMIT);
    memset(much, ',', 3000);
    much[3000] = '\n';
    Delimited *wide = opened(much, 3001);
    GridRow row;
    bool stray, more;
    CHECK_ERR(delimited_next(wide, &row, &stray, &more), ERR_LIMIT);
    delimited_close(wide);
    free(much);
}

/* Long files come in chunks: a row at every place of a chunk's edge. */
TEST(rows_are_whole_wherever_a_chunk_ends)
{
    Buf text;
    buf_init(&text, 1 << 22);
    buf_c(&text, "编号,名称\r\n");
    for (int i = 0; i < 20000; i++)
        buf_fmt(&text, "%d,\"甲%d,\r\n乙\"\r\n", i, i * 7919);
    Delimited *table = opened(text.ptr, text.len);
    GridRow row;
    bool stray, more;
    CHECK_OK(delimited_next(table, &row, &stray, &more));
    for (int i = 0; i < 20000; i++) {
        char want[64];
        CHECK_OK(delimited_next(table, &row, &stray, &more));
        snprintf(want, sizeof want, "甲%d,\r\n乙", i * 7919);
        CHECK(more && !stray && row.count == 2 && row.number == 2 + 2 * (int64_t)i);
        CHECK_STR(row.cells[1].text, want);
    }
    CHECK_OK(delimited_next(table, &row, &stray, &more));
    CHECK(!more);
    delimited_close(table);
    buf_done(&text);
}
