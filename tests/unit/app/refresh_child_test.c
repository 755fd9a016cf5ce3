/* Bases built by a child while deltas go on. The child is this very program: it builds in earnest, and where
 * the test has made a gate, it says that it has built and then waits until it may end. */
#include "app/app.h"
#include "app/build.h"
#include "app/build_child.h"
#include "app/refresh.h"
#include "atlas/picture.h"
#include "ledger.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char SOURCES[] = "id,name_zh,authority,visibility,rows_visibility,refresh_d\n"
                              "bureau,局,60,public,public,180\n"
                              "secret,密,99,restricted,public,1\n";

enum { PATIENCE_S = 100 }; /* a child that never comes is waited for no longer */

static Store *store;
static Refresher *refresher;
static AppConfig config;
static char dir[200], url[200];

/* ---- the child ---- */

static const char *in_dir(const char *folder, const char *name)
{
    static char paths[4][300];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

__attribute__((constructor)) static void be_the_child(int argc, char **argv)
{
    if (argc != 4 || strcmp(argv[1], BUILD_CHILD_COMMAND) != 0)
        return;
    if (access(in_dir(argv[2], "fail"), F_OK) == 0)
        _exit(3);
    Err err = build_child_main(argv[2], argv[3]);
    if (access(in_dir(argv[2], "gate"), F_OK) == 0) {
        int built = open(in_dir(argv[2], "built"), O_WRONLY); /* open as long as it lives */
        int gate = open(in_dir(argv[2], "gate"), O_RDONLY);
        _exit(built < 0 || gate < 0 || err != OK);
    }
    _exit(err != OK);
}

static void make_gate(void)
{
    CHECK_EQ(mkfifo(in_dir(dir, "built"), 0600), 0);
    CHECK_EQ(mkfifo(in_dir(dir, "gate"), 0600), 0);
}

/* Returns when the child has read the ledger; reading gives the end of the file when the child has ended. */
static int until_built(void)
{
    int fd = open(in_dir(dir, "built"), O_RDONLY);
    CHECK(fd >= 0);
    return fd;
}

static void until_ended(void)
{
    siginfo_t info;
    CHECK_EQ(waitid(P_ALL, 0, &info, WEXITED | WNOWAIT), 0);
}

static void let_it_end(void)
{
    close(until_built());
    int fd = open(in_dir(dir, "gate"), O_WRONLY);
    CHECK(fd >= 0);
    close(fd);
    until_ended();
}

static bool a_child_is_there(void)
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOWAIT | WNOHANG) == 0;
}

/* ---- the one who waits for it ---- */

static void turn(void)
{
    CHECK_OK(refresher_once(refresher, AUDIENCE_PUBLIC));
}

static void open_refresher(void)
{
    config = (AppConfig){.url = url, .atlas_dir = dir, .build_in_child = true};
    CHECK_OK(refresher_new(&config, &refresher));
}

static void begin_ledger(const char *name)
{
    store = ledger_new(name);
    snprintf(url, sizeof url, "%s", store_url(store));
    snprintf(dir, sizeof dir, "%s/atlas", test_folder());
    import_good(store, KIND_SOURCE, "", SOURCES);
    alarm(PATIENCE_S);
}

static void add_parcels(const char *rows)
{
    import_good(store, KIND_PARCEL, "bureau", rows);
}

/* A first base is there; the next child will find a gate. */
static void begin(void)
{
    begin_ledger("l.db");
    CHECK_EQ(mkdir(dir, 0700), 0);
    add_parcels("id,area_m2\na,100\nb,200\n");
    open_refresher();
    turn();
    until_ended();
    turn();
    make_gate();
}

static void end(void)
{
    refresher_free(refresher);
    store_close(store);
}

