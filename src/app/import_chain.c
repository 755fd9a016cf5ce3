/* A chain file → three batches. Nothing is written before the chain as a whole holds together. */
#include "app/importing.h"
#include "chain/lint.h"

/* ---- the file as a graph ---- */

static Err graph_of(Arena *arena, const ChainFile *file, ChainGraph *ret)
{
    const ChainRows *segments = &file->parts[PART_SEGMENTS], *flows = &file->parts[PART_FLOWS];
    Value values[FIELDS_MAX];
    *ret = (ChainGraph){
        .segments = arena_array(arena, ChainSegment, segments->count + 1),
        .flows = arena_array(arena, ChainFlow, flows->count + 1),
    };
    for (uint32_t i = 0; i < segments->count; i++) {
        TRY(unpack_values(arena, KIND_SEGMENT, segments->rows[i].payload, values));
        ret->segments[ret->segment_count++] = chain_segment_of(segments->rows[i].key, values);
    }
    for (uint32_t i = 0; i < flows->count; i++) {
        TRY(unpack_values(arena, KIND_FLOW, flows->rows[i].payload, values));
        ret->flows[ret->flow_count++] = chain_flow_of(flows->rows[i].key, values);
    }
    chain_graph_settle(ret);
    return OK;
}

static void note_problem(Str key, const Fault *fault, void *user)
{
    fault_set(fault);
    chain_file_reject(user, key);
}

/* ---- writing ---- */

static void count_rows(Import *import, const ChainFile *file)
{
    for (int part = 0; part < CHAIN_PARTS; part++)
        for (uint32_t i = 0; i < file->parts[part].count; i++) {
            import->report->left_out += file->parts[part].left_out[i];
            import->report->counts.read += !file->parts[part].left_out[i];
        }
}

static void add_counts(BatchCounts *to, const BatchCounts *more)
{
    to->read += more->read;
    to->added += more->added;
    to->changed += more->changed;
    to->same += more->same;
}

static Err write_part(Import *import, Input *input, const ChainRows *part)
{
    BatchCounts *counts = &import->report->counts, before = *counts;
    TRY(import_batch(import, part->kind, input));
    *counts = (BatchCounts){0};
    for (uint32_t i = 0; i < part->count; i++) {
        if (part->left_out[i])
            continue;
        counts->read++;
        TRY(import_row(import, part->kind, &part->rows[i]));
    }
    TRY(import_batch_done(import));
    add_counts(counts, &before);
    if (import->report->batch == 0)
        import->report->batch = import->batch;
    import->report->last_batch = import->batch;
    return OK;
}

static Err add_file(Import *import, Input *input, ChainFile *file)
{
    ChainGraph graph;
    if (file->bad == 0) { /* what is missing may just have been refused */
        TRY(graph_of(import->arena, file, &graph));
        chain_lint(import->arena, &graph, note_problem, file);
    }
    import_keep_issues(import->report, &file->issues);
    count_rows(import, file);
    import->report->counts.rejected = file->bad;
    if (file->bad > 0) {
        import->report->counts.read += file->bad;
        return import_judge(import, false);
    }
    import->report->counts = (BatchCounts){0};
    for (int part = 0; part < CHAIN_PARTS; part++)
        TRY(write_part(import, input, &file->parts[part]));
    return OK;
}

Err import_chain(Import *import, Input *input, const RowOptions *rows)
{
    ChainFile file;
    Err err = chain_file_read(import->arena, input, rows, &file);
    if (err == OK)
        err = add_file(import, input, &file);
    chain_file_done(&file);
    return err;
}
