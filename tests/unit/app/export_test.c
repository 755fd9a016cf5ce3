/* What export writes, import reads, and exporting it again gives the same bytes: every kind, both formats,
 * every state. */
#include "ledger.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 60 };

static const char *const texts[] = {
    "普通文字", "plain", "with \"quotes\"", "comma, semicolon; both", "two\nlines", "tab\tand 　wide",
    "=1+1",     "😀𠀀",   "a\r\nb",          "Ünïcode\\back",          "'single'",   "ends with \"",
    "\"",       ",",
};
static const char *const keys[] = {"k-1", "甲.乙", "x_y:z", "440705"};

static const char *one_of(const char *const *list, size_t count)
{
    return list[(size_t)rand() % count];
}

static void random_value(Buf *buf, const Field *field)
{
    int n = rand() % 8;
    if (n < 3) {
        buf_c(buf, n == 0 ? "" : n == 1 ? "n/a" : "withheld");
        return;
    }
    switch (field->type) {
    case FIELD_TEXT:
        buf_c(buf, one_of(texts, sizeof texts / sizeof *texts));
        break;
    case FIELD_NUM:
        buf_fixed(buf, field->max ? field->min + rand() % (field->max - field->min + 1) : rand() - rand(),
                  field->decimals);
        break;
    case FIELD_BOOL:
        buf_c(buf, n % 2 ? "yes" : "no");
        break;
    case FIELD_DATE:
        buf_c(buf, n == 3 ? "2023" : n == 4 ? "2023-06" : n == 5 ? "2023-06-30" : "2023-06-03/2023-07-31");
        break;
    case FIELD_CODE:
    case FIELD_CODES:
        buf_c(buf, field->codes->codes[(uint32_t)rand() % field->codes->count].code);
        if (field->type == FIELD_CODES && n > 5)
            buf_fmt(buf, ";%s", field->codes->codes[(uint32_t)rand() % field->codes->count].code);
        break;
    case FIELD_REF:
    case FIELD_REFS:
        buf_c(buf, one_of(keys, 4));
        if (field->type == FIELD_REFS && n > 5)
            buf_fmt(buf, ";%s", one_of(keys, 4));
    }
}

static void quoted(Buf *csv, Str text)
{
    buf_byte(csv, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_byte(csv, '"');
        buf_byte(csv, text.ptr[i]);
    }
    buf_byte(csv, '"');
}

static void random_field(Buf *csv, const Field *field)
{
    Buf cell;
    buf_init(&cell, 10000);
    /* far_min must not pass far_max */
    size_t len = strlen(field->name);
    bool pair =
        len > 4 && (strcmp(field->name + len - 4, "_min") == 0 || strcmp(field->name + len - 4, "_max") == 0);
    do {
        buf_clear(&cell);
        if (!pair)
            random_value(&cell, field);
    } while (field->required && (cell.len == 0 || cell.ptr[0] == 'n' || cell.ptr[0] == 'w'));
    buf_byte(csv, ',');
    quoted(csv, buf_view(&cell));
    buf_done(&cell);
}

static void random_shape(Buf *csv, GeometryKind kind)
{
    double lon = 112 + rand() % 1000 / 1000.0, lat = 22 + rand() % 1000 / 1000.0;
    buf_c(csv, ",\"");
    if (rand() % 4 == 0)
        ;
    else if (kind == GEOMETRY_POINT)
        buf_fmt(csv, "POINT (%.7f %.7f)", lon, lat);
    else if (rand() % 2)
        buf_fmt(csv, "POLYGON ((%.7f %.7f, %.7f %.7f, %.7f %.7f, %.7f %.7f))", lon, lat, lon + 0.01, lat, lon,
                lat + 0.0123457, lon, lat);
    else
        buf_fmt(
            csv,
            "MULTIPOLYGON (((%.4f 20, %.4f 20, %.4f 21, %.4f 20)), ((%.4f 23, %.4f 23, %.4f 24, %.4f 23)))",
            lon, lon + 1, lon, lon, lon, lon + 1, lon, lon);
    buf_byte(csv, '"');
}

