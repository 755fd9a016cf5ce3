/* chain/layers.h: the layered graph while it is laid out: every flow that goes forward is cut into pieces
 * between neighbouring columns, with a bend where it passes a column. Used by the layout's own files. */
#pragma once
#include "chain/graph.h"

/* Nodes 0 … real - 1 are the segments; those behind are bends. Neighbours of v in the column before it:
 * left[left_ends[v - 1] … left_ends[v]] (from 0 for v == 0); likewise right. A neighbour stands there once
 * for each flow, so that a line shared by three counts three times when it is crossed. */
typedef struct Layers {
    uint32_t real, count;
    uint32_t columns;
    uint32_t first[CHAIN_STAGES + 1]; /* first column of each stage; at the end, `columns` */
    uint32_t *column;                 /* per node */
    uint32_t *place;                  /* per node: from the top of its column */
    uint32_t **order;                 /* per column: its nodes from the top */
    uint32_t *size;                   /* per column */
    uint32_t *left, *left_ends, *right, *right_ends;
    uint32_t *path, *path_ends; /* per flow: its nodes; none if it is `back` or has no two ends */
    bool *back;                 /* per flow */
} Layers;

static inline uint32_t span_begin(const uint32_t *ends, uint32_t i)
{
    return i ? ends[i - 1] : 0;
}

/* Columns by longest path within the stage, bends, neighbours; orders by node number. `share`: the flows of
 * one supplier share their bends, so that one line leaves it and parts where the ways part: fewer lines to
 * pass between segments and a lower picture, but less freedom. */
void layers_build(Arena *arena, const ChainGraph *graph, bool share, Layers *ret);

/* Puts the columns in an order with few crossings; returns how many are left. */
uint32_t layers_order(Arena *arena, Layers *layers);

/* Vertical middles of all nodes, from 0 downward, given each node's height. `bend_gap` stands between a bend
 * and its neighbour, `row_gap` between two segments. */
void layers_place(Arena *arena, const Layers *layers, const int32_t *heights, int32_t row_gap,
                  int32_t bend_gap, int32_t *ret_y);

/* The same heights made lower: nothing comes nearer than the gaps, and no order changes. */
void layers_settle(Arena *arena, const Layers *layers, const int32_t *heights, int32_t row_gap,
                   int32_t bend_gap, int32_t *y);
