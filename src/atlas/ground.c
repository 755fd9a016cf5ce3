/* Rows are in Hilbert order, so a block's anchors lie close together, those of a word closer: most blocks are
 * settled by one question about their box, most others by one for each word of 64 rows. */
#include "atlas/ground.h"
#include "atlas/filter_bound.h"
#include "atlas/nearest.h"
#include <math.h>

enum { WORD_ROWS = 64, COST_GROUND = 400 };

static const double earth_m = 6371008.8;

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

static uint32_t rows_from(const Table *table, uint32_t from, uint32_t most)
{
    return table->rows - from < most ? table->rows - from : most;
}

typedef enum Settled { ALL_NO, ALL_YES, UNSURE } Settled;

typedef Settled SettleBox(const void *state, Box box);
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
    Settled whole = box_valid(box) ? settle_box(bound->state, box) : ALL_NO;
    for (uint32_t from = start, w = 0; from < end; from += WORD_ROWS, w++) {
        uint32_t rows = rows_from(table, from, WORD_ROWS);
        Settled settled = whole;
        if (settled == UNSURE) {
            box = box_of_rows(table, from, rows);
            settled = box_valid(box) ? settle_box(bound->state, box) : ALL_NO;
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

int64_t reach_m(const Reach *reach, Point at, uint32_t *hint)
{
    NearestFrom from;
    if (reach->count == 0)
        return -1;
    nearest_from(at, &from);
    return nearest_m(reach->nearest, &from, hint);
}

/* No point of the box is further than this from its middle: along a meridian, then along the parallel nearest
 * to the equator. */
static double box_radius_m(Box box)
{
    double half_lat = ((double)box.north - box.south) / 2 + 1,
           half_lon = ((double)box.east - box.west) / 2 + 1;
    double lowest = box.south > 0 ? box.south : box.north < 0 ? -(double)box.north : 0;
    double radian = M_PI / 180 / DEGREE;
    return earth_m * radian * (half_lat + half_lon * cos(lowest * radian)) + 2;
}

/* By the triangle inequality, no row's distance differs from the middle's by more than the radius. */
static Settled within_box(const void *state, Box box)
{
    const Within *within = state;
    uint32_t hint = 0;
    Point middle = {(int32_t)(((int64_t)box.west + box.east) / 2),
                    (int32_t)(((int64_t)box.south + box.north) / 2)};
    double metres = (double)reach_m(within->reach, middle, &hint), radius = box_radius_m(box);
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

static void within_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    settle_block(bound, block, within_box, within_row, yes, maybe);
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

static Settled inside_box(const void *state, Box box)
{
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
