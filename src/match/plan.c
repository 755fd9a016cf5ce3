/* A plan and the steps that improve it. Every step raises (priority, score), so the steps end. */
#include "match/plan.h"
#include <assert.h>
#include <stdlib.h>

void plan_init(Arena *arena, const PlanProblem *problem, Plan *ret)
{
    *ret = (Plan){.problem = problem, .score_bound = -1};
    ret->chosen = arena_array(arena, uint32_t, problem->project_count);
    ret->takers = arena_array(arena, uint32_t, problem->plot_count);
    ret->used = arena_zalloc(arena, problem->park_count * sizeof *ret->used);
    for (uint32_t p = 0; p < problem->project_count; p++)
        ret->chosen[p] = PLAN_NONE;
    for (uint32_t i = 0; i < problem->plot_count; i++)
        ret->takers[i] = PLAN_NONE;
}

bool plan_optimal(const Plan *plan)
{
    return plan->priority == plan->priority_bound && plan->score == plan->score_bound;
}

static void count_in(Plan *plan, uint32_t project, uint32_t candidate, int sign)
{
    const PlanProject *asking = &plan->problem->projects[project];
    uint32_t park = plan->problem->plot_parks[asking->candidates[candidate].plot];
    plan->priority += sign * asking->priority;
    plan->score += (int64_t)sign * asking->priority * asking->candidates[candidate].score;
    for (uint32_t s = 0; park != PLAN_NONE && s < plan->problem->service_count; s++)
        plan->used[park][s] += sign * asking->asks[s];
}

void plan_put(Plan *plan, uint32_t project, uint32_t candidate)
{
    uint32_t plot = plan->problem->projects[project].candidates[candidate].plot;
    assert(plan->chosen[project] == PLAN_NONE && plan->takers[plot] == PLAN_NONE);
    plan->chosen[project] = candidate;
    plan->takers[plot] = project;
    count_in(plan, project, candidate, 1);
}

void plan_take(Plan *plan, uint32_t project)
{
    uint32_t candidate = plan->chosen[project];
    assert(candidate != PLAN_NONE);
    plan->takers[plan->problem->projects[project].candidates[candidate].plot] = PLAN_NONE;
    plan->chosen[project] = PLAN_NONE;
    count_in(plan, project, candidate, -1);
}

static uint32_t plot_of(const Plan *plan, uint32_t project)
{
    uint32_t candidate = plan->chosen[project];
    return candidate == PLAN_NONE ? PLAN_NONE : plan->problem->projects[project].candidates[candidate].plot;
}

uint32_t plan_short_of(const Plan *plan, uint32_t project, uint32_t plot, uint32_t leaving)
{
    const PlanProblem *problem = plan->problem;
    uint32_t park = problem->plot_parks[plot];
    if (park == PLAN_NONE)
        return PLAN_NONE;
    bool gone = leaving != PLAN_NONE && plot_of(plan, leaving) != PLAN_NONE &&
                problem->plot_parks[plot_of(plan, leaving)] == park;
    for (uint32_t s = 0; s < problem->service_count; s++) {
        int64_t left = problem->parks[park].left[s], asks = problem->projects[project].asks[s];
        int64_t used = plan->used[park][s] - (gone ? problem->projects[leaving].asks[s] : 0);
        if (left != PLAN_UNLIMITED && asks > 0 && asks > left - used)
            return s;
    }
    return PLAN_NONE;
}

/* ---- in order ---- */

typedef struct Turn {
    double worth;
    uint32_t project;
} Turn;

static int worthier_first(const void *a, const void *b)
{
    const Turn *one = a, *other = b;
    if (one->worth != other->worth)
        return one->worth > other->worth ? -1 : 1;
    return one->project < other->project ? -1 : one->project > other->project;
}

/* What there is of a service in all parks that limit it; 0: none does. */
static double left_in_all(const PlanProblem *problem, uint32_t service)
{
    double sum = 0;
    for (uint32_t k = 0; k < problem->park_count; k++)
        if (problem->parks[k].left[service] != PLAN_UNLIMITED)
            sum += (double)problem->parks[k].left[service];
    return sum;
}

