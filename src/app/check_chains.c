#include "app/check_chains.h"
#include "link/winners.h"
#include <stdlib.h>

enum { CHAINS_MAX = 200 };

typedef struct Checking {
    Store *store;
    Arena *arena;
    SourceRules rules;
    ChainGraph chains[CHAINS_MAX];
    uint32_t count;
} Checking;

static Err too_many(const char *what, int64_t limit)
{
    return fail(ERR_LIMIT, "what", what, "limit", num_c(limit), NULL);
}

static ChainGraph *chain_named(Checking *checking, Str key)
{
    for (uint32_t i = 0; i < checking->count; i++)
        if (str_eq(checking->chains[i].key, key))
            return &checking->chains[i];
    return NULL;
}

static Err add_chain(Checking *checking, Str key)
{
    if (checking->count == CHAINS_MAX)
        return too_many("chains", CHAINS_MAX);
    checking->chains[checking->count++] = (ChainGraph){
        .key = str_copy(checking->arena, key),
        .segments = arena_array(checking->arena, ChainSegment, CHAIN_SEGMENTS_MAX),
        .flows = arena_array(checking->arena, ChainFlow, CHAIN_FLOWS_MAX),
    };
    return OK;
}

/* ---- what the ledger holds ---- */

typedef struct Ids {
    int64_t *ids;
    uint32_t count, room;
} Ids;

static Err note_id(const EntityRow *entity, void *user)
{
    Ids *ids = user;
    if (ids->count == ids->room) {
        ids->room = ids->room ? 2 * ids->room : 256;
        ids->ids = heap_grow(ids->ids, ids->room * sizeof *ids->ids);
    }
    ids->ids[ids->count++] = entity->id;
    return OK;
}

static Err add_part(Checking *checking, Kind kind, Str key, const Value *values)
{
    const Value *of = &values[field_index(kind, STR("chain"))];
    ChainGraph *graph = of->state == VALUE_KNOWN ? chain_named(checking, of->text) : NULL;
    if (!graph)
        return OK;
    if (kind == KIND_SEGMENT && graph->segment_count == CHAIN_SEGMENTS_MAX)
        return too_many("segments of a chain", CHAIN_SEGMENTS_MAX);
    if (kind == KIND_FLOW && graph->flow_count == CHAIN_FLOWS_MAX)
        return too_many("flows of a chain", CHAIN_FLOWS_MAX);
    if (kind == KIND_SEGMENT)
        graph->segments[graph->segment_count++] = chain_segment_of(key, values);
    else
        graph->flows[graph->flow_count++] = chain_flow_of(key, values);
    return OK;
}

static Err read_one(Checking *checking, Kind kind, int64_t id)
{
    Value values[FIELDS_MAX];
    EntityRow entity;
    Str shape;
    DateSpan as_of;
    bool there;
    TRY(store_entity_by_id(checking->store, checking->arena, id, &entity));
    TRY(entity_believed(checking->arena, &entity, &checking->rules, AUDIENCE_RESTRICTED, values, &shape,
                        &as_of, &there));
    if (!there)
        return OK;
    return kind == KIND_CHAIN ? add_chain(checking, entity.key)
                              : add_part(checking, kind, entity.key, values);
}

static Err read_kind(Checking *checking, Kind kind)
{
    Ids ids = {0};
    Err err = store_entities(checking->store, kind, 0, note_id, &ids);
    for (uint32_t i = 0; i < ids.count && err == OK; i++)
        err = read_one(checking, kind, ids.ids[i]);
    free(ids.ids);
    return err;
}

static Err read_all(Checking *checking)
{
    TRY(source_rules_load(checking->store, checking->arena, &checking->rules));
    TRY(read_kind(checking, KIND_CHAIN));
    TRY(read_kind(checking, KIND_SEGMENT));
    return read_kind(checking, KIND_FLOW);
}

Err app_check_chains(Store *store, ChainProblem *tell, void *user, uint32_t *ret_problems)
{
    Checking *checking = heap_zalloc(sizeof *checking);
    uint32_t problems = 0;
    checking->store = store;
    checking->arena = arena_new();
    Err err = store_snapshot_begin(store);
    if (err == OK) {
        err = read_all(checking);
        store_snapshot_end(store);
    }
    for (uint32_t i = 0; i < checking->count && err == OK; i++) {
        ChainGraph *graph = &checking->chains[i];
        if (graph->segment_count == 0 && graph->flow_count == 0)
            continue; /* named, not yet drawn up */
        chain_graph_settle(graph);
        problems += chain_lint(checking->arena, graph, tell, user);
    }
    if (err == OK)
        *ret_problems = problems;
    arena_free(checking->arena);
    free(checking);
    return err;
}
