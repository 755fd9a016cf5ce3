/* How far the nearest of many places is from each row, a block at a time: which rows are closer to one than a
 * bound. All of it is done with chords of the unit sphere, which need no rule for the date line or the poles,
 * and no trigonometry once a place and the middle of a word are vectors.
 *
 * Places that lie close together are clusters with a cap around each, so are the rows of a block and those of
 * a word (64 rows; they are in Hilbert order). By the triangle inequality two caps tell that every row is
 * closer to every place than the bound, or that none is to any. So a block is compared with the clusters'
 * caps, a word with those of them that may matter to its block, and a word that is still not settled with the
 * places of the few clusters that may matter to it; only where the bound runs through the word are its rows
 * compared with the few places that are about as far away as the bound.
 *
 * That is done in single precision, in coordinates whose zero is the middle of the word, so that what is cut
 * off is a part in 10^7 of the bound and of the widest cluster, and not of the earth. Whoever is closer to
 * the bound than that is measured with distance_m: the answer is the exact one. */
#include "atlas/within.h"
#include "atlas/filter_bound.h"
#include "atlas/filter_scan.h"
#include "atlas/nearest.h"
#include "atlas/segment.h"
#include <math.h>
#include <string.h>

enum {
    WORD_ROWS = 64,
    CLUSTERS_SOME = 128, /* so many are told apart for a block or a word */
    PLACES_SOME = CLUSTERS_SOME * CLUSTER_PLACES,
    COST_WITHIN = 400,
    BEYOND_ALL = 5, /* longer than any chord, and than the sum of two */
};

/* What single precision cuts off: of lengths on the unit sphere, and as a part of them. */
#define SINGLE_ABSOLUTE 2e-6f
#define SINGLE_PART     1e-6
#define CHORD_ERROR     1e-9 /* and double */

/* Up to here a word's rows are placed around its middle by the first terms of sine and cosine: the next would
 * add a part in 10^9. */
static const double small_angle = 0.02;

static const double earth_m = 6371008.8, radian = M_PI / 180 / DEGREE;

struct Reach {
    Nearest *nearest; /* NULL: no place */
    Clusters clusters;
    uint32_t count;
};

const Reach *reach_new(Arena *arena, const Point *places, uint32_t count)
{
    Reach *reach = arena_new_of(arena, Reach);
    reach->count = count;
    if (count > 0) {
        nearest_build(arena, places, count, &reach->nearest);
        nearest_clusters(arena, reach->nearest, &reach->clusters);
    }
    return reach;
}

uint32_t reach_count(const Reach *reach)
{
    return reach->count;
}

int64_t reach_m(const Reach *reach, Point at, uint32_t *hint)
{
    NearestFrom from;
    if (reach->count == 0)
        return -1;
    nearest_from(at, &from);
    return nearest_m(reach->nearest, &from, hint);
}

/* A row is closer: at most `metres` from the nearest place, as a chord `bound`. */
typedef struct Bound {
    const Reach *reach;
    int64_t metres;
    double bound;
} Bound;

static bool is_closer(const Bound *bound, Point at, uint32_t *hint)
{
    return reach_m(bound->reach, at, hint) <= bound->metres;
}

/* ---- caps against clusters ---- */

typedef enum Settled { ALL_NO, ALL_YES, UNSURE } Settled;

/* Caps of clusters, CLUSTERS_STEP at a time: of all, or of those that may matter to a block or a word. */
typedef struct Caps {
    uint32_t count;
    const float *x, *y, *z, *chord;
    const uint32_t *number; /* which they are; NULL: all */
} Caps;

typedef struct Some {
    Caps caps;
    uint32_t number[CLUSTERS_SOME];
    float x[CLUSTERS_SOME], y[CLUSTERS_SOME], z[CLUSTERS_SOME], chord[CLUSTERS_SOME];
} Some;

static Caps all_caps(const Clusters *clusters)
{
    return (Caps){clusters->count, clusters->cap_x, clusters->cap_y, clusters->cap_z, clusters->chord, NULL};
}

/* Of the caps from `start` on, bit i: some row may be closer to a place of it. UINT32_MAX: all rows are to
 * all places of one. */
