#include "intake/seen.h"
#include "base/hash.h"
#include <stdlib.h>

/* Open addressing, at most half full. */
typedef struct Entry {
    Str key; /* ptr NULL: a free place */
    int64_t row;
} Entry;

struct Seen {
    Arena *keys;
    Entry *entries;
    size_t count, size; /* size: a power of two */
};

enum { SEEN_START = 1024 };

Seen *seen_new(void)
{
    Seen *seen = heap_zalloc(sizeof *seen);
    seen->keys = arena_new();
    seen->size = SEEN_START;
    seen->entries = heap_zalloc(SEEN_START * sizeof *seen->entries);
    return seen;
}

void seen_free(Seen *seen)
{
    if (!seen)
        return;
    arena_free(seen->keys);
    free(seen->entries);
    free(seen);
}

static Entry *place_of(Entry *entries, size_t size, Str key)
{
    size_t at = hash64(key.ptr, key.len) & (size - 1);
    while (entries[at].key.ptr && !str_eq(entries[at].key, key))
        at = (at + 1) & (size - 1);
    return &entries[at];
}

static void grow(Seen *seen)
{
    size_t size = seen->size * 2;
    Entry *entries = heap_zalloc(size * sizeof *entries);
    for (size_t i = 0; i < seen->size; i++)
        if (seen->entries[i].key.ptr)
            *place_of(entries, size, seen->entries[i].key) = seen->entries[i];
    free(seen->entries);
    seen->entries = entries;
    seen->size = size;
}

int64_t seen_add(Seen *seen, Str key, int64_t row)
{
    Entry *entry = place_of(seen->entries, seen->size, key);
    if (entry->key.ptr)
        return entry->row;
    *entry = (Entry){str_copy(seen->keys, key), row};
    if (++seen->count * 2 > seen->size)
        grow(seen);
    return 0;
}
