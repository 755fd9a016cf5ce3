/* geometry.c and validity.c: measures, places, validity. */
#include "geo/geometry.h"
#include "test.h"
#include <math.h>
#include <pthread.h>

static Arena *arena;

static Geometry shape(const char *wkt)
{
    Geometry geometry;
    if (!arena)
        arena = arena_new();
    CHECK_OK(geometry_from_wkt(arena, str_of(wkt), &geometry));
    return geometry;
}

static Point at(double lon, double lat)
{
    return (Point){(int32_t)lround(lon * DEGREE), (int32_t)lround(lat * DEGREE)};
}

static bool near(double got, double want, double within)
{
    return fabs(got - want) <= within;
}

TEST(the_area_between_two_meridians_a_quarter_apart_is_an_eighth_of_the_sphere)
{
    Geometry cap = shape("POLYGON((0 0,90 0,90 90,0 90,0 0))");
    CHECK(near(geometry_area_m2(&cap) / (4 * M_PI * 6371007.18 * 6371007.18 / 8), 1, 1e-12));
}

TEST(the_area_of_a_plot_of_a_hectare_is_right_to_a_hundredth_of_a_square_metre)
{
    /* 0.001° × 0.001° at 22.5° N: R² Δλ (sin φ2 − sin φ1), in closed form. */
    Geometry plot = shape("POLYGON((113 22.5,113.001 22.5,113.001 22.501,113 22.501,113 22.5))");
    double step = 0.001 * M_PI / 180;
    double want = 6371007.18 * 6371007.18 * step * 2 * cos((22.5 + 22.501) / 2 * M_PI / 180) * sin(step / 2);
    CHECK(near(geometry_area_m2(&plot), want, 0.01));
}

TEST(a_hole_is_taken_from_the_area_and_parts_are_added)
{
    Geometry whole = shape("POLYGON((1 1,2 1,2 2,1 2,1 1))");
    Geometry hole = shape("POLYGON((1 1,2 1,2 2,1 2,1 1),(1.4 1.4,1.6 1.4,1.6 1.6,1.4 1.6,1.4 1.4))");
    Geometry part = shape("POLYGON((1.4 1.4,1.6 1.4,1.6 1.6,1.4 1.6,1.4 1.4))");
    Geometry two =
        shape("MULTIPOLYGON(((1 1,2 1,2 2,1 2,1 1)),((1.4 11.4,1.6 11.4,1.6 11.6,1.4 11.6,1.4 11.4)))");
    Geometry far = shape("POLYGON((1.4 11.4,1.6 11.4,1.6 11.6,1.4 11.6,1.4 11.4))");
    CHECK(near(geometry_area_m2(&hole), geometry_area_m2(&whole) - geometry_area_m2(&part), 0.01));
    CHECK(near(geometry_area_m2(&two), geometry_area_m2(&whole) + geometry_area_m2(&far), 0.01));
}

TEST(the_box_holds_every_point)
{
    Geometry two = shape("MULTIPOLYGON(((1 1,2 1,2 2,1 1)),((5 -5,6 -5,6 -4,5 -5)))");
    Box box = geometry_box(&two);
    CHECK_EQ(box.west, 1 * DEGREE);
    CHECK_EQ(box.east, 6 * DEGREE);
    CHECK_EQ(box.south, -5 * DEGREE);
    CHECK_EQ(box.north, 2 * DEGREE);
}

TEST(the_anchor_is_the_centroid_of_the_largest_part)
{
    Geometry two = shape("MULTIPOLYGON(((1 1,2 1,2 2,1 2,1 1)),((10 10,14 10,14 12,10 12,10 10)))");
    Point anchor = geometry_anchor(&two);
    CHECK_EQ(anchor.lon, 12 * DEGREE);
    CHECK_EQ(anchor.lat, 11 * DEGREE);
}

TEST(the_anchor_lies_on_the_surface_when_the_centroid_does_not)
{
    Geometry horseshoe = shape("POLYGON((0 0,10 0,10 10,9 10,9 1,1 1,1 10,0 10,0 0))");
    Geometry ring = shape("POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,1 9,9 9,9 1,1 1))");
    CHECK(geometry_contains(&horseshoe, geometry_anchor(&horseshoe)));
    CHECK(geometry_contains(&ring, geometry_anchor(&ring)));
}

TEST(the_anchor_of_a_point_is_the_point_and_of_a_line_without_area_a_corner)
{
    Geometry point = shape("POINT(113.1 22.5)");
    CHECK_EQ(geometry_anchor(&point).lon, 1131000000);
    Geometry flat = shape("POLYGON((1 1,2 2,3 3,1 1))");
    CHECK(geometry_contains(&flat, geometry_anchor(&flat)));
}

TEST(a_point_on_an_edge_or_a_corner_is_inside_and_one_in_a_hole_is_not)
{
    Geometry ring = shape("POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,4 6,6 6,6 4,4 4))");
    CHECK(geometry_contains(&ring, at(2, 2)));
    CHECK(geometry_contains(&ring, at(0, 0)));
    CHECK(geometry_contains(&ring, at(10, 5)));
    CHECK(geometry_contains(&ring, at(5, 10)));
    CHECK(geometry_contains(&ring, at(4, 5)));
    CHECK(geometry_contains(&ring, at(6, 6)));
    CHECK(!geometry_contains(&ring, at(5, 5)));
    CHECK(!geometry_contains(&ring, at(10.0000001, 5)));
    CHECK(!geometry_contains(&ring, at(-1, 10)));
    CHECK(!geometry_contains(&ring, at(11, 0)));
}

