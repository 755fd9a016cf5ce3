/* app/pipe.h: a file's rows, read and checked on a thread of their own while the caller writes. Bounded: the
 * reader waits when the writer is behind. */
#pragma once
#include "intake/rows.h"

enum { CHUNK_ROWS = 512, CHUNKS = 6 };

typedef struct RowPipe RowPipe;

typedef struct Chunk {
    Row rows[CHUNK_ROWS];
    uint32_t count;
    int64_t done, size;          /* bytes of the file, for progress */
    int64_t bad, left_out, good; /* rows so far */
    bool last;
    Err err; /* of the file as a whole, with `fault`; then `last` */
    Fault fault;
    Arena *arena; /* the rows' texts */
} Chunk;

/* Opens the rows (rows_open's errors) and starts reading. Keeps the input. `stop_at_bad`: no rows are handed
 * on after a bad one, only counted. */
MUST_USE Err pipe_open(Input *input, const RowOptions *options, bool stop_at_bad, RowPipe **ret);

/* Waits for the next chunk; give it back with pipe_release before taking another. */
Chunk *pipe_take(RowPipe *pipe);
void pipe_release(RowPipe *pipe, Chunk *chunk);

/* After the last chunk was taken: all issues. Borrows until pipe_close. */
const Issues *pipe_issues(const RowPipe *pipe);
void pipe_close(RowPipe *pipe); /* stops the thread wherever it is; NULL is fine */
