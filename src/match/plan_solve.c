/* The best plan: bounds that cost nothing first, then branch and cut for what they leave open. */
#include "match/milp.h"
#include "match/plan.h"
#include <string.h>
#include <time.h>

/* Of the time, where priority is not proved sooner; the rest is for the score. */
#define PRIORITY_SHARE 0.75

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* ---- a bound: plots without services ---- */

typedef struct Matching {
    const PlanProblem *problem;
    uint32_t *takers; /* per plot */
    uint32_t *seen; /* per plot: in which turn. What was seen in vain stays so until somebody finds a plot */
    uint32_t turn;
} Matching;

/* No deeper than there are projects (ALLOCATE_PROJECTS_MAX): each call below holds another plot. */
static bool augment(Matching *matching, uint32_t project)
{
    const PlanProject *asking = &matching->problem->projects[project];
    for (uint32_t c = 0; c < asking->candidate_count; c++) {
        uint32_t plot = asking->candidates[c].plot;
        if (matching->seen[plot] == matching->turn)
            continue;
        matching->seen[plot] = matching->turn;
        if (matching->takers[plot] == PLAN_NONE || augment(matching, matching->takers[plot])) {
            matching->takers[plot] = project;
            return true;
        }
    }
    return false;
}

/* Could it have a plot as well? Nobody is moved. */
static bool reaches(Matching *matching, uint32_t project)
{
    const PlanProject *asking = &matching->problem->projects[project];
    for (uint32_t c = 0; c < asking->candidate_count; c++) {
        uint32_t plot = asking->candidates[c].plot;
        if (matching->seen[plot] == matching->turn)
            continue;
        matching->seen[plot] = matching->turn;
        if (matching->takers[plot] == PLAN_NONE || reaches(matching, matching->takers[plot]))
            return true;
    }
    return false;
}

typedef struct Bound {
    int64_t priority;
    const uint32_t *takers; /* per plot: who takes it then */
    const bool *possible;   /* per project: is it in any choice of that priority? */
} Bound;

/* The most priority that plots alone allow. The sets of projects that can have a plot each are the
 * independent sets of a transversal matroid, so taking projects by priority is exact (Edmonds & Fulkerson
 * 1965); and a project that those of higher priority keep out is in no choice of that priority. */
static void match_plots(Arena *arena, const PlanProblem *problem, Bound *ret)
{
    Matching matching = {.problem = problem, .turn = 1};
    uint32_t count = problem->project_count;
    const uint32_t *order = plan_order(arena, problem, 0);
    bool *possible = arena_zarray(arena, bool, count);
    matching.takers = arena_array(arena, uint32_t, problem->plot_count);
    matching.seen = arena_zarray(arena, uint32_t, problem->plot_count);
    for (uint32_t i = 0; i < problem->plot_count; i++)
        matching.takers[i] = PLAN_NONE;
    *ret = (Bound){.takers = matching.takers, .possible = possible};
    for (uint32_t i = 0; i < count; i++) {
        int priority = problem->projects[order[i]].priority;
        if (i == 0 || problem->projects[order[i - 1]].priority != priority)
            for (uint32_t k = i; k < count && problem->projects[order[k]].priority == priority; k++) {
                possible[order[k]] = reaches(&matching, order[k]);
                matching.turn += possible[order[k]];
            }
        if (possible[order[i]] && augment(&matching, order[i])) {
            matching.turn++;
            ret->priority += priority;
        }
    }
}

/* Every project on its best plot. */
static int64_t scores_bound(const PlanProblem *problem)
{
    int64_t sum = 0;
    for (uint32_t p = 0; p < problem->project_count; p++)
        if (problem->projects[p].candidate_count > 0)
            sum += (int64_t)problem->projects[p].priority * problem->projects[p].candidates[0].score;
    return sum;
}

/* ---- the problem for branch and cut ---- */

