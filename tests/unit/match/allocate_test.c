/* Plans against every plan there is, over small random problems; and what a plan may never do. */
#include "match/plan.h"
#include "test.h"
#include "unit/match/hand_table.h"
#include <string.h>
#include <time.h>

enum { ROUNDS = 60, PROJECTS = 6, PLOTS = 5, PARKS = 2, SERVICES = 2 };
#define SECONDS 60.0

static Arena *arena;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

/* Small enough that limits bind, ties are common and some projects have no plot at all. */
static PlanProblem *random_problem(Dice *dice, uint32_t projects, uint32_t plots, uint32_t candidates)
{
    PlanProblem *problem = arena_new_of(arena, PlanProblem);
    PlanProject *all = arena_zarray(arena, PlanProject, projects);
    uint32_t *parks = arena_array(arena, uint32_t, plots);
    PlanPark *left = arena_zarray(arena, PlanPark, PARKS);
    for (uint32_t i = 0; i < plots; i++)
        parks[i] = dice_below(dice, 8) == 0 ? PLAN_NONE : dice_below(dice, PARKS);
    for (uint32_t p = 0; p < projects; p++) {
        Candidate *own = arena_array(arena, Candidate, candidates);
        uint32_t count = dice_below(dice, candidates + 1), from = dice_below(dice, plots);
        int32_t score = 10000;
        for (uint32_t c = 0; c < count; c++) {
            score -= (int32_t)dice_below(dice, 2000);
            own[c] = (Candidate){(from + c) % plots, score};
        }
        all[p] = (PlanProject){
            .priority = 1 + (int)dice_below(dice, 6), .candidates = own, .candidate_count = count};
        for (int s = 0; s < SERVICES; s++)
            all[p].asks[s] = dice_below(dice, 3) == 0 ? 0 : (1 + (int64_t)dice_below(dice, 9)) * 500;
    }
    for (int k = 0; k < PARKS; k++)
        for (int s = 0; s < SERVICES; s++)
            left[k].left[s] = dice_below(dice, 5) == 0 ? PLAN_UNLIMITED : (int64_t)dice_below(dice, 12000);
    *problem = (PlanProblem){all, parks, left, projects, plots, PARKS, SERVICES};
    return problem;
}

typedef struct Sum {
    int64_t priority, score;
} Sum;

static bool more(Sum a, Sum b)
{
    return a.priority != b.priority ? a.priority > b.priority : a.score > b.score;
}

/* Every project on each of its plots, or on none. */
static Sum brute(Plan *plan, uint32_t project)
{
    if (project == plan->problem->project_count)
        return (Sum){plan->priority, plan->score};
    Sum best = brute(plan, project + 1);
    for (uint32_t c = 0; c < plan->problem->projects[project].candidate_count; c++) {
        uint32_t plot = plan->problem->projects[project].candidates[c].plot;
        if (plan->takers[plot] != PLAN_NONE || plan_short_of(plan, project, plot, PLAN_NONE) != PLAN_NONE)
            continue;
        plan_put(plan, project, c);
        Sum sum = brute(plan, project + 1);
        plan_take(plan, project);
        if (more(sum, best))
            best = sum;
    }
    return best;
}

static Sum brute_force(const PlanProblem *problem)
{
    Plan plan;
    plan_init(arena, problem, &plan);
    return brute(&plan, 0);
}

/* Counted anew from what is chosen alone. */
static void check_sound(const Plan *plan)
{
    const PlanProblem *problem = plan->problem;
    Sum sum = {0};
    int64_t used[PARKS][SERVICES] = {0};
    uint32_t *takers = arena_zarray(arena, uint32_t, problem->plot_count);
    for (uint32_t p = 0; p < problem->project_count; p++) {
        if (plan->chosen[p] == PLAN_NONE)
            continue;
        const PlanProject *project = &problem->projects[p];
        CHECK(plan->chosen[p] < project->candidate_count);
        const Candidate *on = &project->candidates[plan->chosen[p]];
        CHECK_EQ(takers[on->plot]++, 0);
        sum.priority += project->priority;
        sum.score += (int64_t)project->priority * on->score;
        for (int s = 0; s < SERVICES && problem->plot_parks[on->plot] != PLAN_NONE; s++)
            used[problem->plot_parks[on->plot]][s] += project->asks[s];
    }
    CHECK_EQ(plan->priority, sum.priority);
    CHECK_EQ(plan->score, sum.score);
    for (int k = 0; k < PARKS; k++)
        for (int s = 0; s < SERVICES; s++)
            CHECK(used[k][s] <= problem->parks[k].left[s]);
}