LEVELS static uint32_t meet_caps(const Caps *caps, uint32_t start, const float from[3], float far, float near)
{
    const float *x = caps->x + start, *y = caps->y + start, *z = caps->z + start,
                *chord = caps->chord + start;
    uint32_t hits = 0, sure = 0;
    for (uint32_t i = 0; i < CLUSTERS_STEP; i++) {
        float dx = x[i] - from[0], dy = y[i] - from[1], dz = z[i] - from[2];
        float apart = dx * dx + dy * dy + dz * dz, most = far + chord[i], least = near - chord[i];
        least = least > 0 ? least : 0;
        hits |= (uint32_t)(apart <= most * most) << i;
        sure |= (uint32_t)(apart < least * least) << i;
    }
    return sure ? UINT32_MAX : hits;
}

static void keep_cap(const Caps *from, uint32_t at, Some *to)
{
    uint32_t n = to->caps.count++;
    to->number[n] = from->number ? from->number[at] : at;
    to->x[n] = from->x[at];
    to->y[n] = from->y[at];
    to->z[n] = from->z[at];
    to->chord[n] = from->chord[at];
}

/* The step that the last of them is in is filled up. */
static void fill_step(Some *some)
{
    for (uint32_t n = some->caps.count; n % CLUSTERS_STEP != 0; n++) {
        some->x[n] = some->y[n] = some->z[n] = BEYOND_ALL;
        some->chord[n] = 0;
    }
}

/* UNSURE: ret has the clusters that may matter; or more than CLUSTERS_SOME do, and its caps are `from`. */
static Settled choose(const Bound *bound, const Caps *from, const Cap *cap, Some *ret)
{
    const float middle[3] = {(float)cap->middle[0], (float)cap->middle[1], (float)cap->middle[2]};
    float far = (float)(bound->bound + cap->chord) + SINGLE_ABSOLUTE;
    float near = (float)(bound->bound - cap->chord) - SINGLE_ABSOLUTE;
    bool fits = true;
    ret->caps = (Caps){0, ret->x, ret->y, ret->z, ret->chord, ret->number};
    for (uint32_t start = 0; start < from->count; start += CLUSTERS_STEP) {
        uint32_t hits = meet_caps(from, start, middle, far, near);
        if (hits == UINT32_MAX)
            return ALL_YES;
        for (uint32_t rest = hits; rest && fits; rest &= rest - 1) {
            fits = ret->caps.count < CLUSTERS_SOME;
            if (fits)
                keep_cap(from, start + (uint32_t)__builtin_ctz(rest), ret);
        }
    }
    fill_step(ret);
    if (!fits)
        ret->caps = *from;
    return ret->caps.count == 0 ? ALL_NO : UNSURE;
}

/* ---- the rows of a word ---- */

/* Rows, of which `placed` are asked. */
typedef struct Word {
    const Cap *cap;
    const Point *at;
    uint32_t rows;
    uint64_t placed;
} Word;

/* East, north and up at the middle of a cap. */
typedef struct Frame {
    float east[3], north[3], up[3];
    Point middle;
    float sine, cosine; /* of the middle's latitude */
} Frame;

/* False: too wide, or too close to a pole. */
static bool frame_of(const Cap *cap, Frame *ret)
{
    const double *up = cap->middle;
    double cosine = sqrt(up[0] * up[0] + up[1] * up[1]);
    if (cap->chord > small_angle * cosine)
        return false;
    *ret =
        (Frame){.east = {(float)(-up[1] / cosine), (float)(up[0] / cosine), 0},
                .north = {(float)(-up[2] * up[0] / cosine), (float)(-up[2] * up[1] / cosine), (float)cosine},
                .up = {(float)up[0], (float)up[1], (float)up[2]},
                .middle = cap->at,
                .sine = (float)up[2],
                .cosine = (float)cosine};
    return true;
}

