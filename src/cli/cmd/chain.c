/* chain ID: a chain's graph, as a picture for print or as the JSON of the HTTP interface. */
#include "app/chain_graph.h"
#include "cli/cmd/cmd.h"
#include "cli/cmd/view.h"
#include "store/publish.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURE_MAX_BYTES = 16 * 1024 * 1024 };

typedef struct Wanted {
    const char *db, *atlas_dir, *id;
    bool json;
    NodeSize size;
    SvgTheme theme;
} Wanted;

static Err answer(const Wanted *wanted, Arena *arena, Buf *out)
{
    View view;
    TRY(view_open(wanted->db, wanted->atlas_dir, &view));
    JsonOut json = json_out(out);
    Str id = str_of(wanted->id);
    Err err = wanted->json ? query_chain_graph(arena, view.atlas, id, wanted->size, &json)
                           : query_chain_svg(arena, view.atlas, id, talk_lang(), wanted->theme, out);
    view_close(&view);
    return err == OK ? buf_check(out, "the answer") : err;
}

/* Whole or not at all, and never over a file that is there. */
static Err write_file(const char *path, Str bytes)
{
    char *temp;
    TRY(publish_begin(path, &temp));
    FILE *file = fopen(temp, "w");
    int error = file ? 0 : errno;
    if (file && (fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len || fflush(file) != 0))
        error = errno;
    if (file && fclose(file) != 0 && !error)
        error = errno;
    Err err = error ? fail_write(path, error) : publish_end(temp, path);
    if (err != OK)
        publish_drop(temp);
    free(temp);
    return err;
}

static Err run(const Wanted *wanted, const char *file)
{
    Buf out;
    Arena *arena = arena_new();
    buf_init(&out, PICTURE_MAX_BYTES);
    Err err = answer(wanted, arena, &out);
    bool print = wanted->json || strcmp(file, "-") == 0;
    if (err == OK && print)
        printf(STR_FMT "%s", STR_ARG(buf_view(&out)), wanted->json ? "\n" : "");
    else if (err == OK)
        err = write_file(file, buf_view(&out));
    if (err == OK && !print)
        printf(talk((Label){"已画到 %s。\n", "Drawn to %s.\n"}), file);
    buf_done(&out);
    arena_free(arena);
    return err;
}

Err cmd_chain(int argc, char **argv)
{
    const char *file = NULL, *theme = NULL, *node = NULL;
    Wanted wanted = {0};
    bool help;
    const Option options[] = {
        OPTION_DB(wanted.db),
        {.name = "svg",
         .value = "FILE|-",
         .help = {"画成 SVG，写到一个新文件", "draw it as SVG, to a new file"},
         .text = &file},
        {.name = "theme",
         .value = "THEME",
         .help = {"light（不写即此）或 dark", "light (unless said) or dark"},
         .text = &theme},
        {.name = "json", .help = {"打印接口的 JSON", "print the interface's JSON"}, .flag = &wanted.json},
        {.name = "node",
         .value = "SIZE",
         .help = {"JSON 中环节的大小：zh（不写即此）、en、wall",
                  "size of segments in the JSON: zh (unless said), en, wall"},
         .text = &node},
        OPTION_ATLAS(wanted.atlas_dir),
    };
    const Command command = {
        .name = "chain",
        .operands = "ID",
        .about = {"把一条产业链画成图谱", "draw a chain's graph"},
        .more = {"例：lianpu chain battery --db jiangmen.db --svg battery.svg",
                 "Example: lianpu chain battery --db jiangmen.db --svg battery.svg"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    TRY(options_parse(&command, argc, argv, &wanted.id, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", wanted.db));
    if (!wanted.json)
        TRY(option_required(&command, "svg", file));
    TRY(node_size_named(str_of(node), &wanted.size));
    TRY(svg_theme_named(str_of(theme), &wanted.theme));
    return run(&wanted, file);
}
