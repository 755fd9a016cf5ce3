/* Search by name: how each way of typing fits, in which order, and that the lists of a large table leave
 * nothing out: there every row is asked by itself too. */
#include "atlas/names.h"
#include "atlas_sample.h"
#include "test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const SampleRow few[] = {
    {KIND_PARK, "jm-fengshanhu",
     "name_zh=新会智造产业园凤山湖园区;name_en=Fengshan Lake Park;aliases=凤山湖产业园、深江凤山湖", ""},
    {KIND_PARK, "jm-fsh", "name_zh=凤山湖", ""},
    {KIND_PARK, "jm-fsh-2", "name_zh=凤山湖园区;name_en=Électro Park", ""},
    {KIND_PARK, "jm-other", "name_zh=南 凤山湖东岸", ""},
    {KIND_PARK, "k-xiamen", "name_zh=厦门大厦", ""},
    {KIND_PARK, "k-code-44", "name_zh=半导体园", ""},
};

static const SampleRow firms[] = {
    {KIND_ENTERPRISE, "e-1", "name_zh=甲半导体有限公司;uscc=91440705MA4UABCD5X;former_names=江门乙厂", ""},
    {KIND_ENTERPRISE, "e-2", "name_zh=半导;name_en=Semi Works", ""},
    {KIND_ENTERPRISE, "e-3", "name_zh=丙公司;aliases=半导之家", ""},
};

typedef struct World {
    Arena *arena;
    Atlas *atlas;
} World;

static World world_of(const SampleRow *rows, uint32_t count, Audience audience)
{
    World world = {.arena = arena_new()};
    world.atlas = atlas_of(world.arena, test_folder(), audience, rows, count);
    return world;
}

static void world_done(World *world)
{
    atlas_unref(world->atlas);
    arena_free(world->arena);
}

/* The keys found, the best first. */
static Str keys_of(const World *world, Kind kind, const char *text)
{
    NameQuery query;
    NameHits found;
    Buf keys;
    buf_init(&keys, 4096);
    CHECK_OK(name_query(world->arena, str_of(text), &query));
    names_search(world->arena, world->atlas, kind, &query, NAME_HITS_MAX, &found);
    for (uint32_t i = 0; i < found.count; i++)
        buf_fmt(&keys, "%s" STR_FMT, i ? " " : "", STR_ARG(found.hits[i].key));
    Str all = str_copy(world->arena, buf_view(&keys));
    buf_done(&keys);
    return all;
}

static void check_match(const World *world, Kind kind, const char *key, const char *text, NameBy by,
                        const char *in, uint32_t from, uint32_t to)
{
    NameQuery query;
    NameMatch match;
    RowRef at;
    CHECK_OK(name_query(world->arena, str_of(text), &query));
    CHECK_OK(atlas_find(world->atlas, kind, str_of(key), &at));
    CHECK(names_explain(world->arena, world->atlas, kind, at, &query, &match));
    CHECK_EQ(match.by, by);
    CHECK_STR(match.text, in);
    CHECK_EQ(match.from, from);
    CHECK_EQ(match.to, to);
}

#define PARKS world_of(few, sizeof few / sizeof *few, AUDIENCE_PUBLIC)
#define FIRMS world_of(firms, sizeof firms / sizeof *firms, AUDIENCE_PUBLIC)

TEST(exact_comes_before_prefix_before_word_before_inside)
{
    World world = PARKS;
    CHECK_STR(keys_of(&world, KIND_PARK, "凤山湖"), "jm-fsh jm-fsh-2 jm-other jm-fengshanhu");
    world_done(&world);
}

TEST(two_characters_are_found_inside_a_name_and_an_alias_comes_after)
{
    World world = FIRMS;
    CHECK_STR(keys_of(&world, KIND_ENTERPRISE, "半导"), "e-2 e-1 e-3");
    CHECK_STR(keys_of(&world, KIND_ENTERPRISE, "bandao"), "e-2 e-1 e-3");
    CHECK_STR(keys_of(&world, KIND_ENTERPRISE, "体有"), "e-1");
    CHECK_STR(keys_of(&world, KIND_ENTERPRISE, "导体公"), "");
    world_done(&world);
}

TEST(a_name_is_found_however_its_sound_is_typed)
{
    World world = PARKS;
    const char *all = "jm-fsh jm-fsh-2 jm-other jm-fengshanhu";
    CHECK_STR(keys_of(&world, KIND_PARK, "fengshanhu"), "jm-fsh jm-fsh-2 jm-other jm-fengshanhu");
    CHECK_STR(keys_of(&world, KIND_PARK, "feng shan hu"), all);
    CHECK_STR(keys_of(&world, KIND_PARK, "fshanhu"), all);
    CHECK_STR(keys_of(&world, KIND_PARK, "凤shan"), "jm-fsh jm-fsh-2 jm-other jm-fengshanhu");
    CHECK_STR(keys_of(&world, KIND_PARK, "xiamen"), "k-xiamen");
    CHECK_STR(keys_of(&world, KIND_PARK, "dasha"), "k-xiamen");
    world_done(&world);
}

