/* base/embed.h: files that are part of the program. tools/embed.py makes the tables, sorted by name. */
#pragma once
#include "base/str.h"

typedef struct Embedded {
    const char *name; /* "index.html" */
    Str plain;
    Str gzip, brotli;   /* the same, smaller; empty if there is none */
    const char *digest; /* 32 hex digits of its SHA-256 */
} Embedded;

/* NULL if there is none of that name. */
static inline const Embedded *embedded_find(const Embedded *files, uint32_t count, Str name)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int order = str_cmp(str_of(files[mid].name), name);
        if (order == 0)
            return &files[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}
