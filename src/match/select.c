/* Ranking only, block by block, so that a block's bitmaps and values stay in the first-level cache. What the
 * zone map settles comes first, then the scans, in the order in which they rule out most for what they cost;
 * as soon as no row of the block can fit it is left, and when few are left they are checked one by one. */
#include "match/select.h"
#include "atlas/filter_scan.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    SAMPLE_PLACES = 16, /* evenly spaced; a few rows together at each, for a place is a cache miss a column */
    SAMPLE_ROWS = 4,
    HALVES_BLOCKS_MIN = 512, /* some half a million rows: a thread is worth its making */
    FEW_ROWS = 5,            /* so many are faster checked one by one than scanned for */
};

const Filter *condition_filter(Arena *arena, Kind kind, const Condition *condition)
{
    const Filter *filter = NULL;
    Err err = OK;
    if (condition->offer)
        return filter_offer(arena, condition->field);
    if (condition->codes)
        err = filter_in(arena, kind, condition->field, condition->codes, condition->code_count, &filter);
    else
        err = filter_between(arena, kind, condition->field,
                             condition->least.state == VALUE_KNOWN ? &condition->least : NULL,
                             condition->greatest.state == VALUE_KNOWN ? &condition->greatest : NULL, &filter);
    assert(err == OK); /* brief_parse lets no other pass */
    return filter;
}

static void bind_checks(Arena *arena, const Sources *sources, uint32_t segment, Checks *ret)
{
    const Brief *brief = sources->brief;
    assert(brief->condition_count <= BRIEF_CONDITIONS_MAX);
    *ret = (Checks){.arena = arena,
                    .sources = sources,
                    .segment = segment,
                    .table = sources->tables[segment],
                    .brief = brief,
                    .count = brief->condition_count + (brief->filter != NULL)};
    for (uint32_t c = 0; c < ret->count; c++)
        ret->checks[c] = sources_bind(arena, sources, segment, c);
}

uint64_t checks_asks(const Checks *checks, uint32_t row)
{
    uint64_t asks = 0;
    for (uint32_t c = 0; c < checks->count; c++)
        if (filter_maybe(checks->checks[c], row))
            asks |= UINT64_C(1) << (c == checks->brief->condition_count ? FILTER_ASKS_BIT : c);
    return asks;
}

void checks_keep(Checks *checks, const uint64_t *bits, uint32_t block, Rows *rows)
{
    if (rows->room < rows->count + BLOCK_ROWS) {
        rows->room = 2 * rows->room + BLOCK_ROWS;
        uint32_t *grown = arena_array(checks->arena, uint32_t, rows->room);
        if (rows->count > 0)
            memcpy(grown, rows->at, rows->count * sizeof *grown);
        rows->at = grown;
    }
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        for (uint64_t rest = bits[w]; rest; rest &= rest - 1)
            rows->at[rows->count++] = block * BLOCK_ROWS + w * 64 + (uint32_t)__builtin_ctzll(rest);
}

uint32_t checks_words(const Table *table, uint32_t block)
{
    uint32_t words = bits_words(table->rows) - block * BLOCK_WORDS;
    return words < BLOCK_WORDS ? words : BLOCK_WORDS;
}

/* ---- ranking only ---- */

/* The block's rows that may still fit. */
typedef struct Left {
    uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS];
    uint64_t unsure[BLOCK_WORDS]; /* coarse forms let them pass; they are checked in the end */
} Left;

LEVELS static void left_pass(Left *left, const uint64_t *pass, const uint64_t *unsure)
{
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        left->yes[w] &= pass[w];
        left->maybe[w] &= pass[w];
        left->unsure[w] |= unsure[w];
    }
}

LEVELS static void left_maybe(Left *left, const uint64_t *yes, const uint64_t *maybe)
{
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        left->maybe[w] = (left->maybe[w] & (yes[w] | maybe[w])) | (left->yes[w] & maybe[w]);
        left->yes[w] &= yes[w];
    }
}

