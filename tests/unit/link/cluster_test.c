/* Clusters out of pairs: joined, kept apart, left in doubt; and the same whatever the order the pairs come
 * in. */
#include "link/cluster.h"
#include "test.h"
#include <string.h>

static const ClusterRules rules = {
    .strong = 16000, .upper = 9000, .lower = 4000, .margin = 4000, .apart = -3000};

typedef struct Found {
    uint32_t of[64];
    uint32_t doubts, clusters;
    LinkDoubt first;
} Found;

static const uint32_t *sides; /* of the mentions, in a test that sets them */

static Found found(uint32_t count, const uint32_t *anchors, const LinkPair *pairs, size_t pair_count)
{
    LinkPair copy[256];
    Clusters clusters;
    Found result = {0};
    Arena *arena = arena_new();
    if (pair_count)
        memcpy(copy, pairs, pair_count * sizeof *pairs);
    clusters_find(arena, count, &(LinkKnown){anchors, sides}, copy, pair_count, &rules, &clusters);
    memcpy(result.of, clusters.of, count * sizeof *clusters.of);
    result.doubts = clusters.doubt_count;
    result.clusters = clusters.cluster_count;
    if (clusters.doubt_count)
        result.first = clusters.doubts[0];
    arena_free(arena);
    return result;
}

#define PAIRS(list) list, sizeof list / sizeof *list

TEST(without_pairs_everything_is_itself)
{
    Found got = found(3, NULL, NULL, 0);
    CHECK_EQ(got.clusters, 3);
    CHECK_EQ(got.of[2], 2);
    CHECK_EQ(found(0, NULL, NULL, 0).clusters, 0);
}

TEST(pairs_above_the_threshold_are_joined_and_those_below_it_are_doubts)
{
    const LinkPair pairs[] = {{0, 1, 20000, 0}, {1, 2, 9500, 0}, {2, 3, 5000, 0}, {3, 4, 3999, 0}};
    Found got = found(5, NULL, PAIRS(pairs));
    CHECK_EQ(got.of[2], 0);
    CHECK_EQ(got.of[3], 3);
    CHECK_EQ(got.clusters, 3);
    CHECK_EQ(got.doubts, 1);
    CHECK(got.first.a == 2 && got.first.b == 3 && got.first.weight == 5000 && !got.first.rivals);
}

TEST(what_is_known_by_two_codes_is_never_joined_however_heavy_the_pair)
{
    const uint32_t codes[] = {7, 8, 0};
    const LinkPair pairs[] = {{0, 1, 30000, 0}, {0, 2, 20000, 0}, {1, 2, 12000, 0}};
    Found got = found(3, codes, PAIRS(pairs));
    CHECK_EQ(got.of[1], 1);
    CHECK_EQ(got.of[2], 0);
    CHECK_EQ(got.doubts, 0);
}

TEST(a_mention_that_fits_two_firms_is_left_in_doubt)
{
    const uint32_t codes[] = {7, 8, 0};
    const LinkPair close[] = {{0, 2, 13000, 0}, {1, 2, 11000, 0}},
                   apart[] = {{0, 2, 15500, 0}, {1, 2, 11000, 0}};
    Found got = found(3, codes, PAIRS(close));
    CHECK_EQ(got.clusters, 3);
    CHECK_EQ(got.doubts, 2);
    CHECK(got.first.rivals && got.first.weight == 13000);
    CHECK_EQ(found(3, codes, PAIRS(apart)).of[2], 0);
}

TEST(two_mentions_that_each_fit_two_firms_are_not_joined_with_each_other)
{
    const uint32_t codes[] = {7, 8, 0, 0};
    const LinkPair pairs[] = {
        {0, 2, 13000, 0}, {1, 2, 13000, 0}, {0, 3, 13000, 0}, {1, 3, 13000, 0}, {2, 3, 14000, 0}};
    CHECK_EQ(found(4, codes, PAIRS(pairs)).clusters, 4);
}