/* Rows as they lie from the middle. What has no geometry is placed anywhere: nobody asks for it. */
LEVELS static void place_rows(const Frame *frame, const Point *rows, float *east, float *north, float *up)
{
    float sine = frame->sine, cosine = frame->cosine;
    for (uint32_t i = 0; i < WORD_ROWS; i++) {
        float lon = (float)(int32_t)((uint32_t)rows[i].lon - (uint32_t)frame->middle.lon) * (float)radian;
        float lat = (float)(int32_t)((uint32_t)rows[i].lat - (uint32_t)frame->middle.lat) * (float)radian;
        float lon2 = lon * lon, lat2 = lat * lat;
        float sin_lon = lon - lon * lon2 / 6, versed_lon = lon2 / 2 - lon2 * lon2 / 24;
        float sin_lat = lat - lat * lat2 / 6, versed_lat = lat2 / 2 - lat2 * lat2 / 24;
        float own_cosine = cosine * (1 - versed_lat) - sine * sin_lat;
        east[i] = own_cosine * sin_lon;
        north[i] = sin_lat + own_cosine * sine * versed_lon;
        up[i] = -versed_lat - own_cosine * cosine * versed_lon;
    }
}

/* Places in a word's frame. */
typedef struct Around {
    float x[PLACES_SOME], y[PLACES_SOME], z[PLACES_SOME];
    uint32_t count;
} Around;

/* A cluster's places as they lie from the middle of a word, from which its own lies at x, y, z. */
typedef struct Moved {
    float x[CLUSTER_PLACES], y[CLUSTER_PLACES], z[CLUSTER_PLACES];
    float least;  /* chord² */
    uint32_t far; /* bit i: the place is not further than asked */
} Moved;

LEVELS static void move_places(const Clusters *clusters, uint32_t cluster, float x, float y, float z,
                               float far, Moved *ret)
{
    const float *from_x = clusters->x + (size_t)cluster * CLUSTER_PLACES;
    const float *from_y = clusters->y + (size_t)cluster * CLUSTER_PLACES;
    const float *from_z = clusters->z + (size_t)cluster * CLUSTER_PLACES;
    float least = BEYOND_ALL;
    uint32_t within = 0;
    for (uint32_t i = 0; i < CLUSTER_PLACES; i++) {
        float dx = from_x[i] + x, dy = from_y[i] + y, dz = from_z[i] + z, own = dx * dx + dy * dy + dz * dz;
        ret->x[i] = dx;
        ret->y[i] = dy;
        ret->z[i] = dz;
        within |= (uint32_t)(own <= far) << i;
        least = own < least ? own : least;
    }
    ret->least = least;
    ret->far = within;
}

static float along(const float axis[3], float x, float y, float z)
{
    return axis[0] * x + axis[1] * y + axis[2] * z;
}

/* Those that are not further than asked, turned into the frame. */
static void keep_places(const Frame *frame, const Moved *moved, Around *around)
{
    for (uint32_t rest = moved->far; rest; rest &= rest - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(rest), n = around->count++;
        around->x[n] = along(frame->east, moved->x[i], moved->y[i], moved->z[i]);
        around->y[n] = along(frame->north, moved->x[i], moved->y[i], moved->z[i]);
        around->z[n] = along(frame->up, moved->x[i], moved->y[i], moved->z[i]);
    }
}

/* Rows closer to one of the places than the root of `sure`; and others, only than that of `no`. */
LEVELS static void compare(const Around *around, const float *east, const float *north, const float *up,
                           float sure, float no, uint64_t *ret_yes, uint64_t *ret_close)
{
    enum { HALF = WORD_ROWS / 2 };
    float least[WORD_ROWS];
    for (uint32_t i = 0; i < WORD_ROWS; i++)
        least[i] = BEYOND_ALL;
    for (uint32_t p = 0; p < around->count; p++) {
        float at_x = around->x[p], at_y = around->y[p], at_z = around->z[p];
        for (uint32_t i = 0; i < WORD_ROWS; i++) {
            float x = east[i] - at_x, y = north[i] - at_y, z = up[i] - at_z;
            float chord2 = x * x + y * y + z * z;
            least[i] = chord2 < least[i] ? chord2 : least[i];
        }
    }
    uint64_t yes = 0, close = 0;
    for (uint32_t half = 0; half < 2; half++) {
        uint32_t below = 0, not_above = 0;
        for (uint32_t i = 0; i < HALF; i++) {
            below |= (uint32_t)(least[half * HALF + i] < sure) << i;
            not_above |= (uint32_t)(least[half * HALF + i] <= no) << i;
        }
        yes |= (uint64_t)below << (half * HALF);
        close |= (uint64_t)not_above << (half * HALF);
    }
    *ret_yes = yes;
    *ret_close = close & ~yes;
}

