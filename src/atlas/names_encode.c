/* The names of a table under construction → its sections. */
#include "atlas/build.h"
#include "atlas/names_rank.h"
#include "atlas/tasks.h"
#include "text/normalise.h"
#include <stdlib.h>
#include <string.h>

/* Rows lie in the segment's order far from where they were added, so that every look at one waits for memory.
 * The texts of BATCH_ROWS are found first, step by step, and the waits overlap. A chunk is what a thread
 * takes on. */
enum { BATCH_ROWS = 64, CHUNK_ROWS = 1 << 16 };
_Static_assert(CHUNK_ROWS % BATCH_ROWS == 0 && BATCH_ROWS % NAME_BLOCK_ROWS == 0, "chunks end with a block");

/* One table's names on their way. */
typedef struct Encode {
    const TableBuild *table;
    const uint32_t *order;
    struct {
        uint32_t field;
        NameTag tag;
    } fields[FIELDS_MAX];
    uint32_t field_count;
    Buf *chunks;
    uint64_t *ends; /* of each block, within its chunk */
} Encode;

static void find_fields(Encode *encode)
{
    const KindInfo *info = kind_info(encode->table->kind);
    for (int tag = NAME_TAG_ZH; tag <= NAME_TAG_CODE; tag++)
        for (uint32_t f = 0; f < info->field_count; f++) {
            if (name_tag_of(&info->fields[f]) != (NameTag)tag || encode->table->columns[f].hidden)
                continue;
            encode->fields[encode->field_count].field = f;
            encode->fields[encode->field_count++].tag = (NameTag)tag;
        }
}

/* The first NAME_CHARS_MAX characters, without bytes that have a meaning here. */
static void put_piece(Buf *bytes, NameTag tag, Str text)
{
    text = str_trim(text);
    if (text.len == 0)
        return;
    uint32_t chars = 0;
    buf_byte(bytes, (char)tag);
    size_t start = bytes->len, len = 0;
    while (len < text.len && (chars += ((unsigned char)text.ptr[len] & 0xC0) != 0x80) <= NAME_CHARS_MAX)
        len++;
    buf_add(bytes, text.ptr, len);
    for (size_t i = start; i < bytes->len; i++)
        if ((unsigned char)bytes->ptr[i] < 0x20)
            bytes->ptr[i] = ' ';
}

/* Several names in one text: each is a piece. */
static void put_pieces(Buf *bytes, NameTag tag, Str text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        size_t wide = text.len - i >= 3 && memcmp(text.ptr + i, "、", 3) == 0 ? 3 : 0;
        if (!wide && text.ptr[i] != ';')
            continue;
        put_piece(bytes, tag, (Str){text.ptr + start, i - start});
        start = i + (wide ? wide : 1);
    }
    put_piece(bytes, tag, (Str){text.ptr + start, text.len - start});
}

static const Str no_text = {NULL, 0};

/* Of a batch's rows, the texts of one field. */
static void find_texts(const ColumnBuild *column, const uint32_t *rows, uint32_t count, Str *ret)
{
    uint32_t numbers[BATCH_ROWS];
    for (uint32_t i = 0; i < count; i++) {
        bool known = nums_get(&column->states, rows[i]) == VALUE_KNOWN;
        numbers[i] = known ? (uint32_t)nums_get(&column->values, rows[i]) : INTERN_NONE;
    }
    for (uint32_t i = 0; i < count; i++) {
        ret[i] = numbers[i] == INTERN_NONE ? no_text : intern_text(&column->texts, numbers[i]);
        __builtin_prefetch(ret[i].ptr);
    }
}

static void put_text(Arena *arena, Buf *bytes, NameTag tag, Str text)
{
    Str form = text_search_form(arena, text);
    if (tag == NAME_TAG_ALIAS || tag == NAME_TAG_FORMER)
        put_pieces(bytes, tag, form);
    else
        put_piece(bytes, tag, form);
}