TEST(codes_come_after_initials)
{
    World world = PARKS;
    CHECK_STR(keys_of(&world, KIND_PARK, "fsh"), "jm-fsh jm-fsh-2 jm-other jm-fengshanhu");
    CHECK_STR(keys_of(&world, KIND_PARK, "jm-fsh"), "jm-fsh jm-fsh-2");
    CHECK_STR(keys_of(&world, KIND_PARK, "44"), "k-code-44");
    world_done(&world);
}

TEST(script_case_width_and_accents_make_no_difference)
{
    World world = PARKS;
    CHECK_STR(keys_of(&world, KIND_PARK, "鳳山湖園區"), "jm-fsh-2 jm-fengshanhu");
    CHECK_STR(keys_of(&world, KIND_PARK, "ＥＬＥＣＴＲＯ"), "jm-fsh-2");
    CHECK_STR(keys_of(&world, KIND_PARK, "électro"), "jm-fsh-2");
    CHECK_STR(keys_of(&world, KIND_PARK, "LAKE"), "jm-fengshanhu");
    world_done(&world);
}

TEST(one_or_two_letters_are_sought_where_words_begin)
{
    World world = PARKS;
    CHECK_STR(keys_of(&world, KIND_PARK, "la"), "jm-fengshanhu");
    CHECK_STR(keys_of(&world, KIND_PARK, "ak"), "");
    CHECK_STR(keys_of(&world, KIND_PARK, "bd"), "k-code-44");
    CHECK_STR(keys_of(&world, KIND_PARK, "dt"), "");
    world_done(&world);
}

TEST(words_may_be_typed_in_any_order)
{
    World world = PARKS;
    CHECK_STR(keys_of(&world, KIND_PARK, "凤山湖 新会"), "jm-fengshanhu");
    CHECK_STR(keys_of(&world, KIND_PARK, "park fengshan"), "jm-fengshanhu");
    CHECK_STR(keys_of(&world, KIND_PARK, "park shan"), ""); /* no word begins so */
    world_done(&world);
}

TEST(what_matched_is_told_in_the_text_as_it_is_written)
{
    World world = PARKS;
    check_match(&world, KIND_PARK, "jm-fengshanhu", "鳳山湖", NAME_BY_NAME, "新会智造产业园凤山湖园区", 7,
                10);
    check_match(&world, KIND_PARK, "jm-fengshanhu", "fengsh", NAME_BY_NAME, "Fengshan Lake Park", 0, 6);
    check_match(&world, KIND_PARK, "jm-fengshanhu", "zzcyy", NAME_BY_INITIALS, "新会智造产业园凤山湖园区", 2,
                7);
    check_match(&world, KIND_PARK, "jm-fengshanhu", "shenjiang", NAME_BY_ALIAS, "深江凤山湖", 0, 2);
    check_match(&world, KIND_PARK, "jm-fsh-2", "electro", NAME_BY_NAME, "Électro Park", 0, 7);
    check_match(&world, KIND_PARK, "jm-other", "湖東", NAME_BY_NAME, "南 凤山湖东岸", 4, 6);
    check_match(&world, KIND_PARK, "k-code-44", "code", NAME_BY_CODE, "k-code-44", 2, 6);
    world_done(&world);
    world = FIRMS;
    check_match(&world, KIND_ENTERPRISE, "e-1", "91440705", NAME_BY_CODE, "91440705MA4UABCD5X", 0, 8);
    check_match(&world, KIND_ENTERPRISE, "e-1", "乙厂", NAME_BY_FORMER, "江门乙厂", 2, 4);
    check_match(&world, KIND_ENTERPRISE, "e-1", "jmyc", NAME_BY_FORMER, "江门乙厂", 0, 4);
    world_done(&world);
}

TEST(a_delta_changes_what_is_found)
{
    World world = PARKS;
    const SampleRow changed[] = {{KIND_PARK, "jm-fsh", "name_zh=改名园", ""},
                                 {KIND_PARK, "jm-new", "name_zh=凤山湖新区", ""}};
    const char *const buried[] = {"jm-other"};
    Atlas *next = atlas_over(world.arena, test_folder(), world.atlas, changed, 2, KIND_PARK, buried, 1);
    World after = {world.arena, next};
    CHECK_STR(keys_of(&after, KIND_PARK, "凤山湖"), "jm-fsh-2 jm-new jm-fengshanhu");
    CHECK_STR(keys_of(&after, KIND_PARK, "改名"), "jm-fsh");
    CHECK_STR(keys_of(&world, KIND_PARK, "凤山湖"), "jm-fsh jm-fsh-2 jm-other jm-fengshanhu");
    atlas_unref(next);
    world_done(&world);
}

