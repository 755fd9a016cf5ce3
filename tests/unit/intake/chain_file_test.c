/* A chain written as YAML: the rows it gives, and what refuses it. */
#include "intake/chain_file.h"
#include "test.h"
#include <string.h>

#define CHAIN "chain:\n  id: battery\n  name_zh: 电池\n  how: derived\n"

static const char GOOD[] =
    CHAIN "segments:\n"
          "  - id: ore\n    stage: up\n    type: input\n    industries: ['0939', 1020]\n"
          "    keywords: [锂辉石, 卤水]\n"
          "  - id: scrap\n    stage: down\n    type: recycling\n    how: reported\n"
          "    needs:\n      - {from: cell, weight: 100}\n"
          "  - id: cell\n    stage: mid\n    needs:\n"
          "      - {from: ore, weight: 100, one_of: metal}\n"
          "      - {from: scrap, weight: 100, one_of: metal, recycling: yes}\n";

static Err read_with(Arena *arena, const char *text, bool no_illustrative, ChainFile *ret)
{
    const RowOptions options = {
        .has_as_of = true, .as_of = {19000, 19000}, .no_illustrative = no_illustrative};
    Input *input = input_of(str_of(text), "chain.yaml");
    Err err = chain_file_read(arena, input, &options, ret);
    input_close(input);
    return err;
}

/* The text of a row's field as a table would have it. */
static Str cell(Arena *arena, const ChainFile *file, ChainPart part, uint32_t row, const char *field)
{
    Value values[FIELDS_MAX];
    Buf text;
    Kind kind = file->parts[part].kind;
    uint32_t i = (uint32_t)field_index(kind, str_of(field));
    CHECK_OK(unpack_values(arena, kind, file->parts[part].rows[row].payload, values));
    buf_init(&text, 1000);
    value_text(&text, &kind_info(kind)->fields[i], &values[i]);
    Str copy = str_copy(arena, buf_view(&text));
    buf_done(&text);
    return copy;
}

/* The file must be refused whole, at this line. */
static void check_refused(const char *text, Err want, const char *line)
{
    Arena *arena = arena_new();
    ChainFile file;
    CHECK_ERR(read_with(arena, text, false, &file), want);
    if (want == ERR_YAML)
        CHECK_STR(str_of(fault_arg(fault_last(), "line")), line);
    chain_file_done(&file);
    arena_free(arena);
}

/* The file can be read, and has one issue in this row and column. */
static void check_issue(const char *text, Err want, int64_t row, const char *column)
{
    Arena *arena = arena_new();
    ChainFile file;
    CHECK_OK(read_with(arena, text, false, &file));
    CHECK_EQ(file.bad, 1);
    CHECK_EQ(file.issues.count, 1);
    CHECK_EQ(file.issues.list[0].fault.code, want);
    CHECK_EQ(file.issues.list[0].row, row);
    CHECK_STR(str_of(file.issues.list[0].column), column);
    chain_file_done(&file);
    arena_free(arena);
}

TEST(a_file_gives_the_chain_its_segments_and_its_flows)
{
    Arena *arena = arena_new();
    ChainFile file;
    CHECK_OK(read_with(arena, GOOD, false, &file));
    CHECK_EQ(file.bad, 0);
    CHECK_EQ(file.parts[PART_CHAIN].count, 1);
    CHECK_EQ(file.parts[PART_SEGMENTS].count, 3);
    CHECK_EQ(file.parts[PART_FLOWS].count, 3);
    CHECK_STR(file.parts[PART_CHAIN].rows[0].key, "battery");
    CHECK_STR(file.parts[PART_SEGMENTS].rows[0].key, "battery.ore");
    CHECK_STR(cell(arena, &file, PART_SEGMENTS, 0, "chain"), "battery");
    CHECK_STR(cell(arena, &file, PART_SEGMENTS, 0, "industries"), "0939;1020");
    CHECK_STR(cell(arena, &file, PART_SEGMENTS, 0, "keywords"), "锂辉石;卤水");
    chain_file_done(&file);
    arena_free(arena);
}

