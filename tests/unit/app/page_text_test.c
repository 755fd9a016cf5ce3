#include "app/html.h"
#include "app/page_text.h"
#include "atlas_sample.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

static Arena *arena;
static PageText page;

/* The body of the page. */
static const char *made(void (*make)(PageText *, Arena *, const Atlas *, Lang), const SampleRow *rows,
                        uint32_t count, Lang lang)
{
    arena_free(arena);
    arena = arena_new();
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, count);
    page_text_done(&page);
    page_text_init(&page);
    make(&page, arena, atlas, lang);
    atlas_unref(atlas);
    return str_copy(arena, buf_view(&page.body)).ptr;
}

static void parks(PageText *to, Arena *with, const Atlas *atlas, Lang lang)
{
    page_list(to, with, atlas, lang, KIND_PARK);
}

static Str as_html(Str text)
{
    static Buf buf;
    buf_done(&buf);
    buf_init(&buf, 1 << 20);
    html_text(&buf, text);
    return buf_view(&buf);
}

static Str as_path(Str text)
{
    static Buf buf;
    buf_done(&buf);
    buf_init(&buf, 1 << 20);
    html_path(&buf, text);
    return buf_view(&buf);
}

TEST(no_text_is_markup)
{
    CHECK_STR(as_html(STR("<b a=\"1\" c='2'>&amp;</b>")),
              "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
    CHECK_STR(as_html(STR("</noscript><script>")), "&lt;/noscript&gt;&lt;script&gt;");
    CHECK_STR(as_html(STR("凤山湖 · 甲")), "凤山湖 · 甲");
    CHECK_STR(as_html(STR("")), "");
}

TEST(what_is_part_of_an_address_ends_no_address)
{
    CHECK_STR(as_path(STR("jm-1_a.b")), "jm-1_a.b");
    CHECK_STR(as_path(STR("a/b?c#d\"e%")), "a%2Fb%3Fc%23d%22e%25");
    CHECK_STR(as_path(STR("甲")), "%E7%94%B2");
    CHECK_STR(as_path((Str){"a\0b", 3}), "a%00b");
}

TEST(a_name_of_thousands_of_characters_stands_whole_in_its_list)
{
    enum { LONG = 4000 };
    static char fields[LONG + 20];
    memcpy(fields, "name_zh=", 8);
    memset(fields + 8, '<', LONG);
    fields[8 + LONG] = '\0';
    const SampleRow row = {KIND_PARK, "long", fields, NULL};
    const char *body = made(parks, &row, 1, LANG_ZH);
    uint32_t marks = 0;
    for (const char *at = strstr(body, "&lt;"); at; at = strstr(at + 1, "&lt;"))
        marks++;
    CHECK_EQ(marks, LONG);
}

TEST(a_list_says_how_many_there_are_and_how_the_rest_is_had)
{
    enum { COUNT = PAGE_ROWS_MAX + 5 };
    static SampleRow rows[COUNT];
    static char keys[COUNT][8];
    for (int i = 0; i < COUNT; i++) {
        snprintf(keys[i], sizeof keys[i], "p-%04d", i);
        rows[i] = (SampleRow){KIND_PARK, keys[i], "tiers=pilot_zone", NULL};
    }
    const char *body = made(parks, rows, COUNT, LANG_EN);
    CHECK(strstr(body, "<h1>parks 205</h1>") != NULL);
    CHECK(strstr(body, "The first 200 are below; all: <a href=\"/export/park.csv\">") != NULL);
    CHECK(strstr(body, "p-0199") != NULL && strstr(body, "p-0200") == NULL);
    CHECK(strstr(made(parks, rows, 3, LANG_EN), "/export/") == NULL);
}

TEST(a_name_that_is_missing_in_one_language_is_told_in_the_other_and_else_by_its_key)
{
    const SampleRow rows[] = {{KIND_PARK, "a", "name_zh=甲园;name_en=Park A", NULL},
                              {KIND_PARK, "b", "name_zh=乙园", NULL},
                              {KIND_PARK, "c", "tiers=pilot_zone", NULL}};
    const char *body = made(parks, rows, 3, LANG_EN);
    CHECK(strstr(body, "<bdi>Park A</bdi>") && strstr(body, "<bdi>乙园</bdi>") &&
          strstr(body, "<bdi>c</bdi>"));
    CHECK_STR(buf_view(&page.title), "parks");
}

/* ---- the first page ---- */

#define INDICATOR                                                                                            \
    {                                                                                                        \
        KIND_INDICATOR, "i", "name_en=I;value_unit=count;headline=yes", NULL                                 \
    }

static const char *told(const char *const *observations, uint32_t count)
{
    SampleRow rows[8] = {INDICATOR};
    static char keys[8][4];
    for (uint32_t i = 0; i < count; i++) {
        snprintf(keys[i], sizeof keys[i], "o%u", i);
        rows[i + 1] = (SampleRow){KIND_OBSERVATION, keys[i], observations[i], NULL};
    }
    return made(page_home, rows, count + 1, LANG_EN);
}

#define TOLD(...) told((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / 8)

TEST(the_first_page_shows_of_a_figure_the_period_that_ends_last)
{
    const char *body =
        TOLD("indicator=i;how=reported;reading=actual;value=1;period=2022-01", /* o0 */
             "indicator=i;how=reported;reading=actual;value=2;period=2022-01/2022-10",
             "indicator=i;how=reported;reading=actual;value=3;period=2022-10", "indicator=i;value=4");
    CHECK(strstr(body, "<b>2</b> as of 2022-11-30") != NULL);
    CHECK(strstr(body, "<b>1</b>") == NULL && strstr(body, "<b>3</b>") == NULL);
}

TEST(what_was_reached_goes_before_what_is_expected_and_what_was_reported_before_what_was_derived)
{
    CHECK(strstr(TOLD("indicator=i;how=reported;reading=forecast;value=1;period=2023",
                      "indicator=i;how=reported;reading=actual;value=2;period=2021"),
                 "<b>2</b>"));
    CHECK(strstr(TOLD("indicator=i;how=derived;reading=actual;value=1;period=2023",
                      "indicator=i;how=reported;reading=actual;value=2;period=2021"),
                 "<b>2</b>"));
    CHECK(strstr(TOLD("indicator=i;how=reported;reading=goal;value=1;period=2023"), "<b>1</b>"));
}

TEST(sample_data_is_no_figure_of_the_city)
{
    CHECK(strstr(TOLD("indicator=i;how=illustrative;reading=actual;value=1;period=2023"), "<b>") == NULL);
}

TEST(a_figure_said_without_a_value_is_told_without_one)
{
    const char *body = TOLD("indicator=i;how=reported;reading=actual;rank=1;period=2022;name_en=First");
    CHECK(strstr(body, "<bdi>First</bdi></a> as of") != NULL && strstr(body, "unknown") == NULL);
}
