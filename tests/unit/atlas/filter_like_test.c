/* LIKE: by hand, and random patterns against one that tries everything. */
#include "atlas/filter_like.h"
#include "test.h"
#include <string.h>
#include <time.h>

static Arena *arena;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

static bool like(const char *pattern, const char *text)
{
    return like_matches(like_compile(arena, str_of(pattern), false), str_of(text));
}

TEST(percent_is_any_characters_and_underscore_is_one)
{
    CHECK(like("%", "") && like("%", "anything") && like("", "") && !like("", "a"));
    CHECK(like("a%", "a") && like("a%", "abc") && !like("a%", "ba"));
    CHECK(like("%c", "abc") && !like("%c", "abcd"));
    CHECK(like("a%c", "ac") && like("a%c", "abcc") && !like("a%c", "a"));
    CHECK(like("a_c", "abc") && !like("a_c", "ac") && !like("a_c", "abbc"));
    CHECK(like("%a_", "aab") && like("%_b%", "ab") && !like("%_b%", "b"));
    CHECK(like("%%_%%", "x") && !like("%%_%%", ""));
}

TEST(an_underscore_is_a_character_whatever_its_bytes)
{
    CHECK(like("产_园", "产业园") && !like("产_园", "产园") && !like("___", "产业") && like("__", "产业"));
    CHECK(like("%_园", "产业园") && like("_😀_", "a😀é"));
}

TEST(a_backslash_takes_a_wildcard_for_itself)
{
    CHECK(like("100\\%", "100%") && !like("100\\%", "1000"));
    CHECK(like("a\\_b", "a_b") && !like("a\\_b", "axb"));
    CHECK(like("a\\\\%", "a\\x") && like("\\a", "a"));
    CHECK(like_sound(STR("a\\\\")) && !like_sound(STR("a\\")));
}

TEST(a_folded_pattern_keeps_its_wildcards)
{
    const Like *folded = like_compile(arena, STR("%ÉTÉ_產業%\\%"), true);
    CHECK(like_matches(folded, STR("un ete!产业 100%")));
    CHECK(!like_matches(folded, STR("un ete产业 100%")));
}

TEST(what_all_matching_texts_begin_with_is_known)
{
    CHECK_STR(like_prefix(like_compile(arena, STR("江门\\%_区%"), false)), "江门%");
    CHECK_STR(like_prefix(like_compile(arena, STR("%a"), false)), "");
}

/* ---- against one that tries everything ---- */

static bool tries(const char *pattern, const char *text)
{
    if (*pattern == '\0')
        return *text == '\0';
    if (*pattern == '%')
        return tries(pattern + 1, text) || (*text && tries(pattern, text + 1));
    if (*text == '\0')
        return false;
    if (*pattern == '\\')
        pattern++;
    else if (*pattern == '_')
        return tries(pattern + 1, text + 1);
    return *pattern == *text && tries(pattern + 1, text + 1);
}

static uint32_t below(uint32_t n)
{
    static uint64_t state = 42;
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * UINT64_C(2685821657736338717) >> 33) % n);
}

static void random_of(char *to, uint32_t most, const char *letters)
{
    uint32_t len = below(most + 1);
    for (uint32_t i = 0; i < len; i++)
        to[i] = letters[below((uint32_t)strlen(letters))];
    to[len] = '\0';
}

TEST(random_patterns_match_as_one_that_tries_everything)
{
    uint32_t matching = 0;
    for (int i = 0; i < 200000; i++) {
        char pattern[16], text[16];
        random_of(pattern, 8, "ab%_%\\");
        random_of(text, 10, "ab%");
        if (!like_sound(str_of(pattern)))
            continue;
        bool want = tries(pattern, text);
        matching += want;
        if (like(pattern, text) != want)
            test_fail(__FILE__, __LINE__, "'%s' LIKE '%s' is %d", text, pattern, !want);
        if (i % 1000 == 0)
            arena_reset(arena);
    }
    CHECK(matching > 10000);
}

/* Going back at every % would take longer than anybody can wait. */
TEST(no_pattern_is_slow)
{
    char pattern[FILTER_PATTERN_MAX + 1] = "", text[4001];
    memset(text, 'a', 4000);
    text[4000] = '\0';
    for (int i = 0; i < FILTER_PATTERN_MAX / 3; i++)
        memcpy(pattern + 3 * i, "%_a", 4);
    pattern[FILTER_PATTERN_MAX - 4] = 'b';
    const Like *compiled = like_compile(arena, str_of(pattern), false);
    clock_t from = clock();
    for (int i = 0; i < 100; i++)
        CHECK(!like_matches(compiled, str_of(text)));
    CHECK(clock() - from < 5 * CLOCKS_PER_SEC);
}
