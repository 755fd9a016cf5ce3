/* allocate BRIEFS: many projects to limited land and services, as tables or as JSON. */
#include "match/allocate.h"
#include "app/allocation.h"
#include "cli/cmd/allocate_table.h"
#include "cli/cmd/cmd.h"
#include "cli/cmd/view.h"
#include "intake/input.h"
#include <stdio.h>

enum { ANSWER_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct Wanted {
    const char *db, *atlas_dir, *path;
    double seconds;
    bool table;
} Wanted;

static Err answer(const Wanted *wanted, Arena *arena, Buf *out)
{
    Str text;
    View view;
    TRY(input_whole(wanted->path, arena, ALLOCATION_BYTES_MAX, "YAML", &text));
    TRY(view_open(wanted->db, wanted->atlas_dir, &view));
    JsonOut json = json_out(out);
    Err err = query_allocation(arena, view.atlas, text, wanted->seconds, &json);
    view_close(&view);
    return err == OK ? buf_check(out, "the answer") : err;
}

static Err run(const Wanted *wanted)
{
    Buf out;
    Arena *arena = arena_new();
    buf_init(&out, ANSWER_MAX_BYTES);
    Err err = answer(wanted, arena, &out);
    if (err == OK && wanted->table)
        err = allocate_table(buf_view(&out));
    else if (err == OK)
        printf(STR_FMT "\n", STR_ARG(buf_view(&out)));
    buf_done(&out);
    arena_free(arena);
    return err;
}

static Err seconds_wanted(const char *text, double *ret)
{
    double seconds = ALLOCATE_SECONDS_DEFAULT;
    if (text && (!str_double(str_of(text), &seconds) || seconds < 0 || seconds > ALLOCATE_SECONDS_MAX))
        return fail(ERR_PARAM, "param", "--time-limit", "value", text, "want", "a number from 0 to 3600",
                    "example", "10", NULL);
    *ret = seconds;
    return OK;
}

Err cmd_allocate(int argc, char **argv)
{
    const char *format = "table", *seconds = NULL;
    bool help;
    Wanted wanted = {0};
    const Option options[] = {
        OPTION_DB(wanted.db),
        {.name = "time-limit",
         .value = "SECONDS",
         .help = {"求解至多用几秒；不写是 10，0 不求解，只用贪心法",
                  "what the search may take; 10 unless said, 0: no search, greedy plans alone"},
         .text = &seconds},
        OPTION_FORMAT(format),
        OPTION_ATLAS(wanted.atlas_dir),
    };
    const Command command = {
        .name = "allocate",
        .operands = "BRIEFS",
        .about =
            {"给多个项目（YAML 文件）分配有限的地块和配套能力，并说明谁没排上、为什么",
             "give many projects (a YAML file) limited plots and services; says who was left out and why"},
        .more = {"先求已安排项目的优先级之和最大，再求优先级乘得分之和最大。\n项目例：\n"
                 "  - name: 电芯二期\n    priority: 80\n    brief:\n"
                 "      where: [{field: area_m2, min: 100000}, {field: power_left_kva, min: 8000}]\n"
                 "例：lianpu allocate briefs.yaml --db jiangmen.db --time-limit 10",
                 "First the most priority placed, then the most priority × score.\nProjects:\n"
                 "  - name: cells, phase two\n    priority: 80\n    brief:\n"
                 "      where: [{field: area_m2, min: 100000}, {field: power_left_kva, min: 8000}]\n"
                 "Example: lianpu allocate briefs.yaml --db jiangmen.db --time-limit 10"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 1,
    };
    TRY(options_parse(&command, argc, argv, &wanted.path, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", wanted.db));
    TRY(table_wanted(format, &wanted.table));
    TRY(seconds_wanted(seconds, &wanted.seconds));
    return run(&wanted);
}
