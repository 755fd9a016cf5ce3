/* Workbooks, made here part by part: what a cell holds, merged areas, hidden sheets, and every way of being
 * no workbook. */
#include "intake/xlsx.h"
#include "test.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#define SPREADSHEET "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS   "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define TYPE        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char *path(void)
{
    static char text[400];
    snprintf(text, sizeof text, "%s/a.xlsx", test_folder());
    return text;
}

static const char root[] = RELATIONS "<Relationship Id=\"r1\" Type=\"" TYPE
                                     "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char relations[] =
    RELATIONS "<Relationship Id=\"s1\" Type=\"" TYPE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
              "<Relationship Id=\"s2\" Type=\"" TYPE "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
              "<Relationship Id=\"t\" Type=\"" TYPE "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
              "<Relationship Id=\"y\" Type=\"" TYPE "/styles\" Target=\"styles.xml\"/></Relationships>";
static const char two_sheets[] =
    "<workbook " SPREADSHEET " xmlns:r=\"" TYPE
    "\"><workbookPr/><sheets><sheet name=\"台账\" sheetId=\"1\" r:id=\"s1\"/>"
    "<sheet name=\"2021年底\" sheetId=\"2\" state=\"hidden\" r:id=\"s2\"/></sheets></workbook>";
static const char texts[] = "<sst " SPREADSHEET "><si><t>企业名称</t></si><si><r><t>江门</t></r><r><t>市</"
                            "t></r><rPh sb=\"0\" eb=\"2\"><t>jiang</t></rPh></si>"
                            "<si><t/></si></sst>";
static const char styles[] =
    "<styleSheet " SPREADSHEET
    "><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.00&quot;d&quot;\"/></numFmts><cellStyleXfs><xf "
    "numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
    "numFmtId=\"165\"/></cellXfs></styleSheet>";

typedef struct PartText {
    const char *path, *text;
} PartText;

static void add(zip_t *zip, const char *name, const void *bytes, size_t len)
{
    zip_source_t *source = zip_source_buffer(zip, bytes, len, 0);
    CHECK(source && zip_file_add(zip, name, source, ZIP_FL_OVERWRITE) >= 0);
}

/* A workbook of two sheets with these rows in the first; parts given replace the usual ones, "" leaves one
 * out. */
