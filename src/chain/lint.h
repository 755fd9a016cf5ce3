/* chain/lint.h: does a chain hold together? Every segment on a path from an input to a product, no circle but
 * through return flows, weights that add up. data/README.md tells the rules to who writes a chain. */
#pragma once
#include "chain/graph.h"

/* One problem, as ERR_CHAIN (at, detail, example) in `fault`. `key` is the segment's or flow's it is about.
 */
typedef void ChainProblem(Str key, const Fault *fault, void *user);

/* Tells every problem of a settled graph, in the order of keys within each rule; returns how many. */
uint32_t chain_lint(Arena *arena, const ChainGraph *graph, ChainProblem *tell, void *user);
