/* Several connections, in several processes. A child reports through its exit code; order is kept by pipes,
 * never by time. */
#include "store/ledger.h"
#include "suite.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS_A_COMMIT = 20, COMMITS = 30, CHILD_OK = 7 };

typedef int ChildBody(const char *url, int from_parent, int to_parent);

typedef struct Child {
    pid_t pid;
    int to, from;
} Child;

static Child child_start(ChildBody *body, const char *url)
{
    int down[2], up[2];
    CHECK(pipe(down) == 0 && pipe(up) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(down[1]);
        close(up[0]);
        alarm(60);
        _exit(body(url, down[0], up[1]));
    }
    close(down[0]);
    close(up[1]);
    return (Child){pid, down[1], up[0]};
}

static void tell(int fd)
{
    CHECK_EQ(write(fd, "x", 1), 1);
}

static bool heard(int fd)
{
    char c;
    return read(fd, &c, 1) == 1;
}

static void child_done(Child *child)
{
    close(child->to);
    int status;
    CHECK_EQ(waitpid(child->pid, &status, 0), child->pid);
    close(child->from);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), CHILD_OK);
}

static Err count_records(const EntityRow *entity, void *user)
{
    *(int *)user += (int)entity->record_count;
    return OK;
}

/* Reads over and over; each time the number of rows must be whole commits, and agree with the commit's
 * number. */
static int reader_body(const char *url, int from_parent, int to_parent)
{
    Store *store;
    if (store_open(url, STORE_READ, &store) != OK)
        return 1;
    int64_t last = 0;
    bool told = false;
    while (last < 1 + COMMITS) {
        int rows = 0;
        if (store_snapshot_begin(store) != OK || store_last_commit(store, &last) != OK ||
            store_entities(store, KIND_PARCEL, 0, count_records, &rows) != OK)
            return 2;
        store_snapshot_end(store);
        if (rows != (last - 1) * ROWS_A_COMMIT)
            return 3;
        if (!told && write(to_parent, "x", 1) != 1)
            return 4;
        told = true;
    }
    (void)from_parent;
    store_close(store);
    return CHILD_OK;
}

static void commit_rows(Store *store, int number)
{
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    for (int i = 0; i < ROWS_A_COMMIT; i++) {
        char key[40];
        snprintf(key, sizeof key, "P-%d-%d", number, i);
        add_parcel(store, batch, key, i);
    }
    CHECK_OK(
        store_batch_done(store, batch, STR("d1"), &(BatchCounts){ROWS_A_COMMIT, ROWS_A_COMMIT, 0, 0, 0}));
    commit(store);
}

TEST(a_reader_sees_whole_commits_while_a_writer_commits)
{
    Store *store = fresh_ledger();
    Child reader = child_start(reader_body, store_url(store));
    CHECK(heard(reader.from));
    for (int n = 0; n < COMMITS; n++)
        commit_rows(store, n);
    child_done(&reader);
    store_close(store);
}

static int writer_body(const char *url, int from_parent, int to_parent)
{
    Store *store;
    if (store_open(url, STORE_WRITE, &store) != OK)
        return 1;
    if (write(to_parent, "x", 1) != 1 || !heard(from_parent))
        return 2;
    for (int n = 0; n < COMMITS; n++)
        commit_rows(store, 1000 + n);
    store_close(store);
    return CHILD_OK;
}

TEST(two_writers_take_turns_and_no_number_is_given_twice)
{
    Store *store = fresh_ledger();
    Child writer = child_start(writer_body, store_url(store));
    CHECK(heard(writer.from));
    tell(writer.to);
    for (int n = 0; n < COMMITS; n++)
        commit_rows(store, n);
    child_done(&writer);
    int64_t last;
    CHECK_OK(store_last_commit(store, &last));
    CHECK_EQ(last, 1 + 2 * COMMITS);
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 2 * COMMITS * ROWS_A_COMMIT);
    CHECK_OK(store_check(store, NULL, NULL)); /* no gap, every batch whole */
    store_close(store);
}

