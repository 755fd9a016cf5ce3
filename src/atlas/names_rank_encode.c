/* The names of a large table → ranks and the lists of their pairs. */
#include "atlas/names_rank.h"
#include "atlas/textsort.h"
#include <stdlib.h>
#include <string.h>

/* Pairs get numbers in the order they are met. */
typedef struct Pairs {
    uint64_t *slots; /* pair + 1; 0: free */
    uint32_t *slot_numbers;
    uint64_t mask;
    uint64_t *pairs; /* by number, as all below */
    uint32_t *counts;
    uint32_t *last; /* rank + 1 of the last row that had it */
    uint32_t count;
} Pairs;

enum { PAIRS_FIRST = 1 << 16, RUNS_WAITING = 64 };

typedef struct Ranking {
    const TableBuild *table;
    SectionList *list;
    const char *bytes;
    uint64_t *starts; /* of each row, and the end of the last */
    uint32_t *ranks;
    bool sized;
    Pairs pairs;
    Buf met;    /* the pairs' numbers of each rank, 4 bytes each, then RANK_END */
    Buf wholes; /* 8 bytes each */
    uint64_t *runs, run_mask;
    uint64_t waiting[RUNS_WAITING]; /* bits of runs whose memory was asked for */
    uint32_t waiting_count;
} Ranking;

static const uint32_t RANK_END = UINT32_MAX;

static uint64_t slot_of(const Pairs *pairs, uint64_t pair)
{
    uint64_t slot = (pair * 0x9E3779B97F4A7C15u >> 20) & pairs->mask;
    while (pairs->slots[slot] && pairs->slots[slot] != pair + 1)
        slot = (slot + 1) & pairs->mask;
    return slot;
}

/* Room for `room` pairs; half of the slots stay free. */
static void pairs_make(Pairs *pairs, uint64_t room)
{
    free(pairs->slots);
    free(pairs->slot_numbers);
    pairs->mask = 2 * room - 1;
    pairs->slots = heap_zalloc(2 * room * sizeof *pairs->slots);
    pairs->slot_numbers = heap_alloc(2 * room * sizeof *pairs->slot_numbers);
    pairs->pairs = heap_grow(pairs->pairs, room * sizeof *pairs->pairs);
    pairs->counts = heap_grow(pairs->counts, room * sizeof *pairs->counts);
    pairs->last = heap_grow(pairs->last, room * sizeof *pairs->last);
    for (uint32_t i = 0; i < pairs->count; i++) {
        uint64_t slot = slot_of(pairs, pairs->pairs[i]);
        pairs->slots[slot] = pairs->pairs[i] + 1;
        pairs->slot_numbers[slot] = i;
    }
}

static void pairs_done(Pairs *pairs)
{
    free(pairs->slots);
    free(pairs->slot_numbers);
    free(pairs->pairs);
    free(pairs->counts);
    free(pairs->last);
}

static uint32_t pair_number(Pairs *pairs, uint64_t pair)
{
    uint64_t slot = slot_of(pairs, pair);
    if (pairs->slots[slot])
        return pairs->slot_numbers[slot];
    if (2 * (uint64_t)pairs->count == pairs->mask + 1) {
        pairs_make(pairs, pairs->mask + 1);
        slot = slot_of(pairs, pair);
    }
    uint32_t number = pairs->count++;
    pairs->slots[slot] = pair + 1;
    pairs->slot_numbers[slot] = number;
    pairs->pairs[number] = pair;
    pairs->counts[number] = pairs->last[number] = 0;
    return number;
}

/* ---- the order ---- */

static void find_starts(Ranking *ranking, const uint64_t *ends, uint64_t size)
{
    const char *at = ranking->bytes;
    uint32_t rows = ranking->table->rows;
    for (uint32_t row = 0; row < rows; row++) {
        if (row % NAME_BLOCK_ROWS == 0)
            at = ranking->bytes + (row ? ends[row / NAME_BLOCK_ROWS - 1] : 0);
        ranking->starts[row] = (uint64_t)(at - ranking->bytes);
        at = (const char *)memchr(at, '\0', (size_t)(ranking->bytes + size - at)) + 1;
    }
    ranking->starts[rows] = size;
}

