#include "atlas/names.h"
#include "atlas/names_rank.h"
#include "text/normalise.h"
#include <string.h>

/* ---- the question ---- */

static void split_words(NameQuery *query)
{
    Str rest = query->text;
    while (rest.len && query->word_count < NAME_WORDS_MAX) {
        Str word = str_cut(&rest, ' ');
        if (word.len)
            query->words[query->word_count++] = word;
    }
    if (rest.len || query->word_count < 2) /* one word, or too many */
        query->word_count = 0;
}

Err name_query(Arena *arena, Str text, NameQuery *ret)
{
    NameQuery query = {.text = {"", 0}};
    uint32_t over[NAME_QUERY_CHARS_MAX + 1];
    enum { BYTES_MAX = NAME_QUERY_CHARS_MAX * 16 };
    if (text.len > BYTES_MAX || name_chars(text, NAME_QUERY_CHARS_MAX + 1, over) > NAME_QUERY_CHARS_MAX)
        return fail(ERR_LIMIT, "what", "characters of q", "limit", num_c(NAME_QUERY_CHARS_MAX), NULL);
    query.text = text_search_form(arena, text);
    query.count = name_chars(query.text, NAME_QUERY_CHARS_MAX + 1, over);
    if (query.count > NAME_QUERY_CHARS_MAX) /* one sign may stand for many: ㈱, ﷺ */
        return fail(ERR_LIMIT, "what", "characters of q", "limit", num_c(NAME_QUERY_CHARS_MAX), NULL);
    if (query.count == 0)
        return fail(ERR_PARAM, "param", "q", "value", "", "want", "a text of 1 to 100 characters", "example",
                    "凤山湖", NULL);
    memcpy(query.chars, over, query.count * sizeof *over);
    bool alnum = true;
    for (uint32_t i = 0; i < query.count; i++) {
        query.by_sound |= query.chars[i] >= 'a' && query.chars[i] <= 'z';
        query.has_han |= !name_narrow(query.chars[i]);
        alnum &= name_alnum(query.chars[i]);
    }
    query.starts_only = alnum && query.count <= 2;
    split_words(&query);
    *ret = query;
    return OK;
}

/* ---- which blocks ---- */

/* Reads a bucket's list into a bitmap of blocks; what is not sound in it is passed over. */
static void list_into(const Table *table, uint16_t bucket, uint32_t blocks, uint64_t *bits)
{
    const uint8_t *at = table->name_lists + (bucket ? table->name_buckets[bucket - 1] : 0);
    const uint8_t *end = table->name_lists + table->name_buckets[bucket];
    uint64_t block = 0, more;
    while (at < end && varint_read(&at, end, &more)) {
        block += more;
        if (more == 0 || block > blocks)
            return;
        bits_set(bits, (uint32_t)block - 1);
    }
}

typedef struct Blocks {
    const Table *table;
    uint32_t count, words;
    uint64_t *found, *term; /* scratch: of one bucket or unit; of one way to read the query */
} Blocks;

static void and_into(uint64_t *bits, const uint64_t *other, uint32_t words)
{
    for (uint32_t w = 0; w < words; w++)
        bits[w] &= other[w];
}

static void keep_bucket(const Blocks *blocks, uint64_t *bits, uint16_t bucket)
{
    memset(blocks->found, 0, blocks->words * sizeof *blocks->found);
    list_into(blocks->table, bucket, blocks->count, blocks->found);
    and_into(bits, blocks->found, blocks->words);
}

/* Keeps the blocks that may hold the word literally. A short word among others says nothing. */
static void keep_word(const Blocks *blocks, uint64_t *bits, Str word, bool alone)
{
    uint32_t chars[NAME_QUERY_CHARS_MAX];
    uint32_t count = name_chars(word, NAME_QUERY_CHARS_MAX, chars);
    bool wide = false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = chars[i], b = i + 1 < count ? chars[i + 1] : 0, c = i + 2 < count ? chars[i + 2] : 0;
        wide |= !name_narrow(a);
        if (!name_narrow(a) && count == 1)
            keep_bucket(blocks, bits, name_bucket(GRAM_HAN, a, 0, 0));
        if (c && name_narrow(a) && name_narrow(b) && name_narrow(c))
            keep_bucket(blocks, bits, name_bucket(GRAM_LETTERS, a, b, c));
    }
    if (wide && count > 1) {
        memset(blocks->found, 0, blocks->words * sizeof *blocks->found);
        names_rank_blocks(blocks->table, chars, count, blocks->found);
        and_into(bits, blocks->found, blocks->words);
    }
    if (alone && count <= 2 && name_alnum(chars[0]) && (count == 1 || name_alnum(chars[1])))
        keep_bucket(blocks, bits, name_bucket(GRAM_BEGINNING, chars[0], count == 2 ? chars[1] : 0, 0));
}

