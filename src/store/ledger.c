#include "store/ledger.h"
#include "store/migrate.h"
#include <stdlib.h>
#include <string.h>

Err store_create(const char *url)
{
    return store_create_with(url, NULL, NULL, NULL);
}

Err store_open(const char *url, StoreMode mode, Store **ret)
{
    const Driver *driver = driver_of(url);
    Db *db;
    TRY(driver->open(url, mode == STORE_WRITE ? OPEN_WRITE : OPEN_READ, &db));
    Store *store = heap_zalloc(sizeof *store);
    store->db = db;
    store->mode = mode;
    buf_init(&store->scratch, SCRATCH_BYTES_MAX);
    *ret = store;
    return OK;
}

void store_close(Store *store)
{
    if (!store)
        return;
    store->db->driver->rollback(store->db);
    store->db->driver->close(store->db);
    buf_done(&store->scratch);
    free(store);
}

const char *store_url(const Store *store)
{
    return store->db->url;
}

/* ---- transactions ---- */

static Err earlier_commit(Store *store, const CommitInfo *info, int64_t *ret_done)
{
    *ret_done = 0;
    if (info->idempotency_key.len == 0)
        return OK;
    Rows rows;
    bool more;
    const Driver *driver = store->db->driver;
    TRY(driver->rows(store->db, Q_COMMIT_BY_KEY, (Bind[]){B_TEXT(info->idempotency_key)}, &rows));
    TRY(driver->next(&rows, &more));
    if (!more)
        return OK;
    bool same = str_eq(driver->bytes(&rows, 1), info->digest);
    *ret_done = driver->num(&rows, 0);
    driver->end(&rows);
    return same ? OK : fail(ERR_IDEMPOTENCY, "key", str_c(info->idempotency_key), NULL);
}

static Err write_commit_row(Store *store, const CommitInfo *info)
{
    char room[40];
    Buf at = {.ptr = NULL};
    buf_init(&at, sizeof room);
    buf_time_now(&at);
    int64_t last;
    Err err = store_number(store, Q_COMMIT_LAST, NULL, &last);
    if (err == OK) {
        store->commit = last + 1;
        Bind key = info->idempotency_key.len ? B_TEXT(info->idempotency_key) : B_NULL;
        err = db_run(store->db, Q_COMMIT_ADD,
                     (Bind[]){B_INT(store->commit), B_TEXT(buf_view(&at)), B_TEXT(info->actor),
                              B_TEXT(info->action), key, B_TEXT(info->digest)});
    }
    buf_done(&at);
    return err;
}

static void forget_transaction(Store *store)
{
    store->commit = 0;
    store->broken = false;
    memset(store->next_entity, 0, sizeof store->next_entity);
    store->next_record = store->next_batch = 0;
    store->batch_known = store->source_known = 0;
}

Err store_begin(Store *store, const CommitInfo *info, int64_t *ret_done)
{
    if (store->mode != STORE_WRITE)
        return fail(ERR_DB_READONLY, "path", store->db->shown, NULL);
    if (store->commit || store->snapshot)
        return fail(ERR_INTERNAL, "detail", "a transaction within another", NULL);
    if (info->idempotency_key.len > KEY_OF_REQUEST_MAX)
        return fail(ERR_LIMIT, "what", "idempotency key", "limit", num_c(KEY_OF_REQUEST_MAX), NULL);
    TRY(store->db->driver->begin(store->db, BEGIN_WRITE));
    int64_t done = 0;
    Err err = earlier_commit(store, info, &done);
    if (err == OK && done == 0)
        err = write_commit_row(store, info);
    if (err != OK || done != 0) {
        store->db->driver->rollback(store->db);
        forget_transaction(store);
    }
    if (err != OK)
        return err;
    memcpy(store->request_key, info->idempotency_key.ptr ? info->idempotency_key.ptr : "",
           info->idempotency_key.len);
    store->request_key[info->idempotency_key.len] = '\0';
    *ret_done = done;
    return OK;
}

Err store_commit(Store *store, int64_t *ret_commit)
{
    Err err = store_writable(store);
    if (err != OK) {
        store_rollback(store);
        return err;
    }
    int64_t number = store->commit;
    err = store->db->driver->commit(store->db);
    forget_transaction(store);
    if (err == ERR_COMMIT_UNKNOWN)
        return fail(err, "key", store->request_key, "path", store->db->shown, NULL);
    if (err == OK)
        *ret_commit = number;
    return err;
}

