/* wkt.c, geojson.c, ewkb.c: golden pairs, round trips, and what must be refused. */
#include "geo/geometry.h"
#include "test.h"
#include <string.h>

#define SQUARE      "POLYGON((113 22,114 22,114 23,113 23,113 22))"
#define SQUARE_JSON "{\"type\":\"Polygon\",\"coordinates\":[[[113,22],[114,22],[114,23],[113,23],[113,22]]]}"
#define HOLE        "POLYGON((113 22,114 22,114 23,113 23,113 22),(113.2 22.2,113.2 22.4,113.4 22.4,113.2 22.2))"
#define TWO         "MULTIPOLYGON(((1 1,2 1,2 2,1 1)),((5 5,6 5,6 6,5 5)))"

typedef Err FromText(Arena *arena, Str text, Geometry *ret);
typedef void ToText(Buf *buf, const Geometry *geometry);

static void check_pairs(FromText *from, ToText *to, const char *pairs[][2], size_t count)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        Geometry geometry;
        CHECK_OK(from(arena, str_of(pairs[i][0]), &geometry));
        Buf buf;
        buf_init(&buf, 1000);
        to(&buf, &geometry);
        CHECK_STR(buf_view(&buf), pairs[i][1]);
        buf_done(&buf);
    }
    arena_free(arena);
}

static void check_refused(FromText *from, const char *const *texts, size_t count)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        Geometry geometry = {.point_count = 77};
        Err err = from(arena, str_of(texts[i]), &geometry);
        if (err != ERR_GEOMETRY)
            test_fail(__FILE__, __LINE__, "%s: %s, not ERR_GEOMETRY", texts[i], err_name(err));
        CHECK_EQ(geometry.point_count, 77); /* untouched on failure */
    }
    arena_free(arena);
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

TEST(wkt_is_written_in_one_canonical_form_whatever_it_looked_like)
{
    const char *pairs[][2] = {
        {"POINT(113.1 22.5)", "POINT(113.1 22.5)"},
        {"  point (113.10000 +22.50)\n", "POINT(113.1 22.5)"},
        {"SRID=4326;POINT(-0.00000004 -0.0000001)", "POINT(0 -0.0000001)"},
        {"POINT(113.12345675 22.12345674999)", "POINT(113.1234568 22.1234567)"},
        {"POINT(1.131e2 225E-1)", "POINT(113.1 22.5)"},
        {"POINT(-180 90)", "POINT(-180 90)"},
        {"POINT(.5 5.)", "POINT(0.5 5)"},
        {SQUARE, SQUARE},
        {"Polygon ( ( 113 22 ,113 23, 114 23,114 22, 113 22 ) )", SQUARE},
        {"POLYGON((113 22,114 22,114 23,113 23,113 22),(113.2 22.2,113.4 22.4,113.2 22.4,113.2 22.2))", HOLE},
        {"MULTIPOLYGON(((1 1,2 1,2 2,1 1)))", "POLYGON((1 1,2 1,2 2,1 1))"},
        {TWO, TWO},
    };
    check_pairs(geometry_from_wkt, geometry_wkt, pairs, COUNT(pairs));
}

TEST(wkt_that_is_no_point_or_polygon_of_two_coordinates_is_refused)
{
    static const char *const texts[] = {"",
                                        "POINT",
                                        "POINT()",
                                        "POINT(1)",
                                        "POINT(1 2",
                                        "POINT(1 2 3)",
                                        "POINT Z(1 2 3)",
                                        "POINT(1,2)",
                                        "POINT(1 2)x",
                                        "POINT EMPTY",
                                        "POINT(nan 1)",
                                        "POINT(1 inf)",
                                        "POINT(0x1 2)",
                                        "POINT(1 2e)",
                                        "POINT(- 2)",
                                        "LINESTRING(1 1,2 2)",
                                        "POLYGON EMPTY",
                                        "POLYGON()",
                                        "POLYGON(())",
                                        "POLYGON((1 1,2 2,1 1))",
                                        "POLYGON((1 1,2 1,2 2,1 2))",
                                        "POLYGON((1 1,2 1,2 2,1 1)",
                                        "POLYGON((1 1,2 1,2 2,1 1),)",
                                        "POLYGON((1 1,,2 1,2 2,1 1))",
                                        "MULTIPOLYGON()",
                                        "MULTIPOLYGON(((1 1,2 1,2 2,1 1)),)",
                                        "SRID=4490;POINT(1 2)",
                                        "POINT(181 0)",
                                        "POINT(0 -90.0000001)",
                                        "POINT(99999999999999999999999 0)",
                                        "POINT(1e400 0)",
                                        "GEOMETRYCOLLECTION(POINT(1 2))"};
    check_refused(geometry_from_wkt, texts, COUNT(texts));
}

