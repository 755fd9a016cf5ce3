/* Bound filters asked of blocks and rows. A block's answer is two bitmaps of BLOCK_WORDS words on the stack:
 * with the block's values they stay in the first-level cache, whatever the size of the table. */
#include "atlas/filter_bound.h"
#include "atlas/filter_scan.h"
#include <string.h>

enum { SPANS_SCANNED = 6 }; /* more ranges than this are searched row by row */

typedef enum Zone { ZONE_NONE, ZONE_ALL, ZONE_SOME } Zone;

/* All words of a block. Sixteen bytes at a time: for as many as these, compilers take an instruction that is
 * slow to start. */
static void words_set(uint64_t *words, uint64_t n)
{
    typedef uint64_t Two __attribute__((vector_size(16), aligned(8), may_alias));
    for (uint32_t w = 0; w < BLOCK_WORDS; w += 2)
        *(Two *)(words + w) = (Two){n, n};
}

/* The part of a table that one block is. */
typedef struct Window {
    uint32_t from, rows, words; /* first row, rows, words of bitmap */
} Window;

static Window window_of(const Table *table, uint32_t block)
{
    uint32_t from = block * BLOCK_ROWS, rows = table->rows - from;
    if (rows > BLOCK_ROWS)
        rows = BLOCK_ROWS;
    return (Window){from, rows, bits_words(rows)};
}

static const void *value_at(const void *values, const Column *column, uint32_t row)
{
    return (const char *)values + (size_t)row * column->width;
}

static uint64_t stored_of(const void *values, uint32_t width, uint32_t at)
{
    switch (width) {
    case 1:
        return ((const uint8_t *)values)[at];
    case 2:
        return ((const uint16_t *)values)[at];
    case 4:
        return ((const uint32_t *)values)[at];
    default:
        return ((const uint64_t *)values)[at];
    }
}

/* Rows that are neither known nor not applicable: maybe, whatever is asked. */
static void open_words(const Column *column, Window window, uint64_t *ret)
{
    const uint64_t *known = column->known + window.from / 64;
    for (uint32_t w = 0; w < window.words; w++)
        ret[w] = ~known[w];
    if (column->not_applicable) {
        const uint64_t *none = column->not_applicable + window.from / 64;
        for (uint32_t w = 0; w < window.words; w++)
            ret[w] &= ~none[w];
    }
}

static Zone zone_within(const Column *column, const StoredSpan *spans, uint32_t count, uint32_t block)
{
    uint64_t least = column->block_least[block], greatest = column->block_greatest[block];
    Zone zone = ZONE_NONE;
    if (least > greatest)
        return ZONE_NONE;
    for (uint32_t i = 0; i < count; i++) {
        if (spans[i].least <= least && greatest <= spans[i].greatest)
            return ZONE_ALL;
        if (spans[i].least <= greatest && least <= spans[i].greatest)
            zone = ZONE_SOME;
    }
    return zone;
}

/* The span that could hold the value: the last that does not begin behind it. -1 if all do. */
static int64_t span_before(const StoredSpan *spans, uint32_t count, uint64_t value)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (spans[middle].least <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)low - 1;
}

static bool in_spans(const StoredSpan *spans, uint32_t count, uint64_t value)
{
    if (count == 1)
        return spans->least <= value && value <= spans->greatest;
    int64_t at = span_before(spans, count, value);
    return at >= 0 && value <= spans[at].greatest;
}

static Truth date_truth(const BoundFilter *bound, uint64_t first, uint64_t last)
{
    int64_t at = span_before(bound->spans, bound->count, first);
    if (at >= 0 && last <= bound->spans[at].greatest)
        return TRUTH_YES;
    bool overlaps = (at >= 0 && first <= bound->spans[at].greatest) ||
                    (at + 1 < (int64_t)bound->count && bound->spans[at + 1].least <= last);
    return overlaps ? TRUTH_MAYBE : TRUTH_NO;
}

/* ---- blocks ---- */

static void scan_spans(const Column *column, Window window, const StoredSpan *spans, uint32_t count,
                       uint64_t *ret)
{
    const void *at = value_at(column->values, column, window.from);
    if (count == 1) {
        scan_range(at, column->width, window.rows, spans->least, spans->greatest, ret);
        return;
    }
    memset(ret, 0, window.words * sizeof *ret);
    if (count > SPANS_SCANNED) {
        for (uint32_t i = 0; i < window.rows; i++)
            if (in_spans(spans, count, stored_of(at, column->width, i)))
                bits_set(ret, i);
        return;
    }
    for (uint32_t s = 0; s < count; s++) {
        uint64_t hits[BLOCK_WORDS];
        scan_range(at, column->width, window.rows, spans[s].least, spans[s].greatest, hits);
        for (uint32_t w = 0; w < window.words; w++)
            ret[w] |= hits[w];
    }
}

