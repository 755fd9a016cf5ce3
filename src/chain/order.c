/* Crossing minimisation: sweeps by barycentre and median (Sugiyama, Tagawa and Toda 1981; Eades and Wormald
 * 1994), then sifting within each column against both its neighbours (Matuszewski, Schönfeld and Molitor
 * 1999), which holds the exchange of neighbours as a special case; from several starts, the best kept. */
#include "chain/layers.h"
#include <stdlib.h>
#include <string.h>

enum {
    STARTS_MAX = 40,
    STARTS_IN_VAIN_MAX = 8, /* one after the other that found nothing better */
    SWEEPS = 10,
    SIFT_ROUNDS_MAX = 24,
    UNIT = 1024,                /* of a barycentre */
    WORK_MAX = 7 * 1000 * 1000, /* steps of the inner loops, all starts together: some 25 ms */
};

typedef struct Ordering {
    Layers *layers;
    uint32_t widest;
    uint32_t *counts; /* a Fenwick tree over a column's places */
    int32_t *above;   /* above[i * w + j]: crossings when node i of the column stands above node j */
    uint32_t *scratch;
    struct Weighed {
        int64_t weight;
        uint32_t node, place;
    } * weighed;
    uint64_t random;
    int64_t work;
} Ordering;

/* xorshift (Marsaglia 2003) from a constant seed: the same picture every time. */
static uint32_t random_below(Ordering *ordering, uint32_t limit)
{
    uint64_t x = ordering->random;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    ordering->random = x;
    return (uint32_t)((x >> 32) % limit);
}

static void set_order(Layers *layers, uint32_t column)
{
    for (uint32_t i = 0; i < layers->size[column]; i++)
        layers->place[layers->order[column][i]] = i;
}

/* ---- counting (Barth, Mutzel and Jünger 2004) ---- */

/* Neighbour lists by place, top first: short lists, nearly sorted. */
static void sort_neighbours(Ordering *ordering, uint32_t *list, const uint32_t *ends, uint32_t v)
{
    const uint32_t *place = ordering->layers->place;
    uint32_t begin = span_begin(ends, v);
    for (uint32_t i = begin + 1; i < ends[v]; i++) {
        uint32_t node = list[i], j = i;
        for (; j > begin && place[list[j - 1]] > place[node]; j--)
            list[j] = list[j - 1];
        list[j] = node;
    }
    ordering->work += ends[v] - begin;
}

static uint32_t crossings_right(Ordering *ordering, uint32_t column)
{
    Layers *layers = ordering->layers;
    uint32_t width = layers->size[column + 1], crossings = 0, seen = 0;
    memset(ordering->counts, 0, (width + 1) * sizeof *ordering->counts);
    for (uint32_t i = 0; i < layers->size[column]; i++) {
        uint32_t v = layers->order[column][i];
        uint32_t begin = span_begin(layers->right_ends, v), end = layers->right_ends[v];
        /* those of v itself do not cross each other: first all are counted, then all put in */
        for (uint32_t e = begin; e < end; e++) {
            uint32_t not_below = 0;
            for (uint32_t at = layers->place[layers->right[e]] + 1; at > 0; at &= at - 1)
                not_below += ordering->counts[at];
            crossings += seen - not_below;
        }
        for (uint32_t e = begin; e < end; e++, seen++)
            for (uint32_t at = layers->place[layers->right[e]] + 1; at <= width; at += at & -at)
                ordering->counts[at]++;
        ordering->work += (end - begin) * 8;
    }
    return crossings;
}

static uint32_t crossings_all(Ordering *ordering)
{
    uint32_t crossings = 0;
    for (uint32_t c = 0; c + 1 < ordering->layers->columns; c++)
        crossings += crossings_right(ordering, c);
    return crossings;
}

/* ---- sweeps ---- */