static void literal_blocks(const Blocks *blocks, const NameQuery *query, uint64_t *bits)
{
    bits_fill(bits, blocks->count);
    if (query->word_count == 0)
        keep_word(blocks, bits, query->text, true);
    for (uint32_t w = 0; w < query->word_count; w++)
        keep_word(blocks, bits, query->words[w], false);
}

/* ---- by sound ---- */

enum { WAY_UNITS = 3, WAYS_MAX = 96 };

/* The query without gaps, cut into what may stand for one character each; the first three of them decide. */
typedef struct Ways {
    const Blocks *blocks;
    char letters[NAME_QUERY_CHARS_MAX + 1];
    uint32_t count;
    uint32_t starts[WAY_UNITS + 1];
    uint64_t *bits; /* of all ways */
    uint32_t ways;
} Ways;

static void syllables_into(const Blocks *blocks, const char *letters, uint32_t len, bool whole)
{
    uint16_t first, end;
    pinyin_beginning_with(letters, len, &first, &end);
    if (whole)
        end = (uint16_t)(first + (first < end));
    for (uint16_t s = first; s < end; s++)
        list_into(blocks->table, name_bucket(GRAM_SYLLABLE, s, 0, 0), blocks->count, blocks->found);
}

/* Keeps the blocks with a character that unit `n` may stand for: ü is typed v or u. */
static void keep_unit(const Ways *ways, uint32_t n)
{
    const Blocks *blocks = ways->blocks;
    const char *letters = ways->letters + ways->starts[n];
    uint32_t len = ways->starts[n + 1] - ways->starts[n];
    bool last = ways->starts[n + 1] == ways->count;
    memset(blocks->found, 0, blocks->words * sizeof *blocks->found);
    if (len == 1)
        list_into(blocks->table, name_bucket(GRAM_SYLLABLE, name_letter_syllable((uint8_t)*letters), 0, 0),
                  blocks->count, blocks->found);
    bool whole = !last && len > 2; /* else it may be a beginning */
    syllables_into(blocks, letters, len, whole);
    if (len >= 2 && (*letters == 'l' || *letters == 'n') && letters[1] == 'u') {
        char typed[NAME_QUERY_CHARS_MAX];
        memcpy(typed, letters, len);
        typed[1] = 'v';
        syllables_into(blocks, typed, len, whole);
    }
    and_into(blocks->term, blocks->found, blocks->words);
}

/* One way to read the query's beginning as `units` units. */
static void add_way(Ways *ways, uint32_t units)
{
    const Blocks *blocks = ways->blocks;
    uint32_t initials[WAY_UNITS] = {0};
    bits_fill(blocks->term, blocks->count);
    for (uint32_t n = 0; n < units; n++)
        initials[n] = (uint8_t)ways->letters[ways->starts[n]];
    if (units > 1)
        keep_bucket(blocks, blocks->term, name_bucket(GRAM_INITIALS, initials[0], initials[1], initials[2]));
    for (uint32_t n = 0; n < units; n++)
        if (units == 1 || ways->starts[n + 1] - ways->starts[n] > 1)
            keep_unit(ways, n);
    for (uint32_t w = 0; w < blocks->words; w++)
        ways->bits[w] |= blocks->term[w];
    ways->ways++;
}

