#include "app/sample.h"
#include "cli/cmd/cmd.h"
#include "intake/input.h"
#include "model/yaml_tree.h"
#include <stdio.h>

static Err make(const char *url, Str sample, bool no_illustrative, const char *lists, int64_t *ret_rows)
{
    Arena *arena = arena_new();
    Str yaml = STR("");
    Err err = OK;
    if (lists)
        err = input_whole(lists, arena, YAML_FILE_MAX_BYTES, "code lists", &yaml);
    if (err == OK && lists && yaml.len == 0)
        err = fail(ERR_YAML, "line", "1", "column", "1", "detail", "it is empty", NULL);
    if (err == OK)
        err = app_init(url, sample, no_illustrative, yaml, ret_rows);
    arena_free(arena);
    return err;
}

Err cmd_init(int argc, char **argv)
{
    const char *sample = NULL, *lists = NULL, *file;
    bool no_illustrative = false, help;
    const Option options[] = {
        {.name = "sample",
         .value = "NAME",
         .help = {"同时装入随附数据：jiangmen", "with the data that ships: jiangmen"},
         .text = &sample},
        {.name = "no-illustrative",
         .help = {"不装示例（虚构）数据", "without rows that are illustrative (invented)"},
         .flag = &no_illustrative},
        {.name = "lists",
         .value = "FILE",
         .help = {"用自己的代码表（YAML），见 lianpu lists",
                  "with code lists of its own (YAML); see lianpu lists"},
         .text = &lists},
    };
    const Command command = {
        .name = "init",
        .operands = "FILE|URL",
        .about = {"新建一个库；已有的不动", "make a ledger; one that is there is left alone"},
        .more = {"例：lianpu init jiangmen.db --sample jiangmen",
                 "Example: lianpu init jiangmen.db --sample jiangmen"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    int64_t rows;
    TRY(options_parse(&command, argc, argv, &file, &help));
    if (help)
        return OK;
    TRY(make(file, str_of(sample), no_illustrative, lists, &rows));
    printf(talk((Label){"已建 %s，装入 %lld 行。\n", "Made %s with %lld rows.\n"}), talk_address(file),
           (long long)rows);
    return OK;
}
