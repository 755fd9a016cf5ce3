/* atlas/table.h: one kind's rows in one segment, as columns. Plain structs over mapped memory, so that
 * engines can run straight loops; nothing here is ever written after it was opened. */
#pragma once
#include "base/bits.h"
#include "geo/rtree.h"
#include "model/value.h"

enum {
    BLOCK_ROWS = 1024, /* zone maps speak of blocks of this many rows */
    PLACES_GROUP = 64, /* blocks */
    CUTS = 255,
    COARSE_ROWS_MIN = 16384, /* a column with fewer known rows has no coarse form */
};

/* Stored numbers are unsigned, of `width` bytes, above `base`: value = base + stored. Rows that are not known
 * store 0.
 *
 * NUM, BOOL          the number
 * DATE               values: first day; lasts: last day (same width and base)
 * TEXT, CODE, REF    index into the dictionary
 * CODES, REFS        list_ends[row - 1] … list_ends[row] (0 before row 0) are the places in `values` of its
 *                    items, indices into the dictionary
 *
 * The dictionary of a CODE or CODES column is its code list in the list's order; others are sorted by bytes.
 */
typedef struct Column {
    const Field *field;
    uint32_t width; /* 1, 2, 4 or 8; of `values` and `lasts` */
    int64_t base;
    const void *values;
    const void *lasts;
    const uint32_t *list_ends;
    const uint64_t *known;          /* bit per row */
    const uint64_t *not_applicable; /* NULL if no row is */
    const uint64_t *withheld;       /* NULL if no row is */
    uint32_t known_count;
    uint32_t dict_count;
    const uint32_t *dict_ends; /* entry i: bytes dict_ends[i - 1] … dict_ends[i] */
    const char *dict_bytes;
    /* Per block of BLOCK_ROWS rows: least and greatest stored value among known rows (of first for least, of
     * last for greatest, with dates); least > greatest where the block has none. NULL for lists. */
    const uint64_t *block_least, *block_greatest;
    /* Of large columns of numbers, and of dates that are all whole days; else NULL. `coarse` is a byte a row:
     * how many of the cuts are not above what is stored. Cuts lie so that each byte is about as frequent. */
    const uint8_t *coarse;
    const uint64_t *cuts; /* CUTS, ascending */
    const void *sorted;   /* what the known rows store, ascending, `width` bytes each */
} Column;

/* How fresh a row is: the latest as-of among its records that the audience may see, and the refresh period of
 * that record's source in days (0: none is said). Shown and warned of, not filtered by. */
typedef struct Freshness {
    DateSpan as_of;
    int32_t refresh_d;
} Freshness;

/* Where the anchors lie of the rows with a geometry among BLOCK_ROWS rows; west > east: there are none. */
typedef struct BlockPlaces {
    Box box;
    int64_t lon_sum, lat_sum;
    uint32_t count;
} BlockPlaces;

/* Around the anchors of some rows on the unit sphere: none is further from the middle than the chord, which
 * is below 0 where no row has a geometry. */
typedef struct Cap {
    double middle[3], chord;
    Point at; /* the middle */
} Cap;

typedef struct Table {
    Kind kind;
    uint32_t rows;
    uint32_t live_count;
    const uint64_t *live; /* bit per row */
    const Column
        *columns; /* by field index; columns[i].values is NULL for a field this audience may not see */
    const uint32_t *key_ends;
    const char *key_bytes;
    const uint32_t *by_key;  /* row numbers in key order */
    const Freshness *fresh;  /* per row */
    const uint64_t *digests; /* per row: of its key, visible values, shape and freshness */
    const Box *boxes;        /* west > east: no geometry */
    const Point *anchors;    /* valid where there is a geometry */
    const uint64_t *shape_ends;
    const uint8_t *shape_bytes;        /* packed by shape.h */
    RTree tree;                        /* over boxes; holds dead rows too: test `live` */
    const BlockPlaces *block_places;   /* of every block, and of every PLACES_GROUP blocks; dead rows too; */
    const BlockPlaces *group_places;   /* worked out when the segment is opened, and so are these: */
    const Cap *block_caps, *word_caps; /* of every block, and of every 64 rows */
    /* What names.h seeks; names_form.h says how it lies. NULL where there is none. */
    const uint64_t *name_ends;
    const char *name_bytes;
    const uint64_t *name_buckets;
    const uint8_t *name_lists;
    /* names_rank.h; ranks are NULL where there are none. */
    const uint32_t *name_ranks;
    const uint64_t *name_pairs, *name_pair_ends;
    const uint32_t *name_places;
    const uint64_t *name_wholes, *name_runs;
    uint64_t name_whole_count;
    uint32_t name_pair_count;
} Table;

Str table_key(const Table *table, uint32_t row);
bool table_find(const Table *table, Str key, uint32_t *ret_row);
bool table_has_shape(const Table *table, uint32_t row);
void table_shape(Arena *arena, const Table *table, uint32_t row,
                 Geometry *ret); /* GEOM_NONE if it has none */

/* A hidden field (columns[field].values == NULL) reads as unknown. Texts point into the map. */
void table_value(Arena *arena, const Table *table, uint32_t row, uint32_t field, Value *ret);
Str column_entry(const Column *column, uint32_t index);
bool column_find(const Column *column, Str text, uint32_t *ret_index);

static inline uint64_t stored_at(const void *values, uint32_t width, uint64_t at)
{
    switch (width) {
    case 1:
        return ((const uint8_t *)values)[at];
    case 2:
        return ((const uint16_t *)values)[at];
    case 4:
        return ((const uint32_t *)values)[at];
    default:
        return ((const uint64_t *)values)[at];
    }
}

static inline uint64_t column_stored(const Column *column, uint64_t at)
{
    return stored_at(column->values, column->width, at);
}

static inline int64_t column_num(const Column *column, uint32_t row)
{
    return (int64_t)((uint64_t)column->base +
                     column_stored(column, row)); /* modulo 2^64, as it was taken off */
}

/* The last day of a date. */
static inline int64_t column_last(const Column *column, uint32_t row)
{
    return (int64_t)((uint64_t)column->base + stored_at(column->lasts, column->width, row));
}
