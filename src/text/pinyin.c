#include "text/pinyin.h"
#include <string.h>

enum { PHRASE_CHARS = 4, SYLLABLE_LETTERS = 6 };

typedef struct Phrase {
    uint16_t count, chars[PHRASE_CHARS], syllables[PHRASE_CHARS];
} Phrase;

#include "text/pinyin_table.inc"

enum { SYLLABLES = sizeof syllables / sizeof *syllables, PHRASES = sizeof phrases / sizeof *phrases };
_Static_assert((int)SYLLABLES < (int)PINYIN_SYLLABLES_MAX, "callers count on it");

static bool is_han(uint32_t c)
{
    return c >= HAN_FIRST && c < HAN_END;
}

/* Does the phrase stand at the beginning of the characters? */
static bool phrase_stands(const Phrase *phrase, const uint32_t *chars, uint32_t count)
{
    bool stands = phrase->count <= count;
    for (uint32_t i = 0; stands && i < phrase->count; i++)
        stands = phrase->chars[i] == chars[i];
    return stands;
}

/* The longest phrase that begins here, or NULL. They are sorted, longer ones first. */
static const Phrase *phrase_at(const uint32_t *chars, uint32_t count)
{
    uint32_t low = 0, high = PHRASES;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (phrases[middle].chars[0] < chars[0])
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < PHRASES && phrases[low].chars[0] == chars[0]; low++)
        if (phrase_stands(&phrases[low], chars, count))
            return &phrases[low];
    return NULL;
}

void pinyin_read(const uint32_t *chars, uint32_t count, uint16_t *ret_syllables)
{
    for (uint32_t i = 0; i < count;) {
        uint16_t reading = is_han(chars[i]) ? readings[chars[i] - HAN_FIRST] : 0;
        const Phrase *phrase = reading & STARTS_PHRASE ? phrase_at(chars + i, count - i) : NULL;
        for (uint32_t p = 0; phrase && p < phrase->count; p++)
            ret_syllables[i++] = phrase->syllables[p];
        if (!phrase)
            ret_syllables[i++] = reading & (STARTS_PHRASE - 1);
    }
}

const char *pinyin_syllable(uint16_t number)
{
    return number < SYLLABLES ? syllables[number] : "";
}

/* Below 0: the syllable comes before all that begin with the letters. */
static int beginning_cmp(const char *syllable, const char *letters, uint32_t len)
{
    return strncmp(syllable, letters, len);
}

void pinyin_beginning_with(const char *letters, uint32_t len, uint16_t *ret_first, uint16_t *ret_end)
{
    *ret_first = *ret_end = 0;
    if (len == 0 || len > SYLLABLE_LETTERS)
        return;
    uint16_t low = 1, high = SYLLABLES;
    while (low < high) {
        uint16_t middle = (uint16_t)((low + high) / 2);
        if (beginning_cmp(syllables[middle], letters, len) < 0)
            low = (uint16_t)(middle + 1);
        else
            high = middle;
    }
    *ret_first = low;
    while (low < SYLLABLES && beginning_cmp(syllables[low], letters, len) == 0)
        low++;
    *ret_end = low;
}

/* ---- finding ---- */

/* Places of the query that may have been reached, as bits: by whole syllables, and by short ones too. */
typedef struct Reached {
    unsigned __int128 full, some;
} Reached;

static bool is_alnum(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static uint32_t skip_gaps(const uint32_t *query, uint32_t count, uint32_t at)
{
    while (at < count && (query[at] == ' ' || query[at] == '\''))
        at++;
    return at;
}

static void reach(unsigned __int128 *places, const uint32_t *query, uint32_t count, uint32_t at)
{
    *places |= (unsigned __int128)1 << skip_gaps(query, count, at);
}

static bool sounds(char letter, uint32_t c)
{
    return (uint32_t)letter == c || (letter == 'v' && c == 'u');
}

/* From place `at` of the query over one Han character. */
static void step_han(uint32_t c, const char *syllable, const uint32_t *query, uint32_t count, uint32_t at,
                     bool full, Reached *next)
{
    unsigned __int128 *whole = full ? &next->full : &next->some;
    if (query[at] == c)
        reach(whole, query, count, at + 1);
    uint32_t len = 0;
    while (syllable[len] && at + len < count && sounds(syllable[len], query[at + len]))
        len++;
    if (len == 0)
        return;
    if (!syllable[len] || at + len == count)
        reach(whole, query, count, at + len);
    reach(&next->some, query, count, at + 1);
    if (len >= 2 && syllable[1] == 'h')
        reach(&next->some, query, count, at + 2);
}

static void step_letter(uint32_t c, const uint32_t *query, uint32_t count, uint32_t at, bool full,
                        Reached *next)
{
    if (query[at] == c)
        reach(full ? &next->full : &next->some, query, count, at + 1);
}

static uint32_t lowest(unsigned __int128 bits)
{
    uint64_t low = (uint64_t)bits;
    return low ? (uint32_t)__builtin_ctzll(low) : 64 + (uint32_t)__builtin_ctzll((uint64_t)(bits >> 64));
}

static Reached step(uint32_t c, uint16_t number, const uint32_t *query, uint32_t count, Reached now)
{
    Reached next = {0, 0};
    bool han = is_han(c);
    if (!han && !is_alnum(c))
        return now; /* passed over */
    const unsigned __int128 inside = ((unsigned __int128)1 << count) - 1;
    for (int full = 0; full < 2; full++)
        for (unsigned __int128 left = (full ? now.full : now.some) & inside; left; left &= left - 1) {
            if (han)
                step_han(c, syllables[number], query, count, lowest(left), full, &next);
            else
                step_letter(c, query, count, lowest(left), full, &next);
        }
    return next;
}

/* What the query is when it begins at character `from`. */
static PinyinMatch find_from(const uint32_t *name, const uint16_t *numbers, uint32_t count, uint32_t from,
                             const uint32_t *query, uint32_t query_count)
{
    PinyinMatch best = {PINYIN_NONE, 0, 0};
    uint32_t first = skip_gaps(query, query_count, 0);
    Reached now = {(unsigned __int128)1 << first, 0};
    const unsigned __int128 end = (unsigned __int128)1 << query_count;
    for (uint32_t i = from; i < count && (now.full | now.some); i++) {
        now = step(name[i], numbers[i], query, query_count, now);
        if (now.full & end)
            return (PinyinMatch){PINYIN_FULL, from, i + 1};
        if ((now.some & end) && best.fit == PINYIN_NONE)
            best = (PinyinMatch){PINYIN_INITIALS, from, i + 1};
    }
    return best;
}

PinyinMatch pinyin_find(const uint32_t *name, const uint16_t *numbers, uint32_t count, const uint32_t *query,
                        uint32_t query_count, bool at_start)
{
    PinyinMatch best = {PINYIN_NONE, 0, 0};
    uint32_t first = skip_gaps(query, query_count, 0);
    bool by_sound = false;
    for (uint32_t i = 0; i < query_count; i++)
        by_sound |= query[i] >= 'a' && query[i] <= 'z';
    if (first == query_count || query_count > PINYIN_QUERY_MAX || !by_sound)
        return best;
    for (uint32_t from = 0; from < count; from++) {
        if (!is_han(name[from]))
            continue;
        if (name[from] == query[first] || sounds(syllables[numbers[from]][0], query[first])) {
            PinyinMatch match = find_from(name, numbers, count, from, query, query_count);
            if (match.fit > best.fit)
                best = match;
        }
        if (best.fit == PINYIN_FULL || at_start)
            break;
    }
    return best;
}
