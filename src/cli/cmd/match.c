/* match BRIEF: ranked sites for a brief, as a table or as the JSON of the HTTP interface. */
#include "match/match.h"
#include "app/query.h"
#include "cli/cmd/cmd.h"
#include "cli/cmd/match_table.h"
#include "cli/cmd/view.h"
#include "intake/input.h"
#include "model/yaml.h"
#include <stdio.h>
#include <string.h>

enum { ANSWER_MAX_BYTES = 64 * 1024 * 1024 };

/* A brief that begins with { is JSON, any other YAML. */
static Err read_brief(const char *path, Arena *arena, Str *ret)
{
    Str text;
    Buf json;
    TRY(input_whole(path, arena, BRIEF_BYTES_MAX, "brief", &text));
    Str inside = str_trim(text);
    if (inside.len > 0 && inside.ptr[0] == '{') {
        *ret = inside;
        return OK;
    }
    buf_init(&json, BRIEF_BYTES_MAX * 2);
    Err err = yaml_to_json(text, &json);
    if (err == OK)
        *ret = str_copy(arena, buf_view(&json));
    buf_done(&json);
    return err;
}

static Err answer(const char *db, const char *atlas_dir, Arena *arena, Str brief, Buf *out)
{
    View view;
    TRY(view_open(db, atlas_dir, &view));
    JsonOut json = json_out(out);
    Err err = query_match(arena, view.atlas, brief, &json);
    view_close(&view);
    return err == OK ? buf_check(out, "the answer") : err;
}

static Err run(const char *db, const char *atlas_dir, const char *path, bool table)
{
    Str brief;
    Buf out;
    Arena *arena = arena_new();
    buf_init(&out, ANSWER_MAX_BYTES);
    Err err = read_brief(path, arena, &brief);
    if (err == OK)
        err = answer(db, atlas_dir, arena, brief, &out);
    if (err == OK && table)
        err = match_table(buf_view(&out));
    else if (err == OK)
        printf(STR_FMT "\n", STR_ARG(buf_view(&out)));
    buf_done(&out);
    arena_free(arena);
    return err;
}

Err cmd_match(int argc, char **argv)
{
    const char *db = NULL, *format = "table", *atlas_dir = NULL, *brief;
    bool table, help;
    const Option options[] = {
        OPTION_DB(db),
        OPTION_FORMAT(format),
        OPTION_ATLAS(atlas_dir),
    };
    const Command command = {
        .name = "match",
        .operands = "BRIEF",
        .about = {"按选址条件（JSON 或 YAML 文件）给地块排序，并说明理由",
                  "rank sites for a brief (a JSON or YAML file), with reasons"},
        .more = {"条件例：\n  where:\n    - {field: area_m2, min: 100000}\n    - {field: land_use, in: [M1, "
                 "M2]}\n  weigh:\n    - {field: price_fen_m2, weight: 30, better: less}\n"
                 "例：lianpu match brief.yaml --db jiangmen.db",
                 "A brief:\n  where:\n    - {field: area_m2, min: 100000}\n    - {field: land_use, in: [M1, "
                 "M2]}\n  weigh:\n    - {field: price_fen_m2, weight: 30, better: less}\n"
                 "Example: lianpu match brief.yaml --db jiangmen.db"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    TRY(options_parse(&command, argc, argv, &brief, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    TRY(table_wanted(format, &table));
    return run(db, atlas_dir, brief, table);
}
