/* atlas/names_rank.h: how names with Chinese characters are found in a large table, the best first. Internal
 * to atlas; docs/design/names.md says why it is so.
 *
 * Every row has a rank: by size where the kind has one (name_size_field), else by the length of its name;
 * then by key. PART_NAME_RANKS is the row of each rank. Of every pair of neighbouring characters in a name
 * that holds a wide one, PART_NAME_PLACES lists the ranks where it occurs, ascending: PART_NAME_PAIRS are the
 * pairs (name_pair), ascending, PART_NAME_PAIR_ENDS where the list of each ends. PART_NAME_WHOLES has for
 * every such name its hash above its rank, ascending. PART_NAME_RUNS is a filter: one bit for each three and
 * each four neighbours that occur. */
#pragma once
#include "atlas/build.h"
#include "atlas/names_form.h"

enum {
    NAME_COUNT_MAX = 50,     /* hits of a table that are counted beyond those asked for */
    NAME_RUN_BITS_A_ROW = 16 /* at least; the filter's size is a power of two */
};

typedef enum PairPlace {
    PAIR_ANY,
    PAIR_START, /* a name begins with it; of kinds without a size, as is the next */
    PAIR_WORD,  /* a word within a name begins with it */
} PairPlace;

static inline uint64_t name_pair(NameBy by, PairPlace place, uint32_t a, uint32_t b)
{
    return (uint64_t)by << 44 | (uint64_t)place << 42 | (uint64_t)(a & 0x1FFFFF) << 21 | (b & 0x1FFFFF);
}

/* Of three or four neighbours; before it is cut to the filter's size. */
static inline uint64_t name_run(const uint32_t *chars, uint32_t count)
{
    uint64_t mixed = ((uint64_t)chars[0] << 42 ^ (uint64_t)chars[1] << 21 ^ chars[2]) * 0x9E3779B97F4A7C15u;
    if (count == 4)
        mixed = (mixed ^ mixed >> 31 ^ chars[3]) * 0xBF58476D1CE4E5B9u;
    return (mixed ^ mixed >> 29) * 0x94D049BB133111EBu >> 16;
}

uint32_t name_whole(NameBy by, Str text);

uint64_t name_run_bits(uint32_t rows);

bool name_is_size(const Field *field);

/* The kind's field that says how large a thing is; false if it has none. */
bool name_size_field(Kind kind, uint32_t *ret_field);

/* names_rank_encode.c: the sections above. `bytes` and `ends` are those of PART_NAMES and PART_NAME_ENDS. */
void names_rank_encode(const TableBuild *table, const uint32_t *order, const uint32_t *by_key, Str bytes,
                       const uint64_t *ends, SectionList *list);

/* ---- the search (names_rank.c) ---- */

/* One table and one query: what names.c and names_rank.c share. */
typedef struct Search {
    const NameQuery *query;
    const Table *table;
    uint32_t segment, limit;
    bool sized;
    uint32_t size_field;
    NameHits *found;
} Search;

/* A row that fits; the best `limit` are kept. */
void name_offer(const Search *search, uint32_t row, uint32_t score, Str name);

/* How well the row fits, NAME_NO_MATCH if not at all; its name. */
uint32_t name_row_score(const NameQuery *query, const char *at, const char *end, bool literal, bool sound,
                        Str *ret_name);

/* False if this table or query is not of the sort; then nothing was done. */
bool names_rank_search(const Search *search);

/* The ranks of the rarest pair in a text, of any name, into the blocks of their rows. False if the text has
 * no pair that could be listed: then `bits` stays as it is. */
bool names_rank_blocks(const Table *table, const uint32_t *chars, uint32_t count, uint64_t *bits);