static int workbook(const char *sheet, const PartText *others, size_t count)
{
    int code;
    char *first = NULL;
    CHECK(asprintf(&first, "<worksheet " SPREADSHEET ">%s</worksheet>", sheet) > 0);
    const char *second = "<worksheet " SPREADSHEET "><sheetData/></worksheet>";
    zip_t *zip = zip_open(path(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    CHECK(zip);
    const PartText usual[] = {{"_rels/.rels", root},
                              {"xl/_rels/workbook.xml.rels", relations},
                              {"xl/workbook.xml", two_sheets},
                              {"xl/sharedStrings.xml", texts},
                              {"xl/styles.xml", styles},
                              {"xl/worksheets/sheet1.xml", first},
                              {"xl/worksheets/sheet2.xml", second}};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        const char *text = usual[i].text;
        for (size_t o = 0; o < count; o++)
            if (strcmp(others[o].path, usual[i].path) == 0)
                text = others[o].text;
        if (*text)
            add(zip, usual[i].path, text, strlen(text));
    }
    CHECK_EQ(zip_close(zip), 0);
    free(first);
    int fd = open(path(), O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

static int file_of(const void *bytes, size_t len)
{
    FILE *file = fopen(path(), "wb");
    CHECK(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
    return open(path(), O_RDONLY | O_CLOEXEC);
}

static Xlsx *opened(int fd)
{
    Xlsx *xlsx = NULL;
    CHECK_OK(xlsx_open(fd, &xlsx));
    CHECK_OK(xlsx_sheet(xlsx, 0));
    return xlsx;
}

static GridRow next(Xlsx *xlsx)
{
    GridRow row;
    bool more;
    CHECK_OK(xlsx_next(xlsx, &row, &more));
    CHECK(more);
    return row;
}

static void ends(Xlsx *xlsx)
{
    GridRow row;
    bool more;
    CHECK_OK(xlsx_next(xlsx, &row, &more));
    CHECK(!more);
    xlsx_close(xlsx);
    unlink(path());
}

#define CHECK_CELL(cell, wanted_type, wanted_text)                                                           \
    do {                                                                                                     \
        CHECK_EQ((cell).type, wanted_type);                                                                  \
        CHECK_STR((cell).text, wanted_text);                                                                 \
    } while (0)

/* What opening and reading the first sheet to its end comes to. */
static Err outcome(int fd)
{
    Xlsx *xlsx = NULL;
    GridRow row;
    bool more = true;
    Err err = xlsx_open(fd, &xlsx);
    if (err == OK)
        err = xlsx_sheet(xlsx, 0);
    while (err == OK && more)
        err = xlsx_next(xlsx, &row, &more);
    xlsx_close(xlsx);
    unlink(path());
    return err;
}

static const char *arg(const char *name)
{
    const Fault *fault = fault_last();
    for (int i = 0; i < fault->count; i++)
        if (strcmp(fault->args[i].name, name) == 0)
            return fault->args[i].text;
    return "";
}

TEST(sheets_are_named_in_their_order_and_hidden_ones_said)
{
    uint32_t count;
    Xlsx *xlsx = opened(workbook("<sheetData/>", NULL, 0));
    const SheetInfo *sheets = xlsx_sheets(xlsx, &count);
    CHECK_EQ(count, 2);
    CHECK_STR(sheets[0].name, "台账");
    CHECK(!sheets[0].hidden && sheets[1].hidden);
    CHECK_OK(xlsx_sheet(xlsx, 1));
    ends(xlsx);
}

TEST(a_cell_is_what_its_type_and_its_style_say)
{
    Xlsx *xlsx = opened(
        workbook("<sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c "
                 "r=\"C2\" t=\"s\"><v>2</v></c>"
                 "<c r=\"E2\"><v>0.67000000000000004</v></c><c r=\"F2\" s=\"1\"><v>44197</v></c><c r=\"G2\" "
                 "s=\"2\"><v>44197.5</v></c>"
                 "<c r=\"H2\" s=\"3\"><v>44197</v></c><c r=\"I2\" t=\"b\"><v>1</v></c><c r=\"J2\" "
                 "t=\"e\"><v>#DIV/0!</v></c>"
                 "<c r=\"K2\" t=\"str\"><f>A2&amp;B2</f><v>合计</v></c><c r=\"L2\" "
                 "t=\"inlineStr\"><is><t>甲</t><rPh sb=\"0\" eb=\"1\"><t>jia</t></rPh><t>乙</t></is></c>"
                 "<c r=\"M2\"><v>1.2E+3</v></c><c r=\"N2\" t=\"d\"><v>2022-11-30</v></c></row></sheetData>",
                 NULL, 0));
    GridRow row = next(xlsx);
    CHECK_EQ(row.number, 2);
    CHECK_EQ(row.count, 14);
    CHECK_CELL(row.cells[0], CELL_TEXT, "企业名称");
    CHECK_CELL(row.cells[1], CELL_TEXT, "江门市");
    CHECK_EQ(row.cells[2].type, CELL_BLANK);
    CHECK_EQ(row.cells[3].type, CELL_BLANK);
    CHECK_CELL(row.cells[4], CELL_NUMBER, "0.67");
    CHECK_CELL(row.cells[5], CELL_DATE, "2021-01-01");
    CHECK_CELL(row.cells[6], CELL_DATE, "2021-01-01T12:00");
    CHECK_CELL(row.cells[7], CELL_NUMBER, "44197");
    CHECK_CELL(row.cells[8], CELL_BOOL, "true");
    CHECK_CELL(row.cells[9], CELL_ERROR, "#DIV/0!");
    CHECK_CELL(row.cells[10], CELL_TEXT, "合计");
    CHECK(row.cells[10].formula && !row.cells[9].formula);
    CHECK_CELL(row.cells[11], CELL_TEXT, "甲乙");
    CHECK_CELL(row.cells[12], CELL_NUMBER, "1200");
    CHECK_CELL(row.cells[13], CELL_DATE, "2022-11-30");
    ends(xlsx);
}

TEST(rows_and_cells_without_a_place_follow_the_ones_before)
{
    Xlsx *xlsx = opened(workbook("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"/><row><c "
                                 "r=\"B6\"><v>3</v></c><c><v>4</v></c></row></sheetData>",
                                 NULL, 0));
    GridRow row = next(xlsx);
    CHECK_EQ(row.number, 1);
    CHECK_CELL(row.cells[1], CELL_NUMBER, "2");
    row = next(xlsx);
    CHECK_EQ(row.number, 5);
    CHECK_EQ(row.count, 0);
    row = next(xlsx);
    CHECK_EQ(row.number, 6);
    CHECK_CELL(row.cells[2], CELL_NUMBER, "4");
    ends(xlsx);
}

TEST(merged_areas_show_their_first_cell_wherever_they_reach)
{
    Xlsx *xlsx = opened(workbook(
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>"
        "<row r=\"2\"><c r=\"D2\"><v>9</v></c></row><row r=\"4\"><c r=\"A4\"><v>8</v></c></row></sheetData>"
        "<mergeCells><mergeCell ref=\"A1:A3\"/><mergeCell ref=\"B1:C2\"/><mergeCell "
        "ref=\"F1:G1\"/><mergeCell ref=\"A3\"/></mergeCells>",
        NULL, 0));
    GridRow row = next(xlsx);
    CHECK_EQ(row.count, 3);
    CHECK(!row.cells[0].merged && !row.cells[1].merged && row.cells[2].merged);
    CHECK_CELL(row.cells[2], CELL_TEXT, "企业名称");
    row = next(xlsx);
    CHECK_EQ(row.count, 4);
    CHECK_CELL(row.cells[0], CELL_NUMBER, "7");
    CHECK(row.cells[0].merged && row.cells[1].merged && row.cells[2].merged && !row.cells[3].merged);
    row = next(xlsx);
    CHECK_EQ(row.number, 4);
    CHECK_CELL(row.cells[0], CELL_NUMBER, "8");
    CHECK(!row.cells[0].merged);
    ends(xlsx);
}

TEST(days_are_counted_from_1900_with_its_false_leap_day_or_from_1904)
{
    int32_t day;
    CHECK(grid_serial_day(1, false, &day) && day == date_day(1900, 1, 1));
    CHECK(grid_serial_day(59, false, &day) && day == date_day(1900, 2, 28));
    CHECK(grid_serial_day(61, false, &day) && day == date_day(1900, 3, 1));
    CHECK(grid_serial_day(44197, false, &day) && day == date_day(2021, 1, 1));
    CHECK(grid_serial_day(42735, true, &day) && day == date_day(2021, 1, 1));
    CHECK(!grid_serial_day(-1, false, &day) && !grid_serial_day(1e9, false, &day));
    const PartText old = {"xl/workbook.xml",
                          "<workbook " SPREADSHEET " xmlns:r=\"" TYPE
                          "\"><workbookPr date1904=\"1\"/><sheets>"
                          "<sheet name=\"a\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>"};
    Xlsx *xlsx = opened(workbook("<sheetData><row><c s=\"1\"><v>42735</v></c></row></sheetData>", &old, 1));
    GridRow row = next(xlsx);
    CHECK_CELL(row.cells[0], CELL_DATE, "2021-01-01");
    ends(xlsx);
}

TEST(columns_are_named_as_spreadsheets_name_them)
{
    char name[8];
    const struct {
        uint32_t column;
        const char *name;
    } known[] = {{0, "A"},   {25, "Z"},   {26, "AA"},   {51, "AZ"},
                 {52, "BA"}, {701, "ZZ"}, {702, "AAA"}, {1023, "AMJ"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int64_t row;
        uint32_t column;
        char place[16];
        grid_column_name(known[i].column, name);
        CHECK_STR(str_of(name), known[i].name);
        snprintf(place, sizeof place, "%s12", name);
        CHECK(grid_place(str_of(place), &row, &column) && row == 12 && column == known[i].column);
    }
}

TEST(what_is_no_workbook_says_what_it_is)
{
    const unsigned char compound[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 'E', 0, 'n', 0, 'c', 0,
                                      'r',  0,    'y',  0,    'p',  0,    't',  0,    'e', 0, 'd', 0, 'P', 0,
                                      'a',  0,    'c',  0,    'k',  0,    'a',  0,    'g', 0, 'e', 0};
    CHECK_ERR(outcome(file_of("", 0)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("detail")), "the file is empty");
    CHECK_ERR(outcome(file_of("id,name\n", 8)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("detail")), "it is no .xlsx, whatever its name says");
    CHECK_ERR(outcome(file_of(compound, sizeof compound)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("detail")), "it is encrypted; save it without a password");
    CHECK_ERR(outcome(file_of(compound, 8)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("detail")), "it is an old .xls under the name of an .xlsx; save it as .xlsx");
    CHECK_ERR(outcome(file_of("PK\3\4 and then nothing", 20)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("detail")), "its archive is damaged");
}

TEST(a_workbook_that_is_cut_short_anywhere_is_refused)
{
    int fd = workbook("<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>", NULL, 0);
    static char bytes[64 * 1024];
    ssize_t len = read(fd, bytes, sizeof bytes);
    close(fd);
    for (ssize_t cut = 1; cut < len; cut += 7)
        CHECK_ERR(outcome(file_of(bytes, (size_t)cut)), ERR_WORKBOOK);
}

TEST(a_document_type_is_refused_so_no_entity_is_ever_resolved)
{
    const PartText evil = {
        "xl/workbook.xml",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><workbook><sheets>&b;</sheets></workbook>"};
    CHECK_ERR(outcome(workbook("<sheetData/>", &evil, 1)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("detail")), "it declares a document type, which no workbook does");
}

TEST(missing_and_damaged_parts_are_named)
{
    const PartText gone = {"xl/worksheets/sheet1.xml", ""},
                   wrong = {"xl/styles.xml", "<styleSheet><cellXfs></styleSheet>"};
    CHECK_ERR(outcome(workbook("", &gone, 1)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("part")), "xl/worksheets/sheet1.xml");
    CHECK_STR(str_of(arg("sheet")), "台账");
    CHECK_ERR(outcome(workbook("<sheetData/>", &wrong, 1)), ERR_WORKBOOK);
    CHECK_STR(str_of(arg("detail")), "its XML is damaged");
    CHECK_ERR(outcome(workbook("<sheetData><row r=\"3\"/><row r=\"3\"/></sheetData>", NULL, 0)),
              ERR_WORKBOOK);
    CHECK_STR(str_of(arg("row")), "3");
    CHECK_ERR(outcome(workbook("<sheetData><row><c t=\"s\"><v>99</v></c></row></sheetData>", NULL, 0)),
              ERR_WORKBOOK);
    CHECK_ERR(outcome(workbook("<sheetData><row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData>", NULL, 0)),
              ERR_WORKBOOK);
}

TEST(what_is_too_much_is_refused_with_its_limit)
{
    CHECK_ERR(outcome(workbook("<sheetData><row><c r=\"XFD1\"><v>1</v></c></row></sheetData>", NULL, 0)),
              ERR_LIMIT);
    CHECK_STR(str_of(arg("what")), "columns of a sheet");
    CHECK_ERR(outcome(workbook("<sheetData><row r=\"99999999\"/></sheetData>", NULL, 0)), ERR_LIMIT);
    CHECK_STR(str_of(arg("what")), "rows of a sheet");
    size_t len = 12 * 1024 * 1024;
    char *bomb = malloc(len + 1);
    memset(bomb, ' ', len);
    bomb[len] = '\0';
    CHECK_ERR(outcome(workbook(bomb, NULL, 0)), ERR_LIMIT);
    CHECK_STR(str_of(arg("what")), "times that a part of a workbook is larger unpacked");
    free(bomb);
    len = GRID_CELL_MAX + 200;
    char *cell = malloc(len + 200);
    size_t at = (size_t)sprintf(cell, "<sheetData><row><c t=\"str\"><v>");
    uint64_t mixed = 1;
    for (size_t i = 0; i < len - 100; i++, mixed = mixed * 6364136223846793005u + 1)
        cell[at++] = (char)('a' + (mixed >> 33) % 26); /* does not pack too well */
    sprintf(cell + at, "</v></c></row></sheetData>");
    CHECK_ERR(outcome(workbook(cell, NULL, 0)), ERR_LIMIT);
    CHECK_STR(str_of(arg("what")), "bytes of a cell");
    free(cell);
}
