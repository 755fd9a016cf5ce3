/* The first hits in a large table: the same, in the same order, as a pass over all rows finds. Names are made
 * of few characters, so that most texts are frequent and sizes and lengths are often equal. */
#include "atlas/names.h"
#include "atlas_sample.h"
#include "test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOT_FOUND = UINT32_MAX };
enum { MANY = 6000, CHANGED = 4500, BURIED = 300, QUESTIONS = 400, LIMIT = 20, NAME_ROOM = 64 };

typedef struct Thing {
    char key[16], name[NAME_ROOM], alias[NAME_ROOM];
    int64_t capital; /* -1: unknown */
    bool gone;
} Thing;

typedef struct Expected {
    uint32_t tier, chars;
    int64_t capital;
    const Thing *thing;
} Expected;

static Thing things[MANY];
static uint32_t state = 11;

static uint32_t below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % n;
}

static const char *const signs[] = {"甲", "乙", "丙", "丁", "1", "2", " "};
enum { SIGNS = sizeof signs / sizeof *signs, SIGNS_WIDE = 4 };

/* Begins and ends with a wide one; no two gaps together. */
static void make_text(char *to, uint32_t least, uint32_t most)
{
    *to = '\0';
    bool gap = false;
    uint32_t count = least + below(most - least + 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t sign = below(i == 0 || gap || i + 1 == count ? SIGNS_WIDE : SIGNS);
        gap = *signs[sign] == ' ';
        strcat(to, signs[sign]);
    }
}

static void make_thing(Thing *thing)
{
    static const int64_t capitals[] = {-1, 100, 200, 300, 5000000000};
    make_text(thing->name, 1, 9);
    make_text(thing->alias, 1, 4);
    if (below(3))
        *thing->alias = '\0';
    thing->capital = capitals[below(5)];
}

static SampleRow row_of(Arena *arena, Kind kind, const Thing *thing)
{
    Buf fields;
    buf_init(&fields, 1000);
    buf_fmt(&fields, "name_zh=%s", thing->name);
    if (*thing->alias)
        buf_fmt(&fields, ";aliases=%s", thing->alias);
    if (kind == KIND_ENTERPRISE && thing->capital >= 0)
        buf_fmt(&fields, ";capital_fen=%lld", (long long)thing->capital);
    buf_byte(&fields, '\0');
    SampleRow row = {kind, thing->key, arena_copy(arena, fields.ptr, fields.len), ""};
    buf_done(&fields);
    return row;
}

static Atlas *base_of(Arena *arena, Kind kind)
{
    AtlasBuild *build;
    Atlas *atlas;
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, 1, NULL, &build));
    for (uint32_t i = 0; i < MANY; i++) {
        things[i].gone = false;
        snprintf(things[i].key, sizeof things[i].key, "k-%u", below(90000) * MANY + i);
        make_thing(&things[i]);
        SampleRow row = row_of(arena, kind, &things[i]);
        sample_add(arena, build, &row);
    }
    CHECK_OK(atlas_build_finish(build, &atlas));
    return atlas;
}

/* Changes the first ones, the last go. */
static Atlas *delta_of(Arena *arena, Kind kind, Atlas *base)
{
    SampleRow *rows = arena_array(arena, SampleRow, CHANGED);
    const char *buried[BURIED];
    for (uint32_t i = 0; i < CHANGED; i++) {
        make_thing(&things[i]);
        rows[i] = row_of(arena, kind, &things[i]);
    }
    for (uint32_t i = 0; i < BURIED; i++) {
        things[MANY - 1 - i].gone = true;
        buried[i] = things[MANY - 1 - i].key;
    }
    return atlas_over(arena, test_folder(), base, rows, CHANGED, kind, buried, BURIED);
}

/* ---- the pass ---- */

static int sort_of(char byte)
{
    return byte == ' ' ? 0 : byte < 0x7F && byte > 0 ? 1 : 2;
}

static uint32_t fit_of(const char *text, const char *query)
{
    uint32_t best = NOT_FOUND;
    for (const char *at = text; (at = strstr(at, query)); at++) {
        uint32_t fit = NAME_INSIDE;
        if (strcmp(text, query) == 0)
            fit = NAME_EXACT;
        else if (at == text)
            fit = NAME_PREFIX;
        else if (sort_of(at[-1]) == 0 || sort_of(at[-1]) != sort_of(*at))
            fit = NAME_WORD;
        best = fit < best ? fit : best;
    }
    return best;
}

/* All words, in any order; digits only where words begin. */
static bool has_words(const char *text, const char *query)
{
    char copy[NAME_ROOM], *rest = NULL;
    snprintf(copy, sizeof copy, "%s", query);
    if (!strchr(query, ' '))
        return false;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        const char *at = text;
        while ((at = strstr(at, word)) && sort_of(*at) == 1 && at > text && sort_of(at[-1]) == 1)
            at++;
        if (!at)
            return false;
    }
    return true;
}

