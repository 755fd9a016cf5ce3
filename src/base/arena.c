#include "base/arena.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_MIN = 16 * 1024, BLOCK_MAX = 4 * 1024 * 1024, ALIGN = 16 };

typedef struct Block {
    struct Block *next;
    size_t size, used;
    _Alignas(ALIGN) unsigned char bytes[];
} Block;

typedef struct Deferred {
    struct Deferred *next;
    void (*end)(void *user);
    void *user;
} Deferred;

struct Arena {
    Block *blocks;      /* newest first */
    Deferred *deferred; /* likewise; in the blocks */
};

void *heap_alloc(size_t size)
{
    return heap_grow(NULL, size);
}

void *heap_zalloc(size_t size)
{
    void *got = calloc(1, size ? size : 1);
    if (!got) {
        fprintf(stderr, "lianpu: out of memory (%zu bytes)\n", size);
        abort();
    }
    return got;
}

void *heap_grow(void *old, size_t size)
{
    void *got = realloc(old, size ? size : 1);
    if (!got) {
        fprintf(stderr, "lianpu: out of memory (%zu bytes)\n", size);
        abort();
    }
    return got;
}

static Block *add_block(Arena *arena, size_t at_least)
{
    size_t size = arena->blocks ? arena->blocks->size * 2 : BLOCK_MIN;
    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < at_least)
        size = at_least;
    Block *block = heap_alloc(sizeof *block + size);
    block->size = size;
    block->used = 0;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

Arena *arena_new(void)
{
    return heap_zalloc(sizeof(Arena));
}

void arena_defer(Arena *arena, void (*end)(void *user), void *user)
{
    Deferred *deferred = arena_new_of(arena, Deferred);
    *deferred = (Deferred){arena->deferred, end, user};
    arena->deferred = deferred;
}

static void end_deferred(Arena *arena)
{
    for (Deferred *at = arena->deferred; at; at = at->next)
        at->end(at->user);
    arena->deferred = NULL;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    end_deferred(arena);
    for (Block *block = arena->blocks; block;) {
        Block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

void arena_reset(Arena *arena)
{
    if (!arena->blocks)
        return;
    end_deferred(arena);
    Block *first = arena->blocks;
    for (Block *block = first->next; block;) {
        Block *next = block->next;
        free(block);
        block = next;
    }
    first->next = NULL;
    first->used = 0;
}

void *arena_alloc(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        abort(); /* a caller's sum went wrong */
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (size == 0)
        size = ALIGN;
    Block *block = arena->blocks;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    void *got = block->bytes + block->used;
    block->used += size;
    return got;
}

void *arena_zalloc(Arena *arena, size_t size)
{
    return memset(arena_alloc(arena, size), 0, size);
}

void *arena_copy(Arena *arena, const void *from, size_t size)
{
    void *to = arena_alloc(arena, size);
    if (size)
        memcpy(to, from, size);
    return to;
}
