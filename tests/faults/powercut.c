#include "powercut.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 16, SECTOR = 512 };

typedef struct Change {
    int64_t offset; /* -1: the file was cut to `len` */
    int64_t len;
    char *bytes;
} Change;

typedef struct Image {
    char *bytes;
    int64_t len;
} Image;

typedef struct Tracked {
    char path[PATH_MAX];
    char sure_path[PATH_MAX]; /* the name it surely has */
    bool there, surely_there;
    Image sure;
    Change *changes;
    int count, room;
} Tracked;

static Tracked files[FILES_MAX];
static int file_count;
static FaultKind kind;
static int fault_at;
static unsigned random_state;
static volatile int *events;
static sqlite3_vfs *real_vfs;

static unsigned dice(unsigned sides)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 16) % sides;
}

/* ---- what is on disk ---- */

static void image_apply(Image *image, const Change *change, int64_t from, int64_t len)
{
    int64_t end = change->offset < 0 ? change->len : change->offset + from + len;
    if (change->offset < 0 || end > image->len) {
        image->bytes = realloc(image->bytes, (size_t)end + 1);
        if (end > image->len)
            memset(image->bytes + image->len, 0, (size_t)(end - image->len));
        image->len = end;
    }
    if (change->offset >= 0)
        memcpy(image->bytes + change->offset + from, change->bytes + from, (size_t)len);
}

static void forget_changes(Tracked *file)
{
    for (int i = 0; i < file->count; i++)
        free(file->changes[i].bytes);
    file->count = 0;
}

static void make_sure(Tracked *file)
{
    for (int i = 0; i < file->count; i++)
        image_apply(&file->sure, &file->changes[i], 0, file->changes[i].len);
    forget_changes(file);
    file->surely_there = file->there;
}

static void note(Tracked *file, int64_t offset, const void *bytes, int64_t len)
{
    if (file->count == file->room) {
        file->room = file->room ? 2 * file->room : 64;
        file->changes = realloc(file->changes, (size_t)file->room * sizeof *file->changes);
    }
    char *copy = NULL;
    if (bytes) {
        copy = malloc((size_t)len + 1);
        memcpy(copy, bytes, (size_t)len);
    }
    file->changes[file->count++] = (Change){offset, len, copy};
}

static Tracked *tracked(const char *path)
{
    for (int i = 0; i < file_count; i++)
        if (strcmp(files[i].path, path) == 0)
            return &files[i];
    return NULL;
}

/* What lies there when it is first opened is sure. */
static Tracked *track(const char *path)
{
    Tracked *file = tracked(path);
    if (file)
        return file;
    if (file_count == FILES_MAX)
        abort();
    file = &files[file_count++];
    snprintf(file->path, sizeof file->path, "%s", path);
    snprintf(file->sure_path, sizeof file->sure_path, "%s", path);
    int fd = open(path, O_RDONLY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return file;
    file->there = file->surely_there = true;
    file->sure.len = st.st_size;
    file->sure.bytes = malloc((size_t)st.st_size + 1);
    if (read(fd, file->sure.bytes, (size_t)st.st_size) != st.st_size)
        abort();
    close(fd);
    return file;
}

/* ---- the cut ---- */

/* Of a write that was under way: nothing, all, or some of its sectors. */
static void tear(Image *image, const Change *change)
{
    switch (change->offset < 0 ? dice(2) : dice(3)) {
    case 0:
        return;
    case 1:
        image_apply(image, change, 0, change->len);
        return;
    default:
        for (int64_t at = 0; at < change->len; at += SECTOR)
            if (dice(2))
                image_apply(image, change, at, change->len - at < SECTOR ? change->len - at : SECTOR);
    }
}

static void cut_file(Tracked *file)
{
    bool torn = kind == FAULT_TEAR;
    const char *path = torn && dice(2) ? file->path : file->sure_path;
    bool there = file->there != file->surely_there && torn ? dice(2) : file->surely_there;
    if (torn)
        for (int i = 0; i < file->count; i++)
            tear(&file->sure, &file->changes[i]);
    unlink(file->path);
    unlink(file->sure_path);
    if (!there)
        return;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0 || write(fd, file->sure.bytes, (size_t)file->sure.len) != file->sure.len)
        abort();
    close(fd);
    char shm[PATH_MAX + 8];
    snprintf(shm, sizeof shm, "%s-shm", path); /* memory, gone with the power */
    unlink(shm);
}