void store_rollback(Store *store)
{
    if (!store->commit)
        return;
    store->db->driver->rollback(store->db);
    forget_transaction(store);
}

Err store_writable(Store *store)
{
    if (!store->commit)
        return fail(ERR_INTERNAL, "detail", "a write outside a transaction", NULL);
    if (store->broken)
        return fail(ERR_DB, "detail", "an earlier write of this transaction failed", "path", store->db->shown,
                    NULL);
    return OK;
}

Err store_run(Store *store, Query query, const Bind *binds, int64_t *ret_changed)
{
    Err err = store->db->driver->run(store->db, query, binds, ret_changed);
    if (err != OK)
        store->broken = true;
    return err;
}

Err store_number(Store *store, Query query, const Bind *binds, int64_t *ret)
{
    return db_number(store->db, query, binds, ret);
}

/* ---- making ---- */

static Err fill_new(Db *db, const CommitInfo *info, StoreFill *fill, void *user)
{
    Store store = {.db = db, .mode = STORE_WRITE};
    buf_init(&store.scratch, SCRATCH_BYTES_MAX);
    Err err = write_commit_row(&store, info);
    if (err == OK)
        err = fill(&store, user);
    if (err == OK)
        err = store_writable(&store);
    buf_done(&store.scratch);
    return err;
}

Err store_create_with(const char *url, const CommitInfo *info, StoreFill *fill, void *user)
{
    const Driver *driver = driver_of(url);
    Db *db;
    TRY(driver->make_begin(url, &db));
    Err err = migrations_run(db, store_migrations, store_migration_count, 0, MIGRATE_WITHIN);
    if (err == OK && fill)
        err = fill_new(db, info, fill, user);
    if (err != OK) {
        driver->make_drop(db);
        return err;
    }
    return driver->make_end(db);
}

/* ---- reading what concerns the whole ---- */

Err store_snapshot_begin(Store *store)
{
    if (store->commit || store->snapshot)
        return fail(ERR_INTERNAL, "detail", "a transaction within another", NULL);
    TRY(store->db->driver->begin(store->db, BEGIN_READ));
    int64_t last;
    Err err = store_last_commit(store, &last); /* the first read fixes what is seen */
    if (err != OK)
        store->db->driver->rollback(store->db);
    store->snapshot = err == OK;
    return err;
}

void store_snapshot_end(Store *store)
{
    if (store->snapshot)
        store->db->driver->rollback(store->db);
    store->snapshot = false;
}

Err store_last_commit(Store *store, int64_t *ret)
{
    return store_number(store, Q_COMMIT_LAST, NULL, ret);
}

Err store_wait(Store *store, int timeout_ms, bool *ret_changed)
{
    if (store->commit || store->snapshot)
        return fail(ERR_INTERNAL, "detail", "waiting within a transaction", NULL);
    return store->db->driver->wait(store->db, timeout_ms, ret_changed);
}

Err store_meta_get(Store *store, Arena *arena, const char *name, Str *ret)
{
    Rows rows;
    bool more;
    const Driver *driver = store->db->driver;
    TRY(driver->rows(store->db, Q_META_GET, (Bind[]){B_TEXT(str_of(name))}, &rows));
    TRY(driver->next(&rows, &more));
    *ret = more ? str_copy(arena, driver->bytes(&rows, 0)) : (Str){"", 0};
    driver->end(&rows);
    return OK;
}

Err store_meta_set(Store *store, const char *name, Str value)
{
    TRY(store_writable(store));
    return store_run(store, Q_META_SET, (Bind[]){B_TEXT(str_of(name)), B_TEXT(value)}, NULL);
}

Err store_ids(Store *store, Query query, const Bind *binds, Ids *ret)
{
    const Driver *driver = store->db->driver;
    Rows rows;
    TRY(driver->rows(store->db, query, binds, &rows));
    Ids ids = {NULL, 0};
    size_t room = 0;
    for (;;) {
        bool more;
        Err err = driver->next(&rows, &more);
        if (err != OK) {
            free(ids.ids);
            return err;
        }
        if (!more)
            break;
        if (ids.count == room) {
            room = room ? 2 * room : 256;
            ids.ids = heap_grow(ids.ids, room * sizeof *ids.ids);
        }
        ids.ids[ids.count++] = driver->num(&rows, 0);
    }
    *ret = ids;
    return OK;
}

Err ids_visit(const Ids *ids, EntityIdVisit *visit, void *user)
{
    for (size_t i = 0; i < ids->count; i++)
        TRY(visit(ids->ids[i], user));
    return OK;
}