TEST(the_fault_names_the_coordinate_that_is_out_of_range)
{
    Arena *arena = arena_new();
    Geometry geometry;
    CHECK_ERR(geometry_from_wkt(arena, STR("POINT(22.5 113.1)"), &geometry), ERR_GEOMETRY);
    CHECK_STR(str_of(fault_arg(fault_last(), "detail")),
              "latitude 113.1 is not within -90 and 90; longitude goes first");
    arena_free(arena);
}

TEST(geojson_is_written_in_one_canonical_form_whatever_it_looked_like)
{
    const char *pairs[][2] = {
        {"{\"type\":\"Point\",\"coordinates\":[113.1,22.5]}",
         "{\"type\":\"Point\",\"coordinates\":[113.1,22.5]}"},
        {" { \"coordinates\" : [ 1.131e2 , 22.50 ] , \"bbox\":[1,{\"a\":[null,true,\"\\\"]\"]}], "
         "\"type\":\"Point\" } ",
         "{\"type\":\"Point\",\"coordinates\":[113.1,22.5]}"},
        {SQUARE_JSON, SQUARE_JSON},
        {"{\"type\":\"MultiPolygon\",\"coordinates\":[[[[1,1],[2,2],[2,1],[1,1]]]]}",
         "{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,1],[2,2],[1,1]]]}"},
        {"{\"type\":\"MultiPolygon\",\"coordinates\":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]"
         "]}",
         "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]"
         "]}"},
    };
    check_pairs(geometry_from_geojson, geometry_geojson, pairs, COUNT(pairs));
}

TEST(geojson_that_is_broken_or_of_another_type_is_refused)
{
    static const char *const texts[] = {"",
                                        "null",
                                        "[]",
                                        "{}",
                                        "{\"type\":\"Point\"}",
                                        "{\"coordinates\":[1,2]}",
                                        "{\"type\":\"Point\",\"coordinates\":[1,2]",
                                        "{\"type\":\"Point\",\"coordinates\":[1,2]}}",
                                        "{\"type\":\"Point\",\"coordinates\":[1,2,3]}",
                                        "{\"type\":\"Point\",\"coordinates\":[1]}",
                                        "{\"type\":\"Point\",\"coordinates\":[\"1\",2]}",
                                        "{\"type\":\"Point\",\"coordinates\":[NaN,2]}",
                                        "{\"type\":\"Point\",\"coordinates\":[+1,2]}",
                                        "{\"type\":\"Point\",\"coordinates\":[01,2]}",
                                        "{\"type\":\"Point\",\"coordinates\":[.5,2]}",
                                        "{\"type\":\"Point\",\"coordinates\":[1.,2]}",
                                        "{\"type\":\"Point\",\"coordinates\":null}",
                                        "{\"type\":\"Point\",\"coordinates\":[200,2]}",
                                        "{\"type\":\"Point\",\"type\":\"Point\",\"coordinates\":[1,2]}",
                                        "{\"type\":\"Point\",\"coordinates\":[1,2],\"coordinates\":[1,2]}",
                                        "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[]]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[2,1],[2,2],[1,2]]]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[1,1],[2,1],[2,2],[1,1]]}",
                                        "{\"type\":\"Point\",\"coordinates\":[1,2],}",
                                        "{\"type\":\"Point\",\"a\":\"\n\",\"coordinates\":[1,2]}",
                                        "{\"type\":\"Point\\",
                                        "{\"type\":\"Point\",\"a\":\"\\"};
    check_refused(geometry_from_geojson, texts, COUNT(texts));
}

TEST(json_nested_beyond_the_limit_is_refused_without_deep_recursion)
{
    Buf buf;
    buf_init(&buf, 100000);
    buf_c(&buf, "{\"a\":");
    for (int i = 0; i < 50000; i++)
        buf_byte(&buf, '[');
    Arena *arena = arena_new();
    Geometry geometry;
    CHECK_ERR(geometry_from_geojson(arena, buf_view(&buf), &geometry), ERR_LIMIT);
    buf_done(&buf);
    arena_free(arena);
}

static Str from_hex(Arena *arena, const char *hex)
{
    size_t len = strlen(hex) / 2;
    char *bytes = arena_alloc(arena, len);
    for (size_t i = 0; i < len; i++) {
        int value = 0;
        for (int k = 0; k < 2; k++) {
            char c = hex[2 * i + k];
            value = value * 16 + (c <= '9' ? c - '0' : c - 'A' + 10);
        }
        bytes[i] = (char)value;
    }
    return (Str){bytes, len};
}

/* As PostGIS answers ST_AsEWKB and ST_AsBinary(…, 'XDR') for POINT(113.5 22.25). */
#define POINT_EWKB "0101000020E61000000000000000605C400000000000403640"
#define POINT_WKB                                                                                            \
    "0101000000"                                                                                             \
    "0000000000605C40"                                                                                       \
    "0000000000403640"
#define POINT_XDR                                                                                            \
    "0000000001"                                                                                             \
    "405C600000000000"                                                                                       \
    "4036400000000000"

