#include "intake/delimited.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, TRIES_MAX = 8 /* lines with marks that a cell may go over */ };

struct Delimited {
    int fd;
    DelimitedInfo info;
    Decoder *decoder;
    off_t at;   /* next byte of the file */
    bool ended; /* the file; there may be text left */
    Buf text;   /* decoded; from `from` on not yet given */
    size_t from;
    int64_t line;   /* of what stands at `from`, from 1 */
    uint32_t width; /* cells of the first row */
    Buf cells_text; /* of the row last given, unquoted */
    size_t ends[GRID_COLUMNS_MAX];
    Cell cells[GRID_COLUMNS_MAX];
    uint32_t count;
};

static Err read_some(Delimited *table, char *bytes, size_t *ret_len)
{
    ssize_t len = pread(table->fd, bytes, CHUNK, table->at);
    if (len < 0)
        return fail(ERR_FILE_READ, "detail", strerror(errno), NULL);
    table->at += len;
    *ret_len = (size_t)len;
    return OK;
}

static Err over(const Delimited *table, const char *what, int64_t limit)
{
    return fail(ERR_LIMIT, "what", what, "limit", num_c(limit), "row", num_c(table->line), NULL);
}

/* ---- what it is ---- */

static Err find_charset(Delimited *table)
{
    CharsetGuess guess = {0};
    char bytes[CHUNK];
    size_t len = 0, mark;
    do {
        TRY(read_some(table, bytes, &len));
        charset_look(&guess, bytes, len);
    } while (len > 0);
    if (guess.count == 0)
        return fail(ERR_CSV, "row", "1", "detail", "the file is empty", NULL);
    table->info.charset = charset_found(&guess, &mark);
    table->info.mark = mark > 0;
    table->at = (off_t)mark;
    return table->info.charset == CHARSET_UNKNOWN
               ? fail(ERR_ENCODING, "detail", "neither UTF-8 nor GB18030 to its end", NULL)
               : OK;
}

/* The text behind `from` grows by a chunk. */
static Err more_text(Delimited *table)
{
    char bytes[CHUNK];
    size_t len = 0;
    if (table->from > 0) {
        memmove(table->text.ptr, table->text.ptr + table->from, table->text.len - table->from);
        table->text.len -= table->from;
        table->from = 0;
    }
    TRY(read_some(table, bytes, &len));
    table->ended = len == 0;
    decoder_add(table->decoder, bytes, len, table->ended, &table->text);
    return table->text.full ? over(table, "bytes of one row", DELIMITED_LINE_MAX) : OK;
}

/* The line that begins `skip` bytes behind `from`: without its end in *ret_line, with it in *ret_len;
 * *ret_len 0: there is none. Lines end with LF, CR LF, or CR as old spreadsheets write it. Moves the text:
 * take no pointers across a call. */
static Err line_at(Delimited *table, size_t skip, Str *ret_line, size_t *ret_len)
{
    size_t looked = skip;
    for (;;) {
        const char *text = table->text.ptr ? table->text.ptr + table->from : "";
        size_t len = table->text.len - table->from;
        while (looked < len && text[looked] != '\n' && text[looked] != '\r')
            looked++;
        bool crlf = looked + 1 < len && text[looked] == '\r' && text[looked + 1] == '\n';
        bool sure = looked < len && (text[looked] == '\n' || looked + 1 < len || table->ended);
        if (sure || (table->ended && looked >= len)) {
            *ret_line = (Str){text + skip, looked - skip};
            *ret_len = looked - skip + (looked < len ? 1 + crlf : 0);
            return OK;
        }
        TRY(more_text(table));
    }
}

/* How often a character stands outside quotation marks. */
static uint32_t count_outside(Str line, char c)
{
    uint32_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '"')
            quoted = !quoted;
        else if (!quoted && line.ptr[i] == c)
            count++;
    }
    return count;
}

/* That which most lines have equally often, and at least once. */
static Err find_delimiter(Delimited *table)
{
    static const char known[] = {'\t', ';', ',', '|'};
    enum { KNOWN = sizeof known };
    uint32_t counts[KNOWN][DELIMITED_LOOK_LINES], lines = 0, best = 0;
    for (size_t skip = 0, len; lines < DELIMITED_LOOK_LINES; skip += len) {
        Str line;
        TRY(line_at(table, skip, &line, &len));
        if (len == 0)
            break;
        for (int d = 0; line.len > 0 && d < KNOWN; d++)
            counts[d][lines] = count_outside(line, known[d]);
        lines += line.len > 0;
        if (skip + len > DELIMITED_LINE_MAX / 2)
            break;
    }
    table->info.delimiter = ',';
    for (int d = 0; d < KNOWN; d++)
        for (uint32_t i = 0; i < lines; i++) {
            uint32_t same = 0;
            for (uint32_t k = 0; counts[d][i] > 0 && k < lines; k++)
                same += counts[d][k] == counts[d][i];
            if (same > best) {
                best = same;
                table->info.delimiter = known[d];
            }
        }
    return OK;
}

