#include "store/migrate.h"
#include "store/ledger.h"

const Migration store_migrations[] = {
    {1, schema_sqlite_001_init, schema_pg_001_init, deployment_add},
};
const int store_migration_count = sizeof store_migrations / sizeof *store_migrations;

static Err step(Db *db, const Migration *to, MigrateHow how)
{
    TRY(db->driver->script(db, db->driver == &driver_sqlite ? to->sqlite : to->pg));
    if (to->fill && how != MIGRATE_EMPTY)
        TRY(to->fill(db));
    int version;
    TRY(db->driver->schema(db, &version));
    if (version != to->version)
        return fail(ERR_INTERNAL, "detail", "a migration did not set its version", NULL);
    return OK;
}

static Err step_alone(Db *db, const Migration *to)
{
    TRY(db->driver->begin(db, BEGIN_WRITE));
    int version;
    Err err = db->driver->schema(db, &version);
    if (err == OK && version < to->version) /* else another program was quicker */
        err = step(db, to, MIGRATE_EACH);
    if (err == OK)
        err = db->driver->commit(db);
    if (err != OK)
        db->driver->rollback(db);
    return err;
}

Err migrations_run(Db *db, const Migration *list, int count, int from, MigrateHow how)
{
    for (int i = 0; i < count; i++)
        if (list[i].version > from)
            TRY(how == MIGRATE_EACH ? step_alone(db, &list[i]) : step(db, &list[i], how));
    return OK;
}

Err upgrade_with(const char *url, const Migration *list, int count, int *ret_from, int *ret_to)
{
    const Driver *driver = driver_of(url);
    Db *db;
    TRY(driver->open(url, OPEN_ANY_SCHEMA, &db));
    int from, newest = list[count - 1].version;
    Err err = driver->schema(db, &from);
    if (err == OK && from > newest)
        err = fail(ERR_DB_NEWER, "path", db->shown, "have", num_c(from), "know", num_c(newest), NULL);
    if (err == OK)
        err = migrations_run(db, list, count, from, MIGRATE_EACH);
    driver->close(db);
    if (err != OK)
        return err;
    *ret_from = from;
    *ret_to = newest;
    return OK;
}

Err store_upgrade(const char *url, int *ret_from, int *ret_to)
{
    return upgrade_with(url, store_migrations, store_migration_count, ret_from, ret_to);
}
