#include "atlas/intern.h"
#include <stdlib.h>

enum { SLOTS_MIN = 64 };

void intern_init(Intern *intern)
{
    *intern = (Intern){.count = 0};
    buf_init(&intern->bytes, UINT32_MAX);
}

void intern_done(Intern *intern)
{
    buf_done(&intern->bytes);
    free(intern->ends);
    free(intern->slots);
    intern_init(intern);
}

Str intern_text(const Intern *intern, uint32_t index)
{
    uint32_t start = index ? intern->ends[index - 1] : 0;
    return (Str){buf_view(&intern->bytes).ptr + start, intern->ends[index] - start};
}

/* A slot keeps the hash's upper half, which also gives the place: so a bigger table is filled from a smaller
 * one without reading a text. */
static uint64_t slot_of(uint64_t hash, uint32_t index)
{
    return (hash & UINT64_C(0xFFFFFFFF00000000)) | (index + 1);
}

/* The slot that holds the text, or the free one where it would go. */
static uint32_t seek(const Intern *intern, Str text, uint64_t hash)
{
    uint32_t mask = intern->slot_count - 1, at = (uint32_t)(hash >> 32) & mask;
    for (uint64_t slot; (slot = intern->slots[at]) != 0; at = (at + 1) & mask)
        if ((slot ^ hash) >> 32 == 0 && str_eq(intern_text(intern, (uint32_t)slot - 1), text))
            break;
    return at;
}

static void grow_slots(Intern *intern)
{
    uint32_t count = intern->slot_count ? intern->slot_count * 2 : SLOTS_MIN;
    uint64_t *slots = heap_zalloc(count * sizeof *slots);
    for (uint32_t i = 0; i < intern->slot_count; i++) {
        uint64_t slot = intern->slots[i];
        if (!slot)
            continue;
        uint32_t at = (uint32_t)(slot >> 32) & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = slot;
    }
    free(intern->slots);
    intern->slots = slots;
    intern->slot_count = count;
}

uint32_t intern_find(const Intern *intern, Str text, uint64_t hash)
{
    if (!intern->slot_count)
        return INTERN_NONE;
    uint64_t slot = intern->slots[seek(intern, text, hash)];
    return slot ? (uint32_t)slot - 1 : INTERN_NONE;
}

uint32_t intern_add(Intern *intern, Str text, uint64_t hash)
{
    if (intern->count >= intern->slot_count / 2)
        grow_slots(intern);
    uint32_t at = seek(intern, text, hash);
    if (intern->slots[at])
        return (uint32_t)intern->slots[at] - 1;
    if (intern->count == intern->cap) {
        intern->cap = intern->cap ? intern->cap * 2 : SLOTS_MIN;
        intern->ends = heap_grow(intern->ends, intern->cap * sizeof *intern->ends);
    }
    buf_str(&intern->bytes, text);
    if (intern->bytes.full)
        return INTERN_NONE;
    intern->ends[intern->count] = (uint32_t)intern->bytes.len;
    intern->slots[at] = slot_of(hash, intern->count);
    return intern->count++;
}
