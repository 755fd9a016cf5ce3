#include "app/import.h"
#include "app/lists.h"
#include "cli/cmd/cmd.h"
#include <stdio.h>

static void show_progress(int64_t done, int64_t size, int64_t rows, void *user)
{
    (void)user;
    talk_progress(done, size, rows);
}

static void print_issues(const Issues *issues)
{
    for (uint32_t i = 0; i < issues->count; i++)
        talk_fault(&issues->list[i].fault);
    if (issues->total > issues->count)
        fprintf(stderr, talk((Label){"另有 %lld 处未列。\n", "… and %lld more.\n"}),
                (long long)(issues->total - issues->count));
}

static void print_report(const ImportReport *report)
{
    const BatchCounts *counts = &report->counts;
    if (report->again) {
        printf(talk((Label){"这个键已经导入过（第 %lld 次提交），这次没有再写。\n",
                            "This key was imported before (commit %lld); nothing was written now.\n"}),
               (long long)report->commit);
        return;
    }
    if (report->last_batch > report->batch)
        printf(talk((Label){"一条产业链，三批：第 %lld 至 %lld 批，撤回其一即全部撤回。\n",
                            "One chain, three batches: %lld to %lld; taking one back takes all back.\n"}),
               (long long)report->batch, (long long)report->last_batch);
    printf(talk((Label){
               "读 %lld 行 = 新增 %lld + 更改 %lld + 不变 %lld + 拒收 %lld；第 %lld 批，第 %lld 次提交。\n",
               "%lld rows read = %lld added + %lld changed + %lld the same + %lld rejected; batch %lld, "
               "commit %lld.\n"}),
           (long long)counts->read, (long long)counts->added, (long long)counts->changed,
           (long long)counts->same, (long long)counts->rejected, (long long)report->batch,
           (long long)report->commit);
}

static Err run(const char *db, const ImportOptions *options)
{
    Store *store;
    ImportReport report;
    TRY(app_lists_open(db, STORE_WRITE, &store));
    Err err = app_import(store, options, &report);
    talk_progress_end();
    print_issues(&report.issues);
    if (err == OK)
        print_report(&report);
    import_report_done(&report);
    store_close(store);
    return err;
}

Err cmd_import(int argc, char **argv)
{
    const char *db = NULL, *kind = NULL, *source = NULL, *as_of = NULL, *key = NULL, *file;
    bool reject_rows = false, progress = false, help;
    const Option options[] = {
        OPTION_DB(db),
        {.name = "as",
         .value = "KIND",
         .help = {"哪一类，如 parcel；docs/data-model.md 有全部",
                  "of which kind, such as parcel; docs/data-model.md has them all"},
         .text = &kind},
        {.name = "source",
         .value = "ID",
         .help = {"来源的编号；source 类可不写", "the source's id; may be left out for kind source"},
         .text = &source},
        {.name = "as-of",
         .value = "DATE",
         .help = {"截至日期；不写则用各行的 as_of，再用来源的发布日期",
                  "the day the rows are as of; else each row's as_of, else when the source was published"},
         .text = &as_of},
        {.name = "key",
         .value = "TEXT",
         .help = {"幂等键：同一个键只导入一次",
                  "an idempotency key: what bears the same key is imported once"},
         .text = &key},
        {.name = "reject-rows",
         .help = {"留下坏行，导入其余；不写则有一行坏就全不导入",
                  "leave bad rows behind; else one bad row refuses the file"},
         .flag = &reject_rows},
        OPTION_PROGRESS(progress),
    };
    const Command command = {
        .name = "import",
        .operands = "FILE",
        .about = {"导入一个 CSV、GeoJSON 或产业链 YAML 文件，可整批撤回",
                  "import a CSV, GeoJSON or chain (YAML) file, which can be taken back whole"},
        .more =
            {"表头用各项的名称（area_m2）、标签（面积）或常用写法；另有 "
             "id（必填）、geometry（WKT）、as_of、locator。\n"
             "例：lianpu import parcels.csv --db jiangmen.db --as parcel --source my-bureau --as-of 2022-11",
             "Headings are the fields' names (area_m2), labels, or what sheets usually call them; besides id "
             "(required), "
             "geometry (WKT), as_of, locator.\n"
             "Example: lianpu import parcels.csv --db jiangmen.db --as parcel --source my-bureau --as-of "
             "2022-11"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    ImportOptions import = {.lang = talk_lang(), .progress = show_progress};
    TRY(options_parse(&command, argc, argv, &file, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    TRY(option_required(&command, "as", kind));
    TRY(kind_named(str_of(kind), &import.kind));
    if (as_of && !date_parse(str_of(as_of), &import.as_of))
        return fail(ERR_PARAM, "param", "--as-of", "value", as_of, "want", "a date", "example", "2022-11-30",
                    NULL);
    import.has_as_of = as_of != NULL;
    import.path = file;
    import.source = str_of(source);
    import.idempotency_key = str_of(key);
    import.reject_rows = reject_rows;
    talk_progress_wanted(progress);
    return run(db, &import);
}
