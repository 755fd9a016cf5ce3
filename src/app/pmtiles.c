#include "app/pmtiles.h"
#include "base/hash.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where things stand in the head: the PMTiles specification, version 3. Numbers are little-endian. */
enum {
    HEAD_BYTES = 127,
    AT_VERSION = 7,
    AT_SECTIONS = 8, /* four pairs of offset and length: root, metadata, leaves, tiles */
    SECTIONS = 4,
    AT_INNER_PACKING = 97,
    AT_TILE_PACKING = 98,
    AT_TILE_TYPE = 99,
    AT_MIN_ZOOM = 100,
    AT_MAX_ZOOM = 101,
    AT_BOX = 102,     /* west, south, east, north in 10^-7 degrees */
    PACKING_GZIP = 2, /* 0 unknown, 1 none; those above are not read by browsers */
    TYPE_VECTOR = 1,
    TYPE_LAST = 5, /* png, jpeg, webp, avif */
    ZOOM_MAX = 26,
};

static uint64_t number_at(const uint8_t *at, int bytes)
{
    uint64_t n = 0;
    for (int i = bytes - 1; i >= 0; i--)
        n = n << 8 | at[i];
    return n;
}

static int32_t degrees_at(const uint8_t *at)
{
    return (int32_t)(uint32_t)number_at(at, 4);
}

static Err wrong(const char *path, const char *detail)
{
    return fail(ERR_FILE_READ, "path", path, "detail", detail, NULL);
}

static Err check_sections(const char *path, const uint8_t *head, uint64_t bytes)
{
    for (int i = 0; i < SECTIONS; i++) {
        uint64_t at = number_at(head + AT_SECTIONS + 16 * i, 8);
        uint64_t len = number_at(head + AT_SECTIONS + 16 * i + 8, 8);
        if (at > bytes || len > bytes - at)
            return wrong(path, "it is shorter than its head says: copy it anew");
    }
    return OK;
}

static Err read_head(const char *path, const uint8_t *head, PmTiles *ret)
{
    if (memcmp(head, "PMTiles", AT_VERSION) != 0)
        return wrong(path, "it is no PMTiles file");
    if (head[AT_VERSION] != 3)
        return wrong(path, "it is PMTiles of another version than 3: convert it with `pmtiles convert`");
    TRY(check_sections(path, head, ret->bytes));
    if (head[AT_INNER_PACKING] > PACKING_GZIP || head[AT_TILE_PACKING] > PACKING_GZIP)
        return wrong(
            path, "it is packed with brotli or zstd, which browsers do not unpack: gzip or none is wanted");
    if (head[AT_TILE_TYPE] < TYPE_VECTOR || head[AT_TILE_TYPE] > TYPE_LAST)
        return wrong(path, "its tiles are neither vector tiles nor pictures");
    if (head[AT_MIN_ZOOM] > head[AT_MAX_ZOOM] || head[AT_MAX_ZOOM] > ZOOM_MAX)
        return wrong(path, "its zooms are not right");
    ret->vector = head[AT_TILE_TYPE] == TYPE_VECTOR;
    ret->min_zoom = head[AT_MIN_ZOOM];
    ret->max_zoom = head[AT_MAX_ZOOM];
    ret->box = (Box){degrees_at(head + AT_BOX), degrees_at(head + AT_BOX + 4), degrees_at(head + AT_BOX + 8),
                     degrees_at(head + AT_BOX + 12)};
    return OK;
}

Err pmtiles_open(const char *path, PmTiles *ret)
{
    struct {
        uint8_t head[HEAD_BYTES + 1];
        int64_t size, time_s, time_ns, inode;
    } tagged = {0};
    struct stat about;
    PmTiles made = {.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (made.fd < 0)
        return fail(ERR_FILE_OPEN, "path", path, "detail", strerror(errno), NULL);
    Err err = OK;
    if (fstat(made.fd, &about) != 0 || !S_ISREG(about.st_mode))
        err = wrong(path, "it is no file");
    else if (about.st_size < HEAD_BYTES || pread(made.fd, tagged.head, HEAD_BYTES, 0) != HEAD_BYTES)
        err = wrong(path, "it is no PMTiles file");
    if (err == OK) {
        made.bytes = (uint64_t)about.st_size;
        err = read_head(path, tagged.head, &made);
    }
    if (err != OK) {
        pmtiles_close(&made);
        return err;
    }
    tagged.size = about.st_size;
    tagged.time_s = about.st_mtim.tv_sec;
    tagged.time_ns = about.st_mtim.tv_nsec;
    tagged.inode = (int64_t)about.st_ino;
    hash_hex(&tagged, sizeof tagged, made.tag);
    *ret = made;
    return OK;
}

void pmtiles_close(PmTiles *file)
{
    close(file->fd);
}

Err pmtiles_read(const PmTiles *file, uint64_t at, size_t len, Buf *out)
{
    char part[64 * 1024];
    while (len) {
        ssize_t got = pread(file->fd, part, len < sizeof part ? len : sizeof part, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail(ERR_FILE_READ, "path", "the base map", "detail",
                        got < 0 ? strerror(errno) : "it has become shorter", NULL);
        buf_add(out, part, (size_t)got);
        at += (uint64_t)got;
        len -= (size_t)got;
    }
    return OK;
}