/* A file of the kind with all its fields, filled at random; every third row says its day and place itself. */
static const char *random_file(Kind kind)
{
    const KindInfo *info = kind_info(kind);
    Buf csv;
    buf_init(&csv, 4 * 1000 * 1000);
    buf_c(&csv, "as_of,locator,id");
    for (uint32_t f = 0; f < info->field_count; f++)
        if (!info->fields[f].derived)
            buf_fmt(&csv, ",%s", info->fields[f].name);
    buf_c(&csv, info->geometry == GEOMETRY_NONE ? "\n" : ",geometry\n");
    for (int r = 0; r < ROWS; r++) {
        buf_fmt(&csv, "%s,%s,r%d-%d", r % 3 ? "2022" : "2021-06", r % 3 ? "" : "\"第12段, \"\"引\"\"\"",
                rand() % 1000, r);
        for (uint32_t f = 0; f < info->field_count; f++)
            if (!info->fields[f].derived)
                random_field(&csv, &info->fields[f]);
        if (info->geometry != GEOMETRY_NONE)
            random_shape(&csv, info->geometry);
        buf_byte(&csv, '\n');
    }
    buf_byte(&csv, '\0');
    const char *path = file_with("random.csv", csv.ptr);
    buf_done(&csv);
    return path;
}

static void import_file(Store *store, Kind kind, const char *path)
{
    ImportReport report;
    ImportOptions options = {.path = path, .kind = kind, .source = STR(SOURCE_DEPLOYMENT), .lang = LANG_EN};
    if (app_import(store, &options, &report) != OK)
        test_fail(__FILE__, __LINE__, "%s: %s %s", path, err_name(fault_last()->code),
                  fault_arg(fault_last(), "first"));
    CHECK_EQ(report.counts.rejected, 0);
    import_report_done(&report);
}

static void round_trip(Kind kind, Audience audience, ExportFormat format)
{
    Arena *arena = arena_new();
    char name[64];
    static int turn;
    snprintf(name, sizeof name, "one-%d.lianpu", turn);
    Store *one = ledger_new(name);
    snprintf(name, sizeof name, "two-%d.lianpu", turn++);
    Store *two = ledger_new(name);
    import_file(one, kind, random_file(kind));
    Str first = exported(arena, one, kind, audience, format);
    import_file(two, kind, file_with(format == EXPORT_CSV ? "first.csv" : "first.geojson", first.ptr));
    Str second = exported(arena, two, kind, audience, format);
    if (!str_eq(first, second))
        test_fail(__FILE__, __LINE__, "%s for %s differs", kind_info(kind)->name, audience_name(audience));
    CHECK(first.len > 1000);
    store_close(one);
    store_close(two);
    arena_free(arena);
}

TEST(every_kind_survives_the_round_trip_as_csv)
{
    srand(1);
    for (int k = 0; k < KIND_COUNT; k++)
        round_trip((Kind)k, AUDIENCE_RESTRICTED, EXPORT_CSV);
}

TEST(every_kind_survives_the_round_trip_as_geojson)
{
    srand(2);
    for (int k = 0; k < KIND_COUNT; k++)
        round_trip((Kind)k, AUDIENCE_RESTRICTED, EXPORT_GEOJSON);
}

TEST(what_the_public_sees_survives_the_round_trip_too)
{
    srand(3);
    for (int k = 0; k < KIND_COUNT; k++) {
        round_trip((Kind)k, AUDIENCE_PUBLIC, EXPORT_CSV);
        round_trip((Kind)k, AUDIENCE_STAFF, EXPORT_GEOJSON);
    }
}

TEST(csv_and_geojson_say_the_same)
{
    Arena *arena = arena_new();
    Store *one = ledger_new("one.lianpu"), *two = ledger_new("two.lianpu");
    srand(4);
    import_file(one, KIND_PARK, random_file(KIND_PARK));
    Str csv = exported(arena, one, KIND_PARK, AUDIENCE_RESTRICTED, EXPORT_CSV);
    Str geojson = exported(arena, one, KIND_PARK, AUDIENCE_RESTRICTED, EXPORT_GEOJSON);
    import_file(two, KIND_PARK, file_with("g.geojson", geojson.ptr));
    CHECK(str_eq(csv, exported(arena, two, KIND_PARK, AUDIENCE_RESTRICTED, EXPORT_CSV)));
    store_close(one);
    store_close(two);
    arena_free(arena);
}