static void put_batch(const Encode *encode, uint32_t start, uint32_t count, Arena *arena, Buf *bytes)
{
    const uint32_t *rows = encode->order + start;
    Str(*texts)[BATCH_ROWS] = arena_alloc(arena, encode->field_count * sizeof *texts), keys[BATCH_ROWS];
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = build_key(encode->table, rows[i]);
        __builtin_prefetch(keys[i].ptr);
    }
    for (uint32_t f = 0; f < encode->field_count; f++)
        find_texts(&encode->table->columns[encode->fields[f].field], rows, count, texts[f]);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t f = 0; f < encode->field_count; f++)
            if (texts[f][i].len)
                put_text(arena, bytes, encode->fields[f].tag, texts[f][i]);
        put_text(arena, bytes, NAME_TAG_CODE, keys[i]);
        buf_byte(bytes, '\0');
        if ((start + i + 1) % NAME_BLOCK_ROWS == 0 || start + i + 1 == encode->table->rows)
            encode->ends[(start + i) / NAME_BLOCK_ROWS] = bytes->len;
    }
}

static void put_chunk(uint32_t chunk, void *user)
{
    const Encode *encode = user;
    Arena *arena = arena_new();
    Buf *bytes = &encode->chunks[chunk];
    uint32_t start = chunk * CHUNK_ROWS, left = encode->table->rows - start;
    uint32_t end = start + (left < CHUNK_ROWS ? left : CHUNK_ROWS);
    buf_init(bytes, SIZE_MAX / 2);
    for (uint32_t at = start; at < end; at += BATCH_ROWS) {
        arena_reset(arena);
        put_batch(encode, at, end - at < BATCH_ROWS ? end - at : BATCH_ROWS, arena, bytes);
    }
    arena_free(arena);
}

/* The chunks one after another; ends count from the first on. */
static Str join_chunks(const Encode *encode, uint32_t count, SectionList *list)
{
    uint64_t size = 0;
    for (uint32_t chunk = 0; chunk < count; chunk++)
        size += encode->chunks[chunk].len;
    char *bytes = section_make(list, encode->table->kind, 0, PART_NAMES, size);
    uint64_t at = 0;
    for (uint32_t chunk = 0; chunk < count; chunk++) {
        Buf *from = &encode->chunks[chunk];
        memcpy(bytes + at, from->ptr, from->len);
        uint32_t block = chunk * (CHUNK_ROWS / NAME_BLOCK_ROWS), end = block + CHUNK_ROWS / NAME_BLOCK_ROWS;
        for (; block < end && block < name_blocks(encode->table->rows); block++)
            encode->ends[block] += at;
        at += from->len;
        buf_done(from);
    }
    return (Str){bytes, size};
}

/* ---- lists ---- */

/* The buckets' lists are made in two passes: the first finds each block's buckets and how large every list
 * will be, the second writes. */
typedef struct Lists {
    uint32_t last[NAME_BUCKETS]; /* block + 1; 0: none yet */
    uint64_t at[NAME_BUCKETS];   /* the list's size so far; then where it goes on */
    Buf found;                   /* buckets of each block, 2 bytes each, none twice */
    uint64_t *found_ends;        /* by block */
} Lists;

/* Seven bits a byte; `to` may be NULL. */
static uint32_t put_varint(uint8_t *to, uint32_t n)
{
    uint32_t len = 0;
    for (bool more = true; more; n >>= 7) {
        more = n > 0x7F;
        if (to)
            to[len] = (uint8_t)((n & 0x7F) | (more ? 0x80 : 0));
        len++;
    }
    return len;
}

static void find_in_piece(Lists *lists, NameTag tag, Str piece, uint32_t block)
{
    uint16_t grams[NAME_GRAMS_MAX], fresh[NAME_GRAMS_MAX];
    uint32_t count = name_grams(tag, piece, grams), fresh_count = 0;
    for (uint32_t g = 0; g < count; g++) {
        uint32_t more = block + 1 - lists->last[grams[g]];
        if (more == 0)
            continue;
        lists->last[grams[g]] = block + 1;
        lists->at[grams[g]] += put_varint(NULL, more);
        fresh[fresh_count++] = grams[g];
    }
    buf_add(&lists->found, fresh, fresh_count * sizeof *fresh);
}

