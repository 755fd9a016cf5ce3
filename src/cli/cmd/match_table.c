#include "cli/cmd/match_table.h"
#include "base/json.h"
#include "cli/talk.h"
#include "model/model.h"
#include <stdio.h>
#include <string.h>

enum { CELL_MAX = 200, COLUMNS_MAX = 16 };

/* ---- cells ---- */

/* How wide a terminal shows it: characters from U+1100 on that are East Asian take two places (UAX #11, in
 * short). */
int table_width(const char *text)
{
    int width = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if ((*at & 0xC0) == 0x80)
            continue;
        width += *at >= 0xE3 && *at != 0xEF ? 2 : *at == 0xEF && at[1] >= 0xBC ? 2 : 1;
    }
    return width;
}

void table_cell(const char *text, int width, bool last)
{
    printf("%s%*s", text, last ? 0 : width - table_width(text) + 2, "");
}

static Str number_text(const Json *value, char scratch[32])
{
    return json_kind(value) == JSON_IS_NUMBER ? json_number_text(value, scratch) : json_text(value);
}

static void put_value(char *cell, const Json *value)
{
    char scratch[32];
    if (json_kind(value) == JSON_IS_NULL)
        snprintf(cell, CELL_MAX, "?");
    else if (json_kind(value) == JSON_IS_BOOL)
        snprintf(cell, CELL_MAX, "%s", json_bool(value) ? "true" : "false");
    else
        snprintf(cell, CELL_MAX, "%s", str_c(number_text(value, scratch)));
}

static Str name_of(const Json *entity)
{
    const Json *fields = json_get(entity, "fields");
    Str zh = json_text(json_get(fields, "name_zh")), en = json_text(json_get(fields, "name_en"));
    bool english = talk_lang() == LANG_EN;
    return english && en.len > 0 ? en : zh.len > 0 ? zh : en;
}

/* "12.5 … 40", "M1, M2", "≥ 5": what a condition asks. */
static void put_condition(char *cell, const Json *condition)
{
    char low[CELL_MAX] = "", high[CELL_MAX] = "";
    size_t len = 0;
    const Json *in = json_get(condition, "in"), *min = json_get(condition, "min"),
               *max = json_get(condition, "max");
    cell[0] = '\0';
    for (uint32_t i = 0; i < json_len(in) && len < CELL_MAX - 1; i++)
        len += (size_t)snprintf(cell + len, CELL_MAX - len, "%s%s", i ? ", " : "",
                                str_c(json_text(json_at(in, i))));
    if (json_kind(min) != JSON_IS_NULL)
        put_value(low, min);
    if (json_kind(max) != JSON_IS_NULL)
        put_value(high, max);
    if (low[0] && high[0])
        snprintf(cell, CELL_MAX, "%.80s … %.80s", low, high);
    else if (low[0] || high[0])
        snprintf(cell, CELL_MAX, "%s %.80s", low[0] ? "≥" : "≤", low[0] ? low : high);
}

/* A field as people call it, with its unit: 地价 (fen/m2). Of what a site names: 园区：准入目录 for
 * park.admits. */
static const char *field_words(const Json *ranking, Str name)
{
    static char words[CELL_MAX];
    Kind kind;
    int at = -1, via = -1;
    Str rest = name, first = str_cut(&rest, '.');
    if (kind_named(json_text(json_get(ranking, "kind")), &kind) == OK) {
        at = field_index(kind, first);
        if (at >= 0 && rest.len) {
            via = at;
            kind = kind_info(kind)->fields[via].ref;
            at = field_index(kind, rest);
        }
    }
    if (at < 0)
        return str_c(name);
    const Field *field = &kind_info(kind)->fields[at];
    snprintf(words, sizeof words, "%s%s%s%s%s%s", via < 0 ? "" : talk(kind_info(kind)->label),
             via < 0 ? "" : talk((Label){"：", ": "}), talk(field->label), field->unit ? " (" : "",
             field->unit ? field->unit : "", field->unit ? ")" : "");
    return words;
}

