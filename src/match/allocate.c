/* Briefs to candidates, candidates to a plan's numbers, and the plan back to plots, parks and reasons. */
#include "match/allocate.h"
#include "match/contradict.h"
#include "match/plan.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)ALLOCATE_SERVICES_MAX == (int)PLAN_SERVICES_MAX && (int)ALLOCATE_NOBODY == (int)PLAN_NONE,
               "a plan's numbers are an allocation's");
_Static_assert((int)ALLOCATE_PLOTS_MAX <= (int)BRIEF_TOP_MAX, "a ranking lists as many");

typedef struct Found {
    RowRef at;
    int32_t score;
} Found;

typedef struct Allocating {
    Arena *arena;
    const Atlas *atlas;
    const AllocateProject *given;
    uint32_t count;
    uint32_t *same;      /* per project: the first one of the same brief */
    const Found **found; /* per project, and `candidates` of them */
    AllocatedProject *projects;
    AllocatedPlot *plots;
    AllocatedPark *parks;
    Candidate **candidates; /* as found, by plot */
    PlanProblem problem;
    Plan plan;
    Allocation *ret;
} Allocating;

/* ---- the same briefs ---- */

typedef struct Named {
    Str text;
    uint32_t n;
} Named;

static int by_text(const void *a, const void *b)
{
    const Named *one = a, *other = b;
    int order = str_cmp(one->text, other->text);
    return order ? order : one->n < other->n ? -1 : one->n > other->n;
}

static void sort_named(Named *all, uint32_t count)
{
    if (count > 0)
        qsort(all, count, sizeof *all, by_text);
}

static void find_same(Allocating *a)
{
    Named *texts = arena_array(a->arena, Named, a->count);
    for (uint32_t p = 0; p < a->count; p++)
        texts[p] = (Named){a->given[p].text, p};
    sort_named(texts, a->count);
    for (uint32_t i = 0; i < a->count; i++) {
        bool again = i > 0 && str_eq(texts[i].text, texts[i - 1].text);
        a->same[texts[i].n] = again ? a->same[texts[i - 1].n] : texts[i].n;
    }
}

/* ---- plots that fit ---- */

static void find_most(Allocating *a, const Brief *brief, const Ranking *ranking, AllocatedProject *project)
{
    uint32_t count = brief->condition_count + (brief->filter != NULL);
    for (uint32_t c = 0; c < count; c++)
        if (ranking->counts[c].excludes > project->excludes) {
            project->most = c;
            project->excludes = ranking->counts[c].excludes;
        }
    if (project->excludes > 0)
        project->most_words =
            str_copy(a->arena, str_of(condition_words(brief, project->most))).ptr; /* NUL behind */
}

/* A match reads far more than is kept: it has an arena of its own. */
static void find_plots(Allocating *a, Arena *scratch, uint32_t p)
{
    Ranking ranking;
    Brief brief = a->given[p].brief;
    AllocatedProject *project = &a->projects[p];
    brief.top = ALLOCATE_PLOTS_MAX;
    match_run(scratch, a->atlas, &brief, MATCH_RANKING, &ranking);
    project->fit = ranking.fit;
    project->unknown = ranking.unknown;
    project->candidates = ranking.site_count;
    Found *found = arena_array(a->arena, Found, ranking.site_count);
    for (uint32_t i = 0; i < ranking.site_count; i++)
        found[i] = (Found){ranking.sites[i].at, ranking.sites[i].score};
    a->found[p] = found;
    if (ranking.fit == 0) {
        match_run(scratch, a->atlas, &brief, MATCH_EXPLAINED, &ranking);
        find_most(a, &brief, &ranking, project);
    }
}

static Err find_all_plots(Allocating *a)
{
    Err err = OK;
    Arena *scratch = arena_new();
    for (uint32_t p = 0; err == OK && p < a->count; p++) {
        const Brief *brief = &a->given[p].brief;
        if (a->same[p] != p) {
            a->projects[p] = a->projects[a->same[p]];
            a->found[p] = a->found[a->same[p]];
            continue;
        }
        err = filter_affordable(a->atlas, brief->kind, brief->filter);
        if (err == OK)
            err = match_known(a->atlas, brief);
        if (err == OK)
            find_plots(a, scratch, p);
        else
            err = fail_also(err, "project", str_c(a->given[p].name));
        arena_reset(scratch);
    }
    arena_free(scratch);
    return err;
}

/* ---- plots and parks by key ---- */

static Str plot_key(const Atlas *atlas, RowRef at)
{
    return table_key(atlas_table(atlas, KIND_PARCEL, at.segment), at.row);
}

