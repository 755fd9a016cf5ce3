/* YAML of briefs → JSON text. */
#include "base/json.h"
#include "model/yaml.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

static char json[128 * 1024];

static Err convert(Str text)
{
    Buf buf;
    buf_init(&buf, sizeof json - 1);
    Err err = yaml_to_json(text, &buf);
    memcpy(json, buf_view(&buf).ptr, buf.len);
    json[buf.len] = '\0';
    buf_done(&buf);
    return err;
}

#define CHECK_JSON(yaml, want)                                                                               \
    do {                                                                                                     \
        CHECK_OK(convert(str_of(yaml)));                                                                     \
        CHECK_STR(str_of(json), want);                                                                       \
    } while (0)

TEST(a_brief_in_yaml_is_the_same_in_json)
{
    CHECK_JSON("kind: parcel\nwhere:\n  - field: area_m2\n    min: 133333\n  - {field: land_use, in: [M1, "
               "\"M2\"]}\ntaken: false\n",
               "{\"kind\":\"parcel\",\"where\":[{\"field\":\"area_m2\",\"min\":133333},{\"field\":\"land_"
               "use\",\"in\":[\"M1\","
               "\"M2\"]}],\"taken\":false}");
}

TEST(json_is_yaml_too)
{
    CHECK_JSON("{\"top\": 5, \"a\": null}", "{\"top\":5,\"a\":null}");
}

TEST(plain_words_are_numbers_truths_nothing_or_text)
{
    CHECK_JSON(
        "[1, -2.50, +07, .5, 3., 1e3, 1.5E-2, true, null, ~, 2023-06-30, 0x10, .inf, yes, 1_000, '12', --]",
        "[1,-2.50,7,0.5,3,1e3,1.5E-2,true,null,null,\"2023-06-30\",\"0x10\",\".inf\",\"yes\",\"1_000\","
        "\"12\",\"--\"]");
    CHECK_JSON("a:\nb: 中文", "{\"a\":null,\"b\":\"中文\"}");
}

TEST(a_name_that_looks_like_a_number_stays_a_name)
{
    CHECK_JSON("1: 2", "{\"1\":2}");
}

TEST(aliases_anchors_and_tags_are_refused)
{
    CHECK_ERR(convert(STR("a: &x [1]\nb: *x\n")), ERR_BRIEF);
    CHECK_ERR(convert(STR("a: &x 1\n")), ERR_BRIEF);
    CHECK_ERR(convert(STR("a: !!python/object 1\n")), ERR_BRIEF);
    CHECK_ERR(convert(STR("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n")), ERR_BRIEF);
}

TEST(deep_nesting_is_refused)
{
    static char deep[20000];
    memset(deep, '[', sizeof deep);
    Err err = convert((Str){deep, sizeof deep});
    CHECK(err == ERR_LIMIT || err == ERR_BRIEF);
}

TEST(what_is_no_yaml_says_where)
{
    CHECK_ERR(convert(STR("a: [1, 2\nb: 3\n")), ERR_BRIEF);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "(line ") != NULL);
    CHECK_ERR(convert(STR("")), ERR_BRIEF);
    CHECK_ERR(convert(STR("a: 1\n---\nb: 2\n")), ERR_BRIEF);
    CHECK_ERR(convert(STR("a: \"\xff\"\n")), ERR_ENCODING);
    CHECK_ERR(convert(STR("a: '\x8a")), ERR_ENCODING);
    CHECK_ERR(convert(STR("a: \x01\n")), ERR_BRIEF);
    CHECK_ERR(convert(STR("? [1]\n: 2\n")), ERR_BRIEF);
}

TEST(too_much_yaml_is_refused)
{
    char *text = calloc(1, YAML_BYTES_MAX + 1);
    CHECK(text != NULL);
    memset(text, ' ', YAML_BYTES_MAX + 1);
    CHECK_ERR(convert((Str){text, YAML_BYTES_MAX + 1}), ERR_LIMIT);
    free(text);
}
