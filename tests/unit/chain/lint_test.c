#include "chain/lint.h"
#include "drawn.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

#define ORE  "up input ore"
#define CELL "mid part cell"
#define CAR  "down product car"

typedef struct Told {
    char text[1000];
    uint32_t count;
} Told;

static void note(Str key, const Fault *fault, void *user)
{
    Told *told = user;
    CHECK_EQ(fault->code, ERR_CHAIN);
    CHECK_STR(key, fault_arg(fault, "at"));
    snprintf(told->text + strlen(told->text), sizeof told->text - strlen(told->text), "%s: %s\n",
             fault_arg(fault, "at"), fault_arg(fault, "detail"));
    told->count++;
}

static Told lint(const char *segments, const char *flows)
{
    Arena *arena = arena_new();
    Told told = {0};
    ChainGraph graph = chain_of(arena, segments, flows);
    CHECK_EQ(chain_lint(arena, &graph, note, &told), told.count);
    arena_free(arena);
    return told;
}

static void check(const char *segments, const char *flows, const char *want)
{
    Told told = lint(segments, flows);
    CHECK_STR(str_of(told.text), want);
}

TEST(a_chain_from_an_input_to_a_product_is_sound)
{
    check(ORE ";" CELL ";" CAR, "ore>cell 100;cell>car 100", "");
    check(ORE ";" CELL ";" CAR, "ore>cell;cell>car", "");
}

TEST(a_return_flow_may_close_a_circle)
{
    check(ORE ";" CELL ";" CAR ";down recycling scrap",
          "ore>cell 100 metal;scrap>cell 100 metal recycling;cell>car 100;car>scrap 100", "");
}

TEST(a_circle_without_a_return_flow_is_told)
{
    Told told = lint(ORE ";mid part a;mid part b;" CAR, "ore>a;a>b;b>a;b>car");
    CHECK_EQ(told.count, 1);
    CHECK(strstr(told.text, "it needs itself in a circle without a return flow"));
}

TEST(a_segment_without_any_flow_is_told)
{
    check(ORE ";" CELL ";" CAR ";up input lost", "ore>cell 100;cell>car 100",
          "lost: no flow begins or ends here\n");
}

TEST(a_part_that_needs_nothing_is_told)
{
    check("up part screw;" CAR, "screw>car 100",
          "screw: it needs nothing, but is no input, equipment or service\n");
}

TEST(a_part_that_supplies_nothing_is_told_unless_it_is_an_end_product)
{
    check(ORE ";" CELL, "ore>cell 100",
          "cell: it supplies nothing, but is no product and no recycling with a return flow\n");
    check(ORE ";mid part cell!", "ore>cell 100", "");
}

TEST(recycling_that_gives_nothing_back_is_told)
{
    check(ORE ";" CAR ";down recycling scrap", "ore>car 100;car>scrap 100",
          "scrap: it supplies nothing, but is no product and no recycling with a return flow\n");
}

TEST(a_flow_to_an_earlier_stage_must_be_a_return_flow)
{
    check(ORE ";" CELL ";up product foil", "ore>cell 100;cell>foil 100",
          "cell>foil 100: it goes back to an earlier stage and is no return flow\n");
}

TEST(a_flow_to_another_chain_is_told)
{
    Told told = lint(ORE ";" CAR, "ore>car 100;ore>nev.body 100");
    CHECK(strstr(told.text, "ore>nev.body 100: nev.body is no segment of this chain"));
}

TEST(a_segment_that_needs_itself_is_told)
{
    Told told = lint(ORE ";" CAR, "ore>car 50;car>car 50");
    CHECK(strstr(told.text, "car>car 50: a segment cannot need itself"));
}

TEST(an_id_that_stands_twice_is_told)
{
    Told told = lint(ORE ";" ORE ";" CAR, "ore>car 100;ore>car 100");
    CHECK(strstr(told.text, "ore: two segments have this id"));
    CHECK(strstr(told.text, "ore>car 100: it is needed twice by the same segment"));
}

TEST(the_weights_of_what_a_segment_needs_make_a_hundred)
{
    check(ORE ";up input coke;" CAR, "ore>car 60;coke>car 30",
          "car: the weights of its needs are 90 together, not 100\n");
    check(ORE ";up input coke;" CAR, "ore>car 60;coke>car",
          "car: some of its needs have a weight and some have none\n");
}

TEST(a_group_of_alternatives_counts_once_and_has_one_weight)
{
    check(ORE ";up input coke;up input tar;" CAR, "ore>car 60;coke>car 40 heat;tar>car 40 heat", "");
    check(ORE ";up input coke;up input tar;" CAR, "ore>car 60;coke>car 40 heat;tar>car 30 heat",
          "coke>car 40 heat: the members of the group heat have different weights\n");
    check(ORE ";up input coke;" CAR, "ore>car 60;coke>car 40 heat",
          "coke>car 40 heat: the group heat has one member only\n");
    check(ORE ";up input coke;" CAR, "ore>car 60;coke>car 40 ?",
          "coke>car 40 ?: a flow that is one of several needs the name of its group\n");
}

TEST(a_chain_of_nothing_is_sound)
{
    check("", "", "");
}
