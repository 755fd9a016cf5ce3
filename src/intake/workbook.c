#include "intake/workbook.h"
#include "intake/xml.h"
#include <stdlib.h>
#include <string.h>

enum { RELATIONS_MAX = 2 * GRID_SHEETS_MAX + 64, FORMATS_MAX = 4096, FORMAT_FIRST_OWN = 164 };

typedef struct Relation {
    Str id, type, target;
} Relation;

typedef struct Reading {
    Arena *arena;
    Workbook *book;
    Str ids[GRID_SHEETS_MAX]; /* of the sheets' relations */
    Relation relations[RELATIONS_MAX];
    uint32_t relation_count;
    /* styles */
    uint32_t own_formats[FORMATS_MAX]; /* numbers of own formats that are dates */
    uint32_t own_count;
    bool in_cell_styles;
    bool *dates;
    /* shared texts */
    bool in_text, in_reading;
    Buf texts;
    uint32_t *ends;
    uint32_t ends_room;
} Reading;

static Err over(const char *what, int64_t limit)
{
    return fail(ERR_LIMIT, "what", what, "limit", num_c(limit), NULL);
}

static Str copied(Reading *reading, const char *text)
{
    return str_copy(reading->arena, str_of(text ? text : ""));
}

static Err nothing(void *user, const char *name)
{
    (void)user, (void)name;
    return OK;
}

/* ---- relations: which part is meant by an id ---- */

static Err relation_start(void *user, const char *name, const char **attributes)
{
    Reading *reading = user;
    if (strcmp(name, "Relationship") != 0)
        return OK;
    if (reading->relation_count == RELATIONS_MAX)
        return over("relations of a workbook", RELATIONS_MAX);
    reading->relations[reading->relation_count++] = (Relation){
        copied(reading, xml_attribute(attributes, "Id")), copied(reading, xml_attribute(attributes, "Type")),
        copied(reading, xml_attribute(attributes, "Target"))};
    return OK;
}

static const XmlHandlers relation_handlers = {relation_start, nothing, NULL};

static bool ends_with(Str text, const char *end)
{
    size_t len = strlen(end);
    return text.len >= len && memcmp(text.ptr + text.len - len, end, len) == 0;
}

static const Relation *relation_of_type(const Reading *reading, const char *end)
{
    for (uint32_t i = 0; i < reading->relation_count; i++)
        if (ends_with(reading->relations[i].type, end))
            return &reading->relations[i];
    return NULL;
}

/* The path of a target in the package: from its root if it begins with a slash, else from `folder`. */
static Str target_path(Reading *reading, Str folder, Str target)
{
    Buf path;
    buf_init(&path, PACKAGE_PATH_MAX);
    bool absolute = str_starts(target, "/");
    if (!absolute)
        buf_str(&path, folder);
    buf_str(&path, absolute ? (Str){target.ptr + 1, target.len - 1} : target);
    Str copy = str_copy(reading->arena, path.full ? STR("") : buf_view(&path));
    buf_done(&path);
    return copy;
}

/* ---- the list of sheets ---- */

static Err book_start(void *user, const char *name, const char **attributes)
{
    Reading *reading = user;
    Workbook *book = reading->book;
    if (strcmp(name, "workbookPr") == 0) {
        const char *value = xml_attribute(attributes, "date1904");
        book->from_1904 = value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
    }
    if (strcmp(name, "sheet") != 0)
        return OK;
    if (book->sheet_count == GRID_SHEETS_MAX)
        return over("sheets of a workbook", GRID_SHEETS_MAX);
    const char *state = xml_attribute(attributes, "state");
    Str called = copied(reading, xml_attribute(attributes, "name"));
    if (called.len > GRID_NAME_MAX)
        return over("bytes of a sheet's name", GRID_NAME_MAX);
    reading->ids[book->sheet_count] = copied(reading, xml_attribute(attributes, "id"));
    book->sheets[book->sheet_count++] = (SheetInfo){called, state && strcmp(state, "visible") != 0};
    return OK;
}