static int one_commit_body(const char *url, int from_parent, int to_parent)
{
    Store *store;
    if (store_open(url, STORE_WRITE, &store) != OK)
        return 1;
    while (heard(from_parent)) {
        commit_rows(store, (int)clock_now_ns());
        if (write(to_parent, "x", 1) != 1)
            return 2;
    }
    store_close(store);
    return CHILD_OK;
}

TEST(waiting_ends_when_another_connection_commits)
{
    Store *store = fresh_ledger(), *reader;
    CHECK_OK(store_open(store_url(store), STORE_READ, &reader));
    bool changed;
    CHECK_OK(store_wait(reader, 0, &changed));
    CHECK(!changed);
    Child writer = child_start(one_commit_body, store_url(store));
    for (int turn = 0; turn < 3; turn++) {
        tell(writer.to);
        int64_t from = clock_now_ns();
        CHECK_OK(store_wait(reader, 30000, &changed));
        CHECK(changed);
        CHECK(clock_now_ns() - from < INT64_C(20000000000));
        CHECK(heard(writer.from));
        /* SQLite's version may have moved between the write and its acknowledgement. */
        CHECK_OK(store_wait(reader, 0, &changed));
    }
    child_done(&writer);
    CHECK_OK(store_wait(reader, 20, &changed));
    CHECK(!changed);
    store_close(reader);
    store_close(store);
}

TEST(a_commit_made_before_the_first_wait_is_told)
{
    Store *store = fresh_ledger(), *reader;
    CHECK_OK(store_open(store_url(store), STORE_READ, &reader));
    commit_rows(store, 1);
    bool changed;
    CHECK_OK(store_wait(reader, 0, &changed));
    CHECK(changed);
    CHECK_OK(store_wait(reader, 0, &changed));
    CHECK(!changed);
    store_close(reader);
    store_close(store);
}

TEST(a_snapshot_stays_at_its_commit)
{
    Store *store = fresh_ledger(), *reader;
    CHECK_OK(store_open(store_url(store), STORE_READ, &reader));
    commit_rows(store, 1);
    CHECK_OK(store_snapshot_begin(reader));
    commit_rows(store, 2);
    CHECK_EQ(count_entities(reader, KIND_PARCEL, 0), ROWS_A_COMMIT);
    int64_t last;
    CHECK_OK(store_last_commit(reader, &last));
    CHECK_EQ(last, 2);
    store_snapshot_end(reader);
    CHECK_EQ(count_entities(reader, KIND_PARCEL, 0), 2 * ROWS_A_COMMIT);
    store_close(reader);
    store_close(store);
}

/* ---- a visitor may ask the ledger ---- */

static Err ask_within(const EntityRow *entity, void *user)
{
    Store *store = user;
    Arena *arena = arena_new();
    EntityRow again;
    Err err = store_entity(store, arena, entity->kind, entity->key, &again);
    if (err == OK && again.id != entity->id)
        err = fail(ERR_INTERNAL, "detail", "another entity", NULL);
    arena_free(arena);
    if (err == OK && count_entities(store, KIND_SOURCE, 0) != 1)
        err = fail(ERR_INTERNAL, "detail", "the inner scan saw something else", NULL);
    return err;
}

TEST(a_visitor_may_read_the_ledger_while_it_is_being_scanned)
{
    Store *store = fresh_ledger();
    commit_rows(store, 1);
    CHECK_OK(store_entities(store, KIND_PARCEL, 0, ask_within, store));
    CHECK_OK(store_entities(store, KIND_SOURCE, 0, ask_within, store)); /* the same query within itself */
    store_close(store);
}

static Err stop(const EntityRow *entity, void *user)
{
    (void)entity;
    ++*(int *)user;
    return fail(ERR_INTERNAL, "detail", "enough", NULL);
}

