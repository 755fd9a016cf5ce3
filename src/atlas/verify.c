/* What a segment's sections say, checked against each other: after segment_verify no index, offset or count
 * in the tables can lead outside the map, even if somebody wrote the file, checksums and all, to that end. */
#include "atlas/column.h"
#include "atlas/names_rank.h"
#include "atlas/segment.h"
#include "atlas/shape.h"
#include <string.h>
#include <sys/mman.h>

typedef struct Verify {
    Segment *segment;
    uint32_t at; /* sections before it were looked at: they come in the directory's order */
    const char *wrong;
    const uint64_t *no_blocks; /* a least above any greatest, for columns without sections */
} Verify;

/* The section if it is the next one of the directory; else NULL. */
static const void *section(Verify *verify, Kind kind, uint32_t column, Part part, uint64_t *ret_size)
{
    if (verify->at == verify->segment->header.section_count)
        return NULL;
    const SectionEntry *entry = &verify->segment->entries[verify->at];
    if (entry->kind != kind || entry->column != column || entry->part != part)
        return NULL;
    verify->at++;
    *ret_size = entry->size;
    return verify->segment->bytes + entry->offset;
}

/* A section that must be there with this size. */
static const void *section_of(Verify *verify, Kind kind, uint32_t column, Part part, uint64_t size)
{
    uint64_t have;
    const void *bytes = section(verify, kind, column, part, &have);
    if (!bytes || have != size) {
        verify->wrong = "a section is missing or has the wrong size";
        return NULL;
    }
    return bytes;
}

/* ---- loops over whole sections; written so that compilers make vectors of them ---- */

static uint64_t greatest_stored(const void *values, uint32_t width, uint64_t count)
{
    uint64_t greatest = 0;
#define GREATEST(type)                                                                                       \
    do {                                                                                                     \
        const type *at = values;                                                                             \
        type most = 0;                                                                                       \
        for (uint64_t i = 0; i < count; i++)                                                                 \
            most = at[i] > most ? at[i] : most;                                                              \
        greatest = most;                                                                                     \
    } while (0)
    if (width == 1)
        GREATEST(uint8_t);
    else if (width == 2)
        GREATEST(uint16_t);
    else if (width == 4)
        GREATEST(uint32_t);
    else
        GREATEST(uint64_t);
#undef GREATEST
    return greatest;
}

/* Ends that never step back, in steps of at most `longest`, and stop at `size`. */
static bool ends_are_sound(const uint32_t *ends, uint32_t count, uint64_t size, uint32_t longest)
{
    uint32_t wrong = 0, last = 0;
    for (uint32_t i = 0; i < count; i++) {
        wrong |= (ends[i] < last) | (ends[i] - last > longest);
        last = ends[i];
    }
    return !wrong && last == size;
}

/* Is every entry UTF-8? The whole is, and no entry begins inside a character. */
static bool texts_are_sound(const uint32_t *ends, uint32_t count, const char *bytes, uint64_t size)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i + 1 < count; i++)
        wrong |= ends[i] < size && ((unsigned char)bytes[ends[i]] & 0xC0) == 0x80;
    return !wrong && str_utf8_valid((Str){bytes, size});
}

static bool bitmap_is_sound(const uint64_t *bits, uint32_t rows)
{
    return rows % 64 == 0 || bits[rows / 64] >> (rows % 64) == 0;
}

static bool bitmaps_meet(const uint64_t *a, const uint64_t *b, uint32_t rows)
{
    uint64_t both = 0;
    for (uint32_t w = 0; a && b && w < bits_words(rows); w++)
        both |= a[w] & b[w];
    return both != 0;
}

/* ---- columns ---- */

static void blank_column(const Verify *verify, Column *column)
{
    const void *zeros = verify->segment->zeros;
    column->width = 1;
    column->values = column->dict_bytes = zeros;
    column->known = zeros;
    column->dict_ends = zeros;
    if (column_is_list(column->field)) {
        column->list_ends = zeros;
    } else {
        column->block_least = verify->no_blocks;
        column->block_greatest = zeros;
    }
    if (column->field->type == FIELD_DATE)
        column->lasts = zeros;
}

