/* Rows are in Hilbert order, so a block's anchors lie close together, those of a word closer: most blocks are
 * settled by one question about their box, most others by one for each word of 64 rows. */
#include "atlas/ground.h"
#include "atlas/filter_bound.h"
#include "atlas/filter_scan.h"
#include "atlas/nearest.h"
#include <math.h>
#include <string.h>

enum { WORD_ROWS = 64, COST_GROUND = 400 };

static const double earth_m = 6371008.8, radian = M_PI / 180 / DEGREE;

static BoundFilter *bound_call(Arena *arena, const Table *table, const BoundCall *call, const void *state)
{
    BoundFilter *bound = arena_new_of(arena, BoundFilter);
    bound->shape = BOUND_CALL;
    bound->table = table;
    bound->call = call;
    bound->state = state;
    return bound;
}

/* ---- boxes of anchors ---- */

static Box box_of_rows(const Table *table, uint32_t from, uint32_t rows)
{
    Box box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (uint32_t row = from; row < from + rows; row++) {
        Point at = table->anchors[row];
        if (table->boxes[row].west <= table->boxes[row].east)
            box = box_join(box, (Box){at.lon, at.lat, at.lon, at.lat});
    }
    return box;
}

LEVELS static Box box_of_anchors(const Point *at, uint32_t rows)
{
    int32_t west = INT32_MAX, south = INT32_MAX, east = INT32_MIN, north = INT32_MIN;
    for (uint32_t i = 0; i < rows; i++) {
        west = at[i].lon < west ? at[i].lon : west;
        east = at[i].lon > east ? at[i].lon : east;
        south = at[i].lat < south ? at[i].lat : south;
        north = at[i].lat > north ? at[i].lat : north;
    }
    return (Box){west, south, east, north};
}

/* Of a word, of which `placed` have a geometry. */
static Box box_of_word(const Table *table, uint32_t from, uint32_t rows, uint64_t placed)
{
    bool all = placed == (rows == WORD_ROWS ? UINT64_MAX : (UINT64_C(1) << rows) - 1);
    return all ? box_of_anchors(table->anchors + from, rows) : box_of_rows(table, from, rows);
}

static uint32_t rows_from(const Table *table, uint32_t from, uint32_t most)
{
    return table->rows - from < most ? table->rows - from : most;
}

typedef enum Settled { ALL_NO, ALL_YES, UNSURE } Settled;

typedef Settled SettleBox(const void *state, Box box, uint32_t *hint);
typedef bool SettleRow(const void *state, Point at, uint32_t *hint);

static void fill_word(const Table *table, uint32_t from, uint32_t rows, bool yes, uint64_t *ret_yes,
                      uint64_t *ret_maybe)
{
    for (uint32_t i = 0; i < rows; i++) {
        bool placed = table->boxes[from + i].west <= table->boxes[from + i].east;
        *ret_yes |= (uint64_t)(yes && placed) << i;
        *ret_maybe |= (uint64_t)!placed << i;
    }
}

/* A block by its box, else by its words' boxes, else by its rows. */
static void settle_block(const BoundFilter *bound, uint32_t block, SettleBox *settle_box,
                         SettleRow *settle_row, uint64_t *yes, uint64_t *maybe)
{
    const Table *table = bound->table;
    uint32_t start = block * BLOCK_ROWS, end = start + rows_from(table, start, BLOCK_ROWS), hint = 0;
    Box box = table->block_places ? table->block_places[block].box : box_of_rows(table, start, end - start);
    Settled whole = box_valid(box) ? settle_box(bound->state, box, &hint) : ALL_NO;
    for (uint32_t from = start, w = 0; from < end; from += WORD_ROWS, w++) {
        uint32_t rows = rows_from(table, from, WORD_ROWS);
        Settled settled = whole;
        if (settled == UNSURE) {
            box = box_of_rows(table, from, rows);
            settled = box_valid(box) ? settle_box(bound->state, box, &hint) : ALL_NO;
        }
        fill_word(table, from, rows, settled == ALL_YES, &yes[w], &maybe[w]);
        for (uint32_t i = 0; settled == UNSURE && i < rows; i++)
            if (!(maybe[w] >> i & 1) && settle_row(bound->state, table->anchors[from + i], &hint))
                yes[w] |= UINT64_C(1) << i;
    }
}

static Truth settle_one(const BoundFilter *bound, uint32_t row, SettleRow *settle_row)
{
    uint32_t hint = 0;
    if (!box_valid(bound->table->boxes[row]))
        return TRUTH_MAYBE;
    return settle_row(bound->state, bound->table->anchors[row], &hint) ? TRUTH_YES : TRUTH_NO;
}

/* ---- distances ---- */

struct Reach {
    Nearest *nearest;
    uint32_t count;
};