TEST(a_kind_without_rows_is_headings_alone_and_reads_back)
{
    Arena *arena = arena_new();
    Store *store = ledger_new("a.lianpu");
    Str csv = exported(arena, store, KIND_PARCEL, AUDIENCE_PUBLIC, EXPORT_CSV);
    Str geojson = exported(arena, store, KIND_PARCEL, AUDIENCE_PUBLIC, EXPORT_GEOJSON);
    CHECK(str_starts(csv, "id,name_zh,name_en,how,visibility,precision,aliases,park,"));
    CHECK_STR(geojson, "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n");
    import_file(store, KIND_PARCEL, file_with("e.csv", csv.ptr));
    import_file(store, KIND_PARCEL, file_with("e.geojson", geojson.ptr));
    store_close(store);
    arena_free(arena);
}

static bool contains(Str text, const char *what)
{
    return memmem(text.ptr, text.len, what, strlen(what)) != NULL;
}

TEST(an_export_tells_an_audience_only_what_it_may_see)
{
    Arena *arena = arena_new();
    Store *store = ledger_new("a.lianpu");
    import_good(store, KIND_PARCEL, SOURCE_DEPLOYMENT,
                "id,name_zh,promised_to,visibility,locator\np1,公开,项目甲,public,第1行\np2,内部,项目乙,"
                "staff,第2行\n");
    Str open = exported(arena, store, KIND_PARCEL, AUDIENCE_PUBLIC, EXPORT_CSV);
    Str staff = exported(arena, store, KIND_PARCEL, AUDIENCE_STAFF, EXPORT_CSV);
    CHECK(contains(open, "公开") && contains(open, "第1行"));
    CHECK(!contains(open, "内部") && !contains(open, "项目甲") && !contains(open, "promised_to") &&
          !contains(open, "第2行"));
    CHECK(contains(staff, "内部") && contains(staff, "项目甲"));
    store_close(store);
    arena_free(arena);
}

TEST(a_row_drawn_from_a_secret_record_is_exported_as_secret)
{
    Arena *arena = arena_new();
    Store *store = ledger_new("a.lianpu"), *other = ledger_new("b.lianpu");
    import_good(store, KIND_PARCEL, SOURCE_DEPLOYMENT, "id,name_zh,visibility,as_of\np1,旧名,public,2020\n");
    import_good(store, KIND_PARCEL, SOURCE_DEPLOYMENT,
                "id,name_zh,visibility,as_of\np1,密名,restricted,2021\n");
    Str all = exported(arena, store, KIND_PARCEL, AUDIENCE_RESTRICTED, EXPORT_CSV);
    CHECK(contains(all, "密名"));
    import_file(other, KIND_PARCEL, file_with("all.csv", all.ptr));
    CHECK(!contains(exported(arena, other, KIND_PARCEL, AUDIENCE_PUBLIC, EXPORT_CSV), "密名"));
    CHECK(contains(exported(arena, store, KIND_PARCEL, AUDIENCE_PUBLIC, EXPORT_CSV), "旧名"));
    store_close(store);
    store_close(other);
    arena_free(arena);
}

TEST(rows_are_in_the_order_of_their_keys_bytes)
{
    Arena *arena = arena_new();
    Store *store = ledger_new("a.lianpu");
    import_good(store, KIND_PARK, SOURCE_DEPLOYMENT,
                "id,visibility\nb,public\n甲,public\nB,public\na,public\n");
    Str text = exported(arena, store, KIND_PARK, AUDIENCE_PUBLIC, EXPORT_CSV);
    const char *order[] = {"\nB,", "\na,", "\nb,", "\n甲,"};
    const char *before = text.ptr;
    for (int i = 0; i < 4; i++) {
        const char *at = strstr(text.ptr, order[i]);
        CHECK(at != NULL && at >= before);
        before = at;
    }
    store_close(store);
    arena_free(arena);
}

TEST(an_export_replaces_no_file)
{
    Store *store = ledger_new("a.lianpu");
    int64_t rows;
    ExportOptions options = {.kind = KIND_PARK};
    CHECK_ERR(app_export_file(store, &options, file_with("there.csv", "mine"), &rows), ERR_FILE_EXISTS);
    CHECK_ERR(app_export_file(store, &options, "/nowhere/at/all.csv", &rows), ERR_FILE_WRITE);
    store_close(store);
}
