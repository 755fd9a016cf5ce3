/* Explained: every condition is asked about every row that may still be near, and counted over all rows. Two
 * bitmaps count the noes of each row up to two, which is all that "excluded by this condition alone" needs.
 *
 * Conditions with a coarse form (a byte a row, and a sorted column that counts without reading rows) come
 * last, those that exclude most first: a row that two exclude for sure is never looked up, and a block in
 * which two exclude every row is left. What lies at a bound's very code is looked up at the end, for the few
 * rows that are left. */
#include "atlas/filter_scan.h"
#include "match/near.h"
#include <string.h>

/* The noes of each row of a block: any, two or more; and whether any condition is maybe. */
typedef struct Noes {
    uint64_t live[BLOCK_WORDS], one[BLOCK_WORDS], two[BLOCK_WORDS], maybe[BLOCK_WORDS];
} Noes;

/* Takes in one condition's answers; *ret_no: the live rows it is false of. */
LEVELS static void tally(Noes *noes, const uint64_t *yes, const uint64_t *maybe, uint64_t *ret_no)
{
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        uint64_t no = noes->live[w] & ~yes[w] & ~maybe[w];
        noes->two[w] |= noes->one[w] & no;
        noes->one[w] |= no;
        noes->maybe[w] |= maybe[w] & noes->live[w];
        ret_no[w] = no;
    }
}

/* The same of a condition that is maybe of no row, and who is unsure. */
LEVELS static void tally_pass(Noes *noes, const uint64_t *pass, const uint64_t *unsure, uint64_t *ret_no,
                              uint64_t *ret_any_unsure)
{
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        uint64_t no = noes->live[w] & ~pass[w];
        noes->two[w] |= noes->one[w] & no;
        noes->one[w] |= no;
        ret_any_unsure[w] |= unsure[w];
        ret_no[w] = no;
    }
}

static void tally_maybe(Noes *noes, const uint64_t *yes, const uint64_t *maybe, const uint64_t *unsure,
                        uint64_t *ret_no, uint64_t *ret_any_unsure)
{
    tally(noes, yes, maybe, ret_no);
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        ret_any_unsure[w] |= unsure[w];
}

/* Is every row excluded twice? */
LEVELS static bool all_out(const Noes *noes)
{
    uint64_t left = 0;
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        left |= noes->live[w] & ~noes->two[w];
    return left == 0;
}

LEVELS static uint32_t count_both(const uint64_t *bits, const uint64_t *others)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        count += (uint32_t)__builtin_popcountll(bits[w] & others[w]);
    return count;
}

static NearRow *near_room(Checks *checks)
{
    if (checks->near_room == checks->near_count) {
        checks->near_room = 2 * checks->near_room + BLOCK_ROWS;
        NearRow *grown = arena_array(checks->arena, NearRow, checks->near_room);
        if (checks->near_count > 0)
            memcpy(grown, checks->near, checks->near_count * sizeof *grown);
        checks->near = grown;
    }
    return &checks->near[checks->near_count];
}

/* The conditions in the order they are asked. */
struct Questions {
    uint32_t order[CHECKS_MAX];
    uint32_t coarse[CHECKS_MAX]; /* the last `coarse_count` of the order; by how many rows they exclude */
    uint32_t coarse_count, whole_count;
};

/* Counts what can be counted without rows, and takes back what is dead. */
static void plan(const Checks *checks, ConditionCount *counts, Questions *ret)
{
    uint32_t excludes[CHECKS_MAX];
    const Table *table = checks->table;
    *ret = (Questions){.coarse_count = 0};
    for (uint32_t c = 0; c < checks->count; c++) {
        uint32_t no, maybe, at;
        if (!filter_count(checks->checks[c], &no, &maybe)) {
            ret->order[ret->whole_count++] = c;
            continue;
        }
        counts[c].excludes += no;
        counts[c].unknown += maybe;
        for (at = ret->coarse_count++; at > 0 && excludes[at - 1] < no; at--) {
            excludes[at] = excludes[at - 1];
            ret->coarse[at] = ret->coarse[at - 1];
        }
        excludes[at] = no;
        ret->coarse[at] = c;
    }
    memcpy(ret->order + ret->whole_count, ret->coarse, ret->coarse_count * sizeof *ret->order);
    for (uint32_t w = 0; w < bits_words(table->rows) && table->live_count < table->rows; w++)
        for (uint64_t dead = ~table->live[w]; dead; dead &= dead - 1) {
            uint32_t row = w * 64 + (uint32_t)__builtin_ctzll(dead);
            for (uint32_t i = 0; i < ret->coarse_count && row < table->rows; i++) {
                Truth truth = filter_row(checks->checks[ret->coarse[i]], row);
                counts[ret->coarse[i]].excludes -= truth == TRUTH_NO;
                counts[ret->coarse[i]].unknown -= truth == TRUTH_MAYBE;
            }
        }
}

/* A block's answers: of those conditions that are not true of all its rows, in the plan's order. */
typedef struct Answers {
    Noes noes;
    uint64_t no[CHECKS_MAX][BLOCK_WORDS], unsure[CHECKS_MAX][BLOCK_WORDS], any_unsure[BLOCK_WORDS];
    uint32_t condition[CHECKS_MAX];
    uint32_t asked, coarse_from; /* so many; from where on there is `unsure` */
} Answers;