/* "distance to battery.cell": the key stands for the places. */
static const char *near_words(const Json *near)
{
    static char words[CELL_MAX];
    static const char *const members[] = {"type", "segment", "enterprise"};
    for (int i = 0; i < 3; i++)
        if (json_kind(json_get(near, members[i])) == JSON_IS_STRING)
            snprintf(words, sizeof words, talk((Label){"距 %s (m)", "distance to %s (m)"}),
                     str_c(json_text(json_get(near, members[i]))));
    return words;
}

static const char *condition_name(const Json *ranking, const Json *condition)
{
    if (json_kind(json_get(condition, "filter")) == JSON_IS_STRING)
        return str_c(json_text(json_get(condition, "filter")));
    if (json_bool(json_get(condition, "offer")))
        return talk((Label){"可供（未供、未锁定）", "on offer (not taken, not promised)"});
    if (json_get(condition, "distance_to"))
        return near_words(json_get(condition, "distance_to"));
    if (json_get(condition, "inside") || json_get(condition, "outside"))
        return json_get(condition, "inside") ? talk((Label){"在范围内", "inside the area"})
                                             : talk((Label){"在范围外", "outside the area"});
    return field_words(ranking, json_text(json_get(condition, "field")));
}

/* ---- tables ---- */

typedef struct Grid {
    char cells[COLUMNS_MAX][CELL_MAX];
    int widths[COLUMNS_MAX];
    int columns;
} Grid;

/* Each row is made twice: to measure, then to print. */
typedef void FillRow(Grid *grid, const Json *ranking, const Json *row);

static void measure(Grid *grid)
{
    for (int c = 0; c < grid->columns; c++)
        if (table_width(grid->cells[c]) > grid->widths[c])
            grid->widths[c] = table_width(grid->cells[c]);
}

static void print_row(const Grid *grid)
{
    for (int c = 0; c < grid->columns; c++)
        table_cell(grid->cells[c], grid->widths[c], c == grid->columns - 1);
    putchar('\n');
}

static void print_grid(const Json *ranking, const Json *rows, FillRow *headings, FillRow *fill)
{
    static Grid grid;
    memset(&grid, 0, sizeof grid);
    headings(&grid, ranking, NULL);
    measure(&grid);
    for (uint32_t i = 0; i < json_len(rows); i++) {
        fill(&grid, ranking, json_at(rows, i));
        measure(&grid);
    }
    headings(&grid, ranking, NULL);
    print_row(&grid);
    for (uint32_t i = 0; i < json_len(rows); i++) {
        fill(&grid, ranking, json_at(rows, i));
        print_row(&grid);
    }
}

static void put_text(Grid *grid, const char *text)
{
    if (grid->columns < COLUMNS_MAX)
        snprintf(grid->cells[grid->columns++], CELL_MAX, "%s", text);
}

/* ---- sites ---- */

/* What a row's "distances" tell for a term. */
static const char *distance_cell(char *cell, const Json *row, uint32_t term)
{
    const Json *all = json_get(row, "distances");
    put_value(cell, NULL);
    for (uint32_t i = 0; i < json_len(all); i++) {
        int64_t n = -1;
        if (json_int(json_get(json_at(all, i), "term"), &n) && n == term)
            put_value(cell, json_get(json_at(all, i), "m"));
    }
    return cell;
}

static void put_terms(Grid *grid, const Json *ranking, const Json *entity, const Json *row)
{
    const Json *terms = json_get(ranking, "terms"), *fields = json_get(entity, "fields");
    char cell[CELL_MAX];
    for (uint32_t t = 0; t < json_len(terms); t++) {
        Str field = json_text(json_get(json_at(terms, t), "field"));
        const Json *near = json_get(json_at(terms, t), "distance_to");
        if (near) {
            put_text(grid, entity ? distance_cell(cell, row, t) : near_words(near));
            continue;
        }
        if (entity)
            put_value(cell, json_get(fields, field.ptr));
        put_text(grid, entity ? cell : field_words(ranking, field));
    }
}

static void site_headings(Grid *grid, const Json *ranking, const Json *row)
{
    (void)row;
    grid->columns = 0;
    put_text(grid, talk((Label){"名次", "rank"}));
    put_text(grid, talk((Label){"得分", "score"}));
    put_text(grid, "id");
    put_text(grid, talk((Label){"名称", "name"}));
    put_terms(grid, ranking, NULL, NULL);
    put_text(grid, talk((Label){"注意", "warnings"}));
}