/* Known rows of the block by their codes: inside, and of these the ones to be looked up. */
static void scan_coarse(const BoundFilter *bound, Window window, uint64_t *inside, uint64_t *edge)
{
    enum { NO_CODE = 256 };
    const CoarseSpan *coarse = bound->coarse;
    scan_codes(bound->column->coarse + window.from, window.rows, coarse->low, coarse->high,
               coarse->low_unsure ? coarse->low : NO_CODE, coarse->high_unsure ? coarse->high : NO_CODE,
               inside, edge);
    if (bound->all_known)
        return;
    const uint64_t *known = bound->column->known + window.from / 64;
    for (uint32_t w = 0; w < window.words; w++) {
        inside[w] &= known[w];
        edge[w] &= known[w];
    }
}

Coarse filter_coarse(const BoundFilter *bound, uint32_t block, uint64_t *pass, uint64_t *maybe,
                     uint64_t *unsure)
{
    if (!bound->coarse)
        return COARSE_NONE;
    const Column *column = bound->column;
    Window window = window_of(bound->table, block);
    Zone zone = zone_within(column, bound->spans, 1, block);
    if (bound->all_known && zone != ZONE_SOME)
        return zone == ZONE_ALL ? COARSE_YES : COARSE_NO;
    if (zone != ZONE_SOME || window.words < BLOCK_WORDS) {
        words_set(pass, 0);
        words_set(unsure, 0);
    }
    if (zone == ZONE_ALL)
        memcpy(pass, column->known + window.from / 64, window.words * sizeof *pass);
    if (zone == ZONE_SOME)
        scan_coarse(bound, window, pass, unsure);
    if (bound->all_known)
        return COARSE_ROWS;
    words_set(maybe, 0);
    open_words(column, window, maybe);
    return COARSE_MAYBE;
}

bool filter_count(const BoundFilter *bound, uint32_t *ret_no, uint32_t *ret_maybe)
{
    if (!bound->coarse)
        return false;
    const Column *column = bound->column;
    uint32_t none = column->not_applicable ? bits_count(column->not_applicable, bound->table->rows) : 0;
    *ret_no = none + column->known_count - bound->coarse->inside;
    *ret_maybe = bound->table->rows - column->known_count - none;
    return true;
}

static void block_spans(const BoundFilter *bound, uint32_t block, Window window, uint64_t *yes,
                        uint64_t *maybe)
{
    const Column *column = bound->column;
    const uint64_t *known = column->known + window.from / 64;
    if (!bound->all_known)
        open_words(column, window, maybe);
    Zone zone = zone_within(column, bound->spans, bound->count, block);
    if (zone == ZONE_ALL) {
        memcpy(yes, known, window.words * sizeof *yes);
        return;
    }
    if (zone == ZONE_SOME && bound->coarse) {
        uint64_t edge[BLOCK_WORDS];
        scan_coarse(bound, window, yes, edge);
        for (uint32_t w = 0; w < window.words; w++)
            for (uint64_t rest = edge[w]; rest; rest &= rest - 1)
                if (!in_spans(bound->spans, 1,
                              column_stored(column, window.from + w * 64 + (uint32_t)__builtin_ctzll(rest))))
                    yes[w] &= ~(rest & -rest);
    } else if (zone == ZONE_SOME) {
        scan_spans(column, window, bound->spans, bound->count, yes);
        for (uint32_t w = 0; !bound->all_known && w < window.words; w++)
            yes[w] &= known[w];
    }
    if (bound->maybe_count > 0 &&
        zone_within(column, bound->maybes, bound->maybe_count, block) != ZONE_NONE) {
        uint64_t hits[BLOCK_WORDS];
        scan_spans(column, window, bound->maybes, bound->maybe_count, hits);
        for (uint32_t w = 0; w < window.words; w++)
            maybe[w] |= hits[w] & known[w];
    }
}