static const XmlHandlers book_handlers = {book_start, nothing, NULL};

/* ---- styles: which are dates ---- */

/* The numbers that the standard gives to dates and times, in every language (ECMA-376, 18.8.30). */
static bool format_is_date(uint32_t number)
{
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) ||
           (number >= 45 && number <= 47) || (number >= 50 && number <= 58);
}

/* A format of the workbook's own is a date if a letter of one stands in it, outside quotes and brackets. */
static bool code_is_date(const char *code)
{
    bool quoted = false, bracketed = false;
    for (const char *c = code; *c; c++) {
        if (*c == '\\' && c[1])
            c++;
        else if (*c == '"')
            quoted = !quoted;
        else if (!quoted && (*c == '[' || *c == ']'))
            bracketed = *c == '[';
        else if (!quoted && !bracketed && strchr("yYdDhHmMsS", *c))
            return true;
    }
    return false;
}

static Err style_start(void *user, const char *name, const char **attributes)
{
    Reading *reading = user;
    const char *number = xml_attribute(attributes, "numFmtId");
    int64_t format = 0;
    if (!number || !str_int(str_of(number), &format) || format < 0 || format > UINT32_MAX)
        format = 0;
    if (strcmp(name, "cellXfs") == 0)
        reading->in_cell_styles = true;
    if (strcmp(name, "numFmt") == 0) {
        const char *code = xml_attribute(attributes, "formatCode");
        if (reading->own_count == FORMATS_MAX)
            return over("formats of a workbook", FORMATS_MAX);
        if (code && code_is_date(code))
            reading->own_formats[reading->own_count++] = (uint32_t)format;
    }
    if (strcmp(name, "xf") != 0 || !reading->in_cell_styles)
        return OK;
    if (reading->book->style_count == WORKBOOK_STYLES_MAX)
        return over("styles of a workbook", WORKBOOK_STYLES_MAX);
    bool own = false;
    for (uint32_t i = 0; format >= FORMAT_FIRST_OWN && i < reading->own_count && !own; i++)
        own = reading->own_formats[i] == (uint32_t)format;
    reading->dates[reading->book->style_count++] = own || format_is_date((uint32_t)format);
    return OK;
}

static Err style_end(void *user, const char *name)
{
    if (strcmp(name, "cellXfs") == 0)
        ((Reading *)user)->in_cell_styles = false;
    return OK;
}

static const XmlHandlers style_handlers = {style_start, style_end, NULL};

/* ---- shared texts ---- */

static Err text_start(void *user, const char *name, const char **attributes)
{
    (void)attributes;
    Reading *reading = user;
    reading->in_text = strcmp(name, "t") == 0 && !reading->in_reading;
    if (strcmp(name, "rPh") == 0) /* how it is read aloud: not what it says */
        reading->in_reading = true;
    return OK;
}

static Err text_end(void *user, const char *name)
{
    Reading *reading = user;
    Workbook *book = reading->book;
    reading->in_text = false;
    if (strcmp(name, "rPh") == 0)
        reading->in_reading = false;
    if (strcmp(name, "si") != 0)
        return OK;
    if (reading->texts.full)
        return over("bytes of a workbook's texts", WORKBOOK_TEXT_BYTES_MAX);
    if (book->text_count == WORKBOOK_TEXTS_MAX)
        return over("texts of a workbook", WORKBOOK_TEXTS_MAX);
    if (book->text_count == reading->ends_room) {
        reading->ends_room = 2 * reading->ends_room + 1024;
        reading->ends = heap_grow(reading->ends, reading->ends_room * sizeof *reading->ends);
    }
    reading->ends[book->text_count++] = (uint32_t)reading->texts.len;
    return OK;
}

