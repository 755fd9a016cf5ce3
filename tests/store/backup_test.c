#include "store/ledger.h"
#include "store/sqlite.h"
#include "suite.h"
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static Err set_nothing(int64_t entity, void *user)
{
    (void)entity, (void)user;
    return OK;
}

static Store *filled_ledger(void)
{
    Store *store = fresh_ledger();
    begin(store);
    CHECK_OK(store_meta_set(store, "name_zh", STR("江门")));
    int64_t batch = add_batch(store, KIND_PARCEL);
    Added a = add_parcel(store, batch, "A", 1);
    add_parcel(store, batch, "A", 2);
    CHECK_OK(store_winners_set(store, a.entity, STR("\x01\x00\x02")));
    RecordIn bare = parcel_record(batch, "B", 3);
    bare.shape = STR("");
    CHECK_OK(store_record_add(store, &bare, &a.entity, &a.fate, &a.alone));
    CHECK_OK(store_batch_done(store, batch, STR("d1"), &(BatchCounts){3, 2, 1, 0, 0}));
    commit(store);
    int64_t done;
    CHECK_OK(store_begin(store, &(CommitInfo){STR("cli"), STR("x"), STR("key-1"), STR("d")}, &done));
    batch = add_batch(store, KIND_PARCEL);
    add_parcel(store, batch, "C", 4);
    CHECK_OK(store_batch_done(store, batch, STR("d1"), &(BatchCounts){1, 1, 0, 0, 0}));
    commit(store);
    begin(store);
    CHECK_OK(store_batch_undo(store, batch, set_nothing, NULL));
    commit(store);
    return store;
}

/* Everything a ledger says, as text, for comparing two of them. */
static Err describe_entity(const EntityRow *entity, void *user)
{
    Buf *buf = user;
    buf_fmt(buf, "%lld %lld ", (long long)entity->id, (long long)entity->last_commit);
    buf_str(buf, entity->key);
    buf_str(buf, entity->winners);
    for (uint32_t i = 0; i < entity->record_count; i++) {
        const RecordRow *r = &entity->records[i];
        buf_fmt(buf, " [%lld %lld %lld %d %d %d ", (long long)r->id, (long long)r->batch,
                (long long)r->source, r->as_of.first, r->as_of.last, (int)r->visibility);
        buf_str(buf, r->locator);
        buf_str(buf, r->payload);
        buf_str(buf, r->shape);
    }
    buf_c(buf, "\n");
    return OK;
}

static void describe(const char *url, Buf *buf)
{
    Store *store;
    Arena *arena = arena_new();
    CHECK_OK(store_open(url, STORE_READ, &store));
    CHECK_OK(store_check(store, NULL, NULL));
    for (int k = 0; k < KIND_COUNT; k++) {
        CHECK_OK(store_entities(store, (Kind)k, 0, describe_entity, buf));
        buf_c(buf, "changed:");
        CHECK_OK(store_entities(store, (Kind)k, 1, describe_entity, buf));
    }
    BatchInfo *list;
    uint32_t count;
    CHECK_OK(store_batches(store, arena, 100, &list, &count));
    for (uint32_t i = 0; i < count; i++)
        buf_fmt(buf, "batch %lld %lld %lld %lld " STR_FMT "\n", (long long)list[i].id,
                (long long)list[i].commit, (long long)list[i].undone_by, (long long)list[i].counts.read,
                STR_ARG(list[i].at));
    Str name;
    int64_t last;
    CHECK_OK(store_meta_get(store, arena, "name_zh", &name));
    CHECK_OK(store_last_commit(store, &last));
    buf_str(buf, name);
    buf_int(buf, last);
    arena_free(arena);
    store_close(store);
}

static void same_ledger(const char *a, const char *b)
{
    Buf x, y;
    buf_init(&x, 1 << 20);
    buf_init(&y, 1 << 20);
    describe(a, &x);
    describe(b, &y);
    CHECK(x.len > 500);
    CHECK(str_eq(buf_view(&x), buf_view(&y)));
    buf_done(&x);
    buf_done(&y);
}