/* Both ends of the date in the same span: yes. Some day of it in one: maybe. */
static void scan_dates(const BoundFilter *bound, Window window, uint64_t *yes, uint64_t *some)
{
    const Column *column = bound->column;
    const void *firsts = value_at(column->values, column, window.from);
    const void *lasts = value_at(column->lasts, column, window.from);
    for (uint32_t s = 0; s < bound->count; s++) {
        uint64_t first_in[BLOCK_WORDS], last_in[BLOCK_WORDS], begun[BLOCK_WORDS], not_over[BLOCK_WORDS];
        StoredSpan span = bound->spans[s];
        uint64_t max = column->width == 8 ? UINT64_MAX : (UINT64_C(1) << (8 * column->width)) - 1;
        scan_range(firsts, column->width, window.rows, span.least, span.greatest, first_in);
        scan_range(lasts, column->width, window.rows, span.least, span.greatest, last_in);
        scan_range(firsts, column->width, window.rows, 0, span.greatest, begun);
        scan_range(lasts, column->width, window.rows, span.least, max, not_over);
        for (uint32_t w = 0; w < window.words; w++) {
            yes[w] |= first_in[w] & last_in[w];
            some[w] |= begun[w] & not_over[w];
        }
    }
}

static void block_dates(const BoundFilter *bound, uint32_t block, Window window, uint64_t *yes,
                        uint64_t *maybe)
{
    const Column *column = bound->column;
    const uint64_t *known = column->known + window.from / 64;
    uint64_t some[BLOCK_WORDS] = {0};
    open_words(column, window, maybe);
    Zone zone = zone_within(column, bound->spans, bound->count, block);
    if (zone == ZONE_ALL)
        memcpy(yes, known, window.words * sizeof *yes);
    if (zone != ZONE_SOME)
        return;
    if (bound->count <= SPANS_SCANNED) {
        scan_dates(bound, window, yes, some);
    } else {
        for (uint32_t i = 0; i < window.rows; i++) {
            Truth truth = date_truth(bound, stored_of(column->values, column->width, window.from + i),
                                     stored_of(column->lasts, column->width, window.from + i));
            yes[i / 64] |= (uint64_t)(truth == TRUTH_YES) << (i % 64);
            some[i / 64] |= (uint64_t)(truth != TRUTH_NO) << (i % 64);
        }
    }
    for (uint32_t w = 0; w < window.words; w++) {
        yes[w] &= known[w];
        maybe[w] |= some[w] & known[w] & ~yes[w];
    }
}

static bool list_holds(const BoundFilter *bound, uint32_t row)
{
    const Column *column = bound->column;
    uint32_t from = row ? column->list_ends[row - 1] : 0, to = column->list_ends[row];
    for (uint32_t i = from; i < to; i++)
        if (bound->member[stored_of(column->values, column->width, i)])
            return true;
    return false;
}

static void block_list(const BoundFilter *bound, Window window, uint64_t *yes, uint64_t *maybe)
{
    open_words(bound->column, window, maybe);
    for (uint32_t i = 0; i < window.rows; i++)
        if (bits_get(bound->column->known, window.from + i) &&
            list_holds(bound, window.from + i) != bound->negated)
            bits_set(yes, i);
}

/* Bits of 64 rows are put together in a register. */
static void block_members(const BoundFilter *bound, Window window, uint64_t *yes, uint64_t *maybe)
{
    const Column *column = bound->column;
    const uint64_t *known = column->known + window.from / 64;
    if (!bound->all_known)
        open_words(column, window, maybe);
    for (uint32_t w = 0; w < window.words; w++) {
        uint32_t from = window.from + w * 64, rows = window.rows - w * 64 < 64 ? window.rows - w * 64 : 64;
        uint64_t hits = 0;
        for (uint32_t i = 0; i < rows; i++)
            hits |= (uint64_t)bound->member[stored_of(column->values, column->width, from + i)] << i;
        yes[w] = (bound->negated ? ~hits : hits) & known[w];
    }
}

/* Unknown: neither known, nor not applicable, nor withheld. */
static void block_null(const BoundFilter *bound, Window window, uint64_t *yes)
{
    open_words(bound->column, window, yes);
    const uint64_t *withheld = bound->column->withheld;
    for (uint32_t w = 0; w < window.words; w++) {
        if (withheld)
            yes[w] &= ~withheld[window.from / 64 + w];
        if (bound->negated)
            yes[w] = ~yes[w];
    }
}

static void block_and(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    memset(yes, 0xFF, BLOCK_WORDS * sizeof *yes);
    for (uint32_t i = 0; i < bound->count; i++) {
        uint64_t y[BLOCK_WORDS], m[BLOCK_WORDS], left = 0;
        filter_block(bound->parts[i], block, y, m);
        for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
            maybe[w] = (maybe[w] & (y[w] | m[w])) | (yes[w] & m[w]);
            yes[w] &= y[w];
            left |= yes[w] | maybe[w];
        }
        if (!left)
            return;
    }
}

