/* check, backup, restore, upgrade: the care of a ledger. */
#include "app/check_chains.h"
#include "app/lists.h"
#include "cli/cmd/cmd.h"
#include "store/store.h"
#include <stdio.h>

static void show_progress(int64_t done, int64_t total, void *user)
{
    (void)user;
    talk_progress(done, total, -1);
}

static Err end(Store *store, Err err)
{
    talk_progress_end();
    store_close(store);
    return err;
}

enum { PROBLEMS_TOLD = 100 };

typedef struct Told {
    uint32_t count;
    Fault last; /* told by main */
} Told;

static void tell_problem(Str key, const Fault *fault, void *user)
{
    Told *told = user;
    (void)key;
    if (told->count > 0 && told->count <= PROBLEMS_TOLD)
        talk_fault(&told->last);
    told->last = *fault;
    told->count++;
}

/* The ledger is whole; now, do its chains hold together? */
static Err check_chains(Store *store)
{
    Told told = {0};
    uint32_t problems;
    TRY(app_check_chains(store, tell_problem, &told, &problems));
    if (problems == 0)
        return OK;
    fault_set(&told.last);
    return ERR_CHAIN;
}

Err cmd_check(int argc, char **argv)
{
    const char *db = NULL;
    bool progress = false, help;
    const Option options[] = {OPTION_DB(db), OPTION_PROGRESS(progress)};
    const Command command = {
        .name = "check",
        .operands = "",
        .about = {"检查库是否完好、产业链是否成立",
                  "check that a ledger is whole and its chains hold together"},
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    Store *store;
    TRY(options_parse(&command, argc, argv, NULL, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    talk_progress_wanted(progress);
    TRY(app_lists_open(db, STORE_READ, &store));
    Err err = store_check(store, show_progress, NULL);
    if (err == OK)
        err = check_chains(store);
    TRY(end(store, err));
    printf(talk((Label){"%s 完好。\n", "%s is whole.\n"}), talk_address(db));
    return OK;
}

Err cmd_backup(int argc, char **argv)
{
    const char *db = NULL, *file;
    bool progress = false, help;
    const Option options[] = {OPTION_DB(db), OPTION_PROGRESS(progress)};
    const Command command = {
        .name = "backup",
        .operands = "FILE",
        .about = {"把库备份到一个新文件；别的程序可以同时读写",
                  "copy a ledger to a new file, while others go on using it"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    Store *store;
    TRY(options_parse(&command, argc, argv, &file, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    talk_progress_wanted(progress);
    TRY(store_open(db, STORE_READ, &store));
    TRY(end(store, store_backup(store, file, show_progress, NULL)));
    printf(talk((Label){"已备份到 %s。\n", "Backed up to %s.\n"}), file);
    return OK;
}

Err cmd_restore(int argc, char **argv)
{
    const char *db = NULL, *file;
    bool progress = false, help;
    const Option options[] = {OPTION_DB(db), OPTION_PROGRESS(progress)};
    const Command command = {
        .name = "restore",
        .operands = "FILE",
        .about = {"从备份恢复到一个还不存在的库", "make a ledger that is not there yet from a backup"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    TRY(options_parse(&command, argc, argv, &file, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    talk_progress_wanted(progress);
    Err err = store_restore(file, db, show_progress, NULL);
    talk_progress_end();
    TRY(err);
    printf(talk((Label){"已恢复为 %s。\n", "Restored as %s.\n"}), talk_address(db));
    return OK;
}

Err cmd_upgrade(int argc, char **argv)
{
    const char *db = NULL;
    bool help;
    int from, to;
    const Option options[] = {OPTION_DB(db)};
    const Command command = {
        .name = "upgrade",
        .operands = "",
        .about = {"把旧版本的库升到本程序的版本；先备份",
                  "bring an older ledger to this program's version; back it up first"},
        .options = options,
        .option_count = OPTION_COUNT(options),
    };
    TRY(options_parse(&command, argc, argv, NULL, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    TRY(store_upgrade(db, &from, &to));
    if (from == to)
        printf(talk((Label){"%s 已是版本 %d。\n", "%s is at version %d already.\n"}), talk_address(db), to);
    else
        printf(talk((Label){"%s 已从版本 %d 升到 %d。\n", "%s went from version %d to %d.\n"}),
               talk_address(db), from, to);
    return OK;
}
