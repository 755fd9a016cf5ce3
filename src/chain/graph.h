/* chain/graph.h: one industrial chain as a graph: segments, and flows from one to another. Plain data, built
 * once in an arena and then only read. */
#pragma once
#include "atlas/atlas.h"

enum {
    CHAIN_SEGMENTS_MAX = 400,
    CHAIN_FLOWS_MAX = 2000,
    CHAIN_STAGES = 3, /* up, mid, down: the places of their codes in the list chain_stage */
};

enum { CHAIN_NOWHERE = UINT32_MAX }; /* a flow's end that is no segment of the chain */

typedef struct ChainSegment {
    Str key, name_zh, name_en;
    int stage;    /* 0 … CHAIN_STAGES - 1; the middle one where the stage is not known */
    int type;     /* place in the list segment_type; -1: not known */
    int strength; /* place in the list strength; -1: not known */
    bool end_product;
} ChainSegment;

typedef struct ChainFlow {
    Str key, name_zh, name_en;
    uint32_t from, to;    /* places in `segments`, or CHAIN_NOWHERE */
    Str from_key, to_key; /* what the flow itself says */
    int64_t weight;       /* 1 … 100; 0: not known */
    Str alternative;      /* of a one_of flow: the group of which any one will do; "" for all_of */
    bool one_of, recycling;
} ChainFlow;

typedef struct ChainGraph {
    Str key, name_zh, name_en;
    ChainSegment *segments; /* by key */
    ChainFlow *flows;       /* by key */
    uint32_t segment_count, flow_count;
} ChainGraph;

/* The chain `key` with its segments and flows, whichever segment of the atlas they lie in. Texts are copied
 * into `arena`. ERR_ID_UNKNOWN: no such chain; ERR_LIMIT: more segments or flows than the named limits. */
MUST_USE Err chain_graph_read(Arena *arena, const Atlas *atlas, Str key, ChainGraph *ret);

/* A segment or a flow from the values of its row, by field index. Keeps the texts. A flow's ends are found by
 * chain_graph_settle. */
ChainSegment chain_segment_of(Str key, const Value *values);
ChainFlow chain_flow_of(Str key, const Value *values);

/* The place of the segment with this key; CHAIN_NOWHERE if there is none. After chain_graph_settle. */
uint32_t chain_segment_find(const ChainGraph *graph, Str key);

/* For who builds one by hand: puts segments and flows in the order of their keys and finds each flow's ends.
 * Of segments that share a key the first by their given order is meant. */
void chain_graph_settle(ChainGraph *graph);
