#include "model/yaml.h"
#include "model/yaml_tree.h"
#include "test.h"

static const YamlNode *grown(Arena *arena, const char *text)
{
    const YamlNode *root;
    CHECK_OK(yaml_tree(arena, str_of(text), &root));
    return root;
}

static void check_refused(const char *text, Err want, const char *line, const char *detail)
{
    Arena *arena = arena_new();
    const YamlNode *root;
    CHECK_ERR(yaml_tree(arena, str_of(text), &root), want);
    if (line)
        CHECK_STR(str_of(fault_arg(fault_last(), "line")), line);
    if (detail)
        CHECK_STR(str_of(fault_arg(fault_last(), "detail")), detail);
    arena_free(arena);
}

TEST(a_tree_knows_names_texts_and_lines)
{
    Arena *arena = arena_new();
    const YamlNode *root = grown(arena, "a: 1\nlist:\n  - x\n  - {b: y}\n");
    CHECK_EQ(root->kind, YAML_MAPPING);
    CHECK_EQ(root->count, 2);
    CHECK_STR(yaml_member(root, "a")->text, "1");
    const YamlNode *list = yaml_member(root, "list");
    CHECK_EQ(list->kind, YAML_LIST);
    CHECK_EQ(list->count, 2);
    CHECK_EQ(list->first->line, 3);
    CHECK_STR(yaml_member(list->first->next, "b")->text, "y");
    CHECK(yaml_member(root, "c") == NULL && yaml_member(list, "a") == NULL);
    arena_free(arena);
}

TEST(a_scalar_stays_the_text_it_was_written_as)
{
    Arena *arena = arena_new();
    const YamlNode *root = grown(arena, "[0939, yes, 2022-11-30, '', \"a\\tb\"]\n");
    const YamlNode *item = root->first;
    static const char *const want[] = {"0939", "yes", "2022-11-30", "", "a\tb"};
    for (int i = 0; i < 5; i++, item = item->next) {
        CHECK_EQ(item->kind, YAML_TEXT);
        CHECK_STR(item->text, want[i]);
    }
    arena_free(arena);
}

TEST(an_empty_value_is_nothing)
{
    Arena *arena = arena_new();
    const YamlNode *root = grown(arena, "a:\nb: ~\nc: null\nd: ''\n");
    CHECK_EQ(yaml_member(root, "a")->kind, YAML_NOTHING);
    CHECK_EQ(yaml_member(root, "b")->kind, YAML_NOTHING);
    CHECK_EQ(yaml_member(root, "c")->kind, YAML_NOTHING);
    CHECK_EQ(yaml_member(root, "d")->kind, YAML_TEXT);
    arena_free(arena);
}

TEST(a_name_that_stands_twice_is_refused_where_it_stands_again)
{
    check_refused("a: 1\nb: 2\na: 3\n", ERR_YAML, "3", "a stands twice");
}

TEST(what_could_grow_is_refused)
{
    check_refused("a: &x 1\n", ERR_YAML, "1", "tags and anchors are not read");
    check_refused("- 1\n- !!str 2\n", ERR_YAML, "2", "tags and anchors are not read");
    check_refused("a: 1\n---\nb: 2\n", ERR_YAML, NULL, "there is more than one document");
    check_refused("? [a]\n: 1\n", ERR_YAML, "1", "a name must be a text");
}

TEST(limits_are_kept)
{
    Buf text;
    buf_init(&text, 1 << 20);
    for (int i = 0; i <= YAML_NAMES_MAX; i++)
        buf_fmt(&text, "n%d: 1\n", i);
    buf_byte(&text, '\0');
    check_refused(text.ptr, ERR_LIMIT, NULL, NULL);
    buf_clear(&text);
    for (int i = 0; i <= YAML_TREE_DEPTH_MAX; i++)
        buf_byte(&text, '[');
    buf_byte(&text, '\0');
    check_refused(text.ptr, ERR_LIMIT, NULL, NULL);
    buf_done(&text);
}

TEST(what_is_no_yaml_says_where)
{
    check_refused("", ERR_YAML, "1", "it is empty");
    check_refused("a: [1\n", ERR_YAML, NULL, NULL);
    check_refused("a: 1\nb: \x02\n", ERR_YAML, "2", "it holds a control character");
    check_refused("a: \xFF\n", ERR_ENCODING, NULL, NULL);
}

TEST(a_tree_as_json_is_what_the_same_text_is_as_json)
{
    static const char text[] =
        "where:\n  - {field: area_m2, min: +07.50, max: .5e3}\n  - {a: \"7\", b: '~', c: ~, d:}\n"
        "x: [true, 'true', null, 2023-06, \"a\\\"b\", [], {}]\n";
    const YamlNode *root;
    Buf whole, node;
    Arena *arena = arena_new();
    buf_init(&whole, 10000);
    buf_init(&node, 10000);
    CHECK_OK(yaml_to_json(str_of(text), &whole));
    CHECK_OK(yaml_tree(arena, str_of(text), &root));
    yaml_node_json(root, &node);
    CHECK(str_eq(buf_view(&whole), buf_view(&node)));
    CHECK(whole.len > 100);
    buf_done(&whole);
    buf_done(&node);
    arena_free(arena);
}