Err delimited_open(int fd, Delimited **ret)
{
    Delimited *table = heap_zalloc(sizeof *table);
    table->fd = fd;
    table->line = 1;
    buf_init(&table->text, DELIMITED_LINE_MAX);
    buf_init(&table->cells_text, DELIMITED_LINE_MAX);
    Err err = find_charset(table);
    if (err == OK) {
        table->decoder = decoder_new(table->info.charset);
        err = find_delimiter(table);
    }
    if (err == OK)
        *ret = table;
    else
        delimited_close(table);
    return err;
}

void delimited_close(Delimited *table)
{
    if (!table)
        return;
    close(table->fd);
    decoder_free(table->decoder);
    buf_done(&table->text);
    buf_done(&table->cells_text);
    free(table);
}

const DelimitedInfo *delimited_info(const Delimited *table)
{
    return &table->info;
}

/* ---- rows ---- */

static Err end_cell(Delimited *table)
{
    if (table->count == GRID_COLUMNS_MAX)
        return over(table, "columns of a sheet", GRID_COLUMNS_MAX);
    size_t from = table->count ? table->ends[table->count - 1] : 0;
    if (table->cells_text.len - from > GRID_CELL_MAX)
        return over(table, "bytes of a cell", GRID_CELL_MAX);
    table->ends[table->count++] = table->cells_text.len;
    return OK;
}

typedef enum Marks { MARKS_CLOSED, MARKS_OPEN, MARKS_WRONG } Marks;

/* Splits a row. `quotes`: marks at a cell's beginning hold it together, two of them are one; *ret_marks: the
 * last was not closed, or something stands behind a closing one. Else marks are left out. */
static Err split(Delimited *table, Str row, bool quotes, Marks *ret_marks)
{
    bool quoted = false, begins = true, closed = false;
    *ret_marks = MARKS_CLOSED;
    buf_clear(&table->cells_text);
    table->count = 0;
    for (size_t i = 0; i < row.len; i++) {
        char c = row.ptr[i];
        if (c == '"' && !quotes)
            continue;
        if (c == '"' && begins && !quoted)
            quoted = true;
        else if (c == '"' && quoted && i + 1 < row.len && row.ptr[i + 1] == '"')
            buf_byte(&table->cells_text, row.ptr[i++]);
        else if (c == '"' && quoted) {
            quoted = false;
            closed = true;
        } else if (c == table->info.delimiter && !quoted) {
            TRY(end_cell(table));
            begins = true;
            closed = false;
            continue;
        } else {
            if (closed)
                *ret_marks = MARKS_WRONG;
            buf_byte(&table->cells_text, c);
        }
        begins = false;
    }
    if (quoted)
        *ret_marks = MARKS_OPEN;
    return end_cell(table);
}

/* A cell may go over several lines. It does if its mark is closed some lines on and the row then is as wide
 * as the first; else the mark is a stray one and the row ends with its line. */
static Err read_row(Delimited *table, size_t *ret_len, int64_t *ret_lines, bool *ret_stray)
{
    Str line;
    size_t len;
    Marks marks;
    TRY(line_at(table, 0, &line, &len));
    TRY(split(table, line, true, &marks));
    *ret_len = len;
    *ret_lines = 1;
    *ret_stray = marks != MARKS_CLOSED;
    size_t first = line.len, all = len;
    int tries = 0;
    for (int64_t lines = 2; marks == MARKS_OPEN && lines <= DELIMITED_CELL_LINES_MAX && tries < TRIES_MAX;
         lines++) {
        size_t more;
        TRY(line_at(table, all, &line, &more));
        Str row = {table->text.ptr + table->from, all + line.len};
        if (more == 0 || row.len > GRID_CELL_MAX)
            break;
        all += more;
        if (!memchr(line.ptr, '"', line.len))
            continue;
        tries++;
        TRY(split(table, row, true, &marks));
        if (marks == MARKS_CLOSED && (table->width == 0 || table->count == table->width)) {
            *ret_len = all;
            *ret_lines = lines;
            *ret_stray = false;
            return OK;
        }
    }
    return *ret_stray ? split(table, (Str){table->text.ptr + table->from, first}, false, &marks) : OK;
}

Err delimited_next(Delimited *table, GridRow *ret, bool *ret_stray, bool *ret_more)
{
    size_t len;
    int64_t lines;
    TRY(read_row(table, &len, &lines, ret_stray));
    *ret_more = len > 0;
    if (len == 0)
        return OK;
    for (uint32_t i = 0; i < table->count; i++) {
        size_t from = i ? table->ends[i - 1] : 0;
        Str text = {table->cells_text.ptr ? table->cells_text.ptr + from : "", table->ends[i] - from};
        table->cells[i] = (Cell){.text = text, .type = text.len ? CELL_TEXT : CELL_BLANK};
    }
    bool blank = table->count == 1 && table->cells[0].type == CELL_BLANK;
    *ret = (GridRow){table->line, table->cells, blank ? 0 : table->count};
    if (table->width == 0 && !blank)
        table->width = table->count;
    table->from += len;
    table->line += lines;
    return OK;
}
