#include "test.h"
#include "text/normalise.h"
#include <stdio.h>
#include <string.h>

static void check_fold(const char *from, const char *to)
{
    Arena *arena = arena_new();
    CHECK_STR(text_fold(arena, str_of(from)), to);
    CHECK_STR(text_fold(arena, str_of(to)), to); /* folding twice changes nothing */
    arena_free(arena);
}

TEST(full_width_letters_digits_and_brackets_become_half_width)
{
    check_fold("面积（ｍ２）", "面积(m2)");
    check_fold("ＧＤＰ：１２．５％", "gdp:12.5%");
    check_fold("ｶﾞｽ", "ガス");
}

TEST(compatibility_characters_become_what_they_stand_for)
{
    check_fold("用地面积㎡", "用地面积m2");
    check_fold("①Ⅱ", "1ii");
    check_fold("㊣", "正");
}

TEST(latin_letters_become_small_and_others_stay)
{
    check_fold("Land USE m2", "land use m2");
    check_fold("ÄÖ Ж", "ÄÖ Ж");
}

TEST(traditional_characters_become_simplified)
{
    check_fold("土地狀態", "土地状态");
    check_fold("園區名稱", "园区名称");
    check_fold("廣東省江門市", "广东省江门市");
    check_fold("供電餘量", "供电余量");
}

TEST(simplified_text_stays_as_it_is)
{
    check_fold("新会区深江产业园", "新会区深江产业园");
    check_fold("里程、后台、干线、台面", "里程、后台、干线、台面");
}

TEST(white_space_at_the_ends_goes_and_runs_inside_become_one_space)
{
    check_fold(" \t\r\n　用地　 面积 \n", "用地 面积");
    check_fold("  land \t  use ", "land use");
    check_fold("   ", "");
    check_fold("", "");
    check_fold("　", "");
}

TEST(broken_utf8_is_marked_and_does_no_harm)
{
    check_fold("a\xFF"
               "面",
               "a\xEF\xBF\xBD面");
    check_fold("\xE9\x9D", "\xEF\xBF\xBD");
}

TEST(a_character_that_grows_much_is_folded_whole)
{
    Buf buf;
    buf_init(&buf, 10000);
    for (int i = 0; i < 100; i++)
        buf_c(&buf, "\xEF\xB7\xBA"); /* U+FDFA becomes 18 letters */
    Arena *arena = arena_new();
    Str folded = text_fold(arena, buf_view(&buf));
    CHECK(folded.len > 100 * 18);
    CHECK(str_utf8_valid(folded));
    arena_free(arena);
    buf_done(&buf);
}

TEST(every_han_character_folds_to_something_that_folds_to_itself)
{
    Arena *arena = arena_new();
    for (int c = 0x4E00; c < 0xA000; c++) {
        char text[3] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F))};
        Str once = text_fold(arena, (Str){text, 3});
        CHECK(once.len == 3);
        CHECK(str_eq(text_fold(arena, once), once));
    }
    arena_free(arena);
}

static void check_search_form(const char *from, const char *to)
{
    Arena *arena = arena_new();
    CHECK_STR(text_search_form(arena, str_of(from)), to);
    CHECK_STR(text_search_form(arena, str_of(to)), to);
    arena_free(arena);
}

TEST(the_search_form_has_letters_small_and_without_accents)
{
    check_search_form("Électricité de GUANGDONG", "electricite de guangdong");
    check_search_form("Lü Qīng", "lu qing");
    check_search_form("ＡＢＣ　新會", "abc 新会");
    check_search_form("Ünïcode ЖЙ", "unicode жи");
    check_search_form("Yuyi’an", "yuyi'an");
    check_search_form("  江門  市 ", "江门 市");
    check_search_form("가나", "가나");
    check_search_form("が", "か"); /* its mark is an accent too, on both sides alike */
}

TEST(text_of_han_and_ascii_alone_folds_as_if_by_icu)
{
    Arena *arena = arena_new();
    for (uint32_t c = 0x3300; c < 0xA100; c++) {
        char text[12];
        snprintf(text, sizeof text, "a%c%c%cB", (char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)),
                 (char)(0x80 | (c & 0x3F)));
        char with[16];
        snprintf(with, sizeof with, "%s\xC2\xB5", text); /* µ sends it the long way */
        Str direct = text_fold(arena, str_of(text)), slow = text_fold(arena, str_of(with));
        CHECK(slow.len == direct.len + 2 && memcmp(slow.ptr, direct.ptr, direct.len) == 0);
    }
    arena_free(arena);
}