static const char *read_states(Verify *verify, Kind kind, uint32_t at, uint32_t rows, Column *column)
{
    uint64_t bytes = bits_words(rows) * sizeof(uint64_t), have = bytes, have_withheld = bytes;
    column->known = section_of(verify, kind, at, PART_KNOWN, bytes);
    column->not_applicable = section(verify, kind, at, PART_NOT_APPLICABLE, &have);
    column->withheld = section(verify, kind, at, PART_WITHHELD, &have_withheld);
    if (verify->wrong || have != bytes || have_withheld != bytes)
        return "a bitmap is missing or has the wrong size";
    if (!bitmap_is_sound(column->known, rows) ||
        (column->not_applicable && !bitmap_is_sound(column->not_applicable, rows)) ||
        (column->withheld && !bitmap_is_sound(column->withheld, rows)))
        return "a bitmap has bits behind its last row";
    if (bitmaps_meet(column->known, column->not_applicable, rows) ||
        bitmaps_meet(column->known, column->withheld, rows) ||
        bitmaps_meet(column->not_applicable, column->withheld, rows))
        return "a value has two states";
    if (bits_count(column->known, rows) != column->known_count)
        return "a count of known values is wrong";
    return NULL;
}

static const char *read_dict(Verify *verify, Kind kind, uint32_t at, Column *column)
{
    if (column->field->codes) {
        code_dictionary(column->field->codes, &column->dict_count, &column->dict_ends, &column->dict_bytes);
        return NULL;
    }
    if (!column_has_dict(column->field))
        return column->dict_count ? "a column has a dictionary that should have none" : NULL;
    uint64_t size;
    uint64_t ends_size = (uint64_t)column->dict_count * sizeof(uint32_t);
    column->dict_ends = section_of(verify, kind, at, PART_DICT_ENDS, ends_size);
    column->dict_bytes = section(verify, kind, at, PART_DICT, &size);
    if (!column->dict_ends || !column->dict_bytes)
        return "a dictionary is missing or has the wrong size";
    uint32_t longest = column->field->type == FIELD_TEXT ? TEXT_MAX_BYTES : KEY_MAX_BYTES;
    if (!ends_are_sound(column->dict_ends, column->dict_count, size, longest) ||
        !texts_are_sound(column->dict_ends, column->dict_count, column->dict_bytes, size))
        return "a dictionary's entries are not sound";
    return NULL;
}

static const char *check_dates(const Column *column, uint32_t rows)
{
    int64_t least = date_day(DATE_YEAR_MIN, 1, 1), greatest = date_day(DATE_YEAR_MAX, 12, 31);
    if (column->width > 4 || column->base < least || column->base > greatest)
        return "a date is out of range";
    if (column->base + (int64_t)greatest_stored(column->values, column->width, rows) > greatest ||
        column->base + (int64_t)greatest_stored(column->lasts, column->width, rows) > greatest)
        return "a date is out of range";
    Column last = *column;
    last.values = column->lasts;
    for (uint32_t row = 0; row < rows; row++)
        if (column_stored(&last, row) < column_stored(column, row))
            return "a date ends before it begins";
    return NULL;
}

static const char *read_values(Verify *verify, Kind kind, uint32_t at, uint32_t rows, uint32_t items,
                               Column *column)
{
    bool list = column_is_list(column->field);
    uint64_t count = list ? items : rows;
    column->values = section_of(verify, kind, at, PART_VALUES, count * column->width);
    if (column->field->type == FIELD_DATE)
        column->lasts = section_of(verify, kind, at, PART_LASTS, count * column->width);
    if (list)
        column->list_ends = section_of(verify, kind, at, PART_LIST_ENDS, (uint64_t)rows * sizeof(uint32_t));
    if (verify->wrong)
        return verify->wrong;
    if (list && !ends_are_sound(column->list_ends, rows, items, LIST_MAX))
        return "the ends of a list column are not sound";
    const char *wrong = read_dict(verify, kind, at, column);
    if (wrong)
        return wrong;
    if ((column->field->codes || column_has_dict(column->field)) && (list ? items : column->known_count)) {
        if (column->base != 0 || greatest_stored(column->values, column->width, count) >= column->dict_count)
            return "a value lies outside its dictionary";
    }
    if (column->field->type == FIELD_DATE && column->known_count)
        return check_dates(column, rows);
    return NULL;
}

/* Any byte may be a code, and any order of values is searched without harm: what they say is vouched for by
 * their sums. */