static const char *warning_words(Str code)
{
    static const struct {
        const char *code;
        Label words;
    } all[] = {
        {"illustrative", {"示例数据", "sample data"}},
        {"stale", {"已过更新期", "past its refresh"}},
        {"promised", {"意向锁定", "promised"}},
        {"unknown_term", {"未知", "unknown"}},
        {"service_due", {"尚未投用", "not yet in service"}},
        {"approximate_place", {"位置约略", "place approximate"}},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_is(code, all[i].code))
            return talk(all[i].words);
    return str_c(code);
}

static void put_warnings(Grid *grid, const Json *ranking, const Json *row)
{
    char cell[CELL_MAX] = "";
    size_t len = 0;
    const Json *warnings = json_get(row, "warnings");
    for (uint32_t i = 0; i < json_len(warnings) && len < CELL_MAX - 1; i++) {
        const Json *warning = json_at(warnings, i);
        Str field = json_text(json_get(warning, "field"));
        len += (size_t)snprintf(cell + len, CELL_MAX - len, "%s%s%s%s", i ? talk((Label){"、", ", "}) : "",
                                warning_words(json_text(json_get(warning, "code"))), field.len ? ": " : "",
                                field.len ? field_words(ranking, field) : "");
    }
    put_text(grid, cell);
}

static void fill_site(Grid *grid, const Json *ranking, const Json *row)
{
    const Json *entity = json_get(row, "entity");
    char cell[CELL_MAX];
    grid->columns = 0;
    put_value(cell, json_get(row, "rank"));
    put_text(grid, cell);
    put_value(cell, json_get(row, "score"));
    put_text(grid, cell);
    put_text(grid, str_c(json_text(json_get(entity, "id"))));
    put_text(grid, str_c(name_of(entity)));
    put_terms(grid, ranking, entity, row);
    put_warnings(grid, ranking, row);
}

/* ---- what is unknown ---- */

static void unknown_headings(Grid *grid, const Json *ranking, const Json *row)
{
    (void)ranking, (void)row;
    grid->columns = 0;
    put_text(grid, "id");
    put_text(grid, talk((Label){"名称", "name"}));
    put_text(grid, talk((Label){"得分", "score"}));
    put_text(grid, talk((Label){"要问", "to ask"}));
    put_text(grid, talk((Label){"问谁", "whom"}));
}

static void fill_unknown(Grid *grid, const Json *ranking, const Json *row)
{
    const Json *entity = json_get(row, "entity"), *asks = json_get(row, "asks");
    const Json *conditions = json_get(ranking, "conditions");
    char low[CELL_MAX], high[CELL_MAX], cell[CELL_MAX] = "";
    size_t len = 0;
    grid->columns = 0;
    put_text(grid, str_c(json_text(json_get(entity, "id"))));
    put_text(grid, str_c(name_of(entity)));
    put_value(low, json_get(row, "score"));
    const Json *highest = json_get(row, "score_high"); /* left out when it is the score itself */
    put_value(high, highest ? highest : json_get(row, "score"));
    snprintf(cell, CELL_MAX, strcmp(low, high) == 0 ? "%.90s" : "%.90s–%.90s", low, high);
    put_text(grid, cell);
    for (uint32_t i = 0; i < json_len(asks) && len < CELL_MAX - 1; i++) {
        int64_t n = 0;
        if (json_int(json_at(asks, i), &n) && n >= 0)
            len += (size_t)snprintf(cell + len, CELL_MAX - len, "%s%s", i ? ", " : "",
                                    condition_name(ranking, json_at(conditions, (uint32_t)n)));
    }
    put_text(grid, len ? cell : "");
    put_text(grid, str_c(json_text(json_get(json_get(row, "office"), talk((Label){"zh", "en"})))));
}

/* ---- who is near, and what would gain ---- */

static void near_headings(Grid *grid, const Json *ranking, const Json *row)
{
    (void)ranking, (void)row;
    grid->columns = 0;
    put_text(grid, "id");
    put_text(grid, talk((Label){"名称", "name"}));
    put_text(grid, talk((Label){"差在", "fails"}));
    put_text(grid, talk((Label){"差多少", "by"}));
}