static void left_and(Left *left, const BoundFilter *check, uint32_t block)
{
    uint64_t pass[BLOCK_WORDS], maybe[BLOCK_WORDS], unsure[BLOCK_WORDS];
    switch (filter_coarse(check, block, pass, maybe, unsure)) {
    case COARSE_NONE:
        filter_block(check, block, pass, maybe);
        left_maybe(left, pass, maybe);
        break;
    case COARSE_NO:
        *left = (Left){0};
        break;
    case COARSE_YES:
        break;
    case COARSE_ROWS:
        left_pass(left, pass, unsure);
        break;
    case COARSE_MAYBE:
        left_maybe(left, pass, maybe);
        for (uint32_t w = 0; w < BLOCK_WORDS; w++)
            left->unsure[w] |= unsure[w];
    }
}

/* Those of `which` that are left. */
static void check_rows(Left *left, const uint64_t *which, const BoundFilter *const *checks, uint32_t count,
                       uint32_t block)
{
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        for (uint64_t rest = which[w] & (left->yes[w] | left->maybe[w]); rest; rest &= rest - 1) {
            uint64_t bit = rest & -rest;
            uint32_t row = block * BLOCK_ROWS + w * 64 + (uint32_t)__builtin_ctzll(rest);
            Truth truth = left->yes[w] & bit ? TRUTH_YES : TRUTH_MAYBE;
            for (uint32_t c = 0; c < count && truth != TRUTH_NO; c++) {
                Truth one = filter_row(checks[c], row);
                if (one < truth)
                    truth = one;
            }
            left->yes[w] &= ~(truth == TRUTH_YES ? 0 : bit);
            left->maybe[w] = (left->maybe[w] & ~bit) | (truth == TRUTH_MAYBE ? bit : 0);
        }
    }
}

typedef struct Worth {
    const BoundFilter *check;
    uint32_t fails; /* of the sample */
    uint32_t cost, place;
} Worth;

/* More failures for the cost first. */
static int worth_order(const void *a, const void *b)
{
    const Worth *x = a, *y = b;
    uint64_t p = (uint64_t)x->fails * y->cost, q = (uint64_t)y->fails * x->cost;
    return p != q ? (p < q) - (p > q) : (x->place > y->place) - (x->place < y->place);
}

/* The conditions in the order in which they rule out most for what they cost, judged by some evenly spaced
 * rows. */
static void order_checks(const Checks *checks, const BoundFilter **ret)
{
    Worth worth[CHECKS_MAX];
    uint32_t rows = checks->table->rows, step = rows / SAMPLE_PLACES + 1;
    for (uint32_t c = 0; c < checks->count; c++) {
        uint32_t no, maybe;
        worth[c] = (Worth){checks->checks[c], 0, filter_cost(checks->checks[c]), c};
        if (filter_count(checks->checks[c], &no, &maybe)) {
            worth[c].fails = (uint32_t)((uint64_t)no * SAMPLE_PLACES * SAMPLE_ROWS / (rows + 1));
            continue;
        }
        for (uint32_t place = step / 2; place < rows; place += step)
            for (uint32_t row = place; row < rows && row < place + SAMPLE_ROWS; row++)
                worth[c].fails += filter_row(checks->checks[c], row) == TRUTH_NO;
    }
    qsort(worth, checks->count, sizeof *worth, worth_order);
    for (uint32_t c = 0; c < checks->count; c++)
        ret[c] = worth[c].check;
}

static void select_block(const BoundFilter *const *checks, uint32_t count, uint32_t block, Left *left)
{
    static const uint64_t all[BLOCK_WORDS] = {[0 ... BLOCK_WORDS - 1] = UINT64_MAX};
    const BoundFilter *scans[CHECKS_MAX];
    uint32_t scan_count = 0, rows;
    for (uint32_t c = 0; c < count; c++) {
        switch (filter_verdict(checks[c], block)) {
        case BLOCK_NO:
            *left = (Left){0};
            return;
        case BLOCK_YES:
            break;
        case BLOCK_CHEAP:
            left_and(left, checks[c], block);
            break;
        case BLOCK_SCAN:
            scans[scan_count++] = checks[c];
        }
    }
    uint32_t done = 0;
    for (; done < scan_count && (rows = words_count(left->yes, left->maybe, BLOCK_WORDS)) > 0; done++) {
        if (rows <= FEW_ROWS) {
            check_rows(left, all, scans + done, scan_count - done, block);
            break;
        }
        left_and(left, scans[done], block);
    }
    check_rows(left, left->unsure, scans, done, block);
}

