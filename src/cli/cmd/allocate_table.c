#include "cli/cmd/allocate_table.h"
#include "base/json.h"
#include "cli/cmd/match_table.h"
#include "cli/talk.h"
#include "model/model.h"
#include <stdio.h>
#include <string.h>

enum { CELL_MAX = 256, COLUMNS = 7 };

typedef struct Row {
    char cells[COLUMNS][CELL_MAX];
} Row;

static Str number_of(const Json *value, char scratch[32])
{
    return json_kind(value) == JSON_IS_NUMBER ? json_number_text(value, scratch) : STR("?");
}

static const char *number(const Json *object, const char *name)
{
    char scratch[32];
    return str_c(number_of(json_get(object, name), scratch));
}

static const char *text(const Json *object, const char *name)
{
    return str_c(json_text(json_get(object, name)));
}

static const char *plot_name(const Json *plot)
{
    Str zh = json_text(json_get(plot, "name_zh")), en = json_text(json_get(plot, "name_en"));
    bool english = talk_lang() == LANG_EN;
    return str_c(english && en.len > 0 ? en : zh.len > 0 ? zh : en);
}

/* 供电余量 (kVA): what a park has left. */
static const char *service_words(const Json *of)
{
    static char words[CELL_MAX];
    Str name = json_text(json_get(of, "service"));
    int at = field_index(KIND_PARK, name);
    if (at < 0)
        return str_c(name);
    const Field *field = &kind_info(KIND_PARK)->fields[at];
    snprintf(words, sizeof words, "%s (%s)", talk(field->label), field->unit ? field->unit : "");
    return words;
}

/* ---- who was placed ---- */

static void placed_headings(Row *row)
{
    static const Label headings[COLUMNS] = {{"项目", "project"}, {"优先级", "priority"}, {"地块", "plot"},
                                            {"名称", "name"},    {"园区", "park"},       {"得分", "score"},
                                            {"第几选", "choice"}};
    for (int c = 0; c < COLUMNS; c++)
        snprintf(row->cells[c], CELL_MAX, "%s", talk(headings[c]));
}

static void placed_row(Row *row, const Json *placed)
{
    const Json *plot = json_get(placed, "plot");
    const char *const cells[COLUMNS] = {
        text(placed, "project"), number(placed, "priority"), text(plot, "id"),      plot_name(plot),
        text(plot, "park"),      number(placed, "score"),    number(placed, "rank")};
    for (int c = 0; c < COLUMNS; c++)
        snprintf(row->cells[c], CELL_MAX, "%s", cells[c]);
}

static void print_row(const Row *row, const int *widths)
{
    for (int c = 0; c < COLUMNS; c++)
        table_cell(row->cells[c], widths[c], c == COLUMNS - 1);
    putchar('\n');
}

static void widen(const Row *row, int *widths)
{
    for (int c = 0; c < COLUMNS; c++)
        if (table_width(row->cells[c]) > widths[c])
            widths[c] = table_width(row->cells[c]);
}

static void print_placed(const Json *all)
{
    Row row;
    int widths[COLUMNS] = {0};
    if (json_len(all) == 0)
        return;
    placed_headings(&row);
    widen(&row, widths);
    for (uint32_t i = 0; i < json_len(all); i++) {
        placed_row(&row, json_at(all, i));
        widen(&row, widths);
    }
    putchar('\n');
    placed_headings(&row);
    print_row(&row, widths);
    for (uint32_t i = 0; i < json_len(all); i++) {
        placed_row(&row, json_at(all, i));
        print_row(&row, widths);
    }
}

/* ---- who was left out ---- */

static void print_service(const Json *plot)
{
    printf(talk((Label){"%s 的%s用完了：要 %s，剩 %s，已给 %s",
                        "%s has used up its %s: it asks %s, %s was left, %s went to others"}),
           text(json_get(plot, "plot"), "park"), service_words(plot), number(plot, "asks"),
           number(plot, "left"), number(plot, "used"));
}

static void print_lost(const Json *plot)
{
    static const struct {
        const char *code;
        Label words;
    } why[] = {{"priority", {"优先级更高", "of higher priority"}},
               {"score", {"优先级相同，得分更高", "of the same priority, with a higher score"}},
               {"equal", {"优先级、得分都相同", "of the same priority and score"}}};
    printf("    %s: ", text(json_get(plot, "plot"), "id"));
    Str code = json_text(json_get(plot, "why"));
    for (size_t i = 0; i < sizeof why / sizeof *why; i++)
        if (str_is(code, why[i].code))
            printf(talk((Label){"给了 %s（%s，%s）", "went to %s (%s, %s)"}), text(plot, "to"),
                   number(plot, "to_priority"), talk(why[i].words));
    if (str_is(code, "service"))
        print_service(plot);
    putchar('\n');
}

