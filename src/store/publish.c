#include "store/publish.h"
#include "base/hash.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const companions[] = {"", "-wal", "-shm", "-journal"};

static Err fail_errno(const char *path)
{
    return errno == EEXIST ? fail(ERR_FILE_EXISTS, "path", path, NULL) : fail_write(path, errno);
}

static char *joined(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    char *out = heap_alloc(la + lb + 1);
    memcpy(out, a, la);
    memcpy(out + la, b, lb + 1);
    return out;
}

Err publish_begin(const char *path, char **ret_temp)
{
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        char *taken = joined(path, companions[i]);
        struct stat st;
        Err err = lstat(taken, &st) == 0 ? fail(ERR_FILE_EXISTS, "path", taken, NULL) : OK;
        free(taken);
        TRY(err);
    }
    char turn[33], suffix[sizeof ".new-" + 33];
    random_hex(turn);
    snprintf(suffix, sizeof suffix, ".new-%.8s", turn);
    char *temp = joined(path, suffix);
    int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    Err err = fd < 0 ? fail_errno(path) : OK;
    if (fd >= 0)
        close(fd);
    if (err == OK)
        *ret_temp = temp;
    else
        free(temp);
    return err;
}

static Err sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(path);
    Err err = fsync(fd) == 0 ? OK : fail_errno(path);
    close(fd);
    return err;
}

static Err sync_folder_of(const char *path)
{
    char *folder = joined(path, "");
    char *slash = strrchr(folder, '/');
    if (slash && slash != folder)
        *slash = '\0';
    Err err = sync_path(slash == folder ? "/" : slash ? folder : ".", O_RDONLY | O_DIRECTORY);
    free(folder);
    return err;
}

/* Some file systems know no rename that refuses to replace; a hard link refuses everywhere. */
static Err move(const char *temp, const char *path)
{
    if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return OK;
    if (errno != EINVAL && errno != ENOSYS)
        return fail_errno(path);
    if (link(temp, path) != 0)
        return fail_errno(path);
    unlink(temp);
    return OK;
}

Err publish_end(const char *temp, const char *path)
{
    TRY(sync_path(temp, O_RDONLY));
    TRY(move(temp, path));
    Err err = sync_folder_of(path);
    if (err != OK)
        unlink(path); /* what was said to have failed must not be there */
    return err;
}

void publish_drop(const char *temp)
{
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        char *file = joined(temp, companions[i]);
        unlink(file);
        free(file);
    }
}
