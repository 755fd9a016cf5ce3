/* chain/layout.h: where a chain's segments and flows stand on the page: lanes for stages from left to right,
 * columns for steps within a stage, return flows below all lanes. The layered method of Sugiyama, Tagawa and
 * Toda (1981) with the stage as the outer constraint; docs/design/chains.md tells its parts. Integers only:
 * the same graph gives the same picture on every machine. */
#pragma once
#include "chain/graph.h"

/* All in the page's pixels; even numbers. */
typedef struct LayoutStyle {
    int32_t node_width, node_height;
    int32_t column_gap, row_gap;
    int32_t lane_head; /* above the first row, for the lane's name */
} LayoutStyle;

typedef struct LayoutPoint {
    int32_t x, y;
} LayoutPoint;

typedef struct LayoutLane {
    int32_t x, width;
} LayoutLane;

typedef struct LayoutNode {
    int32_t x, y, width, height;
    int stage, step; /* step 0 is the stage's first column */
} LayoutNode;

/* A polyline from the supplier's right side to the taker's left side. Two points of one height are a run
 * across a column; between others the line changes height within a gap between columns, to be drawn straight
 * or as a curve that begins and ends level. */
typedef struct LayoutEdge {
    LayoutPoint *points;
    uint32_t count; /* 0: an end of the flow is not in the chain */
    bool back;      /* runs below the lanes: a return flow, or one that would close a circle */
} LayoutEdge;

typedef struct Layout {
    int32_t width, height;
    int32_t lane_y, lane_height; /* of all lanes */
    LayoutLane lanes[CHAIN_STAGES];
    LayoutNode *nodes;  /* as graph->segments */
    LayoutEdge *edges;  /* as graph->flows */
    uint32_t crossings; /* of the flows that are not `back`, between columns */
} Layout;

/* Any graph within the limits of graph.h can be laid out, also one that chain_lint refuses. */
void chain_layout(Arena *arena, const ChainGraph *graph, const LayoutStyle *style, Layout *ret);
