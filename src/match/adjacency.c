#include "match/adjacency.h"
#include "geo/rtree.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The mean sphere of distance_m, so that a gap and a distance agree. */
#define METRES_PER_UNIT (6371008.8 * 3.14159265358979323846 / 180 / DEGREE)

enum { CM = 100, NO_GAP = UINT32_MAX };

typedef struct Link {
    uint32_t from, to, gap_cm;
} Link;

typedef struct Links {
    Link *at;
    uint32_t count, room;
} Links;

typedef struct Maker {
    Arena *arena, *scratch; /* scratch: emptied after each pair */
    const Geometry *shapes;
    const Box *boxes, *wide; /* wide: by the limit */
    uint32_t limit_cm;
    uint64_t looks; /* at edges and pairs of them, so far */
    const Point *anchors;
    Links links, rivals; /* both ways */
    bool bounded;
} Maker;

/* ---- the gap of a pair ---- */

typedef struct Spot2 {
    double x, y; /* metres */
} Spot2;

typedef struct Piece {
    Spot2 a, b;
    Spot2 low, high; /* the box around it */
} Piece;

typedef struct Pieces {
    Piece *at;
    uint32_t count;
} Pieces;

static double cos_at(double lat)
{
    return cos(lat / DEGREE * 3.14159265358979323846 / 180);
}

/* A box widened by metres; outward, so that nothing is missed. */
static Box widen(Box box, double metres)
{
    double lat = fmax(fabs((double)box.south), fabs((double)box.north));
    double up = ceil(metres / METRES_PER_UNIT) + 1;
    double across = ceil(metres / METRES_PER_UNIT / fmax(cos_at(lat + up), 1e-6)) + 1;
    return (Box){(int32_t)fmax(box.west - across, INT32_MIN), (int32_t)fmax(box.south - up, INT32_MIN),
                 (int32_t)fmin(box.east + across, INT32_MAX), (int32_t)fmin(box.north + up, INT32_MAX)};
}

/* The edges of a shape that could lie in the box, in metres from `origin`. */
static Pieces pieces_in(Arena *arena, const Geometry *shape, Box box, Point origin, double east_m)
{
    Pieces pieces = {arena_array(arena, Piece, shape->point_count), 0};
    for (uint32_t r = 0; r < shape->ring_count; r++)
        for (uint32_t i = geometry_ring_start(shape, r); i + 1 < shape->ring_ends[r]; i++) {
            Point a = shape->points[i], b = shape->points[i + 1];
            Box own = {a.lon < b.lon ? a.lon : b.lon, a.lat < b.lat ? a.lat : b.lat,
                       a.lon < b.lon ? b.lon : a.lon, a.lat < b.lat ? b.lat : a.lat};
            if (!box_meets(own, box))
                continue;
            Spot2 from = {((double)a.lon - origin.lon) * east_m,
                          ((double)a.lat - origin.lat) * METRES_PER_UNIT};
            Spot2 to = {((double)b.lon - origin.lon) * east_m,
                        ((double)b.lat - origin.lat) * METRES_PER_UNIT};
            Spot2 low = {from.x < to.x ? from.x : to.x, from.y < to.y ? from.y : to.y};
            Spot2 high = {from.x < to.x ? to.x : from.x, from.y < to.y ? to.y : from.y};
            pieces.at[pieces.count++] = (Piece){from, to, low, high};
        }
    return pieces;
}

static double spot_to_piece2(Spot2 p, Piece s)
{
    double dx = s.b.x - s.a.x, dy = s.b.y - s.a.y, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - s.a.x) * dx + (p.y - s.a.y) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double x = s.a.x + t * dx - p.x, y = s.a.y + t * dy - p.y;
    return x * x + y * y;
}

static double side_of(Piece s, Spot2 p)
{
    return (s.b.x - s.a.x) * (p.y - s.a.y) - (s.b.y - s.a.y) * (p.x - s.a.x);
}

/* Two segments that do not cross are nearest at an end of one of them. */
static double piece_to_piece2(Piece s, Piece t)
{
    if (side_of(s, t.a) * side_of(s, t.b) < 0 && side_of(t, s.a) * side_of(t, s.b) < 0)
        return 0;
    double least2 = spot_to_piece2(s.a, t);
    const double others2[] = {spot_to_piece2(s.b, t), spot_to_piece2(t.a, s), spot_to_piece2(t.b, s)};
    for (int i = 0; i < 3; i++)
        least2 = others2[i] < least2 ? others2[i] : least2;
    return least2;
}

static double apart(double a_low, double a_high, double b_low, double b_high)
{
    return a_high < b_low ? b_low - a_high : b_high < a_low ? a_low - b_high : 0;
}

/* The square of the distance between the boxes around two segments: they are no nearer. */
static double boxes_apart2(const Piece *s, const Piece *t)
{
    double x = apart(s->low.x, s->high.x, t->low.x, t->high.x),
           y = apart(s->low.y, s->high.y, t->low.y, t->high.y);
    return x * x + y * y;
}

