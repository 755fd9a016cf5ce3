/* match/assembly_form.h: what the two searches share. Only the assembly*.c files include it. */
#pragma once
#include "match/assembly.h"

typedef struct Search {
    Arena *arena;
    const AssemblyPlot *plots;
    uint32_t count;
    const Adjacency *adjacency;
    AssemblyAsk ask;
    uint32_t exact_max; /* the smaller of ASSEMBLY_EXACT_MAX and plots_max */
    AssemblySet *best;  /* by plot; count 0: none yet */
    uint8_t *open;      /* by plot: a larger set may hold it; else every connected set of exact_max plots that
                         * does reaches `least`, so that no larger one is minimal */
    uint8_t *place;     /* by plot: 1 + its place in the set that is looked at; else 0 */
    Point *scratch;     /* for joining hulls of a whole set */
    bool bounded;
} Search;

static inline int64_t area_add(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

int32_t compactness_of(int64_t area2, int64_t hull2);

/* A place in the set whose plot can be left out: the rest is connected and reaches `least`; the smallest such
 * plot. count: it is minimal. */
uint32_t set_spare(Search *search, const uint32_t *plots, uint32_t count, int64_t area);

/* A minimal set within `greatest`, in any order: to each of its plots that has no better one. */
void set_offer(Search *search, const uint32_t *plots, uint32_t count, int32_t compactness);

/* assembly_beam.c: larger sets for plots that have none. */
void beam_search(Search *search);
