#include "chain/layers.h"
#include "chain/layout.h"
#include "drawn.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

static const LayoutStyle style = {112, 50, 36, 20, 36};

static Layout lay(Arena *arena, const ChainGraph *graph)
{
    Layout layout;
    chain_layout(arena, graph, &style, &layout);
    return layout;
}

static uint32_t node_named(const ChainGraph *graph, const char *name)
{
    for (uint32_t v = 0; v < graph->segment_count; v++)
        if (str_is(graph->segments[v].key, name))
            return v;
    test_fail(__FILE__, __LINE__, "no segment %s", name);
}

/* ---- what holds for any graph ---- */

static void check_lanes(const ChainGraph *graph, const Layout *layout)
{
    for (int s = 1; s < CHAIN_STAGES; s++)
        CHECK(layout->lanes[s - 1].x + layout->lanes[s - 1].width < layout->lanes[s].x);
    for (uint32_t v = 0; v < graph->segment_count; v++) {
        const LayoutNode *node = &layout->nodes[v];
        const LayoutLane *lane = &layout->lanes[graph->segments[v].stage];
        CHECK_EQ(node->stage, graph->segments[v].stage);
        CHECK(node->x > lane->x && node->x + node->width < lane->x + lane->width);
        CHECK(node->y >= layout->lane_y + style.lane_head);
        CHECK(node->y + node->height < layout->lane_y + layout->lane_height);
    }
    CHECK(layout->lanes[2].x + layout->lanes[2].width < layout->width);
    CHECK(layout->lane_y + layout->lane_height < layout->height);
}

static void check_apart(const ChainGraph *graph, const Layout *layout)
{
    for (uint32_t a = 0; a < graph->segment_count; a++)
        for (uint32_t b = 0; b < a; b++)
            if (layout->nodes[a].x == layout->nodes[b].x)
                CHECK(abs(layout->nodes[a].y - layout->nodes[b].y) >= style.node_height + style.row_gap);
}

/* A forward flow goes rightward from its supplier to its taker and through no segment. */
static void check_forward(const ChainGraph *graph, const Layout *layout, uint32_t f)
{
    const LayoutEdge *edge = &layout->edges[f];
    const LayoutNode *from = &layout->nodes[graph->flows[f].from], *to = &layout->nodes[graph->flows[f].to];
    CHECK_EQ(edge->points[0].x, from->x + from->width);
    CHECK_EQ(edge->points[0].y, from->y + from->height / 2);
    CHECK_EQ(edge->points[edge->count - 1].x, to->x);
    CHECK_EQ(edge->points[edge->count - 1].y, to->y + to->height / 2);
    for (uint32_t i = 1; i < edge->count; i++) {
        LayoutPoint a = edge->points[i - 1], b = edge->points[i];
        CHECK(a.x < b.x);
        for (uint32_t v = 0; v < graph->segment_count; v++) {
            const LayoutNode *node = &layout->nodes[v];
            bool across = a.x < node->x + node->width && b.x > node->x;
            int32_t low = a.y > b.y ? a.y : b.y, high = a.y < b.y ? a.y : b.y;
            CHECK(!across || low < node->y || high > node->y + node->height);
        }
    }
}

static void check_back(const Layout *layout, const LayoutEdge *edge)
{
    int32_t lowest = 0;
    for (uint32_t i = 0; i < edge->count; i++) {
        lowest = edge->points[i].y > lowest ? edge->points[i].y : lowest;
        CHECK(edge->points[i].x > 0 && edge->points[i].x < layout->width);
    }
    CHECK(lowest > layout->lane_y + layout->lane_height && lowest < layout->height);
}

static void check_layout(const ChainGraph *graph, const Layout *layout)
{
    check_lanes(graph, layout);
    check_apart(graph, layout);
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        bool ends = graph->flows[f].from != CHAIN_NOWHERE && graph->flows[f].to != CHAIN_NOWHERE;
        CHECK_EQ(layout->edges[f].count > 0, ends);
        if (ends && layout->edges[f].back)
            check_back(layout, &layout->edges[f]);
        else if (ends)
            check_forward(graph, layout, f);
    }
}

TEST(no_random_graph_leaves_its_lanes_overlaps_or_runs_through_a_segment)
{
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Arena *arena = arena_new();
        ChainGraph graph = chain_drawn(arena, seed * 2, 0.8 + seed % 5 * 0.4, seed);
        Layout layout = lay(arena, &graph);
        check_layout(&graph, &layout);
        arena_free(arena);
    }
}

