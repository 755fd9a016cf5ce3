#include "store/driver.h"

bool store_is_postgres(const char *url)
{
    return str_starts(str_of(url), "postgresql://") || str_starts(str_of(url), "postgres://");
}

const Driver *driver_of(const char *url)
{
    return store_is_postgres(url) ? &driver_pg : &driver_sqlite;
}

Err db_number(Db *db, Query query, const Bind *binds, int64_t *ret)
{
    Rows rows;
    TRY(db->driver->rows(db, query, binds, &rows));
    bool more;
    TRY(db->driver->next(&rows, &more));
    if (!more)
        return fail(ERR_INTERNAL, "detail", "a query of one row had none", NULL);
    *ret = db->driver->num(&rows, 0);
    db->driver->end(&rows);
    return OK;
}

Err db_run(Db *db, Query query, const Bind *binds)
{
    return db->driver->run(db, query, binds, NULL);
}
