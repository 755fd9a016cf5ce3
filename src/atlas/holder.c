#include "atlas/holder.h"
#include <pthread.h>
#include <stdlib.h>

/* The lock is held for a pointer's copy and one count: taking the reference must not fall between another
 * thread's swap and its unref. */
struct AtlasHolder {
    pthread_mutex_t lock;
    Atlas *atlas;
};

AtlasHolder *holder_new(Atlas *atlas)
{
    AtlasHolder *holder = heap_zalloc(sizeof *holder);
    pthread_mutex_init(&holder->lock, NULL);
    holder->atlas = atlas;
    return holder;
}

void holder_free(AtlasHolder *holder)
{
    if (!holder)
        return;
    atlas_unref(holder->atlas);
    pthread_mutex_destroy(&holder->lock);
    free(holder);
}

Atlas *holder_get(AtlasHolder *holder)
{
    pthread_mutex_lock(&holder->lock);
    Atlas *atlas = holder->atlas ? atlas_ref(holder->atlas) : NULL;
    pthread_mutex_unlock(&holder->lock);
    return atlas;
}

void holder_swap(AtlasHolder *holder, Atlas *atlas)
{
    pthread_mutex_lock(&holder->lock);
    Atlas *old = holder->atlas;
    holder->atlas = atlas;
    pthread_mutex_unlock(&holder->lock);
    atlas_unref(old);
}
