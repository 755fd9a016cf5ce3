/* The parts an atlas is made with: packed shapes, sorted texts, the nearest of many places. */
#include "atlas/intern.h"
#include "atlas/nearest.h"
#include "atlas/shape.h"
#include "atlas/textsort.h"
#include "base/hash.h"
#include "test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t random_state = 42;

static uint64_t below(uint64_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (random_state >> 33) % n;
}

static void check_shape(const char *wkt)
{
    Arena *arena = arena_new();
    Buf packed, text;
    Geometry before, after;
    buf_init(&packed, 1 << 20);
    buf_init(&text, 1 << 20);
    CHECK_OK(geometry_from_wkt(arena, str_of(wkt), &before));
    Point anchor = geometry_anchor(&before);
    CHECK_OK(shape_pack(&packed, &before, anchor));
    CHECK(shape_valid((const uint8_t *)packed.ptr, packed.len, anchor, geometry_box(&before)));
    CHECK(shape_unpack(arena, (const uint8_t *)packed.ptr, packed.len, anchor, &after));
    geometry_wkt(&text, &before);
    size_t half = text.len;
    geometry_wkt(&text, &after);
    CHECK_EQ(text.len, 2 * half);
    CHECK(memcmp(text.ptr, text.ptr + half, half) == 0);
    for (size_t len = 0; len < packed.len; len++) {
        uint8_t *cut = malloc(len + 1); /* of its own, so that a read behind the end is seen */
        memcpy(cut, packed.ptr, len);
        uint8_t *exact = len ? realloc(cut, len) : cut;
        CHECK(!shape_valid(exact, len, anchor, geometry_box(&before)));
        CHECK(shape_unpack(arena, exact, len, anchor, &after) == (len == 0));
        free(exact);
    }
    buf_done(&packed);
    buf_done(&text);
    arena_free(arena);
}

TEST(a_packed_shape_comes_back_and_a_cut_one_does_not)
{
    check_shape("POINT(113.1234567 22.7654321)");
    check_shape("POLYGON((113 22.5, 113.001 22.5, 113.001 22.501, 113 22.5))");
    check_shape("POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))");
    check_shape("POLYGON((113 22, 114 22, 114 23, 113 23, 113 22), (113.2 22.2, 113.2 22.4, 113.4 22.4, "
                "113.2 22.2))");
    check_shape("MULTIPOLYGON(((113 22, 114 22, 114 23, 113 22)), ((115 22, 116 22, 116 23, 115 22), "
                "(115.6 22.2, 115.7 22.3, 115.8 22.2, 115.6 22.2)))");
}

TEST(a_ring_that_is_open_or_too_short_is_refused)
{
    Buf packed;
    const Point open[] = {{0, 0}, {9, 0}, {9, 9}, {0, 9}}, flat[] = {{0, 0}, {9, 0}, {0, 0}};
    uint32_t four = 4, three = 3, one = 1;
    Geometry a = {GEOM_POLYGON, 4, 1, 1, open, &four, &one}, b = {GEOM_POLYGON, 3, 1, 1, flat, &three, &one};
    buf_init(&packed, 1000);
    CHECK_ERR(shape_pack(&packed, &a, (Point){0, 0}), ERR_GEOMETRY);
    CHECK_ERR(shape_pack(&packed, &b, (Point){0, 0}), ERR_GEOMETRY);
    buf_done(&packed);
}

TEST(random_bytes_are_no_shape_and_no_harm)
{
    Arena *arena = arena_new();
    for (int turn = 0; turn < 20000; turn++) {
        size_t len = 1 + below(40);
        uint8_t *bytes = malloc(len);
        Geometry shape;
        for (size_t i = 0; i < len; i++)
            bytes[i] = (uint8_t)(below(4) ? below(16) : below(256));
        if (shape_unpack(arena, bytes, len, (Point){0, 0}, &shape))
            CHECK(shape.type != GEOM_NONE && shape.point_count > 0);
        shape_valid(bytes, len, (Point){0, 0}, (Box){0, 0, 0, 0});
        free(bytes);
        arena_reset(arena);
    }
    arena_free(arena);
}

