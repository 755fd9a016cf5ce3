#include "app/refresh.h"
#include "app/build.h"
#include "app/build_child.h"
#include "app/ledger_mark.h"
#include "app/sentence.h"
#include "atlas/holder.h"
#include "base/log.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { BUILD_WAIT_MS = 20 }; /* how often a running child is looked at */

/* One audience's atlas and the making of the next one. Idle, or building when `child` runs; deltas go on over
 * the base that is there, unless `blocked`. All but holder and wanted is of the refreshing thread alone. */
typedef struct Slot {
    AtlasHolder *holder;
    atomic_bool wanted;
    int64_t seen;        /* ≥ atlas_commit: commits up to it changed nothing this audience may see */
    bool blocked;        /* what was committed after `seen` is for a new base to show */
    uint32_t delta_rows; /* of the atlas in the holder */
    BuildChild child;
    int64_t child_since_ns;
    int retry_ms; /* 0: the last base was built well */
    int64_t retry_at_ns;
} Slot;

struct Refresher {
    const AppConfig *config;
    const char *dir;
    Store *store; /* the thread's; before it starts, the caller's */
    pthread_t thread;
    bool started;
    atomic_bool stopping;
    Slot slots[AUDIENCE_COUNT];
    pthread_mutex_t lock; /* of all below */
    AppStats stats;
    int64_t failing_since; /* clock_now_ns of the first of a row of failed builds; 0 */
    int64_t lag_since;     /* of the first turn that saw a commit not looked at yet; 0 */
    int64_t turn_ns;       /* of the last turn */
};

static void log_fault(const char *event, Audience audience)
{
    Buf sentence;
    buf_init(&sentence, 2048);
    sentence_write(&sentence, LANG_EN, fault_last());
    log_event(LOG_ERROR, event, "audience", audience_name(audience), "code", err_name(fault_last()->code),
              "sentence", str_c(buf_view(&sentence)), NULL);
    buf_done(&sentence);
}

/* Counted before it is told: who reads of it finds it in /metrics. */
static void note_failure(Refresher *r, Audience audience)
{
    pthread_mutex_lock(&r->lock);
    if (r->failing_since == 0)
        r->failing_since = clock_now_ns();
    r->stats.failed_builds++;
    pthread_mutex_unlock(&r->lock);
    log_fault("atlas not brought up to date", audience);
}

static void note_all_well(Refresher *r)
{
    pthread_mutex_lock(&r->lock);
    r->failing_since = 0;
    pthread_mutex_unlock(&r->lock);
}

/* Takes the reference. A base that shows just what was shown before is no swap to the public: what made it
 * necessary may be secret. */
static void publish(Refresher *r, Audience audience, Atlas *atlas, int64_t since_ns)
{
    Slot *slot = &r->slots[audience];
    Atlas *before = holder_get(slot->holder);
    bool differs = !before || atlas_content(before) != atlas_content(atlas);
    atlas_unref(before);
    slot->seen = atlas_commit(atlas);
    slot->delta_rows = delta_rows(atlas);
    holder_swap(slot->holder, atlas);
    if (audience == AUDIENCE_PUBLIC && differs) {
        pthread_mutex_lock(&r->lock);
        r->stats.swaps++;
        r->stats.build_ns = clock_now_ns() - since_ns;
        pthread_mutex_unlock(&r->lock);
    }
    ledger_mark_write(r->store, r->dir, audience, slot->seen);
    atlas_sweep(r->dir);
}

static void count_build(Refresher *r, Audience audience, uint64_t *counter)
{
    pthread_mutex_lock(&r->lock);
    *counter += audience == AUDIENCE_PUBLIC;
    pthread_mutex_unlock(&r->lock);
}

