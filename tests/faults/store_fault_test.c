/* The ledger at every write and sync of its work: killed, without power, with a full disk. */
#include "model/value.h"
#include "powercut.h"
#include "store/ledger.h"
#include "store/migrate.h"
#include "test.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* A sanitized child takes ten times as long to fork: there, each third event must do. */
#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
enum { STRIDE = 3 };
#else
enum { STRIDE = 1 };
#endif

enum { CHILD_OK = 7, CHILD_UNSOUND = 8, ROWS = 12, SEEDS = 3, EVENTS_MAX = 4000 };

/* Written by the child, read by the parent after its death. */
typedef struct Shared {
    volatile int events;
    volatile int acknowledged; /* steps that were said to be done */
    volatile int failed;       /* an Err that a step ended with */
    const char *pragma;        /* run after opening: to weaken the ledger on purpose */
    const char *path, *other;
} Shared;

typedef struct Scenario {
    bool from_nothing; /* else it starts with an empty ledger */
    void (*act)(Shared *shared);
    const char *(*unsound)(Shared *shared); /* NULL: all is as it must be */
} Scenario;

/* ---- steps ---- */

#define STEP(call)                                                                                           \
    do {                                                                                                     \
        Err step_err_ = (call);                                                                              \
        if (step_err_ != OK) {                                                                               \
            shared->failed = (int)step_err_;                                                                 \
            goto done;                                                                                       \
        }                                                                                                    \
    } while (0)

static Err add_rows(Store *store, int64_t batch, int round, int rows)
{
    Buf payload;
    buf_init(&payload, 4000);
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    char name[300];
    memset(name, 'n', sizeof name);
    values[FIELD_NAME_EN] = (Value){.state = VALUE_KNOWN, .text = {name, sizeof name}};
    pack_values(&payload, KIND_PARCEL, values);
    Err err = OK;
    for (int i = 0; i < rows && err == OK; i++) {
        char key[40];
        int len = snprintf(key, sizeof key, "P-%d-%d", round, i);
        RecordIn in = {.kind = KIND_PARCEL,
                       .key = {key, (size_t)len},
                       .batch = batch,
                       .source = entity_id_floor(KIND_SOURCE) + 1,
                       .visibility = AUDIENCE_PUBLIC,
                       .locator = STR(""),
                       .payload = buf_view(&payload),
                       .shape = STR("")};
        int64_t entity;
        RecordFate fate;
        bool alone;
        err = store_record_add(store, &in, &entity, &fate, &alone);
    }
    buf_done(&payload);
    return err;
}

static Err begin(Store *store)
{
    int64_t done;
    return store_begin(store, &(CommitInfo){STR("test"), STR("test"), STR(""), STR("")}, &done);
}

static Err add_batch(Store *store, int round, int rows)
{
    int64_t batch;
    TRY(store_batch_add(store,
                        &(BatchInfo){.kind = KIND_PARCEL,
                                     .source = entity_id_floor(KIND_SOURCE) + 1,
                                     .file_name = STR("f"),
                                     .file_digest = STR("d"),
                                     .counts = {rows, rows, 0, 0, 0}},
                        &batch));
    return add_rows(store, batch, round, rows);
}

static Err import_rows(Store *store, int round, int rows)
{
    int64_t number;
    TRY(begin(store));
    TRY(add_batch(store, round, rows));
    return store_commit(store, &number);
}

static Err fill(Store *store, void *user)
{
    (void)user;
    return add_batch(store, 0, 2000); /* enough for pages to be written before the end */
}

static Err keep_winner(int64_t entity, void *user)
{
    return store_winners_set(user, entity, STR("w"));
}

static Err undo(Store *store, int64_t batch)
{
    int64_t number;
    TRY(begin(store));
    TRY(store_batch_undo(store, batch, keep_winner, store));
    return store_commit(store, &number);
}

static Err open_ledger(Shared *shared, Store **ret)
{
    TRY(store_open(shared->path, STORE_WRITE, ret));
    return shared->pragma ? (*ret)->db->driver->script((*ret)->db, shared->pragma) : OK;
}

/* Imports, an undo, an import again; each acknowledged. Rows that live after so many of them: */
static const int rows_after[] = {0, ROWS, 2 * ROWS, ROWS, 2 * ROWS};
enum { STEPS = 4 };

static void act_commits(Shared *shared)
{
    Store *store = NULL;
    STEP(open_ledger(shared, &store));
    STEP(import_rows(store, 1, ROWS));
    shared->acknowledged = 1;
    STEP(import_rows(store, 2, ROWS));
    shared->acknowledged = 2;
    STEP(undo(store, 1));
    shared->acknowledged = 3;
    STEP(import_rows(store, 3, ROWS));
    shared->acknowledged = 4;
done:
    store_close(store);
}

