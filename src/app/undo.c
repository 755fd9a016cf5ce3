#include "app/undo.h"
#include "app/renew.h"
#include <stdlib.h>

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

/* First all is withdrawn, so that the rules of sources are those without the batch; then winners are chosen.
 */
static Err undo_batch(Undo *undo, int64_t batch)
{
    SourceRules before, now;
    TRY(source_rules_load(undo->store, undo->arena, &before));
    TRY(store_batch_undo(undo->store, batch, note_entity, undo));
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
    Err err = undo_batch(&undo, batch);
    report.entities = undo.count;
    if (err == OK) {
        err = store_commit(store, &report.commit);
    } else {
        Fault fault = *fault_last();
        store_rollback(store);
        fault_set(&fault);
    }
    arena_free(undo.arena);
    arena_free(undo.scratch);
    free(undo.entities);
    if (err == OK)
        *ret = report;
    return err;
}
