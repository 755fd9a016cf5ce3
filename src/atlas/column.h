/* atlas/column.h: one field's values while an atlas is built: taken in as rows come, then encoded in the
 * rows' final order. Internal to atlas. One thread at a time per column. */
#pragma once
#include "atlas/intern.h"
#include "atlas/segment.h"

/* Whole numbers by place, 1, 2, 4 or 8 bytes each: as wide as the widest so far. A place never set reads 0.
 */
typedef struct Nums {
    void *at;
    uint32_t cap;
    uint32_t width; /* 0 until the first is set */
} Nums;

void nums_set(Nums *nums, uint32_t place, int64_t n);
void nums_done(Nums *nums);

static inline int64_t nums_get(const Nums *nums, uint32_t place)
{
    if (place >= nums->cap)
        return 0;
    switch (nums->width) {
    case 1:
        return ((const int8_t *)nums->at)[place];
    case 2:
        return ((const int16_t *)nums->at)[place];
    case 4:
        return ((const int32_t *)nums->at)[place];
    default:
        return ((const int64_t *)nums->at)[place];
    }
}

typedef struct ColumnBuild {
    const Field *field;
    bool hidden; /* from this audience: takes nothing in */
    Nums states; /* ValueState of every row; empty while all are unknown */
    Nums values; /* the number, the first day, the text's number in `texts`, the first of a list's items */
    Nums lasts;  /* last day; a list's count of items */
    Nums items;  /* lists: numbers in `texts` */
    uint32_t item_count;
    Intern texts;       /* of a list of codes: its codes in their order, and nothing else */
    uint32_t last_text; /* what came before: often the same again */
    uint64_t last_hash;
} ColumnBuild;

void column_init(ColumnBuild *column, const Field *field, bool hidden);
void column_done(ColumnBuild *column);

/* Copies the value. *ret_digest: what it adds to the row's digest, the same for equal values wherever they
 * stand. ERR_BUILD: a code that is not in the list, a number out of range, a text that is no UTF-8 or too
 * long. */
MUST_USE Err column_set(ColumnBuild *column, uint32_t row, const Value *value, uint64_t *ret_digest);

/* Sections of one column, or of one table's own; `made` are theirs to free. */
typedef struct SectionList {
    Section at[PART_COUNT];
    void *made[PART_COUNT];
    uint32_t count;
} SectionList;

/* A new section of zero bytes, owned by the list. */
void *section_make(SectionList *list, Kind kind, uint32_t column, Part part, uint64_t size);
void section_list_done(SectionList *list);

/* coarse.c: are these what a coarse form is made for? `lasts` may be NULL. */
bool coarse_wanted(const Field *field, uint32_t width, uint32_t known, const int64_t *firsts,
                   const int64_t *lasts, uint32_t rows);

/* Fills ret_sorted (width bytes for every known row) and ret_codes (a byte a row; 0 where it is not known).
 */
void coarse_make(const int64_t *stored, const uint64_t *known, uint32_t rows, uint32_t known_count,
                 uint32_t width, void *ret_sorted, uint8_t *ret_codes);

/* Where the cuts lie in a sorted column. */
void coarse_cuts(const void *sorted, uint32_t known_count, uint32_t width, uint64_t ret_cuts[CUTS]);

/* Row i of the segment is row order[i] of the build. A column with no state but unknown makes no section. */
void column_encode(const ColumnBuild *column, Kind kind, uint32_t column_number, const uint32_t *order,
                   uint32_t rows, SectionList *ret);
