/* Every connected set of at most ASSEMBLY_EXACT_MAX plots once, by ESU (Wernicke 2006, "Efficient Detection
 * of Network Motifs"): a set is found from its first plot, and grows only by plots that are no neighbours of
 * what it had before. It stops at sets that reach the area: whatever holds them is not minimal; and at sets
 * that the largest plots around cannot bring to it. */
#include "match/assembly_form.h"
#include <stdlib.h>
#include <string.h>

int32_t compactness_of(int64_t area2, int64_t hull2)
{
    if (hull2 <= 0 || area2 >= hull2)
        return COMPACT_FULL; /* what is recorded twice at its edges */
    return (int32_t)((__int128)area2 * COMPACT_FULL / hull2);
}

/* ---- is a set minimal? ---- */

static uint32_t links_within(const Search *search, uint32_t plot)
{
    const Adjacency *adjacency = search->adjacency;
    uint32_t links = 0;
    for (uint32_t i = adjacency_start(adjacency, plot); i < adjacency->ends[plot]; i++) {
        uint32_t place = search->place[adjacency->neighbours[i]];
        if (place > 0)
            links |= UINT32_C(1) << (place - 1);
    }
    return links;
}

static bool connected_without(const uint32_t *links, uint32_t count, uint32_t out)
{
    uint32_t all = ((UINT32_C(1) << count) - 1) & ~(UINT32_C(1) << out), reached = all & -all, before = 0;
    while (reached != before) {
        before = reached;
        for (uint32_t rest = reached; rest; rest &= rest - 1)
            reached |= links[__builtin_ctz(rest)];
        reached &= all;
    }
    return reached == all;
}

/* If some connected subset reached the area, growing it plot by plot would lead to one that lacks a single
 * plot: so single plots are all that has to be tried. */
uint32_t set_spare(Search *search, const uint32_t *plots, uint32_t count, int64_t area)
{
    uint32_t links[ASSEMBLY_SET_MAX] = {0}, spare = count;
    bool linked = false;
    for (uint32_t i = 0; i < count; i++) {
        int64_t own = search->plots[plots[i]].area;
        if (area - own < search->ask.least || (spare < count && search->plots[plots[spare]].area <= own))
            continue;
        if (!linked) {
            for (uint32_t j = 0; j < count; j++)
                search->place[plots[j]] = (uint8_t)(j + 1);
            for (uint32_t j = 0; j < count; j++)
                links[j] = links_within(search, plots[j]);
            for (uint32_t j = 0; j < count; j++)
                search->place[plots[j]] = 0;
            linked = true;
        }
        if (connected_without(links, count, i))
            spare = i;
    }
    return spare;
}

/* ---- the best of each plot ---- */

