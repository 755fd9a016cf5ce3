/* Larger sets, plot by plot for those that have none: the ASSEMBLY_BEAM_WIDTH most compact sets of each size
 * grow by every neighbour (beam search, Lowerre 1976). Nothing is proven by it. */
#include "match/assembly_form.h"
#include <string.h>

typedef struct State {
    uint32_t plots[ASSEMBLY_SET_MAX], count;
    int64_t area, area2;
    uint64_t print; /* the same for the same plots */
    Hull hull;
} State;

/* A state and a plot more. */
typedef struct Step {
    uint32_t from, plot;
    int32_t compactness;
    int64_t area;
    uint64_t print;
} Step;

typedef struct Beam {
    Search *search;
    State now[ASSEMBLY_BEAM_WIDTH], next[ASSEMBLY_BEAM_WIDTH];
    uint32_t now_count;
    Step steps[ASSEMBLY_BEAM_WIDTH];
    uint32_t step_count;
    Point *joined;   /* a hull that is measured and thrown away */
    int64_t largest; /* of the plots that hang together with the seed */
    uint64_t looks;  /* left */
} Beam;

static uint64_t print_of(uint32_t plot)
{
    uint64_t mixed = (plot + 1) * UINT64_C(0x9E3779B97F4A7C15); /* splitmix64 */
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static bool step_before(const Step *a, const Step *b)
{
    if (a->compactness != b->compactness)
        return a->compactness > b->compactness;
    if (a->area != b->area)
        return a->area > b->area;
    return a->from != b->from ? a->from < b->from : a->plot < b->plot;
}

static void keep_step(Beam *beam, Step step)
{
    uint32_t at;
    for (uint32_t i = 0; i < beam->step_count; i++)
        if (beam->steps[i].print == step.print)
            return;
    if (beam->step_count == ASSEMBLY_BEAM_WIDTH && !step_before(&step, &beam->steps[ASSEMBLY_BEAM_WIDTH - 1]))
        return;
    beam->step_count += beam->step_count < ASSEMBLY_BEAM_WIDTH;
    for (at = beam->step_count - 1; at > 0 && step_before(&step, &beam->steps[at - 1]); at--)
        beam->steps[at] = beam->steps[at - 1];
    beam->steps[at] = step;
}

static int32_t compactness(Beam *beam, const uint32_t *plots, uint32_t count)
{
    const AssemblyPlot *all = beam->search->plots;
    Hull hull = all[plots[0]].hull;
    int64_t area2 = all[plots[0]].area2, hull2 = 0;
    for (uint32_t i = 1; i < count; i++) {
        hull.count =
            hull_join(hull, all[plots[i]].hull, beam->search->scratch,
                      i % 2 ? beam->joined : beam->joined + ASSEMBLY_SET_MAX * ASSEMBLY_HULL_MAX, &hull2);
        hull.points = i % 2 ? beam->joined : beam->joined + ASSEMBLY_SET_MAX * ASSEMBLY_HULL_MAX;
        area2 = area_add(area2, all[plots[i]].area2);
    }
    return compactness_of(area2, hull2);
}

/* It reaches: what can be left out is, the smallest first, until it is minimal. */
static void take(Beam *beam, const State *state, uint32_t plot)
{
    Search *search = beam->search;
    uint32_t plots[ASSEMBLY_SET_MAX], count = state->count + 1, spare;
    int64_t area = area_add(state->area, search->plots[plot].area);
    memcpy(plots, state->plots, state->count * sizeof *plots);
    plots[state->count] = plot;
    while ((spare = set_spare(search, plots, count, area)) < count) {
        area -= search->plots[plots[spare]].area;
        plots[spare] = plots[--count];
    }
    if (area <= search->ask.greatest && count >= 2)
        set_offer(search, plots, count, compactness(beam, plots, count));
}

static bool may_join(const Beam *beam, const State *state, uint32_t plot)
{
    const Adjacency *adjacency = beam->search->adjacency;
    for (uint32_t i = 0; i < state->count; i++)
        if (state->plots[i] == plot)
            return false;
    for (uint32_t r = adjacency_rivals(adjacency, plot); r < adjacency->rival_ends[plot]; r++)
        for (uint32_t i = 0; i < state->count; i++)
            if (state->plots[i] == adjacency->rivals[r])
                return false;
    return true;
}

static void try_plot(Beam *beam, uint32_t from, uint32_t plot)
{
    const State *state = &beam->now[from];
    const Search *search = beam->search;
    const AssemblyPlot *own = &search->plots[plot];
    int64_t area = area_add(state->area, own->area), hull2, most = area;
    if (beam->looks == 0 || !may_join(beam, state, plot))
        return;
    beam->looks--;
    if (area >= search->ask.least) {
        take(beam, state, plot);
        return;
    }
    for (uint32_t i = state->count + 1; i < search->ask.plots_max; i++)
        most = area_add(most, beam->largest);
    if (most < search->ask.least)
        return;
    hull_join(state->hull, own->hull, search->scratch, beam->joined, &hull2);
    keep_step(beam, (Step){from, plot, compactness_of(area_add(state->area2, own->area2), hull2), area,
                           state->print ^ print_of(plot)});
}

/* The kept steps become the states of the next size; hulls are joined into the buffers of `next`. */
static void advance(Beam *beam)
{
    const Search *search = beam->search;
    for (uint32_t i = 0; i < beam->step_count; i++) {
        const Step *step = &beam->steps[i];
        const State *from = &beam->now[step->from];
        const AssemblyPlot *own = &search->plots[step->plot];
        State *to = &beam->next[i];
        Point *points = (Point *)(uintptr_t)to->hull.points;
        int64_t hull2;
        memcpy(to->plots, from->plots, from->count * sizeof *from->plots);
        to->plots[from->count] = step->plot;
        to->count = from->count + 1;
        to->area = step->area;
        to->area2 = area_add(from->area2, own->area2);
        to->print = step->print;
        to->hull.count = hull_join(from->hull, own->hull, search->scratch, points, &hull2);
    }
    for (uint32_t i = 0; i < ASSEMBLY_BEAM_WIDTH; i++) {
        State swap = beam->now[i];
        beam->now[i] = beam->next[i];
        beam->next[i] = swap;
    }
    beam->now_count = beam->step_count;
    beam->step_count = 0;
}

/* What hangs together: by plot, whether it could reach the area at all, and the largest plot there. */
typedef struct Around {
    bool *enough;
    int64_t *largest;
} Around;

static void look_around(const Search *search, Around *ret)
{
    const Adjacency *adjacency = search->adjacency;
    uint32_t *queue = arena_array(search->arena, uint32_t, search->count), from = 0, count = 0;
    uint8_t *seen = arena_zarray(search->arena, uint8_t, search->count);
    ret->enough = arena_zarray(search->arena, bool, search->count);
    ret->largest = arena_zarray(search->arena, int64_t, search->count);
    for (uint32_t seed = 0; seed < search->count; seed++, from = count) {
        int64_t sum = 0, largest = 0, most = 0;
        if (seen[seed])
            continue;
        seen[seed] = 1;
        queue[count++] = seed;
        for (uint32_t at = from; at < count; at++) {
            uint32_t plot = queue[at];
            int64_t own = search->plots[plot].area;
            sum = area_add(sum, own);
            largest = own > largest ? own : largest;
            for (uint32_t i = adjacency_start(adjacency, plot); i < adjacency->ends[plot]; i++)
                if (!seen[adjacency->neighbours[i]]) {
                    seen[adjacency->neighbours[i]] = 1;
                    queue[count++] = adjacency->neighbours[i];
                }
        }
        for (uint32_t i = 0; i < search->ask.plots_max; i++)
            most = area_add(most, largest);
        for (uint32_t at = from; at < count; at++) {
            ret->enough[queue[at]] = sum >= search->ask.least && most >= search->ask.least;
            ret->largest[queue[at]] = largest;
        }
    }
}

static void search_from(Beam *beam, uint32_t seed)
{
    const Search *search = beam->search;
    const Adjacency *adjacency = search->adjacency;
    const AssemblyPlot *own = &search->plots[seed];
    State *first = &beam->now[0];
    Point *points = (Point *)(uintptr_t)first->hull.points;
    first->plots[0] = seed;
    first->count = 1;
    first->area = own->area;
    first->area2 = own->area2;
    first->print = print_of(seed);
    first->hull.count = own->hull.count;
    memcpy(points, own->hull.points, own->hull.count * sizeof *points);
    beam->now_count = 1;
    beam->step_count = 0;
    for (uint32_t size = 1; size < search->ask.plots_max && beam->now_count > 0; size++) {
        for (uint32_t s = 0; s < beam->now_count; s++)
            for (uint32_t m = 0; m < size; m++) {
                uint32_t plot = beam->now[s].plots[m];
                for (uint32_t i = adjacency_start(adjacency, plot); i < adjacency->ends[plot]; i++)
                    try_plot(beam, s, adjacency->neighbours[i]);
            }
        advance(beam);
    }
}

void beam_search(Search *search)
{
    Arena *arena = search->arena;
    Beam *beam = arena_new_of(arena, Beam);
    Around around;
    size_t room = (size_t)ASSEMBLY_SET_MAX * ASSEMBLY_HULL_MAX;
    beam->search = search;
    beam->looks = search->ask.beam_looks;
    beam->joined = arena_array(arena, Point, 2 * room);
    look_around(search, &around);
    for (uint32_t i = 0; i < ASSEMBLY_BEAM_WIDTH; i++) {
        beam->now[i].hull.points = arena_array(arena, Point, room);
        beam->next[i].hull.points = arena_array(arena, Point, room);
    }
    for (uint32_t seed = 0; seed < search->count; seed++) {
        if (!search->open[seed] || search->best[seed].count > 0 ||
            search->plots[seed].area >= search->ask.least || !around.enough[seed])
            continue;
        beam->largest = around.largest[seed];
        search->bounded = true;
        if (beam->looks == 0)
            return;
        search_from(beam, seed);
    }
}
