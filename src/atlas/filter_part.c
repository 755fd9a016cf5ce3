#include "atlas/filter_part.h"
#include "atlas/filter_like.h"
#include "atlas/filter_scan.h"
#include "text/normalise.h"

enum { ROW_COST = 300 }; /* beside what filter_run.c searches row by row */

typedef struct Part {
    FilterShape shape;
    bool negated, folded;
    Box box;
    Relation relation;
    const Region *region; /* PLACE */
    const Like *like;     /* LIKE */
    const Str *texts;     /* TEXTS: in search form */
    uint32_t count;
} Part;

/* ---- places ---- */

/* Does one answer hold for all shapes in the box? */
static RegionSide side_of(const Part *part, Box box)
{
    if (part->shape == SHAPE_PLACE)
        return region_side(part->region, box);
    return !box_meets(part->box, box)  ? REGION_OUTSIDE
           : box_holds(part->box, box) ? REGION_INSIDE
                                       : REGION_UNSURE;
}

static bool place_holds(Arena *scratch, const BoundFilter *bound, uint32_t row)
{
    const Part *part = bound->state;
    Geometry shape;
    RegionSide side = side_of(part, bound->table->boxes[row]);
    if (side != REGION_UNSURE)
        return side == REGION_INSIDE && (part->shape == SHAPE_BOX || part->relation <= RELATE_WITHIN);
    table_shape(scratch, bound->table, row, &shape);
    if (part->shape == SHAPE_BOX)
        return geometry_touches_box(&shape, part->box);
    return region_relates(part->relation, &shape, part->region);
}

/* The box around 64 boxes or fewer, and which of them are any. What is no box can only make it wider. */
LEVELS static uint64_t boxes_join(const Box *boxes, uint32_t count, Box *ret)
{
    Box around = boxes[0];
    uint64_t placed = 0;
    for (uint32_t i = 0; i < count; i++)
        around = box_join(around, boxes[i]);
    for (uint32_t i = 0; i < count; i++)
        placed |= (uint64_t)(boxes[i].west <= boxes[i].east) << i;
    *ret = around;
    return placed;
}

/* 64 rows, which lie close together. True if their box tells; rows without a shape are maybe. */
static bool settle_word(const BoundFilter *bound, uint32_t from, uint32_t rows, uint64_t *yes,
                        uint64_t *maybe)
{
    const Part *part = bound->state;
    Box around;
    uint64_t placed = boxes_join(bound->table->boxes + from, rows, &around);
    RegionSide side = placed ? side_of(part, around) : REGION_OUTSIDE;
    if (side == REGION_UNSURE)
        return false;
    bool holds = part->shape == SHAPE_BOX || part->relation <= RELATE_WITHIN;
    *yes = side == REGION_INSIDE && holds ? placed : 0;
    *maybe = ~placed;
    return true;
}

/* ---- texts ---- */

static bool text_holds(Arena *scratch, const Part *part, Str text)
{
    if (part->folded)
        text = text_search_form(scratch, text);
    if (part->like)
        return like_matches(part->like, text);
    for (uint32_t i = 0; i < part->count; i++)
        if (str_eq(part->texts[i], text))
            return true;
    return false;
}

static bool texts_hold(Arena *scratch, const BoundFilter *bound, uint32_t row)
{
    const Column *column = bound->column;
    if (!column->list_ends)
        return text_holds(scratch, bound->state, column_entry(column, (uint32_t)column_stored(column, row)));
    for (uint32_t i = row ? column->list_ends[row - 1] : 0; i < column->list_ends[row]; i++)
        if (text_holds(scratch, bound->state, column_entry(column, (uint32_t)column_stored(column, i))))
            return true;
    return false;
}

/* ---- rows ---- */

static Truth row_truth(Arena *scratch, const BoundFilter *bound, uint32_t row)
{
    const Column *column = bound->column;
    const Part *part = bound->state;
    if (!column) {
        if (!table_has_shape(bound->table, row))
            return TRUTH_MAYBE;
        return place_holds(scratch, bound, row) ? TRUTH_YES : TRUTH_NO;
    }
    if (bits_get(column->known, row))
        return texts_hold(scratch, bound, row) != part->negated ? TRUTH_YES : TRUTH_NO;
    return column->not_applicable && bits_get(column->not_applicable, row) ? TRUTH_NO : TRUTH_MAYBE;
}

static Truth part_row(const BoundFilter *bound, uint32_t row)
{
    Arena *scratch = arena_new();
    Truth truth = row_truth(scratch, bound, row);
    arena_free(scratch);
    return truth;
}

static void part_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    uint32_t start = block * BLOCK_ROWS, end = bound->table->rows;
    Arena *scratch = arena_new();
    for (uint32_t w = 0; w < BLOCK_WORDS && start + w * 64 < end; w++) {
        uint32_t from = start + w * 64, rows = end - from < 64 ? end - from : 64;
        if (!bound->column && settle_word(bound, from, rows, &yes[w], &maybe[w]))
            continue;
        for (uint32_t i = 0; i < rows; i++) {
            Truth truth = row_truth(scratch, bound, from + i);
            yes[w] |= (uint64_t)(truth == TRUTH_YES) << i;
            maybe[w] |= (uint64_t)(truth == TRUTH_MAYBE) << i;
            arena_reset(scratch);
        }
    }
    arena_free(scratch);
}

static const BoundCall call = {part_block, part_row, ROW_COST, false};

const BoundFilter *part_bind(Arena *arena, const Table *table, const Filter *filter)
{
    Part *part = arena_new_of(arena, Part);
    part->shape = filter->shape;
    part->negated = filter->negated;
    part->folded = filter->folded;
    part->box = filter->box;
    part->relation = filter->relation;
    if (filter->shape == SHAPE_PLACE)
        part->region = region_build(arena, filter->place);
    if (filter->shape == SHAPE_LIKE)
        part->like = like_compile(arena, filter->texts[0], filter->folded);
    if (filter->shape == SHAPE_TEXTS) {
        Str *texts = arena_array(arena, Str, filter->count);
        for (uint32_t i = 0; i < filter->count; i++)
            texts[i] = text_search_form(arena, filter->texts[i]);
        part->texts = texts;
        part->count = filter->count;
    }
    BoundFilter *bound = arena_new_of(arena, BoundFilter);
    bound->shape = BOUND_CALL;
    bound->call = &call;
    bound->table = table;
    bound->state = part;
    if (filter->shape == SHAPE_LIKE || filter->shape == SHAPE_TEXTS)
        bound->column = &table->columns[filter->field];
    return bound;
}

_Static_assert(RELATE_INTERSECTS == 0 && RELATE_WITHIN == 1,
               "what lies inside intersects and is within, and no more");
