/* store/ledger.h: what an open Store is made of. Only this folder and its tests include it. */
#pragma once
#include "store/driver.h"
#include "store/identity.h"

enum { KEY_OF_REQUEST_MAX = 200 }; /* bytes of an idempotency key */

struct Store {
    Db *db;
    StoreMode mode;
    bool snapshot;  /* between store_snapshot_begin and _end */
    int64_t commit; /* within a transaction: its number; else 0 */
    bool broken;    /* a write of this transaction failed in the database: it can only be rolled back */
    char request_key[KEY_OF_REQUEST_MAX + 1];
    /* The next numbers to give, known to the one writer; 0: not asked yet in this transaction. */
    int64_t next_entity[KIND_COUNT], next_record, next_batch;
    int64_t batch_known, source_known; /* looked up in this transaction: they exist */
    Buf scratch;
};

enum { SCRATCH_BYTES_MAX = 1 << 30 }; /* all live records of one entity */

/* Guards every write: a transaction is open and sound. */
MUST_USE Err store_writable(Store *store);

/* ERR_SOURCE_UNKNOWN, ERR_BATCH_UNKNOWN (also of one that is undone). */
MUST_USE Err source_known(Store *store, int64_t source);
MUST_USE Err batch_known(Store *store, int64_t batch);

/* A write in the open transaction. A failure in the database breaks the transaction. */
MUST_USE Err store_run(Store *store, Query query, const Bind *binds, int64_t *ret_changed);
MUST_USE Err store_number(Store *store, Query query, const Bind *binds, int64_t *ret);

/* Makes store->next_record known. */
MUST_USE Err store_next_record(Store *store);

/* What is visited while it must not change, read first. Free with free(). */
typedef struct Ids {
    int64_t *ids;
    size_t count;
} Ids;
MUST_USE Err store_ids(Store *store, Query query, const Bind *binds, Ids *ret);
MUST_USE Err ids_visit(const Ids *ids, EntityIdVisit *visit, void *user);

/* The source that source records themselves come from: entity 1 of its kind, made by migration 1. */
MUST_USE Err deployment_add(Db *db);
