/* Rows are in Hilbert order, so a block's anchors lie close together, those of a word closer: most blocks are
 * settled by one question about their box, most others by one for each word of 64 rows. */
#include "atlas/ground.h"
#include "atlas/filter_bound.h"

enum { WORD_ROWS = 64, COST_GROUND = 400 };

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
typedef bool SettleRow(const void *state, Point at);

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
    uint32_t start = block * BLOCK_ROWS, end = start + rows_from(table, start, BLOCK_ROWS);
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
            if (!(maybe[w] >> i & 1) && settle_row(bound->state, table->anchors[from + i]))
                yes[w] |= UINT64_C(1) << i;
    }
}

static Truth settle_one(const BoundFilter *bound, uint32_t row, SettleRow *settle_row)
{
    if (!box_valid(bound->table->boxes[row]))
        return TRUTH_MAYBE;
    return settle_row(bound->state, bound->table->anchors[row]) ? TRUTH_YES : TRUTH_NO;
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

static bool inside_row(const void *state, Point at)
{
    const Inside *inside = state;
    const Geometry point = {.type = GEOM_POINT, .point_count = 1, .points = &at};
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
    static const BoundCall call = {inside_block, inside_one, COST_GROUND, true};
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
    static const BoundCall call = {lookup_block, lookup_one, COST_LOOKUP, false};
    Lookup *lookup = arena_new_of(arena, Lookup);
    uint32_t *changes = arena_zarray(arena, uint32_t, column->dict_count + 1);
    for (uint32_t i = 1; i < column->dict_count; i++)
        changes[i] = changes[i - 1] + (truths[i] != truths[i - 1]);
    *lookup = (Lookup){truths, changes};
    BoundFilter *bound = bound_call(arena, table, &call, lookup);
    bound->column = column;
    return bound;
}
