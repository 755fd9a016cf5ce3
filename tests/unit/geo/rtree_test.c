/* rtree.c: found is what brute force finds; bytes that are no tree are refused. */
#include "base/bits.h"
#include "geo/rtree.h"
#include "test.h"
#include <string.h>

static uint64_t seed = 88172645463325252u;

static uint32_t next(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 16) % below;
}

static int32_t capped(int64_t n)
{
    return n < INT32_MAX ? (int32_t)n : INT32_MAX;
}

static Box random_box(uint32_t span, uint32_t size)
{
    int32_t west = (int32_t)next(span) - (int32_t)(span / 2),
            south = (int32_t)next(span / 2) - (int32_t)(span / 4);
    return (Box){west, south, capped((int64_t)west + next(size)), capped((int64_t)south + next(size))};
}

typedef struct Found {
    uint64_t *bits;
    uint32_t count, stop_at;
} Found;

static bool note(uint32_t row, void *user)
{
    Found *found = user;
    CHECK(!bits_get(found->bits, row)); /* each row once */
    bits_set(found->bits, row);
    return ++found->count != found->stop_at;
}

static void check_against_brute_force(uint32_t count, uint32_t span, uint32_t size)
{
    Arena *arena = arena_new();
    Box *boxes = arena_array(arena, Box, count + 1);
    for (uint32_t i = 0; i < count; i++)
        boxes[i] = next(10) == 0 ? (Box){1, 1, 0, 0} : random_box(span, size);
    RTree tree;
    rtree_build(arena, boxes, count, &tree);
    CHECK_OK(rtree_open(tree.bytes, tree.size, count, &tree));
    for (int k = 0; k < 200; k++) {
        Box query = random_box(span, k < 100 ? size : span);
        Found found = {arena_zarray(arena, uint64_t, bits_words(count) + 1), 0, 0};
        rtree_search(&tree, query, note, &found);
        uint32_t want = 0;
        for (uint32_t i = 0; i < count; i++)
            if (boxes[i].west <= boxes[i].east && box_meets(boxes[i], query)) {
                want++;
                CHECK(bits_get(found.bits, i));
            }
        CHECK_EQ(found.count, want);
    }
    arena_free(arena);
}

TEST(what_is_found_is_what_brute_force_finds)
{
    static const uint32_t counts[] = {0, 1, 2, 15, 16, 17, 256, 257, 4096, 4097, 5000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check_against_brute_force(counts[i], 1000, 50);
        check_against_brute_force(counts[i], 1800000000, 9000000);
    }
}

TEST(a_visitor_can_stop_the_search)
{
    Arena *arena = arena_new();
    Box boxes[100];
    for (int32_t i = 0; i < 100; i++)
        boxes[i] = (Box){i, i, i, i};
    RTree tree;
    rtree_build(arena, boxes, 100, &tree);
    uint64_t bits[2] = {0, 0};
    Found found = {bits, 0, 7};
    rtree_search(&tree, (Box){0, 0, 99, 99}, note, &found);
    CHECK_EQ(found.count, 7);
    arena_free(arena);
}

TEST(the_same_boxes_give_the_same_bytes)
{
    Arena *arena = arena_new();
    Box boxes[300];
    for (int i = 0; i < 300; i++)
        boxes[i] = random_box(1000, 20);
    RTree a, b;
    rtree_build(arena, boxes, 300, &a);
    rtree_build(arena, boxes, 300, &b);
    CHECK_EQ(a.size, b.size);
    CHECK(memcmp(a.bytes, b.bytes, a.size) == 0);
    arena_free(arena);
}

TEST(bytes_that_are_no_tree_over_these_rows_are_refused)
{
    Arena *arena = arena_new();
    Box boxes[300];
    for (int i = 0; i < 300; i++)
        boxes[i] = random_box(1000, 20);
    RTree tree, opened;
    rtree_build(arena, boxes, 300, &tree);
    CHECK_ERR(rtree_open(tree.bytes, tree.size, 299, &opened), ERR_SEGMENT);
    CHECK_ERR(rtree_open(tree.bytes, tree.size - 8, 300, &opened), ERR_SEGMENT);
    CHECK_ERR(rtree_open(tree.bytes, 0, 300, &opened), ERR_SEGMENT);
    arena_free(arena);
}

TEST(a_tree_with_a_byte_changed_is_refused_or_still_visits_only_rows_there_are)
{
    Arena *arena = arena_new();
    enum { ROWS = 40 };
    Box boxes[ROWS];
    for (int i = 0; i < ROWS; i++)
        boxes[i] = random_box(1000, 20);
    RTree tree, opened;
    rtree_build(arena, boxes, ROWS, &tree);
    uint8_t *bytes = arena_copy(arena, tree.bytes, tree.size);
    for (uint64_t i = 0; i < tree.size; i++) {
        bytes[i] ^= 0x81;
        if (rtree_open(bytes, tree.size, ROWS, &opened) == OK) {
            uint64_t bits[1] = {0};
            Found found = {bits, 0, 0};
            rtree_search(&opened, (Box){INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX}, note, &found);
            CHECK_EQ(found.count, ROWS);
        }
        bytes[i] ^= 0x81;
    }
    arena_free(arena);
}

TEST(hilbert_neighbours_are_neighbours_on_the_map)
{
    /* One cell of the 2^16 grid is 360/65536 degrees wide and half as high; every step along the curve within
     * an aligned block of 32 × 32 cells moves to a cell that shares an edge. */
    enum { SIDE = 32 };
    static uint8_t x_of[SIDE * SIDE], y_of[SIDE * SIDE], seen[SIDE * SIDE];
    memset(seen, 0, sizeof seen);
    uint32_t first = UINT32_MAX;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t y = 0; y < SIDE; y++)
            for (uint32_t x = 0; x < SIDE; x++) {
                double lon = ((40000 / SIDE * SIDE + x + 0.5) / 65536 * 360 - 180) * DEGREE;
                double lat = ((39000 / SIDE * SIDE + y + 0.5) / 65536 * 180 - 90) * DEGREE;
                uint32_t h = hilbert_of((Point){(int32_t)lon, (int32_t)lat});
                if (pass == 0) {
                    first = h < first ? h : first;
                    continue;
                }
                CHECK(h - first < SIDE * SIDE);
                CHECK(!seen[h - first]);
                seen[h - first] = 1;
                x_of[h - first] = (uint8_t)x;
                y_of[h - first] = (uint8_t)y;
            }
    for (int i = 1; i < SIDE * SIDE; i++) {
        int dx = x_of[i] - x_of[i - 1], dy = y_of[i] - y_of[i - 1];
        CHECK_EQ(dx * dx + dy * dy, 1);
    }
    CHECK_EQ(hilbert_of((Point){-180 * DEGREE, -90 * DEGREE}), 0);
    CHECK(hilbert_of((Point){180 * DEGREE, 90 * DEGREE}) > 0);
}
