#include "store/driver.h"
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

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

int64_t store_wal_bytes(const char *url)
{
    char path[PATH_MAX];
    struct stat st;
    if (store_is_postgres(url))
        return -1;
    int len = snprintf(path, sizeof path, "%s-wal", url);
    return len > 0 && (size_t)len < sizeof path && stat(path, &st) == 0 ? st.st_size : 0;
}