TEST(texts_are_sorted_as_their_bytes_compare)
{
    static const char *const stems[] = {"", "a", "江门", "江门产业园区地块", "parcel-parcel-parcel-", "zz"};
    enum { COUNT = 5000 };
    Buf bytes;
    uint32_t *ends = malloc(COUNT * sizeof *ends), *ids = malloc(COUNT * sizeof *ids);
    buf_init(&bytes, 1 << 20);
    for (uint32_t i = 0; i < COUNT; i++) {
        buf_c(&bytes, stems[below(6)]);
        for (uint64_t n = below(12); n > 0; n--)
            buf_byte(&bytes, (char)(below(3) ? 'a' + (char)below(3) : (char)below(3))); /* zero bytes too */
        ends[i] = (uint32_t)bytes.len;
        ids[i] = i;
    }
    text_sort(bytes.ptr, ends, ids, COUNT);
    uint64_t seen = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        Str at[2];
        for (uint32_t k = 0; k < 2 && i + k < COUNT; k++) {
            uint32_t start = ids[i + k] ? ends[ids[i + k] - 1] : 0;
            at[k] = (Str){bytes.ptr + start, ends[ids[i + k]] - start};
        }
        if (i + 1 < COUNT)
            CHECK(str_cmp(at[0], at[1]) <= 0);
        seen += ids[i];
    }
    CHECK_EQ(seen, (uint64_t)COUNT * (COUNT - 1) / 2);
    free(ends);
    free(ids);
    buf_done(&bytes);
}

TEST(numbers_are_sorted_and_equal_ones_keep_their_order)
{
    enum { COUNT = 3000 };
    static uint64_t keys[COUNT];
    static uint32_t ids[COUNT];
    for (uint32_t count = 0; count < COUNT; count = count * 2 + 1) {
        for (uint32_t i = 0; i < count; i++) {
            keys[i] = below(50) << (i % 2 ? 40 : 0);
            ids[i] = i;
        }
        number_sort(keys, ids, count);
        for (uint32_t i = 1; i < count; i++)
            CHECK(keys[i - 1] < keys[i] || (keys[i - 1] == keys[i] && ids[i - 1] < ids[i]));
    }
}

TEST(interned_texts_keep_their_numbers)
{
    Intern intern;
    intern_init(&intern);
    for (uint32_t turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < 5000; i++) {
            char text[24];
            Str s = {text, (size_t)snprintf(text, sizeof text, "text %u", i)};
            CHECK_EQ(intern_add(&intern, s, hash64(s.ptr, s.len)), i);
        }
    }
    CHECK_EQ(intern.count, 5000);
    CHECK_STR(intern_text(&intern, 77), "text 77");
    CHECK_EQ(intern_find(&intern, STR("text"), hash64("text", 4)), INTERN_NONE);
    intern_done(&intern);
}

/* Places and questions of a kind, against measuring every place. */
static void check_nearest(uint32_t places, uint32_t questions, int32_t spread_lon, int32_t spread_lat,
                          int32_t lon)
{
    Arena *arena = arena_new();
    Point *at = arena_array(arena, Point, places);
    for (uint32_t i = 0; i < places; i++)
        at[i] = (Point){lon + (int32_t)below((uint64_t)spread_lon),
                        (int32_t)below((uint64_t)spread_lat) - spread_lat / 2};
    if (places > 3)
        at[1] = at[2] = at[0];
    Nearest *nearest;
    nearest_build(arena, at, places, &nearest);
    uint32_t hint = 0;
    for (uint32_t q = 0; q < questions; q++) {
        Point from = {lon + (int32_t)below((uint64_t)spread_lon),
                      (int32_t)below((uint64_t)spread_lat) - spread_lat / 2};
        if (q % 7 == 0 && places)
            from = at[below(places)];
        if (q % 11 == 0)
            from = (Point){(int32_t)below(3600000000u) - 1800000000, (int32_t)below(1800000000) - 900000000};
        int64_t least = -1;
        for (uint32_t i = 0; i < places; i++) {
            int64_t metres = distance_m(from, at[i]);
            least = least < 0 || metres < least ? metres : least;
        }
        NearestFrom asked;
        nearest_from(from, &asked);
        CHECK_EQ(nearest_m(nearest, &asked, &hint), least);
    }
    arena_free(arena);
}

TEST(the_nearest_place_is_the_one_that_measuring_all_finds)
{
    static const uint32_t counts[] = {0, 1, 2, 3, 8, 9, 16, 17, 100, 1000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check_nearest(counts[i], 200, 20000000, 20000000, 1120000000);      /* a city */
        check_nearest(counts[i], 200, 2000000000, 1800000000, -1000000000); /* the world */
        check_nearest(counts[i], 200, 1000, 1000, 1790000000);              /* within some metres */
    }
}

TEST(the_nearest_place_may_lie_over_the_date_line_or_a_pole)
{
    Arena *arena = arena_new();
    const Point places[] = {{1799900000, 0}, {0, 0}, {0, 895000000}};
    Nearest *nearest;
    uint32_t hint = 0;
    nearest_build(arena, places, 3, &nearest);
    const Point west = {-1799900000, 0}, north = {1800000000, 895000000};
    NearestFrom from_west, from_north;
    nearest_from(west, &from_west);
    nearest_from(north, &from_north);
    CHECK_EQ(nearest_m(nearest, &from_west, &hint), distance_m(west, places[0]));
    CHECK_EQ(nearest_m(nearest, &from_north, &hint), distance_m(north, places[2]));
    arena_free(arena);
}
