/* atlas/build.h: an atlas under construction. Internal to atlas: build.c takes rows in, freeze.c makes
 * sections of them, publish.c files. */
#pragma once
#include "atlas/atlas.h"
#include "atlas/column.h"

typedef struct TableBuild {
    Kind kind;
    bool failed;        /* a row went in by half: nothing can come of it */
    SectionList *lists; /* of a sealed table, whose rows are gone */
    uint32_t list_count;
    uint32_t rows, cap;
    ColumnBuild *columns; /* by field index */
    Buf keys;
    uint32_t *key_ends;
    Freshness *fresh;
    uint64_t *digests;
    Box *boxes;
    Point *anchors;
    Buf shapes;
    uint64_t *shape_ends;
    Buf buried; /* keys, each behind its length as a varint */
} TableBuild;

struct AtlasBuild {
    char *dir;
    Audience audience;
    int64_t commit;
    Atlas *base; /* NULL for a base */
    TableBuild tables[KIND_COUNT];
};

Str build_key(const TableBuild *table, uint32_t row);
bool build_next_buried(const TableBuild *table, const uint8_t **at, Str *ret_key); /* *at NULL: the first */

void build_drop_rows(TableBuild *table);
void build_drop_sections(TableBuild *table);

/* Makes sections of every table that was not sealed: puts the rows in their order, derives the distances and
 * encodes. ERR_BUILD: a key was added twice. */
MUST_USE Err build_freeze(AtlasBuild *build);

/* derive.c: fills the columns that have `near`, and takes them into the rows' digests. The rows are visited
 * in `order`. */
void build_derive(AtlasBuild *build, TableBuild *table, const uint32_t *order);

/* names_encode.c: the sections of what names.h seeks, of rows in `order`; by_key: the build's rows. */
void names_encode(const TableBuild *table, const uint32_t *order, const uint32_t *by_key, SectionList *list);

/* Does names_encode read the field's column? */
bool names_read(const Field *field);
