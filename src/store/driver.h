/* store/driver.h: what the two databases have in common, and nothing else. Only this folder includes it.
 *
 * A Db is one connection with the queries of query.h prepared on it at first use. A driver maps its
 * database's failures to the codes of base/err.h, with the path (of a URL: without its password). */
#pragma once
#include "store/query.h"
#include "store/store.h"

typedef struct Db Db;
typedef struct Driver Driver;

typedef struct Bind {
    enum BindType { BIND_NULL, BIND_INT, BIND_TEXT, BIND_BYTES } type;
    int64_t num;
    Str text; /* borrowed until the query has ended */
} Bind;

#define B_INT(n)   ((Bind){.type = BIND_INT, .num = (n)})
#define B_TEXT(s)  ((Bind){.type = BIND_TEXT, .text = (s)})
#define B_BYTES(s) ((Bind){.type = BIND_BYTES, .text = (s)})
#define B_NULL     ((Bind){.type = BIND_NULL})

/* An open result. Other queries may run meanwhile, also the same one. */
typedef struct Rows {
    Db *db; /* NULL once it has ended */
    void *result;
    int at, count;
    int scan; /* PostgreSQL: the cursor's number, -1 for none */
    bool own; /* SQLite: the statement is not the cached one */
} Rows;

typedef enum OpenHow {
    OPEN_READ,
    OPEN_WRITE,
    OPEN_ANY_SCHEMA, /* to write, whatever the version: for store_upgrade */
} OpenHow;

typedef enum BeginHow { BEGIN_READ, BEGIN_WRITE } BeginHow;

struct Driver {
    /* A ledger in the making: an empty one of schema 0 within a transaction, seen by nobody until make_end,
     * which commits it durably and frees db whatever comes. make_drop leaves no trace and frees db. */
    Err (*make_begin)(const char *url, Db **ret);
    Err (*make_end)(Db *db);
    void (*make_drop)(Db *db);

    Err (*open)(const char *url, OpenHow how, Db **ret);
    void (*close)(Db *db);
    Err (*schema)(Db *db, int *ret); /* the version that stands in the ledger */

    /* BEGIN_WRITE waits for the one write lock, lock_ms at most (ERR_DB_LOCKED). */
    Err (*begin)(Db *db, BeginHow how);
    /* Also tells waiting connections. ERR_COMMIT_UNKNOWN, or an error with which it surely does not stand. */
    Err (*commit)(Db *db);
    void (*rollback)(Db *db); /* without a transaction: nothing */

    Err (*script)(Db *db, const char *sql); /* several statements, constant text */
    Err (*run)(Db *db, Query query, const Bind *binds, int64_t *ret_changed);
    /* Q_ENTITY_ADD and, if the key was new, Q_RECORD_ADD with their binds. *ret_changed: 1 if it was, else 0.
     */
    Err (*first)(Db *db, const Bind *entity, const Bind *record, int64_t *ret_changed);
    Err (*rows)(Db *db, Query query, const Bind *binds, Rows *ret);
    Err (*next)(Rows *rows, bool *ret_more); /* no more, or an error: the result has ended */
    void (*end)(Rows *rows);                 /* after the end: nothing */
    int64_t (*num)(const Rows *rows, int column);
    Str (*bytes)(const Rows *rows,
                 int column); /* text or bytes, valid until the next call on rows; NULL is "" */

    Err (*wait)(Db *db, int timeout_ms, bool *ret_changed);
    Err (*integrity)(Db *db); /* what the database itself can check */
};

struct Db {
    const Driver *driver;
    char *url;
    const char *shown; /* for messages */
    int lock_ms;
};

enum { LOCK_MS = 10 * 1000 };

extern const Driver driver_sqlite, driver_pg;

const Driver *driver_of(const char *url);

/* One row's one number: of a query that always has one row. NULL is 0. */
MUST_USE Err db_number(Db *db, Query query, const Bind *binds, int64_t *ret);
MUST_USE Err db_run(Db *db, Query query, const Bind *binds);