static void print_no_plot(const Json *project)
{
    int64_t unknown = 0;
    const Json *most = json_get(project, "most");
    fputs(talk((Label){"没有合适的地块", "no plot fits"}), stdout);
    if (most)
        printf(
            talk((Label){"；排除最多的条件：%s，%s 处", "; the condition that excludes most: %s, %s plots"}),
            text(most, "condition"), number(most, "excludes"));
    if (json_int(json_get(project, "unknown"), &unknown) && unknown > 0)
        printf(talk((Label){"；有 %s 处因有未知项待问", "; %s may fit once what is unknown has been asked"}),
               num_c(unknown));
    putchar('\n');
}

static void print_left_out(const Json *project)
{
    int64_t fit = 0, considered = 0;
    Str reason = json_text(json_get(project, "reason"));
    const Json *plots = json_get(project, "plots");
    printf("  %s (%s): ", text(project, "project"), number(project, "priority"));
    if (str_is(reason, "no_plot")) {
        print_no_plot(project);
        return;
    }
    fputs(str_is(reason, "taken") ? talk((Label){"合适的都给了别的项目", "all that fit went to others"})
                                  : talk((Label){"园区的配套能力用完了", "a service of the park is used up"}),
          stdout);
    if (json_int(json_get(project, "fit"), &fit) && json_int(json_get(project, "considered"), &considered) &&
        considered < fit)
        printf(talk((Label){"（合适的有 %s 处，只看了最好的 %s 处）",
                            " (%s fit, only the best %s were considered)"}),
               num_c(fit), num_c(considered));
    putchar('\n');
    for (uint32_t i = 0; i < json_len(plots); i++)
        print_lost(json_at(plots, i));
}

/* ---- the whole ---- */

static void print_head(const Json *plan)
{
    printf(
        talk((Label){"安排了 %s / %s 个项目，优先级之和 %s", "%s of %s projects placed, priority %s in sum"}),
        number(plan, "placed_count"), number(plan, "projects"), number(plan, "priority"));
    if (json_bool(json_get(plan, "optimal")))
        puts(talk(
            (Label){"；已证明在所看的地块中最优", "; proved to be the best among the plots considered"}));
    else if (json_kind(json_get(plan, "score_bound")) == JSON_IS_NULL)
        printf(talk((Label){"，至多 %s；时间到，未证明最优\n",
                            ", at most %s; time was up before it was proved\n"}),
               number(plan, "priority_bound"));
    else
        printf(talk((Label){"，已最优；得分（乘优先级）%s，至多 %s，时间到，未证明最优\n",
                            ", which is the best; score times priority %s, at most %s, time was up\n"}),
               number(plan, "score"), number(plan, "score_bound"));
}

static void print_parks(const Json *parks)
{
    for (uint32_t i = 0; i < json_len(parks); i++) {
        const Json *park = json_at(parks, i), *services = json_get(park, "services");
        for (uint32_t s = 0; s < json_len(services); s++) {
            const Json *service = json_at(services, s);
            bool known = json_kind(json_get(service, "left")) == JSON_IS_NUMBER;
            printf(talk((Label){"  %s %s：要 %s，", "  %s %s: %s asked, "}), text(park, "id"),
                   service_words(service), number(service, "used"));
            printf(known ? talk((Label){"剩 %s\n", "%s left\n"})
                         : talk((Label){"剩多少未知，没有限制\n",
                                        "what is left is not known and was no limit\n"}),
                   number(service, "left"));
        }
    }
}

static bool any_service(const Json *parks)
{
    for (uint32_t i = 0; i < json_len(parks); i++)
        if (json_len(json_get(json_at(parks, i), "services")) > 0)
            return true;
    return false;
}

Err allocate_table(Str given)
{
    Json *plan;
    TRY(json_parse(given, &plan));
    const Json *left_out = json_get(plan, "left_out"), *parks = json_get(plan, "parks");
    print_head(plan);
    print_placed(json_get(plan, "placed"));
    if (json_len(left_out) > 0)
        puts(talk((Label){"\n没有安排的：", "\nLeft out:"}));
    for (uint32_t i = 0; i < json_len(left_out); i++)
        print_left_out(json_at(left_out, i));
    if (any_service(parks))
        puts(talk((Label){"\n园区的配套能力：", "\nServices of the parks:"}));
    print_parks(parks);
    json_free(plan);
    return OK;
}
