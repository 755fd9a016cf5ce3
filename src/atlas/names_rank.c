#include "atlas/names_rank.h"
#include "base/hash.h"
#include <string.h>

uint32_t name_whole(NameBy by, Str text)
{
    return (uint32_t)hash64_seed(text.ptr, text.len, (uint64_t)by);
}

uint64_t name_run_bits(uint32_t rows)
{
    uint64_t bits = 1 << 16;
    while (bits < (uint64_t)rows * NAME_RUN_BITS_A_ROW)
        bits *= 2;
    return bits;
}

bool name_is_size(const Field *field)
{
    return field->type == FIELD_NUM && strcmp(field->name, "capital_fen") == 0;
}

bool name_size_field(Kind kind, uint32_t *ret_field)
{
    const KindInfo *info = kind_info(kind);
    for (uint32_t f = 0; f < info->field_count; f++)
        if (name_is_size(&info->fields[f])) {
            *ret_field = f;
            return true;
        }
    return false;
}

/* ---- lists of ranks ---- */

typedef struct Ranks {
    const uint32_t *at, *end;
} Ranks;

static bool find_pair(const Table *table, uint64_t pair, Ranks *ret)
{
    uint32_t low = 0, high = table->name_pair_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (table->name_pairs[middle] < pair)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == table->name_pair_count || table->name_pairs[low] != pair)
        return false;
    ret->at = table->name_places + (low ? table->name_pair_ends[low - 1] : 0);
    ret->end = table->name_places + table->name_pair_ends[low];
    return true;
}

/* The first place that is not below `rank`. */
static const uint32_t *seek(const uint32_t *at, const uint32_t *end, uint32_t rank)
{
    if (at == end || *at >= rank)
        return at;
    size_t step = 1; /* at[0] < rank */
    while ((size_t)(end - at) > step && at[step] < rank) {
        at += step;
        step *= 2;
    }
    size_t left = (size_t)(end - at) < step ? (size_t)(end - at) : step;
    while (left > 1) {
        size_t half = left / 2;
        at += at[half] < rank ? half : 0;
        left -= half;
    }
    return at + 1;
}

/* The lists of what must all occur, the shortest first. */
typedef struct Join {
    Ranks lists[NAME_QUERY_CHARS_MAX + 1];
    uint32_t count;
} Join;

static bool join_add(Join *join, const Table *table, uint64_t pair)
{
    Ranks list;
    if (!find_pair(table, pair, &list) || list.at == list.end)
        return false;
    uint32_t i = join->count++;
    for (; i > 0 && join->lists[i - 1].end - join->lists[i - 1].at > list.end - list.at; i--)
        join->lists[i] = join->lists[i - 1];
    join->lists[i] = list;
    return true;
}

/* False if one pair of them never occurs. */
static bool join_pairs(Join *join, const Table *table, NameBy by, const uint32_t *chars, uint32_t count)
{
    for (uint32_t i = 0; i + 1 < count; i++)
        if (!join_add(join, table, name_pair(by, PAIR_ANY, chars[i], chars[i + 1])))
            return false;
    return true;
}

static bool join_words(Join *join, const Table *table, NameBy by, const NameQuery *query)
{
    for (uint32_t w = 0; w < query->word_count; w++) {
        uint32_t chars[NAME_QUERY_CHARS_MAX];
        uint32_t count = name_chars(query->words[w], NAME_QUERY_CHARS_MAX, chars);
        if (!join_pairs(join, table, by, chars, count))
            return false;
    }
    return true;
}

/* The next rank that is in all lists; false if there is none. */
static bool join_next(Join *join, uint32_t *ret)
{
    Ranks *first = &join->lists[0];
    while (first->at < first->end) {
        uint32_t rank = *first->at++, other = rank;
        for (uint32_t i = 1; i < join->count && other == rank; i++) {
            Ranks *list = &join->lists[i];
            list->at = seek(list->at, list->end, rank);
            if (list->at == list->end)
                return false;
            other = *list->at;
        }
        if (other == rank) {
            *ret = rank;
            return true;
        }
        first->at = seek(first->at, first->end, other);
    }
    return false;
}

/* ---- tiers: those of one come before those of the next, within one by rank ---- */

typedef struct Tiers {
    const Search *search;
    uint32_t taken; /* rows of this table so far */
} Tiers;

/* Where a row's names lie; false if they lie nowhere. */
static bool find_row(const Table *table, uint32_t row, const char **ret_at, const char **ret_end)
{
    uint32_t block = row / NAME_BLOCK_ROWS;
    const char *at = table->name_bytes + (block ? table->name_ends[block - 1] : 0);
    const char *end = table->name_bytes + table->name_ends[block];
    for (uint32_t skip = row % NAME_BLOCK_ROWS; skip && at < end; skip--) {
        const char *next = memchr(at, '\0', (size_t)(end - at));
        at = next ? next + 1 : end;
    }
    const char *row_end = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;
    *ret_at = at;
    *ret_end = row_end ? row_end : end;
    return at < end;
}

/* Takes the row if its score is within. False when enough were taken. */
static bool take(Tiers *tiers, uint32_t rank, uint32_t least, uint32_t most)
{
    const Search *search = tiers->search;
    const Table *table = search->table;
    const char *at, *end;
    Str name;
    uint32_t row = rank < table->rows ? table->name_ranks[rank] : UINT32_MAX;
    if (row >= table->rows || !bits_get(table->live, row) || !find_row(table, row, &at, &end))
        return true;
    uint32_t score = name_row_score(search->query, at, end, true, false, &name);
    if (score < least || score > most)
        return true;
    if (tiers->taken >= (search->limit > NAME_COUNT_MAX ? search->limit : NAME_COUNT_MAX)) {
        search->found->total_is_least = true;
        return false;
    }
    if (tiers->taken++ < search->limit)
        name_offer(search, row, score, name);
    else
        search->found->total++; /* none that follows is better */
    return true;
}

