/* store/store.h: the ledger: records as they came, the entities they speak of, batches, commits with their
 * audit. SQLite (a file's path) or PostgreSQL (postgresql://…) behind driver.h; the same suite runs on both.
 *
 * A Store is one connection, used by one thread at a time. Readers see the last commit; one writer at a time.
 * After store_commit returns OK the write survives kill -9 and a power cut. */
#pragma once
#include "model/model.h"

typedef struct Store Store;

typedef enum StoreMode { STORE_READ, STORE_WRITE } StoreMode;

enum {
    STORE_SCHEMA = 1, /* the newest migration this program knows */
    LOCATOR_MAX_BYTES = 400,
    RECORDS_PER_ENTITY_MAX = 10000,
};

/* ---- the ledger as a whole ---- */

/* Makes an empty ledger, whole or not at all. ERR_FILE_EXISTS (also: a PostgreSQL database that has one),
 * ERR_DISK_FULL, ERR_FILE_WRITE. */
MUST_USE Err store_create(const char *url);

/* ERR_FILE_OPEN (none there), ERR_DB_FOREIGN, ERR_DB_NEWER, ERR_DB_OLDER (upgrade first), ERR_DB_CORRUPT
 * (truncated, or a page that is none), ERR_DB_READONLY (STORE_WRITE on a file that cannot be written),
 * ERR_DB_CONNECT. */
MUST_USE Err store_open(const char *url, StoreMode mode, Store **ret);
void store_close(Store *store); /* NULL is fine; an open transaction is rolled back */
const char *store_url(const Store *store);
bool store_is_postgres(const char *url);
int64_t store_wal_bytes(const char *url); /* of the write-ahead log beside an SQLite file; -1: PostgreSQL */

typedef void StoreProgress(int64_t done, int64_t total, void *user);

/* A copy of the last commit, while others go on writing; whole or not at all. For PostgreSQL the file is an
 * SQLite ledger with the same content: restore reads either into either. */
MUST_USE Err store_backup(Store *store, const char *to_path, StoreProgress *progress, void *user);
MUST_USE Err store_restore(const char *from_path, const char *to_url, StoreProgress *progress,
                           void *user); /* to_url must not exist */
MUST_USE Err store_check(Store *store, StoreProgress *progress,
                         void *user); /* integrity, references, counts: ERR_DB_CORRUPT */
MUST_USE Err store_upgrade(const char *url, int *ret_from,
                           int *ret_to); /* runs the missing migrations, one transaction each */

MUST_USE Err store_meta_get(Store *store, Arena *arena, const char *name,
                            Str *ret);                                  /* "" if it was never set */
MUST_USE Err store_meta_set(Store *store, const char *name, Str value); /* within a transaction */

/* ---- writing ---- */

typedef struct CommitInfo {
    Str actor;           /* an office or a role, never a person's name: "cli", "import" */
    Str action;          /* "import", "undo", "init" */
    Str idempotency_key; /* "" for none */
    Str digest;          /* of what is asked: the same key with another digest is ERR_IDEMPOTENCY */
} CommitInfo;

/* Begins the one write transaction and takes the next commit number under a lock. If the key was committed
 * before with the same digest nothing begins and *ret_done is that commit's number; else it is 0. */
MUST_USE Err store_begin(Store *store, const CommitInfo *info, int64_t *ret_done);

/* Makes a ledger that holds from the beginning what `fill` writes, all in its first commit: whole or not at
 * all. fill gets a store within that commit's transaction and neither begins nor ends one. store_create's
 * errors, and fill's. */
typedef Err StoreFill(Store *store, void *user);
MUST_USE Err store_create_with(const char *url, const CommitInfo *info, StoreFill *fill, void *user);

/* ERR_COMMIT_UNKNOWN when it cannot be told whether the commit stands; ERR_DISK_FULL when it surely does not.
 */
MUST_USE Err store_commit(Store *store, int64_t *ret_commit);
void store_rollback(Store *store); /* without a transaction: nothing */

typedef struct BatchCounts {
    int64_t read, added, changed, same, rejected; /* read = added + changed + same + rejected */
} BatchCounts;

