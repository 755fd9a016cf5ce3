#include "drawn.h"
#include "test.h"

static Str word(Str *rest)
{
    Str one = str_cut(rest, ' ');
    return str_trim(one);
}

static int code_in(Kind kind, const char *field, Str code)
{
    return code_index(kind_info(kind)->fields[field_index(kind, str_of(field))].codes, code);
}

static ChainSegment segment_of(Str text)
{
    text = str_trim(text);
    ChainSegment segment = {.strength = -1};
    segment.stage = code_in(KIND_SEGMENT, "stage", word(&text));
    segment.type = code_in(KIND_SEGMENT, "type", word(&text));
    segment.end_product = text.len > 0 && text.ptr[text.len - 1] == '!';
    segment.key = segment.name_zh = segment.name_en = (Str){text.ptr, text.len - segment.end_product};
    return segment;
}

static ChainFlow flow_of(Str text)
{
    text = str_trim(text);
    ChainFlow flow = {.key = text};
    Str ends = word(&text);
    flow.from_key = str_cut(&ends, '>');
    flow.to_key = ends;
    if (text.len && !str_int(word(&text), &flow.weight))
        test_fail(__FILE__, __LINE__, "a weight is no number");
    while (text.len) {
        Str more = word(&text);
        if (str_is(more, "recycling")) {
            flow.recycling = true;
        } else {
            flow.one_of = true;
            flow.alternative = str_is(more, "?") ? STR("") : more;
        }
    }
    return flow;
}

ChainGraph chain_of(Arena *arena, const char *segments, const char *flows)
{
    ChainGraph graph = {
        .key = STR("drawn"),
        .segments = arena_zarray(arena, ChainSegment, CHAIN_SEGMENTS_MAX),
        .flows = arena_zarray(arena, ChainFlow, CHAIN_FLOWS_MAX),
    };
    for (Str rest = str_of(segments); rest.len;)
        graph.segments[graph.segment_count++] = segment_of(str_cut(&rest, ';'));
    for (Str rest = str_of(flows); rest.len;)
        graph.flows[graph.flow_count++] = flow_of(str_cut(&rest, ';'));
    chain_graph_settle(&graph);
    return graph;
}