TEST(a_plan_is_as_good_as_the_best_of_all_plans)
{
    Dice dice = {20221130};
    int behind = 0;
    for (int round = 0; round < ROUNDS; round++) {
        Plan plan, greedy;
        const PlanProblem *problem = random_problem(&dice, PROJECTS, PLOTS, 4);
        Sum want = brute_force(problem);
        plan_best(arena, problem, SECONDS, &plan);
        CHECK_EQ(plan.priority, want.priority);
        CHECK_EQ(plan.score, want.score);
        CHECK(plan_optimal(&plan));
        check_sound(&plan);
        plan_greedy(arena, problem, 0, &greedy);
        check_sound(&greedy);
        CHECK(!more((Sum){greedy.priority, greedy.score}, want));
        behind += more(want, (Sum){greedy.priority, greedy.score});
    }
    CHECK(behind > ROUNDS / 10); /* or the rounds would show nothing */
}

TEST(a_bound_is_never_below_the_best_plan_however_little_time_there_is)
{
    Dice dice = {7};
    int proved = 0;
    for (int round = 0; round < ROUNDS; round++) {
        Plan plan, greedy;
        const PlanProblem *problem = random_problem(&dice, PROJECTS, PLOTS, 4);
        Sum want = brute_force(problem);
        plan_best(arena, problem, 0, &plan);
        check_sound(&plan);
        plan_greedy(arena, problem, 0, &greedy);
        CHECK(!more((Sum){greedy.priority, greedy.score}, (Sum){plan.priority, plan.score}));
        CHECK(plan.priority_bound >= want.priority);
        if (plan.score_bound >= 0)
            CHECK(plan.priority == want.priority && plan.score_bound >= want.score);
        if (plan_optimal(&plan)) {
            CHECK(plan.priority == want.priority && plan.score == want.score);
            proved++;
        }
    }
    CHECK(proved < ROUNDS);
}

TEST(no_single_step_makes_a_polished_plan_better)
{
    Dice dice = {99};
    for (int round = 0; round < ROUNDS; round++) {
        Plan plan;
        const PlanProblem *problem = random_problem(&dice, 40, 25, 12);
        plan_best(arena, problem, 0, &plan);
        check_sound(&plan);
        for (uint32_t p = 0; p < problem->project_count; p++)
            for (uint32_t c = 0; plan.chosen[p] == PLAN_NONE && c < problem->projects[p].candidate_count;
                 c++) {
                const Candidate *wanted = &problem->projects[p].candidates[c];
                uint32_t taker = plan.takers[wanted->plot];
                if (plan_short_of(&plan, p, wanted->plot, taker) != PLAN_NONE)
                    continue;
                CHECK(taker != PLAN_NONE);
                const PlanProject *other = &problem->projects[taker];
                CHECK(other->priority >= problem->projects[p].priority);
                CHECK(other->priority > problem->projects[p].priority ||
                      other->candidates[plan.chosen[taker]].score >= wanted->score);
            }
    }
}

TEST(the_same_problem_gives_the_same_plan)
{
    for (int round = 0; round < 5; round++) {
        Plan plans[2];
        for (int i = 0; i < 2; i++) {
            Dice dice = {(uint64_t)round + 1};
            plan_best(arena, random_problem(&dice, 30, 20, 8), SECONDS, &plans[i]);
            CHECK(plan_optimal(&plans[i]));
        }
        CHECK(memcmp(plans[0].chosen, plans[1].chosen, 30 * sizeof(uint32_t)) == 0);
    }
}

TEST(time_is_kept_over_a_problem_that_one_step_of_the_solver_takes_longer_for)
{
    enum { LIMIT_S = 1, SLACK_S = 4 }; /* what comes before and after the search, under sanitizers */
    Plan plan, greedy;
    Dice dice = {5};
    struct timespec begun, ended;
    const PlanProblem *problem = random_problem(&dice, 1200, 900, 40);
    clock_gettime(CLOCK_MONOTONIC, &begun);
    plan_best(arena, problem, LIMIT_S, &plan);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    CHECK(ended.tv_sec - begun.tv_sec <= LIMIT_S + SLACK_S);
    check_sound(&plan);
    plan_greedy(arena, problem, 0, &greedy);
    CHECK(plan.priority >= greedy.priority && plan.priority <= plan.priority_bound);
}

TEST(without_services_the_most_priority_is_proved_without_a_search)
{
    Dice dice = {11};
    for (int round = 0; round < ROUNDS; round++) {
        Plan plan;
        PlanProblem *problem = random_problem(&dice, 60, 40, 10);
        problem->service_count = 0;
        plan_best(arena, problem, 0, &plan);
        CHECK_EQ(plan.priority, plan.priority_bound);
    }
}

TEST(nothing_to_place_is_placed_and_proved)
{
    Plan plan;
    const PlanProblem none = {0};
    plan_best(arena, &none, SECONDS, &plan);
    CHECK(plan.priority == 0 && plan.priority_bound == 0);
    CHECK(plan_optimal(&plan));
}