TEST(a_flow_says_its_ends_its_group_and_where_it_stands)
{
    Arena *arena = arena_new();
    ChainFile file;
    CHECK_OK(read_with(arena, GOOD, false, &file));
    CHECK_STR(file.parts[PART_FLOWS].rows[2].key, "battery.scrap-cell");
    CHECK_STR(cell(arena, &file, PART_FLOWS, 2, "from_segment"), "battery.scrap");
    CHECK_STR(cell(arena, &file, PART_FLOWS, 2, "to_segment"), "battery.cell");
    CHECK_STR(cell(arena, &file, PART_FLOWS, 2, "mode"), "one_of");
    CHECK_STR(cell(arena, &file, PART_FLOWS, 2, "alternative"), "metal");
    CHECK_STR(cell(arena, &file, PART_FLOWS, 0, "mode"), "all_of");
    CHECK_STR(file.parts[PART_FLOWS].rows[2].locator, "segments/cell/needs/scrap");
    CHECK_STR(file.parts[PART_SEGMENTS].rows[0].locator, "segments/ore");
    chain_file_done(&file);
    arena_free(arena);
}

TEST(how_is_the_chains_unless_a_part_says_its_own)
{
    Arena *arena = arena_new();
    ChainFile file;
    CHECK_OK(read_with(arena, GOOD, false, &file));
    CHECK_STR(cell(arena, &file, PART_SEGMENTS, 0, "how"), "derived");
    CHECK_STR(cell(arena, &file, PART_SEGMENTS, 1, "how"), "reported");
    CHECK_STR(cell(arena, &file, PART_FLOWS, 0, "how"), "derived");
    chain_file_done(&file);
    arena_free(arena);
}

TEST(an_illustrative_segment_is_left_out_with_its_flows)
{
    static const char text[] =
        CHAIN "segments:\n  - {id: ore, stage: up}\n  - {id: tar, stage: up, how: illustrative}\n"
              "  - {id: cell, stage: mid, needs: [{from: ore}, {from: tar}]}\n";
    Arena *arena = arena_new();
    ChainFile file;
    CHECK_OK(read_with(arena, text, true, &file));
    CHECK(!file.parts[PART_SEGMENTS].left_out[0] && file.parts[PART_SEGMENTS].left_out[1]);
    CHECK(!file.parts[PART_FLOWS].left_out[0] && file.parts[PART_FLOWS].left_out[1]);
    chain_file_done(&file);
    arena_free(arena);
}

TEST(a_name_nobody_knows_refuses_the_file_with_its_line)
{
    check_refused(CHAIN "  colour: red\nsegments: []\n", ERR_YAML, "5");
    check_refused(CHAIN "segments:\n  - id: ore\n    stage: up\n    stagge: up\n", ERR_YAML, "8");
    check_refused(CHAIN "segments:\n  - id: ore\n    chain: other\n", ERR_YAML, "7");
    check_refused(CHAIN "segments:\n  - id: ore\n    needs:\n      - {from: ore, mode: one_of}\n", ERR_YAML,
                  "8");
    check_refused(CHAIN "segments: []\nflows: []\n", ERR_YAML, "6");
}

TEST(a_name_given_twice_refuses_the_file)
{
    check_refused(CHAIN "  how: derived\nsegments: []\n", ERR_YAML, "5");
}

TEST(an_id_given_twice_is_told_with_both_lines)
{
    check_issue(CHAIN "segments:\n  - {id: ore, stage: up}\n  - {id: ore, stage: mid}\n", ERR_VALUE, 7, "id");
    check_issue(CHAIN "segments:\n  - {id: ore, stage: up}\n  - {id: cell, stage: mid, needs: [{from: ore}, "
                      "{from: ore}]}\n",
                ERR_VALUE, 7, "id");
}

TEST(a_cell_that_is_wrong_is_an_issue_of_its_row)
{
    check_issue(CHAIN "segments:\n  - id: ore\n    stage: top\n", ERR_VALUE, 6, "stage");
    check_issue(CHAIN "segments:\n  - id: Ore 1\n    stage: up\n", ERR_VALUE, 6, "id");
    check_issue(CHAIN "segments:\n  - id: ore\n    stage: [up]\n", ERR_VALUE, 6, "stage");
    check_issue(CHAIN "segments:\n  - id: ore\n    stage: up\n    industries: [939]\n", ERR_VALUE, 6,
                "industries");
    check_issue(CHAIN "segments:\n  - id: ore\n    stage: up\n    keywords: [a;b]\n", ERR_VALUE, 6,
                "keywords");
    check_issue(CHAIN "segments:\n  - {id: ore, stage: up, needs: [{from: ore, weight: 0}]}\n", ERR_VALUE, 6,
                "weight");
}