static bool may_look(Maker *maker, uint64_t looks)
{
    bool may = looks <= ADJACENCY_LOOKS_MAX - maker->looks;
    maker->looks += may ? looks : 0;
    maker->bounded |= !may;
    return may;
}

/* NO_GAP: farther than the limit. */
static uint32_t gap_of(Maker *maker, uint32_t a, uint32_t b)
{
    Box box_a = maker->boxes[a], box_b = maker->boxes[b];
    double metres = (maker->limit_cm + 1.0) / CM, least2 = metres * metres;
    Point origin = {(int32_t)(((int64_t)box_a.west + box_b.east) / 2),
                    (int32_t)(((int64_t)box_a.south + box_b.north) / 2)};
    double east_m = METRES_PER_UNIT * cos_at(origin.lat);
    arena_reset(maker->scratch);
    Pieces near_b = pieces_in(maker->scratch, &maker->shapes[a], maker->wide[b], origin, east_m);
    Pieces near_a = pieces_in(maker->scratch, &maker->shapes[b], maker->wide[a], origin, east_m);
    if (!may_look(maker, (uint64_t)near_a.count * near_b.count))
        return NO_GAP;
    for (uint32_t i = 0; i < near_b.count; i++)
        for (uint32_t j = 0; j < near_a.count && least2 > 0; j++)
            if (boxes_apart2(&near_b.at[i], &near_a.at[j]) < least2) {
                double apart2 = piece_to_piece2(near_b.at[i], near_a.at[j]);
                least2 = apart2 < least2 ? apart2 : least2;
            }
    double gap_cm = floor(sqrt(least2) * CM + 0.5);
    return gap_cm <= maker->limit_cm ? (uint32_t)gap_cm : NO_GAP;
}

/* ---- all pairs ---- */

static void push(Arena *arena, Links *links, Link link)
{
    if (links->count == links->room) {
        links->room = 2 * links->room + 1024;
        Link *grown = arena_array(arena, Link, links->room);
        if (links->count > 0)
            memcpy(grown, links->at, links->count * sizeof *grown);
        links->at = grown;
    }
    links->at[links->count++] = link;
}

typedef struct Visit {
    uint32_t of, count, found[ADJACENCY_CANDIDATES_MAX];
    bool full;
} Visit;

static bool visit(uint32_t row, void *user)
{
    Visit *visit = user;
    if (row == visit->of)
        return true;
    if (visit->count == ADJACENCY_CANDIDATES_MAX) {
        visit->full = true;
        return false;
    }
    visit->found[visit->count++] = row;
    return true;
}

static bool are_rivals(const Maker *maker, uint32_t a, uint32_t b)
{
    return (box_meets(maker->boxes[a], maker->boxes[b])) &&
           (geometry_contains(&maker->shapes[a], maker->anchors[b]) ||
            geometry_contains(&maker->shapes[b], maker->anchors[a]));
}

/* Each pair once, by its first plot; both ways into the links. */
static void link_pairs(Maker *maker, const RTree *tree, uint32_t plot)
{
    Visit found = {.of = plot};
    rtree_search(tree, maker->wide[plot], visit, &found);
    maker->bounded |= found.full;
    for (uint32_t i = 0; i < found.count; i++) {
        uint32_t other = found.found[i];
        if (other < plot ||
            !may_look(maker, (uint64_t)maker->shapes[plot].point_count + maker->shapes[other].point_count))
            continue;
        bool rivals = are_rivals(maker, plot, other);
        uint32_t gap = rivals ? 0 : gap_of(maker, plot, other);
        if (gap == NO_GAP)
            continue;
        push(maker->arena, rivals ? &maker->rivals : &maker->links, (Link){plot, other, gap});
        push(maker->arena, rivals ? &maker->rivals : &maker->links, (Link){other, plot, gap});
    }
}

