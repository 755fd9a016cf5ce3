/* Is the ledger sound? What the database checks by itself, then what the ledger means beyond that. */
#include "model/value.h"
#include "store/ledger.h"
#include <stdio.h>

typedef struct Rule {
    Query wrong; /* counts what must not be */
    const char *says;
} Rule;

static const Rule rules[] = {
    {Q_CHECK_RECORD_ENTITY, "records of an entity that is not there"},
    {Q_CHECK_RECORD_BATCH, "records of a batch that is not there"},
    {Q_CHECK_RECORD_SOURCE, "records of a source that is not there"},
    {Q_CHECK_RECORD_COMMIT, "records withdrawn by a commit that is not there"},
    {Q_CHECK_RECORD_VALUES, "records with an as-of or a visibility that cannot be"},
    {Q_CHECK_ENTITY_COMMIT, "entities changed by a commit that is not there"},
    {Q_CHECK_ENTITY_KIND, "entities whose id is not of their kind"},
    {Q_CHECK_BATCH_COMMIT, "batches of a commit that is not there"},
    {Q_CHECK_BATCH_COUNTS, "batches whose counts do not add up to the rows read"},
    {Q_CHECK_BATCH_RECORDS, "batches with another number of records than they count"},
    {Q_CHECK_COMMIT_GAP, "commits missing"},
};
enum { RULES = sizeof rules / sizeof *rules, ENTITIES_A_REPORT = 1000 };

static Err broken(Store *store, int64_t count, const char *says)
{
    char detail[FAULT_TEXT_MAX];
    snprintf(detail, sizeof detail, "%lld %s", (long long)count, says);
    return fail(ERR_DB_CORRUPT, "path", store->db->shown, "detail", detail, NULL);
}

static Err check_rules(Store *store)
{
    Bind source[] = {B_INT(kind_stored(KIND_SOURCE))};
    for (int r = 0; r < RULES; r++) {
        int64_t wrong;
        TRY(store_number(store, rules[r].wrong, source, &wrong));
        if (wrong)
            return broken(store, wrong, rules[r].says);
    }
    return OK;
}

typedef struct Reading {
    Store *store;
    Arena *arena;
    int64_t done, total;
    StoreProgress *progress;
    void *user;
} Reading;

static Err check_payloads(const EntityRow *entity, void *user)
{
    Reading *reading = user;
    Value values[FIELDS_MAX];
    for (uint32_t i = 0; i < entity->record_count; i++) {
        arena_reset(reading->arena);
        if (unpack_values(reading->arena, entity->kind, entity->records[i].payload, values) != OK) {
            char detail[FAULT_TEXT_MAX];
            snprintf(detail, sizeof detail, "record %lld of %s %s cannot be read",
                     (long long)entity->records[i].id, kind_info(entity->kind)->name, str_c(entity->key));
            return fail(ERR_DB_CORRUPT, "path", reading->store->db->shown, "detail", detail, NULL);
        }
    }
    reading->done++;
    if (reading->progress && reading->done % ENTITIES_A_REPORT == 0)
        reading->progress(reading->done, reading->total, reading->user);
    return OK;
}

static Err check_within(Store *store, Reading *reading)
{
    TRY(store->db->driver->integrity(store->db));
    TRY(check_rules(store));
    TRY(store_number(store, Q_COUNT_ENTITIES, NULL, &reading->total));
    for (int k = 0; k < KIND_COUNT; k++)
        TRY(store_entities(store, (Kind)k, 0, check_payloads, reading));
    if (reading->progress)
        reading->progress(reading->total, reading->total, reading->user);
    return OK;
}

Err store_check(Store *store, StoreProgress *progress, void *user)
{
    TRY(store_snapshot_begin(store));
    Reading reading = {.store = store, .arena = arena_new(), .progress = progress, .user = user};
    Err err = check_within(store, &reading);
    arena_free(reading.arena);
    store_snapshot_end(store);
    return err;
}
