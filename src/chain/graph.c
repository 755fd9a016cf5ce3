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

uint32_t chain_segment_find(const ChainGraph *graph, Str key)
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
        graph->flows[f].from = chain_segment_find(graph, graph->flows[f].from_key);
        graph->flows[f].to = chain_segment_find(graph, graph->flows[f].to_key);
    }
}

/* ---- from values ---- */

static const Value *value_of(Kind kind, const Value *values, const char *field)
{
    return &values[field_index(kind, str_of(field))];
}

static Str text_of(Kind kind, const Value *values, const char *field)
{
    const Value *value = value_of(kind, values, field);
    return value->state == VALUE_KNOWN ? value->text : STR("");
}

static int64_t num_of(Kind kind, const Value *values, const char *field)
{
    const Value *value = value_of(kind, values, field);
    return value->state == VALUE_KNOWN ? value->num : 0;
}

static int code_of(const Value *values, const char *name)
{
    const Field *field = &kind_info(KIND_SEGMENT)->fields[field_index(KIND_SEGMENT, str_of(name))];
    return code_index(field->codes, text_of(KIND_SEGMENT, values, name));
}

ChainSegment chain_segment_of(Str key, const Value *values)
{
    int stage = code_of(values, "stage");
    return (ChainSegment){
        .key = key,
        .name_zh = text_of(KIND_SEGMENT, values, "name_zh"),
        .name_en = text_of(KIND_SEGMENT, values, "name_en"),
        .stage = stage >= 0 && stage < CHAIN_STAGES ? stage : 1,
        .type = code_of(values, "type"),
        .strength = code_of(values, "strength"),
        .end_product = num_of(KIND_SEGMENT, values, "end_product") != 0,
    };
}

ChainFlow chain_flow_of(Str key, const Value *values)
{
    return (ChainFlow){
        .key = key,
        .name_zh = text_of(KIND_FLOW, values, "name_zh"),
        .name_en = text_of(KIND_FLOW, values, "name_en"),
        .from_key = text_of(KIND_FLOW, values, "from_segment"),
        .to_key = text_of(KIND_FLOW, values, "to_segment"),
        .weight = num_of(KIND_FLOW, values, "weight"),
        .alternative = text_of(KIND_FLOW, values, "alternative"),
        .one_of = str_is(text_of(KIND_FLOW, values, "mode"), "one_of"),
        .recycling = num_of(KIND_FLOW, values, "recycling") != 0,
    };
}

/* ---- from an atlas ---- */

/* Texts of the map are copied: the graph outlives the atlas. */
static void row_values(Arena *arena, const Table *table, uint32_t row, Value *values)
{
    const KindInfo *info = kind_info(table->kind);
    for (uint32_t i = 0; i < info->field_count; i++) {
        FieldType type = info->fields[i].type;
        table_value(arena, table, row, i, &values[i]);
        if (values[i].state == VALUE_KNOWN && (type == FIELD_TEXT || type == FIELD_CODE || type == FIELD_REF))
            values[i].text = str_copy(arena, values[i].text);
    }
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
    bool segments = kind == KIND_SEGMENT;
    uint32_t most = segments ? CHAIN_SEGMENTS_MAX : CHAIN_FLOWS_MAX;
    uint32_t *count = segments ? &graph->segment_count : &graph->flow_count;
    Value values[FIELDS_MAX];
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, kind, s);
        for (uint32_t row = 0; next_row(table, field, graph->key, &row); row++) {
            if (*count == most)
                return fail(ERR_LIMIT, "what", segments ? "segments of a chain" : "flows of a chain", "limit",
                            num_c(most), NULL);
            row_values(arena, table, row, values);
            Str key = str_copy(arena, table_key(table, row));
            if (segments)
                graph->segments[(*count)++] = chain_segment_of(key, values);
            else
                graph->flows[(*count)++] = chain_flow_of(key, values);
        }
    }
    return OK;
}

Err chain_graph_read(Arena *arena, const Atlas *atlas, Str key, ChainGraph *ret)
{
    RowRef at;
    Value values[FIELDS_MAX];
    TRY(atlas_find(atlas, KIND_CHAIN, key, &at));
    row_values(arena, atlas_table(atlas, KIND_CHAIN, at.segment), at.row, values);
    ChainGraph graph = {
        .key = str_copy(arena, key),
        .name_zh = values[FIELD_NAME_ZH].state == VALUE_KNOWN ? values[FIELD_NAME_ZH].text : STR(""),
        .name_en = values[FIELD_NAME_EN].state == VALUE_KNOWN ? values[FIELD_NAME_EN].text : STR(""),
        .segments = arena_array(arena, ChainSegment, CHAIN_SEGMENTS_MAX),
        .flows = arena_array(arena, ChainFlow, CHAIN_FLOWS_MAX),
    };
    TRY(read_rows(arena, atlas, KIND_SEGMENT, &graph));
    TRY(read_rows(arena, atlas, KIND_FLOW, &graph));
    chain_graph_settle(&graph);
    *ret = graph;
    return OK;
}