TEST(a_visitor_that_fails_ends_the_scan_with_its_error)
{
    Store *store = fresh_ledger();
    commit_rows(store, 1);
    int calls = 0;
    CHECK_ERR(store_entities(store, KIND_PARCEL, 0, stop, &calls), ERR_INTERNAL);
    CHECK_EQ(calls, 1);
    commit_rows(store, 2); /* the connection is as before */
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 2 * ROWS_A_COMMIT);
    store_close(store);
}

TEST(a_scan_longer_than_one_fetch_is_complete_and_in_order)
{
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    for (int i = 0; i < 2000; i++) { /* twice what the PostgreSQL driver fetches at once, to the row */
        char key[40];
        snprintf(key, sizeof key, "P-%d", i);
        add_parcel(store, batch, key, i);
    }
    commit(store);
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 2000);
    store_close(store);
}

/* ---- PostgreSQL alone: a connection that breaks ---- */

TEST(a_connection_that_broke_between_transactions_is_made_anew)
{
    if (!on_postgres())
        return;
    Store *store = fresh_ledger(), *other;
    commit_rows(store, 1);
    CHECK_OK(store_open(store_url(store), STORE_WRITE, &other));
    CHECK_OK(other->db->driver->script(other->db,
                                       "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                       " WHERE pid <> pg_backend_pid() AND application_name = 'lianpu'"
                                       " AND datname = current_database()"));
    int64_t last;
    Err first = store_last_commit(store, &last); /* this one may still find out */
    CHECK(first == OK || first == ERR_DB_CONNECT);
    CHECK_OK(store_last_commit(store, &last));
    commit_rows(store, 2);
    store_close(other);
    store_close(store);
}

TEST(a_connection_that_breaks_at_commit_leaves_the_outcome_unknown)
{
    if (!on_postgres())
        return;
    Store *store = fresh_ledger(), *other;
    CHECK_OK(store_open(store_url(store), STORE_WRITE, &other));
    int64_t done, number;
    CommitInfo info = {STR("cli"), STR("x"), STR("key-9"), STR("d")};
    CHECK_OK(store_begin(store, &info, &done));
    /* A deferred trigger ends the connection while COMMIT runs. */
    CHECK_OK(other->db->driver->script(
        other->db,
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); RETURN NULL; END$$;"
        "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON meta DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION cut()"));
    CHECK_OK(store_meta_set(store, "name_zh", STR("x")));
    CHECK_ERR(store_commit(store, &number), ERR_COMMIT_UNKNOWN);
    CHECK_STR(str_of(fault_arg(fault_last(), "key")), "key-9");
    /* The key tells: it did not stand, so the same request begins again. */
    CHECK_OK(store_begin(store, &info, &done));
    CHECK_EQ(done, 0);
    store_rollback(store);
    store_close(other);
    store_close(store);
}

TEST(a_gis_sees_live_public_shapes_and_no_others)
{
    if (!on_postgres())
        return;
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    add_parcel(store, batch, "open", 1);
    RecordIn secret = parcel_record(batch, "secret", 2);
    secret.visibility = AUDIENCE_STAFF;
    Added added;
    CHECK_OK(store_record_add(store, &secret, &added.entity, &added.fate, &added.alone));
    commit(store);
    CHECK_OK(store->db->driver->script(
        store->db,
        "DO $$BEGIN"
        " ASSERT (SELECT count(*) FROM public_shape) = 1;"
        " ASSERT (SELECT key || ' ' || kind || ' ' || as_of FROM public_shape) = 'open parcel 2022-11-30';"
        " ASSERT (SELECT ST_SRID(shape) = 4326 AND ST_IsValid(shape) FROM public_shape);"
        " ASSERT (SELECT count(*) FROM pg_indexes WHERE indexname = 'record_shape'"
        "         AND schemaname = current_schema() AND indexdef LIKE '%gist%') = 1; END$$"));
    store_close(store);
}
