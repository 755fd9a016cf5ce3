#include "atlas/tasks.h"
#include <pthread.h>
#include <stdatomic.h>

typedef struct Tasks {
    atomic_uint next;
    uint32_t count;
    void (*task)(uint32_t number, void *user);
    void *user;
} Tasks;

static void *work(void *user)
{
    Tasks *tasks = user;
    for (uint32_t n; (n = atomic_fetch_add(&tasks->next, 1)) < tasks->count;)
        tasks->task(n, tasks->user);
    return NULL;
}

/* A thread that cannot be started is only a slower build. */
void tasks_run(uint32_t count, bool large, void (*task)(uint32_t number, void *user), void *user)
{
    Tasks tasks = {.count = count, .task = task, .user = user};
    atomic_init(&tasks.next, 0);
    pthread_t helper;
    bool helped = large && count > 1 && pthread_create(&helper, NULL, work, &tasks) == 0;
    work(&tasks);
    if (helped)
        pthread_join(helper, NULL);
}
