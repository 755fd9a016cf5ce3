#include "atlas_sample.h"
#include "chain/graph.h"
#include "test.h"

static const SampleRow rows[] = {
    {KIND_CHAIN, "battery", "name_zh=新能源电池;name_en=Batteries", ""},
    {KIND_CHAIN, "nev", "name_zh=新能源汽车", ""},
    {KIND_SEGMENT, "battery.cell", "chain=battery;stage=mid;type=part;name_zh=电芯;strength=strong", ""},
    {KIND_SEGMENT, "battery.foil", "chain=battery;stage=up;type=input;name_zh=铜箔;strength=gap", ""},
    {KIND_SEGMENT, "battery.car", "chain=battery;stage=down;type=product;end_product=yes", ""},
    {KIND_SEGMENT, "nev.body", "chain=nev;stage=mid;type=part", ""},
    {KIND_FLOW, "battery.foil-cell",
     "chain=battery;from_segment=battery.foil;to_segment=battery.cell;weight=20", ""},
    {KIND_FLOW, "battery.body-car",
     "chain=battery;from_segment=nev.body;to_segment=battery.car;mode=one_of;alternative=x", ""},
};

static const ChainSegment *segment_named(const ChainGraph *graph, const char *key)
{
    for (uint32_t i = 0; i < graph->segment_count; i++)
        if (str_is(graph->segments[i].key, key))
            return &graph->segments[i];
    return NULL;
}

TEST(a_chain_is_read_with_its_own_segments_and_flows_only)
{
    Arena *arena = arena_new();
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, sizeof rows / sizeof *rows);
    ChainGraph graph;
    CHECK_OK(chain_graph_read(arena, atlas, STR("battery"), &graph));
    CHECK_STR(graph.name_zh, "新能源电池");
    CHECK_EQ(graph.segment_count, 3);
    CHECK_EQ(graph.flow_count, 2);
    CHECK_STR(graph.segments[0].key, "battery.car");
    CHECK_EQ(graph.segments[0].stage, 2);
    CHECK(graph.segments[0].end_product);
    CHECK_EQ(segment_named(&graph, "battery.cell")->strength, 0);
    CHECK_EQ(graph.flows[1].weight, 20);
    CHECK_STR(graph.segments[graph.flows[1].from].key, "battery.foil");
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(a_flow_from_another_chain_begins_nowhere)
{
    Arena *arena = arena_new();
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, sizeof rows / sizeof *rows);
    ChainGraph graph;
    CHECK_OK(chain_graph_read(arena, atlas, STR("battery"), &graph));
    CHECK_EQ(graph.flows[0].from, CHAIN_NOWHERE);
    CHECK_STR(graph.flows[0].from_key, "nev.body");
    CHECK(graph.flows[0].one_of);
    atlas_unref(atlas);
    arena_free(arena);
}

TEST(what_a_delta_replaces_buries_and_adds_is_seen)
{
    Arena *arena = arena_new();
    Atlas *base = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, sizeof rows / sizeof *rows);
    const SampleRow changed[] = {
        {KIND_SEGMENT, "battery.cell", "chain=battery;stage=mid;type=part;strength=weak", ""},
        {KIND_SEGMENT, "battery.new", "chain=battery;stage=mid;type=part", ""},
    };
    const char *const buried[] = {"battery.car"};
    Atlas *atlas = atlas_over(arena, test_folder(), base, changed, 2, KIND_SEGMENT, buried, 1);
    ChainGraph graph;
    CHECK_OK(chain_graph_read(arena, atlas, STR("battery"), &graph));
    CHECK_EQ(graph.segment_count, 3);
    CHECK(segment_named(&graph, "battery.new") != NULL);
    CHECK(segment_named(&graph, "battery.car") == NULL);
    CHECK_EQ(segment_named(&graph, "battery.cell")->strength, 2);
    atlas_unref(atlas);
    atlas_unref(base);
    arena_free(arena);
}

TEST(a_chain_that_is_not_there_is_an_unknown_id)
{
    Arena *arena = arena_new();
    Atlas *atlas = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, sizeof rows / sizeof *rows);
    ChainGraph graph;
    CHECK_ERR(chain_graph_read(arena, atlas, STR("steel"), &graph), ERR_ID_UNKNOWN);
    atlas_unref(atlas);
    arena_free(arena);
}
