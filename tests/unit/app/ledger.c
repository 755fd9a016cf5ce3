#include "ledger.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *path_of(const char *name)
{
    static char paths[8][200];
    static unsigned turn;
    char *path = paths[turn++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", test_folder(), name);
    return path;
}

Store *ledger_new(const char *name)
{
    Store *store;
    const char *path = path_of(name);
    CHECK_OK(store_create(path));
    CHECK_OK(store_open(path, STORE_WRITE, &store));
    return store;
}

const char *file_with(const char *name, const char *text)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    CHECK_EQ(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
    return path;
}

Str file_text(Arena *arena, const char *path)
{
    int fd = open(path, O_RDONLY);
    CHECK(fd >= 0);
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = arena_alloc(arena, (size_t)size + 1);
    CHECK_EQ(pread(fd, text, (size_t)size, 0), size);
    close(fd);
    text[size] = '\0';
    return (Str){text, (size_t)size};
}

Err import_text(Store *store, Kind kind, const char *source, const char *text, ImportReport *report)
{
    ImportOptions options = {
        .path = file_with("rows.csv", text),
        .kind = kind,
        .source = str_of(source),
        .has_as_of = true,
        .as_of = {date_day(2022, 11, 30), date_day(2022, 11, 30)},
        .lang = LANG_EN,
    };
    return app_import(store, &options, report);
}

void import_good(Store *store, Kind kind, const char *source, const char *text)
{
    ImportReport report;
    CHECK_OK(import_text(store, kind, source, text, &report));
    import_report_done(&report);
}

Str exported(Arena *arena, Store *store, Kind kind, Audience audience, ExportFormat format)
{
    ExportOptions options = {.kind = kind, .audience = audience, .format = format};
    static int turn;
    char name[64];
    int64_t rows;
    snprintf(name, sizeof name, "out-%d.%s", turn++, format == EXPORT_CSV ? "csv" : "geojson");
    const char *path = path_of(name);
    CHECK_OK(app_export_file(store, &options, path, &rows));
    return file_text(arena, path);
}
