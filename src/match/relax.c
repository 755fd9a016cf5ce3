/* What one condition changed alone would gain: worked out from the values of the rows that it alone keeps
 * out, so a move of an end is told to the very value of some row. */
#include "match/near.h"
#include <stdlib.h>
#include <string.h>

/* One end of one condition. */
typedef struct End {
    int64_t step;             /* what is sensible */
    int64_t least_by, far_by; /* the least move, the greatest within a step */
    uint32_t least_gains, far_gains;
} End;

static int64_t end_of(const Brief *brief, uint32_t condition, Side side)
{
    const Condition *asked = &brief->conditions[condition];
    bool date = condition_field(brief, condition)->type == FIELD_DATE;
    if (side == SIDE_LEAST)
        return date ? asked->least.date.first : asked->least.num;
    return date ? asked->greatest.date.last : asked->greatest.num;
}

static int64_t step_of(const Brief *brief, uint32_t condition, Side side)
{
    if (condition_field(brief, condition)->type == FIELD_DATE)
        return RELAX_STEP_DAYS;
    __int128 end = end_of(brief, condition, side);
    return (int64_t)((end < 0 ? -end : end) * RELAX_STEP_PERCENT / 100);
}

static void take_move(End *end, int64_t by)
{
    if (end->least_gains == 0 || by < end->least_by) {
        end->least_by = by;
        end->least_gains = 0;
    }
    end->least_gains += by == end->least_by;
    if (by <= end->step) {
        end->far_gains++;
        end->far_by = by > end->far_by ? by : end->far_by;
    }
}

static void put_move(const Brief *brief, uint32_t condition, Side side, const End *end, Relaxation *ret)
{
    int64_t from = end_of(brief, condition, side);
    *ret = (Relaxation){.condition = condition,
                        .side = side,
                        .gains = end->least_gains,
                        .far_gains = end->far_gains,
                        .to = side == SIDE_LEAST ? from - end->least_by : from + end->least_by,
                        .far_to = side == SIDE_LEAST ? from - end->far_by : from + end->far_by};
}

/* ---- codes ---- */

/* The columns that a condition on codes is about: of the rows' own tables, or of those that they name. */
typedef struct Homes {
    const Column *columns[SEGMENTS_MAX];
    uint32_t *counts[SEGMENTS_MAX], rooms[SEGMENTS_MAX]; /* by entry of the dictionary; of a BOOL: 0 and 1 */
    uint32_t count;
} Homes;

static void find_homes(Arena *arena, const Sources *sources, uint32_t condition, Homes *ret)
{
    const Condition *asked = &sources->brief->conditions[condition];
    bool named = asked->via && sources->atlas;
    *ret = (Homes){.count = named ? atlas_segments(sources->atlas) : asked->via ? 0 : sources->table_count};
    for (uint32_t s = 0; s < ret->count; s++) {
        const Table *table = named ? atlas_table(sources->atlas, asked->via->ref, s) : sources->tables[s];
        ret->columns[s] = &table->columns[asked->field];
        ret->rooms[s] = ret->columns[s]->field->type == FIELD_BOOL ? 2 : ret->columns[s]->dict_count;
        ret->counts[s] = arena_zarray(arena, uint32_t, ret->rooms[s]);
    }
}

static void count_value(const Column *column, uint32_t row, uint32_t *counts)
{
    if (column->field->type == FIELD_BOOL) {
        counts[column_num(column, row) != 0]++;
    } else if (!column->list_ends) {
        counts[column_stored(column, row)]++;
    } else {
        for (uint32_t k = row ? column->list_ends[row - 1] : 0; k < column->list_ends[row]; k++)
            counts[column_stored(column, k)]++;
    }
}

/* How many near rows of this condition hold each entry. */
static void count_entries(const Checks *checks, uint32_t condition, Homes *homes)
{
    for (uint32_t i = 0; i < checks->near_count; i++) {
        const Column *column;
        uint32_t row, home = 0;
        if (checks->near[i].condition != condition ||
            !sources_column(checks->sources, (RowRef){checks->segment, checks->near[i].row}, condition,
                            &column, &row))
            continue;
        while (home < homes->count && homes->columns[home] != column)
            home++;
        if (home < homes->count)
            count_value(column, row, homes->counts[home]);
    }
}