static const char *read_coarse(Verify *verify, Kind kind, uint32_t rows, uint32_t at, Column *column)
{
    uint64_t size = 0, sorted_size = 0;
    const uint8_t *coarse = section(verify, kind, at, PART_COARSE, &size);
    const void *sorted = section(verify, kind, at, PART_SORTED, &sorted_size);
    if (!coarse && !sorted)
        return NULL;
    if (!coarse || !sorted || size != rows || sorted_size != (uint64_t)column->known_count * column->width ||
        column->known_count == 0)
        return "a column's coarse form has the wrong size";
    uint64_t *cuts = arena_array(verify->segment->arena, uint64_t, CUTS);
    coarse_cuts(sorted, column->known_count, column->width, cuts);
    column->coarse = coarse;
    column->sorted = sorted;
    column->cuts = cuts;
    return NULL;
}

static const char *read_column(Verify *verify, Kind kind, uint32_t rows, uint32_t at, Column *column)
{
    uint64_t size;
    const ColumnMeta *meta = section(verify, kind, at, PART_COLUMN, &size);
    if (!meta) {
        blank_column(verify, column);
        if (column->field->codes)
            code_dictionary(column->field->codes, &column->dict_count, &column->dict_ends,
                            &column->dict_bytes);
        return NULL;
    }
    if (size != sizeof *meta || rows == 0)
        return "a column's head has the wrong size";
    if (meta->width != 1 && meta->width != 2 && meta->width != 4 && meta->width != 8)
        return "a column's width is none of 1, 2, 4, 8";
    if (meta->items && !column_is_list(column->field))
        return "a column has list items that is no list";
    column->width = meta->width;
    column->base = meta->base;
    column->known_count = meta->known_count;
    column->dict_count = meta->dict_count;
    const char *wrong = read_states(verify, kind, at, rows, column);
    if (!wrong)
        wrong = read_values(verify, kind, at, rows, meta->items, column);
    if (wrong || column_is_list(column->field))
        return wrong;
    uint32_t blocks = blocks_of(rows);
    column->block_least = section_of(verify, kind, at, PART_BLOCKS, 2 * sizeof(uint64_t) * (uint64_t)blocks);
    if (verify->wrong)
        return verify->wrong;
    column->block_greatest = column->block_least + blocks;
    return read_coarse(verify, kind, rows, at, column);
}

/* ---- tables ---- */

static bool keys_are_sound(const Table *table, uint64_t size)
{
    return ends_are_sound(table->key_ends, table->rows, size, KEY_MAX_BYTES) &&
           texts_are_sound(table->key_ends, table->rows, table->key_bytes, size) &&
           greatest_stored(table->by_key, sizeof *table->by_key, table->rows) < table->rows;
}

static const char *check_fresh(const Table *table)
{
    int32_t least = date_day(DATE_YEAR_MIN, 1, 1), greatest = date_day(DATE_YEAR_MAX, 12, 31);
    uint32_t wrong = 0;
    for (uint32_t row = 0; row < table->rows; row++) {
        Freshness fresh = table->fresh[row];
        wrong |= (fresh.as_of.first < least) | (fresh.as_of.last < fresh.as_of.first) |
                 (fresh.as_of.last > greatest) | (fresh.refresh_d < 0);
    }
    return wrong ? "a row's freshness is out of range" : NULL;
}

static const char *check_shapes(const Table *table, uint64_t size)
{
    const Box world = {-180 * DEGREE, -90 * DEGREE, 180 * DEGREE, 90 * DEGREE};
    uint64_t start = 0;
    for (uint32_t row = 0; row < table->rows; row++) {
        uint64_t end = table->shape_ends[row];
        if (end < start || end > size)
            return "the ends of the shapes are not sound";
        Box box = table->boxes[row];
        Point anchor = table->anchors[row];
        if (box.west > box.east) {
            if (end != start)
                return "a row has a shape and no box";
        } else if (!box_valid(box) || !box_holds(world, box) ||
                   !box_holds(world, (Box){anchor.lon, anchor.lat, anchor.lon, anchor.lat}) ||
                   !shape_valid(table->shape_bytes + start, end - start, anchor, box)) {
            return "a shape does not agree with its box";
        }
        start = end;
    }
    return start == size ? NULL : "the ends of the shapes are not sound";
}

