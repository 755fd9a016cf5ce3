#include "http/workers.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct Workers {
    const App *app;
    WorkerJob *run;
    WorkersLimits limits;
    pthread_t threads[WORKERS_MAX];
    uint32_t started;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    void **queue; /* a ring of limits.queue */
    uint32_t first, count;
    bool stopping;
};

static void *take(Workers *w)
{
    pthread_mutex_lock(&w->lock);
    while (w->count == 0 && !w->stopping)
        pthread_cond_wait(&w->wake, &w->lock);
    void *job = NULL;
    if (w->count) {
        job = w->queue[w->first];
        w->first = (w->first + 1) % w->limits.queue;
        w->count--;
    }
    pthread_mutex_unlock(&w->lock);
    return job;
}

static void *work(void *user)
{
    Workers *w = user;
    Store *store = NULL;
    for (void *job; (job = take(w)) != NULL;) {
        Err err = store ? OK : app_store(w->app, &store);
        if (err_class(w->run(job, store, err)) != CLASS_STORAGE)
            continue;
        store_close(store);
        store = NULL;
    }
    store_close(store);
    return NULL;
}

Err workers_new(const App *app, WorkersLimits limits, WorkerJob *run, Workers **ret)
{
    assert(limits.count >= 1 && limits.count <= WORKERS_MAX);
    assert(limits.queue >= 1 && limits.queue <= WORKERS_QUEUE_MAX);
    Workers *w = heap_zalloc(sizeof *w);
    w->app = app;
    w->run = run;
    w->limits = limits;
    w->queue = heap_zalloc(limits.queue * sizeof *w->queue);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    while (w->started < limits.count) {
        if (pthread_create(&w->threads[w->started], NULL, work, w) != 0) {
            workers_free(w);
            return fail(ERR_INTERNAL, "detail", "no thread could be started", NULL);
        }
        w->started++;
    }
    *ret = w;
    return OK;
}

void workers_free(Workers *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->wake);
    pthread_mutex_unlock(&w->lock);
    for (uint32_t i = 0; i < w->started; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    free(w->queue);
    free(w);
}

Err workers_add(Workers *w, void *job)
{
    pthread_mutex_lock(&w->lock);
    bool full = w->count == w->limits.queue || w->stopping;
    if (!full) {
        w->queue[(w->first + w->count++) % w->limits.queue] = job;
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
    return full ? fail(ERR_BUSY, "retry_s", num_c(WORKERS_RETRY_S), NULL) : OK;
}

uint32_t workers_queued(Workers *w)
{
    pthread_mutex_lock(&w->lock);
    uint32_t count = w->count;
    pthread_mutex_unlock(&w->lock);
    return count;
}
