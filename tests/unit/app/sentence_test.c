#include "app/phrases.h"
#include "app/sentence.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

static const char *said(Lang lang)
{
    static char text[2048];
    Buf buf;
    buf_init(&buf, sizeof text - 1);
    sentence_write(&buf, lang, fault_last());
    memcpy(text, buf.ptr, buf.len);
    text[buf.len] = '\0';
    buf_done(&buf);
    return text;
}

TEST(every_code_has_a_sentence_in_both_languages)
{
    for (int code = OK + 1; code < ERR_COUNT; code++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (!sentence_template((Err)code, (Lang)lang))
                test_fail(__FILE__, __LINE__, "%s has no sentence in %s", err_name((Err)code),
                          lang_name((Lang)lang));
}

/* The comment behind a code in err.h: " detail, command ", perhaps with a colon and a remark. */
static bool documented(const char *err_h, const char *code, const char *hole)
{
    char line[80];
    snprintf(line, sizeof line, "X(%s,", code);
    const char *at = strstr(err_h, line);
    at = at ? strstr(at, "/*") : NULL;
    if (!at)
        return false;
    at += 2;
    size_t length = strcspn(at, ":*");
    for (const char *end = at + length; at < end;) {
        at += strspn(at, " ,");
        size_t word = strcspn(at, " ,:*");
        if (word == strlen(hole) && memcmp(at, hole, word) == 0)
            return true;
        at += word ? word : 1;
    }
    return false;
}

static const char *read_err_h(void)
{
    static char text[64 * 1024];
    char path[1024];
    snprintf(path, sizeof path, "%s", __FILE__);
    char *slash = strstr(path, "tests/unit/app/");
    CHECK(slash != NULL);
    strcpy(slash, "src/base/err.h");
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

TEST(a_hole_names_only_arguments_that_the_code_documents)
{
    const char *err_h = read_err_h();
    for (int code = OK + 1; code < ERR_COUNT; code++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const char *at = sentence_template((Err)code, (Lang)lang);
            while ((at = strchr(at, '{')) != NULL) {
                char hole[FAULT_NAME_MAX] = "";
                size_t length = strcspn(++at, "}");
                CHECK(length < sizeof hole);
                memcpy(hole, at, length);
                if (!documented(err_h, err_name((Err)code), hole))
                    test_fail(__FILE__, __LINE__, "%s: {%s} is not in err.h", err_name((Err)code), hole);
            }
        }
    }
}

TEST(a_sentence_names_field_expectation_and_example)
{
    CHECK_ERR(fail(ERR_VALUE, "field", "area_m2", "value", "很大", "want", "a number", "example", "133333.33",
                   NULL),
              ERR_VALUE);
    CHECK_STR(str_of(said(LANG_ZH)), "“面积”（area_m2）要填数字，“很大”不是，例：133333.33。");
    CHECK_STR(str_of(said(LANG_EN)), "Area (area_m2) must be a number; “很大” is not, e.g. 133333.33.");
}

TEST(a_part_whose_argument_is_missing_is_left_out)
{
    CHECK_ERR(fail(ERR_VALUE, "field", "area_m2", "value", "x", "want", "a number", NULL), ERR_VALUE);
    CHECK_STR(str_of(said(LANG_EN)), "Area (area_m2) must be a number; “x” is not.");
}

TEST(a_row_of_a_table_is_told_first)
{
    CHECK_ERR(fail(ERR_VALUE, "field", "area_m2", "value", "x", "want", "a number", NULL), ERR_VALUE);
    CHECK_ERR(fail_also(ERR_VALUE, "row", "12"), ERR_VALUE);
    CHECK(strncmp(said(LANG_ZH), "第 12 行：", strlen("第 12 行：")) == 0);
}

TEST(the_label_of_a_field_that_is_not_public_is_never_told)
{
    CHECK_ERR(
        fail(ERR_FIELD_UNKNOWN, "field", "promised_to", "kind", "parcel", "hint", "promised_until", NULL),
        ERR_FIELD_UNKNOWN);
    CHECK(strstr(said(LANG_ZH), "意向项目") == NULL);
    CHECK_ERR(fail(ERR_VALUE, "field", "promised_to", "value", "x", "want", "a number", NULL), ERR_VALUE);
    CHECK(strstr(said(LANG_ZH), "意向项目") == NULL);
}

TEST(the_language_is_the_first_one_known_and_else_chinese)
{
    CHECK_EQ(lang_of(STR("en-GB,en;q=0.9,zh;q=0.8")), LANG_EN);
    CHECK_EQ(lang_of(STR("fr, zh-CN")), LANG_ZH);
    CHECK_EQ(lang_of(STR("fr")), LANG_ZH);
    CHECK_EQ(lang_of(STR("")), LANG_ZH);
}

static const char *phrase(Lang lang, const char *text)
{
    static char said_so[500];
    Buf buf;
    buf_init(&buf, sizeof said_so - 1);
    phrase_write(&buf, lang, text);
    memcpy(said_so, buf.ptr, buf.len);
    said_so[buf.len] = '\0';
    buf_done(&buf);
    return said_so;
}

TEST(a_phrase_without_translation_is_said_as_it_is)
{
    CHECK_STR(str_of(phrase(LANG_ZH, "/var/x.db")), "/var/x.db");
    CHECK_STR(str_of(phrase(LANG_ZH, "a number")), "数字");
    CHECK_STR(str_of(phrase(LANG_EN, "a number")), "a number");
}

TEST(what_a_phrase_was_filled_with_stands_in_its_translation)
{
    CHECK_STR(str_of(phrase(LANG_ZH, "one of 'M1', 'M2'")), "'M1', 'M2' 之一");
    CHECK_STR(str_of(phrase(LANG_ZH, "a number in m2, without its unit")), "以 m2 计的数字，不带单位");
    CHECK_STR(str_of(phrase(LANG_ZH, "a whole number from 1 to 200")), "1 到 200 的整数");
    CHECK_STR(str_of(phrase(LANG_ZH, "unknown member: colour")), "没有“colour”这个成员");
}

TEST(a_space_stands_between_chinese_and_latin)
{
    CHECK_ERR(fail(ERR_PARAM, "param", "limit", "value", "999", "want", "a whole number from 0 to 200",
                   "example", "50", NULL),
              ERR_PARAM);
    CHECK_STR(str_of(said(LANG_ZH)), "参数 limit 要填 0 到 200 的整数，“999”不是，例：50。");
}

TEST(an_argument_of_several_lines_becomes_one)
{
    CHECK_ERR(fail(ERR_DB, "detail", "refused\n\tIs it running?\n", NULL), ERR_DB);
    CHECK_STR(str_of(said(LANG_EN)), "The database failed: refused Is it running.");
}
