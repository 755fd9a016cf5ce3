#include "store/copy.h"
#include "store/ledger.h"
#include "store/migrate.h"
#include "store/sqlite.h"

static Err copy_into_new(Db *from, const char *to_url, StoreProgress *progress, void *user)
{
    const Driver *driver = driver_of(to_url);
    Db *to;
    TRY(driver->make_begin(to_url, &to));
    Err err = migrations_run(to, store_migrations, store_migration_count, 0, MIGRATE_EMPTY);
    if (err == OK)
        err = ledger_copy(from, to, progress, user);
    if (err != OK) {
        driver->make_drop(to);
        return err;
    }
    return driver->make_end(to);
}

Err store_backup(Store *store, const char *to_path, StoreProgress *progress, void *user)
{
    if (store_is_postgres(to_path))
        return fail(ERR_USAGE, "detail", "a backup is a file", "command", "backup", NULL);
    TRY(store_snapshot_begin(store));
    Err err = store->db->driver == &driver_sqlite ? lite_backup(store->db, to_path, progress, user)
                                                  : copy_into_new(store->db, to_path, progress, user);
    store_snapshot_end(store);
    return err;
}

/* A damaged backup is found out before anything is made of it. */
Err store_restore(const char *from_path, const char *to_url, StoreProgress *progress, void *user)
{
    if (store_is_postgres(from_path))
        return fail(ERR_USAGE, "detail", "a backup is a file", "command", "restore", NULL);
    Store *from;
    TRY(store_open(from_path, STORE_READ, &from));
    Err err;
    TRY_GOTO(store_check(from, NULL, NULL));
    TRY_GOTO(store_snapshot_begin(from));
    TRY_GOTO(store_is_postgres(to_url) ? copy_into_new(from->db, to_url, progress, user)
                                       : lite_backup(from->db, to_url, progress, user));
done:
    store_snapshot_end(from);
    store_close(from);
    return err;
}
