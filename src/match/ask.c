#include "match/ask.h"
#include <stdlib.h>
#include <string.h>

enum { NOBODY = 0 }; /* place of the Ask that has no office; an office's is its number + 1 */

typedef struct Asks {
    Arena *arena;
    Ask *at;
    uint32_t count, room;
} Asks;

static Ask *ask_at(Asks *asks, uint32_t place)
{
    if (place >= asks->room) {
        uint32_t room = 2 * place + 16;
        Ask *grown = arena_zarray(asks->arena, Ask, room);
        if (asks->count > 0)
            memcpy(grown, asks->at, asks->count * sizeof *grown);
        asks->at = grown;
        asks->room = room;
    }
    if (place >= asks->count)
        asks->count = place + 1;
    return &asks->at[place];
}

/* One unknown row: every office it waits for, once. */
static void take_row(Asks *asks, Offices *offices, const Brief *brief, RowRef at, uint64_t waits)
{
    uint32_t places[CHECKS_MAX], count = 0;
    for (uint64_t rest = waits; rest; rest &= rest - 1) {
        uint32_t bit = (uint32_t)__builtin_ctzll(rest), known = 0;
        const Office *office = office_to_ask(offices, brief, at, bit);
        uint32_t place = office ? office->number + 1 : NOBODY;
        while (known < count && places[known] != place)
            known++;
        Ask *ask = ask_at(asks, place);
        ask->conditions |= UINT64_C(1) << bit;
        if (office) {
            ask->zh = office->zh;
            ask->en = office->en;
        }
        if (known < count)
            continue;
        places[count++] = place;
        ask->sites++;
    }
    if (count == 1)
        asks->at[places[0]].gains++;
}

static int ask_order(const void *a, const void *b)
{
    const Ask *x = a, *y = b;
    bool nobody_x = x->zh.len + x->en.len == 0, nobody_y = y->zh.len + y->en.len == 0;
    if (nobody_x != nobody_y)
        return nobody_x ? 1 : -1;
    if (x->gains != y->gains)
        return x->gains > y->gains ? -1 : 1;
    if (x->sites != y->sites)
        return x->sites > y->sites ? -1 : 1;
    int order = str_cmp(x->zh, y->zh);
    return order ? order : str_cmp(x->en, y->en);
}

void ask_rank(Arena *arena, Offices *offices, const Checks *tables, uint32_t count, Ranking *ret)
{
    Asks asks = {.arena = arena};
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t i = 0; i < tables[s].unknown.count; i++)
            take_row(&asks, offices, ret->brief, (RowRef){s, tables[s].unknown.at[i]},
                     checks_asks(&tables[s], tables[s].unknown.at[i]));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < asks.count; i++)
        if (asks.at[i].sites > 0)
            asks.at[kept++] = asks.at[i];
    if (kept > 0)
        qsort(asks.at, kept, sizeof *asks.at, ask_order);
    ret->asks = asks.at;
    ret->ask_count = kept;
}
