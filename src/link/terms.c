#include "link/terms.h"
#include "base/hash.h"
#include <math.h>
#include <stdlib.h>

typedef struct Term {
    Str text;
    uint32_t times;
} Term;

struct Terms {
    Arena *arena;
    Term *terms; /* terms[0] is none */
    uint32_t count, room;
    uint32_t *slots; /* open addressing, a power of two, at most half full; 0: free */
    uint32_t slot_count;
    uint64_t added;
};

Terms *terms_new(void)
{
    Terms *terms = heap_zalloc(sizeof *terms);
    terms->arena = arena_new();
    terms->room = 1024;
    terms->terms = heap_zalloc(terms->room * sizeof *terms->terms);
    terms->slot_count = 2048;
    terms->slots = heap_zalloc(terms->slot_count * sizeof *terms->slots);
    return terms;
}

void terms_free(Terms *terms)
{
    if (!terms)
        return;
    arena_free(terms->arena);
    free(terms->terms);
    free(terms->slots);
    free(terms);
}

static uint32_t *slot_of(const Terms *terms, Str text)
{
    uint32_t at = (uint32_t)hash64(text.ptr, text.len) & (terms->slot_count - 1);
    while (terms->slots[at] && !str_eq(terms->terms[terms->slots[at]].text, text))
        at = (at + 1) & (terms->slot_count - 1);
    return &terms->slots[at];
}

static void more_room(Terms *terms)
{
    terms->room *= 2;
    terms->terms = heap_grow(terms->terms, terms->room * sizeof *terms->terms);
    free(terms->slots);
    terms->slot_count *= 2;
    terms->slots = heap_zalloc(terms->slot_count * sizeof *terms->slots);
    for (uint32_t i = 1; i <= terms->count; i++)
        *slot_of(terms, terms->terms[i].text) = i;
}

uint32_t terms_add(Terms *terms, Str text)
{
    if (text.len == 0)
        return 0;
    terms->added++;
    uint32_t *slot = slot_of(terms, text);
    if (!*slot) {
        if (terms->count + 2 > terms->room) {
            more_room(terms);
            slot = slot_of(terms, text);
        }
        *slot = ++terms->count;
        terms->terms[*slot] = (Term){.text = str_copy(terms->arena, text)};
    }
    terms->terms[*slot].times++;
    return *slot;
}

Str terms_text(const Terms *terms, uint32_t number)
{
    return number > 0 && number <= terms->count ? terms->terms[number].text : STR("");
}

uint32_t terms_count(const Terms *terms)
{
    return terms->count;
}

int32_t terms_worth(const Terms *terms, uint32_t number)
{
    if (number == 0 || number > terms->count)
        return 0;
    return (int32_t)lround(1000 * log2((double)terms->added / terms->terms[number].times));
}
