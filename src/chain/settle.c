/* The picture made low: within the least height that the order of segments and lines allows (and a little
 * more), each takes the median height of what it is joined to, again and again (after Gansner, Koutsofios,
 * North and Vo 1993, section 4.1), beginning with the heights that were found without a limit. Lines keep
 * their straight runs: the bends of a run are moved as one. */
#include "chain/layers.h"
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 40,
    ROOM_PERCENT = 8, /* over the least height: room for lines to be straight */
    WEIGHT_NODES = 1, /* how much a piece wants to be level: between segments, */
    WEIGHT_MIXED = 2, /* between a segment and a bend, */
    WEIGHT_BENDS = 8, /* and between bends */
};

typedef struct Settling {
    const Layers *layers;
    const int32_t *heights;
    int32_t row_gap, bend_gap;
    uint32_t *run;    /* per node: the run it is of, by its first node */
    uint32_t *next;   /* per node: the next of its run; UINT32_MAX at the end */
    uint32_t *sorted; /* first nodes of runs, so that what stands above comes before */
    uint32_t runs;
    int32_t *least, *most, *y; /* per first node */
    struct Pull {
        int32_t y, weight;
    } * pulls;
} Settling;

static bool is_bend(const Layers *layers, uint32_t v)
{
    return v >= layers->real;
}

static int32_t apart(const Settling *settling, uint32_t a, uint32_t b)
{
    bool bend = is_bend(settling->layers, a) || is_bend(settling->layers, b);
    return (settling->heights[a] + settling->heights[b]) / 2 +
           (bend ? settling->bend_gap : settling->row_gap);
}

static bool beside(const Settling *settling, uint32_t v, int step, uint32_t *ret)
{
    const Layers *layers = settling->layers;
    int64_t place = (int64_t)layers->place[v] + step;
    if (place < 0 || place >= layers->size[layers->column[v]])
        return false;
    *ret = layers->order[layers->column[v]][place];
    return true;
}

/* ---- runs ---- */

/* A bend joins the run of the bend to its left, unless that would cross a run joined above it: then the order
 * of runs would be none. */
static void join_runs(Settling *settling)
{
    const Layers *layers = settling->layers;
    for (uint32_t v = 0; v < layers->count; v++) {
        settling->run[v] = v;
        settling->next[v] = UINT32_MAX;
    }
    for (uint32_t c = 1; c < layers->columns; c++) {
        int64_t bound = -1;
        for (uint32_t i = 0; i < layers->size[c]; i++) {
            uint32_t v = layers->order[c][i];
            uint32_t left = is_bend(layers, v) ? layers->left[span_begin(layers->left_ends, v)] : 0;
            if (!is_bend(layers, v) || !is_bend(layers, left) || layers->place[left] <= bound)
                continue;
            bound = layers->place[left];
            settling->run[v] = settling->run[left];
            settling->next[left] = v;
        }
    }
}

static void sort_runs(Settling *settling, uint32_t *in)
{
    const Layers *layers = settling->layers;
    uint32_t other, tail = 0;
    memset(in, 0, layers->count * sizeof *in);
    for (uint32_t v = 0; v < layers->count; v++)
        in[settling->run[v]] += beside(settling, v, -1, &other);
    for (uint32_t v = 0; v < layers->count; v++)
        if (settling->run[v] == v && in[v] == 0)
            settling->sorted[tail++] = v;
    for (uint32_t head = 0; head < tail; head++)
        for (uint32_t v = settling->sorted[head]; v != UINT32_MAX; v = settling->next[v])
            if (beside(settling, v, 1, &other) && --in[settling->run[other]] == 0)
                settling->sorted[tail++] = settling->run[other];
    settling->runs = tail;
}

/* ---- bounds ---- */

static int32_t above_bound(const Settling *settling, uint32_t run, const int32_t *y, int32_t bound)
{
    uint32_t other;
    for (uint32_t v = run; v != UINT32_MAX; v = settling->next[v]) {
        int32_t from = settling->heights[v] / 2;
        if (beside(settling, v, -1, &other))
            from = y[settling->run[other]] + apart(settling, other, v);
        bound = from > bound ? from : bound;
    }
    return bound;
}

static int32_t below_bound(const Settling *settling, uint32_t run, const int32_t *y, int32_t bound,
                           int32_t bottom)
{
    uint32_t other;
    for (uint32_t v = run; v != UINT32_MAX; v = settling->next[v]) {
        int32_t to = bottom - settling->heights[v] / 2;
        if (beside(settling, v, 1, &other))
            to = y[settling->run[other]] - apart(settling, v, other);
        bound = to < bound ? to : bound;
    }
    return bound;
}