static double *shares(Arena *arena, const PlanProblem *problem)
{
    double *all = arena_zarray(arena, double, problem->project_count), sum = 0;
    for (uint32_t s = 0; s < problem->service_count; s++) {
        double left = left_in_all(problem, s);
        for (uint32_t p = 0; left > 0 && p < problem->project_count; p++)
            all[p] += (double)problem->projects[p].asks[s] / left;
    }
    for (uint32_t p = 0; p < problem->project_count; p++)
        sum += all[p];
    for (uint32_t p = 0; sum > 0 && p < problem->project_count; p++)
        all[p] *= problem->project_count / sum;
    return all;
}

const uint32_t *plan_order(Arena *arena, const PlanProblem *problem, double price)
{
    uint32_t count = problem->project_count;
    const double *share = shares(arena, problem);
    Turn *turns = arena_array(arena, Turn, count);
    uint32_t *order = arena_array(arena, uint32_t, count);
    for (uint32_t p = 0; p < count; p++)
        turns[p] = (Turn){problem->projects[p].priority / (1 + price * share[p]), p};
    if (count > 0)
        qsort(turns, count, sizeof *turns, worthier_first);
    for (uint32_t i = 0; i < count; i++)
        order[i] = turns[i].project;
    return order;
}

static bool put_if_free(Plan *plan, uint32_t project)
{
    const PlanProject *asking = &plan->problem->projects[project];
    for (uint32_t c = 0; c < asking->candidate_count; c++) {
        uint32_t plot = asking->candidates[c].plot;
        if (plan->takers[plot] == PLAN_NONE && plan_short_of(plan, project, plot, PLAN_NONE) == PLAN_NONE) {
            plan_put(plan, project, c);
            return true;
        }
    }
    return false;
}

void plan_greedy(Arena *arena, const PlanProblem *problem, double price, Plan *ret)
{
    const uint32_t *order = plan_order(arena, problem, price);
    plan_init(arena, problem, ret);
    for (uint32_t i = 0; i < problem->project_count; i++)
        (void)put_if_free(ret, order[i]);
}

/* ---- steps ---- */

/* Whoever stands on it goes elsewhere, on a free plot of its own candidates, and the project comes in. */
static bool put_after_move(Plan *plan, uint32_t project, uint32_t candidate, uint32_t standing)
{
    const PlanProject *asking = &plan->problem->projects[project],
                      *other = &plan->problem->projects[standing];
    uint32_t plot = asking->candidates[candidate].plot, before = plan->chosen[standing];
    if (plan_short_of(plan, project, plot, standing) != PLAN_NONE)
        return false;
    plan_take(plan, standing);
    plan_put(plan, project, candidate);
    if (put_if_free(plan, standing))
        return true;
    if (other->priority < asking->priority ||
        (other->priority == asking->priority &&
         other->candidates[before].score < asking->candidates[candidate].score))
        return true; /* it counts less: it is out */
    plan_take(plan, project);
    plan_put(plan, standing, before);
    return false;
}

static bool put_somehow(Plan *plan, uint32_t project)
{
    const PlanProject *asking = &plan->problem->projects[project];
    if (put_if_free(plan, project))
        return true;
    for (uint32_t c = 0; c < asking->candidate_count; c++) {
        uint32_t standing = plan->takers[asking->candidates[c].plot];
        if (standing != PLAN_NONE && put_after_move(plan, project, c, standing))
            return true;
    }
    return false;
}

static bool move_up(Plan *plan, uint32_t project)
{
    const PlanProject *asking = &plan->problem->projects[project];
    uint32_t now = plan->chosen[project];
    for (uint32_t c = 0; c < now && asking->candidates[c].score > asking->candidates[now].score; c++) {
        uint32_t plot = asking->candidates[c].plot;
        if (plan->takers[plot] == PLAN_NONE && plan_short_of(plan, project, plot, project) == PLAN_NONE) {
            plan_take(plan, project);
            plan_put(plan, project, c);
            return true;
        }
    }
    return false;
}

void plan_polish(Plan *plan)
{
    bool better = true;
    while (better) {
        better = false;
        for (uint32_t p = 0; p < plan->problem->project_count; p++)
            better |= plan->chosen[p] == PLAN_NONE ? put_somehow(plan, p) : move_up(plan, p);
    }
}
