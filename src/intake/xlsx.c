#include "intake/xlsx.h"
#include "intake/merges.h"
#include "intake/workbook.h"
#include "intake/xml.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How a cell says what it holds (ECMA-376, 18.18.11). */
typedef enum Held {
    HELD_NUMBER,
    HELD_SHARED,
    HELD_INLINE,
    HELD_RESULT,
    HELD_BOOL,
    HELD_ERROR,
    HELD_DATE
} Held;

struct Xlsx {
    Package *package;
    Arena *arena, *row_arena;
    Workbook book;
    uint32_t sheet; /* that is being read */
    Xml *xml;
    Merges merges;
    /* the row that is being read */
    int64_t row;
    bool in_row, row_done;
    Cell cells[GRID_COLUMNS_MAX];
    uint32_t count;
    /* the cell */
    bool in_cell, in_value, in_reading, formula;
    Held held;
    uint32_t column; /* that comes next, or of the cell */
    uint32_t style;
    Buf text;
};

/* ---- what a cell holds ---- */

static Held held_of(const char *type)
{
    static const struct {
        const char *type;
        Held held;
    } known[] = {{"n", HELD_NUMBER},   {"s", HELD_SHARED}, {"inlineStr", HELD_INLINE},
                 {"str", HELD_RESULT}, {"b", HELD_BOOL},   {"e", HELD_ERROR},
                 {"d", HELD_DATE}};
    for (size_t i = 0; type && i < sizeof known / sizeof *known; i++)
        if (strcmp(type, known[i].type) == 0)
            return known[i].held;
    return HELD_NUMBER;
}

