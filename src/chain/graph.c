#include "chain/graph.h"
#include <stdlib.h>

/* ---- order and ends ---- */

static int segment_cmp(const void *a, const void *b)
{
    return str_cmp(((const ChainSegment *)a)->key, ((const ChainSegment *)b)->key);
}

static int flow_cmp(const void *a, const void *b)
{
    return str_cmp(((const ChainFlow *)a)->key, ((const ChainFlow *)b)->key);
}

static uint32_t find_segment(const ChainGraph *graph, Str key)
{
    uint32_t low = 0, high = graph->segment_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (str_cmp(graph->segments[mid].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < graph->segment_count && str_eq(graph->segments[low].key, key) ? low : CHAIN_NOWHERE;
}

void chain_graph_settle(ChainGraph *graph)
{
    if (graph->segment_count > 0)
        qsort(graph->segments, graph->segment_count, sizeof *graph->segments, segment_cmp);
    if (graph->flow_count > 0)
        qsort(graph->flows, graph->flow_count, sizeof *graph->flows, flow_cmp);
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        graph->flows[f].from = find_segment(graph, graph->flows[f].from_key);
        graph->flows[f].to = find_segment(graph, graph->flows[f].to_key);
    }
}

/* ---- from an atlas ---- */

typedef struct Reading {
    Arena *arena;
    const Table *table;
    Kind kind;
} Reading;

static Str text_of(const Reading *from, uint32_t row, const char *field)
{
    Value value;
    table_value(from->arena, from->table, row, (uint32_t)field_index(from->kind, str_of(field)), &value);
    return value.state == VALUE_KNOWN ? str_copy(from->arena, value.text) : STR("");
}

static int64_t num_of(const Reading *from, uint32_t row, const char *field)
{
    Value value;
    table_value(from->arena, from->table, row, (uint32_t)field_index(from->kind, str_of(field)), &value);
    return value.state == VALUE_KNOWN ? value.num : 0;
}

static int code_of(const Reading *from, uint32_t row, const char *name)
{
    const Field *field = &kind_info(from->kind)->fields[field_index(from->kind, str_of(name))];
    return code_index(field->codes, text_of(from, row, name));
}

static ChainSegment segment_of(const Reading *from, uint32_t row)
{
    int stage = code_of(from, row, "stage");
    return (ChainSegment){
        .key = str_copy(from->arena, table_key(from->table, row)),
        .name_zh = text_of(from, row, "name_zh"),
        .name_en = text_of(from, row, "name_en"),
        .stage = stage >= 0 && stage < CHAIN_STAGES ? stage : 1,
        .type = code_of(from, row, "type"),
        .strength = code_of(from, row, "strength"),
        .end_product = num_of(from, row, "end_product") != 0,
    };
}

static ChainFlow flow_of(const Reading *from, uint32_t row)
{
    return (ChainFlow){
        .key = str_copy(from->arena, table_key(from->table, row)),
        .name_zh = text_of(from, row, "name_zh"),
        .name_en = text_of(from, row, "name_en"),
        .from_key = text_of(from, row, "from_segment"),
        .to_key = text_of(from, row, "to_segment"),
        .weight = num_of(from, row, "weight"),
        .alternative = text_of(from, row, "alternative"),
        .one_of = str_is(text_of(from, row, "mode"), "one_of"),
        .recycling = num_of(from, row, "recycling") != 0,
    };
}

/* The live rows of one table whose `chain` is the chain's, one after the other. */
static bool next_row(const Table *table, uint32_t field, Str chain, uint32_t *row)
{
    const Column *column = &table->columns[field];
    uint32_t entry;
    if (!column->values || !column_find(column, chain, &entry))
        return false;
    for (; *row < table->rows; ++*row)
        if (bits_get(table->live, *row) && bits_get(column->known, *row) &&
            column_stored(column, *row) == entry)
            return true;
    return false;
}

static Err read_rows(Arena *arena, const Atlas *atlas, Kind kind, ChainGraph *graph)
{
    uint32_t field = (uint32_t)field_index(kind, STR("chain"));
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        Reading from = {arena, atlas_table(atlas, kind, s), kind};
        for (uint32_t row = 0; next_row(from.table, field, graph->key, &row); row++) {
            uint32_t most = kind == KIND_SEGMENT ? CHAIN_SEGMENTS_MAX : CHAIN_FLOWS_MAX;
            uint32_t *count = kind == KIND_SEGMENT ? &graph->segment_count : &graph->flow_count;
            if (*count == most)
                return fail(ERR_LIMIT, "what",
                            kind == KIND_SEGMENT ? "segments of a chain" : "flows of a chain", "limit",
                            num_c(most), NULL);
            if (kind == KIND_SEGMENT)
                graph->segments[(*count)++] = segment_of(&from, row);
            else
                graph->flows[(*count)++] = flow_of(&from, row);
        }
    }
    return OK;
}

Err chain_graph_read(Arena *arena, const Atlas *atlas, Str key, ChainGraph *ret)
{
    RowRef at;
    TRY(atlas_find(atlas, KIND_CHAIN, key, &at));
    Reading from = {arena, atlas_table(atlas, KIND_CHAIN, at.segment), KIND_CHAIN};
    ChainGraph graph = {
        .key = str_copy(arena, key),
        .name_zh = text_of(&from, at.row, "name_zh"),
        .name_en = text_of(&from, at.row, "name_en"),
        .segments = arena_array(arena, ChainSegment, CHAIN_SEGMENTS_MAX),
        .flows = arena_array(arena, ChainFlow, CHAIN_FLOWS_MAX),
    };
    TRY(read_rows(arena, atlas, KIND_SEGMENT, &graph));
    TRY(read_rows(arena, atlas, KIND_FLOW, &graph));
    chain_graph_settle(&graph);
    *ret = graph;
    return OK;
}
