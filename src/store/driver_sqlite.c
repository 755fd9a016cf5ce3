/* SQLite behind driver.h: statements, transactions, waiting. Opening and making files: sqlite_open.c. */
#include "base/date.h"
#include "store/sqlite.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_STEP_MS = 5, SQL_BYTES_MAX = 1000 };

static Lite *lite_of(Db *db)
{
    return (Lite *)db;
}

Err lite_fail(Lite *lite, int code)
{
    const char *path = lite->db.shown;
    const char *detail = lite->sql ? sqlite3_errmsg(lite->sql) : sqlite3_errstr(code);
    int cause = lite->sql ? sqlite3_system_errno(lite->sql) : 0;
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return fail(ERR_DISK_FULL, "path", path, NULL);
    case SQLITE_CORRUPT:
        return fail(ERR_DB_CORRUPT, "path", path, "detail", detail, NULL);
    case SQLITE_NOTADB:
        return fail(lite->known ? ERR_DB_CORRUPT : ERR_DB_FOREIGN, "path", path, "detail", detail, NULL);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(ERR_DB_LOCKED, "path", path, NULL);
    case SQLITE_READONLY:
        return fail(ERR_DB_READONLY, "path", path, NULL);
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return fail(ERR_FILE_OPEN, "path", path, "detail", detail, NULL);
    case SQLITE_IOERR:
        if (cause == ENOSPC || cause == EDQUOT)
            return fail(ERR_DISK_FULL, "path", path, NULL);
        return fail(code == SQLITE_IOERR_READ ? ERR_FILE_READ : ERR_FILE_WRITE, "path", path, "detail",
                    detail, NULL);
    case SQLITE_NOMEM:
        abort(); /* as base does */
    default:
        return fail(ERR_DB, "detail", detail, "path", path, NULL);
    }
}

