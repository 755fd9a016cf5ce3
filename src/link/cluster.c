#include "link/cluster.h"
#include <stdlib.h>
#include <string.h>

typedef struct Edge { /* between two clusters, the heaviest of their pairs */
    uint32_t x, y;    /* roots, x < y */
    uint32_t pair;    /* in Graph.pairs */
} Edge;

typedef struct Graph {
    uint32_t count;
    const ClusterRules *rules;
    const LinkPair *pairs; /* told first, then the heaviest first */
    size_t pair_count;
    uint32_t *parent, *next, *last; /* a cluster's members are a chain from its root */
    uint32_t *size, *anchor, *sides;
    bool *touched;                 /* joined in this round */
    uint32_t *never_ends, *nevers; /* of mention i: nevers[never_ends[i - 1]] … */
    Edge *edges;                   /* of one round, by x, then the heaviest first; each edge from both ends */
    uint32_t edge_count;
    uint32_t *edge_ends; /* by cluster */
} Graph;

static uint32_t root_of(Graph *graph, uint32_t i)
{
    while (graph->parent[i] != i) {
        graph->parent[i] = graph->parent[graph->parent[i]];
        i = graph->parent[i];
    }
    return i;
}

/* The least member is the root, so that a cluster's name does not depend on the way to it. */
static void join(Graph *graph, uint32_t x, uint32_t y)
{
    if (x > y) {
        uint32_t t = x;
        x = y;
        y = t;
    }
    graph->parent[y] = x;
    graph->next[graph->last[x]] = y;
    graph->last[x] = graph->last[y];
    graph->size[x] += graph->size[y];
    uint32_t p = graph->anchor[x], q = graph->anchor[y];
    graph->anchor[x] = p && q && p != q ? 0 : p ? p : q; /* who told that two codes are one thing, told it */
    graph->sides[x] |= graph->sides[y];
    graph->touched[x] = graph->touched[y] = true;
}

static bool has_never(Graph *graph, uint32_t of, uint32_t other)
{
    for (uint32_t i = of;; i = graph->next[i]) {
        uint32_t from = i ? graph->never_ends[i - 1] : 0;
        for (uint32_t n = from; n < graph->never_ends[i]; n++)
            if (root_of(graph, graph->nevers[n]) == other)
                return true;
        if (i == graph->last[of])
            return false;
    }
}

static bool told_apart(Graph *graph, uint32_t x, uint32_t y)
{
    return graph->size[x] <= graph->size[y] ? has_never(graph, x, y) : has_never(graph, y, x);
}

/* May they never be one? Both are roots. */
static bool clash(Graph *graph, uint32_t x, uint32_t y)
{
    bool known = graph->anchor[x] && graph->anchor[y];
    return (known && graph->anchor[x] != graph->anchor[y]) || (graph->sides[x] & graph->sides[y]) ||
           told_apart(graph, x, y);
}

/* ---- pairs ---- */

static int rank_of(const LinkPair *pair)
{
    return pair->what == PAIR_NEVER ? 0 : pair->what == PAIR_SAME ? 1 : 2;
}

