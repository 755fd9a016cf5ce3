#include "atlas/textsort.h"
#include <stdlib.h>
#include <string.h>

/* Eight bytes of every text are compared at once, as one number; texts that agree in them are sorted by the
 * next eight (multikey sorting by words: Bentley & Sedgewick 1997, with a radix sort for each word). */
typedef struct Item {
    uint64_t word;
    uint32_t id, len;
} Item;

enum { WORD = 8, INSERTION_MAX = 24, RADIX_MIN = 256 };

typedef struct Sorter {
    const char *bytes;
    const uint32_t *ends;
    Item *scratch;
} Sorter;

static int compare_words(const void *a, const void *b)
{
    uint64_t x = ((const Item *)a)->word, y = ((const Item *)b)->word;
    return (x > y) - (x < y);
}

static void insertion_sort(Item *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        Item item = items[i];
        uint32_t at = i;
        for (; at > 0 && items[at - 1].word > item.word; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Least significant byte first; a byte that all words share is passed over. Stable. */
static void radix_sort(Item *items, Item *scratch, uint32_t count)
{
    uint64_t varies = 0;
    for (uint32_t i = 1; i < count; i++)
        varies |= items[i].word ^ items[0].word;
    Item *from = items, *to = scratch;
    for (int shift = 0; shift < 64; shift += 8) {
        if (!(varies >> shift & 0xFF))
            continue;
        uint32_t places[256] = {0}, sum = 0;
        for (uint32_t i = 0; i < count; i++)
            places[from[i].word >> shift & 0xFF]++;
        for (int b = 0; b < 256; b++) {
            uint32_t n = places[b];
            places[b] = sum;
            sum += n;
        }
        for (uint32_t i = 0; i < count; i++)
            to[places[from[i].word >> shift & 0xFF]++] = from[i];
        Item *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}

static void sort_words(Item *items, Item *scratch, uint32_t count)
{
    if (count <= INSERTION_MAX)
        insertion_sort(items, count);
    else if (count >= RADIX_MIN)
        radix_sort(items, scratch, count);
    else
        qsort(items, count, sizeof *items, compare_words);
}

/* Big-endian, so that numbers compare as bytes do; behind the text's end stand zeros. */
static uint64_t word_at(const Sorter *sorter, const Item *item, uint32_t depth)
{
    uint32_t start = (item->id ? sorter->ends[item->id - 1] : 0) + depth;
    uint32_t left = item->len > depth ? item->len - depth : 0;
    uint64_t word = 0;
    memcpy(&word, sorter->bytes + (left ? start : 0), left < WORD ? left : WORD);
    return __builtin_bswap64(word);
}

static void sort_from(const Sorter *sorter, Item *items, uint32_t count, uint32_t depth);

/* A run of equal words: texts that end within the word come first, the shorter before the longer (they differ
 * only in zero bytes); the others are told apart by what follows. */
static void sort_run(const Sorter *sorter, Item *items, uint32_t count, uint32_t depth)
{
    uint32_t ended = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].len <= depth + WORD) {
            Item item = items[i];
            items[i] = items[ended];
            items[ended++] = item;
        }
    }
    for (uint32_t i = 0; i < ended; i++)
        items[i].word = items[i].len;
    sort_words(items, sorter->scratch, ended);
    if (count - ended > 1)
        sort_from(sorter, items + ended, count - ended, depth + WORD);
}

/* Recursion is bounded by the longest text / 8. */
static void sort_from(const Sorter *sorter, Item *items, uint32_t count, uint32_t depth)
{
    for (uint32_t i = 0; i < count; i++)
        items[i].word = word_at(sorter, &items[i], depth);
    sort_words(items, sorter->scratch, count);
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && items[end].word == items[i].word)
            end++;
        if (end - i > 1)
            sort_run(sorter, items + i, end - i, depth);
        i = end;
    }
}

void text_sort(const char *bytes, const uint32_t *ends, uint32_t *ids, uint32_t count)
{
    if (count < 2)
        return;
    Item *items = heap_alloc(2 * (size_t)count * sizeof *items);
    Sorter sorter = {.bytes = bytes, .ends = ends, .scratch = items + count};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = ids[i];
        items[i] = (Item){.id = id, .len = ends[id] - (id ? ends[id - 1] : 0)};
    }
    sort_from(&sorter, items, count, 0);
    for (uint32_t i = 0; i < count; i++)
        ids[i] = items[i].id;
    free(items);
}

void number_sort(uint64_t *keys, uint32_t *ids, uint32_t count)
{
    if (count < 2)
        return;
    Item *items = heap_alloc(2 * (size_t)count * sizeof *items);
    for (uint32_t i = 0; i < count; i++)
        items[i] = (Item){.word = keys[i], .id = ids[i]};
    if (count <= INSERTION_MAX)
        insertion_sort(items, count);
    else
        radix_sort(items, items + count, count);
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = items[i].word;
        ids[i] = items[i].id;
    }
    free(items);
}
