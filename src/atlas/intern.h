/* atlas/intern.h: texts of a column under construction: each different one gets a number, in order of
 * arrival. Internal to atlas; one thread at a time. */
#pragma once
#include "base/str.h"

typedef struct Intern {
    Buf bytes;
    uint32_t *ends; /* text i: bytes ends[i - 1] … ends[i] */
    uint32_t count, cap;
    uint64_t *slots; /* upper half of the hash, index + 1; 0: free */
    uint32_t slot_count;
} Intern;

enum { INTERN_NONE = UINT32_MAX };

void intern_init(Intern *intern);
void intern_done(Intern *intern);

/* `hash` must be hash64 of the text. INTERN_NONE when the bytes pass 4 GiB. */
uint32_t intern_add(Intern *intern, Str text, uint64_t hash);
uint32_t intern_find(const Intern *intern, Str text, uint64_t hash); /* INTERN_NONE: not there */
Str intern_text(const Intern *intern, uint32_t index);