static const char *numbered_name(const Json *ranking, const Json *row)
{
    int64_t n = 0;
    (void)json_int(json_get(row, "n"), &n);
    return condition_name(ranking, json_at(json_get(ranking, "conditions"), (uint32_t)n));
}

static void fill_near(Grid *grid, const Json *ranking, const Json *row)
{
    const Json *entity = json_get(row, "entity");
    char cell[CELL_MAX] = "";
    grid->columns = 0;
    put_text(grid, str_c(json_text(json_get(entity, "id"))));
    put_text(grid, str_c(name_of(entity)));
    put_text(grid, numbered_name(ranking, row));
    if (json_get(row, "by"))
        put_value(cell, json_get(row, "by"));
    put_text(grid, cell);
}

static void relax_headings(Grid *grid, const Json *ranking, const Json *row)
{
    (void)ranking, (void)row;
    grid->columns = 0;
    put_text(grid, talk((Label){"条件", "condition"}));
    put_text(grid, talk((Label){"放宽到", "changed to"}));
    put_text(grid, talk((Label){"多几处", "gains"}));
}

static void fill_relax(Grid *grid, const Json *ranking, const Json *row)
{
    char cell[CELL_MAX], from[CELL_MAX], to[CELL_MAX];
    const Json *add = json_get(row, "add"), *step = json_get(row, "step");
    const Json *change = step ? step : json_get(row, "least");
    grid->columns = 0;
    put_text(grid, numbered_name(ranking, row));
    put_value(to, add ? add : json_get(change, "to"));
    put_value(from, json_get(row, "from"));
    if (add)
        snprintf(cell, CELL_MAX, "+ %.90s", to);
    else
        snprintf(cell, CELL_MAX, "%.90s → %.90s", from, to);
    put_text(grid, cell);
    put_value(cell, json_get(add ? row : change, "gains"));
    put_text(grid, cell);
}

static void print_near(const Json *ranking)
{
    const Json *near = json_get(ranking, "near_misses"), *relaxations = json_get(ranking, "relaxations");
    if (json_len(near) > 0) {
        puts(talk((Label){"\n只差一个条件：", "\nOne condition short:"}));
        print_grid(ranking, near, near_headings, fill_near);
    }
    if (json_len(relaxations) > 0) {
        puts(talk((Label){"\n放宽一个条件，多出几处：", "\nOne condition changed, and what it gains:"}));
        print_grid(ranking, relaxations, relax_headings, fill_relax);
    }
}

/* ---- sets ---- */

static void set_headings(Grid *grid, const Json *ranking, const Json *row)
{
    (void)ranking, (void)row;
    grid->columns = 0;
    put_text(grid, talk((Label){"名次", "rank"}));
    put_text(grid, talk((Label){"得分", "score"}));
    put_text(grid, talk((Label){"面积 (m2)", "area (m2)"}));
    put_text(grid, talk((Label){"紧凑度", "compactness"}));
    put_text(grid, talk((Label){"最大间隔 (m)", "widest gap (m)"}));
    put_text(grid, talk((Label){"最早", "earliest"}));
    put_text(grid, talk((Label){"穷尽", "exact"}));
    put_text(grid, talk((Label){"谁管", "whose"}));
    put_text(grid, talk((Label){"地块", "plots"}));
}

/* "甲局 2, ? 1" */
static void put_owners(Grid *grid, const Json *owners)
{
    char cell[CELL_MAX] = "", plots[CELL_MAX];
    size_t len = 0;
    for (uint32_t i = 0; i < json_len(owners) && len < CELL_MAX - 1; i++) {
        const Json *owner = json_at(owners, i);
        Str office = json_text(json_get(json_get(owner, "office"), talk((Label){"zh", "en"})));
        put_value(plots, json_get(owner, "plots"));
        len += (size_t)snprintf(cell + len, CELL_MAX - len, "%s%s %s", i ? ", " : "",
                                office.len ? str_c(office) : "?", plots);
    }
    put_text(grid, cell);
}

