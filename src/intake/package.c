#include "intake/package.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

enum { HEAD = 8, SCAN_CHUNK = 64 * 1024 };

struct Package {
    zip_t *zip;
    uint64_t unpacked; /* bytes read so far, of all parts */
};

struct Part {
    Package *package;
    zip_file_t *file;
    char path[PACKAGE_PATH_MAX];
    uint64_t done, packed;
};

static Err broken(const char *detail)
{
    return fail(ERR_WORKBOOK, "detail", detail, NULL);
}

/* ---- what it is not ---- */

/* An encrypted workbook is an old compound file that holds a stream of this name. */
static bool holds_encrypted(int fd)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    enum { KEEP = sizeof name };
    char bytes[KEEP + SCAN_CHUNK];
    size_t kept = 0;
    off_t at = 0;
    for (;;) {
        ssize_t len = pread(fd, bytes + kept, SCAN_CHUNK, at);
        if (len <= 0)
            return false;
        at += len;
        kept += (size_t)len;
        if (memmem(bytes, kept, name, sizeof name - 1))
            return true;
        size_t keep = kept < KEEP ? kept : KEEP;
        memmove(bytes, bytes + kept - keep, keep);
        kept = keep;
    }
}

static Err check_head(int fd)
{
    static const unsigned char compound[HEAD] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    unsigned char head[HEAD] = {0};
    ssize_t len = pread(fd, head, HEAD, 0);
    if (len == 0)
        return broken("the file is empty");
    if (len == HEAD && memcmp(head, compound, HEAD) == 0)
        return broken(holds_encrypted(fd) ? "it is encrypted; save it without a password"
                                          : "it is an old .xls under the name of an .xlsx; save it as .xlsx");
    if (len < 4 || memcmp(head, "PK\3\4", 4) != 0)
        return broken("it is no .xlsx, whatever its name says");
    return OK;
}

/* ---- the archive ---- */

static Err check_entries(zip_t *zip)
{
    zip_int64_t count = zip_get_num_entries(zip, 0);
    uint64_t unpacked = 0;
    if (count > PACKAGE_ENTRIES_MAX)
        return fail(ERR_LIMIT, "what", "parts of a workbook", "limit", num_c(PACKAGE_ENTRIES_MAX), NULL);
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t stat;
        if (zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) != 0)
            return broken("its archive is damaged");
        if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE)
            return broken("it is encrypted; save it without a password");
        unpacked += stat.valid & ZIP_STAT_SIZE ? stat.size : 0;
    }
    if (unpacked > PACKAGE_UNPACKED_MAX)
        return fail(ERR_LIMIT, "what", "bytes of a workbook, unpacked", "limit", num_c(PACKAGE_UNPACKED_MAX),
                    NULL);
    return OK;
}

Err package_open(int fd, Package **ret)
{
    int code;
    Err err = check_head(fd);
    zip_t *zip = err == OK ? zip_fdopen(fd, 0, &code) : NULL; /* takes fd if it succeeds */
    if (!zip)
        close(fd);
    TRY(err);
    if (!zip)
        return broken("its archive is damaged");
    err = check_entries(zip);
    if (err != OK) {
        zip_discard(zip);
        return err;
    }
    *ret = heap_zalloc(sizeof **ret);
    (*ret)->zip = zip;
    return OK;
}

void package_close(Package *package)
{
    if (!package)
        return;
    zip_discard(package->zip);
    free(package);
}

bool package_has(const Package *package, const char *path)
{
    return zip_name_locate(package->zip, path, ZIP_FL_NOCASE) >= 0;
}

/* ---- a part ---- */

Err part_open(Package *package, const char *path, Part **ret)
{
    zip_stat_t stat;
    zip_int64_t index = zip_name_locate(package->zip, path, ZIP_FL_NOCASE);
    zip_file_t *file = NULL;
    if (index >= 0 && strlen(path) < PACKAGE_PATH_MAX &&
        zip_stat_index(package->zip, (zip_uint64_t)index, 0, &stat) == 0)
        file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (!file)
        return fail(ERR_WORKBOOK, "detail", index < 0 ? "a part is missing" : "its archive is damaged",
                    "part", path, NULL);
    Part *part = heap_zalloc(sizeof *part);
    part->package = package;
    part->file = file;
    part->packed = stat.comp_size;
    memcpy(part->path, path, strlen(path) + 1);
    *ret = part;
    return OK;
}

void part_close(Part *part)
{
    if (!part)
        return;
    zip_fclose(part->file);
    free(part);
}

Err part_read(Part *part, char *bytes, size_t room, size_t *ret_len)
{
    zip_int64_t len = zip_fread(part->file, bytes, room);
    if (len < 0)
        return fail(ERR_WORKBOOK, "detail", "its archive is damaged", "part", part->path, NULL);
    part->done += (uint64_t)len;
    part->package->unpacked += (uint64_t)len;
    *ret_len = (size_t)len;
    if (part->package->unpacked > PACKAGE_UNPACKED_MAX * UINT64_C(2)) /* a sheet is read twice */
        return fail(ERR_LIMIT, "what", "bytes of a workbook, unpacked", "limit", num_c(PACKAGE_UNPACKED_MAX),
                    NULL);
    if (part->done > PACKAGE_SMALL && part->done / PACKAGE_RATIO_MAX > part->packed)
        return fail(ERR_LIMIT, "what", "times that a part of a workbook is larger unpacked", "limit",
                    num_c(PACKAGE_RATIO_MAX), NULL);
    return OK;
}
