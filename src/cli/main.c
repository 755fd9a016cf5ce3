/* lianpu: one program, one command at a time (cli/cmd/). What fails is said here, once, in the person's
 * language. */
#include "cli/cmd/cmd.h"
#include "cli/cmd/serve.h"
#include <stdio.h>
#include <string.h>

typedef Err RunCommand(int argc, char **argv);

static const struct {
    const char *name;
    RunCommand *run;
    Label about; /* NULLs: internal, not in the help */
} commands[] = {
    {"init", cmd_init, {"新建一个库，可装入随附数据", "make a ledger, with the sample if asked"}},
    {"serve", cmd_serve, {"开网页和接口", "serve the pages and the interface"}},
    {"import", cmd_import, {"导入 CSV、GeoJSON 或产业链", "import CSV, GeoJSON or a chain"}},
    {"export", cmd_export, {"导出 CSV 或 GeoJSON", "export CSV or GeoJSON"}},
    {"chain", cmd_chain, {"画产业链图谱", "draw a chain's graph"}},
    {"match", cmd_match, {"按条件选址", "rank sites for a brief"}},
    {"allocate", cmd_allocate, {"给多个项目分配地块", "give many projects plots and services"}},
    {"search", cmd_search, {"按名称、拼音、编号查找", "find things by name, pinyin or code"}},
    {"show", cmd_show, {"显示一项，可附来由", "show one thing, and why"}},
    {"lists", cmd_lists, {"列出或更改代码表", "print or change the code lists"}},
    {"batches", cmd_batches, {"列出导入批次", "list what was imported"}},
    {"undo", cmd_undo, {"整批撤回", "take a batch back"}},
    {"check", cmd_check, {"检查库", "check a ledger"}},
    {"backup", cmd_backup, {"备份库", "back a ledger up"}},
    {"restore", cmd_restore, {"从备份恢复", "restore a ledger from a backup"}},
    {"upgrade", cmd_upgrade, {"把旧库升级", "bring an older ledger up to date"}},
    {"build-atlas", cmd_build_atlas, {NULL, NULL}},
    {"config-doc", cmd_config_doc, {NULL, NULL}},
    {"api-doc", cmd_api_doc, {NULL, NULL}},
    {"routes", cmd_routes, {NULL, NULL}},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(void)
{
    puts(talk(
        (Label){"链谱 lianpu：开放的产业链招商图谱\n\n用法：lianpu 命令 [选项]\n",
                "Lianpu: an open industrial-chain investment atlas\n\nUsage: lianpu COMMAND [options]\n"}));
    for (int i = 0; i < COMMANDS; i++)
        if (commands[i].about.zh)
            printf("  %-10s%s\n", commands[i].name, talk(commands[i].about));
    printf("\n%s\n%s\n",
           talk((Label){
               "每个命令都有 --help。--lang zh|en 定语言，--version 看版本。",
               "Each command has --help. --lang zh|en sets the language, --version tells the version."}),
           talk(talk_exit_codes));
}

/* Takes --lang out of the words, wherever it stands before a lone --. */
static Err take_lang(int *argc, char **argv)
{
    int kept = 0;
    bool open = true;
    talk_in(talk_lang_of_environment());
    for (int i = 0; i < *argc; i++) {
        const char *lang = NULL;
        open = open && strcmp(argv[i], "--") != 0;
        if (open && strncmp(argv[i], "--lang=", 7) == 0)
            lang = argv[i] + 7;
        else if (open && strcmp(argv[i], "--lang") == 0)
            lang = i + 1 < *argc ? argv[++i] : "";
        else
            argv[kept++] = argv[i];
        if (!lang)
            continue;
        if (strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0)
            return fail(ERR_PARAM, "param", "--lang", "value", lang, "want", "zh, en", "example", "en", NULL);
        talk_in(lang_of(str_of(lang)));
    }
    *argc = kept;
    argv[kept] = NULL;
    return OK;
}

static Err run(int argc, char **argv)
{
    TRY(take_lang(&argc, argv));
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return argc < 2 ? fail(ERR_USAGE, "detail", "a command is missing", NULL) : OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("lianpu " LIANPU_VERSION);
        return OK;
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    char detail[FAULT_TEXT_MAX];
    snprintf(detail, sizeof detail, "unknown command %s", argv[1]);
    return fail(ERR_USAGE, "detail", detail, NULL);
}

/* What was printed must have arrived: a full disk behind > FILE is a failure too. */
static Err flush_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return OK;
    return fail(ERR_FILE_WRITE, "path", "stdout", NULL);
}

int main(int argc, char **argv)
{
    Err err = run(argc, argv);
    if (err == OK)
        err = flush_output();
    if (err != OK)
        talk_fault(fault_last());
    return talk_exit_code(err);
}
