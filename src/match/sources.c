#include "match/sources.h"
#include "match/select.h"
#include <string.h>

static const Field distance_field = {
    .name = "near_m", .type = FIELD_NUM, .label = {"距离", "Distance"}, .unit = "m", .example = "20000"};
static const Field place_field = {.name = "inside", .type = FIELD_BOOL, .label = {"范围", "Place"}};

const Field *condition_field(const Brief *brief, uint32_t condition)
{
    const Condition *asked = &brief->conditions[condition];
    if (asked->near)
        return &distance_field;
    if (asked->place)
        return &place_field;
    return &kind_info(asked->via ? asked->via->ref : brief->kind)->fields[asked->field];
}

const Field *term_field(const Brief *brief, uint32_t term)
{
    return brief->terms[term].near ? &distance_field
                                   : &kind_info(brief->kind)->fields[brief->terms[term].field];
}

/* ---- resolving ---- */

static bool same_places(const Nearness *a, const Nearness *b)
{
    return a->what == b->what && str_eq(a->key, b->key);
}

/* One search for each set of places, however often the brief speaks of it. */
static const Reach *reach_of(Arena *arena, const Sources *sources, const Nearness *near)
{
    const Brief *brief = sources->brief;
    for (uint32_t c = 0; c < brief->condition_count; c++)
        if (sources->condition_reach[c] && same_places(brief->conditions[c].near, near))
            return sources->condition_reach[c];
    for (uint32_t t = 0; t < brief->term_count; t++)
        if (sources->term_reach[t] && same_places(brief->terms[t].near, near))
            return sources->term_reach[t];
    return places_reach(arena, sources->atlas, near);
}

static const Column *via_column(const Table *table, const Field *via)
{
    return &table->columns[via - kind_info(table->kind)->fields];
}

static const RowRef *name_rows(Arena *arena, const Sources *sources, const Table *table, const Field *via)
{
    const Column *column = via_column(table, via);
    RowRef *rows = arena_array(arena, RowRef, column->dict_count);
    for (uint32_t entry = 0; entry < column->dict_count; entry++)
        if (!sources->atlas ||
            atlas_find(sources->atlas, via->ref, column_entry(column, entry), &rows[entry]) != OK)
            rows[entry] = (RowRef){NAMED_NOTHING, 0};
    return rows;
}

const Sources *sources_new(Arena *arena, const Atlas *atlas, const Table *const *tables, uint32_t count,
                           const Brief *brief)
{
    Sources *sources = arena_new_of(arena, Sources);
    sources->brief = brief;
    sources->atlas = atlas;
    sources->tables = tables;
    sources->table_count = count;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Condition *asked = &brief->conditions[c];
        if (asked->near)
            sources->condition_reach[c] = reach_of(arena, sources, asked->near);
        if (asked->place)
            sources->regions[c] = region_build(arena, asked->place);
        for (uint32_t s = 0; s < count && asked->via; s++)
            sources->named[c][s] = name_rows(arena, sources, tables[s], asked->via);
    }
    for (uint32_t t = 0; t < brief->term_count; t++)
        if (brief->terms[t].near)
            sources->term_reach[t] = reach_of(arena, sources, brief->terms[t].near);
    return sources;
}

/* ---- conditions as filters ---- */

static const BoundFilter *bind_via(Arena *arena, const Sources *sources, uint32_t segment, uint32_t condition)
{
    const Condition *asked = &sources->brief->conditions[condition];
    const Filter *filter = condition_filter(arena, asked->via->ref, asked);
    const Column *column = via_column(sources->tables[segment], asked->via);
    const RowRef *named = sources->named[condition][segment];
    const BoundFilter *bound[SEGMENTS_MAX] = {0};
    uint8_t *truths = arena_array(arena, uint8_t, column->dict_count + 1);
    for (uint32_t s = 0; sources->atlas && s < atlas_segments(sources->atlas); s++)
        bound[s] = filter_bind(arena, atlas_table(sources->atlas, asked->via->ref, s), filter);
    for (uint32_t entry = 0; entry < column->dict_count; entry++)
        truths[entry] = (uint8_t)(named[entry].segment == NAMED_NOTHING
                                      ? TRUTH_MAYBE
                                      : filter_row(bound[named[entry].segment], named[entry].row));
    return ground_lookup(arena, sources->tables[segment], column, truths);
}

const BoundFilter *sources_bind(Arena *arena, const Sources *sources, uint32_t segment, uint32_t condition)
{
    const Brief *brief = sources->brief;
    const Table *table = sources->tables[segment];
    if (condition == brief->condition_count)
        return filter_bind(arena, table, brief->filter);
    const Condition *asked = &brief->conditions[condition];
    if (asked->near)
        return ground_within(arena, table, sources->condition_reach[condition],
                             asked->least.state == VALUE_KNOWN ? asked->least.num : 0,
                             asked->greatest.state == VALUE_KNOWN ? asked->greatest.num : INT64_MAX);
    if (asked->place)
        return ground_inside(arena, table, sources->regions[condition], asked->outside);
    if (asked->via && via_column(table, asked->via)->values)
        return bind_via(arena, sources, segment, condition);
    return filter_bind(arena, table, condition_filter(arena, brief->kind, asked));
}

/* ---- values ---- */

