/* How far the nearest of many places is from each row, a block at a time: which rows are closer to one than a
 * bound. All of it is done with chords of the unit sphere, which need no rule for the date line or the poles
 * and no trigonometry once a place and the middle of a word are vectors.
 *
 * Rows are in Hilbert order, so the anchors of a word (64 rows) lie close together, those of a block nearly
 * so, and a cap around each (table.h) is worked out when the table is opened. By the triangle inequality a
 * row's distance is that of its cap's middle, give or take the cap's radius: that settles most blocks with
 * one search of the k-d tree. For the others the places that could matter to any of their rows are gathered
 * once, and each word's middle is compared with these: most words are settled then. In the words that are
 * left, through which the bound runs, rows are compared with the few places about as far away as the bound.
 *
 * Comparisons with gathered places are in single precision, in coordinates whose zero is the middle of the
 * block or of the word, so that what is cut off is a part in 10^7 of the bound and not of the earth. Whoever
 * is closer to the bound than that is measured with distance_m: the answer is the exact one. */
#include "atlas/within.h"
#include "atlas/filter_bound.h"
#include "atlas/filter_scan.h"
#include "atlas/nearest.h"
#include <math.h>
#include <string.h>

enum {
    WORD_ROWS = 64,
    GATHERED_MAX = 1024,
    GROUP = 16, /* gathered places that are looked at together: they lie close to each other */
    COST_WITHIN = 400
};

/* A chord's own error, and of a sum of two in single precision: so much of the lengths that went into it. */
#define EXACTLY 1e-9
#define SINGLY  1e-6

/* Longer than any chord, and than the sum of two. */
enum { BEYOND_ALL = 5 };

/* Up to here a word's rows are placed around its middle by the first terms of sine and cosine: the next would
 * add a part in 10^9. */
static const double small_angle = 0.02;

static const double earth_m = 6371008.8, radian = M_PI / 180 / DEGREE;

struct Reach {
    Nearest *nearest;
    uint32_t count;
};

const Reach *reach_new(Arena *arena, const Point *places, uint32_t count)
{
    Reach *reach = arena_new_of(arena, Reach);
    reach->count = count;
    if (count > 0)
        nearest_build(arena, places, count, &reach->nearest);
    return reach;
}

