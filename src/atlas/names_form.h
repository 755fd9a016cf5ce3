/* atlas/names_form.h: how names lie in a segment, and how well a query fits one. Internal to atlas.
 *
 * PART_NAMES holds, row after row, pieces and a NUL; a piece is a tag (NameTag) and a text in search form
 * without bytes below 0x20. PART_NAME_ENDS says where each block ends. PART_NAME_LISTS holds of each bucket
 * the numbers of its blocks, as varints of what is added to the one before (the first to -1). */
#pragma once
#include "atlas/names.h"
#include "text/pinyin.h"

enum {
    NAME_BUCKETS = 1 << 16,
    NAME_BLOCK_ROWS = 4,
    NAME_PLAIN_ROWS = 4096, /* a table up to here has no lists: all of it is looked at */
    NAME_GRAMS_MAX = NAME_CHARS_MAX * 10,
};
_Static_assert((int)NAME_CHARS_MAX == (int)PINYIN_CHARS_MAX, "what is sought is read");

typedef enum NameTag { NAME_TAG_ZH = 1, NAME_TAG_EN, NAME_TAG_ALIAS, NAME_TAG_FORMER, NAME_TAG_CODE } NameTag;

/* Which fields of a kind hold names: the tag, or 0. The key is a code besides. */
NameTag name_tag_of(const Field *field);

/* Separates other names that stand in one text. */
bool name_separates(uint32_t c);

static inline uint32_t name_blocks(uint32_t rows)
{
    return (rows + NAME_BLOCK_ROWS - 1) / NAME_BLOCK_ROWS;
}

/* UTF-8 in search form → code points, at most `most`. Bytes that are none are passed over. */
uint32_t name_chars(Str text, uint32_t most, uint32_t *ret_chars);

/* Does a word begin at character i? */
bool name_word_begins(const uint32_t *chars, uint32_t i);

static inline bool name_narrow(uint32_t c)
{
    return c < 0x2E80;
}

/* A letter or digit that a short query may be. */
static inline bool name_alnum(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* ---- how well ---- */

enum { NAME_NO_MATCH = UINT32_MAX };

typedef struct PieceMatch {
    uint32_t score;
    uint32_t from, to; /* characters of the piece */
} PieceMatch;

uint32_t name_score(NameBy by, NameFit fit);
uint32_t name_best_score(NameTag tag); /* no piece of that tag can fit better */

/* Literally only, or by sound only. */
PieceMatch name_literal(const NameQuery *query, NameTag tag, Str piece);
PieceMatch name_sound(const NameQuery *query, NameTag tag, Str piece);

/* ---- buckets ---- */

typedef enum GramKind {
    GRAM_HAN = 1,   /* one Han character (or another wide sign) */
    GRAM_LETTERS,   /* three narrow ones */
    GRAM_BEGINNING, /* one or two letters or digits where a word begins */
    GRAM_SYLLABLE,
    GRAM_INITIALS, /* two or three */
    GRAM_FIRST,    /* the initial of the name's first Han character */
} GramKind;

uint16_t name_bucket(GramKind kind, uint32_t a, uint32_t b, uint32_t c);

/* The number a letter or digit has among syllables. */
static inline uint32_t name_letter_syllable(uint32_t c)
{
    return PINYIN_SYLLABLES_MAX + c;
}

/* All buckets of a piece; some may come twice. ret has room for NAME_GRAMS_MAX. */
uint32_t name_grams(NameTag tag, Str piece, uint16_t *ret);