typedef struct BatchInfo {
    int64_t id;
    Kind kind;
    int64_t source; /* the source's entity */
    Str file_name, file_digest;
    BatchCounts counts;
    int64_t commit, undone_by; /* commit numbers; 0: not undone */
    Str at;                    /* 2022-11-30T08:15:02Z */
} BatchInfo;

MUST_USE Err store_batch_add(Store *store, const BatchInfo *info, int64_t *ret_batch);

/* What became of its rows, and the digest of its file. */
MUST_USE Err store_batch_done(Store *store, int64_t batch, Str file_digest, const BatchCounts *counts);

/* Withdraws every record of the batch; each entity it spoke of is visited, so that its winners can be chosen
 * anew. ERR_BATCH_UNKNOWN if there is none, or it is undone already. */
typedef Err EntityIdVisit(int64_t entity, void *user);
MUST_USE Err store_batch_undo(Store *store, int64_t batch, EntityIdVisit *visit, void *user);
MUST_USE Err store_batches(Store *store, Arena *arena, uint32_t limit, BatchInfo **ret,
                           uint32_t *ret_count); /* newest first */

typedef struct RecordIn {
    Kind kind;
    Str key;
    int64_t batch, source;
    DateSpan as_of;
    Audience visibility;
    Str locator; /* where in the source: "第12段", "第41行" */
    Str payload; /* pack_values of model/value.h */
    Str shape;   /* EWKB, or "" */
} RecordIn;

typedef enum RecordFate { RECORD_ADDED, RECORD_CHANGED, RECORD_SAME } RecordFate;

/* Adds a record to the entity of that kind and key, which is made if there is none (RECORD_ADDED). If the
 * newest live record of the same source on it says just the same (as_of, visibility, locator, payload, shape)
 * nothing is written (RECORD_SAME). *ret_alone: it is the entity's only live record, so its winners need no
 * choosing. */
MUST_USE Err store_record_add(Store *store, const RecordIn *record, int64_t *ret_entity, RecordFate *ret_fate,
                              bool *ret_alone);

/* Which record won each field, packed by link/winners.h; "" means the entity's one record wins everything.
 * Marks the entity as changed by this commit. */
MUST_USE Err store_winners_set(Store *store, int64_t entity, Str winners);

/* Every entity that has a live record of this source: for when its authority or visibility changes. */
MUST_USE Err store_source_entities(Store *store, int64_t source, EntityIdVisit *visit, void *user);

/* ---- reading ---- */

typedef struct RecordRow {
    int64_t id, batch, source;
    DateSpan as_of;
    Audience visibility;
    Str locator, payload, shape;
} RecordRow;

typedef struct EntityRow {
    int64_t id, last_commit;
    Kind kind;
    Str key, winners;
    const RecordRow *records; /* live ones, by id; none when all were withdrawn */
    uint32_t record_count;
} EntityRow;

/* The row and its texts are valid during the call only. */
typedef Err EntityVisit(const EntityRow *entity, void *user);

/* All entities of a kind with a live record, in the order of their ids. since > 0: only those that a commit
 * after `since` touched, also when no live record is left. */
MUST_USE Err store_entities(Store *store, Kind kind, int64_t since, EntityVisit *visit, void *user);
MUST_USE Err store_entity(Store *store, Arena *arena, Kind kind, Str key,
                          EntityRow *ret); /* ERR_ID_UNKNOWN */
MUST_USE Err store_entity_by_id(Store *store, Arena *arena, int64_t entity,
                                EntityRow *ret); /* ERR_NOT_FOUND */
MUST_USE Err store_count_changed(Store *store, int64_t since,
                                 int64_t *ret); /* entities touched after `since` */
MUST_USE Err store_last_commit(Store *store, int64_t *ret);

/* Everything read between the two sees one commit. Nothing may be written meanwhile on this connection. */
MUST_USE Err store_snapshot_begin(Store *store);
void store_snapshot_end(Store *store);

/* Waits until another connection may have committed, or the time is over. PostgreSQL: LISTEN; SQLite: its
 * data_version, looked at every 5 ms. */
MUST_USE Err store_wait(Store *store, int timeout_ms, bool *ret_changed);