TEST(of_a_register_that_has_each_thing_once_no_two_are_joined)
{
    static const uint32_t two[] = {1, 1, 2, 2};
    const LinkPair pairs[] = {{0, 1, 30000, 0}, {0, 2, 25000, 0}, {1, 2, 24000, 0}, {1, 3, 20000, 0}};
    sides = two;
    Found got = found(4, NULL, PAIRS(pairs));
    sides = NULL;
    CHECK(got.of[2] == 0 && got.of[3] == 1 && got.of[1] == 1);
    CHECK_EQ(found(4, NULL, PAIRS(pairs)).clusters, 1);
}

TEST(what_people_tell_outranks_weights_and_codes)
{
    const uint32_t codes[] = {7, 8, 8, 0};
    const LinkPair pairs[] = {
        {0, 1, -5000, PAIR_SAME}, {1, 2, 25000, 0}, {2, 3, 25000, PAIR_NEVER}, {0, 3, 24000, 0}};
    Found got = found(4, codes, PAIRS(pairs));
    CHECK_EQ(got.of[1], 0);
    CHECK_EQ(got.of[2], 0);
    CHECK_EQ(got.of[3], 3);
    const LinkPair both[] = {{0, 1, 0, PAIR_SAME}, {0, 1, 0, PAIR_NEVER}};
    CHECK_EQ(found(2, codes, PAIRS(both)).clusters, 2);
}

TEST(a_pair_that_weighs_against_keeps_clusters_apart_unless_people_tell_otherwise)
{
    const LinkPair pairs[] = {{0, 1, 20000, 0}, {1, 2, 18000, 0}, {0, 2, -3000, 0}},
                   told[] = {{0, 1, 20000, 0}, {1, 2, 18000, 0}, {0, 2, -3000, 0}, {0, 2, 0, PAIR_SAME}};
    CHECK_EQ(found(3, NULL, PAIRS(pairs)).clusters, 2);
    CHECK_EQ(found(3, NULL, PAIRS(told)).clusters, 1);
}

/* Random pairs among few mentions: nothing told apart is together, no cluster has two codes, and neither the
 * order of the pairs nor telling some of them twice changes anything. */
TEST(the_order_of_the_pairs_does_not_show_and_nothing_that_clashes_is_together)
{
    uint64_t seed = 20221130;
    for (int trial = 0; trial < 3000; trial++) {
        LinkPair pairs[96], mixed[192];
        uint32_t codes[24], count = 3 + (uint32_t)trial % 20;
        size_t n = 0;
        for (uint32_t i = 0; i < count; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            codes[i] = (uint32_t)(seed >> 60) < 5 ? (uint32_t)(seed >> 58) % 3 + 1 : 0;
        }
        while (n < 4 * (size_t)count) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            uint32_t a = (uint32_t)(seed >> 33) % count, b = (uint32_t)(seed >> 43) % count;
            uint32_t told = (uint32_t)(seed >> 55) % 40;
            if (a == b)
                continue;
            pairs[n++] = (LinkPair){a < b ? a : b, a < b ? b : a, (int32_t)(seed >> 20 & 0x7FFF) - 8000,
                                    told == 0   ? PAIR_NEVER
                                    : told == 1 ? PAIR_SAME
                                                : PAIR_WEIGHED};
        }
        Found plain = found(count, codes, pairs, n);
        size_t m = 0;
        for (size_t i = 0; i < n; i++) {
            mixed[m++] = pairs[n - 1 - i];
            if (i % 3 == 0)
                mixed[m++] = pairs[i];
        }
        Found again = found(count, codes, mixed, m);
        CHECK(memcmp(plain.of, again.of, count * sizeof *plain.of) == 0);
        CHECK_EQ(plain.doubts, again.doubts);
        bool told_same = false;
        for (size_t i = 0; i < n; i++) {
            told_same |= pairs[i].what == PAIR_SAME;
            if (pairs[i].what == PAIR_NEVER)
                CHECK(plain.of[pairs[i].a] != plain.of[pairs[i].b]);
        }
        for (size_t i = 0; i < n && !told_same; i++)
            if (pairs[i].weight <= rules.apart)
                CHECK(plain.of[pairs[i].a] != plain.of[pairs[i].b]);
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t k = 0; k < i; k++)
                if (!told_same && plain.of[i] == plain.of[k])
                    CHECK(!codes[i] || !codes[k] || codes[i] == codes[k]);
    }
}
