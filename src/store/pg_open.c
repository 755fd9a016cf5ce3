/* Connecting to PostgreSQL, and which schema of which database holds a ledger. */
#include "store/pg.h"
#include <stdlib.h>
#include <string.h>

static void ignore_notice(void *user, const char *text)
{
    (void)user, (void)text;
}

static const char *option_of(const PQconninfoOption *options, const char *name, const char *otherwise)
{
    for (; options && options->keyword; options++)
        if (strcmp(options->keyword, name) == 0 && options->val && options->val[0])
            return options->val;
    return otherwise;
}

/* "postgresql://host:port/database": what may stand in a message. */
static char *shown_url(const char *url)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    Buf buf;
    buf_init(&buf, FAULT_TEXT_MAX);
    buf_c(&buf, "postgresql://");
    buf_c(&buf, option_of(options, "host", "localhost"));
    buf_c(&buf, ":");
    buf_c(&buf, option_of(options, "port", "5432"));
    buf_c(&buf, "/");
    buf_c(&buf, option_of(options, "dbname", ""));
    buf_byte(&buf, '\0');
    PQconninfoFree(options);
    char *shown = heap_alloc(buf.len + 1);
    memcpy(shown, buf.ptr, buf.len);
    shown[buf.len] = '\0';
    buf_done(&buf);
    return shown;
}

static Pg *pg_new(const char *url, OpenHow how)
{
    Pg *pg = heap_zalloc(sizeof *pg);
    pg->db.driver = &driver_pg;
    pg->db.lock_ms = LOCK_MS;
    pg->db.url = heap_alloc(strlen(url) + 1);
    strcpy(pg->db.url, url);
    pg->shown = shown_url(url);
    pg->db.shown = pg->shown;
    pg->how = how;
    return pg;
}

void pg_close(Db *db)
{
    Pg *pg = (Pg *)db;
    PQfinish(pg->conn);
    free(pg->shown);
    free(pg->db.url);
    free(pg);
}

/* Commits wait for the disk whatever the server's default says; nobody waits for a lock for ever.
 * Every query of ours has an index to go by: without statistics, right after an import, the planner would
 * read a whole table for each row of another. */
static Err settle(Pg *pg)
{
    TRY(pg_script(pg, "SET synchronous_commit = on; SET lock_timeout = '10s';"
                      "SET client_min_messages = warning; SET enable_seqscan = off"));
    if (pg->how == OPEN_READ)
        return pg_script(pg, "SET default_transaction_read_only = on");
    return OK;
}

static Err connect_now(Pg *pg)
{
    /* What stands before the URL is a default that the URL may override. */
    const char *const names[] = {"connect_timeout", "application_name", "dbname", "client_encoding", NULL};
    const char *const values[] = {"10", "lianpu", pg->db.url, "UTF8", NULL};
    PQfinish(pg->conn);
    pg->conn = PQconnectdbParams(names, values, 1);
    if (PQstatus(pg->conn) != CONNECTION_OK)
        return pg_fail(pg, NULL);
    PQsetNoticeProcessor(pg->conn, ignore_notice, NULL);
    memset(pg->prepared, 0, sizeof pg->prepared);
    memset(pg->scanning, 0, sizeof pg->scanning);
    pg->listening = false;
    return settle(pg);
}

Err pg_alive(Pg *pg)
{
    if (pg->in_transaction || (pg->conn && PQstatus(pg->conn) == CONNECTION_OK))
        return OK;
    return connect_now(pg);
}

/* Tables of ours in the schema where new ones would be made. */
static Err count_tables(Pg *pg, int64_t *ret)
{
    char text[FAULT_TEXT_MAX];
    TRY(pg_text(pg,
                "SELECT count(*)::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = current_schema()"
                " AND c.relname IN ('meta', 'commit_log', 'entity', 'batch', 'record')",
                text));
    return str_int(str_of(text), ret) ? OK : fail(ERR_INTERNAL, "detail", text, NULL);
}

static Err check_version(Pg *pg)
{
    int version;
    TRY(pg_schema(&pg->db, &version));
    const char *know = num_c(STORE_SCHEMA), *have = num_c(version);
    if (pg->how != OPEN_ANY_SCHEMA && version > STORE_SCHEMA)
        return fail(ERR_DB_NEWER, "path", pg->shown, "have", have, "know", know, NULL);
    if (pg->how != OPEN_ANY_SCHEMA && version < STORE_SCHEMA)
        return fail(ERR_DB_OLDER, "path", pg->shown, "have", have, "know", know, NULL);
    return OK;
}

static Err check_mark(Pg *pg)
{
    int64_t tables;
    TRY(count_tables(pg, &tables));
    if (tables == 0)
        return fail(ERR_FILE_OPEN, "path", pg->shown, "detail", "no ledger in this database", NULL);
    char text[FAULT_TEXT_MAX];
    Err err = pg_text(pg, "SELECT value FROM meta WHERE name = 'application'", text);
    if (err == ERR_DB_CONNECT)
        return err;
    if (err == ERR_DB_READONLY)
        return fail(ERR_FILE_OPEN, "path", pg->shown, "detail", "Permission denied", NULL);
    if (err != OK || strcmp(text, "lianpu") != 0)
        return fail(ERR_DB_FOREIGN, "path", pg->shown, NULL);
    TRY(check_version(pg));
    if (pg->how == OPEN_READ)
        return OK;
    TRY(pg_text(pg, "SHOW transaction_read_only", text)); /* a standby */
    return strcmp(text, "off") == 0 ? OK : fail(ERR_DB_READONLY, "path", pg->shown, NULL);
}

Err pg_open(const char *url, OpenHow how, Db **ret)
{
    Pg *pg = pg_new(url, how);
    Err err = connect_now(pg);
    if (err == OK)
        err = check_mark(pg);
    if (err == OK && how != OPEN_ANY_SCHEMA)
        err = db_number(&pg->db, Q_COMMIT_LAST, NULL, &pg->commit_at_open);
    if (err != OK)
        pg_close(&pg->db);
    else
        *ret = &pg->db;
    return err;
}

Err pg_make_begin(const char *url, Db **ret)
{
    Pg *pg = pg_new(url, OPEN_ANY_SCHEMA);
    int64_t tables = 0;
    Err err = connect_now(pg);
    if (err == OK)
        err = pg_script(pg, "BEGIN");
    if (err == OK) {
        pg->in_transaction = true;
        err = count_tables(pg, &tables);
    }
    if (err == OK && tables > 0)
        err = fail(ERR_FILE_EXISTS, "path", pg->shown, NULL);
    if (err != OK)
        pg_close(&pg->db);
    else
        *ret = &pg->db;
    return err;
}

Err pg_make_end(Db *db)
{
    Err err = db->driver->commit(db);
    pg_close(db);
    return err;
}

void pg_make_drop(Db *db)
{
    pg_close(db); /* which rolls back */
}
