/* PostgreSQL behind driver.h: statements, cursors, transactions, waiting. Everything passes in binary; a
 * geometry's binary form is EWKB. Connecting: pg_open.c. */
#include "base/date.h"
#include "store/pg.h"
#include <endian.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA = 17 };

static Pg *pg_of(Db *db)
{
    return (Pg *)db;
}

/* ---- failures ---- */

static bool is_state(const char *state, const char *begins)
{
    return strncmp(state, begins, strlen(begins)) == 0;
}

Err pg_fail(Pg *pg, const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (!detail)
        detail = PQerrorMessage(pg->conn);
    if (PQstatus(pg->conn) != CONNECTION_OK)
        return fail(ERR_DB_CONNECT, "path", pg->shown, "detail", detail, NULL);
    if (!state)
        return fail(ERR_DB, "detail", detail, "path", pg->shown, NULL);
    if (is_state(state, "53100"))
        return fail(ERR_DISK_FULL, "path", pg->shown, NULL);
    if (is_state(state, "55P03") || is_state(state, "40"))
        return fail(ERR_DB_LOCKED, "path", pg->shown, NULL);
    if (is_state(state, "25006") || is_state(state, "42501"))
        return fail(ERR_DB_READONLY, "path", pg->shown, NULL);
    if (is_state(state, "XX001") || is_state(state, "XX002"))
        return fail(ERR_DB_CORRUPT, "path", pg->shown, "detail", detail, NULL);
    return fail(ERR_DB, "detail", detail, "path", pg->shown, NULL);
}

/* Takes the result: the Err it stands for, cleared unless asked back. */
static Err taken(Pg *pg, PGresult *result, PGresult **ret)
{
    ExecStatusType status = PQresultStatus(result);
    Err err = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? OK : pg_fail(pg, result);
    if (err == OK && ret)
        *ret = result;
    else
        PQclear(result);
    return err;
}

Err pg_script(Pg *pg, const char *sql)
{
    return taken(pg, PQexec(pg->conn, sql), NULL);
}

static Err script(Db *db, const char *sql)
{
    return pg_script(pg_of(db), sql);
}