const Reach *reach_copy(Arena *arena, const Reach *reach)
{
    Reach *copy = arena_copy(arena, reach, sizeof *reach);
    if (reach->nearest)
        copy->nearest = nearest_copy(arena, reach->nearest);
    return copy;
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

/* ---- caps ---- */

/* A row is closer: at most `metres` from the nearest place, as a chord `bound`. */
typedef struct Bound {
    const Nearest *nearest;
    int64_t metres;
    double bound;
} Bound;

typedef enum Settled { ALL_NO, ALL_YES, UNSURE } Settled;

static bool is_closer(const Bound *bound, Point at, uint32_t *hint)
{
    NearestFrom from;
    nearest_from(at, &from);
    return nearest_m(bound->nearest, &from, hint) <= bound->metres;
}

static Settled settle_cap(const Bound *bound, const Cap *cap, uint32_t *hint)
{
    double chord = sqrt(nearest_chord2(bound->nearest, cap->middle, hint)), slack = EXACTLY * (chord + 1e-3);
    if (chord + cap->chord + slack < bound->bound)
        return ALL_YES;
    return chord - cap->chord - slack > bound->bound ? ALL_NO : UNSURE;
}

/* ---- the places that matter to a block ---- */

/* Places, as they lie from `zero`. */
typedef struct Gathered {
    const Bound *bound;
    double zero[3];
    double at[GATHERED_MAX][3];
    float x[GATHERED_MAX], y[GATHERED_MAX], z[GATHERED_MAX];
    uint32_t count;
} Gathered;

/* False: there are too many. */
static bool gather(const Bound *bound, const Cap *cap, Gathered *ret)
{
    double limit = (bound->bound + cap->chord) * (1 + SINGLY) + EXACTLY;
    ret->count = nearest_within(bound->nearest, cap->middle, limit * limit, GATHERED_MAX, ret->at);
    if (ret->count > GATHERED_MAX)
        return false;
    ret->bound = bound;
    for (int axis = 0; axis < 3; axis++)
        ret->zero[axis] = cap->middle[axis];
    for (uint32_t i = 0; i < ret->count; i++) {
        ret->x[i] = (float)(ret->at[i][0] - cap->middle[0]);
        ret->y[i] = (float)(ret->at[i][1] - cap->middle[1]);
        ret->z[i] = (float)(ret->at[i][2] - cap->middle[2]);
    }
    for (uint32_t i = ret->count; i % GROUP != 0; i++) /* further than any bound */
        ret->x[i] = ret->y[i] = ret->z[i] = BEYOND_ALL;
    return true;
}

/* Chords² from one point to all of them: of each, and the least of every GROUP; returns the least of all. */
LEVELS static float chords_to(const Gathered *gathered, const float from[3], float *ret, float *ret_groups)
{
    float least = BEYOND_ALL;
    for (uint32_t group = 0; group * GROUP < gathered->count; group++) {
        const float *x = gathered->x + group * GROUP, *y = gathered->y + group * GROUP,
                    *z = gathered->z + group * GROUP;
        float own = BEYOND_ALL;
        for (uint32_t i = 0; i < GROUP; i++) {
            float dx = x[i] - from[0], dy = y[i] - from[1], dz = z[i] - from[2];
            float chord2 = dx * dx + dy * dy + dz * dz;
            ret[group * GROUP + i] = chord2;
            own = chord2 < own ? chord2 : own;
        }
        ret_groups[group] = own;
        least = own < least ? own : least;
    }
    return least;
}

/* ---- the rows of a word ---- */

/* East, north and up at the middle of a cap: a plane of its own for the word. */
typedef struct Frame {
    double east[3], north[3], up[3];
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
    *ret = (Frame){.east = {-up[1] / cosine, up[0] / cosine, 0},
                   .north = {-up[2] * up[0] / cosine, -up[2] * up[1] / cosine, cosine},
                   .up = {up[0], up[1], up[2]},
                   .middle = cap->at,
                   .sine = (float)up[2],
                   .cosine = (float)cosine};
    return true;
}

static float along(const double axis[3], const double v[3])
{
    return (float)(axis[0] * v[0] + axis[1] * v[1] + axis[2] * v[2]);
}

/* Rows as they lie from the middle. What no geometry has is placed anywhere: nobody asks for it. */
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

LEVELS static void least_chords(const float *east, const float *north, const float *up,
                                const float (*places)[3], uint32_t count, float ret[WORD_ROWS])
{
    for (uint32_t i = 0; i < WORD_ROWS; i++)
        ret[i] = BEYOND_ALL;
    for (uint32_t p = 0; p < count; p++)
        for (uint32_t i = 0; i < WORD_ROWS; i++) {
            float x = east[i] - places[p][0], y = north[i] - places[p][1], z = up[i] - places[p][2];
            float chord2 = x * x + y * y + z * z;
            ret[i] = chord2 < ret[i] ? chord2 : ret[i];
        }
}

/* A word's rows, of which `placed` are asked. */
typedef struct Word {
    const Cap *cap;
    const Point *at;
    uint32_t rows;
    uint64_t placed;
} Word;

static uint64_t measure_rows(const Bound *bound, const Word *word, uint64_t which, uint32_t *hint)
{
    uint64_t yes = 0;
    for (uint64_t rest = which; rest; rest &= rest - 1)
        if (is_closer(bound, word->at[__builtin_ctzll(rest)], hint))
            yes |= rest & -rest;
    return yes;
}

static double square_above(double n)
{
    return n > 0 ? n * n : -1;
}

static uint64_t compare_rows(const Gathered *gathered, const Word *word, const uint16_t *some, uint32_t count,
                             uint32_t *hint)
{
    Frame frame;
    Point at[WORD_ROWS] = {{0}};
    float places[GATHERED_MAX][3], east[WORD_ROWS], north[WORD_ROWS], up[WORD_ROWS], least[WORD_ROWS];
    const Bound *bound = gathered->bound;
    if (!frame_of(word->cap, &frame))
        return measure_rows(bound, word, word->placed, hint);
    for (uint32_t i = 0; i < count; i++) {
        double from[3];
        for (int axis = 0; axis < 3; axis++)
            from[axis] = gathered->at[some[i]][axis] - word->cap->middle[axis];
        places[i][0] = along(frame.east, from);
        places[i][1] = along(frame.north, from);
        places[i][2] = along(frame.up, from);
    }
    memcpy(at, word->at, word->rows * sizeof *at);
    place_rows(&frame, at, east, north, up);
    least_chords(east, north, up, places, count, least);
    double slack = SINGLY * (bound->bound + 2 * word->cap->chord) + EXACTLY;
    float sure = (float)square_above(bound->bound - slack), no = (float)square_above(bound->bound + slack);
    uint64_t yes = 0, close = 0;
    for (uint32_t i = 0; i < WORD_ROWS; i++) {
        yes |= (uint64_t)(least[i] < sure) << i;
        close |= (uint64_t)(least[i] >= sure && least[i] <= no) << i;
    }
    return (yes & word->placed) | measure_rows(bound, word, close & word->placed, hint);
}

/* Those closer than the bound. A word whose cap lies anyhow in the block's. */
static uint64_t compare_word(const Gathered *gathered, double block_chord, const Word *word, uint32_t *hint)
{
    float chords[GATHERED_MAX], groups[GATHERED_MAX / GROUP], from[3];
    uint16_t some[GATHERED_MAX + 1];
    uint32_t count = 0;
    for (int axis = 0; axis < 3; axis++)
        from[axis] = (float)(word->cap->middle[axis] - gathered->zero[axis]);
    double bound = gathered->bound->bound, radius = word->cap->chord;
    double slack = SINGLY * (bound + 2 * block_chord) + EXACTLY;
    float least = chords_to(gathered, from, chords, groups),
          far = (float)square_above(bound + radius + slack);
    if (least < (float)square_above(bound - radius - slack))
        return word->placed;
    if (least > far)
        return 0;
    for (uint32_t group = 0; group * GROUP < gathered->count; group++)
        for (uint32_t i = group * GROUP; groups[group] <= far && i < (group + 1) * GROUP; i++) {
            some[count] = (uint16_t)i;
            count += chords[i] <= far;
        }
    return compare_rows(gathered, word, some, count, hint);
}

/* A word of a block around which there are too many places. */
static uint64_t settle_word(const Bound *bound, const Word *word, Gathered *gathered, uint32_t *hint)
{
    Settled settled = settle_cap(bound, word->cap, hint);
    if (settled != UNSURE)
        return settled == ALL_YES ? word->placed : 0;
    if (!gather(bound, word->cap, gathered))
        return measure_rows(bound, word, word->placed, hint);
    return compare_word(gathered, word->cap->chord, word, hint);
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
    Gathered gathered;
    if (cap->chord < 0)
        return; /* there are none */
    Settled settled = settle_cap(bound, cap, &hint);
    bool once = settled == UNSURE && gather(bound, cap, &gathered);
    for (uint32_t w = 0; w < BLOCK_WORDS && start + w * WORD_ROWS < table->rows; w++) {
        uint32_t from = start + w * WORD_ROWS, left = table->rows - from;
        Word word = {&table->word_caps[from / WORD_ROWS], table->anchors + from,
                     left < WORD_ROWS ? left : WORD_ROWS, ret[w]};
        if (word.placed == 0 || settled == ALL_YES)
            continue;
        ret[w] = settled == ALL_NO ? 0
                 : once            ? compare_word(&gathered, cap->chord, &word, &hint)
                                   : settle_word(bound, &word, &gathered, &hint);
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
    NearestFrom from;
    if (!box_valid(bound->table->boxes[row]))
        return TRUTH_MAYBE;
    nearest_from(bound->table->anchors[row], &from);
    int64_t metres = nearest_m(within->most.nearest, &from, &hint);
    return within->less.metres < metres && metres <= within->most.metres ? TRUTH_YES : TRUTH_NO;
}

/* Whole metres are rounded: up to half a metre more counts. */
static Bound bound_of(const Reach *reach, int64_t metres)
{
    double angle = ((double)metres + 0.5) / earth_m;
    return (Bound){reach->nearest, metres, angle < M_PI ? 2 * sin(angle / 2) : BEYOND_ALL};
}

const BoundFilter *ground_within(Arena *arena, const Table *table, const Reach *reach, int64_t least,
                                 int64_t greatest)
{
    static const BoundCall call = {within_block, within_one, COST_WITHIN};
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