static void publish_base(Refresher *r, Audience audience, Atlas *atlas, int64_t since_ns)
{
    count_build(r, audience, &r->stats.base_builds);
    publish(r, audience, atlas, since_ns);
    log_event(r->config->follow ? LOG_INFO : LOG_DEBUG, "atlas built", "audience", audience_name(audience),
              "commit", num_c(r->slots[audience].seen), "ms", num_c((clock_now_ns() - since_ns) / 1000000),
              NULL);
}

/* ---- a base ---- */

/* The child's base and, in one swap with it, the delta of what was committed since it read the ledger. Where
 * that takes yet another base, this one is shown by itself if it is not older than what is shown. */
static Err land(Refresher *r, Audience audience, const char *name)
{
    Slot *slot = &r->slots[audience];
    Atlas *base, *next;
    DeltaFate fate;
    int64_t commit;
    TRY(atlas_open_base(r->dir, audience, name, &base));
    Err err = build_delta(r->store, r->dir, base, atlas_commit(base), &fate, &next, &commit);
    if (err != OK || fate == DELTA_MADE)
        atlas_unref(base);
    if (err != OK)
        return err;
    slot->blocked = slot->blocked || fate == DELTA_TOO_BIG;
    if (fate != DELTA_MADE) {
        next = base;
        err = atlas_adopt(r->dir, base);
    }
    if (err != OK) {
        atlas_unref(next);
        if (err == ERR_BUILD) /* older: the next child's will not be */
            atlas_discard(r->dir, audience, name);
        return err == ERR_BUILD ? OK : err;
    }
    publish_base(r, audience, next, slot->child_since_ns);
    slot->blocked = fate == DELTA_TOO_BIG;
    if (fate == DELTA_SAME)
        slot->seen = commit;
    return OK;
}

static int twice_as_long(int retry_ms)
{
    return retry_ms * 2 < RETRY_LAST_MS ? retry_ms * 2 : RETRY_LAST_MS;
}

/* Deltas go on meanwhile; the next base is tried later. */
static void base_failed(Refresher *r, Audience audience)
{
    Slot *slot = &r->slots[audience];
    slot->retry_ms = slot->retry_ms == 0 ? RETRY_FIRST_MS : twice_as_long(slot->retry_ms);
    slot->retry_at_ns = clock_now_ns() + slot->retry_ms * INT64_C(1000000);
    note_failure(r, audience);
}

static void end_child(Refresher *r, Audience audience)
{
    Slot *slot = &r->slots[audience];
    char name[ATLAS_NAME_MAX] = "";
    bool done;
    Err err = build_child_poll(&slot->child, &done, name);
    if (!done)
        return;
    if (err == OK) {
        err = land(r, audience, name);
        if (err != OK)
            atlas_discard(r->dir, audience, name);
    }
    if (err == OK)
        slot->retry_ms = 0;
    else
        base_failed(r, audience);
}

static void start_child(Refresher *r, Audience audience)
{
    Slot *slot = &r->slots[audience];
    slot->child_since_ns = clock_now_ns();
    if (build_child_start(r->config->url, r->dir, audience, &slot->child) != OK)
        base_failed(r, audience);
}

static Err make_base_now(Refresher *r, Audience audience)
{
    Atlas *atlas;
    int64_t start = clock_now_ns();
    TRY(build_base(r->store, r->dir, audience, &atlas));
    publish_base(r, audience, atlas, start);
    r->slots[audience].blocked = false;
    return OK;
}

/* ---- what is there, and a delta ---- */

/* The atlas on disk, if it is one of this ledger; NULL: it takes a base to show anything. */
static Atlas *open_kept(Refresher *r, Audience audience, int64_t last)
{
    Atlas *atlas;
    Err err = atlas_open(r->dir, audience, &atlas);
    if (err == OK && atlas_commit(atlas) <= last &&
        ledger_mark_fits(r->store, r->dir, audience, atlas_commit(atlas)))
        return atlas;
    if (err == ERR_SEGMENT)
        log_fault("atlas not usable", audience);
    if (err == OK)
        atlas_unref(atlas);
    atlas_forget(r->dir, audience);
    return NULL;
}

