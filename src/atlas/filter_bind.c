#include "atlas/filter_bound.h"
#include "atlas/filter_like.h"
#include "atlas/filter_node.h"
#include "atlas/filter_part.h"
#include "text/normalise.h"
#include <stdlib.h>
#include <string.h>

enum { RUNS_MAX = 6 }; /* members in more runs of the dictionary than this are looked up one by one */

static BoundFilter *bound_new(Arena *arena, const Table *table, BoundShape shape)
{
    BoundFilter *bound = arena_new_of(arena, BoundFilter);
    bound->shape = shape;
    bound->table = table;
    return bound;
}

static BoundFilter *bound_column(Arena *arena, const Table *table, BoundShape shape, const Column *column)
{
    BoundFilter *bound = bound_new(arena, table, shape);
    bound->column = column;
    bound->all_known = column->known_count == table->rows;
    return bound;
}

static uint64_t stored_max(const Column *column)
{
    return column->width == 8 ? UINT64_MAX : (UINT64_C(1) << (8 * column->width)) - 1;
}

/* ---- spans of stored values ---- */

/* What lies between the spans, and before and behind them, up to max. At most count + 1 spans. */
static uint32_t complement(const StoredSpan *spans, uint32_t count, uint64_t max, StoredSpan *ret)
{
    uint32_t gaps = 0;
    uint64_t next = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (spans[i].least > next)
            ret[gaps++] = (StoredSpan){next, spans[i].least - 1};
        if (spans[i].greatest == max)
            return gaps;
        next = spans[i].greatest + 1;
    }
    ret[gaps++] = (StoredSpan){next, max};
    return gaps;
}

static void set_spans(Arena *arena, BoundFilter *bound, const StoredSpan *spans, uint32_t count, bool negated)
{
    bound->spans = spans;
    bound->count = count;
    if (negated) {
        StoredSpan *gaps = arena_array(arena, StoredSpan, count + 1);
        bound->count = complement(spans, count, stored_max(bound->column), gaps);
        bound->spans = gaps;
    }
}

