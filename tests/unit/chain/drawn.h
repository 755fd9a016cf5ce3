/* tests/unit/chain/drawn.h: chains for tests, written as text or drawn from a seed. */
#pragma once
#include "chain/graph.h"

/* Segments as "stage type name" and flows as "from>to weight[ group][ recycling]", each separated by ; —
 * "up input ore;mid product cell!" and "ore>cell 100". A ! marks an end product. Keys are as written. */
ChainGraph chain_of(Arena *arena, const char *segments, const char *flows);

/* `count` segments over the three stages, about `per_node` flows each, mostly to what stands near; every
 * twentieth is a return flow. No stage is left out from 30 segments on. */
ChainGraph chain_drawn(Arena *arena, uint32_t count, double per_node, uint64_t seed);
