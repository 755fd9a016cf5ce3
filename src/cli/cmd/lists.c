/* lists [FILE]: a ledger's own code lists: what is in force, or from now on those of the file. */
#include "app/lists.h"
#include "cli/cmd/cmd.h"
#include "intake/input.h"
#include "model/yaml_tree.h"
#include <stdio.h>

enum { PRINTED_MAX_BYTES = 1024 * 1024 };

static Err print_lists(const char *db)
{
    Store *store;
    Buf text;
    TRY(app_lists_open(db, STORE_READ, &store));
    store_close(store);
    buf_init(&text, PRINTED_MAX_BYTES);
    app_lists_write(&text);
    Err err = buf_check(&text, "code lists");
    if (err == OK)
        fwrite(text.ptr, 1, text.len, stdout);
    buf_done(&text);
    return err;
}

static Err set_lists(const char *db, const char *path)
{
    Arena *arena = arena_new();
    Store *store = NULL;
    Str yaml;
    uint32_t own = 0;
    Err err = input_whole(path, arena, YAML_FILE_MAX_BYTES, "code lists", &yaml);
    if (err == OK)
        err = store_open(db, STORE_WRITE, &store);
    if (err == OK)
        err = app_lists_set(store, yaml, &own);
    store_close(store);
    arena_free(arena);
    if (err == OK)
        printf(
            talk((Label){"%s 有 %u 个自己的代码表，其余用程序的；正在运行的服务重启后生效。\n",
                         "%s has %u code lists of its own, the others are the program's; a server that runs "
                         "follows when it is started again.\n"}),
            talk_address(db), own);
    return err;
}

Err cmd_lists(int argc, char **argv)
{
    const char *db = NULL, *file = NULL;
    bool help;
    const Option options[] = {OPTION_DB(db)};
    const Command command = {
        .name = "lists",
        .operands = "[FILE]",
        .about = {"列出代码表（阶段、层级、土地状态等）；给出 YAML 文件则按它改",
                  "print the code lists (stages, tiers, land states …); with a YAML file, change them to it"},
        .more =
            {"文件里没有的表用程序自带的；有行在用的代码不能去掉。写法见 docs/deployment-lists.md。\n"
             "例：lianpu lists --db jiangmen.db > lists.yaml",
             "A list that the file does not name is the program's; a code that rows use cannot go. The form "
             "is told in docs/deployment-lists.md.\n"
             "Example: lianpu lists --db jiangmen.db > lists.yaml"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
        .operand_optional = true,
    };
    TRY(options_parse(&command, argc, argv, &file, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    return file ? set_lists(db, file) : print_lists(db);
}