static void number_plots(Allocating *a)
{
    uint32_t total = 0, plots = 0;
    for (uint32_t p = 0; p < a->count; p++)
        total += a->same[p] == p ? a->projects[p].candidates : 0;
    Named *keys = arena_array(a->arena, Named, total); /* n: the place in `at` */
    Candidate **at = arena_array(a->arena, Candidate *, total);
    RowRef *rows = arena_array(a->arena, RowRef, total);
    total = 0;
    for (uint32_t p = 0; p < a->count; p++) {
        bool own = a->same[p] == p;
        uint32_t count = a->projects[p].candidates;
        a->candidates[p] = own ? arena_array(a->arena, Candidate, count) : a->candidates[a->same[p]];
        for (uint32_t c = 0; own && c < count; c++) {
            a->candidates[p][c].score = a->found[p][c].score;
            at[total] = &a->candidates[p][c];
            rows[total] = a->found[p][c].at;
            keys[total] = (Named){plot_key(a->atlas, rows[total]), total};
            total++;
        }
    }
    sort_named(keys, total);
    a->plots = arena_array(a->arena, AllocatedPlot, total);
    for (uint32_t i = 0; i < total; i++) {
        if (i == 0 || !str_eq(keys[i].text, keys[i - 1].text))
            a->plots[plots++] = (AllocatedPlot){rows[keys[i].n], ALLOCATE_NOBODY, ALLOCATE_NOBODY};
        at[keys[i].n]->plot = plots - 1;
    }
    a->ret->plot_count = plots;
}

static void read_park(Allocating *a, AllocatedPark *park)
{
    RowRef at;
    if (atlas_find(a->atlas, KIND_PARK, park->key, &at) != OK)
        return; /* named, but not there for this audience: nothing is known of it */
    const Table *table = atlas_table(a->atlas, KIND_PARK, at.segment);
    for (uint32_t s = 0; s < a->ret->service_count; s++) {
        Value value;
        uint32_t field = (uint32_t)(a->ret->services[s] - kind_info(KIND_PARK)->fields);
        table_value(a->arena, table, at.row, field, &value);
        park->limits[s] = value.state == VALUE_KNOWN;
        park->left[s] = park->limits[s] ? value.num : 0;
    }
}

static void number_parks(Allocating *a)
{
    int field = field_index(KIND_PARCEL, STR("park"));
    uint32_t total = 0, parks = 0;
    Named *keys = arena_array(a->arena, Named, a->ret->plot_count); /* n: the plot */
    assert(field >= 0);
    for (uint32_t i = 0; i < a->ret->plot_count; i++) {
        Value value;
        const Table *table = atlas_table(a->atlas, KIND_PARCEL, a->plots[i].at.segment);
        table_value(a->arena, table, a->plots[i].at.row, (uint32_t)field, &value);
        if (value.state == VALUE_KNOWN)
            keys[total++] = (Named){value.text, i};
    }
    sort_named(keys, total);
    a->parks = arena_zarray(a->arena, AllocatedPark, total);
    for (uint32_t i = 0; i < total; i++) {
        if (i == 0 || !str_eq(keys[i].text, keys[i - 1].text)) {
            a->parks[parks].key = keys[i].text;
            read_park(a, &a->parks[parks++]);
        }
        a->plots[keys[i].n].park = parks - 1;
    }
    a->ret->park_count = parks;
}

/* ---- services ---- */

static void find_services(Allocation *ret)
{
    const KindInfo *info = kind_info(KIND_PARK);
    for (uint32_t f = 0; f < info->field_count; f++)
        if (info->fields[f].attr && strcmp(info->fields[f].attr, "left") == 0) {
            assert(ret->service_count < ALLOCATE_SERVICES_MAX);
            ret->services[ret->service_count++] = &info->fields[f];
        }
}

/* A plot's and a park's field of what is left have one name and one unit. */
static void find_asks(const Allocating *a, const Brief *brief, int64_t asks[ALLOCATE_SERVICES_MAX])
{
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Condition *condition = &brief->conditions[c];
        const Field *field = condition_field(brief, c);
        bool here = !condition->via || condition->via->ref == KIND_PARK;
        for (uint32_t s = 0; here && field->attr && s < a->ret->service_count; s++)
            if (condition->least.state == VALUE_KNOWN &&
                strcmp(field->name, a->ret->services[s]->name) == 0 && condition->least.num > asks[s])
                asks[s] = condition->least.num;
    }
}

/* ---- the plan ---- */

static void make_problem(Allocating *a)
{
    PlanProject *projects = arena_zarray(a->arena, PlanProject, a->count);
    PlanPark *parks = arena_zarray(a->arena, PlanPark, a->ret->park_count);
    uint32_t *plot_parks = arena_array(a->arena, uint32_t, a->ret->plot_count);
    for (uint32_t p = 0; p < a->count; p++) {
        find_asks(a, &a->given[p].brief, a->projects[p].asks);
        projects[p] = (PlanProject){.priority = a->given[p].priority,
                                    .candidates = a->candidates[p],
                                    .candidate_count = a->projects[p].candidates};
        memcpy(projects[p].asks, a->projects[p].asks, sizeof projects[p].asks);
    }
    for (uint32_t i = 0; i < a->ret->plot_count; i++)
        plot_parks[i] = a->plots[i].park;
    for (uint32_t k = 0; k < a->ret->park_count; k++)
        for (uint32_t s = 0; s < a->ret->service_count; s++)
            parks[k].left[s] = a->parks[k].limits[s] ? a->parks[k].left[s] : PLAN_UNLIMITED;
    a->problem = (PlanProblem){projects,           plot_parks,           parks, a->count, a->ret->plot_count,
                               a->ret->park_count, a->ret->service_count};
}

