#include "chain/layers.h"
#include <string.h>

/* ---- which flows go back ---- */

typedef struct Columns {
    const ChainGraph *graph;
    bool *back;
    uint32_t *step;   /* per segment, within its stage */
    uint32_t *sorted; /* segments so that within a stage suppliers come first */
    uint32_t steps[CHAIN_STAGES];
} Columns;

static bool same_stage(const ChainGraph *graph, const ChainFlow *flow)
{
    return graph->segments[flow->from].stage == graph->segments[flow->to].stage;
}

static bool has_ends(const ChainFlow *flow)
{
    return flow->from != CHAIN_NOWHERE && flow->to != CHAIN_NOWHERE;
}

static void mark_back(Columns *columns)
{
    const ChainGraph *graph = columns->graph;
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        const ChainFlow *flow = &graph->flows[f];
        columns->back[f] = flow->recycling || !has_ends(flow) || flow->from == flow->to ||
                           graph->segments[flow->from].stage > graph->segments[flow->to].stage;
    }
}

/* Segments in topological order. Where only circles are left, the segment that gives most more than it takes
 * goes first and what it takes from those behind it is turned back (Eades, Lin and Smyth 1993). */
static void sort_segments(Arena *arena, Columns *columns)
{
    const ChainGraph *graph = columns->graph;
    uint32_t count = graph->segment_count;
    uint32_t *in = arena_zarray(arena, uint32_t, count + 1), *out = arena_zarray(arena, uint32_t, count + 1);
    bool *done = arena_zarray(arena, bool, count + 1);
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        const ChainFlow *flow = &graph->flows[f];
        if (!columns->back[f] && same_stage(graph, flow)) {
            in[flow->to]++;
            out[flow->from]++;
        }
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t next = count;
        for (uint32_t v = 0; v < count; v++) {
            if (done[v])
                continue;
            if (in[v] == 0) {
                next = v;
                break;
            }
            if (next == count || (int64_t)out[v] - in[v] > (int64_t)out[next] - in[next])
                next = v;
        }
        done[next] = true;
        columns->sorted[n] = next;
        for (uint32_t f = 0; f < graph->flow_count; f++) {
            const ChainFlow *flow = &graph->flows[f];
            if (columns->back[f] || !same_stage(graph, flow))
                continue;
            if (flow->from == next)
                in[flow->to]--;
            if (flow->to == next && !done[flow->from]) {
                columns->back[f] = true;
                in[next]--;
                out[flow->from]--;
            }
        }
    }
}

/* ---- columns ---- */

static void longest_paths(Columns *columns)
{
    const ChainGraph *graph = columns->graph;
    for (uint32_t n = 0; n < graph->segment_count; n++) {
        uint32_t v = columns->sorted[n];
        for (uint32_t f = 0; f < graph->flow_count; f++) {
            const ChainFlow *flow = &graph->flows[f];
            if (!columns->back[f] && flow->to == v && same_stage(graph, flow) &&
                columns->step[v] <= columns->step[flow->from])
                columns->step[v] = columns->step[flow->from] + 1;
        }
        uint32_t *steps = &columns->steps[graph->segments[v].stage];
        if (*steps <= columns->step[v])
            *steps = columns->step[v] + 1;
    }
}

/* How far right v may stand, and whether that shortens more flows than it lengthens. */
static uint32_t rightmost(const Columns *columns, uint32_t v, bool *ret_shorter)
{
    const ChainGraph *graph = columns->graph;
    uint32_t most = columns->steps[graph->segments[v].stage] - 1;
    int gain = 0;
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        const ChainFlow *flow = &graph->flows[f];
        if (columns->back[f])
            continue;
        gain += (flow->from == v) - (flow->to == v);
        if (flow->from == v && same_stage(graph, flow) && columns->step[flow->to] - 1 < most)
            most = columns->step[flow->to] - 1;
    }
    *ret_shorter = gain > 0;
    return most;
}

/* A segment that supplies only what stands further right moves toward it, as long as its new column does not
 * become longer than the stage's longest: fewer bends, no taller picture. */
static void pull_right(Arena *arena, Columns *columns)
{
    const ChainGraph *graph = columns->graph;
    uint32_t *height[CHAIN_STAGES], tallest[CHAIN_STAGES] = {0};
    for (int s = 0; s < CHAIN_STAGES; s++)
        height[s] = arena_zarray(arena, uint32_t, columns->steps[s] + 1);
    for (uint32_t v = 0; v < graph->segment_count; v++)
        height[graph->segments[v].stage][columns->step[v]]++;
    for (int s = 0; s < CHAIN_STAGES; s++)
        for (uint32_t i = 0; i < columns->steps[s]; i++)
            tallest[s] = height[s][i] > tallest[s] ? height[s][i] : tallest[s];
    for (uint32_t n = graph->segment_count; n-- > 0;) {
        uint32_t v = columns->sorted[n];
        int stage = graph->segments[v].stage;
        bool shorter;
        uint32_t to = rightmost(columns, v, &shorter);
        while (shorter && to > columns->step[v] && height[stage][to] >= tallest[stage])
            to--;
        if (!shorter || to <= columns->step[v])
            continue;
        height[stage][columns->step[v]]--;
        height[stage][to]++;
        columns->step[v] = to;
    }
}