typedef struct Within {
    const Reach *reach;
    int64_t least, greatest;
} Within;

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

static Point middle_of(Box box)
{
    return (Point){(int32_t)(((int64_t)box.west + box.east) / 2),
                   (int32_t)(((int64_t)box.south + box.north) / 2)};
}

/* No point of the box is further than this from its middle: along a meridian, then along the parallel nearest
 * to the equator. */
static double box_radius_m(Box box)
{
    double half_lat = ((double)box.north - box.south) / 2 + 1,
           half_lon = ((double)box.east - box.west) / 2 + 1;
    double lowest = box.south > 0 ? box.south : box.north < 0 ? -(double)box.north : 0;
    return earth_m * radian * (half_lat + half_lon * cos(lowest * radian)) + 2;
}

/* By the triangle inequality, no row's distance differs from the middle's by more than the radius. */
static Settled within_box(const void *state, Box box, uint32_t *hint)
{
    const Within *within = state;
    double metres = (double)reach_m(within->reach, middle_of(box), hint), radius = box_radius_m(box);
    if (metres - radius > (double)within->greatest || metres + radius < (double)within->least)
        return ALL_NO;
    bool all = metres + radius <= (double)within->greatest && metres - radius >= (double)within->least;
    return all || (metres + radius <= (double)within->greatest && within->least <= 0) ? ALL_YES : UNSURE;
}

static bool within_row(const void *state, Point at, uint32_t *hint)
{
    const Within *within = state;
    int64_t metres = reach_m(within->reach, at, hint);
    return within->least <= metres && metres <= within->greatest;
}

/* ---- distances, for a block at a time ----
 *
 * A block that its box does not settle is near the bound of few places: they are gathered once, and its words
 * and rows are compared with them alone, by the haversine in local form: sin² by two terms of its series, the
 * cosine of a row's latitude by two around the middle of its word. Up to LOCAL_MAX_M that is right to a part
 * in 10^6; whoever is closer to the bound than a part in 10^5 is measured. Only for an upper bound. */

enum { CANDIDATES_MAX = 256, LOCAL_MAX_M = 400000 };

typedef struct Local {
    const Within *within;
    double lon[CANDIDATES_MAX], lat[CANDIDATES_MAX], across[CANDIDATES_MAX]; /* radians; cos of lat */
    Point at[CANDIDATES_MAX];
    uint32_t count;
} Local;

static double haversine_of(double metres)
{
    double half = sin(metres / earth_m / 2);
    return half * half;
}

static double sin2_half(double x)
{
    double x2 = x * x;
    return x2 / 4 - x2 * x2 / 48;
}

/* False: too many places, too far, or too close to the date line for plain differences. */
static bool gather_local(const Within *within, Box box, Local *ret)
{
    enum { DATE_LINE_MARGIN = 10 * DEGREE, POLE_MARGIN = 80 * DEGREE };
    Point places[CANDIDATES_MAX], middle = middle_of(box);
    NearestFrom from;
    double radius = box_radius_m(box), reach = (double)within->greatest + radius + 2;
    if (within->least > 0 || within->greatest > LOCAL_MAX_M || radius > LOCAL_MAX_M / 4.0 ||
        box.west < -180 * (int64_t)DEGREE + DATE_LINE_MARGIN ||
        box.east > 180 * (int64_t)DEGREE - DATE_LINE_MARGIN || box.south < -POLE_MARGIN ||
        box.north > POLE_MARGIN)
        return false;
    nearest_from(middle, &from);
    double chord = 2 * sin(reach / earth_m / 2) * (1 + 1e-6);
    ret->count = nearest_within(within->reach->nearest, &from, chord * chord, CANDIDATES_MAX, places);
    if (ret->count > CANDIDATES_MAX)
        return false;
    ret->within = within;
    for (uint32_t i = 0; i < ret->count; i++) {
        ret->at[i] = places[i];
        ret->lon[i] = places[i].lon * radian;
        ret->lat[i] = places[i].lat * radian;
        ret->across[i] = cos(ret->lat[i]);
    }
    return true;
}

/* Haversines from one point to all candidates. */
LEVELS static void haversines(const Local *local, double lon, double lat, double across, double *ret)
{
    for (uint32_t i = 0; i < local->count; i++)
        ret[i] = sin2_half(lat - local->lat[i]) + across * local->across[i] * sin2_half(lon - local->lon[i]);
}

