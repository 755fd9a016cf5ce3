#include "http/workers.h"
#include "store/store.h"
#include "test.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

enum { COUNT = 2, QUEUE = 5 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER; /* held: jobs wait */
static atomic_uint begun, ended, without_store;

static Err wait_at_gate(void *job, Store *store, Err store_err)
{
    atomic_fetch_add(&begun, 1);
    if (store_err != OK || !store)
        atomic_fetch_add(&without_store, 1);
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    atomic_fetch_add((atomic_uint *)job, 1);
    return OK;
}

static App *app_on_ledger(void)
{
    static char path[200];
    App *app;
    snprintf(path, sizeof path, "%s/l.db", test_folder());
    CHECK_OK(store_create(path));
    const AppConfig config = {.url = path};
    CHECK_OK(app_open(&config, &app));
    return app;
}

TEST(a_full_queue_refuses_at_once_and_what_it_took_is_done)
{
    App *app = app_on_ledger();
    Workers *workers;
    atomic_store(&ended, 0);
    pthread_mutex_lock(&gate);
    CHECK_OK(workers_new(app, (WorkersLimits){COUNT, QUEUE}, wait_at_gate, &workers));
    for (int i = 0; i < COUNT; i++)
        CHECK_OK(workers_add(workers, &ended));
    while (atomic_load(&begun) < COUNT)
        sched_yield();
    for (int i = 0; i < QUEUE; i++)
        CHECK_OK(workers_add(workers, &ended));
    CHECK_EQ(workers_queued(workers), QUEUE);
    CHECK_ERR(workers_add(workers, &ended), ERR_BUSY);
    CHECK_STR(str_of(fault_arg(fault_last(), "retry_s")), "2");
    pthread_mutex_unlock(&gate);
    workers_free(workers);
    CHECK_EQ(atomic_load(&ended), COUNT + QUEUE);
    CHECK_EQ(atomic_load(&without_store), 0);
    app_close(app);
}