/* The heights a run may have when the picture is as low as can be, and a little more. */
static int32_t find_bounds(Settling *settling)
{
    int32_t bottom = 0;
    for (uint32_t i = 0; i < settling->runs; i++) {
        uint32_t run = settling->sorted[i];
        settling->least[run] = above_bound(settling, run, settling->least, 0);
        for (uint32_t v = run; v != UINT32_MAX; v = settling->next[v]) {
            int32_t low = settling->least[run] + settling->heights[v] / 2;
            bottom = low > bottom ? low : bottom;
        }
    }
    bottom += bottom * ROOM_PERCENT / 100;
    for (uint32_t i = settling->runs; i-- > 0;) {
        uint32_t run = settling->sorted[i];
        settling->most[run] = below_bound(settling, run, settling->most, INT32_MAX, bottom);
    }
    return bottom;
}

/* The given heights, scaled into the bounds and moved down where they are too near. */
static void begin(Settling *settling, const int32_t *y, int32_t bottom)
{
    int32_t height = 1;
    for (uint32_t v = 0; v < settling->layers->count; v++)
        height = y[v] + settling->heights[v] / 2 > height ? y[v] + settling->heights[v] / 2 : height;
    for (uint32_t i = 0; i < settling->runs; i++) {
        uint32_t run = settling->sorted[i];
        int32_t at = (int32_t)((int64_t)y[run] * bottom / height);
        at = at < settling->most[run] ? at : settling->most[run];
        settling->y[run] = above_bound(settling, run, settling->y, at);
    }
}

/* ---- pulling ---- */

static int pull_cmp(const void *a, const void *b)
{
    const struct Pull *x = a, *y = b;
    return x->y < y->y ? -1 : x->y > y->y;
}

static uint32_t add_pulls(const Settling *settling, uint32_t v, const uint32_t *list, const uint32_t *ends,
                          uint32_t count)
{
    for (uint32_t e = span_begin(ends, v); e < ends[v]; e++) {
        uint32_t other = list[e], run = settling->run[other];
        if (run == settling->run[v] || (e > span_begin(ends, v) && list[e - 1] == other))
            continue;
        int bends = is_bend(settling->layers, v) + is_bend(settling->layers, other);
        settling->pulls[count++] = (struct Pull){settling->y[run], bends == 2 ? WEIGHT_BENDS
                                                                   : bends    ? WEIGHT_MIXED
                                                                              : WEIGHT_NODES};
    }
    return count;
}

/* Between the weighted medians of what pulls at the run, as near as can be to where it is. */
static int32_t wanted(const Settling *settling, uint32_t run)
{
    uint32_t count = 0;
    int64_t total = 0, sum = 0;
    for (uint32_t v = run; v != UINT32_MAX; v = settling->next[v]) {
        count = add_pulls(settling, v, settling->layers->left, settling->layers->left_ends, count);
        count = add_pulls(settling, v, settling->layers->right, settling->layers->right_ends, count);
    }
    if (count == 0)
        return settling->y[run];
    qsort(settling->pulls, count, sizeof *settling->pulls, pull_cmp);
    for (uint32_t i = 0; i < count; i++)
        total += settling->pulls[i].weight;
    uint32_t low = 0;
    while (low + 1 < count && 2 * (sum + settling->pulls[low].weight) < total)
        sum += settling->pulls[low++].weight;
    bool between = 2 * (sum + settling->pulls[low].weight) == total && low + 1 < count;
    int32_t from = settling->pulls[low].y, to = settling->pulls[low + between].y;
    return settling->y[run] < from ? from : settling->y[run] > to ? to : settling->y[run];
}

static void pull(Settling *settling, uint32_t run, int32_t bottom)
{
    int32_t least = above_bound(settling, run, settling->y, 0);
    int32_t most = below_bound(settling, run, settling->y, INT32_MAX, bottom), at = wanted(settling, run);
    at = at < most ? at : most;
    settling->y[run] = at > least ? at : least;
}

void layers_settle(Arena *arena, const Layers *layers, const int32_t *heights, int32_t row_gap,
                   int32_t bend_gap, int32_t *y)
{
    Settling settling = {.layers = layers, .heights = heights, .row_gap = row_gap, .bend_gap = bend_gap};
    uint32_t count = layers->count;
    if (count == 0)
        return;
    settling.run = arena_array(arena, uint32_t, count);
    settling.next = arena_array(arena, uint32_t, count);
    settling.sorted = arena_array(arena, uint32_t, count);
    settling.least = arena_zarray(arena, int32_t, count);
    settling.most = arena_zarray(arena, int32_t, count);
    settling.y = arena_zarray(arena, int32_t, count);
    settling.pulls = arena_alloc(arena, (layers->left_ends[count - 1] + layers->right_ends[count - 1] + 1) *
                                            sizeof *settling.pulls);
    join_runs(&settling);
    sort_runs(&settling, arena_array(arena, uint32_t, count));
    int32_t bottom = find_bounds(&settling);
    begin(&settling, y, bottom);
    for (int round = 0; round < ROUNDS; round++)
        for (uint32_t i = 0; i < settling.runs; i++)
            pull(&settling, settling.sorted[round % 2 ? i : settling.runs - 1 - i], bottom);
    for (uint32_t v = 0; v < count; v++)
        y[v] = settling.y[settling.run[v]];
}
