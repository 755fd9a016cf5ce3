/* store/migrate.h: the steps from an empty ledger to the schema this program knows. A migration is never
 * edited once it was released: a new one is added. */
#pragma once
#include "store/driver.h"

typedef struct Migration {
    int version;             /* it leads from version - 1 to this one */
    const char *sqlite, *pg; /* scripts; each sets the version itself, as its last statement */
    Err (*fill)(Db *db);     /* what SQL cannot say; NULL: nothing */
} Migration;

extern const Migration store_migrations[];
extern const int store_migration_count;

extern const char schema_sqlite_001_init[], schema_pg_001_init[];

typedef enum MigrateHow {
    MIGRATE_EACH,   /* a transaction each */
    MIGRATE_WITHIN, /* within the caller's transaction */
    MIGRATE_EMPTY,  /* likewise, tables only: their rows are copied from elsewhere */
} MigrateHow;

/* Runs those above `from`, in order. */
MUST_USE Err migrations_run(Db *db, const Migration *list, int count, int from, MigrateHow how);

/* store_upgrade with another list, for tests. */
MUST_USE Err upgrade_with(const char *url, const Migration *list, int count, int *ret_from, int *ret_to);