Err lite_script(Lite *lite, const char *sql)
{
    int code = sqlite3_exec(lite->sql, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : lite_fail(lite, code);
}

static Err script(Db *db, const char *sql)
{
    return lite_script(lite_of(db), sql);
}

/* The shared texts say $n, which SQLite would number by first appearance; ?n is numbered by n. */
static Err prepare(Lite *lite, Query query, sqlite3_stmt **ret)
{
    char sql[SQL_BYTES_MAX];
    size_t len = strlen(query_texts[query].sql);
    if (len >= sizeof sql)
        return fail(ERR_INTERNAL, "detail", "a query's text is too long", NULL);
    for (size_t i = 0; i <= len; i++)
        sql[i] = query_texts[query].sql[i] == '$' ? '?' : query_texts[query].sql[i];
    int code = sqlite3_prepare_v3(lite->sql, sql, (int)len, SQLITE_PREPARE_PERSISTENT, ret, NULL);
    return code == SQLITE_OK ? OK : lite_fail(lite, code);
}

static Err bind_all(Lite *lite, Query query, sqlite3_stmt *stmt, const Bind *binds)
{
    int code = SQLITE_OK;
    for (int i = 0; query_texts[query].binds[i] && code == SQLITE_OK; i++) {
        const Bind *b = &binds[i];
        switch (b->type) {
        case BIND_NULL:
            code = sqlite3_bind_null(stmt, i + 1);
            break;
        case BIND_INT:
            code = sqlite3_bind_int64(stmt, i + 1, b->num);
            break;
        case BIND_TEXT:
            code = sqlite3_bind_text64(stmt, i + 1, b->text.len ? b->text.ptr : "", b->text.len,
                                       SQLITE_STATIC, SQLITE_UTF8);
            break;
        case BIND_BYTES:
            code =
                sqlite3_bind_blob64(stmt, i + 1, b->text.len ? b->text.ptr : "", b->text.len, SQLITE_STATIC);
            break;
        }
    }
    return code == SQLITE_OK ? OK : lite_fail(lite, code);
}

static Err cached_stmt(Lite *lite, Query query, sqlite3_stmt **ret)
{
    if (!lite->cached[query])
        TRY(prepare(lite, query, &lite->cached[query]));
    *ret = lite->cached[query];
    return OK;
}

static Err run(Db *db, Query query, const Bind *binds, int64_t *ret_changed)
{
    Lite *lite = lite_of(db);
    sqlite3_stmt *stmt;
    TRY(cached_stmt(lite, query, &stmt));
    TRY(bind_all(lite, query, stmt, binds));
    int code = sqlite3_step(stmt);
    Err err = code == SQLITE_DONE ? OK : lite_fail(lite, code);
    sqlite3_reset(stmt);
    if (err == OK && ret_changed)
        *ret_changed = sqlite3_changes64(lite->sql);
    return err;
}

static Err first(Db *db, const Bind *entity, const Bind *record, int64_t *ret_changed)
{
    int64_t made = 0;
    TRY(run(db, Q_ENTITY_ADD, entity, &made));
    if (made)
        TRY(run(db, Q_RECORD_ADD, record, NULL));
    *ret_changed = made;
    return OK;
}

static Err rows(Db *db, Query query, const Bind *binds, Rows *ret)
{
    Lite *lite = lite_of(db);
    sqlite3_stmt *stmt;
    bool own = lite->busy[query];
    if (own)
        TRY(prepare(lite, query, &stmt));
    else
        TRY(cached_stmt(lite, query, &stmt));
    Err err = bind_all(lite, query, stmt, binds);
    if (err != OK) {
        if (own)
            sqlite3_finalize(stmt);
        return err;
    }
    lite->busy[query] = true;
    *ret = (Rows){.db = db, .result = stmt, .at = (int)query, .own = own};
    return OK;
}

static void rows_end(Rows *rows)
{
    if (!rows->db)
        return;
    if (rows->own) {
        sqlite3_finalize(rows->result);
    } else {
        sqlite3_reset(rows->result);
        lite_of(rows->db)->busy[rows->at] = false;
    }
    rows->db = NULL;
}

static Err rows_next(Rows *rows, bool *ret_more)
{
    int code = sqlite3_step(rows->result);
    *ret_more = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return OK;
    Err err = code == SQLITE_DONE ? OK : lite_fail(lite_of(rows->db), code);
    rows_end(rows);
    return err;
}

static int64_t num(const Rows *rows, int column)
{
    return sqlite3_column_int64(rows->result, column);
}

static Str bytes(const Rows *rows, int column)
{
    const void *ptr =
        sqlite3_column_blob(rows->result, column); /* of a text: its UTF-8, as it lies in the page */
    return (Str){ptr, ptr ? (size_t)sqlite3_column_bytes(rows->result, column) : 0};
}

static Err schema(Db *db, int *ret)
{
    int64_t version;
    TRY(lite_number(lite_of(db), "PRAGMA user_version", &version));
    *ret = (int)version;
    return OK;
}

static Err begin(Db *db, BeginHow how)
{
    sqlite3_busy_timeout(lite_of(db)->sql, db->lock_ms);
    return lite_script(lite_of(db), how == BEGIN_WRITE ? "BEGIN IMMEDIATE" : "BEGIN");
}

static void rollback(Db *db)
{
    Lite *lite = lite_of(db);
    if (!sqlite3_get_autocommit(lite->sql))
        sqlite3_exec(lite->sql, "ROLLBACK", NULL, NULL, NULL);
}

/* With SQLITE_FULL the frame that would make the transaction stand was not written. With another I/O error it
 * may have been, and may come back after a crash. A busy COMMIT cannot be: the write lock is held since BEGIN
 * IMMEDIATE. */
static Err commit(Db *db)
{
    Lite *lite = lite_of(db);
    if (sqlite3_get_autocommit(lite->sql))
        return fail(ERR_DB, "detail", "the transaction was rolled back by SQLite", "path", db->shown, NULL);
    int code = sqlite3_exec(lite->sql, "COMMIT", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return OK;
    Err err =
        (code & 0xFF) == SQLITE_IOERR ? fail(ERR_COMMIT_UNKNOWN, "key", "", NULL) : lite_fail(lite, code);
    rollback(db);
    return err;
}

static Err data_version(Lite *lite, int64_t *ret)
{
    if (!lite->version_stmt) {
        int code = sqlite3_prepare_v3(lite->sql, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT,
                                      &lite->version_stmt, NULL);
        if (code != SQLITE_OK)
            return lite_fail(lite, code);
    }
    int code = sqlite3_step(lite->version_stmt);
    if (code == SQLITE_ROW)
        *ret = sqlite3_column_int64(lite->version_stmt, 0);
    Err err = code == SQLITE_ROW ? OK : lite_fail(lite, code);
    sqlite3_reset(lite->version_stmt);
    return err;
}

static Err wait_change(Db *db, int timeout_ms, bool *ret_changed)
{
    Lite *lite = lite_of(db);
    int64_t until = clock_now_ns() + (int64_t)timeout_ms * 1000000;
    for (;;) {
        int64_t version = 0;
        TRY(data_version(lite, &version));
        if (version != lite->version_seen || clock_now_ns() >= until) {
            *ret_changed = version != lite->version_seen;
            lite->version_seen = version;
            return OK;
        }
        poll(NULL, 0, WAIT_STEP_MS);
    }
}

/* The first row's first text of a pragma, or "" when there is no row. */
static Err first_text(Lite *lite, const char *sql, char ret[FAULT_TEXT_MAX])
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(lite->sql, sql, -1, &stmt, NULL);
    if (code != SQLITE_OK)
        return lite_fail(lite, code);
    code = sqlite3_step(stmt);
    const unsigned char *text = code == SQLITE_ROW ? sqlite3_column_text(stmt, 0) : NULL;
    sqlite3_snprintf(FAULT_TEXT_MAX, ret, "%s", text ? (const char *)text : "");
    Err err = code == SQLITE_ROW || code == SQLITE_DONE ? OK : lite_fail(lite, code);
    sqlite3_finalize(stmt);
    return err;
}

Err lite_number(Lite *lite, const char *sql, int64_t *ret)
{
    char text[FAULT_TEXT_MAX];
    TRY(first_text(lite, sql, text));
    if (!str_int(str_of(text), ret))
        return fail(ERR_DB, "detail", sql, "path", lite->db.shown, NULL);
    return OK;
}

Err lite_pragma(Lite *lite, const char *sql, const char *expected)
{
    char text[FAULT_TEXT_MAX];
    TRY(first_text(lite, sql, text));
    if (strcmp(text, expected) != 0)
        return fail(ERR_DB, "detail", sql, "path", lite->db.shown, NULL);
    return OK;
}

static Err integrity(Db *db)
{
    char text[FAULT_TEXT_MAX];
    TRY(first_text(lite_of(db), "PRAGMA integrity_check(1)", text));
    if (strcmp(text, "ok") != 0)
        return fail(ERR_DB_CORRUPT, "path", db->shown, "detail", text, NULL);
    TRY(first_text(lite_of(db), "PRAGMA foreign_key_check", text));
    if (text[0])
        return fail(ERR_DB_CORRUPT, "path", db->shown, "detail", text, NULL);
    return OK;
}

const Driver driver_sqlite = {
    .make_begin = lite_make_begin,
    .make_end = lite_make_end,
    .make_drop = lite_make_drop,
    .open = lite_open,
    .close = lite_close,
    .schema = schema,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .run = run,
    .first = first,
    .rows = rows,
    .next = rows_next,
    .end = rows_end,
    .num = num,
    .bytes = bytes,
    .wait = wait_change,
    .integrity = integrity,
};