static void take_plan(Allocating *a)
{
    const Plan *plan = &a->plan;
    for (uint32_t p = 0; p < a->count; p++) {
        AllocatedProject *project = &a->projects[p];
        uint32_t c = plan->chosen[p];
        project->plot = c == PLAN_NONE ? ALLOCATE_NOBODY : a->candidates[p][c].plot;
        if (c == PLAN_NONE)
            continue;
        project->rank = c + 1;
        project->score = a->candidates[p][c].score;
        a->plots[project->plot].taker = p;
        a->ret->placed++;
        if (a->plots[project->plot].park != ALLOCATE_NOBODY)
            a->parks[a->plots[project->plot].park].projects++;
    }
    for (uint32_t k = 0; k < a->ret->park_count; k++)
        memcpy(a->parks[k].used, plan->used[k], sizeof a->parks[k].used);
}

/* ---- who was left out, and why ---- */

/* No single step betters a plan (plan.h), so one of these is so of every plot that fits. */
static LostPlot why_lost(const Allocating *a, uint32_t p, uint32_t c)
{
    const Candidate *wanted = &a->candidates[p][c];
    uint32_t taker = a->plan.takers[wanted->plot];
    LostPlot lost = {wanted->plot, LOST_TO_SERVICE, taker, 0};
    if (taker != PLAN_NONE && a->given[taker].priority > a->given[p].priority) {
        lost.why = LOST_TO_PRIORITY;
        return lost;
    }
    lost.service = plan_short_of(&a->plan, p, wanted->plot, taker);
    if (lost.service != PLAN_NONE)
        return lost;
    assert(taker != PLAN_NONE && a->given[taker].priority == a->given[p].priority);
    lost.service = 0;
    lost.why = a->projects[taker].score > wanted->score ? LOST_TO_SCORE : LOST_TO_EQUAL;
    return lost;
}

static void tell_why(Allocating *a, uint32_t p)
{
    AllocatedProject *project = &a->projects[p];
    if (project->candidates == 0) {
        project->reason = LEFT_OUT_NO_PLOT;
        return;
    }
    bool free = false, service_alone = true;
    for (uint32_t c = 0; c < project->candidates; c++) {
        LostPlot lost = why_lost(a, p, c);
        free |= lost.taker == ALLOCATE_NOBODY;
        service_alone &= lost.why == LOST_TO_SERVICE;
        if (project->lost_count < ALLOCATE_LOST_MAX)
            project->lost[project->lost_count++] = lost;
        else if (lost.taker == ALLOCATE_NOBODY &&
                 project->lost[ALLOCATE_LOST_MAX - 1].taker != ALLOCATE_NOBODY)
            project->lost[ALLOCATE_LOST_MAX - 1] = lost; /* the reason must be among what is told */
    }
    project->reason = free || service_alone ? LEFT_OUT_SERVICE : LEFT_OUT_TAKEN;
}

Err allocate_run(Arena *arena, const Atlas *atlas, const AllocateProject *projects, uint32_t count,
                 double seconds, Allocation *ret)
{
    if (count > ALLOCATE_PROJECTS_MAX)
        return fail(ERR_LIMIT, "what", "projects", "limit", num_c(ALLOCATE_PROJECTS_MAX), NULL);
    Allocation allocation = {.project_count = count};
    Allocating a = {.arena = arena, .atlas = atlas, .given = projects, .count = count, .ret = &allocation};
    a.same = arena_array(arena, uint32_t, count);
    a.found = arena_zarray(arena, const Found *, count);
    a.projects = arena_zarray(arena, AllocatedProject, count);
    a.candidates = arena_zarray(arena, Candidate *, count);
    find_services(&allocation);
    find_same(&a);
    TRY(find_all_plots(&a));
    number_plots(&a);
    number_parks(&a);
    make_problem(&a);
    plan_best(arena, &a.problem, seconds, &a.plan);
    take_plan(&a);
    for (uint32_t p = 0; p < count; p++)
        if (a.projects[p].plot == ALLOCATE_NOBODY)
            tell_why(&a, p);
    allocation.projects = a.projects;
    allocation.plots = a.plots;
    allocation.parks = a.parks;
    allocation.priority = a.plan.priority;
    allocation.priority_bound = a.plan.priority_bound;
    allocation.score = a.plan.score;
    allocation.score_bound = a.plan.score_bound;
    allocation.optimal = plan_optimal(&a.plan);
    *ret = allocation;
    return OK;
}