static int pair_order(const void *a, const void *b)
{
    const LinkPair *x = a, *y = b;
    if (rank_of(x) != rank_of(y))
        return rank_of(x) - rank_of(y);
    if (rank_of(x) == 2 && x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* Are the two of a pair never one: by what people told, and with `weighed` by their weight, too? */
static bool keeps_apart(const Graph *graph, const LinkPair *pair, bool weighed)
{
    return pair->what == PAIR_NEVER ||
           (weighed && pair->what == PAIR_WEIGHED && pair->weight <= graph->rules->apart);
}

static void index_nevers(Graph *graph, Arena *arena, bool weighed)
{
    uint32_t *ends = arena_zarray(arena, uint32_t, graph->count), total = 0;
    for (size_t p = 0; p < graph->pair_count; p++)
        if (keeps_apart(graph, &graph->pairs[p], weighed)) {
            ends[graph->pairs[p].a]++;
            ends[graph->pairs[p].b]++;
            total += 2;
        }
    for (uint32_t i = 1; i < graph->count; i++)
        ends[i] += ends[i - 1];
    graph->nevers = arena_array(arena, uint32_t, total);
    for (size_t p = 0; p < graph->pair_count; p++)
        if (keeps_apart(graph, &graph->pairs[p], weighed)) {
            graph->nevers[--ends[graph->pairs[p].a]] = graph->pairs[p].b;
            graph->nevers[--ends[graph->pairs[p].b]] = graph->pairs[p].a;
        }
    /* The counts went down to the beginnings: each ends where the next begins. */
    for (uint32_t i = 0; i < graph->count; i++)
        ends[i] = i + 1 < graph->count ? ends[i + 1] : total;
    graph->never_ends = ends;
}

/* What people told is one thing, is: whatever it weighs, whatever codes it bears. */
static void join_told(Graph *graph)
{
    for (size_t p = 0; p < graph->pair_count && graph->pairs[p].what != PAIR_WEIGHED; p++) {
        if (graph->pairs[p].what != PAIR_SAME)
            continue;
        uint32_t x = root_of(graph, graph->pairs[p].a), y = root_of(graph, graph->pairs[p].b);
        if (x != y && !told_apart(graph, x, y))
            join(graph, x, y);
    }
}

static void join_strong(Graph *graph)
{
    for (size_t p = 0; p < graph->pair_count; p++) {
        const LinkPair *pair = &graph->pairs[p];
        if (pair->what != PAIR_WEIGHED)
            continue;
        if (pair->weight < graph->rules->strong)
            return;
        uint32_t x = root_of(graph, pair->a), y = root_of(graph, pair->b);
        if (x != y && !clash(graph, x, y))
            join(graph, x, y);
    }
}

/* ---- rounds ---- */

static int edge_order(const void *a, const void *b)
{
    const Edge *x = a, *y = b;
    if (x->x != y->x)
        return x->x < y->x ? -1 : 1;
    if (x->y != y->y)
        return x->y < y->y ? -1 : 1;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

static int edge_weight_order(const void *a, const void *b)
{
    const Edge *x = a, *y = b;
    if (x->x != y->x)
        return x->x < y->x ? -1 : 1;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

/* The edges between clusters that do not clash, from a weight on. Pairs are sorted, so the least number of a
 * pair is the heaviest. */
static void find_edges(Graph *graph, int32_t least)
{
    uint32_t count = 0, kept = 0;
    for (uint32_t p = 0; p < graph->pair_count; p++) {
        const LinkPair *pair = &graph->pairs[p];
        if (pair->what != PAIR_WEIGHED)
            continue;
        if (pair->weight < least)
            break;
        uint32_t x = root_of(graph, pair->a), y = root_of(graph, pair->b);
        if (x == y)
            continue;
        graph->edges[count++] = (Edge){x, y, p};
        graph->edges[count++] = (Edge){y, x, p};
    }
    qsort(graph->edges, count, sizeof *graph->edges, edge_order);
    for (uint32_t e = 0; e < count; e++) {
        const Edge *edge = &graph->edges[e];
        if (kept && graph->edges[kept - 1].x == edge->x && graph->edges[kept - 1].y == edge->y)
            continue;
        if (!clash(graph, edge->x, edge->y))
            graph->edges[kept++] = *edge;
    }
    qsort(graph->edges, kept, sizeof *graph->edges, edge_weight_order);
    memset(graph->edge_ends, 0, graph->count * sizeof *graph->edge_ends);
    for (uint32_t e = 0; e < kept; e++)
        graph->edge_ends[graph->edges[e].x] = e + 1;
    for (uint32_t i = 1; i < graph->count; i++)
        if (graph->edge_ends[i] < graph->edge_ends[i - 1])
            graph->edge_ends[i] = graph->edge_ends[i - 1];
    graph->edge_count = kept;
}

static int32_t weight_of(const Graph *graph, const Edge *edge)
{
    return graph->pairs[edge->pair].weight;
}

static uint32_t edges_from(const Graph *graph, uint32_t x)
{
    return x ? graph->edge_ends[x - 1] : 0;
}

/* Does x fit, about as well as this edge of it says, another cluster that clashes with y? */
static bool rival_of(Graph *graph, uint32_t x, uint32_t y, int32_t weight)
{
    for (uint32_t e = edges_from(graph, x); e < graph->edge_ends[x]; e++) {
        const Edge *edge = &graph->edges[e];
        if (weight_of(graph, edge) < weight - graph->rules->margin)
            return false;
        if (edge->y != y && root_of(graph, edge->y) == edge->y && clash(graph, edge->y, y))
            return true;
    }
    return false;
}

/* Does x fit two clusters that clash, both about as well as its best? Looks at the first few: more of them
 * say no more. */
static bool ambiguous(Graph *graph, uint32_t x)
{
    enum { LOOK = 16 };
    uint32_t fits[LOOK], count = 0, from = edges_from(graph, x);
    for (uint32_t e = from; e < graph->edge_ends[x] && count < LOOK; e++) {
        const Edge *edge = &graph->edges[e];
        if (weight_of(graph, edge) < weight_of(graph, &graph->edges[from]) - graph->rules->margin)
            break;
        if (root_of(graph, edge->y) == edge->y)
            fits[count++] = edge->y;
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (clash(graph, fits[i], fits[k]))
                return true;
    return false;
}

static bool may_join(Graph *graph, const Edge *edge)
{
    int32_t weight = weight_of(graph, edge);
    return !clash(graph, edge->x, edge->y) && !ambiguous(graph, edge->x) && !ambiguous(graph, edge->y) &&
           !rival_of(graph, edge->x, edge->y, weight) && !rival_of(graph, edge->y, edge->x, weight);
}

static int by_pair(const void *a, const void *b)
{
    const Edge *const *x = a, *const *y = b;
    return ((*x)->pair > (*y)->pair) - ((*x)->pair < (*y)->pair);
}

/* Edges by weight, each once. */
static uint32_t edges_by_weight(const Graph *graph, const Edge **ret)
{
    uint32_t count = 0;
    for (uint32_t e = 0; e < graph->edge_count; e++)
        if (graph->edges[e].x < graph->edges[e].y)
            ret[count++] = &graph->edges[e];
    qsort(ret, count, sizeof(Edge *), by_pair);
    return count;
}

/* What is joined changes what the edges say of it, so a cluster is joined once a round. */
static bool join_round(Graph *graph, const Edge **order)
{
    bool joined = false;
    find_edges(graph, graph->rules->upper);
    memset(graph->touched, 0, graph->count * sizeof *graph->touched);
    uint32_t count = edges_by_weight(graph, order);
    for (uint32_t e = 0; e < count; e++) {
        const Edge *edge = order[e];
        if (graph->touched[edge->x] || graph->touched[edge->y] || !may_join(graph, edge))
            continue;
        join(graph, edge->x, edge->y);
        joined = true;
    }
    return joined;
}

/* ---- what is left to people ---- */

static int doubt_order(const void *a, const void *b)
{
    const LinkDoubt *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static void find_doubts(Graph *graph, Arena *arena, const Edge **order, Clusters *ret)
{
    find_edges(graph, graph->rules->lower);
    uint32_t count = edges_by_weight(graph, order);
    ret->doubts = arena_array(arena, LinkDoubt, count);
    for (uint32_t e = 0; e < count; e++) {
        const LinkPair *pair = &graph->pairs[order[e]->pair];
        ret->doubts[ret->doubt_count++] =
            (LinkDoubt){pair->a, pair->b, pair->weight, pair->weight >= graph->rules->upper};
    }
    if (count)
        qsort(ret->doubts, count, sizeof *ret->doubts, doubt_order);
}

/* ---- the whole ---- */

static void begin(Graph *graph, Arena *arena, const LinkKnown *known)
{
    graph->parent = arena_array(arena, uint32_t, graph->count);
    graph->next = arena_array(arena, uint32_t, graph->count);
    graph->last = arena_array(arena, uint32_t, graph->count);
    graph->size = arena_array(arena, uint32_t, graph->count);
    graph->anchor = arena_array(arena, uint32_t, graph->count);
    graph->sides = arena_array(arena, uint32_t, graph->count);
    graph->edge_ends = arena_array(arena, uint32_t, graph->count);
    graph->touched = arena_zarray(arena, bool, graph->count);
    graph->edges = arena_array(arena, Edge, 2 * graph->pair_count);
    for (uint32_t i = 0; i < graph->count; i++) {
        graph->parent[i] = graph->last[i] = graph->next[i] = i;
        graph->size[i] = 1;
        graph->anchor[i] = known->anchors ? known->anchors[i] : 0;
        graph->sides[i] = known->sides ? known->sides[i] : 0;
    }
}

void clusters_find(Arena *arena, uint32_t count, const LinkKnown *known, LinkPair *pairs, size_t pair_count,
                   const ClusterRules *rules, Clusters *ret)
{
    Arena *scratch = arena_new();
    Graph graph = {.count = count, .rules = rules, .pairs = pairs, .pair_count = pair_count};
    if (pair_count)
        qsort(pairs, pair_count, sizeof *pairs, pair_order);
    begin(&graph, scratch, known);
    index_nevers(&graph, scratch, false);
    join_told(&graph);
    index_nevers(&graph, scratch, true);
    join_strong(&graph);
    const Edge **order = arena_array(scratch, const Edge *, pair_count);
    while (join_round(&graph, order))
        continue; /* each round leaves fewer clusters */
    *ret = (Clusters){.of = arena_array(arena, uint32_t, count)};
    find_doubts(&graph, arena, order, ret);
    for (uint32_t i = 0; i < count; i++) {
        ret->of[i] = root_of(&graph, i);
        ret->cluster_count += ret->of[i] == i;
    }
    arena_free(scratch);
}