static int weighed_cmp(const void *a, const void *b)
{
    const struct Weighed *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int64_t weight_of(Ordering *ordering, uint32_t v, bool right, bool median)
{
    Layers *layers = ordering->layers;
    uint32_t *list = right ? layers->right : layers->left;
    const uint32_t *ends = right ? layers->right_ends : layers->left_ends;
    uint32_t begin = span_begin(ends, v), degree = ends[v] - begin;
    int64_t sum = 0;
    if (degree == 0)
        return -1;
    ordering->work += degree;
    if (median) {
        sort_neighbours(ordering, list, ends, v);
        return ((int64_t)layers->place[list[begin + (degree - 1) / 2]] +
                layers->place[list[begin + degree / 2]]) *
               UNIT / 2;
    }
    for (uint32_t e = begin; e < ends[v]; e++)
        sum += layers->place[list[e]];
    return sum * UNIT / degree;
}

/* Sorts a column by its neighbours on one side. Nodes without any keep their places. */
static void sort_column(Ordering *ordering, uint32_t column, bool right, bool median)
{
    Layers *layers = ordering->layers;
    uint32_t *order = layers->order[column], count = 0;
    for (uint32_t i = 0; i < layers->size[column]; i++) {
        int64_t weight = weight_of(ordering, order[i], right, median);
        if (weight >= 0)
            ordering->weighed[count++] = (struct Weighed){weight, order[i], i};
    }
    memcpy(ordering->scratch, order, layers->size[column] * sizeof *order);
    for (uint32_t i = 0; i < count; i++)
        ordering->scratch[ordering->weighed[i].place] = UINT32_MAX;
    if (count > 1)
        qsort(ordering->weighed, count, sizeof *ordering->weighed, weighed_cmp);
    for (uint32_t i = 0, next = 0; i < layers->size[column]; i++)
        order[i] = ordering->scratch[i] == UINT32_MAX ? ordering->weighed[next++].node : ordering->scratch[i];
    set_order(layers, column);
    ordering->work += 8 * (int64_t)count;
}

static void sweep(Ordering *ordering, bool right, bool median)
{
    uint32_t columns = ordering->layers->columns;
    for (uint32_t i = 1; i < columns; i++)
        sort_column(ordering, right ? columns - 1 - i : i, right, median);
}

/* ---- sifting ---- */

/* Pairs of a's and b's neighbours on one side that cross when a stands above b. Both lists are sorted. */
static int32_t pair_crossings(Ordering *ordering, const uint32_t *list, const uint32_t *ends, uint32_t a,
                              uint32_t b)
{
    const uint32_t *place = ordering->layers->place;
    uint32_t i = span_begin(ends, a), j = span_begin(ends, b), before = 0;
    int32_t crossings = 0;
    ordering->work += 2 + ends[a] - i;
    for (; i < ends[a]; i++) {
        for (; j < ends[b] && place[list[j]] < place[list[i]]; j++)
            before++;
        crossings += (int32_t)before;
    }
    return crossings;
}

static void fill_above(Ordering *ordering, uint32_t column)
{
    Layers *layers = ordering->layers;
    uint32_t width = layers->size[column];
    const uint32_t *order = layers->order[column];
    for (uint32_t i = 0; i < width; i++) {
        sort_neighbours(ordering, layers->left, layers->left_ends, order[i]);
        sort_neighbours(ordering, layers->right, layers->right_ends, order[i]);
    }
    for (uint32_t i = 0; i < width; i++)
        for (uint32_t j = 0; j < width; j++)
            if (i != j)
                ordering->above[i * width + j] =
                    pair_crossings(ordering, layers->left, layers->left_ends, order[i], order[j]) +
                    pair_crossings(ordering, layers->right, layers->right_ends, order[i], order[j]);
}

/* Moves node `names[at]` of the column to where it crosses least. True if that is elsewhere and better. */
static bool sift(Ordering *ordering, uint32_t *names, uint32_t width, uint32_t at)
{
    uint32_t name = names[at], best = at;
    int32_t change = 0, least = 0;
    for (uint32_t i = at; i-- > 0;) { /* upward past names[i] */
        change += ordering->above[name * width + names[i]] - ordering->above[names[i] * width + name];
        if (change < least) {
            least = change;
            best = i;
        }
    }
    change = 0;
    for (uint32_t i = at + 1; i < width; i++) {
        change += ordering->above[names[i] * width + name] - ordering->above[name * width + names[i]];
        if (change < least) {
            least = change;
            best = i;
        }
    }
    ordering->work += width;
    if (best < at)
        memmove(names + best + 1, names + best, (at - best) * sizeof *names);
    else
        memmove(names + at, names + at + 1, (best - at) * sizeof *names);
    names[best] = name;
    return best != at;
}

static bool sift_column(Ordering *ordering, uint32_t column)
{
    Layers *layers = ordering->layers;
    uint32_t width = layers->size[column], *names = ordering->scratch, *order = layers->order[column];
    uint32_t *nodes = names + width;
    bool moved = false;
    if (width < 2)
        return false;
    fill_above(ordering, column);
    for (uint32_t i = 0; i < width; i++)
        names[i] = i;
    memcpy(nodes, order, width * sizeof *nodes);
    for (bool again = true; again;) { /* ends: every move takes at least one crossing away */
        again = false;
        for (uint32_t name = 0; name < width; name++) {
            uint32_t at = 0;
            while (names[at] != name)
                at++;
            again |= sift(ordering, names, width, at);
        }
        moved |= again;
    }
    for (uint32_t i = 0; i < width; i++)
        order[i] = nodes[names[i]];
    set_order(layers, column);
    return moved;
}

static void sift_all(Ordering *ordering)
{
    uint32_t columns = ordering->layers->columns;
    bool moved = true;
    for (uint32_t round = 0; moved && round < SIFT_ROUNDS_MAX; round++) {
        moved = false;
        for (uint32_t i = 0; i < columns; i++)
            moved |= sift_column(ordering, round % 2 ? columns - 1 - i : i);
    }
}

/* ---- starts ---- */

static void shuffle(Ordering *ordering)
{
    Layers *layers = ordering->layers;
    for (uint32_t c = 0; c < layers->columns; c++) {
        uint32_t *order = layers->order[c];
        for (uint32_t i = layers->size[c]; i > 1; i--) {
            uint32_t j = random_below(ordering, i), swap = order[i - 1];
            order[i - 1] = order[j];
            order[j] = swap;
        }
        set_order(layers, c);
    }
}

static void keep(const Layers *layers, uint32_t *kept)
{
    for (uint32_t c = 0; c < layers->columns; c++) {
        memcpy(kept, layers->order[c], layers->size[c] * sizeof *kept);
        kept += layers->size[c];
    }
}

static void take_back(Layers *layers, const uint32_t *kept)
{
    for (uint32_t c = 0; c < layers->columns; c++) {
        memcpy(layers->order[c], kept, layers->size[c] * sizeof *kept);
        kept += layers->size[c];
        set_order(layers, c);
    }
}

/* One start: sweeps to and fro, of which the best is sifted. */
static uint32_t improve(Ordering *ordering, bool median, uint32_t *kept)
{
    uint32_t least = crossings_all(ordering);
    keep(ordering->layers, kept);
    for (uint32_t i = 0; i < SWEEPS && least > 0; i++) {
        sweep(ordering, i % 2, median);
        uint32_t now = crossings_all(ordering);
        if (now >= least)
            continue;
        least = now;
        keep(ordering->layers, kept);
    }
    take_back(ordering->layers, kept);
    sift_all(ordering);
    return crossings_all(ordering);
}

uint32_t layers_order(Arena *arena, Layers *layers)
{
    Ordering ordering = {.layers = layers, .random = UINT64_C(0x9E3779B97F4A7C15)};
    for (uint32_t c = 0; c < layers->columns; c++)
        ordering.widest = layers->size[c] > ordering.widest ? layers->size[c] : ordering.widest;
    ordering.counts = arena_array(arena, uint32_t, ordering.widest + 2);
    ordering.above = arena_array(arena, int32_t, (size_t)ordering.widest * ordering.widest + 1);
    ordering.scratch = arena_array(arena, uint32_t, 2 * ordering.widest + 1);
    ordering.weighed = arena_alloc(arena, (ordering.widest + 1) * sizeof *ordering.weighed);
    uint32_t *kept = arena_array(arena, uint32_t, layers->count + 1),
             *best = arena_array(arena, uint32_t, layers->count + 1), least = UINT32_MAX;
    uint32_t in_vain = 0;
    for (uint32_t start = 0;
         start < STARTS_MAX && in_vain < STARTS_IN_VAIN_MAX && least > 0 && ordering.work < WORK_MAX;
         start++, in_vain++) {
        if (start > 1)
            shuffle(&ordering);
        uint32_t now = improve(&ordering, start % 2, kept);
        if (now >= least)
            continue;
        least = now;
        in_vain = 0;
        keep(layers, best);
    }
    take_back(layers, best);
    return least;
}
