#include "match/near.h"
#include "match/best.h"

enum { MILLION = 1000 * 1000, YEAR_D = 365 };

static int64_t apart(int64_t more, int64_t less)
{
    uint64_t by = (uint64_t)more - (uint64_t)less;
    return by > INT64_MAX ? INT64_MAX : (int64_t)by;
}

void near_prepare(Checks *checks)
{
    for (uint32_t c = 0; c < checks->count; c++) {
        Measure *measure = &checks->measures[c];
        *measure = (Measure){.none = c == checks->brief->condition_count};
        if (measure->none)
            continue;
        const Condition *asked = &checks->brief->conditions[c];
        FieldType type = condition_field(checks->brief, c)->type;
        bool date = type == FIELD_DATE;
        measure->none = asked->offer || asked->codes || type == FIELD_BOOL;
        measure->date = date;
        measure->low = asked->least.state == VALUE_KNOWN;
        measure->high = asked->greatest.state == VALUE_KNOWN;
        measure->least = date ? asked->least.date.first : asked->least.num;
        measure->greatest = date ? asked->greatest.date.last : asked->greatest.num;
        const Column *column = asked->via || asked->near ? NULL : &checks->table->columns[asked->field];
        measure->column = column && column->values ? column : NULL;
        measure->all_known = measure->column && column->known_count == checks->table->rows;
    }
}

void near_measure(const Checks *checks, uint32_t condition, uint32_t row, uint32_t *hint, NearRow *ret)
{
    const Measure *measure = &checks->measures[condition];
    const Column *column = measure->column;
    int64_t first, last;
    *ret = (NearRow){.row = row, .condition = (uint16_t)condition, .side = SIDE_NONE};
    if (measure->none)
        return;
    if (column) {
        if (!measure->all_known && !bits_get(column->known, row))
            return;
        first = column_num(column, row);
        last = measure->date ? column_last(column, row) : first;
    } else if (sources_condition(checks->sources, (RowRef){checks->segment, row}, condition, hint, &first,
                                 &last) != VALUE_KNOWN) {
        return;
    }
    if (measure->low && first < measure->least) {
        ret->side = SIDE_LEAST;
        ret->by = apart(measure->least, first);
    } else if (measure->high && last > measure->greatest) {
        ret->side = SIDE_GREATEST;
        ret->by = apart(last, measure->greatest);
    }
}

/* What `relative` is told of: the end's value, or a year. */
static __int128 whole_of(const Brief *brief, uint32_t condition, Side side)
{
    __int128 of = YEAR_D;
    if (condition_field(brief, condition)->type != FIELD_DATE)
        of = side == SIDE_LEAST ? brief->conditions[condition].least.num
                                : brief->conditions[condition].greatest.num;
    return of < 0 ? -of : of ? of : 1;
}

int64_t near_relative(const Brief *brief, uint32_t condition, Side side, int64_t by)
{
    if (side == SIDE_NONE)
        return INT64_MAX;
    __int128 relative = (__int128)by * MILLION / whole_of(brief, condition, side);
    return relative < INT64_MAX ? (int64_t)relative : INT64_MAX - 1;
}

/* Millionths for each unit of `by`, roughly. */
typedef double Rates[CHECKS_MAX][SIDE_GREATEST + 1];

static void find_rates(const Brief *brief, Rates ret)
{
    for (uint32_t c = 0; c < brief->condition_count; c++)
        for (int side = SIDE_LEAST; side <= SIDE_GREATEST; side++)
            ret[c][side] = MILLION / (double)whole_of(brief, c, (Side)side);
}

/* Is it too far off to be listed? Told without a division, by an estimate that errs by less than its margin.
 */
static bool too_far(const Best *best, Rates rates, const NearRow *near)
{
    int64_t floor = best_floor(best);
    if (floor <= -INT64_MAX)
        return false;
    if (near->side == SIDE_NONE)
        return true;
    return (double)near->by * rates[near->condition][near->side] > (2 - (double)floor) * (1 + 1e-9);
}

