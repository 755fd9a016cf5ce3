/* store/publish.h: files that appear whole or not at all: written beside their place under another name,
 * synced, then renamed without replacing anything, and the folder synced. */
#pragma once
#include "base/str.h"

/* An empty file in the folder of `path`, under a name that no one used. ERR_FILE_WRITE; ERR_FILE_EXISTS if
 * `path` is taken, or a write-ahead log of that name is left, which would be taken for the new file's. Free
 * with free(). */
MUST_USE Err publish_begin(const char *path, char **ret_temp);

/* ERR_FILE_EXISTS, ERR_DISK_FULL, ERR_FILE_WRITE. After a failure, publish_drop. */
MUST_USE Err publish_end(const char *temp, const char *path);
void publish_drop(const char *temp); /* removes it and what SQLite put beside it */
