/* text/pinyin.h: how Chinese names are read, and whether what somebody typed is that reading. A table made
 * from ICU's Han-Latin with readings of our own where it errs (tools/data/pinyin.txt); without tones, ü as v.
 * Speaks of text in its search form (text/normalise.h), as code points. Any thread. */
#pragma once
#include "base/str.h"

enum {
    PINYIN_SYLLABLES_MAX = 512, /* numbers of syllables are below this; 0 is none */
    PINYIN_CHARS_MAX = 160,     /* a name is read up to here */
    PINYIN_QUERY_MAX = 100,     /* characters of a query */
};

/* The syllable of each character; 0 where it is no Han character or has no reading. Words come before
 * characters: 重庆 is chong qing. */
void pinyin_read(const uint32_t *chars, uint32_t count, uint16_t *ret_syllables);

const char *pinyin_syllable(uint16_t number); /* "feng"; "" for 0 */

/* The syllables that begin with these letters (ü as v): numbers *ret_first … *ret_end - 1. Nothing:
 * equal. Is the whole of it a syllable, it is *ret_first. */
void pinyin_beginning_with(const char *letters, uint32_t len, uint16_t *ret_first, uint16_t *ret_end);

typedef enum PinyinFit {
    PINYIN_NONE,
    PINYIN_INITIALS, /* some syllables by their first letter (zh, ch, sh too) */
    PINYIN_FULL,     /* every syllable whole; the last may have been begun only */
} PinyinFit;

typedef struct PinyinMatch {
    PinyinFit fit;
    uint32_t from, to; /* characters of the name */
} PinyinMatch;

/* Is `query` a reading of part of the name? Each Han character is met by itself, by its syllable or by its
 * initial; a letter or digit by itself; other signs of the name are passed over, spaces and apostrophes of
 * the query too. So 凤山湖 is met by fengshanhu, feng shan h, fsh, fshanhu and 凤shan. It begins at a Han
 * character; with at_start at the first. At least one character is met by sound. The best fit, and of those
 * the first. */
PinyinMatch pinyin_find(const uint32_t *name, const uint16_t *syllables, uint32_t count,
                        const uint32_t *query, uint32_t query_count, bool at_start);
