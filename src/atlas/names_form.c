#include "atlas/names_form.h"
#include <string.h>

NameTag name_tag_of(const Field *field)
{
    static const struct {
        const char *name;
        NameTag tag;
    } tags[] = {
        {"name_zh", NAME_TAG_ZH},      {"name_en", NAME_TAG_EN},     {"aliases", NAME_TAG_ALIAS},
        {"short_zh", NAME_TAG_ALIAS},  {"uscc", NAME_TAG_CODE},      {"former_names", NAME_TAG_FORMER},
        {"number_zh", NAME_TAG_CODE},  {"un_locode", NAME_TAG_CODE}, {"industry", NAME_TAG_CODE},
        {"industries", NAME_TAG_CODE},
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (field->type == FIELD_TEXT && strcmp(field->name, tags[i].name) == 0)
            return tags[i].tag;
    return 0;
}

bool name_separates(uint32_t c)
{
    return c == ';' || c == 0x3001; /* 、 */
}

uint32_t name_chars(Str text, uint32_t most, uint32_t *ret_chars)
{
    const unsigned char *at = (const unsigned char *)text.ptr, *end = at + text.len;
    uint32_t count = 0;
    while (at < end && count < most) {
        uint32_t c = *at++;
        uint32_t more = c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        if (c >= 0x80 && c < 0xC0)
            continue;
        c = more ? c & (0x3Fu >> more) : c;
        for (; more && at < end; more--)
            c = c << 6 | (*at++ & 0x3F);
        ret_chars[count++] = c;
    }
    return count;
}

/* Letters, digits, wide characters, all else. */
static int sort_of(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return 1;
    if ((c >= 'a' && c <= 'z') || (c >= 0xC0 && name_narrow(c) && (c < 0x2000 || c >= 0x2C00)))
        return 2;
    return (c >= 0x2E80 && c < 0x3000) || (c >= 0x3040 && c < 0xFE30) || c >= 0x20000 ? 3 : 0;
}

bool name_word_begins(const uint32_t *chars, uint32_t i)
{
    return i == 0 || sort_of(chars[i - 1]) == 0 || sort_of(chars[i - 1]) != sort_of(chars[i]);
}

/* ---- how well ---- */

uint32_t name_score(NameBy by, NameFit fit)
{
    return (uint32_t)by * 16 + (uint32_t)fit;
}

NameBy name_by(uint32_t score)
{
    return (NameBy)(score / 16);
}

uint32_t name_placeless(uint32_t score)
{
    uint32_t fit = score % 16;
    return fit == NAME_EXACT || fit > NAME_WORDS ? score : score - fit + NAME_PREFIX;
}

static NameBy by_of_tag(NameTag tag)
{
    return tag == NAME_TAG_ALIAS    ? NAME_BY_ALIAS
           : tag == NAME_TAG_FORMER ? NAME_BY_FORMER
           : tag == NAME_TAG_CODE   ? NAME_BY_CODE
                                    : NAME_BY_NAME;
}

uint32_t name_best_score(NameTag tag)
{
    return name_score(by_of_tag(tag), NAME_EXACT);
}

static uint32_t chars_before(Str text, size_t bytes)
{
    uint32_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* The character that ends before `at`, or begins there. */
static uint32_t char_at(Str text, size_t at)
{
    uint32_t c = 0;
    name_chars((Str){text.ptr + at, text.len - at}, 1, &c);
    return c;
}

static uint32_t char_before(Str text, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
    return char_at(text, at);
}

static bool word_begins_at(Str text, size_t at)
{
    if (at == 0)
        return true;
    const uint32_t pair[2] = {char_before(text, at), char_at(text, at)};
    return name_word_begins(pair, 1);
}

/* memmem for pieces: they are short, and what it prepares takes longer than to look. */
static const char *find_text(const char *at, const char *end, Str part)
{
    const char *last = end - part.len;
    char first = part.ptr[0], final = part.ptr[part.len - 1];
    for (; at <= last; at++)
        if (*at == first && at[part.len - 1] == final && memcmp(at, part.ptr, part.len) == 0)
            return at;
    return NULL;
}

/* The first place of a word of several: one of letters is sought where words begin. */
static const char *find_word(Str piece, Str word)
{
    const char *end = piece.ptr + piece.len;
    for (const char *at = piece.ptr; (size_t)(end - at) >= word.len; at++) {
        at = find_text(at, end, word);
        if (!at || (unsigned char)*at >= 0x80 || word_begins_at(piece, (size_t)(at - piece.ptr)))
            return at;
    }
    return NULL;
}

/* Where all words of the query are found; the first one's place. */
static PieceMatch fit_words(const NameQuery *query, NameTag tag, Str piece)
{
    PieceMatch match = {NAME_NO_MATCH, 0, 0};
    const char *first = NULL;
    for (uint32_t w = 0; w < query->word_count; w++) {
        const char *found = find_word(piece, query->words[w]);
        if (!found)
            return match;
        first = w == 0 ? found : first;
    }
    if (!first)
        return match;
    match.score = name_score(by_of_tag(tag), NAME_WORDS);
    match.from = chars_before(piece, (size_t)(first - piece.ptr));
    match.to = match.from + chars_before(query->words[0], query->words[0].len);
    return match;
}

PieceMatch name_literal(const NameQuery *query, NameTag tag, Str piece)
{
    PieceMatch match = {NAME_NO_MATCH, 0, 0};
    const char *end = piece.ptr + piece.len;
    NameBy by = by_of_tag(tag);
    for (const char *at = piece.ptr; (size_t)(end - at) >= query->text.len; at++) {
        at = find_text(at, end, query->text);
        if (!at)
            break;
        size_t offset = (size_t)(at - piece.ptr);
        bool word = word_begins_at(piece, offset);
        NameFit fit = query->text.len == piece.len ? NAME_EXACT
                      : offset == 0                ? NAME_PREFIX
                      : word                       ? NAME_WORD
                                                   : NAME_INSIDE;
        if (name_score(by, fit) >= match.score || (fit == NAME_INSIDE && query->starts_only))
            continue;
        match.score = name_score(by, fit);
        match.from = (uint32_t)offset;
        if (word)
            break;
    }
    if (match.score == NAME_NO_MATCH)
        return query->word_count ? fit_words(query, tag, piece) : match;
    match.from = chars_before(piece, match.from);
    match.to = match.from + query->count;
    return match;
}

PieceMatch name_sound(const NameQuery *query, NameTag tag, Str piece)
{
    PieceMatch match = {NAME_NO_MATCH, 0, 0};
    uint32_t chars[NAME_CHARS_MAX];
    uint16_t syllables[NAME_CHARS_MAX];
    if (!query->by_sound || tag == NAME_TAG_EN || tag == NAME_TAG_CODE)
        return match;
    uint32_t count = name_chars(piece, NAME_CHARS_MAX, chars);
    pinyin_read(chars, count, syllables);
    PinyinMatch found = pinyin_find(chars, syllables, count, query->chars, query->count, query->starts_only);
    if (found.fit == PINYIN_NONE)
        return match;
    bool full = found.fit == PINYIN_FULL;
    NameFit fit = found.from > 0 ? NAME_INSIDE : found.to < count ? NAME_PREFIX : NAME_EXACT;
    if (tag == NAME_TAG_ZH)
        match.score = name_score(full ? NAME_BY_PINYIN : NAME_BY_INITIALS, fit);
    else
        match.score = name_score(by_of_tag(tag), full ? NAME_SOUND : NAME_INITIALS);
    match.from = found.from;
    match.to = found.to;
    return match;
}

/* ---- buckets ---- */

uint16_t name_bucket(GramKind kind, uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t mixed = ((uint64_t)a << 42 | (uint64_t)b << 21 | c) * 0x9E3779B97F4A7C15u;
    mixed ^= (uint64_t)kind * 0xBF58476D1CE4E5B9u;
    return (uint16_t)((mixed * 0x94D049BB133111EBu) >> 48);
}

static uint32_t literal_grams(const uint32_t *chars, uint32_t count, uint16_t *ret)
{
    uint32_t made = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = chars[i], b = i + 1 < count ? chars[i + 1] : 0, c = i + 2 < count ? chars[i + 2] : 0;
        if (!name_narrow(a))
            ret[made++] = name_bucket(GRAM_HAN, a, 0, 0);
        if (c && name_narrow(a) && name_narrow(b) && name_narrow(c))
            ret[made++] = name_bucket(GRAM_LETTERS, a, b, c);
        if (!name_alnum(a) || !name_word_begins(chars, i))
            continue;
        ret[made++] = name_bucket(GRAM_BEGINNING, a, 0, 0);
        if (name_alnum(b))
            ret[made++] = name_bucket(GRAM_BEGINNING, a, b, 0);
    }
    return made;
}

static uint32_t sound_grams(const uint32_t *chars, uint32_t count, uint16_t *ret)
{
    uint16_t syllables[NAME_CHARS_MAX];
    uint32_t made = 0, before = 0, last = 0;
    bool first = true;
    pinyin_read(chars, count, syllables);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t initial = syllables[i] ? (uint32_t)pinyin_syllable(syllables[i])[0] : chars[i];
        if (!syllables[i] && !name_alnum(chars[i])) {
            if (!name_narrow(chars[i])) /* a Han character without a reading: nothing leads over it */
                before = last = 0;
            continue;
        }
        ret[made++] =
            name_bucket(GRAM_SYLLABLE, syllables[i] ? syllables[i] : name_letter_syllable(chars[i]), 0, 0);
        if (last)
            ret[made++] = name_bucket(GRAM_INITIALS, last, initial, 0);
        if (before)
            ret[made++] = name_bucket(GRAM_INITIALS, before, last, initial);
        if (first && syllables[i])
            ret[made++] = name_bucket(GRAM_FIRST, initial, 0, 0);
        first = first && !syllables[i];
        before = last;
        last = initial;
    }
    return made;
}

uint32_t name_grams(NameTag tag, Str piece, uint16_t *ret)
{
    uint32_t chars[NAME_CHARS_MAX];
    uint32_t count = name_chars(piece, NAME_CHARS_MAX, chars);
    uint32_t made = literal_grams(chars, count, ret);
    if (tag != NAME_TAG_EN && tag != NAME_TAG_CODE)
        made += sound_grams(chars, count, ret + made);
    return made;
}
