/* atlas/segment.h: the file that holds one audience's rows of all kinds, as columns, little-endian.
 *
 * header (SegmentHeader) · directory (SectionEntry × section_count, by kind, column, part) · sections, each
 * at the next multiple of SEGMENT_ALIGN, zero bytes between them. Every section has its own XXH3, the
 * directory's is the segment's id, the header ends with its own. A delta names the id of the base it lies
 * over. What a column has no word of takes no bytes: a column without sections is unknown in every row.
 *
 * Internal to atlas. A Segment is mapped, never changed and counted: atlases share their base. */
#pragma once
#include "atlas/table.h"
#include <stdatomic.h>
#include <sys/types.h>

enum {
    SEGMENT_VERSION = 4,
    SEGMENT_ALIGN = 64,
    SEGMENT_NAME_MAX = 80,
    SECTIONS_MAX = KIND_COUNT * (FIELDS_MAX + 1) * 24,
    ROWS_MAX = 1 << 28, /* of one kind */
    PATH_MAX_BYTES = 4096,
};

#define SEGMENT_MAGIC "LPATLAS\n"

typedef struct SegmentHeader {
    char magic[8];
    uint32_t version;
    uint32_t audience;
    uint64_t model; /* model_digest() of who wrote it */
    uint64_t id;    /* XXH3 of the directory */
    uint64_t base;  /* the id of the base this delta lies over; 0: it is a base */
    int64_t commit;
    uint64_t file_bytes;
    uint32_t section_count;
    uint32_t reserved[15]; /* 0 */
    uint64_t sum;          /* XXH3 of all before it */
} SegmentHeader;
_Static_assert(sizeof(SegmentHeader) == 128, "the header's size is part of the format");

typedef struct SectionEntry {
    uint16_t kind;
    uint16_t column; /* 0: the table's own; else 1 + the field's index */
    uint32_t part;
    uint64_t offset, size, sum;
} SectionEntry;
_Static_assert(sizeof(SectionEntry) == 32, "a section's entry is part of the format");

/* Parts of a table (column 0; none if it has no rows), then of a column. Sizes in bytes; n rows, w the
 * column's width. */
typedef enum Part {
    PART_TABLE,          /* TableMeta */
    PART_KEY_ENDS,       /* 4 n */
    PART_KEYS,           /* the last key's end */
    PART_BY_KEY,         /* 4 n */
    PART_FRESH,          /* 12 n */
    PART_DIGESTS,        /* 8 n */
    PART_BOXES,          /* 16 n; west > east: no geometry */
    PART_ANCHORS,        /* 8 n */
    PART_SHAPE_ENDS,     /* 8 n */
    PART_SHAPES,         /* the last shape's end */
    PART_TREE,           /* geo/rtree.h */
    PART_NAME_ENDS,      /* names_form.h: 8 a block of names */
    PART_NAMES,          /* the last block's end */
    PART_NAME_BUCKETS,   /* 8 a bucket; only of a large table; so the next */
    PART_NAME_LISTS,     /* the last bucket's end */
    PART_NAME_RANKS,     /* names_rank.h: 4 n; only of a large table; so the next */
    PART_NAME_PAIRS,     /* 8 a pair */
    PART_NAME_PAIR_ENDS, /* 8 a pair */
    PART_NAME_PLACES,    /* 4 each, up to the last pair's end */
    PART_NAME_WHOLES,    /* 8 a name */
    PART_NAME_RUNS,      /* name_run_bits */
    PART_REPLACED,       /* of a delta: 4 a row, the base's rows that it replaces or buries, ascending */
    PART_COLUMN,         /* ColumnMeta */
    PART_KNOWN,          /* bitmap: 8 for every 64 rows */
    PART_NOT_APPLICABLE, /* bitmap; only where a row is; so the next */
    PART_WITHHELD,
    PART_VALUES,    /* w n; of a list w for every item */
    PART_LASTS,     /* w n: dates */
    PART_LIST_ENDS, /* 4 n: lists */
    PART_DICT_ENDS, /* 4 an entry: TEXT, REF, REFS */
    PART_DICT,      /* the last entry's end */
    PART_BLOCKS,    /* least of every block, then greatest of every block, 8 each; not of lists */
    PART_COARSE,    /* n: Column.coarse; both only of large columns of numbers, and of whole days */
    PART_SORTED,    /* w for every known row: what is stored, ascending */
    PART_COUNT
} Part;

