/* Which rows a tile shows. The tree tells them in its own order; marked block by block they come out in the
 * rows' order without sorting, and a filter is asked about the touched blocks only. */
#include "tile/rows.h"

/* A bitmap of a table that has words only for the blocks with a bit in them. */
typedef struct Marks {
    Arena *arena;
    uint64_t *touched; /* bit per block */
    uint32_t *places;  /* of a touched block: which of `words` is its */
    uint64_t (*words)[BLOCK_WORDS];
    uint32_t used, room;
    uint32_t count, limit; /* rows marked; more than `limit` end it */
} Marks;

static uint32_t blocks_of_rows(const Table *table)
{
    return (table->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

static void marks_start(Marks *marks, Arena *arena, const Table *table, uint32_t limit)
{
    enum { ROOM_FIRST = 16 };
    uint32_t blocks = blocks_of_rows(table);
    *marks = (Marks){.arena = arena, .room = ROOM_FIRST, .limit = limit};
    marks->touched = arena_zarray(arena, uint64_t, bits_words(blocks));
    marks->places = arena_array(arena, uint32_t, blocks);
    marks->words = arena_alloc(arena, ROOM_FIRST * sizeof *marks->words);
}

static uint64_t *block_start(Marks *marks, uint32_t block)
{
    if (marks->used == marks->room) {
        uint64_t(*words)[BLOCK_WORDS] = arena_alloc(marks->arena, 2 * marks->room * sizeof *words);
        memcpy(words, marks->words, marks->used * sizeof *words);
        marks->words = words;
        marks->room *= 2;
    }
    bits_set(marks->touched, block);
    marks->places[block] = marks->used;
    return memset(marks->words[marks->used++], 0, sizeof *marks->words);
}

static bool mark_row(uint32_t row, void *user)
{
    Marks *marks = user;
    uint32_t block = row / BLOCK_ROWS;
    uint64_t *words =
        bits_get(marks->touched, block) ? marks->words[marks->places[block]] : block_start(marks, block);
    bits_set(words, row % BLOCK_ROWS);
    return ++marks->count <= marks->limit;
}

void rows_block(const TileRows *rows, uint32_t s, uint32_t block, uint64_t *yes, uint64_t *maybe)
{
    const Table *table = rows->tables[s];
    const uint64_t *live = table->live + (size_t)block * BLOCK_WORDS;
    uint32_t words = bits_words(table->rows) - block * BLOCK_WORDS;
    words = words < BLOCK_WORDS ? words : BLOCK_WORDS;
    if (rows->filters[s]) {
        filter_block(rows->filters[s], block, yes, maybe);
        for (uint32_t w = 0; w < words; w++) {
            yes[w] &= live[w];
            maybe[w] &= live[w];
        }
    } else {
        memcpy(yes, live, words * sizeof *yes);
        memset(maybe, 0, words * sizeof *maybe);
    }
    memset(yes + words, 0, (BLOCK_WORDS - words) * sizeof *yes);
    memset(maybe + words, 0, (BLOCK_WORDS - words) * sizeof *maybe);
}

typedef struct List {
    TileRow *at;
    uint32_t count, limit;
} List;

/* The same for the marked rows only: few are asked one by one, which reads less than the block. */
static void marked_block(const TileRows *rows, uint32_t s, uint32_t block, const uint64_t *marked,
                         uint64_t *yes, uint64_t *maybe)
{
    enum { FEW = 32 };
    if (!rows->filters[s] || bits_count(marked, BLOCK_ROWS) > FEW) {
        rows_block(rows, s, block, yes, maybe);
        return;
    }
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        yes[w] = maybe[w] = 0;
        for (uint64_t left = marked[w]; left; left &= left - 1) {
            uint32_t row = block * BLOCK_ROWS + w * 64 + (uint32_t)__builtin_ctzll(left);
            Truth truth = bits_get(rows->tables[s]->live, row) ? filter_row(rows->filters[s], row) : TRUTH_NO;
            yes[w] |= truth == TRUTH_YES ? left & (0 - left) : 0;
            maybe[w] |= truth == TRUTH_MAYBE ? left & (0 - left) : 0;
        }
    }
}

/* The marked rows of a block that count; false past the limit. */
static bool list_block(const TileRows *rows, uint32_t s, uint32_t block, const uint64_t *marked, List *list)
{
    uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS];
    marked_block(rows, s, block, marked, yes, maybe);
    for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        for (uint64_t left = (yes[w] | maybe[w]) & marked[w]; left; left &= left - 1) {
            if (list->count == list->limit)
                return false;
            uint32_t bit = (uint32_t)__builtin_ctzll(left);
            list->at[list->count++] =
                (TileRow){block * BLOCK_ROWS + w * 64 + bit, (uint16_t)s, maybe[w] >> bit & 1};
        }
    }
    return true;
}

static bool list_table(Arena *arena, const TileRows *rows, uint32_t s, Box box, uint32_t limit, List *ret)
{
    const Table *table = rows->tables[s];
    uint32_t dead = table->rows - table->live_count;
    Marks marks;
    /* What a filter leaves is known only when all are marked. */
    marks_start(&marks, arena, table, rows->filters[s] ? UINT32_MAX - 1 : limit + dead);
    rtree_search(&table->tree, box, mark_row, &marks);
    if (marks.count > marks.limit)
        return false;
    uint32_t most = marks.count < limit ? marks.count : limit;
    *ret = (List){.at = arena_array(arena, TileRow, most), .limit = most};
    for (uint32_t w = 0; w < bits_words(blocks_of_rows(table)); w++)
        for (uint64_t left = marks.touched[w]; left; left &= left - 1) {
            uint32_t block = w * 64 + (uint32_t)__builtin_ctzll(left);
            if (!list_block(rows, s, block, marks.words[marks.places[block]], ret))
                return false;
        }
    return true;
}

/* Does a stand before b? Of two segments' rows; each segment's own are in order. */
static bool before(const TileRows *rows, TileRow a, TileRow b)
{
    const Table *x = rows->tables[a.segment], *y = rows->tables[b.segment];
    uint32_t at = hilbert_of(x->anchors[a.row]), other = hilbert_of(y->anchors[b.row]);
    return at != other ? at < other : str_cmp(table_key(x, a.row), table_key(y, b.row)) < 0;
}

static List merge(Arena *arena, const TileRows *rows, List a, List b)
{
    if (a.count == 0 || b.count == 0)
        return a.count ? a : b;
    List both = {.at = arena_array(arena, TileRow, a.count + b.count)};
    for (uint32_t i = 0, j = 0; i < a.count || j < b.count;) {
        bool first = j == b.count || (i < a.count && before(rows, a.at[i], b.at[j]));
        both.at[both.count++] = first ? a.at[i++] : b.at[j++];
    }
    return both;
}

bool rows_pick(Arena *arena, const TileRows *rows, TileId tile, uint32_t limit, TilePick *ret)
{
    Box box = tile_box(tile, TILE_BUFFER);
    List all = {0};
    for (uint32_t s = 0; s < rows->count; s++) {
        List list = {0};
        if (rows->tables[s]->rows == 0)
            continue;
        if (!list_table(arena, rows, s, box, limit - all.count, &list))
            return false;
        all = merge(arena, rows, all, list);
    }
    *ret = (TilePick){all.at, all.count};
    return true;
}