static void add_many(const char *source, int count)
{
    Buf rows;
    buf_init(&rows, 1 << 20);
    buf_c(&rows, "id,area_m2\n");
    for (int i = 0; i < count; i++)
        buf_fmt(&rows, "n%d,%d\n", i, i + 1);
    buf_byte(&rows, '\0');
    import_good(store, KIND_PARCEL, source, rows.ptr);
    buf_done(&rows);
}

/* A child builds, the ledger as of now in its hands; all of it is shown as a delta already. */
static void begin_building(void)
{
    add_many("bureau", DELTA_ROWS_MAX / 2 + 1);
    turn();
    close(until_built());
}

static void add_port(const char *key)
{
    char rows[100];
    snprintf(rows, sizeof rows, "id,type,geometry\n%s,port,POINT(113 22)\n", key);
    import_good(store, KIND_FACILITY, "bureau", rows);
}

static bool shown(Kind kind, const char *key)
{
    RowRef at;
    Atlas *atlas = refresher_view(refresher, AUDIENCE_PUBLIC);
    CHECK(atlas != NULL);
    bool found = atlas_find(atlas, kind, str_of(key), &at) == OK;
    atlas_unref(atlas);
    return found;
}

static int64_t area(const char *key)
{
    RowRef at;
    Value value;
    Atlas *atlas = refresher_view(refresher, AUDIENCE_PUBLIC);
    CHECK(atlas != NULL);
    CHECK_OK(atlas_find(atlas, KIND_PARCEL, str_of(key), &at));
    table_value(NULL, atlas_table(atlas, KIND_PARCEL, at.segment), at.row,
                (uint32_t)field_index(KIND_PARCEL, STR("area_m2")), &value);
    atlas_unref(atlas);
    return value.num / 100;
}

static int64_t base_commit(void)
{
    Atlas *atlas = refresher_view(refresher, AUDIENCE_PUBLIC);
    CHECK(atlas != NULL);
    int64_t commit = atlas->segments[0]->header.commit;
    atlas_unref(atlas);
    return commit;
}

static AppStats stats(void)
{
    AppStats ret;
    refresher_stats(refresher, &ret);
    return ret;
}

static int bases_on_disk(void)
{
    int count = 0;
    DIR *folder = opendir(dir);
    CHECK(folder != NULL);
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += strstr(entry->d_name, "-base-") != NULL;
    closedir(folder);
    return count;
}

static void same_as_a_fresh_base(void)
{
    Store *reader;
    Atlas *fresh, *atlas = refresher_view(refresher, AUDIENCE_PUBLIC);
    CHECK(atlas != NULL);
    CHECK_OK(store_open(url, STORE_READ, &reader));
    CHECK_OK(build_base(reader, dir, AUDIENCE_PUBLIC, &fresh));
    store_close(reader);
    CHECK(atlas_content(fresh) == atlas_content(atlas));
    atlas_unref(fresh);
    atlas_unref(atlas);
}

TEST(commits_made_while_a_base_is_built_are_shown_before_it_ends)
{
    begin();
    int64_t first = base_commit();
    begin_building();
    CHECK(shown(KIND_PARCEL, "n0"));
    add_parcels("id,area_m2\na,150\n");
    turn();
    CHECK_EQ(area("a"), 150);
    add_parcels("id,area_m2\nb,250\n");
    turn();
    CHECK_EQ(area("b"), 250);
    CHECK_EQ(base_commit(), first);
    end();
}

TEST(nothing_is_lost_when_the_base_lands)
{
    begin();
    int64_t first = base_commit();
    begin_building();
    add_parcels("id,area_m2\na,150\n");
    turn();
    add_parcels("id,area_m2\nb,250\nc,300\n"); /* seen for the first time when the base lands */
    let_it_end();
    turn();
    CHECK(base_commit() > first);
    CHECK_EQ(area("a"), 150);
    CHECK_EQ(area("b"), 250);
    CHECK_EQ(area("c"), 300);
    CHECK_EQ(bases_on_disk(), 1);
    CHECK(!a_child_is_there());
    same_as_a_fresh_base();
    end();
}

