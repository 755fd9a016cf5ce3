/* search QUERY: things by name, pinyin or code, as a table or as the JSON of the HTTP interface. */
#include "app/search.h"
#include "cli/cmd/cmd.h"
#include "cli/cmd/view.h"
#include <stdio.h>
#include <string.h>

enum { ANSWER_MAX_BYTES = 16 * 1024 * 1024, KIND_WIDTH = 14, KEY_WIDTH = 20 };

static Err answer(const char *db, const char *atlas_dir, Arena *arena, const char *text, const char *kinds,
                  uint32_t limit, Buf *out)
{
    View view;
    TRY(view_open(db, atlas_dir, &view));
    JsonOut json = json_out(out);
    Err err = query_search(arena, view.atlas, str_of(text), str_of(kinds), limit, &json);
    view_close(&view);
    return err == OK ? buf_check(out, "the answer") : err;
}

static const char *by_words(Str by)
{
    static const struct {
        const char *by;
        Label words;
    } all[] = {
        {"name", {"名称", "name"}},   {"pinyin", {"拼音", "pinyin"}},   {"initials", {"简拼", "initials"}},
        {"alias", {"别名", "alias"}}, {"former", {"曾用名", "former"}}, {"code", {"编号", "code"}},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_is(by, all[i].by))
            return talk(all[i].words);
    return "";
}

static void print_item(const Json *item)
{
    Str zh = json_text(json_get(item, "name_zh")), en = json_text(json_get(item, "name_en"));
    const Json *matched = json_get(item, "matched");
    Str name = talk_lang() == LANG_EN && en.len ? en : zh.len ? zh : en;
    Str text = json_text(json_get(matched, "text"));
    bool told = str_eq(text, zh) || str_eq(text, en) || str_eq(text, json_text(json_get(item, "id")));
    printf("  %-*s  " STR_FMT "  (%s", KEY_WIDTH, str_c(json_text(json_get(item, "id"))), STR_ARG(name),
           by_words(json_text(json_get(matched, "by"))));
    if (!told)
        printf(": " STR_FMT, STR_ARG(text));
    puts(")");
}

static Err print_table(Str text)
{
    Json *document;
    TRY(json_parse(text, &document));
    const Json *groups = json_get(document, "groups");
    if (json_len(groups) == 0)
        puts(talk((Label){"没有找到。", "Nothing is found."}));
    for (uint32_t g = 0; g < json_len(groups); g++) {
        const Json *group = json_at(groups, g), *items = json_get(group, "items");
        int64_t total = 0;
        Kind kind;
        json_int(json_get(group, "total"), &total);
        if (kind_named(json_text(json_get(group, "kind")), &kind) == OK)
            printf(talk((Label){"%s（共 %lld）\n", "%s (%lld in all)\n"}), talk(kind_info(kind)->plural),
                   (long long)total);
        for (uint32_t i = 0; i < json_len(items); i++)
            print_item(json_at(items, i));
    }
    json_free(document);
    return OK;
}

static Err run(const char *db, const char *atlas_dir, const char *text, const char *kinds, uint32_t limit,
               bool table)
{
    Buf out;
    Arena *arena = arena_new();
    buf_init(&out, ANSWER_MAX_BYTES);
    Err err = answer(db, atlas_dir, arena, text, kinds, limit, &out);
    if (err == OK && table)
        err = print_table(buf_view(&out));
    else if (err == OK)
        printf(STR_FMT "\n", STR_ARG(buf_view(&out)));
    buf_done(&out);
    arena_free(arena);
    return err;
}

Err cmd_search(int argc, char **argv)
{
    const char *db = NULL, *format = "table", *atlas_dir = NULL, *kinds = "", *limit_text = "8", *text;
    bool table, help;
    const Option options[] = {
        OPTION_DB(db),
        {.name = "kinds",
         .value = "KINDS",
         .help = {"只找哪几类，逗号分隔", "of which kinds only, separated by commas"},
         .text = &kinds},
        {.name = "limit",
         .value = "N",
         .help = {"每类至多几条，1 到 50（不写即 8）",
                  "at most how many of each kind, 1 to 50 (8 unless said)"},
         .text = &limit_text},
        OPTION_FORMAT(format),
        OPTION_ATLAS(atlas_dir),
    };
    const Command command = {
        .name = "search",
        .operands = "QUERY",
        .about = {"按名称、拼音、编号查找", "find things by name, pinyin or code"},
        .more = {"例：lianpu search fengshanhu --db jiangmen.db",
                 "Example: lianpu search fengshanhu --db jiangmen.db"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    TRY(options_parse(&command, argc, argv, &text, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    int64_t limit;
    if (!str_int(str_of(limit_text), &limit) || limit < 1 || limit > SEARCH_LIMIT_MAX)
        return fail(ERR_PARAM, "param", "--limit", "value", limit_text, "want", "a whole number from 1 to 50",
                    "example", "8", NULL);
    TRY(table_wanted(format, &table));
    return run(db, atlas_dir, text, kinds, (uint32_t)limit, table);
}