/* What was committed since. Borrows now. */
static Err add_delta(Refresher *r, Audience audience, Atlas *now)
{
    Slot *slot = &r->slots[audience];
    int64_t commit, start = clock_now_ns();
    DeltaFate fate;
    Atlas *atlas;
    TRY(build_delta(r->store, r->dir, now, slot->seen, &fate, &atlas, &commit));
    switch (fate) {
    case DELTA_TOO_BIG:
        slot->blocked = true;
        break;
    case DELTA_SAME:
        slot->seen = commit;
        break;
    case DELTA_MADE:
        count_build(r, audience, &r->stats.delta_builds);
        publish(r, audience, atlas, start);
        break;
    }
    return OK;
}

/* Takes the kept one's reference. It is shown before a base is built, but not before a delta is. */
static Err start_from(Refresher *r, Audience audience, Atlas *kept, int64_t last, int64_t since_ns)
{
    Slot *slot = &r->slots[audience];
    slot->blocked = !kept;
    if (!kept)
        return OK;
    slot->seen = atlas_commit(kept);
    Err err = slot->seen < last ? add_delta(r, audience, kept) : OK;
    Atlas *made = holder_get(slot->holder);
    if (made)
        atlas_unref(kept);
    else
        publish(r, audience, kept, since_ns);
    atlas_unref(made);
    return err;
}

static Err bring_up(Refresher *r, Audience audience)
{
    Slot *slot = &r->slots[audience];
    int64_t last, start = clock_now_ns();
    TRY(store_last_commit(r->store, &last));
    Atlas *now = holder_get(slot->holder);
    if (!now)
        return start_from(r, audience, open_kept(r, audience, last), last, start);
    Err err = OK;
    if (slot->seen > last) { /* another ledger was put in its place */
        atlas_forget(r->dir, audience);
        slot->blocked = true;
    } else if (slot->seen < last) {
        err = add_delta(r, audience, now);
    }
    atlas_unref(now);
    return err;
}

/* ---- the one place that decides ---- */

/* A base takes seconds, so the child starts when the delta is half full: it has room while the child runs. */
static Err tend(Refresher *r, Audience audience)
{
    Slot *slot = &r->slots[audience];
    if (slot->child.pid)
        end_child(r, audience);
    if (!slot->blocked)
        TRY(bring_up(r, audience));
    if (!r->config->build_in_child)
        return slot->blocked ? make_base_now(r, audience) : OK;
    bool wants_base = slot->blocked || slot->delta_rows > DELTA_ROWS_MAX / 2;
    if (wants_base && !slot->child.pid && (slot->retry_ms == 0 || clock_now_ns() >= slot->retry_at_ns))
        start_child(r, audience);
    return OK;
}

/* False: ledger or disk do not do what they should; a base that failed is waited for elsewhere. */
static bool tend_all(Refresher *r)
{
    bool well = true, failing = false;
    for (int a = 0; a < AUDIENCE_COUNT && !atomic_load(&r->stopping); a++) {
        if (!atomic_load(&r->slots[a].wanted))
            continue;
        if (tend(r, (Audience)a) != OK) {
            note_failure(r, (Audience)a);
            well = false;
        }
        failing = failing || r->slots[a].retry_ms != 0;
    }
    if (well && !failing)
        note_all_well(r);
    return well;
}

static int wait_ms(const Refresher *r)
{
    for (int a = 0; a < AUDIENCE_COUNT; a++)
        if (r->slots[a].child.pid)
            return BUILD_WAIT_MS;
    return FOLLOW_WAIT_MS;
}

static void pause_ms(Refresher *r, int ms)
{
    for (int64_t end = clock_now_ns() + ms * INT64_C(1000000);
         clock_now_ns() < end && !atomic_load(&r->stopping);) {
        struct timespec nap = {0, 20 * 1000 * 1000};
        nanosleep(&nap, NULL);
    }
}