TEST(a_base_after_which_nothing_was_committed_stands_alone_and_is_no_swap)
{
    begin();
    begin_building();
    uint64_t swaps = stats().swaps;
    let_it_end();
    turn();
    Atlas *atlas = refresher_view(refresher, AUDIENCE_PUBLIC);
    CHECK_EQ(atlas_segments(atlas), 1);
    CHECK_EQ(atlas_count(atlas, KIND_PARCEL), DELTA_ROWS_MAX / 2 + 3);
    atlas_unref(atlas);
    CHECK_EQ(stats().swaps, swaps);
    CHECK_EQ(stats().base_builds, 2);
    end();
}

TEST(what_was_changed_and_changed_back_while_a_base_was_built_is_as_it_was)
{
    begin();
    begin_building();
    add_parcels("id,area_m2\na,150\n");
    turn();
    add_parcels("id,area_m2\na,100\n");
    let_it_end();
    turn(); /* the base says what is true, but is older than what is shown */
    CHECK_EQ(area("a"), 100);
    let_it_end(); /* the next one is not */
    turn();
    CHECK_EQ(area("a"), 100);
    CHECK_EQ(bases_on_disk(), 1);
    same_as_a_fresh_base();
    end();
}

TEST(a_facility_while_a_base_is_built_waits_for_the_base_after_it)
{
    begin();
    begin_building();
    add_parcels("id,area_m2\na,150\n");
    turn();
    add_port("p");
    turn();
    add_parcels("id,area_m2\nb,250\n");
    turn();
    CHECK(!shown(KIND_FACILITY, "p"));
    CHECK_EQ(area("a"), 150);
    CHECK_EQ(area("b"), 200);
    let_it_end();
    turn(); /* neither can this base show the port, nor is it newer than what is shown */
    CHECK_EQ(area("a"), 150);
    CHECK(!shown(KIND_FACILITY, "p"));
    let_it_end();
    turn();
    CHECK(shown(KIND_FACILITY, "p"));
    CHECK_EQ(area("a"), 150);
    CHECK_EQ(area("b"), 250);
    CHECK_EQ(bases_on_disk(), 1);
    CHECK(!a_child_is_there());
    same_as_a_fresh_base();
    end();
}

TEST(a_base_that_newer_facilities_have_passed_is_shown_until_the_next)
{
    begin();
    add_port("p");
    turn();
    close(until_built());
    add_port("q");
    let_it_end();
    turn();
    CHECK(shown(KIND_FACILITY, "p"));
    CHECK(!shown(KIND_FACILITY, "q"));
    let_it_end();
    turn();
    CHECK(shown(KIND_FACILITY, "q"));
    end();
}

TEST(a_child_that_fails_keeps_the_old_atlas_and_deltas_go_on_until_one_succeeds)
{
    begin();
    int64_t first = base_commit();
    fclose(fopen(in_dir(dir, "fail"), "w"));
    add_many("bureau", DELTA_ROWS_MAX / 2 + 1);
    turn();
    until_ended();
    turn();
    CHECK_EQ(stats().failed_builds, 1);
    CHECK(!a_child_is_there()); /* not at once again */
    add_parcels("id,area_m2\na,150\n");
    turn();
    CHECK_EQ(area("a"), 150);
    CHECK_EQ(base_commit(), first);
    CHECK_EQ(unlink(in_dir(dir, "fail")), 0);
    while (!a_child_is_there()) /* half a second */
        turn();
    let_it_end();
    turn();
    CHECK(base_commit() > first);
    CHECK_EQ(stats().failed_builds, 1);
    CHECK_EQ(area("a"), 150);
    end();
}

