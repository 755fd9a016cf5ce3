/* How places lie to each other: by hand, and random polygons on a coarse lattice, where corners and edges
 * often coincide, against GEOS; regions against the same question without their grid. */
#include "geo/relate.h"
#include "test.h"
#include <geos_c.h>
#include <stdio.h>

static Arena *arena;
static GEOSContextHandle_t geos;

__attribute__((constructor)) static void set_up(void)
{
    arena = arena_new();
    geos = GEOS_init_r();
}

static Geometry shape(const char *wkt)
{
    Geometry geometry;
    CHECK_OK(geometry_from_wkt(arena, str_of(wkt), &geometry));
    return geometry;
}

static bool relates(Relation relation, const char *a, const char *b)
{
    Geometry of_a = shape(a), of_b = shape(b);
    bool plain = geometry_relates(relation, &of_a, &of_b);
    CHECK_EQ(region_relates(relation, &of_a, region_build(arena, &of_b)), plain);
    return plain;
}

static const char square[] = "POLYGON((0 0,4 0,4 4,0 4,0 0))";
static const char holed[] = "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,3 6,6 6,6 3,3 3))";

TEST(what_shares_only_an_edge_intersects_and_touches_but_does_not_overlap)
{
    const char *beside = "POLYGON((4 1,6 1,6 3,4 3,4 1))";
    CHECK(relates(RELATE_INTERSECTS, beside, square));
    CHECK(relates(RELATE_TOUCHES, beside, square));
    CHECK(!relates(RELATE_OVERLAPS, beside, square));
    CHECK(!relates(RELATE_WITHIN, beside, square));
}

TEST(what_lies_in_a_hole_is_not_within)
{
    CHECK(!relates(RELATE_INTERSECTS, "POLYGON((4 4,5 4,5 5,4 5,4 4))", holed));
    CHECK(relates(RELATE_TOUCHES, "POLYGON((3 3,6 3,6 6,3 6,3 3))", holed)); /* fills it */
    CHECK(!relates(RELATE_WITHIN, "POLYGON((3 3,6 3,6 6,3 6,3 3))", holed));
    CHECK(!relates(RELATE_WITHIN, "POLYGON((1 1,8 1,8 8,1 8,1 1))", holed)); /* lies around it */
    CHECK(relates(RELATE_WITHIN, "POLYGON((0 0,3 0,3 9,0 9,0 0))", holed));
    CHECK(!relates(RELATE_WITHIN, "POLYGON((0 0,4 0,4 9,0 9,0 0))", holed));
}

TEST(a_point_on_an_edge_intersects_and_touches_but_is_not_within)
{
    CHECK(relates(RELATE_INTERSECTS, "POINT(4 1)", square));
    CHECK(relates(RELATE_TOUCHES, "POINT(4 1)", square));
    CHECK(!relates(RELATE_WITHIN, "POINT(4 1)", square));
    CHECK(relates(RELATE_WITHIN, "POINT(3.9999999 1)", square));
    CHECK(!relates(RELATE_INTERSECTS, "POINT(4.0000001 1)", square));
    CHECK(relates(RELATE_CONTAINS, square, "POINT(1 1)"));
    CHECK(relates(RELATE_EQUALS, "POINT(1 1)", "POINT(1 1)"));
}

TEST(a_polygon_equals_itself_from_another_corner_and_with_a_corner_more)
{
    CHECK(relates(RELATE_EQUALS, "POLYGON((4 0,4 2,4 4,0 4,0 0,4 0))", square));
    CHECK(relates(RELATE_WITHIN, square, square));
    CHECK(!relates(RELATE_OVERLAPS, square, square));
}

TEST(a_difference_of_one_unit_is_seen)
{
    CHECK(relates(RELATE_WITHIN, "POLYGON((1 1,4 1,4 2,1 2,1 1))", square));
    CHECK(!relates(RELATE_WITHIN, "POLYGON((1 1,4.0000001 1,4 2,1 2,1 1))", square));
    CHECK(relates(RELATE_OVERLAPS, "POLYGON((1 1,4.0000001 1,4 2,1 2,1 1))", square));
}

/* ---- random polygons ---- */

static uint64_t dice = 20221130;

static uint32_t below(uint32_t n)
{
    dice ^= dice >> 12;
    dice ^= dice << 25;
    dice ^= dice >> 27;
    return (uint32_t)((dice * UINT64_C(2685821657736338717) >> 33) % n);
}

/* A ring of random corners; whether it is one is for geometry_check. */
static void write_ring(Buf *buf, uint32_t from, uint32_t size)
{
    uint32_t corners = 3 + below(5), first_x = 0, first_y = 0;
    buf_byte(buf, '(');
    for (uint32_t i = 0; i <= corners; i++) {
        uint32_t x = from + below(size), y = from + below(size);
        if (i == 0) {
            first_x = x;
            first_y = y;
        }
        buf_fmt(buf, "%s%u %u", i ? "," : "", i < corners ? x : first_x, i < corners ? y : first_y);
    }
    buf_byte(buf, ')');
}

static Geometry random_shape(void)
{
    Geometry geometry;
    for (;;) {
        Buf wkt;
        buf_init(&wkt, 4000);
        uint32_t roll = below(10), size = 4 + below(8);
        if (roll == 0) {
            buf_fmt(&wkt, "POINT(%u %u)", below(size), below(size));
        } else if (roll < 7) {
            buf_c(&wkt, "POLYGON(");
            write_ring(&wkt, 0, size);
            if (roll == 6) {
                buf_byte(&wkt, ',');
                write_ring(&wkt, 1, 4);
            }
            buf_byte(&wkt, ')');
        } else {
            buf_c(&wkt, "MULTIPOLYGON((");
            write_ring(&wkt, 0, size);
            buf_c(&wkt, "),(");
            write_ring(&wkt, 3, size);
            buf_c(&wkt, "))");
        }
        bool sound =
            geometry_from_wkt(arena, buf_view(&wkt), &geometry) == OK && geometry_check(&geometry) == OK;
        buf_done(&wkt);
        if (sound)
            return geometry;
    }
}

