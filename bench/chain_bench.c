/* The layout of chain graphs: how long it takes, and the drawn graphs for bench/chain_elk.mjs.
 *
 *     chain_bench                     times for random graphs of 50, 100, 200 and 400 segments
 *     chain_bench SEGMENTS SEED       one random graph with its layout, as JSON */
#include "../tests/unit/chain/drawn.h"
#include "base/date.h"
#include "base/json.h"
#include "chain/layout.h"
#include <stdio.h>
#include <stdlib.h>

static const LayoutStyle style = {112, 50, 36, 20, 36};

enum { RUNS = 9, JSON_MAX = 16 * 1024 * 1024 };

static int time_cmp(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void time_layout(uint32_t count)
{
    int64_t times[RUNS];
    uint32_t flows = 0, crossings = 0;
    for (int i = 0; i < RUNS; i++) {
        Arena *arena = arena_new();
        ChainGraph graph = chain_drawn(arena, count, 1.7, (uint64_t)i + 1);
        Layout layout;
        int64_t begin = clock_now_ns();
        chain_layout(arena, &graph, &style, &layout);
        times[i] = clock_now_ns() - begin;
        flows += graph.flow_count;
        crossings += layout.crossings;
        arena_free(arena);
    }
    qsort(times, RUNS, sizeof *times, time_cmp);
    printf("%u segments, %u flows: median %.1f ms, worst %.1f ms, %u crossings on average\n", count,
           flows / RUNS, (double)times[RUNS / 2] / 1e6, (double)times[RUNS - 1] / 1e6, crossings / RUNS);
}

static void out_member(JsonOut *out, const char *name, int64_t n)
{
    out_name(out, name);
    out_int(out, n);
}

static void out_graph(JsonOut *out, const ChainGraph *graph, const Layout *layout)
{
    out_object(out);
    out_name(out, "nodes");
    out_array(out);
    for (uint32_t v = 0; v < graph->segment_count; v++) {
        out_object(out);
        out_name(out, "segment");
        out_str(out, graph->segments[v].key);
        out_member(out, "stage", graph->segments[v].stage);
        out_member(out, "width", layout->nodes[v].width);
        out_member(out, "height", layout->nodes[v].height);
        out_object_end(out);
    }
    out_array_end(out);
    out_name(out, "edges");
    out_array(out);
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        const LayoutEdge *edge = &layout->edges[f];
        out_object(out);
        out_name(out, "from");
        out_str(out, graph->flows[f].from_key);
        out_name(out, "to");
        out_str(out, graph->flows[f].to_key);
        out_name(out, "recycling");
        out_bool(out, edge->back);
        out_name(out, "points");
        out_array(out);
        for (uint32_t i = 0; i < edge->count; i++) {
            out_array(out);
            out_int(out, edge->points[i].x);
            out_int(out, edge->points[i].y);
            out_array_end(out);
        }
        out_array_end(out);
        out_object_end(out);
    }
    out_array_end(out);
    out_object_end(out);
}

static void print_graph(uint32_t count, uint64_t seed)
{
    Arena *arena = arena_new();
    ChainGraph graph = chain_drawn(arena, count, 1.7, seed);
    Layout layout;
    Buf json;
    chain_layout(arena, &graph, &style, &layout);
    buf_init(&json, JSON_MAX);
    JsonOut out = json_out(&json);
    out_graph(&out, &graph, &layout);
    printf(STR_FMT "\n", STR_ARG(buf_view(&json)));
    buf_done(&json);
    arena_free(arena);
}

int main(int argc, char **argv)
{
    static const uint32_t sizes[] = {50, 100, 200, 400};
    if (argc == 3) {
        print_graph((uint32_t)strtoul(argv[1], NULL, 10), strtoull(argv[2], NULL, 10));
        return 0;
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        time_layout(sizes[i]);
    return 0;
}