static ValueState distance(const Sources *sources, const Reach *reach, RowRef at, uint32_t *hint,
                           int64_t *ret)
{
    const Table *table = sources->tables[at.segment];
    if (!table_has_shape(table, at.row))
        return VALUE_UNKNOWN;
    *ret = reach_m(reach, table->anchors[at.row], hint);
    return *ret < 0 ? VALUE_UNKNOWN : VALUE_KNOWN;
}

static ValueState column_state(const Column *column, uint32_t row)
{
    if (!column->values)
        return VALUE_UNKNOWN;
    if (bits_get(column->known, row))
        return VALUE_KNOWN;
    bool none = column->not_applicable && bits_get(column->not_applicable, row);
    return none ? VALUE_NOT_APPLICABLE : VALUE_UNKNOWN;
}

bool sources_column(const Sources *sources, RowRef at, uint32_t condition, const Column **ret_column,
                    uint32_t *ret_row)
{
    const Condition *asked = &sources->brief->conditions[condition];
    const Table *table = sources->tables[at.segment];
    *ret_row = at.row;
    if (asked->via) {
        const Column *names = via_column(table, asked->via);
        if (column_state(names, at.row) != VALUE_KNOWN)
            return false;
        RowRef named = sources->named[condition][at.segment][column_stored(names, at.row)];
        if (named.segment == NAMED_NOTHING)
            return false;
        table = atlas_table(sources->atlas, asked->via->ref, named.segment);
        *ret_row = named.row;
    }
    *ret_column = &table->columns[asked->field];
    return column_state(*ret_column, *ret_row) == VALUE_KNOWN;
}

ValueState sources_condition(const Sources *sources, RowRef at, uint32_t condition, uint32_t *hint,
                             int64_t *ret_first, int64_t *ret_last)
{
    const Condition *asked = &sources->brief->conditions[condition];
    const Column *column;
    uint32_t row;
    if (asked->place)
        return VALUE_UNKNOWN;
    if (asked->near) {
        ValueState state = distance(sources, sources->condition_reach[condition], at, hint, ret_first);
        *ret_last = *ret_first;
        return state;
    }
    if (!sources_column(sources, at, condition, &column, &row))
        return VALUE_UNKNOWN;
    *ret_first = column_num(column, row);
    *ret_last = column->field->type == FIELD_DATE ? column_last(column, row) : *ret_first;
    return VALUE_KNOWN;
}

/* Straight loops, so that the processor waits for many rows' values at once. */
#define GATHER(bits)                                                                                         \
    static void gather_##bits(const uint##bits##_t *from, const uint32_t *rows, uint32_t count,              \
                              int64_t base, int64_t *ret)                                                    \
    {                                                                                                        \
        for (uint32_t i = 0; i < count; i++)                                                                 \
            ret[i] = (int64_t)((uint64_t)base + from[rows[i]]);                                              \
    }

GATHER(8)
GATHER(16)
GATHER(32)
GATHER(64)

static void gather(const Column *column, const uint32_t *rows, uint32_t count, int64_t *ret)
{
    switch (column->width) {
    case 1:
        gather_8(column->values, rows, count, column->base, ret);
        break;
    case 2:
        gather_16(column->values, rows, count, column->base, ret);
        break;
    case 4:
        gather_32(column->values, rows, count, column->base, ret);
        break;
    default:
        gather_64(column->values, rows, count, column->base, ret);
    }
}

void sources_term_rows(const Sources *sources, uint32_t segment, uint32_t term, const uint32_t *rows,
                       uint32_t count, int64_t *ret_values, uint8_t *ret_states)
{
    const Table *table = sources->tables[segment];
    uint32_t hint = 0;
    if (sources->term_reach[term]) {
        for (uint32_t i = 0; i < count; i++)
            ret_states[i] = (uint8_t)distance(sources, sources->term_reach[term], (RowRef){segment, rows[i]},
                                              &hint, &ret_values[i]);
        return;
    }
    const Column *column = &table->columns[sources->brief->terms[term].field];
    if (column->values)
        gather(column, rows, count, ret_values);
    if (column->values && column->known_count == table->rows)
        memset(ret_states, VALUE_KNOWN, count);
    else
        for (uint32_t i = 0; i < count; i++)
            ret_states[i] = (uint8_t)column_state(column, rows[i]);
}

ValueState sources_term(const Sources *sources, RowRef at, uint32_t term, int64_t *ret)
{
    uint32_t hint = 0;
    if (sources->term_reach[term])
        return distance(sources, sources->term_reach[term], at, &hint, ret);
    const Column *column = &sources->tables[at.segment]->columns[sources->brief->terms[term].field];
    ValueState state = column_state(column, at.row);
    if (state == VALUE_KNOWN)
        *ret = column_num(column, at.row);
    return state;
}

bool match_distance(const Ranking *ranking, RowRef at, const Nearness *near, int64_t *ret_m)
{
    const Sources *sources = ranking->sources;
    uint32_t hint = 0;
    for (uint32_t c = 0; c < ranking->brief->condition_count; c++)
        if (ranking->brief->conditions[c].near == near)
            return distance(sources, sources->condition_reach[c], at, &hint, ret_m) == VALUE_KNOWN;
    for (uint32_t t = 0; t < ranking->brief->term_count; t++)
        if (ranking->brief->terms[t].near == near)
            return distance(sources, sources->term_reach[t], at, &hint, ret_m) == VALUE_KNOWN;
    return false;
}