/* May the next `len` letters stand for a character: a syllable, an initial, or its beginning at the end? */
static bool is_unit(const Ways *ways, uint32_t at, uint32_t len)
{
    const char *letters = ways->letters + at;
    uint16_t first, end;
    if (len == 1 || (len == 2 && letters[1] == 'h' && strchr("zcs", *letters)))
        return true;
    char typed[NAME_QUERY_CHARS_MAX];
    for (int turn = 0; turn < 2; turn++) {
        memcpy(typed, letters, len);
        if (turn && typed[1] == 'u')
            typed[1] = 'v';
        pinyin_beginning_with(typed, len, &first, &end);
        if (first < end && (at + len == ways->count || strlen(pinyin_syllable(first)) == len))
            return true;
    }
    return false;
}

static void cut_ways(Ways *ways, uint32_t units)
{
    enum { UNIT_LETTERS_MAX = 6 };
    uint32_t at = ways->starts[units];
    if (units == WAY_UNITS || at == ways->count) {
        add_way(ways, units);
        return;
    }
    for (uint32_t len = 1; len <= UNIT_LETTERS_MAX && at + len <= ways->count; len++) {
        if (ways->ways >= WAYS_MAX || !is_unit(ways, at, len))
            continue;
        ways->starts[units + 1] = at + len;
        cut_ways(ways, units + 1);
    }
}

/* Han characters stand for themselves; what is typed between them is left to the look at the rows. */
static void han_blocks(const Blocks *blocks, const NameQuery *query, uint64_t *bits)
{
    bits_fill(bits, blocks->count);
    for (uint32_t i = 0; i < query->count; i++)
        if (!name_narrow(query->chars[i]))
            keep_bucket(blocks, bits, name_bucket(GRAM_HAN, query->chars[i], 0, 0));
}

static void sound_blocks(const Blocks *blocks, const NameQuery *query, uint64_t *bits)
{
    memset(bits, 0, blocks->words * sizeof *bits);
    if (!query->by_sound)
        return;
    if (query->has_han) {
        han_blocks(blocks, query, bits);
        return;
    }
    Ways ways = {.blocks = blocks, .bits = bits};
    for (uint32_t i = 0; i < query->count; i++) {
        uint32_t c = query->chars[i];
        if (c == ' ' || c == '\'')
            continue;
        if (!name_alnum(c)) /* a sign is met by nothing */
            return;
        ways.letters[ways.count++] = (char)c;
    }
    if (query->starts_only)
        list_into(blocks->table, name_bucket(GRAM_FIRST, (uint8_t)ways.letters[0], 0, 0), blocks->count,
                  bits);
    else
        cut_ways(&ways, 0);
    if (ways.ways >= WAYS_MAX) /* not all were tried */
        bits_fill(bits, blocks->count);
}

/* ---- the rows ---- */

static bool hit_before(const NameHit *a, const NameHit *b)
{
    if (a->tier != b->tier)
        return a->tier < b->tier;
    if (a->size != b->size)
        return a->size > b->size;
    return a->chars != b->chars ? a->chars < b->chars : str_cmp(a->key, b->key) < 0;
}

static int64_t size_of(const Search *search, uint32_t row)
{
    const Column *column = &search->table->columns[search->size_field];
    return search->sized && bits_get(column->known, row) ? column_num(column, row) : INT64_MIN;
}