static double square_above(double n)
{
    return n > 0 ? n * n : -1;
}

static uint64_t measure_rows(const Bound *bound, const Word *word, uint64_t which, uint32_t *hint)
{
    uint64_t yes = 0;
    for (uint64_t rest = which; rest; rest &= rest - 1)
        if (is_closer(bound, word->at[__builtin_ctzll(rest)], hint))
            yes |= rest & -rest;
    return yes;
}

static uint64_t compare_rows(const Bound *bound, const Some *some, const Frame *frame, const Word *word,
                             uint32_t *hint)
{
    Around around;
    Moved moved;
    Point at[WORD_ROWS];
    float east[WORD_ROWS], north[WORD_ROWS], up[WORD_ROWS];
    const double *middle = word->cap->middle;
    double radius = word->cap->chord, widest = 0; /* places are stored as they lie in their clusters */
    for (uint32_t i = 0; i < some->caps.count; i++)
        widest = some->chord[i] > widest ? some->chord[i] : widest;
    double slack = SINGLE_PART * (bound->bound + 2 * radius + 2 * widest) + CHORD_ERROR;
    double far = square_above(bound->bound + radius + slack),
           all = square_above(bound->bound - radius - slack);
    uint64_t yes, close;
    around.count = 0;
    for (uint32_t i = 0; i < some->caps.count; i++) {
        move_places(&bound->reach->clusters, some->number[i], (float)(some->x[i] - middle[0]),
                    (float)(some->y[i] - middle[1]), (float)(some->z[i] - middle[2]), (float)far, &moved);
        if (moved.least < (float)all)
            return word->placed;
        keep_places(frame, &moved, &around);
    }
    if (around.count == 0)
        return 0;
    memcpy(at, word->at, word->rows * sizeof *at);
    memset(at + word->rows, 0, (WORD_ROWS - word->rows) * sizeof *at);
    place_rows(frame, at, east, north, up);
    compare(&around, east, north, up, (float)square_above(bound->bound - slack),
            (float)square_above(bound->bound + slack), &yes, &close);
    return (yes & word->placed) | measure_rows(bound, word, close & word->placed, hint);
}

/* ---- words ---- */

static uint64_t settle_word(const Bound *bound, const Caps *of_block, const Word *word, bool whole,
                            uint32_t *hint);

/* A word that reaches from one town to another: each of its runs of rows that lie close together for itself.
 */
static uint64_t settle_runs(const Bound *bound, const Caps *of_block, const Word *word, uint32_t *hint)
{
    const int64_t wide = (int64_t)(small_angle / radian / 8);
    uint64_t yes = 0;
    for (uint32_t start = 0, end; start < word->rows; start = end) {
        Point at = word->at[start];
        Box box = {at.lon, at.lat, at.lon, at.lat};
        for (end = start + 1; end < word->rows; end++) {
            at = word->at[end];
            Box more = box_join(box, (Box){at.lon, at.lat, at.lon, at.lat});
            if ((int64_t)more.east - more.west > wide || (int64_t)more.north - more.south > wide)
                break;
            box = more;
        }
        Cap cap;
        cap_of(box, &cap);
        uint64_t rows = end - start == WORD_ROWS ? UINT64_MAX : (UINT64_C(1) << (end - start)) - 1;
        const Word run = {&cap, word->at + start, end - start, word->placed >> start & rows};
        if (run.placed)
            yes |= settle_word(bound, of_block, &run, false, hint) << start;
    }
    return yes;
}

/* Those closer than the bound. */
static uint64_t settle_word(const Bound *bound, const Caps *of_block, const Word *word, bool whole,
                            uint32_t *hint)
{
    Some some;
    Frame frame;
    Settled settled = choose(bound, of_block, word->cap, &some);
    if (settled != UNSURE)
        return settled == ALL_YES ? word->placed : 0;
    if (some.caps.number == some.number && frame_of(word->cap, &frame))
        return compare_rows(bound, &some, &frame, word, hint);
    return whole ? settle_runs(bound, of_block, word, hint) : measure_rows(bound, word, word->placed, hint);
}