TEST(a_question_of_nothing_or_too_much_is_refused)
{
    Arena *arena = arena_new();
    NameQuery query;
    char much[400] = "";
    CHECK_ERR(name_query(arena, STR(""), &query), ERR_PARAM);
    CHECK_ERR(name_query(arena, STR(" 　 "), &query), ERR_PARAM);
    for (int i = 0; i < 100; i++)
        strcat(much, "湖");
    CHECK_OK(name_query(arena, str_of(much), &query));
    CHECK_ERR(name_query(arena, str_of(strcat(much, "湖")), &query), ERR_LIMIT);
    CHECK_ERR(name_query(arena, STR("ﷺﷺﷺﷺﷺﷺ"), &query), ERR_LIMIT); /* 18 letters each */
    arena_free(arena);
}

/* ---- a large table ---- */

enum { MANY = 5000, QUESTIONS = 160 };

static uint32_t state = 7;

static uint32_t below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % n;
}

static const char *const pieces[] = {
    "江门", "新会", "凤山湖", "重庆", "长", "行",     "园区", "电子", "有限公司", "绿",   "铝", "女", "A-",
    "B1",   "01",   " ",      "（",   "）", "半导体", "科技", "安",   "西",       "厦门", "é",  "m",  "阿",
};
static const char *const typed[] = {
    "jiang", "men", "xin", "hui", "feng", "shan", "hu",   "chong", "qing", "chang", "hang", "yuan",
    "qu",    "lv",  "lu",  "nv",  "a",    "b1",   "01",   " ",     "x",    "sh",    "zh",   "an",
    "xi",    "'",   "m",   "e",   "江",   "新会", "山湖", "体",    "長",   "-",     "f",    "k-1",
};

static void put_some(char *to, const char *const *from, uint32_t choices, uint32_t most)
{
    *to = '\0';
    for (uint32_t n = 1 + below(most); n > 0; n--)
        strcat(to, from[below(choices)]);
}

static World large_world(void)
{
    World world = {.arena = arena_new()};
    AtlasBuild *build;
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 1, NULL, &build));
    for (uint32_t i = 0; i < MANY; i++) {
        char name[200], other[200], key[20], fields[500];
        put_some(name, pieces, sizeof pieces / sizeof *pieces, 6);
        put_some(other, pieces, sizeof pieces / sizeof *pieces, 3);
        snprintf(key, sizeof key, "k-%05u", i);
        snprintf(fields, sizeof fields, i % 3 ? "name_zh=%s甲" : "name_zh=%s甲;aliases=%s乙", name, other);
        sample_add(world.arena, build, &(SampleRow){KIND_ENTERPRISE, key, fields, ""});
    }
    CHECK_OK(atlas_build_finish(build, &world.atlas));
    return world;
}

static uint32_t count_by_rows(const World *world, Arena *arena, const NameQuery *query, uint32_t *ret_best)
{
    const Table *table = atlas_table(world->atlas, KIND_ENTERPRISE, 0);
    uint32_t found = 0;
    NameMatch match;
    *ret_best = NAME_BY_CODE;
    for (uint32_t row = 0; row < table->rows; row++)
        if (names_explain(arena, world->atlas, KIND_ENTERPRISE, (RowRef){0, row}, query, &match)) {
            found++;
            *ret_best = (uint32_t)match.by < *ret_best ? (uint32_t)match.by : *ret_best;
        }
    return found;
}

TEST(the_lists_of_a_large_table_leave_nothing_out)
{
    World world = large_world();
    Arena *arena = arena_new();
    CHECK(atlas_table(world.atlas, KIND_ENTERPRISE, 0)->name_buckets != NULL);
    for (uint32_t q = 0; q < QUESTIONS; q++) {
        char text[300];
        NameQuery query;
        NameHits hits;
        uint32_t best;
        arena_reset(arena);
        put_some(text, typed, sizeof typed / sizeof *typed, 4);
        if (name_query(arena, str_of(text), &query) != OK)
            continue;
        names_search(arena, world.atlas, KIND_ENTERPRISE, &query, 5, &hits);
        uint32_t found = q % 8 == 0 || hits.total < 50 ? count_by_rows(&world, arena, &query, &best) : 0;
        if (found == 0 && hits.total >= 50)
            continue;
        if (hits.total_is_least ? found <= hits.total : found != hits.total)
            test_fail(__FILE__, __LINE__, "\"%s\": %u by lists, %u by rows", text, hits.total, found);
        CHECK(found == 0 || (uint32_t)name_by(hits.hits[0].score) == best);
    }
    arena_free(arena);
    world_done(&world);
}

TEST(what_an_audience_may_not_see_is_not_found)
{
    const SampleRow row = {KIND_PROJECT, "p-1", "name_zh=项目甲;blocked_zh=用地指标", ""};
    World world = world_of(&row, 1, AUDIENCE_STAFF);
    CHECK_STR(keys_of(&world, KIND_PROJECT, "用地指标"), ""); /* no name at all */
    CHECK_STR(keys_of(&world, KIND_PROJECT, "项目"), "p-1");
    world_done(&world);
}