typedef struct Solving {
    Arena *arena;
    const PlanProblem *whole;   /* what plans are of */
    const PlanProblem *problem; /* the same, perhaps without candidates of some projects */
    Milp *milp;
    uint32_t *first; /* per project: the column of its first candidate */
    uint32_t column_count;
    uint32_t *columns; /* one row's, at a time */
    int64_t *weights;
    bool *start;
} Solving;

static const Candidate *candidate_of(const Solving *solving, uint32_t project, uint32_t candidate)
{
    return &solving->problem->projects[project].candidates[candidate];
}

static void add_columns(Solving *solving)
{
    const PlanProblem *problem = solving->problem;
    solving->first = arena_array(solving->arena, uint32_t, problem->project_count + 1);
    for (uint32_t p = 0; p < problem->project_count; p++) {
        solving->first[p] = solving->column_count;
        for (uint32_t c = 0; c < problem->projects[p].candidate_count; c++)
            solving->column_count = milp_column(solving->milp, problem->projects[p].priority) + 1;
    }
    solving->first[problem->project_count] = solving->column_count;
    solving->columns = arena_array(solving->arena, uint32_t, solving->column_count);
    solving->weights = arena_array(solving->arena, int64_t, solving->column_count);
    solving->start = arena_zarray(solving->arena, bool, solving->column_count);
}

static void add_project_rows(Solving *solving)
{
    for (uint32_t p = 0; p < solving->problem->project_count; p++) {
        uint32_t count = solving->problem->projects[p].candidate_count;
        for (uint32_t c = 0; c < count; c++) {
            solving->columns[c] = solving->first[p] + c;
            solving->weights[c] = 1;
        }
        if (count > 1)
            milp_row(solving->milp, count, solving->columns, solving->weights, 1);
    }
}

/* Columns in order of what they stand on: group g's are order[ends[g - 1]] … order[ends[g] - 1]. */
typedef struct Groups {
    uint32_t *ends;
    struct Member {
        uint32_t column, project;
    } * members;
    uint32_t count;
} Groups;

static uint32_t group_of(const Solving *solving, uint32_t project, uint32_t candidate, bool parks)
{
    uint32_t plot = candidate_of(solving, project, candidate)->plot;
    return parks ? solving->problem->plot_parks[plot] : plot;
}

static Groups group(Solving *solving, uint32_t count, bool parks)
{
    const PlanProblem *problem = solving->problem;
    Groups groups = {arena_zarray(solving->arena, uint32_t, count + 1),
                     arena_array(solving->arena, struct Member, solving->column_count), count};
    for (int pass = 0; pass < 2; pass++) { /* count, then fill from each group's end */
        for (uint32_t p = problem->project_count; p-- > 0;)
            for (uint32_t c = problem->projects[p].candidate_count; c-- > 0;) {
                uint32_t g = group_of(solving, p, c, parks);
                if (g == PLAN_NONE)
                    continue;
                if (pass == 0)
                    groups.ends[g + 1]++;
                else
                    groups.members[--groups.ends[g + 1]] = (struct Member){solving->first[p] + c, p};
            }
        for (uint32_t g = 0; pass == 0 && g < count; g++)
            groups.ends[g + 1] += groups.ends[g];
    }
    return groups; /* ends[g + 1] is now group g's beginning */
}

static uint32_t group_from(const Groups *groups, uint32_t g)
{
    return groups->ends[g + 1];
}

static void add_plot_rows(Solving *solving)
{
    Groups plots = group(solving, solving->problem->plot_count, false);
    uint32_t total = solving->column_count;
    for (uint32_t g = 0; g < plots.count; g++) {
        uint32_t from = group_from(&plots, g), to = g + 1 < plots.count ? group_from(&plots, g + 1) : total;
        for (uint32_t i = from; i < to; i++) {
            solving->columns[i - from] = plots.members[i].column;
            solving->weights[i - from] = 1;
        }
        if (to - from > 1)
            milp_row(solving->milp, to - from, solving->columns, solving->weights, 1);
    }
}

