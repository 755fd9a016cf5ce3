#include "drawn.h"

static uint32_t draw(uint64_t *seed, uint32_t limit)
{
    uint64_t x = *seed;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    *seed = x;
    return (uint32_t)((x >> 32) % limit);
}

static Str numbered(Arena *arena, const char *letter, uint32_t n)
{
    Buf text;
    buf_init(&text, 32);
    buf_fmt(&text, "%s%04u", letter, n);
    Str copy = str_copy(arena, buf_view(&text));
    buf_done(&text);
    return copy;
}

ChainGraph chain_drawn(Arena *arena, uint32_t count, double per_node, uint64_t seed)
{
    ChainGraph graph = {
        .key = STR("drawn"),
        .segments = arena_zarray(arena, ChainSegment, count + 1),
        .flows = arena_zarray(arena, ChainFlow, CHAIN_FLOWS_MAX),
    };
    uint64_t state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    for (uint32_t i = 0; i < count; i++) {
        Str key = numbered(arena, "s", i);
        graph.segments[i] = (ChainSegment){.key = key,
                                           .name_zh = key,
                                           .name_en = key,
                                           .stage = (int)(i * 3 / count),
                                           .type = -1,
                                           .strength = -1};
    }
    graph.segment_count = count;
    uint32_t flows = (uint32_t)(count * per_node), near = count / 5 + 2;
    for (uint32_t i = 0; i < flows && count > 1 && i < CHAIN_FLOWS_MAX; i++) {
        uint32_t from = draw(&state, count - 1), to = from + 1 + draw(&state, near);
        bool back = draw(&state, 20) == 0;
        to = to < count ? to : count - 1;
        graph.flows[graph.flow_count++] = (ChainFlow){
            .key = numbered(arena, "f", i),
            .from_key = graph.segments[back ? to : from].key,
            .to_key = graph.segments[back ? from : to].key,
            .recycling = back,
        };
    }
    chain_graph_settle(&graph);
    return graph;
}