/* The same with a log that is folded into the file at each commit, and a cache so small that an open
 * transaction spills. */
static void act_checkpoints(Shared *shared)
{
    shared->pragma = "PRAGMA wal_autocheckpoint = 1; PRAGMA cache_size = 10";
    act_commits(shared);
}

static Err count_records(const EntityRow *entity, void *user)
{
    *(int *)user += (int)entity->record_count;
    return OK;
}

static char why[400];

static const char *because(const char *what)
{
    snprintf(why, sizeof why, "%s: %s %s", what, err_name(fault_last()->code),
             fault_arg(fault_last(), "detail"));
    return why;
}

static const char *unsound_commits(Shared *shared)
{
    Store *store;
    if (store_open(shared->path, STORE_WRITE, &store) != OK)
        return because("it does not open");
    const char *found = NULL;
    int64_t last = 0;
    int rows = 0;
    if (store->db->driver->script(store->db, "PRAGMA synchronous = OFF") !=
        OK) /* this disk does not fail: be quick */
        found = because("a pragma");
    else if (store_check(store, NULL, NULL) != OK)
        found = because("the check");
    else if (store_last_commit(store, &last) != OK ||
             store_entities(store, KIND_PARCEL, 0, count_records, &rows) != OK)
        found = because("reading");
    else if (last - 1 < shared->acknowledged)
        found = "an acknowledged commit is lost";
    else if (last - 1 > shared->acknowledged + 1)
        found = "more commits than were tried";
    else if (rows != rows_after[last - 1])
        found = "a commit is there in part";
    else if (import_rows(store, 9, ROWS) != OK || store_check(store, NULL, NULL) != OK)
        found = because("going on");
    store_close(store);
    return found;
}

static void act_create(Shared *shared)
{
    Store *store = NULL;
    STEP(store_create_with(shared->path, &(CommitInfo){STR("test"), STR("init"), STR(""), STR("")}, fill,
                           NULL));
    shared->acknowledged = 1;
    STEP(open_ledger(shared, &store)); /* so that something happens after the acknowledgement */
    STEP(import_rows(store, 1, ROWS));
done:
    store_close(store);
}

static const char *unsound_new_file(const char *path, bool must_be)
{
    Store *store;
    Err err = store_open(path, STORE_READ, &store);
    if (err == ERR_FILE_OPEN && !must_be && access(path, F_OK) != 0)
        return NULL;
    if (err != OK)
        return because("half of it is there");
    const char *found = store_check(store, NULL, NULL) == OK ? NULL : because("the check");
    store_close(store);
    return found;
}

static const char *unsound_create(Shared *shared)
{
    return unsound_new_file(shared->path, shared->acknowledged);
}

static void act_backup(Shared *shared)
{
    Store *store = NULL;
    STEP(open_ledger(shared, &store));
    STEP(import_rows(store, 1, ROWS));
    shared->acknowledged = 1;
    STEP(store_backup(store, shared->other, NULL, NULL));
    shared->acknowledged = 2;
done:
    store_close(store);
}

static const char *unsound_backup(Shared *shared)
{
    const char *found = unsound_new_file(shared->other, shared->acknowledged == 2);
    if (shared->acknowledged == 2)
        shared->acknowledged = 1; /* commits */
    return found ? found : unsound_commits(shared);
}

static Err fill_two(Db *db)
{
    return db_run(db, Q_META_SET, (Bind[]){B_TEXT(STR("upgraded")), B_TEXT(STR("2"))});
}

static const char two[] =
    "CREATE TABLE more (a INTEGER); INSERT INTO more VALUES (1); PRAGMA user_version = 2";
static const char three[] = "DROP TABLE more; PRAGMA user_version = 3";

static void act_upgrade(Shared *shared)
{
    Migration list[] = {store_migrations[0], {2, two, "", fill_two}, {3, three, "", NULL}};
    int from, to;
    STEP(upgrade_with(shared->path, list, 2, &from, &to));
    shared->acknowledged = 2;
    STEP(upgrade_with(shared->path, list, 3, &from, &to));
    shared->acknowledged = 3;
done:;
}

