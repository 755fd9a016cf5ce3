/* intake/package.h: the ZIP archive that a workbook is, part by part, under limits that a ZIP bomb meets
 * first. */
#pragma once
#include "base/str.h"

enum {
    PACKAGE_ENTRIES_MAX = 1000,
    PACKAGE_UNPACKED_MAX = 200 * 1024 * 1024, /* bytes, of all that is read */
    PACKAGE_RATIO_MAX = 100,                  /* unpacked to packed, of a part over PACKAGE_SMALL bytes */
    PACKAGE_SMALL = 1024 * 1024,
    PACKAGE_PATH_MAX = 260,
};

typedef struct Package Package;
typedef struct Part Part;

/* Takes the descriptor, which must be seekable. ERR_WORKBOOK: it is encrypted, an old .xls, or no archive.
 * ERR_LIMIT. */
MUST_USE Err package_open(int fd, Package **ret);
void package_close(Package *package); /* NULL is fine */

bool package_has(const Package *package, const char *path);

/* ERR_WORKBOOK with the path if it is not there. One part at a time. */
MUST_USE Err part_open(Package *package, const char *path, Part **ret);
void part_close(Part *part); /* NULL is fine */

/* *ret_len 0: the end. ERR_WORKBOOK: damaged (its checksum, its length). ERR_LIMIT. */
MUST_USE Err part_read(Part *part, char *bytes, size_t room, size_t *ret_len);