static GEOSGeometry *geos_of(const Geometry *geometry)
{
    Buf wkt;
    buf_init(&wkt, 100000);
    geometry_wkt(&wkt, geometry);
    buf_byte(&wkt, '\0');
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos);
    GEOSGeometry *made = GEOSWKTReader_read_r(geos, reader, wkt.ptr);
    GEOSWKTReader_destroy_r(geos, reader);
    buf_done(&wkt);
    CHECK(made);
    return made;
}

static bool geos_says(Relation relation, const GEOSGeometry *a, const GEOSGeometry *b)
{
    switch (relation) {
    case RELATE_INTERSECTS:
        return GEOSIntersects_r(geos, a, b) == 1;
    case RELATE_WITHIN:
        return GEOSWithin_r(geos, a, b) == 1;
    case RELATE_CONTAINS:
        return GEOSContains_r(geos, a, b) == 1;
    case RELATE_EQUALS:
        return GEOSEquals_r(geos, a, b) == 1;
    case RELATE_TOUCHES:
        return GEOSTouches_r(geos, a, b) == 1;
    case RELATE_OVERLAPS:
        break;
    }
    return GEOSOverlaps_r(geos, a, b) == 1;
}

static void differ(Relation relation, const Geometry *a, const Geometry *b, bool got)
{
    Buf text;
    buf_init(&text, 4000);
    geometry_wkt(&text, a);
    buf_c(&text, " | ");
    geometry_wkt(&text, b);
    test_fail(__FILE__, __LINE__, "relation %d is %d: %.*s", relation, got, STR_ARG(buf_view(&text)));
}

TEST(random_places_lie_to_each_other_as_geos_says)
{
    uint32_t holding[6] = {0};
    for (int i = 0; i < 6000; i++) {
        Geometry a = random_shape(), b = random_shape();
        if (i % 16 == 0)
            b = a;
        GEOSGeometry *of_a = geos_of(&a), *of_b = geos_of(&b);
        const Region *region = region_build(arena, &b);
        RegionSide side = region_side(region, geometry_box(&a));
        for (Relation relation = RELATE_INTERSECTS; relation <= RELATE_OVERLAPS; relation++) {
            bool want = geos_says(relation, of_a, of_b);
            if (geometry_relates(relation, &a, &b) != want)
                differ(relation, &a, &b, !want);
            if (region_relates(relation, &a, region) != want)
                differ(relation + 10, &a, &b, !want);
            holding[relation] += want;
        }
        CHECK(side != REGION_OUTSIDE || !geometry_relates(RELATE_INTERSECTS, &a, &b));
        CHECK(side != REGION_INSIDE || geometry_relates(RELATE_WITHIN, &a, &b));
        GEOSGeom_destroy_r(geos, of_a);
        GEOSGeom_destroy_r(geos, of_b);
    }
    for (int r = 0; r < 6; r++)
        CHECK(holding[r] > 20); /* none was compared only where it does not hold */
}

/* A star with so many corners that its grid has many cells; small shapes all over it. */
TEST(a_region_of_many_corners_answers_as_its_edges_one_by_one)
{
    for (int turn = 0; turn < 4; turn++) {
        enum { CORNERS = 400 };
        Point points[CORNERS + 1];
        for (int i = 0; i < CORNERS; i++) { /* by angle, so that it crosses nowhere */
            int64_t quarter = i / (CORNERS / 4), step = i % (CORNERS / 4), reach = 4000 + below(6000);
            int64_t x = CORNERS / 4 - step, y = step, norm = x + y;
            int64_t lon = x * reach / norm, lat = y * reach / norm;
            points[i] = quarter == 0   ? (Point){(int32_t)lon, (int32_t)lat}
                        : quarter == 1 ? (Point){(int32_t)-lat, (int32_t)lon}
                        : quarter == 2 ? (Point){(int32_t)-lon, (int32_t)-lat}
                                       : (Point){(int32_t)lat, (int32_t)-lon};
        }
        points[CORNERS] = points[0];
        uint32_t ring_end = CORNERS + 1, part_end = 1, sides[3] = {0};
        Geometry star = {GEOM_POLYGON, CORNERS + 1, 1, 1, points, &ring_end, &part_end};
        if (geometry_check(&star) != OK)
            continue; /* whole numbers can fold a ray back */
        const Region *region = region_build(arena, &star);
        for (int i = 0; i < 4000; i++) {
            int32_t x = (int32_t)below(22000) - 11000, y = (int32_t)below(22000) - 11000,
                    size = 1 + (int32_t)below(400);
            Point box[5] = {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
            uint32_t five = 5;
            Geometry small = {GEOM_POLYGON, 5, 1, 1, box, &five, &part_end};
            for (Relation r = RELATE_INTERSECTS; r <= RELATE_OVERLAPS; r++)
                CHECK_EQ(region_relates(r, &small, region), geometry_relates(r, &small, &star));
            RegionSide side = region_side(region, geometry_box(&small));
            sides[side]++;
            CHECK(side != REGION_OUTSIDE || !geometry_relates(RELATE_INTERSECTS, &small, &star));
            CHECK(side != REGION_INSIDE || geometry_relates(RELATE_WITHIN, &small, &star));
        }
        CHECK(sides[REGION_INSIDE] > 100 && sides[REGION_OUTSIDE] > 100);
    }
}
