#include "match_briefs.h"
#include "match_plain_rank.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MILLION = 1000 * 1000, YEAR = 365 };

/* How far beyond which end of its condition a row is that fails it. */
typedef struct Miss {
    Side side;
    int64_t by, relative;
} Miss;

static bool dated(const Condition *condition)
{
    return !condition->near && kind_info(KIND_PARCEL)->fields[condition->field].type == FIELD_DATE;
}

static int64_t end_of(const Condition *condition, Side side)
{
    const Value *end = side == SIDE_LEAST ? &condition->least : &condition->greatest;
    return !dated(condition) ? end->num : side == SIDE_LEAST ? end->date.first : end->date.last;
}

static Miss miss_of(Plain *plain, const Condition *condition, uint32_t row)
{
    Miss miss = {SIDE_NONE, 0, INT64_MAX};
    if (condition->codes || condition->offer || condition->place)
        return miss;
    const PlainField *values = condition->near ? NULL : plain_field(plain, condition->field);
    if (values && values->states[row] != VALUE_KNOWN)
        return miss;
    int64_t first = values ? values->first[row] : plain_metres(plain, condition->near)[row];
    int64_t last = values ? values->last[row] : first;
    bool below = condition->least.state == VALUE_KNOWN && first < end_of(condition, SIDE_LEAST);
    miss.side = below ? SIDE_LEAST : SIDE_GREATEST;
    miss.by = below ? end_of(condition, SIDE_LEAST) - first : last - end_of(condition, SIDE_GREATEST);
    int64_t of = dated(condition) ? YEAR : llabs(end_of(condition, miss.side));
    __int128 relative = (__int128)miss.by * MILLION / (of ? of : 1);
    miss.relative = relative < INT64_MAX ? (int64_t)relative : INT64_MAX - 1;
    return miss;
}

static bool is_near(const Plain *plain, uint32_t row)
{
    return plain->noes[row] == 1 && plain->verdicts[row] == YES && bits_get(plain->table->live, row);
}

/* ---- counts, near misses ---- */

static bool same_counts(const Plain *plain, const Brief *brief, const Ranking *ranking)
{
    uint32_t near = 0;
    ConditionCount counts[BRIEF_CONDITIONS_MAX] = {{0}};
    for (uint32_t row = 0; row < plain->rows; row++) {
        if (!bits_get(plain->table->live, row))
            continue;
        for (uint32_t c = 0; c < brief->condition_count; c++) {
            uint8_t answer = plain->answers[(size_t)c * plain->rows + row];
            counts[c].excludes += answer == NO;
            counts[c].unknown += answer == MAYBE;
        }
        if (plain->noes[row] == 1) {
            counts[plain->which[row]].only++;
            counts[plain->which[row]].near += is_near(plain, row);
            near += is_near(plain, row);
        }
    }
    bool same = ranking->near == near;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const ConditionCount *got = &ranking->counts[c], *want = &counts[c];
        if (memcmp(got, want, sizeof *got) == 0)
            continue;
        same = false;
        printf("condition %u: excludes %u, unknown %u, alone %u, near %u; row by row %u, %u, %u, %u\n", c + 1,
               got->excludes, got->unknown, got->only, got->near, want->excludes, want->unknown, want->only,
               want->near);
    }
    return same;
}

static bool same_misses(Plain *plain, const Brief *brief, const Ranking *ranking)
{
    PlainBest best[BRIEF_TOP_MAX];
    uint32_t kept = 0;
    for (uint32_t row = 0; row < plain->rows; row++)
        if (is_near(plain, row))
            plain_offer(best, &kept, brief->top,
                        (PlainBest){-miss_of(plain, &brief->conditions[plain->which[row]], row).relative,
                                    table_key(plain->table, row), row, 0});
    if (kept != ranking->near_miss_count)
        return false;
    for (uint32_t i = 0; i < kept; i++) {
        uint32_t condition = plain->which[best[i].row];
        const NearMiss *got = &ranking->near_misses[i];
        Miss want = miss_of(plain, &brief->conditions[condition], best[i].row);
        if (got->at.row != best[i].row || got->condition != condition || got->side != want.side ||
            got->by != want.by || got->relative != want.relative)
            return false;
    }
    return true;
}

/* ---- relaxations ---- */

static bool relax_end(Plain *plain, const Brief *brief, uint32_t c, Side side, Relaxation *ret)
{
    const Condition *condition = &brief->conditions[c];
    int64_t least = INT64_MAX, far = 0;
    *ret = (Relaxation){.condition = c, .side = side};
    for (uint32_t row = 0; row < plain->rows; row++) {
        if (!is_near(plain, row) || plain->which[row] != c)
            continue;
        Miss miss = miss_of(plain, condition, row);
        if (miss.side != side)
            continue;
        int64_t end = end_of(condition, side);
        int64_t step =
            dated(condition) ? RELAX_STEP_DAYS : (int64_t)((__int128)llabs(end) * RELAX_STEP_PERCENT / 100);
        ret->gains = miss.by < least ? 1 : ret->gains + (miss.by == least);
        least = miss.by < least ? miss.by : least;
        if (miss.by <= step) {
            ret->far_gains++;
            far = miss.by > far ? miss.by : far;
        }
    }
    if (ret->gains == 0)
        return false;
    ret->to = end_of(condition, side) + (side == SIDE_LEAST ? -least : least);
    ret->far_to = end_of(condition, side) + (side == SIDE_LEAST ? -far : far);
    return true;
}

