/* What a filter will cost, from the table's sizes and a sample of its rows, before anything is run. The unit
 * costs were measured on an EPYC at 2.6 GHz with gcc 12 -O3 (bench/filter_cost.c prints them beside what
 * really passed); a filter that is refused here would have taken seconds. */
#include "atlas/filter_build.h"
#include "atlas/filter_like.h"
#include <math.h>

typedef enum Work { WORK_SCAN, WORK_LIKE, WORK_FOLD, WORK_PLACE, WORK_KINDS } Work;

static const struct {
    const char *what, *advice;
} told[WORK_KINDS] = {
    [WORK_SCAN] = {"its many conditions", "use fewer conditions or shorter IN lists"},
    [WORK_LIKE] = {"LIKE", "let the pattern begin with a character, not with %, or use fewer LIKE"},
    [WORK_FOLD] = {"CASEI", "leave CASEI away, or use it less often"},
    [WORK_PLACE] = {"polygons", "draw fewer or simpler polygons, or a smaller area"},
};

typedef struct Estimate {
    const Table *table;
    double ns[WORK_KINDS];
    double bytes; /* that binding it takes */
    bool rough;   /* at most so much: without a look at blocks and rows */
} Estimate;

/* Nanoseconds. */
static const double scan_row = 0.15, settled_block = 30, searched_row = 12, member_row = 2.5, list_item = 4;
static const double look_up = 800, like_entry = 10, like_part = 4, like_byte = 0.25, like_step = 0.3;
static const double box_row = 2, region_corner = 2000, near_row = 30, near_edge = 5, shape_row = 500;

static double dict_bytes(const Column *column)
{
    return column->dict_count ? column->dict_ends[column->dict_count - 1] : 0;
}

/* Rows looked up in a table of the dictionary's members, or the items of their lists. */
static void add_members(Estimate *estimate, const Column *column)
{
    uint32_t rows = estimate->table->rows;
    double items = column->list_ends && rows ? column->list_ends[rows - 1] : 0;
    estimate->ns[WORK_SCAN] += column->list_ends ? items * list_item + rows : rows * member_row;
    estimate->bytes += column->dict_count;
}

/* Blocks that the zone map does not settle: some of their values lie in a span, and some do not. */
static uint32_t blocks_scanned(const Column *column, const Filter *filter, uint32_t blocks)
{
    uint32_t scanned = 0;
    for (uint32_t b = 0; column->block_least && b < blocks; b++) {
        if (column->block_least[b] > column->block_greatest[b])
            continue;
        int64_t least = (int64_t)((uint64_t)column->base + column->block_least[b]);
        int64_t greatest = (int64_t)((uint64_t)column->base + column->block_greatest[b]);
        bool some = false;
        for (uint32_t i = 0; i < filter->count && !some; i++) {
            Span span = filter->spans[i];
            some = span.least <= greatest && least <= span.greatest &&
                   !(span.least <= least && greatest <= span.greatest);
        }
        scanned += some;
    }
    return scanned;
}

