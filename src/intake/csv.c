#include "intake/csv.h"
#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 200 }; /* of a file: no table of text has a zero byte there */

/* A row is read in one pass. Quoted cells are unquoted in place: `to` never passes `at`. Places are offsets
 * from the row's start, since reading more moves the window. */
struct Csv {
    Input *input;
    int64_t row;
    bool started;
    char *bytes; /* the window */
    size_t len;  /* of the window */
    size_t at;   /* next byte to read */
    uint32_t count;
    size_t starts[CSV_COLUMNS_MAX], ends[CSV_COLUMNS_MAX];
    Str cells[CSV_COLUMNS_MAX];
};

Csv *csv_new(Input *input)
{
    Csv *csv = heap_zalloc(sizeof *csv);
    csv->input = input;
    return csv;
}

void csv_free(Csv *csv)
{
    free(csv);
}

int64_t csv_row(const Csv *csv)
{
    return csv->row;
}

static Err fail_row(const Csv *csv, Err code, const char *detail)
{
    return fail(code, "row", num_c(csv->row), "detail", detail, NULL);
}

static Err fail_limit(const Csv *csv, const char *what, int64_t limit)
{
    return fail(ERR_LIMIT, "what", what, "limit", num_c(limit), "row", num_c(csv->row), NULL);
}

/* Is there a byte at csv->at? Reads more if the window ends there. */
static Err has_byte(Csv *csv, bool *ret)
{
    if (csv->at < csv->len) {
        *ret = true;
        return OK;
    }
    if (csv->at > CSV_ROW_MAX)
        return fail_limit(csv, "one row", CSV_ROW_MAX);
    TRY(input_more(csv->input, ret));
    csv->bytes = input_window(csv->input, &csv->len);
    return OK;
}

/* From behind the opening quotation mark to behind the closing one. */
static Err quoted_cell(Csv *csv, size_t *ret_end)
{
    size_t to = csv->at, from = csv->at;
    bool more;
    for (;;) {
        TRY(has_byte(csv, &more));
        if (!more)
            return fail_row(csv, ERR_CSV, "a quotation mark is not closed");
        const char *mark = memchr(csv->bytes + csv->at, '"', csv->len - csv->at);
        size_t run = mark ? (size_t)(mark - csv->bytes) - csv->at : csv->len - csv->at;
        if (to != csv->at)
            memmove(csv->bytes + to, csv->bytes + csv->at, run);
        to += run;
        csv->at += run;
        if (to - from > CSV_CELL_MAX)
            return fail_limit(csv, "one cell", CSV_CELL_MAX);
        if (!mark)
            continue;
        csv->at++;
        TRY(has_byte(csv, &more));
        if (!more || csv->bytes[csv->at] != '"')
            break;
        csv->bytes[to++] = '"';
        csv->at++;
    }
    *ret_end = to;
    if (!more)
        return OK;
    char next = csv->bytes[csv->at];
    if (next != ',' && next != '\n' && next != '\r')
        return fail_row(csv, ERR_CSV, "text stands behind a closing quotation mark");
    return OK;
}

static Err plain_cell(Csv *csv, size_t *ret_end)
{
    size_t from = csv->at;
    for (;;) {
        const char *bytes = csv->bytes;
        size_t at = csv->at, len = csv->len;
        while (at < len && bytes[at] != ',' && bytes[at] != '\n' && bytes[at] != '"')
            at++;
        csv->at = at;
        if (at - from > CSV_CELL_MAX)
            return fail_limit(csv, "one cell", CSV_CELL_MAX);
        bool more;
        TRY(has_byte(csv, &more));
        if (!more || at < len)
            break;
    }
    if (csv->at < csv->len && csv->bytes[csv->at] == '"')
        return fail_row(csv, ERR_CSV, "a quotation mark stands inside a cell that does not begin with one");
    size_t end = csv->at;
    bool line_ends = csv->at == csv->len || csv->bytes[csv->at] == '\n';
    if (line_ends && end > from && csv->bytes[end - 1] == '\r')
        end--;
    *ret_end = end;
    return OK;
}

