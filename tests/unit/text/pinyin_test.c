#include "test.h"
#include "text/pinyin.h"
#include <string.h>

enum { CHARS_MAX = 200 };

/* Code points of well-formed UTF-8. */
static uint32_t points(const char *text, uint32_t *ret)
{
    uint32_t count = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at; count++) {
        uint32_t c = *at++, more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        c = more ? c & (0x3Fu >> more) : c;
        for (; more; more--)
            c = c << 6 | (*at++ & 0x3Fu);
        ret[count] = c;
    }
    return count;
}

static void check_reading(const char *name, const char *reading)
{
    uint32_t chars[CHARS_MAX];
    uint16_t syllables[CHARS_MAX];
    uint32_t count = points(name, chars);
    Buf buf;
    buf_init(&buf, 4096);
    pinyin_read(chars, count, syllables);
    for (uint32_t i = 0; i < count; i++)
        buf_fmt(&buf, "%s%s", i ? " " : "", pinyin_syllable(syllables[i]));
    CHECK_STR(buf_view(&buf), reading);
    buf_done(&buf);
}

static PinyinMatch find(const char *name, const char *typed, bool at_start)
{
    uint32_t chars[CHARS_MAX], query[CHARS_MAX];
    uint16_t syllables[CHARS_MAX];
    uint32_t count = points(name, chars), typed_count = points(typed, query);
    pinyin_read(chars, count, syllables);
    return pinyin_find(chars, syllables, count, query, typed_count, at_start);
}

static void check_found(const char *name, const char *typed, PinyinFit fit, uint32_t from, uint32_t to)
{
    PinyinMatch match = find(name, typed, false);
    if (match.fit != fit || match.from != from || match.to != to)
        test_fail(__FILE__, __LINE__, "%s in %s: %d %u %u", typed, name, match.fit, match.from, match.to);
}

TEST(places_are_read_as_people_call_them)
{
    check_reading("江门", "jiang men");
    check_reading("厦门", "xia men");
    check_reading("重庆", "chong qing");
    check_reading("长沙", "chang sha");
    check_reading("蓬江", "peng jiang");
    check_reading("鹤山", "he shan");
    check_reading("恩平", "en ping");
    check_reading("台山", "tai shan");
    check_reading("番禺", "pan yu");
    check_reading("东莞", "dong guan");
    check_reading("六安", "lu an");
    check_reading("都斛", "du hu");
    check_reading("冲蒌", "chong lou");
    check_reading("大埔", "da bu");
    check_reading("黄埔", "huang pu");
}

TEST(a_character_is_read_by_the_word_it_stands_in)
{
    check_reading("银行行长", "yin hang xing chang");
    check_reading("重工重组", "zhong gong chong zu");
    check_reading("环球大厦", "huan qiu da sha");
    check_reading("空调乐器", "kong tiao yue qi");
    check_reading("乐从", "le cong");
    check_reading("弹簧", "tan huang");
    check_reading("供给水", "gong ji shui");
    check_reading("绿铝", "lv lv");
    check_reading("隽珩晟", "jun heng sheng");
}

TEST(what_is_no_han_character_has_no_syllable)
{
    check_reading("A区", " qu");
    check_reading("ー", "");
}

TEST(whole_syllables_are_found_wherever_they_begin)
{
    check_found("凤山湖", "fengshanhu", PINYIN_FULL, 0, 3);
    check_found("新会凤山湖园区", "fengshanhu", PINYIN_FULL, 2, 5);
    check_found("凤山湖", "feng shan hu", PINYIN_FULL, 0, 3);
    check_found("西安", "xi'an", PINYIN_FULL, 0, 2);
    check_found("西安", "xian", PINYIN_FULL, 0, 2);
    check_found("仙女", "xian", PINYIN_FULL, 0, 1);
}

TEST(the_last_syllable_may_only_have_been_begun)
{
    check_found("凤山湖", "fengsh", PINYIN_FULL, 0, 2);
    check_found("凤山湖", "fengshan h", PINYIN_FULL, 0, 3);
    check_found("凤山湖", "f", PINYIN_FULL, 0, 1);
}

TEST(a_syllable_that_was_only_begun_in_the_middle_is_an_initial)
{
    check_found("中创新航", "zcxh", PINYIN_INITIALS, 0, 4);
    check_found("中创新航", "zhcxh", PINYIN_INITIALS, 0, 4);
    check_found("凤山湖", "fshanhu", PINYIN_INITIALS, 0, 3);
    check_found("凤山湖", "fengsh", PINYIN_FULL, 0, 2);
    check_found("凤山湖", "fegshanhu", PINYIN_NONE, 0, 0);
}

TEST(characters_and_sounds_may_be_mixed)
{
    check_found("凤山湖", "凤shan", PINYIN_FULL, 0, 2);
    check_found("凤山湖", "feng山hu", PINYIN_FULL, 0, 3);
    check_found("凤山湖", "凤山hu", PINYIN_FULL, 0, 3);
    check_found("凤山湖", "山shan", PINYIN_NONE, 0, 0);
    check_found("凤山湖", "凤山湖", PINYIN_NONE, 0, 0); /* not by sound */
}

TEST(letters_and_digits_of_the_name_are_typed_and_signs_passed_over)
{
    check_found("凤山湖园区 a-01", "fshyqa01", PINYIN_INITIALS, 0, 10);
    check_found("凤山湖园区 a-01", "yuanqua0", PINYIN_FULL, 3, 9);
    check_found("绿城", "lvcheng", PINYIN_FULL, 0, 2);
    check_found("绿城", "lucheng", PINYIN_FULL, 0, 2);
}

TEST(at_the_start_only_the_first_han_character_counts)
{
    CHECK_EQ(find("凤山湖", "s", true).fit, PINYIN_NONE);
    CHECK_EQ(find("凤山湖", "f", true).fit, PINYIN_FULL);
    CHECK_EQ(find("m1 凤山湖", "f", true).from, 3);
}

TEST(a_long_name_and_query_of_one_sound_end_soon)
{
    char name[PINYIN_CHARS_MAX * 3 + 1] = "", typed[PINYIN_QUERY_MAX + 1] = "";
    for (int i = 0; i < PINYIN_CHARS_MAX; i++)
        strcat(name, "安");
    memset(typed, 'a', sizeof typed - 1);
    typed[PINYIN_QUERY_MAX - 1] = 'x';
    CHECK_EQ(find(name, typed, false).fit, PINYIN_NONE);
    typed[PINYIN_QUERY_MAX - 1] = 'n';
    CHECK_EQ(find(name, typed, false).fit, PINYIN_INITIALS);
}

TEST(syllables_are_found_by_what_they_begin_with)
{
    uint16_t first, end;
    pinyin_beginning_with("shan", 4, &first, &end);
    CHECK_EQ(end - first, 2); /* shan, shang */
    CHECK(strcmp(pinyin_syllable(first), "shan") == 0);
    pinyin_beginning_with("sq", 2, &first, &end);
    CHECK_EQ(first, end);
    pinyin_beginning_with("", 0, &first, &end);
    CHECK_EQ(first, end);
}