static void add_spans(Estimate *estimate, const Filter *filter, const Column *column)
{
    enum { SCANNED = 6 }; /* as filter_run.c has it */
    uint32_t blocks = (estimate->table->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    double scans = (column->field->type == FIELD_DATE ? 4 : 1) * (filter->count + 1);
    estimate->bytes += 48.0 * filter->count;
    estimate->ns[WORK_SCAN] += blocks * settled_block;
    if (filter->count > SCANNED)
        estimate->ns[WORK_SCAN] += estimate->table->rows * searched_row;
    else
        estimate->ns[WORK_SCAN] += (estimate->rough ? blocks : blocks_scanned(column, filter, blocks)) *
                                   BLOCK_ROWS * scan_row * scans;
}

/* How many entries of a sorted dictionary begin below, or (with `equal`) also with the text. */
static uint32_t entries_below(const Column *column, Str prefix, bool equal)
{
    uint32_t low = 0, high = column->dict_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        Str entry = column_entry(column, middle);
        int order = str_cmp((Str){entry.ptr, entry.len < prefix.len ? entry.len : prefix.len}, prefix);
        if (order < 0 || (equal && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Nanoseconds to fold one text: letters with accents take ICU long, wide brackets some time, the rest none.
 */
static double fold_ns(Str text)
{
    bool wide = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0xC2 && c <= 0xE2)
            return 100 + 22 * (double)text.len;
        wide |= c >= 0xEA;
    }
    return wide ? 60 + 3.5 * (double)text.len : 20 + 2.5 * (double)text.len;
}

/* By a sample of them. */
static double fold_dictionary(const Column *column)
{
    enum { SAMPLE = 64 };
    uint32_t step = column->dict_count / SAMPLE + 1, asked = 0;
    double ns = 0;
    for (uint32_t i = step / 2; i < column->dict_count; i += step, asked++)
        ns += fold_ns(column_entry(column, i));
    return asked ? ns / asked * column->dict_count : 0;
}

static void add_like(Arena *arena, Estimate *estimate, const Filter *filter, const Column *column)
{
    const Like *like = like_compile(arena, filter->texts[0], filter->folded);
    double entries = column->dict_count, length = entries > 0 ? dict_bytes(column) / entries : 0;
    if (filter->folded)
        estimate->ns[WORK_FOLD] += fold_dictionary(column);
    else if (!column->field->codes) /* only what begins as the pattern is looked at */
        entries =
            entries_below(column, like_prefix(like), true) - entries_below(column, like_prefix(like), false);
    double parts = like_parts(like), steps = like_cost(like) - 1;
    estimate->ns[WORK_LIKE] +=
        entries * (like_entry + like_part * (parts < 16 ? parts : 16) +
                   length * (like_byte + like_step * (steps < length ? steps : length)));
    add_members(estimate, column);
}

static void add_texts(Estimate *estimate, const Filter *filter, const Column *column)
{
    if (filter->folded)
        estimate->ns[WORK_FOLD] += fold_dictionary(column);
    else
        estimate->ns[WORK_SCAN] += filter->count * look_up;
    if (filter->folded || filter->count > 1 || column->list_ends)
        add_members(estimate, column);
    else
        estimate->ns[WORK_SCAN] += estimate->table->rows * scan_row;
}

/* Of rows here and there, how many the tree will find, and how much there is to do for each. */
static void add_place(Arena *arena, Estimate *estimate, Relation relation, const Geometry *place)
{
    enum { SAMPLE = 512 };
    const Table *table = estimate->table;
    const Region *region = region_build(arena, place);
    Box box = geometry_box(place);
    uint32_t step = table->rows / SAMPLE + 1, asked = 0;
    double work = 0;
    for (uint32_t row = step / 2; row < table->rows; row += step, asked++) {
        if (!box_valid(table->boxes[row]) || !box_meets(table->boxes[row], box))
            continue;
        double near = region_near(region, table->boxes[row]);
        work += near_row + near * near_edge;
        if (region_side(region, table->boxes[row]) == REGION_UNSURE)
            work += shape_row + near * near_edge * (relation == RELATE_INTERSECTS ? 8 : 24);
    }
    estimate->ns[WORK_PLACE] += place->point_count * region_corner + table->rows * box_row;
    if (asked > 0)
        estimate->ns[WORK_PLACE] += work / asked * table->rows;
}

static void add_node(Arena *arena, Estimate *estimate, const Filter *filter);

static void add_leaf(Arena *arena, Estimate *estimate, const Filter *filter)
{
    const Column *column = &estimate->table->columns[filter->field];
    if (!column->values)
        return;
    switch (filter->shape) {
    case SHAPE_SPANS:
        add_spans(estimate, filter, column);
        break;
    case SHAPE_TEXTS:
        add_texts(estimate, filter, column);
        break;
    case SHAPE_LIKE:
        add_like(arena, estimate, filter, column);
        break;
    default:
        estimate->ns[WORK_SCAN] += estimate->table->rows * scan_row;
    }
}

static void add_node(Arena *arena, Estimate *estimate, const Filter *filter)
{
    switch (filter->shape) {
    case SHAPE_AND:
    case SHAPE_OR:
    case SHAPE_NOT:
        for (uint32_t i = 0; i < filter->count; i++)
            add_node(arena, estimate, filter->parts[i]);
        estimate->ns[WORK_SCAN] += estimate->table->rows * 0.05 * filter->count;
        break;
    case SHAPE_BOX:
        estimate->ns[WORK_PLACE] += estimate->table->rows * box_row;
        break;
    case SHAPE_PLACE:
        if (estimate->rough)
            estimate->ns[WORK_PLACE] = INFINITY;
        else
            add_place(arena, estimate, filter->relation, filter->place);
        break;
    case SHAPE_TRUE:
    case SHAPE_FALSE:
        break;
    default:
        add_leaf(arena, estimate, filter);
    }
}

static double estimate_of(const Table *table, const Filter *filter, bool rough, Estimate *ret)
{
    Arena *scratch = arena_new();
    *ret = (Estimate){.table = table, .rough = rough};
    if (filter && table->rows > 0)
        add_node(scratch, ret, filter);
    arena_free(scratch);
    double sum = 0;
    for (int w = 0; w < WORK_KINDS; w++)
        sum += ret->ns[w];
    return sum;
}

double filter_estimate_ms(const Table *table, const Filter *filter)
{
    Estimate estimate;
    return estimate_of(table, filter, false, &estimate) / 1e6;
}

typedef struct Sum {
    double ns, bytes, of[WORK_KINDS];
} Sum;

static Sum sum_of(const Atlas *atlas, Kind kind, const Filter *filter, bool rough)
{
    Sum sum = {0};
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        Estimate estimate;
        sum.ns += estimate_of(atlas_table(atlas, kind, s), filter, rough, &estimate);
        sum.bytes += estimate.bytes;
        for (int w = 0; w < WORK_KINDS; w++)
            sum.of[w] += estimate.ns[w];
    }
    return sum;
}

Err filter_affordable(const Atlas *atlas, Kind kind, const Filter *filter)
{
    Sum sum = sum_of(atlas, kind, filter, true); /* most are cheap: that is told at once */
    if (sum.ns > FILTER_MS_MAX * 1e6)
        sum = sum_of(atlas, kind, filter, false);
    if (sum.bytes > FILTER_MEMORY_MAX)
        return fail(ERR_LIMIT, "what", "memory for the filter", "limit", num_c(FILTER_MEMORY_MAX), NULL);
    if (sum.ns <= FILTER_MS_MAX * 1e6)
        return OK;
    int most = 0;
    for (int w = 1; w < WORK_KINDS; w++)
        most = sum.of[w] > sum.of[most] ? w : most;
    return fail(ERR_FILTER_COST, "ms", num_c((int64_t)(sum.ns / 1e6)), "limit", num_c(FILTER_MS_MAX), "what",
                told[most].what, "detail", told[most].advice, NULL);
}