static int number_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int plots_order(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    for (uint32_t i = 0; i < a_count && i < b_count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return (a_count > b_count) - (a_count < b_count);
}

/* Sets that could be looked at exactly go before larger ones. */
static bool is_better(const Search *search, const AssemblySet *set, const AssemblySet *than)
{
    bool larger = set->count > search->exact_max, than_larger = than->count > search->exact_max;
    if (than->count == 0 || larger != than_larger)
        return than->count == 0 || than_larger;
    if (set->compactness != than->compactness)
        return set->compactness > than->compactness;
    if (set->count != than->count)
        return set->count < than->count;
    return plots_order(set->plots, set->count, than->plots, than->count) < 0;
}

void set_offer(Search *search, const uint32_t *plots, uint32_t count, int32_t compactness)
{
    AssemblySet set = {.count = count, .compactness = compactness, .exact = count <= search->exact_max};
    memcpy(set.plots, plots, count * sizeof *plots);
    qsort(set.plots, count, sizeof *plots, number_order);
    for (uint32_t i = 0; i < count; i++)
        if (is_better(search, &set, &search->best[plots[i]]))
            search->best[plots[i]] = set;
}

/* ---- ESU ---- */

enum {
    EXTENSION_MAX = ASSEMBLY_EXACT_MAX * ADJACENCY_NEIGHBOURS_MAX,
    AROUND_MAX = 300, /* plots looked at for the largest ones around a root; more: a rougher bound */
};

typedef struct Esu {
    Search *search;
    uint32_t root, plots[ASSEMBLY_EXACT_MAX];
    int64_t top[ASSEMBLY_EXACT_MAX]; /* top[n]: the n largest plots that the root can reach, together */
    uint8_t *seen;                   /* by plot: in the set, or a neighbour of it */
    uint8_t *blocked;                /* by plot: how many of the set it is a rival of */
    Point *hulls[ASSEMBLY_EXACT_MAX];
    Hull hull[ASSEMBLY_EXACT_MAX]; /* of the first n + 1 plots */
    int64_t hull2[ASSEMBLY_EXACT_MAX];
    uint32_t hull_count; /* so many are up to date */
    uint64_t looks;      /* left to this root */
    bool whole;          /* they sufficed */
    bool cut;            /* some sets were left because they cannot reach with so few */
    uint32_t *queue, *depth;
    int64_t *largest; /* by plot: of those that a set of it could hold */
} Esu;

static int32_t esu_compactness(Esu *esu, uint32_t count)
{
    const AssemblyPlot *plots = esu->search->plots;
    int64_t area2 = 0;
    if (esu->hull_count == 0) {
        esu->hull[0] = plots[esu->root].hull;
        esu->hull_count = 1;
    }
    for (uint32_t i = esu->hull_count; i < count; i++) {
        Hull *hull = &esu->hull[i];
        hull->count = hull_join(esu->hull[i - 1], plots[esu->plots[i]].hull, esu->search->scratch,
                                esu->hulls[i], &esu->hull2[i]);
        hull->points = esu->hulls[i];
    }
    esu->hull_count = count;
    for (uint32_t i = 0; i < count; i++)
        area2 = area_add(area2, plots[esu->plots[i]].area2);
    return compactness_of(area2, esu->hull2[count - 1]);
}

static void esu_reached(Esu *esu, uint32_t count, int64_t area)
{
    Search *search = esu->search;
    if (area <= search->ask.greatest && set_spare(search, esu->plots, count, area) == count)
        set_offer(search, esu->plots, count, esu_compactness(esu, count));
}

static void block_rivals(Esu *esu, uint32_t plot, int by)
{
    const Adjacency *adjacency = esu->search->adjacency;
    for (uint32_t i = adjacency_rivals(adjacency, plot); i < adjacency->rival_ends[plot]; i++)
        esu->blocked[adjacency->rivals[i]] = (uint8_t)(esu->blocked[adjacency->rivals[i]] + by);
}

/* It cannot reach with so few plots: then larger sets may hold its own (and, where it was left before it had
 * as many, those that could have joined). */
static bool is_short(Esu *esu, uint32_t count, int64_t area)
{
    const Search *search = esu->search;
    if (count == search->exact_max)
        for (uint32_t i = 0; i < count; i++)
            search->open[esu->plots[i]] = 1;
    else if (area_add(area, esu->top[search->exact_max - count]) < search->ask.least)
        esu->cut = true;
    else
        return false;
    return true;
}

/* The set's first `count` plots, of this area, which does not reach; and what it may grow by. Calls itself
 * ASSEMBLY_EXACT_MAX deep at most. */
static void esu_extend(Esu *esu, uint32_t count, int64_t area, const uint32_t *extension, uint32_t extensions)
{
    const Search *search = esu->search;
    const Adjacency *adjacency = search->adjacency;
    uint32_t next[EXTENSION_MAX];
    for (uint32_t e = extensions; e > 0; e--) {
        uint32_t plot = extension[e - 1], nexts = e - 1;
        int64_t sum = area_add(area, search->plots[plot].area);
        if (esu->blocked[plot] > 0)
            continue;
        if (esu->looks == 0) {
            esu->whole = false;
            return;
        }
        esu->looks--;
        esu->plots[count] = plot;
        esu->hull_count = esu->hull_count < count ? esu->hull_count : count;
        if (sum >= search->ask.least) {
            esu_reached(esu, count + 1, sum);
            continue;
        }
        if (is_short(esu, count + 1, sum))
            continue;
        memcpy(next, extension, nexts * sizeof *next);
        for (uint32_t i = adjacency_start(adjacency, plot); i < adjacency->ends[plot]; i++) {
            uint32_t other = adjacency->neighbours[i];
            if (other > esu->root && !esu->seen[other]) {
                esu->seen[other] = 1;
                next[nexts++] = other;
            }
        }
        block_rivals(esu, plot, 1);
        esu_extend(esu, count + 1, sum, next, nexts);
        block_rivals(esu, plot, -1);
        for (uint32_t i = e - 1; i < nexts; i++)
            esu->seen[next[i]] = 0;
    }
}

static void keep_top(int64_t *tops, uint32_t room, int64_t area)
{
    for (uint32_t i = 0; i < room; i++)
        if (area > tops[i]) {
            int64_t out = tops[i];
            tops[i] = area;
            area = out;
        }
}

/* Step by step from neighbour to neighbour. */
static void find_largest(Esu *esu, Arena *arena)
{
    const Search *search = esu->search;
    const Adjacency *adjacency = search->adjacency;
    int64_t *now = arena_array(arena, int64_t, search->count),
            *next = arena_array(arena, int64_t, search->count);
    for (uint32_t plot = 0; plot < search->count; plot++)
        now[plot] = search->plots[plot].area;
    for (uint32_t step = 1; step < search->exact_max; step++) {
        for (uint32_t plot = 0; plot < search->count; plot++) {
            next[plot] = now[plot];
            for (uint32_t i = adjacency_start(adjacency, plot); i < adjacency->ends[plot]; i++)
                if (now[adjacency->neighbours[i]] > next[plot])
                    next[plot] = now[adjacency->neighbours[i]];
        }
        int64_t *swap = now;
        now = next;
        next = swap;
    }
    esu->largest = now;
}

/* Can no set of the root reach, not even with the largest plot around again and again? */
static bool is_hopeless(const Esu *esu, uint32_t root)
{
    const Search *search = esu->search;
    int64_t most = search->plots[root].area;
    for (uint32_t n = 1; n < search->exact_max; n++)
        most = area_add(most, esu->largest[root]);
    return most < search->ask.least;
}

/* The plots behind the root that a set of it could hold: their largest areas. Uses `seen`, and leaves it
 * clear. */
static void esu_tops(Esu *esu)
{
    const Search *search = esu->search;
    const Adjacency *adjacency = search->adjacency;
    int64_t tops[ASSEMBLY_EXACT_MAX] = {0};
    uint32_t count = 1;
    esu->queue[0] = esu->root;
    esu->depth[0] = 0;
    esu->seen[esu->root] = 1;
    for (uint32_t at = 0; at < count && count <= AROUND_MAX; at++) {
        uint32_t plot = esu->queue[at];
        for (uint32_t i = adjacency_start(adjacency, plot);
             i < adjacency->ends[plot] && esu->depth[at] + 1 < search->exact_max; i++) {
            uint32_t other = adjacency->neighbours[i];
            if (other < esu->root || esu->seen[other])
                continue;
            esu->seen[other] = 1;
            esu->queue[count] = other;
            esu->depth[count++] = esu->depth[at] + 1;
            keep_top(tops, search->exact_max - 1, search->plots[other].area);
        }
    }
    for (uint32_t at = 0; at < count; at++)
        esu->seen[esu->queue[at]] = 0;
    esu->top[0] = 0;
    for (uint32_t n = 1; n < search->exact_max; n++)
        esu->top[n] = area_add(esu->top[n - 1], count > AROUND_MAX ? esu->largest[esu->root] : tops[n - 1]);
}

/* Returns the looks that were taken. */
static uint64_t esu_root(Esu *esu, uint32_t root, uint64_t looks)
{
    const Search *search = esu->search;
    const Adjacency *adjacency = search->adjacency;
    uint32_t extension[ADJACENCY_NEIGHBOURS_MAX], extensions = 0;
    int64_t area = search->plots[root].area;
    esu->root = esu->plots[0] = root;
    esu->hull_count = 0;
    esu->looks = looks;
    esu->whole = true;
    esu->cut = area < search->ask.least && is_hopeless(esu, root);
    if (area >= search->ask.least || esu->cut)
        return 0;
    esu_tops(esu);
    if (is_short(esu, 1, area))
        return 0;
    esu->seen[root] = 1;
    for (uint32_t i = adjacency_start(adjacency, root); i < adjacency->ends[root]; i++)
        if (adjacency->neighbours[i] > root) {
            extension[extensions++] = adjacency->neighbours[i];
            esu->seen[adjacency->neighbours[i]] = 1;
        }
    block_rivals(esu, root, 1);
    esu_extend(esu, 1, area, extension, extensions);
    block_rivals(esu, root, -1);
    for (uint32_t i = 0; i < extensions; i++)
        esu->seen[extension[i]] = 0;
    esu->seen[root] = 0;
    return looks - esu->looks;
}

/* ---- all roots ---- */

/* What is marked at a root holds for all plots that a set of it could hold. */
static void spread(const Search *search, uint8_t *marks, uint32_t *queue, uint32_t *depth)
{
    const Adjacency *adjacency = search->adjacency;
    uint32_t count = 0;
    for (uint32_t plot = 0; plot < search->count; plot++)
        if (marks[plot]) {
            queue[count] = plot;
            depth[count++] = 0;
        }
    for (uint32_t at = 0; at < count; at++)
        for (uint32_t i = adjacency_start(adjacency, queue[at]);
             i < adjacency->ends[queue[at]] && depth[at] + 1 < search->exact_max; i++) {
            uint32_t other = adjacency->neighbours[i];
            if (marks[other])
                continue;
            marks[other] = 1;
            queue[count] = other;
            depth[count++] = depth[at] + 1;
        }
}

/* What one root leaves is for those that come after it. */
static void search_exact(Search *search, uint8_t *doubt)
{
    Arena *arena = search->arena;
    uint32_t count = search->count;
    uint64_t left = search->ask.looks;
    uint32_t *queue = arena_array(arena, uint32_t, count), *depth = arena_array(arena, uint32_t, count);
    uint8_t *cut = arena_zarray(arena, uint8_t, count);
    Esu esu = {.search = search, .queue = queue, .depth = depth};
    esu.seen = arena_zarray(arena, uint8_t, count);
    esu.blocked = arena_zarray(arena, uint8_t, count);
    for (uint32_t i = 1; i < search->exact_max; i++)
        esu.hulls[i] = arena_array(arena, Point, (size_t)(i + 1) * ASSEMBLY_HULL_MAX);
    find_largest(&esu, arena);
    for (uint32_t root = 0; root < count; root++) {
        left -= esu_root(&esu, root, left / (count - root));
        doubt[root] = !esu.whole;
        cut[root] = esu.cut || !esu.whole;
        search->bounded |= !esu.whole;
    }
    spread(search, doubt, queue, depth);
    spread(search, cut, queue, depth);
    for (uint32_t plot = 0; plot < count; plot++)
        search->open[plot] |= cut[plot];
}

/* ---- the answer ---- */

static int set_order(const void *a, const void *b)
{
    const AssemblySet *x = a, *y = b;
    return plots_order(x->plots, x->count, y->plots, y->count);
}

static void collect(const Search *search, Assembly *ret)
{
    AssemblySet *sets = arena_array(search->arena, AssemblySet, search->count);
    uint32_t count = 0, kept = 0;
    for (uint32_t i = 0; i < search->count; i++)
        if (search->best[i].count > 0)
            sets[count++] = search->best[i];
    if (count > 0)
        qsort(sets, count, sizeof *sets, set_order);
    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && set_order(&sets[kept - 1], &sets[i]) == 0)
            sets[kept - 1].exact &= sets[i].exact;
        else
            sets[kept++] = sets[i];
    }
    *ret = (Assembly){sets, kept, search->bounded};
}

void assembly_find(Arena *arena, const AssemblyPlot *plots, uint32_t count, const Adjacency *adjacency,
                   const AssemblyAsk *ask, Assembly *ret)
{
    Search search = {.arena = arena, .plots = plots, .count = count, .adjacency = adjacency, .ask = *ask};
    search.exact_max = ask->plots_max < ASSEMBLY_EXACT_MAX ? ask->plots_max : ASSEMBLY_EXACT_MAX;
    search.best = arena_zarray(arena, AssemblySet, count);
    search.open = arena_zarray(arena, uint8_t, count);
    search.place = arena_zarray(arena, uint8_t, count);
    search.scratch = arena_array(arena, Point, 2 * (size_t)(ASSEMBLY_SET_MAX + 1) * ASSEMBLY_HULL_MAX);
    search.bounded = adjacency->bounded;
    uint8_t *doubt = arena_zarray(arena, uint8_t, count);
    search_exact(&search, doubt);
    if (ask->plots_max > search.exact_max)
        beam_search(&search);
    for (uint32_t i = 0; i < count; i++)
        search.best[i].exact &= !doubt[i] && !adjacency->bounded;
    collect(&search, ret);
}