/* ---- bends and neighbours ---- */

static void cut_flows(Arena *arena, const ChainGraph *graph, bool share, Layers *layers)
{
    uint32_t *shared = arena_zarray(arena, uint32_t, (size_t)layers->real * layers->columns + 1);
    uint32_t bends = 0;
    for (uint32_t f = 0; f < graph->flow_count; f++)
        if (!layers->back[f])
            bends += layers->column[graph->flows[f].to] - layers->column[graph->flows[f].from] - 1;
    uint32_t *column = arena_array(arena, uint32_t, layers->real + bends + 1), at = 0;
    memcpy(column, layers->column, layers->real * sizeof *column);
    layers->column = column;
    layers->count = layers->real;
    layers->path = arena_array(arena, uint32_t, bends + 2 * graph->flow_count + 1);
    layers->path_ends = arena_array(arena, uint32_t, graph->flow_count + 1);
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        const ChainFlow *flow = &graph->flows[f];
        if (!layers->back[f]) {
            layers->path[at++] = flow->from;
            for (uint32_t c = column[flow->from] + 1; c < column[flow->to]; c++) {
                uint32_t *bend = &shared[(size_t)flow->from * layers->columns + c]; /* 0: none yet */
                if (!*bend || !share) {
                    column[layers->count] = c;
                    *bend = layers->count++;
                }
                layers->path[at++] = *bend;
            }
            layers->path[at++] = flow->to;
        }
        layers->path_ends[f] = at;
    }
}

/* One side's neighbours: counted, then filled in. */
static void join_side(Arena *arena, const ChainGraph *graph, const Layers *layers, bool right,
                      uint32_t **ret_ends, uint32_t **ret_list)
{
    uint32_t *ends = arena_zarray(arena, uint32_t, layers->count + 1), total = 0;
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t f = 0; f < graph->flow_count; f++) {
            for (uint32_t i = span_begin(layers->path_ends, f); i + 1 < layers->path_ends[f]; i++) {
                uint32_t a = layers->path[right ? i : i + 1], b = layers->path[right ? i + 1 : i];
                if (fill)
                    (*ret_list)[ends[a]++] = b;
                else
                    ends[a]++;
            }
        }
        if (fill)
            break;
        for (uint32_t v = 0; v < layers->count; v++) { /* to where each begins; filling moves it to its end */
            uint32_t own = ends[v];
            ends[v] = total;
            total += own;
        }
        *ret_list = arena_array(arena, uint32_t, total + 1);
    }
    *ret_ends = ends;
}

static void fill_columns(Arena *arena, Layers *layers)
{
    layers->size = arena_zarray(arena, uint32_t, layers->columns + 1);
    layers->order = arena_array(arena, uint32_t *, layers->columns + 1);
    layers->place = arena_array(arena, uint32_t, layers->count + 1);
    for (uint32_t v = 0; v < layers->count; v++)
        layers->place[v] = layers->size[layers->column[v]]++;
    for (uint32_t c = 0; c < layers->columns; c++)
        layers->order[c] = arena_array(arena, uint32_t, layers->size[c] + 1);
    for (uint32_t v = 0; v < layers->count; v++)
        layers->order[layers->column[v]][layers->place[v]] = v;
}

void layers_build(Arena *arena, const ChainGraph *graph, bool share, Layers *ret)
{
    uint32_t count = graph->segment_count;
    Columns columns = {
        .graph = graph,
        .back = arena_zarray(arena, bool, graph->flow_count + 1),
        .step = arena_zarray(arena, uint32_t, count + 1),
        .sorted = arena_array(arena, uint32_t, count + 1),
        .steps = {1, 1, 1}, /* a stage without segments is an empty column */
    };
    mark_back(&columns);
    sort_segments(arena, &columns);
    longest_paths(&columns);
    pull_right(arena, &columns);
    *ret = (Layers){.real = count, .back = columns.back};
    for (int s = 0; s < CHAIN_STAGES; s++)
        ret->first[s + 1] = ret->first[s] + columns.steps[s];
    ret->columns = ret->first[CHAIN_STAGES];
    ret->column = arena_array(arena, uint32_t, count + 1);
    for (uint32_t v = 0; v < count; v++)
        ret->column[v] = ret->first[graph->segments[v].stage] + columns.step[v];
    cut_flows(arena, graph, share, ret);
    join_side(arena, graph, ret, false, &ret->left_ends, &ret->left);
    join_side(arena, graph, ret, true, &ret->right_ends, &ret->right);
    fill_columns(arena, ret);
}
