/* base/arena.h: memory that lives and dies together: a request's, a batch's, a build's.
 * Out of memory aborts: every input, buffer and result has a named limit long before that. One thread at a
 * time. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena);  /* NULL is fine */
void arena_reset(Arena *arena); /* forgets everything, keeps the first block for reuse */

/* Calls end(user) when the arena is freed or reset, before its memory goes; what was deferred last is called
 * first. For what a request shares with others and must let go of. */
void arena_defer(Arena *arena, void (*end)(void *user), void *user);

/* 16-byte aligned, not cleared. size 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);
void *arena_zalloc(Arena *arena, size_t size);
void *arena_copy(Arena *arena, const void *from, size_t size);

#define arena_array(arena, type, count)  ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))
#define arena_zarray(arena, type, count) ((type *)arena_zalloc((arena), sizeof(type) * (size_t)(count)))
#define arena_new_of(arena, type)        ((type *)arena_zalloc((arena), sizeof(type)))

/* malloc family that aborts instead of returning NULL. */
void *heap_alloc(size_t size);
void *heap_zalloc(size_t size);
void *heap_grow(void *old, size_t size);
