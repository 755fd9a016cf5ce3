#include "atlas/manifest.h"
#include "atlas/picture.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A base written apart is adopted within this time, or never; a delta another process has just written is
 * named within this time. */
enum { BASE_WAITS_S = 3600, DELTA_WAITS_S = 60 };

/* AUDIENCE-base-COMMIT-RANDOM.seg, …-delta-…, each perhaps with .tmp behind it. */
static bool is_segment(const char *name, Audience audience, bool *ret_delta, bool *ret_temporary,
                       int64_t *ret_commit)
{
    Str rest = str_of(name);
    Str first = str_cut(&rest, '-'), second = str_cut(&rest, '-'), commit = str_cut(&rest, '-');
    Str random = str_cut(&rest, '.');
    *ret_delta = str_is(second, "delta");
    *ret_temporary = str_is(rest, "seg.tmp");
    return str_is(first, audience_name(audience)) && (*ret_delta || str_is(second, "base")) && random.len &&
           str_int(commit, ret_commit) && (*ret_temporary || str_is(rest, "seg"));
}

/* Somebody who writes a file holds its lock; whoever died half-way holds none. */
static bool being_written(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return true;
    bool locked = flock(fd, LOCK_EX | LOCK_NB) != 0;
    close(fd);
    return locked;
}

static int64_t base_commit(Audience audience, const Manifest *manifest)
{
    bool delta, temporary;
    int64_t commit;
    return is_segment(manifest->base, audience, &delta, &temporary, &commit) ? commit : manifest->commit;
}

static void sweep_file(int folder, const char *name, Audience audience, const Manifest *manifest)
{
    bool delta, temporary;
    int64_t commit;
    struct stat st;
    if (!is_segment(name, audience, &delta, &temporary, &commit) || strcmp(name, manifest->base) == 0 ||
        strcmp(name, manifest->delta) == 0 || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    if (segment_in_use(st.st_dev, st.st_ino) || (temporary && being_written(folder, name)))
        return;
    int64_t age_s = time(NULL) - st.st_mtime;
    bool waiting = delta ? commit > manifest->commit && age_s < DELTA_WAITS_S
                         : commit >= base_commit(audience, manifest) && age_s < BASE_WAITS_S;
    waiting = waiting && !temporary;
    if (!waiting)
        unlinkat(folder, name, 0);
}

void atlas_sweep(const char *dir)
{
    DIR *folder = opendir(dir);
    if (!folder)
        return;
    for (int audience = 0; audience < AUDIENCE_COUNT; audience++) {
        Manifest manifest;
        if (manifest_read(dir, (Audience)audience, &manifest) != OK)
            continue; /* without a manifest nobody can tell what is needed */
        rewinddir(folder);
        for (const struct dirent *entry; (entry = readdir(folder));)
            sweep_file(dirfd(folder), entry->d_name, (Audience)audience, &manifest);
    }
    closedir(folder);
}
