#include "app/pipe.h"
#include <pthread.h>
#include <stdlib.h>

struct RowPipe {
    RowReader *reader;
    Input *input;
    bool stop_at_bad;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool closing; /* under the lock, as are the two counts */
    uint64_t filled, freed;
    Chunk chunks[CHUNKS];
};

static Chunk *next_empty(RowPipe *pipe)
{
    pthread_mutex_lock(&pipe->lock);
    while (!pipe->closing && pipe->filled - pipe->freed == CHUNKS)
        pthread_cond_wait(&pipe->changed, &pipe->lock);
    Chunk *chunk = pipe->closing ? NULL : &pipe->chunks[pipe->filled % CHUNKS];
    pthread_mutex_unlock(&pipe->lock);
    return chunk;
}

static void hand_on(RowPipe *pipe)
{
    pthread_mutex_lock(&pipe->lock);
    pipe->filled++;
    pthread_cond_signal(&pipe->changed);
    pthread_mutex_unlock(&pipe->lock);
}

typedef struct Tally {
    int64_t good, bad, left_out;
} Tally;

static Err fill(RowPipe *pipe, Chunk *chunk, Tally *tally)
{
    chunk->count = 0;
    arena_reset(chunk->arena);
    /* Rows that are not handed on fill the arena all the same, so both are counted. */
    for (uint32_t seen = 0; seen < CHUNK_ROWS; seen++) {
        RowFate fate;
        TRY(rows_next(pipe->reader, chunk->arena, &chunk->rows[chunk->count], &fate));
        if (fate == ROWS_END) {
            chunk->last = true;
            return OK;
        }
        tally->bad += fate == ROW_BAD;
        tally->left_out += fate == ROW_LEFT_OUT;
        tally->good += fate == ROW_GOOD;
        if (fate == ROW_GOOD && !(pipe->stop_at_bad && tally->bad > 0))
            chunk->count++;
    }
    return OK;
}

static void *read_rows(void *user)
{
    RowPipe *pipe = user;
    Tally tally = {0};
    for (bool last = false; !last;) {
        Chunk *chunk = next_empty(pipe);
        if (!chunk)
            break;
        chunk->err = fill(pipe, chunk, &tally);
        if (chunk->err != OK) {
            chunk->fault = *fault_last();
            chunk->last = true;
        }
        chunk->good = tally.good;
        chunk->bad = tally.bad;
        chunk->left_out = tally.left_out;
        chunk->done = input_done(pipe->input);
        chunk->size = input_size(pipe->input);
        last = chunk->last;
        hand_on(pipe);
    }
    return NULL;
}

Err pipe_open(Input *input, const RowOptions *options, bool stop_at_bad, RowPipe **ret)
{
    RowReader *reader;
    TRY(rows_open(input, options, &reader));
    RowPipe *pipe = heap_zalloc(sizeof *pipe);
    pipe->reader = reader;
    pipe->input = input;
    pipe->stop_at_bad = stop_at_bad;
    pthread_mutex_init(&pipe->lock, NULL);
    pthread_cond_init(&pipe->changed, NULL);
    for (int i = 0; i < CHUNKS; i++)
        pipe->chunks[i].arena = arena_new();
    if (pthread_create(&pipe->thread, NULL, read_rows, pipe) != 0) {
        pipe->closing = true; /* there is no thread to wait for */
        pipe_close(pipe);
        return fail(ERR_INTERNAL, "detail", "a thread could not be started", NULL);
    }
    *ret = pipe;
    return OK;
}

Chunk *pipe_take(RowPipe *pipe)
{
    pthread_mutex_lock(&pipe->lock);
    while (pipe->filled == pipe->freed)
        pthread_cond_wait(&pipe->changed, &pipe->lock);
    Chunk *chunk = &pipe->chunks[pipe->freed % CHUNKS];
    pthread_mutex_unlock(&pipe->lock);
    return chunk;
}

void pipe_release(RowPipe *pipe, Chunk *chunk)
{
    (void)chunk; /* chunks are taken and released in turn */
    pthread_mutex_lock(&pipe->lock);
    pipe->freed++;
    pthread_cond_signal(&pipe->changed);
    pthread_mutex_unlock(&pipe->lock);
}

const Issues *pipe_issues(const RowPipe *pipe)
{
    return rows_issues(pipe->reader);
}

void pipe_close(RowPipe *pipe)
{
    if (!pipe)
        return;
    if (!pipe->closing) {
        pthread_mutex_lock(&pipe->lock);
        pipe->closing = true;
        pthread_cond_signal(&pipe->changed);
        pthread_mutex_unlock(&pipe->lock);
        pthread_join(pipe->thread, NULL);
    }
    for (int i = 0; i < CHUNKS; i++)
        arena_free(pipe->chunks[i].arena);
    pthread_mutex_destroy(&pipe->lock);
    pthread_cond_destroy(&pipe->changed);
    rows_close(pipe->reader);
    free(pipe);
}