static bool take_joined(Tiers *tiers, Join *join, uint32_t least, uint32_t most)
{
    for (uint32_t rank; join_next(join, &rank);)
        if (!take(tiers, rank, least, most))
            return false;
    return true;
}

static bool take_wholes(Tiers *tiers, NameBy by)
{
    const Table *table = tiers->search->table;
    uint32_t hash = name_whole(by, tiers->search->query->text);
    uint64_t low = 0, high = table->name_whole_count, least = (uint64_t)hash << 32;
    uint32_t exact = name_score(by, NAME_EXACT);
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (table->name_wholes[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t last = UINT32_MAX; /* a row may have a name twice */
    for (; low < table->name_whole_count && table->name_wholes[low] >> 32 == hash; low++) {
        uint32_t rank = (uint32_t)table->name_wholes[low];
        if (rank != last && !take(tiers, rank, exact, exact))
            return false;
        last = rank;
    }
    return true;
}

/* Rows with the whole text, of all kinds of place or of one. */
static bool take_text(Tiers *tiers, NameBy by, PairPlace place, NameFit fit, NameFit last)
{
    const Search *search = tiers->search;
    const NameQuery *query = search->query;
    Join join = {.count = 0};
    if (place != PAIR_ANY &&
        !join_add(&join, search->table, name_pair(by, place, query->chars[0], query->chars[1])))
        return true;
    return !join_pairs(&join, search->table, by, query->chars, query->count) ||
           take_joined(tiers, &join, name_score(by, fit), name_score(by, last));
}

static bool take_words(Tiers *tiers, NameBy by, NameFit fit)
{
    const Search *search = tiers->search;
    Join join = {.count = 0};
    return !join_words(&join, search->table, by, search->query) ||
           take_joined(tiers, &join, name_score(by, fit), name_score(by, NAME_WORDS));
}

/* Rows whose best names are of this sort. False when enough were taken. */
static bool take_by(Tiers *tiers, NameBy by)
{
    const NameQuery *query = tiers->search->query;
    if (!take_wholes(tiers, by))
        return false;
    if (tiers->search->sized)
        return query->word_count ? take_words(tiers, by, NAME_PREFIX)
                                 : take_text(tiers, by, PAIR_ANY, NAME_PREFIX, NAME_INSIDE);
    return take_text(tiers, by, PAIR_START, NAME_PREFIX, NAME_PREFIX) &&
           take_text(tiers, by, PAIR_WORD, NAME_WORD, NAME_WORD) &&
           take_text(tiers, by, PAIR_ANY, NAME_INSIDE, NAME_INSIDE) &&
           (!query->word_count || take_words(tiers, by, NAME_WORDS));
}

/* Three or four neighbours that no name has: no row has them all. */
static bool may_occur(const Table *table, const uint32_t *chars, uint32_t count)
{
    uint64_t mask = name_run_bits(table->rows) - 1;
    for (uint32_t length = 3; length <= 4; length++)
        for (uint32_t i = 0; i + length <= count; i++) {
            uint64_t bit = name_run(chars + i, length) & mask;
            if (!(table->name_runs[bit / 64] >> (bit % 64) & 1))
                return false;
        }
    return true;
}

/* Has each of several words a neighbour to go by? */
static bool has_pairs(const NameQuery *query)
{
    uint32_t chars[2];
    for (uint32_t w = 0; w < query->word_count; w++)
        if (name_chars(query->words[w], 2, chars) == 2)
            return true;
    return query->word_count == 0;
}

bool names_rank_search(const Search *search)
{
    const NameQuery *query = search->query;
    const Table *table = search->table;
    if (!table->name_ranks || !query->has_han || query->by_sound || query->count < 2 || !has_pairs(query))
        return false;
    if (query->word_count == 0 && !may_occur(table, query->chars, query->count))
        return true;
    Tiers tiers = {.search = search};
    static const NameBy order[] = {NAME_BY_NAME, NAME_BY_ALIAS, NAME_BY_FORMER, NAME_BY_CODE};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (!take_by(&tiers, order[i]))
            break;
    return true;
}

bool names_rank_blocks(const Table *table, const uint32_t *chars, uint32_t count, uint64_t *bits)
{
    static const NameBy order[] = {NAME_BY_NAME, NAME_BY_ALIAS, NAME_BY_FORMER, NAME_BY_CODE};
    enum { BYS = sizeof order / sizeof *order };
    Ranks rarest[BYS] = {{NULL, NULL}};
    uint64_t least = UINT64_MAX;
    for (uint32_t i = 0; i + 1 < count; i++) {
        Ranks lists[BYS] = {{NULL, NULL}};
        uint64_t places = 0;
        for (size_t b = 0; b < BYS; b++)
            if (find_pair(table, name_pair(order[b], PAIR_ANY, chars[i], chars[i + 1]), &lists[b]))
                places += (uint64_t)(lists[b].end - lists[b].at);
        if (places < least)
            memcpy(rarest, lists, sizeof rarest);
        least = places < least ? places : least;
    }
    for (size_t b = 0; b < BYS; b++)
        for (const uint32_t *at = rarest[b].at; at < rarest[b].end; at++) {
            uint32_t row = *at < table->rows ? table->name_ranks[*at] : UINT32_MAX;
            if (row < table->rows)
                bits_set(bits, row / NAME_BLOCK_ROWS);
        }
    return least != UINT64_MAX;
}