/* True: the operation must fail. `write`: it needs space. */
static bool event(bool needs_space, bool is_sync)
{
    int n = ++*events;
    if (kind == FAULT_NONE || n < fault_at)
        return false;
    if (kind == FAULT_FULL)
        return needs_space;
    if (kind == FAULT_SYNC)
        return is_sync;
    if (kind != FAULT_KILL)
        for (int i = 0; i < file_count; i++)
            cut_file(&files[i]);
    _exit(POWERCUT_EXIT);
}

/* ---- the VFS ---- */

typedef struct File {
    sqlite3_file base;
    Tracked *tracked; /* NULL: a temporary file, of no matter */
    sqlite3_file *real;
} File;

static File *of(sqlite3_file *file)
{
    return (File *)file;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return of(file)->real;
}

static int file_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int file_read(sqlite3_file *file, void *to, int len, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), to, len, at);
}

static int file_write(sqlite3_file *file, const void *from, int len, sqlite3_int64 at)
{
    if (of(file)->tracked) {
        if (event(true, false))
            return SQLITE_FULL;
        note(of(file)->tracked, at, from, len);
    }
    return real_of(file)->pMethods->xWrite(real_of(file), from, len, at);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 len)
{
    if (of(file)->tracked) {
        event(false, false);
        note(of(file)->tracked, -1, NULL, len);
    }
    return real_of(file)->pMethods->xTruncate(real_of(file), len);
}

static int file_sync(sqlite3_file *file, int flags)
{
    (void)flags; /* the real disk need not be troubled */
    if (of(file)->tracked) {
        if (event(false, true))
            return SQLITE_IOERR_FSYNC;
        make_sure(of(file)->tracked);
    }
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), ret);
}

static int file_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int file_reserved(sqlite3_file *file, int *ret)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), ret);
}

static int file_control(sqlite3_file *file, int op, void *arg)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int file_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int file_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, ret);
}

static int shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int shm_unmap(sqlite3_file *file, int delete)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), delete);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    (void)vfs;
    File *f = of(file);
    memset(f, 0, sizeof *f);
    f->real = (sqlite3_file *)(f + 1);
    int kinds = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    if (name && (flags & kinds))
        f->tracked = track(name);
    int code = real_vfs->xOpen(real_vfs, name, f->real, flags, ret_flags);
    if (f->real->pMethods)
        f->base.pMethods = &methods;
    if (code != SQLITE_OK || !f->tracked)
        return code;
    if (!f->tracked->there && f->tracked->surely_there)
        note(f->tracked, -1, NULL, 0); /* a new file under a name whose deletion is not sure */
    f->tracked->there = true;
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    Tracked *file = track(name);
    event(false, false);
    int code = real_vfs->xDelete(real_vfs, name, 0);
    file->there = false;
    forget_changes(file);
    if (sync_folder) {
        file->surely_there = false;
        file->sure.len = 0;
    }
    return code;
}

/* ---- store/publish.c's own calls (the linker's --wrap leads them here) ---- */

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags);
int __real_renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags);

int __wrap_fsync(int fd)
{
    if (!events)
        return 0;
    if (event(true, true)) {
        errno = kind == FAULT_FULL ? ENOSPC : EIO;
        return -1;
    }
    struct stat st;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (len < 0 || fstat(fd, &st) != 0)
        abort();
    path[len] = '\0';
    if (!S_ISDIR(st.st_mode)) {
        Tracked *file = tracked(path);
        if (file)
            make_sure(file);
        return 0;
    }
    for (int i = 0; i < file_count; i++)
        strcpy(files[i].sure_path, files[i].path);
    return 0;
}

int __wrap_renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    Tracked *file = tracked(from);
    if (events && event(true, false)) {
        errno = ENOSPC;
        return -1;
    }
    int result = __real_renameat2(from_folder, from, to_folder, to, flags);
    if (result == 0 && file)
        snprintf(file->path, sizeof file->path, "%s", to);
    return result;
}

void powercut_start(FaultKind fault, int at, unsigned seed, volatile int *counter)
{
    static sqlite3_vfs vfs;
    kind = fault;
    fault_at = at;
    random_state = seed;
    events = counter;
    real_vfs = sqlite3_vfs_find("unix");
    vfs = *real_vfs;
    vfs.zName = "powercut";
    vfs.szOsFile = (int)sizeof(File) + real_vfs->szOsFile;
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    sqlite3_vfs_register(&vfs, 1);
}

void powercut_heal(void)
{
    kind = FAULT_NONE;
}