TEST(ewkb_of_either_byte_order_with_or_without_a_reference_is_read_and_written_one_way)
{
    Arena *arena = arena_new();
    static const char *const forms[] = {POINT_EWKB, POINT_WKB, POINT_XDR};
    for (size_t i = 0; i < COUNT(forms); i++) {
        Geometry geometry;
        CHECK_OK(geometry_from_ewkb(arena, from_hex(arena, forms[i]), &geometry));
        CHECK_EQ(geometry.points[0].lon, 1135000000);
        CHECK_EQ(geometry.points[0].lat, 222500000);
        Buf buf;
        buf_init(&buf, 100);
        geometry_ewkb(&buf, &geometry);
        CHECK(str_eq(buf_view(&buf), from_hex(arena, POINT_EWKB)));
        buf_done(&buf);
    }
    arena_free(arena);
}

TEST(ewkb_that_is_foreign_or_has_another_shape_is_refused)
{
    static const char *const hexes[] = {"",
                                        "01",
                                        "02",
                                        "0101000000",
                                        "0101000020E6100000",
                                        "0101000020DB1000000000000000605C400000000000403640",
                                        POINT_EWKB "00",
                                        "01010000A0E61000000000000000605C4000000000004036400000000000000000",
                                        "0101000000000000000000F87F000000000000F87F",
                                        "0101000000000000000000F07F0000000000000000",
                                        "010300000000000000",
                                        "0103000000FFFFFFFF",
                                        "010300000001000000FFFFFFFF",
                                        "010600000000000000",
                                        "0106000000FFFFFFFF",
                                        "01060000000100000001010000000000000000605C400000000000403640",
                                        "01020000000000000000605C400000000000403640"};
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(hexes); i++) {
        Geometry geometry;
        Err err = geometry_from_ewkb(arena, from_hex(arena, hexes[i]), &geometry);
        if (err != ERR_GEOMETRY)
            test_fail(__FILE__, __LINE__, "%s: %s", hexes[i], err_name(err));
    }
    arena_free(arena);
}

TEST(a_geometry_comes_back_the_same_through_all_three_forms)
{
    static const char *const texts[] = {"POINT(-113.1234567 -0.0000001)", SQUARE, HOLE, TWO};
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(texts); i++) {
        Geometry a, b, c, d;
        Buf wkt, json, ewkb, again;
        buf_init(&wkt, 1000), buf_init(&json, 1000), buf_init(&ewkb, 1000), buf_init(&again, 1000);
        CHECK_OK(geometry_from_wkt(arena, str_of(texts[i]), &a));
        geometry_geojson(&json, &a);
        CHECK_OK(geometry_from_geojson(arena, buf_view(&json), &b));
        geometry_ewkb(&ewkb, &b);
        CHECK_OK(geometry_from_ewkb(arena, buf_view(&ewkb), &c));
        geometry_wkt(&wkt, &c);
        CHECK_STR(buf_view(&wkt), texts[i]);
        CHECK_OK(geometry_from_wkt(arena, buf_view(&wkt), &d));
        geometry_ewkb(&again, &d);
        CHECK(str_eq(buf_view(&again), buf_view(&ewkb)));
        buf_done(&wkt), buf_done(&json), buf_done(&ewkb), buf_done(&again);
    }
    arena_free(arena);
}

TEST(a_cut_text_is_refused_wherever_it_is_cut)
{
    Arena *arena = arena_new();
    Geometry geometry;
    Str wkt = STR(TWO), json = STR(SQUARE_JSON);
    for (size_t len = 0; len < wkt.len; len++)
        CHECK(geometry_from_wkt(arena, (Str){wkt.ptr, len}, &geometry) != OK);
    for (size_t len = 0; len < json.len; len++)
        CHECK(geometry_from_geojson(arena, (Str){json.ptr, len}, &geometry) != OK);
    Buf buf;
    buf_init(&buf, 1000);
    CHECK_OK(geometry_from_wkt(arena, wkt, &geometry));
    geometry_ewkb(&buf, &geometry);
    for (size_t len = 0; len < buf.len; len++)
        CHECK(geometry_from_ewkb(arena, (Str){buf.ptr, len}, &geometry) != OK);
    buf_done(&buf);
    arena_free(arena);
}

TEST(a_geometry_of_more_points_than_the_limit_is_refused_as_too_large)
{
    Buf buf;
    buf_init(&buf, 16 * 1024 * 1024);
    buf_c(&buf, "POLYGON((1 1");
    for (int i = 0; i < GEOMETRY_POINTS_MAX; i++)
        buf_c(&buf, i % 2 ? ",1 2" : ",2 2");
    buf_c(&buf, ",1 1))");
    Arena *arena = arena_new();
    Geometry geometry;
    CHECK_ERR(geometry_from_wkt(arena, buf_view(&buf), &geometry), ERR_LIMIT);
    buf_done(&buf);
    arena_free(arena);
}
