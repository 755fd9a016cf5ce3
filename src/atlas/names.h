/* atlas/names.h: things by what they are called. Sought are names in both languages, other and former names,
 * keys and codes, in their search form (text/normalise.h), and Chinese ones by pinyin (text/pinyin.h).
 *
 * Every segment holds the search form of its rows' names, written when it was frozen from the columns that
 * its audience may see, so what is hidden is not found. Of a table above NAME_PLAIN_ROWS it also holds lists:
 * for each of NAME_BUCKETS hashes of a Han character, three letters, a syllable or three initials, the
 * blocks of NAME_BLOCK_ROWS rows where it occurs. A query with letters reads the lists of its own pieces and
 * then looks at the blocks that are left. One without, of two characters and more, meets rows in the order in
 * which they are wanted, by lists of pairs (names_rank.h), and stops. Any thread. */
#pragma once
#include "atlas/atlas.h"

enum {
    NAME_QUERY_CHARS_MAX = 100,
    NAME_WORDS_MAX = 8,
    NAME_HITS_MAX = 50,
    NAME_CHARS_MAX = 160, /* what of one name stands behind this character is not sought */
};

typedef enum NameBy {
    NAME_BY_NAME,
    NAME_BY_PINYIN,   /* whole syllables */
    NAME_BY_INITIALS, /* shortened ones too */
    NAME_BY_ALIAS,
    NAME_BY_FORMER,
    NAME_BY_CODE, /* the key, or a code of a register */
} NameBy;

/* Within NameBy. A word begins at the start, behind a space or a sign, and where letters, digits and Han
 * characters change. */
typedef enum NameFit {
    NAME_EXACT,
    NAME_PREFIX,
    NAME_WORD,
    NAME_INSIDE,
    NAME_WORDS,    /* all words of the query, in any order */
    NAME_SOUND,    /* another or former name by whole syllables */
    NAME_INITIALS, /* … by shortened ones */
} NameFit;

typedef struct NameQuery {
    Str text; /* in search form */
    uint32_t chars[NAME_QUERY_CHARS_MAX];
    uint32_t count;
    Str words[NAME_WORDS_MAX]; /* if there is more than one */
    uint32_t word_count;
    bool by_sound; /* it has letters */
    bool has_han;
    bool starts_only; /* one or two letters or digits: sought where words begin */
} NameQuery;

/* ERR_PARAM (q): nothing in it; ERR_LIMIT: over NAME_QUERY_CHARS_MAX. Its texts live in the arena. */
MUST_USE Err name_query(Arena *arena, Str text, NameQuery *ret);

/* In this order come hits of a kind that has a size (the registered capital of enterprises): by `tier`, the
 * largest first (unknown ones last), by key. Of other kinds: by `tier`, the shortest first, by key. */
typedef struct NameHit {
    uint32_t score; /* less is better: NameBy, then NameFit */
    uint32_t tier; /* the score; of a kind with a size all places within a name are alike, if not all of it */
    int64_t size;  /* INT64_MIN: unknown */
    uint32_t chars; /* of its Chinese name, else the English one */
    Str key;
    RowRef at;
} NameHit;

typedef struct NameHits {
    NameHit *hits;
    uint32_t count; /* up to `limit` of them, the best first */
    uint32_t total;
    bool total_is_least; /* there are more: of a large table not all were counted */
} NameHits;

NameBy name_by(uint32_t score);

/* The score without the place: beginning with it, and having it anywhere, are alike. */
uint32_t name_placeless(uint32_t score);

/* limit ≤ NAME_HITS_MAX. The same for the same rows, however they are cut into segments. */
void names_search(Arena *arena, const Atlas *atlas, Kind kind, const NameQuery *query, uint32_t limit,
                  NameHits *ret);

/* Why a row was found: what matched best, and where in it. */
typedef struct NameMatch {
    NameBy by;
    Str text;          /* as it is written: one name, one of several others, a code, the key */
    uint32_t from, to; /* UTF-16 units of it; equal if the place cannot be told */
} NameMatch;

/* False if it was not found. */
bool names_explain(Arena *arena, const Atlas *atlas, Kind kind, RowRef at, const NameQuery *query,
                   NameMatch *ret);