/* Characters of the row's name, as names.c counts them. */
static uint64_t chars_of(const Ranking *ranking, uint32_t row)
{
    const char *at = ranking->bytes + ranking->starts[row];
    uint64_t count = 0;
    if (*at != NAME_TAG_ZH && *at != NAME_TAG_EN)
        return 0;
    while ((unsigned char)*++at >= 0x20)
        count += ((unsigned char)*at & 0xC0) != 0x80;
    return count;
}

static void rank_rows(Ranking *ranking, const uint32_t *order, const uint32_t *by_key, uint32_t size_field)
{
    const TableBuild *table = ranking->table;
    const ColumnBuild *sizes = &table->columns[size_field];
    uint64_t *numbers = heap_alloc(table->rows * sizeof *numbers);
    uint32_t *places = heap_alloc(table->rows * sizeof *places);
    for (uint32_t i = 0; i < table->rows; i++)
        places[order[i]] = i;
    for (uint32_t i = 0; i < table->rows; i++) {
        uint32_t row = by_key[i]; /* of the build */
        ranking->ranks[i] = places[row];
        if (!ranking->sized)
            numbers[i] = chars_of(ranking, places[row]);
        else if (nums_get(&sizes->states, row) == VALUE_KNOWN) /* the largest first */
            numbers[i] = ~((uint64_t)nums_get(&sizes->values, row) ^ UINT64_C(1) << 63);
        else
            numbers[i] = UINT64_MAX;
    }
    number_sort(numbers, ranking->ranks, table->rows);
    free(places);
    free(numbers);
}

/* ---- the pairs ---- */

static void add_pair(Ranking *ranking, uint64_t pair, uint32_t rank)
{
    Pairs *pairs = &ranking->pairs;
    uint32_t number = pair_number(pairs, pair);
    if (pairs->last[number] == rank + 1)
        return;
    pairs->last[number] = rank + 1;
    pairs->counts[number]++;
    buf_add(&ranking->met, &number, sizeof number);
}

static void set_waiting_runs(Ranking *ranking)
{
    for (uint32_t i = 0; i < ranking->waiting_count; i++)
        ranking->runs[ranking->waiting[i] / 64] |= UINT64_C(1) << (ranking->waiting[i] % 64);
    ranking->waiting_count = 0;
}

/* The filter is larger than the nearest memory and each bit lies elsewhere: waiting for one after another
 * took six tenths of the ranking's time. */
static void add_run(Ranking *ranking, uint64_t run)
{
    uint64_t bit = run & ranking->run_mask;
    __builtin_prefetch(&ranking->runs[bit / 64], 1);
    ranking->waiting[ranking->waiting_count++] = bit;
    if (ranking->waiting_count == RUNS_WAITING)
        set_waiting_runs(ranking);
}

static void add_piece(Ranking *ranking, NameTag tag, Str piece, uint32_t rank)
{
    uint32_t chars[NAME_CHARS_MAX];
    uint32_t count = name_chars(piece, NAME_CHARS_MAX, chars);
    NameBy by = name_by(name_best_score(tag));
    bool wide = false;
    for (uint32_t i = 0; i < count; i++)
        wide |= !name_narrow(chars[i]);
    if (!wide)
        return;
    uint64_t whole = (uint64_t)name_whole(by, piece) << 32 | rank;
    buf_add(&ranking->wholes, &whole, sizeof whole);
    for (uint32_t i = 0; i + 1 < count; i++) {
        add_pair(ranking, name_pair(by, PAIR_ANY, chars[i], chars[i + 1]), rank);
        if (!ranking->sized && name_word_begins(chars, i))
            add_pair(ranking, name_pair(by, i ? PAIR_WORD : PAIR_START, chars[i], chars[i + 1]), rank);
        for (uint32_t length = 3; length <= 4 && i + length <= count; length++)
            add_run(ranking, name_run(chars + i, length));
    }
}

static void add_row(Ranking *ranking, uint32_t row, uint32_t rank)
{
    const char *at = ranking->bytes + ranking->starts[row];
    const char *end = ranking->bytes + ranking->starts[row + 1];
    while (at < end && *at) {
        NameTag tag = (NameTag)*at++;
        const char *start = at;
        while (at < end && (unsigned char)*at >= 0x20)
            at++;
        add_piece(ranking, tag, (Str){start, (size_t)(at - start)}, rank);
    }
    buf_add(&ranking->met, &RANK_END, sizeof RANK_END);
}