static void block_or(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    for (uint32_t i = 0; i < bound->count; i++) {
        uint64_t y[BLOCK_WORDS], m[BLOCK_WORDS];
        filter_block(bound->parts[i], block, y, m);
        for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
            yes[w] |= y[w];
            maybe[w] = (maybe[w] | m[w]) & ~yes[w];
        }
    }
}

static void block_not(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    uint64_t y[BLOCK_WORDS];
    filter_block(bound->parts[0], block, y, maybe);
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        yes[w] = ~(y[w] | maybe[w]);
}

void filter_block(const BoundFilter *bound, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    Window window = window_of(bound->table, block);
    words_set(yes, bound->shape == BOUND_TRUE ? UINT64_MAX : 0);
    words_set(maybe, bound->shape == BOUND_MAYBE ? UINT64_MAX : 0);
    switch (bound->shape) {
    case BOUND_TRUE:
    case BOUND_FALSE:
    case BOUND_MAYBE:
        break;
    case BOUND_AND:
        block_and(bound, block, yes, maybe);
        break;
    case BOUND_OR:
        block_or(bound, block, yes, maybe);
        break;
    case BOUND_NOT:
        block_not(bound, block, yes, maybe);
        break;
    case BOUND_SPANS:
        block_spans(bound, block, window, yes, maybe);
        break;
    case BOUND_DATES:
        block_dates(bound, block, window, yes, maybe);
        break;
    case BOUND_MEMBERS:
        block_members(bound, window, yes, maybe);
        break;
    case BOUND_LIST:
        block_list(bound, window, yes, maybe);
        break;
    case BOUND_NULL:
        block_null(bound, window, yes);
        break;
    case BOUND_CALL:
        bound->call->block(bound, block, yes, maybe);
        break;
    }
}

/* Where the zone map settles the known values, `zone` is the answer for them. */
static BlockVerdict settled(const BoundFilter *bound, Zone zone)
{
    if (zone == ZONE_SOME)
        return BLOCK_SCAN;
    if (!bound->all_known)
        return BLOCK_CHEAP;
    return zone == ZONE_ALL ? BLOCK_YES : BLOCK_NO;
}

BlockVerdict filter_verdict(const BoundFilter *bound, uint32_t block)
{
    switch (bound->shape) {
    case BOUND_SPANS:
        if (bound->maybe_count > 0 &&
            zone_within(bound->column, bound->maybes, bound->maybe_count, block) != ZONE_NONE)
            return BLOCK_SCAN;
        return settled(bound, zone_within(bound->column, bound->spans, bound->count, block));
    case BOUND_DATES:
        return settled(bound, zone_within(bound->column, bound->spans, bound->count, block));
    case BOUND_TRUE:
        return BLOCK_YES;
    case BOUND_FALSE:
        return BLOCK_NO;
    case BOUND_MAYBE:
    case BOUND_NULL:
        return BLOCK_CHEAP;
    case BOUND_AND:
    case BOUND_OR:
    case BOUND_NOT:
    case BOUND_MEMBERS:
    case BOUND_LIST:
    case BOUND_CALL:
        break;
    }
    return BLOCK_SCAN;
}

uint32_t filter_cost(const BoundFilter *bound)
{
    enum { CALL = 3, ROW_BY_ROW = 200 }; /* in bytes read a row, by which scans go */
    switch (bound->shape) {
    case BOUND_SPANS:
        return bound->coarse ? CALL + 1
               : bound->count > SPANS_SCANNED
                   ? ROW_BY_ROW
                   : CALL + bound->column->width * (bound->count + bound->maybe_count);
    case BOUND_DATES:
        return bound->count > SPANS_SCANNED ? ROW_BY_ROW : CALL + bound->column->width * 4 * bound->count;
    case BOUND_MEMBERS:
    case BOUND_LIST:
        return ROW_BY_ROW;
    case BOUND_CALL:
        return bound->call->cost;
    case BOUND_AND:
    case BOUND_OR:
    case BOUND_NOT: {
        uint32_t cost = CALL;
        for (uint32_t i = 0; i < bound->count; i++)
            cost += filter_cost(bound->parts[i]);
        return cost;
    }
    case BOUND_TRUE:
    case BOUND_FALSE:
    case BOUND_MAYBE:
    case BOUND_NULL:
        break;
    }
    return CALL;
}

/* ---- rows ---- */

