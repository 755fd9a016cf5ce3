#include "atlas/nearest.h"
#include <math.h>

enum { LEAF = 8, CANDIDATES = 16 };

typedef struct Place {
    double v[3]; /* on the unit sphere */
    Point at;
} Place;

/* Node n splits its places at their middle; its halves are nodes 2n + 1 and 2n + 2. */
typedef struct Node {
    double split;
    uint32_t axis;
} Node;

struct Nearest {
    Place *places;
    Node *nodes;
    uint32_t count;
};

void nearest_vector(Point at, double ret[3])
{
    double lon = at.lon * (M_PI / 180 / DEGREE), lat = at.lat * (M_PI / 180 / DEGREE);
    double across = cos(lat);
    ret[0] = across * cos(lon);
    ret[1] = across * sin(lon);
    ret[2] = sin(lat);
}

static double chord2(const double a[3], const double b[3])
{
    double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return x * x + y * y + z * z;
}

static uint32_t widest_axis(const Place *places, uint32_t count)
{
    uint32_t widest = 0;
    double width = -1;
    for (uint32_t axis = 0; axis < 3; axis++) {
        double least = places[0].v[axis], greatest = least;
        for (uint32_t i = 1; i < count; i++) {
            least = fmin(least, places[i].v[axis]);
            greatest = fmax(greatest, places[i].v[axis]);
        }
        if (greatest - least > width) {
            width = greatest - least;
            widest = axis;
        }
    }
    return widest;
}

static void swap(Place *a, Place *b)
{
    Place was = *a;
    *a = *b;
    *b = was;
}

/* Hoare's selection: afterwards places before `middle` are not above it on the axis, those behind not below.
 */
static void select_middle(Place *places, uint32_t count, uint32_t middle, uint32_t axis)
{
    uint32_t low = 0, high = count - 1;
    while (low < high) {
        double pivot = places[low + (high - low) / 2].v[axis];
        uint32_t i = low, j = high;
        while (i <= j) {
            while (places[i].v[axis] < pivot)
                i++;
            while (places[j].v[axis] > pivot)
                j--;
            if (i > j)
                break;
            swap(&places[i++], &places[j]);
            if (j == 0)
                break;
            j--;
        }
        if (middle <= j)
            high = j;
        else if (middle >= i)
            low = i;
        else
            return;
    }
}

static void build_node(Nearest *nearest, uint32_t node, uint32_t start, uint32_t end)
{
    if (end - start <= LEAF)
        return;
    uint32_t middle = (end - start) / 2;
    Place *places = nearest->places + start;
    uint32_t axis = widest_axis(places, end - start);
    select_middle(places, end - start, middle, axis);
    nearest->nodes[node] = (Node){places[middle].v[axis], axis};
    build_node(nearest, 2 * node + 1, start, start + middle);
    build_node(nearest, 2 * node + 2, start + middle, end);
}

void nearest_build(Arena *arena, const Point *places, uint32_t count, Nearest **ret)
{
    Nearest *nearest = arena_new_of(arena, Nearest);
    nearest->count = count;
    nearest->places = arena_array(arena, Place, count);
    for (uint32_t i = 0; i < count; i++) {
        nearest->places[i].at = places[i];
        nearest_vector(places[i], nearest->places[i].v);
    }
    uint32_t nodes = 1;
    for (uint32_t size = count; size > LEAF; size -= size / 2)
        nodes = 2 * nodes + 1;
    nearest->nodes = arena_zarray(arena, Node, nodes);
    build_node(nearest, 0, 0, count);
    *ret = nearest;
}

typedef struct Search {
    const Nearest *nearest;
    const NearestFrom *from;
    double limit; /* chords² above it cannot be the nearest */
    uint32_t best;
    double best_chord2;
    int64_t metres; /* the least measured so far, or -1 */
    uint32_t count;
    struct {
        double chord2;
        uint32_t place;
    } candidates[CANDIDATES]; /* to be measured if they still count in the end */
} Search;

/* Chords are exact to some 1e-15 and distance_m to some 1e-15 of the chord's square; a place further by less
 * than a part in 1e9, or by 1e-12 of the radius (6 µm), is measured as well. */
static double limit_of(double best_chord2)
{
    double chord = sqrt(best_chord2) * (1 + 1e-9) + 1e-12;
    return chord * chord;
}

static void measure(Search *search)
{
    for (uint32_t i = 0; i < search->count; i++) {
        if (search->candidates[i].chord2 > search->limit)
            continue;
        int64_t metres =
            distance_m(search->from->at, search->nearest->places[search->candidates[i].place].at);
        if (search->metres < 0 || metres < search->metres)
            search->metres = metres;
    }
    search->count = 0;
}

