#include "app/file_digest.h"
#include "base/hash.h"
#include "intake/input.h"
#include <pthread.h>
#include <stdlib.h>

struct FileDigest {
    const char *path;
    pthread_t thread;
    bool running;
    Err err;
    Fault fault;
    char hex[65];
};

static void *take(void *user)
{
    FileDigest *digest = user;
    digest->err = input_digest(digest->path, digest->hex);
    if (digest->err != OK)
        digest->fault = *fault_last();
    return NULL;
}

FileDigest *file_digest_start(const char *path)
{
    FileDigest *digest = heap_zalloc(sizeof *digest);
    digest->path = path;
    digest->running = pthread_create(&digest->thread, NULL, take, digest) == 0;
    if (!digest->running)
        take(digest);
    return digest;
}

FileDigest *file_digest_of(const void *bytes, size_t len)
{
    FileDigest *digest = heap_zalloc(sizeof *digest);
    digest_hex(bytes, len, digest->hex);
    return digest;
}

static void join(FileDigest *digest)
{
    if (digest->running)
        pthread_join(digest->thread, NULL);
    digest->running = false;
}

Err file_digest_wait(FileDigest *digest, const char **ret)
{
    join(digest);
    if (digest->err != OK) {
        fault_set(&digest->fault);
        return digest->err;
    }
    *ret = digest->hex;
    return OK;
}

void file_digest_free(FileDigest *digest)
{
    if (digest)
        join(digest);
    free(digest);
}
