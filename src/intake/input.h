/* intake/input.h: the bytes of a file, or bytes in memory, as a window that moves forward. One thread at a
 * time. */
#pragma once
#include "base/str.h"

enum {
    INPUT_WINDOW_MAX = 16 * 1024 * 1024, /* the longest row or feature, with what stands around it */
    INPUT_CHUNK = 1024 * 1024,
};

typedef struct Input Input;

/* ERR_FILE_OPEN; also for a folder. */
MUST_USE Err input_open(const char *path, Input **ret);

/* Keeps `bytes`. `name` is what stands in errors. */
Input *input_of(Str bytes, const char *name);
void input_close(Input *input); /* NULL is fine */

const char *input_name(const Input *input);
int64_t input_size(const Input *input); /* of the whole; 0 if it is not known (a pipe) */
int64_t input_done(const Input *input); /* bytes skipped so far */

/* What is read and not skipped. It may be written to; the next input_more or input_skip moves it. */
char *input_window(Input *input, size_t *ret_len);

/* Reads more behind the window. *ret_more false: there is no more. ERR_FILE_READ; ERR_LIMIT if the window is
 * full. */
MUST_USE Err input_more(Input *input, bool *ret_more);
void input_skip(Input *input, size_t len);

/* Reads until the window holds `least` bytes, or there is no more: a pipe may give a byte at a time. */
MUST_USE Err input_fill(Input *input, size_t least);
/* A small file as a whole, without its mark; in the arena. ERR_LIMIT: it is longer than `most`, and `what` it
 * is. */
MUST_USE Err input_whole(const char *path, Arena *arena, size_t most, const char *what, Str *ret);

size_t input_mark(Input *input); /* length of a UTF-8 byte order mark at the window's beginning: 3 or 0 */

/* BLAKE2b over the whole, chunk by chunk (each chunk's digest is hashed with what follows): 64 hex digits.
 * Reads the file once more; the window is not touched. */
MUST_USE Err input_digest(const char *path, char ret[65]);