Err pg_text(Pg *pg, const char *sql, char ret[FAULT_TEXT_MAX])
{
    PGresult *result;
    TRY(taken(pg, PQexec(pg->conn, sql), &result));
    snprintf(ret, FAULT_TEXT_MAX, "%s", PQntuples(result) ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    return OK;
}

/* ---- statements ---- */

typedef struct Params {
    int count;
    Oid types[QUERY_BINDS_MAX];
    const char *values[QUERY_BINDS_MAX];
    int lengths[QUERY_BINDS_MAX], formats[QUERY_BINDS_MAX];
    uint64_t numbers[QUERY_BINDS_MAX];
} Params;

static void fill_types(Query query, Params *params)
{
    const char *binds = query_texts[query].binds;
    params->count = (int)strlen(binds);
    for (int i = 0; i < params->count; i++)
        params->types[i] = binds[i] == 'i' ? OID_INT8 : binds[i] == 't' ? OID_TEXT : OID_BYTEA;
}

static void fill_values(const Bind *binds, Params *params)
{
    for (int i = 0; i < params->count; i++) {
        params->formats[i] = 1;
        if (binds[i].type == BIND_NULL) {
            params->values[i] = NULL;
        } else if (binds[i].type == BIND_INT) {
            params->numbers[i] = htobe64((uint64_t)binds[i].num);
            params->values[i] = (const char *)&params->numbers[i];
            params->lengths[i] = 8;
        } else {
            params->values[i] = binds[i].text.len ? binds[i].text.ptr : "";
            params->lengths[i] = (int)binds[i].text.len;
        }
    }
}

static Err execute(Pg *pg, Query query, const Bind *binds, PGresult **ret)
{
    TRY(pg_alive(pg));
    char name[16];
    snprintf(name, sizeof name, "q%d", (int)query);
    Params params;
    fill_types(query, &params);
    fill_values(binds, &params);
    if (!pg->prepared[query]) {
        TRY(taken(pg, PQprepare(pg->conn, name, query_texts[query].sql, params.count, params.types), NULL));
        pg->prepared[query] = true;
    }
    return taken(
        pg, PQexecPrepared(pg->conn, name, params.count, params.values, params.lengths, params.formats, 1),
        ret);
}

static Err run(Db *db, Query query, const Bind *binds, int64_t *ret_changed)
{
    PGresult *result;
    TRY(execute(pg_of(db), query, binds, &result));
    int64_t changed = 0;
    bool counted = str_int(str_of(PQcmdTuples(result)), &changed);
    PQclear(result);
    if (counted && ret_changed)
        *ret_changed = changed;
    return OK;
}

/* The record's second bind, its entity, comes from the first half of the statement. */
static Err first(Db *db, const Bind *entity, const Bind *record, int64_t *ret_changed)
{
    Bind binds[] = {entity[0], entity[1], entity[2], entity[3], record[0], record[2], record[3],
                    record[4], record[5], record[6], record[7], record[8], record[9]};
    return run(db, Q_FIRST_ADD, binds, ret_changed);
}

/* ---- cursors: a scan of a million rows is not held in memory ---- */

static const char *const declare[PG_SCANS_MAX] = {
    "DECLARE scan0 NO SCROLL CURSOR FOR ",
    "DECLARE scan1 NO SCROLL CURSOR FOR ",
    "DECLARE scan2 NO SCROLL CURSOR FOR ",
    "DECLARE scan3 NO SCROLL CURSOR FOR ",
};
static const char *const fetch[PG_SCANS_MAX] = {
    "FETCH 1000 FROM scan0",
    "FETCH 1000 FROM scan1",
    "FETCH 1000 FROM scan2",
    "FETCH 1000 FROM scan3",
};
static const char *const close_scan[PG_SCANS_MAX] = {"CLOSE scan0", "CLOSE scan1", "CLOSE scan2",
                                                     "CLOSE scan3"};

static Err declare_scan(Pg *pg, Query query, const Bind *binds, int scan)
{
    Params params;
    fill_types(query, &params);
    fill_values(binds, &params);
    size_t head = strlen(declare[scan]), len = strlen(query_texts[query].sql);
    char *sql = heap_alloc(head + len + 1);
    memcpy(sql, declare[scan], head);
    memcpy(sql + head, query_texts[query].sql, len + 1);
    PGresult *result = PQexecParams(pg->conn, sql, params.count, params.types, params.values, params.lengths,
                                    params.formats, 1);
    free(sql);
    return taken(pg, result, NULL);
}

static Err fetch_more(Pg *pg, Rows *rows)
{
    PGresult *result;
    TRY(taken(pg, PQexecParams(pg->conn, fetch[rows->scan], 0, NULL, NULL, NULL, NULL, 1), &result));
    PQclear(rows->result);
    rows->result = result;
    rows->at = -1;
    rows->count = PQntuples(result);
    return OK;
}

static void end_own_transaction(Pg *pg)
{
    PQclear(PQexec(pg->conn, "ROLLBACK")); /* it only read */
    pg->in_transaction = false;
}

static Err scan_begin(Pg *pg, Query query, const Bind *binds, Rows *ret)
{
    TRY(pg_alive(pg));
    int scan = 0;
    while (scan < PG_SCANS_MAX && pg->scanning[scan])
        scan++;
    if (scan == PG_SCANS_MAX)
        return fail(ERR_LIMIT, "what", "scans at once", "limit", num_c(PG_SCANS_MAX), NULL);
    Rows rows = {.db = &pg->db, .scan = scan, .own = !pg->in_transaction};
    if (rows.own) {
        TRY(pg_script(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        pg->in_transaction = true;
    }
    Err err = declare_scan(pg, query, binds, scan);
    if (err == OK)
        err = fetch_more(pg, &rows);
    if (err != OK) {
        if (rows.own)
            end_own_transaction(pg);
        return err;
    }
    pg->scanning[scan] = true;
    *ret = rows;
    return OK;
}

static Err rows(Db *db, Query query, const Bind *binds, Rows *ret)
{
    if (query_texts[query].scan)
        return scan_begin(pg_of(db), query, binds, ret);
    PGresult *result;
    TRY(execute(pg_of(db), query, binds, &result));
    *ret = (Rows){.db = db, .result = result, .at = -1, .count = PQntuples(result), .scan = -1};
    return OK;
}

static void rows_end(Rows *rows)
{
    if (!rows->db)
        return;
    Pg *pg = pg_of(rows->db);
    PQclear(rows->result);
    if (rows->scan >= 0) {
        pg->scanning[rows->scan] = false;
        if (rows->own)
            end_own_transaction(pg);
        else
            PQclear(PQexec(pg->conn, close_scan[rows->scan]));
    }
    rows->db = NULL;
}

static Err rows_next(Rows *rows, bool *ret_more)
{
    if (rows->at + 1 == rows->count && rows->scan >= 0 && rows->count == PG_FETCH_ROWS) {
        Err err = fetch_more(pg_of(rows->db), rows);
        if (err != OK) {
            rows_end(rows);
            return err;
        }
    }
    *ret_more = rows->at + 1 < rows->count;
    if (*ret_more)
        rows->at++;
    else
        rows_end(rows);
    return OK;
}

static int64_t num(const Rows *rows, int column)
{
    const char *at = PQgetvalue(rows->result, rows->at, column);
    uint64_t be;
    if (PQgetlength(rows->result, rows->at, column) != sizeof be)
        return 0; /* NULL; every number of ours is 8 bytes */
    memcpy(&be, at, sizeof be);
    return (int64_t)be64toh(be);
}

static Str bytes(const Rows *rows, int column)
{
    return (Str){PQgetvalue(rows->result, rows->at, column),
                 (size_t)PQgetlength(rows->result, rows->at, column)};
}

/* ---- transactions ---- */

Err pg_schema(Db *db, int *ret)
{
    char text[FAULT_TEXT_MAX];
    TRY(pg_text(pg_of(db), "SELECT value FROM meta WHERE name = 'schema'", text));
    int64_t version;
    if (!str_int(str_of(text), &version))
        return fail(ERR_DB_FOREIGN, "path", db->shown, NULL);
    *ret = (int)version;
    return OK;
}

static Err lock_writers(Pg *pg)
{
    char limit[FAULT_TEXT_MAX], sql_number[16];
    snprintf(sql_number, sizeof sql_number, "%d", pg->db.lock_ms);
    const char *const values[] = {sql_number};
    TRY(taken(
        pg,
        PQexecParams(pg->conn, "SELECT set_config('lock_timeout', $1, true)", 1, NULL, values, NULL, NULL, 0),
        NULL));
    /* 0x4C6E5075 and this ledger's table: one writer a ledger, whatever else the database holds. */
    return pg_text(pg, "SELECT pg_advisory_xact_lock(1282297973, 'meta'::regclass::oid::int)::text", limit);
}

static void rollback(Db *db)
{
    Pg *pg = pg_of(db);
    if (pg->in_transaction && PQstatus(pg->conn) == CONNECTION_OK)
        PQclear(PQexec(pg->conn, "ROLLBACK"));
    pg->in_transaction = pg->writing = false;
}

static Err begin(Db *db, BeginHow how)
{
    Pg *pg = pg_of(db);
    TRY(pg_alive(pg));
    TRY(pg_script(pg, how == BEGIN_WRITE ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    pg->in_transaction = true;
    pg->writing = how == BEGIN_WRITE;
    Err err = pg->writing ? lock_writers(pg) : OK;
    if (err != OK)
        rollback(db);
    return err;
}

/* The outcome is unknown only if the connection broke before the answer came. */
static Err commit(Db *db)
{
    Pg *pg = pg_of(db);
    Err err = pg->writing ? pg_script(pg, "NOTIFY lianpu_commit") : OK;
    if (err != OK) {
        rollback(db);
        return err;
    }
    PGresult *result = PQexec(pg->conn, "COMMIT");
    bool stands = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
    if (stands)
        err = OK;
    else if (PQstatus(pg->conn) != CONNECTION_OK)
        err = fail(ERR_COMMIT_UNKNOWN, "key", "", NULL);
    else
        err = pg_fail(pg, result);
    PQclear(result);
    rollback(db);
    return err;
}

/* ---- waiting ---- */

static bool heard(Pg *pg)
{
    bool other = false;
    PGnotify *note;
    while ((note = PQnotifies(pg->conn)) != NULL) {
        other = other || note->be_pid != PQbackendPID(pg->conn);
        PQfreemem(note);
    }
    return other;
}

/* Listening starts with the first wait: what was committed between opening and then is told at once. */
static Err listen(Pg *pg, bool *ret_changed)
{
    TRY(pg_script(pg, "LISTEN lianpu_commit"));
    pg->listening = true;
    int64_t last;
    TRY(db_number(&pg->db, Q_COMMIT_LAST, NULL, &last));
    *ret_changed = last != pg->commit_at_open;
    pg->commit_at_open = last;
    return OK;
}

static Err wait_change(Db *db, int timeout_ms, bool *ret_changed)
{
    Pg *pg = pg_of(db);
    TRY(pg_alive(pg));
    bool changed = false;
    if (!pg->listening)
        TRY(listen(pg, &changed));
    int64_t until = clock_now_ns() + (int64_t)timeout_ms * 1000000;
    while (!changed) {
        if (!PQconsumeInput(pg->conn))
            return pg_fail(pg, NULL);
        changed = heard(pg);
        int64_t left_ms = (until - clock_now_ns()) / 1000000;
        if (changed || left_ms <= 0)
            break;
        struct pollfd fd = {PQsocket(pg->conn), POLLIN, 0};
        poll(&fd, 1, (int)left_ms);
    }
    *ret_changed = changed;
    return OK;
}

/* PostgreSQL keeps its own constraints; what the ledger means beyond them is asked by check.c on both
 * drivers. */
static Err integrity(Db *db)
{
    char text[FAULT_TEXT_MAX];
    TRY(pg_text(pg_of(db), "SELECT count(*)::text FROM pg_constraint WHERE NOT convalidated", text));
    return strcmp(text, "0") == 0
               ? OK
               : fail(ERR_DB_CORRUPT, "path", db->shown, "detail", "a constraint is not enforced", NULL);
}

const Driver driver_pg = {
    .make_begin = pg_make_begin,
    .make_end = pg_make_end,
    .make_drop = pg_make_drop,
    .open = pg_open,
    .close = pg_close,
    .schema = pg_schema,
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