static Str entry_name(const Column *column, uint32_t entry)
{
    if (column->field->type == FIELD_BOOL)
        return entry ? STR("true") : STR("false");
    return column_entry(column, entry);
}

static uint32_t entry_count(const Column *column, const uint32_t *counts, uint32_t room, Str name)
{
    uint32_t at = str_is(name, "true");
    bool found = column->field->type == FIELD_BOOL || column_find(column, name, &at);
    return found && at < room ? counts[at] : 0;
}

/* Dictionaries are in one order in every segment: the list's, or by bytes. */
static bool comes_before(const Column *column, Str a, Str b)
{
    if (column->field->codes)
        return code_index(column->field->codes, a) < code_index(column->field->codes, b);
    return str_cmp(a, b) < 0;
}

static bool relax_codes(Arena *arena, const Checks *tables, uint32_t count, uint32_t condition,
                        Relaxation *ret)
{
    Homes homes;
    *ret = (Relaxation){.condition = condition};
    find_homes(arena, tables->sources, condition, &homes);
    for (uint32_t s = 0; s < count; s++)
        count_entries(&tables[s], condition, &homes);
    for (uint32_t h = 0; h < homes.count; h++)
        for (uint32_t entry = 0; entry < homes.rooms[h]; entry++) {
            if (homes.counts[h][entry] == 0)
                continue;
            Str name = entry_name(homes.columns[h], entry);
            uint32_t gains = 0;
            for (uint32_t o = 0; o < homes.count; o++)
                gains += entry_count(homes.columns[o], homes.counts[o], homes.rooms[o], name);
            if (gains < ret->gains ||
                (gains == ret->gains && ret->gains > 0 && !comes_before(homes.columns[h], name, ret->add)))
                continue;
            ret->gains = gains;
            ret->add = name;
        }
    return ret->gains > 0;
}

/* ---- all ---- */

static uint32_t gains_most(const Relaxation *relaxation)
{
    return relaxation->far_gains > relaxation->gains ? relaxation->far_gains : relaxation->gains;
}

static int relaxation_order(const void *a, const void *b)
{
    const Relaxation *x = a, *y = b;
    if (gains_most(x) != gains_most(y))
        return gains_most(x) > gains_most(y) ? -1 : 1;
    if (x->condition != y->condition)
        return x->condition < y->condition ? -1 : 1;
    return (int)x->side - (int)y->side;
}

void near_relax(Arena *arena, const Checks *tables, uint32_t count, Ranking *ret)
{
    const Brief *brief = ret->brief;
    End ends[BRIEF_CONDITIONS_MAX][2] = {{{0}}};
    Relaxation *all = arena_array(arena, Relaxation, 2 * BRIEF_CONDITIONS_MAX);
    for (uint32_t c = 0; c < brief->condition_count; c++)
        for (int side = 0; side < 2 && ret->counts[c].near > 0 && !brief->conditions[c].offer; side++)
            ends[c][side].step = step_of(brief, c, side ? SIDE_GREATEST : SIDE_LEAST);
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t i = 0; i < tables[s].near_count; i++) {
            const NearRow *near = &tables[s].near[i];
            if (near->side != SIDE_NONE)
                take_move(&ends[near->condition][near->side == SIDE_GREATEST], near->by);
        }
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Condition *asked = &brief->conditions[c];
        bool coded = asked->codes || condition_field(brief, c)->type == FIELD_BOOL;
        if (ret->counts[c].near > 0 && !asked->offer && !asked->place && coded &&
            relax_codes(arena, tables, count, c, &all[ret->relaxation_count]))
            ret->relaxation_count++;
        for (int side = 0; side < 2; side++)
            if (ends[c][side].least_gains > 0)
                put_move(brief, c, side ? SIDE_GREATEST : SIDE_LEAST, &ends[c][side],
                         &all[ret->relaxation_count++]);
    }
    qsort(all, ret->relaxation_count, sizeof *all, relaxation_order);
    ret->relaxations = all;
}
