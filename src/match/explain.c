/* Explained: every condition is asked about every row, block by block. Two bitmaps count the noes of each row
 * up to two, which is all that "excluded by this condition alone" needs; how far a near row is beyond its end
 * is read while the block's values are in the cache. */
#include "atlas/filter_scan.h"
#include "match/near.h"
#include <string.h>

/* The noes of each row of a block: any, two or more; and whether any condition is maybe. */
typedef struct Noes {
    uint64_t live[BLOCK_WORDS], one[BLOCK_WORDS], two[BLOCK_WORDS], maybe[BLOCK_WORDS];
} Noes;

/* Takes in one condition's answers; *ret_no: the live rows it is false of. */
LEVELS static void tally(Noes *noes, const uint64_t *yes, const uint64_t *maybe, uint64_t *ret_no,
                         ConditionCount *count)
{
    uint32_t unknown = 0, excludes = 0;
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        uint64_t open = maybe[w] & noes->live[w], no = noes->live[w] & ~yes[w] & ~maybe[w];
        noes->two[w] |= noes->one[w] & no;
        noes->one[w] |= no;
        noes->maybe[w] |= open;
        ret_no[w] = no;
        unknown += (uint32_t)__builtin_popcountll(open);
        excludes += (uint32_t)__builtin_popcountll(no);
    }
    count->unknown += unknown;
    count->excludes += excludes;
}

LEVELS static uint32_t count_without(const uint64_t *bits, const uint64_t *without)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        count += (uint32_t)__builtin_popcountll(bits[w] & ~without[w]);
    return count;
}

static void keep_near(Checks *checks, uint32_t condition, const uint64_t *bits, uint32_t block)
{
    if (checks->near_room < checks->near_count + BLOCK_ROWS) {
        checks->near_room = 2 * checks->near_room + BLOCK_ROWS;
        NearRow *grown = arena_array(checks->arena, NearRow, checks->near_room);
        if (checks->near_count > 0)
            memcpy(grown, checks->near, checks->near_count * sizeof *grown);
        checks->near = grown;
    }
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        for (uint64_t rest = bits[w]; rest; rest &= rest - 1)
            near_measure(checks, condition, block * BLOCK_ROWS + w * 64 + (uint32_t)__builtin_ctzll(rest),
                         &checks->near[checks->near_count++]);
}

static void explain_block(Checks *checks, uint32_t block, ConditionCount *counts)
{
    uint64_t no[CHECKS_MAX][BLOCK_WORDS], fit[BLOCK_WORDS], unknown[BLOCK_WORDS], near[BLOCK_WORDS];
    Noes noes = {0};
    uint32_t words = checks_words(checks->table, block);
    memcpy(noes.live, checks->table->live + block * BLOCK_WORDS, words * sizeof(uint64_t));
    for (uint32_t c = 0; c < checks->count; c++) {
        uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS];
        filter_block(checks->checks[c], block, yes, maybe);
        tally(&noes, yes, maybe, no[c], &counts[c]);
    }
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        fit[w] = noes.live[w] & ~noes.one[w] & ~noes.maybe[w];
        unknown[w] = noes.live[w] & ~noes.one[w] & noes.maybe[w];
        near[w] = noes.one[w] & ~noes.two[w] & ~noes.maybe[w];
    }
    for (uint32_t c = 0; c < checks->count; c++) {
        uint32_t before = checks->near_count;
        counts[c].only += count_without(no[c], noes.two);
        for (uint32_t w = 0; w < BLOCK_WORDS; w++)
            no[c][w] &= near[w];
        keep_near(checks, c, no[c], block);
        counts[c].near += checks->near_count - before;
    }
    checks_keep(checks, fit, block, &checks->fit);
    checks_keep(checks, unknown, block, &checks->unknown);
}

void checks_explain(Checks *checks, ConditionCount *counts)
{
    for (uint32_t block = 0; block * BLOCK_WORDS < bits_words(checks->table->rows); block++)
        explain_block(checks, block, counts);
}
