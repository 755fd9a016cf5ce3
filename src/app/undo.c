#include "app/undo.h"
#include "app/renew.h"
#include <stdlib.h>

enum { CHAIN_BATCHES = 3 };

typedef struct Undo {
    Store *store;
    Arena *arena, *scratch;
    int64_t *entities;
    uint32_t count, room;
} Undo;

static Err note_entity(int64_t entity, void *user)
{
    Undo *undo = user;
    if (undo->count == undo->room) {
        undo->room = undo->room ? undo->room * 2 : 256;
        undo->entities = heap_grow(undo->entities, undo->room * sizeof *undo->entities);
    }
    undo->entities[undo->count++] = entity;
    return OK;
}

/* ---- which batches ---- */

static bool of_chain_file(const BatchInfo *batch)
{
    return batch->kind == KIND_CHAIN || batch->kind == KIND_SEGMENT || batch->kind == KIND_FLOW;
}

/* A chain file is three batches of one commit; who takes one back takes all three. Batches of a commit that
 * came from the same bytes are of the same file. */
static Err find_batches(Undo *undo, int64_t batch, int64_t *batches, uint32_t *ret_count)
{
    BatchInfo *all;
    uint32_t count, found = 0;
    const BatchInfo *asked = NULL;
    TRY(store_batches(undo->store, undo->arena, UINT32_MAX, &all, &count));
    for (uint32_t i = 0; i < count; i++)
        if (all[i].id == batch)
            asked = &all[i];
    batches[found++] = batch;
    for (uint32_t i = 0; asked && of_chain_file(asked) && i < count && found < CHAIN_BATCHES; i++)
        if (&all[i] != asked && of_chain_file(&all[i]) && all[i].kind != asked->kind &&
            all[i].undone_by == 0 && all[i].commit == asked->commit &&
            str_eq(all[i].file_digest, asked->file_digest))
            batches[found++] = all[i].id;
    *ret_count = found;
    return OK;
}

/* ---- taking back ---- */

/* First all is withdrawn, so that the rules of sources are those without the batch; then winners are chosen.
 */
static Err undo_batch(Undo *undo, int64_t batch, uint32_t *ret_batches)
{
    SourceRules before, now;
    int64_t batches[CHAIN_BATCHES];
    TRY(find_batches(undo, batch, batches, ret_batches));
    TRY(source_rules_load(undo->store, undo->arena, &before));
    for (uint32_t i = 0; i < *ret_batches; i++)
        TRY(store_batch_undo(undo->store, batches[i], note_entity, undo));
    TRY(renew_sources(undo->store, undo->arena, &before, &now));
    for (uint32_t i = 0; i < undo->count; i++) {
        arena_reset(undo->scratch);
        TRY(winners_renew(undo->store, undo->scratch, undo->entities[i], &now));
    }
    return OK;
}

Err app_undo(Store *store, int64_t batch, UndoReport *ret)
{
    CommitInfo info = {
        .actor = STR("cli"), .action = STR("undo"), .idempotency_key = STR(""), .digest = STR("")};
    Undo undo = {.store = store};
    UndoReport report = {0};
    int64_t done;
    TRY(store_begin(store, &info, &done));
    undo.arena = arena_new();
    undo.scratch = arena_new();
    Err err = undo_batch(&undo, batch, &report.batches);
    report.entities = undo.count;
    if (err == OK)
        err = store_commit(store, &report.commit);
    else
        store_rollback(store);
    arena_free(undo.arena);
    arena_free(undo.scratch);
    free(undo.entities);
    if (err == OK)
        *ret = report;
    return err;
}
