#include "app/refresh.h"
#include "app/build.h"
#include "app/build_child.h"
#include "app/ledger_mark.h"
#include "app/sentence.h"
#include "atlas/holder.h"
#include "base/log.h"
#include <pthread.h>
#include <stdlib.h>

/* One audience's atlas. `seen` ≥ atlas_commit: commits up to it changed nothing this audience may see, so the
 * atlas stands for them too. */
typedef struct Slot {
    AtlasHolder *holder;
    int64_t seen; /* of the refreshing thread alone */
    atomic_bool wanted;
} Slot;

struct Refresher {
    const AppConfig *config;
    const char *dir;
    Store *store; /* the thread's; before it starts, the caller's */
    pthread_t thread;
    bool started;
    atomic_bool stopping;
    _Atomic pid_t child;
    Slot slots[AUDIENCE_COUNT];
    pthread_mutex_t lock; /* of all below */
    AppStats stats;
    int64_t failing_since; /* clock_now_ns of the first of a row of failed builds; 0 */
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

/* Takes the reference. */
static void publish(Refresher *r, Audience audience, Atlas *atlas, int64_t since_ns)
{
    r->slots[audience].seen = atlas_commit(atlas);
    holder_swap(r->slots[audience].holder, atlas);
    if (audience == AUDIENCE_PUBLIC) {
        pthread_mutex_lock(&r->lock);
        r->stats.swaps++;
        r->stats.build_ns = clock_now_ns() - since_ns;
        pthread_mutex_unlock(&r->lock);
    }
    ledger_mark_write(r->store, r->dir, audience, r->slots[audience].seen);
    atlas_sweep(r->dir);
}

static Err make_base(Refresher *r, Audience audience)
{
    int64_t start = clock_now_ns();
    Atlas *atlas;
    if (r->config->build_in_child) {
        TRY(build_child_run(r->config->url, r->dir, audience, &r->child));
        TRY(atlas_open(r->dir, audience, &atlas));
    } else {
        TRY(build_base(r->store, r->dir, audience, &atlas));
    }
    pthread_mutex_lock(&r->lock);
    r->stats.base_builds++;
    pthread_mutex_unlock(&r->lock);
    publish(r, audience, atlas, start);
    log_event(r->config->follow ? LOG_INFO : LOG_DEBUG, "atlas built", "audience", audience_name(audience),
              "commit", num_c(atlas_commit(atlas)), "ms", num_c((clock_now_ns() - start) / 1000000), NULL);
    return OK;
}

/* The atlas on disk, if it is one of this ledger. */
static Err open_kept(Refresher *r, Audience audience, int64_t last)
{
    Atlas *atlas;
    int64_t start = clock_now_ns();
    Err err = atlas_open(r->dir, audience, &atlas);
    if (err == ERR_SEGMENT)
        log_fault("atlas not usable", audience);
    if (err != OK)
        return make_base(r, audience);
    if (atlas_commit(atlas) > last || !ledger_mark_fits(r->store, r->dir, audience, atlas_commit(atlas))) {
        atlas_unref(atlas);
        return make_base(r, audience);
    }
    publish(r, audience, atlas, start);
    return OK;
}

/* What was committed since, as a delta or a new base. Borrows now. */
static Err bring_up(Refresher *r, Audience audience, Atlas *now)
{
    int64_t commit, start = clock_now_ns();
    DeltaFate fate;
    Atlas *atlas;
    TRY(build_delta(r->store, r->dir, now, r->slots[audience].seen, &fate, &atlas, &commit));
    switch (fate) {
    case DELTA_TOO_BIG:
        return make_base(r, audience);
    case DELTA_SAME:
        r->slots[audience].seen = commit;
        return OK;
    case DELTA_MADE:
        break;
    }
    pthread_mutex_lock(&r->lock);
    r->stats.delta_builds++;
    pthread_mutex_unlock(&r->lock);
    publish(r, audience, atlas, start);
    return OK;
}

static Err catch_up(Refresher *r, Audience audience)
{
    Slot *slot = &r->slots[audience];
    int64_t last;
    TRY(store_last_commit(r->store, &last));
    Atlas *now = holder_get(slot->holder);
    if (!now) {
        TRY(open_kept(r, audience, last));
        now = holder_get(slot->holder);
    }
    Err err = OK;
    if (slot->seen > last) /* another ledger was put in its place */
        err = make_base(r, audience);
    else if (slot->seen < last)
        err = bring_up(r, audience, now);
    atlas_unref(now);
    return err;
}

static void note_outcome(Refresher *r, bool well)
{
    pthread_mutex_lock(&r->lock);
    if (well)
        r->failing_since = 0;
    else if (r->failing_since == 0)
        r->failing_since = clock_now_ns();
    r->stats.failed_builds += !well;
    pthread_mutex_unlock(&r->lock);
}

static bool catch_up_all(Refresher *r)
{
    bool well = true;
    for (int a = 0; a < AUDIENCE_COUNT && !atomic_load(&r->stopping); a++) {
        if (!atomic_load(&r->slots[a].wanted) || catch_up(r, (Audience)a) == OK)
            continue;
        if (!atomic_load(&r->stopping))
            log_fault("atlas not brought up to date", (Audience)a);
        well = false;
    }
    note_outcome(r, well);
    return well;
}

static void pause_ms(Refresher *r, int ms)
{
    for (int64_t end = clock_now_ns() + ms * INT64_C(1000000);
         clock_now_ns() < end && !atomic_load(&r->stopping);) {
        struct timespec nap = {0, 20 * 1000 * 1000};
        nanosleep(&nap, NULL);
    }
}

static void *follow(void *user)
{
    Refresher *r = user;
    int retry_ms = RETRY_FIRST_MS;
    while (!atomic_load(&r->stopping)) {
        if (!catch_up_all(r)) {
            pause_ms(r, retry_ms);
            retry_ms = retry_ms * 2 < RETRY_LAST_MS ? retry_ms * 2 : RETRY_LAST_MS;
            continue;
        }
        retry_ms = RETRY_FIRST_MS;
        bool changed;
        if (store_wait(r->store, FOLLOW_WAIT_MS, &changed) != OK) {
            log_fault("waiting for commits failed", AUDIENCE_PUBLIC);
            pause_ms(r, retry_ms);
        }
    }
    return NULL;
}

Err refresher_new(const AppConfig *config, const char *dir, Refresher **ret)
{
    Store *store;
    TRY(store_open(config->url, STORE_READ, &store));
    Refresher *r = heap_zalloc(sizeof *r);
    r->config = config;
    r->dir = dir;
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
    build_child_stop(&r->child);
    if (r->started)
        pthread_join(r->thread, NULL);
    for (int a = 0; a < AUDIENCE_COUNT; a++)
        holder_free(r->slots[a].holder);
    store_close(r->store);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

Err refresher_start(Refresher *r)
{
    if (pthread_create(&r->thread, NULL, follow, r) != 0)
        return fail(ERR_INTERNAL, "detail", "no thread could be started", NULL);
    r->started = true;
    return OK;
}

Err refresher_once(Refresher *r, Audience audience)
{
    return catch_up(r, audience);
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
    ret->behind_ms = r->failing_since ? (clock_now_ns() - r->failing_since) / 1000000 : 0;
    pthread_mutex_unlock(&r->lock);
    ret->ready = atlas != NULL;
    for (int k = 0; atlas && k < KIND_COUNT; k++)
        ret->rows[k] = atlas_count(atlas, (Kind)k);
    ret->bytes = atlas ? atlas_bytes(atlas) : 0;
    atlas_unref(atlas);
}