void near_rank(Arena *arena, const Checks *tables, uint32_t count, Ranking *ret)
{
    Best best;
    Rates rates;
    find_rates(ret->brief, rates);
    best_init(arena, ret->brief->top, &best);
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t i = 0; i < tables[s].near_count; i++) {
            const NearRow *near = &tables[s].near[i];
            if (too_far(&best, rates, near))
                continue;
            int64_t relative = near_relative(ret->brief, near->condition, (Side)near->side, near->by);
            best_offer(&best, tables[s].table, (RowRef){s, near->row}, -relative, i);
        }
    best_sort(&best);
    NearMiss *misses = arena_array(arena, NearMiss, best.count);
    for (uint32_t i = 0; i < best.count; i++) {
        const NearRow *near = &tables[best.entries[i].at.segment].near[best.entries[i].tag];
        misses[i] = (NearMiss){best.entries[i].at, near->condition, (Side)near->side, near->by,
                               -best.entries[i].order};
    }
    ret->near_misses = misses;
    ret->near_miss_count = best.count;
}

/* ---- nothing fits, nothing is near ---- */

typedef struct Pairs {
    const Checks *checks;
    uint32_t segment;
    uint32_t hint;
    Best best; /* room for one; the tag: both conditions */
} Pairs;

enum { PAIR_SHIFT = 8 };

static void offer_pair(Pairs *pairs, uint32_t row, uint32_t a, uint32_t b)
{
    const Checks *checks = pairs->checks;
    NearRow one, two;
    near_measure(checks, a, row, &pairs->hint, &one);
    near_measure(checks, b, row, &pairs->hint, &two);
    int64_t of_one = near_relative(checks->brief, a, (Side)one.side, one.by);
    int64_t of_two = near_relative(checks->brief, b, (Side)two.side, two.by);
    int64_t sum = of_one > INT64_MAX - of_two ? INT64_MAX : of_one + of_two;
    best_offer(&pairs->best, checks->table, (RowRef){pairs->segment, row}, -sum, a << PAIR_SHIFT | b);
}

/* The rows of a block that exactly two conditions are false of, and all others true. */
static void pair_block(Pairs *pairs, uint32_t block)
{
    const Checks *checks = pairs->checks;
    uint64_t no[CHECKS_MAX][BLOCK_WORDS], one[BLOCK_WORDS] = {0}, two[BLOCK_WORDS] = {0};
    uint64_t out[BLOCK_WORDS] = {0};
    for (uint32_t c = 0; c < checks->count; c++) {
        uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS];
        filter_block(checks->checks[c], block, yes, maybe);
        for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
            no[c][w] = ~yes[w] & ~maybe[w];
            out[w] |= maybe[w] | (two[w] & no[c][w]);
            two[w] |= one[w] & no[c][w];
            one[w] |= no[c][w];
        }
    }
    for (uint32_t w = 0; w < checks_words(checks->table, block); w++)
        for (uint64_t rest = two[w] & ~out[w] & checks->table->live[block * BLOCK_WORDS + w]; rest;
             rest &= rest - 1) {
            uint32_t found[2] = {0}, count = 0;
            uint64_t bit = rest & -rest;
            for (uint32_t c = 0; c < checks->count && count < 2; c++)
                if (no[c][w] & bit)
                    found[count++] = c;
            offer_pair(pairs, block * BLOCK_ROWS + w * 64 + (uint32_t)__builtin_ctzll(rest), found[0],
                       found[1]);
        }
}

void near_none(Arena *arena, const Checks *tables, uint32_t count, Ranking *ret)
{
    uint32_t conditions = ret->brief->condition_count + (ret->brief->filter != NULL);
    if (ret->fit > 0 || ret->near > 0 || conditions == 0)
        return;
    NoFit *none = arena_new_of(arena, NoFit);
    Pairs pairs = {0};
    best_init(arena, 1, &pairs.best);
    for (uint32_t c = 1; c < conditions; c++)
        if (ret->counts[c].excludes > ret->counts[none->most].excludes)
            none->most = c;
    for (uint32_t s = 0; s < count; s++) {
        pairs.checks = &tables[s];
        pairs.segment = s;
        for (uint32_t block = 0; block * BLOCK_WORDS < bits_words(tables[s].table->rows); block++)
            pair_block(&pairs, block);
    }
    if (pairs.best.count > 0) {
        none->nearest[0] = pairs.best.entries->tag >> PAIR_SHIFT;
        none->nearest[1] = pairs.best.entries->tag & ((1u << PAIR_SHIFT) - 1);
        none->nearest_count = NONE_NEAREST_MAX;
        none->site = pairs.best.entries->at;
    }
    ret->none = none;
}