static void look_at(Search *search, uint32_t place)
{
    double chord = chord2(search->from->vector, search->nearest->places[place].v);
    if (chord > search->limit)
        return;
    if (chord < search->best_chord2) {
        search->best = place;
        search->best_chord2 = chord;
        search->limit = limit_of(chord);
    }
    if (search->count == CANDIDATES)
        measure(search);
    search->candidates[search->count].chord2 = chord;
    search->candidates[search->count++].place = place;
}

static void visit(Search *search, uint32_t node, uint32_t start, uint32_t end)
{
    if (end - start <= LEAF) {
        for (uint32_t i = start; i < end; i++)
            look_at(search, i);
        return;
    }
    const Node *at = &search->nearest->nodes[node];
    uint32_t middle = start + (end - start) / 2;
    double apart = search->from->vector[at->axis] - at->split;
    bool right = apart >= 0;
    if (right)
        visit(search, 2 * node + 2, middle, end);
    else
        visit(search, 2 * node + 1, start, middle);
    if (apart * apart > search->limit)
        return;
    if (right)
        visit(search, 2 * node + 1, start, middle);
    else
        visit(search, 2 * node + 2, middle, end);
}

void nearest_from(Point at, NearestFrom *ret)
{
    ret->at = at;
    nearest_vector(at, ret->vector);
}

int64_t nearest_m(const Nearest *nearest, const NearestFrom *from, uint32_t *hint)
{
    if (nearest->count == 0)
        return -1;
    Search search = {.nearest = nearest, .from = from, .limit = 5, .best_chord2 = 5, .metres = -1};
    if (*hint < nearest->count) {
        search.best = *hint;
        search.best_chord2 = chord2(from->vector, nearest->places[*hint].v);
        search.limit = limit_of(search.best_chord2);
    }
    visit(&search, 0, 0, nearest->count);
    measure(&search);
    *hint = search.best;
    return search.metres;
}

/* ---- clusters ---- */

enum { CLUSTER_FLOATS = 4 + 3 * CLUSTER_PLACES, FAR_AWAY = 5 };

static uint32_t count_clusters(uint32_t places)
{
    if (places <= CLUSTER_PLACES)
        return 1;
    return count_clusters(places / 2) + count_clusters(places - places / 2); /* as build_node halves them */
}

static uint32_t room_of(uint32_t clusters)
{
    return (clusters + CLUSTERS_STEP - 1) / CLUSTERS_STEP * CLUSTERS_STEP;
}

static void clusters_lie(float *at, uint32_t count, Clusters *ret)
{
    size_t room = room_of(count), places = room * CLUSTER_PLACES;
    *ret = (Clusters){.count = count,
                      .cap_x = at,
                      .cap_y = at + room,
                      .cap_z = at + 2 * room,
                      .chord = at + 3 * room,
                      .x = at + 4 * room,
                      .y = at + 4 * room + places,
                      .z = at + 4 * room + 2 * places};
}

/* The middle is that of the extremes, in single precision: places are told from what it became. */
static void fill_cluster(const Place *places, uint32_t count, uint32_t cluster, uint32_t room, float *at)
{
    double most = 0, middle[3];
    for (uint32_t axis = 0; axis < 3; axis++) {
        double least = places[0].v[axis], greatest = least;
        float *to = at + 4 * (size_t)room + (axis * (size_t)room + cluster) * CLUSTER_PLACES;
        for (uint32_t i = 1; i < count; i++) {
            least = fmin(least, places[i].v[axis]);
            greatest = fmax(greatest, places[i].v[axis]);
        }
        at[axis * (size_t)room + cluster] = (float)((least + greatest) / 2);
        middle[axis] = at[axis * (size_t)room + cluster];
        for (uint32_t i = 0; i < CLUSTER_PLACES; i++)
            to[i] = i < count ? (float)(places[i].v[axis] - middle[axis]) : FAR_AWAY;
    }
    for (uint32_t i = 0; i < count; i++)
        most = fmax(most, chord2(middle, places[i].v));
    at[3 * (size_t)room + cluster] = (float)(sqrt(most) * (1 + 1e-6) + 1e-9);
}

/* Returns how many are filled. */
static uint32_t fill_clusters(const Place *places, uint32_t count, uint32_t filled, uint32_t room, float *at)
{
    if (count <= CLUSTER_PLACES) {
        fill_cluster(places, count, filled, room, at);
        return filled + 1;
    }
    filled = fill_clusters(places, count / 2, filled, room, at);
    return fill_clusters(places + count / 2, count - count / 2, filled, room, at);
}

void nearest_clusters(Arena *arena, const Nearest *nearest, Clusters *ret)
{
    uint32_t count = nearest->count > 0 ? count_clusters(nearest->count) : 0, room = room_of(count);
    float *at = arena_array(arena, float, (size_t)room *CLUSTER_FLOATS);
    for (uint32_t i = 0; i < room * 4; i++)
        at[i] = i < room * 3 ? FAR_AWAY : 0;
    if (count > 0)
        fill_clusters(nearest->places, nearest->count, 0, room, at);
    clusters_lie(at, count, ret);
}