static void ask_whole(const Checks *checks, const Questions *plan, uint32_t block, ConditionCount *counts,
                      Answers *answers)
{
    for (uint32_t i = 0; i < plan->whole_count; i++) {
        uint32_t c = plan->order[i];
        uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS], *no = answers->no[answers->asked];
        if (filter_verdict(checks->checks[c], block) == BLOCK_YES)
            continue;
        filter_block(checks->checks[c], block, yes, maybe);
        tally(&answers->noes, yes, maybe, no);
        counts[c].excludes += count_both(no, answers->noes.live);
        counts[c].unknown += count_both(maybe, answers->noes.live);
        answers->condition[answers->asked++] = c;
    }
    answers->coarse_from = answers->asked;
}

static void ask_coarse(const Checks *checks, const Questions *plan, uint32_t block, Answers *answers)
{
    static const uint64_t none[BLOCK_WORDS];
    for (uint32_t i = 0; i < plan->coarse_count; i++) {
        const BoundFilter *check = checks->checks[plan->coarse[i]];
        uint64_t pass[BLOCK_WORDS], maybe[BLOCK_WORDS];
        uint64_t *unsure = answers->unsure[answers->asked], *no = answers->no[answers->asked];
        Coarse coarse = filter_coarse(check, block, pass, maybe, unsure);
        if (coarse == COARSE_YES)
            continue;
        if (coarse == COARSE_NO)
            memcpy(unsure, none, sizeof none);
        if (coarse == COARSE_ROWS)
            tally_pass(&answers->noes, pass, unsure, no, answers->any_unsure);
        else
            tally_maybe(&answers->noes, coarse == COARSE_NO ? none : pass, coarse == COARSE_NO ? none : maybe,
                        unsure, no, answers->any_unsure);
        answers->condition[answers->asked++] = plan->coarse[i];
        if (all_out(&answers->noes))
            return;
    }
}

/* Looks up who is unsure and not yet excluded twice. */
static void look_up(const Checks *checks, uint32_t block, Answers *answers)
{
    Noes *noes = &answers->noes;
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        for (uint64_t rest = answers->any_unsure[w] & noes->live[w] & ~noes->two[w]; rest; rest &= rest - 1) {
            uint64_t bit = rest & -rest;
            uint32_t row = block * BLOCK_ROWS + w * 64 + (uint32_t)__builtin_ctzll(rest);
            for (uint32_t i = answers->coarse_from; i < answers->asked; i++) {
                if (!(answers->unsure[i][w] & bit) ||
                    filter_row(checks->checks[answers->condition[i]], row) != TRUTH_NO)
                    continue;
                answers->no[i][w] |= bit;
                noes->two[w] |= noes->one[w] & bit;
                noes->one[w] |= bit;
            }
        }
}

/* The rows of a word that one condition is false of: there are none in most words. */
static void take_single(Checks *checks, const Answers *answers, uint32_t block, uint32_t w, uint64_t single,
                        uint64_t near, ConditionCount *counts)
{
    for (uint32_t i = 0; i < answers->asked && single; i++) {
        uint64_t own = answers->no[i][w] & single;
        if (!own)
            continue;
        uint32_t c = answers->condition[i];
        single &= ~own;
        counts[c].only += (uint32_t)__builtin_popcountll(own);
        counts[c].near += (uint32_t)__builtin_popcountll(own & near);
        for (uint64_t rest = own & near; rest; rest &= rest - 1) {
            *near_room(checks) =
                (NearRow){.row = block * BLOCK_ROWS + w * 64 + (uint32_t)__builtin_ctzll(rest),
                          .condition = (uint16_t)c};
            checks->near_count++;
        }
    }
}

static void explain_block(Checks *checks, const Questions *plan, uint32_t block, ConditionCount *counts)
{
    Answers answers;
    uint64_t fit[BLOCK_WORDS], unknown[BLOCK_WORDS], near[BLOCK_WORDS], single[BLOCK_WORDS];
    Noes *noes = &answers.noes;
    *noes = (Noes){0};
    answers.asked = 0;
    memset(answers.any_unsure, 0, sizeof answers.any_unsure);
    memcpy(noes->live, checks->table->live + block * BLOCK_WORDS,
           checks_words(checks->table, block) * sizeof(uint64_t));
    ask_whole(checks, plan, block, counts, &answers);
    ask_coarse(checks, plan, block, &answers);
    look_up(checks, block, &answers);
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        fit[w] = noes->live[w] & ~noes->one[w] & ~noes->maybe[w];
        unknown[w] = noes->live[w] & ~noes->one[w] & noes->maybe[w];
        single[w] = noes->one[w] & ~noes->two[w];
        near[w] = single[w] & ~noes->maybe[w];
    }
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        take_single(checks, &answers, block, w, single[w], near[w], counts);
    checks_keep(checks, fit, block, &checks->fit);
    checks_keep(checks, unknown, block, &checks->unknown);
}

const Questions *explain_questions(Checks *checks, ConditionCount *counts)
{
    Questions *made = arena_new_of(checks->arena, Questions);
    near_prepare(checks);
    plan(checks, counts, made);
    return made;
}

void explain_blocks(Checks *checks, const Questions *plan, uint32_t from, uint32_t to, ConditionCount *counts)
{
    for (uint32_t block = from; block < to; block++)
        explain_block(checks, plan, block, counts);
    /* In one loop behind all blocks, so that the processor waits for many rows' values at once. */
    for (uint32_t i = 0; i < checks->near_count; i++) {
        NearRow *near = &checks->near[i];
        near_measure(checks, near->condition, near->row, &checks->hints[near->condition], near);
    }
}