static bool long_ends_are_sound(const uint64_t *ends, uint64_t count, uint64_t size)
{
    uint64_t wrong = 0, last = 0;
    for (uint64_t i = 0; i < count; i++) {
        wrong |= ends[i] < last;
        last = ends[i];
    }
    return !wrong && last == size;
}

static const char *read_ranks(Verify *verify, Kind kind, Table *table)
{
    uint64_t pairs = 0, places = 0, wholes = 0;
    table->name_ranks = section_of(verify, kind, 0, PART_NAME_RANKS, table->rows * sizeof *table->name_ranks);
    table->name_pairs = section(verify, kind, 0, PART_NAME_PAIRS, &pairs);
    table->name_pair_ends = section_of(verify, kind, 0, PART_NAME_PAIR_ENDS, pairs);
    table->name_places = section(verify, kind, 0, PART_NAME_PLACES, &places);
    table->name_wholes = section(verify, kind, 0, PART_NAME_WHOLES, &wholes);
    table->name_runs = section_of(verify, kind, 0, PART_NAME_RUNS, name_run_bits(table->rows) / 8);
    pairs /= sizeof *table->name_pairs;
    places /= sizeof *table->name_places;
    if (verify->wrong || !table->name_pairs || !table->name_places || !table->name_wholes ||
        pairs > UINT32_MAX || !long_ends_are_sound(table->name_pair_ends, pairs, places))
        return "the ranks of names are not sound";
    table->name_pair_count = (uint32_t)pairs;
    table->name_whole_count = wholes / sizeof *table->name_wholes;
    return NULL;
}

/* Texts and lists are only held within their bounds: names.c believes nothing of what stands in them. */
static const char *read_names(Verify *verify, Kind kind, Table *table)
{
    uint64_t names = 0, lists = 0, blocks = name_blocks(table->rows);
    table->name_ends = section_of(verify, kind, 0, PART_NAME_ENDS, blocks * sizeof *table->name_ends);
    table->name_bytes = section(verify, kind, 0, PART_NAMES, &names);
    if (!table->name_ends || !table->name_bytes || !long_ends_are_sound(table->name_ends, blocks, names))
        return "the names are not sound";
    if (table->rows <= NAME_PLAIN_ROWS)
        return NULL;
    table->name_buckets =
        section_of(verify, kind, 0, PART_NAME_BUCKETS, NAME_BUCKETS * sizeof *table->name_buckets);
    table->name_lists = section(verify, kind, 0, PART_NAME_LISTS, &lists);
    if (!table->name_buckets || !table->name_lists ||
        !long_ends_are_sound(table->name_buckets, NAME_BUCKETS, lists))
        return "the lists of names are not sound";
    return read_ranks(verify, kind, table);
}

static const char *read_rows(Verify *verify, Kind kind, Table *table)
{
    uint64_t rows = table->rows, keys = 0, shapes = 0, tree = 0;
    table->key_ends = section_of(verify, kind, 0, PART_KEY_ENDS, rows * sizeof *table->key_ends);
    table->key_bytes = section(verify, kind, 0, PART_KEYS, &keys);
    table->by_key = section_of(verify, kind, 0, PART_BY_KEY, rows * sizeof *table->by_key);
    table->fresh = section_of(verify, kind, 0, PART_FRESH, rows * sizeof *table->fresh);
    table->digests = section_of(verify, kind, 0, PART_DIGESTS, rows * sizeof *table->digests);
    table->boxes = section_of(verify, kind, 0, PART_BOXES, rows * sizeof *table->boxes);
    table->anchors = section_of(verify, kind, 0, PART_ANCHORS, rows * sizeof *table->anchors);
    table->shape_ends = section_of(verify, kind, 0, PART_SHAPE_ENDS, rows * sizeof *table->shape_ends);
    table->shape_bytes = section(verify, kind, 0, PART_SHAPES, &shapes);
    const void *tree_bytes = section(verify, kind, 0, PART_TREE, &tree);
    if (verify->wrong || !table->key_bytes || !table->shape_bytes || !tree_bytes)
        return "a section of a table is missing or has the wrong size";
    if (!keys_are_sound(table, keys))
        return "the keys are not sound";
    const char *wrong = check_fresh(table);
    if (!wrong)
        wrong = check_shapes(table, shapes);
    if (!wrong && rtree_open(tree_bytes, tree, table->rows, &table->tree) != OK)
        wrong = "the tree of a table is not sound";
    if (!wrong)
        wrong = read_names(verify, kind, table);
    if (!wrong)
        table_find_places(verify->segment->arena, table);
    return wrong;
}

