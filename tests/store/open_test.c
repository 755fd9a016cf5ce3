/* What is not a sound ledger of this program's schema is refused, each with an error of its own. */
#include "store/ledger.h"
#include "store/migrate.h"
#include "suite.h"
#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(bytes, 1, len, f) == len && fclose(f) == 0);
}

/* Past the store, as another program would. */
static void change(const char *url, const char *sqlite, const char *pg)
{
    if (on_postgres()) {
        PGconn *conn = PQconnectdb(url);
        PGresult *result = PQexec(conn, pg);
        CHECK_EQ(PQresultStatus(result), PGRES_COMMAND_OK);
        PQclear(result);
        PQfinish(conn);
        return;
    }
    sqlite3 *sql;
    CHECK_EQ(sqlite3_open(url, &sql), SQLITE_OK);
    CHECK_EQ(sqlite3_exec(sql, sqlite, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sql);
}

static void refused(const char *url, Err want)
{
    Store *store;
    CHECK_ERR(store_open(url, STORE_READ, &store), want);
    CHECK_ERR(store_open(url, STORE_WRITE, &store), want);
    if (!on_postgres())
        CHECK_STR(str_of(fault_arg(fault_last(), "path")), url);
}

TEST(where_no_ledger_is_none_is_opened)
{
    refused(fresh_url(), ERR_FILE_OPEN);
}

TEST(a_folder_is_not_a_ledger)
{
    if (!on_postgres())
        refused(test_folder(), ERR_FILE_OPEN);
}

static Err fill_or_fail(Store *store, void *user)
{
    TRY(store_meta_set(store, "name_en", STR("filled")));
    return user ? fail(ERR_DISK_FULL, "path", "x", NULL) : OK;
}

TEST(a_ledger_is_made_with_what_fills_it_or_not_at_all)
{
    const char *url = fresh_url();
    CommitInfo info = {.actor = STR("test"), .action = STR("init"), .digest = STR("")};
    Store *store;
    bool wrong = true;
    CHECK_ERR(store_create_with(url, &info, fill_or_fail, &wrong), ERR_DISK_FULL);
    refused(url, ERR_FILE_OPEN);
    CHECK_OK(store_create_with(url, &info, fill_or_fail, NULL));
    CHECK_OK(store_open(url, STORE_READ, &store));
    Str name;
    Arena *arena = arena_new();
    CHECK_OK(store_meta_get(store, arena, "name_en", &name));
    CHECK_STR(name, "filled");
    arena_free(arena);
    store_close(store);
}

TEST(a_ledger_is_not_made_twice)
{
    const char *url = fresh_url();
    CHECK_OK(store_create(url));
    CHECK_ERR(store_create(url), ERR_FILE_EXISTS);
    Store *store;
    CHECK_OK(store_open(url, STORE_WRITE, &store));
    store_close(store);
}

TEST(a_log_left_of_an_earlier_ledger_is_not_taken_for_the_new_ones)
{
    if (on_postgres())
        return;
    char log[700];
    const char *url = fresh_url();
    snprintf(log, sizeof log, "%s-wal", url);
    write_file(log, "left", 4);
    CHECK_ERR(store_create(url), ERR_FILE_EXISTS);
    CHECK_STR(str_of(fault_arg(fault_last(), "path")), log);
    CHECK(access(url, F_OK) != 0);
}

TEST(in_a_folder_that_is_not_there_nothing_is_made)
{
    if (on_postgres())
        return;
    char path[700];
    snprintf(path, sizeof path, "%s/none/x.db", test_folder());
    CHECK_ERR(store_create(path), ERR_FILE_WRITE);
}

TEST(a_file_of_another_program_is_foreign)
{
    if (on_postgres())
        return;
    const char *path = fresh_url();
    write_file(path, "", 0);
    refused(path, ERR_DB_FOREIGN);
    write_file(path, "id,name\n1,x\n", 12);
    refused(path, ERR_DB_FOREIGN);
    char zeros[20000] = {0};
    write_file(path, zeros, sizeof zeros);
    refused(path, ERR_DB_FOREIGN);
    unlink(path);
    change(path, "CREATE TABLE meta (name TEXT, value TEXT); PRAGMA user_version = 1", NULL);
    refused(path, ERR_DB_FOREIGN);
}

TEST(a_database_with_tables_of_another_program_is_foreign)
{
    if (!on_postgres())
        return;
    const char *url = fresh_url();
    change(url, NULL, "CREATE TABLE meta (a int)");
    refused(url, ERR_DB_FOREIGN);
    CHECK_ERR(store_create(url), ERR_FILE_EXISTS);
}

TEST(a_newer_ledger_says_how_new)
{
    const char *url = fresh_url();
    CHECK_OK(store_create(url));
    change(url, "PRAGMA user_version = 99", "UPDATE meta SET value = '99' WHERE name = 'schema'");
    refused(url, ERR_DB_NEWER);
    CHECK_STR(str_of(fault_arg(fault_last(), "have")), "99");
    int from, to;
    CHECK_ERR(store_upgrade(url, &from, &to), ERR_DB_NEWER);
}

TEST(an_older_ledger_asks_for_the_upgrade)
{
    const char *url = fresh_url();
    CHECK_OK(store_create(url));
    change(url, "PRAGMA user_version = 0", "UPDATE meta SET value = '0' WHERE name = 'schema'");
    refused(url, ERR_DB_OLDER);
}

TEST(a_truncated_ledger_is_corrupt_wherever_it_was_cut)
{
    if (on_postgres())
        return;
    const char *path = fresh_url();
    CHECK_OK(store_create(path));
    struct stat st;
    CHECK_EQ(stat(path, &st), 0);
    for (long cut = (long)st.st_size - 1; cut >= 72; cut = cut / 2) {
        CHECK_EQ(truncate(path, cut), 0);
        refused(path, ERR_DB_CORRUPT);
    }
}

TEST(a_page_overwritten_with_noise_is_found_by_the_check)
{
    if (on_postgres())
        return;
    const char *path = fresh_url();
    CHECK_OK(store_create(path));
    struct stat st;
    CHECK_EQ(stat(path, &st), 0);
    char noise[8192];
    memset(noise, 0xA5, sizeof noise);
    int fd = open(path, O_WRONLY);
    CHECK_EQ(pwrite(fd, noise, sizeof noise, (st.st_size / 8192 - 1) * 8192), (long)sizeof noise);
    close(fd);
    Store *store;
    CHECK_OK(store_open(path, STORE_READ, &store));
    CHECK_ERR(store_check(store, NULL, NULL), ERR_DB_CORRUPT);
    store_close(store);
}

/* Runs as a user who may not write; root may everything. */
static int as_nobody(int (*body)(const char *path), const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(100);
        _exit(body(path));
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 101;
}

static int write_is_refused(const char *path)
{
    Store *store;
    if (store_open(path, STORE_WRITE, &store) != ERR_DB_READONLY)
        return 1;
    if (strcmp(fault_arg(fault_last(), "path"), path) != 0)
        return 2;
    if (store_open(path, STORE_READ, &store) != OK)
        return 3;
    int64_t last;
    if (store_last_commit(store, &last) != OK || last != 1)
        return 4;
    store_close(store);
    return 0;
}

static int make_is_refused(const char *path)
{
    return store_create(path) == ERR_FILE_WRITE ? 0 : 1;
}

TEST(a_file_that_may_not_be_written_opens_to_read_only)
{
    if (on_postgres())
        return;
    const char *path = fresh_url();
    CHECK_OK(store_create(path));
    CHECK_EQ(chmod(path, 0444), 0);
    CHECK_EQ(chmod(test_folder(), 0777), 0);
    CHECK_EQ(as_nobody(write_is_refused, path), 0);
}

TEST(in_a_folder_that_may_not_be_written_a_ledger_opens_to_read_only)
{
    if (on_postgres())
        return;
    const char *path = fresh_url();
    CHECK_OK(store_create(path));
    CHECK_EQ(chmod(path, 0666), 0);
    CHECK_EQ(chmod(test_folder(), 0555), 0);
    CHECK_EQ(as_nobody(write_is_refused, path), 0);
    CHECK_EQ(as_nobody(make_is_refused, second_url()), 0);
    CHECK_EQ(chmod(test_folder(), 0755), 0);
}

TEST(while_another_holds_the_write_lock_a_writer_is_told_after_its_time)
{
    Store *first = fresh_ledger(), *second;
    CHECK_OK(store_open(store_url(first), STORE_WRITE, &second));
    begin(first);
    second->db->lock_ms = 50;
    int64_t done;
    CHECK_ERR(store_begin(second, &(CommitInfo){STR("t"), STR("t"), STR(""), STR("")}, &done), ERR_DB_LOCKED);
    commit(first);
    CHECK_OK(store_begin(second, &(CommitInfo){STR("t"), STR("t"), STR(""), STR("")}, &done));
    store_close(second);
    store_close(first);
}

TEST(a_server_that_does_not_answer_is_a_connection_error_without_the_password)
{
    Store *store;
    const char *url = "postgresql://someone:geheim@127.0.0.1:1/none";
    CHECK_ERR(store_open(url, STORE_READ, &store), ERR_DB_CONNECT);
    for (int i = 0; i < fault_last()->count; i++)
        CHECK(!strstr(fault_last()->args[i].text, "geheim"));
    CHECK_STR(str_of(fault_arg(fault_last(), "path")), "postgresql://127.0.0.1:1/none");
}

/* ---- migrations ---- */

static Err fill_two(Db *db)
{
    return db_run(db, Q_META_SET, (Bind[]){B_TEXT(STR("filled_by")), B_TEXT(STR("2"))});
}

static Err fill_badly(Db *db)
{
    TRY(db_run(db, Q_META_SET, (Bind[]){B_TEXT(STR("filled_by")), B_TEXT(STR("3"))}));
    return fail(ERR_DB, "detail", "made to fail", NULL);
}

static const char two_sqlite[] = "ALTER TABLE meta ADD COLUMN note TEXT; PRAGMA user_version = 2";
static const char two_pg[] =
    "ALTER TABLE meta ADD COLUMN note text; UPDATE meta SET value = '2' WHERE name = 'schema'";
static const char three_sqlite[] = "CREATE TABLE more (a INTEGER); PRAGMA user_version = 3";
static const char three_pg[] = "CREATE TABLE more (a int); UPDATE meta SET value = '3' WHERE name = 'schema'";

static int schema_of(const char *url)
{
    Db *db;
    int version;
    CHECK_OK(driver_of(url)->open(url, OPEN_ANY_SCHEMA, &db));
    CHECK_OK(db->driver->schema(db, &version));
    db->driver->close(db);
    return version;
}

TEST(an_upgrade_runs_what_is_missing_and_only_that)
{
    const char *url = fresh_url();
    CHECK_OK(store_create(url));
    int from, to;
    CHECK_OK(store_upgrade(url, &from, &to));
    CHECK_EQ(from, STORE_SCHEMA);
    CHECK_EQ(to, STORE_SCHEMA);
    Migration list[] = {
        store_migrations[0], {2, two_sqlite, two_pg, fill_two}, {3, three_sqlite, three_pg, NULL}};
    CHECK_OK(upgrade_with(url, list, 2, &from, &to));
    CHECK_EQ(from, 1);
    CHECK_EQ(to, 2);
    CHECK_OK(upgrade_with(url, list, 3, &from, &to));
    CHECK_EQ(from, 2);
    CHECK_EQ(to, 3);
    CHECK_EQ(schema_of(url), 3);
    refused(url, ERR_DB_NEWER);
}

TEST(a_migration_that_fails_leaves_what_stood_before_it)
{
    const char *url = fresh_url();
    CHECK_OK(store_create(url));
    Migration list[] = {
        store_migrations[0], {2, two_sqlite, two_pg, fill_two}, {3, three_sqlite, three_pg, fill_badly}};
    int from, to;
    CHECK_ERR(upgrade_with(url, list, 3, &from, &to), ERR_DB);
    CHECK_EQ(schema_of(url), 2);
    list[2].fill = NULL;
    CHECK_OK(upgrade_with(url, list, 3, &from, &to));
    CHECK_EQ(from, 2);
}

TEST(a_migration_that_forgets_its_version_does_not_stand)
{
    const char *url = fresh_url();
    CHECK_OK(store_create(url));
    Migration list[] = {store_migrations[0],
                        {2, "CREATE TABLE more (a INTEGER)", "CREATE TABLE more (a int)", NULL}};
    int from, to;
    CHECK_ERR(upgrade_with(url, list, 2, &from, &to), ERR_INTERNAL);
    CHECK_EQ(schema_of(url), 1);
}

TEST(an_empty_ledger_of_schema_0_becomes_one_of_today)
{
    if (on_postgres()) /* there, a ledger without tables cannot be told from none */
        return;
    const char *path = fresh_url();
    change(path, "PRAGMA page_size = 8192; PRAGMA application_id = 0x4C6E5075", NULL);
    int from, to;
    CHECK_OK(store_upgrade(path, &from, &to));
    CHECK_EQ(from, 0);
    CHECK_EQ(to, 1);
    Store *store;
    CHECK_OK(store_open(path, STORE_WRITE, &store));
    CHECK_OK(store_check(store, NULL, NULL));
    store_close(store);
}
