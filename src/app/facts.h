/* app/facts.h: what is true of an atlas as a whole: counts, extent, latest as-of. Read in one pass over its
 * rows, once per atlas. */
#pragma once
#include "atlas/atlas.h"

typedef struct KindFacts {
    uint32_t count, illustrative;
    int32_t as_of; /* the latest last day; INT32_MIN when no row has one */
} KindFacts;

typedef struct Facts {
    KindFacts kinds[KIND_COUNT];
    Box box; /* of all regions, else of everything; west > east when there is nothing */
} Facts;

/* Remembers the last few atlases it was asked about. Any thread. */
void facts_of(Atlas *atlas, Facts *ret);
void facts_forget(void); /* lets go of the atlases remembered: at the end of the program */