static void empty_table(const Verify *verify, Table *table)
{
    const void *zeros = verify->segment->zeros;
    table->key_ends = table->by_key = zeros;
    table->key_bytes = zeros;
    table->digests = table->shape_ends = zeros;
    table->shape_bytes = zeros;
    table->fresh = zeros;
    table->boxes = zeros;
    table->anchors = zeros;
    rtree_build(verify->segment->arena, NULL, 0, &table->tree);
}

static const char *read_replaced(Verify *verify, Kind kind)
{
    Segment *segment = verify->segment;
    uint64_t size;
    const uint32_t *rows = section(verify, kind, 0, PART_REPLACED, &size);
    if (!rows)
        return NULL;
    if (segment->header.base == 0 || size == 0 || size % sizeof *rows || size / sizeof *rows > ROWS_MAX)
        return "the list of replaced rows is not sound";
    segment->replaced[kind] = rows;
    segment->replaced_count[kind] = (uint32_t)(size / sizeof *rows);
    for (uint32_t i = 1; i < segment->replaced_count[kind]; i++)
        if (rows[i] <= rows[i - 1])
            return "the list of replaced rows is out of order";
    return NULL;
}

static const char *read_table(Verify *verify, Kind kind)
{
    Segment *segment = verify->segment;
    Table *table = &segment->tables[kind];
    const KindInfo *info = kind_info(kind);
    uint64_t size;
    table->kind = kind;
    const TableMeta *meta = section(verify, kind, 0, PART_TABLE, &size);
    table->rows = table->live_count = meta ? meta->rows : 0;
    const char *wrong = NULL;
    if (meta)
        wrong = read_rows(verify, kind, table);
    else
        empty_table(verify, table);
    if (!wrong)
        wrong = read_replaced(verify, kind);
    uint64_t *live = arena_zarray(segment->arena, uint64_t, bits_words(table->rows));
    bits_fill(live, table->rows);
    table->live = live;
    for (uint32_t row = 0; !wrong && row < table->rows; row++)
        segment->digest_sum[kind] += table->digests[row];
    Column *columns = arena_zarray(segment->arena, Column, info->field_count);
    table->columns = columns;
    for (uint32_t f = 0; !wrong && f < info->field_count; f++) {
        columns[f].field = &info->fields[f];
        if ((uint32_t)info->fields[f].visibility <= segment->header.audience)
            wrong = read_column(verify, kind, table->rows, f + 1, &columns[f]);
    }
    return wrong;
}

/* The most rows of any kind; false if a count is beyond what this program reads. */
static bool most_rows(const Segment *segment, uint32_t *ret)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < segment->header.section_count; i++) {
        const SectionEntry *entry = &segment->entries[i];
        if (entry->part != PART_TABLE)
            continue;
        TableMeta meta;
        if (entry->size != sizeof meta)
            return false;
        memcpy(&meta, segment->bytes + entry->offset, sizeof meta);
        if (meta.rows == 0 || meta.rows > ROWS_MAX || meta.rows > segment->size || meta.reserved)
            return false;
        most = meta.rows > most ? meta.rows : most;
    }
    *ret = most;
    return true;
}

const char *segment_verify(Segment *segment)
{
    Verify verify = {.segment = segment};
    uint32_t most;
    if (!most_rows(segment, &most))
        return "a table's count of rows is not sound";
    enum { SPARE = 4096 };
    segment->zeros_size =
        (uint64_t)most * sizeof(uint32_t) + SPARE; /* pages that are never written take no memory */
    segment->zeros = mmap(NULL, segment->zeros_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (segment->zeros == MAP_FAILED) {
        segment->zeros = NULL;
        return "there is no memory to map it";
    }
    uint64_t *no_blocks = arena_array(segment->arena, uint64_t, blocks_of(most) + 1);
    for (uint32_t i = 0; i <= blocks_of(most); i++)
        no_blocks[i] = UINT64_MAX;
    verify.no_blocks = no_blocks;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const char *wrong = read_table(&verify, (Kind)kind);
        if (wrong)
            return wrong;
    }
    return verify.at == segment->header.section_count ? NULL : "it has a section nobody knows";
}