/* Before and after each turn: where the ledger is, and where the public atlas. */
static void note_place(Refresher *r)
{
    const int64_t seen = r->slots[AUDIENCE_PUBLIC].seen;
    int64_t last = 0;
    bool known = store_last_commit(r->store, &last) == OK; /* if not, the turn itself fails and says so */
    pthread_mutex_lock(&r->lock);
    r->turn_ns = clock_now_ns();
    r->stats.turns.commit = seen;
    if (known)
        r->stats.turns.ledger_commit = last;
    if (r->stats.turns.ledger_commit <= seen)
        r->lag_since = 0;
    else if (r->lag_since == 0)
        r->lag_since = r->turn_ns;
    pthread_mutex_unlock(&r->lock);
}

static void *follow(void *user)
{
    Refresher *r = user;
    int retry_ms = RETRY_FIRST_MS;
    while (!atomic_load(&r->stopping)) {
        note_place(r);
        bool well = tend_all(r);
        note_place(r);
        if (!well) {
            pause_ms(r, retry_ms);
            retry_ms = twice_as_long(retry_ms);
            continue;
        }
        retry_ms = RETRY_FIRST_MS;
        bool changed;
        if (store_wait(r->store, wait_ms(r), &changed) != OK) {
            log_fault("waiting for commits failed", AUDIENCE_PUBLIC);
            pause_ms(r, retry_ms);
        }
    }
    return NULL;
}

Err refresher_new(const AppConfig *config, Refresher **ret)
{
    Store *store;
    TRY(store_open(config->url, STORE_READ, &store));
    Refresher *r = heap_zalloc(sizeof *r);
    r->config = config;
    r->dir = config->atlas_dir;
    r->store = store;
    for (int a = 0; a < AUDIENCE_COUNT; a++)
        r->slots[a].holder = holder_new(NULL);
    atomic_store(&r->slots[AUDIENCE_PUBLIC].wanted, true);
    pthread_mutex_init(&r->lock, NULL);
    *ret = r;
    return OK;
}

void refresher_free(Refresher *r)
{
    if (!r)
        return;
    atomic_store(&r->stopping, true);
    if (r->started)
        pthread_join(r->thread, NULL);
    for (int a = 0; a < AUDIENCE_COUNT; a++) {
        build_child_stop(&r->slots[a].child);
        holder_free(r->slots[a].holder);
    }
    store_close(r->store);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

Err refresher_start(Refresher *r)
{
    r->turn_ns = clock_now_ns();
    if (pthread_create(&r->thread, NULL, follow, r) != 0)
        return fail(ERR_INTERNAL, "detail", "no thread could be started", NULL);
    r->started = true;
    return OK;
}

Err refresher_once(Refresher *r, Audience audience)
{
    return tend(r, audience);
}

Atlas *refresher_view(Refresher *r, Audience audience)
{
    atomic_store(&r->slots[audience].wanted, true);
    return holder_get(r->slots[audience].holder);
}

void refresher_stats(Refresher *r, AppStats *ret)
{
    Atlas *atlas = refresher_view(r, AUDIENCE_PUBLIC);
    pthread_mutex_lock(&r->lock);
    *ret = r->stats;
    const int64_t now = clock_now_ns();
    ret->behind_ms = r->failing_since ? (now - r->failing_since) / 1000000 : 0;
    ret->lag_ms = r->lag_since ? (now - r->lag_since) / 1000000 : 0;
    ret->turns.quiet_ms = (now - r->turn_ns) / 1000000;
    pthread_mutex_unlock(&r->lock);
    ret->turns.wal_bytes = store_wal_bytes(r->config->url);
    ret->ready = atlas != NULL;
    for (int k = 0; atlas && k < KIND_COUNT; k++)
        ret->rows[k] = atlas_count(atlas, (Kind)k);
    ret->bytes = atlas ? atlas_bytes(atlas) : 0;
    atlas_unref(atlas);
}
