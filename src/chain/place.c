/* Heights on the page: four alignments of each node with the median of its neighbours, one for each corner,
 * then the mean of the middle two (Brandes and Köpf 2001). Blocks are compacted by longest paths in the graph
 * of blocks rather than by classes and shifts, whose published form has an error (Brandes, Walter and Zink,
 * erratum, 2020). */
#include "chain/layers.h"
#include <stdlib.h>
#include <string.h>

enum { CORNERS = 4 };

typedef struct Placing {
    const Layers *layers;
    const int32_t *heights;
    int32_t row_gap, bend_gap;
    bool *conflict; /* per entry of layers->left: may not be aligned */
    uint32_t *root, *next;
    uint32_t *in, *queue; /* of compaction */
    bool right, up;       /* the corner: aligned with the right neighbours; from the bottom upward */
} Placing;

static bool is_bend(const Layers *layers, uint32_t v)
{
    return v >= layers->real;
}

/* The bend to the left of a bend: a long flow's inner piece, which should be straight. */
static bool inner_left(const Layers *layers, uint32_t v, uint32_t *ret)
{
    if (!is_bend(layers, v))
        return false;
    *ret = layers->left[span_begin(layers->left_ends, v)];
    return is_bend(layers, *ret);
}

/* Pieces that cross an inner piece and are none themselves give way (type 1 conflicts). */
static void mark_conflicts(Placing *placing, uint32_t column)
{
    const Layers *layers = placing->layers;
    uint32_t low = 0, done = 0, width = layers->size[column];
    for (uint32_t i = 0; i < width; i++) {
        uint32_t other, high;
        bool inner = inner_left(layers, layers->order[column][i], &other);
        if (!inner && i + 1 < width)
            continue;
        high = inner ? layers->place[other] : layers->size[column - 1];
        for (; done <= i; done++) {
            uint32_t v = layers->order[column][done], unused;
            for (uint32_t e = span_begin(layers->left_ends, v); e < layers->left_ends[v]; e++) {
                uint32_t place = layers->place[layers->left[e]];
                placing->conflict[e] = (place < low || place > high) && !inner_left(layers, v, &unused);
            }
        }
        low = high;
    }
}

static bool in_conflict(const Placing *placing, uint32_t left, uint32_t right)
{
    const Layers *layers = placing->layers;
    for (uint32_t e = span_begin(layers->left_ends, right); e < layers->left_ends[right]; e++)
        if (layers->left[e] == left)
            return placing->conflict[e];
    return false;
}

static int place_cmp(const void *a, const void *b, void *user)
{
    const uint32_t *place = user;
    uint32_t x = place[*(const uint32_t *)a], y = place[*(const uint32_t *)b];
    return x < y ? -1 : x > y;
}

/* ---- aligning ---- */

/* Aligns v with a median neighbour, if that leaves the blocks in order. `bound`: the last neighbour's place
 * that is taken, counted in the corner's direction; -1 for none. */
static void align(Placing *placing, uint32_t v, uint32_t *sorted, int64_t *bound)
{
    const Layers *layers = placing->layers;
    const uint32_t *list = placing->right ? layers->right : layers->left;
    const uint32_t *ends = placing->right ? layers->right_ends : layers->left_ends;
    uint32_t begin = span_begin(ends, v), degree = ends[v] - begin;
    if (degree == 0)
        return;
    memcpy(sorted, list + begin, degree * sizeof *sorted);
    qsort_r(sorted, degree, sizeof *sorted, place_cmp, layers->place);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t median =
            placing->up ? degree / 2 - (degree / 2 * 2 == degree ? i : 0) : (degree - 1 + i) / 2;
        uint32_t u = sorted[median];
        int64_t place = placing->up ? (int64_t)layers->size[layers->column[u]] - 1 - layers->place[u]
                                    : (int64_t)layers->place[u];
        bool conflict = placing->right ? in_conflict(placing, v, u) : in_conflict(placing, u, v);
        if (placing->next[v] != v || conflict || place <= *bound)
            continue;
        placing->next[u] = v;
        placing->root[v] = placing->root[u];
        placing->next[v] = placing->root[v];
        *bound = place;
    }
}

static void align_all(Placing *placing, uint32_t *sorted)
{
    const Layers *layers = placing->layers;
    for (uint32_t v = 0; v < layers->count; v++)
        placing->root[v] = placing->next[v] = v;
    for (uint32_t c = 1; c < layers->columns; c++) {
        uint32_t column = placing->right ? layers->columns - 1 - c : c, width = layers->size[column];
        int64_t bound = -1;
        for (uint32_t i = 0; i < width; i++)
            align(placing, layers->order[column][placing->up ? width - 1 - i : i], sorted, &bound);
    }
}

/* ---- compacting ---- */

static int32_t separation(const Placing *placing, uint32_t a, uint32_t b)
{
    bool bend = is_bend(placing->layers, a) || is_bend(placing->layers, b);
    return (placing->heights[a] + placing->heights[b]) / 2 + (bend ? placing->bend_gap : placing->row_gap);
}

/* The node that must lie before v (`behind` false) or behind it in the corner's direction. */
static bool beside(const Placing *placing, uint32_t v, bool behind, uint32_t *ret)
{
    const Layers *layers = placing->layers;
    uint32_t column = layers->column[v], place = layers->place[v];
    bool down = behind != placing->up;
    if (down ? place + 1 == layers->size[column] : place == 0)
        return false;
    *ret = layers->order[column][down ? place + 1 : place - 1];
    return true;
}

