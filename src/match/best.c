#include "match/best.h"

void best_init(Arena *arena, uint32_t room, Best *ret)
{
    *ret = (Best){.entries = arena_array(arena, BestEntry, room), .room = room};
}

static bool worse(const BestEntry *a, const BestEntry *b)
{
    return a->order != b->order ? a->order < b->order : str_cmp(a->key, b->key) > 0;
}

static void sink(Best *best, uint32_t at)
{
    BestEntry moving = best->entries[at];
    for (uint32_t child; (child = 2 * at + 1) < best->count; at = child) {
        if (child + 1 < best->count && worse(&best->entries[child + 1], &best->entries[child]))
            child++;
        if (!worse(&best->entries[child], &moving))
            break;
        best->entries[at] = best->entries[child];
    }
    best->entries[at] = moving;
}

void best_offer(Best *best, const Table *table, RowRef at, int64_t order, uint32_t tag)
{
    if (order < best_floor(best))
        return;
    if (best->room == 0)
        return;
    BestEntry entry = {order, table_key(table, at.row), at, tag};
    if (best->count < best->room) {
        best->entries[best->count++] = entry;
        if (best->count == best->room)
            for (uint32_t i = best->count / 2; i-- > 0;)
                sink(best, i);
    } else if (worse(&best->entries[0], &entry)) {
        best->entries[0] = entry;
        sink(best, 0);
    }
}

void best_sort(Best *best)
{
    uint32_t count = best->count;
    for (uint32_t i = count / 2; i-- > 0;)
        sink(best, i);
    while (best->count > 1) {
        BestEntry worst = best->entries[0];
        best->entries[0] = best->entries[--best->count];
        sink(best, 0);
        best->entries[best->count] = worst;
    }
    best->count = count;
}
