/* store/sqlite.h: an SQLite connection, as driver_sqlite.c, sqlite_open.c and sqlite_backup.c share it. */
#pragma once
#include "store/driver.h"
#include <sqlite3.h>

enum { APPLICATION_ID = 0x4C6E5075 /* "LnPu", at byte 68 of the file */ };

typedef struct Lite {
    Db db;
    sqlite3 *sql;
    sqlite3_stmt *cached[QUERY_COUNT];
    bool busy[QUERY_COUNT]; /* the cached statement is being read */
    sqlite3_stmt *version_stmt;
    int64_t version_seen; /* PRAGMA data_version when others' commits were last looked for */
    bool known;           /* it is a ledger: a page that is none is damage, not another program's file */
    char *temp;           /* in the making: its name until then */
} Lite;

/* The Err of an SQLite result code (not OK, ROW, DONE). */
MUST_USE Err lite_fail(Lite *lite, int code);
MUST_USE Err lite_script(Lite *lite, const char *sql);
MUST_USE Err lite_number(Lite *lite, const char *sql, int64_t *ret); /* of a one-row pragma */
MUST_USE Err lite_pragma(Lite *lite, const char *sql,
                         const char *expected); /* sets one and asserts what it says back */

Err lite_make_begin(const char *path, Db **ret);
Err lite_make_end(Db *db);
void lite_make_drop(Db *db);
Err lite_open(const char *path, OpenHow how, Db **ret);
void lite_close(Db *db);

/* The whole file as this connection's read transaction sees it, published at to_path. */
MUST_USE Err lite_backup(Db *db, const char *to_path, StoreProgress *progress, void *user);
