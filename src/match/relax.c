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
    bool date = kind_info(brief->kind)->fields[asked->field].type == FIELD_DATE;
    if (side == SIDE_LEAST)
        return date ? asked->least.date.first : asked->least.num;
    return date ? asked->greatest.date.last : asked->greatest.num;
}

static int64_t step_of(const Brief *brief, uint32_t condition, Side side)
{
    if (kind_info(brief->kind)->fields[brief->conditions[condition].field].type == FIELD_DATE)
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

/* How many near rows of this condition hold each entry of the column's dictionary (of a BOOL: 0 and 1). */
static uint32_t *count_entries(Arena *arena, const Checks *checks, uint32_t condition, uint32_t *ret_room)
{
    const Column *column = &checks->table->columns[checks->brief->conditions[condition].field];
    *ret_room = column->field->type == FIELD_BOOL ? 2 : column->dict_count;
    uint32_t *counts = arena_zarray(arena, uint32_t, *ret_room);
    for (uint32_t i = 0; column->values && i < checks->near_count; i++) {
        uint32_t row = checks->near[i].row;
        if (checks->near[i].condition != condition || !bits_get(column->known, row))
            continue;
        if (!column->list_ends) {
            counts[column->field->type == FIELD_BOOL ? (uint64_t)column_num(column, row)
                                                     : column_stored(column, row)]++;
            continue;
        }
        for (uint32_t k = row ? column->list_ends[row - 1] : 0; k < column->list_ends[row]; k++)
            counts[column_stored(column, k)]++;
    }
    return counts;
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
    uint32_t *counts[SEGMENTS_MAX], rooms[SEGMENTS_MAX];
    const Column *columns[SEGMENTS_MAX];
    *ret = (Relaxation){.condition = condition};
    for (uint32_t s = 0; s < count; s++) {
        columns[s] = &tables[s].table->columns[tables[s].brief->conditions[condition].field];
        counts[s] = count_entries(arena, &tables[s], condition, &rooms[s]);
    }
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t entry = 0; entry < rooms[s]; entry++) {
            if (counts[s][entry] == 0)
                continue;
            Str name = entry_name(columns[s], entry);
            uint32_t gains = 0;
            for (uint32_t other = 0; other < count; other++)
                gains += entry_count(columns[other], counts[other], rooms[other], name);
            if (gains < ret->gains ||
                (gains == ret->gains && ret->gains > 0 && !comes_before(columns[s], name, ret->add)))
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
        bool coded = asked->codes || kind_info(brief->kind)->fields[asked->field].type == FIELD_BOOL;
        if (ret->counts[c].near > 0 && !asked->offer && coded &&
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