/* Roots so that a block comes after all that lie before it. */
static uint32_t sort_blocks(Placing *placing)
{
    const Layers *layers = placing->layers;
    uint32_t head = 0, tail = 0, other;
    memset(placing->in, 0, layers->count * sizeof *placing->in);
    for (uint32_t v = 0; v < layers->count; v++)
        if (beside(placing, v, false, &other))
            placing->in[placing->root[v]]++;
    for (uint32_t v = 0; v < layers->count; v++)
        if (placing->root[v] == v && placing->in[v] == 0)
            placing->queue[tail++] = v;
    for (; head < tail; head++) {
        uint32_t v = placing->queue[head];
        do {
            if (beside(placing, v, true, &other) && --placing->in[placing->root[other]] == 0)
                placing->queue[tail++] = placing->root[other];
            v = placing->next[v];
        } while (v != placing->queue[head]);
    }
    return tail;
}

/* As near as can be to the corner; then each block as near as can be to what lies behind it, so that none is
 * left alone far off. Distances are counted in the corner's direction. */
static void compact(Placing *placing, int32_t *y)
{
    uint32_t blocks = sort_blocks(placing), other;
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t root = placing->queue[i], v = root;
        int32_t least = 0;
        do {
            if (beside(placing, v, false, &other)) {
                int32_t from = y[placing->root[other]] + separation(placing, other, v);
                least = from > least ? from : least;
            }
            v = placing->next[v];
        } while (v != root);
        y[root] = least;
    }
    for (uint32_t i = blocks; i-- > 0;) {
        uint32_t root = placing->queue[i], v = root;
        int32_t most = INT32_MAX;
        do {
            if (beside(placing, v, true, &other)) {
                int32_t to = y[placing->root[other]] - separation(placing, v, other);
                most = to < most ? to : most;
            }
            v = placing->next[v];
        } while (v != root);
        if (most != INT32_MAX && most > y[root])
            y[root] = most;
    }
    for (uint32_t v = 0; v < placing->layers->count; v++)
        y[v] = y[placing->root[v]];
}

/* ---- the four together ---- */

static void extent(const Placing *placing, const int32_t *y, int32_t *ret_least, int32_t *ret_most)
{
    int32_t least = INT32_MAX, most = INT32_MIN;
    for (uint32_t v = 0; v < placing->layers->count; v++) {
        int32_t half = placing->heights[v] / 2;
        least = y[v] - half < least ? y[v] - half : least;
        most = y[v] + half > most ? y[v] + half : most;
    }
    *ret_least = least;
    *ret_most = most;
}

/* Each layout is moved to the edge it was compacted to of the lowest one; then, for each node, the mean of
 * the middle two. What keeps its distance in all four keeps it there too. */
static void join_corners(const Placing *placing, int32_t *const *corner, int32_t *ret_y)
{
    int32_t least[CORNERS], most[CORNERS];
    int lowest = 0;
    for (int i = 0; i < CORNERS; i++) {
        extent(placing, corner[i], &least[i], &most[i]);
        if (most[i] - least[i] < most[lowest] - least[lowest])
            lowest = i;
    }
    for (uint32_t v = 0; v < placing->layers->count; v++) {
        int32_t values[CORNERS];
        for (int i = 0; i < CORNERS; i++) {
            int32_t move = i % 2 ? most[lowest] - most[i] : least[lowest] - least[i];
            int32_t value = corner[i][v] + move;
            int at = i;
            for (; at > 0 && values[at - 1] > value; at--)
                values[at] = values[at - 1];
            values[at] = value;
        }
        int32_t sum = values[1] + values[2];
        ret_y[v] = sum >= 0 ? sum / 2 : -((1 - sum) / 2); /* downward always: distances stay */
    }
}

void layers_place(Arena *arena, const Layers *layers, const int32_t *heights, int32_t row_gap,
                  int32_t bend_gap, int32_t *ret_y)
{
    Placing placing = {.layers = layers, .heights = heights, .row_gap = row_gap, .bend_gap = bend_gap};
    uint32_t count = layers->count;
    int32_t *corner[CORNERS], least, most;
    uint32_t pieces = count ? layers->left_ends[count - 1] : 0;
    if (count == 0)
        return;
    placing.conflict = arena_zarray(arena, bool, pieces + 1);
    placing.root = arena_array(arena, uint32_t, count);
    placing.next = arena_array(arena, uint32_t, count);
    placing.in = arena_array(arena, uint32_t, count);
    placing.queue = arena_array(arena, uint32_t, count);
    uint32_t *sorted = arena_array(arena, uint32_t, pieces + 1);
    for (uint32_t c = 1; c < layers->columns; c++)
        mark_conflicts(&placing, c);
    for (int i = 0; i < CORNERS; i++) {
        placing.right = i / 2;
        placing.up = i % 2;
        corner[i] = arena_array(arena, int32_t, count);
        align_all(&placing, sorted);
        compact(&placing, corner[i]);
        for (uint32_t v = 0; v < count && placing.up; v++)
            corner[i][v] = -corner[i][v];
    }
    join_corners(&placing, corner, ret_y);
    extent(&placing, ret_y, &least, &most);
    for (uint32_t v = 0; v < count; v++)
        ret_y[v] -= least;
}