static const char *unsound_upgrade(Shared *shared)
{
    Db *db;
    int version = 0;
    if (driver_sqlite.open(shared->path, OPEN_ANY_SCHEMA, &db) != OK)
        return because("it does not open");
    const char *found = NULL;
    if (driver_sqlite.integrity(db) != OK || driver_sqlite.schema(db, &version) != OK)
        found = because("the check");
    else if (version < shared->acknowledged)
        found = "an acknowledged upgrade is lost";
    else if ((driver_sqlite.script(db, "SELECT a FROM more") == OK) != (version == 2))
        found = "an upgrade is there in part";
    driver_sqlite.close(db);
    return found;
}

static const Scenario commits = {false, act_commits, unsound_commits};
static const Scenario checkpoints = {false, act_checkpoints, unsound_commits};
static const Scenario create = {true, act_create, unsound_create};
static const Scenario backup = {false, act_backup, unsound_backup};
static const Scenario upgrade = {false, act_upgrade, unsound_upgrade};

/* ---- running them ---- */

static void empty_folder(void)
{
    DIR *folder = opendir(test_folder());
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", test_folder(), entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    closedir(folder);
}

static void write_bytes(const char *path, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    CHECK(fd >= 0 && write(fd, bytes, len) == (ssize_t)len);
    close(fd);
}

static char empty_ledger[1 << 18];
static size_t empty_len;

static void prepare(const Scenario *scenario, Shared *shared)
{
    static char path[300], other[300];
    snprintf(path, sizeof path, "%s/ledger.db", test_folder());
    snprintf(other, sizeof other, "%s/copy.db", test_folder());
    shared->path = path;
    shared->other = other;
    shared->events = shared->acknowledged = shared->failed = 0;
    if (!empty_len) {
        CHECK_OK(store_create(path));
        int fd = open(path, O_RDONLY);
        empty_len = (size_t)read(fd, empty_ledger, sizeof empty_ledger);
        close(fd);
        CHECK(empty_len > 0 && empty_len < sizeof empty_ledger);
    }
    empty_folder();
    if (!scenario->from_nothing)
        write_bytes(path, empty_ledger, empty_len);
}

static Shared *shared_memory(void)
{
    Shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(shared != MAP_FAILED);
    return shared;
}

/* In a child: the act, with the fault at event `at`. Returns its exit code. */
static int run(const Scenario *scenario, Shared *shared, FaultKind kind, int at, unsigned seed)
{
    prepare(scenario, shared);
    pid_t child = fork();
    if (child == 0) {
        alarm(30);
        powercut_start(kind, at, seed, &shared->events);
        scenario->act(shared);
        _exit(CHILD_OK);
    }
    int status;
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}

typedef struct Tally {
    int runs, unsound;
    char first[600];
} Tally;

static Tally run_at_every_event(const Scenario *scenario, const char *pragma, FaultKind kind, int seeds)
{
    Shared *shared = shared_memory();
    shared->pragma = pragma;
    CHECK_EQ(run(scenario, shared, FAULT_NONE, 0, 0), CHILD_OK);
    CHECK_EQ(shared->failed, OK);
    int events = shared->events;
    CHECK(events > 5 && events < EVENTS_MAX);
    Tally tally = {.runs = 0};
    for (int at = 1; at <= events; at += STRIDE) {
        for (int seed = 0; seed < seeds; seed++) {
            shared->pragma = pragma;
            CHECK_EQ(run(scenario, shared, kind, at, (unsigned)(at * 31 + seed)), POWERCUT_EXIT);
            const char *found = scenario->unsound(shared);
            tally.runs++;
            if (found && tally.unsound++ == 0)
                snprintf(tally.first, sizeof tally.first, "event %d of %d, seed %d, %d acknowledged: %s", at,
                         events, seed, shared->acknowledged, found);
        }
    }
    munmap(shared, sizeof *shared);
    return tally;
}

static void holds(const Scenario *scenario)
{
    struct {
        FaultKind kind;
        int seeds;
    } faults[] = {{FAULT_KILL, 1}, {FAULT_DROP, 1}, {FAULT_TEAR, SEEDS}};
    for (int f = 0; f < 3; f++) {
        Tally tally = run_at_every_event(scenario, NULL, faults[f].kind, faults[f].seeds);
        if (tally.unsound)
            test_fail(__FILE__, __LINE__, "fault %d: %d of %d runs; %s", faults[f].kind, tally.unsound,
                      tally.runs, tally.first);
    }
}

TEST(no_acknowledged_commit_is_lost_and_no_batch_is_half_there)
{
    holds(&commits);
}

TEST(nor_while_the_log_is_folded_into_the_file_and_transactions_spill)
{
    holds(&checkpoints);
}

