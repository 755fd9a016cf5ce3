/* The names of a table under construction → its sections. */
#include "atlas/build.h"
#include "atlas/names_rank.h"
#include "text/normalise.h"
#include <stdlib.h>
#include <string.h>

/* One table's names on their way. */
typedef struct Encode {
    const TableBuild *table;
    const uint32_t *order;
    struct {
        uint32_t field;
        NameTag tag;
    } fields[FIELDS_MAX];
    uint32_t field_count;
    Arena *arena; /* of one row */
    Buf bytes;
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

static void put_row(Encode *encode, uint32_t row)
{
    const TableBuild *table = encode->table;
    arena_reset(encode->arena);
    for (uint32_t f = 0; f < encode->field_count; f++) {
        const ColumnBuild *column = &table->columns[encode->fields[f].field];
        NameTag tag = encode->fields[f].tag;
        if (nums_get(&column->states, row) != VALUE_KNOWN)
            continue;
        Str text = text_search_form(encode->arena,
                                    intern_text(&column->texts, (uint32_t)nums_get(&column->values, row)));
        if (tag == NAME_TAG_ZH || tag == NAME_TAG_EN)
            put_piece(&encode->bytes, tag, text);
        else
            put_pieces(&encode->bytes, tag, text);
    }
    put_piece(&encode->bytes, NAME_TAG_CODE, text_search_form(encode->arena, build_key(table, row)));
    buf_byte(&encode->bytes, '\0');
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

static void encode_lists(const TableBuild *table, const Buf *bytes, const uint64_t *ends, SectionList *list)
{
    uint32_t blocks = name_blocks(table->rows);
    Lists *lists = heap_zalloc(sizeof *lists);
    buf_init(&lists->found, SIZE_MAX / 2);
    lists->found_ends = heap_alloc(blocks * sizeof *lists->found_ends);
    for (uint32_t block = 0; block < blocks; block++)
        find_in_block(lists, bytes->ptr + (block ? ends[block - 1] : 0), bytes->ptr + ends[block], block);
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
    const Buf *bytes;
    const uint64_t *ends;
    SectionList lists[2];
} Large;

static void large_task(uint32_t task, void *user)
{
    Large *large = user;
    SectionList *list = &large->lists[task];
    if (task == 0)
        names_rank_encode(large->table, large->order, large->by_key, buf_view(large->bytes), large->ends,
                          list);
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
    Encode encode = {.table = table, .order = order, .arena = arena_new()};
    buf_init(&encode.bytes, SIZE_MAX / 2);
    find_fields(&encode);
    uint64_t *ends =
        section_make(list, table->kind, 0, PART_NAME_ENDS, name_blocks(table->rows) * sizeof *ends);
    for (uint32_t i = 0; i < table->rows; i++) {
        put_row(&encode, order[i]);
        ends[i / NAME_BLOCK_ROWS] = encode.bytes.len;
    }
    memcpy(section_make(list, table->kind, 0, PART_NAMES, encode.bytes.len), encode.bytes.ptr,
           encode.bytes.len);
    if (table->rows > NAME_PLAIN_ROWS) {
        Large large = {table, order, by_key, &encode.bytes, ends, {{.count = 0}, {.count = 0}}};
        tasks_run(2, true, large_task, &large);
        take_sections(&large.lists[0], list);
        take_sections(&large.lists[1], list);
    }
    buf_done(&encode.bytes);
    arena_free(encode.arena);
}