static uint32_t tier_of(const char *text, const char *query, NameBy by, bool sized)
{
    uint32_t fit = *text ? fit_of(text, query) : NOT_FOUND;
    if (fit == NOT_FOUND && has_words(text, query))
        fit = NAME_WORDS;
    if (fit == NOT_FOUND)
        return fit;
    return (uint32_t)by * 16 + (sized && fit != NAME_EXACT ? (uint32_t)NAME_PREFIX : fit);
}

static int expected_order(const void *a, const void *b)
{
    const Expected *x = a, *y = b;
    if (x->tier != y->tier)
        return x->tier < y->tier ? -1 : 1;
    if (x->capital != y->capital)
        return x->capital > y->capital ? -1 : 1;
    if (x->chars != y->chars)
        return x->chars < y->chars ? -1 : 1;
    return strcmp(x->thing->key, y->thing->key);
}

static uint32_t pass(const char *query, bool sized, Expected *ret)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < MANY; i++) {
        const Thing *thing = &things[i];
        uint32_t name = tier_of(thing->name, query, NAME_BY_NAME, sized);
        uint32_t alias = tier_of(thing->alias, query, NAME_BY_ALIAS, sized);
        Expected one = {.tier = name < alias ? name : alias, .thing = thing};
        if (thing->gone || one.tier == NOT_FOUND)
            continue;
        one.capital = sized ? thing->capital : 0;
        for (const char *at = thing->name; *at && !sized; at++)
            one.chars += ((unsigned char)*at & 0xC0) != 0x80;
        ret[count++] = one;
    }
    qsort(ret, count, sizeof *ret, expected_order);
    return count;
}

static void ask_all(Arena *arena, const Atlas *atlas, Kind kind)
{
    Expected *expected = heap_alloc(MANY * sizeof *expected);
    for (uint32_t q = 0; q < QUESTIONS; q++) {
        char text[NAME_ROOM];
        NameQuery query;
        NameHits found;
        do
            make_text(text, 2, 6);
        while (strlen(text) == 3);
        CHECK_OK(name_query(arena, str_of(text), &query));
        names_search(arena, atlas, kind, &query, LIMIT, &found);
        uint32_t count = pass(text, kind == KIND_ENTERPRISE, expected);
        bool same = found.total_is_least ? count > found.total : count == found.total;
        same &= found.count == (count < LIMIT ? count : LIMIT);
        for (uint32_t i = 0; same && i < found.count; i++)
            same = str_is(found.hits[i].key, expected[i].thing->key);
        if (!same)
            test_fail(__FILE__, __LINE__, "\"%s\": %u found, %u by the pass, or in another order", text,
                      found.total, count);
    }
    free(expected);
}

static void check_kind(Kind kind)
{
    Arena *arena = arena_new();
    Atlas *base = base_of(arena, kind);
    CHECK(atlas_table(base, kind, 0)->name_ranks != NULL);
    ask_all(arena, base, kind);
    Atlas *both = delta_of(arena, kind, base);
    CHECK(atlas_table(both, kind, 1)->name_ranks != NULL);
    ask_all(arena, both, kind);
    atlas_unref(both);
    atlas_unref(base);
    arena_free(arena);
}

TEST(the_largest_enterprises_come_first_as_in_a_pass_over_all)
{
    check_kind(KIND_ENTERPRISE);
}

TEST(where_there_is_no_size_the_place_in_the_name_decides_then_its_length)
{
    check_kind(KIND_PARK);
}

TEST(one_who_is_called_exactly_so_comes_before_larger_ones)
{
    Arena *arena = arena_new();
    const SampleRow rows[] = {{KIND_ENTERPRISE, "e-1", "name_zh=凤山;capital_fen=5", ""},
                              {KIND_ENTERPRISE, "e-2", "name_zh=凤山电子;capital_fen=7", ""},
                              {KIND_ENTERPRISE, "e-3", "name_zh=新会凤山;capital_fen=9", ""},
                              {KIND_ENTERPRISE, "e-4", "name_zh=凤山厂", ""}};
    static const char *const order[] = {"e-1", "e-3", "e-2", "e-4"};
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, 4);
    NameQuery query;
    NameHits found;
    CHECK_OK(name_query(arena, STR("凤山"), &query));
    names_search(arena, atlas, KIND_ENTERPRISE, &query, LIMIT, &found);
    CHECK_EQ(found.count, 4);
    for (uint32_t i = 0; i < found.count; i++)
        CHECK_STR(found.hits[i].key, order[i]);
    CHECK(!found.total_is_least);
    atlas_unref(atlas);
    arena_free(arena);
}