static Truth row_known(const BoundFilter *bound, uint32_t row)
{
    const Column *column = bound->column;
    if (bound->shape == BOUND_LIST)
        return list_holds(bound, row) != bound->negated ? TRUTH_YES : TRUTH_NO;
    uint64_t value = column_stored(column, row);
    if (bound->shape == BOUND_MEMBERS)
        return bound->member[value] != bound->negated ? TRUTH_YES : TRUTH_NO;
    if (bound->shape == BOUND_DATES)
        return date_truth(bound, value, stored_of(column->lasts, column->width, row));
    if (in_spans(bound->spans, bound->count, value))
        return TRUTH_YES;
    return in_spans(bound->maybes, bound->maybe_count, value) ? TRUTH_MAYBE : TRUTH_NO;
}

static bool row_open(const Column *column, uint32_t row)
{
    return !column->not_applicable || !bits_get(column->not_applicable, row);
}

static Truth row_null(const BoundFilter *bound, uint32_t row)
{
    const Column *column = bound->column;
    bool null = !bits_get(column->known, row) && row_open(column, row) &&
                !(column->withheld && bits_get(column->withheld, row));
    return null != bound->negated ? TRUTH_YES : TRUTH_NO;
}

/* What can no longer change is not looked at: each part is a look at memory that may be far. */
static Truth row_parts(const BoundFilter *bound, uint32_t row)
{
    bool and = bound->shape == BOUND_AND;
    Truth truth = and? TRUTH_YES : TRUTH_NO, last = and? TRUTH_NO : TRUTH_YES;
    for (uint32_t i = 0; i < bound->count && truth != last; i++) {
        Truth part = filter_row(bound->parts[i], row);
        if (and? part < truth : part > truth)
            truth = part;
    }
    return truth;
}

Truth filter_row(const BoundFilter *bound, uint32_t row)
{
    switch (bound->shape) {
    case BOUND_SPANS:
    case BOUND_DATES:
    case BOUND_MEMBERS:
    case BOUND_LIST:
        if (bound->all_known || bits_get(bound->column->known, row))
            return row_known(bound, row);
        return row_open(bound->column, row) ? TRUTH_MAYBE : TRUTH_NO;
    case BOUND_TRUE:
        return TRUTH_YES;
    case BOUND_FALSE:
        return TRUTH_NO;
    case BOUND_AND:
    case BOUND_OR:
        return row_parts(bound, row);
    case BOUND_NOT:
        return (Truth)(TRUTH_YES - filter_row(bound->parts[0], row));
    case BOUND_NULL:
        return row_null(bound, row);
    case BOUND_CALL:
        return bound->call->row(bound, row);
    case BOUND_MAYBE:
        break;
    }
    return TRUTH_MAYBE;
}

bool filter_maybe(const BoundFilter *bound, uint32_t row)
{
    bool known = bound->all_known && bound->maybe_count == 0;
    if (known && (bound->shape == BOUND_SPANS || bound->shape == BOUND_MEMBERS || bound->shape == BOUND_LIST))
        return false;
    if (bound->shape == BOUND_CALL && bound->call->anchored)
        return !table_has_shape(bound->table, row);
    return filter_row(bound, row) == TRUTH_MAYBE;
}

/* ---- tables ---- */

void filter_table(Arena *arena, const Table *table, const Filter *filter, uint64_t **ret_yes,
                  uint64_t **ret_maybe)
{
    const BoundFilter *bound = filter_bind(arena, table, filter);
    uint32_t words = bits_words(table->rows);
    *ret_yes = arena_array(arena, uint64_t, words);
    *ret_maybe = arena_array(arena, uint64_t, words);
    for (uint32_t from = 0; from < words; from += BLOCK_WORDS) {
        uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS];
        filter_block(bound, from / BLOCK_WORDS, yes, maybe);
        for (uint32_t w = 0; w < BLOCK_WORDS && from + w < words; w++) {
            (*ret_yes)[from + w] = yes[w] & table->live[from + w];
            (*ret_maybe)[from + w] = maybe[w] & table->live[from + w];
        }
    }
}

void filter_run(Arena *arena, const Atlas *atlas, Kind kind, const Filter *filter, Selection *ret)
{
    *ret = (Selection){0};
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, kind, s);
        filter_table(arena, table, filter, &ret->yes[s], &ret->maybe[s]);
        ret->yes_count += bits_count(ret->yes[s], table->rows);
        ret->maybe_count += bits_count(ret->maybe[s], table->rows);
    }
}
