#include "app/export.h"
#include "app/lists.h"
#include "cli/cmd/cmd.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void show_progress(int64_t done, int64_t total, void *user)
{
    (void)user;
    talk_progress(done, total, done);
}

static Err run(const char *db, const ExportOptions *options, const char *file)
{
    Store *store;
    int64_t rows;
    TRY(app_lists_open(db, STORE_READ, &store));
    bool out = strcmp(file, "-") == 0;
    Err err =
        out ? app_export(store, options, STDOUT_FILENO, &rows) : app_export_file(store, options, file, &rows);
    talk_progress_end();
    store_close(store);
    if (err == OK && !out)
        printf(talk((Label){"已把 %lld 行写到 %s。\n", "Wrote %lld rows to %s.\n"}), (long long)rows, file);
    return err;
}

static Err format_named(const char *name, const char *file, ExportFormat *ret)
{
    if (!name)
        return strcmp(file, "-") == 0 ? OK : export_format_of(file, ret);
    if (strcmp(name, "csv") != 0 && strcmp(name, "geojson") != 0)
        return fail(ERR_PARAM, "param", "--format", "value", name, "want", "csv, geojson", "example", "csv",
                    NULL);
    *ret = strcmp(name, "csv") == 0 ? EXPORT_CSV : EXPORT_GEOJSON;
    return OK;
}

Err cmd_export(int argc, char **argv)
{
    const char *db = NULL, *kind = NULL, *audience = "public", *format = NULL, *file;
    bool progress = false, help;
    const Option options[] = {
        OPTION_DB(db),
        {.name = "as",
         .value = "KIND",
         .help = {"哪一类，如 parcel；docs/data-model.md 有全部",
                  "of which kind, such as parcel; docs/data-model.md has them all"},
         .text = &kind},
        {.name = "audience",
         .value = "WHO",
         .help = {"给谁看：public（不写即此）、investor、staff、restricted（全部）",
                  "for whom: public (unless said), investor, staff, restricted (everything)"},
         .text = &audience},
        {.name = "format",
         .value = "FORMAT",
         .help = {"csv 或 geojson；不写则看文件名", "csv or geojson; else by the file's name"},
         .text = &format},
        OPTION_PROGRESS(progress),
    };
    const Command command = {
        .name = "export",
        .operands = "FILE|-",
        .about = {"把一类写成 CSV 或 GeoJSON，表头即各项名称，可再导入",
                  "write a kind as CSV or GeoJSON, with the fields' names, as import reads it"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    ExportOptions export = {.progress = show_progress};
    TRY(options_parse(&command, argc, argv, &file, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    TRY(option_required(&command, "as", kind));
    TRY(kind_named(str_of(kind), &export.kind));
    TRY(audience_named(str_of(audience), &export.audience));
    TRY(format_named(format, file, &export.format));
    talk_progress_wanted(progress);
    return run(db, &export, file);
}
