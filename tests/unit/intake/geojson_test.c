/* GeoJSON as it comes: collections and lines, and files that are broken. */
#include "intake/geojson_reader.h"
#include "intake/jsontext.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

static char text[8192];

/* All features as text: number, <id>, name=text …, the geometry's length. */
static Err read_all(Str bytes)
{
    Input *input = input_of(bytes, "test.geojson");
    GeojsonReader *reader = geojson_new(input);
    Arena *arena = arena_new();
    Buf buf;
    buf_init(&buf, sizeof text - 1);
    Err err;
    for (;;) {
        Feature feature;
        bool more;
        err = geojson_next(reader, arena, &feature, &more);
        if (err != OK || !more)
            break;
        buf_fmt(&buf, "%d<" STR_FMT ">", (int)geojson_number(reader), STR_ARG(feature.id));
        for (uint32_t i = 0; i < feature.count; i++)
            buf_fmt(&buf, STR_FMT "=" STR_FMT ",", STR_ARG(feature.members[i].name),
                    STR_ARG(feature.members[i].text));
        buf_str(&buf, feature.geometry);
    }
    memcpy(text, buf_view(&buf).ptr, buf.len);
    text[buf.len] = '\0';
    buf_done(&buf);
    arena_free(arena);
    geojson_free(reader);
    input_close(input);
    return err;
}

static const char *features(const char *bytes)
{
    CHECK_OK(read_all(str_of(bytes)));
    return text;
}

#define CHECK_DETAIL(want) CHECK_STR(str_of(fault_arg(fault_last(), "detail")), want)

#define HEAD "{\"type\":\"FeatureCollection\",\"features\":["

TEST(features_of_a_collection_come_one_by_one)
{
    CHECK_STR(
        str_of(features(HEAD "{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"n\":1.50,\"t\":\"甲\"},"
                             "\"geometry\":{\"type\":\"Point\"}} ,\n"
                             "{\"properties\":null,\"geometry\":null,\"type\":\"Feature\",\"id\":7}]}")),
        "1<a>n=1.50,t=甲,{\"type\":\"Point\"}2<7>");
}

TEST(an_empty_collection_has_no_features)
{
    CHECK_STR(str_of(features(HEAD "]}")), "");
    CHECK_STR(str_of(features("{\"features\":[],\"type\":\"FeatureCollection\",\"bbox\":[1,2]}\n")), "");
}

TEST(one_feature_a_line_is_read_too)
{
    CHECK_STR(str_of(features("\xEF\xBB\xBF{\"type\":\"Feature\",\"id\":1,\"properties\":{}}\n"
                              "{\"type\":\"Feature\",\"id\":2,\"properties\":{}}\r\n")),
              "1<1>2<2>");
}

TEST(properties_have_the_text_a_cell_would_have)
{
    CHECK_STR(
        str_of(features(HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":null,\"b\":true,\"c\":[\"x\",2],"
                             "\"d\":1.25e3,\"e\":-5E-2,\"f\":\"q\\\"\\u4e2d\\ud83d\\ude00\\n\"}}]}")),
        "1<>a=,b=true,c=x;2,d=1250,e=-0.05,f=q\"中😀\n,");
}

TEST(numbers_with_exponents_are_written_plainly)
{
    static const char *const cases[][2] = {
        {"1e5", "100000"},  {"12.5e-1", "1.25"}, {"-0.5e1", "-05"},
        {"1e400", "1e400"}, {"7", "7"},          {"1E+2", "100"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(jsontext_number(arena, str_of(cases[i][0])), cases[i][1]);
    arena_free(arena);
}

TEST(a_file_that_ends_too_early_is_refused_wherever_it_is_cut)
{
    const char *whole =
        HEAD "{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"n\":\"x\\\"y\"},\"geometry\":null}]}";
    size_t len = strlen(whole);
    CHECK_OK(read_all((Str){whole, len}));
    for (size_t cut = 0; cut < len; cut++)
        CHECK_ERR(read_all((Str){whole, cut}), ERR_GEOJSON);
}

TEST(what_is_no_geojson_is_refused)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"type\":\"Topology\",\"objects\":{}}",
        "{\"type\":\"FeatureCollection\"}",
        "{\"type\":\"FeatureCollection\",\"features\":{}}",
        HEAD "]} x",
        HEAD "]}{}",
        HEAD "1]}",
        HEAD "{\"type\":\"Point\",\"coordinates\":[1,2]}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{}} {\"type\":\"Feature\",\"properties\":{}}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{},}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":[]}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":{}}}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":[[1]]}}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":01}}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":NaN}}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":\"\\ud83d\"}}]}",
        HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":[\"x;y\"]}}]}",
        HEAD "{\"type\":\"Feature\",\"geometry\":null,\"geometry\":null}]}",
        HEAD "],\"features\":[]}",
        "{\"features\":[]}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_all(str_of(bad[i])) != ERR_GEOJSON)
            test_fail(__FILE__, __LINE__, "accepted: %s", bad[i]);
}

TEST(another_datum_than_wgs84_is_refused)
{
    CHECK_ERR(
        read_all(STR("{\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4547\"}},\"features\":[],"
                     "\"type\":\"FeatureCollection\"}")),
        ERR_GEOJSON);
    CHECK_DETAIL("its coordinates are not WGS84 longitude and latitude");
    CHECK_OK(
        read_all(STR("{\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":[],"
                     "\"type\":\"FeatureCollection\"}")));
}

TEST(deep_nesting_is_refused_and_overflows_nothing)
{
    size_t len = 1000 * 1000;
    char *bytes = malloc(len);
    CHECK(bytes != NULL);
    memset(bytes, '[', len);
    memcpy(bytes, HEAD, strlen(HEAD));
    CHECK_ERR(read_all((Str){bytes, len}), ERR_GEOJSON);
    CHECK_DETAIL("it nests too deep");
    free(bytes);
}

TEST(a_feature_without_end_is_refused_by_its_limit)
{
    size_t len = 20 * 1024 * 1024;
    char *bytes = malloc(len);
    CHECK(bytes != NULL);
    memset(bytes, ' ', len);
    const char *head = HEAD "{\"type\":\"Feature\",\"id\":\"";
    memcpy(bytes, head, strlen(head));
    CHECK_ERR(read_all((Str){bytes, len}), ERR_LIMIT);
    free(bytes);
}

TEST(text_that_is_not_utf8_says_its_feature)
{
    CHECK_ERR(read_all(STR(HEAD "{\"type\":\"Feature\",\"properties\":{\"a\":\"\xD0\xC2\"}}]}")),
              ERR_ENCODING);
    CHECK_STR(str_of(fault_arg(fault_last(), "row")), "1");
}
