/* match/assembly.h: adjoining plots put together until their areas sum to what is asked. Knows plots by
 * number only: numbers are in key order, so that ties are broken by key. docs/design/assembly.md tells how.
 * Only src/match includes it.
 *
 * A set is connected, holds no two rivals, its area is at least `least` and at most `greatest`, and no
 * connected proper subset of it reaches `least`. Compactness is the area of its plots over the area of the
 * convex hull around them (the convex hull test of Niemi, Grofman, Carlucci & Hofeller 1990, "Measuring
 * Compactness and the Role of a Compactness Standard"), in ten-thousandths, cut.
 *
 * Of each plot the best set that holds it is kept: the most compact, then with fewer plots, then with the
 * first numbers. Found exactly among all sets of at most ASSEMBLY_EXACT_MAX plots; only where none is found
 * that way, larger ones are sought by a beam.
 */
#pragma once
#include "match/adjacency.h"
#include "match/hull.h"

enum {
    ASSEMBLY_EXACT_MAX = 6,
    ASSEMBLY_SET_MAX = 20,           /* plots of one set */
    ASSEMBLY_LOOKS_MAX = 500 * 1000, /* connected sets looked at by the exact search, in all */
    ASSEMBLY_BEAM_WIDTH = 12,
    ASSEMBLY_BEAM_LOOKS_MAX = 60 * 1000, /* sets looked at by the beam, in all */
    ASSEMBLY_HULL_MAX = 256,             /* corners of one plot's hull */
    COMPACT_FULL = 10000,
};

typedef struct AssemblyPlot {
    int64_t area;  /* as recorded, > 0 */
    int64_t area2; /* shape_area2 */
    Hull hull;     /* at most ASSEMBLY_HULL_MAX corners */
} AssemblyPlot;

typedef struct AssemblyAsk {
    int64_t least, greatest; /* of the sum of areas */
    uint32_t plots_max;      /* 2 … ASSEMBLY_SET_MAX */
    uint32_t looks, beam_looks;
} AssemblyAsk;

typedef struct AssemblySet {
    uint32_t plots[ASSEMBLY_SET_MAX]; /* ascending */
    uint32_t count;
    int32_t compactness;
    bool exact; /* of every plot whose best it is, all sets of at most ASSEMBLY_EXACT_MAX plots were looked
                 * at, and it is one of these */
} AssemblySet;

typedef struct Assembly {
    const AssemblySet *sets; /* each once; the best of at least one plot; by their plots */
    uint32_t count;
    bool bounded; /* a limit was met, or larger sets were sought: there may be better ones */
} Assembly;

/* Borrows all; the result lives in the arena. */
void assembly_find(Arena *arena, const AssemblyPlot *plots, uint32_t count, const Adjacency *adjacency,
                   const AssemblyAsk *ask, Assembly *ret);
