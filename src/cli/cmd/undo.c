#include "app/undo.h"
#include "app/lists.h"
#include "cli/cmd/cmd.h"
#include <stdio.h>

Err cmd_undo(int argc, char **argv)
{
    const char *db = NULL, *batch;
    bool help;
    int64_t id;
    const Option options[] = {OPTION_DB(db)};
    const Command command = {
        .name = "undo",
        .operands = "BATCH",
        .about = {"整批撤回一次导入；批号见 lianpu batches",
                  "take an import back whole; lianpu batches tells its number"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    TRY(options_parse(&command, argc, argv, &batch, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    if (!str_int(str_of(batch), &id))
        return fail(ERR_PARAM, "param", "BATCH", "value", batch, "want", "a whole number", "example", "3",
                    NULL);
    Store *store;
    UndoReport report;
    TRY(app_lists_open(db, STORE_WRITE, &store));
    Err err = app_undo(store, id, &report);
    store_close(store);
    if (err == OK && report.batches > 1)
        printf(
            talk((Label){"已撤回第 %lld 批所在文件的 %u 批，涉及 %lld 项；第 %lld 次提交。\n",
                         "Took back the file of batch %lld, %u batches, which spoke of %lld things; commit "
                         "%lld.\n"}),
            (long long)id, report.batches, (long long)report.entities, (long long)report.commit);
    else if (err == OK)
        printf(talk((Label){"已撤回第 %lld 批，涉及 %lld 项；第 %lld 次提交。\n",
                            "Took back batch %lld, which spoke of %lld things; commit %lld.\n"}),
               (long long)id, (long long)report.entities, (long long)report.commit);
    return err;
}