/* ---- blocks ---- */

/* Rows without a geometry. */
static uint64_t unplaced_rows(const Table *table, uint32_t from, uint32_t rows)
{
    uint64_t unplaced = 0;
    for (uint32_t i = 0; i < rows; i++)
        unplaced |= (uint64_t)(table->boxes[from + i].west > table->boxes[from + i].east) << i;
    return unplaced;
}

/* `ret` finds the rows to be asked about, and keeps of them those that are closer. */
static void keep_closer(const Bound *bound, const Table *table, uint32_t block, uint64_t *ret)
{
    const Cap *cap = &table->block_caps[block];
    uint32_t start = block * BLOCK_ROWS, hint = 0;
    Some some;
    if (cap->chord < 0)
        return; /* there are none */
    const Caps all = all_caps(&bound->reach->clusters);
    Settled settled = choose(bound, &all, cap, &some);
    if (settled == ALL_YES)
        return;
    for (uint32_t w = 0; w < BLOCK_WORDS && start + w * WORD_ROWS < table->rows; w++) {
        uint32_t from = start + w * WORD_ROWS, left = table->rows - from;
        const Word word = {&table->word_caps[from / WORD_ROWS], table->anchors + from,
                           left < WORD_ROWS ? left : WORD_ROWS, ret[w]};
        if (word.placed)
            ret[w] = settled == ALL_NO ? 0 : settle_word(bound, &some.caps, &word, true, &hint);
    }
}

typedef struct Within {
    Bound most, less; /* at most the greatest, and not at most one less than the least */
} Within;

static void within_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    const Table *table = bound->table;
    const Within *within = bound->state;
    uint32_t start = block * BLOCK_ROWS, rows = table->rows - start;
    rows = rows < BLOCK_ROWS ? rows : BLOCK_ROWS;
    uint64_t closer[BLOCK_WORDS];
    for (uint32_t w = 0; w < bits_words(rows); w++) {
        uint32_t left = rows - w * WORD_ROWS;
        uint64_t all = left < WORD_ROWS ? (UINT64_C(1) << left) - 1 : UINT64_MAX;
        if (table->block_places[block].count < rows)
            maybe[w] = unplaced_rows(table, start + w * WORD_ROWS, left < WORD_ROWS ? left : WORD_ROWS);
        yes[w] = all & ~maybe[w];
    }
    keep_closer(&within->most, table, block, yes);
    if (within->less.metres < 0)
        return;
    memcpy(closer, yes, sizeof closer);
    keep_closer(&within->less, table, block, closer);
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        yes[w] &= ~closer[w];
}

static Truth within_one(const BoundFilter *bound, uint32_t row)
{
    const Within *within = bound->state;
    uint32_t hint = 0;
    if (!box_valid(bound->table->boxes[row]))
        return TRUTH_MAYBE;
    int64_t metres = reach_m(within->most.reach, bound->table->anchors[row], &hint);
    return within->less.metres < metres && metres <= within->most.metres ? TRUTH_YES : TRUTH_NO;
}

/* Whole metres are rounded: up to half a metre more counts. */
static Bound bound_of(const Reach *reach, int64_t metres)
{
    double angle = ((double)metres + 0.5) / earth_m;
    return (Bound){reach, metres, angle < M_PI ? 2 * sin(angle / 2) : BEYOND_ALL};
}

const BoundFilter *ground_within(Arena *arena, const Table *table, const Reach *reach, int64_t least,
                                 int64_t greatest)
{
    static const BoundCall call = {within_block, within_one, COST_WITHIN, true};
    BoundFilter *bound = arena_new_of(arena, BoundFilter);
    bound->table = table;
    bound->shape = reach->count > 0 ? BOUND_CALL : BOUND_MAYBE;
    if (reach->count == 0)
        return bound;
    Within *within = arena_new_of(arena, Within);
    *within = (Within){bound_of(reach, greatest), bound_of(reach, least > 0 ? least - 1 : -1)};
    bound->call = &call;
    bound->state = within;
    return bound;
}