typedef struct TableMeta {
    uint32_t rows;
    uint32_t reserved; /* 0 */
} TableMeta;

typedef struct ColumnMeta {
    uint32_t width;
    uint32_t known_count;
    int64_t base;
    uint32_t dict_count;
    uint32_t items; /* of lists */
} ColumnMeta;

static inline bool column_is_list(const Field *field)
{
    return field->type == FIELD_CODES || field->type == FIELD_REFS;
}

/* Has it a dictionary of its own in the file? Codes are indices into the model's list. */
static inline bool column_has_dict(const Field *field)
{
    return field->type == FIELD_TEXT || field->type == FIELD_REF || field->type == FIELD_REFS;
}

static inline uint32_t blocks_of(uint32_t rows)
{
    return (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

/* ---- writing (segment_write.c) ---- */

typedef struct Section {
    Kind kind;
    uint32_t column;
    Part part;
    const void *bytes;
    uint64_t size;
} Section;

/* The same sections in any order give the same bytes. `header` needs audience, base and commit; the rest is
 * filled in. Writes a file nobody sees yet at `path`, down to the disk. ERR_DISK_FULL, ERR_FILE_WRITE:
 * nothing is left at `path`. */
MUST_USE Err segment_write(const char *path, SegmentHeader *header, Section *sections, uint32_t count);

/* ---- reading (segment.c, verify.c) ---- */

typedef struct Segment Segment;
struct Segment {
    atomic_uint refs;
    char name[SEGMENT_NAME_MAX]; /* without the folder */
    dev_t device;
    ino_t inode;
    Segment *next; /* in the list of those in use */
    const uint8_t *bytes;
    uint64_t size;
    bool mapped; /* bytes are ours to unmap */
    SegmentHeader header;
    const SectionEntry *entries;
    Table tables[KIND_COUNT]; /* every row is live */
    const uint32_t *replaced[KIND_COUNT];
    uint32_t replaced_count[KIND_COUNT];
    uint64_t digest_sum[KIND_COUNT]; /* of all rows, modulo 2^64 */
    Arena *arena;                    /* columns, live bitmaps */
    void *zeros;                     /* what columns without sections point to */
    uint64_t zeros_size;
};

/* Opens dir/name and believes nothing of it. ERR_SEGMENT with path and detail, whatever is wrong with it,
 * also when it is not there or of another audience or model. */
MUST_USE Err segment_open(const char *dir, const char *name, Audience audience, Segment **ret);
Segment *segment_ref(Segment *segment);
void segment_unref(Segment *segment); /* NULL is fine */

/* The same over bytes in memory, which must outlive it; `path` is for messages. For tests and fuzzing, which
 * set check_sums false to get behind the checksums. */
MUST_USE Err segment_from_bytes(const void *bytes, uint64_t size, const char *path, Audience audience,
                                bool check_sums, Segment **ret);

/* Is the file mapped in this process? */
bool segment_in_use(dev_t device, ino_t inode);

/* verify.c: fills tables and replaced from the directory; every offset, count and index is checked. What is
 * wrong, or NULL. */
const char *segment_verify(Segment *segment);

/* places.c: fills block_places, group_places and caps from boxes and anchors. */
void table_find_places(Arena *arena, Table *table);

/* Around a box; chord below 0 where the box is not valid. */
void cap_of(Box box, Cap *ret);

/* The model's list as a dictionary. Made once for the process. */
void code_dictionary(const CodeList *list, uint32_t *ret_count, const uint32_t **ret_ends,
                     const char **ret_bytes);
