/* app/app.h: a ledger and the atlases frozen from it, one per audience in use, kept up with the ledger.
 *
 * With `follow` a thread waits for commits, also those of other processes, and swaps in what they changed: a
 * few rows as a delta, much as a base that a child process builds, while deltas go on. A build that fails
 * leaves the old atlas and is tried again. Without it the atlas is brought up to date once, in app_open (a
 * command that answers and ends). All functions may be called from any thread. */
#pragma once
#include "atlas/atlas.h"
#include "store/store.h"

typedef struct App App;

/* Under these names a ledger's meta table says what the atlas is called. */
#define META_NAME_ZH "name_zh"
#define META_NAME_EN "name_en"

typedef struct AppConfig {
    const char *url;          /* the ledger */
    const char *atlas_dir;    /* NULL: the default of atlas_dir_of */
    Label name;               /* of this atlas, on every page; NULLs: what the ledger says, or Lianpu's own */
    const char *map_approval; /* 审图号; NULL: none */
    const struct Basemap *basemap; /* a deployment's own, of app/basemap.h; NULL: the ground alone; keeps */
    bool follow;
    bool build_in_child; /* bases are built by this program's own `build-atlas`; only with `follow` */
} AppConfig;

enum {
    DELTA_ROWS_MAX = 4096, /* a delta that would hold more waits for a new base; begun at half of it */
    RETRY_FIRST_MS = 500,  /* after a failed build, doubling */
    RETRY_LAST_MS = 60 * 1000,
    FOLLOW_WAIT_MS = 200, /* how long the follower sleeps at most, so that app_close is prompt */
};

/* Opens the ledger (store_open's errors) and, without `follow`, brings the public atlas up to its last
 * commit. With `follow` returns at once: app_view says when there is an atlas. */
MUST_USE Err app_open(const AppConfig *config, App **ret);
void app_close(App *app); /* stops the thread and a running build; NULL is fine */

const AppConfig *app_config(const App *app);

/* A reference to the audience's newest atlas; atlas_unref it. ERR_NOT_READY while there is none yet (an
 * audience asked for the first time is built from then on). */
MUST_USE Err app_view(App *app, Audience audience, Atlas **ret);

/* A connection of the caller's own, for reading. */
MUST_USE Err app_store(const App *app, Store **ret);

/* Of the ledger and of the thread that follows it: commits are counted whatever they hold, so these figures
 * are not for everybody. */
typedef struct AppTurns {
    int64_t commit;        /* up to here the public atlas shows what was committed */
    int64_t ledger_commit; /* the last one */
    int64_t wal_bytes;     /* of SQLite's write-ahead log; -1: the ledger has none */
    int64_t quiet_ms;      /* since the thread's last turn */
} AppTurns;

/* What /metrics tells of the public atlas: nothing in it but `turns` changes with what the public may not
 * see. */
typedef struct AppStats {
    bool ready;
    uint64_t swaps, bytes;
    uint64_t base_builds, delta_builds, failed_builds;
    int64_t build_ns;  /* of the last swap */
    int64_t behind_ms; /* since the first build of a row of failed ones; 0 when all is well */
    int64_t lag_ms; /* for how long there have been commits that were not looked at yet; 0: there are none */
    uint32_t rows[KIND_COUNT];
    AppTurns turns;
} AppStats;

void app_stats(App *app, AppStats *ret);

/* Where the atlas of a ledger lies unless said otherwise: beside an SQLite file, FILE.atlas; for PostgreSQL,
 * in the working folder, by a digest of the address (which may hold a password). In the arena. */
const char *atlas_dir_of(Arena *arena, const char *url);
