/* cli/cmd/cmd.h: the commands, one file each. argv[0] is the command's name; what fails is said by main. */
#pragma once
#include "cli/options.h"

MUST_USE Err cmd_init(int argc, char **argv);
MUST_USE Err cmd_import(int argc, char **argv);
MUST_USE Err cmd_export(int argc, char **argv);
MUST_USE Err cmd_chain(int argc, char **argv);
MUST_USE Err cmd_match(int argc, char **argv);
MUST_USE Err cmd_allocate(int argc, char **argv);
MUST_USE Err cmd_search(int argc, char **argv);
MUST_USE Err cmd_show(int argc, char **argv);
MUST_USE Err cmd_lists(int argc, char **argv);
MUST_USE Err cmd_batches(int argc, char **argv);
MUST_USE Err cmd_undo(int argc, char **argv);
MUST_USE Err cmd_check(int argc, char **argv);
MUST_USE Err cmd_backup(int argc, char **argv);
MUST_USE Err cmd_restore(int argc, char **argv);
MUST_USE Err cmd_upgrade(int argc, char **argv);

/* Options that several commands have. */
#define OPTION_DB(target)                                                                                    \
    {                                                                                                        \
        .name = "db", .value = "FILE|URL",                                                                   \
        .help = {"库：文件，或 postgresql://…", "the ledger: a file, or postgresql://…"}, .text = &(target)  \
    }
#define OPTION_PROGRESS(target)                                                                              \
    {                                                                                                        \
        .name = "progress", .help = {"不在终端里也报进度", "tell progress also when not at a terminal"},     \
        .flag = &(target)                                                                                    \
    }
#define OPTION_COUNT(options) (uint32_t)(sizeof(options) / sizeof *(options))
