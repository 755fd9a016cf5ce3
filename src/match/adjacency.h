/* match/adjacency.h: which plots touch, or lie across a gap of at most so many metres. Pairs come from an
 * R-tree by boxes widened by the gap; the gap itself is the least distance between their edges, on a plane
 * that touches the earth at the pair (equirectangular about their middle: exact to the centimetre for plots
 * of some kilometres). Only src/match includes it. */
#pragma once
#include "geo/geometry.h"

enum {
    ADJACENCY_NEIGHBOURS_MAX = 32,          /* of a plot: the nearest, then the first */
    ADJACENCY_CANDIDATES_MAX = 256,         /* of a plot, by boxes */
    ADJACENCY_LOOKS_MAX = 16 * 1000 * 1000, /* at edges, and at pairs of them, in all */
};

/* Symmetric. The neighbours of plot i: from ends[i - 1] (0 before plot 0) to ends[i], ascending. So its
 * rivals in `rival_ends`: plots of which one holds the other's anchor. They are the same land recorded twice,
 * no neighbours, and cannot be in one set. Edges that only cross by the inexactness of a survey are touching.
 */
typedef struct Adjacency {
    const uint32_t *ends, *neighbours, *gaps_cm;
    const uint32_t *rival_ends, *rivals;
    bool bounded; /* a limit was met: some neighbours may be missing */
} Adjacency;

/* Valid polygons. Borrows the shapes; the result lives in the arena. */
void adjacency_build(Arena *arena, const Geometry *shapes, uint32_t count, uint32_t gap_m, Adjacency *ret);

static inline uint32_t adjacency_start(const Adjacency *adjacency, uint32_t plot)
{
    return plot ? adjacency->ends[plot - 1] : 0;
}

static inline uint32_t adjacency_rivals(const Adjacency *adjacency, uint32_t plot)
{
    return plot ? adjacency->rival_ends[plot - 1] : 0;
}

/* The greatest gap that must be crossed within a connected set of at most 32 plots, when the smallest ones
 * are taken (the widest edge of a minimum spanning tree, Prim 1957). */
uint32_t adjacency_widest_gap(const Adjacency *adjacency, const uint32_t *plots, uint32_t count);