/* Only where the projects could ask for more than there is: each is in a park once. */
static void add_service_row(Solving *solving, const Groups *parks, uint32_t from, uint32_t to, uint32_t park,
                            uint32_t service)
{
    const PlanProblem *problem = solving->problem;
    int64_t left = problem->parks[park].left[service], all = 0;
    uint32_t count = 0, before = PLAN_NONE;
    for (uint32_t i = from; i < to; i++) {
        uint32_t project = parks->members[i].project;
        int64_t asks = problem->projects[project].asks[service];
        all += project != before ? asks : 0;
        before = project;
        if (asks == 0)
            continue;
        solving->columns[count] = parks->members[i].column;
        solving->weights[count++] = asks;
    }
    if (left != PLAN_UNLIMITED && all > left)
        milp_row(solving->milp, count, solving->columns, solving->weights, left);
}

static void add_service_rows(Solving *solving)
{
    const PlanProblem *problem = solving->problem;
    Groups parks = group(solving, problem->park_count, true);
    uint32_t total = 0; /* columns in some park */
    for (uint32_t p = 0; p < problem->project_count; p++)
        for (uint32_t c = 0; c < problem->projects[p].candidate_count; c++)
            total += group_of(solving, p, c, true) != PLAN_NONE;
    for (uint32_t g = 0; g < parks.count; g++) {
        uint32_t from = group_from(&parks, g), to = g + 1 < parks.count ? group_from(&parks, g + 1) : total;
        for (uint32_t s = 0; s < problem->service_count; s++)
            add_service_row(solving, &parks, from, to, g, s);
    }
}

/* ---- from and to plans ---- */

static void start_from(Solving *solving, const Plan *plan)
{
    memset(solving->start, 0, solving->column_count * sizeof *solving->start);
    for (uint32_t p = 0; p < solving->problem->project_count; p++)
        if (plan->chosen[p] != PLAN_NONE)
            solving->start[solving->first[p] + plan->chosen[p]] = true;
}

static bool is_better(const Plan *a, const Plan *b)
{
    return a->priority != b->priority ? a->priority > b->priority : a->score > b->score;
}

static void keep_better(const Plan *plan, Plan *best)
{
    int64_t priority_bound = best->priority_bound, score_bound = best->score_bound;
    if (!is_better(plan, best))
        return;
    *best = *plan;
    best->priority_bound = priority_bound;
    best->score_bound = score_bound;
}

/* What is chosen, as far as the limits hold in whole numbers, polished; it replaces a plan that is worse. */
static void take_over(Solving *solving, const uint32_t *order, const bool *chosen, Plan *best)
{
    Plan plan;
    const PlanProblem *problem = solving->problem;
    plan_init(solving->arena, solving->whole, &plan);
    for (uint32_t i = 0; i < problem->project_count; i++) {
        uint32_t p = order[i];
        for (uint32_t c = 0; c < problem->projects[p].candidate_count; c++) {
            uint32_t plot = candidate_of(solving, p, c)->plot;
            if (chosen[solving->first[p] + c] && plan.chosen[p] == PLAN_NONE &&
                plan.takers[plot] == PLAN_NONE && plan_short_of(&plan, p, plot, PLAN_NONE) == PLAN_NONE)
                plan_put(&plan, p, c);
        }
    }
    plan_polish(&plan);
    keep_better(&plan, best);
}

/* The matching, as far as services allow, those of the highest priority first. */
static void start_from_plots(Solving *solving, const Bound *bound, Plan *best)
{
    const PlanProblem *problem = solving->problem;
    best->priority_bound = bound->priority;
    memset(solving->start, 0, solving->column_count * sizeof *solving->start);
    for (uint32_t p = 0; p < problem->project_count; p++)
        for (uint32_t c = 0; c < problem->projects[p].candidate_count; c++)
            solving->start[solving->first[p] + c] = bound->takers[candidate_of(solving, p, c)->plot] == p;
    take_over(solving, plan_order(solving->arena, problem, 0), solving->start, best);
}