/* Counted the slow way: pairs of pieces between the same two columns whose ends are in opposite order. */
TEST(the_crossings_told_are_those_of_the_order)
{
    for (uint32_t seed = 1; seed <= 8; seed++) {
        Arena *arena = arena_new();
        ChainGraph graph = chain_drawn(arena, 40, 1.6, seed);
        Layers layers;
        layers_build(arena, &graph, seed % 2, &layers);
        uint32_t told = layers_order(arena, &layers), counted = 0;
        for (uint32_t a = 0; a < layers.count; a++)
            for (uint32_t b = 0; b < layers.count; b++)
                for (uint32_t i = span_begin(layers.right_ends, a); i < layers.right_ends[a]; i++)
                    for (uint32_t j = span_begin(layers.right_ends, b); j < layers.right_ends[b]; j++)
                        counted += layers.column[a] == layers.column[b] &&
                                   layers.place[a] < layers.place[b] &&
                                   layers.place[layers.right[i]] > layers.place[layers.right[j]];
        CHECK_EQ(told, counted);
        arena_free(arena);
    }
}

TEST(the_same_graph_gives_the_same_picture)
{
    Arena *arena = arena_new();
    ChainGraph graph = chain_drawn(arena, 80, 1.7, 3);
    Layout a = lay(arena, &graph), b = lay(arena, &graph);
    CHECK(memcmp(a.nodes, b.nodes, graph.segment_count * sizeof *a.nodes) == 0);
    for (uint32_t f = 0; f < graph.flow_count; f++)
        CHECK(memcmp(a.edges[f].points, b.edges[f].points, a.edges[f].count * sizeof *a.edges[f].points) ==
              0);
    arena_free(arena);
}

/* ---- particular graphs ---- */

TEST(a_step_is_the_longest_way_within_the_stage)
{
    Arena *arena = arena_new();
    ChainGraph graph =
        chain_of(arena, "up input a;up material b;up material c;mid product d", "a>b;b>c;a>c;c>d");
    Layout layout = lay(arena, &graph);
    CHECK_EQ(layout.nodes[node_named(&graph, "a")].step, 0);
    CHECK_EQ(layout.nodes[node_named(&graph, "b")].step, 1);
    CHECK_EQ(layout.nodes[node_named(&graph, "c")].step, 2);
    CHECK_EQ(layout.nodes[node_named(&graph, "d")].step, 0);
    arena_free(arena);
}

TEST(a_planar_graph_is_drawn_without_crossings)
{
    Arena *arena = arena_new();
    ChainGraph graph =
        chain_of(arena, "up input a;up input b;up input c;mid part d;mid part e;mid part f;down product g",
                 "c>d;b>e;a>f;d>g;e>g;f>g");
    CHECK_EQ(lay(arena, &graph).crossings, 0);
    arena_free(arena);
}

TEST(a_complete_pair_of_columns_has_the_crossings_it_must)
{
    Arena *arena = arena_new();
    ChainGraph graph = chain_of(arena, "up input a;up input b;up input c;mid part d;mid part e;mid part f",
                                "a>d;a>e;a>f;b>d;b>e;b>f;c>d;c>e;c>f");
    CHECK_EQ(lay(arena, &graph).crossings, 9); /* K3,3 between two columns */
    arena_free(arena);
}

TEST(a_return_flow_to_the_first_column_comes_through_the_gutter)
{
    Arena *arena = arena_new();
    ChainGraph graph = chain_of(arena, "up input a;mid part b;down recycling c", "a>b;b>c;c>a 100 recycling");
    Layout layout = lay(arena, &graph);
    for (uint32_t f = 0; f < graph.flow_count; f++) {
        const LayoutEdge *edge = &layout.edges[f];
        if (graph.flows[f].recycling) {
            CHECK(edge->back && edge->points[3].x < layout.lanes[0].x);
            CHECK(edge->points[3].y > layout.lane_y + layout.lane_height);
        }
    }
    arena_free(arena);
}

TEST(circles_and_flows_that_go_nowhere_can_be_drawn)
{
    Arena *arena = arena_new();
    ChainGraph graph = chain_of(arena, "mid part a;mid part b;mid part c;up input d",
                                "a>b;b>c;c>a;c>d;a>a;a>elsewhere;nothing>b");
    Layout layout = lay(arena, &graph);
    check_layout(&graph, &layout);
    arena_free(arena);
}

TEST(a_chain_without_segments_has_three_empty_lanes)
{
    Arena *arena = arena_new();
    ChainGraph graph = chain_of(arena, "", "");
    Layout layout = lay(arena, &graph);
    for (int s = 0; s < CHAIN_STAGES; s++)
        CHECK(layout.lanes[s].width >= style.node_width);
    CHECK(layout.height > style.lane_head);
    arena_free(arena);
}

TEST(the_largest_chain_is_laid_out)
{
    Arena *arena = arena_new();
    ChainGraph graph = chain_drawn(arena, CHAIN_SEGMENTS_MAX, CHAIN_FLOWS_MAX / CHAIN_SEGMENTS_MAX, 5);
    Layout layout = lay(arena, &graph);
    check_lanes(&graph, &layout);
    arena_free(arena);
}