static void add_rows(Ranking *ranking)
{
    enum { AHEAD = 8 }; /* rows lie far apart in rank order */
    uint32_t rows = ranking->table->rows;
    for (uint32_t rank = 0; rank < rows; rank++) {
        if (rank + 2 * AHEAD < rows)
            __builtin_prefetch(&ranking->starts[ranking->ranks[rank + 2 * AHEAD]]);
        if (rank + AHEAD < rows)
            __builtin_prefetch(ranking->bytes + ranking->starts[ranking->ranks[rank + AHEAD]]);
        add_row(ranking, ranking->ranks[rank], rank);
    }
    set_waiting_runs(ranking);
}

/* ---- sections ---- */

static void *make(const Ranking *ranking, Part part, uint64_t size)
{
    return section_make(ranking->list, ranking->table->kind, 0, part, size);
}

static void write_wholes(Ranking *ranking)
{
    uint32_t count = (uint32_t)(ranking->wholes.len / sizeof(uint64_t));
    uint64_t *wholes = (void *)ranking->wholes.ptr;
    uint32_t *ranks = heap_alloc(count * sizeof *ranks);
    for (uint32_t i = 0; i < count; i++) {
        ranks[i] = (uint32_t)wholes[i];
        wholes[i] >>= 32;
    }
    if (count)
        number_sort(wholes, ranks, count);
    uint64_t *to = make(ranking, PART_NAME_WHOLES, count * sizeof *to);
    for (uint32_t i = 0; i < count; i++)
        to[i] = wholes[i] << 32 | ranks[i];
    free(ranks);
}

static void write_pairs(Ranking *ranking)
{
    Pairs *pairs = &ranking->pairs;
    uint32_t count = pairs->count;
    uint64_t at = 0;
    uint64_t *sorted = make(ranking, PART_NAME_PAIRS, count * sizeof *sorted);
    uint64_t *ends = make(ranking, PART_NAME_PAIR_ENDS, count * sizeof *ends);
    uint64_t *next = heap_alloc(count * sizeof *next); /* by number: where the list goes on */
    uint32_t *numbers = heap_alloc(count * sizeof *numbers);
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = pairs->pairs[i];
        numbers[i] = i;
    }
    if (count)
        number_sort(sorted, numbers, count);
    for (uint32_t i = 0; i < count; i++) {
        next[numbers[i]] = at;
        ends[i] = at += pairs->counts[numbers[i]];
    }
    uint32_t *places = make(ranking, PART_NAME_PLACES, at * sizeof *places);
    const uint32_t *met = (const void *)ranking->met.ptr;
    for (uint32_t rank = 0; rank < ranking->table->rows; met++)
        if (*met == RANK_END)
            rank++;
        else
            places[next[*met]++] = rank;
    free(next);
    free(numbers);
}

void names_rank_encode(const TableBuild *table, const uint32_t *order, const uint32_t *by_key, Str bytes,
                       const uint64_t *ends, SectionList *list)
{
    Ranking ranking = {.table = table, .list = list, .bytes = bytes.ptr};
    uint32_t size_field = 0;
    ranking.sized = name_size_field(table->kind, &size_field) && !table->columns[size_field].hidden;
    ranking.starts = heap_alloc(((size_t)table->rows + 1) * sizeof *ranking.starts);
    ranking.ranks = make(&ranking, PART_NAME_RANKS, table->rows * sizeof *ranking.ranks);
    ranking.run_mask = name_run_bits(table->rows) - 1;
    ranking.runs = make(&ranking, PART_NAME_RUNS, (ranking.run_mask + 1) / 8);
    buf_init(&ranking.met, SIZE_MAX / 2);
    buf_init(&ranking.wholes, SIZE_MAX / 2);
    pairs_make(&ranking.pairs, PAIRS_FIRST);
    find_starts(&ranking, ends, bytes.len);
    rank_rows(&ranking, order, by_key, size_field);
    add_rows(&ranking);
    free(ranking.starts);
    write_wholes(&ranking);
    buf_done(&ranking.wholes);
    write_pairs(&ranking);
    buf_done(&ranking.met);
    pairs_done(&ranking.pairs);
}