/* Of each row of a word the least haversine to the places that could matter to some of them. */
LEVELS static void least_haversines(const Local *local, const Point *rows, Point middle, const uint16_t *some,
                                    uint32_t count, double sine, double cosine, double ret[WORD_ROWS])
{
    double lon[WORD_ROWS], lat[WORD_ROWS], across[WORD_ROWS], lat0 = middle.lat * radian;
    for (uint32_t i = 0; i < WORD_ROWS; i++) {
        lon[i] = rows[i].lon * radian;
        lat[i] = rows[i].lat * radian;
        double up = lat[i] - lat0;
        across[i] = cosine - up * sine - up * up / 2 * cosine;
        ret[i] = 2;
    }
    for (uint32_t c = 0; c < count; c++) {
        double its_lon = local->lon[some[c]], its_lat = local->lat[some[c]];
        double its_across = local->across[some[c]];
        for (uint32_t i = 0; i < WORD_ROWS; i++) {
            double h = sin2_half(lat[i] - its_lat) + across[i] * its_across * sin2_half(lon[i] - its_lon);
            ret[i] = h < ret[i] ? h : ret[i];
        }
    }
}

static uint64_t local_rows(const Local *local, const Table *table, uint32_t from, uint32_t rows,
                           uint64_t placed, Point middle, const uint16_t *some, uint32_t count)
{
    double lat0 = middle.lat * radian, bound = haversine_of((double)local->within->greatest + 0.5);
    double sure = bound * (1 - 1e-5), no = bound * (1 + 1e-5), least[WORD_ROWS];
    Point at[WORD_ROWS] = {{0}};
    uint64_t yes = 0, close = 0;
    uint32_t hint = 0;
    memcpy(at, table->anchors + from, rows * sizeof *at);
    least_haversines(local, at, middle, some, count, sin(lat0), cos(lat0), least);
    for (uint32_t i = 0; i < WORD_ROWS; i++) {
        yes |= (uint64_t)(least[i] <= sure) << i;
        close |= (uint64_t)(least[i] > sure && least[i] < no) << i;
    }
    for (uint64_t rest = close & placed; rest; rest &= rest - 1)
        if (within_row(local->within, at[__builtin_ctzll(rest)], &hint))
            yes |= rest & -rest;
    return yes & placed;
}

static uint64_t local_word(const Local *local, const Table *table, uint32_t from, uint32_t rows,
                           uint64_t placed)
{
    Box box = box_of_word(table, from, rows, placed);
    double h[CANDIDATES_MAX];
    uint16_t some[CANDIDATES_MAX];
    uint32_t count = 0;
    if (!placed)
        return 0;
    Point middle = middle_of(box);
    double radius = box_radius_m(box), greatest = (double)local->within->greatest;
    double all = greatest > radius ? haversine_of(greatest - radius) * (1 - 1e-5) : -1;
    double none = haversine_of(greatest + radius + 1) * (1 + 1e-5), lat = middle.lat * radian;
    haversines(local, middle.lon * radian, lat, cos(lat), h);
    for (uint32_t i = 0; i < local->count; i++) {
        if (h[i] <= all)
            return placed;
        some[count] = (uint16_t)i;
        count += h[i] <= none;
    }
    return count ? local_rows(local, table, from, rows, placed, middle, some, count) : 0;
}

/* A block may hold plots of several parks far apart: then each word has its own places. */
static uint64_t within_word(const Within *within, const Table *table, uint32_t from, uint32_t rows,
                            uint64_t placed, uint32_t *hint)
{
    Local local;
    Box box = box_of_word(table, from, rows, placed);
    uint64_t yes = 0;
    Settled settled = box_valid(box) ? within_box(within, box, hint) : ALL_NO;
    if (settled != UNSURE)
        return settled == ALL_YES ? placed : 0;
    if (gather_local(within, box, &local))
        return local_word(&local, table, from, rows, placed);
    for (uint64_t rest = placed; rest; rest &= rest - 1)
        if (within_row(within, table->anchors[from + (uint32_t)__builtin_ctzll(rest)], hint))
            yes |= rest & -rest;
    return yes;
}

static void within_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    const Table *table = bound->table;
    const Within *within = bound->state;
    uint32_t start = block * BLOCK_ROWS, end = start + rows_from(table, start, BLOCK_ROWS);
    Box box = table->block_places ? table->block_places[block].box : box_of_rows(table, start, end - start);
    Local local;
    uint32_t hint = 0;
    Settled whole = box_valid(box) ? within_box(within, box, &hint) : ALL_NO;
    bool gathered = whole == UNSURE && gather_local(within, box, &local);
    bool full = table->block_places && table->block_places[block].count == end - start;
    for (uint32_t from = start, w = 0; from < end; from += WORD_ROWS, w++) {
        uint32_t rows = rows_from(table, from, WORD_ROWS);
        uint64_t placed = rows == WORD_ROWS ? UINT64_MAX : (UINT64_C(1) << rows) - 1;
        if (!full)
            fill_word(table, from, rows, false, &yes[w], &maybe[w]);
        placed &= ~maybe[w];
        if (whole != UNSURE)
            yes[w] = whole == ALL_YES ? placed : 0;
        else
            yes[w] = gathered ? local_word(&local, table, from, rows, placed)
                              : within_word(within, table, from, rows, placed, &hint);
    }
}