static void select_blocks(Checks *checks, const BoundFilter *const *ordered, uint32_t from, uint32_t to)
{
    const Table *table = checks->table;
    for (uint32_t block = from; block < to; block++) {
        Left left = {0};
        uint32_t words = checks_words(table, block);
        memcpy(left.yes, table->live + block * BLOCK_WORDS, words * sizeof(uint64_t));
        select_block(ordered, checks->count, block, &left);
        checks_keep(checks, left.yes, block, &checks->fit);
        checks_keep(checks, left.maybe, block, &checks->unknown);
    }
}

/* ---- both ---- */

/* A stretch of blocks, for one thread. */
typedef struct Stretch {
    Checks checks;
    const BoundFilter *const *ordered; /* ranking only */
    const Questions *plan;             /* explained */
    uint32_t from, to;
    ConditionCount counts[CHECKS_MAX];
} Stretch;

static void *run_stretch(void *user)
{
    Stretch *stretch = user;
    if (stretch->plan)
        explain_blocks(&stretch->checks, stretch->plan, stretch->from, stretch->to, stretch->counts);
    else
        select_blocks(&stretch->checks, stretch->ordered, stretch->from, stretch->to);
    return NULL;
}

static void append_rows(Arena *arena, Rows *to, const Rows *more)
{
    uint32_t *all = arena_array(arena, uint32_t, to->count + more->count);
    if (to->count > 0)
        memcpy(all, to->at, to->count * sizeof *all);
    if (more->count > 0)
        memcpy(all + to->count, more->at, more->count * sizeof *all);
    *to = (Rows){all, to->count + more->count, to->count + more->count};
}

static void append_stretch(Checks *to, const Stretch *more, ConditionCount *counts)
{
    append_rows(to->arena, &to->fit, &more->checks.fit);
    append_rows(to->arena, &to->unknown, &more->checks.unknown);
    NearRow *near = arena_array(to->arena, NearRow, to->near_count + more->checks.near_count);
    if (to->near_count > 0)
        memcpy(near, to->near, to->near_count * sizeof *near);
    if (more->checks.near_count > 0)
        memcpy(near + to->near_count, more->checks.near, more->checks.near_count * sizeof *near);
    to->near = near;
    to->near_room = to->near_count += more->checks.near_count;
    for (uint32_t c = 0; c < to->count && counts; c++) {
        counts[c].excludes += more->counts[c].excludes;
        counts[c].unknown += more->counts[c].unknown;
        counts[c].only += more->counts[c].only;
        counts[c].near += more->counts[c].near;
    }
}

/* The second half on a thread of its own where the table is large; if there is none, after the first. */
static void run_halves(Checks *checks, Stretch *second, ConditionCount *counts)
{
    pthread_t thread;
    Arena *arena = arena_new();
    second->checks = *checks;
    second->checks.arena = arena;
    bool apart = pthread_create(&thread, NULL, run_stretch, second) == 0;
    if (second->plan)
        explain_blocks(checks, second->plan, 0, second->from, counts);
    else
        select_blocks(checks, second->ordered, 0, second->from);
    if (apart)
        (void)pthread_join(thread, NULL);
    else
        run_stretch(second);
    append_stretch(checks, second, counts);
    arena_free(arena);
}

void checks_run(Arena *arena, const Sources *sources, uint32_t segment, ConditionCount *ret_counts,
                Checks *ret)
{
    const BoundFilter *ordered[CHECKS_MAX];
    bind_checks(arena, sources, segment, ret);
    Stretch stretch = {.ordered = ordered, .to = (ret->table->rows + BLOCK_ROWS - 1) / BLOCK_ROWS};
    if (ret_counts)
        stretch.plan = explain_questions(ret, ret_counts);
    else
        order_checks(ret, ordered);
    if (stretch.to >= HALVES_BLOCKS_MIN) {
        stretch.from = stretch.to / 2;
        run_halves(ret, &stretch, ret_counts);
    } else if (ret_counts) {
        explain_blocks(ret, stretch.plan, 0, stretch.to, ret_counts);
    } else {
        select_blocks(ret, ordered, 0, stretch.to);
    }
}
