/* store/pg.h: a PostgreSQL connection, as driver_pg.c and pg_open.c share it. */
#pragma once
#include "store/driver.h"
#include <libpq-fe.h>

enum { PG_SCANS_MAX = 4 /* cursors open at once */, PG_FETCH_ROWS = 1000 };

typedef struct Pg {
    Db db;
    char *shown; /* the URL without user and password */
    PGconn *conn;
    OpenHow how;
    bool prepared[QUERY_COUNT];
    bool in_transaction; /* stays set when the connection is lost within one, until it is rolled back */
    bool writing;
    bool scanning[PG_SCANS_MAX];
    bool listening;
    int64_t commit_at_open;
} Pg;

/* The Err of what PostgreSQL answered; `result` may be NULL. Does not clear it. */
MUST_USE Err pg_fail(Pg *pg, const PGresult *result);
MUST_USE Err pg_script(Pg *pg, const char *sql);
MUST_USE Err pg_text(Pg *pg, const char *sql, char ret[FAULT_TEXT_MAX]); /* first row's first text, or "" */
MUST_USE Err pg_alive(Pg *pg); /* connects anew what was lost between transactions */
MUST_USE Err pg_schema(Db *db, int *ret);

Err pg_make_begin(const char *url, Db **ret);
Err pg_make_end(Db *db);
void pg_make_drop(Db *db);
Err pg_open(const char *url, OpenHow how, Db **ret);
void pg_close(Db *db);
