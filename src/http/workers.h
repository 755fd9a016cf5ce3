/* http/workers.h: threads for what must not run on the server's own: each has a connection to the ledger. The
 * queue is bounded: what does not fit is refused at once, never waited for. */
#pragma once
#include "app/app.h"

typedef struct Workers Workers;

/* store_err != OK: there is no connection, fault_last() says why. Returns what came of it: after a failure of
 * storage the next job gets a new connection. */
typedef Err WorkerJob(void *job, Store *store, Err store_err);

enum { WORKERS_MAX = 64, WORKERS_QUEUE_MAX = 4096, WORKERS_RETRY_S = 2 };

typedef struct WorkersLimits {
    uint32_t count; /* threads, 1 … WORKERS_MAX */
    uint32_t queue; /* jobs that may wait, 1 … WORKERS_QUEUE_MAX */
} WorkersLimits;

/* Keeps app. ERR_INTERNAL if a thread cannot be started. */
MUST_USE Err workers_new(const App *app, WorkersLimits limits, WorkerJob *run, Workers **ret);
void workers_free(Workers *workers); /* runs what is queued, then ends; NULL is fine */

/* ERR_BUSY with retry_s if the queue is full. */
MUST_USE Err workers_add(Workers *workers, void *job);
uint32_t workers_queued(Workers *workers);