TEST(a_slanted_edge_is_met_exactly)
{
    Geometry wedge = shape("POLYGON((0 0,179.9999999 89.9999999,0 89.9999999,0 0))");
    CHECK(geometry_contains(&wedge, (Point){0, 0}));
    CHECK(!geometry_contains(&wedge, (Point){1, 0}));
    CHECK(geometry_contains(&wedge, (Point){1, 1}));
}

TEST(a_polygon_touches_a_box_that_it_crosses_holds_lies_in_or_only_meets_at_a_corner)
{
    Geometry ring = shape("POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,4 6,6 6,6 4,4 4))");
    CHECK(geometry_touches_box(&ring, (Box){-DEGREE, -DEGREE, DEGREE, DEGREE}));
    CHECK(geometry_touches_box(&ring, (Box){DEGREE, DEGREE, 2 * DEGREE, 2 * DEGREE}));
    CHECK(geometry_touches_box(&ring, (Box){-DEGREE, -DEGREE, 11 * DEGREE, 11 * DEGREE}));
    CHECK(geometry_touches_box(&ring, (Box){10 * DEGREE, 10 * DEGREE, 11 * DEGREE, 11 * DEGREE}));
    CHECK(
        !geometry_touches_box(&ring, (Box){4 * DEGREE + 1, 4 * DEGREE + 1, 6 * DEGREE - 1, 6 * DEGREE - 1}));
    CHECK(geometry_touches_box(&ring, (Box){4 * DEGREE + 1, 4 * DEGREE + 1, 6 * DEGREE, 6 * DEGREE - 1}));
    Geometry wedge = shape("POLYGON((0 0,10 10,0 10,0 0))");
    CHECK(!geometry_touches_box(&wedge, (Box){5 * DEGREE + 1, 0, 9 * DEGREE, 5 * DEGREE}));
    CHECK(geometry_touches_box(&wedge, (Box){5 * DEGREE, 0, 9 * DEGREE, 5 * DEGREE}));
    Geometry point = shape("POINT(1 1)");
    CHECK(geometry_touches_box(&point, (Box){DEGREE, DEGREE, DEGREE, DEGREE}));
}

TEST(a_polygon_that_crosses_itself_is_not_valid_and_the_place_is_told)
{
    Geometry bow = shape("POLYGON((0 0,2 2,2 0,0 2,0 0))");
    CHECK_ERR(geometry_check(&bow), ERR_GEOMETRY);
    CHECK_STR(str_of(fault_arg(fault_last(), "detail")), "its outline crosses or touches itself at 1 1");
}

TEST(a_polygon_is_valid_only_if_its_rings_and_parts_keep_apart)
{
    static const char *const valid[] = {"POINT(1 1)",
                                        "POLYGON((0 0,10 0,10 10,0 10,0 0))",
                                        "POLYGON((0 0,5 0,10 0,10 10,0 10,0 0))",
                                        "POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,4 6,6 6,6 4,4 4))",
                                        "POLYGON((0 0,10 0,10 10,5 1,0 10,0 0))",
                                        "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
                                        "POLYGON((0 0,0 0,10 0,10 10,0 0))"};
    static const char *const invalid[] = {"POLYGON((0 0,1 1,2 2,0 0))",
                                          "POLYGON((0 0,10 0,10 5,8 0,2 0,0 5,0 0))",
                                          "POLYGON((0 0,10 0,5 0,5 5,0 0))",
                                          "POLYGON((0 0,10 0,10 10,5 0,0 10,0 0))",
                                          "POLYGON((0 0,10 0,10 10,0 10,0 0),(14 4,14 6,16 6,16 4,14 4))",
                                          "POLYGON((1 1,1 1,1 1,1 1))",
                                          "POLYGON((0 0,4 0,4 4,2 4,2 1,2 4,0 4,0 0))",
                                          "MULTIPOLYGON(((0 0,4 0,4 4,0 0)),((1 1,6 1,6 6,1 1)))"};
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        Geometry geometry = shape(valid[i]);
        CHECK_OK(geometry_check(&geometry));
    }
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        Geometry geometry = shape(invalid[i]);
        if (geometry_check(&geometry) != ERR_GEOMETRY)
            test_fail(__FILE__, __LINE__, "%s passed for valid", invalid[i]);
    }
}

static void *check_in_thread(void *geometry)
{
    return geometry_check(geometry) == ERR_GEOMETRY ? NULL : geometry;
}

TEST(validity_is_asked_in_several_threads_at_once)
{
    Geometry bow = shape("POLYGON((0 0,2 2,2 0,0 2,0 0))");
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, check_in_thread, &bow);
    for (int i = 0; i < 4; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        CHECK(!wrong);
    }
}

TEST(distances_are_great_circles_in_whole_metres)
{
    CHECK_EQ(distance_m(at(0, 0), at(0, 0)), 0);
    CHECK_EQ(distance_m(at(0, 0), at(180, 0)), 20015114); /* π R */
    CHECK_EQ(distance_m(at(0, -90), at(77, 90)), 20015114);
    CHECK_EQ(distance_m(at(0, 0), at(0, 1)), 111195);
    CHECK_EQ(distance_m(at(113.0815, 22.5787), at(113.2644, 23.1291)),
             distance_m(at(113.2644, 23.1291), at(113.0815, 22.5787)));
    CHECK_EQ(distance_m(at(113, 22.5), at(113.00001, 22.5)), 1);
    CHECK_EQ(distance_m(at(179.9999, 0), at(-179.9999, 0)), 22);
}
