/* What pairs of mentions weigh: known likenesses, levels, sums, rare terms; and training that finds what made
 * the data. */
#include "link/evidence.h"
#include "test.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool near(double got, double want)
{
    return fabs(got - want) < 0.00005;
}

TEST(likeness_is_that_of_the_published_examples)
{
    CHECK(near(text_likeness(STR("martha"), STR("marhta")), 0.9611));
    CHECK(near(text_likeness(STR("dixon"), STR("dicksonx")), 0.8133));
    CHECK(near(text_likeness(STR("dwayne"), STR("duane")), 0.8400));
    CHECK(near(text_likeness(STR("abc"), STR("xyz")), 0));
    CHECK(near(text_likeness(STR("凤鸣"), STR("凤鸣")), 1));
    CHECK(near(text_likeness(STR(""), STR("")), 1));
    CHECK(near(text_likeness(STR("a"), STR("")), 0));
}

TEST(one_character_apart_is_another_one_more_or_two_swapped)
{
    CHECK(text_one_apart(STR("M000100Y4"), STR("M000100Y5")));
    CHECK(text_one_apart(STR("12345678"), STR("012345678")));
    CHECK(text_one_apart(STR("1234"), STR("1243")));
    CHECK(text_one_apart(STR("凤鸣"), STR("凤明")));
    CHECK(!text_one_apart(STR("1234"), STR("1234")));
    CHECK(!text_one_apart(STR("1234"), STR("4321")));
    CHECK(!text_one_apart(STR("1234"), STR("123456")));
    CHECK(!text_one_apart(STR("1234"), STR("1342")));
}

TEST(terms_are_numbered_as_they_come_and_rare_ones_are_worth_more)
{
    Terms *terms = terms_new();
    char text[16];
    CHECK_EQ(terms_add(terms, STR("")), 0);
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "t%d", i);
        CHECK_EQ(terms_add(terms, str_of(text)), i + 1);
    }
    for (int i = 0; i < 5000; i++)
        CHECK_EQ(terms_add(terms, STR("t7")), 8);
    CHECK_EQ(terms_count(terms), 5000);
    CHECK_STR(terms_text(terms, 8), "t7");
    CHECK_STR(terms_text(terms, 5001), "");
    CHECK_EQ(terms_worth(terms, 8), 1000);
    CHECK_EQ(terms_worth(terms, 1), lround(1000 * log2(10000)));
    CHECK_EQ(terms_worth(terms, 0), 0);
    terms_free(terms);
}

static const EvidenceRule rules[] = {
    {"name", COMPARE_TEXT, {0.02, 0.03, 0.05, 0.9}, {0.9, 0.08, 0.015, 0.005}, .by_term = true},
    {"code", COMPARE_CODE, {0.01, 0.04, 0.95}, {0.99, 0.009, 0.001}, .by_term = false},
    {"founded", COMPARE_SPAN, {0.05, 0.1, 0.85}, {0.9, 0.08, 0.02}, .by_term = false},
    {"capital", COMPARE_NUMBER, {0.1, 0.1, 0.8}, {0.9, 0.05, 0.05}, .by_term = false},
    {"form", COMPARE_SAME, {0.05, 0.95}, {0.3, 0.7}, .by_term = false},
};
enum { FIELDS = sizeof rules / sizeof *rules };

typedef struct Pair {
    Feature a[FIELDS], b[FIELDS];
} Pair;

static Feature text(Terms *terms, const char *c)
{
    uint32_t number = terms_add(terms, str_of(c));
    return (Feature){number, 0, number > 0};
}

TEST(a_pair_weighs_the_sum_of_what_its_fields_agree_to_and_blanks_tell_nothing)
{
    Terms *terms = terms_new();
    int8_t levels[FIELDS];
    int32_t weights[FIELDS], sum = 0;
    Pair pair = {
        {text(terms, "凤鸣电子"), text(terms, "M000100Y4"), {100, 130, true}, {1000000, 0, true}, {0}},
        {text(terms, "凤鸣电子"),
         text(terms, "M000100Y5"),
         {110, 110, true},
         {1200000, 0, true},
         text(terms, "厂")}};
    Evidence evidence = evidence_of(rules, FIELDS, terms);
    int32_t weight = evidence_weigh(&evidence, pair.a, pair.b, levels, weights);
    CHECK_EQ(levels[0], 3);
    CHECK_EQ(levels[1], 1);
    CHECK_EQ(levels[2], 1);
    CHECK_EQ(levels[3], 0);
    CHECK_EQ(levels[4], LEVEL_BLANK);
    for (int f = 0; f < FIELDS; f++)
        sum += weights[f];
    CHECK_EQ(weight, sum);
    CHECK_EQ(weights[0], lround(1000 * log2(0.9)) + terms_worth(terms, 1));
    CHECK_EQ(weights[1], lround(1000 * log2(0.04 / 0.009)));
    CHECK_EQ(weights[4], 0);
    CHECK_EQ(evidence_weigh(&evidence, pair.b, pair.a, NULL, NULL), weight);
    terms_free(terms);
}

/* Levels drawn from shares that are known: the estimate is those again. */
TEST(training_finds_the_shares_that_made_the_data)
{
    enum { PAIRS = 200000, THREE = 3 };
    const double m[THREE][3] = {{0.05, 0.15, 0.8}, {0.1, 0.1, 0.8}, {0.02, 0.08, 0.9}};
    const double u[THREE][3] = {{0.9, 0.08, 0.02}, {0.7, 0.2, 0.1}, {0.97, 0.02, 0.01}};
    static LevelsCount counts[27];
    memset(counts, 0, sizeof counts);
    uint64_t seed = 7;
    for (int i = 0; i < PAIRS; i++) {
        bool same = i % 10 == 0;
        int at = 0;
        for (int f = 0; f < THREE; f++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            double draw = (double)(seed >> 11) / 9007199254740992.0;
            const double *shares = same ? m[f] : u[f];
            at = at * 3 + (draw < shares[0] ? 0 : draw < shares[0] + shares[1] ? 1 : 2);
        }
        counts[at].count++;
    }
    for (int c = 0; c < 27; c++) {
        counts[c].levels[0] = (int8_t)(c / 9);
        counts[c].levels[1] = (int8_t)(c / 3 % 3);
        counts[c].levels[2] = (int8_t)(c % 3);
    }
    EvidenceRule trained[THREE];
    for (int f = 0; f < THREE; f++)
        trained[f] = (EvidenceRule){"x", COMPARE_CODE, {0.1, 0.2, 0.7}, {0.8, 0.1, 0.1}, false};
    double share = 0.3;
    uint32_t rounds = evidence_train(trained, THREE, counts, 27, false, &share);
    CHECK(rounds > 2 && rounds < TRAIN_ROUNDS_MAX);
    CHECK(fabs(share - 0.1) < 0.005);
    for (int f = 0; f < THREE; f++)
        for (int l = 0; l < 3; l++) {
            CHECK(fabs(trained[f].m[l] - m[f][l]) < 0.02);
            CHECK(fabs(trained[f].u[l] - u[f][l]) < 0.01);
        }
    EvidenceRule kept = {"x", COMPARE_CODE, {0.1, 0.2, 0.7}, {0.8, 0.1, 0.1}, false};
    (void)evidence_train(&kept, 1, counts, 27, true, &share);
    CHECK(kept.u[0] == 0.8 && kept.m[0] != 0.1);
    CHECK_EQ(evidence_train(&kept, 1, counts, 0, true, &share), 1);
}