TEST(a_child_that_is_killed_half_way_is_a_failed_build)
{
    begin();
    begin_building();
    siginfo_t info = {0};
    char path[64], text[32] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *children = fopen(path, "r");
    CHECK(children && fgets(text, sizeof text, children));
    fclose(children);
    int64_t pid = 0;
    CHECK(str_int(str_trim(str_of(text)), &pid) && pid > 1);
    CHECK_EQ(kill((pid_t)pid, SIGKILL), 0);
    CHECK_EQ(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
    turn();
    CHECK_EQ(stats().failed_builds, 1);
    CHECK(shown(KIND_PARCEL, "n0"));
    end();
}

TEST(a_secret_commit_changes_nothing_and_starts_no_child)
{
    begin();
    Atlas *before = refresher_view(refresher, AUDIENCE_PUBLIC);
    add_many("secret", DELTA_ROWS_MAX / 2 + 1);
    turn();
    Atlas *after = refresher_view(refresher, AUDIENCE_PUBLIC);
    CHECK(after == before);
    CHECK(!a_child_is_there());
    atlas_unref(after);
    atlas_unref(before);
    end();
}

TEST(a_base_that_a_large_secret_commit_made_necessary_is_no_swap)
{
    begin();
    AppStats before = stats();
    add_many("secret", DELTA_ROWS_MAX + 1);
    turn();
    let_it_end();
    turn();
    AppStats after = stats();
    CHECK_EQ(after.swaps, before.swaps);
    CHECK_EQ(after.bytes, before.bytes);
    CHECK_EQ(after.build_ns, before.build_ns);
    add_parcels("id,area_m2\na,150\n");
    turn();
    CHECK_EQ(area("a"), 150);
    CHECK(!a_child_is_there());
    end();
}

TEST(an_atlas_of_a_ledger_with_more_commits_makes_room_for_the_right_one)
{
    begin();
    add_parcels("id,area_m2\na,150\n");
    turn();
    end();
    CHECK_EQ(unlink(in_dir(dir, "gate")), 0);
    begin_ledger("other.db");
    add_parcels("id,area_m2\nx,1\n");
    open_refresher();
    turn();
    CHECK(refresher_view(refresher, AUDIENCE_PUBLIC) == NULL);
    until_ended();
    turn();
    CHECK_EQ(area("x"), 1);
    CHECK(!shown(KIND_PARCEL, "a"));
    end();
}

TEST(a_base_that_landed_is_used_again_after_a_restart)
{
    begin();
    begin_building();
    add_parcels("id,area_m2\na,150\n");
    let_it_end();
    turn();
    refresher_free(refresher);
    open_refresher();
    turn();
    CHECK_EQ(area("a"), 150);
    CHECK(!a_child_is_there());
    end();
}

TEST(closing_ends_a_child_that_builds)
{
    begin_ledger("l.db");
    CHECK_EQ(mkdir(dir, 0700), 0);
    make_gate();
    App *app;
    config = (AppConfig){.url = url, .atlas_dir = dir, .follow = true, .build_in_child = true};
    CHECK_OK(app_open(&config, &app));
    int built = until_built();
    app_close(app);
    char byte;
    CHECK_EQ(read(built, &byte, 1), 0); /* nobody holds its other end any more */
    CHECK_EQ(waitpid(-1, NULL, WNOHANG), -1);
    CHECK_EQ(errno, ECHILD);
    close(built);
    store_close(store);
}

TEST(a_child_dies_with_its_parent)
{
    begin_ledger("l.db");
    CHECK_EQ(mkdir(dir, 0700), 0);
    make_gate();
    pid_t parent = fork();
    CHECK(parent >= 0);
    if (parent == 0) {
        open_refresher();
        turn();
        for (;;)
            pause();
    }
    int built = until_built();
    CHECK_EQ(kill(parent, SIGKILL), 0);
    char byte;
    CHECK_EQ(read(built, &byte, 1), 0);
    close(built);
    CHECK_EQ(waitpid(parent, NULL, 0), parent);
    store_close(store);
}
