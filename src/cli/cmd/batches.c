#include "cli/cmd/cmd.h"
#include "store/store.h"
#include <stdio.h>

enum { BATCHES_MAX = 10000 };

static void print_batch(const BatchInfo *batch)
{
    const BatchCounts *counts = &batch->counts;
    printf("%lld\t%s\t%s\t" STR_FMT "\t%lld=%lld+%lld+%lld+%lld\t", (long long)batch->id, str_c(batch->at),
           kind_info(batch->kind)->name, STR_ARG(batch->file_name), (long long)counts->read,
           (long long)counts->added, (long long)counts->changed, (long long)counts->same,
           (long long)counts->rejected);
    if (batch->undone_by)
        printf(talk((Label){"已由第 %lld 次提交撤回", "taken back by commit %lld"}),
               (long long)batch->undone_by);
    putchar('\n');
}

static Err run(const char *db, uint32_t limit)
{
    Store *store;
    BatchInfo *batches;
    uint32_t count;
    TRY(store_open(db, STORE_READ, &store));
    Arena *arena = arena_new();
    Err err = store_batches(store, arena, limit, &batches, &count);
    if (err == OK) {
        puts(talk((Label){"批\t时间\t类\t文件\t读=新增+更改+不变+拒收\t",
                          "batch\tat\tkind\tfile\tread=added+changed+same+rejected\t"}));
        for (uint32_t i = 0; i < count; i++)
            print_batch(&batches[i]);
    }
    arena_free(arena);
    store_close(store);
    return err;
}

Err cmd_batches(int argc, char **argv)
{
    const char *db = NULL, *limit = "20";
    bool help;
    int64_t n;
    const Option options[] = {
        OPTION_DB(db),
        {.name = "limit",
         .value = "N",
         .help = {"最多列几批；不写是 20", "at most so many; 20 unless said"},
         .text = &limit},
    };
    const Command command = {
        .name = "batches",
        .operands = "",
        .about = {"列出导入过的批次，新的在前", "list what was imported, newest first"},
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    TRY(options_parse(&command, argc, argv, NULL, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    if (!str_int(str_of(limit), &n) || n < 1 || n > BATCHES_MAX)
        return fail(ERR_PARAM, "param", "--limit", "value", limit, "want", "a whole number from 1 to 10000",
                    "example", "20", NULL);
    return run(db, (uint32_t)n);
}
