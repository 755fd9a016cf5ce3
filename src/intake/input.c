#include "intake/input.h"
#include "base/hash.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Input {
    char *name;
    int fd;       /* -1: none */
    Str rest;     /* of bytes in memory: what is not in the window yet */
    int64_t size; /* of the whole, 0 if unknown */
    int64_t done;
    char *bytes;
    size_t start, end, cap;
};

static Err fail_file(Err code, const char *path, int error)
{
    return fail(code, "path", path, "detail", strerror(error), NULL);
}

static Err open_file(const char *path, int *ret_fd, int64_t *ret_size)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_file(ERR_FILE_OPEN, path, errno);
    if (fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
        close(fd);
        return fail_file(ERR_FILE_OPEN, path, EISDIR);
    }
    *ret_fd = fd;
    *ret_size = S_ISREG(st.st_mode) ? st.st_size : 0;
    return OK;
}

static Input *input_new(const char *name, int fd)
{
    Input *input = heap_zalloc(sizeof *input);
    size_t len = strlen(name);
    input->name = heap_alloc(len + 1);
    memcpy(input->name, name, len + 1);
    input->fd = fd;
    return input;
}

Err input_open(const char *path, Input **ret)
{
    int fd;
    int64_t size;
    TRY(open_file(path, &fd, &size));
    *ret = input_new(path, fd);
    (*ret)->size = size;
    return OK;
}

Input *input_of(Str bytes, const char *name)
{
    Input *input = input_new(name, -1);
    input->rest = bytes;
    input->size = (int64_t)bytes.len;
    return input;
}

void input_close(Input *input)
{
    if (!input)
        return;
    if (input->fd >= 0)
        close(input->fd);
    free(input->name);
    free(input->bytes);
    free(input);
}

const char *input_name(const Input *input)
{
    return input->name;
}

int64_t input_size(const Input *input)
{
    return input->size;
}

int64_t input_done(const Input *input)
{
    return input->done;
}

char *input_window(Input *input, size_t *ret_len)
{
    *ret_len = input->end - input->start;
    return input->bytes ? input->bytes + input->start : input->bytes;
}

void input_skip(Input *input, size_t len)
{
    input->start += len;
    input->done += (int64_t)len;
}

/* How many bytes the next read may give. */
static size_t next_chunk(const Input *input)
{
    return input->fd < 0 && input->rest.len < INPUT_CHUNK ? input->rest.len : INPUT_CHUNK;
}

/* Room for a chunk: what was skipped goes first, then the window grows. */
static Err make_room(Input *input, size_t chunk)
{
    size_t len = input->end - input->start;
    if (input->start > 0) {
        memmove(input->bytes, input->bytes + input->start, len);
        input->start = 0;
        input->end = len;
    }
    if (input->cap - len >= chunk && input->bytes)
        return OK;
    if (len >= INPUT_WINDOW_MAX)
        return fail(ERR_LIMIT, "what", "one row", "limit", num_c(INPUT_WINDOW_MAX), NULL);
    input->cap = len + 2 * chunk;
    input->bytes = heap_grow(input->bytes, input->cap);
    return OK;
}

Err input_more(Input *input, bool *ret_more)
{
    size_t chunk = next_chunk(input);
    TRY(make_room(input, chunk));
    char *to = input->bytes + input->end;
    ssize_t got;
    if (input->fd < 0) {
        got = (ssize_t)chunk;
        if (got > 0)
            memcpy(to, input->rest.ptr, (size_t)got);
        input->rest = (Str){input->rest.ptr + got, input->rest.len - (size_t)got};
    } else {
        do
            got = read(input->fd, to, chunk);
        while (got < 0 && errno == EINTR);
        if (got < 0)
            return fail_file(ERR_FILE_READ, input->name, errno);
    }
    input->end += (size_t)got;
    *ret_more = got > 0;
    return OK;
}

Err input_fill(Input *input, size_t least)
{
    for (bool more = true; more && input->end - input->start < least;)
        TRY(input_more(input, &more));
    return OK;
}

size_t input_mark(Input *input)
{
    size_t len;
    const char *bytes = input_window(input, &len);
    return len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* As many bytes as the chunk takes, so that where the kernel cuts does not show in the digest. */
static ssize_t read_chunk(int fd, char *to)
{
    size_t len = 0;
    while (len < INPUT_CHUNK) {
        ssize_t got = read(fd, to + len, INPUT_CHUNK - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

Err input_digest(const char *path, char ret[65])
{
    enum { DIGEST_LEN = 64 };
    int fd;
    int64_t size;
    ssize_t got;
    TRY(open_file(path, &fd, &size));
    char *bytes = heap_alloc(DIGEST_LEN + INPUT_CHUNK);
    memset(ret, '0', DIGEST_LEN);
    ret[DIGEST_LEN] = '\0';
    while ((got = read_chunk(fd, bytes + DIGEST_LEN)) > 0) {
        memcpy(bytes, ret, DIGEST_LEN);
        digest_hex(bytes, DIGEST_LEN + (size_t)got, ret);
    }
    int error = errno;
    free(bytes);
    close(fd);
    return got < 0 ? fail_file(ERR_FILE_READ, path, error) : OK;
}

Err input_whole(const char *path, Arena *arena, size_t most, const char *what, Str *ret)
{
    Input *input;
    size_t len;
    TRY(input_open(path, &input));
    Err err = input_fill(input, most + 1);
    const char *bytes = input_window(input, &len);
    size_t mark = input_mark(input);
    if (err == OK && len > most)
        err = fail(ERR_LIMIT, "what", what, "limit", num_c((int64_t)most), NULL);
    if (err == OK)
        *ret = str_copy(arena, (Str){bytes + mark, len - mark});
    input_close(input);
    return err;
}