static const char *file_in(const char *name)
{
    static char paths[4][300];
    static int n;
    char *path = paths[n++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", test_folder(), name);
    return path;
}

TEST(a_backup_says_what_the_ledger_says)
{
    Store *store = filled_ledger();
    CHECK_OK(store_backup(store, file_in("copy.db"), NULL, NULL));
    same_ledger(store_url(store), file_in("copy.db"));
    store_close(store);
}

TEST(what_is_restored_from_a_backup_says_the_same_and_can_be_written)
{
    Store *store = filled_ledger(), *again;
    CHECK_OK(store_backup(store, file_in("copy.db"), NULL, NULL));
    const char *url = second_url();
    CHECK_OK(store_restore(file_in("copy.db"), url, NULL, NULL));
    same_ledger(store_url(store), url);
    CHECK_OK(store_open(url, STORE_WRITE, &again));
    int64_t done, last;
    CHECK_OK(store_begin(again, &(CommitInfo){STR("cli"), STR("x"), STR("key-1"), STR("d")}, &done));
    CHECK(done > 0); /* it knows the keys */
    CHECK_OK(store_last_commit(store, &last));
    begin(again);
    Added next = add_parcel(again, add_batch(again, KIND_PARCEL), "D", 5);
    CHECK_EQ(next.fate, RECORD_ADDED);
    CHECK_EQ(commit(again), last + 1);
    store_close(again);
    store_close(store);
}

TEST(neither_backup_nor_restore_replaces_anything)
{
    Store *store = filled_ledger();
    CHECK_OK(store_backup(store, file_in("copy.db"), NULL, NULL));
    CHECK_ERR(store_backup(store, file_in("copy.db"), NULL, NULL), ERR_FILE_EXISTS);
    CHECK_ERR(store_restore(file_in("copy.db"), store_url(store), NULL, NULL), ERR_FILE_EXISTS);
    store_close(store);
}

TEST(a_damaged_backup_is_not_restored)
{
    Store *store = filled_ledger();
    const char *copy = file_in("copy.db");
    CHECK_OK(store_backup(store, copy, NULL, NULL));
    sqlite3 *sql;
    CHECK_EQ(sqlite3_open(copy, &sql), SQLITE_OK);
    CHECK_EQ(sqlite3_exec(sql, "UPDATE record SET payload = x'ffff' WHERE id = 2", NULL, NULL, NULL),
             SQLITE_OK);
    sqlite3_close(sql);
    const char *url = second_url();
    CHECK_ERR(store_restore(copy, url, NULL, NULL), ERR_DB_CORRUPT);
    Store *none;
    CHECK_ERR(store_open(url, STORE_READ, &none), ERR_FILE_OPEN);
    store_close(store);
}

TEST(a_backup_into_a_folder_that_is_not_there_leaves_nothing)
{
    Store *store = filled_ledger();
    CHECK_ERR(store_backup(store, file_in("none/copy.db"), NULL, NULL), ERR_FILE_WRITE);
    store_close(store);
}

TEST(making_and_copying_leave_no_other_files_behind)
{
    Store *store = filled_ledger();
    CHECK_OK(store_backup(store, file_in("copy.db"), NULL, NULL));
    store_close(store);
    DIR *folder = opendir(test_folder());
    int files = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        files += entry->d_name[0] != '.';
    closedir(folder);
    CHECK_EQ(files, on_postgres() ? 1 : 2);
}

TEST(a_backup_taken_while_another_writes_holds_one_whole_commit)
{
    Store *store = filled_ledger(), *writer;
    CHECK_OK(store_open(store_url(store), STORE_WRITE, &writer));
    CHECK_OK(store_snapshot_begin(store));
    store_snapshot_end(store);
    begin(writer);
    add_parcel(writer, add_batch(writer, KIND_PARCEL), "open", 1);
    CHECK_OK(store_backup(store, file_in("copy.db"), NULL, NULL)); /* not committed: not in it */
    commit(writer);
    Store *copy;
    Arena *arena = arena_new();
    EntityRow entity;
    CHECK_OK(store_open(file_in("copy.db"), STORE_READ, &copy));
    CHECK_ERR(store_entity(copy, arena, KIND_PARCEL, STR("open"), &entity), ERR_ID_UNKNOWN);
    store_close(copy);
    arena_free(arena);
    store_close(writer);
    store_close(store);
}

static void count_call(int64_t done, int64_t total, void *user)
{
    CHECK(done <= total);
    ++*(int *)user;
}

TEST(long_work_tells_how_far_it_is)
{
    Store *store = filled_ledger();
    int calls = 0;
    CHECK_OK(store_backup(store, file_in("copy.db"), count_call, &calls));
    CHECK(calls > 0);
    calls = 0;
    CHECK_OK(store_check(store, count_call, &calls));
    CHECK(calls > 0);
    store_close(store);
}

/* ---- check: each rule can fail ---- */

static void check_fails_after(const char *sql, const char *says)
{
    Store *store = filled_ledger();
    CHECK_OK(store_check(store, NULL, NULL));
    if (store->db->driver == &driver_sqlite)
        CHECK_OK(store->db->driver->script(store->db, "PRAGMA foreign_keys = OFF"));
    CHECK_OK(store->db->driver->script(store->db, sql));
    CHECK_ERR(store_check(store, NULL, NULL), ERR_DB_CORRUPT);
    if (!strstr(fault_arg(fault_last(), "detail"), says))
        test_fail(__FILE__, __LINE__, "%s", fault_arg(fault_last(), "detail"));
    store_close(store);
}

TEST(the_check_finds_what_the_ledger_cannot_mean)
{
    check_fails_after("UPDATE record SET as_of_first = as_of_last + 1 WHERE id = 2", "as-of");
    check_fails_after("UPDATE record SET withdrawn_commit = 999 WHERE id = 2", "withdrawn by a commit");
    check_fails_after("UPDATE batch SET n_read = n_read + 1", "do not add up");
    check_fails_after("UPDATE batch SET n_read = n_read + 1, n_added = n_added + 1",
                      "another number of records");
    check_fails_after("UPDATE entity SET last_commit = 999 WHERE key = 'A'", "changed by a commit");
    check_fails_after("UPDATE entity SET kind = 4 WHERE key = 'A'", "not of their kind");
    check_fails_after("INSERT INTO commit_log VALUES (9, '', '', '', NULL, '')", "commits missing");
}

TEST(the_check_finds_records_that_lead_nowhere)
{
    if (on_postgres()) /* which does not let them be made */
        return;
    check_fails_after("UPDATE record SET batch = 99 WHERE id = 2", "of a batch");
    check_fails_after("UPDATE record SET source = 99 WHERE id = 2", "of a source");
    check_fails_after("UPDATE record SET entity = 99 WHERE id = 2", "record");
}