/* Greedy, with those put back who ask for much: the more, the greater the price of services. */
static void start_from_prices(Solving *solving, Plan *best)
{
    static const double prices[] = {0.25, 1, 4, 16};
    for (size_t i = 0; i < sizeof prices / sizeof *prices; i++) {
        Plan plan;
        plan_greedy(solving->arena, solving->problem, prices[i], &plan);
        plan_polish(&plan);
        keep_better(&plan, best);
    }
}

static void solve_priority(Solving *solving, double until, Plan *best)
{
    MilpAnswer answer;
    if (best->priority == best->priority_bound || until <= now())
        return;
    start_from(solving, best);
    milp_solve(solving->milp, solving->start, until - now(), &answer);
    if (answer.bounded && answer.bound < best->priority_bound)
        best->priority_bound = answer.bound;
    if (answer.found)
        take_over(solving, plan_order(solving->arena, solving->problem, 0), answer.chosen, best);
    if (best->priority_bound < best->priority) /* CBC's tolerances: what is placed is placed */
        best->priority_bound = best->priority;
}

/* Among the plans that place as much, or more. */
static void solve_score(Solving *solving, double until, Plan *best)
{
    MilpAnswer answer;
    const PlanProblem *problem = solving->problem;
    if (best->score == best->score_bound || until <= now())
        return;
    for (uint32_t p = 0; p < problem->project_count; p++)
        for (uint32_t c = 0; c < problem->projects[p].candidate_count; c++) {
            uint32_t column = solving->first[p] + c;
            milp_gain(solving->milp, column,
                      (int64_t)problem->projects[p].priority * candidate_of(solving, p, c)->score);
            solving->columns[column] = column;
            solving->weights[column] = -problem->projects[p].priority;
        }
    milp_row(solving->milp, solving->column_count, solving->columns, solving->weights, -best->priority);
    start_from(solving, best);
    milp_solve(solving->milp, solving->start, until - now(), &answer);
    if (answer.bounded && answer.bound < best->score_bound)
        best->score_bound = answer.bound;
    if (answer.found)
        take_over(solving, plan_order(solving->arena, solving->problem, 0), answer.chosen, best);
    if (best->score_bound < best->score)
        best->score_bound = best->score;
}

static void solving_init(Arena *arena, const PlanProblem *whole, const PlanProblem *problem, Solving *ret)
{
    *ret = (Solving){.arena = arena, .whole = whole, .problem = problem, .milp = milp_new(arena)};
    add_columns(ret);
    add_project_rows(ret);
    add_plot_rows(ret);
    add_service_rows(ret);
}

/* Without the projects that no plan of the most priority can hold. */
static const PlanProblem *only_possible(Arena *arena, const PlanProblem *whole, const bool *possible)
{
    PlanProblem *part = arena_copy(arena, whole, sizeof *whole);
    PlanProject *projects =
        arena_copy(arena, whole->projects, whole->project_count * sizeof *whole->projects);
    for (uint32_t p = 0; p < whole->project_count; p++)
        if (!possible[p])
            projects[p].candidate_count = 0;
    part->projects = projects;
    return part;
}

void plan_best(Arena *arena, const PlanProblem *problem, double seconds, Plan *ret)
{
    double begun = now();
    Bound bound;
    Solving solving;
    match_plots(arena, problem, &bound);
    solving_init(arena, problem, problem, &solving);
    plan_greedy(arena, problem, 0, ret);
    plan_polish(ret);
    start_from_plots(&solving, &bound, ret);
    if (ret->priority < ret->priority_bound)
        start_from_prices(&solving, ret);
    solve_priority(&solving, begun + seconds * PRIORITY_SHARE, ret);
    if (ret->priority == bound.priority)
        solving_init(arena, problem, only_possible(arena, problem, bound.possible), &solving);
    ret->score_bound = scores_bound(solving.problem);
    solve_score(&solving, begun + seconds, ret);
    if (ret->priority < ret->priority_bound)
        ret->score_bound = -1;
}