static void put_time(char *to, size_t room, double serial)
{
    int64_t minutes = llround((serial - floor(serial)) * 24 * 60);
    if (minutes > 0 && minutes < 24 * 60)
        snprintf(to, room, "T%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static bool date_cell(Xlsx *xlsx, double serial, Cell *cell)
{
    int32_t day;
    Buf text;
    char time[16] = "";
    if (xlsx->style >= xlsx->book.style_count || !xlsx->book.style_dates[xlsx->style] ||
        !grid_serial_day(serial, xlsx->book.from_1904, &day))
        return false;
    buf_init(&text, 64);
    buf_date(&text, (DateSpan){day, day});
    put_time(time, sizeof time, serial);
    buf_c(&text, time);
    *cell = (Cell){.text = str_copy(xlsx->row_arena, buf_view(&text)), .type = CELL_DATE};
    buf_done(&text);
    return true;
}

/* Spreadsheets write 0.67 as 0.67000000000000004: what they show has fifteen digits. */
static Cell number_cell(Xlsx *xlsx, Str written)
{
    double number;
    char shown[40];
    Cell cell;
    if (!str_double(written, &number))
        return (Cell){.text = str_copy(xlsx->row_arena, written), .type = CELL_TEXT};
    if (date_cell(xlsx, number, &cell))
        return cell;
    snprintf(shown, sizeof shown, "%.15g", number);
    if (strchr(shown, 'e'))
        snprintf(shown, sizeof shown, fabs(number) < 1e18 && fabs(number) >= 1 ? "%.0f" : "%.15f", number);
    return (Cell){.text = str_copy(xlsx->row_arena, str_of(shown)), .type = CELL_NUMBER};
}

static Err bad_cell(const char *detail)
{
    return fail(ERR_WORKBOOK, "detail", detail, NULL);
}

static Err shared_cell(Xlsx *xlsx, Str written, Cell *ret)
{
    int64_t number;
    Str text;
    if (!str_int(str_trim(written), &number) || number < 0 ||
        !workbook_text(&xlsx->book, (uint64_t)number, &text))
        return bad_cell("a cell names a text that the workbook does not hold");
    *ret = (Cell){.text = text, .type = text.len > 0 ? CELL_TEXT : CELL_BLANK};
    return OK;
}

static Err cell_of(Xlsx *xlsx, Cell *ret)
{
    Str written = buf_view(&xlsx->text);
    *ret = (Cell){0};
    if (written.len == 0)
        return OK;
    switch (xlsx->held) {
    case HELD_SHARED:
        return shared_cell(xlsx, written, ret);
    case HELD_NUMBER:
        *ret = number_cell(xlsx, str_trim(written));
        return OK;
    case HELD_BOOL:
        *ret = (Cell){.text = str_is(str_trim(written), "1") ? STR("true") : STR("false"), .type = CELL_BOOL};
        return OK;
    case HELD_INLINE:
    case HELD_RESULT:
    case HELD_ERROR:
    case HELD_DATE:
        break;
    }
    *ret = (Cell){.text = str_copy(xlsx->row_arena, written),
                  .type = xlsx->held == HELD_ERROR  ? CELL_ERROR
                          : xlsx->held == HELD_DATE ? CELL_DATE
                                                    : CELL_TEXT};
    return OK;
}

/* ---- rows and cells as they come ---- */

static Err begin_row(Xlsx *xlsx, const char **attributes)
{
    const char *told = xml_attribute(attributes, "r");
    int64_t row = xlsx->row + 1;
    if (told && (!str_int(str_of(told), &row) || row <= xlsx->row))
        return bad_cell("its rows are not in order");
    if (row > GRID_ROWS_MAX)
        return fail(ERR_LIMIT, "what", "rows of a sheet", "limit", num_c(GRID_ROWS_MAX), NULL);
    xlsx->row = row;
    xlsx->in_row = true;
    xlsx->count = xlsx->column = 0;
    arena_reset(xlsx->row_arena);
    return OK;
}

static Err begin_cell(Xlsx *xlsx, const char **attributes)
{
    const char *place = xml_attribute(attributes, "r"), *style = xml_attribute(attributes, "s");
    int64_t row = xlsx->row, number = 0;
    uint32_t column = xlsx->column;
    if (place && (!grid_place(str_of(place), &row, &column) || row != xlsx->row || column < xlsx->column))
        return bad_cell("its cells are not in order");
    if (column >= GRID_COLUMNS_MAX)
        return fail(ERR_LIMIT, "what", "columns of a sheet", "limit", num_c(GRID_COLUMNS_MAX), NULL);
    xlsx->column = column;
    xlsx->in_cell = true;
    xlsx->formula = false;
    xlsx->held = held_of(xml_attribute(attributes, "t"));
    xlsx->style = style && str_int(str_of(style), &number) && number >= 0 && number < WORKBOOK_STYLES_MAX
                      ? (uint32_t)number
                      : 0;
    buf_clear(&xlsx->text);
    return OK;
}

static Err end_cell(Xlsx *xlsx)
{
    Cell cell;
    xlsx->in_cell = false;
    if (xlsx->text.full)
        return fail(ERR_LIMIT, "what", "bytes of a cell", "limit", num_c(GRID_CELL_MAX), NULL);
    TRY(cell_of(xlsx, &cell));
    cell.formula = xlsx->formula;
    while (xlsx->count < xlsx->column)
        xlsx->cells[xlsx->count++] = (Cell){0};
    xlsx->cells[xlsx->column++] = cell;
    xlsx->count = xlsx->column;
    return OK;
}

static Err on_start(void *user, const char *name, const char **attributes)
{
    Xlsx *xlsx = user;
    if (strcmp(name, "row") == 0)
        return begin_row(xlsx, attributes);
    if (strcmp(name, "c") == 0 && xlsx->in_row)
        return begin_cell(xlsx, attributes);
    if (!xlsx->in_cell)
        return OK;
    xlsx->formula |= strcmp(name, "f") == 0;
    xlsx->in_reading |= strcmp(name, "rPh") == 0;
    xlsx->in_value = !xlsx->in_reading && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0);
    return OK;
}

static Err on_end(void *user, const char *name)
{
    Xlsx *xlsx = user;
    xlsx->in_value = false;
    if (strcmp(name, "rPh") == 0)
        xlsx->in_reading = false;
    if (strcmp(name, "c") == 0 && xlsx->in_cell)
        return end_cell(xlsx);
    if (strcmp(name, "row") != 0 || !xlsx->in_row)
        return OK;
    xlsx->in_row = false;
    xlsx->row_done = true;
    xml_pause(xlsx->xml);
    return OK;
}

static Err on_text(void *user, const char *bytes, size_t len)
{
    Xlsx *xlsx = user;
    if (xlsx->in_value)
        buf_add(&xlsx->text, bytes, len);
    return OK;
}

static const XmlHandlers row_handlers = {on_start, on_end, on_text};

/* ---- merged areas: they stand behind the rows, so a sheet is read twice ---- */

static Err merge_start(void *user, const char *name, const char **attributes)
{
    Xlsx *xlsx = user;
    const char *area = strcmp(name, "mergeCell") == 0 ? xml_attribute(attributes, "ref") : NULL;
    if (area && merges_add(&xlsx->merges, str_of(area)) && xlsx->merges.count > XLSX_MERGES_MAX)
        return fail(ERR_LIMIT, "what", "merged areas of a sheet", "limit", num_c(XLSX_MERGES_MAX), NULL);
    return OK;
}

static Err merge_end(void *user, const char *name)
{
    (void)user, (void)name;
    return OK;
}

static const XmlHandlers merge_handlers = {merge_start, merge_end, NULL};

/* ---- open, sheets, rows ---- */

Err xlsx_open(int fd, Xlsx **ret)
{
    Package *package;
    TRY(package_open(fd, &package));
    Xlsx *xlsx = heap_zalloc(sizeof *xlsx);
    xlsx->package = package;
    xlsx->arena = arena_new();
    xlsx->row_arena = arena_new();
    buf_init(&xlsx->text, GRID_CELL_MAX);
    Err err = workbook_read(package, xlsx->arena, &xlsx->book);
    if (err == OK)
        *ret = xlsx;
    else
        xlsx_close(xlsx);
    return err;
}

void xlsx_close(Xlsx *xlsx)
{
    if (!xlsx)
        return;
    xml_free(xlsx->xml);
    merges_done(&xlsx->merges);
    package_close(xlsx->package);
    arena_free(xlsx->arena);
    arena_free(xlsx->row_arena);
    buf_done(&xlsx->text);
    free(xlsx);
}

const SheetInfo *xlsx_sheets(const Xlsx *xlsx, uint32_t *ret_count)
{
    *ret_count = xlsx->book.sheet_count;
    return xlsx->book.sheets;
}

static Err told_where(const Xlsx *xlsx, Err err)
{
    char row[24];
    snprintf(row, sizeof row, "%lld", (long long)xlsx->row);
    err = fail_also(err, "sheet", str_c(xlsx->book.sheets[xlsx->sheet].name));
    return xlsx->row > 0 ? fail_also(err, "row", row) : err;
}

Err xlsx_sheet(Xlsx *xlsx, uint32_t sheet)
{
    Part *part;
    const char *path = xlsx->book.parts[sheet].ptr;
    xml_free(xlsx->xml);
    xlsx->xml = NULL;
    xlsx->sheet = sheet;
    xlsx->row = 0;
    xlsx->in_row = xlsx->in_cell = xlsx->in_value = xlsx->in_reading = xlsx->row_done = false;
    merges_begin(&xlsx->merges);
    if (!path)
        return told_where(xlsx, fail(ERR_WORKBOOK, "detail", "a part is missing", NULL));
    Err err = xml_read(xlsx->package, path, &merge_handlers, xlsx);
    if (err == OK)
        err = part_open(xlsx->package, path, &part);
    if (err != OK)
        return told_where(xlsx, err);
    merges_sort(&xlsx->merges);
    xlsx->xml = xml_new(part, &row_handlers, xlsx);
    return OK;
}

Err xlsx_next(Xlsx *xlsx, GridRow *ret, bool *ret_more)
{
    *ret_more = false;
    if (!xlsx->xml)
        return OK;
    bool more;
    xlsx->row_done = false;
    Err err = xml_run(xlsx->xml, &more);
    if (err == OK && xlsx->row_done)
        err = merges_fill(&xlsx->merges, xlsx->row, xlsx->cells, &xlsx->count);
    if (err != OK || !more) {
        xml_free(xlsx->xml);
        xlsx->xml = NULL;
    }
    if (err != OK)
        return told_where(xlsx, err);
    *ret_more = xlsx->row_done;
    *ret = (GridRow){xlsx->row, xlsx->cells, xlsx->count};
    return OK;
}