static void find_in_block(Lists *lists, const char *at, const char *end, uint32_t block)
{
    while (at < end) {
        NameTag tag = (NameTag)*at++;
        const char *start = at;
        while (at < end && (unsigned char)*at >= 0x20)
            at++;
        if (tag) /* else it was a row's end */
            find_in_piece(lists, tag, (Str){start, (size_t)(at - start)}, block);
    }
    lists->found_ends[block] = lists->found.len / sizeof(uint16_t);
}

static void write_lists(Lists *lists, uint32_t blocks, uint8_t *to)
{
    const uint16_t *found = (const void *)lists->found.ptr;
    memset(lists->last, 0, sizeof lists->last);
    for (uint32_t block = 0; block < blocks; block++)
        for (uint64_t i = block ? lists->found_ends[block - 1] : 0; i < lists->found_ends[block]; i++) {
            lists->at[found[i]] += put_varint(to + lists->at[found[i]], block + 1 - lists->last[found[i]]);
            lists->last[found[i]] = block + 1;
        }
}

static void encode_lists(const TableBuild *table, Str bytes, const uint64_t *ends, SectionList *list)
{
    uint32_t blocks = name_blocks(table->rows);
    Lists *lists = heap_zalloc(sizeof *lists);
    buf_init(&lists->found, SIZE_MAX / 2);
    lists->found_ends = heap_alloc(blocks * sizeof *lists->found_ends);
    for (uint32_t block = 0; block < blocks; block++)
        find_in_block(lists, bytes.ptr + (block ? ends[block - 1] : 0), bytes.ptr + ends[block], block);
    uint64_t *list_ends =
        section_make(list, table->kind, 0, PART_NAME_BUCKETS, NAME_BUCKETS * sizeof *list_ends);
    uint64_t at = 0;
    for (uint32_t b = 0; b < NAME_BUCKETS; b++) {
        uint64_t size = lists->at[b];
        lists->at[b] = at;
        list_ends[b] = at += size;
    }
    write_lists(lists, blocks, section_make(list, table->kind, 0, PART_NAME_LISTS, at));
    buf_done(&lists->found);
    free(lists->found_ends);
    free(lists);
}

bool names_read(const Field *field)
{
    return name_tag_of(field) || name_is_size(field);
}

/* What takes long of a large table, one on each thread. */
typedef struct Large {
    const TableBuild *table;
    const uint32_t *order, *by_key;
    Str bytes;
    const uint64_t *ends;
    SectionList lists[2];
} Large;

static void large_task(uint32_t task, void *user)
{
    Large *large = user;
    SectionList *list = &large->lists[task];
    if (task == 0)
        names_rank_encode(large->table, large->order, large->by_key, large->bytes, large->ends, list);
    else
        encode_lists(large->table, large->bytes, large->ends, list);
}

static void take_sections(SectionList *from, SectionList *to)
{
    for (uint32_t i = 0; i < from->count; i++) {
        to->made[to->count] = from->made[i];
        to->at[to->count++] = from->at[i];
    }
}

void names_encode(const TableBuild *table, const uint32_t *order, const uint32_t *by_key, SectionList *list)
{
    const uint32_t chunks = (table->rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
    Encode encode = {.table = table, .order = order};
    encode.chunks = heap_alloc(chunks * sizeof *encode.chunks);
    encode.ends =
        section_make(list, table->kind, 0, PART_NAME_ENDS, name_blocks(table->rows) * sizeof *encode.ends);
    find_fields(&encode);
    tasks_run(chunks, true, put_chunk, &encode);
    Str bytes = join_chunks(&encode, chunks, list);
    free(encode.chunks);
    if (table->rows > NAME_PLAIN_ROWS) {
        Large large = {table, order, by_key, bytes, encode.ends, {{.count = 0}, {.count = 0}}};
        tasks_run(2, true, large_task, &large);
        take_sections(&large.lists[0], list);
        take_sections(&large.lists[1], list);
    }
}