static uint32_t count_chars(Str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

void name_offer(const Search *search, uint32_t row, uint32_t score, Str name)
{
    NameHits *found = search->found;
    uint32_t tier = search->sized ? name_placeless(score) : score, at = found->count;
    found->total++;
    if (search->limit == 0 || (found->count == search->limit && tier > found->hits[found->count - 1].tier))
        return;
    NameHit hit = {.score = score,
                   .tier = tier,
                   .size = size_of(search, row),
                   .chars = search->sized ? 0 : count_chars(name),
                   .key = table_key(search->table, row),
                   .at = {search->segment, row}};
    if (found->count < search->limit)
        found->count++;
    else if (!hit_before(&hit, &found->hits[--at]))
        return;
    for (; at > 0 && hit_before(&hit, &found->hits[at - 1]); at--)
        found->hits[at] = found->hits[at - 1];
    found->hits[at] = hit;
}

/* The next piece of a row; false at its end. */
static bool next_piece(const char **at, const char *end, NameTag *ret_tag, Str *ret_text)
{
    if (*at >= end || **at == '\0')
        return false;
    *ret_tag = (NameTag) * *at;
    const char *start = ++*at;
    while (*at < end && (unsigned char)**at >= 0x20)
        ++*at;
    *ret_text = (Str){start, (size_t)(*at - start)};
    return true;
}

uint32_t name_row_score(const NameQuery *query, const char *at, const char *end, bool literal, bool sound,
                        Str *ret_name)
{
    uint32_t best = NAME_NO_MATCH;
    Str text;
    NameTag tag;
    *ret_name = (Str){"", 0};
    while (next_piece(&at, end, &tag, &text)) {
        if (!ret_name->len && tag <= NAME_TAG_EN)
            *ret_name = text;
        PieceMatch match = {NAME_NO_MATCH, 0, 0};
        if (name_best_score(tag) >= best)
            continue;
        if (literal)
            match = name_literal(query, tag, text);
        if (sound && match.score == NAME_NO_MATCH)
            match = name_sound(query, tag, text);
        best = match.score < best ? match.score : best;
    }
    return best;
}

static void look_at_row(const Search *search, uint32_t row, const char *at, const char *end, bool literal,
                        bool sound)
{
    Str name;
    uint32_t score = name_row_score(search->query, at, end, literal, sound, &name);
    if (score != NAME_NO_MATCH)
        name_offer(search, row, score, name);
}

static void look_at_block(const Search *search, uint32_t block, bool literal, bool sound)
{
    const Table *table = search->table;
    const char *at = table->name_bytes + (block ? table->name_ends[block - 1] : 0);
    const char *end = table->name_bytes + table->name_ends[block];
    Str first = search->query->word_count ? search->query->words[0] : search->query->text;
    const char *found = literal ? memmem(at, (size_t)(end - at), first.ptr, first.len) : NULL;
    literal = found != NULL;
    if (!literal && !sound)
        return;
    uint32_t row = block * NAME_BLOCK_ROWS;
    for (uint32_t last = row + NAME_BLOCK_ROWS; at < end && row < last && row < table->rows; row++) {
        const char *row_end = memchr(at, '\0', (size_t)(end - at));
        row_end = row_end ? row_end : end;
        if ((sound || row_end > found) && bits_get(table->live, row))
            look_at_row(search, row, at, row_end, literal && row_end > found, sound);
        at = row_end + 1;
        if (literal && found < at && at < end) {
            found = memmem(at, (size_t)(end - at), first.ptr, first.len);
            literal = found != NULL;
            if (!literal && !sound)
                return;
        }
    }
}

static void search_table(Arena *arena, const Search *search)
{
    const Table *table = search->table;
    if (table->rows == 0 || !table->name_ends || names_rank_search(search))
        return;
    uint32_t count = name_blocks(table->rows), words = bits_words(count);
    uint64_t *literal = arena_array(arena, uint64_t, words), *sound = arena_array(arena, uint64_t, words);
    if (table->name_buckets) {
        Blocks blocks = {.table = table,
                         .count = count,
                         .words = words,
                         .found = arena_array(arena, uint64_t, words),
                         .term = arena_array(arena, uint64_t, words)};
        literal_blocks(&blocks, search->query, literal);
        sound_blocks(&blocks, search->query, sound);
    } else {
        bits_fill(literal, count);
        bits_fill(sound, count);
    }
    for (uint32_t w = 0; w < words; w++)
        for (uint64_t left = literal[w] | sound[w]; left; left &= left - 1) {
            uint32_t block = w * 64 + (uint32_t)__builtin_ctzll(left);
            look_at_block(search, block, bits_get(literal, block),
                          search->query->by_sound && bits_get(sound, block));
        }
}

void names_search(Arena *arena, const Atlas *atlas, Kind kind, const NameQuery *query, uint32_t limit,
                  NameHits *ret)
{
    *ret = (NameHits){.hits = arena_array(arena, NameHit, NAME_HITS_MAX)};
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        Search search = {.query = query,
                         .table = atlas_table(atlas, kind, s),
                         .segment = s,
                         .limit = limit < NAME_HITS_MAX ? limit : NAME_HITS_MAX,
                         .found = ret};
        search.sized = name_size_field(kind, &search.size_field) &&
                       kind_info(kind)->fields[search.size_field].visibility <= atlas_audience(atlas);
        search_table(arena, &search);
    }
}