static bool relax_codes(Plain *plain, const Brief *brief, uint32_t c, Relaxation *ret)
{
    const Condition *condition = &brief->conditions[c];
    const CodeList *list = kind_info(KIND_PARCEL)->fields[condition->field].codes;
    const PlainField *values = plain_field(plain, condition->field);
    uint32_t counts[256] = {0};
    *ret = (Relaxation){.condition = c};
    for (uint32_t row = 0; row < plain->rows; row++)
        if (is_near(plain, row) && plain->which[row] == c && values->states[row] == VALUE_KNOWN)
            counts[values->first[row]]++;
    for (uint32_t i = 0; i < list->count; i++)
        if (counts[i] > ret->gains) {
            ret->gains = counts[i];
            ret->add = str_of(list->codes[i].code);
        }
    return ret->gains > 0;
}

static int relaxation_order(const void *a, const void *b)
{
    const Relaxation *x = a, *y = b;
    uint32_t p = x->gains > x->far_gains ? x->gains : x->far_gains;
    uint32_t q = y->gains > y->far_gains ? y->gains : y->far_gains;
    return p != q                         ? (p < q) - (p > q)
           : x->condition != y->condition ? (x->condition > y->condition) - (x->condition < y->condition)
                                          : (int)x->side - (int)y->side;
}

static bool same_relaxations(Plain *plain, const Brief *brief, const Ranking *ranking)
{
    Relaxation all[2 * BRIEF_CONDITIONS_MAX];
    uint32_t count = 0;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Condition *condition = &brief->conditions[c];
        if (condition->offer || condition->place)
            continue;
        if (condition->codes)
            count += relax_codes(plain, brief, c, &all[count]);
        for (int side = SIDE_LEAST; side <= SIDE_GREATEST && !condition->codes; side++)
            count += relax_end(plain, brief, c, (Side)side, &all[count]);
    }
    qsort(all, count, sizeof *all, relaxation_order);
    bool same = count == ranking->relaxation_count;
    for (uint32_t i = 0; same && i < count; i++) {
        const Relaxation *got = &ranking->relaxations[i], *want = &all[i];
        same = got->condition == want->condition && got->side == want->side && got->to == want->to &&
               got->far_to == want->far_to && got->gains == want->gains &&
               got->far_gains == want->far_gains && str_eq(got->add, want->add);
    }
    return same;
}

/* ---- nothing fits ---- */

/* Rows that exactly two conditions are false of and the others true: the one that is least beyond both. */
static bool same_none(Plain *plain, const Brief *brief, const Ranking *ranking)
{
    bool wanted = ranking->fit == 0 && ranking->near == 0 && brief->condition_count > 0;
    PlainBest best;
    uint32_t count = 0, most = 0;
    if (!wanted || !ranking->none)
        return !wanted && !ranking->none;
    for (uint32_t c = 1; c < brief->condition_count; c++)
        most = ranking->counts[c].excludes > ranking->counts[most].excludes ? c : most;
    for (uint32_t row = 0; row < plain->rows; row++) {
        if (plain->noes[row] != 2 || plain->verdicts[row] != YES || !bits_get(plain->table->live, row))
            continue;
        uint32_t one = 0, two = plain->which[row];
        while (plain->answers[(size_t)one * plain->rows + row] != NO)
            one++;
        int64_t a = miss_of(plain, &brief->conditions[one], row).relative, sum;
        if (__builtin_add_overflow(a, miss_of(plain, &brief->conditions[two], row).relative, &sum))
            sum = INT64_MAX;
        plain_offer(&best, &count, 1, (PlainBest){-sum, table_key(plain->table, row), row, one << 8 | two});
    }
    const NoFit *none = ranking->none;
    if (none->most != most || none->nearest_count != 2 * count)
        return false;
    return count == 0 || (none->site.row == best.row && none->nearest[0] == best.tag >> 8 &&
                          none->nearest[1] == (best.tag & 255));
}

const char *plain_why(Plain *plain, const Brief *brief, const Ranking *ranking)
{
    return !same_counts(plain, brief, ranking)        ? "what each condition excludes"
           : !same_misses(plain, brief, ranking)      ? "the near misses"
           : !same_relaxations(plain, brief, ranking) ? "the relaxations"
           : !same_none(plain, brief, ranking)        ? "what to look at where nothing fits"
                                                      : NULL;
}

bool plain_agrees(Plain *plain, const Brief *brief, bool trials)
{
    Arena *arena = arena_new();
    Ranking fast, explained;
    match_run(arena, plain->atlas, brief, MATCH_RANKING, &fast);
    match_run(arena, plain->atlas, brief, MATCH_EXPLAINED, &explained);
    plain_ask(plain, brief);
    const char *differs = plain_rank(plain, brief, &fast);
    if (!differs)
        differs = plain_rank(plain, brief, &explained);
    if (!differs)
        differs = plain_why(plain, brief, &explained);
    if (!differs && trials)
        differs = plain_trials(plain, brief, &explained);
    if (differs) {
        Buf text;
        buf_init(&text, BRIEF_BYTES_MAX);
        brief_json(&text, brief);
        printf("worked out row by row, other: %s of " STR_FMT "\n", differs, STR_ARG(buf_view(&text)));
        buf_done(&text);
    }
    arena_free(arena);
    return !differs;
}
