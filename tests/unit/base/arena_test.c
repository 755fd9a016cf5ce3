#include "base/arena.h"
#include "test.h"

static int ended;

static void end(void *user)
{
    ended = ended * 10 + *(int *)user;
}

TEST(what_was_deferred_is_done_once_and_the_last_first_when_an_arena_ends)
{
    Arena *arena = arena_new();
    int *one = arena_new_of(arena, int), *two = arena_new_of(arena, int);
    *one = 1;
    *two = 2;
    arena_defer(arena, end, one);
    arena_defer(arena, end, two);
    CHECK_EQ(ended, 0);
    arena_reset(arena);
    CHECK_EQ(ended, 21);
    arena_free(arena);
    CHECK_EQ(ended, 21);
    arena = arena_new();
    one = arena_new_of(arena, int);
    *one = 3;
    arena_defer(arena, end, one);
    arena_free(arena);
    CHECK_EQ(ended, 213);
}
