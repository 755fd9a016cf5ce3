/* Enterprises as rows speak of them: what makes two of them weigh as one, what keeps them apart, and how they
 * are found. */
#include "link/enterprise.h"
#include "test.h"
#include <stdio.h>

enum { CITY, XINHUI, HESHAN };

static Lexicon *lexicon;
static Terms *terms;
static Arena *arena;

/* GB 32100's own example, and a code made by the rule. */
#define CODE_A "91350100M000100Y43"
#define CODE_B "9144030071526726XG"

static void set_up(void)
{
    if (lexicon)
        return;
    lexicon = lexicon_new();
    terms = terms_new();
    arena = arena_new();
    lexicon_add_region(lexicon, STR("江门市"), CITY);
    lexicon_add_region(lexicon, STR("新会区"), XINHUI);
    lexicon_add_region(lexicon, STR("鹤山市"), HESHAN);
    const char *trades[] = {"电子", "科技", "涂料", "电池材料"};
    for (size_t i = 0; i < sizeof trades / sizeof *trades; i++)
        lexicon_add_trade(lexicon, str_of(trades[i]));
    for (int i = 0; i < 200; i++) { /* other firms, so that a 字号 tells something */
        char name[64];
        EnterpriseMention other;
        snprintf(name, sizeof name, "%c%c涂料有限公司", 'a' + i % 26, 'a' + i / 26);
        enterprise_mention(lexicon, terms, arena, &(EnterpriseSaid){.name = str_of(name)}, &other);
    }
}

static EnterpriseMention said(const char *name, const char *code, const char *address, uint32_t region)
{
    EnterpriseMention mention;
    set_up();
    EnterpriseSaid row = {.name = str_of(name),
                          .code = str_of(code),
                          .address = str_of(address),
                          .regions = &region,
                          .region_count = region > 0};
    enterprise_mention(lexicon, terms, arena, &row, &mention);
    return mention;
}

static int32_t weight(const EnterpriseMention *a, const EnterpriseMention *b, bool *ret_never)
{
    uint32_t count;
    Evidence evidence = evidence_of(enterprise_rules(&count), ENTERPRISE_FIELDS, terms);
    CHECK_EQ(count, ENTERPRISE_FIELDS);
    bool other_way;
    int32_t weights[ENTERPRISE_FIELDS], sum = 0,
                                        thousandths = enterprise_weigh(&evidence, a, b, weights, ret_never);
    CHECK_EQ(enterprise_weigh(&evidence, b, a, NULL, &other_way), thousandths);
    CHECK_EQ(other_way, *ret_never);
    for (int f = 0; f < ENTERPRISE_FIELDS; f++)
        sum += weights[f];
    CHECK_EQ(sum, thousandths);
    return thousandths;
}

static bool share_a_key(const EnterpriseMention *a, const EnterpriseMention *b)
{
    for (uint32_t i = 0; i < a->key_count; i++)
        for (uint32_t k = 0; k < b->key_count; k++)
            if (a->keys[i] == b->keys[k])
                return true;
    return false;
}

static bool never;

TEST(one_firm_written_in_two_ways_is_above_the_threshold)
{
    EnterpriseMention a =
        said("江门市新会区凤鸣电子科技有限公司", "", "江门市新会区会城街道云樟工业路278号之一", XINHUI);
    EnterpriseMention b = said("凤鸣电子科技", "", "会城街道云樟工业路２７８号", 0);
    CHECK(weight(&a, &b, &never) >= enterprise_cluster_rules.upper && !never);
    CHECK(share_a_key(&a, &b));
}

TEST(the_same_zihao_in_two_counties_is_below_it)
{
    EnterpriseMention a = said("新会凤鸣电子有限公司", "", "", XINHUI),
                      b = said("鹤山市凤鸣涂料厂", "", "", HESHAN);
    CHECK(weight(&a, &b, &never) < enterprise_cluster_rules.lower);
    CHECK(!never);
}

TEST(two_codes_that_hold_are_two_firms_whatever_else_agrees)
{
    EnterpriseMention a = said("凤鸣电子有限公司", CODE_A, "新会区云路1号", XINHUI),
                      b = said("凤鸣电子有限公司", CODE_B, "新会区云路1号", XINHUI);
    (void)weight(&a, &b, &never);
    CHECK(never);
    CHECK(a.anchor && b.anchor && a.anchor != b.anchor);
}

TEST(a_code_and_the_organisation_code_inside_it_are_one)
{
    EnterpriseMention a = said("凤鸣电子有限公司", CODE_A, "", 0),
                      b = said("甲乙科技有限公司", "M000100Y-4", "", 0);
    CHECK_EQ(a.anchor, b.anchor);
    CHECK(share_a_key(&a, &b));
    CHECK(weight(&a, &b, &never) >= enterprise_cluster_rules.upper); /* renamed */
    EnterpriseMention zeros = said("甲", "7", "", 0), whole = said("甲", "000000007", "", 0);
    CHECK(zeros.features[3].a != whole.features[3].a); /* too short to be one that lost its zeros */
    EnterpriseMention lost = said("甲", "12345678", "", 0), kept = said("甲", "012345678", "", 0);
    CHECK_EQ(lost.features[3].a, kept.features[3].a);
}

TEST(a_code_with_one_character_wrong_is_no_anchor_but_leads_to_the_right_one)
{
    EnterpriseMention right = said("凤鸣电子有限公司", CODE_A, "", 0),
                      wrong = said("凤鸣电子有限公司", "91350100M00O100Y43", "", 0),
                      inside = said("凤鸣电子有限公司", "91350100M000700Y43", "", 0);
    CHECK(right.anchor && !wrong.anchor && !inside.anchor);
    CHECK(share_a_key(&right, &inside));
    CHECK(weight(&right, &inside, &never) >= enterprise_cluster_rules.strong && !never);
}

TEST(a_branch_is_never_what_it_is_a_branch_of_nor_another_branch)
{
    EnterpriseMention head = said("凤鸣电子有限公司", "", "", 0),
                      here = said("凤鸣电子有限公司新会分公司", "", "", 0),
                      there = said("凤鸣电子有限公司鹤山分公司", "", "", 0),
                      again = said("凤鸣电子有限公司新会分公司", "", "", 0);
    (void)weight(&head, &here, &never);
    CHECK(never);
    (void)weight(&here, &there, &never);
    CHECK(never);
    (void)weight(&here, &again, &never);
    CHECK(!never);
}

TEST(a_firm_is_found_and_weighed_by_what_it_was_called)
{
    set_up();
    EnterpriseMention now, old = said("江门市麟趾电池材料有限公司", "", "", XINHUI);
    EnterpriseSaid row = {.name = STR("江门市凤鸣电池材料有限公司"),
                          .former_names = STR("江门市玉书涂料厂；江门市麟趾电池材料有限公司")};
    enterprise_mention(lexicon, terms, arena, &row, &now);
    CHECK_EQ(now.name_count, 3);
    CHECK(share_a_key(&now, &old));
    CHECK(weight(&now, &old, &never) >= enterprise_cluster_rules.upper && !never);
}

TEST(nothing_said_is_nothing_known)
{
    EnterpriseMention blank = said("", "", "", 0), odd = said("((", "----", "号", 0);
    CHECK_EQ(blank.key_count, 0);
    CHECK_EQ(weight(&blank, &blank, &never), 0);
    CHECK(!never);
    CHECK_EQ(odd.anchor, 0);
}
