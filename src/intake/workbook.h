/* intake/workbook.h: what a workbook says of itself: its sheets, its shared texts, which of its styles are
 * dates. Used by xlsx.c alone. */
#pragma once
#include "intake/grid.h"
#include "intake/package.h"

enum {
    WORKBOOK_TEXTS_MAX = 4 * 1024 * 1024,        /* shared texts */
    WORKBOOK_TEXT_BYTES_MAX = 100 * 1024 * 1024, /* of all of them */
    WORKBOOK_STYLES_MAX = 64 * 1024 + 1,
};

typedef struct Workbook {
    SheetInfo sheets[GRID_SHEETS_MAX];
    Str parts[GRID_SHEETS_MAX]; /* the path of each in the package */
    uint32_t sheet_count;
    bool from_1904;
    const uint32_t *text_ends; /* of shared text n: from the end of the one before */
    const char *texts;
    uint32_t text_count;
    const bool *style_dates; /* by number of a style */
    uint32_t style_count;
} Workbook;

/* Texts lie in the arena. ERR_WORKBOOK, ERR_LIMIT. */
MUST_USE Err workbook_read(Package *package, Arena *arena, Workbook *ret);

/* false: there is no such text. */
bool workbook_text(const Workbook *workbook, uint64_t number, Str *ret);