/* Behind a cell: a comma (true), or the row's end (false). */
static Err after_cell(Csv *csv, bool *ret_another)
{
    bool more;
    *ret_another = false;
    TRY(has_byte(csv, &more));
    if (!more)
        return OK;
    if (csv->bytes[csv->at] == '\r') {
        csv->at++;
        TRY(has_byte(csv, &more));
        if (!more)
            return OK;
        if (csv->bytes[csv->at] != '\n')
            return fail_row(csv, ERR_CSV, "a carriage return stands without a line feed");
    }
    *ret_another = csv->bytes[csv->at] == ',';
    csv->at++;
    return OK;
}

static Err read_row(Csv *csv)
{
    bool another = true, more;
    csv->count = 0;
    csv->at = 0;
    while (another) {
        if (csv->count == CSV_COLUMNS_MAX)
            return fail_limit(csv, "columns", CSV_COLUMNS_MAX);
        TRY(has_byte(csv, &more));
        bool quoted = more && csv->bytes[csv->at] == '"';
        csv->at += quoted;
        csv->starts[csv->count] = csv->at;
        TRY(quoted ? quoted_cell(csv, &csv->ends[csv->count]) : plain_cell(csv, &csv->ends[csv->count]));
        csv->count++;
        TRY(after_cell(csv, &another));
    }
    return csv->at > CSV_ROW_MAX ? fail_limit(csv, "one row", CSV_ROW_MAX) : OK;
}

static bool is_ascii(const char *bytes, size_t len)
{
    uint64_t all = 0, word;
    size_t i = 0;
    for (; i + sizeof word <= len; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        all |= word;
    }
    for (; i < len; i++)
        all |= (unsigned char)bytes[i];
    return (all & 0x8080808080808080u) == 0;
}

static Err start(Csv *csv)
{
    csv->started = true;
    csv->row = 1;
    TRY(input_fill(csv->input, 3));
    csv->bytes = input_window(csv->input, &csv->len);
    if (csv->len >= 2 && (memcmp(csv->bytes, "\xFF\xFE", 2) == 0 || memcmp(csv->bytes, "\xFE\xFF", 2) == 0))
        return fail_row(csv, ERR_ENCODING, "it is UTF-16");
    if (csv->len > 0 && memchr(csv->bytes, '\0', csv->len < HEAD_BYTES ? csv->len : HEAD_BYTES))
        return fail_row(csv, ERR_ENCODING, "it holds zero bytes (a workbook, or UTF-16)");
    input_skip(csv->input, input_mark(csv->input));
    csv->row = 0;
    return OK;
}

Err csv_next(Csv *csv, const Str **ret_cells, uint32_t *ret_count)
{
    if (!csv->started)
        TRY(start(csv));
    for (;;) {
        bool more;
        csv->bytes = input_window(csv->input, &csv->len);
        csv->at = 0;
        TRY(has_byte(csv, &more));
        if (!more) {
            *ret_count = 0;
            return OK;
        }
        csv->row++;
        TRY(read_row(csv));
        input_skip(csv->input, csv->at); /* the bytes stay where they are until more are read */
        if (csv->count > 1 || csv->ends[0] > csv->starts[0])
            break;
    }
    for (uint32_t i = 0; i < csv->count; i++) {
        csv->cells[i] = (Str){csv->bytes + csv->starts[i], csv->ends[i] - csv->starts[i]};
        if (!is_ascii(csv->cells[i].ptr, csv->cells[i].len) && !str_utf8_valid(csv->cells[i]))
            return fail_row(csv, ERR_ENCODING, "bytes that are no UTF-8 (GBK?)");
    }
    *ret_cells = csv->cells;
    *ret_count = csv->count;
    return OK;
}