static Err text_text(void *user, const char *bytes, size_t len)
{
    Reading *reading = user;
    if (reading->in_text)
        buf_add(&reading->texts, bytes, len);
    return OK;
}

static const XmlHandlers text_handlers = {text_start, text_end, text_text};

static Err read_texts(Package *package, Reading *reading, const char *path)
{
    Workbook *book = reading->book;
    buf_init(&reading->texts, WORKBOOK_TEXT_BYTES_MAX);
    Err err = xml_read(package, path, &text_handlers, reading);
    if (err == OK) {
        book->texts = arena_copy(reading->arena, reading->texts.ptr, reading->texts.len);
        book->text_ends = arena_copy(reading->arena, reading->ends, book->text_count * sizeof *reading->ends);
    }
    buf_done(&reading->texts);
    free(reading->ends);
    return err;
}

bool workbook_text(const Workbook *workbook, uint64_t number, Str *ret)
{
    if (number >= workbook->text_count)
        return false;
    uint32_t from = number > 0 ? workbook->text_ends[number - 1] : 0;
    *ret = (Str){workbook->texts + from, workbook->text_ends[number] - from};
    return true;
}

/* ---- all of it ---- */

/* "xl/workbook.xml" → "xl/_rels/workbook.xml.rels", and the folder "xl/". */
static Str relations_path(Reading *reading, Str of, Str *ret_folder)
{
    size_t slash = of.len;
    while (slash > 0 && of.ptr[slash - 1] != '/')
        slash--;
    Buf path;
    buf_init(&path, PACKAGE_PATH_MAX + 16);
    *ret_folder = (Str){of.ptr, slash};
    buf_str(&path, *ret_folder);
    buf_c(&path, "_rels/");
    buf_str(&path, (Str){of.ptr + slash, of.len - slash});
    buf_c(&path, ".rels");
    Str copy = str_copy(reading->arena, buf_view(&path));
    buf_done(&path);
    return copy;
}

static Err find_sheets(Reading *reading, Str folder)
{
    Workbook *book = reading->book;
    for (uint32_t i = 0; i < book->sheet_count; i++)
        for (uint32_t r = 0; r < reading->relation_count; r++)
            if (str_eq(reading->relations[r].id, reading->ids[i]))
                book->parts[i] = target_path(reading, folder, reading->relations[r].target);
    return book->sheet_count > 0 ? OK : fail(ERR_WORKBOOK, "detail", "it has no sheet", NULL);
}

static Err read_book(Package *package, Reading *reading)
{
    Str folder;
    TRY(xml_read(package, "_rels/.rels", &relation_handlers, reading));
    const Relation *main_part = relation_of_type(reading, "/officeDocument");
    if (!main_part)
        return fail(ERR_WORKBOOK, "detail", "it is no .xlsx, whatever its name says", NULL);
    Str path = target_path(reading, STR(""), main_part->target);
    TRY(xml_read(package, path.ptr, &book_handlers, reading));
    reading->relation_count = 0;
    TRY(xml_read(package, relations_path(reading, path, &folder).ptr, &relation_handlers, reading));
    TRY(find_sheets(reading, folder));
    const Relation *styles = relation_of_type(reading, "/styles"),
                   *texts = relation_of_type(reading, "/sharedStrings");
    if (styles) {
        reading->dates = arena_zarray(reading->arena, bool, WORKBOOK_STYLES_MAX);
        TRY(xml_read(package, target_path(reading, folder, styles->target).ptr, &style_handlers, reading));
        reading->book->style_dates = reading->dates;
    }
    return texts ? read_texts(package, reading, target_path(reading, folder, texts->target).ptr) : OK;
}

Err workbook_read(Package *package, Arena *arena, Workbook *ret)
{
    Reading *reading = heap_zalloc(sizeof *reading);
    *ret = (Workbook){0};
    reading->arena = arena;
    reading->book = ret;
    Err err = read_book(package, reading);
    free(reading);
    return err;
}