static void fill_set(Grid *grid, const Json *ranking, const Json *row)
{
    static const char *const members[] = {"rank", "score", "area_m2", "compactness", "gap"};
    const Json *start = json_get(row, "start"), *plots = json_get(row, "plots");
    char cell[CELL_MAX] = "";
    size_t len = 0;
    (void)ranking;
    grid->columns = 0;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        put_value(cell, json_get(row, members[i]));
        put_text(grid, cell);
    }
    put_value(cell, json_get(start, "earliest"));
    put_text(grid, cell);
    put_text(grid,
             json_bool(json_get(row, "exact")) ? talk((Label){"是", "yes"}) : talk((Label){"否", "no"}));
    put_owners(grid, json_get(row, "owners"));
    cell[0] = '\0';
    for (uint32_t i = 0; i < json_len(plots) && len < CELL_MAX - 1; i++)
        len += (size_t)snprintf(cell + len, CELL_MAX - len, "%s%s", i ? " " : "",
                                str_c(json_text(json_get(json_at(plots, i), "id"))));
    put_text(grid, cell);
}

static void print_sets(const Json *ranking)
{
    const Json *sets = json_get(ranking, "sets");
    char found[CELL_MAX];
    if (!sets)
        return;
    put_value(found, json_get(ranking, "sets_count"));
    printf(talk((Label){"\n相邻地块拼合：%s 组\n", "\nAdjoining plots put together: %s sets\n"}), found);
    if (json_len(sets) > 0)
        print_grid(ranking, sets, set_headings, fill_set);
    if (json_bool(json_get(ranking, "sets_bounded")))
        puts(talk((Label){"未穷尽所有拼法，可能有更紧凑的。",
                          "Not every set was tried; a tighter one may exist."}));
}

/* ---- conditions ---- */

static void condition_headings(Grid *grid, const Json *ranking, const Json *row)
{
    (void)ranking, (void)row;
    grid->columns = 0;
    put_text(grid, talk((Label){"条件", "condition"}));
    put_text(grid, "");
    put_text(grid, talk((Label){"排除", "excludes"}));
    put_text(grid, talk((Label){"仅它排除", "it alone"}));
    put_text(grid, talk((Label){"未知", "unknown"}));
}

static void fill_condition(Grid *grid, const Json *ranking, const Json *row)
{
    static const char *const counts[] = {"excludes", "only", "unknown"};
    char cell[CELL_MAX];
    grid->columns = 0;
    put_text(grid, condition_name(ranking, row));
    put_condition(cell, row);
    put_text(grid, cell);
    for (int i = 0; i < 3; i++) {
        put_value(cell, json_get(row, counts[i]));
        put_text(grid, cell);
    }
}

static void print_balance(const Json *ranking)
{
    static const char *const names[] = {"candidates", "fit", "unknown", "near", "excluded"};
    char counts[5][CELL_MAX];
    for (int i = 0; i < 5; i++)
        put_value(counts[i], json_get(ranking, names[i]));
    printf(talk((Label){"候选 %s = 符合 %s + 未知 %s + 差一点 %s + 排除 %s",
                        "%s candidates = %s fit + %s unknown + %s near + %s excluded"}),
           counts[0], counts[1], counts[2], counts[3], counts[4]);
    Str as_of = json_text(json_get(ranking, "as_of"));
    if (as_of.len > 0)
        printf(talk((Label){"；数据截至 %s", "; as of %s"}), str_c(as_of));
    fputs("\n\n", stdout);
}

Err match_table(Str text)
{
    Json *ranking;
    TRY(json_parse(text, &ranking));
    print_balance(ranking);
    if (json_len(json_get(ranking, "sites")) > 0)
        print_grid(ranking, json_get(ranking, "sites"), site_headings, fill_site);
    else
        puts(talk((Label){"没有符合全部条件的。", "Nothing fits all conditions."}));
    if (json_len(json_get(ranking, "unknowns")) > 0) {
        puts(
            talk((Label){"\n有项未知，问明后可能符合：", "\nMay fit, once what is unknown has been asked:"}));
        print_grid(ranking, json_get(ranking, "unknowns"), unknown_headings, fill_unknown);
    }
    print_sets(ranking);
    print_near(ranking);
    if (json_len(json_get(ranking, "conditions")) > 0) {
        puts(talk((Label){"\n每个条件排除多少：", "\nWhat each condition excludes:"}));
        print_grid(ranking, json_get(ranking, "conditions"), condition_headings, fill_condition);
    }
    json_free(ranking);
    return OK;
}