TEST(what_must_be_there_is_asked_for)
{
    check_issue(CHAIN "segments:\n  - id: ore\n", ERR_FIELD_REQUIRED, 6, "stage");
    check_issue(CHAIN "segments:\n  - {id: ore, stage: up, needs: [{weight: 10}]}\n", ERR_VALUE, 6, "from");
}

TEST(a_day_that_is_nowhere_said_is_asked_for_once)
{
    const RowOptions options = {0};
    Arena *arena = arena_new();
    Input *input = input_of(str_of(GOOD), "chain.yaml");
    ChainFile file;
    CHECK_OK(chain_file_read(arena, input, &options, &file));
    CHECK_EQ(file.bad, 1);
    CHECK_EQ(file.issues.list[0].row, 2);
    CHECK_STR(str_of(file.issues.list[0].column), "as_of");
    chain_file_done(&file);
    input_close(input);
    arena_free(arena);
}

TEST(what_has_not_the_form_is_refused)
{
    check_refused("", ERR_YAML, "1");
    check_refused("- a\n", ERR_YAML, "1");
    check_refused("chain: battery\nsegments: []\n", ERR_YAML, "1");
    check_refused(CHAIN "segments: {ore: up}\n", ERR_YAML, "1");
    check_refused(CHAIN "segments:\n  - ore\n", ERR_YAML, "6");
    check_refused(CHAIN "segments:\n  - id: ore\n    needs: cell\n", ERR_YAML, "7");
    check_refused(CHAIN "segments:\n  - [\n", ERR_YAML, "7");
}

TEST(anchors_aliases_and_tags_are_refused)
{
    check_refused("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ERR_YAML, "1");
    check_refused(CHAIN "segments: !!set []\n", ERR_YAML, "5");
}

TEST(a_file_past_its_limits_is_refused)
{
    Buf text;
    buf_init(&text, 1 << 20);
    buf_c(&text, CHAIN "segments:\n");
    for (int i = 0; i <= CHAIN_FILE_SEGMENTS_MAX; i++)
        buf_fmt(&text, "  - {id: s%d, stage: up}\n", i);
    buf_byte(&text, '\0');
    check_refused(text.ptr, ERR_LIMIT, "");
    buf_clear(&text);
    for (int i = 0; i < 20; i++)
        buf_byte(&text, '[');
    buf_byte(&text, '\0');
    check_refused(text.ptr, ERR_LIMIT, "");
    buf_clear(&text);
    for (int i = 0; i < CHAIN_FILE_MAX_BYTES; i++)
        buf_byte(&text, '#');
    buf_c(&text, "\n");
    buf_byte(&text, '\0');
    check_refused(text.ptr, ERR_LIMIT, "");
    buf_done(&text);
}

TEST(bytes_that_are_no_utf8_are_refused)
{
    check_refused(CHAIN "segments:\n  - id: \xB5\xE7\n", ERR_ENCODING, "");
    check_refused(CHAIN "segments:\n  - id: \x01\n", ERR_YAML, "6");
}

TEST(a_problem_of_the_whole_is_told_at_the_line_of_its_part)
{
    Arena *arena = arena_new();
    ChainFile file;
    CHECK_OK(read_with(arena, GOOD, false, &file));
    CHECK_ERR(fail(ERR_CHAIN, "at", "battery.cell", "detail", "x", NULL), ERR_CHAIN);
    chain_file_reject(&file, STR("battery.cell"));
    CHECK_EQ(file.bad, 1);
    CHECK_EQ(file.issues.list[0].row, 17);
    CHECK_STR(str_of(fault_arg(&file.issues.list[0].fault, "row")), "17");
    chain_file_done(&file);
    arena_free(arena);
}

TEST(a_chain_file_is_known_by_its_name)
{
    CHECK(chain_file_named("battery.yaml") && chain_file_named("a/b.yml"));
    CHECK(!chain_file_named("battery.csv") && !chain_file_named(".yaml") && !chain_file_named("yaml"));
}
