#include "atlas/manifest.h"
#include "atlas/atlas.h"
#include "base/hash.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MANIFEST_BYTES_MAX = 1024 };

static void manifest_path(const char *dir, Audience audience, const char *suffix, char ret[PATH_MAX_BYTES])
{
    snprintf(ret, PATH_MAX_BYTES, "%s/%s.manifest%s", dir, audience_name(audience), suffix);
}

static int manifest_text(Audience audience, const Manifest *manifest, char ret[MANIFEST_BYTES_MAX])
{
    int len =
        snprintf(ret, MANIFEST_BYTES_MAX, "lianpu-atlas 1\naudience %s\ncommit %lld\nbase %s\ndelta %s\n",
                 audience_name(audience), (long long)manifest->commit, manifest->base,
                 manifest->delta[0] ? manifest->delta : "-");
    return len + snprintf(ret + len, (size_t)(MANIFEST_BYTES_MAX - len), "sum %016llx\n",
                          (unsigned long long)hash64(ret, (size_t)len));
}

/* A file's name in the folder, and nothing that leads out of it. */
static bool take_name(Str *rest, const char *label, char ret[SEGMENT_NAME_MAX])
{
    Str name = str_cut(rest, '\n');
    if (!str_starts(name, label))
        return false;
    name.ptr += strlen(label);
    name.len -= strlen(label);
    if (name.len == 0 || name.len >= SEGMENT_NAME_MAX || memchr(name.ptr, '/', name.len) ||
        memchr(name.ptr, '\0', name.len))
        return false;
    memcpy(ret, name.ptr, name.len);
    ret[name.len] = '\0';
    return true;
}

/* Whatever was read must be what would be written: one comparison checks everything. */
static bool parse(Str text, Audience audience, Manifest *ret)
{
    Str rest = text;
    char again[MANIFEST_BYTES_MAX];
    str_cut(&rest, '\n');
    str_cut(&rest, '\n');
    Str commit = str_cut(&rest, '\n');
    if (!str_starts(commit, "commit ") || !str_int((Str){commit.ptr + 7, commit.len - 7}, &ret->commit))
        return false;
    if (!take_name(&rest, "base ", ret->base) || !take_name(&rest, "delta ", ret->delta))
        return false;
    if (strcmp(ret->delta, "-") == 0)
        ret->delta[0] = '\0';
    int len = manifest_text(audience, ret, again);
    return str_eq(text, (Str){again, (size_t)len});
}

Err manifest_read(const char *dir, Audience audience, Manifest *ret)
{
    char path[PATH_MAX_BYTES], text[MANIFEST_BYTES_MAX];
    manifest_path(dir, audience, "", path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return fail(ERR_NOT_FOUND, "what", path, NULL);
    ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof text);
    int why = errno;
    if (fd >= 0)
        close(fd);
    if (len < 0)
        return fail(ERR_SEGMENT, "path", path, "detail", strerror(why), NULL);
    Manifest manifest;
    if (!parse((Str){text, (size_t)len}, audience, &manifest))
        return fail(ERR_SEGMENT, "path", path, "detail", "the manifest is damaged", NULL);
    *ret = manifest;
    return OK;
}

Err folder_sync(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail_write(dir, errno);
    int done = fsync(fd), why = errno;
    close(fd);
    errno = why;
    return done == 0 ? OK : fail_write(dir, errno);
}

Err manifest_write(const char *dir, Audience audience, const Manifest *manifest)
{
    char path[PATH_MAX_BYTES], temporary[PATH_MAX_BYTES], text[MANIFEST_BYTES_MAX];
    manifest_path(dir, audience, "", path);
    manifest_path(dir, audience, ".tmp", temporary);
    int len = manifest_text(audience, manifest, text);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return fail_write(temporary, errno);
    errno = ENOSPC; /* a short write says nothing else */
    bool written = write(fd, text, (size_t)len) == len && fsync(fd) == 0;
    Err err = written ? OK : fail_write(temporary, errno);
    close(fd);
    if (err == OK && rename(temporary, path) != 0)
        err = fail_write(path, errno);
    if (err != OK)
        unlink(temporary);
    return err == OK ? folder_sync(dir) : err;
}

void atlas_forget(const char *dir, Audience audience)
{
    char path[PATH_MAX_BYTES];
    manifest_path(dir, audience, "", path);
    unlink(path);
}

void segment_name(Audience audience, bool delta, int64_t commit, char ret[SEGMENT_NAME_MAX])
{
    char random[33];
    random_hex(random);
    random[16] = '\0';
    snprintf(ret, SEGMENT_NAME_MAX, "%s-%s-%lld-%s.seg", audience_name(audience), delta ? "delta" : "base",
             (long long)commit, random);
}
