#include "app/sample.h"
#include "cli/cmd/cmd.h"
#include <stdio.h>

Err cmd_init(int argc, char **argv)
{
    const char *sample = NULL, *file;
    bool no_illustrative = false, help;
    const Option options[] = {
        {.name = "sample",
         .value = "NAME",
         .help = {"同时装入随附数据：jiangmen", "with the data that ships: jiangmen"},
         .text = &sample},
        {.name = "no-illustrative",
         .help = {"不装示例（虚构）数据", "without rows that are illustrative (invented)"},
         .flag = &no_illustrative},
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
    TRY(app_init(file, str_of(sample), no_illustrative, &rows));
    printf(talk((Label){"已建 %s，装入 %lld 行。\n", "Made %s with %lld rows.\n"}), talk_address(file),
           (long long)rows);
    return OK;
}