TEST(a_ledger_is_made_whole_or_not_at_all)
{
    holds(&create);
}

TEST(a_backup_is_made_whole_or_not_at_all)
{
    holds(&backup);
}

TEST(an_upgrade_stops_only_between_migrations)
{
    holds(&upgrade);
}

TEST(the_power_cut_finds_a_ledger_that_does_not_sync)
{
    Tally normal = run_at_every_event(&commits, "PRAGMA synchronous = NORMAL", FAULT_DROP, 1);
    CHECK(normal.unsound > 0);
    CHECK(strstr(normal.first, "an acknowledged commit is lost"));
    Tally off = run_at_every_event(&commits, "PRAGMA synchronous = OFF", FAULT_DROP, 1);
    CHECK(off.unsound > 0);
    Tally torn = run_at_every_event(&checkpoints, NULL, FAULT_KILL, 1);
    CHECK_EQ(torn.unsound, 0);
}

/* ---- a full disk, a sync that fails: the process lives on ---- */

static Tally fail_at_every_event(const Scenario *scenario, FaultKind kind, Err want, Err or_else)
{
    Shared *shared = shared_memory();
    CHECK_EQ(run(scenario, shared, FAULT_NONE, 0, 0), CHILD_OK);
    int events = shared->events;
    Tally tally = {.runs = 0};
    for (int at = 1; at <= events; at += STRIDE) {
        shared->pragma = NULL;
        CHECK_EQ(run(scenario, shared, kind, at, 0), CHILD_OK);
        const char *found = scenario->unsound(shared);
        if (!found && shared->failed != OK && shared->failed != (int)want && shared->failed != (int)or_else)
            found = err_name((Err)shared->failed);
        tally.runs += shared->failed != OK;
        if (found && tally.unsound++ == 0)
            snprintf(tally.first, sizeof tally.first, "event %d of %d: %s", at, events, found);
    }
    munmap(shared, sizeof *shared);
    return tally;
}

static void fails_well(const Scenario *scenario, FaultKind kind, Err want, Err or_else)
{
    Tally tally = fail_at_every_event(scenario, kind, want, or_else);
    if (tally.unsound)
        test_fail(__FILE__, __LINE__, "%d runs; %s", tally.unsound, tally.first);
    CHECK(tally.runs > 3); /* the fault was met */
}

TEST(a_full_disk_is_said_and_leaves_nothing_half_made)
{
    fails_well(&commits, FAULT_FULL, ERR_DISK_FULL, ERR_DISK_FULL);
    fails_well(&checkpoints, FAULT_FULL, ERR_DISK_FULL, ERR_DISK_FULL);
    fails_well(&create, FAULT_FULL, ERR_DISK_FULL, ERR_DISK_FULL);
    fails_well(&backup, FAULT_FULL, ERR_DISK_FULL, ERR_DISK_FULL);
    fails_well(&upgrade, FAULT_FULL, ERR_DISK_FULL, ERR_DISK_FULL);
}

TEST(a_sync_that_fails_at_commit_leaves_the_outcome_unknown)
{
    fails_well(&commits, FAULT_SYNC, ERR_COMMIT_UNKNOWN, ERR_COMMIT_UNKNOWN);
}

static void act_full_create(Shared *shared)
{
    STEP(store_create_with(shared->path, &(CommitInfo){STR("test"), STR("init"), STR(""), STR("")}, fill,
                           NULL));
    shared->acknowledged = 1;
done:;
    DIR *folder = opendir(test_folder());
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.' && shared->failed)
            _exit(CHILD_UNSOUND);
    closedir(folder);
}

TEST(making_a_ledger_on_a_full_disk_leaves_no_file)
{
    Scenario scenario = {true, act_full_create, unsound_create};
    fails_well(&scenario, FAULT_FULL, ERR_DISK_FULL, ERR_DISK_FULL);
}

static void act_full_then_space(Shared *shared)
{
    Store *store = NULL;
    STEP(open_ledger(shared, &store));
    Err err = import_rows(store, 1, ROWS);
    if (err != OK) {
        shared->failed = (int)err;
        store_rollback(store);
        powercut_heal();
        if (import_rows(store, 1, ROWS) != OK) /* the same connection goes on */
            _exit(CHILD_UNSOUND);
    }
    shared->acknowledged = 1;
done:
    store_close(store);
}

TEST(when_there_is_space_again_the_same_connection_goes_on)
{
    Scenario scenario = {false, act_full_then_space, unsound_commits};
    fails_well(&scenario, FAULT_FULL, ERR_DISK_FULL, ERR_DISK_FULL);
}
