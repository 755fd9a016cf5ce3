/* match/plan.h: which project gets which plot: numbers alone, without atlas, names or briefs. Only src/match
 * and its tests include it.
 *
 * Each plot goes to at most one project, each project gets at most one plot, and what the projects in a park
 * ask of a service is in sum at most what the park has left of it. Aim: the most priority placed; of the
 * plans that place as much, the most priority × score. All sums are in whole numbers. */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

enum { PLAN_SERVICES_MAX = 8, PLAN_NONE = UINT32_MAX };
#define PLAN_UNLIMITED INT64_MAX

typedef struct Candidate {
    uint32_t plot;
    int32_t score; /* 0 … SCORE_FULL, for this project */
} Candidate;

typedef struct PlanProject {
    int priority;                /* > 0 */
    const Candidate *candidates; /* best first, no plot twice */
    uint32_t candidate_count;
    int64_t asks[PLAN_SERVICES_MAX]; /* >= 0 */
} PlanProject;

typedef struct PlanPark {
    int64_t left[PLAN_SERVICES_MAX]; /* PLAN_UNLIMITED: nobody has said how much */
} PlanPark;

typedef struct PlanProblem {
    const PlanProject *projects;
    const uint32_t *plot_parks; /* PLAN_NONE: in no park */
    const PlanPark *parks;
    uint32_t project_count, plot_count, park_count, service_count;
} PlanProblem;

typedef struct Plan {
    const PlanProblem *problem;
    uint32_t *chosen;                   /* per project: its candidate, or PLAN_NONE */
    uint32_t *takers;                   /* per plot: its project, or PLAN_NONE */
    int64_t (*used)[PLAN_SERVICES_MAX]; /* per park */
    int64_t priority;                   /* placed */
    int64_t score;                      /* sum of priority * score of the placed */
    int64_t priority_bound;             /* no plan places more */
    int64_t score_bound; /* no plan of this priority has more; -1: not known, as priority is not proved */
} Plan;

/* What is placed is the most of both. */
bool plan_optimal(const Plan *plan);

/* The first service of which the plot's park has not enough left for this project, were `leaving` (or
 * PLAN_NONE) to go; PLAN_NONE if there is enough of all. */
uint32_t plan_short_of(const Plan *plan, uint32_t project, uint32_t plot, uint32_t leaving);

/* The projects, by priority / (1 + price * share), the greatest first: share is what a project asks of all
 * parks' services together, 1 on average. Price 0: by priority alone. */
const uint32_t *plan_order(Arena *arena, const PlanProblem *problem, double price);

/* In that order, each takes its best plot that is free and served. Bounds are not filled. */
void plan_greedy(Arena *arena, const PlanProblem *problem, double price, Plan *ret);

/* Improves a plan until no single step does: a project on a free plot, on that of another which counts less
 * or can move away, or on a better free one. */
void plan_polish(Plan *plan);

/* The best of some greedy plans, polished, then branch and cut within `seconds` (0: none). Never worse; the
 * limits hold exactly; the same problem gives the same plan unless time ran out. */
void plan_best(Arena *arena, const PlanProblem *problem, double seconds, Plan *ret);

void plan_init(Arena *arena, const PlanProblem *problem, Plan *ret);
void plan_put(Plan *plan, uint32_t project, uint32_t candidate); /* both are free, and it is served */
void plan_take(Plan *plan, uint32_t project);                    /* it is placed */
