/* A chain file of any bytes: read, checked, laid out. Whatever is accepted must be within its limits. */
#include "chain/layout.h"
#include "chain/lint.h"
#include "intake/chain_file.h"
#include <assert.h>

static void pass(Str key, const Fault *fault, void *user)
{
    (void)key;
    (void)fault;
    (void)user;
}

static void draw(Arena *arena, const ChainFile *file)
{
    static const LayoutStyle style = {112, 50, 36, 20, 36};
    const ChainRows *segments = &file->parts[PART_SEGMENTS], *flows = &file->parts[PART_FLOWS];
    Value values[FIELDS_MAX];
    ChainGraph graph = {.segments = arena_array(arena, ChainSegment, segments->count + 1),
                        .flows = arena_array(arena, ChainFlow, flows->count + 1)};
    Layout layout;
    for (uint32_t i = 0; i < segments->count; i++) {
        Err err = unpack_values(arena, KIND_SEGMENT, segments->rows[i].payload, values);
        assert(err == OK);
        graph.segments[graph.segment_count++] = chain_segment_of(segments->rows[i].key, values);
    }
    for (uint32_t i = 0; i < flows->count; i++) {
        Err err = unpack_values(arena, KIND_FLOW, flows->rows[i].payload, values);
        assert(err == OK);
        graph.flows[graph.flow_count++] = chain_flow_of(flows->rows[i].key, values);
    }
    chain_graph_settle(&graph);
    chain_lint(arena, &graph, pass, NULL);
    chain_layout(arena, &graph, &style, &layout);
    assert(layout.width > 0 && layout.height > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const RowOptions options = {.has_as_of = true};
    Arena *arena = arena_new();
    Input *input = input_of((Str){(const char *)bytes, len}, "chain.yaml");
    ChainFile file;
    if (chain_file_read(arena, input, &options, &file) == OK) {
        assert(file.parts[PART_SEGMENTS].count <= CHAIN_FILE_SEGMENTS_MAX);
        assert(file.parts[PART_FLOWS].count <= CHAIN_FILE_FLOWS_MAX);
        draw(arena, &file);
    }
    chain_file_done(&file);
    input_close(input);
    arena_free(arena);
    return 0;
}