static int nearest_first(const void *a, const void *b)
{
    const Link *x = a, *y = b;
    if (x->gap_cm != y->gap_cm)
        return x->gap_cm < y->gap_cm ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static int by_other(const void *a, const void *b)
{
    const Link *x = a, *y = b;
    return (x->to > y->to) - (x->to < y->to);
}

/* Puts links in order of `from`; ret_ends[i]: the end of plot i's. */
static void group(Arena *arena, Links *links, uint32_t count, uint32_t *ret_ends)
{
    Link *grouped = arena_array(arena, Link, links->count);
    uint32_t *next = arena_zarray(arena, uint32_t, (size_t)count + 1);
    for (uint32_t i = 0; i < links->count; i++)
        next[links->at[i].from + 1]++;
    for (uint32_t i = 0; i < count; i++)
        ret_ends[i] = next[i + 1] += next[i];
    for (uint32_t i = 0; i < links->count; i++)
        grouped[next[links->at[i].from]++] = links->at[i];
    links->at = grouped;
}

static void drop(Links *links, const uint32_t *ends, uint32_t from, uint32_t to)
{
    for (uint32_t i = from ? ends[from - 1] : 0; i < ends[from]; i++)
        if (links->at[i].to == to)
            links->at[i].gap_cm = NO_GAP;
}

/* A link stays if it is among the nearest of both. Then each plot's links by the other's number. */
static void settle(Maker *maker, Links *links, uint32_t count)
{
    uint32_t *ends = arena_zarray(maker->arena, uint32_t, (size_t)count + 1), kept = 0;
    group(maker->arena, links, count, ends);
    for (uint32_t plot = 0, from = 0; plot < count; from = ends[plot++]) {
        uint32_t degree = ends[plot] - from;
        if (links == &maker->links && degree > ADJACENCY_NEIGHBOURS_MAX) {
            maker->bounded = true;
            qsort(links->at + from, degree, sizeof *links->at, nearest_first);
            for (uint32_t i = from + ADJACENCY_NEIGHBOURS_MAX; i < ends[plot]; i++) {
                links->at[i].gap_cm = NO_GAP;
                drop(links, ends, links->at[i].to, plot);
            }
        }
    }
    for (uint32_t plot = 0, from = 0; plot < count; from = ends[plot++])
        if (ends[plot] > from + 1)
            qsort(links->at + from, ends[plot] - from, sizeof *links->at, by_other);
    for (uint32_t i = 0; i < links->count; i++)
        if (links->at[i].gap_cm != NO_GAP)
            links->at[kept++] = links->at[i];
    links->count = kept;
}

/* From links in order to lists by plot; ret_gaps may be NULL. */
static void list_by_plot(Arena *arena, const Links *links, uint32_t count, const uint32_t **ret_ends,
                         const uint32_t **ret_others, const uint32_t **ret_gaps)
{
    uint32_t *ends = arena_array(arena, uint32_t, count), at = 0;
    uint32_t *others = arena_array(arena, uint32_t, links->count),
             *gaps = arena_array(arena, uint32_t, links->count);
    for (uint32_t i = 0; i < count; i++) {
        for (; at < links->count && links->at[at].from == i; at++) {
            others[at] = links->at[at].to;
            gaps[at] = links->at[at].gap_cm;
        }
        ends[i] = at;
    }
    *ret_ends = ends;
    *ret_others = others;
    if (ret_gaps)
        *ret_gaps = gaps;
}

void adjacency_build(Arena *arena, const Geometry *shapes, uint32_t count, uint32_t gap_m, Adjacency *ret)
{
    Maker maker = {.arena = arena, .scratch = arena_new(), .shapes = shapes, .limit_cm = gap_m * CM};
    Box *boxes = arena_array(arena, Box, count), *wide = arena_array(arena, Box, count);
    Point *anchors = arena_array(arena, Point, count);
    RTree tree;
    for (uint32_t i = 0; i < count; i++) {
        boxes[i] = geometry_box(&shapes[i]);
        anchors[i] = geometry_anchor(&shapes[i]);
        wide[i] = widen(boxes[i], (maker.limit_cm + 1.0) / CM);
    }
    maker.boxes = boxes;
    maker.wide = wide;
    maker.anchors = anchors;
    rtree_build(arena, boxes, count, &tree);
    for (uint32_t i = 0; i < count; i++)
        link_pairs(&maker, &tree, i);
    arena_free(maker.scratch);
    settle(&maker, &maker.links, count);
    settle(&maker, &maker.rivals, count);
    list_by_plot(arena, &maker.links, count, &ret->ends, &ret->neighbours, &ret->gaps_cm);
    list_by_plot(arena, &maker.rivals, count, &ret->rival_ends, &ret->rivals, NULL);
    ret->bounded = maker.bounded;
}

static uint32_t gap_between(const Adjacency *adjacency, uint32_t a, uint32_t b)
{
    for (uint32_t i = adjacency_start(adjacency, a); i < adjacency->ends[a]; i++)
        if (adjacency->neighbours[i] == b)
            return adjacency->gaps_cm[i];
    return NO_GAP;
}

uint32_t adjacency_widest_gap(const Adjacency *adjacency, const uint32_t *plots, uint32_t count)
{
    uint32_t reached = 1, widest = 0;
    for (uint32_t step = 1; step < count; step++) {
        uint32_t least = NO_GAP, next = 0;
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t j = 0; j < count && reached >> i & 1; j++) {
                if (reached >> j & 1)
                    continue;
                uint32_t gap = gap_between(adjacency, plots[i], plots[j]);
                if (gap < least) {
                    least = gap;
                    next = j;
                }
            }
        if (least == NO_GAP)
            return widest;
        widest = least > widest ? least : widest;
        reached |= UINT32_C(1) << next;
    }
    return widest;
}