/* How many cuts are not above it. */
static uint32_t cuts_below(const uint64_t *cuts, uint64_t value)
{
    uint32_t low = 0, high = CUTS;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (cuts[middle] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many known rows store less than this. */
static uint32_t sorted_below(const Column *column, uint64_t value)
{
    uint32_t low = 0, high = column->known_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stored_at(column->sorted, column->width, middle) < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Code c stands for cuts[c - 1] (or 0) up to cuts[c] - 1 (or the greatest). */
static void bind_coarse(Arena *arena, BoundFilter *bound, bool part)
{
    const Column *column = bound->column;
    if (!column->coarse || bound->shape != BOUND_SPANS || bound->count != 1 || bound->maybe_count > 0)
        return;
    CoarseSpan *coarse = arena_new_of(arena, CoarseSpan);
    uint64_t least = bound->spans->least, greatest = bound->spans->greatest, max = stored_max(column);
    uint32_t low = cuts_below(column->cuts, least), high = cuts_below(column->cuts, greatest);
    coarse->low = (uint8_t)low;
    coarse->high = (uint8_t)high;
    coarse->low_unsure = least != (low ? column->cuts[low - 1] : 0);
    coarse->high_unsure = greatest != (high < CUTS ? column->cuts[high] - 1 : max);
    coarse->counted = !part;
    if (!part) {
        uint32_t below = sorted_below(column, least);
        coarse->inside = (greatest == max ? column->known_count : sorted_below(column, greatest + 1)) - below;
    }
    bound->coarse = coarse;
}

static BoundFilter *bind_spans(Arena *arena, const Table *table, const Filter *filter, const Column *column,
                               bool part)
{
    BoundFilter *bound = bound_column(
        arena, table, column->field->type == FIELD_DATE && !column->coarse ? BOUND_DATES : BOUND_SPANS,
        column);
    StoredSpan *spans = arena_array(arena, StoredSpan, filter->count);
    uint32_t count = 0;
    uint64_t max = stored_max(column);
    for (uint32_t i = 0; i < filter->count; i++) {
        Span span = filter->spans[i];
        if (span.greatest < column->base)
            continue;
        /* Unsigned differences are exact, whatever the signs. */
        uint64_t least = span.least <= column->base ? 0 : (uint64_t)span.least - (uint64_t)column->base;
        uint64_t greatest = (uint64_t)span.greatest - (uint64_t)column->base;
        if (least <= max)
            spans[count++] = (StoredSpan){least, greatest < max ? greatest : max};
    }
    set_spans(arena, bound, spans, count, filter->negated);
    bind_coarse(arena, bound, part);
    return bound;
}

/* ---- texts ---- */

static BoundFilter *bind_members(Arena *arena, const Table *table, const Column *column, const bool *member,
                                 bool negated)
{
    if (column->list_ends) {
        BoundFilter *bound = bound_column(arena, table, BOUND_LIST, column);
        bound->member = member;
        bound->negated = negated;
        return bound;
    }
    uint32_t runs = 0;
    for (uint32_t i = 0; i < column->dict_count; i++)
        runs += member[i] && (i == 0 || !member[i - 1]);
    BoundFilter *bound = bound_column(arena, table, runs > RUNS_MAX ? BOUND_MEMBERS : BOUND_SPANS, column);
    if (runs > RUNS_MAX) {
        bound->member = member;
        bound->negated = negated;
        return bound;
    }
    StoredSpan *spans = arena_array(arena, StoredSpan, runs);
    runs = 0;
    for (uint32_t i = 0; i < column->dict_count; i++) {
        if (!member[i])
            continue;
        if (i == 0 || !member[i - 1])
            spans[runs++] = (StoredSpan){i, i};
        spans[runs - 1].greatest = i;
    }
    set_spans(arena, bound, spans, runs, negated);
    return bound;
}

/* How many entries of a sorted dictionary come before the text (or, with `equal`, not behind it). */
static uint32_t entries_before(const Column *column, Str text, bool equal)
{
    uint32_t low = 0, high = column->dict_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_cmp(column_entry(column, middle), text);
        if (order < 0 || (equal && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int text_order(const void *a, const void *b)
{
    const Str *x = a, *y = b;
    return str_cmp(*x, *y);
}

/* Entries whose folded form is that of one of the texts. */
static BoundFilter *bind_folded_texts(Arena *arena, const Table *table, const Filter *filter,
                                      const Column *column)
{
    bool *member = arena_zarray(arena, bool, column->dict_count);
    Str *texts = arena_array(arena, Str, filter->count);
    for (uint32_t i = 0; i < filter->count; i++)
        texts[i] = text_search_form(arena, filter->texts[i]);
    qsort(texts, filter->count, sizeof *texts, text_order);
    Arena *scratch = arena_new();
    for (uint32_t i = 0; i < column->dict_count; i++) {
        Str form = text_search_form(scratch, column_entry(column, i));
        member[i] = bsearch(&form, texts, filter->count, sizeof *texts, text_order) != NULL;
        arena_reset(scratch);
    }
    arena_free(scratch);
    return bind_members(arena, table, column, member, filter->negated);
}

/* A dictionary that is sorted by bytes holds together what begins alike. */
static BoundFilter *bind_like(Arena *arena, const Table *table, const Filter *filter, const Column *column)
{
    bool *member = arena_zarray(arena, bool, column->dict_count);
    const Like *like = like_compile(arena, filter->texts[0], filter->folded);
    bool sorted = !filter->folded && !column->field->codes;
    Str prefix = like_prefix(like);
    Arena *scratch = arena_new();
    for (uint32_t i = sorted ? entries_before(column, prefix, false) : 0; i < column->dict_count; i++) {
        Str entry = column_entry(column, i);
        if (filter->folded) {
            entry = text_search_form(scratch, entry);
            member[i] = like_matches(like, entry);
            arena_reset(scratch);
            continue;
        }
        if (sorted && (entry.len < prefix.len || memcmp(entry.ptr, prefix.ptr, prefix.len) != 0))
            break;
        member[i] = like_matches(like, entry);
    }
    arena_free(scratch);
    return bind_members(arena, table, column, member, filter->negated);
}

static BoundFilter *bind_one_text(Arena *arena, const Table *table, const Filter *filter,
                                  const Column *column)
{
    BoundFilter *bound = bound_column(arena, table, BOUND_SPANS, column);
    StoredSpan *span = arena_zarray(arena, StoredSpan, 1);
    uint32_t at;
    bool found = column_find(column, filter->texts[0], &at) && at < column->dict_count;
    if (found)
        *span = (StoredSpan){at, at};
    set_spans(arena, bound, span, found, filter->negated);
    return bound;
}

static BoundFilter *bind_texts(Arena *arena, const Table *table, const Filter *filter, const Column *column)
{
    if (filter->folded)
        return bind_folded_texts(arena, table, filter, column);
    if (filter->count == 1 &&
        !column->list_ends) /* the common case needs nothing as large as the dictionary */
        return bind_one_text(arena, table, filter, column);
    bool *member = arena_zarray(arena, bool, column->dict_count);
    for (uint32_t i = 0; i < filter->count; i++) {
        uint32_t at;
        if (column_find(column, filter->texts[i], &at) && at < column->dict_count)
            member[at] = true;
    }
    return bind_members(arena, table, column, member, filter->negated);
}

static BoundFilter *bind_text_range(Arena *arena, const Table *table, const Filter *filter,
                                    const Column *column)
{
    uint32_t from = 0, to = column->dict_count;
    if (filter->least_text)
        from = entries_before(column, *filter->least_text, filter->least_left_out);
    if (filter->greatest_text)
        to = entries_before(column, *filter->greatest_text, !filter->greatest_left_out);
    BoundFilter *bound = bound_column(arena, table, BOUND_SPANS, column);
    StoredSpan *span = arena_array(arena, StoredSpan, 1);
    *span = (StoredSpan){from, to > from ? to - 1 : 0};
    set_spans(arena, bound, span, to > from, filter->negated);
    return bound;
}

static BoundFilter *bind_offer(Arena *arena, const Table *table, const Column *column)
{
    BoundFilter *bound = bound_column(arena, table, BOUND_SPANS, column);
    uint32_t count = column->field->codes->count;
    StoredSpan *open = arena_array(arena, StoredSpan, count),
               *promised = arena_array(arena, StoredSpan, count);
    for (uint32_t i = 0; i < count; i++) {
        int offer = column->field->codes->codes[i].offer;
        StoredSpan *spans = offer == OFFER_OPEN ? open : promised;
        uint32_t *filled = offer == OFFER_OPEN ? &bound->count : &bound->maybe_count;
        if (offer != OFFER_OPEN && offer != OFFER_PROMISED)
            continue;
        if (*filled > 0 && spans[*filled - 1].greatest + 1 == i)
            spans[*filled - 1].greatest = i;
        else
            spans[(*filled)++] = (StoredSpan){i, i};
    }
    bound->spans = open;
    bound->maybes = promised;
    return bound;
}

/* ---- all shapes ---- */

static BoundFilter *bind_null(Arena *arena, const Table *table, const Filter *filter, const Column *column)
{
    BoundFilter *bound = bound_column(arena, table, BOUND_NULL, column);
    bound->negated = filter->negated;
    return bound;
}

static BoundFilter *bind_leaf(Arena *arena, const Table *table, const Filter *filter, bool part)
{
    const Column *column = &table->columns[filter->field];
    if (!column->values)
        return filter->shape == SHAPE_NULL
                   ? bound_new(arena, table, filter->negated ? BOUND_FALSE : BOUND_TRUE)
                   : bound_new(arena, table, BOUND_MAYBE);
    switch (filter->shape) {
    case SHAPE_SPANS:
        return bind_spans(arena, table, filter, column, part);
    case SHAPE_TEXTS:
        return bind_texts(arena, table, filter, column);
    case SHAPE_TEXT_RANGE:
        return bind_text_range(arena, table, filter, column);
    case SHAPE_LIKE:
        return bind_like(arena, table, filter, column);
    case SHAPE_OFFER:
        return bind_offer(arena, table, column);
    default:
        return bind_null(arena, table, filter, column);
    }
}

static const BoundFilter *bind(Arena *arena, const Table *table, const Filter *filter, bool part);

static BoundFilter *bind_parts(Arena *arena, const Table *table, const Filter *filter, BoundShape shape,
                               bool part)
{
    const BoundFilter **parts = arena_array(arena, const BoundFilter *, filter->count);
    for (uint32_t i = 0; i < filter->count; i++)
        parts[i] = bind(arena, table, filter->parts[i], part);
    BoundFilter *bound = bound_new(arena, table, shape);
    bound->parts = parts;
    bound->count = filter->count;
    return bound;
}

/* Of a small dictionary each text is soon looked at. */
static bool asks_many_texts(const Table *table, const Filter *filter)
{
    enum { FEW_TEXTS = 64 };
    const Column *column = &table->columns[filter->field];
    bool all = filter->shape == SHAPE_LIKE || (filter->shape == SHAPE_TEXTS && filter->folded);
    return all && column->values && column->dict_count > FEW_TEXTS;
}

static const BoundFilter *bind(Arena *arena, const Table *table, const Filter *filter, bool part)
{
    if (part && asks_many_texts(table, filter))
        return part_bind(arena, table, filter);
    switch (filter->shape) {
    case SHAPE_TRUE:
        return bound_new(arena, table, BOUND_TRUE);
    case SHAPE_FALSE:
        return bound_new(arena, table, BOUND_FALSE);
    case SHAPE_AND:
        return bind_parts(arena, table, filter, BOUND_AND, part);
    case SHAPE_OR:
        return bind_parts(arena, table, filter, BOUND_OR, part);
    case SHAPE_NOT:
        return bind_parts(arena, table, filter, BOUND_NOT, part);
    case SHAPE_BOX:
    case SHAPE_PLACE:
        return part_bind(arena, table, filter);
    case SHAPE_SPANS:
    case SHAPE_TEXTS:
    case SHAPE_TEXT_RANGE:
    case SHAPE_LIKE:
    case SHAPE_OFFER:
    case SHAPE_NULL:
        break;
    }
    return bind_leaf(arena, table, filter, part);
}

const BoundFilter *filter_bind(Arena *arena, const Table *table, const Filter *filter)
{
    return filter ? bind(arena, table, filter, false) : bound_new(arena, table, BOUND_TRUE);
}

const BoundFilter *filter_bind_part(Arena *arena, const Table *table, const Filter *filter)
{
    return filter ? bind(arena, table, filter, true) : bound_new(arena, table, BOUND_TRUE);
}
