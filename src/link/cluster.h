/* link/cluster.h: which mentions are one thing, from what is known of pairs of them. A function of the pairs
 * alone: the order they come in does not show, so the same records give the same clusters whatever the order
 * of arrival. */
#pragma once
#include "base/str.h"

/* Mentions are numbered in an order that does not depend on arrival (that of their fingerprints). */
typedef struct LinkPair {
    uint32_t a, b;  /* a < b */
    int32_t weight; /* thousandths of a bit: log2 of how much likelier the two are one thing than not */
    enum {
        PAIR_WEIGHED,
        PAIR_SAME,
        PAIR_NEVER
    } what; /* told by a person or by a rule: the weight does not count */
} LinkPair;

/* In thousandths of a bit. */
typedef struct ClusterRules {
    int32_t strong; /* from here on a pair is joined before others are looked at */
    int32_t upper;  /* joined, unless there is a rival */
    int32_t lower;  /* from here to `upper` a person decides */
    int32_t margin; /* a rival weighs at most so much less */
    int32_t apart;  /* and below: the two are never one, unless people tell that they are */
} ClusterRules;

typedef struct LinkDoubt {
    uint32_t a, b; /* the heaviest pair between two clusters */
    int32_t weight;
    bool rivals; /* heavy enough, but one of them fits another cluster, too, which cannot be the same */
} LinkDoubt;

typedef struct Clusters {
    uint32_t *of;      /* by mention: the least mention of its cluster */
    LinkDoubt *doubts; /* the closest to `upper` first */
    uint32_t doubt_count;
    uint32_t cluster_count;
} Clusters;

/* What is known of the mentions beside the pairs; either may be NULL. */
typedef struct LinkKnown {
    const uint32_t *anchors; /* what each is known by (its code, as a number; 0: nothing): two that are known
                                by different things are never one */
    const uint32_t *sides;   /* bits: registers that have each thing once; two of one side are never one */
} LinkKnown;

/* Sorts the pairs; a pair may be told more than once, PAIR_NEVER wins over PAIR_SAME. The result lies in the
 * arena.
 *
 * Told pairs first; then strong ones, the heaviest first, wherever it puts nothing together that is never
 * one; then, in rounds, clusters are joined by their heaviest pair from `upper` on, unless one of them has a
 * rival: another cluster that it fits about as well (within `margin`) and that clashes. */
void clusters_find(Arena *arena, uint32_t count, const LinkKnown *known, LinkPair *pairs, size_t pair_count,
                   const ClusterRules *rules, Clusters *ret);