static Truth within_one(const BoundFilter *bound, uint32_t row)
{
    return settle_one(bound, row, within_row);
}

const BoundFilter *ground_within(Arena *arena, const Table *table, const Reach *reach, int64_t least,
                                 int64_t greatest)
{
    static const BoundCall call = {within_block, within_one, COST_GROUND};
    if (reach->count == 0) {
        BoundFilter *maybe = arena_new_of(arena, BoundFilter);
        maybe->shape = BOUND_MAYBE;
        maybe->table = table;
        return maybe;
    }
    Within *within = arena_new_of(arena, Within);
    *within = (Within){reach, least, greatest};
    return bound_call(arena, table, &call, within);
}

/* ---- regions ---- */

typedef struct Inside {
    const Region *region;
    bool outside;
} Inside;

static Settled inside_box(const void *state, Box box, uint32_t *hint)
{
    (void)hint;
    const Inside *inside = state;
    RegionSide side = region_side(inside->region, box);
    if (side == REGION_UNSURE)
        return UNSURE;
    return (side == REGION_INSIDE) != inside->outside ? ALL_YES : ALL_NO;
}

static bool inside_row(const void *state, Point at, uint32_t *hint)
{
    const Inside *inside = state;
    const Geometry point = {.type = GEOM_POINT, .point_count = 1, .points = &at};
    (void)hint;
    return region_relates(RELATE_INTERSECTS, &point, inside->region) != inside->outside;
}

static void inside_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    settle_block(bound, block, inside_box, inside_row, yes, maybe);
}

static Truth inside_one(const BoundFilter *bound, uint32_t row)
{
    return settle_one(bound, row, inside_row);
}

const BoundFilter *ground_inside(Arena *arena, const Table *table, const Region *region, bool outside)
{
    static const BoundCall call = {inside_block, inside_one, COST_GROUND};
    Inside *inside = arena_new_of(arena, Inside);
    *inside = (Inside){region, outside};
    return bound_call(arena, table, &call, inside);
}

/* ---- what a row names ---- */

typedef struct Lookup {
    const uint8_t *truths;
    const uint32_t *changes; /* up to each entry, how often its truth differs from the one before */
} Lookup;

static void lookup_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    const Lookup *lookup = bound->state;
    const Column *column = bound->column;
    uint32_t start = block * BLOCK_ROWS, rows = rows_from(bound->table, start, BLOCK_ROWS);
    uint64_t least = column->block_least[block], greatest = column->block_greatest[block];
    bool one = least <= greatest && lookup->changes[least] == lookup->changes[greatest];
    for (uint32_t w = 0; w < bits_words(rows); w++) {
        uint64_t known = column->known[start / 64 + w];
        uint64_t none = column->not_applicable ? column->not_applicable[start / 64 + w] : 0;
        maybe[w] = ~known & ~none;
        if (one) {
            yes[w] = lookup->truths[least] == TRUTH_YES ? known : 0;
            maybe[w] |= lookup->truths[least] == TRUTH_MAYBE ? known : 0;
            continue;
        }
        for (uint64_t rest = known; rest; rest &= rest - 1) {
            uint32_t row = start + w * 64 + (uint32_t)__builtin_ctzll(rest);
            uint8_t truth = lookup->truths[column_stored(column, row)];
            yes[w] |= truth == TRUTH_YES ? rest & -rest : 0;
            maybe[w] |= truth == TRUTH_MAYBE ? rest & -rest : 0;
        }
    }
}

static Truth lookup_one(const BoundFilter *bound, uint32_t row)
{
    const Lookup *lookup = bound->state;
    const Column *column = bound->column;
    if (bits_get(column->known, row))
        return (Truth)lookup->truths[column_stored(column, row)];
    return column->not_applicable && bits_get(column->not_applicable, row) ? TRUTH_NO : TRUTH_MAYBE;
}

const BoundFilter *ground_lookup(Arena *arena, const Table *table, const Column *column,
                                 const uint8_t *truths)
{
    enum { COST_LOOKUP = 100 };
    static const BoundCall call = {lookup_block, lookup_one, COST_LOOKUP};
    Lookup *lookup = arena_new_of(arena, Lookup);
    uint32_t *changes = arena_zarray(arena, uint32_t, column->dict_count + 1);
    for (uint32_t i = 1; i < column->dict_count; i++)
        changes[i] = changes[i - 1] + (truths[i] != truths[i - 1]);
    *lookup = (Lookup){truths, changes};
    BoundFilter *bound = bound_call(arena, table, &call, lookup);
    bound->column = column;
    return bound;
}
